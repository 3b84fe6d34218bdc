"""The three root keys of an organisation: two people and paper. Any two of them sign cards and stores."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from anonshare.errors import UsageError, WorkspaceError
from anonshare.files import make_private_dir, write_private, writing
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.own_card import change_card
from anonshare.pipeline.setup import PAPER
from anonshare.trust.card import ContactCard, Root, StreamStart
from anonshare.trust.exercise import exercise_root
from anonshare.trust.keys import FileSigner, generate_key, load_key, save_key
from anonshare.trust.paper import on_paper
from anonshare.workspace import RootKeys, Workspace

__all__ = ["at_hand", "restart_stream", "rotate_roots", "take_root"]


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
