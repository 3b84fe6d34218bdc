"""Which hierarchy a column uses: one of the field's, one of the policy's own, or its values as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anonshare.codes.hierarchies import flat, hierarchy, number_bands, number_intervals, read_hierarchy_csv
from anonshare.codes.places import PlaceHierarchy
from anonshare.errors import PolicyError
from anonshare.pipeline.shifted_dates import ShiftedDates
from anonshare.policy.hierarchy_source import HierarchySource
from anonshare.policy.model import Policy
from anonshare.policy.records import Column
from anonshare.shapes import Hierarchy

__all__ = ["From", "Hierarchies"]


@dataclass(frozen=True, slots=True)
class From:
    """A hierarchy that starts some levels up: what the policy's own ``level`` makes of it."""

    inner: Hierarchy
    level: int

    @property
    def name(self) -> str:
        """The name of the whole hierarchy."""
        return self.inner.name

    @property
    def height(self) -> int:
        """The number of levels that are left below the root."""
        return self.inner.height - self.level

    @property
    def domain(self) -> int:
        """The number of values of the whole domain: loss stays comparable."""
        return self.inner.domain

    def path(self, value: str) -> tuple[str, ...] | None:
        """The labels from the starting level up."""
        whole = self.inner.path(value)
        return None if whole is None else whole[self.level :]

    def leaves(self, level: int, label: str) -> int:
        """The number of values under a label."""
        return self.inner.leaves(level + self.level, label)


@dataclass(frozen=True, slots=True)
class Hierarchies:
    """Finds hierarchies by name for one policy; files of the policy's own stand in ``folder``."""

    policy: Policy
    folder: Path
    as_of: date

    def named(self, name: str, as_of: date | None = None) -> Hierarchy:
        """A hierarchy by name; raises PolicyError where neither the policy nor the house has it."""
        own = self.policy.hierarchies.get(name)
        return hierarchy(name, as_of=as_of or self.as_of) if own is None else self._own(name, own)

    def _own(self, name: str, own: HierarchySource) -> Hierarchy:
        if own.bands is not None:
            return number_bands(own.bands)
        if own.intervals is not None:
            return number_intervals(own.numbered(), name)
        if own.population_floor is not None:
            return PlaceHierarchy(own.population_floor)
        return read_hierarchy_csv(self.folder / (own.file or ""), name)

    def of(self, column: Column, values: Sequence[str | None]) -> Hierarchy:
        """The hierarchy of a key column, given the distinct values that occur in it."""
        wanted, shift = column.do.generalize, column.do.shift_dates
        if shift is not None:
            return ShiftedDates(shift.resolution)
        if wanted is None:
            return flat(sorted(value for value in values if value is not None))
        whole = self.named(wanted.hierarchy, wanted.as_of)
        if wanted.level >= whole.height:
            raise PolicyError(
                f"The hierarchy {wanted.hierarchy!r} has {whole.height} levels; level {wanted.level} does not exist.",
                hint=f"Use a level from 0 to {whole.height - 1}, or drop the column.",
            )
        return From(whole, wanted.level) if wanted.level else whole
