"""Notes are read with what their rows know; every label that leaves is looked at; coverage is told without counts."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

import anonshare as an
from anonshare.gates.facts import ColumnFacts
from anonshare.pipeline.demo import FILLED, POLICY
from anonshare.pipeline.inputs import open_inputs
from anonshare.pipeline.made_columns import whose_of_unit
from anonshare.pipeline.note_rows import NoteRows
from anonshare.pipeline.notes import coverage_facts
from anonshare.pipeline.pages import plan_words
from anonshare.pipeline.residual_scan import ValueScan
from anonshare.pipeline.verdict import verdict_lines
from anonshare.samples.cases import cases
from anonshare.shapes import Coverage

HEAD = """
anonshare: policy/1
id: notes
title: Notes
purpose: {code: CrimeInvestigation, text: x}
controller: {id: ngo-lumina, contact: x}
recipient: {card: agency-x, kind: law_enforcement, jurisdiction: RO}
jurisdictions: [EU]
legal_basis: [{jurisdiction: EU, article: x}]
agreement: {ref: x, valid_from: 2020-01-01, valid_until: 9999-12-31}
consent: {mode: not_required, reason: x}
grading: {source: B, information: 2}
handling: {tlp: amber}
retention: {delete_by: P1Y}
release: {approvals: [{role: data-officer}]}
"""
ONE = """
records:
  units: [{name: person, columns: [first_name, surname]}]
  tables:
    people:
      columns:
        first_name: {role: direct_identifier, do: drop}
        surname: {role: direct_identifier, do: drop}
        phone: {role: direct_identifier, do: drop}
        codename: {role: direct_identifier, do: drop}
        language: {role: internal, do: drop}
        notes: {role: narrative, do: withhold}
"""
LINKED = """
records:
  units: [{name: person, columns: [first_name, surname]}]
  tables:
    people:
      key: id
      columns:
        id: {role: internal, do: drop}
        first_name: {role: direct_identifier, do: drop}
        surname: {role: direct_identifier, do: drop}
        phone: {role: direct_identifier, do: drop}
    visits:
      parent: {table: people, column: of}
      columns:
        of: {role: internal, do: drop}
        notes: {role: narrative, do: withhold}
"""


def noted(body, data):
    policy = an.parse_policy(HEAD + body)
    rows = NoteRows(policy)
    for part in open_inputs(policy, data).batches():
        rows.add(part)
    return rows.book.sets()


def test_a_note_is_read_with_the_identifying_cells_of_its_row():
    """Names of the unit are one name, a cell that says nothing is none, and a column nobody can name is read by its cell."""
    text = "Ana called 0721234567 from the shop; BlueBird too. Unknown number."
    frame = pd.DataFrame(
        {"first_name": ["Ana"], "surname": ["Pop"], "phone": ["0721 234 567"], "codename": ["BlueBird"],
         "language": ["English"], "notes": [text]}
    )  # fmt: skip
    (((note, rows),),) = noted(ONE, frame)
    assert rows == 1
    assert note.told == "en"
    assert {(k.value, k.entity) for k in note.known} == {
        ("Ana Pop", "PERSON"),
        ("0721 234 567", "PHONE_NUMBER"),
        ("BlueBird", "PERSON"),
    }
    (((note, _),),) = noted(ONE, frame.assign(codename="unknown", phone="n/a"))
    assert {k.value for k in note.known} == {"Ana Pop"}


def test_notes_of_one_person_stand_together_over_rows_and_tables():
    """Rows of one unit are one person, however the name is typed; a child's notes know the unit and not the rest."""
    people = pd.DataFrame(
        {"id": ["1", "2"], "first_name": ["Ana", "Ion"], "surname": ["Pop", "Dinu"], "phone": ["0721234567", "0"]}
    )
    visits = pd.DataFrame({"of": ["1", "2", "1"], "notes": ["Ana on 0721234567", "Ion came", "nothing new"]})
    sets = noted(LINKED, {"people": people, "visits": visits})
    assert sorted(sorted(note.text for note, _ in notes) for notes in sets) == [
        ["Ana on 0721234567", "nothing new"],
        ["Ion came"],
    ]
    known = {note.text: [k.value for k in note.known] for notes in sets for note, _ in notes}
    assert known == {"Ana on 0721234567": ["Ana Pop"], "Ion came": ["Ion Dinu"], "nothing new": []}


def test_equal_notes_of_many_persons_are_one_text():
    """What is kept does not grow with the rows where the notes are alike."""
    frame = pd.DataFrame({"first_name": [f"N{i}" for i in range(900)], "surname": "X", "phone": "0", "codename": "0",
                          "language": None, "notes": "no change"})  # fmt: skip
    (((note, rows),),) = noted(ONE, frame)
    assert (note.text, rows, note.known) == ("no change", 900, ())


def test_the_plan_counts_what_the_columns_know(world):
    """A name that no list and no model knows is found in a note because the row says it."""
    frame = pd.DataFrame(cases(150, seed=5).cells)
    plain = an.plan(frame.assign(notes="Seen again at the old place by the river."), POLICY, world.office)
    named = an.plan(
        frame.assign(surname="Qwghlm", notes="Seen again, QWGHLM of the old place by the river."), POLICY, world.office
    )
    before, after = ({c.language: c.spans for c in one.coverage} for one in (plain, named))
    assert sum(after.values()) >= sum(before.values()) + len(frame) // 2


def test_facts_name_coverage_without_counts():
    """A language of few notes that no policy names is not named; what covers least stands for all such."""
    policy = an.parse_policy(an.fill(an.template(POLICY), FILLED))
    found = (
        Coverage("en", 3, 10, True, {"PERSON": 10}, "model", ("rules", "model"), "ab" * 32),
        Coverage("th", 10, 1, False, {}, "none", ("rules",)),
        Coverage("de", 2, 1, False, {}, "lists", ("rules", "lists")),
        Coverage("ar", 11, 5, False, {}, "none", ("rules",)),
    )
    facts = coverage_facts(policy, found)
    assert [(f["language"], f["names_covered"], f["names_by"], f["model"]) for f in facts] == [
        ("en", True, "model", "ab" * 32),
        ("ar", False, "none", None),
        ("other", False, "none", None),
    ]
    assert not [value for fact in facts for value in fact.values() if type(value) is int]


class PerPerson:
    """An operator that writes a phone beside the value of one person."""

    per_person = True

    def __call__(self, value, person=""):
        return f"{value} 0721234567" if "ana" in person else value


def test_values_made_for_each_person_are_looked_at():
    """What an operator makes for one person alone is scanned as it leaves; its number of values is its persons'."""
    scan = ValueScan(PerPerson(), frozenset({"lumina"}), "RO")
    unit = pa.RecordBatch.from_pydict({"name": ["Ana", "Ion", "Ana"]})
    scan.add(pa.array(["x", "at lumina house", None]), whose_of_unit(unit))
    assert scan.facts() == ColumnFacts(0, 0, {"phone number": 1}, 1)


@pytest.mark.parametrize(("value", "words"), [("+40 721 234 567", "phone number"), ("Hidden House", "private list")])
def test_labels_of_quasi_identifiers_are_looked_at(world, value, words):
    """An identifier or a secret place in a column over which k holds closes G6, though all persons of a class share it."""
    (world.office.root / "policies" / "places.txt").write_text("hidden house\n", "utf-8")
    text = an.fill(an.template(POLICY), FILLED).replace("gender: {role: quasi_identifier, do: keep}", GENDER)
    name = world.write_policy(text + "sensitive_places: places.txt\n")
    frame = pd.DataFrame(cases(150, seed=5).cells)
    planned = an.plan(frame.assign(gender=value), name, world.office)
    (g6,) = [outcome for outcome in planned.outcomes if outcome.gate.code == "G6"]
    assert [fault.where for fault in g6.faults] == ["columns.gender"]
    assert words in g6.faults[0].problem
    assert value not in plan_words(planned)


GENDER = "gender: {role: quasi_identifier, do: keep}"


def test_a_language_that_nothing_covers_is_told_everywhere(world):
    """Plan, report, signed facts and verdict say that names were not covered, and none holds a count of notes."""
    frame = pd.DataFrame(cases(150, seed=5).cells)
    thai = "เมื่อวานนี้ สมชาย ใจดี พบกับนางสาวมาลี ที่กรุงเทพ และเดินทางต่อไปยังสถานสงเคราะห์"
    frame.loc[frame.index[:40], "notes"] = thai
    frame.to_csv(world.records, index=False)
    planned = an.plan(world.records, POLICY, world.office)
    assert "Names are NOT covered in: th." in plan_words(planned)
    release = world.release()
    with an.verify(release.path, world.desk) as verified:
        (fact,) = [f for f in verified.facts("release")["detection"] if f["language"] == "th"]
        assert fact == {
            "language": "th", "names_covered": False, "names_by": "none", "sources": ["rules", "known values"], "model": None,
        }  # fmt: skip
        assert any("NOT covered in th" in line for line in verdict_lines(verified))
        (path,) = [entry.path for entry in verified.files if entry.path.endswith("report.html")]
        report = verified.read(path).decode()
    assert "NOT covered" in report
