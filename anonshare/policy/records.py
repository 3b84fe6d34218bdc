"""What the records are, column by column."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from anonshare.policy.base import ColumnName, Model, Slug, rule
from anonshare.policy.hierarchy_source import HierarchySource
from anonshare.policy.operators import Do

__all__ = ["Aggregate", "Column", "Derived", "HierarchySource", "Parent", "Records", "Source", "TableRules", "Unit"]

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Role = Literal["direct_identifier", "quasi_identifier", "sensitive", "insensitive", "narrative", "internal"]


class Unit(Model):
    """Whose privacy is counted: the columns that together name one unit of protection."""

    name: Name
    columns: Annotated[tuple[ColumnName, ...], Field(min_length=1)]


class Source(Model):
    """Where the table stands; all keys are optional.

    ``file`` is a pattern for the name of the file where the tables of a policy are given together, ``sheet`` the sheet
    of a workbook, ``header_row`` the row of the names of the columns as a spreadsheet counts it, ``encoding`` that of a
    CSV file that is not UTF-8.
    """

    format: Literal["csv", "parquet", "dataset", "excel", "pandas", "arrow"] | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    encoding: Literal["utf-8", "utf-16", "cp1250", "cp1251", "cp1252", "iso-8859-1", "iso-8859-2"] | None = None
    sheet: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    header_row: Annotated[int, Field(ge=1, le=100)] | None = None
    file: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class Derived(Model):
    """A new column, made before anything else happens.

    From another column, ``{from: interview_date, do: year}``, or taken over from the row of the parent table that a row
    hangs on, ``{parent: state}``.
    """

    from_: ColumnName | None = Field(default=None, alias="from")
    do: Literal["year", "month"] | None = None
    parent: ColumnName | None = None

    @model_validator(mode="after")
    def _one(self) -> Derived:
        if self.model_fields_set not in ({"from_", "do"}, {"parent"}):
            raise rule("name from and do, or parent alone")
        return self


class Parent(Model):
    """The table whose rows this table's rows hang on: ``column`` here holds the parent's ``key``.

    ``orphans`` decides about rows that name no row of the parent: the input is refused, or they stay and are counted.
    """

    table: Name
    column: ColumnName
    orphans: Literal["refuse", "drop"] = "refuse"


class Column(Model):
    """What a column is and what is done to it.

    ``known_to`` says who may know its values of a person: k is judged over the quasi-identifiers and everything that
    the perpetrator or the public knows. ``type`` is the type in which the column leaves. ``kind`` is the legal kind
    of data (G3). ``dates`` says that the cells are dates and, where day and month cannot be told apart, which comes
    first; without it the column itself must decide, and dates that stay ambiguous are refused.
    """

    role: Role
    do: Do
    known_to: tuple[Literal["perpetrator", "public", "nobody"], ...] = ()
    type: Literal["string", "integer", "number", "date"] = "string"
    kind: Literal["ordinary", "special", "offence"] = "ordinary"
    dates: Literal["dmy", "mdy", "ymd"] | None = None

    @property
    def leaves(self) -> bool:
        """Whether anything of the column leaves."""
        return self.do.name not in {"drop", "withhold"}

    @property
    def stands_in(self) -> bool:
        """Whether tokens or invented values leave in the place of its values."""
        return self.do.name in {"pseudonymize", "pseudonymize_reversible", "tokenize_vault", "surrogate"}

    @property
    def is_known(self) -> bool:
        """Whether the perpetrator or the public knows its values of a person."""
        return bool({"perpetrator", "public"} & set(self.known_to))

    @property
    def is_key(self) -> bool:
        """Whether the adversary may know it, so that k is judged over it; distances of shifted dates he may know."""
        if not self.leaves or self.stands_in:
            return False
        return self.role == "quasi_identifier" or self.is_known or self.do.shift_dates is not None


class TableRules(Model):
    """One table: where it is, what it hangs on, what is derived, every column's rule, and columns without one.

    ``key`` names the column by which the rows of other tables refer to this one's.
    """

    source: Source = Source()
    key: ColumnName | None = None
    parent: Parent | None = None
    derive: dict[Name, Derived] = {}
    columns: Annotated[dict[ColumnName, Column], Field(min_length=1)]
    others: Literal["refuse", "drop"] = "refuse"
    release: Literal["rows", "nothing"] = "rows"


class Records(Model):
    """The units of protection and the tables, linked by ``key`` and ``parent`` where there are several."""

    units: Annotated[tuple[Unit, ...], Field(min_length=1, max_length=1)]
    tables: Annotated[dict[Name, TableRules], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def _linked(self) -> Records:
        for rules in self.tables.values():
            if rules.parent is None:
                continue
            above = self.tables.get(rules.parent.table)
            if above is None or above.key is None:
                raise rule("a parent names no table of this policy that has a key")
        if len(self.in_order()) != len(self.tables):
            raise rule("tables hang on each other in a circle")
        return self

    def in_order(self) -> tuple[str, ...]:
        """The names of the tables, every parent before its children, otherwise as in the policy."""
        done: list[str] = []
        waiting = list(self.tables)
        while waiting:
            ready = [n for n in waiting if (p := self.tables[n].parent) is None or p.table in done]
            if not ready:
                break
            done.append(ready[0])
            waiting.remove(ready[0])
        return tuple(done)

    def ancestors(self, table: str) -> tuple[str, ...]:
        """The tables above one, the nearest first."""
        found: list[str] = []
        parent = self.tables[table].parent
        while parent is not None:
            found.append(parent.table)
            parent = self.tables[parent.table].parent
        return tuple(found)


class Aggregate(Model):
    """A table of counts by up to four columns, small cells suppressed, and others so that nothing can be subtracted."""

    name: Slug | Name
    by: Annotated[tuple[ColumnName, ...], Field(min_length=1, max_length=4)]
    count: Name = "rows"
    min_count: Annotated[int, Field(ge=2, le=10_000)] = 11
    complementary: Literal[True] = True
