"""A card and its earlier versions in one file, a line each: who pinned one of them follows the root keys to the newest.

The rule is TUF's for its root role (specification 1.0.33, section 5.3): version N + 1 is signed by the root keys of N and
by its own; none is left out; nothing goes back.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from itertools import pairwise

from anonshare.errors import UntrustedSigner
from anonshare.trust.card import CARD_TYPE, ContactCard, card_digest, open_card
from anonshare.trust.envelopes import signed_by
from anonshare.wire.dsse import decode

__all__ = ["MOST_VERSIONS", "CardVersion", "append_version", "follow", "newest", "read_versions"]

MOST_VERSIONS = 64


@dataclass(frozen=True, slots=True)
class CardVersion:
    """One version: the signed envelope, and the card in it."""

    data: bytes
    card: ContactCard

    @property
    def base64(self) -> str:
        """The envelope as a store keeps it."""
        return b64encode(self.data).decode()


def read_versions(data: bytes) -> tuple[CardVersion, ...]:
    """The versions in a card file, the oldest first, each following from the one before.

    Raises UntrustedSigner or MalformedBundle for a file that is none, a version that is missing, unsigned, or forgets.
    """
    lines = data.removesuffix(b"\n").split(b"\n")
    if len(lines) > MOST_VERSIONS:
        raise UntrustedSigner(f"A card file holds more than {MOST_VERSIONS} versions.")
    versions = tuple(CardVersion(line, open_card(line)) for line in lines)
    for before, after in pairwise(versions):
        _must_follow(before, after)
    return versions


def newest(data: bytes) -> CardVersion:
    """The newest version in a card file; raises as ``read_versions``."""
    return read_versions(data)[-1]


def append_version(data: bytes, card: bytes) -> bytes:
    """The card file with one more version; the oldest ones go where there would be too many."""
    lines = [*data.removesuffix(b"\n").split(b"\n"), card][-MOST_VERSIONS:]
    return b"\n".join(lines) + b"\n"


def follow(pinned: bytes, data: bytes) -> CardVersion:
    """The newest version in a card file, for somebody who has pinned the version ``pinned`` (its envelope).

    Raises UntrustedSigner where the file does not lead from that version to a newer one.
    """
    have, versions = CardVersion(pinned, open_card(pinned)), read_versions(data)
    last = versions[-1]
    same = [v for v in versions if v.card.version == have.card.version]
    if same and card_digest(same[0].data) != card_digest(pinned):
        raise UntrustedSigner(
            "There are two cards of this organisation with one number: keep both as evidence.", reason="fork"
        )
    if last.card.version <= have.card.version:
        raise UntrustedSigner("A card of this name is pinned in this or a newer version.")
    following = [version for version in versions if version.card.version > have.card.version]
    if following[0].card.version != have.card.version + 1:
        raise UntrustedSigner(
            "Versions of the card are missing between the pinned one and those in the file.",
            hint="Ask the organisation for its whole card file, or pin it anew: anonshare trust repin",
        )
    _must_follow(have, following[0])
    return last


def _must_follow(before: CardVersion, after: CardVersion) -> None:
    old, new = before.card, after.card
    if (old.id, old.kind, old.exercise, old.version + 1) != (new.id, new.kind, new.exercise, new.version):
        raise UntrustedSigner("A version of the card does not follow from the one before.")
    if not signed_by(decode(after.data), CARD_TYPE, old.root.ders, old.root.threshold, "contact card"):
        raise UntrustedSigner("A version of the card is not signed by the root keys of the version before.")
    _must_not_forget(old, new)


def _must_not_forget(old: ContactCard, new: ContactCard) -> None:
    """A key that ever counted stays on the card with its end: what it signed must stay verifiable, and undoable."""
    now = {key.keyid: key for key in new.keys}
    for key in old.keys:
        kept = now.get(key.keyid)
        if kept is None or kept.spki != key.spki:
            raise UntrustedSigner("A version of the card has lost a key that the one before had.")
        if key.status != "valid" and kept.status == "valid":
            raise UntrustedSigner("A version of the card takes back the end of a key.")
