"""Which names an entry may have: those that mean the same file on every system, and nothing else.

Field reports behind each rule: ``../`` and absolute names write elsewhere, ``a:b`` is a stream on NTFS, ``con.csv`` a
device on Windows, upper case and other scripts collide after folding or normalization.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["LONGEST", "MANIFEST", "is_name", "stand_together"]

MANIFEST = "manifest.dsse.json"
PART = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?\Z")
OUTSIDE = {"bagit.txt", "manifest-sha256.txt", "padding"}
PARTS = 5
LONGEST = 5 * 63 + 4
DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))}


def is_name(path: str) -> bool:
    """Whether ``path`` may stand in a manifest: at most 5 parts of lower-case ASCII, no device name as a stem."""
    parts = path.split("/")
    return len(parts) <= PARTS and all(PART.match(part) and part.split(".")[0] not in DEVICES for part in parts)


def stand_together(paths: Sequence[str]) -> bool:
    """Whether all can be extracted beside each other, and mean what is signed to those who read the folder as a bag.

    No file is the folder of another, and nothing but the tag files and the padding lies outside ``data/``: a signed
    ``fetch.txt`` would tell a bag tool to download, a ``bag-info.txt`` or another manifest to check something else.
    """
    names = set(paths)
    parents = {path.rsplit("/", depth)[0] for path in paths for depth in range(1, path.count("/") + 1)}
    return not names & parents and all(path.startswith("data/") or path in OUTSIDE for path in paths)
