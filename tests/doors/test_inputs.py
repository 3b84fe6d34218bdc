"""From the file that people have to a bundle in the agency's database: three inputs."""

from __future__ import annotations

import re
import zipfile

import pytest

import anonshare as an
from anonshare import errors
from anonshare.pipeline.pages import plan_json, plan_words
from anonshare.pipeline.status import status, status_lines
from anonshare.samples.claims import claims
from anonshare.samples.htcds import fill_htcds
from anonshare.samples.kobo import kobo_export

CLAIMS, POLICIES = "syntheticlife-claim-data.csv", "syntheticlife-policy-data_first4000.csv"
METADATA = re.compile(r"<(?:dc:creator|cp:lastModifiedBy|Company)>([^<]+)<")


def through(world, data, policy, said):
    """Plan, draft, seal, verify, audit, ingest, export; everything that is shown on the way is added to ``said``."""
    planned = an.plan(data, policy, world.office)
    said += [plan_words(planned), str(plan_json(planned)), repr(planned)]
    planned.refuse()
    work = an.draft(planned)
    release = an.seal(work, world.approvals(work), world.root / "out")
    with an.verify(release.path, world.desk) as verified:
        report = an.audit(verified, world.desk)
        said += report.lines()
        assert report.met
        receipt = an.ingest(verified, world.desk)
        for kind in ("csv", "xlsx", "datapackage"):
            an.export(verified, kind, world.root / "exports")
    said += status_lines(status(world.office))
    return planned, release, receipt


def outside(world):
    """Every byte that left the office: opened bundles, approval files, exports, what the desk holds."""
    folders = (world.desk.root, world.root / "exports", world.office.folder("drafts"), world.office.folder("ledger"))
    for path in (p for folder in folders for p in folder.rglob("*") if p.is_file()):
        yield path.name.encode()
        data = path.read_bytes()
        yield data
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from (archive.read(name) for name in archive.namelist())


def test_the_htcds_sheet(world, public):
    """The Excel template, filled in: near-duplicates are told by row, and its author is nowhere."""
    template = public / "exchange" / "htcds" / "HTCDS_Excel_Spreadsheet_v2.0.xlsx"
    filled = fill_htcds(template, world.root / "cases.xlsx", 240)
    with zipfile.ZipFile(filled.path) as archive:
        metadata = {
            text
            for name in ("docProps/core.xml", "docProps/app.xml")
            for text in METADATA.findall(archive.read(name).decode())
        }
    found = bool(metadata)
    assert found, "the template has lost its author: the fixture proves nothing"
    said: list[str] = []
    planned, _, receipt = through(world, filled.path, "htcds", said)
    told = {(n.one, n.two) for n in planned.first.near}
    first = {}
    for row, person in enumerate(filled.person, 3):
        first.setdefault(person, row)
    assert told
    assert all(filled.person[a - 3] == filled.person[b - 3] for a, b in told)
    assert {filled.person[a - 3] for a, _ in told} == {filled.person[b - 3] for _, b in filled.near}
    assert receipt.rows["cases"] >= 0.95 * len(filled.person)
    secrets = {str(filled.truth.cells[c][r]) for c in ("email", "passport") for r in range(len(filled.person))}
    wanted = [text.encode() for text in metadata | secrets - {"None"}]
    leaks = sum(text in data for data in [*outside(world), *(text.encode() for text in said)] for text in wanted)
    assert leaks == 0


def test_interview_consent_is_no_consent_to_disclosure(world, public):
    """A policy that takes HTCDS's own consent column for consent to disclosure is refused by G1."""
    template = public / "exchange" / "htcds" / "HTCDS_Excel_Spreadsheet_v2.0.xlsx"
    filled = fill_htcds(template, world.root / "cases.xlsx", 30)
    text = (world.office.root / "policies" / "htcds.yaml").read_text("utf-8")
    wrong = re.sub(r"consent: \{mode.*\}", "consent: {mode: opt_in, column: Consent, covers: disclosure}", text)
    planned = an.plan(filled.path, world.write_policy(wrong), world.office)
    faults = [fault for outcome in planned.outcomes for fault in outcome.faults]
    assert [f.where for f in faults] == ["consent.column"]
    assert "interview" in faults[0].problem


def test_life_claims_with_their_policies(world, public):
    """Claims as children of policies: persons are counted over both tables, orphans stay, mixed dates are read."""
    said: list[str] = []
    files = [public / "records" / name for name in (CLAIMS, POLICIES)]
    planned, _, receipt = through(world, files, "life", said)
    read = planned.first.read
    assert (read["claims"].rows, read["claims"].orphans, read["policies"].rows) == (2812, 1747, 4000)
    assert receipt.rows["policies"] >= 0.98 * 4000
    assert receipt.rows["claims"] >= 0.98 * (2812 - 1747)
    assert not planned.inputs.unread


def test_orphans_are_refused_unless_the_policy_drops_them(world, public):
    """Claims that hang on no policy of the file are an error of the input by default."""
    text = (world.office.root / "policies" / "life.yaml").read_text("utf-8").replace(", orphans: drop", "")
    files = [public / "records" / name for name in (CLAIMS, POLICIES)]
    with pytest.raises(errors.InputError, match="1747 row"):
        an.plan(files, world.write_policy(text), world.office)


@pytest.mark.parametrize("kind", ["workbook", "folder"])
def test_a_survey_export_with_a_group_that_repeats(world, kind):
    """Kobo's workbook and ODK's folder give the same release; consent of the form holds for its visits."""
    export = kobo_export(260)
    data = export.write_xlsx(world.root / "k.xlsx") if kind == "workbook" else export.write_csvs(world.root / "k")
    said: list[str] = []
    planned, _, receipt = through(world, data, "kobo", said)
    asked = {p for p, row in zip(export.person, export.tables["case_intake"][1], strict=True) if row[10] == "yes"}
    assert planned.first.read["intake"].left == len(asked)
    assert receipt.rows["intake"] >= 0.95 * len(asked)
    assert receipt.rows["visits"] >= 0.9 * len(asked)


def test_workbook_and_folder_are_one_release(world):
    """The coded rows do not depend on the file format."""
    export = kobo_export(120)
    one = an.plan(export.write_xlsx(world.root / "k.xlsx"), "kobo", world.office)
    two = an.plan(export.write_csvs(world.root / "k"), "kobo", world.office)
    assert (one.first.coded.values == two.first.coded.values).all()
    assert one.recoded.recipe.loss == two.recoded.recipe.loss


def test_insurer_policy_of_the_shelf(world):
    """Rings show through equal tokens of accounts, and nobody's account leaves."""
    made = claims(1500)
    filled = {
        "what the unit may use the data for": "x", "id of your organisation": "ngo-lumina",
        "who answers questions, with an address": "x", "id on the unit's contact card": "agency-x",
        "country code of the unit": "RO", "reference of the partnership": "E", "first day": "2020-01-01",
        "last day": "9999-12-31", "why no consent is asked for, as your counsel words it": "law",
        "article that your counsel names, e.g. AMLR 75 or GDPR 6(1)(c)": "AMLR 75",
    }  # fmt: skip
    world.write_policy(an.fill(an.template("insurer-claims-links"), filled), "ins")
    said: list[str] = []
    _, release, _ = through(world, made.write(world.root / "claims"), "ins", said)
    with an.verify(release.path, world.desk) as verified:
        accounts = [a for b in verified.tables["claims"].batches() for a in b.column("beneficiary_iban").to_pylist()]
    shared = [a for a in set(accounts) if accounts.count(a) >= 3]
    assert len(shared) >= 5
    assert all(a.startswith("ib_") for a in shared)
    accounts = {str(row[7]) for row in made.tables["claims"][1]}
    for data in [*outside(world), *(text.encode() for text in said)]:
        assert b"XXXX9" not in data
    assert not any(a in text for a in accounts for text in said)
