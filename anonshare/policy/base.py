"""What all models of a policy share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

__all__ = ["ColumnName", "Model", "Slug", "Text", "rule"]

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
"""A short name that may stand in a file name: lower-case letters, digits and dashes."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
ColumnName = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Model(BaseModel):
    """Closed, frozen, strict, and silent about its input: an error of pydantic would print what was given."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, hide_input_in_errors=True, validate_default=True
    )


def rule(text: str) -> PydanticCustomError:
    """An error of a rule of ours; the text is fixed, so it may be printed (pydantic's own texts repeat the input)."""
    return PydanticCustomError("rule", text)
