"""The parameters of the operators, and the one key of a column that names an operator: ``do``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, model_validator

from anonshare.policy.base import ColumnName, Model, Slug, rule
from anonshare.policy.operators_tokens import Pseudonymize, PseudonymizeReversible, Redact, Surrogate, TokenizeVault
from anonshare.policy.operators_values import Mask, RareToOther, Round, Suppress, TopBottom
from anonshare.policy.refused import refusal

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

__all__ = ["BARE", "Codes", "Do", "Drop", "Extension", "Generalize", "Keep", "Masked", "ShiftDates", "Withhold"]

BARE = (
    "drop",
    "withhold",
    "keep",
    "pseudonymize",
    "pseudonymize_reversible",
    "tokenize_vault",
    "redact",
    "mask",
    "suppress",
    "masked",
)
"""The operators that need no parameters, so that their name alone is enough."""


class Drop(Model):
    """The column does not leave."""


class Withhold(Model):
    """The notes do not leave; they are scanned, and what was found is counted."""


class Keep(Model):
    """The values leave as they are, unless recoding suppresses them."""


class Generalize(Model):
    """Values become labels of a hierarchy, at least ``level`` steps up; recoding may go further.

    ``as_of`` is the day for which ages are computed from birth dates: a date, or a column that holds dates.
    ``unknown`` decides about values that the hierarchy does not know.
    """

    hierarchy: Slug | Annotated[str, Field(pattern=r"^[a-z0-9_]{1,63}$")]
    level: Annotated[int, Field(ge=0, le=20)] = 0
    as_of: date | None = None
    unknown: Literal["suppress", "refuse"] = "suppress"


class ShiftDates(Model):
    """All dates of a person move by one secret number of days, at most ``days``, never 0.

    ``resolution`` cuts the shifted date. ``event`` names a column whose values are events of a person, each of which
    moves by a number of its own.
    """

    days: Annotated[int, Field(ge=7, le=365)]
    resolution: Literal["day", "month", "quarter", "year"] = "day"
    event: ColumnName | None = None


class Codes(Model):
    """Notes become the codes that a lexicon finds in them, and nothing else."""

    lexicon: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,63}$")]


class Masked(Model):
    """Notes leave with everything in them that is personal replaced: persons by pseudonyms, the rest by tokens or types.

    ``accept`` is the least by which names must be found in the language of a note: a model that learned it, or lists
    and rules. Other notes are withheld. Masked notes stay personal data.
    """

    accept: Literal["model", "lists"] = "model"


class Extension(Model):
    """An operator that another package registers, with its own parameters."""

    name: str
    params: dict[str, str | int | bool] = {}

    @model_validator(mode="after")
    def _exists(self) -> Extension:
        if refusal(self.name) is not None:
            raise rule("an operator of this name does not exist, from whatever package: see the reference")
        return self


class Do(Model):
    """Exactly one operator: ``do: drop`` or ``do: {generalize: {hierarchy: ctdc_age}}``."""

    drop: Drop | None = None
    withhold: Withhold | None = None
    keep: Keep | None = None
    generalize: Generalize | None = None
    pseudonymize: Pseudonymize | None = None
    pseudonymize_reversible: PseudonymizeReversible | None = None
    tokenize_vault: TokenizeVault | None = None
    surrogate: Surrogate | None = None
    redact: Redact | None = None
    mask: Mask | None = None
    suppress: Suppress | None = None
    top_bottom: TopBottom | None = None
    round: Round | None = None
    rare_to_other: RareToOther | None = None
    shift_dates: ShiftDates | None = None
    codes: Codes | None = None
    masked: Masked | None = None
    extension: Extension | None = None

    @model_validator(mode="after")
    def _one(self) -> Do:
        if len(self.model_fields_set) != 1:
            raise rule("name exactly one operator")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        group = handler.resolve_ref_schema(handler(core))
        group |= {"minProperties": 1, "maxProperties": 1}
        return {"anyOf": [{"enum": [*BARE]}, group]}

    @property
    def name(self) -> str:
        """The registered name of the operator."""
        return self.extension.name if self.extension else next(iter(self.model_fields_set))

    @property
    def params(self) -> Model:
        """Its parameters."""
        params: Model = getattr(self, next(iter(self.model_fields_set)))
        return params
