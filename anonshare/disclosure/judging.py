"""The verdicts of any models on what leaves, counted from the outward labels by a path that knows no search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anonshare.disclosure.arrays import np
from anonshare.disclosure.blocks import persons_per_code
from anonshare.disclosure.privacy_model import ClassCounts, PrivacyModel
from anonshare.disclosure.promise import Promised
from anonshare.disclosure.signatures import frequency_table, person_signatures
from anonshare.shapes import CodedRows, Verdict

__all__ = ["holding", "verdicts"]


def verdicts(
    rows: CodedRows,
    levels: np.ndarray,
    kept: np.ndarray,
    models: Sequence[PrivacyModel],
    sensitive: Mapping[str, np.ndarray],
) -> tuple[Verdict, ...]:
    """One verdict per model, in their order; where rows were suppressed models compare with the table as it was."""
    table = frequency_table(rows, levels, kept, sensitive)
    if not kept.all():
        overall = {name: persons_per_code(rows.person, codes)[1:] for name, codes in sensitive.items()}
        models = [m if m.column is None else m.against(overall[m.column], rows.persons) for m in models]
    return tuple(model.judge(table) for model in models)


def holding(rows: CodedRows, levels: np.ndarray, kept: np.ndarray, promised: Sequence[Promised]) -> np.ndarray:
    """Bool per person: whether his class holds every model that judges classes; persons of whom nothing is kept do not.

    The whole table of which a model asks is that of all persons, also of those who are not kept.
    """
    signature = person_signatures(rows, levels, kept)
    there = signature >= 0
    size = int(signature.max(initial=-1)) + 1
    persons = np.bincount(signature[there], minlength=size)
    good = np.ones(size, dtype=np.bool_)
    for one in promised:
        good &= one.model.hold(_counts(rows, kept, signature, persons, one))
    found = np.zeros(len(signature), dtype=np.bool_)
    found[there] = good[signature[there]]
    return found


def _counts(
    rows: CodedRows, kept: np.ndarray, signature: np.ndarray, persons: np.ndarray, one: Promised
) -> ClassCounts:
    if one.codes is None:
        return ClassCounts(persons)
    person, codes = rows.person[kept], one.codes[kept].astype(np.int64)
    width = int(one.codes.max(initial=0)) + 1
    held = np.unique(person * width + codes)
    cells = signature[held // width] * width + held % width
    values = np.bincount(cells, minlength=len(persons) * width).reshape(len(persons), width)[:, 1:]
    return ClassCounts(persons, values, persons_per_code(rows.person, one.codes)[1:], rows.persons)
