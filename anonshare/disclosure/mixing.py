"""Rows in an order that says nothing: of two who look alike, which one is recoded coarser must not follow the source's order.

A recoding fills small classes up with others' persons, and of persons alike the first is taken. In the order of the source
that would be the one who was registered first or last, which the adversary may know. So rows are put in the order of a
keyed function of what they hold: the same table gives the same recoding under the same key, in whatever order it came.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace

from anonshare.disclosure.arrays import np
from anonshare.disclosure.coded_table import CodedTable
from anonshare.shapes import CodedRows

__all__ = ["keyed_order", "mixed", "mixed_with_order", "tie_key"]

_SIZE = 8


def tie_key(order_key: bytes | None) -> bytes:
    """32 bytes that decide among those who are alike: of ``order_key``, or random."""
    if order_key is None:
        return secrets.token_bytes(32)
    return hashlib.blake2b(order_key, digest_size=32, person=b"ties").digest()


def mixed(coded: CodedTable, key: bytes) -> CodedTable:
    """The same rows and persons in the order of their keyed digests; rows of one digest are alike in all that leaves."""
    return mixed_with_order(coded, key)[0]


def mixed_with_order(coded: CodedTable, key: bytes) -> tuple[CodedTable, np.ndarray]:
    """``mixed``, and int64 per row of it which row it was."""
    told = [(coded.vocabulary[name], coded.codes[name]) for name in coded.names]
    order, place = keyed_order(told, coded.rows.person, coded.people, key)
    if coded.people is None:
        return _taken(coded, order, np.arange(len(order))), order
    people: list[str] = [""] * len(place)
    for text, number in zip(coded.people, place.tolist(), strict=True):
        people[number] = text
    return replace(_taken(coded, order, place[coded.rows.person[order]]), people=tuple(people)), order


def keyed_order(
    columns: Sequence[tuple[Sequence[str | None], np.ndarray]],
    person: np.ndarray,
    people: Sequence[str] | None,
    key: bytes,
) -> tuple[np.ndarray, np.ndarray]:
    """Int64 rows in their new order, and per person his new number; without ``people`` every row is a person.

    ``columns`` are a vocabulary and the codes of the rows each.
    """
    digest = np.zeros(len(person), dtype=np.uint64)
    for number, (vocabulary, codes) in enumerate(columns):
        # the sum of independent random numbers: equal where all cells are, and else as good as never
        digest += _digests(vocabulary, key, f"column {number}")[codes]
    if people is None:
        return np.argsort(digest, kind="stable"), np.empty(0, dtype=np.int64)
    place = np.empty(len(people), dtype=np.int64)
    place[np.argsort(_digests(people, key, "person"), kind="stable")] = np.arange(len(people))
    return np.lexsort((digest, place[person])), place


def _digests(texts: Sequence[str | None], key: bytes, what: str) -> np.ndarray:
    """Uint64 per text."""
    base = hashlib.blake2b(what.encode(), digest_size=_SIZE, key=key)
    found = []
    for text in texts:
        one = base.copy()
        one.update(b"-" if text is None else b"+" + text.encode("utf-8", "surrogatepass"))
        found.append(one.digest())
    return np.frombuffer(b"".join(found), dtype="<u8") if found else np.zeros(0, dtype="<u8")


def _taken(coded: CodedTable, order: np.ndarray, person: np.ndarray) -> CodedTable:
    values = np.empty_like(coded.rows.values, order="F")
    for c in range(values.shape[1]):
        values[:, c] = coded.rows.values[order, c]
    keys = {column.name: values[:, c] for c, column in enumerate(coded.rows.columns)}
    codes = {name: keys[name] if name in keys else own[order] for name, own in coded.codes.items()}
    table = None if coded.rows.table is None else coded.rows.table[order]
    return replace(coded, rows=CodedRows(coded.rows.columns, values, person, table, coded.rows.home), codes=codes)
