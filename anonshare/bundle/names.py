"""Which names an entry may have: those that mean the same file on every system, and nothing else.

Field reports behind each rule: ``../`` and absolute names write elsewhere, ``a:b`` is a stream on NTFS, ``con.csv`` a
device on Windows, upper case and other scripts collide after folding or normalization.
"""

from __future__ import annotations

import re

__all__ = ["LONGEST", "MANIFEST", "is_name"]

MANIFEST = "manifest.dsse.json"
PART = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?\Z")
PARTS = 5
LONGEST = 5 * 63 + 4
DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))}


def is_name(path: str) -> bool:
    """Whether ``path`` may stand in a manifest: at most 5 parts of lower-case ASCII, no device name as a stem."""
    parts = path.split("/")
    return len(parts) <= PARTS and all(PART.match(part) and part.split(".")[0] not in DEVICES for part in parts)
