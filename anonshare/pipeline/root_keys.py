"""The three root keys of an organisation: two people and paper. Any two of them sign cards and stores."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from pathlib import Path

from anonshare.errors import UntrustedSigner, UsageError, WorkspaceError
from anonshare.files import make_private_dir, write_private, writing
from anonshare.intake.state import ReceiverState
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.own_card import change_card, stamp
from anonshare.pipeline.setup import PAPER
from anonshare.trust.card import ContactCard, Root, StreamStart
from anonshare.trust.envelopes import signed, signed_by
from anonshare.trust.exercise import exercise_root
from anonshare.trust.keys import FileSigner, generate_key, load_key, save_key
from anonshare.trust.paper import on_paper
from anonshare.wire.dsse import decode
from anonshare.wire.strict_json import canonical
from anonshare.workspace import RootKeys, Workspace, now_utc

__all__ = ["at_hand", "reset_clock", "restart_stream", "rotate_roots", "take_root"]

CLOCK_TYPE = "application/vnd.anonshare.clock+json"


def at_hand(home: Workspace) -> tuple[str, ...]:
    """The root keys that still lie in the workspace: whoever takes the folder and its passphrase takes them all."""
    folder = home.root / "keys"
    return tuple(sorted(path.name for path in (*folder.glob("root-*.key"), *folder.glob(PAPER))))


def take_root(home: Workspace, name: str, folder: Path | str, *, passphrase: bytes) -> Path:
    """Move a root key (``root-1`` or ``root-2``) out of the workspace, to a folder and a passphrase of its holder.

    Returns the path of ``root.key``. Raises UsageError for a folder inside the workspace, WorkspaceError where the key
    is gone already or the folder holds one.
    """
    place, source = Path(folder), home.root / "keys" / f"{name}.key"
    if place.resolve().is_relative_to(home.root.resolve()):
        raise UsageError("A root key belongs outside of the workspace.", hint="Name a folder of its holder.")
    if name not in {"root-1", "root-2"} or not source.is_file():
        raise WorkspaceError(
            "There is no such root key in the workspace.", hint=f"There are: {', '.join(at_hand(home))}"
        )
    target = make_private_dir(place, "the key folder") / "root.key"
    if target.exists():
        raise WorkspaceError("The folder holds a key already.", hint="Choose a new folder; a key is never overwritten.")
    key = load_key(source, home.passphrase())
    save_key(target, key, passphrase)
    load_key(target, passphrase)
    with writing("the key folder"):
        source.unlink()
    return target


def rotate_roots(home: Workspace, *, roots: RootKeys | None = None) -> ContactCard:
    """Three new root keys in the place of the old ones, signed in by two of those: after a holder left, or lost his key.

    Whoever has pinned the card follows by himself. The new keys lie in the workspace, to be handed out anew. Raises
    UntrustedSigner where fewer than two of the old keys are at hand.
    """
    keys = (generate_key(), generate_key(), exercise_root() if home.exercise else generate_key())
    root = Root(keys=tuple(b64encode(key.spki()).decode() for key in keys), threshold=2)
    secret, folder = home.passphrase(), home.root / "keys"
    waiting = [(folder / f"{name}.key.new", key) for name, key in zip(("root-1", "root-2"), keys, strict=False)]
    for path, key in waiting:
        # before the old ones are gone from the card: a crash must not leave a card whose keys nobody has
        save_key(path, key, secret)
    card = change_card(home, roots, new_roots=keys, root=root)
    with writing("the root keys"):
        for path, _ in waiting:
            path.replace(path.with_suffix(""))
    if not home.exercise:
        _print(home, keys[2])
    return card


def _print(home: Workspace, key: FileSigner) -> None:
    write_private(home.root / "keys" / PAPER, on_paper(key, home.title).encode(), "key on paper")


def reset_clock(home: Workspace, *, roots: RootKeys | None = None, now: datetime | None = None) -> None:
    """Write down that the clock was wrong when the desk recorded times that have not come yet; two root keys say so.

    Without them a clock that is set back would be accepted on anybody's word, and revive what has expired. Times that
    were recorded stay: what was accepted under the wrong clock is judged by it, which undoes more and never less.
    """
    home.must_be("agency")
    when, root = now or now_utc(), home.trust.root
    word = signed(CLOCK_TYPE, canonical({"clock": "clock/1", "when": stamp(when)}), *home.root_signers(roots))
    if not signed_by(decode(word), CLOCK_TYPE, root.ders, root.threshold, "word on the clock"):
        raise UntrustedSigner(
            f"The clock is set back by {root.threshold} of the {len(root.keys)} root keys, and by nobody else.",
            hint="Name the key files of those who hold them: --root FILE, once for each.",
        )
    with home.lock():
        ReceiverState(home.root / "state.jsonl").record(
            contributor=home.id,
            stream="clock",
            seq=0,
            digest=None,
            outcome="clock",
            when=stamp(when),
            trust=home.trust.version,
        )


def restart_stream(home: Workspace, stream: str, *, roots: RootKeys | None = None) -> StreamStart:
    """Let a stream go on from where the ledger stands, whatever its recipients saw: after a number that was far too high.

    The card says so, and the recipients' desks follow when they take its update. Returns what the next bundle will have.
    """
    home.must_be("contributor")
    seq, prev = Ledger.open(home.folder("ledger")).next_number(stream)
    start = StreamStart(stream=stream, seq=seq, prev=prev)
    others = tuple(one for one in home.card.streams if one.stream != stream)
    change_card(home, roots, streams=(*others, start))
    return start
