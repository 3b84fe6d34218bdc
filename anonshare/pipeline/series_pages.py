"""What the plan says of the series that a release goes on with: who waits and since when, who left, how often is enough."""

from __future__ import annotations

from typing import Any

from anonshare.pipeline.durations import after
from anonshare.pipeline.plan import Plan
from anonshare.pipeline.series import Following
from anonshare.pipeline.series_pace import arrivals_per_day, shortest_interval
from anonshare.report.model import Section, Table

__all__ = ["series_json", "series_section"]

MONTH = 30.44
WORDS = {"P1M": "one month", "P2M": "two months", "P3M": "three months", "P6M": "six months", "P1Y": "a year"}


def series_section(plan: Plan) -> Section | None:
    """In words, for the contributor's eyes: exact counts. None where the policy makes no series."""
    series = plan.series
    if series is None:
        return None
    rows = [("persons who are in it for the first time", str(series.came))]
    rows += [
        (f"persons who wait since {day.isoformat()}", f"{count} (fewer than k newcomers are alike)")
        for day, count in series.waiting.items()
    ]
    rows += [
        (what, str(count))
        for what, count in (
            ("persons whose correction waits; they leave as they were", series.corrections),
            ("persons who withdrew, and are in it no more", series.withdrawn),
            ("persons who leave for good, for a row that may not leave any more", series.given_up),
            ("others who leave for good with them, so that nobody is seen to leave alone", series.withdrawn_with),
            ("persons at hand who left for good before", series.kept_out),
        )
        if count
    ]
    words = (
        f"Release {series.number} of this series. Everybody keeps the class in which he first left.",
        *_due(plan, series),
        *_pace(plan, series),
    )
    return Section("Series", words, Table(("", ""), tuple(rows)))


def series_json(plan: Plan) -> dict[str, Any] | None:
    """The same as an object."""
    series = plan.series
    if series is None or plan.policy.release.series is None:
        return None
    rate = arrivals_per_day(series.past, series.came, sum(series.waiting.values()), series.day)
    return {
        "number": series.number,
        "came": series.came,
        "waiting": [{"since": day.isoformat(), "persons": count} for day, count in series.waiting.items()],
        "corrections": series.corrections,
        "withdrawn": series.withdrawn,
        "given_up": series.given_up,
        "withdrawn_with": series.withdrawn_with,
        "kept_out": series.kept_out,
        "every": plan.policy.release.series.every,
        "recommended": None if rate is None else shortest_interval(rate, plan.policy.disclosure.k),
    }


def _due(plan: Plan, series: Following) -> tuple[str, ...]:
    if not series.past or plan.policy.release.series is None:
        return ()
    last = series.past[-1].day
    due = after(last, plan.policy.release.series.every)
    if series.day >= due:
        return ()
    return (f"The last one was drafted on {last.isoformat()}; by the policy the next is due on {due.isoformat()}.",)


def _pace(plan: Plan, series: Following) -> tuple[str, ...]:
    rate = arrivals_per_day(series.past, series.came, sum(series.waiting.values()), series.day)
    if rate is None or plan.policy.release.series is None:
        return ()
    k, asked = plan.policy.disclosure.k, plan.policy.release.series.every
    found = shortest_interval(rate, k)
    enough = "a year is too short for" if found is None else f"{WORDS[found]} ({found}) is enough for"
    came = f"So far {rate * MONTH:.1f} new persons a month came"
    return (f"{came}: {enough} 19 of 20 releases to take in all newcomers (k = {k}); the policy says {asked}.",)
