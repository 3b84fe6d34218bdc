"""A column as its operator makes it: of each distinct value, of each value and person, or of each cell."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from anonshare.engine.encode import PersonIndex, person_text
from anonshare.engine.mapping import map_cells, map_distinct, map_pairs
from anonshare.engine.persons import Whose
from anonshare.policy.model import Policy
from anonshare.shapes import Operator

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["Whose", "event_of", "event_text", "made", "of_value", "whose_of_people", "whose_of_unit"]


def whose_of_unit(unit: pa.RecordBatch) -> Whose:
    """The persons whom the unit's columns of a batch name; raises DisclosureError where they name nobody."""
    persons = PersonIndex(unit.schema.names)
    numbers = persons.encode(unit)
    texts = [person_text(key) for key in persons.keys]
    return Whose(numbers, texts.__getitem__)


def whose_of_people(numbers: np.ndarray, people: Sequence[tuple[str | None, ...]]) -> Whose:
    """Persons that are numbered already."""
    return Whose(numbers, lambda number: person_text(people[number]))


def event_of(policy: Policy, table: str, column: str) -> str | None:
    """The column of the same table whose events the dates of a column belong to, None where there is none."""
    shift = policy.tables[table].columns[column].do.shift_dates
    return shift.event if shift else None


def made(operator: Operator, array: pa.Array, whose: Whose | None, cell_name: Callable[[int], str]) -> pa.Array:
    """The column as the operator makes it, ``string``, one for each row; empty where it asks whose the rows are in vain.

    ``cell_name`` gives the secret name of the cell at a place of the array.
    """
    if of_value(operator):
        return map_distinct(array, operator)
    if not operator.per_person:
        return map_cells(array, cell_name, operator)
    if whose is None:
        return array.slice(0, 0)
    return map_pairs(array, whose.numbers, whose.text, operator)


def of_value(operator: Operator) -> bool:
    """Whether an operator looks at a value alone, so that it is asked once for each."""
    # an operator that another package registers may be older than the second of the two
    return not operator.per_person and not getattr(operator, "per_cell", False)


def event_text(name: str) -> str:
    """No text of a person: those are lists."""
    return json.dumps({"event": " ".join(name.casefold().split())}, ensure_ascii=False)
