"""Build the operators of the columns that leave, each with the keys of this release's one recipient."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from anonshare.codes.headers import meaning_of
from anonshare.pipeline.hierarchies import Hierarchies
from anonshare.pipeline.note_names import NoteTokens
from anonshare.pipeline.token_domain import TokenDomain
from anonshare.policy.model import Policy
from anonshare.policy.operators_tokens import Pseudonymize
from anonshare.policy.records import Column
from anonshare.policy.token_kinds import token_kind
from anonshare.registry import OPERATORS
from anonshare.shapes import Operator
from anonshare.transforms.spec import OperatorContext, OperatorSpec, Vault

__all__ = ["Surroundings", "build_operators", "needs_key", "note_tokens"]

IN_PIPELINE = {"masked"}
"""What the stories do themselves, for it takes more than one value."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the operators of a release may know: hierarchies, keys, vaults, and the persons per value of some columns."""

    hierarchies: Hierarchies = field(repr=False)
    domain: TokenDomain = field(repr=False)
    vaults: Callable[[str], Vault] = field(repr=False)
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict, repr=False)


def needs_key(policy: Policy) -> bool:
    """Whether a column of the policy leaves by a key."""
    names = {c.do.name for c in policy.columns().values() if c.leaves}
    return bool(names & IN_PIPELINE) or any("key" in OPERATORS[name].needs for name in names - IN_PIPELINE)


def build_operators(policy: Policy, around: Surroundings) -> dict[str, Operator]:
    """An operator for every column that leaves otherwise than through recoding."""
    return {
        policy.full_name(table, name): _build(policy, table, name, column, around)
        for table in policy.counted
        for name, column in policy.tables[table].columns.items()
        if column.leaves
        and column.do.name not in IN_PIPELINE
        and not (column.is_key and column.do.name in {"keep", "generalize"})
    }


def note_tokens(policy: Policy, operators: Mapping[str, Operator], around: Surroundings) -> NoteTokens:
    """The tokens of masked notes: those of the columns, and of persons whom no column names in the same way."""
    unit: Operator | None = None
    typed: dict[str, Operator] = {}
    for table in policy.released:
        for name, column in policy.tables[table].columns.items():
            kind = token_kind(policy, name, column)
            if kind is None or kind.entity is None or kind.scope == "transaction":
                continue
            operator = operators[policy.full_name(table, name)]
            if kind.entity != "per":
                typed.setdefault(kind.entity, operator)
            elif kind.who == "unit":
                unit = unit or operator
    return NoteTokens(unit or _person("unit", around), _person("other", around), typed)


def _person(who: Any, around: Surroundings) -> Operator:
    spec: OperatorSpec = OPERATORS["pseudonymize"]
    return spec.build(Pseudonymize(entity="per", who=who), _context("notes", "per", around))


def _build(policy: Policy, table: str, name: str, column: Column, around: Surroundings) -> Operator:
    spec: OperatorSpec = OPERATORS[column.do.name]
    meaning = meaning_of(name)
    context = _context(
        policy.full_name(table, name),
        meaning.token if meaning else None,
        around,
        names_unit=name in policy.unit_columns,
        generalized=column.do.generalize,
    )
    return spec.build(column.do.params, context)


def _context(
    name: str, entity: str | None, around: Surroundings, *, names_unit: bool = False, generalized: Any = None
) -> OperatorContext:
    hierarchies = around.hierarchies
    as_of = generalized.as_of if generalized else None
    return OperatorContext(
        column=name,
        entity=entity,
        hierarchy=lambda wanted: hierarchies.named(wanted, as_of),
        subkey=around.domain.key,
        as_of=as_of or hierarchies.as_of,
        region=hierarchies.policy.region,
        counts=around.counts.get(name, {}),
        vault=around.vaults,
        names_unit=names_unit,
    )
