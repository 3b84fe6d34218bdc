"""What a series remembers between two releases. It names persons, and stays under lock and key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anonshare.errors import DisclosureError

__all__ = ["Frozen", "FrozenRow", "Memory", "Row", "memory_json", "read_memory", "shown"]

VERSION = "series/2"

Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """A row that left: all its columns, the level of each key cell, and the labels that were shown for them."""

    row: Row = field(repr=False)
    levels: tuple[int, ...]
    labels: Row = field(repr=False)


Frozen = tuple[FrozenRow, ...]
"""The rows with which a person leaves."""


@dataclass(slots=True)
class Memory:
    """``rows``, ``seen`` (all rows of a person, whether they leave or not) and ``of`` (the class) are of who is out there.

    ``waiting`` maps a person to the release since which he waits, ``gone`` never leave again, ``ties`` decides among who
    is alike, ``asked`` is the digest of roles and models.
    """

    number: int = 0
    next_class: int = 0
    rows: dict[str, Frozen] = field(default_factory=dict, repr=False)
    seen: dict[str, tuple[Row, ...]] = field(default_factory=dict, repr=False)
    of: dict[str, int] = field(default_factory=dict, repr=False)
    waiting: dict[str, int] = field(default_factory=dict, repr=False)
    gone: set[str] = field(default_factory=set, repr=False)
    ties: bytes = field(default=b"", repr=False)
    asked: str = ""

    def next(self) -> Memory:
        """A copy for the next release, in which nobody waits yet."""
        return replace(
            self,
            number=self.number + 1,
            rows=dict(self.rows),
            seen=dict(self.seen),
            of=dict(self.of),
            waiting={},
            gone=set(self.gone),
        )

    def forget(self, who: str) -> None:
        """The person is not out there any more."""
        del self.rows[who], self.seen[who], self.of[who]


def shown(frozen: Frozen) -> tuple[Row, ...]:
    """What tells persons apart in a release: the labels of all rows, sorted."""
    return tuple(
        sorted((one.labels for one in frozen), key=lambda row: [(cell is not None, cell or "") for cell in row])
    )


def memory_json(memory: Memory) -> bytes:
    """As JSON, UTF-8."""
    told = {
        "series": VERSION,
        "number": memory.number,
        "next_class": memory.next_class,
        "rows": [
            [who, [[list(one.row), list(one.levels), list(one.labels)] for one in own]]
            for who, own in memory.rows.items()
        ],
        "seen": [[who, [list(row) for row in rows]] for who, rows in memory.seen.items()],
        "of": memory.of,
        "waiting": memory.waiting,
        "gone": sorted(memory.gone),
        "ties": memory.ties.hex(),
        "asked": memory.asked,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def read_memory(data: bytes) -> Memory:
    """What ``memory_json`` wrote; raises DisclosureError for anything else, without a word of what it holds."""
    try:
        return _checked(json.loads(data))
    except (_Wrong, KeyError, TypeError, ValueError, RecursionError, AttributeError):
        raise DisclosureError("This is not what a series remembers.", hint="It is what to_json gave.") from None


class _Wrong(Exception):
    """What was read means nothing."""


def _checked(told: Mapping[str, Any]) -> Memory:
    if told["series"] != VERSION:
        raise _Wrong
    memory = Memory(
        number=_count(told["number"]),
        next_class=_count(told["next_class"]),
        rows={_text(who): tuple(map(_frozen, own)) for who, own in told["rows"]},
        seen={_text(who): tuple(map(_row, own)) for who, own in told["seen"]},
        of={who: _count(number) for who, number in told["of"].items()},
        waiting={who: _count(since) for who, since in told["waiting"].items()},
        gone=set(map(_text, told["gone"])),
        ties=bytes.fromhex(told["ties"]),
        asked=_text(told["asked"]),
    )
    out = memory.rows.keys()
    consistent = (
        out == memory.of.keys() == memory.seen.keys()
        and all(memory.rows.values())
        and not out & memory.waiting.keys()
        and not out & memory.gone
        and max(memory.of.values(), default=-1) < memory.next_class
        and max(memory.waiting.values(), default=0) <= memory.number
    )
    if not consistent:
        raise _Wrong
    return memory


def _frozen(told: Any) -> FrozenRow:
    row, levels, labels = told
    found = FrozenRow(_row(row), tuple(map(_count, levels)), _row(labels))
    if len(found.levels) != len(found.labels) or len(found.labels) > len(found.row):
        raise _Wrong
    return found


def _row(told: Any) -> Row:
    if not isinstance(told, list) or not all(cell is None or isinstance(cell, str) for cell in told):
        raise _Wrong
    return tuple(told)


def _text(told: Any) -> str:
    if not isinstance(told, str):
        raise _Wrong
    return told


def _count(told: Any) -> int:
    if isinstance(told, bool) or not isinstance(told, int) or told < 0:
        raise _Wrong
    return told
