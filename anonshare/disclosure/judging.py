"""The verdicts of any models on what leaves, counted from the outward labels by a path that knows no search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anonshare.disclosure.arrays import np
from anonshare.disclosure.counting import frequency_table
from anonshare.disclosure.events import event_counts, events_of
from anonshare.disclosure.privacy_model import ClassCounts, PrivacyModel
from anonshare.disclosure.promise import Promised, persons_per_code
from anonshare.disclosure.signatures import person_signatures
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
    events = events_of(rows, levels, kept, signature) if any(one.codes is not None for one in promised) else None
    for one in promised:
        counts = _counts(rows, kept, signature, persons, one)
        good &= one.model.hold(counts)
        if one.codes is not None and events is not None and len(events.owner):
            read = ~one.model.hold(event_counts(events, rows.person, one.codes, counts))
            good[events.owner[read]] = False
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
