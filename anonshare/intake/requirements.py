"""A bundle beside what the receiver demands: pure, over the statement, the signed facts and the audit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from anonshare.shapes import Verdict

if TYPE_CHECKING:
    from anonshare.bundle.verified import VerifiedBundle
    from anonshare.intake.audit import AuditReport
    from anonshare.policy.requirements import Requirements

__all__ = ["judge"]

CHECKS = {
    "k_anonymity": "k_anonymity",
    "l_diversity": "l_diversity",
    "cells": ": cells",
    "identifiers": "no identifier left in a cell",
}
"""Name of a promise -> what stands in the name of the audit's check of it."""


def judge(demands: Requirements, verified: VerifiedBundle, report: AuditReport, now: datetime) -> tuple[Verdict, ...]:
    """One verdict for every demand that concerns this bundle; none is met by silence."""
    facts, release = verified.facts("disclosure"), verified.facts("release")
    return (
        *_numbers(demands, facts),
        _approvals(demands, verified),
        *_evidence(demands, facts, report),
        _deletion(demands, verified),
        _handling(demands, release),
        *_age(demands, verified, now),
    )


def _least(check: str, least: int, found: int) -> Verdict:
    return Verdict(f"required: {check}", found >= least, "recomputed", str(least), str(found))


def _numbers(demands: Requirements, facts: dict[str, Any]) -> Iterator[Verdict]:
    linked = [facts["linked"]] if facts.get("linked") else []
    for table in [*facts["tables"], *linked]:
        ks = [model["k"] for model in table["models"] if model["model"] == "k_anonymity"]
        name = table.get("name", "all tables together")
        yield _least(f"k of {name}", demands.least.k_anonymity, max(ks, default=1))
    for table in facts["aggregates"]:
        yield _least(f"cells of {table['name']}", demands.least.min_count, table["min_count"])


def _approvals(demands: Requirements, verified: VerifiedBundle) -> Verdict:
    people = {one.person for one in verified.signed_by}
    return _least("persons who signed", demands.least.approvals, len(people))


def _evidence(demands: Requirements, facts: dict[str, Any], report: AuditReport) -> Iterator[Verdict]:
    for name in demands.recomputed:
        if (name in {"k_anonymity", "l_diversity"} and not facts["tables"]) or (
            name == "cells" and not facts["aggregates"]
        ):
            continue
        mine = [v for v in report.verdicts if v.evidence == "recomputed" and v.met and _is(name, v.check)]
        why = () if mine else ("this desk could not recompute it",)
        yield Verdict(f"required: {name.replace('_', ' ')} recomputed here", bool(mine), "recomputed", missing=why)


def _is(name: str, check: str) -> bool:
    return CHECKS[name] in check


def _deletion(demands: Requirements, verified: VerifiedBundle) -> Verdict:
    met = demands.delete_by == "optional" or verified.statement.delete_at is not None
    return Verdict("required: a day of deletion", met, "recomputed", missing=() if met else ("none is given",))


def _handling(demands: Requirements, release: dict[str, Any]) -> Verdict:
    more = sorted(set(release["handling"]["europol"]) - set(demands.handling))
    why = tuple(f"this desk cannot keep {code}" for code in more)
    return Verdict("required: restrictions that can be kept", not more, "attested", missing=why)


def _age(demands: Requirements, verified: VerifiedBundle, now: datetime) -> Iterator[Verdict]:
    if demands.max_age is None:
        return
    days = int(demands.max_age[1:-1]) * {"D": 1, "M": 31, "Y": 366}[demands.max_age[-1]]
    made = datetime.fromisoformat(verified.statement.created).astimezone(UTC)
    met = now - made <= timedelta(days=days)
    why = () if met else (f"it is older than {days} days",)
    yield Verdict("required: age of the bundle", met, "attested", missing=why)
