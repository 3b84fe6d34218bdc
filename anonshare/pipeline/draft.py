"""All bytes once: the files that will leave, the manifest over them, the number in the stream, the file for approvers.

A draft that is made twice from the same records and the same policy is the same draft: ``bundle_id`` is a PRF of
stream, number, input, policy and epoch of the keys, and everything random comes from it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from anonshare.bundle.encrypted import audience_recipients
from anonshare.bundle.pack import FileContent, make_manifest, zeros
from anonshare.bundle.statement import Audience, parse_statement
from anonshare.errors import LedgerError, WorkspaceError
from anonshare.files import make_private_dir, read_bytes, staging_dir, write_private, writing
from anonshare.gates.facts import ReleaseFacts, SealFacts
from anonshare.gates.table import check_gates, refuse_if_any
from anonshare.ledger.entries import Keyed
from anonshare.ledger.ledger import Ledger
from anonshare.ledger.memberships import memberships_path, write_memberships
from anonshare.pipeline.approve import DRAFT_LIFE, approval_request
from anonshare.pipeline.contents import contents
from anonshare.pipeline.custodians import has_custodians
from anonshare.pipeline.durations import after
from anonshare.pipeline.pages import plan_words
from anonshare.pipeline.plan import Plan
from anonshare.pipeline.register import RegisterRow, keep_register, write_register
from anonshare.pipeline.residue import count_residue
from anonshare.pipeline.series import keep_series, save_series
from anonshare.policy.load import policy_digest, read_policy
from anonshare.policy.model import Policy
from anonshare.shapes import Progress, no_progress
from anonshare.wire.safe_yaml import dump
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import Workspace, now_utc

__all__ = ["Draft", "draft", "open_draft"]

REGISTER = "register.age"


@dataclass(frozen=True, slots=True)
class Draft:
    """A folder that holds every byte that will leave. It is not signed, and nothing has left."""

    home: Workspace
    folder: Path
    policy: Policy
    bundle_id: str

    @property
    def name(self) -> str:
        """The neutral name of the files of this release."""
        return f"anon-{self.bundle_id[:12]}"

    @property
    def payload(self) -> bytes:
        """The bytes that approvers sign."""
        return read_bytes(self.folder / "statement.json", "draft", 16 << 20)

    @property
    def request(self) -> Path:
        """The file to hand to the approvers: manifest, policy, plan and report, no record."""
        return self.folder / f"{self.name}.approval.zip"

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the payload: what names the bundle."""
        return hashlib.sha256(self.payload).hexdigest()

    def contents(self) -> dict[str, FileContent]:
        """The files of the bundle by their path in it."""
        return {
            entry.path: zeros(entry.size)
            if entry.role == "padding"
            else FileContent(self.folder / "files" / entry.path, entry.role)
            for entry in parse_statement(self.payload).files
        }

    def keyed(self) -> Keyed:
        """Under which epoch and keys its tokens are; raises WorkspaceError for a draft of an earlier version."""
        marker = parse(read_bytes(self.folder / "draft.json", "draft", 1 << 16))
        if marker.get("draft") != "draft/2":
            raise WorkspaceError("The draft does not say with which keys it was made.", hint="Plan and draft again.")
        statement = parse_statement(self.payload)
        return Keyed(
            stream=statement.stream,
            seq=statement.seq,
            bundle_id=self.bundle_id,
            epoch=str(marker["epoch"]),
            key_ids=tuple(map(str, marker["key_ids"])),
            delete_at=statement.delete_at,
            when=statement.created,
        )

    def keep_register(self) -> None:
        """Move the register to where it is kept; a draft from before there were custodians has none."""
        if (self.folder / REGISTER).is_file():
            keep_register(self.home, self.bundle_id, self.folder / REGISTER)

    def keep_memberships(self) -> None:
        """Move who is in which class, and what a series remembers, to the ledger, for the releases to come."""
        kept = memberships_path(self.home.folder("ledger"), self.bundle_id)
        waiting = memberships_path(self.folder, self.bundle_id)
        write_private(kept, read_bytes(waiting, "draft"), "ledger")
        keep_series(self.folder, self.home.folder("ledger"), self.policy.stream)


def draft(plan: Plan, *, replace: bool = False, progress: Progress = no_progress) -> Draft:
    """Fix every byte of a planned release in the workspace's ``drafts/``, reserve its number, make the approval file.

    Raises ReleaseRefused where a gate is closed (G1-G12), LedgerError where another draft of the stream is open and
    ``replace`` is not asked for.
    """
    plan.refuse()
    home = plan.home
    with home.lock():
        ledger = Ledger.open(home.folder("ledger"))
        _make_room(ledger, plan, replace, now_utc())
        seq, previous = ledger.next_number(plan.policy.stream)
        seed, bundle_id = _seed(plan, seq)
        folder = home.folder("drafts") / bundle_id
        if folder.is_dir():
            return Draft(home, folder, plan.policy, bundle_id)
        if plan.vaults is not None:
            # what is drawn at random is kept before it is used: a run after a crash draws nothing twice
            plan.vaults.save()
        with staging_dir(home.folder("drafts"), "the draft") as stage:
            _write(plan, stage, seed, bundle_id, seq, previous, progress)
            ledger.reserve(
                stream=plan.policy.stream,
                seq=seq,
                bundle_id=bundle_id,
                policy_digest=policy_digest(plan.policy),
                input_digest=_input_digest(plan),
                when=_stamp(plan),
            )
            with writing("the draft"):
                made = make_private_dir(stage)
                made.rename(folder)
    return Draft(home, folder, plan.policy, bundle_id)


def open_draft(folder: Path | str, home: Workspace | None) -> Draft:
    """The draft in a folder of ``home``; raises WorkspaceError where it is none."""
    place = Path(folder)
    if home is None or not (place / "statement.json").is_file():
        raise WorkspaceError("There is no draft in this folder.", hint="It is a folder in drafts/ of the workspace.")
    marker = parse(read_bytes(place / "draft.json", "draft", 1 << 16))
    return Draft(home, place, read_policy(place / "policy.full.yaml"), str(marker["bundle_id"]))


def _make_room(ledger: Ledger, plan: Plan, replace: bool, now: datetime) -> None:
    """One open draft a stream: the same one is taken up again, another is given up where it expired or that is asked for."""
    for entry in ledger.open_reservations():
        if entry.stream != plan.policy.stream or entry.bundle_id == _seed(plan, entry.seq)[1]:
            continue
        if not replace and now - datetime.fromisoformat(entry.when) <= DRAFT_LIFE:
            raise LedgerError(
                "Another draft of this stream is open.",
                hint="Seal it, or give it up: anonshare draft … --replace",
                reason="open-draft",
            )
        ledger.void(bundle_id=entry.bundle_id)


def _input_digest(plan: Plan) -> str:
    """A keyed digest of the input: the ledger names the records without saying what they are."""
    return hmac.digest(plan.home.secret("ledger"), f"input:{plan.inputs.digest}".encode(), "sha256").hex()


def _seed(plan: Plan, seq: int) -> tuple[bytes, str]:
    """The secret of this bundle and its id: a PRF of stream, number, input, policy and epoch."""
    parts = {
        "input": plan.inputs.digest,
        "policy": policy_digest(plan.policy),
        "seq": seq,
        "stream": plan.policy.stream,
        # after a rotation the same records are another draft: taken up again, the old one would leave under the old key
        "epoch": plan.domain.epoch if plan.domain else "",
    }
    seed = hmac.digest(plan.home.secret("ledger"), canonical(parts), "sha256")
    return seed, hmac.digest(seed, b"bundle-id", "sha256").hex()[:32]


def _stamp(plan: Plan) -> str:
    return plan.made.strftime("%Y-%m-%dT%H:%M:%SZ")


def _write(
    plan: Plan, stage: Path, seed: bytes, bundle_id: str, seq: int, previous: str | None, progress: Progress
) -> None:
    files = make_private_dir(stage / "files")
    roles = contents(plan, hmac.digest(seed, b"units", "sha256"), files, progress, _register(plan, stage, bundle_id))
    facts = SealFacts(residue=count_residue(plan, files, roles))
    refuse_if_any(check_gates(ReleaseFacts(plan.policy, plan.made.date(), seal=facts), ("draft",)))
    payload = _statement(plan, files, roles, bundle_id, seq, previous)
    policy, report = (read_bytes(files / "data" / name, "draft", 64 << 20) for name in ("policy.yaml", "report.html"))
    request = approval_request(payload, plan_words(plan), policy, report)
    write_private(stage / "statement.json", payload, "draft")
    write_private(stage / f"anon-{bundle_id[:12]}.approval.zip", request, "approval file")
    marker = {"draft": "draft/2", "bundle_id": bundle_id, **_keys(plan)}
    write_private(stage / "draft.json", canonical(marker), "draft")
    full = plan.policy.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
    write_private(stage / "policy.full.yaml", dump(full).encode(), "draft")
    key = plan.home.secret("ledger")
    write_memberships(stage, bundle_id, plan.members, key)
    if plan.series is not None:
        save_series(plan.series, plan.inputs, plan.policy.stream, stage, bundle_id, key)


def _register(plan: Plan, stage: Path, bundle_id: str) -> Callable[[Iterator[RegisterRow]], object] | None:
    """What seals the register beside the draft; None where the office has no two roles of custodians to open it."""
    if not plan.policy.released or not has_custodians(plan.home):
        return None
    retention = plan.policy.retention
    until = after(plan.made.date(), retention.register_for or retention.delete_by)
    return lambda rows: write_register(
        plan.home, bundle_id, rows, f"{until.isoformat()}T00:00:00Z", to=stage / REGISTER
    )


def _keys(plan: Plan) -> dict[str, Any]:
    """Epoch and outward ids of the keys of a release: none without tokens, then of the newest epoch there is."""
    if plan.domain is not None and plan.domain.key_ids:
        return {"epoch": plan.domain.epoch, "key_ids": list(plan.domain.key_ids)}
    return {"epoch": max(plan.home.fingerprints(), key=int, default="1"), "key_ids": []}


def _statement(
    plan: Plan, files: Path, roles: Mapping[str, str], bundle_id: str, seq: int, previous: str | None
) -> bytes:
    """The manifest over all files, padded to a common size, with the tag files that follow from it."""
    policy = plan.policy
    approvals: dict[str, int] = dict(plan.home.card.thresholds)
    for approval in policy.release.approvals:
        approvals.setdefault(approval.role, 1)
    agency = plan.home.trust.organisation(policy.recipient.card)
    own = plan.home.card
    readers = audience_recipients([(agency.id, agency.recipients), (own.id, own.recipients)])
    contents = {path: FileContent(files / path, role) for path, role in roles.items()}
    payload, whole = make_manifest(
        contents,
        signatures=sum(approvals.values()),
        bundle_id=bundle_id,
        contributor=plan.home.id,
        stream=policy.stream,
        seq=seq,
        prev=previous,
        created=_stamp(plan),
        not_after=None,
        delete_at=f"{after(plan.made.date(), policy.retention.delete_by).isoformat()}T00:00:00Z",
        audience=tuple(Audience(id=name, recipient=recipient) for name, recipient in readers),
        required_roles=approvals,
        exercise=plan.home.exercise,
    )
    for path, content in whole.items():
        if path not in contents and isinstance(content.source, bytes):
            write_private(files / path, content.source, "draft")
    return payload
