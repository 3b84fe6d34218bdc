"""The release gates in one table: code, title, article, when it is judged, and the check.

``check_gates`` asks all gates of a stage and returns all findings at once. There is no way to skip one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from anonshare.errors import Fault, ReleaseRefused
from anonshare.gates import (
    g01_policy,
    g02_columns,
    g03_legal_basis,
    g04_consent,
    g05_recipient,
    g06_places,
    g07_detection,
    g08_risk,
    g09_homogeneity,
    g10_tables,
    g11_composition,
    g12_residue,
    g13_approvals,
    g14_envelope,
    g15_self_check,
)
from anonshare.gates.facts import ReleaseFacts

__all__ = ["GATES", "Gate", "Passed", "check_gates", "refuse_if_any"]

Stage = Literal["plan", "draft", "seal"]


@dataclass(frozen=True, slots=True)
class Gate:
    """One release gate. ``article`` names the source of the duty; ``check`` returns what is wrong, empty if nothing."""

    code: str
    title: str
    article: str
    stage: Stage
    check: Callable[[ReleaseFacts], tuple[Fault, ...]]


@dataclass(frozen=True, slots=True)
class Passed:
    """A gate's outcome: open when ``faults`` is empty."""

    gate: Gate
    faults: tuple[Fault, ...]

    @property
    def open(self) -> bool:
        """Whether the gate lets the release through."""
        return not self.faults


GATES: tuple[Gate, ...] = (
    Gate("G1", "policy complete and in force", "GDPR 5(1)(b); the agreement", "plan", g01_policy.check),
    Gate("G2", "every column has a rule", "GDPR 5(1)(c), 25", "plan", g02_columns.check),
    Gate("G3", "a legal basis for each kind of data", "GDPR 6, 9, 10", "plan", g03_legal_basis.check),
    Gate("G4", "only records with consent", "GDPR 7; IOM data protection principle 4", "plan", g04_consent.check),
    Gate("G5", "the recipient may receive this", "GDPR 5(1)(b); LED 9", "plan", g05_recipient.check),
    Gate(
        "G6", "no place or identifier in what is kept", "Palermo Protocol 6(1); DOJ OVW FAQ", "plan", g06_places.check
    ),
    Gate("G7", "notes scanned in every language", "EDPB 01/2025", "plan", g07_detection.check),
    Gate("G8", "risk measured on what leaves", "WP216 singling out", "plan", g08_risk.check),
    Gate("G9", "no class tells a sensitive value", "WP216 inference", "plan", g09_homogeneity.check),
    Gate("G10", "tables withstand subtraction", "WP216 inference; SDC handbook", "plan", g10_tables.check),
    Gate("G11", "together with all earlier releases", "WP216 linkability", "plan", g11_composition.check),
    Gate("G12", "no residue in the final bytes", "GDPR 5(1)(f), 32", "draft", g12_residue.check),
    Gate("G13", "approved by the roles", "GDPR 5(2), 24", "seal", g13_approvals.check),
    Gate("G14", "encrypted to the recipient and padded", "GDPR 32", "seal", g14_envelope.check),
    Gate("G15", "the recipient's own check accepts it", "GDPR 5(1)(f)", "seal", g15_self_check.check),
)


def check_gates(facts: ReleaseFacts, stages: Iterable[Stage]) -> tuple[Passed, ...]:
    """The outcome of every gate of ``stages``, in order."""
    asked = set(stages)
    return tuple(Passed(gate, gate.check(facts)) for gate in GATES if gate.stage in asked)


def refuse_if_any(outcomes: Iterable[Passed]) -> None:
    """Raise ReleaseRefused that names every closed gate, its article, each finding and remedy."""
    closed = [outcome for outcome in outcomes if not outcome.open]
    if not closed:
        return
    faults = tuple(
        Fault(f"{outcome.gate.code} {fault.where}", fault.problem, fault.remedy)
        for outcome in closed
        for fault in outcome.faults
    )
    codes = ", ".join(outcome.gate.code for outcome in closed)
    first = closed[0]
    raise ReleaseRefused(
        f"Refused by {codes}: {first.gate.title} ({first.faults[0]}).",
        hint=first.faults[0].remedy or f"See {first.gate.article}.",
        reason=first.gate.code,
        faults=faults,
    )
