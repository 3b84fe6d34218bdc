"""Phone numbers become tokens: 10 million rows, one in twenty distinct, in batches as a release reads them; and peers.

CPU of one process, one thread, the best of three. Ours is the registered operator ``pseudonymize``. "Written already"
leaves the reading of phone numbers out, which no peer does; it is measured on its own line. Peers work on a part of
the same rows, and their rates are taken for those of all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa

from anonshare.engine.batches import BATCH_ROWS
from anonshare.engine.distinct import CodedColumn, OfMany
from anonshare.engine.mapping import map_coded, map_distinct
from anonshare.registry import OPERATORS
from anonshare.transforms.keys import subkey
from anonshare.transforms.spec import OperatorContext
from benchmarks import transforms_peers

ROWS, DISTINCT, ROUNDS = 10_000_000, 500_000, 3
PEER_ROWS = 200_000
ASKED = 2_000_000
KEY = bytes(range(32))


def phones(count: int, seed: int = 5) -> pa.Array:
    """Distinct German mobile numbers in E.164."""
    numbers = np.random.default_rng(seed).choice(10**8, count, replace=False)
    return pa.array([f"+49151{number:08d}" for number in numbers.tolist()])


def column(rows: int, distinct: int, seed: int = 6) -> pa.DictionaryArray:
    """A column of phone numbers in random order."""
    places = np.random.default_rng(seed).integers(0, distinct, rows, np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(places), phones(distinct))


def operator(*, reads: bool) -> Any:
    """The registered operator on a column of phones; without ``reads`` it takes them for written in E.164 already."""

    def key(entity: str, name: str, scope: str = "relationship") -> bytes:
        return subkey(KEY, programme="p", domain=scope, entity=entity, operator=name, epoch="1")

    def build() -> Any:
        today = datetime.now(UTC).date()
        context = OperatorContext("phone", "ph", lambda _: None, key, today, "DE")
        params = SimpleNamespace(entity="ph", scope="relationship", who=None)
        return OPERATORS["pseudonymize"].build(params, context)

    if reads:
        return build()
    with patch("anonshare.identifiers.normalise.normalise", lambda _, value, region=None: value):  # noqa: ARG005
        return build()


def pieces(text: pa.Array) -> Iterator[pa.Array]:
    """The column as the batches of a release give it."""
    return (text.slice(start, BATCH_ROWS) for start in range(0, len(text), BATCH_ROWS))


def best(run: Callable[[], object], rounds: int) -> float:
    """The least CPU seconds of some runs."""
    found = []
    for _ in range(rounds):
        begun = time.process_time()
        run()
        found.append(time.process_time() - begun)
    return min(found)


@dataclass(frozen=True)
class Measure:
    """A way to make the tokens, its rows and its seconds."""

    name: str
    rows: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.rows / self.seconds


def remembered(text: pa.Array, fn: Any) -> pa.DictionaryArray:
    """A release's way: tokens made once for a value in all batches, rows as codes into them."""
    coded = CodedColumn(fn)
    for piece in pieces(text):
        coded.add(piece)
    return coded.finish()


def ours(coded: pa.DictionaryArray, rounds: int) -> Iterator[Measure]:
    """Every way of ours, fastest in use first."""
    fn, text, rows = operator(reads=False), coded.dictionary_decode(), len(coded)

    def measure(name: str, run: Callable[[], object], times: int = rounds) -> Measure:
        return Measure(name, rows, best(run, times))

    yield measure("ours, batches, remembered, dictionary out, written already", lambda: remembered(text, fn))
    yield measure("ours, one column, dictionary in and out, written already", lambda: map_coded(coded, fn))
    yield measure("ours, one column, dictionary in, text out, written already", lambda: map_distinct(coded, fn))
    yield measure("ours, batches, each forgotten", lambda: [map_distinct(piece, fn) for piece in pieces(text)], 1)
    yield measure("ours, batches, remembered, phones read", lambda: remembered(text, operator(reads=True)), 1)


def rows_of(found: list[Measure]) -> Iterator[str]:
    """One line a measure: rows a second, and how many times the first one's time it takes."""
    first = found[0]
    for one in found:
        part = "" if one.rows == first.rows else f" (on {one.rows:,} rows)"
        yield f"{one.rate:12,.0f} rows/s  {first.rate / one.rate:7.2f}x the time  {one.name}{part}"


def measured(rows: int, distinct: int, rounds: int, peer_rows: int, *, environments: bool) -> Iterator[str]:
    """The table, then whether the bar is reached."""
    coded = column(rows, distinct)
    found = list(ours(coded, rounds))
    text = coded.slice(0, peer_rows).dictionary_decode()
    for name, seconds in transforms_peers.timed(text, rounds, environments=environments):
        if seconds is None:
            yield f"skipped: {name}"
        else:
            found.append(Measure(name, len(text), seconds))
    yield from rows_of(found)
    quick = "for many values at once" if isinstance(operator(reads=False), OfMany) else "for each value alone"
    verdict = "reached" if found[0].rate >= ASKED else "missed"
    yield f"{rows:,} rows, {distinct:,} distinct; the operator works {quick}; asked {ASKED:,} rows/s: {verdict}"


def run() -> Iterator[str]:
    """All of it: some minutes, 2 GB."""
    yield from measured(ROWS, DISTINCT, ROUNDS, PEER_ROWS, environments=True)


def run_smoke() -> Iterator[str]:
    """The same in little, without what must be installed first."""
    yield from measured(40_000, 2_000, 1, 2_000, environments=False)
