"""Releases laid side by side: who stands alone in an intersection, and which class changed by a few persons.

k-anonymity does not compose (Ganta, Kasiviswanathan, Smith 2008): two releases that hold k each may, together, point at
one person. Recipients are taken to compare notes, so all releases count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from anonshare.shapes import Verdict

__all__ = ["compose"]

Memberships = Mapping[bytes, bytes]
_Pattern = tuple[bytes | None, ...]


def compose(previous: Sequence[Memberships], new: Memberships, k: int) -> Verdict:
    """Whether ``new`` beside all ``previous`` releases leaves everybody among at least ``k`` persons.

    Each release maps persons to classes, as keyed digests; classes of two releases are the same if their digests are.
    Two laws: the persons who share all of somebody's classes, over every release that he is in, are at least ``k``; and
    of each class, since each earlier release, nobody or at least ``k`` persons came, and nobody or at least ``k`` left.
    An empty new release meets nothing. Shortfalls are counts.
    """
    crossed = [size for size in _intersections([*previous, new]) if size < k]
    moved = [size for earlier in previous for size in _changes(earlier, new) if size < k]
    missing = []
    if not new:
        missing.append("no person is in the new release, so nothing can be judged")
    if crossed:
        missing.append(f"{len(crossed)} persons share their classes with fewer than {k} persons over all releases")
    if moved:
        missing.append(f"{len(moved)} classes changed by fewer than {k} persons since an earlier release")
    return Verdict(
        check="composition",
        met=not missing,
        evidence="attested",
        promised=str(k),
        found=str(min([*crossed, *moved], default=k)) if new else "0",
        missing=tuple(missing),
    )


def _intersections(releases: Sequence[Memberships]) -> Iterator[int]:
    """For every person, how many share all of his classes, over the releases that he is in."""
    everybody = dict.fromkeys(person for release in releases for person in release)
    patterns = Counter(tuple(release.get(person) for release in releases) for person in everybody)
    shared: dict[tuple[int, ...], Counter[_Pattern]] = {}
    for pattern, count in patterns.items():
        present = tuple(i for i, value in enumerate(pattern) if value is not None)
        if present not in shared:
            shared[present] = _projected(patterns, present)
        yield from [shared[present][tuple(pattern[i] for i in present)]] * count


def _projected(patterns: Mapping[_Pattern, int], present: Sequence[int]) -> Counter[_Pattern]:
    """Persons per combination of classes in the releases ``present``, of those who are in all of them."""
    found: Counter[_Pattern] = Counter()
    for pattern, count in patterns.items():
        seen = tuple(pattern[i] for i in present)
        if None not in seen:
            found[seen] += count
    return found


def _changes(earlier: Memberships, new: Memberships) -> Iterator[int]:
    """How many came to and how many left each class between two releases, where any did."""
    came = Counter(number for person, number in new.items() if earlier.get(person) != number)
    left = Counter(number for person, number in earlier.items() if new.get(person) != number)
    yield from came.values()
    yield from left.values()
