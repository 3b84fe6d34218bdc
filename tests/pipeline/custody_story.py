"""An office with two custodians, and releases written straight into its ledger and registers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from anonshare.ledger.entries import Keyed
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.custodians import appoint, identity_in, new_custodian
from anonshare.pipeline.register import RegisterRow, write_register
from anonshare.pipeline.reversal import Answered, answer_reversal
from anonshare.pipeline.reversal_request import approve_reversal, request_reversal
from anonshare.transforms.keys import key_id, subkey
from anonshare.transforms.mac import Mac
from anonshare.transforms.tokens import make_token
from anonshare.workspace import Workspace

SECRET, NADIA, OMAR = b"correct horse", b"nadia's own", b"omar's own"
DUE, KEEP = "2099-01-01T00:00:00Z", "2109-01-01T00:00:00Z"
PEOPLE = {"Ana Pop": "+40721000001", "Ion Rus": "+40721000002", "Eva Lup": "+40721000003"}


@dataclass(frozen=True)
class Custody:
    """The office, the desk, the folders of two custodians."""

    office: Workspace
    desk: Workspace
    root: Path
    nadia: Path
    omar: Path

    @property
    def both(self) -> list[str]:
        return [*identity_in(self.nadia / "identity.sealed", NADIA), *identity_in(self.omar / "identity.sealed", OMAR)]

    def key(self, recipient: str = "agency-x") -> tuple[str, bytes]:
        epoch, root = self.office.token_key()
        key = subkey(root, programme="cases", domain=recipient, entity="ph", operator="pseudonymize", epoch=epoch)
        return epoch, key

    def token(self, person: str, recipient: str = "agency-x") -> str:
        return make_token("ph", Mac.of(self.key(recipient)[1])(PEOPLE[person].encode()))

    def rows(self, recipient: str = "agency-x") -> list[RegisterRow]:
        return [
            RegisterRow(person, (f"r{number}",), {"cases.phone": self.token(person, recipient)})
            for number, person in enumerate(PEOPLE, 1)
        ]

    def release(self, number: int = 1, recipient: str = "agency-x", delete_at: str | None = DUE) -> str:
        """A bundle that left under the current epoch, with its register; returns its id."""
        bundle_id, when, stream = f"{number:032x}", "2026-03-01T12:00:00Z", f"cases/{recipient}"
        ledger = Ledger.open(self.office.folder("ledger"))
        seq = ledger.next_number(stream)[0]
        ledger.reserve(
            stream=stream, seq=seq, bundle_id=bundle_id, policy_digest="b" * 64, input_digest="c" * 64, when=when
        )
        epoch, key = self.key(recipient)
        ledger.keyed(Keyed(stream, seq, bundle_id, epoch, (key_id(key),), delete_at, when))
        write_register(self.office, bundle_id, self.rows(recipient), KEEP)
        ledger.release(
            stream=stream, seq=seq, bundle_id=bundle_id, digest=f"{number:064x}", recipients=(recipient,),
            approvals=("ana",), when=when,
        )  # fmt: skip
        return bundle_id

    def request(self, *tokens: str, name: str = "question", **more) -> Path:
        given = {"contributor": "ngo-lumina", "case": "2026/117", "basis": "Art. 36 of the national act", **more}
        return request_reversal(self.desk, tokens, to=self.root / f"{name}.request", **given)

    def approvals(self, request: Path) -> list[Path]:
        pairs = ((self.nadia, NADIA), (self.omar, OMAR))
        return [approve_reversal(request, key=one / "officer.key", passphrase=secret) for one, secret in pairs]

    def answer(self, request: Path, approvals: list[Path] | None = None, name: str = "answer", **more) -> Answered:
        signed = self.approvals(request) if approvals is None else approvals
        given = {"identities": self.both, "to": self.root / f"{name}.age", **more}
        return answer_reversal(self.office, request, signed, **given)


def custody(world) -> Custody:
    """The world with custodians Nadia and Omar in two roles."""
    made = []
    for name, role, secret in (("Nadia", "custodian-a", NADIA), ("Omar", "custodian-b", OMAR)):
        person = new_custodian(world.root / role, name=name, role=role, passphrase=secret)
        appoint(world.office, person)
        made.append(person.parent)
    return Custody(world.office, world.desk, world.root, *made)
