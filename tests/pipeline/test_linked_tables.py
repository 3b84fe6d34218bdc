"""Linked tables of a policy: whose rows, whose consent, what hangs on what."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

import anonshare as an
from anonshare import errors
from anonshare.engine.links import Link
from anonshare.pipeline.column_dates import read_dates
from anonshare.pipeline.inputs import open_inputs
from anonshare.policy.lint import lint, lint_columns

HEAD = """
anonshare: policy/1
id: linked
title: Linked
purpose: {code: CrimeInvestigation, text: x}
controller: {id: ngo-lumina, contact: x}
recipient: {card: agency-x, kind: law_enforcement, jurisdiction: RO}
jurisdictions: [EU]
legal_basis: [{jurisdiction: EU, article: x}]
agreement: {ref: x, valid_from: 2020-01-01, valid_until: 9999-12-31}
grading: {source: B, information: 2}
handling: {tlp: amber}
retention: {delete_by: P1Y}
release: {approvals: [{role: data-officer}]}
"""
BODY = """
consent: {mode: opt_in, column: agrees}
records:
  units: [{name: person, columns: [name]}]
  tables:
    visits:
      parent: {table: people, column: of}
      derive: {home: {parent: city}, year: {from: day, do: year}}
      columns:
        of: {role: internal, do: drop}
        day: {role: internal, do: drop}
        year: {role: quasi_identifier, do: keep}
        home: {role: quasi_identifier, do: keep}
    people:
      key: id
      columns:
        id: {role: internal, do: drop}
        name: {role: direct_identifier, do: drop}
        agrees: {role: internal, do: drop}
        city: {role: quasi_identifier, do: keep}
"""
POLICY = an.parse_policy(HEAD + BODY)
PEOPLE = pd.DataFrame(
    {"id": ["1", "2", "3"], "name": ["Ana", "ANA ", "Ion"], "agrees": ["yes", "yes", "no"], "city": ["A", "A", "B"]}
)
VISITS = pd.DataFrame({"of": ["1", "2", "3", "1"], "day": ["2024-01-05", "13/02/2024", "14/02/2024", "1 mai 2023"]})


def rows(policy=POLICY, people=PEOPLE, visits=VISITS):
    inputs, faults = read_dates(open_inputs(policy, {"people": people, "visits": visits}))
    assert faults == ()
    return {part.table: part for part in inputs.batches()}


def test_children_take_person_consent_and_columns_of_their_parent():
    """A visit is its person's, leaves only with his consent, and knows his city."""
    found = rows()
    visits = found["visits"]
    assert list(found) == ["people", "visits"]
    assert visits.unit.column("name").to_pylist() == ["Ana", "ANA ", "Ana"]
    assert visits.rows.column("home").to_pylist() == ["A", "A", "A"]
    assert visits.rows.column("year").to_pylist() == ["2024", "2024", "2023"]
    assert (visits.read, visits.orphans, visits.kept.tolist()) == (4, 0, [0, 1, 3])


@pytest.mark.parametrize("reference", ["9", None])
def test_orphans(reference):
    """A row that hangs on nothing is refused, or stays and is counted."""
    visits = pd.DataFrame({"of": ["1", reference], "day": ["2024-01-05", "2024-01-06"]})
    with pytest.raises(errors.InputError, match="1 row"):
        rows(visits=visits)
    text = (HEAD + BODY).replace("column: of}", "column: of, orphans: drop}")
    assert rows(an.parse_policy(text), visits=visits)["visits"].orphans == 1


def test_a_key_names_one_row():
    """Two parents of one key are refused, within a batch and over batches; the key is not told."""
    twice = pd.concat([PEOPLE, PEOPLE.head(1)])
    with pytest.raises(errors.InputError, match="a key that another row has"):
        rows(people=twice)
    link = Link("people", ["city"])
    batch = pa.RecordBatch.from_pydict({"id": ["secret-cell"], "city": ["A"]})
    link.add(batch.column("id"), batch, pa.array([True]).to_numpy(zero_copy_only=False))
    with pytest.raises(errors.InputError) as caught:
        link.add(batch.column("id"), batch, pa.array([True]).to_numpy(zero_copy_only=False))
    assert "secret-cell" not in str(caught.value)


def test_dates_that_stay_ambiguous_close_the_gate():
    """A column whose cells tell no order is a fault of G2; one clear cell, or the author's word, decides it."""
    visits = pd.DataFrame({"of": ["1"], "day": ["05/03/2024"]})
    inputs = open_inputs(POLICY, {"people": PEOPLE, "visits": visits})
    _, faults = read_dates(inputs)
    assert [f.where for f in faults] == ["columns.visits.day"]
    assert "dmy" in (faults[0].remedy or "")
    told = an.parse_policy(
        (HEAD + BODY).replace("day: {role: internal, do: drop}", "day: {role: internal, do: drop, dates: mdy}")
    )
    assert rows(told, visits=visits)["visits"].rows.column("day").to_pylist() == ["2024-05-03"]
    clear = pd.DataFrame({"of": ["1", "1"], "day": ["05/03/2024", "25/03/2024"]})
    assert rows(visits=clear)["visits"].rows.column("day").to_pylist() == ["2024-03-05", "2024-03-25"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("table: people", "table: peopel", "no table"),
        ("key: id", "key: name", None),
        ("{parent: city}", "{parent: town}", "parent does not have"),
        ("{parent: city}", "{parent: city, from: day, do: year}", "from and do, or parent"),
        ("id: {role: internal, do: drop}", "id: {role: direct_identifier, do: {pseudonymize: {entity: doc}}}", "links tables leaves"),
        ("of: {role: internal, do: drop}\n", "\n", "none of its columns"),
        ("columns: [name]", "columns: [nickname]", "columns of the unit"),
        ("column: agrees", "column: agreed", "no column of the table"),
    ],
)  # fmt: skip
def test_rules_between_tables(old, new, words):
    """Links that lead nowhere, keys that leave and units that nobody holds are faults of the policy."""
    try:
        faults = lint(an.parse_policy((HEAD + BODY).replace(old, new)))
    except errors.PolicyError as error:
        faults = error.faults
    told = " ".join(f.problem for f in faults)
    assert (words in told) if words else not faults


def test_tables_in_a_circle_are_refused():
    """A table cannot hang on its own child."""
    text = (HEAD + BODY).replace("      key: id\n", "      key: id\n      parent: {table: visits, column: city}\n")
    text = text.replace("      parent: {table: people", "      key: of\n      parent: {table: people")
    with pytest.raises(errors.PolicyError, match="circle"):
        an.parse_policy(text)


def test_columns_of_every_table_are_compared():
    """A loose column is told with its table and number."""
    faults = lint_columns(POLICY, {"people": [*PEOPLE.columns, "secret-name"], "visits": list(VISITS.columns)})
    assert [f.where for f in faults] == ["column 5 of the file (people)"]


def test_names_of_columns():
    """A column is found by its own name where one table has it, by table and name always."""
    assert POLICY.find("city") == ("people", "city")
    assert POLICY.find("visits.year") == ("visits", "year")
    assert POLICY.find("nothing") is None
    assert "visits.home" in POLICY.columns()
