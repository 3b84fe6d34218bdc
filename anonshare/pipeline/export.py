"""Take the records of a verified bundle out of anonshare, in a format that other programs read."""

from __future__ import annotations

from pathlib import Path

from anonshare.bundle.verified import VerifiedBundle
from anonshare.errors import StorageError, UsageError
from anonshare.files import make_private_dir, staging_dir, writing
from anonshare.registry import EXPORTERS

__all__ = ["export"]


def export(verified: VerifiedBundle, format: str, to: Path | str) -> Path:
    """Write a verified bundle as ``format`` (csv, xlsx, datapackage, or a registered one) into a new folder below ``to``.

    Whole or not at all; returns the folder, private to its owner. Raises UsageError for an unknown format,
    StorageError where the folder is there already.
    """
    if format not in EXPORTERS:
        raise UsageError("There is no export of this format.", hint=f"There is: {', '.join(EXPORTERS.names())}.")
    target = make_private_dir(Path(to), "the folder of exports")
    final = target / f"anon-{verified.statement.bundle_id[:12]}-{format}"
    if final.exists():
        raise StorageError("This bundle was exported there already.", hint="Choose another folder with --to.")
    with staging_dir(target, "the export") as stage:
        EXPORTERS[format](verified, stage)
        with writing("the export"):
            made = make_private_dir(stage)
            made.rename(final)
    return final
