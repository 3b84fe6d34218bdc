"""Tables that left before: whoever holds them lays them beside the new ones, and subtracts.

What a release keeps of itself names persons: it stays at home, sealed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from anonshare.disclosure.arrays import np
from anonshare.disclosure.cells import Key
from anonshare.disclosure.json_values import NotThat, items, members, parsed, text, whole
from anonshare.disclosure.tabular.counting import Tabulated
from anonshare.errors import DisclosureError

__all__ = ["Beside", "EarlierTables", "beside"]

VERSION = "tables/1"


@dataclass(frozen=True, slots=True)
class EarlierTables:
    """Per table the keys of its cells; per person the numbers of the cells that count him; which cells were published."""

    keys: Mapping[str, tuple[Key, ...]] = field(repr=False)
    people: Mapping[str, tuple[int, ...]] = field(repr=False)
    published: frozenset[int] = field(repr=False)
    inner: frozenset[int] = field(repr=False)

    @classmethod
    def of(cls, tabulated: Tabulated, names: Sequence[str], offsets: np.ndarray, shown: np.ndarray) -> EarlierTables:
        """What a release keeps of itself."""
        parts = [
            [[int(c + start) for c in row if c < len(own.keys)] for row in own.covering.tolist()]
            for own, start in ((tabulated.layouts[n], s) for n, s in zip(names, offsets.tolist(), strict=False))
        ]
        people = {
            who: tuple(sorted(chain.from_iterable(rows)))
            for who, rows in zip(tabulated.people, zip(*parts, strict=True), strict=True)
        }
        inner = frozenset(row[0] for rows in parts for row in rows)
        return cls(
            {n: tabulated.layouts[n].keys for n in names}, people, frozenset(np.flatnonzero(shown).tolist()), inner
        )

    @property
    def cells(self) -> int:
        """How many there are in all tables."""
        return sum(map(len, self.keys.values()))

    def to_json(self) -> bytes:
        """As JSON, UTF-8; it names persons."""
        told = {
            "tables": VERSION,
            "keys": [[name, [list(key) for key in keys]] for name, keys in self.keys.items()],
            "people": [[who, list(cells)] for who, cells in self.people.items()],
            "published": sorted(self.published),
            "inner": sorted(self.inner),
        }
        return json.dumps(told, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, data: bytes) -> EarlierTables:
        """What ``to_json`` wrote; raises DisclosureError for anything else, without a word of what it holds."""
        try:
            return cls._read(members(parsed(data), ("tables", "keys", "people", "published", "inner")))
        except NotThat:
            raise DisclosureError("This is not what tables remember.", hint="It is what to_json gave.") from None

    @classmethod
    def _read(cls, told: Mapping[str, Any]) -> EarlierTables:
        text(told["tables"], [VERSION])
        keys = {
            text(name): tuple(tuple(None if one is None else text(one) for one in items(key)) for key in items(own))
            for name, own in (items(pair, 2) for pair in items(told["keys"]))
        }
        people = {
            text(who): tuple(whole(cell, 0) for cell in items(cells))
            for who, cells in (items(pair, 2) for pair in items(told["people"]))
        }
        marks = [frozenset(whole(cell, 0) for cell in items(told[name])) for name in ("published", "inner")]
        found = cls(keys, people, *marks)
        largest = max(
            [*found.published, *found.inner, *(cell for cells in people.values() for cell in cells)], default=-1
        )
        if largest >= found.cells:
            raise NotThat
        return found


@dataclass(frozen=True, slots=True)
class Beside:
    """All cells of all releases, and of what changed between them: ``covering`` and ``weights`` of every person.

    ``published`` and ``hidden`` are cells of earlier releases, ``changes`` the persons who came to a cell, or left it.
    ``sizes`` int64 are the persons of each cell. ``inner`` are the cells of the finest labels: all that are listed lie
    above some of them.
    """

    cells: int
    covering: list[np.ndarray] = field(repr=False)
    weights: np.ndarray = field(repr=False)
    published: list[int] = field(repr=False)
    hidden: list[int] = field(repr=False)
    changes: list[int] = field(repr=False)
    sizes: np.ndarray = field(repr=False)
    inner: np.ndarray = field(repr=False)


def beside(tabulated: Tabulated, names: Sequence[str], offsets: np.ndarray, earlier: Sequence[EarlierTables]) -> Beside:
    """The new tables, whose cells come first, in the order of ``names``, and after them those of earlier releases."""
    total = int(offsets[-1])
    rows: dict[str, list[int]] = {who: [] for who in tabulated.people}
    inner: set[int] = set()
    number: dict[Key, int] = {}
    for name, start in zip(names, offsets.tolist(), strict=False):
        own = tabulated.layouts[name]
        inner.update((start + own.covering[:, 0]).tolist())
        number.update({(name, *key): start + c for c, key in enumerate(own.keys)})
        for who, cells in zip(tabulated.people, own.covering.tolist(), strict=True):
            rows[who] += [start + c for c in cells if c < len(own.keys)]
    if not earlier:
        covering = _array(list(rows.values()), total)
        nobody = np.zeros(total, dtype=np.int64)
        return Beside(total, [covering], tabulated.weights, [], [], [], nobody, _numbers(inner))
    marks = _Marks(total)
    for one in earlier:
        marks.add(one, rows, {who: frozenset(cells) for who, cells in rows.items()}, number)
    covering = _array(list(rows.values()), marks.cells)
    sizes = np.bincount(covering.ravel(), minlength=marks.cells + 1)[:-1]
    there = sizes > 0
    # what counts nobody at all (most changes) is no cell
    renumbered = np.append(np.where(there, np.cumsum(there) - 1, there.sum()), there.sum())
    published, hidden, changes = ([int(renumbered[c]) for c in cells if there[c]] for cells in marks.told)
    weights = np.ones(len(rows), dtype=np.int64)
    inner |= {c for cells in marks.inner for c in cells}
    finest = _numbers(int(renumbered[c]) for c in inner if there[c])
    return Beside(int(there.sum()), [renumbered[covering]], weights, published, hidden, changes, sizes[there], finest)


@dataclass(slots=True)
class _Marks:
    """The cells so far, and which of them were published or hidden before, or are changes."""

    cells: int
    told: tuple[list[int], list[int], list[int]] = field(default_factory=lambda: ([], [], []), repr=False)
    inner: list[list[int]] = field(default_factory=list, repr=False)

    def add(
        self,
        one: EarlierTables,
        rows: dict[str, list[int]],
        now: Mapping[str, frozenset[int]],
        number: Mapping[Key, int],
    ) -> None:
        """The cells of a release, who came to each of them that is there again, and who left it."""
        keys = [(name, *key) for name, own in one.keys.items() for key in own]
        again = {old: number[key] for old, key in enumerate(keys) if key in number}
        back = {new: old for old, new in again.items()}
        at, came, left = self.cells, self.cells + one.cells, self.cells + 2 * one.cells
        for who in {**rows, **one.people}:
            before, own = frozenset(one.people.get(who, ())), now.get(who, frozenset())
            cells = rows.setdefault(who, [])
            cells += [at + c for c in before]
            cells += [came + back[c] for c in own if c in back and back[c] not in before]
            cells += [left + c for c in before if c in again and again[c] not in own]
        self.inner.append([at + c for c in one.inner])
        published, hidden, changes = self.told
        published += [at + c for c in sorted(one.published)]
        hidden += [at + c for c in range(one.cells) if c not in one.published]
        changes += range(came, came + 2 * one.cells)
        self.cells += 3 * one.cells


def _numbers(cells: Iterable[int]) -> np.ndarray:
    return np.array(sorted(cells), dtype=np.int64)


def _array(rows: Sequence[Sequence[int]], nobody: int) -> np.ndarray:
    width = max(map(len, rows), default=1)
    return np.array([[*row, *[nobody] * (width - len(row))] for row in rows], dtype=np.int64).reshape(len(rows), width)
