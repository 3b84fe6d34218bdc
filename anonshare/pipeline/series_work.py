"""Who leaves as he left before does so with the rows of before: found in rounds, since whose correction waits shows late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from anonshare.disclosure.coded_table import CodedTable
from anonshare.disclosure.models import DistinctLDiversity, KAnonymity
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.disclosure.series_memory import Memory
from anonshare.disclosure.series_next import next_release
from anonshare.disclosure.series_rows import Leaving
from anonshare.disclosure.series_step import Moved
from anonshare.engine.coding import Coded
from anonshare.pipeline.earlier_rows import EarlierRows, without_consent
from anonshare.pipeline.first_pass import FirstPass, key_names, sensitive_names
from anonshare.pipeline.hierarchies import Hierarchies
from anonshare.pipeline.inputs import Inputs
from anonshare.pipeline.person_digest import person_digest
from anonshare.pipeline.recode import coded_rows, homes_of
from anonshare.policy.model import Policy

__all__ = ["ReadAgain", "Work"]

ReadAgain = Callable[[Inputs], FirstPass]


class Work:
    """One release: until all who leave as before do so with the rows of before."""

    def __init__(
        self,
        policy: Policy,
        key: bytes,
        hierarchies: Hierarchies,
        inputs: Inputs,
        memory: Memory,
        tables: Mapping[str, bytes],
        read_again: ReadAgain,
    ) -> None:
        self.policy, self.key, self.memory, self.inputs = policy, key, memory, inputs
        self.carried: frozenset[str] = frozenset()
        self.given_up: frozenset[str] = frozenset()
        self._hierarchies, self._today, self._tables, self._read_again = hierarchies, inputs, tables, read_again

    def settle(self, first: FirstPass) -> tuple[Moved, Leaving]:
        """What to remember and what leaves. Each round puts at least one more person back, so that it ends."""
        self.first = first
        objecting: frozenset[str] | None = None
        while True:
            coded = self._coded(self.first.coded)
            moved, leaving = next_release(coded, _models(self.policy), self.memory, homes_of(self.policy))
            late = moved.corrections
            if not late:
                return moved, leaving
            if objecting is None:
                objecting = without_consent(self._today, self.key)
            # whose row may not leave any more is not kept waiting: he leaves for good instead
            lost = (late & objecting) | self._having_fewer(late, coded)
            self.given_up |= lost
            self.carried = (self.carried | late) - self.given_up
            self.inputs = replace(
                self._today,
                overlay=EarlierRows(
                    self.policy.unit_columns,
                    self.policy.counted,
                    self.key,
                    self.carried,
                    self.given_up,
                    self._tables,
                ),
            )
            self.first = self._read_again(self.inputs)

    def _having_fewer(self, late: frozenset[str], coded: CodedTable) -> frozenset[str]:
        """Who of ``late`` has fewer rows in a table than when he left."""
        rows, people = coded.rows, coded.people or ()
        tables = [""] * rows.rows if rows.table is None else [str(table) for table in rows.table.tolist()]
        now = Counter((people[n], table) for n, table in zip(rows.person.tolist(), tables, strict=True))
        found = set()
        for who in late:
            then = Counter("" if rows.table is None else str(row[-1]) for row in self.memory.seen[who])
            if any(now[who, table] < count for table, count in then.items()):
                found.add(who)
        return frozenset(found)

    def _coded(self, coded: Coded) -> CodedTable:
        rows = coded_rows(self.policy, coded, self._hierarchies)
        names = (*key_names(self.policy), *sensitive_names(self.policy))
        return CodedTable(
            names=names,
            rows=rows,
            codes={name: coded.values[:, i] for i, name in enumerate(names)},
            vocabulary=dict(zip(names, coded.vocabulary, strict=True)),
            domains=(),
            people=tuple(person_digest(self.key, parts).hex() for parts in coded.people),
        )


def _models(policy: Policy) -> list[PrivacyModel]:
    diverse = zip(sensitive_names(policy), policy.disclosure.l_diversity, strict=True)
    return [KAnonymity(policy.disclosure.k), *(DistinctLDiversity(name, model.l) for name, model in diverse)]
