"""What an officer reads: the verdict first, then who, what, when, for whom, and what was not checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from anonshare.bundle.verified import VerifiedBundle
from anonshare.errors import AnonshareError, MalformedBundle, PolicyError
from anonshare.files import read_bytes
from anonshare.pipeline.plain_text import plain
from anonshare.wire.safe_yaml import load

if TYPE_CHECKING:
    from anonshare.intake.audit import AuditReport
    from anonshare.pipeline.transparency import InLog

__all__ = [
    "audit_json",
    "inspect_json",
    "inspect_lines",
    "read_agreed",
    "refusal_json",
    "refusal_lines",
    "verdict_json",
    "verdict_lines",
]

ORDER = {
    "first": "the first of its stream",
    "next": "follows the one before, no gap",
    "duplicate": "accepted here before; nothing new",
    "not checked": "the order of the stream was NOT checked",
}


def verdict_lines(verified: VerifiedBundle, *, logged: InLog | None = None) -> list[str]:
    """The verdict in words: first the verdict, then who, what, when, for whom; last what nobody has checked yet.

    ``logged`` is what a proof says of the contributor's log.
    """
    s = verified.statement
    out = [
        f"ACCEPTED  bundle {s.seq} of stream {s.stream} ({ORDER[verified.order]})",
        *(f"Signed:   {plain(one.name)} ({', '.join(one.roles)})" for one in verified.signed_by),
        f"For:      {', '.join(sorted({a.id for a in s.audience}))}",
        f"Contents: {len(s.files)} files, every byte as signed; made {s.created}",
        f"Time:     {_time(verified)}",
        f"Delete:   {s.delete_at or 'no date given'}",
        f"Digest:   {verified.digest}",
    ]
    if logged is not None:
        out.append(f"Log:      {_log(logged)}")
    out += [f"Not counted: {plain(one.name)}: key {one.why_not}" for one in verified.uncounted]
    if verified.unknown:
        out.append(f"Not counted: {verified.unknown} signature(s) by keys that nobody here knows")
    if s.exercise:
        out.append("EXERCISE: no real organisation stands behind this bundle")
    return out + _evidence(verified)


def _log(logged: InLog) -> str:
    stood = f"it stood in the contributor's log when that had {logged.size} entries"
    if logged.seen is None:
        return f"{stood}; the first that this desk sees of it"
    if logged.compared:
        return f"{stood}, which continue the {logged.seen} seen before"
    return f"{stood}; NOT compared with the {logged.seen} seen before: ask for a proof --since {logged.seen}"


def _time(verified: VerifiedBundle) -> str:
    if verified.accepted_at is not None:
        return f"first accepted here {verified.accepted_at}; judged as of then"
    return f"not accepted here before; judged now, by version {verified.trust_version} of the trust store"


def _evidence(verified: VerifiedBundle) -> list[str]:
    """What the bundle promises, by what a receiver can do about it (DESIGN section 4)."""
    try:
        promises = _promises(verified.facts("disclosure"))
    except (AnonshareError, KeyError, TypeError, AttributeError):
        # what is promised is the audit's business: a bundle can be whole and promise nothing that is understood here
        return ["Promised: nothing that this program can read", "Not checked: whether the records are true"]
    return [
        f"Promised, can be recomputed (anonshare audit): {', '.join(map(plain, promises)) or 'nothing'}",
        "Promised, can only be consistent: no identifier left in a cell; columns as the policy says",
        "Signed only: consent, what detection looked at in notes, that earlier releases do not undo this one",
        *_coverage(verified),
        "Not checked: whether the records are true",
    ]


def _coverage(verified: VerifiedBundle) -> list[str]:
    """In which languages nobody looked for names in the notes, as the contributor signed it."""
    try:
        languages = [str(one["language"]) for one in verified.facts("release")["detection"] if not _covered(one)]
    except (AnonshareError, KeyError, TypeError, AttributeError):
        return []
    words = ", ".join("other languages" if one == "other" else plain(one) for one in languages)
    return [f"Signed only: names in notes were NOT covered in {words}"] if languages else []


def _covered(one: dict[str, Any]) -> bool:
    """A bundle of before there were lists says whether a model took part, and no more."""
    return bool(one.get("names_by", "lists") != "none")


def _promises(facts: dict[str, Any]) -> list[str]:
    models = {f"{m['model']} {m.get('k') or m.get('l')}" for table in facts["tables"] for m in table["models"]}
    return [*sorted(models), *(f"cells of {a['name']} >= {a['min_count']}" for a in facts["aggregates"])]


def verdict_json(verified: VerifiedBundle, *, logged: InLog | None = None) -> dict[str, Any]:
    """The verdict as one object with stable ids."""
    s = verified.statement
    return {
        "verify": "verify/1",
        "verdict": "accepted",
        "digest": verified.digest,
        "contributor": s.contributor,
        "stream": s.stream,
        "seq": s.seq,
        "order": verified.order,
        "accepted_at": verified.accepted_at,
        "trust_version": verified.trust_version,
        "exercise": s.exercise,
        "signed_by": [
            {"person": one.person, "name": plain(one.name), "roles": list(one.roles)} for one in verified.signed_by
        ],
        "not_counted": [{"person": one.person, "why": one.why_not} for one in verified.uncounted],
        "unknown_signatures": verified.unknown,
        "logged": None if logged is None else {"size": logged.size, "seen": logged.seen, "compared": logged.compared},
        "checks": [{"id": check.id, "ok": True, "words": check.words} for check in verified.checks],
    }


def refusal_lines(error: AnonshareError) -> list[str]:
    """A refusal in words: the verdict first, why, what to do."""
    return [f"REFUSED   ({error.reason})  {error.message}", *([f"What now: {error.hint}"] if error.hint else [])]


def refusal_json(error: AnonshareError) -> dict[str, Any]:
    """A refusal as one object; ``verdict`` is the stable id of the check that failed."""
    return {
        "verify-refused": "verify-refused/1",
        "verdict": error.reason,
        "code": error.exit_code,
        "words": error.message,
        "hint": error.hint,
    }


def inspect_json(verified: VerifiedBundle) -> dict[str, Any]:
    """What is in the bundle: files and facts."""
    files = [{"path": e.path, "size": e.size, "role": e.role, "sha256": e.sha256} for e in verified.files]
    return {
        "inspect": "inspect/1",
        "files": files,
        "disclosure": verified.facts("disclosure"),
        "release": verified.facts("release"),
    }


def inspect_lines(verified: VerifiedBundle) -> list[str]:
    """What is in the bundle, in words; raises MalformedBundle where its facts do not have their form."""
    try:
        return _inspected(verified, verified.facts("disclosure"))
    except (KeyError, TypeError, AttributeError):
        raise MalformedBundle("The signed facts of the bundle do not have their form.") from None


def _inspected(verified: VerifiedBundle, facts: dict[str, Any]) -> list[str]:
    out = [f"{entry.size:>12,}  {entry.path}" for entry in verified.files]
    for table in facts["tables"]:
        out += [
            "",
            f"table {table['name']}: {table['rows']} rows, {table['persons']} persons, keys: {', '.join(table['keys'])}",
        ]
        out += [f"  {column['name']}: {column['role']}, {column['type']}" for column in table["columns"]]
        out += ["  promised: " + " ".join(str(value) for value in model.values()) for model in table["models"]]
    out += [
        f"table {a['name']}: counts by {', '.join(a['by'])}, cells >= {a['min_count']}" for a in facts["aggregates"]
    ]
    return out


def audit_json(report: AuditReport) -> dict[str, Any]:
    """An audit as one object."""
    return {
        "audit": "audit/1",
        "met": report.met,
        "verdicts": [
            {
                "check": v.check,
                "met": v.met,
                "evidence": v.evidence,
                "promised": v.promised,
                "found": v.found,
                "missing": list(v.missing),
            }
            for v in report.verdicts
        ],
    }


def read_agreed(path: Path) -> dict[str, Any]:
    """The public policy that the receiver holds (the data/policy.yaml of an earlier bundle, say)."""
    raw = load(read_bytes(path, "agreed policy", 1 << 20), "the agreed policy")
    if not isinstance(raw, dict):
        raise PolicyError("The agreed policy is not a group of keys.")
    return raw
