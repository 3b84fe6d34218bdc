"""Answer a request to reverse tokens: two custodians approve it and open the register, the log knows it first.

An own verb and own roles: nothing that releases, ingests or links comes near an identity behind a token.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from anonshare.errors import ReleaseRefused
from anonshare.files import read_bytes, write_private
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.custodians import custodians
from anonshare.pipeline.own_card import stamp
from anonshare.pipeline.register import RegisterRow, find_in_register, registers
from anonshare.pipeline.reversal_log import ReversalLog
from anonshare.pipeline.reversal_request import REQUEST_LIMIT, read_signature
from anonshare.transforms.tokens import check_token
from anonshare.trust.reversals import (
    APPROVAL_TYPE,
    Found,
    ReversalAnswer,
    ReversalRequest,
    open_reversal,
    open_signed_answer,
    sign_answer,
)
from anonshare.wire.age import decrypt, encrypt
from anonshare.wire.dsse import pae
from anonshare.workspace import Workspace, now_utc

__all__ = ["Answered", "Hit", "answer_reversal", "answer_with", "open_answer"]

PER_REQUEST, PER_DAY = 20, 60
ANSWER_LIMIT = 16 << 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A token of a request, found in the register of a bundle."""

    token: str = field(repr=False)
    column: str
    bundle_id: str
    row: RegisterRow


@dataclass(frozen=True, slots=True)
class Answered:
    """The reference in the log, and the file for who asked; None where the request had been answered before."""

    reference: str
    tokens: int
    path: Path | None


Fill = Callable[[Sequence[Hit]], tuple[Found, ...]]


def answer_reversal(
    home: Workspace,
    request: Path | str,
    approvals: Sequence[Path | str],
    *,
    identities: Sequence[str],
    to: Path | str,
    now: datetime | None = None,
    per_request: int = PER_REQUEST,
    per_day: int = PER_DAY,
) -> Answered:
    """Tell an agency whose the tokens of its request are, sealed to the recipients of its pinned card.

    Raises UntrustedSigner, NotForUs, ExpiredBundle for the request, SignatureError where not a custodian of each role
    approved it, ReleaseRefused for too many tokens, or one that is not of a bundle for this agency, or of an epoch
    whose key was destroyed. A request is answered once: again, it gives the same reference and no second file.
    """
    return answer_with(
        home,
        request,
        approvals,
        wish="reverse",
        fill=_identities,
        identities=identities,
        to=to,
        now=now,
        per_request=per_request,
        per_day=per_day,
    )


def _identities(hits: Sequence[Hit]) -> tuple[Found, ...]:
    """One answer a token, person and bundle, with all of the person's records that have the token."""
    records: dict[tuple[str, str, str], dict[str, None]] = {}
    for hit in hits:
        whose = (hit.token, hit.row.unit_text, hit.bundle_id)
        records.setdefault(whose, {}).update(dict.fromkeys(hit.row.record_ids))
    return tuple(
        Found(token=token, unit=unit, records=tuple(found), bundle_id=bundle_id)
        for (token, unit, bundle_id), found in records.items()
    )


def answer_with(
    home: Workspace,
    request: Path | str,
    approvals: Sequence[Path | str],
    *,
    wish: Literal["reverse", "rewrap"],
    fill: Fill,
    identities: Sequence[str],
    to: Path | str,
    now: datetime | None = None,
    per_request: int = PER_REQUEST,
    per_day: int = PER_DAY,
) -> Answered:
    """The one way in which a request is answered: ``fill`` makes the answer out of the rows that were found."""
    home.must_be("contributor")
    when = now or now_utc()
    data = read_bytes(Path(request), "request", REQUEST_LIMIT)
    asked, payload = open_reversal(data, home.trust, home.id, when)
    if asked.wish != wish:
        raise ReleaseRefused("The request that was approved asks for something else.", reason="wish")
    signatures = [read_signature(path, payload) for path in approvals]
    people = custodians(home).approvers(pae(APPROVAL_TYPE, payload), signatures)
    digest = hashlib.sha256(payload).hexdigest()
    with home.lock():
        log = ReversalLog(home)
        before = log.answered(digest)
        if before is not None:
            return Answered(before, len(asked.tokens), None)
        _must_fit(asked, log.told(when), per_request, per_day)
        hits = _hits(home, asked, identities)
        reference = f"rev-{digest[:16]}"
        answer = ReversalAnswer(
            answer="reversal-answer/1",
            reference=reference,
            request=digest,
            wish=wish,
            contributor=home.id,
            requester=asked.requester,
            found=fill(hits),
        )
        sealed = io.BytesIO()
        encrypt(io.BytesIO(sign_answer(answer, home.office_key())), sealed, asked.reply_to)
        # before the answer leaves: what was told and is not written down never happened for anybody who looks
        log.write(
            "answered",
            reference=reference,
            request=digest,
            wish=wish,
            who=asked.requester,
            case=asked.case,
            basis=asked.basis,
            emergency=asked.emergency,
            approved=[person.person for person in people],
            tokens=len(asked.tokens),
            when=stamp(when),
        )
        write_private(Path(to), sealed.getvalue(), "answer")
    return Answered(reference, len(asked.tokens), Path(to))


def _must_fit(asked: ReversalRequest, told: int, per_request: int, per_day: int) -> None:
    if not all(map(check_token, asked.tokens)):
        raise ReleaseRefused("A token of the request is none: its check characters are wrong.", reason="token")
    if len(asked.tokens) > per_request:
        raise ReleaseRefused(
            f"The request names {len(asked.tokens)} tokens; {per_request} are answered at a time.",
            hint="A request is about a case, not about a file.",
            reason="cap",
        )
    if told + len(asked.tokens) > per_day:
        raise ReleaseRefused(
            f"{told} tokens were answered within a day, and {per_day} may be.", hint="Answer it tomorrow.", reason="cap"
        )


def _hits(home: Workspace, asked: ReversalRequest, identities: Sequence[str]) -> list[Hit]:
    """The rows behind every token; a token that is nobody's there refuses the whole request."""
    ledger = Ledger.open(home.folder("ledger"))
    # a restored log does not know what was answered after its backup, nor a restored ledger which keys are gone
    ledger.must_be_current()
    theirs = {e.bundle_id for e in ledger.releases() if asked.requester in e.recipients}
    epochs, gone = {e.bundle_id: e.epoch for e in ledger.keyed_bundles()}, ledger.destroyed_epochs()
    wanted, hits = set(asked.tokens), list[Hit]()
    for bundle_id in sorted(theirs & set(registers(home))):
        rows = find_in_register(home, bundle_id, identities, lambda row: not wanted.isdisjoint(row.tokens.values()))
        found = list(_of(bundle_id, rows, wanted))
        if found and (bundle_id not in epochs or epochs[bundle_id] in gone):
            raise ReleaseRefused(
                "A token of the request is of an epoch whose key was destroyed, or of none that is known.",
                hint="What was destroyed on purpose is not reversed.",
                reason="destroyed",
            )
        hits += found
    missing = len(wanted - {hit.token for hit in hits})
    if missing:
        raise ReleaseRefused(
            f"{missing} of {len(wanted)} tokens are in no register of a bundle for this agency.",
            hint="They may be another agency's, or their register has expired.",
            reason="unknown-token",
        )
    return hits


def _of(bundle_id: str, rows: Iterable[RegisterRow], wanted: set[str]) -> Iterable[Hit]:
    for row in rows:
        for column, token in sorted(row.tokens.items()):
            if token in wanted:
                yield Hit(token, column, bundle_id, row)


def open_answer(desk: Workspace, path: Path | str) -> ReversalAnswer:
    """What a contributor answered; raises NotForUs, UntrustedSigner, MalformedBundle where it is not for this desk."""
    out = io.BytesIO()
    decrypt(io.BytesIO(read_bytes(Path(path), "answer", ANSWER_LIMIT)), out, desk.identities())
    return open_signed_answer(out.getvalue(), desk.trust, desk.id)
