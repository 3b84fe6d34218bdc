"""Distinct l-diversity (Machanavajjhala et al. 2007), counted over persons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anonshare.shapes import FrequencyTable, Verdict

__all__ = ["judge"]


def judge(table: FrequencyTable, *, column: str, l: int) -> Verdict:  # noqa: E741  the field's own name
    """Whether every class holds ``l`` distinct values of ``column``, none of them (``l`` > 1) in all its persons.

    Missing and suppressed values are not in the table and so never count. A person with several rows holds several
    values: a value that everybody in the class holds is known of each, however many others stand beside it.
    Of persons with several rows the rows of one label are judged as well: whoever knows that event reads its value alone.
    An empty table, or one without the column, meets nothing. Classes without any row of the column's table are not
    judged: nothing of the column leaves about them.
    """
    values = table.sensitive.get(column)
    missing: tuple[str, ...] = ()
    distinct = 0
    if not table.persons:
        missing = ("no person is left, so nothing can be judged",)
    elif values is None:
        missing = (f"the values of {column} were not counted",)
    else:
        silent = table.silent.get(column, frozenset())
        found = [(number, values.get(number, {})) for number in table.persons if number not in silent]
        found += table.events.get(column, ())
        distinct = min((len(_held(held)) for _, held in found), default=0)
        few = {number for number, held in found if len(_held(held)) < l}
        shared = {number for number, held in found if l > 1 and _known(held, table.persons[number])}
        missing = _shortfalls(len(few), len(shared), len(table.persons), column, l)
    return Verdict(
        check="l_diversity",
        met=not missing,
        evidence="recomputed",
        promised=str(l),
        found=str(distinct),
        missing=missing,
    )


def _held(values: Mapping[Any, int]) -> list[int]:
    return [count for count in values.values() if count > 0]


def _known(values: Mapping[Any, int], persons: int) -> bool:
    return any(count >= persons for count in values.values())


def _shortfalls(few: int, shared: int, classes: int, column: str, least: int) -> tuple[str, ...]:
    found = []
    if few:
        found.append(f"{few} of {classes} classes hold fewer than {least} values of {column}")
    if shared:
        found.append(f"in {shared} of {classes} classes every person holds one and the same value of {column}")
    return tuple(found)
