"""What a series remembers between two releases. It names persons, and stays under lock and key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anonshare.disclosure.json_values import (
    NotThat,
    items,
    key_of_hex,
    members,
    parsed,
    text,
    texts,
    whole,
    without_twins,
)
from anonshare.errors import DisclosureError

__all__ = ["Frozen", "FrozenRow", "Memory", "Row", "memory_json", "read_memory", "shown"]

VERSION = "series/2"

_MEMBERS = ("series", "number", "next_class", "rows", "seen", "of", "waiting", "gone", "ties", "asked")

Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """A row that left: all its columns, the level of each key cell, and the labels that were shown for them.

    Where there are several tables, the number of the row's own stands last in ``row`` and in ``labels``.
    """

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
        "waiting": [[who, since] for who, since in sorted(memory.waiting.items())],
        "gone": sorted(memory.gone),
        "ties": memory.ties.hex(),
        "asked": memory.asked,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def read_memory(data: bytes) -> Memory:
    """What ``memory_json`` wrote; raises DisclosureError for anything else, without a word of what it holds."""
    try:
        return _checked(members(parsed(data), _MEMBERS))
    except NotThat:
        raise DisclosureError("This is not what a series remembers.", hint="It is what to_json gave.") from None


def _checked(told: Mapping[str, Any]) -> Memory:
    text(told["series"], [VERSION])
    pairs = {name: [items(one, 2) for one in items(told[name])] for name in ("rows", "seen", "waiting")}
    rows = without_twins((text(who), tuple(map(_frozen, items(own)))) for who, own in pairs["rows"])
    memory = Memory(
        number=whole(told["number"], 0),
        next_class=whole(told["next_class"], 0),
        rows=rows,
        seen=without_twins((text(who), tuple(map(_row, items(own)))) for who, own in pairs["seen"]),
        of={who: whole(number, 0) for who, number in members(told["of"], rows).items()},
        waiting=without_twins((text(who), whole(since, 0)) for who, since in pairs["waiting"]),
        gone=set(texts(told["gone"])),
        ties=_ties(told["ties"]),
        asked=text(told["asked"]),
    )
    out = memory.rows.keys()
    consistent = (
        out == memory.seen.keys()
        and all(memory.rows.values())
        and not out & memory.waiting.keys()
        and not out & memory.gone
        and max(memory.of.values(), default=-1) < memory.next_class
        and max(memory.waiting.values(), default=0) <= memory.number
    )
    if not consistent:
        raise NotThat
    return memory


def _frozen(told: object) -> FrozenRow:
    row, levels, labels = items(told, 3)
    found = FrozenRow(_row(row), tuple(whole(level, 0) for level in items(levels)), _row(labels))
    if len(found.labels) - len(found.levels) not in (0, 1) or len(found.labels) > len(found.row):
        raise NotThat
    return found


def _row(told: object) -> Row:
    return tuple(None if cell is None else text(cell) for cell in items(told))


def _ties(told: object) -> bytes:
    # before the first release there is none
    return b"" if told == "" else key_of_hex(told)
