"""Build the operators of the columns that leave, each with the keys of this release's one recipient."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from anonshare.codes.headers import meaning_of
from anonshare.errors import PolicyError
from anonshare.pipeline.hierarchies import Hierarchies
from anonshare.policy.model import Policy
from anonshare.policy.records import Column
from anonshare.registry import OPERATORS
from anonshare.shapes import Operator
from anonshare.transforms.keys import subkey
from anonshare.transforms.spec import OperatorContext

__all__ = ["build_operators"]


def build_operators(policy: Policy, hierarchies: Hierarchies, token_root: Callable[[], bytes]) -> dict[str, Operator]:
    """An operator for every column that leaves otherwise than through recoding.

    ``token_root`` is asked for the root secret once, and only where a column needs a key.
    """
    needs_key = any(c.do.pseudonymize or c.do.shift_dates for c in policy.columns().values() if c.leaves)
    root = token_root() if needs_key else b""
    key = partial(_subkey, policy, root)
    return {
        policy.full_name(table, name): _build(name, column, hierarchies, key, policy.region)
        for table in policy.counted
        for name, column in policy.tables[table].columns.items()
        if column.leaves and not (column.is_key and column.do.name in {"keep", "generalize"})
    }


def _subkey(policy: Policy, root: bytes, entity: str, operator: str) -> bytes:
    """Keys differ by programme, recipient, entity, operator and epoch; two recipients' tokens cannot be joined."""
    return subkey(root, programme=policy.id, domain=policy.recipient.card, entity=entity, operator=operator, epoch="1")


def _build(
    name: str, column: Column, hierarchies: Hierarchies, key: Callable[[str, str], bytes], region: str | None
) -> Operator:
    spec: Any = OPERATORS[column.do.name]
    as_of = column.do.generalize.as_of if column.do.generalize else None
    context = OperatorContext(
        column=name,
        entity=_entity(name, column),
        hierarchy=lambda wanted: hierarchies.named(wanted, as_of),
        subkey=key,
        as_of=as_of or hierarchies.as_of,
        region=region,
    )
    built: Operator = spec.build(column.do.params, context)
    return built


def _entity(name: str, column: Column) -> str | None:
    if column.do.pseudonymize is None:
        return None
    meaning = meaning_of(name)
    found = column.do.pseudonymize.entity or (meaning.token if meaning else None)
    if found is None:
        raise PolicyError(
            f"columns.{name}: it is not clear what the tokens of this column stand for.",
            hint="Add entity: one of per, ph, em, ib, doc, acc, plt, addr, org, ip.",
        )
    return found
