"""What a ledger writes down of the keys of tokens: under which epoch a bundle left, and what became of the epochs."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["KeyDestroyed", "KeyRotated", "Keyed"]


@dataclass(frozen=True, slots=True)
class Keyed:
    """The tokens of a bundle are of this epoch, made with these keys (their outward ids, none without tokens).

    At ``delete_at`` its recipient deletes it; None where no day was agreed.
    """

    stream: str
    seq: int
    bundle_id: str
    epoch: str
    key_ids: tuple[str, ...]
    delete_at: str | None
    when: str


@dataclass(frozen=True, slots=True)
class KeyRotated:
    """A new epoch began; what was made before is of an earlier one."""

    epoch: str
    when: str


@dataclass(frozen=True, slots=True)
class KeyDestroyed:
    """The root of an epoch was destroyed: on whose word, and why. Its tokens cannot be made again."""

    epoch: str
    key_ids: tuple[str, ...]
    by: str
    reason: str
    when: str
