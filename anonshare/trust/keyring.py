"""The roots of all tokens, one for each epoch: an epoch ends, and its root can be destroyed for ever.

Every root is drawn anew. One that was derived from a permanent secret could be derived again after its destruction.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from anonshare.errors import AnonshareError, KeyFileError
from anonshare.trust.model import Base64, Model, Stamp, validated
from anonshare.trust.words import fingerprint_words
from anonshare.wire.strict_json import canonical, parse

__all__ = ["ROOT_BYTES", "Epoch", "Keyring", "complete", "decode_keyring", "epoch_words", "fingerprint"]

ROOT_BYTES = 32
FIRST = "1"
MOST_EPOCHS = 256
Name = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,5}$")]


@dataclass(frozen=True, slots=True)
class Epoch:
    """An epoch and its root; None where the root was destroyed, or lost. Times are UTC (RFC 3339)."""

    root: bytes | None = field(repr=False)
    created: str | None
    ended: str | None = None
    destroyed: str | None = None

    @property
    def state(self) -> Literal["current", "ended", "destroyed", "lost"]:
        """What has become of it."""
        if self.destroyed is not None:
            return "destroyed"
        if self.root is None:
            return "lost"
        return "current" if self.ended is None else "ended"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The epochs of a workspace, of which ``current`` is the one that makes tokens."""

    current: str
    epochs: Mapping[str, Epoch]

    @classmethod
    def new(cls, now: str) -> Keyring:
        """A keyring with its first epoch."""
        return cls(FIRST, {FIRST: Epoch(secrets.token_bytes(ROOT_BYTES), now)})

    def current_root(self) -> bytes:
        """The root that makes tokens; raises KeyFileError where it is lost."""
        return self.root(self.current)

    def root(self, epoch: str) -> bytes:
        """The root of an epoch; raises KeyFileError where there is none: unknown, destroyed or lost."""
        found = self._epoch(epoch)
        if found.root is not None:
            return found.root
        if found.destroyed is not None:
            raise KeyFileError(f"The key of epoch {epoch} was destroyed.", reason="destroyed")
        raise KeyFileError(
            f"The key of epoch {epoch} is lost.",
            hint="Bring it back from its paper shares: anonshare keys recover SHEET SHEET",
            reason="lost",
        )

    def next_epoch(self) -> str:
        """The name that the next epoch has."""
        return str(max(int(name) for name in self.epochs) + 1)

    def rotate(self, now: str) -> Keyring:
        """The keyring with a new epoch; the one before ends and can still be read."""
        if len(self.epochs) >= MOST_EPOCHS:
            raise KeyFileError(f"A keyring has at most {MOST_EPOCHS} epochs.")
        name, before = self.next_epoch(), self._epoch(self.current)
        ended = {self.current: before if before.ended else replace(before, ended=now)}
        return Keyring(name, {**self.epochs, **ended, name: Epoch(secrets.token_bytes(ROOT_BYTES), now)})

    def destroy(self, epoch: str, now: str) -> Keyring:
        """The keyring without the root of an epoch; a second time changes nothing. Refuses the current one."""
        found = self._epoch(epoch)
        if epoch == self.current:
            raise KeyFileError(
                "The key of the current epoch makes tokens and is not destroyed.", hint="First: anonshare keys rotate"
            )
        if found.destroyed is not None:
            return self
        return Keyring(self.current, {**self.epochs, epoch: replace(found, root=None, destroyed=now)})

    def recover(self, epoch: str, root: bytes) -> Keyring:
        """The keyring with a root that it had lost; refuses one that is there, or was destroyed on purpose."""
        found = self._epoch(epoch)
        if found.destroyed is not None:
            raise KeyFileError(
                f"The key of epoch {epoch} was destroyed and does not come back.", hint="Burn its paper shares.",
                reason="destroyed",
            )  # fmt: skip
        if found.root is not None:
            raise KeyFileError(f"The keyring opens and holds the key of epoch {epoch}: there is nothing to recover.")
        return Keyring(self.current, {**self.epochs, epoch: replace(found, root=root)})

    def fingerprints(self) -> dict[str, str]:
        """Epoch -> public fingerprint, of those whose root is here."""
        return {name: fingerprint(one.root, name) for name, one in self.epochs.items() if one.root is not None}

    def must_be_newest(self, known: Mapping[str, str]) -> None:
        """Raise KeyFileError where an epoch of the public list is missing here, or has another root: an older file."""
        mine = self.fingerprints()
        if known.keys() - self.epochs.keys() or any(mine.get(name, digest) != digest for name, digest in known.items()):
            raise KeyFileError(
                "The keyring is not the newest one: the list of its epochs says otherwise.",
                hint="Restore keys/tokens.sealed from the newest backup, or: anonshare keys recover SHEET SHEET",
                reason="old-keyring",
            )

    def encode(self) -> bytes:
        """The canonical bytes, which the vault seals."""
        epochs = {
            name: {
                "root": None if one.root is None else b64encode(one.root).decode(),
                "created": one.created,
                "ended": one.ended,
                "destroyed": one.destroyed,
            }
            for name, one in self.epochs.items()
        }
        return canonical({"keyring": "keyring/1", "current": self.current, "epochs": epochs})

    def _epoch(self, name: str) -> Epoch:
        found = self.epochs.get(name)
        if found is None:
            raise KeyFileError("There is no such epoch.", hint="anonshare keys epochs", reason="no-epoch")
        return found


def complete(
    epochs: Mapping[str, Epoch], known: Iterable[str], began: Mapping[str, str], destroyed: Mapping[str, str]
) -> Keyring:
    """A keyring of ``epochs`` and of all that are ``known``; at least one."""
    names = sorted({*epochs, *known}, key=int)
    ends = {name: began.get(following) for name, following in pairwise(names)}
    whole = {}
    for name in names:
        one = epochs.get(name, Epoch(None, began.get(name)))
        gone = one.destroyed or destroyed.get(name)
        whole[name] = Epoch(None if gone else one.root, one.created, one.ended or ends.get(name), gone)
    return Keyring(names[-1], whole)


class _Epoch(Model):
    root: Base64 | None
    created: Stamp | None
    ended: Stamp | None
    destroyed: Stamp | None


class _Keyring(Model):
    keyring: Literal["keyring/1"]
    current: Name
    epochs: Annotated[dict[Name, _Epoch], Field(min_length=1, max_length=MOST_EPOCHS)]


def decode_keyring(data: bytes) -> Keyring:
    """The keyring that the vault opened; 32 bare bytes are the root of a workspace from before there were epochs.

    Raises KeyFileError for anything else.
    """
    if len(data) == ROOT_BYTES:
        return Keyring(FIRST, {FIRST: Epoch(data, None)})
    found = _decoded(data)
    if found is None:
        raise KeyFileError("The keyring is damaged.", hint="Restore keys/tokens.sealed from a backup.")
    return found


def _decoded(data: bytes) -> Keyring | None:
    try:
        raw = validated(_Keyring, parse(data), "keyring")
    except AnonshareError:
        return None
    epochs = {
        name: Epoch(None if one.root is None else b64decode(one.root), one.created, one.ended, one.destroyed)
        for name, one in raw.epochs.items()
    }
    whole = all(one.root is None or (len(one.root) == ROOT_BYTES and not one.destroyed) for one in epochs.values())
    return Keyring(raw.current, epochs) if whole and raw.current in epochs else None


def fingerprint(root: bytes, epoch: str) -> str:
    """What may be public of a root, 64 hex digits: it tells roots and epochs apart, and gives neither away."""
    return hmac.digest(root, b"anonshare epoch fingerprint\x00" + epoch.encode(), hashlib.sha256).hex()


def epoch_words(digest: str) -> str:
    """A fingerprint as words that people read to each other."""
    return " ".join(fingerprint_words(bytes.fromhex(digest)))
