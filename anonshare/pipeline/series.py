"""A release that follows others of its stream: everybody as he left before, newcomers among themselves, or waiting."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from anonshare.disclosure.loss import certainty_penalty, exact_levels
from anonshare.disclosure.mixing import tie_key
from anonshare.disclosure.series_memory import Memory
from anonshare.disclosure.series_rows import Leaving
from anonshare.disclosure.series_step import Moved
from anonshare.disclosure.signatures import person_signatures
from anonshare.files import read_bytes, write_private
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.earlier_rows import rows_to_keep
from anonshare.pipeline.first_pass import FirstPass, sensitive_names
from anonshare.pipeline.hierarchies import Hierarchies
from anonshare.pipeline.inputs import Inputs
from anonshare.pipeline.recode import Recoded, coded_rows, codes_of_sensitive, recode_rows, recoded_as
from anonshare.pipeline.series_store import PastRelease, SeriesKept, read_series, series_path, write_series
from anonshare.pipeline.series_work import ReadAgain, Work
from anonshare.policy.model import Policy
from anonshare.shapes import CodedRows, Progress, Recipe, no_progress
from anonshare.wire.strict_json import canonical
from anonshare.workspace import Workspace

__all__ = ["Continued", "Following", "follow", "keep_series", "save_series"]


@dataclass(frozen=True, slots=True)
class Following:
    """What a plan knows of the series that it goes on with.

    ``waiting`` counts the persons held back, by the day since which they wait; ``withdrawn_with`` leave for good
    together with somebody who withdrew, ``given_up`` for a row that may not leave any more; ``kept_out`` are at hand and
    left for good before; ``corrections`` wait and leave as they were.
    """

    number: int
    day: date
    came: int
    waiting: Mapping[date, int]
    withdrawn: int
    withdrawn_with: int
    given_up: int
    kept_out: int
    corrections: int
    past: tuple[PastRelease, ...]
    memory: Memory = field(repr=False)


@dataclass(frozen=True, slots=True)
class Continued:
    """The inputs with all that leaves as before, what was read of them, how it is recoded; and why nothing follows."""

    inputs: Inputs = field(repr=False)
    first: FirstPass = field(repr=False)
    recoded: Recoded = field(repr=False)
    series: Following | None = None
    broken: str | None = None


def follow(
    policy: Policy,
    home: Workspace,
    inputs: Inputs,
    first: FirstPass,
    hierarchies: Hierarchies,
    read_again: ReadAgain,
    progress: Progress = no_progress,
) -> Continued:
    """The next release of the stream; the first one where the policy makes no series.

    ``read_again`` makes the first pass over other inputs. Raises DisclosureError where no recoding can hold the models.
    """
    key = home.secret("ledger")

    def plain() -> Recoded:
        return recode_rows(policy, first.coded, hierarchies, tie_key(key), progress)

    if policy.release.series is None or not policy.released:
        return Continued(inputs, first, plain())
    before = read_series(home.folder("ledger"), policy.stream, key)
    rows = coded_rows(policy, first.coded, hierarchies)
    broken = _broken(policy, home, before, rows)
    if broken is not None:
        return Continued(inputs, first, plain(), broken=broken)
    memory = before.memory if before else Memory(ties=tie_key(key), asked=_asked(policy, rows))
    work = Work(policy, key, hierarchies, inputs, memory, before.tables if before else {}, read_again)
    moved, leaving = work.settle(first)
    if not leaving.kept.any() and before is None:
        plain()  # says which model cannot be held
    codes = codes_of_sensitive(policy, work.first.coded)
    recoded = recoded_as(policy, leaving.rows, _recipe(leaving), codes)
    past = before.releases if before else ()
    return Continued(work.inputs, work.first, recoded, _told(work, moved, past, hierarchies.as_of))


def save_series(following: Following, inputs: Inputs, stream: str, stage: Path, bundle_id: str, key: bytes) -> None:
    """Write what the series will remember beside a draft, until it leaves."""
    entry = PastRelease(bundle_id, following.day, following.came, sum(following.waiting.values()))
    tables = rows_to_keep(inputs, key, following.memory.rows)
    write_series(stage, SeriesKept(stream, (*following.past, entry), following.memory, tables), key)


def keep_series(draft: Path, ledger: Path, stream: str) -> None:
    """Move it to the ledger as the draft leaves; a draft that makes no series has none."""
    made = series_path(draft, stream)
    if made.is_file():
        write_private(series_path(ledger, stream), read_bytes(made, "draft"), "memory of the series")


def _broken(policy: Policy, home: Workspace, before: SeriesKept | None, rows: CodedRows) -> str | None:
    """Why the series cannot go on, None where it can."""
    ledger = Ledger.open(home.folder("ledger"))
    released = ledger.releases(policy.stream)
    if before is None:
        return "what left before in this series is not known: restore the ledger from a backup" if released else None
    if any(one.bundle_id == before.bundle_id for one in ledger.open_reservations()):
        return "sealing the last draft was not finished: seal it again"
    if not released or released[-1].bundle_id != before.bundle_id:
        return "what the series remembers is not of its last release: restore the ledger from a backup"
    if before.memory.asked != _asked(policy, rows):
        return (
            "the series was begun with other key or sensitive columns, or hierarchies of another height: go on with "
            "those, for what left under them cannot be changed"
        )
    return None


def _asked(policy: Policy, rows: CodedRows) -> str:
    """What must stay in a series: a row that left is remembered by these columns and levels."""
    told = {
        "tables": list(policy.counted),
        "keys": [[column.name, str(len(column.labels))] for column in rows.columns],
        "sensitive": sensitive_names(policy),
    }
    return hashlib.sha256(canonical(told)).hexdigest()


def _recipe(leaving: Leaving) -> Recipe:
    levels = exact_levels(leaving.rows, leaving.levels)
    return Recipe(
        levels=levels,
        kept=leaving.kept,
        signature=person_signatures(leaving.rows, levels, leaving.kept),
        loss=certainty_penalty(leaving.rows, levels, leaving.kept),
    )


def _told(work: Work, moved: Moved, past: tuple[PastRelease, ...], today: date) -> Following:
    before, after = work.memory, moved.after
    days = [*(one.day for one in past), today]
    left = before.rows.keys() - after.rows.keys()
    return Following(
        number=after.number,
        day=today,
        came=len(after.rows.keys() - before.rows.keys()),
        waiting=dict(sorted(Counter(days[since - 1] for since in after.waiting.values()).items())),
        withdrawn=len(left) - moved.withdrawn_with - len(work.given_up & left),
        withdrawn_with=moved.withdrawn_with,
        given_up=len(work.given_up & left),
        kept_out=moved.kept_out,
        corrections=len(work.carried),
        past=past,
        memory=after,
    )
