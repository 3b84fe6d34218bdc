"""Nobody's cell in what tokens, masked notes, sealed mappings, registers and requests for reversal write or say."""

from __future__ import annotations

import logging
import traceback

import pandas as pd
import pytest

import anonshare as an
from anonshare.errors import AnonshareError
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.custodians import appoint, identity_in, new_custodian
from anonshare.pipeline.custody import recover_key, split_key
from anonshare.pipeline.ledger_view import ledger_json, ledger_lines
from anonshare.pipeline.pages import plan_json, plan_words
from anonshare.pipeline.register import open_register
from anonshare.pipeline.reversal import answer_reversal
from anonshare.pipeline.reversal_log import ReversalLog
from anonshare.pipeline.reversal_request import approve_reversal, request_lines, request_reversal
from anonshare.pipeline.token_keys import destroy_key, epochs, rotate_key
from tests.pipeline.people_story import NAMES, POLICY, phone
from tests.test_no_leak import MARK, SECRET, Heard, parties, texts_below, texts_of

RULES = {
    "name": "{role: direct_identifier, do: {pseudonymize: {entity: per}}}",
    "phone": "{role: direct_identifier, do: {pseudonymize: {entity: ph, scope: document}}}",
    "mail": "{role: direct_identifier, do: {pseudonymize_reversible: {entity: em}}}",
    "passport": "{role: direct_identifier, do: {tokenize_vault: {entity: doc}}}",
    "handle": "{role: direct_identifier, do: redact}",
    "street": "{role: direct_identifier, do: {surrogate: {kind: address}}}",
    "word": "{role: insensitive, do: {rare_to_other: {below: 3}}}",
    "city": "{role: quasi_identifier, do: keep}",
    "note": "{role: narrative, do: {masked: {accept: model}}}",
    "remark": "{role: narrative, do: withhold}",
}


def policy(**other: str) -> str:
    head, tail = POLICY[: POLICY.index("    clients:")], POLICY[POLICY.index("disclosure:") :]
    lines = "".join(f"        {name}: {rule}\n" for name, rule in {**RULES, **other}.items())
    return f"{head}    rows:\n      columns:\n{lines}{tail}"


def records() -> pd.DataFrame:
    """A canary in every column that does not leave as it is, and in the notes as somebody's name."""
    count = range(len(NAMES))
    return pd.DataFrame(
        {
            "name": [f"{name} {MARK}" for name in NAMES],
            "phone": [phone(n) for n in count],
            "mail": [f"{MARK}{n}@lumina.example" for n in count],
            "passport": [f"{MARK}{n:06}" for n in count],
            "handle": [f"@{MARK}{n}" for n in count],
            "street": [f"{MARK} Street {n}" for n in count],
            "word": ["common"] * (len(NAMES) - 1) + [MARK],
            "city": "Cluj",
            "note": [f"{name} {MARK} wrote from {MARK}{n}@lumina.example and came." for n, name in enumerate(NAMES)],
            "remark": f"{MARK} said so",
        }
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The whole life of tokens on records full of canaries: (root, office, desk, everything that was said)."""
    root, heard, said = tmp_path_factory.mktemp("tokens"), Heard(), []
    logging.getLogger().addHandler(heard)
    logging.getLogger().setLevel(0)
    office, desk, keys = parties(root)
    custodians = [new_custodian(root / role, name=role, role=role, passphrase=SECRET) for role in ("first", "second")]
    said += [repr(appoint(office, person)) for person in custodians]
    (office.root / "policies" / "tokens.yaml").write_text(policy(), "utf-8")
    planned = an.plan(records(), "tokens", office)
    said += [plan_words(planned), str(plan_json(planned)), repr(planned)]
    work = an.draft(planned)
    release = an.seal(work, [an.approve(work.request, key=k, passphrase=SECRET) for k in keys], root / "out")
    with an.verify(release.path, desk) as verified:
        said += an.audit(verified, desk).lines()
        an.ingest(verified, desk)
    both = [one for person in custodians for one in identity_in(person.parent / "identity.sealed", SECRET)]
    rows = open_register(office, work.bundle_id, both)
    token = next(iter(rows[0].tokens.values()))
    said += [repr(rows)]
    asked = request_reversal(desk, [token], contributor="ngo-lumina", case="1", basis="b", to=root / "q.request")
    said += request_lines(asked)
    signed = [approve_reversal(asked, key=person.parent / "officer.key", passphrase=SECRET) for person in custodians]
    said.append(repr(answer_reversal(office, asked, signed, identities=both, to=root / "out" / "q.age")))
    said += [str(entry) for entry in ReversalLog(office).entries()]
    said += refusals(office, root, both, asked)
    said += [
        *ledger_lines(office),
        str(ledger_json(office)),
        repr(epochs(office)),
        repr(Ledger.open(office.folder("ledger"))),
    ]
    logging.getLogger().removeHandler(heard)
    return root, office, said + heard.lines


def refusals(office, root, both, asked) -> list[str]:
    """What is said where something of it fails, with everything that a traceback shows."""
    sheets = split_key(office, root / "sheets")
    sheets[0].write_text(sheets[0].read_text("utf-8")[:-9], "utf-8")
    policies = office.root / "policies"
    policies.joinpath("raw.yaml").write_text(policy(mail="{role: insensitive, do: keep}"), "utf-8")
    policies.joinpath("few.yaml").write_text(
        policy(word="{role: direct_identifier, do: {pseudonymize: {entity: id}}}"), "utf-8"
    )
    vault = next((office.root / "keys").glob("vault-*.sealed"))
    whole = vault.read_bytes()
    broken = (
        lambda: recover_key(office, sheets[:2]),
        lambda: open_register(office, "0" * 32, both),
        lambda: answer_reversal(office, asked, [], identities=both, to=root / "x.age"),
        lambda: destroy_key(office, "1", by="a", reason="b"),
        lambda: an.plan(records(), "raw", office).refuse(),
        lambda: an.plan(records(), "few", office).refuse(),
        lambda: an.draft(an.plan(records().assign(name=None), "tokens", office)),
        lambda: (vault.write_bytes(whole[:-1]), an.plan(records(), "tokens", office)),
        lambda: (vault.write_bytes(whole), rotate_key(office), destroy_key(office, "1", by="a", reason="b")),
    )
    return [text for one in broken for text in failure(one)]


def failure(call) -> list[str]:
    with pytest.raises(AnonshareError) as error:
        call()
    found: list[str] = []
    inner: BaseException | None = error.value
    while inner is not None:
        found += [str(inner), repr(inner), str(getattr(inner, "hint", "")), str(getattr(inner, "faults", ""))]
        inner = inner.__cause__ or inner.__context__
    return [*found, "".join(traceback.format_exception(error.value))]


def test_the_canaries_were_planted(told):
    """Every column that must not leave as it is holds one."""
    frame = records()
    assert all(frame[name].astype(str).str.contains(MARK).any() for name in frame if name not in {"phone", "city"})


def test_nothing_in_what_left_and_at_the_agency(told):
    """No canary in the bundle, the answer, the store, the state and the receipts."""
    root, *_ = told
    for folder in ("desk", "out"):
        assert MARK not in "\n".join(texts_below(root / folder)), folder
    (opened,) = (root / "desk" / "opened").iterdir()
    text = "\n".join(texts_of(opened.name, opened.read_bytes()))
    assert MARK.lower() not in text.lower()
    assert not [name for name in NAMES if name.split()[1] in text]
    assert not [n for n in range(len(NAMES)) if phone(n)[3:] in text]


def test_nothing_in_the_office_in_the_clear(told):
    """Keys, sealed mappings, registers, ledger, log of reversals and drafts show no canary."""
    _, office, _ = told
    for folder in ("keys", "register", "ledger", "drafts", "sent"):
        text = "\n".join(texts_below(office.root / folder)) if (office.root / folder).is_dir() else ""
        assert MARK not in text, folder
        assert MARK.lower() not in text, folder
    assert MARK.lower() not in (office.root / "reversals.jsonl").read_text("utf-8").lower()


def test_nothing_in_what_was_said(told):
    """No canary, no name and no phone in plans, representations, refusals with their tracebacks, or logs."""
    _, _, said = told
    assert len(said) > 50
    assert not [line[:60] for line in said if MARK.lower() in line.lower()]
    assert not [line[:60] for line in said for name in NAMES if name.lower() in line.lower()]
