"""The parameters of the operators that let less of a value leave: its ends, its size, its commonest kinds."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from anonshare.policy.base import Model, rule

__all__ = ["Mask", "RareToOther", "Round", "Suppress", "TopBottom"]

DecimalText = Annotated[str, Field(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,9})?$")]
"""A number with a decimal point, in quotes: one without them is a binary fraction, which is not what was written."""

Whole = Annotated[int, Field(ge=-(10**15), le=10**15)]


class Mask(Model):
    """A few letters or digits at the ends of a value stay, ``length`` mask characters stand for all others.

    ``length`` is the same for all values. A value with fewer than four letters or digits to hide is masked wholly.
    """

    keep_first: Annotated[int, Field(ge=0, le=4)] = 0
    keep_last: Annotated[int, Field(ge=0, le=4)] = 0
    character: Literal["*", "#", "x", "•"] = "*"
    length: Annotated[int, Field(ge=1, le=32)] = 8


class Suppress(Model):
    """Values become no value: those of the list, whatever their case, or all where there is no list."""

    values: (
        Annotated[tuple[Annotated[str, Field(min_length=1, max_length=300)], ...], Field(min_length=1, max_length=1000)]
        | None
    ) = None


class TopBottom(Model):
    """Numbers below ``bottom`` become one label and those above ``top`` another; what is no number has no value."""

    bottom: Whole | DecimalText | None = None
    top: Whole | DecimalText | None = None

    @model_validator(mode="after")
    def _bounds(self) -> TopBottom:
        if self.bottom is None and self.top is None:
            raise rule("name bottom or top, or both")
        if self.bottom is not None and self.top is not None and Decimal(self.bottom) >= Decimal(self.top):
            raise rule("bottom must be below top")
        return self


class Round(Model):
    """Numbers become the nearest multiple of ``to``, a tie the even one; what is no number has no value."""

    to: Annotated[int, Field(ge=1, le=10**15)] | DecimalText

    @model_validator(mode="after")
    def _above_nothing(self) -> Round:
        if Decimal(self.to) <= 0:
            raise rule("to must be above 0")
        return self


class RareToOther(Model):
    """Values of fewer than ``below`` persons become ``label``."""

    below: Annotated[int, Field(ge=2, le=10_000)]
    label: Annotated[str, Field(pattern=r"^[^\s](.{0,98}[^\s])?$")] = "other"
