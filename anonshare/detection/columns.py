"""What the columns of a table are, decided once a column and before anything is written.

The policy comes first, then the lexicon of headers, then what the values prove, then how many of them there are. What
stays unknown and picks out rows, and what its name and its values tell differently, is suppressed: it fails closed. No
model reads a cell, and no reason carries a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from anonshare.codes.headers import Header, headers_of
from anonshare.detection.column_clash import AGREEING, PROSE, called, clash, part, shown
from anonshare.detection.column_evidence import PROVING, Evidence, evidence
from anonshare.detection.column_fits import fit_of
from anonshare.detection.column_names import names_share
from anonshare.detection.column_sample import Sample, sample
from anonshare.detection.entities import DIRECT, ENTITIES

__all__ = ["ColumnDecision", "Confidence", "decide"]

Confidence = Literal["confirmed", "header", "values", "disagree", "unknown"]
NAME_WORDS = 1.6
"""Mean words from which capitalised values of a few may be full names."""

NOTHING = Evidence({}, 0.0)


@dataclass(frozen=True, slots=True)
class ColumnDecision:
    """What a column is: an entity type of this room, a role of policies, how sure that is, and why, in words.

    ``holds`` is the lexicon's word for it where its name was understood. ``suppress`` tells that it stays back until a
    person has said what it is; other columns are treated as their role says.
    """

    entity: str | None
    role: str | None
    confidence: Confidence
    suppress: bool
    reason: str
    holds: str | None = None


def decide(
    columns: Mapping[str, Mapping[str, int]], *, policy: Mapping[str, str] | None = None, region: str | None = None
) -> dict[str, ColumnDecision]:
    """Decide all columns (name -> distinct value -> rows that hold it), or none where one fails.

    ``policy`` says for a column an entity type of this room, or a role; ``region`` (ISO alpha-2) is the country of phones
    without a country code and of national numbers.
    """
    said = policy or {}
    return {name: _decide(name, values, said.get(name), region) for name, values in columns.items()}


def _decide(name: str, values: Mapping[str, int], said: str | None, region: str | None) -> ColumnDecision:
    headers = headers_of(name)
    if said is not None:
        return _by_policy(said, headers)
    seen = sample(values)
    found = evidence(seen, region) if seen.texts else NOTHING
    named = _by_name(headers, seen, found) if headers else None
    return named or _by_values(seen, found)


def _by_policy(said: str, headers: Sequence[Header]) -> ColumnDecision:
    holds = headers[0].meaning.entity if headers else None
    if said in ENTITIES:
        return ColumnDecision(said, _role(said), "confirmed", False, "the policy says so", holds)
    entity = headers[0].meaning.type if headers else None
    return ColumnDecision(entity, said, "confirmed", False, "the policy says so", holds)


def _role(entity: str) -> str:
    return "direct_identifier" if entity in DIRECT else "quasi_identifier"


def _by_name(headers: Sequence[Header], seen: Sample, found: Evidence) -> ColumnDecision | None:
    """The first reading of the name that its values agree with, or what is left to say of the first reading."""
    first = headers[0]
    if not seen.texts:
        return _told(first, "header", "its name says so; it holds no value")
    agreeing = next((h for h in headers if not h.turned and _agrees(h, seen, found)), None)
    if agreeing is not None:
        return _agreed(agreeing, found)
    if first.turned:
        return None
    against = clash(first, seen, found)
    if against is None:
        return _told(first, "header", "its name says so; its values neither prove it nor speak against it")
    return (
        _by_values(seen, found) if first.vague and first.meaning.type in DIRECT else _disagreeing(first, against, found)
    )


def _agrees(header: Header, seen: Sample, found: Evidence) -> bool:
    if clash(header, seen, found) is not None:
        return False
    meaning = header.meaning
    if meaning.type is None:
        return meaning.role == "narrative" or not seen.singling or meaning.role == "internal"
    return fit_of(meaning.type, found)[1] >= AGREEING


def _agreed(header: Header, found: Evidence) -> ColumnDecision:
    meaning = header.meaning
    fit, share = fit_of(meaning.type, found)
    better = found.proven
    if better in fit.refined:
        return ColumnDecision(
            better,
            _role(better),
            "confirmed",
            False,
            f"its name leaves it open; {shown(found, better)}",
            meaning.entity,
        )
    if meaning.type is None and meaning.role != "narrative" and found.stray is not None:
        return _disagreeing(header, f"some of its values are {called(found.stray)}", found)
    if meaning.type is None:
        return _told(header, "header", "its name says so, and its values are no identifiers")
    return _told(header, "confirmed", f"its name says so, and {part(share)} of its values look like it")


def _told(header: Header, confidence: Confidence, reason: str) -> ColumnDecision:
    meaning = header.meaning
    return ColumnDecision(meaning.type, meaning.role, confidence, False, reason, meaning.entity)


def _disagreeing(header: Header, against: str, found: Evidence) -> ColumnDecision:
    meaning = header.meaning
    entity = found.proven or (meaning.type if found.words <= PROSE else None)
    direct = entity in DIRECT or meaning.role == "direct_identifier" or found.stray is not None
    role = "narrative" if found.words > PROSE else "direct_identifier" if direct else meaning.role
    reason = f"its name says {meaning.entity.replace('_', ' ')}, but {against}"
    return ColumnDecision(entity, role, "disagree", True, reason, meaning.entity)


def _by_values(seen: Sample, found: Evidence) -> ColumnDecision:
    proven = found.proven
    if proven is None and found.share("phone of a region") >= PROVING:
        proven = "PHONE_NUMBER"
    if not seen.texts:
        return ColumnDecision(None, None, "unknown", False, "its name does not tell; it holds no value")
    if proven is not None:
        return ColumnDecision(
            proven, _role(proven), "values", False, f"its name does not tell, but {shown(found, proven)}"
        )
    if found.words > PROSE:
        return ColumnDecision(None, "narrative", "values", False, "its values are free text")
    if found.stray is not None:
        reason = f"its name does not tell, and some of its values are {called(found.stray)}"
        return ColumnDecision(found.stray, "direct_identifier", "unknown", True, reason)
    if found.share("letters") >= PROVING and found.words <= PROSE and names_share(seen.texts) >= PROVING:
        reason = f"its name does not tell, but {part(names_share(seen.texts))} of its values are names of persons"
        return ColumnDecision("PERSON", "direct_identifier", "values", False, reason)
    if seen.singling:
        entity = "ID_NUMBER" if found.share("code", "digits") >= PROVING and found.share("name") < AGREEING else None
        reason = "an unclassified identifier: its name does not tell, and its values single out rows"
        return ColumnDecision(entity, "direct_identifier", "unknown", True, reason)
    if found.share("name") >= PROVING and found.words >= NAME_WORDS:
        reason = "its name does not tell, and its values may be names of persons or places"
        return ColumnDecision(None, "direct_identifier", "unknown", True, reason)
    return _category(found)


def _category(found: Evidence) -> ColumnDecision:
    for kind, entity in (("sex", "SEX"), ("country", "LOCATION")):
        if found.share(kind) >= 0.9 > found.share("flag"):
            return ColumnDecision(
                entity, "quasi_identifier", "values", False, f"its values are those of a list: {ENTITIES[entity]}"
            )
    return ColumnDecision(None, None, "unknown", False, "a category of few values that nothing names")
