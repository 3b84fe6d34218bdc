"""What an operator is: a name, whether anything leaves, and how it is built from parameters and a frozen context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anonshare.shapes import Hierarchy, Operator

__all__ = ["OfPerson", "OfValue", "OperatorContext", "OperatorSpec"]


class OfValue:
    """An operator whose result depends on the value alone."""

    __slots__ = ()
    per_person: bool = False


class OfPerson:
    """An operator whose result also depends on the person."""

    __slots__ = ()
    per_person: bool = True


@dataclass(frozen=True, slots=True)
class OperatorContext:
    """What an operator may know of its surroundings.

    ``entity`` is the token type of the column, None where it is not known. ``hierarchy(name)`` finds a hierarchy,
    ``subkey(entity, operator)`` derives a key of 32 bytes for this release's recipient. ``as_of`` is the day for which
    ages are computed, ``region`` the country (ISO 3166 alpha-2) whose phone numbers are written without a prefix.
    """

    column: str
    entity: str | None
    hierarchy: Callable[[str], Hierarchy] = field(repr=False)
    subkey: Callable[[str, str], bytes] = field(repr=False)
    as_of: date
    region: str | None = None


@dataclass(frozen=True, slots=True)
class OperatorSpec:
    """An operator as it is registered.

    ``leaves`` tells whether anything of the column leaves. ``build(params, context)`` returns a pure function of a
    value; ``params`` is the model of the operator's parameters in a policy, of which attributes are read.
    """

    name: str
    leaves: bool
    build: Callable[[Any, OperatorContext], Operator]
