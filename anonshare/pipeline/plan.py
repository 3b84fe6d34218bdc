"""The dry run: what leaves, what stays, every gate. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from anonshare.bundle.statement import FORMAT
from anonshare.errors import InputError, UntrustedSigner
from anonshare.files import read_bytes
from anonshare.gates.facts import RecipientFacts, ReleaseFacts
from anonshare.gates.table import Passed, check_gates, refuse_if_any
from anonshare.pipeline.column_dates import read_dates
from anonshare.pipeline.compose import composition, memberships
from anonshare.pipeline.first_pass import FirstPass, first_pass
from anonshare.pipeline.hierarchies import Hierarchies
from anonshare.pipeline.inputs import Inputs, open_inputs
from anonshare.pipeline.intervals import fingerprints
from anonshare.pipeline.masked_notes import MaskedNotes, mask_notes_of
from anonshare.pipeline.note_residue import without_residue
from anonshare.pipeline.notes import detector_for, region_of, scan_notes_of
from anonshare.pipeline.operators import Surroundings, build_operators, needs_key, note_tokens
from anonshare.pipeline.recode import Recoded, kept_cells
from anonshare.pipeline.residual_scan import labels_scanned, notes_scanned
from anonshare.pipeline.series import Following, follow
from anonshare.pipeline.tables import TableResult, protected_tables
from anonshare.pipeline.token_domain import TokenDomain
from anonshare.pipeline.token_vault import Vaults
from anonshare.pipeline.value_counts import value_counts
from anonshare.policy.lint import lint_columns
from anonshare.policy.model import Policy
from anonshare.shapes import Coverage, Operator, Progress, no_progress
from anonshare.trust.store import expired
from anonshare.workspace import Workspace, now_utc

__all__ = ["Plan", "plan"]


@dataclass(frozen=True)
class Plan:
    """What a release would be. ``met`` tells whether every gate is open; ``refuse()`` raises where one is not.

    ``first`` and ``recoded`` are None where a gate before them is closed: then nothing of the records was judged.
    """

    home: Workspace
    policy: Policy = field(repr=False)
    inputs: Inputs = field(repr=False)
    made: datetime
    outcomes: tuple[Passed, ...]
    coverage: tuple[Coverage, ...] = ()
    operators: Mapping[str, Operator] = field(default_factory=dict, repr=False)
    first: FirstPass | None = field(default=None, repr=False)
    recoded: Recoded | None = field(default=None, repr=False)
    tables: tuple[TableResult, ...] = field(default=(), repr=False)
    members: Mapping[bytes, bytes] = field(default_factory=dict, repr=False)
    masked: MaskedNotes = field(default_factory=MaskedNotes)
    domain: TokenDomain | None = field(default=None, repr=False)
    vaults: Vaults | None = field(default=None, repr=False)
    series: Following | None = field(default=None, repr=False)

    @property
    def met(self) -> bool:
        """Whether every gate that can be judged now is open."""
        return all(outcome.open for outcome in self.outcomes)

    def refuse(self) -> None:
        """Raise ReleaseRefused with every finding where a gate is closed."""
        refuse_if_any(self.outcomes)

    @property
    def kept(self) -> tuple[float, float]:
        """The share of rows with consent that leave, and of known cells of key columns that leave with a value."""
        if self.recoded is None or self.recoded.rows.rows == 0:
            return (0.0, 0.0)
        kept, had = kept_cells(self.recoded.rows, self.recoded.recipe)
        return (float(self.recoded.recipe.kept.mean()), kept / had if had else 1.0)


def plan(
    data: Any,
    policy: Policy | Path | str,
    home: Workspace,
    *,
    progress: Progress = no_progress,
    now: datetime | None = None,
) -> Plan:
    """Plan the release of ``data`` (a path, or a pandas or Arrow table) under ``policy`` (a name, a path or a Policy).

    Writes nothing. Gates that are closed stand in the result, all at once; raises InputError where the data cannot be
    read, PolicyError where the policy cannot, DisclosureError where a person is not named.
    """
    home.must_be("contributor")
    rules = policy if isinstance(policy, Policy) else home.policy(policy)
    made = now or now_utc()
    inputs = open_inputs(rules, data)
    faults = lint_columns(rules, inputs.columns)
    if not faults:
        inputs, faults = read_dates(inputs)
    early = ReleaseFacts(rules, made.date(), recipient=_recipient(rules, home, made), column_faults=faults)
    outcomes = check_gates(early, ("plan",))
    if any(not o.open for o in outcomes if o.gate.code in {"G1", "G2", "G3", "G5"}):
        header = tuple(o for o in outcomes if o.gate.code in {"G1", "G2", "G3", "G5"})
        return Plan(home, rules, inputs, made, header)
    return _judged(home, rules, inputs, made, early, progress)


def _judged(
    home: Workspace, rules: Policy, inputs: Inputs, made: datetime, early: ReleaseFacts, progress: Progress
) -> Plan:
    hierarchies = Hierarchies(rules, home.folder("policies"), made.date())
    vaults = Vaults(home, rules.id, rules.recipient.card)
    around = Surroundings(hierarchies, _domain(rules, home), vaults, value_counts(inputs))
    operators = build_operators(rules, around)
    places = _places(rules, home)
    first = first_pass(inputs, operators, places, progress)
    if len(first.coded.person) == 0:
        coverage = scan_notes_of(rules, first.notes, progress)
        facts = {"rows_in": first.rows_in, "rows_consented": first.rows_left, "columns": first.columns}
        empty = ReleaseFacts(rules, made.date(), early.recipient, early.column_faults, **facts)  # type: ignore[arg-type]  # the keys are fields
        closed = tuple(o for o in check_gates(empty, ("plan",)) if o.gate.code in {"G1", "G2", "G3", "G4", "G5"})
        return Plan(home, rules, inputs, made, closed, coverage, first=first)
    progress("recoding", 0, None)
    key = home.secret("ledger")

    def read_again(one: Inputs) -> FirstPass:
        return first_pass(one, operators, places, progress)

    then = follow(rules, home, inputs, first, hierarchies, read_again, progress)
    inputs, first, recoded = then.inputs, then.first, then.recoded
    coverage = scan_notes_of(rules, first.notes, progress)
    masked = _masked(rules, inputs, first, operators, around, coverage, progress)
    tables = protected_tables(rules, recoded)
    members = memberships(key, first.coded, recoded)
    late = ReleaseFacts(
        rules,
        made.date(),
        early.recipient,
        early.column_faults,
        first.rows_in,
        first.rows_left,
        {
            **first.columns,
            **labels_scanned(recoded.rows, recoded.recipe, places, region_of(rules)),
            **notes_scanned(masked.texts, places, region_of(rules)),
        },
        coverage,
        recoded.verdicts,
        tuple(result.verdict for result in tables),
        composition(rules, home, members, key, then.broken),
        intervals=fingerprints(rules, recoded),
    )
    outcomes = check_gates(late, ("plan",))
    more = {"masked": masked, "domain": around.domain, "vaults": vaults, "series": then.series}
    return Plan(home, rules, inputs, made, outcomes, coverage, operators, first, recoded, tables, members, **more)  # type: ignore[arg-type]  # the keys are fields


def _domain(policy: Policy, home: Workspace) -> TokenDomain:
    """The keys of the release; without a column that needs one no passphrase is asked for."""
    epoch, root = home.token_key() if needs_key(policy) else ("", b"")
    return TokenDomain(policy, epoch, root)


def _masked(
    policy: Policy,
    inputs: Inputs,
    first: FirstPass,
    operators: Mapping[str, Operator],
    around: Surroundings,
    coverage: tuple[Coverage, ...],
    progress: Progress,
) -> MaskedNotes:
    if not any(column.do.masked for column in policy.columns().values()):
        return MaskedNotes()
    tokens = note_tokens(policy, operators, around)
    covered = {one.language: one.names_by for one in coverage}
    masked = mask_notes_of(inputs, first.coded, tokens, detector_for(policy), covered, progress)
    return without_residue(inputs, masked)


def _recipient(policy: Policy, home: Workspace, now: datetime) -> RecipientFacts:
    store = home.trust
    try:
        card = store.organisation(policy.recipient.card)
    except UntrustedSigner:
        return RecipientFacts(known=False, agency=False, keys=0, same_world=False)
    return RecipientFacts(
        known=True,
        agency=card.kind == "agency",
        keys=len(card.recipients),
        same_world=card.exercise == home.exercise,
        reads=FORMAT in card.formats,
        expired=tuple(
            what
            for what, until in (
                ("the recipient's card", card.expires),
                ("the own card", store.own.expires),
                ("the own trust store", store.expires),
            )
            if expired(until, now)
        ),
    )


def _places(policy: Policy, home: Workspace) -> frozenset[str]:
    """The private list of places that never leave, one a line, beside the policies."""
    if policy.sensitive_places is None:
        return frozenset()
    raw = read_bytes(home.folder("policies") / policy.sensitive_places, "list of sensitive places", 16 << 20)
    try:
        lines = raw.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise InputError("The list of sensitive places is not UTF-8 text.", hint="Save it as UTF-8.") from None
    return frozenset(line.strip().casefold() for line in lines if line.strip())
