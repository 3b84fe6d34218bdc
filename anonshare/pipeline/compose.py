"""A release beside all earlier ones: who is in which class, as keyed digests that the ledger keeps."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING

from anonshare.engine.assemble import label_column
from anonshare.ledger.composition import compose
from anonshare.ledger.ledger import Ledger
from anonshare.ledger.memberships import read_memberships
from anonshare.pipeline.person_digest import person_digest
from anonshare.pipeline.recode import Recoded
from anonshare.policy.model import Policy
from anonshare.shapes import Verdict
from anonshare.wire.strict_json import canonical
from anonshare.workspace import Workspace

if TYPE_CHECKING:
    from anonshare.engine.coding import Coded

__all__ = ["composition", "memberships"]


def memberships(key: bytes, coded: Coded, recoded: Recoded) -> dict[bytes, bytes]:
    """Keyed person digest to keyed digest of the signature that leaves; persons of whom nothing leaves are not in it."""
    signature = recoded.recipe.signature.tolist()
    classes = _classes(key, recoded)
    return {
        person_digest(key, parts): classes[number]
        for parts, number in zip(coded.people, signature, strict=True)
        if number >= 0
    }


def _classes(key: bytes, recoded: Recoded) -> dict[int, bytes]:
    """The digest of each signature: of the sorted rows of one person who has it."""
    rows, recipe = recoded.rows, recoded.recipe
    first: dict[int, int] = {}
    for person, number in enumerate(recipe.signature.tolist()):
        first.setdefault(number, person)
    wanted = {person: number for number, person in first.items() if number >= 0}
    columns = [
        label_column(column, rows.values[:, i], recipe.levels[:, i]).to_pylist()
        for i, column in enumerate(rows.columns)
    ]
    found: dict[int, list[list[str]]] = {number: [] for number in wanted.values()}
    for row, (person, kept) in enumerate(zip(rows.person.tolist(), recipe.kept.tolist(), strict=True)):
        if kept and person in wanted:
            here = [] if rows.table is None else [str(rows.table[row])]
            found[wanted[person]].append([*(column[row] or "" for column in columns), *here])
    names = [column.name for column in rows.columns]
    if rows.table is not None:
        names.append("table")
    return {number: _digest(key, names, sorted(labels)) for number, labels in found.items()}


def _digest(key: bytes, names: list[str], labels: list[list[str]]) -> bytes:
    return hmac.digest(key, canonical({"columns": names, "class": labels}), hashlib.sha256)[:16]


def _cannot_judge(ledger: Ledger) -> str | None:
    """Why nothing can be said of earlier releases, None where all of them are known."""
    if ledger.stale_since is not None:
        return "the ledger was restored from a backup and does not know what left after it (anonshare ledger recover)"
    if ledger.lost():
        return f"{len(ledger.lost())} earlier release(s) are lost to this ledger: restore a backup that holds them"
    return None


def composition(
    policy: Policy, home: Workspace, new: Mapping[bytes, bytes], key: bytes, broken: str | None = None
) -> Verdict:
    """Judge the new release beside all that this ledger has released: recipients may lay theirs side by side.

    ``broken`` tells why the series of this stream cannot go on.
    """
    folder = home.folder("ledger")
    ledger = Ledger.open(folder)
    if (why_not := _cannot_judge(ledger) or broken) is not None:
        return Verdict("composition", False, "attested", missing=(why_not,))
    released = ledger.releases()
    if not policy.released:
        why = () if not released else ("tables after an earlier release of this ledger cannot be judged yet",)
        return Verdict("composition", not released, "attested", missing=why)
    previous = [read_memberships(folder, entry.bundle_id, key) for entry in released]
    return compose(previous, new, policy.disclosure.k)
