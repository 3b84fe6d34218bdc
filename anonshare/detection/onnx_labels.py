"""What the optional model says of a word, in our entity types, and words that make one name or one address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from anonshare.detection.merge import widened
from anonshare.shapes import Span

__all__ = ["ENTITY", "joined"]

ENTITY = {
    "GIVEN_NAME": "PERSON",
    "SURNAME": "PERSON",
    "EMAIL": "EMAIL_ADDRESS",
    "PHONE": "PHONE_NUMBER",
    "URL": "URL",
    "TAX_ID": "NATIONAL_ID",
    "GOVERNMENT_ID": "NATIONAL_ID",
    "BANK_ACCOUNT": "BANK_ACCOUNT",
    "ROUTING_NUMBER": "BANK_ACCOUNT",
    "PASSPORT": "PASSPORT",
    "DRIVERS_LICENSE": "DRIVER_LICENSE",
    "BUILDING_NUMBER": "ADDRESS",
    "STREET_NAME": "ADDRESS",
    "SECONDARY_ADDRESS": "ADDRESS",
    "CITY": "LOCATION",
    "STATE": "LOCATION",
    "ZIP_CODE": "POSTCODE",
}
"""Label of the model (its ``config.json``, without ``B-`` and ``I-``) -> entity type of this room."""

BETWEEN = {
    "PERSON": re.compile(r"[ \t\u00a0'.\u2019-]{0,2}"),
    "ADDRESS": re.compile(r"[ \t\u00a0]?[,.#]?[\s]{0,2}"),
}
"""What may stand between two words of one name, of one address."""

SAME = re.compile(r"[ \t\u00a0.+()/'@:_\u2019-]{0,2}")
"""What may stand between two words of anything else."""

APART = frozenset({"LOCATION", "POSTCODE"})
"""Two of these beside each other are two, unless the model says that the second goes on."""


def joined(text: str, spans: Iterable[tuple[Span, bool]]) -> list[Span]:
    """Spans of whole words, neighbours of one entity as one; the flag of a span says that it begins anew.

    The score of a joined span is the least of its parts.
    """
    out: list[Span] = []
    for piece, begins in sorted(spans):
        span = widened(text, piece)
        last = out[-1] if out else None
        if last is not None and last.entity == span.entity and _one(text, last, span, begins):
            out[-1] = replace(last, end=max(last.end, span.end), score=min(last.score, span.score))
        else:
            out.append(span)
    return out


def _one(text: str, last: Span, span: Span, begins: bool) -> bool:
    if span.start < last.end:
        return True
    if begins and span.entity in APART:
        return False
    return BETWEEN.get(span.entity, SAME).fullmatch(text, last.end, span.start) is not None
