"""Dates as people wrote them, column by column: what order day and month have is decided by the column, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from anonshare.codes.hierarchies import FROM_DATES
from anonshare.errors import Fault
from anonshare.identifiers.dates import column_order, read_date
from anonshare.pipeline.inputs import Inputs
from anonshare.policy.model import Policy
from anonshare.policy.records import Column
from anonshare.transforms.derive import iso_date

__all__ = ["DateReader", "read_dates"]

AGE = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class DateReader:
    """Turns a cell into an ISO date, as exact as it was written; what is no date stays as it is."""

    order: str | None

    def __call__(self, text: str) -> str:
        """The ISO text of one cell."""
        if iso_date(text) is not None:
            return text
        found = read_date(text, self.order)  # type: ignore[arg-type]  # one of the three orders
        return text if found is None else found.iso


def read_dates(inputs: Inputs) -> tuple[Inputs, tuple[Fault, ...]]:
    """The inputs with a reader for every column that holds dates, and the columns that do not tell their order (G2)."""
    cells = _cells(inputs)
    readers: dict[str, DateReader] = {}
    faults: list[Fault] = []
    unread: dict[str, int] = {}
    columns = inputs.policy.columns()
    for name, values in cells.items():
        told = column_order(sorted(values))
        declared = columns[name].dates if name in columns else None
        if declared is None and told.order is None and told.ambiguous:
            words = f"{told.ambiguous} distinct date(s) can be read with the day or with the month first"
            faults.append(Fault(f"columns.{name}", words, "write dates: dmy (or mdy, ymd) for the column"))
        readers[name] = DateReader(declared or told.order)
        if told.unread:
            unread[name] = told.unread
    return replace(inputs, dates=readers, unread=unread), tuple(faults)


def _cells(inputs: Inputs) -> dict[str, set[str]]:
    """The distinct cells of date columns that are no ISO dates already."""
    wanted = {table: tuple(_date_columns(inputs.policy, table)) for table in inputs.policy.tables}
    found: dict[str, set[str]] = {}
    for table, names in wanted.items():
        for batch in inputs.sources[table].batches() if names else ():
            for name in names:
                if name in batch.schema.names:
                    texts = batch.column(name).unique().drop_null().to_pylist()
                    odd = {text for text in texts if iso_date(text) is None and not AGE.fullmatch(text.strip())}
                    found.setdefault(inputs.policy.full_name(table, name), set()).update(odd)
    return {name: values for name, values in found.items() if values}


def _date_columns(policy: Policy, table: str) -> Iterator[str]:
    rules = policy.tables[table]
    sources = {made.from_ for made in rules.derive.values()}
    for name, column in rules.columns.items():
        if name in sources or _holds_dates(column):
            yield name


def _holds_dates(column: Column) -> bool:
    by = column.do.generalize.hierarchy if column.do.generalize else None
    return bool(column.dates or column.type == "date" or column.do.shift_dates or by in FROM_DATES)
