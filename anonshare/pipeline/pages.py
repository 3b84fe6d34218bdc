"""The plan as words and as JSON, and the report that travels in the bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anonshare.pipeline.first_pass import FirstPass
from anonshare.pipeline.notes import coverage_facts, how_names, language_words, uncovered
from anonshare.pipeline.plan import Plan
from anonshare.policy.records import Column
from anonshare.report.model import Bar, Page, Section, Table
from anonshare.report.render import lines, render

__all__ = ["plan_json", "plan_words", "report_bytes"]

LIMITS = (
    "Who knows that a person is in these records learns what all persons of the same class have in common.",
    "k counts among how many persons a recipient has to choose; it does not stop him from guessing.",
    "Masking words in notes is not protection against inference: notes stay with the contributor.",
    "Whether the records are true, and whether the columns are what the policy says, nobody can check from outside.",
)
SHOWN = 50
NEAR = (
    "These rows differ by a slip of the keyboard in the columns that name a person, or one lacks a part. If they are one "
    "person, correct the file: who is counted twice makes k look larger than it is."
)
DONE = {"drop": "stays", "withhold": "stays", "keep": "leaves, recoded where needed", "codes": "leaves as codes"}


def plan_words(plan: Plan) -> str:
    """The dry run in plain text."""
    return "\n".join(lines(plan_page(plan))) + "\n"


def plan_json(plan: Plan) -> dict[str, Any]:
    """The dry run as one object with stable ids."""
    rows, cells = plan.kept
    return {
        "plan": "plan/1",
        "met": plan.met,
        "policy": plan.policy.id,
        "stream": plan.policy.stream,
        "rows_in": plan.first.rows_in if plan.first else None,
        "rows_consented": plan.first.rows_left if plan.first else None,
        "persons": plan.recoded.rows.persons if plan.recoded else None,
        "kept_rows": round(rows, 4),
        "kept_cells": round(cells, 4),
        "gates": [
            {
                "id": outcome.gate.code,
                "title": outcome.gate.title,
                "article": outcome.gate.article,
                "open": outcome.open,
                "faults": [{"where": f.where, "problem": f.problem, "remedy": f.remedy} for f in outcome.faults],
            }
            for outcome in plan.outcomes
        ],
        "models": [{"check": v.check, "promised": v.promised, "found": v.found, "met": v.met} for v in _verdicts(plan)],
        "near": [{"table": n.table, "sheet": n.sheet, "rows": [n.one, n.two]} for n in plan.first.near]
        if plan.first
        else [],
        "unread_dates": dict(plan.inputs.unread),
        "detection": [
            {"language": c.language, "notes": c.notes, "spans": c.spans, "names": c.names, "names_by": c.names_by}
            for c in plan.coverage
        ],
    }


def _verdicts(plan: Plan) -> tuple[Any, ...]:
    return plan.recoded.verdicts if plan.recoded else ()


def plan_page(plan: Plan) -> Page:
    """The dry run as a page: what leaves, what stays, every gate. For the contributor's eyes: it holds exact counts."""
    closed = [outcome for outcome in plan.outcomes if not outcome.open]
    verdict = (
        "Every gate is open; nothing has left." if plan.met else f"{len(closed)} gate(s) closed; nothing can leave."
    )
    sections = [_gates(plan), _columns(plan)]
    if plan.recoded is not None:
        sections.insert(1, _protection(plan))
    if plan.coverage:
        sections.append(_notes(plan))
    sections += _to_look_at(plan)
    return Page(f"Plan: {plan.policy.title}", verdict, "good" if plan.met else "bad", _counts(plan), tuple(sections))


def _counts(plan: Plan) -> tuple[tuple[str, str], ...]:
    facts = [("policy", plan.policy.id), ("for", plan.policy.recipient.card), ("stream", plan.policy.stream)]
    if plan.first is not None:
        facts += _rows(plan.first)
    if plan.recoded is not None:
        rows, cells = plan.kept
        facts.append(("persons", str(plan.recoded.rows.persons)))
        facts.append(("rows that leave", f"{rows:.1%} of those that may"))
        facts.append(("cells that leave", f"{cells:.1%} of the known cells of quasi-identifiers keep a value"))
    return tuple(facts)


def _to_look_at(plan: Plan) -> list[Section]:
    """What a person should look at before he goes on, by numbers of rows and names of columns alone."""
    found = []
    if plan.first is not None and plan.first.near:
        rows = [(n.table, "sheet row" if n.sheet else "record", str(n.one), str(n.two)) for n in plan.first.near]
        table = Table(("table", "", "one", "the other"), tuple(rows[:SHOWN]))
        more = (f"{len(rows) - SHOWN} more pairs.",) if len(rows) > SHOWN else ()
        found.append(Section("One person under two spellings?", (NEAR, *more), table))
    if plan.inputs.unread:
        dates = tuple((name, str(count)) for name, count in plan.inputs.unread.items())
        gone = ("These cells are no dates in any known format; they leave as no value.",)
        found.append(Section("Dates that nobody can read", gone, Table(("column", "distinct cells"), dates)))
    return found


def _rows(first: FirstPass) -> list[tuple[str, str]]:
    facts = [("rows read", str(first.rows_in))]
    if len(first.read) > 1:
        facts += [(f"  of {table}", str(read.rows)) for table, read in first.read.items()]
    orphans = sum(read.orphans for read in first.read.values())
    if orphans:
        facts.append(("rows that hang on nothing", f"{orphans}; they stay"))
    stay = first.rows_in - first.rows_left - orphans
    return [*facts, ("rows that may leave", f"{first.rows_left} ({stay} without consent)")]


def _gates(plan: Plan) -> Section:
    rows = []
    for outcome in plan.outcomes:
        rows.append((outcome.gate.code, "open" if outcome.open else "CLOSED", outcome.gate.title))
        rows += [("", "", f"{fault}" + (f" -> {fault.remedy}" if fault.remedy else "")) for fault in outcome.faults]
    return Section("Gates", table=Table(("gate", "", "what it checks"), tuple(rows)))


def _protection(plan: Plan) -> Section:
    rows = [(v.check, v.promised, v.found, "met" if v else "NOT met") for v in _verdicts(plan)]
    rows += [
        (f"table {r.aggregate.name}", f">= {r.aggregate.min_count}", "", "met" if r.verdict else "NOT met")
        for r in plan.tables
    ]
    return Section("Protection, counted over persons", table=Table(("promise", "promised", "found", ""), tuple(rows)))


def _columns(plan: Plan) -> Section:
    rows = [(name, column.role.replace("_", " "), _done(column)) for name, column in plan.policy.columns().items()]
    return Section("Columns", table=Table(("column", "role", "what happens"), tuple(rows)))


def _done(column: Column) -> str:
    if column.do.name == "keep" and not column.is_key:
        return "leaves as it is"
    if column.do.generalize is not None:
        return f"leaves, generalized by {column.do.generalize.hierarchy}"
    if column.do.pseudonymize is not None:
        return "leaves as tokens for this recipient"
    if column.do.shift_dates is not None:
        return f"leaves, dates shifted per person by at most {column.do.shift_dates.days} days"
    return DONE.get(column.do.name, f"leaves, made by {column.do.name}")


def _notes(plan: Plan) -> Section:
    rows = [(language_words(c.language), str(c.notes), str(c.spans), how_names(c.names_by)) for c in plan.coverage]
    words = ["The notes were scanned although they stay; the cells of a person's own row are looked for in his notes."]
    missing = uncovered(plan.coverage)
    if missing:
        words.append(
            f"Names are NOT covered in: {', '.join(map(language_words, missing))}. Numbers are, and the cells of the row."
        )
    return Section("Notes", tuple(words), Table(("language", "notes", "spans found", "names"), tuple(rows)))


def report_bytes(plan: Plan, facts: Mapping[str, Any]) -> bytes:
    """The report that travels in the bundle: only what the signed facts say, in words."""
    return render(report_page(plan, facts))


def report_page(plan: Plan, facts: Mapping[str, Any]) -> Page:
    """The report as a page; counts in it are those of the signed facts."""
    policy = plan.policy
    verdict = f"At least {policy.disclosure.k} persons look alike in everything that is known of them."
    if not policy.released:
        verdict = "Tables of counts alone; no record leaves."
    header = (
        ("contributor", policy.controller.id),
        ("recipient", policy.recipient.card),
        ("purpose", policy.purpose.text),
        ("legal basis", "; ".join(f"{b.article} ({b.jurisdiction})" for b in policy.legal_basis)),
        ("agreement", policy.agreement.ref),
        ("handling", " ".join([*policy.handling.europol, f"TLP:{policy.handling.tlp}" if policy.handling.tlp else ""])),
        ("grading", f"{policy.grading.source}{policy.grading.information} (Europol 4x4)"),
        ("delete by", f"{policy.retention.delete_by} after the release"),
    )
    sections = [
        *(_released(table) for table in facts["tables"]),
        *([_linked(facts)] if facts["linked"] else []),
        *([_aggregates(facts)] if facts["aggregates"] else []),
        _gate_words(plan),
        *([_languages(release)] if (release := coverage_facts(policy, plan.coverage)) else []),
        Section("What this does not protect against", LIMITS),
    ]
    return Page(f"Release report: {policy.title}", verdict, "good", header, tuple(sections))


def _released(table: Mapping[str, Any]) -> Section:
    columns = tuple(
        (c["name"], c["role"].replace("_", " "), "yes" if c["name"] in table["keys"] else "") for c in table["columns"]
    )
    models = "; ".join(" ".join(str(v) for v in model.values()).replace("_", "-") for model in table["models"])
    words = (
        f"{table['rows']} rows of {table['persons']} persons. Promised: {models}, over persons by their whole set of rows.",
        "The column unit holds a random mark per person that means nothing outside this bundle.",
    )
    kept = (("rows that left", "kept_rows_percent"), ("cells with a value", "kept_cells_percent"))
    bars = tuple(Bar(label, table[key] / 100, f"about {table[key]} %") for label, key in kept)
    return Section(f"Table {table['name']}", words, Table(("column", "role", "may be known"), columns), bars)


def _linked(facts: Mapping[str, Any]) -> Section:
    words = (
        f"{' and '.join(facts['linked']['tables'])} hold rows of the same persons, linked by the column unit.",
        "What is promised holds for all rows of a person in all of them together.",
    )
    return Section("Tables together", words)


def _aggregates(facts: Mapping[str, Any]) -> Section:
    rows = tuple((a["name"], ", ".join(a["by"]), a["count"], f">= {a['min_count']}") for a in facts["aggregates"])
    words = ("Small cells are suppressed, and others with them, so that none comes back by subtraction.",)
    return Section("Tables of counts", words, Table(("table", "by", "counts", "cells"), rows))


def _gate_words(plan: Plan) -> Section:
    rows = tuple((o.gate.code, o.gate.title, o.gate.article) for o in plan.outcomes)
    return Section("Gates passed", table=Table(("gate", "what it checks", "source of the duty"), rows))


def _languages(detection: Sequence[Mapping[str, Any]]) -> Section:
    rows = tuple(
        (language_words(one["language"]), how_names(one["names_by"]), ", ".join(one["sources"])) for one in detection
    )
    words = ("Notes stayed with the contributor; they were scanned there.",)
    return Section("Notes", words, Table(("language", "names", "what looked"), rows))
