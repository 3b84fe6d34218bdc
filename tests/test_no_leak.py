"""Nobody's cell in any byte that leaves, in any error, log, file name, report or traceback.

A canary is planted in every identifying column, in a column's name, in notes and in the private list of places; then
the whole story is told, every refusal provoked, and everything that was said or written outside the contributor's own
records is searched. PLACES lists what is searched; a new output belongs into it.
"""

from __future__ import annotations

import io
import logging
import shutil
import sqlite3
import traceback
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import anonshare as an
from anonshare.cli.say import problem, unexpected
from anonshare.errors import AnonshareError
from anonshare.pipeline.demo import FILLED, POLICY
from anonshare.pipeline.pages import plan_json, plan_words
from anonshare.pipeline.trust_view import trust_json, trust_lines
from anonshare.pipeline.verdict import (
    audit_json,
    inspect_json,
    inspect_lines,
    refusal_json,
    refusal_lines,
    verdict_json,
    verdict_lines,
)
from anonshare.samples.cases import cases
from anonshare.samples.truth import secrets, with_canaries

SECRET = b"correct horse"
MARK = "Zq7Canary"
PLACES = (
    "sealed bundle, decrypted, every file, Parquet pages decoded",
    "file names and entry names",
    "approval file",
    "draft folder",
    "ledger, memberships",
    "receipts, notices, receiver's state, SQLite of the agency, log",
    "plan, report, verdict, audit and inspect in words and JSON",
    "messages, hints, faults of every error, its notes and its chained context",
    "what the command line prints for it",
    "log records of every library",
    "scan, explain, status, ledger, policy check and diff, in words and JSON",
    "exports (CSV, workbook, data package), inbox, quarantine, receipts that came back",
    "backup, restored workspace but for its policies",
    "detection: spans, coverage, models, masked notes, its adapter and its processes, and what each says when it fails",
    "tokens, masked notes, sealed mappings, registers, reversals: tests/test_no_leak_tokens.py",
    "the story from a workbook: sheet names, author, comments, a hidden sheet; linked tables",
)


class Heard(logging.Handler):
    """Every log record of every library."""

    def __init__(self):
        super().__init__(0)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage() + str(record.args))


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The story on records full of canaries: (root, all texts that were said, the sealed file, its parts)."""
    root = tmp_path_factory.mktemp("leak")
    heard, said = Heard(), []
    logging.getLogger().addHandler(heard)
    logging.getLogger().setLevel(0)
    office, desk, keys = parties(root)
    made, canaries = with_canaries(cases(140, seed=21), MARK)
    folder = root / f"records {MARK}"
    folder.mkdir()
    made.write_csv(folder / f"{MARK}.csv")
    plan = an.plan(folder / f"{MARK}.csv", POLICY, office)
    said += [plan_words(plan), str(plan_json(plan)), repr(plan)]
    work = an.draft(plan)
    said.append(repr(work))
    (root / "mail").mkdir()
    shutil.copy(work.request, root / "mail")
    release = an.seal(work, [an.approve(work.request, key=k, passphrase=SECRET) for k in keys], root / "out")
    with an.verify(release.path, desk) as verified:
        report = an.audit(verified, desk)
        receipt = an.ingest(verified, desk)
        said += [*verdict_lines(verified), str(verdict_json(verified)), *inspect_lines(verified), repr(verified)]
        said += [str(inspect_json(verified)), *report.lines(), str(audit_json(report)), repr(receipt)]
        for kind in ("csv", "xlsx", "datapackage"):
            an.export(verified, kind, root / "exports")
    said += everyday(root, office, desk, receipt, folder / f"{MARK}.csv", release)
    logging.getLogger().removeHandler(heard)
    opened = desk.folder("opened") / f"{release.digest[:16]}.anonshare.zip"
    return root, said + heard.lines, work, opened, made, canaries


def everyday(root, office, desk, receipt, records, release):
    """What the everyday verbs say of a workspace and of a file full of canaries."""
    from anonshare.pipeline.backup import backup
    from anonshare.pipeline.explain import explain
    from anonshare.pipeline.ledger_view import check_json, check_ledger, ledger_json, ledger_lines
    from anonshare.pipeline.recover import recover, write_heads
    from anonshare.pipeline.restore import restore
    from anonshare.pipeline.scan import scan_json, scan_lines
    from anonshare.pipeline.status import status, status_json, status_lines
    from anonshare.policy.diff import differences

    found = an.scan(records, languages=("en", "es", "fr", "ro"), region="RO")
    said = [*scan_lines(found), str(scan_json(found)), repr(found), repr(an.receive(receipt.path, office))]
    policy = office.policy(POLICY)
    said += [line for name in policy.columns() for line in explain(name, policy)]
    inbox = desk.folder("inbox")
    inbox.mkdir(exist_ok=True)
    (inbox / f"{MARK}.zip").write_bytes(records.read_bytes())
    (inbox / release.path.name).write_bytes(release.path.read_bytes())
    said += [repr(an.inbox(desk)), repr(an.inbox(desk, take=True))]
    for path in desk.folder("quarantine").glob(f"{MARK}*"):
        # the stranger's own bytes and his name for them stay as they came; the note beside them is ours
        if path.name.endswith(".why.json"):
            said.append(path.read_text("utf-8"))
        path.unlink()
    backup(office, root / "office.backup")
    home = restore(root / "office.backup", root / "restored", passphrase=SECRET)
    heads = write_heads(desk, "ngo-lumina", root / "heads.json", now=datetime.now(UTC) + timedelta(days=1))
    for place in (home, office, desk):
        found_status = status(place)
        said += [*status_lines(found_status), str(status_json(found_status))]
    stream = f"ngo-lumina/{POLICY}/agency-x"
    an.start_log(office)
    an.resend(office, stream, 1, root / "out")
    notice = an.void(office, stream, 1, keys={root / "data-officer" / "officer.key": SECRET}, to=root / "out")
    said += [repr(an.take_notice(desk, notice)), notice.name, *trust_lines(desk.trust), str(trust_json(desk.trust))]
    try:
        an.verify(release.path, desk)
    except AnonshareError as refused:
        said += [*refusal_lines(refused), str(refusal_json(refused))]
    said += [*ledger_lines(home), str(ledger_json(home)), str(check_json(check_ledger(home)))]
    said += [repr(recover(home, [heads], by="a")), repr(differences(policy, policy)), heads.read_text("utf-8")]
    return said


def parties(root: Path):
    secret = root / "passphrase"
    secret.touch(mode=0o600)
    secret.write_bytes(SECRET)
    office = an.setup(root / "office", id="ngo-lumina", title="NGO", exercise=True, passphrase_file=secret)
    desk = an.setup(root / "desk", id="agency-x", title="X", kind="agency", exercise=True, passphrase_file=secret)
    for role in ("data-officer", "legal-officer"):
        an.add_person(office, an.new_officer(root / role, name=role, roles=(role,), passphrase=SECRET))
    for giver, taker in ((office, desk), (desk, office)):
        card = giver.root / "card.dsse.json"
        an.add_card(taker, card, words=" ".join(an.card_words(card.read_bytes())))
    text = an.fill(an.template(POLICY), FILLED) + "sensitive_places: places.txt\n"
    (office.root / "policies" / f"{POLICY}.yaml").write_text(text, "utf-8")
    (office.root / "policies" / "places.txt").write_text(f"{MARK} house\n", "utf-8")
    return office, desk, [root / role / "officer.key" for role in ("data-officer", "legal-officer")]


def texts_of(name: str, data: bytes) -> list[str]:
    """All text in a file: itself, the cells, schema and statistics of a Parquet file, the entries of an archive."""
    found = [name, data.decode("utf-8", "replace"), data.decode("utf-16-le", "replace")]
    if name.endswith(".parquet"):
        table = pq.read_table(io.BytesIO(data))
        found += [
            str(table.schema),
            table.to_pandas().to_csv(),
            str(pq.ParquetFile(io.BytesIO(data)).metadata.to_dict()),
        ]
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.namelist():
                found += texts_of(entry, archive.read(entry))
    return found


def texts_below(folder: Path) -> list[str]:
    return [
        t
        for p in sorted(folder.rglob("*"))
        if p.is_file()
        for t in texts_of(str(p.relative_to(folder)), p.read_bytes())
    ]


def test_the_canaries_were_planted(told):
    """Each identifying column carries one: a test that plants nothing finds nothing."""
    *_, made, canaries = told
    whole = made.csv().decode()
    assert len(canaries) >= 12
    assert all(canary in whole for canary in canaries)


def test_nothing_in_what_left(told):
    """No canary and no planted identifier in any byte of the opened bundle, nor in its names."""
    _, _, _, opened, made, _ = told
    found = "\n".join(texts_of(opened.name, opened.read_bytes()))
    assert MARK not in found
    planted = {value.split(f" {MARK}")[0] for value in secrets(made)}
    distinctive = {value for value in planted if len(value) > 7 and any(c.isdigit() or c == "@" for c in value)}
    assert len(distinctive) > 200
    assert not [value for value in distinctive if value in found]


def test_nothing_at_the_agency_and_in_the_mail(told):
    """No canary in the agency's database, state, receipts, or the file for approvers."""
    root, _, work, _, _, _ = told
    assert MARK not in "\n".join(texts_below(root / "desk"))
    assert MARK not in "\n".join(texts_below(root / "out"))
    (request,) = (root / "mail").iterdir()
    assert MARK not in "\n".join(texts_of(request.name, request.read_bytes()))
    with sqlite3.connect(root / "desk" / "store.sqlite") as db:
        assert MARK not in "\n".join(db.iterdump())


def test_nothing_in_exports_and_backups(told):
    """No canary in what the agency exports, in the sealed backup, or in what it restores beside policies."""
    root, *_ = told
    assert MARK not in "\n".join(texts_below(root / "exports"))
    assert MARK not in "\n".join(texts_of("backup", (root / "office.backup").read_bytes()))
    for folder in ("drafts", "ledger", "keys", "receipts"):
        assert MARK not in "\n".join(texts_below(root / "restored" / folder)), folder


def workbook(path: Path) -> None:
    """Two linked sheets full of canaries: names of sheets, author, a comment, a hidden sheet, notes."""
    import openpyxl
    from openpyxl.comments import Comment

    made, _ = with_canaries(cases(140, seed=8), MARK)
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = MARK
    people = book.active
    people.title = f"{MARK} people"
    visits, hidden = book.create_sheet(f"{MARK} visits"), book.create_sheet(f"{MARK} hidden")
    hidden.sheet_state = "hidden"
    hidden.append([MARK])
    names = ("first_name", "surname", "birth_date", "phone", "gender", "consent_police")
    people.append(["no", *names])
    visits.append(["of", "interview_date", "outcome", "notes"])
    seen: dict[tuple, int] = {}
    for row in range(made.rows):
        key = tuple(made.cells[name][row] for name in names[:3])
        if key not in seen:
            seen[key] = len(seen) + 1
            people.append([f"N{seen[key]}", *(made.cells[name][row] for name in names)])
        told = [made.cells[name][row] for name in ("interview_date", "outcome", "notes")]
        visits.append([f"N{seen[key]}", *told])
    people["B2"].comment = Comment(MARK, MARK)
    book.save(path)


def linked(path: Path, name: str, row: int = 1) -> None:
    """A policy over the two sheets."""
    head = an.fill(an.template(POLICY), FILLED)
    start, end = head.index("records:"), head.index("disclosure:")
    tables = f"""records:
  units: [{{name: person, columns: [first_name, surname, birth_date]}}]
  tables:
    people:
      source: {{sheet: "{MARK} people", header_row: {row}}}
      key: no
      columns:
        no: {{role: internal, do: drop}}
        first_name: {{role: direct_identifier, do: drop}}
        surname: {{role: direct_identifier, do: drop}}
        birth_date: {{role: quasi_identifier, do: {{generalize: {{hierarchy: ctdc_age, level: 1}}}}}}
        phone: {{role: direct_identifier, do: {{pseudonymize: {{entity: ph}}}}}}
        gender: {{role: quasi_identifier, do: keep}}
        consent_police: {{role: internal, do: drop}}
    visits:
      source: {{sheet: "{MARK} visits"}}
      parent: {{table: people, column: of}}
      derive: {{year: {{from: interview_date, do: year}}}}
      columns:
        of: {{role: internal, do: drop}}
        interview_date: {{role: internal, do: drop}}
        year: {{role: quasi_identifier, do: keep}}
        outcome: {{role: sensitive, known_to: [nobody]}}
        notes: {{role: narrative, do: withhold}}
"""
    end_aggregates, release = head.index("aggregates:"), head.index("release:", end)
    path.joinpath(f"{name}.yaml").write_text(head[:start] + tables + head[end:end_aggregates] + head[release:], "utf-8")


def test_nothing_from_a_workbook_of_linked_sheets(tmp_path, capsys):
    """The story from a workbook, and a refusal of it: no canary leaves, whatever it was planted in."""
    office, desk, keys = parties(tmp_path)
    linked(office.folder("policies"), "sheets")
    linked(office.folder("policies"), "wrong-row", 2)
    workbook(tmp_path / f"{MARK}.xlsx")
    planned = an.plan(tmp_path / f"{MARK}.xlsx", "sheets", office)
    said = [plan_words(planned), str(plan_json(planned)), repr(planned)]
    work = an.draft(planned)
    release = an.seal(work, [an.approve(work.request, key=k, passphrase=SECRET) for k in keys], tmp_path / "out")
    with an.verify(release.path, desk) as verified:
        said += an.audit(verified, desk).lines()
        an.ingest(verified, desk)
        an.export(verified, "xlsx", tmp_path / "exports")
    for folder in ("desk", "out", "exports", "office/drafts", "office/ledger"):
        for path in (p for p in (tmp_path / folder).rglob("*") if p.is_file() and p.name != "policy.full.yaml"):
            assert MARK not in "\n".join(texts_of(path.name, path.read_bytes())), path.name
    assert not [line[:40] for line in said if MARK in line]
    with pytest.raises(AnonshareError) as error:
        an.plan(tmp_path / f"{MARK}.xlsx", "wrong-row", office).refuse()
    assert MARK not in shown(error.value, capsys)


def test_nothing_in_the_office_but_policies(told):
    """Draft, ledger and memberships hold no cell either; the private list stays where it was put."""
    root, *_ = told
    for folder in ("drafts", "ledger", "keys", "receipts"):
        assert MARK not in "\n".join(texts_below(root / "office" / folder)), folder


def test_nothing_in_what_was_said(told):
    """No canary in plan, verdict, audit, representations or logs."""
    _, said, *_ = told
    assert said
    assert not [line[:40] for line in said if MARK in line]


def broken_inputs(folder: Path) -> dict[str, object]:
    """Records broken in every way that a reader or a gate can meet, each with a canary in it."""
    made, _ = with_canaries(cases(60, seed=4), MARK)
    frame = pd.DataFrame(made.cells)
    good = made.csv().decode()

    def written(name: str, text: str | bytes) -> Path:
        path = folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    lines = good.splitlines()
    return {
        "ragged": written("ragged.csv", "\n".join([*lines, f"{MARK},too,few"])),
        "open quote": written("quote.csv", "\n".join([*lines, f'"{MARK}'])),
        "bad bytes": written("bytes.csv", good.encode() + f"{MARK}".encode() + b"\xff\xfe\n"),
        "column named by a canary": written("header.csv", good.replace("gender", f"{MARK} gender")),
        "same column twice": written("twice.csv", good.replace("gender", "phone")),
        "not parquet": written("x.parquet", f"PAR1{MARK}"),
        "no suffix": written("noise.bin", MARK),
        "nested frame": frame.assign(phone=[[MARK]] * len(frame)),
        "object frame": frame.assign(phone=[object()] * len(frame)),
        "null unit": frame.assign(first_name=None, surname=None, birth_date=None, consent_police="yes"),
        "nobody consents": frame.assign(consent_police=MARK),
        "identifiers in a kept column": frame.assign(outcome=[f"{MARK}{n}@example.org" for n in range(len(frame))]),
        "place of the private list": frame.assign(outcome=f"at {MARK} house"),
        "too few": frame.head(5),
        "bad birth dates": frame.assign(birth_date=f"{MARK} 1990", outcome=None),
        "wrong type": 7,
    }


def shown(error: BaseException, capsys) -> str:
    """Everything an error can show: itself, what is chained to it, and what the command line prints."""
    parts, seen = [], set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        parts += [str(error), repr(error), str(getattr(error, "hint", "")), str(getattr(error, "faults", ""))]
        parts += getattr(error, "__notes__", [])
        if isinstance(error, AnonshareError):
            problem(error)
        else:
            unexpected(error)
        parts.append("".join(traceback.format_exception_only(error)) if isinstance(error, AnonshareError) else "")
        error = error.__cause__
    return "\n".join(parts) + capsys.readouterr().err


def test_nothing_in_refusals(tmp_path, capsys):
    """Whatever is wrong with the records, the refusal is one of ours, names no cell, and leaves no file."""
    office, _, _ = parties(tmp_path)
    folder = tmp_path / "broken"
    folder.mkdir()
    for name, data in broken_inputs(folder).items():
        before = set(office.root.rglob("*"))
        with pytest.raises(AnonshareError) as error:
            an.draft(an.plan(data, POLICY, office))
        text = shown(error.value, capsys)
        assert MARK not in text, name
        assert error.value.__cause__ is None, name
        assert {p for p in office.root.rglob("*") if p.name != ".lock"} <= before | {
            office.root / "ledger" / ".ledger.lock"
        }, name


def failures_of_detection(detector):
    """Everything in detection that can be made to fail, each with a canary in what it reads."""
    from presidio_analyzer import EntityRecognizer

    from anonshare.detection import KnownValue, language, rewrite
    from anonshare.detection.adapter import with_recognizers
    from anonshare.detection.coverage import scan_notes
    from anonshare.detection.model_check import require_known
    from anonshare.detection.notebook import Notebook
    from anonshare.detection.pool import find_in_processes

    class Leaky(EntityRecognizer):
        def load(self):
            """Nothing to load."""

        def analyze(self, text, entities, nlp_artifacts):
            raise ValueError(text)

    class Breaks:
        def covers(self, language):
            return False

        def find(self, texts, *args, **more):
            raise ValueError(texts, args, more)

    text, cells = f"{MARK} Smith called +40 721 234 567.", (KnownValue(MARK),)
    book = Notebook()
    book.add(text, cells, person=1)
    return book, {
        "lengths differ": lambda: detector.find([text], ["en", "ro"], known=[cells]),
        "overlapping spans": lambda: rewrite(text, [*detector.find([text])[0]] * 2, lambda span, was: was),
        "a recognizer that fails": lambda: with_recognizers(detector, [Leaky(["PERSON"], name="Leaky")]).find([text]),
        "a detector that fails": lambda: scan_notes(book, (), Breaks()),
        "a language that is none": lambda: scan_notes(book, ("xx",), detector),
        "a column of languages": lambda: language.spoken([text], (MARK[:2].lower(),)),
        "no process": lambda: find_in_processes([text], processes=0, known=[cells]),
        "groups that miss a text": lambda: find_in_processes([text], processes=1, groups=[]),
        "a folder that is no model": lambda: require_known(Path(__file__).parent / "corpus"),
    }


def test_nothing_in_what_detection_says(capsys):
    """Spans, coverage, models and errors of detection hold nothing of a note or a cell, nor does any log."""
    from anonshare.detection import Detector, KnownValue
    from anonshare.detection.adapter import as_recognizers
    from anonshare.detection.coverage import scan_notes
    from anonshare.detection.models import installed_models, models_json, models_lines
    from anonshare.detection.pool import _Errand

    heard = Heard()
    logging.getLogger().addHandler(heard)
    logging.getLogger().setLevel(0)
    detector = Detector(countries=("RO",))
    book, broken = failures_of_detection(detector)
    steps = []
    coverage = scan_notes(book, (), detector, lambda *step: steps.append(step))
    spans = detector.find(
        [f"{MARK} Smith", f"Mr. {MARK} went home"], known=[(KnownValue(MARK),)] * 2, groups=["a", "a"]
    )
    assert all(spans)
    said = [repr(spans), repr(coverage), repr(steps), repr(book), repr(book.sets()), repr(KnownValue(MARK))]
    said += [repr(_Errand((MARK,), None, ((KnownValue(MARK),),), (MARK,)))]
    said += [repr(r.analyze(f"Mr. {MARK} Smith")) for r in as_recognizers(languages=["en"])]
    models = installed_models()
    said += [*models_lines(models), str(models_json(models))]
    for name, fails in broken.items():
        with pytest.raises(AnonshareError) as error:
            fails()
        assert error.value.__cause__ is None, name
        said.append(shown(error.value, capsys))
    logging.getLogger().removeHandler(heard)
    assert not [line[:60] for line in said + heard.lines if MARK in line]


def test_an_operator_that_fails_on_a_value(tmp_path, capsys):
    """An installed operator may put the value into its exception: ours does not repeat it."""
    from anonshare.registry import OPERATORS
    from anonshare.transforms.spec import OfValue, OperatorSpec

    class Fails(OfValue):
        def __call__(self, value, person=""):
            raise ValueError(value)

    if "leaky" not in OPERATORS:
        OPERATORS.register("leaky", OperatorSpec("leaky", True, lambda params, context: Fails()))
    office, _, _ = parties(tmp_path)
    text = an.fill(an.template(POLICY), FILLED).replace(
        "outcome: {role: sensitive,", "outcome: {role: sensitive, do: leaky,"
    )
    (office.root / "policies" / "leaky.yaml").write_text(text, "utf-8")
    made, _ = with_canaries(cases(60, seed=4), MARK)
    frame = pd.DataFrame(made.cells).assign(outcome=MARK)
    with pytest.raises(AnonshareError) as error:
        an.plan(frame, "leaky", office)
    assert MARK not in shown(error.value, capsys)
