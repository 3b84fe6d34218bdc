"""The objects that ``--json`` prints: their ids and keys, and one JSON Schema for each."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["OBJECTS", "json_schemas"]

TEXT, WHOLE, NUMBER, YES = {"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "boolean"}
MAYBE_TEXT, MAYBE_WHOLE = {"type": ["string", "null"]}, {"type": ["integer", "null"]}
LIST, GROUP = {"type": "array"}, {"type": "object"}


def _list(**keys: Any) -> dict[str, Any]:
    return {"type": "array", "items": _group(**keys)}


def _group(**keys: Any) -> dict[str, Any]:
    return {"type": "object", "properties": keys, "required": sorted(keys)}


FAULTS = _list(where=TEXT, problem=TEXT, remedy=MAYBE_TEXT)
OBJECTS: dict[str, tuple[str, dict[str, Any]]] = {
    "plan/1": ("plan", {
        "met": YES, "policy": TEXT, "stream": TEXT, "rows_in": MAYBE_WHOLE, "rows_consented": MAYBE_WHOLE,
        "persons": MAYBE_WHOLE, "kept_rows": NUMBER, "kept_cells": NUMBER, "near": LIST, "unread_dates": GROUP, "register": YES,
        "series": {"type": ["object", "null"]},
        "rare": _list(table=TEXT, combinations=WHOLE, rare=WHOLE, minimal=WHOLE, persons=WHOLE),
        "masked": _list(column=TEXT, notes=WHOLE, withheld_language=WHOLE, withheld_residue=WHOLE, ambiguous=WHOLE),
        "gates": _list(id=TEXT, title=TEXT, article=TEXT, open=YES, faults=FAULTS),
        "models": _list(check=TEXT, promised=TEXT, found=TEXT, met=YES),
        "detection": _list(language=TEXT, notes=WHOLE, spans=WHOLE, names=YES, names_by=TEXT),
    }),
    "scan/1": ("scan", {
        "rows": WHOLE,
        "columns": _list(
            name=TEXT, filled=WHOLE, distinct=WHOLE, role=MAYBE_TEXT, kinds=GROUP, notes=YES, entity=MAYBE_TEXT,
            holds=MAYBE_TEXT, confidence=TEXT, suppress=YES, reason=TEXT,
        ),
        "notes": _list(language=TEXT, notes=WHOLE, found=GROUP, names_by=TEXT),
    }),
    "explain/1": ("explain", {"name": TEXT, "lines": LIST}),
    "policy-check/1": ("check", {"met": YES, "faults": FAULTS}),
    "policy-diff/1": ("diff", {"changes": _list(where=TEXT, direction=TEXT, words=TEXT)}),
    "status/1": ("status", {
        "id": TEXT, "kind": TEXT, "exercise": YES, "releases": WHOLE, "arrived": WHOLE, "lost": WHOLE,
        "drafts": _list(stream=TEXT, seq=WHOLE, since=TEXT, folder=TEXT, next=TEXT),
        "awaited": _list(stream=TEXT, seq=WHOLE, recipient=TEXT, since=TEXT),
        "ends": _list(what=TEXT, when=TEXT, over=YES),
        "stale_since": MAYBE_TEXT, "last_backup": MAYBE_TEXT, "backup_due": YES, "single_holders": LIST, "root_keys_here": LIST,
    }),
    "backup/1": ("backup", {"file": TEXT}),
    "restore/1": ("restore", {"id": TEXT, "folder": TEXT}),
    "ledger/1": ("ledger", {"entries": LIST}),
    "ledger-check/1": ("check", {"met": YES, "findings": _list(check=TEXT, ok=YES, words=TEXT)}),
    "recover/1": ("recover", {"agencies": LIST, "lost": _list(stream=TEXT, seq=WHOLE)}),
    "verify/1": ("verify", {"verdict": TEXT, "digest": TEXT, "contributor": TEXT, "stream": TEXT, "seq": WHOLE, "checks": LIST}),
    "verify-refused/1": ("verify-refused", {"verdict": TEXT, "code": WHOLE, "words": TEXT, "hint": MAYBE_TEXT}),
    "inspect/1": ("inspect", {"files": LIST, "disclosure": GROUP, "release": GROUP}),
    "audit/1": ("audit", {"met": YES, "verdicts": _list(check=TEXT, met=YES, evidence=TEXT, promised=TEXT, found=TEXT, missing=LIST)}),
    "ingest/1": ("ingest", {"receipt": TEXT, "digest": TEXT, "duplicate": YES}),
    "inbox/1": ("inbox", {"files": _list(name=TEXT, size=WHOLE, state=TEXT, code=WHOLE, words=TEXT)}),
    "export/1": ("export", {"format": TEXT, "folder": TEXT}),
    "receive/1": ("receive", {"agency": TEXT, "stream": TEXT, "seq": WHOLE, "rows": WHOLE, "outcome": TEXT}),
    "models/1": ("models", {
        "installed": _list(
            package=TEXT, version=TEXT, languages=LIST, masks=LIST, licence=TEXT, digest=TEXT, state=TEXT,
        ),
        "squatted": LIST, "add": LIST,
    }),
    "doctor/1": ("doctor", {"findings": _list(check=TEXT, ok=YES, words=TEXT)}),
    "trust/1": ("trust", {"version": WHOLE, "expires": TEXT, "organisations": LIST}),
    "notice/1": ("notice", {"kind": TEXT, "stream": TEXT, "seq": WHOLE, "to": WHOLE, "rows": WHOLE, "new": YES}),
    "epochs/1": ("epochs", {
        "keys": _list(epoch=TEXT, state=TEXT, words=TEXT, created=MAYBE_TEXT, ended=MAYBE_TEXT, destroyed=MAYBE_TEXT),
    }),
    "custody/1": ("custody", {"held": _list(role=TEXT, person=TEXT, name=TEXT, keyid=TEXT), "registers": WHOLE}),
    "reversals/1": ("reversals", {"entries": LIST}),
    "reversal-answer/1": ("answer", {
        "reference": TEXT, "request": TEXT, "wish": TEXT, "contributor": TEXT, "requester": TEXT, "found": LIST,
    }),
    "done/1": ("done", {"verb": TEXT, "made": TEXT}),
}  # fmt: skip
"""Id -> the key that holds it, and the other keys with their schemas."""


def json_schemas() -> bytes:
    """All schemas as one file with a final newline: an object is one of them, told by its id."""
    groups = [
        {**_group(**{key: {"const": name}, **keys}), "title": name} for name, (key, keys) in sorted(OBJECTS.items())
    ]
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "anonshare --json", "oneOf": groups}
    return (json.dumps(schema, indent=2, sort_keys=True) + "\n").encode()
