"""Where a hierarchy of the policy's own comes from."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from anonshare.codes.bands import Interval, interval_fault
from anonshare.policy.base import Model, rule

__all__ = ["HierarchySource", "IntervalRule"]


class IntervalRule(Model):
    """Whole numbers from ``from`` to ``to``, both of them in it, get one label; the first and last may be open."""

    from_: int | None = Field(default=None, alias="from")
    to: int | None = None
    label: Annotated[str, Field(min_length=1, max_length=100)]


class HierarchySource(Model):
    """A hierarchy of the policy's own, of one of four kinds.

    ``file`` is a CSV file beside it (value;level 1;…;*), ``bands`` are cut points of numbers, ``intervals`` are
    intervals of whole numbers with labels, ``population_floor`` makes places of fewer people into their region.
    """

    file: str | None = None
    bands: tuple[int, ...] | None = None
    intervals: Annotated[tuple[IntervalRule, ...], Field(max_length=1000)] | None = None
    population_floor: Annotated[int, Field(ge=5_000, le=1_000_000_000)] | None = None

    @model_validator(mode="after")
    def _one(self) -> HierarchySource:
        if len(self.model_fields_set) != 1:
            raise rule("name a file, bands, intervals or a population floor")
        if self.intervals is not None and (fault := interval_fault(self.numbered())):
            raise rule(fault)
        return self

    def numbered(self) -> tuple[Interval, ...]:
        """The intervals as the hierarchy takes them."""
        return tuple(Interval(one.from_, one.to, one.label) for one in self.intervals or ())
