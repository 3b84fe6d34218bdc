"""Releases that repeat: every person keeps the class in which he first left, so that no two releases single anybody out.

The rule (DESIGN, section 4): persons who are alike in one release are alike in all, or part in groups of at least k. So
newcomers are recoded among themselves; who cannot be, waits. Whoever withdraws leaves at once, and others of his class
leave with him, for good, where he alone would be seen to leave; a correction waits until k persons of a class have one.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from anonshare.disclosure.asked import check_asked
from anonshare.disclosure.coded_table import Roles, code_table
from anonshare.disclosure.judging import verdicts
from anonshare.disclosure.loss import certainty_penalty, exact_levels
from anonshare.disclosure.mixing import mixed, tie_key
from anonshare.disclosure.models import bound_models
from anonshare.disclosure.outward import outward_columns
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.disclosure.recipes import Rules, rules_json
from anonshare.disclosure.series_memory import Memory, memory_json, read_memory
from anonshare.disclosure.series_next import least_class, no_unit, step_of
from anonshare.disclosure.series_rows import as_they_left
from anonshare.disclosure.series_step import Moved, Step
from anonshare.disclosure.signatures import person_signatures
from anonshare.engine.recoded import text_table
from anonshare.errors import DisclosureError
from anonshare.shapes import Verdict

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Series", "SeriesRelease"]


@dataclass(frozen=True)
class SeriesRelease:
    """One release. Only ``table`` may leave.

    ``held`` persons wait, by the number of releases that they have waited; ``withdrawn_with`` left for good together with
    somebody who withdrew; ``kept_out`` are at hand, and left for good before; ``corrections`` wait. ``loss`` is the NCP of
    the rows that leave, ``persons`` are in them.
    """

    table: pa.Table = field(repr=False)
    number: int
    persons: int
    held: Mapping[int, int]
    withdrawn_with: int
    kept_out: int
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


class Series:
    """The releases of one stream, cumulative: each holds everybody who is to be in it.

    ``roles`` and ``models`` as of a recoding, with a unit. What it remembers names persons and is secret: ``to_json``.
    """

    def __init__(self, roles: Roles, models: Sequence[PrivacyModel]) -> None:
        if not roles.unit:
            raise no_unit()
        check_asked(models, "local", 0.0, roles.missing, "labels", None, False, None)
        self._roles, self._models = roles, tuple(models)
        least_class(models)
        asked = hashlib.sha256(rules_json(Rules("local", roles, tuple(models)))).hexdigest()
        self._memory = Memory(asked=asked)

    def release(self, table: Any, *, order_key: bytes | None = None) -> SeriesRelease:
        """The next release of everybody in ``table``; nothing is remembered where it raises DisclosureError."""
        coded = code_table(table, self._roles)
        before = self._memory
        if not before.ties:
            before = replace(before, ties=tie_key(order_key))
        coded = mixed(coded, before.ties)
        if coded.people is None:
            raise no_unit()
        step = step_of(coded, coded.people, self._models, before)
        moved = step.moved()
        step.bring_back(moved.after, self._roles)
        made = self._made(step, moved, order_key or secrets.token_bytes(32))
        self._memory = moved.after
        return made

    def to_json(self) -> bytes:
        """What the series remembers, UTF-8; it names persons."""
        return memory_json(self._memory)

    def resume(self, data: bytes) -> None:
        """Go on from what ``to_json`` wrote; raises DisclosureError for anything else, or for another series."""
        memory = read_memory(data)
        if memory.asked != self._memory.asked:
            raise DisclosureError(
                "The series was begun with other columns, hierarchies or models.",
                hint="Give those it was begun with: what left under them cannot be changed.",
                reason="parameters",
            )
        self._memory = memory

    def _made(self, step: Step, moved: Moved, order_key: bytes) -> SeriesRelease:
        coded, after = step.coded, moved.after
        leaving = as_they_left(coded.rows, step.places(after))
        rows, levels, kept = leaving.rows, exact_levels(leaving.rows, leaving.levels), leaving.kept
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
        columns, _ = outward_columns(replace(coded, rows=rows), levels, kept, signature)
        here = [who for who in coded.people or () if who in after.rows]
        share = float(kept.mean()) if rows.rows else 0.0
        return SeriesRelease(
            table=text_table(columns, order_key),
            number=after.number,
            persons=len(here),
            held=Counter(after.number - since for since in after.waiting.values()),
            withdrawn_with=moved.withdrawn_with,
            kept_out=moved.kept_out,
            corrections=len(moved.corrections),
            loss=(certainty_penalty(rows, levels, kept) - (1 - share)) / share if share else 0.0,
            verdicts=found,
            classes={who: after.of[who] for who in here},
        )
