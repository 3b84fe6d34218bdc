"""The one way in which an organisation's own card and store change: a next version, signed by its root keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from anonshare.files import read_bytes, write_whole
from anonshare.trust.card import ContactCard, Root, sign_card
from anonshare.trust.card_file import append_version, newest
from anonshare.trust.keys import Signer
from anonshare.trust.model import validated
from anonshare.trust.store import TrustStore
from anonshare.workspace import MARKER, RootKeys, Workspace, marker_bytes, now_utc, root_digest

__all__ = ["card_file", "change_card", "change_store", "expiry", "stamp"]

LIFE = timedelta(days=366)
CARD_LIMIT = 4 << 20


def stamp(now: datetime) -> str:
    """A time as cards and stores write it."""
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


def expiry(now: datetime) -> str:
    """Until when a card or store that is signed now counts for something new: a year, so that a lost one fades."""
    return stamp(now + LIFE)


def card_file(home: Workspace) -> bytes:
    """The own card with its versions; one that the store has and the file not yet (a crash between the two) is added."""
    data = read_bytes(home.root / "card.dsse.json", "contact card", CARD_LIMIT)
    own = home.trust.pinned[0]
    if own.opened.version == newest(data).card.version + 1:
        data = append_version(data, own.signed)
    return data


def change_card(
    home: Workspace,
    roots: RootKeys | None,
    *,
    new_roots: Sequence[Signer] = (),
    now: datetime | None = None,
    **changes: Any,
) -> ContactCard:
    """The next version of the own card with ``changes``, in the card file and in the trust store.

    ``roots`` are root keys that are not in the workspace any more; ``new_roots`` sign as well where ``changes`` names
    other root keys. Raises UntrustedSigner where too few root keys are at hand, or the card would not be valid.
    """
    when = now or now_utc()
    with home.lock():
        card, store, file = home.card, home.trust, card_file(home)
        plain = {name: _plain(value) for name, value in changes.items()}
        dates = {"version": card.version + 1, "issued": stamp(when), "expires": expiry(when)}
        new = validated(ContactCard, {**card.model_dump(mode="json"), **plain, **dates}, "contact card")
        signers = (*home.root_signers(roots), *new_roots)
        file = append_version(file, sign_card(new, *signers, before=card.root))
        grown = store.pin(file, stamp(when), home.id, expiry(when))
        _pin_roots(home, card.root, new.root)
        home.save_trust(grown, signers)
        write_whole(home.root / "card.dsse.json", file, "contact card")
        _pin_roots(home, new.root)
    return new


def change_store(home: Workspace, roots: RootKeys | None, grown: TrustStore) -> None:
    """Write the next version of the store, signed by the root keys; raises UntrustedSigner where too few are at hand."""
    home.save_trust(grown, home.root_signers(roots))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value


def _pin_roots(home: Workspace, *roots: Root) -> None:
    """Old and new root keys are pinned while they change, so that a crash in between locks nobody out."""
    digests = list(dict.fromkeys(root_digest(root) for root in roots))
    marker = marker_bytes(kind=home.kind, id=home.id, title=home.title, exercise=home.exercise, roots=digests)
    path: Path = home.root / MARKER
    if path.read_bytes() != marker:
        write_whole(path, marker, "workspace file")
