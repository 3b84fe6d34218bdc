"""Two implementations, thousands of documents that nobody thought of: one verdict, and nothing accepted but the original."""

from __future__ import annotations

import copy
import hashlib
import random
from datetime import UTC, datetime
from typing import Any

import pytest

from anonshare.bundle import padding
from anonshare.errors import AnonshareError
from anonshare.trust.store import STORE_TYPE, open_store
from anonshare.wire.dsse import decode
from anonshare.wire.strict_json import canonical, parse
from tests.bundle.forge import FOLDER, Case, Forge
from tests.bundle.test_corpus import by_page, job, told_by_python

POOL: list[Any] = [
    None, True, False, 0, 1, -1, 2, 16, 17, 2**31, 2**53 - 1, -(2**53) + 1, "", "x", "data", "legal", "agency", "ngo",
    "padding", "data/a.csv", "data/", "a" * 200, "a" * 201, "\u00e9", "\U0001f600", "\x00", "\x7f", "0" * 64, "F" * 64,
    "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z\n", [], {}, [1], {"a": 1}, [[]], {"a": {}}, "compromised", "left",
]  # fmt: skip


def places(value: Any, path: tuple = ()) -> list[tuple]:
    """Every place in a document."""
    found = [path]
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        found += places(one, (*path, key))
    return found


def at(value: Any, path: tuple) -> Any:
    for step in path:
        value = value[step]
    return value


def mutated(raw: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The document with one to three places dropped, exchanged, doubled, added to or moved."""
    made = copy.deepcopy(raw)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        path = chance.choice([p for p in places(made) if p])
        parent, key = at(made, path[:-1]), path[-1]
        kind = chance.choice(["drop", "value", "double", "key", "swap"])
        if kind == "drop":
            del parent[key]
        elif kind == "value":
            parent[key] = copy.deepcopy(chance.choice(POOL))
        elif kind == "double" and isinstance(parent, list):
            parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(parent[key]))
        elif kind == "key" and isinstance(parent, dict):
            parent[chance.choice(["more", "path", "keyid", "seq", "a-b", "_x"])] = copy.deepcopy(chance.choice(POOL))
        elif kind == "swap":
            parent[key] = copy.deepcopy(at(made, chance.choice([p for p in places(made) if p])))
        if not made:
            return made
    return made


@pytest.fixture(scope="module")
def forge():
    """The parties of the corpus, with bundles of a few kilobytes."""
    patch = pytest.MonkeyPatch()
    patch.setattr(padding, "FLOOR", 0)
    yield Forge()
    patch.undo()


def agree(made: list[Case], tmp_path, stores: dict[str, bytes] | None = None) -> list[str]:
    """The verdicts of both over all cases; they are the same."""
    for name, data in (stores or {}).items():
        (tmp_path / name).write_bytes(data)
    jobs = [job(case) for case in made]
    theirs = by_page(jobs)
    mine = [told_by_python(case, case.data, tmp_path / "b.zip") for case in made]
    assert [list(one) for one in mine] == theirs
    return [one[0] for one in mine]


@pytest.mark.slow
def test_statements(forge, tmp_path):
    """Signed statements with places exchanged: refused alike, but for what means the same payload."""
    chance, raw, made = random.Random(4), parse(forge.payload), []
    for number in range(1500):
        changed = mutated(raw, chance)
        try:
            data = forge.raw(canonical(changed))
        except AnonshareError:
            continue
        made.append(Case(f"statement {number}", "", "", data))
    verdicts = agree(made, tmp_path)
    for case, verdict in zip(made, verdicts, strict=True):
        if verdict == "accepted":
            payload = decode(case.data[48 : 48 + int.from_bytes(case.data[18:22], "little")]).payload
            changed, before = parse(payload)["predicate"], raw["predicate"]
            assert changed["files"] == before["files"]
            assert {"audience", "files", "format"} <= changed.keys()
    assert len(made) > 1200
    assert len(set(verdicts)) >= 5


@pytest.mark.slow
def test_envelopes(forge, tmp_path):
    """Envelopes with places exchanged: accepted only where payload and counted signatures are the same."""
    chance, raw, made = random.Random(5), parse(forge.envelope), []
    for number in range(600):
        try:
            made.append(Case(f"envelope {number}", "", "", forge.manifest(canonical(mutated(raw, chance)))))
        except AnonshareError:
            continue
    for case, verdict in zip(made, agree(made, tmp_path), strict=True):
        if verdict == "accepted":
            payload = decode(case.data[48 : 48 + int.from_bytes(case.data[18:22], "little")]).payload
            assert hashlib.sha256(payload).hexdigest() == forge.digest


@pytest.mark.slow
def test_bytes(forge, tmp_path):
    """Bundles with stretches cut, doubled, moved or exchanged with those of another: never accepted, and alike."""
    chance, made = random.Random(6), []
    other = forge.m.bundle(bundle_id="1" * 32)
    for number in range(800):
        one, start = forge.good, chance.randrange(len(forge.good))
        end, to = min(len(one), start + chance.choice([1, 2, 4, 30, 46, 200, 2000])), chance.randrange(len(one))
        data = chance.choice(
            [one[:start] + one[end:], one[:end] + one[start:], one[:start] + other[start:end] + one[end:],
             one[:to] + one[start:end] + one[to:], one[:start] + bytes(end - start) + one[end:]]
        )  # fmt: skip
        if data not in (one, other):
            made.append(Case(f"bytes {number}", "", "", data))
    assert "accepted" not in agree(made, tmp_path)


def test_stores(forge, tmp_path):
    """Trust stores, signed by the right root keys, with places exchanged: what one reads the other reads."""
    from anonshare.trust.envelopes import signed

    chance = random.Random(7)
    plain = open_store((FOLDER / "default.store.json").read_bytes()).model_dump(mode="json")
    jobs, mine = [], []
    base = job(Case("store", "", "", forge.good))
    for _ in range(400):
        try:
            data = signed(STORE_TYPE, canonical(mutated(plain, chance)), *forge.m.agency_roots)
        except AnonshareError:
            continue
        import base64

        jobs.append({**base, "store": base64.b64encode(data).decode()})
        mine.append(told_with(data, forge.good, tmp_path))
    theirs = [one[0] for one in by_page(jobs)]
    assert theirs == mine
    assert len(jobs) > 300


def told_with(store: bytes, data: bytes, tmp_path) -> str:
    from anonshare.bundle.verify import verify

    path = tmp_path / "b.zip"
    path.write_bytes(data)
    try:
        trust = open_store(store)
        verify(path, trust=trust, state=None, now=datetime(2026, 6, 1, tzinfo=UTC), receiver="agency").close()
    except AnonshareError as error:
        return error.reason
    return "accepted"
