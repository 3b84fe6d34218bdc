"""A policy: what may leave, for whom, on whose word. What a sender plans; a receiver's demands are requirements."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from anonshare.policy.base import Model, Slug, Text, rule
from anonshare.policy.header import (
    Agreement,
    Consent,
    Controller,
    Duration,
    Grading,
    Handling,
    Jurisdiction,
    LegalBasis,
    Purpose,
    Recipient,
    Retention,
)
from anonshare.policy.privacy import Disclosure
from anonshare.policy.records import Aggregate, Column, HierarchySource, Name, Records, TableRules

__all__ = ["Approval", "Policy", "Release", "Series"]


class Approval(Model):
    """A role that must sign; each by another person with another key."""

    role: Slug


class Series(Model):
    """How releases of one stream follow each other."""

    kind: Literal["cumulative"] = "cumulative"
    every: Duration


class Release(Model):
    """How a release is made and approved."""

    series: Series | None = None
    approvals: Annotated[tuple[Approval, ...], Field(min_length=1)]
    review: Literal["none"] = "none"


class Policy(Model):
    """One policy file (``anonshare: policy/1``)."""

    anonshare: Literal["policy/1"]
    id: Slug
    title: Text
    purpose: Purpose
    controller: Controller
    recipient: Recipient
    jurisdictions: Annotated[tuple[Jurisdiction, ...], Field(min_length=1)]
    legal_basis: Annotated[tuple[LegalBasis, ...], Field(min_length=1)]
    agreement: Agreement
    consent: Consent
    grading: Grading
    handling: Handling
    retention: Retention
    hierarchies: dict[Name, HierarchySource] = {}
    records: Records
    disclosure: Disclosure = Disclosure()
    aggregates: tuple[Aggregate, ...] = ()
    release: Release
    region: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...] = ()
    sensitive_places: str | None = None
    allowed_models: tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], ...] = ()

    @property
    def stream(self) -> str:
        """The name of the sequence of releases that this policy makes for its recipient."""
        return f"{self.controller.id}/{self.id}/{self.recipient.card}"

    @property
    def tables(self) -> dict[str, TableRules]:
        """The rules of every table, parents before their children."""
        return {name: self.records.tables[name] for name in self.records.in_order()}

    @property
    def released(self) -> tuple[str, ...]:
        """The names of the tables whose rows leave."""
        return tuple(name for name, rules in self.tables.items() if rules.release == "rows")

    @property
    def counted(self) -> tuple[str, ...]:
        """The tables over whose rows persons are counted: those that leave or, where none does, all."""
        return self.released or tuple(self.tables)

    @property
    def unit_columns(self) -> tuple[str, ...]:
        """The columns that together name a unit of protection."""
        return self.records.units[0].columns

    def full_name(self, table: str, column: str) -> str:
        """The name of a column in the whole policy: its own where there is one table, else ``table.column``."""
        return column if len(self.records.tables) == 1 else f"{table}.{column}"

    def columns_of(self, table: str) -> dict[str, Column]:
        """The rules of one table's columns by their full names, in the order of the policy."""
        return {self.full_name(table, name): column for name, column in self.records.tables[table].columns.items()}

    def columns(self) -> dict[str, Column]:
        """The rules of all columns by their full names."""
        return {name: column for table in self.tables for name, column in self.columns_of(table).items()}

    def find(self, name: str) -> tuple[str, str] | None:
        """The table and the column that a name means: a full name, or a column's own where one table has it."""
        table, _, column = name.partition(".")
        if table in self.tables and column in self.tables[table].columns:
            return table, column
        holders = [t for t, rules in self.tables.items() if name in rules.columns]
        return (holders[0], name) if len(holders) == 1 else None

    def owner_of_unit(self, table: str) -> str | None:
        """The table that says whose rows a table's are: itself, or the nearest one above it with all unit columns."""
        for name in (table, *self.records.ancestors(table)):
            rules = self.tables[name]
            if all(column in rules.columns or column in rules.derive for column in self.unit_columns):
                return name
        return None

    def owner_of_consent(self, table: str) -> str | None:
        """The table that holds the consent for a table's rows: itself, or the nearest one above it."""
        line = (table, *self.records.ancestors(table))
        return next((name for name in line if self.consent.column in self.tables[name].columns), None)

    @model_validator(mode="after")
    def _aggregates(self) -> Policy:
        if len({a.name for a in self.aggregates} | set(self.tables)) != len(self.aggregates) + len(self.tables):
            raise rule("two tables have the same name")
        units = {unit.name for unit in self.records.units} | {"rows"}
        if any(a.count not in units for a in self.aggregates):
            raise rule("an aggregate counts something that is no unit: use a unit's name, or rows")
        return self
