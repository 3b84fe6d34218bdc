"""k-anonymity over persons (Sweeney 2002): nobody is alike with fewer than k - 1 others."""

from __future__ import annotations

from anonshare.shapes import FrequencyTable, Verdict

__all__ = ["judge"]


def judge(table: FrequencyTable, *, k: int) -> Verdict:
    """Whether every signature is shared by at least ``k`` distinct persons; an empty table meets nothing."""
    smallest = min(table.persons.values(), default=0)
    small = [count for count in table.persons.values() if count < k]
    missing: tuple[str, ...] = ()
    if not table.persons:
        missing = ("no person is left, so nothing can be judged",)
    elif small:
        missing = (f"{len(small)} of {len(table.persons)} classes with {sum(small)} persons are below {k}",)
    return Verdict(
        check="k_anonymity",
        met=not missing,
        evidence="recomputed",
        promised=str(k),
        found=str(smallest),
        missing=missing,
    )
