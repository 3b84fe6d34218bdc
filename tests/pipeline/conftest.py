"""Two organisations as an exercise, with officers, cards exchanged, and the shelf policy filled in."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import anonshare as an
from anonshare.pipeline.demo import FILLED, POLICY
from anonshare.samples.cases import cases

SECRET = b"correct horse"


@dataclass(frozen=True)
class World:
    """An office, a desk, two officers' keys, and the folder around them."""

    root: Path
    office: an.Workspace
    desk: an.Workspace
    keys: tuple[Path, Path]
    records: Path

    def approvals(self, work):
        return [an.approve(work.request, key=key, passphrase=SECRET) for key in self.keys]

    def release(self, to: str = "out"):
        work = an.draft(an.plan(self.records, POLICY, self.office))
        return an.seal(work, self.approvals(work), self.root / to)

    def write_policy(self, text: str, name: str = "changed") -> str:
        (self.office.root / "policies" / f"{name}.yaml").write_text(text, "utf-8")
        return name


def build(root: Path, persons: int = 150) -> World:
    secret = root / "passphrase"
    secret.touch(mode=0o600)
    secret.write_bytes(SECRET)
    office = an.setup(root / "office", id="ngo-lumina", title="NGO Lumina", exercise=True, passphrase_file=secret)
    keys = []
    for name, role in (("A. Ionescu", "data-officer"), ("M. Weiss", "legal-officer")):
        an.add_person(office, an.new_officer(root / role, name=name, roles=(role,), passphrase=SECRET))
        keys.append(root / role / "officer.key")
    desk = an.setup(root / "desk", id="agency-x", title="Unit X", kind="agency", exercise=True, passphrase_file=secret)
    for giver, taker in ((office, desk), (desk, office)):
        card = giver.root / "card.dsse.json"
        an.add_card(taker, card, words=" ".join(an.card_words(card.read_bytes())))
    (office.root / "policies" / f"{POLICY}.yaml").write_text(an.fill(an.template(POLICY), FILLED), "utf-8")
    records = root / "cases.csv"
    cases(persons, seed=5).write_csv(records)
    return World(root, office, desk, (keys[0], keys[1]), records)


def copied(template: Path, root: Path) -> World:
    """A world of its own, copied from one that was built once."""
    shutil.copytree(template, root, dirs_exist_ok=True)
    office, desk = (an.Workspace.open(root / name, passphrase_file=root / "passphrase") for name in ("office", "desk"))
    keys = (root / "data-officer" / "officer.key", root / "legal-officer" / "officer.key")
    return World(root, office, desk, keys, root / "cases.csv")


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """The folder of a world with 150 persons; nobody changes it."""
    root = tmp_path_factory.mktemp("template")
    build(root)
    return root


@pytest.fixture
def world(template, tmp_path):
    """A fresh world with 150 persons."""
    return copied(template, tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A world that tests of a module read and do not change."""
    return build(tmp_path_factory.mktemp("world"))
