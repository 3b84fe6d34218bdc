"""The story: plan, draft, approve, seal, verify, audit, ingest; and everything that stops it."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from datetime import timedelta

import pandas as pd
import pytest

import anonshare as an
from anonshare.errors import (
    InputError,
    KeyFileError,
    LedgerError,
    MalformedBundle,
    NotForUs,
    OutOfOrder,
    ReleaseRefused,
    SignatureError,
    UntrustedSigner,
    WorkspaceError,
)
from anonshare.intake.receipt import open_receipt
from anonshare.intake.store import Store
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.demo import FILLED, POLICY
from anonshare.samples.cases import cases
from anonshare.trust.keys import load_key
from anonshare.workspace import now_utc

SECRET = b"correct horse"


def policy_text() -> str:
    return an.fill(an.template(POLICY), FILLED)


def test_from_table_to_ingested_bundle(world):
    """A release goes from a table to rows in the agency's database, and the receipt is the agency's."""
    planned = an.plan(world.records, POLICY, world.office)
    assert planned.met
    assert min(planned.kept) > 0.3
    assert not any((world.office.root / "drafts").iterdir())
    release = world.release()
    assert [p.name for p in release.path.parent.iterdir()] == [release.path.name]
    with an.verify(release.path, world.desk) as verified:
        assert verified.order == "first"
        assert {one.roles[0] for one in verified.signed_by} == {"data-officer", "legal-officer"}
        report = an.audit(verified, world.desk)
        assert report.met, report.lines()
        receipt = an.ingest(verified, world.desk)
    assert not receipt.duplicate
    opened = open_receipt(receipt.path.read_bytes(), world.desk.card)
    assert (opened.digest, opened.verdict, opened.rows) == (release.digest, "ingested", dict(receipt.rows))
    assert Store(world.desk.root / "store.sqlite").counts()["data_cases"] == receipt.rows["cases"]


def test_ingest_is_idempotent(world):
    """The same bundle again writes nothing and says so."""
    release = world.release()
    for duplicate in (False, True):
        with an.verify(release.path, world.desk) as verified:
            assert an.ingest(verified, world.desk).duplicate is duplicate
    opened = world.desk.folder("opened") / f"{release.digest[:16]}.anonshare.zip"
    with an.verify(opened, world.desk) as again, an.verify_with(opened, world.desk.root / "trust.dsse.json") as bare:
        assert again.order == "duplicate"
        assert bare.order == "not checked"


def test_the_same_records_make_the_same_draft(world):
    """A draft made twice is one draft, to the byte; other records need the first to be given up."""
    first = an.draft(an.plan(world.records, POLICY, world.office))
    payload = first.payload
    assert an.draft(an.plan(world.records, POLICY, world.office)).payload == payload
    cases(160, seed=6).write_csv(world.records)
    with pytest.raises(LedgerError, match="Another draft"):
        an.draft(an.plan(world.records, POLICY, world.office))
    other = an.draft(an.plan(world.records, POLICY, world.office), replace=True)
    assert other.payload != payload
    with pytest.raises(WorkspaceError, match="given up"):
        an.seal(first, world.approvals(first), world.root / "out")


def test_two_persons_must_sign(world):
    """One approval, the same one twice, or one for another draft is refused by G13, and nothing is written."""
    work = an.draft(an.plan(world.records, POLICY, world.office))
    one, two = world.approvals(work)
    for approvals in ([one], [one, one], []):
        with pytest.raises(ReleaseRefused, match=r"G13|twice"):
            an.seal(work, approvals, world.root / "out")
    assert not (world.root / "out").exists()
    two.write_bytes(two.read_bytes().replace(b'"payload_sha256":"', b'"payload_sha256":"0')[:-1])
    with pytest.raises(InputError):
        an.seal(work, [one, two], world.root / "out")


def test_a_wrong_signature_in_an_approval_is_refused(world):
    """An approval whose signature was changed sinks the seal."""
    work = an.draft(an.plan(world.records, POLICY, world.office))
    one, two = world.approvals(work)
    from anonshare.wire.strict_json import canonical, parse

    raw = parse(two.read_bytes())
    raw["sig"] = "A" * 86 + "=="
    two.write_bytes(canonical(raw))
    with pytest.raises(SignatureError):
        an.seal(work, [one, two], world.root / "out")


def test_the_approver_sees_what_is_signed(world):
    """An approval file whose report was exchanged is not signed; one that is none is refused."""
    work = an.draft(an.plan(world.records, POLICY, world.office))
    with zipfile.ZipFile(work.request) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"Popescu" in data or b"+40" in data for data in parts.values())
    parts["data/report.html"] = parts["data/report.html"].replace(b"11", b"99")
    with zipfile.ZipFile(work.request, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(MalformedBundle, match="another report"):
        world.approvals(work)
    work.request.write_bytes(b"PK nothing")
    with pytest.raises(InputError, match="no approval file"):
        world.approvals(work)


def test_a_sealed_draft_is_sealed_once(world):
    """A number leaves once: sealing again is refused."""
    work = an.draft(an.plan(world.records, POLICY, world.office))
    approvals = [an.approve(work.request, key=key, passphrase=SECRET, to=world.root) for key in world.keys]
    kept = shutil.copytree(work.folder, world.root / "kept")
    an.seal(work, approvals, world.root / "out")
    assert not work.folder.exists()
    shutil.copytree(kept, work.folder)
    with pytest.raises(WorkspaceError):
        an.seal(work.folder, approvals, world.root / "again", home=world.office)


def test_a_draft_expires(world, monkeypatch):
    """After thirty days a draft is neither approved nor sealed, and a new one takes its place without being asked to."""
    work = an.draft(an.plan(world.records, POLICY, world.office))
    approvals = world.approvals(work)
    late = now_utc() + timedelta(days=31)
    for module in ("approve", "seal", "draft"):
        monkeypatch.setattr(f"anonshare.pipeline.{module}.now_utc", lambda: late)
    with pytest.raises(ReleaseRefused, match="expired"):
        world.approvals(work)
    with pytest.raises(ReleaseRefused, match="expired"):
        an.seal(work, approvals, world.root / "out")
    cases(150, seed=8).write_csv(world.records)
    assert an.draft(an.plan(world.records, POLICY, world.office)).bundle_id != work.bundle_id


def test_a_signer_of_another_kind(world):
    """Whatever has a public key and signs can approve: a token, a service, a key in memory."""
    work = an.draft(an.plan(world.records, POLICY, world.office))
    signers = [load_key(key, SECRET) for key in world.keys]
    approvals = [an.approve(work.request, key=signer) for signer in signers]
    assert an.seal(work, approvals, world.root / "out").seq == 1


def test_a_full_disk_leaves_nothing(world, monkeypatch):
    """A disk that fills up while sealing leaves no file, and the draft can be sealed later."""
    import errno

    from anonshare.bundle import encrypted

    work = an.draft(an.plan(world.records, POLICY, world.office))
    approvals = world.approvals(work)

    def full(*args):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(encrypted, "encrypt", full)
        with pytest.raises(an.errors.StorageError, match="disk is full"):
            an.seal(work, approvals, world.root / "out")
    assert not list((world.root / "out").iterdir())
    assert an.seal(work, approvals, world.root / "out").seq == 1


def test_streams_follow_each_other(world):
    """Numbers follow; a gap and a rollback are told apart; a second release names the first."""
    first = world.release()
    with an.verify(first.path, world.desk) as verified:
        an.ingest(verified, world.desk)
    cases(150, seed=5).write_csv(world.records)
    with world.records.open("a", encoding="utf-8") as out:
        out.write("\n")
    second = world.release()
    assert second.seq == 2
    with an.verify(second.path, world.desk) as verified:
        assert verified.order == "next"
        assert verified.statement.prev == first.digest
        an.ingest(verified, world.desk)
    third_desk = an.setup(
        world.root / "late",
        id="agency-x",
        title="Unit X",
        kind="agency",
        exercise=True,
        passphrase_file=world.root / "passphrase",
    )
    opened = world.desk.folder("opened") / f"{second.digest[:16]}.anonshare.zip"
    card = world.office.root / "card.dsse.json"
    an.add_card(third_desk, card, words=" ".join(an.card_words(card.read_bytes())))
    with pytest.raises(OutOfOrder) as gap:
        an.verify(opened, third_desk)
    assert gap.value.reason == "gap"


def test_releases_compose(world):
    """A second release of a policy without a series that adds a few persons to a class is refused: subtraction names them."""
    text = policy_text().replace("  series: {kind: cumulative, every: P3M}\n", "")
    name = world.write_policy(text, POLICY)
    work = an.draft(an.plan(world.records, name, world.office))
    an.seal(work, world.approvals(work), world.root / "out")
    frame = pd.read_csv(world.records, dtype=str)
    new = frame[frame.consent_police == "yes"].head(1).assign(first_name="Nova", surname="Persona", phone=None)
    pd.concat([frame, new]).to_csv(world.records, index=False)
    planned = an.plan(world.records, name, world.office)
    assert {o.gate.code for o in planned.outcomes if not o.open} == {"G11"}
    with pytest.raises(ReleaseRefused):
        an.draft(planned)


def test_only_the_agency_opens_it(world):
    """Another agency has no identity that fits; a contributor's own archive key does."""
    release = world.release()
    other = an.setup(
        world.root / "other",
        id="agency-y",
        title="Y",
        kind="agency",
        exercise=True,
        passphrase_file=world.root / "passphrase",
    )
    with pytest.raises(NotForUs):
        an.verify(release.path, other)
    assert not list(other.folder("opened").iterdir())
    with pytest.raises(InputError, match="encrypted"):
        an.verify_with(release.path, world.desk.root / "trust.dsse.json")
    with an.verify(release.path, world.office) as own:
        assert own.statement.seq == 1


def test_share_is_all_in_one(world):
    """Where the keys are at hand, share goes from records to the sealed file."""
    release = an.share(
        world.records, POLICY, world.office, keys=dict.fromkeys(world.keys, SECRET), to=world.root / "out"
    )
    with an.verify(release.path, world.desk) as verified:
        assert verified.statement.seq == 1
    with pytest.raises(KeyFileError):
        an.share(world.records, POLICY, world.office, keys=dict.fromkeys(world.keys, b"wrong"), to=world.root / "out")


@pytest.mark.parametrize("reader", ["pandas", "arrow", "parquet"])
def test_frames_and_files_release_the_same_rows(world, reader):
    """The same records as CSV, pandas, Arrow and Parquet give the same released table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    frame = pd.read_csv(world.records, dtype=str, keep_default_na=False).replace("", None)
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table, world.root / "cases.parquet")
    data = {"pandas": frame, "arrow": table, "parquet": world.root / "cases.parquet"}[reader]
    text = an.plan(world.records, POLICY, world.office)
    other = an.plan(data, POLICY, world.office)
    assert text.met
    assert other.met
    assert text.kept == other.kept
    assert (text.recoded.recipe.levels == other.recoded.recipe.levels).all()


def refused(world, text: str) -> set[str]:
    planned = an.plan(world.records, world.write_policy(text), world.office)
    return {outcome.gate.code for outcome in planned.outcomes if not outcome.open}


def test_gates_close_in_the_plan(shared):
    """Faults of the policy, the columns and the recipient show in the dry run, all at once."""
    text = policy_text()
    assert refused(shared, text.replace('card: "agency-x"', 'card: "nobody"')) == {"G5"}
    assert refused(shared, text.replace("outcome: {", "missing_one: {role: internal}\n        outcome: {")) == {"G2"}
    assert refused(
        shared,
        text.replace("        outcome: {role: sensitive, known_to: [nobody]}\n", "").replace(
            ", {l_diversity: {column: outcome, l: 2}}", ""
        ),
    ) == {"G2"}
    assert refused(
        shared, text.replace("yes: ", "yes: ").replace("column: consent_police, covers", "column: gender, covers")
    ) == {"G4"}
    assert refused(shared, text.replace("9999-12-31", "2020-12-31")) == {"G1"}
    assert refused(
        shared, text.replace("handle: {role: direct_identifier, do: drop}", "handle: {role: insensitive}")
    ) == {"G6"}


def test_a_place_of_the_private_list_stays(shared):
    """A kept value that names a place of the private list closes G6, and the list's words never show."""
    (shared.office.root / "policies" / "places.txt").write_text("In Shelter\n", "utf-8")
    planned = an.plan(
        shared.records, shared.write_policy(policy_text() + "sensitive_places: places.txt\n"), shared.office
    )
    (closed,) = [o for o in planned.outcomes if not o.open]
    assert closed.gate.code == "G6"
    assert "shelter" not in str(closed.faults).replace("columns.shelter", "").lower()


def test_codes_from_notes(shared):
    """Notes can leave as codes, which join the columns over which k is judged."""
    text = policy_text().replace(
        "notes: {role: narrative, do: withhold, kind: special}",
        "notes: {role: narrative, do: {codes: {lexicon: means_of_control}}, kind: special, known_to: [perpetrator]}",
    )
    planned = an.plan(shared.records, shared.write_policy(text, "coded"), shared.office)
    assert planned.met, [o.faults for o in planned.outcomes if not o.open]
    assert "notes" in [column.name for column in planned.recoded.rows.columns]


def test_shifted_dates_leave_with_intervals_kept(world):
    """Shifted dates leave; all of a person's dates move by one number of days."""
    text = policy_text().replace(
        "consent_date: {role: internal, do: drop}",
        "consent_date: {role: insensitive, do: {shift_dates: {days: 30}}}",
    )
    work = an.draft(an.plan(world.records, world.write_policy(text, POLICY), world.office))
    frame = pd.read_csv(work.folder / "files" / "data" / "cases.csv")
    real = pd.read_csv(world.records)
    assert frame.consent_date.notna().all()
    assert len(frame) <= len(real)


def test_tables_alone(world):
    """A policy can release tables of counts and no record; a second release of tables waits for a later version."""
    text = policy_text().replace("      others: refuse", "      others: refuse\n      release: nothing")
    name = world.write_policy(text, POLICY)
    work = an.draft(an.plan(world.records, name, world.office))
    release = an.seal(work, world.approvals(work), world.root / "out")
    with an.verify(release.path, world.desk) as verified:
        assert list(verified.tables) == ["by_citizenship_year"]
        assert an.audit(verified, world.desk).met
    again = an.plan(world.records, name, world.office)
    assert {o.gate.code for o in again.outcomes if not o.open} == {"G11"}


def test_null_units_are_refused(world):
    """Rows that name nobody are refused with their number and no value."""
    frame = pd.read_csv(world.records, dtype=str)
    frame.loc[3, ["first_name", "surname", "birth_date"]] = None
    frame.loc[3, "consent_police"] = "yes"
    frame.to_csv(world.records, index=False)
    with pytest.raises(ReleaseRefused) as error:
        an.plan(world.records, POLICY, world.office)
    assert error.value.exit_code == 3
    assert error.value.reason == "null-unit"


def test_too_few_persons(world):
    """Fewer persons than k cannot be released at all."""
    cases(9, seed=1).write_csv(world.records)
    with pytest.raises(ReleaseRefused):
        an.plan(world.records, POLICY, world.office)


def test_a_changed_file_between_plan_and_draft(world):
    """Records that changed after the plan are not drafted."""
    planned = an.plan(world.records, POLICY, world.office)
    cases(140, seed=9).write_csv(world.records)
    with pytest.raises(InputError):
        an.draft(planned)
    assert not list(world.office.folder("drafts").iterdir())


def test_a_touched_database_or_state_is_told(world):
    """A receiver's record that was changed is refused; a broken database is an error without its text."""
    release = world.release()
    with an.verify(release.path, world.desk) as verified:
        (world.desk.root / "store.sqlite").write_bytes(b"not a database, said the canary")
        with pytest.raises(an.errors.StorageError) as error:
            an.ingest(verified, world.desk)
        assert "canary" not in str(error.value)
        (world.desk.root / "store.sqlite").unlink()
        an.ingest(verified, world.desk)
    state = world.desk.root / "state.jsonl"
    state.write_bytes(state.read_bytes().replace(b'"seq":1', b'"seq":7'))
    with pytest.raises(WorkspaceError, match="damaged"):
        an.verify(release.path, world.desk)


def test_the_rows_in_the_database_are_those_of_the_bundle(world):
    """What was released stands in the database, typed, with the bundle it came from."""
    release = world.release()
    with an.verify(release.path, world.desk) as verified:
        an.ingest(verified, world.desk)
        rows = sum(batch.num_rows for batch in verified.tables["cases"].batches())
    with sqlite3.connect(world.desk.root / "store.sqlite") as db:
        assert db.execute("SELECT count(*) FROM data_cases WHERE bundle_digest = ?", (release.digest,)).fetchone() == (
            rows,
        )
        counts = db.execute("SELECT typeof(count) FROM data_by_citizenship_year WHERE status = 'published'").fetchall()
    assert set(counts) == {("integer",)}


def test_workspaces_are_told_apart(world):
    """A contributor's step in an agency's workspace is refused, and the other way round."""
    with pytest.raises(WorkspaceError):
        an.plan(world.records, POLICY, world.desk)
    release = world.release()
    with an.verify(release.path, world.desk) as verified, pytest.raises(WorkspaceError):
        an.ingest(verified, world.office)


def test_setup_refuses(world):
    """A folder in use, a wrong word, an own card, a real card in an exercise, a wrong passphrase: each is refused."""
    with pytest.raises(WorkspaceError, match="not empty"):
        an.setup(world.office.root, id="x", title="X", passphrase_file=world.root / "passphrase")
    card = world.desk.root / "card.dsse.json"
    with pytest.raises(UntrustedSigner, match="words"):
        an.add_card(world.office, card, words="acorn " * 12)
    with pytest.raises(an.errors.UsageError):
        an.add_card(world.office, world.office.root / "card.dsse.json", words="")
    real = an.setup(
        world.root / "real", id="real-one", title="Real", kind="agency", passphrase_file=world.root / "passphrase"
    )
    foreign = real.root / "card.dsse.json"
    with pytest.raises(UntrustedSigner, match="exercise"):
        an.add_card(world.office, foreign, words=" ".join(an.card_words(foreign.read_bytes())))
    wrong = world.root / "wrong"
    wrong.touch(mode=0o600)
    wrong.write_bytes(b"nonsense")
    with pytest.raises(KeyFileError):
        an.plan(world.records, POLICY, an.Workspace.open(world.office.root, passphrase_file=wrong))
    with pytest.raises(WorkspaceError, match="key already"):
        an.new_officer(world.keys[0].parent, name="B", roles=("x",), passphrase=SECRET)
    with pytest.raises(InputError):
        an.add_person(world.office, world.records.parent / "nothing.json")


def test_names_that_cannot_stand_in_a_file(world):
    """An id, a role or a table's name that some system cannot write is refused in words, and nothing is left."""
    for name, title in (("Bad Id", "X"), ("", "X"), ("good", ""), ("x" * 64, "X")):
        with pytest.raises(an.errors.UsageError):
            an.setup(world.root / "new", id=name, title=title, passphrase_file=world.root / "passphrase")
    with pytest.raises(an.errors.UsageError):
        an.new_officer(world.root / "new", name="A", roles=("Data Officer",), passphrase=SECRET)
    assert not (world.root / "new").exists()
    name = world.write_policy(policy_text().replace("    cases:\n", "    con:\n"), POLICY)
    with pytest.raises(an.errors.PolicyError, match="file name"):
        an.draft(an.plan(world.records, name, world.office))
    assert not list(world.office.folder("drafts").iterdir())


def test_a_damaged_workspace(world, tmp_path):
    """A folder without, or with a damaged, workspace file is no workspace; an exchanged trust store is refused."""
    with pytest.raises(WorkspaceError):
        an.Workspace.open(tmp_path / "nowhere")
    shutil.copyfile(world.desk.root / "trust.dsse.json", world.office.root / "trust.dsse.json")
    with pytest.raises(UntrustedSigner):
        _ = world.office.trust
    (world.office.root / "anonshare.json").write_bytes(b"{}")
    with pytest.raises(WorkspaceError, match="damaged"):
        an.Workspace.open(world.office.root)


def test_two_processes_in_one_workspace(world):
    """While one process holds the workspace another one is refused."""
    with world.office.lock(), pytest.raises(WorkspaceError, match="Another process"):
        an.draft(an.plan(world.records, POLICY, world.office))


def test_an_unknown_policy_lists_those_there_are(world):
    """A wrong name of a policy is told with the names that exist."""
    with pytest.raises(an.errors.PolicyError) as error:
        an.plan(world.records, "nothing", world.office)
    assert POLICY in error.value.hint


def test_what_was_accepted_stays_accepted(world):
    """A store that has expired takes in nothing new, and a bundle that was accepted verifies a hundred years later."""
    release = world.release()
    late = now_utc() + timedelta(days=36500)
    with pytest.raises(UntrustedSigner, match="expired"):
        an.verify(release.path, world.desk, now=late)
    with an.verify(release.path, world.desk) as verified:
        an.ingest(verified, world.desk)
    with an.verify(release.path, world.desk, now=late) as verified:
        assert verified.order == "duplicate"


def test_the_ledger_knows_what_left(world):
    """The ledger holds the release with its digest, its recipient and who approved."""
    release = world.release()
    (entry,) = Ledger.open(world.office.folder("ledger")).releases()
    assert (entry.digest, entry.recipients, len(entry.approvals)) == (release.digest, ("agency-x",), 2)
    assert not Ledger.open(world.office.folder("ledger")).open_reservations()
