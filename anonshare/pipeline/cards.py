"""Other organisations' cards: pinned after their words were read over the phone, followed by their root keys after that."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from anonshare.errors import UntrustedSigner, UsageError
from anonshare.files import read_bytes
from anonshare.intake.state import ReceiverState
from anonshare.pipeline.own_card import CARD_LIMIT, change_card, change_store, expiry, stamp
from anonshare.trust.card import ContactCard, card_digest
from anonshare.trust.card_file import newest
from anonshare.trust.words import fingerprint_words, same_words
from anonshare.workspace import RootKeys, Workspace, now_utc

__all__ = ["add_card", "card_words", "is_known", "renew", "repin"]


def card_words(data: bytes) -> tuple[str, ...]:
    """The words of the newest version in a card file, to be read over the phone."""
    return fingerprint_words(card_digest(newest(data).data))


def is_known(home: Workspace, path: Path | str) -> bool:
    """Whether the organisation of a card is pinned: then its root keys vouch for the new version, and no words are needed."""
    return home.trust.holds(newest(read_bytes(Path(path), "contact card", CARD_LIMIT)).card.id)


def add_card(
    home: Workspace, path: Path | str, *, words: str = "", by: str = "", roots: RootKeys | None = None
) -> ContactCard:
    """Pin another organisation's contact card after its words were compared over the phone, or take its update.

    ``words`` are needed for an organisation that is not pinned yet; an update over one or several versions is followed
    by the root keys that are pinned. ``by`` says who compared them. Raises UntrustedSigner where the words differ, where
    the file does not lead on from the pinned version, or where it is an exercise card in a real workspace.
    """
    return _pinned(home, path, words, by, roots, "update" if is_known(home, path) else "first")


def repin(home: Workspace, path: Path | str, *, words: str, by: str, roots: RootKeys | None = None) -> ContactCard:
    """Pin an organisation's card anew under other root keys, after the old ones were lost; the words are compared again.

    What was accepted under the old card stays verifiable; nothing new is taken in by it.
    """
    return _pinned(home, path, words, by, roots, "repin")


def renew(home: Workspace, *, roots: RootKeys | None = None) -> str:
    """Sign the own card and the trust store anew, the same but for their dates; returns until when they count."""
    return change_card(home, roots).expires


def _pinned(
    home: Workspace,
    path: Path | str,
    words: str,
    by: str,
    roots: RootKeys | None,
    how: Literal["first", "update", "repin"],
) -> ContactCard:
    data = read_bytes(Path(path), "contact card", CARD_LIMIT)
    new = newest(data)
    if new.card.id == home.id:
        raise UsageError("This is the workspace's own card.")
    if (words or how != "update") and not same_words(words, card_digest(new.data)):
        raise UntrustedSigner(
            "The fingerprint words are not those of this card.", hint="Ask for the words again, over the phone."
        )
    now = now_utc()
    with home.lock():
        store = home.trust
        before = store.organisation(new.card.id) if store.holds(new.card.id) else None
        change = store.repin if how == "repin" else store.pin
        change_store(home, roots, change(data, stamp(now), by or home.id, expiry(now)))
        if home.kind == "agency":
            _restart(home, before, new.card)
    return new.card


def _restart(home: Workspace, before: ContactCard | None, card: ContactCard) -> None:
    """Streams that the contributor's root keys let begin again begin again here, once for each new start."""
    known = set(before.streams) if before else set()
    state = ReceiverState(home.root / "state.jsonl")
    for start in card.streams:
        if start not in known:
            state.record(
                contributor=card.id,
                stream=start.stream,
                seq=start.seq - 1,
                digest=start.prev,
                outcome="restarted",
                when=stamp(now_utc()),
            )
