"""A workspace: one organisation's folder with its policies, trust store, keys, ledger, drafts and receipts.

::

    anonshare.json      what this folder is; pins the organisation's root key
    trust.dsse.json     whose keys count, signed by the root key
    card.dsse.json      the own contact card, to hand out
    keys/               root.key, tokens.sealed, ledger.sealed, identity.sealed (all under the passphrase)
    policies/           the organisation's policies, NAME.yaml
    ledger/             what has left, hash-chained
    drafts/ receipts/   work in progress; what came back
    inbox/ opened/      an agency's: what arrived; what was verified
    store.sqlite        an agency's records
"""

from __future__ import annotations

import os
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from typing import Any, Literal

from anonshare.errors import AnonshareError, PolicyError, WorkspaceError
from anonshare.files import locked, read_bytes, write_whole
from anonshare.places import must_be_local
from anonshare.policy.load import read_policy
from anonshare.policy.model import Policy
from anonshare.trust.card import ContactCard
from anonshare.trust.keys import Signer, load_key
from anonshare.trust.passphrase import passphrase
from anonshare.trust.store import TrustStore, open_store, sign_store
from anonshare.trust.vault import open_secret
from anonshare.wire.strict_json import canonical, parse

__all__ = ["MARKER", "Workspace", "now_utc"]

MARKER = "anonshare.json"
SIZE_LIMIT = 16 << 20


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
    root_spki: bytes = field(repr=False)
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
            root_spki=b64decode(marker["root"]),
            environment=environment,
        )

    def folder(self, name: str) -> Path:
        """A folder of the workspace, by its name in the table above."""
        return self.root / name

    @property
    def trust(self) -> TrustStore:
        """The organisation's trust store, checked against its pinned root key."""
        return open_store(
            read_bytes(self.root / "trust.dsse.json", "trust store", SIZE_LIMIT), root_spki=self.root_spki
        )

    @property
    def card(self) -> ContactCard:
        """The organisation's own contact card."""
        return self.trust.organisation(self.id)

    def passphrase(self) -> bytes:
        """The passphrase of this workspace's keys."""
        return passphrase(self.environment, _asked())

    def root_key(self) -> Signer:
        """The key with which the organisation signs its card, its store and its receipts."""
        return load_key(self.root / "keys" / "root.key", self.passphrase())

    def secret(self, kind: Literal["tokens", "ledger", "identity"]) -> bytes:
        """One of the sealed secrets: the root of all tokens, the ledger's key, the age identity."""
        return open_secret(self.root / "keys" / f"{kind}.sealed", kind, self.passphrase())

    def identity(self) -> str:
        """The age identity that opens what is encrypted to this organisation."""
        return self.secret("identity").decode("ascii")

    def save_trust(self, store: TrustStore) -> None:
        """Sign and write a new version of the trust store."""
        write_whole(self.root / "trust.dsse.json", sign_store(store, self.root_key()), "trust store")

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


def _marker(root: Path) -> dict[str, Any]:
    try:
        marker = parse(read_bytes(root / MARKER, "workspace file", 1 << 16))
        complete = marker["workspace"] == "workspace/1" and {"kind", "id", "title", "exercise", "root"} <= marker.keys()
    except (AnonshareError, KeyError):
        complete = False
    if not complete:
        raise WorkspaceError("The workspace file is damaged.", hint="Restore the folder from a backup.") from None
    return marker


def marker_bytes(*, kind: str, id: str, title: str, exercise: bool, root: str) -> bytes:
    """What stands in ``anonshare.json``; ``root`` is the base64 SPKI of the organisation's root key."""
    return canonical(
        {"workspace": "workspace/1", "kind": kind, "id": id, "title": title, "exercise": exercise, "root": root}
    )
