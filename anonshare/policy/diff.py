"""Two versions of a policy in a lawyer's words: what the new one gives more, what less, what else changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from anonshare.policy.header import days_of
from anonshare.policy.model import Policy
from anonshare.policy.records import Column

__all__ = ["Difference", "differences"]

Direction = Literal["more", "less", "other"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: its place in the policy, whether it gives more or less, and words for it."""

    where: str
    direction: Direction
    words: str


def differences(old: Policy, new: Policy) -> tuple[Difference, ...]:
    """Every change between two versions; none means that they release the same to the same, on the same word."""
    return (
        *_header(old, new),
        *_consent(old, new),
        *_columns(old, new),
        *_numbers(old, new),
        *_aggregates(old, new),
        *_rest(old, new),
    )


def _header(old: Policy, new: Policy) -> Iterator[Difference]:
    if old.recipient != new.recipient:
        yield Difference("recipient", "more", f"it goes to {new.recipient.card} ({new.recipient.kind}) instead")
    if old.agreement.valid_until != new.agreement.valid_until:
        longer = new.agreement.valid_until > old.agreement.valid_until
        words = f"the agreement ends on {new.agreement.valid_until} instead of {old.agreement.valid_until}"
        yield Difference("agreement.valid_until", "more" if longer else "less", words)
    was, now = ({a.role for a in p.release.approvals} for p in (old, new))
    for role in sorted(was - now):
        yield Difference("release.approvals", "more", f"the {role} need not sign any more")
    for role in sorted(now - was):
        yield Difference("release.approvals", "less", f"the {role} must sign too")
    for place in sorted(set(new.handling.europol) - set(old.handling.europol)):
        yield Difference("handling.europol", "less", f"the restriction {place} is added")
    for place in sorted(set(old.handling.europol) - set(new.handling.europol)):
        yield Difference("handling.europol", "more", f"the restriction {place} is gone")
    if old.retention.delete_by != new.retention.delete_by:
        longer = days_of(new.retention.delete_by) > days_of(old.retention.delete_by)
        words = f"the agency deletes after {new.retention.delete_by} instead of {old.retention.delete_by}"
        yield Difference("retention.delete_by", "more" if longer else "less", words)


def _consent(old: Policy, new: Policy) -> Iterator[Difference]:
    order = ("opt_in", "opt_out", "not_required")
    if old.consent.mode != new.consent.mode:
        more = order.index(new.consent.mode) > order.index(old.consent.mode)
        words = f"consent is {new.consent.mode.replace('_', ' ')} instead of {old.consent.mode.replace('_', ' ')}"
        yield Difference("consent.mode", "more" if more else "less", words)
    elif old.consent != new.consent:
        yield Difference("consent", "other", "which column or answer counts as consent has changed")


def _columns(old: Policy, new: Policy) -> Iterator[Difference]:
    was, now = old.columns(), new.columns()
    for name in sorted(was.keys() | now.keys()):
        before, after = was.get(name), now.get(name)
        where = f"columns.{name}"
        if before is None or after is None:
            present = after or before
            if present is not None and present.leaves:
                yield Difference(where, "more" if before is None else "less", _appears(before is None))
            else:
                yield Difference(where, "other", "a column that stays is " + ("new" if before is None else "gone"))
        elif before != after:
            yield from _column(where, before, after)


def _appears(new: bool) -> str:
    return "a new column leaves" if new else "the column does not leave any more"


def _column(where: str, old: Column, new: Column) -> Iterator[Difference]:
    given = _given(new) - _given(old)
    if given or old.do != new.do:
        direction: Direction = "more" if given > 0 else "less" if given < 0 else "other"
        yield Difference(where, direction, f"{_doing(new)} instead of {_doing(old)}")
    if old.is_key and not new.is_key and new.leaves:
        yield Difference(where, "more", "k is not judged over it any more")
    if new.is_key and not old.is_key and old.leaves:
        yield Difference(where, "less", "k is judged over it now")
    if old.role != new.role:
        yield Difference(where, "other", f"its role is {new.role} instead of {old.role}")
    if (old.kind, old.type, old.dates) != (new.kind, new.type, new.dates):
        yield Difference(where, "other", "its kind of data, its type or its way of writing dates has changed")


def _given(column: Column) -> float:
    """How much of a column leaves: nothing, codes, tokens, labels (fewer levels up, more), dates moved, all."""
    if column.do.generalize is not None:
        return 3 - column.do.generalize.level / 100
    return {"drop": 0, "withhold": 0, "codes": 1, "pseudonymize": 2, "shift_dates": 3.5, "keep": 4}.get(
        column.do.name, 2
    )


def _doing(column: Column) -> str:
    if column.do.generalize is not None:
        return f"generalize by {column.do.generalize.hierarchy}, {column.do.generalize.level} level(s) up"
    return column.do.name.replace("_", " ")


def _numbers(old: Policy, new: Policy) -> Iterator[Difference]:
    if old.disclosure.k != new.disclosure.k:
        words = f"k is {new.disclosure.k} instead of {old.disclosure.k}"
        yield Difference("disclosure.models", "more" if new.disclosure.k < old.disclosure.k else "less", words)
    was, now = ({m.column: m.l for m in p.disclosure.l_diversity} for p in (old, new))
    for column in sorted(was.keys() | now.keys()):
        if was.get(column, 1) != now.get(column, 1):
            weaker = now.get(column, 1) < was.get(column, 1)
            words = f"l of {column} is {now.get(column, 1)} instead of {was.get(column, 1)}"
            yield Difference("disclosure.models", "more" if weaker else "less", words)
    for table in sorted(set(old.tables) & set(new.tables)):
        if old.tables[table].release != new.tables[table].release:
            more = new.tables[table].release == "rows"
            words = f"rows of {table} leave" if more else f"rows of {table} stay"
            yield Difference(f"records.tables.{table}.release", "more" if more else "less", words)
        if old.tables[table].others != new.tables[table].others:
            yield Difference(
                f"records.tables.{table}.others", "other", f"columns without a rule: {new.tables[table].others}"
            )


def _aggregates(old: Policy, new: Policy) -> Iterator[Difference]:
    was, now = ({a.name: a for a in p.aggregates} for p in (old, new))
    for name in sorted(was.keys() | now.keys()):
        where = f"aggregates.{name}"
        before, after = was.get(name), now.get(name)
        if before is None or after is None:
            more = before is None
            yield Difference(
                where, "more" if more else "less", "a new table of counts" if more else "the table is gone"
            )
        elif before.min_count != after.min_count:
            words = f"cells from {after.min_count} persons instead of {before.min_count}"
            yield Difference(where, "more" if after.min_count < before.min_count else "less", words)
        elif before != after:
            yield Difference(where, "other", "what it counts has changed")


def _rest(old: Policy, new: Policy) -> Iterator[Difference]:
    """Keys that no rule above weighs: named, so that nothing changes unseen."""
    seen = {"recipient", "consent", "aggregates", "disclosure"}
    one, two = (_plain(policy) for policy in (old, new))
    for key in sorted(one.keys() | two.keys()):
        if key not in seen and one.get(key) != two.get(key):
            yield Difference(key, "other", "it has changed")


def _plain(policy: Policy) -> dict[str, Any]:
    plain = policy.model_dump(mode="json", by_alias=True)
    for table in plain["records"]["tables"].values():
        for key in ("columns", "release", "others"):
            table.pop(key)
    plain["agreement"].pop("valid_until")
    plain["handling"].pop("europol")
    plain["retention"].pop("delete_by")
    plain["release"].pop("approvals")
    return plain
