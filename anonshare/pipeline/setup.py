"""Make a workspace with its keys: two root keys for two people, one on paper, one for the office of every day."""

from __future__ import annotations

import secrets
from base64 import b64encode
from pathlib import Path
from typing import Literal

from anonshare.bundle.statement import FORMAT
from anonshare.errors import WorkspaceError
from anonshare.files import make_private_dir, staging_dir, write_private, write_whole, writing
from anonshare.pipeline.own_card import expiry, stamp
from anonshare.pipeline.plain_words import must_be_named, must_be_plain
from anonshare.places import must_be_local
from anonshare.policy.requirements import FILE
from anonshare.policy.shelf import requirements_template, shelf, template
from anonshare.trust.card import ContactCard, Root, sign_card
from anonshare.trust.exercise import exercise_root
from anonshare.trust.keyring import Keyring
from anonshare.trust.keys import Signer, generate_key, save_key
from anonshare.trust.paper import on_paper
from anonshare.trust.store import TrustStore, sign_store
from anonshare.trust.vault import seal_secret
from anonshare.wire.age import generate_identity, recipient_of
from anonshare.workspace import MARKER, Workspace, marker_bytes, now_utc, root_digest

__all__ = ["PAPER", "setup"]

PAPER = "root-paper.txt"
FOLDERS = {
    "contributor": ("keys", "policies", "ledger", "drafts", "receipts", "sent"),
    "agency": ("keys", "inbox", "opened", "quarantine", "receipts"),
}


def setup(
    path: Path | str,
    *,
    id: str,
    title: str,
    kind: Literal["contributor", "agency"] = "contributor",
    exercise: bool = False,
    passphrase_file: Path | str | None = None,
) -> Workspace:
    """Make a workspace in a new or empty folder, whole or not at all.

    ``id`` is a short name (lower-case letters, digits, dashes) that stands in policies and cards; ``exercise`` makes a
    workspace that no real one accepts. Raises WorkspaceError where the folder holds something already.
    """
    must_be_plain("The id", id)
    must_be_named(title)
    root = Path(path)
    if root.exists() and any(root.iterdir()):
        raise WorkspaceError("The folder is not empty.", hint="Choose a new folder for the workspace.")
    must_be_local(root)
    make_private_dir(root.parent, "the folder of the workspace")
    with staging_dir(root.parent, "the workspace") as stage:
        _fill(stage, id, title, kind, exercise, passphrase_file)
        with writing("the workspace"):
            if root.exists():
                root.rmdir()
            made = make_private_dir(stage)
            made.rename(root)
    return Workspace.open(root, passphrase_file=passphrase_file)


def _fill(
    stage: Path,
    id: str,
    title: str,
    kind: Literal["contributor", "agency"],
    exercise: bool,
    passphrase_file: Path | str | None,
) -> None:
    for name in FOLDERS[kind]:
        make_private_dir(stage / name)
    first, second, third = generate_key(), generate_key(), exercise_root() if exercise else generate_key()
    root = Root(keys=tuple(_spki(key) for key in (first, second, third)), threshold=2)
    office = generate_key()
    marker = marker_bytes(kind=kind, id=id, title=title, exercise=exercise, roots=[root_digest(root)])
    write_whole(stage / MARKER, marker, "workspace file")
    home = Workspace.open(stage, passphrase_file=passphrase_file)
    words = home.passphrase()
    identities = (generate_identity(), generate_identity(hybrid=True))
    for name, key in (("root-1", first), ("root-2", second), ("office", office)):
        save_key(stage / "keys" / f"{name}.key", key, words)
    if not exercise:
        write_private(stage / "keys" / PAPER, on_paper(third, title).encode(), "key on paper")
    seal_secret(stage / "keys" / "identity.sealed", "\n".join(identities).encode(), "identity", words)
    if kind == "contributor":
        home.save_keyring(Keyring.new(stamp(now_utc())))
        seal_secret(stage / "keys" / "ledger.sealed", secrets.token_bytes(32), "ledger", words)
        for name in shelf():
            write_whole(stage / "policies" / f"{name}.yaml", template(name).encode(), "policy template")
    else:
        write_whole(stage / FILE, requirements_template().encode(), "requirements")
    now = now_utc()
    card = ContactCard(
        card="card/1",
        id=id,
        title=title,
        kind=kind,
        people=(),
        thresholds={},
        recipients=tuple(recipient_of(identity) for identity in identities),
        formats=(FORMAT,),
        exercise=exercise,
        version=1,
        root=root,
        office=_spki(office),
        issued=stamp(now),
        expires=expiry(now),
    )
    signed = sign_card(card, first, second) + b"\n"
    store = TrustStore.start(signed, stamp(now), expiry(now))
    write_whole(stage / "card.dsse.json", signed, "contact card")
    write_whole(stage / "trust.dsse.json", sign_store(store, first, second), "trust store")


def _spki(key: Signer) -> str:
    return b64encode(key.spki()).decode()
