"""The report that travels in the bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anonshare.pipeline.notes import coverage_facts, how_names, language_words
from anonshare.pipeline.plan import Plan
from anonshare.pipeline.token_pages import MASKED_LIMIT, token_section
from anonshare.report.model import Bar, Page, Section, Table
from anonshare.report.render import render

__all__ = ["report_bytes"]

LIMITS = (
    "Who knows that a person is in these records learns what all persons of the same class have in common.",
    "k counts among how many persons a recipient has to choose; it does not stop him from guessing.",
    "Whether the records are true, and whether the columns are what the policy says, nobody can check from outside.",
)
NOTES_STAY = "Masking words in notes is not protection against inference: notes stay with the contributor."


def report_bytes(plan: Plan, facts: Mapping[str, Any], tokens: Mapping[str, Any] | None = None) -> bytes:
    """The report that travels in the bundle: only what the signed facts say, in words."""
    return render(report_page(plan, facts, tokens))


def report_page(plan: Plan, facts: Mapping[str, Any], tokens: Mapping[str, Any] | None = None) -> Page:
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
        *([token_section(tokens)] if tokens else []),
        _gate_words(plan),
        *(
            [_languages(release, stayed=not plan.masked.counts)]
            if (release := coverage_facts(policy, plan.coverage))
            else []
        ),
        Section("What this does not protect against", (*LIMITS, MASKED_LIMIT if plan.masked.counts else NOTES_STAY)),
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


def _languages(detection: Sequence[Mapping[str, Any]], *, stayed: bool) -> Section:
    rows = tuple(
        (language_words(one["language"]), how_names(one["names_by"]), ", ".join(one["sources"])) for one in detection
    )
    said = (
        "Notes stayed with the contributor; they were scanned there."
        if stayed
        else "The notes were scanned before they left."
    )
    words = (said,)
    return Section("Notes", words, Table(("language", "names", "what looked"), rows))
