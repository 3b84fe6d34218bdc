"""What an open draft waits for."""

from __future__ import annotations

import shutil
from datetime import datetime

import anonshare as an
from anonshare.pipeline.demo import POLICY
from anonshare.pipeline.status import status
from tests.pipeline.conftest import SECRET


def test_the_next_step_of_a_draft(world):
    """First the roles that did not sign yet, then the seal; foreign files beside it count for nothing."""
    work = an.draft(an.plan(world.records, POLICY, world.office))

    def waits() -> str:
        (draft,) = status(world.office).drafts
        return draft.next

    assert "data-officer, legal-officer" in waits()
    an.approve(work.request, key=world.keys[0], passphrase=SECRET)
    (work.folder / "other.approval").write_bytes(b"secret-cell")
    assert "data-officer" not in waits()
    assert "legal-officer" in waits()
    an.approve(work.request, key=world.keys[1], passphrase=SECRET)
    assert "sealed" in waits()
    shutil.rmtree(work.folder)
    assert "give it up" in waits()


def test_looking_changes_nothing(shared):
    """The status of a workspace leaves every file as it was."""
    before = {p: p.stat().st_mtime_ns for p in shared.office.root.rglob("*")}
    status(shared.office, now=datetime.fromisoformat("2026-01-01T00:00:00Z"))
    assert before == {p: p.stat().st_mtime_ns for p in shared.office.root.rglob("*")}
