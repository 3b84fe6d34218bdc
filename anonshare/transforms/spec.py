"""What an operator is: a name, whether anything leaves, and how it is built from parameters and a frozen context."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from anonshare.shapes import Hierarchy, Operator

__all__ = ["Needs", "OfCell", "OfPerson", "OfValue", "OperatorContext", "OperatorSpec", "Scope", "Subkey", "Vault"]

Needs = Literal["key", "counts", "vault"]
"""What an operator asks of its surroundings: keys, the persons per value, a sealed mapping."""

Scope = Literal["person", "relationship", "document", "transaction"]
"""Where equal values stay equal (ENISA 2019, EDPB 01/2025): for a recipient whatever the policy, for a recipient and
policy, within the rows of one person, nowhere."""


class Subkey(Protocol):
    """Derives the key of 32 bytes for an entity type and an operator in this release's domain and epoch."""

    def __call__(self, entity: str, operator: str, scope: Scope = "relationship") -> bytes:
        """The key."""
        ...


class Vault(Protocol):
    """A sealed mapping from values to random bytes, one for each domain and entity type; it grows and never changes."""

    def __call__(self, value: str) -> bytes:
        """The random bytes of a value, drawn when it is first asked for."""
        ...


class OfValue:
    """An operator whose result depends on the value alone."""

    __slots__ = ()
    per_person: bool = False
    per_cell: bool = False


class OfPerson:
    """An operator whose result also depends on the person, given as ``person``."""

    __slots__ = ()
    per_person: bool = True
    per_cell: bool = False


class OfCell:
    """An operator whose result is another one in every cell; ``person`` is then the secret name of the cell."""

    __slots__ = ()
    per_person: bool = False
    per_cell: bool = True


@dataclass(frozen=True, slots=True)
class OperatorContext:
    """What an operator may know of its surroundings.

    ``entity`` is the token type of the column, None where it is not known. ``hierarchy(name)`` finds a hierarchy,
    ``subkey(entity, operator, scope)`` derives a key of 32 bytes for this release's recipient. ``as_of`` is the day for
    which ages are computed, ``region`` the country (ISO 3166 alpha-2) whose phone numbers are written without a prefix.
    ``counts`` are the distinct persons per value of the column, ``vault(entity)`` a sealed mapping; both are there for
    the operators that need them. ``names_unit`` tells that the column is one of those that name the unit of protection.
    """

    column: str
    entity: str | None
    hierarchy: Callable[[str], Hierarchy] = field(repr=False)
    subkey: Subkey = field(repr=False)
    as_of: date
    region: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict, repr=False)
    vault: Callable[[str], Vault] | None = field(default=None, repr=False)
    names_unit: bool = False


@dataclass(frozen=True, slots=True)
class OperatorSpec:
    """An operator as it is registered.

    ``leaves`` tells whether anything of the column leaves. ``build(params, context)`` returns a pure function of a
    value; ``params`` is the model of the operator's parameters in a policy, of which attributes are read. ``needs``
    says what the context must hold.
    """

    name: str
    leaves: bool
    build: Callable[[Any, OperatorContext], Operator]
    needs: frozenset[Needs] = frozenset()
