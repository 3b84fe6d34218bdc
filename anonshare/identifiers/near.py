"""Composite keys of persons that differ by what a hasty typist does: one slip in one part, or one part left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

__all__ = ["near_pairs", "one_slip"]

Key = tuple[str | None, ...]
CROWD = 200
"""More persons than this who share all parts but one are not compared: a family name with one birthday is no key."""


def one_slip(one: str, two: str) -> bool:
    """Whether two texts differ by one letter more, less or other, or by two neighbours that changed places."""
    if one == two or abs(len(one) - len(two)) > 1 or min(len(one), len(two)) < 2:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    a, b = one[start:], two[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]


def near_pairs(keys: Sequence[Key]) -> tuple[tuple[int, int], ...]:
    """Pairs of numbers of keys that agree in all parts but one, in which they differ by one slip or one has nothing.

    A key of a single part is compared with none: everybody would be near somebody.
    """
    if not keys or len(keys[0]) < 2:
        return ()
    found: set[tuple[int, int]] = set()
    for part in range(len(keys[0])):
        found.update(_agreeing(keys, part))
    return tuple(sorted(found))


def _agreeing(keys: Sequence[Key], part: int) -> Iterator[tuple[int, int]]:
    groups: dict[Key, list[int]] = {}
    for number, key in enumerate(keys):
        rest = (*key[:part], *key[part + 1 :])
        if any(rest):
            groups.setdefault(rest, []).append(number)
    for group in groups.values():
        if len(group) > CROWD:
            continue
        for a, b in combinations(group, 2):
            one, two = keys[a][part], keys[b][part]
            if one is None or two is None or one_slip(one, two):
                yield a, b
