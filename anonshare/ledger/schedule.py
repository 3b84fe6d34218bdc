"""When a log grows, and by how much: by the clock alone, so that its size tells nobody who reports when.

Every period adds one batch of fixed size; what is missing is filled with random digests, which nobody can tell from
those of payloads, and what is too much waits. The batch is shuffled: a place in it says nothing of how many were real.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anonshare.errors import InputError
from anonshare.wire.merkle import HASH

__all__ = ["MOST_AT_ONCE", "Schedule", "filled"]

MOST_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Schedule:
    """One batch of ``batch`` entries after each period ``every`` since ``start``; the log had ``base`` entries then.

    Raises InputError for a start without a time zone, or a period or batch that is not above zero.
    """

    start: datetime
    every: timedelta
    batch: int
    base: int = 0

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.every <= timedelta(0) or self.batch < 1 or self.base < 0:
            raise InputError("A schedule of a log needs a start with a time zone, a period and a batch above zero.")

    def size_at(self, now: datetime) -> int:
        """How many entries the log has at ``now``: a function of the clock. Raises InputError without a time zone."""
        if now.utcoffset() is None:
            raise InputError("A time without a time zone is no time for a schedule.")
        return self.base + max(0, (now - self.start) // self.every) * self.batch


def filled(digests: Sequence[bytes], size: int) -> tuple[bytes, ...]:
    """At most ``size`` of these digests and random ones up to exactly ``size``, in random order.

    Raises InputError where more are asked for than a clock that is right can ask for.
    """
    if size > MOST_AT_ONCE:
        raise InputError(
            f"The schedule asks for more than {MOST_AT_ONCE:,} entries at once.",
            hint="Check the clock and the schedule.",
        )
    batch = [*digests[:size], *(secrets.token_bytes(HASH) for _ in range(size - len(digests)))]
    secrets.SystemRandom().shuffle(batch)
    return tuple(batch)
