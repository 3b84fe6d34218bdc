"""The frequency table of what leaves, counted from the outward labels by a path that knows no search."""

from __future__ import annotations

from collections.abc import Mapping

from anonshare.disclosure.arrays import np
from anonshare.disclosure.events import Events, events_of
from anonshare.disclosure.linked import table_of
from anonshare.disclosure.signatures import fold, person_signatures
from anonshare.shapes import CodedRows, FrequencyTable

__all__ = ["frequency_table"]


def frequency_table(
    rows: CodedRows,
    levels: np.ndarray,
    kept: np.ndarray,
    sensitive: Mapping[str, np.ndarray] | None = None,
    homes: Mapping[str, int] | None = None,
) -> FrequencyTable:
    """Distinct persons per signature and, for each sensitive column (codes per row, 0 missing), per value in it.

    ``homes`` names the table of a sensitive column where there are several.
    """
    signature = person_signatures(rows, levels, kept)
    ids, counts = np.unique(signature[signature >= 0], return_counts=True)
    held = {
        name: _histogram(signature[rows.person[kept]], rows.person[kept], codes[kept], ids.tolist())
        for name, codes in (sensitive or {}).items()
    }
    silent = {name: _silent(rows, signature, kept, home, ids) for name, home in (homes or {}).items()}
    events = {
        name: _events(rows, events_of(rows, levels, kept, signature, (homes or {}).get(name)), codes)
        for name, codes in (sensitive or {}).items()
    }
    return FrequencyTable(dict(zip(ids.tolist(), counts.tolist(), strict=True)), held, silent, events)


def _events(rows: CodedRows, events: Events, codes: np.ndarray) -> tuple[tuple[int, dict[int, int]], ...]:
    ids = list(range(len(events.owner)))
    if not ids:
        return ()
    told = _histogram(events.of, rows.person[events.rows], codes[events.rows], ids)
    return tuple(zip(events.owner.tolist(), (told[event] for event in ids), strict=True))


def _silent(rows: CodedRows, signature: np.ndarray, kept: np.ndarray, home: int, ids: np.ndarray) -> frozenset[int]:
    """The signatures without any row of a table."""
    speaking = np.unique(signature[rows.person[kept & (table_of(rows) == home)]])
    return frozenset(np.setdiff1d(ids, speaking).tolist())


def _histogram(
    signature: np.ndarray, person: np.ndarray, codes: np.ndarray, ids: list[int]
) -> dict[int, dict[int, int]]:
    """Distinct persons per value in each signature; a value counts once per person, a missing one never."""
    table: dict[int, dict[int, int]] = {number: {} for number in ids}
    held = codes != 0
    triples = np.stack([signature[held], codes[held].astype(np.int64), person[held]], axis=1)
    number = fold(triples)
    first = np.unique(number, return_index=True)[1]
    pairs = fold(triples[first, :2])
    _, where, counts = np.unique(pairs, return_index=True, return_counts=True)
    for i, count in zip(where.tolist(), counts.tolist(), strict=True):
        row = triples[first[i]]
        table[int(row[0])][int(row[1])] = count
    return table
