"""The next release of a series, from a table as codes and what is remembered of the releases before it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from anonshare.disclosure.arrays import np
from anonshare.disclosure.coded_table import CodedTable
from anonshare.disclosure.finding import promised_of
from anonshare.disclosure.mixing import mixed_with_order
from anonshare.disclosure.models import JointLDiversity, KAnonymity, KMAnonymity, ProsecutorRisk
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.disclosure.series_groups import Groups
from anonshare.disclosure.series_memory import Memory
from anonshare.disclosure.series_rows import Leaving, as_they_left
from anonshare.disclosure.series_step import Moved, Step
from anonshare.errors import DisclosureError

__all__ = ["least_class", "next_release", "no_unit", "step_of"]

_ONE_TABLE: Mapping[str, int] = MappingProxyType({})


def next_release(
    coded: CodedTable, models: Sequence[PrivacyModel], before: Memory, homes: Mapping[str, int] = _ONE_TABLE
) -> tuple[Moved, Leaving]:
    """What to remember, and the rows of ``coded``, in their order, as they leave.

    ``homes`` names the table of each sensitive column where there are several. A person whose correction waits is to be
    given as he left: rows that are not in ``coded`` do not leave. Raises DisclosureError where a model is none that a
    series keeps, or rows are persons.
    """
    if coded.people is None:
        raise no_unit()
    order_of, order = mixed_with_order(coded, before.ties)
    step = step_of(order_of, order_of.people or (), models, before, homes)
    moved = step.moved()
    leaving = as_they_left(order_of.rows, step.places(moved.after))
    return moved, _as_before(leaving, order, coded)


def step_of(
    coded: CodedTable,
    people: tuple[str, ...],
    models: Sequence[PrivacyModel],
    before: Memory,
    homes: Mapping[str, int] = _ONE_TABLE,
) -> Step:
    """The work on a table whose rows are in a keyed order."""
    groups = Groups(coded, models, tuple(before.rows.values()), homes)
    return Step(coded, people, before, least_class(models), promised_of(models, coded), groups, homes)


def no_unit() -> DisclosureError:
    """What is raised where rows are persons."""
    return DisclosureError("A series needs a unit: who is who in two releases?", reason="parameters")


def _as_before(leaving: Leaving, order: np.ndarray, coded: CodedTable) -> Leaving:
    levels, kept = np.empty_like(leaving.levels), np.empty_like(leaving.kept)
    values = np.empty_like(leaving.rows.values)
    levels[order], kept[order], values[order] = leaving.levels, leaving.kept, leaving.rows.values
    return Leaving(replace(coded.rows, columns=leaving.rows.columns, values=values), levels, kept)


def least_class(models: Sequence[PrivacyModel]) -> int:
    """The persons whom every class, and every change of one, needs; raises DisclosureError for what a series cannot keep."""
    for model in models:
        if isinstance(model, JointLDiversity | KMAnonymity):
            raise DisclosureError(
                "A series does not keep models of several columns, or of columns of sets.",
                hint="Give models of one column each.",
                reason="parameters",
            )
        if model.joint:
            raise DisclosureError(
                f"A series does not keep {model.name}: a mean over all classes says nothing of the few who differ.",
                hint="Give KAnonymity or ProsecutorRisk.",
                reason="parameters",
            )
    ks = [model.k for model in models if isinstance(model, KAnonymity)]
    ks += [math.ceil(1 / model.at_most - 1e-9) for model in models if isinstance(model, ProsecutorRisk)]
    if max(ks, default=1) < 2:
        raise DisclosureError(
            "A series needs a k of at least 2: what differs between two releases must be several persons.",
            hint="Add KAnonymity(11).",
            reason="parameters",
        )
    return max(ks)
