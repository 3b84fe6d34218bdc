"""Values become tokens that who holds the key can turn back: AES-SIV (RFC 5297), deterministic and authenticated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from anonshare.errors import DisclosureError, KeyFileError
from anonshare.transforms.entities import code_entity
from anonshare.transforms.framing import framed
from anonshare.transforms.keys import hkdf
from anonshare.transforms.reversible_tokens import BUCKETS, ciphertext_of, make_reversible, read_reversible
from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "PseudonymizeReversible", "reverse"]

_NAME = "pseudonymize_reversible"
_LENGTH_BYTES = 2
_KEY_BYTES = 64


@dataclass(frozen=True, slots=True)
class PseudonymizeReversible(OfValue):
    """One value in all its spellings becomes one token; what is no valid value of its type becomes none."""

    column: str
    entity: str
    region: str | None
    cipher: AESSIV = field(repr=False)
    normalise: Callable[..., str | None] = field(repr=False)

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The token of the normalised value; raises DisclosureError for one that is longer than any bucket."""
        normal = self.normalise(self.entity, value, region=self.region)
        if normal is None:
            return None
        padded = _padded(normal.encode())
        if padded is None:
            raise DisclosureError(
                f"The column {self.column!r} holds a value that is too long for a reversible token.",
                hint="Look whether it holds notes; tokens of pseudonymize have no longest value.",
                reason="too-long",
            )
        return make_reversible(self.entity, self.cipher.encrypt(padded, [_about(self.entity)]))


def reverse(token: str, key: bytes, entity: str) -> str:
    """The value of a token, for who holds the subkey of its entity type.

    Raises KeyFileError, in the same words for a damaged token, another type and another key.
    """
    found = ciphertext_of(read_reversible(token) or "")
    if found is not None and found[0] == entity:
        try:
            plain = _cipher(key).decrypt(found[1], [_about(entity)])
        except InvalidTag:
            pass
        else:
            length = int.from_bytes(plain[:_LENGTH_BYTES], "big")
            return plain[_LENGTH_BYTES : _LENGTH_BYTES + length].decode()
    raise KeyFileError(
        "The token cannot be reversed: it is damaged, or another key made it.",
        hint="Compare it with the released cell, and the key with the programme, recipient and epoch of the release.",
    )


def _cipher(key: bytes) -> AESSIV:
    return AESSIV(hkdf(key, info=b"aes-siv", length=_KEY_BYTES))


def _about(entity: str) -> bytes:
    """Authenticated with every value, so that a token of one type is none of another."""
    return framed(_NAME, entity)


def _padded(data: bytes) -> bytes | None:
    size = next((size for size in BUCKETS if len(data) + _LENGTH_BYTES <= size), None)
    return None if size is None else (len(data).to_bytes(_LENGTH_BYTES, "big") + data).ljust(size, b"\0")


def _build(params: Any, context: OperatorContext) -> PseudonymizeReversible:
    from anonshare.identifiers.normalise import normalise

    entity = code_entity(params, context)
    cipher = _cipher(context.subkey(entity, _NAME, params.scope))
    return PseudonymizeReversible(context.column, entity, context.region, cipher, normalise)


OPERATOR = OperatorSpec(_NAME, leaves=True, build=_build, needs=frozenset({"key"}))
