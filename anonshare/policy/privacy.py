"""The parameters of the privacy models, and the signed exception that a weaker promise needs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from anonshare.policy.base import ColumnName, Model, Text, rule

__all__ = ["DEFAULT_K", "Disclosure", "LDiversity", "PrivacyException", "PrivacyModel"]

DEFAULT_K = 11
"""Case records hold minors and special categories; CTDC publishes at k = 11 as well (reference: disclosure 9)."""


class LDiversity(Model):
    """At least ``l`` distinct values of a sensitive column in each class (Machanavajjhala et al. 2007, distinct)."""

    column: ColumnName
    l: Annotated[int, Field(ge=2, le=100)]  # noqa: E741  the field's own name


class PrivacyModel(Model):
    """Exactly one model: ``{k_anonymity: 11}`` or ``{l_diversity: {column: outcome, l: 2}}``."""

    k_anonymity: Annotated[int, Field(ge=2, le=10_000)] | None = None
    l_diversity: LDiversity | None = None

    @model_validator(mode="after")
    def _one(self) -> PrivacyModel:
        if len(self.model_fields_set) != 1:
            raise rule("name exactly one privacy model")
        return self


class PrivacyException(Model):
    """Who takes the responsibility for a k below the default, and why."""

    who: Text
    why: Text


class Disclosure(Model):
    """What the released records promise, judged over persons (Sweeney 2002; persons, not rows)."""

    models: tuple[PrivacyModel, ...] = (PrivacyModel(k_anonymity=DEFAULT_K),)
    recoding: Literal["local"] = "local"
    exception: PrivacyException | None = None

    @property
    def k(self) -> int:
        """The k that is promised; 1 where none is."""
        return max((model.k_anonymity or 1 for model in self.models), default=1)

    @property
    def l_diversity(self) -> tuple[LDiversity, ...]:
        """The l-diversity promises."""
        return tuple(model.l_diversity for model in self.models if model.l_diversity)

    @model_validator(mode="after")
    def _weak(self) -> Disclosure:
        if self.k < DEFAULT_K and self.exception is None:
            raise rule(f"a k below {DEFAULT_K} needs an exception with who and why")
        return self
