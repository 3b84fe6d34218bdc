"""Clients and their visits over several releases of one series, small enough that each plan takes a blink."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pandas as pd

import anonshare as an
from tests.pipeline.people_story import POLICY as PEOPLE

START = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
TURNING_18 = (START - timedelta(days=18 * 365.25 - 20)).date().isoformat()
"""Whoever was born on this day has a birthday twenty days after the first release."""
POLICY = (
    PEOPLE.replace("{mode: not_required, reason: x}", "{mode: opt_in, column: consent, covers: x}")
    .replace("        city: {role: quasi_identifier, do: keep}\n", """\
        consent: {role: internal, do: drop}
        born: {role: quasi_identifier, do: {generalize: {hierarchy: ctdc_age}}}
        city: {role: quasi_identifier, do: keep}
""")
    .replace("        note: {role: narrative, do: {masked: {accept: model}}}\n", """\
        kind: {role: quasi_identifier, do: keep}
        outcome: {role: sensitive, known_to: [nobody]}
""")
    .replace("models: [{k_anonymity: 11}], ", """\
models: [{k_anonymity: 3}, {l_diversity: {column: outcome, l: 2}}], exception: {who: x, why: a test}, """)
)  # fmt: skip
CITIES, OUTCOMES = ("Cluj", "Iasi"), ("home", "shelter", "abroad")


@dataclass
class Files:
    """What the office has: clients by number, each with his consent, birth date and city, and his visits."""

    clients: dict[int, dict[str, str]] = field(default_factory=dict)
    visits: dict[int, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, count: int) -> range:
        """Further clients, of every kind."""
        start = max(self.clients, default=-1) + 1
        for n in range(start, start + count):
            self.clients[n] = {"consent": "yes", "born": ("1985-03-01", TURNING_18)[n % 2], "city": CITIES[n // 2 % 2]}
            self.visits[n] = [("first", OUTCOMES[n % 3])]
        return range(start, start + count)

    def remove(self, *numbers: int) -> None:
        for n in numbers:
            del self.clients[n], self.visits[n]

    def tables(self) -> dict[str, pd.DataFrame]:
        clients = [
            {"id": str(n), "name": name(n), "phone": f"+4072100{1000 + n:04d}", **own}
            for n, own in self.clients.items()
        ]
        visits = [
            {"client": str(n), "seen_phone": f"+4072100{1000 + n:04d}", "kind": kind, "outcome": outcome}
            for n, own in self.visits.items()
            for kind, outcome in own
        ]
        return {"clients": pd.DataFrame(clients), "visits": pd.DataFrame(visits)}


def name(number: int) -> str:
    """A name for a number, no two of which differ by a slip."""
    letters = "".join("abcdefghij"[int(digit)] * 3 for digit in f"{number:03d}")
    return f"Client {letters}"


def planned(world, files: Files, days: int) -> an.Plan:
    """The plan of a release so many days after the first."""
    return an.plan(files.tables(), world.write_policy(POLICY, "visits"), world.office, now=START + timedelta(days=days))


def released(world, plan):
    """Draft, approve and seal it; the tables that left."""
    work = an.draft(plan)
    frames = {t: pd.read_csv(work.folder / "files" / "data" / f"{t}.csv", dtype=str) for t in ("clients", "visits")}
    an.seal(work, world.approvals(work), world.root / "out")
    return frames
