"""The agency's side: promises recomputed, all or nothing, every bundle of a stream at most once."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.bundle.descriptor import TableDescription, datapackage
from anonshare.bundle.pack import FileContent, describe
from anonshare.errors import InputError, MalformedBundle, RequirementNotMet, StorageError, UntrustedSigner
from anonshare.intake.audit import audit
from anonshare.intake.ingest import ingest
from anonshare.intake.receipt import Receipt, open_receipt, sign_receipt
from anonshare.intake.state import ReceiverState
from anonshare.intake.store import Store
from anonshare.records.parquet_reader import open_source
from anonshare.records.writers import to_bytes
from anonshare.trust.card import ContactCard, Root
from anonshare.trust.envelopes import signed
from anonshare.trust.keys import generate_key
from anonshare.wire.strict_json import canonical

STAMP = "2026-01-01T00:00:00Z"
ROWS = [(f"u{n}", "18-20" if n < 12 else "21-23", "a" if n % 2 else "b") for n in range(24)]
CASES = {"unit": "string", "age": "string", "outcome": "string"}
COUNTS = {"age": "string", "count": "integer", "status": "string"}
CELLS = [("(all)", "24", "published"), ("18-20", "12", "published"), ("21-23", "12", "published")]
FACTS = {
    "facts": "disclosure/1",
    "tables": [
        {
            "name": "cases",
            "unit": "unit",
            "rows": 24,
            "persons": 24,
            "keys": ["age"],
            "columns": [{"name": name, "role": "x", "type": "string"} for name in CASES],
            "models": [{"model": "k_anonymity", "k": 11}, {"model": "l_diversity", "column": "outcome", "l": 2}],
        }
    ],
    "aggregates": [{"name": "by_age", "by": ["age"], "count": "person", "min_count": 11, "from_table": "cases"}],
}
RELEASE = {"consent": "opt_in", "detection": [{"language": "en", "names_covered": True}]}
POLICY = b"records: {tables: {cases: {columns: {age: {do: {generalize: {}}}, outcome: {do: {keep: {}}}}}}}\n"


def parquet(columns, rows) -> bytes:
    arrays = [pa.array([row[i] for row in rows], pa.string()) for i in range(len(columns))]
    batch = pa.RecordBatch.from_arrays(arrays, names=list(columns))
    return to_bytes("parquet", list(columns.items()), iter([batch]))


@dataclass
class Verified:
    """What a verified bundle gives to the intake, over bytes in memory."""

    files_: dict
    facts_: dict
    digest: str = "d" * 64
    seq: int = 1
    trust_version: int = 3
    statement: SimpleNamespace = field(init=False)

    def __post_init__(self):
        self.statement = SimpleNamespace(
            bundle_id="b" * 32,
            contributor="ngo",
            stream="ngo/x",
            seq=self.seq,
            created=STAMP,
            delete_at=None,
            policy_digest="p" * 64,
        )

    def read(self, path):
        return self.files_[path]

    def facts(self, room):
        return self.facts_[room]

    @property
    def tables(self):
        names = [p[5:-8] for p in self.files_ if p.endswith(".parquet")]
        return {name: open_source(self.files_[f"data/{name}.parquet"], name=name) for name in names}


def bundle(
    rows=ROWS, cells=CELLS, facts=FACTS, columns=CASES, policy=POLICY, described=CASES, release=RELEASE, **more
) -> Verified:
    files = {"data/cases.parquet": parquet(columns, rows), "data/by_age.parquet": parquet(COUNTS, cells)}
    tables = [
        TableDescription(
            name,
            (describe(f"data/{name}.parquet", FileContent(files[f"data/{name}.parquet"], "data")),),
            tuple(kinds.items()),
        )
        for name, kinds in (("cases", described), ("by_age", COUNTS))
    ]
    files |= {"data/datapackage.json": datapackage(tables), "data/policy.yaml": policy}
    return Verified(files, {"disclosure": facts, "release": release}, **more)


def changed(**table) -> dict:
    return {**FACTS, "tables": [{**FACTS["tables"][0], **table}]}


def broken(verified, **options) -> set[str]:
    return {v.check for v in audit(verified, **options).verdicts if not v.met}


def test_promises_kept():
    """A bundle that keeps its promises meets every verdict, and what cannot be recomputed is called attested."""
    report = audit(bundle())
    assert report.met, report.lines()
    assert report.exit_code == 0
    evidence = {v.check: v.evidence for v in report.verdicts}
    assert evidence["cases: k_anonymity"] == "recomputed"
    assert evidence["consent: opt_in"] == "attested"
    assert report.lines()[0].startswith("PROMISES KEPT")


BROKEN = {
    "k": (
        bundle(
            rows=[
                *[(u, "18-20" if n < 3 else a, o) for n, (u, a, o) in enumerate(ROWS)][:1],
                ("u1", "24-26", "a"),
                *ROWS[2:],
            ]
        ),
        "cases: k_anonymity",
    ),
    "k by one person with many rows": (
        bundle(rows=[("u0", a, o) for _, a, o in ROWS], facts=changed(persons=1)),
        "cases: k_anonymity",
    ),
    "l": (bundle(rows=[(u, a, "a") for u, a, _ in ROWS]), "cases: l_diversity"),
    "l only by nulls": (
        bundle(rows=[(u, a, "a" if n % 2 else None) for n, (u, a, _) in enumerate(ROWS)]),
        "cases: l_diversity",
    ),
    "rows": (bundle(facts=changed(rows=23)), "cases: rows"),
    "persons": (bundle(facts=changed(persons=23)), "cases: persons"),
    "no model": (bundle(facts=changed(models=[])), "cases: a privacy model"),
    "unknown model": (bundle(facts=changed(models=[{"model": "trust_me"}])), "cases: a model unknown here"),
    "small cell": (bundle(cells=[*CELLS[:2], ("21-23", "2", "published")]), "by_age: cells"),
    "cell that can be subtracted": (bundle(cells=[*CELLS[:2], ("21-23", None, "suppressed")]), "by_age: cells"),
    "cells of other rows": (
        bundle(cells=[("(all)", "30", "published"), ("18-20", "15", "published"), ("21-23", "15", "published")]),
        "by_age: counts of the rows beside it",
    ),
    "columns": (bundle(described={**CASES, "more": "string"}), "tables have the described columns"),
    "residual": (
        bundle(rows=[(u, a, "a@example.org") if n == 3 else (u, a, o) for n, (u, a, o) in enumerate(ROWS)]),
        "no identifier left in a cell",
    ),
    "column beyond the policy": (
        bundle(policy=POLICY.replace(b"outcome", b"other")),
        "columns are those of the policy",
    ),
}


@pytest.mark.parametrize(("verified", "check"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_promise_is_found(verified, check):
    """Each broken promise is found by its own check, and the report says so with exit code 5 and no cell."""
    report = audit(verified)
    assert check in {v.check for v in report.verdicts if not v.met}
    assert report.exit_code == 5
    assert "example.org" not in "\n".join(report.lines())


def test_the_agreed_policy():
    """A receiver who holds the agreed policy finds another one out."""
    from anonshare.wire.safe_yaml import load

    agreed = load(POLICY, "x")
    assert broken(bundle(), agreed_policy=agreed) == set()
    assert broken(bundle(), agreed_policy={**agreed, "k": 3}) == {"the policy is the one agreed on"}


@pytest.mark.parametrize(
    "facts", [{}, {"tables": [{}], "aggregates": []}, {"tables": 7, "aggregates": []}, changed(keys=["nothing"])]
)
def test_facts_without_form(facts):
    """Facts that do not have their form are refused as malformed or as an input error, never another exception."""
    with pytest.raises((MalformedBundle, InputError)):
        audit(bundle(facts=facts))


def take(tmp_path, verified, report=None):
    return ingest(
        verified,
        store=Store(tmp_path / "store.sqlite"),
        state=ReceiverState(tmp_path / "state.jsonl"),
        when=STAMP,
        audit_report=report or audit(verified),
        agency="agency",
        trust_version=1,
    )


def test_ingest_writes_all_or_nothing(tmp_path):
    """Rows are written once, typed; a second run says duplicate; the receipt counts them."""
    receipt = take(tmp_path, bundle())
    assert receipt.rows == {"cases": 24, "by_age": 3}
    assert take(tmp_path, bundle()).verdict == "duplicate"
    assert Store(tmp_path / "store.sqlite").counts() == {"bundle": 1, "data_by_age": 3, "data_cases": 24}
    with sqlite3.connect(tmp_path / "store.sqlite") as db:
        assert db.execute('SELECT sum("count") FROM data_by_age').fetchone() == (48,)


def test_a_bad_row_late_leaves_nothing(tmp_path, monkeypatch):
    """When the last table cannot be written, none is, and the error repeats no value."""
    good = Store._table

    def fails(db, verified, name, types):
        if name == "by_age":
            raise sqlite3.IntegrityError("Zq7Canary")
        return good(db, verified, name, types)

    monkeypatch.setattr(Store, "_table", staticmethod(fails))
    with pytest.raises(StorageError) as error:
        take(tmp_path, bundle())
    assert "Zq7Canary" not in str(error.value)
    monkeypatch.undo()
    assert Store(tmp_path / "store.sqlite").counts() == {"bundle": 0}
    assert ReceiverState(tmp_path / "state.jsonl").last("ngo", "ngo/x") is None


def test_a_new_column_is_added(tmp_path):
    """A later bundle may bring a column; names are quoted whatever they hold."""
    take(tmp_path, bundle())
    wider = {**CASES, 'o"dd; DROP TABLE bundle': "string"}
    rows = [(*row, "x") for row in ROWS]
    later = bundle(rows=rows, columns=wider, described=wider, digest="e" * 64, seq=2)
    later.statement.bundle_id = "c" * 32
    facts = audit(later)
    assert take(tmp_path, later, SimpleNamespace(met=True, verdicts=facts.verdicts)).rows["cases"] == 24


def test_a_refused_bundle_advances_the_stream(tmp_path):
    """A broken promise refuses before anything is written, once in the record however often it is tried."""
    bad = bundle(facts=changed(rows=23))
    for _ in range(2):
        with pytest.raises(RequirementNotMet, match="cases: rows"):
            take(tmp_path, bad)
    state = ReceiverState(tmp_path / "state.jsonl")
    assert state.last("ngo", "ngo/x") == (1, "d" * 64)
    assert not state.seen("d" * 64)
    assert not (tmp_path / "store.sqlite").exists()


def test_a_crash_between_store_and_state_is_repaired(tmp_path):
    """Rows without a record of them are recorded by the next run."""
    Store(tmp_path / "store.sqlite").ingest(bundle(), STAMP)
    assert take(tmp_path, bundle()).verdict == "duplicate"
    assert ReceiverState(tmp_path / "state.jsonl").seen("d" * 64)


@contextmanager
def permutation(tmp_path_factory):
    yield tmp_path_factory.mktemp("stream")


@settings(max_examples=30)
@given(st.lists(st.integers(1, 4), max_size=10))
def test_any_order_of_a_stream(tmp_path_factory, order):
    """Whatever the order of arrival, each bundle is accepted at most once, and only after the one before it."""
    from anonshare.bundle.acceptance import in_order
    from anonshare.errors import OutOfOrder

    with permutation(tmp_path_factory) as folder:
        state, accepted = ReceiverState(folder / "s.jsonl"), []
        for seq in order:
            prev = f"{seq - 1:064x}" if seq > 1 else None
            statement = SimpleNamespace(contributor="ngo", stream="s", seq=seq, prev=prev)
            try:
                told = in_order(statement, f"{seq:064x}", state)
            except OutOfOrder:
                continue
            if told != "duplicate":
                accepted.append(seq)
                state.record(
                    contributor="ngo", stream="s", seq=seq, digest=f"{seq:064x}", outcome="accepted", when=STAMP
                )
    assert accepted == list(range(1, len(accepted) + 1))


def test_receipts():
    """A receipt is the agency's: another signer's, another agency's, or a touched one is refused."""
    from base64 import b64encode

    root, other, roots = generate_key(), generate_key(), generate_key()

    def card(signer, name):
        return ContactCard(
            card="card/1", id=name, title="A", kind="agency", people=(), thresholds={}, recipients=(), formats=(),
            exercise=False, version=1, root=Root(keys=(b64encode(roots.spki()).decode(),), threshold=1), issued=STAMP,
            office=b64encode(signer.spki()).decode(), expires="2027-01-01T00:00:00Z",
        )  # fmt: skip

    receipt = Receipt(
        receipt="receipt/1", agency="agency", digest="d" * 64, bundle_id="b", contributor="ngo", stream="s", seq=1,
        received_at=STAMP, verdict="ingested", rows={"by age": 3}, trust_version=1,
    )  # fmt: skip
    data = sign_receipt(receipt, root)
    assert open_receipt(data, card(root, "agency")) == receipt
    for wrong in (card(other, "agency"), card(root, "somebody")):
        with pytest.raises(UntrustedSigner):
            open_receipt(data, wrong)
    raw = json.loads(canonical({**receipt.model_dump(mode="json"), "rows": 7}))
    with pytest.raises(UntrustedSigner):
        open_receipt(signed("application/vnd.anonshare.receipt+json", canonical(raw), root), card(root, "agency"))
