"""Scan notes that stay: what was found is counted, per language, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping

from anonshare.detection.coverage import scan_notes
from anonshare.policy.model import Policy
from anonshare.registry import RECOGNIZERS
from anonshare.shapes import Coverage, Progress

__all__ = ["scan_notes_of"]


def scan_notes_of(policy: Policy, notes: Mapping[str, int], progress: Progress) -> tuple[Coverage, ...]:
    """Counts per language over all notes of the policy's narrative columns; empty where there are none."""
    if not notes:
        return ()
    regions = (policy.region,) if policy.region else (policy.recipient.jurisdiction[:2],)
    detector = RECOGNIZERS["presidio"](countries=regions, allowed=frozenset(policy.allowed_models))
    return scan_notes(notes, policy.languages, detector, progress)
