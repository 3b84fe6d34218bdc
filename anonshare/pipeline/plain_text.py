"""What a stranger wrote, as it may be printed: one line, without characters that move, hide or turn other text."""

from __future__ import annotations

import unicodedata

__all__ = ["LINE", "plain"]

LONGEST = 200
LINE = 1000
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain(text: str, longest: int = LONGEST) -> str:
    """``text`` with control, format (bidi and zero-width among them) and private characters taken out, cut if long.

    An officer reads names and titles beside a verdict: a name that ends in a line feed and "ACCEPTED" would speak in the
    tool's own voice, and a right-to-left override shows a name backwards (CVE-2021-42574 is the same trick in code).
    """
    shown = "".join(c for c in text if unicodedata.category(c) not in HIDDEN)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"
