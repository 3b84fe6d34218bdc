"""The plan as words and as JSON."""

from __future__ import annotations

from typing import Any

from anonshare.pipeline.custodians import has_custodians
from anonshare.pipeline.first_pass import FirstPass
from anonshare.pipeline.notes import how_names, language_words, uncovered
from anonshare.pipeline.plan import Plan
from anonshare.pipeline.rare_rows import rare_rows
from anonshare.pipeline.recode import risks
from anonshare.pipeline.series_pages import series_json, series_section
from anonshare.pipeline.token_pages import masked_section, register_words
from anonshare.policy.records import Column
from anonshare.report.model import Page, Section, Table
from anonshare.report.render import lines

__all__ = ["plan_json", "plan_words"]

SHOWN = 50
NEAR = (
    "These rows differ by a slip of the keyboard in the columns that name a person, or one lacks a part. If they are one "
    "person, correct the file: who is counted twice makes k look larger than it is."
)
DONE = {
    "drop": "stays",
    "withhold": "stays",
    "keep": "leaves, recoded where needed",
    "codes": "leaves as codes",
    "redact": "leaves as the mark of its type",
    "mask": "leaves with most characters masked",
    "suppress": "leaves without the listed values",
    "top_bottom": "leaves, numbers beyond a bound as its label",
    "round": "leaves, rounded",
    "rare_to_other": "leaves, rare values as one",
    "pseudonymize": "leaves as tokens for this recipient",
    "pseudonymize_reversible": "leaves as tokens that the key turns back",
    "tokenize_vault": "leaves as random tokens",
    "surrogate": "leaves as invented values, each marked so",
    "masked": "leaves masked",
}


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
        "rare": [
            {
                "table": one.table,
                "combinations": sum(one.found.combinations.values()),
                "rare": sum(one.found.rare.values()),
                "minimal": sum(one.found.minimal.values()),
                "persons": one.found.persons,
            }
            for one in rare_rows(plan)
            if one.found is not None
        ],
        "series": series_json(plan),
        "register": has_custodians(plan.home),
        "masked": [
            {
                "column": name,
                "notes": c.notes,
                "withheld_language": c.language,
                "withheld_residue": c.residue,
                "ambiguous": c.ambiguous,
            }
            for name, c in plan.masked.counts.items()
        ],
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
    if (series := series_section(plan)) is not None:
        sections.append(series)
    if plan.coverage:
        sections.append(_notes(plan))
    if (masked := masked_section(plan)) is not None:
        sections.append(masked)
    if (rare := _rare(plan)) is not None:
        sections.append(rare)
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
        before, after = risks(plan.recoded.rows, plan.recoded.recipe)
        if after is not None:
            facts.append(
                ("alone among all", f"{before.unique:.1%} of the persons before, {after.unique:.1%} as they leave")
            )
            facts.append(
                ("found at most with", f"{before.highest:.1%} before, {after.highest:.1%} as they leave (prosecutor)")
            )
        facts.append(("register", register_words(plan, kept=has_custodians(plan.home))))
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


def _rare(plan: Plan) -> Section | None:
    """Over all columns that leave, also those that no promise is about: counts alone."""
    tables = rare_rows(plan)
    if not tables:
        return None
    k, rows = plan.policy.disclosure.k, []
    for one in tables:
        if one.found is None:
            rows.append((one.table, "not looked at: more rows than a plan reads again", "", ""))
            continue
        most = sorted(one.found.columns.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
        names = ", ".join(name for name, count in most if count)
        rows.append((one.table, f"{one.found.rare_share:.0%}", str(one.found.persons), names))
    words = (
        f"Of all combinations of up to three values of any columns that leave, the share held by fewer than {k} persons.",
        "Who knows such values of a person, tokens among them, finds his row; k is promised over what policy says is known.",
    )
    header = ("table", "rare", "persons with one", "columns that take part most")
    return Section("Rare combinations", words, Table(header, tuple(rows)))


def _rows(first: FirstPass) -> list[tuple[str, str]]:
    facts = [("rows read", str(first.rows_in))]
    if len(first.read) > 1:
        facts += [(f"  of {table}", str(read.rows)) for table, read in first.read.items()]
    orphans = sum(read.orphans for read in first.read.values())
    if orphans:
        facts.append(("rows that hang on nothing", f"{orphans}; they stay"))
    stay = first.rows_in - first.rows_left - orphans - sum(read.replaced for read in first.read.values())
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
    if column.do.shift_dates is not None:
        whose = "event" if column.do.shift_dates.event else "person"
        return f"leaves, dates shifted per {whose} by at most {column.do.shift_dates.days} days"
    return DONE.get(column.do.name, f"leaves, made by {column.do.name}")


def _notes(plan: Plan) -> Section:
    rows = [(language_words(c.language), str(c.notes), str(c.spans), how_names(c.names_by)) for c in plan.coverage]
    stayed = "" if plan.masked.counts else " although they stay"
    words = [f"The notes were scanned{stayed}; the cells of a person's own row are looked for in his notes."]
    missing = uncovered(plan.coverage)
    if missing:
        words.append(
            f"Names are NOT covered in: {', '.join(map(language_words, missing))}. Numbers are, and the cells of the row."
        )
    return Section("Notes", tuple(words), Table(("language", "notes", "spans found", "names"), tuple(rows)))
