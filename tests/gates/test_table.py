"""Each gate is open for what it should let through, closed for each thing that it guards, and closed when blind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from anonshare.errors import Fault, ReleaseRefused
from anonshare.gates.facts import ColumnFacts, RecipientFacts, ReleaseFacts, SealFacts
from anonshare.gates.table import GATES, check_gates, refuse_if_any
from anonshare.policy.load import parse_policy
from anonshare.policy.shelf import fill, template
from anonshare.shapes import Coverage, Verdict

FILLED = {
    "what the agency may use the data for": "Finding routes",
    "id of your organisation": "ngo-lumina",
    "who answers questions, with an address": "data@ngo.example",
    "id on the agency's contact card": "agency-x",
    "country code of the agency": "RO",
    "article that your counsel names, e.g. GDPR 6(1)(f)": "GDPR 6(1)(f)",
    "article for special categories, e.g. GDPR 9(2)(g)": "GDPR 9(2)(g)",
    "reference of the agreement": "MoU-1",
    "first day": "2020-01-01",
    "last day": "2030-12-31",
}
POLICY = parse_policy(fill(template("ngo-cases-to-police"), FILLED))
MET = Verdict("k_anonymity", met=True, evidence="recomputed", promised="11", found="12")
DIVERSE = Verdict("l_diversity", met=True, evidence="recomputed", promised="2", found="2")
GOOD = ReleaseFacts(
    POLICY,
    date(2026, 1, 1),
    RecipientFacts(known=True, agency=True, keys=1, same_world=True),
    (),
    100,
    90,
    {"phone": ColumnFacts(80, 90, {}, tokens=True), "outcome": ColumnFacts(5, 90, {})},
    (Coverage("en", 90, 300, names=True),),
    (MET, DIVERSE),
    (Verdict("table_cells", met=True, evidence="recomputed"),),
    Verdict("composition", met=True, evidence="attested"),
    SealFacts(0, approved=True, encrypted=True, padded=True, self_verified=True),
)
STAGES = ("plan", "draft", "seal")


def closed(facts: ReleaseFacts) -> set[str]:
    return {outcome.gate.code for outcome in check_gates(facts, STAGES) if not outcome.open}


def with_policy(**changes) -> ReleaseFacts:
    return replace(GOOD, policy=POLICY.model_copy(update=changes))


def with_column(name: str, **changes) -> ReleaseFacts:
    table = POLICY.tables["cases"].model_copy(
        update={"columns": {**POLICY.columns(), name: POLICY.columns()[name].model_copy(update=changes)}}
    )
    return with_policy(records=POLICY.records.model_copy(update={"tables": {"cases": table}}))


def test_everything_in_order_opens_every_gate():
    """A release in order passes all fifteen gates, and nothing is raised."""
    assert len(GATES) == 15
    assert closed(GOOD) == set()
    refuse_if_any(check_gates(GOOD, STAGES))


def test_a_blind_gate_refuses():
    """What was not measured cannot be let through: every gate that measures is closed without its measurement."""
    assert closed(ReleaseFacts(POLICY, GOOD.today)) == {gate.code for gate in GATES} - {"G1", "G3"}


BAD_VERDICT = Verdict("k_anonymity", met=False, evidence="recomputed", promised="11", found="3")
CASES = {
    "agreement not begun": (replace(GOOD, today=date(2019, 1, 1)), "G1"),
    "agreement over": (replace(GOOD, today=date(2031, 1, 1)), "G1"),
    "column without a rule": (replace(GOOD, column_faults=(Fault("column 3", "no rule"),)), "G2"),
    "no basis for special data": (with_policy(legal_basis=POLICY.legal_basis[:1]), "G3"),
    "no basis in a jurisdiction": (with_policy(jurisdictions=("EU", "US")), "G3"),
    "no row with consent": (replace(GOOD, rows_consented=0), "G4"),
    "unknown recipient": (replace(GOOD, recipient=RecipientFacts(False, False, 0, False)), "G5"),
    "a contributor as recipient": (replace(GOOD, recipient=RecipientFacts(True, False, 1, True)), "G5"),
    "recipient without key": (replace(GOOD, recipient=RecipientFacts(True, True, 0, True)), "G5"),
    "card that has run out": (replace(GOOD, recipient=RecipientFacts(True, True, 1, True, ("the card",))), "G5"),
    "recipient of another format": (
        replace(GOOD, recipient=RecipientFacts(True, True, 1, True, reads=False)),
        "G5",
    ),
    "exercise meets real": (replace(GOOD, recipient=RecipientFacts(True, True, 1, False)), "G5"),
    "records to the public": (with_policy(recipient=POLICY.recipient.model_copy(update={"kind": "public"})), "G5"),
    "identifier in a kept column": (replace(GOOD, columns={"outcome": ColumnFacts(5, 90, {"IBAN": 1})}), "G6"),
    "place of the list": (replace(GOOD, columns={"outcome": ColumnFacts(5, 90, {}, places=1)}), "G6"),
    "like free text": (replace(GOOD, columns={"outcome": ColumnFacts(80, 90, {})}), "G6"),
    "tokens that can be ranked": (replace(GOOD, columns={"phone": ColumnFacts(4, 90, {}, tokens=True)}), "G6"),
    "notes not scanned": (replace(GOOD, coverage=None), "G7"),
    "k not met": (replace(GOOD, models=(BAD_VERDICT, DIVERSE)), "G8"),
    "k not judged": (replace(GOOD, models=(DIVERSE,)), "G8"),
    "l not met": (replace(GOOD, models=(MET, replace(BAD_VERDICT, check="l_diversity"))), "G9"),
    "l not judged": (replace(GOOD, models=(MET,)), "G9"),
    "table not audited": (replace(GOOD, tables=()), "G10"),
    "table undone": (replace(GOOD, tables=(BAD_VERDICT,)), "G10"),
    "composition": (replace(GOOD, composition=BAD_VERDICT), "G11"),
    "residue": (replace(GOOD, seal=replace(GOOD.seal, residue=2)), "G12"),
    "approval missing": (
        replace(GOOD, seal=replace(GOOD.seal, approved=False, missing_roles=("legal-officer",))),
        "G13",
    ),
    "not padded": (replace(GOOD, seal=replace(GOOD.seal, padded=False)), "G14"),
    "not encrypted": (replace(GOOD, seal=replace(GOOD.seal, encrypted=False)), "G14"),
    "self-check fails": (replace(GOOD, seal=replace(GOOD.seal, self_verified=False)), "G15"),
}


@pytest.mark.parametrize(("facts", "code"), CASES.values(), ids=CASES.keys())
def test_each_fault_closes_its_gate_alone(facts, code):
    """One fault closes the gate that guards against it, and no other."""
    assert closed(facts) == {code}
    with pytest.raises(ReleaseRefused) as refused:
        refuse_if_any(check_gates(facts, STAGES))
    assert refused.value.exit_code == 3
    assert refused.value.reason == code
    assert all(fault.where.startswith(code) for fault in refused.value.faults)


def test_codes_from_notes_need_a_named_language():
    """Codes that leave were read in a language that the policy names, or the gate is closed."""
    from anonshare.policy.operators import Codes, Do

    facts = with_column("notes", do=Do(codes=Codes(lexicon="means_of_control")), known_to=("perpetrator",))
    assert closed(facts) == set()
    assert closed(replace(facts, coverage=(Coverage("xx", 3, 0, names=False),))) == {"G7"}


def test_tables_alone_need_no_k():
    """Where no record leaves, k and l are not asked for; the tables and the ledger still are."""
    table = POLICY.tables["cases"].model_copy(update={"release": "nothing"})
    policy = POLICY.model_copy(update={"records": POLICY.records.model_copy(update={"tables": {"cases": table}})})
    assert closed(replace(GOOD, policy=policy, models=())) == set()
    bare = policy.model_copy(update={"aggregates": ()})
    assert closed(replace(GOOD, policy=bare, models=(), tables=(), composition=None)) == set()


def test_all_findings_at_once():
    """A refusal names every closed gate."""
    facts = replace(
        GOOD, rows_consented=0, models=(BAD_VERDICT, DIVERSE), column_faults=(Fault("column 1", "no rule"),)
    )
    with pytest.raises(ReleaseRefused, match="G2, G4, G8"):
        refuse_if_any(check_gates(facts, STAGES))


def test_policies_without_notes_need_no_detection():
    """A table without narrative columns has nothing to scan."""
    columns = {name: column for name, column in POLICY.columns().items() if name != "notes"}
    table = POLICY.tables["cases"].model_copy(update={"columns": columns})
    policy = POLICY.model_copy(update={"records": POLICY.records.model_copy(update={"tables": {"cases": table}})})
    assert closed(replace(GOOD, policy=policy, coverage=None)) == set()
