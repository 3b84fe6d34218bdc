"""Count the released data again, by another code path than the one that made it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

from anonshare.disclosure.cells import MARGIN, ProtectedCell
from anonshare.engine.count import event_counts, sensitive_counts, signatures
from anonshare.errors import MissingExtra
from anonshare.shapes import FrequencyTable

if TYPE_CHECKING:
    import pyarrow as pa

    from anonshare.bundle.verified import VerifiedBundle

__all__ = ["aggregate_of_rows", "cells_of", "diverse_table", "frame_of", "linked_table", "person_table"]


def frame_of(verified: VerifiedBundle, name: str) -> pa.Table:
    """A table of the bundle, all cells text."""
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtra("Auditing a bundle", "agency") from None
    source = verified.tables[name]
    return pa.Table.from_batches(list(source.batches()), pa.schema([(c, pa.string()) for c in source.columns]))


def person_table(frame: pa.Table, keys: list[str], unit: str) -> FrequencyTable:
    """Persons per signature: the sorted multiset of a person's rows."""
    return FrequencyTable(signatures(frame, keys, unit))


def diverse_table(frame: pa.Table, keys: list[str], unit: str, column: str) -> FrequencyTable:
    """Persons per signature and, in each and in each event of it, per value of a sensitive column."""
    events = [(signature, held) for signature, _, held in event_counts(frame, keys, unit, column)]
    return FrequencyTable(
        signatures(frame, keys, unit), {column: sensitive_counts(frame, keys, unit, column)}, events={column: events}
    )


def linked_table(
    verified: VerifiedBundle, tables: list[Mapping[str, Any]], sensitive: tuple[str, str] | None = None
) -> FrequencyTable:
    """Persons per joint signature over all tables: the multiset of a person's rows, each with the table it is from.

    ``sensitive`` names a table and a column of it, whose values are counted per signature. Classes without a row of
    that table hear nothing of the column.
    """
    import pyarrow as pa

    keys = ["table", *(f"{t['name']}.{key}" for t in tables for key in t["keys"])]
    parts = [_tagged(frame_of(verified, t["name"]), t, keys, sensitive) for t in tables]
    whole = pa.concat_tables(parts)
    if sensitive is None:
        return person_table(whole, keys, "unit")
    persons, mine = signatures(whole, keys, "unit"), (sensitive[0],)
    silent = {s for s in persons if not any(row[:1] == mine for row in s)}
    told = event_counts(whole, keys, "unit", "sensitive")
    return FrequencyTable(
        persons,
        {sensitive[1]: sensitive_counts(whole, keys, "unit", "sensitive")},
        {sensitive[1]: frozenset(silent)},
        {sensitive[1]: [(s, held) for s, row, held in told if row[:1] == mine]},
    )


def _tagged(frame: pa.Table, table: Mapping[str, Any], keys: list[str], sensitive: tuple[str, str] | None) -> pa.Table:
    """One table with the keys of all tables: its own filled, the others' null."""
    import pyarrow as pa

    empty = pa.nulls(frame.num_rows, pa.string())
    own = {f"{table['name']}.{key}": frame.column(key) for key in table["keys"]}
    own["table"] = pa.array([table["name"]] * frame.num_rows, pa.string())
    made = {"unit": frame.column(table["unit"]), **{key: own.get(key, empty) for key in keys}}
    here = sensitive is not None and sensitive[0] == table["name"]
    made["sensitive"] = frame.column(sensitive[1]) if sensitive is not None and here else empty
    return pa.table(made)


def cells_of(verified: VerifiedBundle, table: Mapping[str, Any]) -> tuple[ProtectedCell, ...]:
    """The published cells of a table of counts; a suppressed cell has no count."""
    frame = frame_of(verified, table["name"])
    keys = zip(*(frame.column(name).to_pylist() for name in table["by"]), strict=True)
    counts = frame.column("count").to_pylist()
    return tuple(
        ProtectedCell(tuple(key), None if count is None else int(count))
        for key, count in zip(keys, counts, strict=True)
    )


def aggregate_of_rows(
    verified: VerifiedBundle, table: Mapping[str, Any], facts: Mapping[str, Any]
) -> dict[tuple[str | None, ...], int]:
    """The counts that the released rows give for every cell that the table publishes."""
    source = next(t for t in facts["tables"] if t["name"] == table["from_table"])
    frame = frame_of(verified, source["name"])
    who = range(frame.num_rows) if table["count"] == "rows" else frame.column(source["unit"]).to_pylist()
    members: dict[tuple[str | None, ...], set[Any]] = {}
    for *labels, one in zip(*(frame.column(name).to_pylist() for name in table["by"]), who, strict=True):
        for key in product(*((label, MARGIN) for label in labels)):
            members.setdefault(key, set()).add(one)
    published = [cell.key for cell in cells_of(verified, table) if cell.count is not None]
    return {key: len(members.get(key, ())) for key in published}
