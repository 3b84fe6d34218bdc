"""The one door through which numpy comes in, so that a missing part is our own error."""

from __future__ import annotations

from anonshare.errors import MissingExtra

try:
    import numpy as np
except ImportError:
    raise MissingExtra("Disclosure control", "share") from None

__all__ = ["np"]
