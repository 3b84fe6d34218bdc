"""The tables as a Frictionless data package, byte for byte as they were signed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from anonshare.exporters.conditions import conditions_text
from anonshare.files import make_private_dir, write_private

if TYPE_CHECKING:
    from anonshare.bundle.verified import VerifiedBundle

__all__ = ["export"]


def export(verified: VerifiedBundle, folder: Path) -> None:
    """Write ``datapackage.json``, the files that it names, the public policy and the facts into ``folder``.

    Every file is hashed again while it is read, so what is written is what was signed.
    """
    package = json.loads(verified.read("data/datapackage.json"))
    wanted = {f"data/{resource['path']}" for resource in package["resources"]}
    for entry in verified.files:
        if entry.path in wanted or entry.role in {"descriptor", "facts", "policy"}:
            target = folder / entry.path.removeprefix("data/")
            make_private_dir(target.parent, "the export")
            write_private(target, verified.read(entry.path), "export")
    write_private(folder / "conditions.txt", conditions_text(verified), "export")
