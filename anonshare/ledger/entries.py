"""The things that a ledger writes down, as values and as canonical records."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from anonshare.errors import LedgerError
from anonshare.ledger.key_entries import KeyDestroyed, Keyed, KeyRotated

__all__ = [
    "Entry",
    "KeyDestroyed",
    "KeyRotated",
    "Keyed",
    "Lost",
    "Noticed",
    "Recovered",
    "Released",
    "Reserved",
    "Restored",
    "Voided",
    "from_record",
    "to_record",
]

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_ID = re.compile(r"[0-9a-f]{32}\Z")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/@+-]{0,199}\Z")
_EPOCH = re.compile(r"[1-9][0-9]{0,5}\Z")
_KEY_ID = re.compile(r"[0-9a-f]{16}\Z")
_REASON = re.compile(r"\w[\w .,;:()/'’-]{0,299}\Z")
_PERSON = re.compile(r"\w[\w .'’-]{0,99}\Z")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\Z")
_BUDGET = re.compile(r"\d{1,12}(\.\d{1,12})?\Z")


@dataclass(frozen=True, slots=True)
class Reserved:
    """A number of a stream is taken by a draft.

    ``policy_digest`` is a SHA-256, ``input_digest`` a keyed digest (a plain one would let anybody test a guess),
    ``when`` UTC (RFC 3339), ``persons`` and ``rows`` what is to leave, ``budget`` the epsilon reserved, as decimal text.
    """

    stream: str
    seq: int
    bundle_id: str
    policy_digest: str
    input_digest: str
    when: str
    persons: int | None = None
    rows: int | None = None
    budget: str = "0"


@dataclass(frozen=True, slots=True)
class Released:
    """A reserved number has left: the SHA-256 of the signed payload, for whom, and the ids of those who approved."""

    stream: str
    seq: int
    bundle_id: str
    digest: str
    recipients: tuple[str, ...]
    approvals: tuple[str, ...]
    when: str


@dataclass(frozen=True, slots=True)
class Voided:
    """A reserved number was given up before anything left; it is free again."""

    stream: str
    seq: int
    bundle_id: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """A number that a recipient has seen and this ledger has not: it was restored from before that release."""

    stream: str
    seq: int
    digest: str | None
    recipient: str
    when: str


@dataclass(frozen=True, slots=True)
class Restored:
    """The ledger came back from a backup made at ``made``: until it is recovered nobody knows what left after that."""

    made: str
    when: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """A restored ledger was compared with what recipients signed: whose words they were, and who answers for it."""

    agencies: tuple[str, ...]
    by: str
    when: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """A notice went out: a released bundle is void, or the numbers ``seq`` to ``to`` never come (``skip``)."""

    stream: str
    seq: int
    to: int
    notice: str
    digest: str | None
    when: str


Entry = Reserved | Released | Voided | Lost | Restored | Recovered | Noticed | Keyed | KeyRotated | KeyDestroyed

_KINDS: Mapping[str, type[Entry]] = {
    "reserved": Reserved,
    "released": Released,
    "voided": Voided,
    "lost": Lost,
    "restored": Restored,
    "recovered": Recovered,
    "noticed": Noticed,
    "keyed": Keyed,
    "key-rotated": KeyRotated,
    "key-destroyed": KeyDestroyed,
}


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.match(value) is not None


def _whole(least: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= least


def _names(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(map(_matches(_NAME), value))


def _key_ids(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(map(_matches(_KEY_ID), value))


def _absent_or(rule: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or rule(value)


_RULES: Mapping[str, Callable[[Any], bool]] = {
    "stream": _matches(_NAME),
    "seq": _whole(1),
    "bundle_id": _matches(_ID),
    "policy_digest": _matches(_DIGEST),
    "input_digest": _matches(_DIGEST),
    "digest": _matches(_DIGEST),
    "recipients": _names,
    "approvals": _names,
    "when": _matches(_TIME),
    "persons": _absent_or(_whole(0)),
    "rows": _absent_or(_whole(0)),
    "budget": _matches(_BUDGET),
    "recipient": _matches(_NAME),
    "agencies": lambda value: value in ((), []) or _names(value),
    "by": _matches(_PERSON),
    "made": _matches(_TIME),
    "to": _whole(1),
    "notice": lambda value: value in ("void", "skip"),
    "epoch": _matches(_EPOCH),
    "key_ids": _key_ids,
    "delete_at": _absent_or(_matches(_TIME)),
    "reason": _matches(_REASON),
}
_ABSENT = {("voided", "when"), ("lost", "digest"), ("noticed", "digest")}


def _fault(kind: str, found: Mapping[str, Any]) -> str | None:
    """The first field that does not keep its rule."""
    for field in fields(_KINDS[kind]):
        rule = _RULES[field.name]
        if (kind, field.name) in _ABSENT:
            rule = _absent_or(rule)
        if field.name not in found or not rule(found[field.name]):
            return field.name
    return None


def to_record(entry: Entry) -> dict[str, Any]:
    """The entry as the chain stores it; raises LedgerError, naming the field, where it is not of its form."""
    kind = next(name for name, cls in _KINDS.items() if isinstance(entry, cls))
    record = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(entry).items()}
    fault = _fault(kind, record)
    if fault is not None:
        raise LedgerError(f"The ledger cannot take a {kind} entry: {fault} is not of its form.", reason="entry")
    return {"entry": kind, **record}


def from_record(record: Mapping[str, Any], number: int) -> Entry:
    """The entry that a record of the chain holds; raises LedgerError with the record's number where it holds none."""
    found = {name: value for name, value in record.items() if name not in {"kind", "number", "prev", "check", "entry"}}
    kind = record.get("entry")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise _unreadable(number)
    if _fault(kind, found) is not None or len(found) != len(fields(_KINDS[kind])):
        raise _unreadable(number)
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
    return _KINDS[kind](**values)


def _unreadable(number: int) -> LedgerError:
    return LedgerError(
        f"The ledger cannot be read at record {number}: it holds no entry of a known form.",
        hint="Was it written by a newer version of anonshare? Otherwise restore the folder from a backup.",
        reason="damaged",
    )
