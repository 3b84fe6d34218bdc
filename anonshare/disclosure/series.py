"""Releases that repeat: every person keeps the class in which he first left, so that no two releases single anybody out.

The rule (DESIGN, section 4): persons who are alike in one release are alike in all, or part in groups of at least k. So
newcomers are recoded among themselves; who cannot be, waits. Whoever withdraws leaves at once, and others of his class
leave with him, for good, where he alone would be seen to leave; a correction waits until k persons of a class have one.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from anonshare.disclosure.arrays import np
from anonshare.disclosure.coded_table import CodedTable, Roles, code_table, with_rows
from anonshare.disclosure.finding import promised_of
from anonshare.disclosure.judging import verdicts
from anonshare.disclosure.local_recoding import recode_under
from anonshare.disclosure.loss import certainty_penalty, exact_levels
from anonshare.disclosure.models import JointLDiversity, KAnonymity, KMAnonymity, bound_models
from anonshare.disclosure.outward import outward_columns
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.disclosure.promise import Promised
from anonshare.disclosure.signatures import person_signatures
from anonshare.engine.recoded import text_table
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows, Verdict

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Series", "SeriesRelease"]

Row = tuple[str | None, ...]
Frozen = tuple[tuple[Row, tuple[int, ...]], ...]
"""The rows that a person leaves with, all columns of them, and the level of each key cell."""


@dataclass(frozen=True)
class SeriesRelease:
    """One release. Only ``table`` may leave.

    ``held`` persons wait, by the number of releases that they have waited; ``withdrawn_with`` left for good together with
    somebody who withdrew; ``corrections`` wait. ``loss`` is the NCP of the rows that leave, ``persons`` are in them.
    """

    table: pa.Table = field(repr=False)
    number: int
    persons: int
    held: Mapping[int, int]
    withdrawn_with: int
    corrections: int
    loss: float
    verdicts: tuple[Verdict, ...]
    classes: Mapping[str, int] = field(repr=False)
    """The person of each unit by the text of his key -> his class; secret."""

    @property
    def held_share(self) -> float:
        """The share of the persons at hand who wait."""
        waiting = sum(self.held.values())
        return waiting / (waiting + self.persons) if waiting + self.persons else 0.0


@dataclass
class _State:
    number: int = 0
    next_class: int = 0
    rows: dict[str, Frozen] = field(default_factory=dict)
    seen: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    of: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


class Series:
    """The releases of one stream, cumulative: each holds everybody who is to be in it.

    ``roles`` and ``models`` as of a recoding, with a unit. What it remembers names persons and is secret: ``to_json``.
    """

    def __init__(self, roles: Roles, models: Sequence[PrivacyModel]) -> None:
        if not roles.unit:
            raise DisclosureError("A series needs a unit: who is who in two releases?", reason="parameters")
        if any(isinstance(model, JointLDiversity | KMAnonymity) for model in models):
            raise DisclosureError(
                "A series does not keep models of several columns, or of columns of sets.",
                hint="Give models of one column each.",
                reason="parameters",
            )
        self._roles, self._models = roles, tuple(models)
        self._k = max((m.k for m in models if isinstance(m, KAnonymity)), default=1)
        self._state = _State()

    def release(self, table: Any, *, order_key: bytes | None = None) -> SeriesRelease:
        """The next release of everybody in ``table``; nothing is remembered where it raises DisclosureError."""
        coded = code_table(table, self._roles)
        if coded.people is None:
            raise DisclosureError("A series needs a unit: who is who in two releases?", reason="parameters")
        work = _Work(coded, coded.people, self._state, self._k, promised_of(self._models, coded))
        state, corrections, withdrawn_with = work.next_state()
        work.bring_back(state, self._roles)
        made = self._made(work, state, corrections, withdrawn_with, order_key or secrets.token_bytes(32))
        self._state = state
        return made

    def to_json(self) -> bytes:
        """What the series remembers, UTF-8; it names persons."""
        state = self._state
        told = {
            "series": "series/1",
            "number": state.number,
            "next_class": state.next_class,
            "rows": [[who, [[list(row), list(levels)] for row, levels in own]] for who, own in state.rows.items()],
            "seen": [[who, [list(row) for row in rows]] for who, rows in state.seen.items()],
            "of": state.of,
            "waiting": state.waiting,
            "gone": sorted(state.gone),
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()

    def resume(self, data: bytes) -> None:
        """Go on from what ``to_json`` wrote; raises DisclosureError for anything else."""
        try:
            told = json.loads(data)
            {"series/1": None}[told["series"]]
            rows = {w: tuple((tuple(row), tuple(levels)) for row, levels in own) for w, own in told["rows"]}
            seen = {who: tuple(tuple(row) for row in own) for who, own in told["seen"]}
            state = _State(
                number=int(told["number"]),
                next_class=int(told["next_class"]),
                rows=rows,
                seen=seen,
                of=dict(told["of"]),
                waiting=dict(told["waiting"]),
                gone=set(told["gone"]),
            )
            {True: None}[state.rows.keys() == state.of.keys() == state.seen.keys()]
        except (KeyError, TypeError, ValueError, RecursionError, AttributeError):
            raise DisclosureError("This is not what a series remembers.", hint="It is what to_json gave.") from None
        self._state = state

    def _made(
        self, work: _Work, state: _State, corrections: int, withdrawn_with: int, order_key: bytes
    ) -> SeriesRelease:
        coded, rows = work.coded, work.coded.rows
        levels, kept = work.levels_of(state)
        levels = exact_levels(rows, levels)
        signature = person_signatures(rows, levels, kept)
        sensitive = {name: coded.codes[name] for name in self._roles.sensitive}
        found = (
            verdicts(rows, levels, kept, bound_models(self._models, coded.vocabulary), sensitive) if kept.any() else ()
        )
        for verdict in found:
            if not verdict:
                raise DisclosureError(
                    f"The release does not hold {verdict.check}: {'; '.join(verdict.missing)}.",
                    hint="Nothing was released. Wait for more records, or lower the promise.",
                    reason="disclosure",
                )
        columns, _ = outward_columns(coded, levels, kept, signature)
        here = [who for who in coded.people or () if who in state.rows]
        share = float(kept.mean()) if rows.rows else 0.0
        return SeriesRelease(
            table=text_table(columns, order_key),
            number=state.number,
            persons=len(here),
            held=Counter(state.number - since for since in state.waiting.values()),
            withdrawn_with=withdrawn_with,
            corrections=corrections,
            loss=(certainty_penalty(rows, levels, kept) - (1 - share)) / share if share else 0.0,
            verdicts=found,
            classes={who: state.of[who] for who in here},
        )


@dataclass
class _Work:
    """One release: who is there, who is new, who left, who changed."""

    coded: CodedTable
    people: tuple[str, ...]
    before: _State
    k: int
    promised: list[Promised]

    def __post_init__(self) -> None:
        self._width = len(self.coded.rows.columns)
        # the key columns first: they alone tell whether a row is the one that left before
        keys = [column.name for column in self.coded.rows.columns]
        self._names = [*keys, *(name for name in self.coded.names if name not in keys)]
        self._own: dict[str, list[int]] = {who: [] for who in self.people}
        self._row: list[Row] = []
        self._read(0)

    def _read(self, start: int) -> None:
        texts = [self.coded.vocabulary[name] for name in self._names]
        cells = np.stack([self.coded.codes[name][start:] for name in self._names], axis=1).tolist()
        for number, (person, values) in enumerate(
            zip(self.coded.rows.person[start:].tolist(), cells, strict=True), start
        ):
            self._own[self.people[person]].append(number)
            self._row.append(tuple(text[code] for text, code in zip(texts, values, strict=True)))

    def _key(self, row: Row) -> Row:
        return row[: self._width]

    def bring_back(self, state: _State, roles: Roles) -> None:
        """Rows that left before and were corrected since, while their correction waits: they leave as they were."""
        number = {who: i for i, who in enumerate(self.people)}
        more = []
        for who, frozen in state.rows.items():
            here = Counter(self._key(self._row[n]) for n in self._own[who])
            for row, _ in frozen:
                here[self._key(row)] -= 1
                if here[self._key(row)] < 0:
                    more.append((number[who], dict(zip(self._names, row, strict=True))))
        if more:
            start = self.coded.rows.rows
            self.coded = with_rows(self.coded, roles, more)
            self._read(start)

    def next_state(self) -> tuple[_State, int, int]:
        """The state after the release, the corrections that wait, and who left for good with others."""
        old = self.before
        state = _State(old.number + 1, old.next_class, dict(old.rows), dict(old.seen), dict(old.of), {}, set(old.gone))
        withdrawn_with = self._withdraw(state)
        corrections = self._correct(state)
        self._take_in(state)
        return state, corrections, withdrawn_with

    def levels_of(self, state: _State) -> tuple[np.ndarray, np.ndarray]:
        """Int8 levels and bool kept per row of the table; a row that a person gave up stays."""
        rows = self.coded.rows
        levels, kept = np.zeros(rows.values.shape, dtype=np.int8), np.zeros(rows.rows, dtype=np.bool_)
        for who, numbers in self._own.items():
            free = list(numbers)
            for row, own in state.rows.get(who, ()):
                place = next(n for n in free if self._key(self._row[n]) == self._key(row))
                free.remove(place)
                levels[place], kept[place] = own, True
        return levels, kept

    def _withdraw(self, state: _State) -> int:
        """Who is not there any more leaves at once, and of his class as many as it takes that he is not seen to leave."""
        out = self._by_class(state, (who for who in state.rows if who not in self._own))
        others = 0
        for number, leaving in out.items():
            members = [who for who, own in state.of.items() if own == number]
            stay = [who for who in members if who not in leaving]
            need = max(self.k - len(leaving), 0)
            with_them = stay if len(stay) - need < self.k else stay[:need]
            for who in [*leaving, *with_them]:
                del state.rows[who], state.seen[who], state.of[who]
            state.gone.update(with_them)
            others += len(with_them)
        return others

    def _correct(self, state: _State) -> int:
        """Persons whose rows changed are recoded anew where k of one class can be, and k or nobody stays behind."""
        changed = self._by_class(state, (who for who in state.rows if self._keys(who) != state.seen[who]))
        waiting = 0
        for number, persons in changed.items():
            stay = sum(own == number for own in state.of.values()) - len(persons)
            if (stay and stay < self.k) or not self._recoded(state, persons):
                waiting += len(persons)
        return waiting

    def _take_in(self, state: _State) -> None:
        """Newcomers and those who waited are recoded among themselves; where they cannot be, they wait."""
        fresh = [who for who in self._own if who not in state.rows and who not in state.gone]
        if fresh and not self._recoded(state, fresh):
            state.waiting = {who: self.before.waiting.get(who, state.number) for who in fresh}

    def _keys(self, who: str) -> tuple[Row, ...]:
        """What the adversary may know of all of a person's rows, whether they left or not."""
        return tuple(sorted((self._key(self._row[n]) for n in self._own[who]), key=_order))

    def _by_class(self, state: _State, persons: Iterable[str]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for who in persons:
            found.setdefault(state.of[who], []).append(who)
        return found

    def _recoded(self, state: _State, persons: Sequence[str]) -> bool:
        """Recode some persons among themselves; False, with nothing changed, where no recoding can hold the models."""
        if len(persons) < self.k:
            return False
        numbers = [n for who in persons for n in self._own[who]]
        place = {who: i for i, who in enumerate(persons)}
        whose = np.array([place[who] for who in persons for _ in self._own[who]], dtype=np.int64)
        rows = CodedRows(self.coded.rows.columns, self.coded.rows.values[numbers], whose)
        promised = [replace(p, codes=None if p.codes is None else p.codes[numbers]) for p in self.promised]
        each = [p for p in promised if not isinstance(p.model, KAnonymity)]
        try:
            recipe = recode_under(rows, self.k, each)
        except DisclosureError:
            return False
        first = state.next_class
        for who, signature in zip(persons, recipe.signature.tolist(), strict=True):
            if signature >= 0:
                state.of[who] = first + signature
                state.rows[who], state.seen[who] = (), self._keys(who)
        for i, number in enumerate(numbers):
            if recipe.kept[i]:
                who = persons[int(whose[i])]
                state.rows[who] = (*state.rows[who], (self._row[number], tuple(recipe.levels[i].tolist())))
        state.next_class = first + int(recipe.signature.max(initial=-1)) + 1
        return True


def _order(row: Row) -> tuple[tuple[bool, str], ...]:
    return tuple((cell is not None, cell or "") for cell in row)
