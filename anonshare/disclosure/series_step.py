"""One release of a series: who is there, who is new, who left, who changed, and who of them must wait.

What the adversary may lay beside each other are two releases. Whatever differs between them (who left, who came, whose row
is another) must be at least k persons of a class, they and those who stay must hold every model by themselves, and no
class as it is shown may grow or shrink by less than k.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from anonshare.disclosure.arrays import np
from anonshare.disclosure.coded_table import CodedTable, Roles, with_rows
from anonshare.disclosure.local_recoding import recode_under
from anonshare.disclosure.models import KAnonymity
from anonshare.disclosure.promise import Promised
from anonshare.disclosure.series_groups import Groups
from anonshare.disclosure.series_memory import Frozen, FrozenRow, Memory, Row, shown
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows

__all__ = ["Moved", "Step"]

_ONE_TABLE: Mapping[str, int] = MappingProxyType({})


@dataclass(slots=True)
class Moved:
    """``after`` is what to remember; persons who left for good with others, whose correction waits, who may not return."""

    after: Memory = field(repr=False)
    withdrawn_with: int = 0
    corrections: frozenset[str] = field(default=frozenset(), repr=False)
    kept_out: int = 0


@dataclass(slots=True)
class _Arrival:
    """Persons who came into a new class together; ``before`` is None for newcomers, or what they were."""

    persons: list[str] = field(repr=False)
    before: dict[str, tuple[Frozen, tuple[Row, ...], int]] | None = field(default=None, repr=False)


class Step:
    """The work of one release on ``coded``, whose ``people`` are the persons of ``coded.rows`` by number."""

    def __init__(
        self,
        coded: CodedTable,
        people: tuple[str, ...],
        before: Memory,
        k: int,
        promised: list[Promised],
        groups: Groups,
        homes: Mapping[str, int] = _ONE_TABLE,
    ) -> None:
        self.coded, self.people, self._before, self._k, self._promised = coded, people, before, k, promised
        self._groups, self._homes = groups, homes
        # the key columns first: they have levels
        keys = [column.name for column in coded.rows.columns]
        self._names = [*keys, *(name for name in coded.names if name not in keys)]
        self._own: dict[str, list[int]] = {who: [] for who in people}
        self._row: list[Row] = []
        self._arrivals: list[_Arrival] = []
        self._read(0)

    def _read(self, start: int) -> None:
        texts = [self.coded.vocabulary[name] for name in self._names]
        people = self.coded.rows.person[start:].tolist()
        cells = list(zip(*(self.coded.codes[name][start:].tolist() for name in self._names), strict=True))
        cells = cells or [()] * len(people)
        for number, (person, values) in enumerate(zip(people, cells, strict=True), start):
            self._own[self.people[person]].append(number)
            row = tuple(text[code] for text, code in zip(texts, values, strict=True))
            self._row.append((*row, *self._table(number)))

    def _table(self, number: int) -> Row:
        table = self.coded.rows.table
        return () if table is None else (str(table[number]),)

    def bring_back(self, after: Memory, roles: Roles) -> None:
        """Rows that left before and were corrected since, while their correction waits: they leave as they were."""
        number = {who: i for i, who in enumerate(self.people)}
        more = []
        for who, frozen in after.rows.items():
            here = Counter(self._row[n] for n in self._own[who])
            for one in frozen:
                here[one.row] -= 1
                if here[one.row] < 0:
                    more.append((number[who], dict(zip(self._names, one.row, strict=True))))
        if more:
            start = self.coded.rows.rows
            self.coded = with_rows(self.coded, roles, more)
            self._read(start)

    def moved(self) -> Moved:
        """What to remember after the release, and who waits."""
        after = self._before.next()
        out = Moved(after)
        out.withdrawn_with = self._withdraw(after)
        self._correct(after)
        self._take_in(after)
        self._take_back(after)
        fresh = [who for who in self._own if who not in after.rows]
        out.kept_out = sum(who in after.gone for who in fresh) - out.withdrawn_with
        out.corrections = frozenset(who for who in after.rows if self._rows_of(who) != after.seen[who])
        after.waiting = {who: self._before.waiting.get(who, after.number) for who in fresh if who not in after.gone}
        return out

    def places(self, after: Memory) -> Iterator[tuple[int, FrozenRow]]:
        """The rows of the table that leave, each with what it left as; a row that a person gave up stays.

        What left and is not in the table (a correction that waits) is not among them.
        """
        for who, numbers in self._own.items():
            free = list(numbers)
            for one in after.rows.get(who, ()):
                place = next((n for n in free if self._row[n] == one.row), None)
                if place is not None:
                    free.remove(place)
                    yield place, one

    def _withdraw(self, after: Memory) -> int:
        """Who is not there any more leaves at once, and of his class as many as it takes that he is not seen to leave."""
        place = {who: i for i, who in enumerate(self.people)}
        others = 0
        for leaving, staying in self._parted(after, (who for who in after.rows if who not in self._own)):
            stay = sorted(staying, key=place.__getitem__)
            with_them = stay[: self._how_many(after, leaving, stay)]
            for who in [*leaving, *with_them]:
                after.forget(who)
            # who came back would be the only one whose history has a gap
            after.gone.update(leaving, with_them)
            others += len(with_them)
        return others

    def _how_many(self, after: Memory, leaving: Sequence[str], stay: Sequence[str]) -> int:
        """How many of those who stay leave too, so that both parts are safe; all of them where nothing less is."""
        for more in range(max(self._k - len(leaving), 0), len(stay) - self._k + 1):
            if self._safe(after, [*leaving, *stay[:more]]) and self._safe(after, stay[more:]):
                return more
        return len(stay)

    def _safe(self, after: Memory, persons: Sequence[str]) -> bool:
        return not persons or (len(persons) >= self._k and self._groups.hold([after.rows[who] for who in persons]))

    def _correct(self, after: Memory) -> None:
        """Persons whose rows changed are recoded anew where they and who stays behind are safe; otherwise they wait."""
        changed = [who for who in after.rows if self._rows_of(who) != after.seen[who]]
        for persons, stay in self._parted(after, changed):
            if self._safe(after, persons) and self._safe(after, stay):
                before = {who: (after.rows[who], after.seen[who], after.of[who]) for who in persons}
                if self._recoded(after, persons):
                    self._arrivals.append(_Arrival(persons, before))

    def _take_in(self, after: Memory) -> None:
        """Newcomers and those who waited are recoded among themselves, a class at a time where not all can be."""
        fresh = [who for who in self._own if who not in after.rows and who not in after.gone]
        if not fresh or not self._recoded(after, fresh):
            return
        classes: dict[int, list[str]] = {}
        for who in fresh:
            if who in after.of:
                classes.setdefault(after.of[who], []).append(who)
        self._arrivals += [_Arrival(persons) for persons in classes.values()]

    def _take_back(self, after: Memory) -> None:
        """Whoever came into a class that is now seen to differ by less than k persons waits after all.

        Withdrawals alone always differ by k, so that this ends.
        """
        while True:
            change = Counter(shown(own) for own in after.rows.values())
            change.subtract(shown(own) for own in self._before.rows.values())
            bad = {label for label, count in change.items() if 0 < abs(count) < self._k}
            back = [one for one in self._arrivals if bad & self._touched(after, one)]
            if not back:
                return
            for one in back:
                self._arrivals.remove(one)
                for who in one.persons:
                    after.forget(who)
                    if one.before is not None:
                        after.rows[who], after.seen[who], after.of[who] = one.before[who]

    def _touched(self, after: Memory, arrival: _Arrival) -> set[tuple[Row, ...]]:
        new = {shown(after.rows[who]) for who in arrival.persons}
        return new | {shown(own) for own, _, _ in (arrival.before or {}).values()}

    def _rows_of(self, who: str) -> tuple[Row, ...]:
        """All of a person's rows, whether they left or not."""
        return tuple(sorted((self._row[n] for n in self._own[who]), key=_order))

    def _parted(self, after: Memory, persons: Iterable[str]) -> list[tuple[list[str], list[str]]]:
        """Per class that has some of these persons: who of it is among them, and who is not."""
        chosen = set(persons)
        classes: dict[int, tuple[list[str], list[str]]] = {after.of[who]: ([], []) for who in after.of if who in chosen}
        for who, number in after.of.items():
            if number in classes:
                classes[number][who not in chosen].append(who)
        return list(classes.values())

    def _recoded(self, after: Memory, persons: Sequence[str]) -> bool:
        """Recode some persons among themselves; False, with nothing changed, where no recoding can hold the models."""
        if len(persons) < self._k:
            return False
        numbers = [n for who in persons for n in self._own[who]]
        place = {who: i for i, who in enumerate(persons)}
        whose = np.array([place[who] for who in persons for _ in self._own[who]], dtype=np.int64)
        columns = self.coded.rows.columns
        whole = self.coded.rows
        rows = CodedRows(
            columns,
            whole.values[numbers],
            whose,
            None if whole.table is None else whole.table[numbers],
            whole.home,
        )
        promised = [replace(p, codes=None if p.codes is None else p.codes[numbers]) for p in self._promised]
        try:
            each = [p for p in promised if not isinstance(p.model, KAnonymity)]
            recipe = recode_under(rows, self._k, each, homes=self._homes)
        except DisclosureError:
            return False
        for who, signature in zip(persons, recipe.signature.tolist(), strict=True):
            if signature >= 0:
                after.of[who] = after.next_class + signature
                after.rows[who], after.seen[who] = (), self._rows_of(who)
        for i, number in enumerate(numbers):
            if recipe.kept[i]:
                who, levels = persons[int(whose[i])], tuple(recipe.levels[i].tolist())
                codes = rows.values[i].tolist()
                labels = tuple(
                    column.labels[level][column.paths[code, level]]
                    for column, code, level in zip(columns, codes, levels, strict=True)
                )
                left = FrozenRow(self._row[number], levels, (*labels, *self._table(number)))
                after.rows[who] = (*after.rows[who], left)
        after.next_class += int(recipe.signature.max(initial=-1)) + 1
        return True


def _order(row: Row) -> tuple[tuple[bool, str], ...]:
    return tuple((cell is not None, cell or "") for cell in row)
