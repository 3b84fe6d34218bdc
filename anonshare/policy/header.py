"""Who shares what with whom, on which basis, until when: the part of a policy that a lawyer reads."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from anonshare.policy.base import ColumnName, Model, Slug, Text, rule

__all__ = [
    "Agreement",
    "Consent",
    "Controller",
    "Duration",
    "Grading",
    "Handling",
    "LegalBasis",
    "Purpose",
    "Recipient",
    "Retention",
]

Duration = Annotated[str, Field(pattern=r"^P[1-9][0-9]{0,3}[DMY]$")]
"""ISO 8601 duration of days, months or years, e.g. ``P2Y``."""


def days_of(duration: str) -> float:
    """About how many days a duration has; 12 months are one year."""
    return int(duration[1:-1]) * {"D": 1.0, "M": 365.25 / 12, "Y": 365.25}[duration[-1]]


Jurisdiction = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
DataKind = Literal["ordinary", "special", "offence"]


class Purpose(Model):
    """What the data may be used for: a term of DPV, and words."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9]{1,80}$")]
    text: Text


class Controller(Model):
    """The organisation that decides about the records and signs the release."""

    id: Slug
    contact: Text


class Recipient(Model):
    """The one agency that a bundle is for; ``card`` is the id of its pinned contact card."""

    card: Slug
    kind: Literal["law_enforcement", "public_body", "partner_ngo", "insurer", "public"]
    jurisdiction: Jurisdiction


class LegalBasis(Model):
    """The article that allows the disclosure of kinds of data in one jurisdiction."""

    jurisdiction: Jurisdiction
    article: Text
    covers: tuple[DataKind, ...] = ("ordinary",)


class Agreement(Model):
    """The agreement between controller and recipient, and the days in which it is in force."""

    ref: Text
    valid_from: date
    valid_until: date

    @model_validator(mode="after")
    def _order(self) -> Agreement:
        if self.valid_from > self.valid_until:
            raise rule("valid_from is after valid_until")
        return self


class Consent(Model):
    """Whose records may leave. A blank answer is no consent (opt_in) and no objection (opt_out)."""

    mode: Literal["opt_in", "opt_out", "not_required"]
    column: ColumnName | None = None
    covers: Slug | Annotated[str, Field(pattern=r"^[a-z0-9_]{1,63}$")] | None = None
    yes: tuple[str, ...] = ("yes", "y", "true", "1")
    reason: Text | None = None

    @model_validator(mode="after")
    def _complete(self) -> Consent:
        if self.mode == "not_required":
            if self.reason is None:
                raise rule("mode not_required needs a reason")
        elif self.column is None:
            raise rule(f"mode {self.mode} needs a column")
        return self


class Grading(Model):
    """Europol's 4x4: carried, never converted into another scheme."""

    source: Literal["A", "B", "C", "X"]
    information: Annotated[int, Field(ge=1, le=4)]


class Handling(Model):
    """What the recipient may do: Europol handling codes (a set of restrictions, not levels) and TLP 2.0."""

    europol: tuple[Literal["H0", "H1", "H2", "H3"], ...] = ()
    tlp: Literal["clear", "green", "amber", "amber+strict", "red"] | None = None


class Retention(Model):
    """When the recipient deletes and reviews, counted from the day of the release.

    ``register_for`` is how long the contributor keeps the sealed register of the release; as long as the recipient keeps
    its records where nothing is said.
    """

    delete_by: Duration
    review_by: Duration | None = None
    register_for: Duration | None = None

    @model_validator(mode="after")
    def _long_enough(self) -> Retention:
        if self.register_for is not None and days_of(self.register_for) < days_of(self.delete_by):
            raise rule(
                "register_for is shorter than delete_by: who withdraws could not be found in what is still in use"
            )
        return self
