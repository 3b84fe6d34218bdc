"""Scan notes that stay: what was found is counted, per language, and nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anonshare.codes.countries import country
from anonshare.detection.coverage import scan_notes
from anonshare.detection.language_codes import UNSURE
from anonshare.policy.model import Policy
from anonshare.registry import RECOGNIZERS
from anonshare.shapes import Coverage, Progress

if TYPE_CHECKING:
    from anonshare.detection.detector import Masks
    from anonshare.detection.notebook import Notebook

__all__ = ["coverage_facts", "detector_for", "how_names", "language_words", "region_of", "scan_notes_of", "uncovered"]

OTHER = "other"
"""What the signed facts call languages that the policy does not name and that fewer than k notes are in."""

NAMES = {"model": "by a model", "lists": "by lists and rules, no model", "none": "NOT covered"}


def region_of(policy: Policy) -> str:
    """The country whose phones and national numbers are looked for: the policy's, else the recipient's."""
    return policy.region or policy.recipient.jurisdiction[:2]


def scan_notes_of(policy: Policy, notes: Notebook, progress: Progress) -> tuple[Coverage, ...]:
    """Counts per language over all notes of the policy's narrative columns; empty where there are none."""
    if not len(notes):
        return ()
    return scan_notes(notes, policy.languages, detector_for(policy), progress, allowed=frozenset(policy.allowed_models))


def detector_for(policy: Policy) -> Masks:
    """The detector that reads the notes of a policy."""
    region = country(region_of(policy))  # a recipient of the European Union has none
    found: Masks = RECOGNIZERS["presidio"](
        countries=(region.alpha2,) if region else (), allowed=frozenset(policy.allowed_models)
    )
    return found


def how_names(names_by: str) -> str:
    """How names are found in a language, in words."""
    return NAMES.get(names_by, "not known how")


def language_words(code: str) -> str:
    """A language as people read it: its code, or that it could not be told."""
    return {UNSURE: "not told (too short)", OTHER: "others, of a few notes each"}.get(code, code)


def uncovered(coverage: tuple[Coverage, ...]) -> tuple[str, ...]:
    """The languages in which no name is found unless a column of its person says it."""
    return tuple(one.language for one in coverage if one.names_by == "none")


def coverage_facts(policy: Policy, coverage: tuple[Coverage, ...]) -> list[dict[str, object]]:
    """What may leave of the coverage: by language what looked, never how many notes or what was found.

    A language of a few notes would tell who is in the records: those that the policy does not name and that fewer than
    k notes are in are one entry, ``other``, with the least of what covers them.
    """
    few = [c for c in coverage if c.language not in policy.languages and c.notes < policy.disclosure.k]
    named = [_facts(c.language, c) for c in coverage if c not in few]
    if not few:
        return named
    worst = min(few, key=lambda c: (("none", "lists", "model").index(c.names_by), c.language))
    return [*named, _facts(OTHER, worst)]


def _facts(language: str, one: Coverage) -> dict[str, object]:
    return {
        "language": language,
        "names_covered": one.names,
        "names_by": one.names_by,
        "sources": list(one.sources),
        "model": one.model or None,
    }
