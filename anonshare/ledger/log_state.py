"""What a log knows and does not publish: digests that wait, the batch being published, the last checkpoint.

A batch is drawn and written down before anything of it is published. After a crash the same batch is published: the log
never signs two trees of one size.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anonshare.errors import AnonshareError, LedgerError, MalformedBundle
from anonshare.files import read_bytes, write_private
from anonshare.wire.merkle import HASH
from anonshare.wire.strict_json import canonical, parse

__all__ = ["LogState", "damaged", "read_state", "write_state"]

_FILE = "log.json"
_LIMIT = 256 << 20


@dataclass(frozen=True, slots=True)
class LogState:
    """The origin, the size before the batch being published, that batch, what waits, and the last note published."""

    origin: str
    base: int = 0
    batch: tuple[bytes, ...] = ()
    waiting: tuple[bytes, ...] = ()
    published: bytes = b""


def damaged(hint: str = "Restore the folder from a backup, and keep this copy as evidence.") -> LedgerError:
    """The error for files of a log that are not as they were written."""
    return LedgerError("The log is damaged: a file was changed, removed or set back.", hint=hint, reason="damaged")


def read_state(folder: Path) -> LogState:
    """The state of the log in a folder; raises LedgerError where it is missing or was not written by us."""
    try:
        return _from_json(parse(read_bytes(folder / _FILE, "state of the log", _LIMIT), limit=_LIMIT))
    except (AnonshareError, KeyError, TypeError, ValueError, AttributeError):
        raise damaged() from None


def write_state(folder: Path, state: LogState) -> None:
    """Write the state whole, readable by its owner alone (0600); raises StorageError where the disk refuses."""
    raw = {
        "base": state.base,
        "batch": [one.hex() for one in state.batch],
        "origin": state.origin,
        "published": state.published.hex(),
        "waiting": [one.hex() for one in state.waiting],
    }
    write_private(folder / _FILE, canonical(raw), "the state of the log")


def _from_json(raw: dict[str, Any]) -> LogState:
    batch, waiting = (tuple(bytes.fromhex(one) for one in raw[key]) for key in ("batch", "waiting"))
    if any(len(one) != HASH for one in (*batch, *waiting)) or not isinstance(raw["base"], int):
        raise MalformedBundle("The state of a log holds other things than digests.")
    return LogState(str(raw["origin"]), raw["base"], batch, waiting, bytes.fromhex(raw["published"]))
