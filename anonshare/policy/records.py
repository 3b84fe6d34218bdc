"""What the records are, column by column."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from anonshare.policy.base import ColumnName, Model, Slug, rule
from anonshare.policy.operators import Do

__all__ = ["Aggregate", "Column", "Derived", "HierarchySource", "Records", "Source", "TableRules", "Unit"]

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Role = Literal["direct_identifier", "quasi_identifier", "sensitive", "insensitive", "narrative", "internal"]


class Unit(Model):
    """Whose privacy is counted: the columns that together name one unit of protection."""

    name: Name
    columns: Annotated[tuple[ColumnName, ...], Field(min_length=1)]


class Source(Model):
    """Where in the file the table stands; all keys are optional."""

    format: Literal["csv", "parquet", "pandas", "arrow"] | None = None
    delimiter: Literal[",", ";", "\t"] | None = None


class Derived(Model):
    """A new column, made from another before anything else happens: ``{from: interview_date, do: year}``."""

    from_: ColumnName = Field(alias="from")
    do: Literal["year", "month"]


class Column(Model):
    """What a column is and what is done to it.

    ``known_to`` says who may know its values of a person: k is judged over the quasi-identifiers and everything that
    the perpetrator or the public knows. ``type`` is the type in which the column leaves. ``kind`` is the legal kind
    of data (G3).
    """

    role: Role
    do: Do
    known_to: tuple[Literal["perpetrator", "public", "nobody"], ...] = ()
    type: Literal["string", "integer", "number", "date"] = "string"
    kind: Literal["ordinary", "special", "offence"] = "ordinary"

    @property
    def leaves(self) -> bool:
        """Whether anything of the column leaves."""
        return self.do.name not in {"drop", "withhold"}

    @property
    def is_key(self) -> bool:
        """Whether the adversary may know it, so that k is judged over it."""
        known = {"perpetrator", "public"} & set(self.known_to)
        return self.leaves and self.do.pseudonymize is None and (self.role == "quasi_identifier" or bool(known))


class TableRules(Model):
    """One table: where it is, what is derived, every column's rule, and what happens to columns without one."""

    source: Source = Source()
    derive: dict[Name, Derived] = {}
    columns: Annotated[dict[ColumnName, Column], Field(min_length=1)]
    others: Literal["refuse", "drop"] = "refuse"
    release: Literal["rows", "nothing"] = "rows"


class Records(Model):
    """The units of protection and the tables."""

    units: Annotated[tuple[Unit, ...], Field(min_length=1, max_length=1)]
    tables: Annotated[dict[Name, TableRules], Field(min_length=1, max_length=1)]


class HierarchySource(Model):
    """A hierarchy of the policy's own: a CSV file beside it (value;level 1;…;*), or cut points of numbers."""

    file: str | None = None
    bands: tuple[int, ...] | None = None

    @model_validator(mode="after")
    def _one(self) -> HierarchySource:
        if len(self.model_fields_set) != 1:
            raise rule("name a file or bands")
        return self


class Aggregate(Model):
    """A table of counts by up to four columns, small cells suppressed, and others so that nothing can be subtracted."""

    name: Slug | Name
    by: Annotated[tuple[ColumnName, ...], Field(min_length=1, max_length=4)]
    count: Name = "rows"
    min_count: Annotated[int, Field(ge=2, le=10_000)] = 11
    complementary: Literal[True] = True
