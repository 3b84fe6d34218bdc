"""The shapes that travel between rooms: plain, frozen, without I/O and without a guest package at run time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = [
    "CodedRows",
    "Coverage",
    "Evidence",
    "FrequencyTable",
    "Hierarchy",
    "KeyColumn",
    "NamesBy",
    "Operator",
    "Progress",
    "Recipe",
    "RecordSource",
    "Span",
    "Verdict",
    "no_progress",
]

Evidence = Literal["recomputed", "consistent", "attested"]
"""How a receiver knows: recomputed from the data, not contradicted by it, or signed only (DESIGN section 4)."""

NamesBy = Literal["model", "lists", "none"]
"""How names are found in the notes of a language."""

Progress = Callable[[str, int, int | None], None]
"""``progress(step, done, total)``; ``total`` is None where it is not known. Never gets a value of a cell."""


def no_progress(step: str, done: int, total: int | None) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of personal data in a text: ``[start, end)`` in characters of the original text.

    ``source`` tells what found it. Mentions of one person in a group of texts have the same ``cluster``; ``1|2`` marks
    one that may be either of two; it is empty for what is no name.
    """

    start: int
    end: int
    entity: str
    score: float = 1.0
    source: str = ""
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What detection could see in the notes of one language. The counts stay inside: in what leaves, a count is a cell.

    ``names`` tells whether a model that learned the language took part; ``names_by`` how names are found at all: by it,
    by lists, or not. ``sources`` are what took part, ``model`` is the digest of the weights (a neighbour's included).
    """

    language: str
    notes: int
    spans: int
    names: bool
    entities: Mapping[str, int] = field(default_factory=dict)
    names_by: NamesBy = "none"
    sources: tuple[str, ...] = ()
    model: str = ""


class RecordSource(Protocol):
    """A table that can be read twice: every cell a string, or null where there is no value.

    ``batches()`` starts anew at each call and yields ``pyarrow.RecordBatch`` of at most 65,536 rows in one fixed row
    order, every column of type ``string``. ``digest`` is the hex SHA-256 of what was read.
    """

    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def digest(self) -> str: ...
    def batches(self) -> Iterator[pa.RecordBatch]: ...


class Operator(Protocol):
    """A pure function of a value, built once per column from parameters and a frozen context.

    ``per_person`` says that the result also depends on the person (a date shift does); then ``person`` is given.
    ``per_cell`` says that every cell gets another result; then ``person`` is a secret name of the cell. None means: no
    value leaves.
    """

    per_person: bool
    per_cell: bool

    def __call__(self, value: str, person: str = "") -> str | None: ...


class Hierarchy(Protocol):
    """How values of a column become coarser, level by level, up to the root.

    ``path(value)`` gives the labels from level 0 to the level below the root, always ``height`` of them; the root
    itself is no value at all (None) and is not listed. An unknown value has no path (None).
    ``leaves(level, label)`` is the number of values of the domain under a label; ``domain`` the number of all
    (Iyengar 2002, normalized certainty penalty: Xu et al. 2006).
    """

    @property
    def name(self) -> str: ...
    @property
    def height(self) -> int: ...
    @property
    def domain(self) -> int: ...
    def path(self, value: str) -> tuple[str, ...] | None: ...
    def leaves(self, level: int, label: str) -> int: ...


@dataclass(frozen=True, slots=True)
class KeyColumn:
    """A column that the adversary may know, as codes: ``paths[v, level]`` is the label id of value ``v``.

    Shapes: ``paths`` int32 (values, height + 1); the last level is the root, one label for all. ``labels[level][id]``
    is the outward text; the root's is None. ``loss[level][id]`` is (leaves - 1) / (domain - 1), between 0 and 1.
    Value 0 is "no value": its label is None on every level, its loss 0 on level 0 and 1 above.
    """

    name: str
    paths: np.ndarray = field(repr=False)
    labels: tuple[tuple[str | None, ...], ...] = field(repr=False)
    loss: tuple[np.ndarray, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodedRows:
    """All rows as numbers: ``values[row, column]`` int32 indexes ``columns[column].paths``; ``person[row]`` int64.

    Persons are numbered from 0 without a gap. The row order is that of the source after rows without consent left.
    Where several linked tables are coded together, ``table[row]`` int16 tells the table of a row and ``home[column]``
    that of a column; in the rows of other tables a column has no value. Both are empty where there is one table.
    """

    columns: tuple[KeyColumn, ...]
    values: np.ndarray = field(repr=False)
    person: np.ndarray = field(repr=False)
    table: np.ndarray | None = field(default=None, repr=False)
    home: tuple[int, ...] = ()

    @property
    def rows(self) -> int:
        return int(self.values.shape[0])

    @property
    def persons(self) -> int:
        return int(self.person.max()) + 1 if self.rows else 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a recoding decided, row by row: ``levels[row, column]`` int8 and ``kept[row]`` bool.

    A level is an index into the column's hierarchy (the last one is the root). ``loss`` is the mean normalized
    certainty penalty over all cells of key columns, a dropped row counting 1 (Xu et al. 2006). ``signature[person]``
    int64 numbers the classes of persons whose released rows are alike; a person of whom nothing is kept has -1.
    """

    levels: np.ndarray = field(repr=False)
    kept: np.ndarray = field(repr=False)
    signature: np.ndarray = field(repr=False)
    loss: float


@dataclass(frozen=True, slots=True)
class FrequencyTable:
    """How many distinct persons share each signature.

    ``persons`` maps a signature (opaque, hashable) to a count of persons. ``sensitive``, where a model needs it, maps
    the signature to the persons per sensitive value, with missing and suppressed values left out. ``silent`` holds, for
    a sensitive column, the signatures without any row of the column's table: of them the column tells nothing. ``events``
    holds, for a sensitive column and persons of several rows, each label of a row within a signature: the signature, and
    the persons per value in the rows with that label.
    """

    persons: Mapping[Any, int] = field(repr=False)
    sensitive: Mapping[str, Mapping[Any, Mapping[Any, int]]] = field(default_factory=dict, repr=False)
    silent: Mapping[str, AbstractSet[Any]] = field(default_factory=dict, repr=False)
    events: Mapping[str, Sequence[tuple[Any, Mapping[Any, int]]]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge found: ``met``, how it is known, what was promised and found, and what is missing.

    ``promised`` and ``found`` are numbers as text; ``missing`` names shortfalls by counts, never by values.
    """

    check: str
    met: bool
    evidence: Evidence
    promised: str = ""
    found: str = ""
    missing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.met
