"""One person, one pseudonym: in the columns and notes of linked tables, in the register, and when the agency asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pandas as pd
import pytest

import anonshare as an
from anonshare import errors
from anonshare.bundle.verify import VerifiedBundle
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.draft import Draft
from anonshare.pipeline.inputs import open_inputs
from anonshare.pipeline.masked_notes import MaskCounts, MaskedNotes
from anonshare.pipeline.note_residue import without_residue
from anonshare.pipeline.pages import plan_json, plan_words
from anonshare.pipeline.plan import Plan
from anonshare.pipeline.register import bundles_of_unit, open_register, records_of_token, registers
from anonshare.pipeline.reversal import open_answer
from anonshare.pipeline.token_keys import destroy_key, rotate_key
from anonshare.transforms.tokens import check_token
from tests.pipeline.conftest import build
from tests.pipeline.custody_story import Custody, custody
from tests.pipeline.people_story import ANA, MARIA, NAMES, POLICY, phone, tables

NOTES = {
    0: (
        "Ana Popescu said that A. POPESCU was called from 0721 001 000. She came with Viktor Hugo.",
        "Mrs Popescu is well. Viktor wrote to her.",
    ),
    1: ("Maria told us about her sister Vera Ionescu.", "Vera and Maria came; then Ionescu came alone."),
}
TOKEN = re.compile(r"\b(?:per|ph)_[0-9a-z]+")


@dataclass(frozen=True)
class Told:
    """A release of the story: who planned it, what was planned, what the agency holds."""

    house: Custody
    plan: Plan
    draft: Draft
    clients: pd.DataFrame
    visits: pd.DataFrame


def released(world, data, text=POLICY) -> tuple[Plan, Draft, VerifiedBundle]:
    plan = an.plan(data, world.write_policy(text, "visits"), world.office)
    work = an.draft(plan)
    release = an.seal(work, world.approvals(work), world.root / "out")
    return plan, work, an.verify(release.path, world.desk)


def frame(verified, table) -> pd.DataFrame:
    return pd.concat([batch.to_pandas() for batch in verified.tables[table].batches()])


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    world = build(tmp_path_factory.mktemp("persons"), 20)
    house = custody(world)
    plan, work, verified = released(world, tables(NOTES))
    with verified:
        an.ingest(verified, world.desk)
        parts = frame(verified, "clients"), frame(verified, "visits")
    return Told(house, plan, work, *parts)


def of(told: Told, number: int) -> tuple[str, list[str]]:
    """The token of a client in the clients' table, and her notes as they left, found by her phone's token."""
    found = {r.tokens.get("clients.phone") for r in rows(told) if NAMES[number].lower() in r.unit_text}
    (mine,) = found - {None}
    (name,) = told.clients.loc[told.clients["phone"] == mine, "name"]
    return name, list(told.visits.loc[told.visits["seen_phone"] == mine, "note"])


def rows(told: Told):
    return open_register(told.house.office, told.draft.bundle_id, told.house.both)


def test_a_person_is_one_in_columns_and_notes_of_both_tables(told):
    """Every spelling of the client in her notes, and her name in the table, are one token; so is her phone."""
    name, notes = of(told, 0)
    text = " ".join(notes)
    assert text.count(name) == 3
    mine = told.clients.loc[told.clients["name"] == name, "phone"].item()
    assert text.count(mine) == 1
    assert not re.search("ana|popescu|viktor|hugo|0721", text, re.IGNORECASE)


def test_somebody_else_in_the_notes_is_one_as_well(told):
    """Another person has one pseudonym in all notes of a client, which is neither hers nor anybody's of the table."""
    name, notes = of(told, 0)
    others = [[t for t in TOKEN.findall(note) if t.startswith("per_") and t != name] for note in notes]
    assert others[0] == others[1]
    assert len(others[0]) == 1
    assert others[0][0] not in set(told.clients["name"])


def test_a_mention_of_either_of_two_is_nobodys(told):
    """A surname that two persons of the note share has a pseudonym of its own, and is counted in the plan alone."""
    name, notes = of(told, 1)
    (note,) = [n for n in notes if n.endswith("came alone.")]
    vera, maria, either = [t for t in TOKEN.findall(note) if t.startswith("per_")]
    assert maria == name
    assert len({vera, maria, either}) == 3
    assert told.plan.masked.counts["visits.note"].ambiguous == 1
    assert plan_json(told.plan)["masked"] == [
        {"column": "visits.note", "notes": 40, "withheld_language": 0, "withheld_residue": 0, "ambiguous": 1}
    ]
    assert "Notes that leave masked" in plan_words(told.plan)


def test_every_token_is_one(told):
    """What stands in the place of a name or phone passes the validator, in columns and in notes."""
    found = [*told.clients["name"], *told.clients["phone"], *told.visits["seen_phone"]]
    found += [t for note in told.visits["note"] for t in TOKEN.findall(note)]
    assert found
    assert all(check_token(token) for token in found)


def test_the_register_knows_every_row(told):
    """Two custodians find the records of a person and of a token; a row that left stands in it once."""
    house, bundle = told.house, told.draft.bundle_id
    assert registers(house.office) == (bundle,)
    assert len(rows(told)) == len(told.clients) + len(told.visits)
    unit = next(r.unit_text for r in rows(told) if ANA.lower() in r.unit_text)
    assert bundles_of_unit(house.office, unit, house.both) == {bundle: ("clients: 0", "visits: row 1", "visits: row 2")}
    name, _ = of(told, 0)
    assert records_of_token(house.office, bundle, name, house.both) == ("clients: 0", "visits: row 1", "visits: row 2")


def test_the_agency_asks_whose_token_it_is(told):
    """A pseudonym read in a note is answered with the records of its person, by two custodians under a case."""
    house = told.house
    name, _ = of(told, 1)
    answer = open_answer(house.desk, house.answer(house.request(name)).path)
    (one,) = answer.found
    assert MARIA.lower() in one.unit
    assert set(one.records) == {"clients: 1", "visits: row 3", "visits: row 4"}


def test_the_ledger_names_epoch_and_keys(told):
    """Which keys made the tokens, and until when, stands in the ledger: the key is not destroyed before that day."""
    house = told.house
    (entry,) = Ledger.open(house.office.folder("ledger")).keyed_bundles()
    assert (entry.bundle_id, entry.epoch) == (told.draft.bundle_id, "1")
    assert len(entry.key_ids) >= 2
    assert entry.delete_at is not None
    rotate_key(house.office)
    with pytest.raises(errors.LedgerError, match="in use"):
        destroy_key(house.office, "1", by="A. Ionescu", reason="too early")


def test_without_custodians_no_register_is_kept_and_the_plan_says_so(world):
    """A release leaves without a register where nobody could open one, and whoever plans it reads that."""
    plan, _, verified = released(world, tables())
    with verified:
        assert len(frame(verified, "clients")) == len(NAMES)
    assert registers(world.office) == ()
    assert "none: appoint custodians" in plan_words(plan)
    assert plan_json(plan)["register"] is False


def test_the_signed_facts_tell_keys_by_their_ids(world):
    """The agency reads how each column's tokens are made and who holds the keys, and no key."""
    _, _, verified = released(world, tables(NOTES))
    with verified:
        facts = verified.facts("pseudonyms")
        report = verified.read("data/report.html").decode()
    assert (facts["domain"], facts["epoch"], facts["keys_held_by"]) == ("agency-x", "1", "ngo-lumina")
    assert {(c["table"], c["column"], c["entity"]) for c in facts["columns"]} == {
        ("clients", "name", "per"), ("clients", "phone", "ph"), ("visits", "seen_phone", "ph"),
    }  # fmt: skip
    ids = {c["entity"]: c["key_id"] for c in facts["columns"]}
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in ids.values())
    assert len(set(ids.values())) == 2
    assert "Masked notes stay personal data" in report
    assert "Notes stayed" not in report


def test_a_note_in_a_language_below_what_is_accepted_stays(world):
    """With accept: model a Romanian note is withheld and counted, with accept: lists it leaves masked."""
    note = "Ana Popescu a povestit despre drumul spre Italia și despre bărbatul care a luat-o din gară."
    data = tables({0: (note, "She was seen by a doctor.")})
    text = POLICY.replace("languages: [en]", "languages: [en, ro]")
    for accept, kept in (("model", 39), ("lists", 40)):
        name = world.write_policy(text.replace("accept: model", f"accept: {accept}"), "visits")
        plan = an.plan(data, name, world.office)
        texts = plan.masked.texts["visits.note"]
        assert sum(one is not None for one in texts) == kept
        assert plan.masked.counts["visits.note"].language == 40 - kept
        assert not any("Popescu" in one for one in texts if one)


def test_a_note_with_anybodys_cell_in_it_stays():
    """A masked text in which another client's name or phone still stands is withheld, and counted as such."""
    policy = an.parse_policy(POLICY)
    inputs = open_inputs(policy, tables())
    texts = (
        "nothing",
        f"saw {MARIA.upper()} there",
        f"called {phone(3)}",
        "in Cluj",
        None,
        "A n a  P o p e s c u came",
        "s h e said",
    )
    masked = MaskedNotes({"visits.note": texts}, {"visits.note": MaskCounts(notes=7)})
    kept = without_residue(inputs, masked)
    assert kept.texts["visits.note"] == ("nothing", None, None, "in Cluj", None, None, "s h e said")
    assert kept.counts["visits.note"] == replace(masked.counts["visits.note"], residue=3)
    assert masked.counts["visits.note"].residue == 0


def test_ordinary_words_of_other_columns_do_not_refuse_notes(world):
    """A phrase that a column which stays has as well, and which names nobody, may stand in a masked note."""
    data = tables({0: ("She lives in a private flat now.", "She was seen by a doctor.")})
    data["clients"]["housing"] = "private flat"
    text = POLICY.replace("        city: {", "        housing: {role: internal, do: drop}\n        city: {")
    _, _, verified = released(world, data, text)
    with verified:
        assert any("private flat" in str(note) for note in frame(verified, "visits")["note"])


def test_a_draft_made_again_has_the_same_tokens(world):
    """The same records under the same keys give the same tables, and after a rotation none of the tokens."""
    name = world.write_policy(POLICY, "visits")
    seen = []
    for turn in range(3):
        work = an.draft(an.plan(tables(NOTES), name, world.office), replace=True)
        seen.append(set(TOKEN.findall((work.folder / "files/data/visits.csv").read_text("utf-8"))))
        if turn == 1:
            rotate_key(world.office)
    assert seen[0] == seen[1]
    assert seen[0]
    assert not seen[0] & seen[2]


def test_a_draft_under_a_destroyed_key_is_not_sealed(world):
    """Nothing leaves under a key that was destroyed after the draft was made."""
    name = world.write_policy(POLICY, "visits")
    work = an.draft(an.plan(tables(), name, world.office))
    rotate_key(world.office)
    with pytest.raises(errors.LedgerError, match="open"):
        destroy_key(world.office, "1", by="A. Ionescu", reason="x")
    assert work.keyed().epoch == "1"


@pytest.mark.parametrize("wrong", ["P6M", "P364D"])
def test_a_register_is_kept_as_long_as_the_records(wrong):
    """register_for below delete_by is refused: who withdraws must be found in all that is in use."""
    with pytest.raises(errors.PolicyError) as refused:
        an.parse_policy(POLICY.replace("register_for: P5Y", f"register_for: {wrong}"))
    assert "register_for" in str(refused.value.faults)
    assert an.parse_policy(POLICY.replace("register_for: P5Y", "register_for: P12M")).retention.register_for == "P12M"
