"""What a caller says of the columns becomes their roles: each has one, and each hierarchy is a table of labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from anonshare.codes.hierarchies import hierarchy
from anonshare.codes.tables import hierarchy_of_rows
from anonshare.disclosure.asked import check_roles
from anonshare.disclosure.coded_table import Missing, Roles
from anonshare.disclosure.models import sensitive_columns
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.engine.scalars import text_of
from anonshare.errors import InputError
from anonshare.shapes import Hierarchy

__all__ = ["HierarchyRows", "roles_of"]

HierarchyRows = Sequence[Sequence[object]]
"""One row of labels a value, from the value to the root; the last label may be the same for all."""


def roles_of(
    hierarchies: Mapping[str, HierarchyRows | str],
    models: Sequence[PrivacyModel],
    unit: str | Sequence[str] | None,
    known: Sequence[str],
    insensitive: Sequence[str],
    missing: Missing,
    as_of: date | None,
) -> Roles:
    """The roles that a caller gave the columns.

    Raises DisclosureError where two of them exclude each other, InputError for a hierarchy that is none.
    """
    sensitive = sensitive_columns(models)
    day = as_of or datetime.now(UTC).date()
    keys: dict[str, Hierarchy] = {
        name: hierarchy(told, as_of=day) if isinstance(told, str) else _hierarchy(name, told)
        for name, told in hierarchies.items()
    }
    units = () if unit is None else (unit,) if isinstance(unit, str) else tuple(dict.fromkeys(unit))
    check_roles(tuple(keys), known, sensitive, insensitive, units)
    return Roles(
        keys=keys,
        flat=tuple(dict.fromkeys(name for name in known if name not in keys)),
        sensitive=sensitive,
        # what a model looks at is sensitive, whoever says otherwise
        insensitive=tuple(dict.fromkeys(name for name in insensitive if name not in sensitive)),
        unit=units,
        missing=missing,
        as_of=day,
    )


def _hierarchy(name: str, rows: HierarchyRows) -> Hierarchy:
    """The hierarchy, with numbers and days in its rows written as those of a column are."""
    try:
        labels = [[text_of(label) or "" for label in row] for row in rows]
    except (TypeError, ValueError):
        raise InputError(
            f"The hierarchy {name!r} is no sequence of rows of labels.", hint='Write it as [["Paris", "France", "*"]].'
        ) from None
    return hierarchy_of_rows(name, labels)
