"""Sealed mappings from values to random tokens, one file for each recipient, policy and token type.

Nothing derives from a person (HIPAA Safe Harbor, 45 CFR 164.514(c)): who destroys the file has unlinked its tokens for
good. A token is drawn once: what a draft used is sealed before the draft is, and drawn no second time.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anonshare.errors import AnonshareError, KeyFileError
from anonshare.files import read_bytes, too_open, write_private
from anonshare.transforms.tokens import MAC_BYTES
from anonshare.trust.vault import open_sealed, sealed
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import Workspace

__all__ = ["SealedVault", "Vaults"]

KIND = "vault"
LIMIT = 1 << 30


@dataclass(slots=True)
class SealedVault:
    """The tokens of one type: ``vault(value)`` is the same 15 random bytes for the same value, drawn when first asked."""

    domain: str
    entity: str
    _bytes: dict[str, bytes] = field(default_factory=dict, repr=False)
    grown: bool = False

    def __call__(self, value: str) -> bytes:
        """The random bytes of a value."""
        found = self._bytes.get(value)
        if found is None:
            found = self._bytes[value] = secrets.token_bytes(MAC_BYTES)
            self.grown = True
        return found

    def encode(self) -> bytes:
        """The mapping as canonical JSON; secret."""
        tokens = sorted([value, token.hex()] for value, token in self._bytes.items())
        return _lines({"vault": "vault/1", "domain": self.domain, "entity": self.entity}, tokens)

    @classmethod
    def decode(cls, data: bytes, domain: str, entity: str) -> SealedVault:
        """The mapping of ``domain`` and ``entity``; raises KeyFileError where it is another's, or damaged."""
        head, _, rest = data.partition(b"\n")
        try:
            about: dict[str, Any] = parse(head)
            tokens = {str(pair["value"]): bytes.fromhex(pair["token"]) for pair in map(parse, rest.splitlines())}
            whole = about["vault"] == "vault/1" and all(len(token) == MAC_BYTES for token in tokens.values())
        except (AnonshareError, KeyError, TypeError, ValueError):
            whole = False
        if not whole:
            raise KeyFileError("A token vault is damaged.", hint="Restore it from a backup.") from None
        if (about["domain"], about["entity"]) != (domain, entity):
            raise KeyFileError(
                "A token vault is that of another recipient, policy or type of token: files were exchanged.",
                hint="Restore the folder keys/ from a backup.",
            )
        return cls(domain, entity, tokens)


def _lines(head: dict[str, str], tokens: list[list[str]]) -> bytes:
    """A line for the head and one for each value: canonical JSON of one object has a largest size."""
    return b"\n".join([canonical(head), *(canonical({"value": v, "token": t}) for v, t in tokens)]) + b"\n"


class Vaults:
    """The vaults of one policy towards its recipient, each read when first asked for."""

    def __init__(self, home: Workspace, policy: str, recipient: str) -> None:
        self._home = home
        self._domain = f"{policy}/{recipient}"
        self._open: dict[str, SealedVault] = {}

    def __call__(self, entity: str) -> SealedVault:
        """The vault of a token type; raises KeyFileError where its file does not open, or is another's."""
        if entity not in self._open:
            self._open[entity] = self._read(entity)
        return self._open[entity]

    def save(self) -> None:
        """Seal those that have grown, before anything that holds their tokens is written."""
        for entity, vault in self._open.items():
            if vault.grown:
                box = sealed(vault.encode(), KIND, self._home.passphrase())
                write_private(self._path(entity), box, "token vault")
                vault.grown = False

    def _path(self, entity: str) -> Path:
        # the name of a policy or recipient would tell whoever sees the folder
        name = hashlib.sha256(f"{self._domain}/{entity}".encode()).hexdigest()[:16]
        return self._home.root / "keys" / f"vault-{name}.sealed"

    def _read(self, entity: str) -> SealedVault:
        path = self._path(entity)
        if not path.is_file():
            return SealedVault(self._domain, entity)
        data = read_bytes(path, "token vault", LIMIT)
        if too_open(path):
            raise KeyFileError("A token vault can be read by others.", hint="chmod 600 on the files in keys/.")
        plain = open_sealed(data, KIND, self._home.passphrase(), "token vault")
        return SealedVault.decode(plain, self._domain, entity)
