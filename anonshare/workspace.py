"""A workspace: one organisation's folder with its policies, trust store, keys, ledger, drafts and receipts.

::

    anonshare.json      what this folder is; pins the organisation's root keys
    trust.dsse.json     whose keys count, signed by two of the three root keys
    card.dsse.json      the own contact card, a line for each version, to hand out
    keys/               root-1.key, root-2.key, root-paper.txt (to be given to people, and to be printed),
                        office.key, tokens.sealed (the keyring), ledger.sealed, identity.sealed (all under the
                        passphrase); epochs.json (the public fingerprints of the keyring's roots)
    policies/           the organisation's policies, NAME.yaml
    ledger/             what has left, hash-chained
    drafts/ receipts/   work in progress; what came back
    sent/               what left, as it left, to be sent again
    register/           whose records the tokens of a bundle stand for; only two custodians together open it
    custodians.json     who these are, signed by the office
    reversals.jsonl     which requests they answered, hash-chained
    inbox/ opened/      an agency's: what arrived; what was verified
    store.sqlite        an agency's records
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from typing import Any, Literal

from anonshare.errors import AnonshareError, InputError, PolicyError, UntrustedSigner, WorkspaceError
from anonshare.files import locked, read_bytes, write_private, write_whole
from anonshare.places import must_be_local
from anonshare.policy.load import read_policy
from anonshare.policy.model import Policy
from anonshare.trust.card import ContactCard, Root
from anonshare.trust.exercise import exercise_root
from anonshare.trust.keyring import Keyring, decode_keyring
from anonshare.trust.keys import Signer, load_key
from anonshare.trust.paper import from_paper
from anonshare.trust.passphrase import passphrase
from anonshare.trust.store import TrustStore, must_follow, open_store, sign_store
from anonshare.trust.vault import open_secret, seal_secret
from anonshare.wire.strict_json import canonical, parse

__all__ = ["EPOCHS", "KEYRING", "MARKER", "RootKeys", "Workspace", "marker_bytes", "now_utc", "root_digest"]

MARKER = "anonshare.json"
KEYRING, EPOCHS = Path("keys/tokens.sealed"), Path("keys/epochs.json")
SIZE_LIMIT = 16 << 20
RootKeys = Mapping[Path | str, bytes]
"""Key file -> passphrase, for the root keys that are not in the workspace any more."""


def now_utc() -> datetime:
    """The clock, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def _asked() -> Callable[[], str] | None:
    """A prompt, where there is a person to answer it."""
    return (lambda: getpass("Passphrase: ")) if sys.stdin is not None and sys.stdin.isatty() else None


@dataclass(frozen=True)
class Workspace:
    """An organisation's folder, opened. Secrets are read when they are needed and not kept."""

    root: Path
    kind: Literal["contributor", "agency"]
    id: str
    title: str
    exercise: bool
    roots: tuple[str, ...] = field(repr=False)
    environment: Mapping[str, str] = field(repr=False)

    @classmethod
    def open(cls, path: Path | str, *, passphrase_file: Path | str | None = None) -> Workspace:
        """The workspace at ``path``; raises WorkspaceError where there is none.

        ``passphrase_file`` holds the passphrase of its keys; without one the environment variable
        ANONSHARE_KEY_PASSPHRASE_FILE names it, or a terminal is asked.
        """
        root = Path(path)
        if not (root / MARKER).is_file():
            raise WorkspaceError(
                "This folder is no workspace.",
                hint="Name one with --home, or make one: anonshare setup FOLDER (an opened bundle also verifies with --trust FILE).",
            )
        must_be_local(root)
        marker = _marker(root)
        environment = dict(os.environ)
        if passphrase_file is not None:
            environment["ANONSHARE_KEY_PASSPHRASE_FILE"] = str(passphrase_file)
        return cls(
            root=root,
            kind=marker["kind"],
            id=marker["id"],
            title=marker["title"],
            exercise=marker["exercise"],
            roots=tuple(marker["roots"]),
            environment=environment,
        )

    def folder(self, name: str) -> Path:
        """A folder of the workspace, by its name in the table above."""
        return self.root / name

    @property
    def trust(self) -> TrustStore:
        """The organisation's trust store, checked against its pinned root keys."""
        store = open_store(read_bytes(self.root / "trust.dsse.json", "trust store", SIZE_LIMIT))
        if root_digest(store.root) not in self.roots or store.owner != self.id:
            raise UntrustedSigner("The trust store is not the one of this workspace.", hint="Restore it from a backup.")
        return store

    @property
    def card(self) -> ContactCard:
        """The organisation's own contact card."""
        return self.trust.organisation(self.id)

    def passphrase(self) -> bytes:
        """The passphrase of this workspace's keys."""
        return passphrase(self.environment, _asked())

    def office_key(self) -> Signer:
        """The key with which the organisation signs its receipts and notices, day by day."""
        return load_key(self.root / "keys" / "office.key", self.passphrase())

    def root_signers(self, given: RootKeys | None = None) -> tuple[Signer, ...]:
        """The root keys that are at hand: those still in ``keys/``, and those of ``given`` (key file -> passphrase).

        A page with a key on paper is given as a text file, with any passphrase.
        """
        folder = self.root / "keys"
        # a crash while the root keys were changed leaves the new ones under this name
        inside = [*sorted(folder.glob("root-*.key")), *sorted(folder.glob("root-*.key.new"))]
        secret = self.passphrase() if inside else b""
        found: list[Signer] = [load_key(path, secret) for path in inside]
        found += [_root_key(Path(path), words) for path, words in (given or {}).items()]
        return (*found, *([exercise_root()] if self.exercise else []))

    def secret(self, kind: Literal["tokens", "ledger", "identity"]) -> bytes:
        """One of the sealed secrets: the current root of all tokens, the ledger's key, the age identity."""
        if kind == "tokens":
            return self.token_key()[1]
        return open_secret(self.root / "keys" / f"{kind}.sealed", kind, self.passphrase())

    def keyring(self) -> Keyring:
        """The roots of all tokens by epoch; raises KeyFileError where the file does not open, InputError where it is lost."""
        if not (self.root / KEYRING).is_file():
            raise InputError(
                "The keyring of the tokens is not in this workspace.",
                hint="Bring it back from paper (anonshare keys recover SHEET SHEET) or from a backup.",
            )
        return decode_keyring(open_secret(self.root / KEYRING, "tokens", self.passphrase()))

    def token_key(self) -> tuple[str, bytes]:
        """The current epoch, and the root of its tokens; raises KeyFileError where it is lost, or not the newest."""
        ring = self.keyring()
        ring.must_be_newest(self.fingerprints())
        return ring.current, ring.current_root()

    def save_keyring(self, ring: Keyring) -> None:
        """Seal the keyring, and add the fingerprints of its roots to the public list: none is ever taken from it."""
        before = self.fingerprints()
        ring.must_be_newest(before)
        seal_secret(self.root / KEYRING, ring.encode(), "tokens", self.passphrase())
        known = {**before, **ring.fingerprints()}
        write_private(self.root / EPOCHS, canonical({"epochs": "epochs/1", "fingerprints": known}), "list of epochs")

    def fingerprints(self) -> dict[str, str]:
        """Epoch -> public fingerprint of its root, of every epoch that this workspace knows; empty before there were any."""
        path = self.root / EPOCHS
        raw = parse(read_bytes(path, "list of epochs", 1 << 16))["fingerprints"] if path.is_file() else {}
        return {str(epoch): str(digest) for epoch, digest in raw.items()}

    def identities(self) -> list[str]:
        """The age identities that open what is encrypted to this organisation."""
        return self.secret("identity").decode("ascii").split()

    def save_trust(self, store: TrustStore, signers: Sequence[Signer]) -> None:
        """Sign and write the next version of the trust store; the root keys of this one sign it as well."""
        path = self.root / "trust.dsse.json"
        before = read_bytes(path, "trust store", SIZE_LIMIT)
        data = sign_store(store, *signers, before=open_store(before).root)
        must_follow(before, data)
        write_whole(path, data, "trust store")

    def policy(self, name: str | Path) -> Policy:
        """A policy by its name in ``policies/`` or by the path of a file."""
        path = Path(name)
        if path.suffix not in {".yaml", ".yml"}:
            path = self.root / "policies" / f"{name}.yaml"
        if not path.is_file():
            known = ", ".join(sorted(p.stem for p in (self.root / "policies").glob("*.yaml"))) or "none yet"
            raise PolicyError("There is no policy of this name or path.", hint=f"Policies of this workspace: {known}.")
        return read_policy(path)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the workspace alone; raises WorkspaceError where another process does."""
        with locked(self.root / ".lock"):
            yield

    def must_be(self, kind: Literal["contributor", "agency"]) -> None:
        """Raise WorkspaceError where the workspace is of the other kind."""
        if self.kind != kind:
            other = "an agency's" if self.kind == "agency" else "a contributor's"
            raise WorkspaceError(f"This workspace is {other}; the step belongs to a workspace of kind {kind}.")


def root_digest(root: Root) -> str:
    """What a workspace pins of its root keys."""
    return hashlib.sha256(canonical(root.model_dump(mode="json"))).hexdigest()


def _root_key(path: Path, secret: bytes) -> Signer:
    if path.suffix == ".txt":
        return from_paper(read_bytes(path, "key on paper", 1 << 16).decode("utf-8", "replace"))
    return load_key(path, secret)


def _marker(root: Path) -> dict[str, Any]:
    try:
        marker = parse(read_bytes(root / MARKER, "workspace file", 1 << 16))
        complete = (
            marker["workspace"] == "workspace/1" and {"kind", "id", "title", "exercise", "roots"} <= marker.keys()
        )
    except (AnonshareError, KeyError):
        complete = False
    if not complete:
        raise WorkspaceError("The workspace file is damaged.", hint="Restore the folder from a backup.") from None
    return marker


def marker_bytes(*, kind: str, id: str, title: str, exercise: bool, roots: Sequence[str]) -> bytes:
    """What stands in ``anonshare.json``; ``roots`` are the digests of the organisation's root keys."""
    return canonical(
        {"workspace": "workspace/1", "kind": kind, "id": id, "title": title, "exercise": exercise, "roots": list(roots)}
    )
