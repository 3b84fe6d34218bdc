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
    def table_name(self) -> str:
        """The name of the one table."""
        return next(iter(self.records.tables))

    @property
    def table(self) -> TableRules:
        """The rules of the one table."""
        return self.records.tables[self.table_name]

    @property
    def unit_columns(self) -> tuple[str, ...]:
        """The columns that together name a unit of protection."""
        return self.records.units[0].columns

    def columns(self) -> dict[str, Column]:
        """The rules of the columns, in the order of the policy."""
        return dict(self.table.columns)

    @model_validator(mode="after")
    def _aggregates(self) -> Policy:
        if len({a.name for a in self.aggregates} | {self.table_name}) != len(self.aggregates) + 1:
            raise rule("two tables have the same name")
        units = {unit.name for unit in self.records.units} | {"rows"}
        if any(a.count not in units for a in self.aggregates):
            raise rule("an aggregate counts something that is no unit: use a unit's name, or rows")
        return self
