"""Does a bundle keep its promises? What can be recomputed from the data is, what cannot is named as attested.

Classes of evidence (DESIGN section 4): *recomputed* here from the data; *consistent*: nothing contradicts it;
*attested*: somebody signed it, and nobody can check it from outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anonshare.errors import MalformedBundle
from anonshare.identifiers.checks import residual
from anonshare.intake.recompute import (
    aggregate_of_rows,
    cells_of,
    diverse_table,
    frame_of,
    linked_table,
    person_table,
)
from anonshare.registry import PRIVACY_MODELS
from anonshare.shapes import Verdict
from anonshare.wire.safe_yaml import load

if TYPE_CHECKING:
    import pyarrow as pa

    from anonshare.bundle.verified import VerifiedBundle

__all__ = ["AuditReport", "audit"]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Every promise with its verdict and class of evidence."""

    verdicts: tuple[Verdict, ...]

    @property
    def met(self) -> bool:
        """Whether no promise was found broken."""
        return all(verdict.met for verdict in self.verdicts)

    @property
    def exit_code(self) -> int:
        """0, or 5 where a recomputed promise does not hold."""
        return 0 if self.met else 5

    def lines(self) -> list[str]:
        """The report in words, the verdict first."""
        broken = sum(not verdict.met for verdict in self.verdicts)
        head = "PROMISES KEPT, as far as they can be checked" if self.met else f"{broken} PROMISE(S) BROKEN"
        return [head, *(_line(verdict) for verdict in self.verdicts)]


def _line(verdict: Verdict) -> str:
    numbers = f" (promised {verdict.promised}, found {verdict.found})" if verdict.found else ""
    why = "".join(f"; {one}" for one in verdict.missing)
    return (
        f"  {'ok' if verdict.met else 'NO':2}  {verdict.evidence:<10}  {verdict.check.replace('_', ' ')}{numbers}{why}"
    )


def audit(verified: VerifiedBundle, *, agreed_policy: Mapping[str, Any] | None = None) -> AuditReport:
    """Recompute what the bundle's facts promise. Raises MalformedBundle where the facts do not have their form."""
    facts = verified.facts("disclosure")
    try:
        found = [
            *_tables(verified, facts),
            *_linked(verified, facts),
            *_aggregates(verified, facts),
            _schema(verified),
            _residual(verified),
            *_policy(verified, agreed_policy),
            *_attested(verified),
        ]
    except (KeyError, TypeError, AttributeError):
        raise MalformedBundle("The signed facts of the bundle do not have their form.") from None
    return AuditReport(tuple(found))


def _tables(verified: VerifiedBundle, facts: Mapping[str, Any]) -> Iterator[Verdict]:
    for table in facts["tables"]:
        frame = frame_of(verified, table["name"])
        unit, keys = table["unit"], table["keys"]
        persons = len(set(frame.column(unit).to_pylist()))
        yield _equal(f"{table['name']}: rows", table["rows"], frame.num_rows)
        yield _equal(f"{table['name']}: persons", table["persons"], persons)
        if not table["models"]:
            yield Verdict(
                f"{table['name']}: a privacy model", met=False, evidence="recomputed", missing=("none is promised",)
            )
        for model in table["models"]:
            yield _model(table["name"], model, frame, keys, unit)


def _model(name: str, model: Mapping[str, Any], frame: pa.Table, keys: list[str], unit: str) -> Verdict:
    kind = model["model"]
    if kind == "k_anonymity":
        judged = PRIVACY_MODELS[kind](person_table(frame, keys, unit), k=model["k"])
    elif kind == "l_diversity":
        table = diverse_table(frame, keys, unit, model["column"])
        judged = PRIVACY_MODELS[kind](table, column=model["column"], l=model["l"])
    else:
        return Verdict(
            f"{name}: a model unknown here", met=False, evidence="attested", missing=("it cannot be recomputed",)
        )
    return Verdict(f"{name}: {judged.check}", judged.met, "recomputed", judged.promised, judged.found, judged.missing)


def _linked(verified: VerifiedBundle, facts: Mapping[str, Any]) -> Iterator[Verdict]:
    """Several tables hold rows of the same persons: all rows of a person are his record (DESIGN section 4)."""
    if len(facts["tables"]) < 2:
        return
    promised = facts["linked"]["models"]
    if not promised:
        yield Verdict("all tables together: a privacy model", False, "recomputed", missing=("none is promised",))
    for model in promised:
        kind = model["model"]
        if kind == "k_anonymity":
            judged = PRIVACY_MODELS[kind](linked_table(verified, facts["tables"]), k=model["k"])
        elif kind == "l_diversity":
            told = linked_table(verified, facts["tables"], (model["table"], model["column"]))
            judged = PRIVACY_MODELS[kind](told, column=model["column"], l=model["l"])
        else:
            yield Verdict("all tables together: a model unknown here", False, "attested")
            continue
        name = f"all tables together: {judged.check}"
        yield Verdict(name, judged.met, "recomputed", judged.promised, judged.found, judged.missing)


def _aggregates(verified: VerifiedBundle, facts: Mapping[str, Any]) -> Iterator[Verdict]:
    from anonshare.disclosure.table_audit import audit as attack

    for table in facts["aggregates"]:
        cells = cells_of(verified, table)
        judged = attack(cells, table["by"], table["min_count"])
        name = f"{table['name']}: cells"
        yield Verdict(name, judged.met, "recomputed", judged.promised, judged.found, judged.missing)
        if table["from_table"] is not None:
            same = aggregate_of_rows(verified, table, facts) == {c.key: c.count for c in cells if c.count is not None}
            why = () if same else ("a published cell differs from the rows beside it",)
            yield Verdict(f"{table['name']}: counts of the rows beside it", same, "recomputed", missing=why)


def _equal(check: str, promised: int, found: int) -> Verdict:
    return Verdict(check, promised == found, "recomputed", str(promised), str(found))


def _schema(verified: VerifiedBundle) -> Verdict:
    """The columns that the descriptor names are those that the tables have."""
    import json

    described = {
        resource["path"].removesuffix(".parquet"): tuple(field["name"] for field in resource["schema"]["fields"])
        for resource in json.loads(verified.read("data/datapackage.json"))["resources"]
        if resource["path"].endswith(".parquet")
    }
    met = described == {name: verified.tables[name].columns for name in verified.tables}
    return Verdict("tables have the described columns", met, "recomputed")


def _residual(verified: VerifiedBundle) -> Verdict:
    """No cell holds an identifier that proves itself by a check digit or a valid form."""
    found: set[str] = set()
    for name in verified.tables:
        for batch in verified.tables[name].batches():
            for column in batch.columns:
                for text in column.unique().drop_null().to_pylist():
                    found.update(residual(text))
    return Verdict("no identifier left in a cell", not found, "recomputed", missing=tuple(sorted(found)))


def _policy(verified: VerifiedBundle, agreed: Mapping[str, Any] | None) -> Iterator[Verdict]:
    public = load(verified.read("data/policy.yaml"), "the bundle's policy")
    promised = {(t, c) for t, table in public["records"]["tables"].items() for c in table["columns"]}
    tables = verified.facts("disclosure")["tables"]
    released = {(t["name"], c["name"]) for t in tables for c in t["columns"] if c["name"] != t["unit"]}
    yield Verdict("columns are those of the policy", released <= promised, "recomputed")
    if agreed is not None:
        yield Verdict("the policy is the one agreed on", dict(agreed) == public, "recomputed")


def _attested(verified: VerifiedBundle) -> Iterator[Verdict]:
    """What somebody signed and nobody can check from outside."""
    facts = verified.facts("release")
    yield Verdict(f"consent: {facts['consent']}", met=True, evidence="attested")
    for language in facts["detection"]:
        names = "names by a model" if language["names_covered"] else "names by rules only"
        yield Verdict(f"notes in {language['language']} were scanned, {names}", met=True, evidence="attested")
    yield Verdict("earlier releases do not undo this one", met=True, evidence="attested")
