"""Why: what a policy does with a column, what a gate checks and on whose word, what a key of a policy means."""

from __future__ import annotations

import inspect
from difflib import get_close_matches

from anonshare.codes.headers import meaning_of
from anonshare.errors import UsageError
from anonshare.gates.table import GATES, Gate
from anonshare.policy.key_words import key_words
from anonshare.policy.model import Policy
from anonshare.policy.records import Column

__all__ = ["explain"]

STAGES = {"plan": "judged in the dry run", "draft": "judged on the final bytes", "seal": "judged when it is sealed"}
WHY = {
    "direct_identifier": "It names a person: it stays, or leaves as a token under a key that never leaves.",
    "quasi_identifier": "Who knows the person can know it: k is judged over it, and it gets coarser until k holds.",
    "sensitive": "It tells what a recipient needs and what must not be learnt of one person.",
    "insensitive": "It is neither known to others nor sensitive.",
    "narrative": "Three ordinary words of a story pick the right record in half of all cases: notes do not leave as text.",
    "internal": "It is the office's own business.",
}


def explain(name: str, policy: Policy | None = None) -> list[str]:
    """The reasons for a column of ``policy``, a gate (``G8``) or a key of policies (``consent.covers``), in words.

    Raises UsageError, with the nearest name, where it is none of them.
    """
    gates = {gate.code: gate for gate in GATES}
    if name.upper() in gates:
        return _gate(gates[name.upper()])
    if policy is not None and (found := policy.find(name)):
        return _column(policy, *found)
    fields = key_words()
    if name in fields:
        return [f"{name}: {fields[name]}"]
    matching = {path: words for path, words in fields.items() if path.rpartition(".")[2] == name}
    if matching:
        return [f"{path}: {words}" for path, words in matching.items()]
    known = [*gates, *fields, *(policy.columns() if policy else ())]
    near = get_close_matches(name, known, 1, 0.6)
    raise UsageError(
        "This is no column of the policy, no gate and no key of policies.",
        hint=f"Did you mean {near[0]}?" if near else "Give --policy for columns; gates are G1 to G15.",
    )


def _gate(gate: Gate) -> list[str]:
    module = inspect.getmodule(gate.check)
    words = inspect.cleandoc((module.__doc__ or "") if module else "").partition(": ")[2]
    return [f"{gate.code}: {gate.title}", f"  {words}", f"  {STAGES[gate.stage]}; the duty comes from {gate.article}"]


def _column(policy: Policy, table: str, name: str) -> list[str]:
    column = policy.tables[table].columns[name]
    meaning = meaning_of(name)
    out = [f"{policy.full_name(table, name)}: {column.role.replace('_', ' ')}", f"  {WHY[column.role]}"]
    out.append(f"  operator: {column.do.name} ({'leaves' if column.leaves else 'stays'})")
    if column.is_key:
        out.append(f"  G8: it is one of the columns over which k = {policy.disclosure.k} is judged")
    out += _roles(policy, table, name, column)
    if meaning is not None and meaning.role != column.role:
        out.append(f"  its name suggests another role: {meaning.role.replace('_', ' ')}")
    return out


def _roles(policy: Policy, table: str, name: str, column: Column) -> list[str]:
    out = []
    if column.known_to:
        out.append(f"  known to: {', '.join(column.known_to)}")
    if name == policy.consent.column:
        out.append(f"  G4: it holds the consent ({policy.consent.mode.replace('_', ' ')})")
    if name in policy.unit_columns:
        out.append("  it is a part of what names a unit of protection")
    out += [
        f"  G9: at least {model.l} values of it in every class"
        for model in policy.disclosure.l_diversity
        if policy.find(model.column) == (table, name)
    ]
    return out
