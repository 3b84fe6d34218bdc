"""Whether a group of persons who are alike holds the models of sensitive columns by itself, from the texts that left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from anonshare.disclosure.arrays import np
from anonshare.disclosure.coded_table import CodedTable
from anonshare.disclosure.models import bound_models
from anonshare.disclosure.privacy_model import ClassCounts, PrivacyModel
from anonshare.disclosure.promise import persons_per_code
from anonshare.disclosure.series_memory import Frozen, Row
from anonshare.errors import DisclosureError

__all__ = ["Groups"]

_ONE_TABLE: Mapping[str, int] = MappingProxyType({})


class Groups:
    """Judges groups against the table of this release; ``before`` are all rows that left, whose values may be gone from it."""

    def __init__(
        self,
        coded: CodedTable,
        models: Sequence[PrivacyModel],
        before: Sequence[Frozen],
        homes: Mapping[str, int] = _ONE_TABLE,
    ) -> None:
        self._homes = homes
        names = [*(column.name for column in coded.rows.columns)]
        names += [name for name in coded.names if name not in names]
        self._judges: list[tuple[PrivacyModel | None, int, dict[str | None, int], np.ndarray]] = []
        for model in models:
            if model.column is None:
                continue
            place = names.index(model.column)
            old = {one.row[place] for own in before for one in own} - set(coded.vocabulary[model.column])
            vocabulary = (*coded.vocabulary[model.column], *sorted(text for text in old if text is not None))
            overall = np.zeros(len(vocabulary), dtype=np.int64)
            told = persons_per_code(coded.rows.person, coded.codes[model.column])
            overall[: len(told)] = told
            code = {text: number for number, text in enumerate(vocabulary)}
            self._judges.append((_bound(model, vocabulary), place, code, overall[1:]))
        self._everybody = coded.rows.persons

    def hold(self, group: Sequence[Frozen]) -> bool:
        """Whether persons with these rows, alike in their labels, hold every model, and each event of theirs does."""
        for model, place, code, overall in self._judges:
            if model is None:
                return False
            told = self._told(model, group)
            if not any(told):
                continue  # of these persons the column's table has no row: it tells nothing
            labels = {one.labels for own in told for one in own}
            # all rows of a person, then those of each event
            parts: list[Row | None] = [None, *(labels if len(labels) > 1 else ())]
            values = np.zeros((len(parts), len(overall) + 1), dtype=np.int64)
            for number, label in enumerate(parts):
                for own in told:
                    for held in {code[one.row[place]] for one in own if label is None or one.labels == label}:
                        values[number, held] += 1
            persons = np.full(len(parts), len(group), dtype=np.int64)
            if not model.hold(ClassCounts(persons, values[:, 1:], overall, self._everybody)).all():
                return False
        return True

    def _told(self, model: PrivacyModel, group: Sequence[Frozen]) -> list[Frozen]:
        """The rows of each person that have the model's column; where there are several tables, those of its own."""
        home = self._homes.get(str(model.column))
        return [own if home is None else tuple(one for one in own if one.row[-1] == str(home)) for own in group]


def _bound(model: PrivacyModel, vocabulary: Sequence[str | None]) -> PrivacyModel | None:
    """None where a value that left has no place in the model any more: then nothing can be judged, and nothing holds."""
    try:
        return bound_models([model], {str(model.column): tuple(vocabulary)})[0]
    except DisclosureError:
        return None
