"""Columns whose cells hold several values, brought to (k,m)-anonymity before anything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anonshare.disclosure.arrays import np
from anonshare.disclosure.coded_table import CodedTable, with_texts
from anonshare.disclosure.models import KMAnonymity
from anonshare.disclosure.models.km_anonymity import rare_items
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.errors import DisclosureError

__all__ = ["without_rare_items"]

Suppressed = Mapping[str, tuple[str, ...]]


def without_rare_items(
    coded: CodedTable,
    models: Sequence[PrivacyModel],
    before: Suppressed | None = None,
    kept: np.ndarray | None = None,
) -> tuple[CodedTable, dict[str, tuple[str, ...]]]:
    """The table without the values that are rare, and which they are, by column; those of ``before`` stay suppressed.

    Only rows that are ``kept`` (bool, all by default) count.

    Raises DisclosureError where a person has several rows: what he holds together would stand in several cells.
    """
    gone = {name: set(values) for name, values in (before or {}).items()}
    for model in models:
        if isinstance(model, KMAnonymity):
            gone.setdefault(model.of, set()).update(_rare(coded, model, gone.get(model.of, set()), kept))
    for model in models:
        if isinstance(model, KMAnonymity):
            coded = with_texts(coded, model.of, lambda text, m=model: _left(m, text, gone[m.of]))  # type: ignore[misc]  # bound per model
    return coded, {name: tuple(sorted(values)) for name, values in gone.items()}


def _rare(coded: CodedTable, model: KMAnonymity, gone: set[str], kept: np.ndarray | None) -> frozenset[str]:
    if coded.rows.persons != coded.rows.rows:
        raise DisclosureError(
            f"Column {model.of!r} holds sets, and some persons have several rows: their sets are torn apart.",
            hint="Put all values of a person into one cell.",
            reason="parameters",
        )
    items = [model.values_of(text or "") - gone for text in coded.vocabulary[model.of]]
    codes = coded.codes[model.of] if kept is None else coded.codes[model.of][kept]
    sets = {str(row): items[code] for row, code in enumerate(codes.tolist())}
    return rare_items(sets, model.k, model.m)


def _left(model: KMAnonymity, text: str, gone: set[str]) -> str | None:
    return model.separator.join(sorted(model.values_of(text) - gone)) or None
