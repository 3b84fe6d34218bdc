"""Columns that a model looks at together, as one."""

from __future__ import annotations

from collections.abc import Sequence

from anonshare.disclosure.coded_table import CodedTable, with_joint
from anonshare.disclosure.models import JointLDiversity
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.errors import DisclosureError

__all__ = ["with_joints"]


def with_joints(coded: CodedTable, models: Sequence[PrivacyModel]) -> CodedTable:
    """The table with a column for each model that looks at several columns as one.

    Raises DisclosureError where a column has the name of such a one, or two of these have one name.
    """
    made: dict[str, tuple[str, ...]] = {}
    for model in models:
        if isinstance(model, JointLDiversity):
            own = tuple(model.columns)
            if model.column in coded.names or made.setdefault(model.column, own) != own:
                raise DisclosureError(
                    f"Two columns would be called {model.column!r}, the name under which columns of a model are kept together.",
                    hint="Give one of the columns another name.",
                    reason="column",
                )
            coded = with_joint(coded, model.columns, model.column)
    return coded
