"""Which periods and shares tell a person apart: what somebody served, worked, lived or was held, not every "two days"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from anonshare.detection.reading import Reading
from anonshare.shapes import Span

__all__ = ["telling"]

DECADE = re.compile(r"(?:the |los |les |die )?(?:años |années )?['\u2019]?(?:19|20)?[0-9]0(?:['\u2019]?s|er)")
"""A decade alone tells nobody apart."""

WEAK = 0.5
"""Below it stand bare periods, percentages and fractions: on clinical notes nine of ten of them identify nobody."""

NEAR = 60
"""Characters before and behind in which a word must witness."""

WITNESSES = (
    "imprison", "prison", "sentenc", "detain", "detention", "custody", "remand", "arrest", "convict", "jail", "suspend",
    "worked", "working", "employ", "service", "served", "salary", "pension", "tax", "interest", "disab", "married",
    "marriage", "lived", "living", "resid", "held", "kept", "locked", "forced", "exploit", "trafficked", "captiv",
    "contract", "licen", "ban", "applicant", "claimant", "proceedings", "hearing", "lasted", "court", "share", "debt",
    "prisión", "cárcel", "condena", "detenid", "trabaj", "encerrad", "retenid", "explotad", "obligad", "casad", "vivió",
    "contrato", "deuda", "détenu", "détention", "condamn", "travaill", "enferm", "exploit", "forcée", "mariée", "contrat",
    "închis", "arest", "condamn", "munc", "lucr", "exploat", "căsător", "contract", "datori", "haft", "gefängnis", "verurteil",
    "gearbeitet", "arbeit", "verheiratet", "ausgebeutet", "eingesperrt", "vertrag", "detenut", "lavor", "condannat",
)  # fmt: skip


def telling(reading: Reading, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans without the weak ones beside which nothing witnesses."""
    lower: str | None = None
    for span in spans:
        if span.entity == "DATE_TIME" and DECADE.fullmatch(reading.text, span.start, span.end):
            continue
        if span.score < WEAK and span.entity in {"DATE_TIME", "QUANTITY"}:
            lower = reading.text.lower() if lower is None else lower
            around = lower[max(0, span.start - NEAR) : span.end + NEAR]
            if not any(witness in around for witness in WITNESSES):
                continue
        yield span
