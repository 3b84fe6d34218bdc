"""Several texts as one message, so that no two lists of texts are the same message."""

from __future__ import annotations

__all__ = ["framed"]

_LENGTH_BYTES = 4


def framed(*parts: str) -> bytes:
    """Each part after its length: (a, bc) and (ab, c) differ."""
    data = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in data)
