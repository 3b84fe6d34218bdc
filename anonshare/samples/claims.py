"""Insurance policies and claims as linked tables, with rings of accounts and phones that several claimants share.

Dates are mixed as in real exports: day first in one column, year first in another. Deterministic for (policies, seed).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from anonshare.files import make_private_dir, writing
from anonshare.samples.people import draw_people

__all__ = ["CLAIM_COLUMNS", "POLICY_COLUMNS", "Claims", "claims"]

POLICY_COLUMNS = (
    "policy_id", "customer_no", "first_name", "last_name", "birth_date", "sex", "region", "sector", "email", "phone",
    "issue_date",
)  # fmt: skip
CLAIM_COLUMNS = (
    "claim_no", "policy_id", "reported_date", "status", "amount", "beneficiary_name", "relationship",
    "beneficiary_iban", "contact_phone", "red_flag",
)  # fmt: skip
REGIONS = ("North", "South", "East", "West", "Capital")
SECTORS = ("A", "C", "F", "H", "I", "N", "Q", "T")
FLAGS = ("none", "same account, other person", "paid in cash", "new policy", "address is an employer's")
RING_SIZE = 6


@dataclass(frozen=True, slots=True)
class Claims:
    """Tables by name (columns, rows of text or None); ``rings[claim]`` numbers the ring of a claim, -1 for none."""

    tables: Mapping[str, tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]]] = field(repr=False)
    rings: tuple[int, ...] = field(repr=False)

    def write(self, folder: Path | str) -> Path:
        """A folder with ``policies.csv`` and ``claims.csv``."""
        target = make_private_dir(Path(folder), "the sample")
        for name, (columns, rows) in self.tables.items():
            with writing("the sample"), (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
        return target


def claims(policies: int, seed: int = 7) -> Claims:
    """``policies`` policies of three quarters as many customers, about 0.7 claims a policy, a ring for each 200."""
    rng = np.random.default_rng(seed)
    customers = max(policies * 3 // 4, 1)
    holder = np.concatenate([np.arange(customers), rng.integers(0, customers, policies - customers)])
    people = draw_people(customers, rng)
    days = _days(rng, policies, "2015-01-01", 3000)
    sector, region = rng.choice(SECTORS, customers), rng.choice(REGIONS, customers, p=[0.2, 0.2, 0.15, 0.15, 0.3])
    rows = [
        (
            f"P{n:08}", f"C{c:07}", str(people.first[c]), str(people.last[c]), str(people.birth[c]).replace("-", "/"),
            "F" if people.gender[c] == "Feminine" else "M", str(region[c]), str(sector[c]), str(people.email[c]) or None,
            str(people.phone[c]) or None, str(day),
        )
        for n, (c, day) in enumerate(zip(holder.tolist(), days, strict=True))
    ]  # fmt: skip
    made, rings = _claims(rng, policies, [row[9] for row in rows])
    return Claims({"policies": (POLICY_COLUMNS, tuple(rows)), "claims": (CLAIM_COLUMNS, tuple(made))}, rings)


def _claims(
    rng: np.random.Generator, policies: int, phones: list[str | None]
) -> tuple[list[tuple[str | None, ...]], tuple[int, ...]]:
    count = policies * 7 // 10
    of = rng.integers(0, policies, count)
    ring = np.full(count, -1)
    for number in range(max(policies // 200, 1)):
        ring[rng.choice(count, min(RING_SIZE, count), replace=False)] = number
    others = draw_people(count, rng)
    days = _days(rng, count, "2022-01-01", 1000)
    status = rng.choice(["paid", "open", "refused"], count, p=[0.6, 0.25, 0.15])
    amount = np.round(rng.lognormal(8, 0.8, count), -2).astype(int)
    relation = rng.choice(["spouse", "child", "other"], count, p=[0.4, 0.35, 0.25])
    flag = np.where(ring >= 0, FLAGS[1], rng.choice(FLAGS, count, p=[0.9, 0.02, 0.03, 0.03, 0.02]))
    rows: list[tuple[str | None, ...]] = [
        (
            f"K{n:08}", f"P{of[n]:08}", f"{day[8:10]}/{day[5:7]}/{day[:4]}", str(status[n]), str(amount[n]),
            f"{others.first[n]} {others.last[n]}", str(relation[n]),
            _iban(900_000_000 + int(ring[n]) if ring[n] >= 0 else n),
            _shared_phone(int(ring[n])) if ring[n] >= 0 else phones[int(of[n])], str(flag[n]),
        )
        for n, day in enumerate(days)
    ]  # fmt: skip
    return rows, tuple(ring.tolist())


def _days(rng: np.random.Generator, count: int, first: str, span: int) -> list[str]:
    days = np.datetime64(first) + rng.integers(0, span, count).astype("timedelta64[D]")
    found: list[str] = days.astype(str).tolist()
    return found


def _iban(number: int) -> str:
    """A Romanian IBAN with right check digits (ISO 13616) at a bank that does not exist."""
    account = f"XXXX{number:016}"
    digits = "".join(str(int(c, 36)) for c in f"{account}RO00")
    return f"RO{98 - int(digits) % 97:02}{account}"


def _shared_phone(ring: int) -> str:
    return f"+4072{1_000_000 + ring:07}"
