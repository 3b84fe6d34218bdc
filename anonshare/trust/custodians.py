"""The custodians of an organisation: two roles that open its registers together, and neither alone."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from anonshare.errors import SignatureError, WorkspaceError
from anonshare.trust.envelopes import opened, signed
from anonshare.trust.keys import Signer, keyid, public_key, verify_signature
from anonshare.trust.model import Base64, Model, Slug, Stamp, Text, rule, validated
from anonshare.wire.age import is_hybrid
from anonshare.wire.dsse import Signature
from anonshare.wire.strict_json import canonical, parse

__all__ = ["CUSTODIANS_TYPE", "ROLES", "Custodian", "Custodians", "open_custodians", "sign_custodians"]

CUSTODIANS_TYPE = "application/vnd.anonshare.custodians+json"
ROLES = 2


class Custodian(Model):
    """A person with a key that approves and an age recipient, of which he alone has the identity."""

    role: Slug
    person: Slug
    name: Text
    spki: Base64
    recipient: Annotated[str, StringConstraints(pattern=r"^age1[0-9a-z]{40,2000}$")]

    @property
    def keyid(self) -> str:
        """The name of his key."""
        return keyid(b64decode(self.spki))


class Custodians(Model):
    """Who they are, signed by the office. A role may have several persons, of whom one is enough."""

    custodians: Literal["custodians/1"]
    office: Slug
    made: Stamp
    held: Annotated[tuple[Custodian, ...], Field(max_length=8)]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles in the order in which registers are sealed."""
        return tuple(sorted({one.role for one in self.held}))

    def recipients(self, role: str) -> list[str]:
        """The age recipients of a role."""
        return [one.recipient for one in self.held if one.role == role]

    def must_be_complete(self) -> None:
        """Raise WorkspaceError where there are not two roles: one person alone must open nothing."""
        if len(self.roles) != ROLES:
            raise WorkspaceError(
                f"There are custodians in {len(self.roles)} role(s), and two roles are needed.",
                hint="anonshare keys new FOLDER --custodian, then: anonshare custody add FOLDER/person.json",
                reason="custodians",
            )

    def approvers(self, message: bytes, signatures: Sequence[Signature]) -> tuple[Custodian, ...]:
        """Who signed ``message``, one person for each of the two roles.

        Raises SignatureError where a role is missing, a signature is wrong, or a key is nobody's here.
        """
        self.must_be_complete()
        known = {one.keyid: one for one in self.held}
        if any(signature.keyid not in known for signature in signatures):
            raise SignatureError("An approval is by nobody who is a custodian here.")
        if not all(verify_signature("ed25519", b64decode(known[s.keyid].spki), message, s.sig) for s in signatures):
            raise SignatureError("The signature of a custodian is wrong: it is for another request.")
        by_role = {known[signature.keyid].role: known[signature.keyid] for signature in signatures}
        missing = [role for role in self.roles if role not in by_role]
        if missing:
            raise SignatureError(
                f"Two custodians approve a request, one of each role; missing: {', '.join(missing)}.",
                hint="anonshare reverse approve REQUEST --key KEY",
            )
        return tuple(by_role[role] for role in self.roles)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for what in ("person", "spki", "recipient"):
            if len({getattr(one, what) for one in self.held}) != len(self.held):
                raise rule(f"the same {what} stands twice among the custodians")
        if len(self.roles) > ROLES:
            raise rule("custodians have two roles")
        if len({is_hybrid(one.recipient) for one in self.held}) > 1:
            raise rule("classic and post-quantum recipients are not mixed")
        return self


def sign_custodians(value: Custodians, office: Signer) -> bytes:
    """The custodians in an envelope signed by the office's key."""
    return signed(CUSTODIANS_TYPE, canonical(value.model_dump(mode="json")), office)


def open_custodians(data: bytes, office: bytes, owner: str) -> Custodians:
    """The custodians that the office's key signed for this organisation; raises UntrustedSigner, MalformedBundle."""
    found = validated(Custodians, parse(opened(data, CUSTODIANS_TYPE, office, "list of custodians")), "custodians")
    if found.office != owner:
        raise WorkspaceError("The list of custodians is another organisation's.", reason="custodians")
    for one in found.held:
        public_key("ed25519", b64decode(one.spki))
    return found
