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

__all__ = ["mixed", "tie_key"]

_SIZE = 8


def tie_key(order_key: bytes | None) -> bytes:
    """32 bytes that decide among those who are alike: of ``order_key``, or random."""
    if order_key is None:
        return secrets.token_bytes(32)
    return hashlib.blake2b(order_key, digest_size=32, person=b"ties").digest()


def mixed(coded: CodedTable, key: bytes) -> CodedTable:
    """The same rows and persons in the order of their keyed digests; rows of one digest are alike in all that leaves."""
    rows = coded.rows
    digest = np.zeros(rows.rows, dtype=np.uint64)
    for number, name in enumerate(coded.names):
        # the sum of independent random numbers: equal where all cells are, and else as good as never
        digest += _digests(coded.vocabulary[name], key, f"column {number}")[coded.codes[name]]
    if coded.people is None:
        order = np.argsort(digest, kind="stable")
        return _taken(coded, order, np.arange(rows.rows))
    persons = np.argsort(_digests(coded.people, key, "person"), kind="stable")
    place = np.empty(len(persons), dtype=np.int64)
    place[persons] = np.arange(len(persons))
    order = np.lexsort((digest, place[rows.person]))
    people = tuple(coded.people[person] for person in persons.tolist())
    return replace(_taken(coded, order, place[rows.person[order]]), people=people)


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
    return replace(coded, rows=CodedRows(coded.rows.columns, values, person), codes=codes)
