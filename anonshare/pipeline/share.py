"""Plan, draft, approve and seal in one, where the officers' keys are at hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anonshare.pipeline.approve import approve
from anonshare.pipeline.draft import draft
from anonshare.pipeline.plan import plan
from anonshare.pipeline.seal import Release, seal
from anonshare.policy.model import Policy
from anonshare.shapes import Progress, no_progress
from anonshare.workspace import Workspace

__all__ = ["share"]


def share(
    data: Any,
    policy: Policy | Path | str,
    home: Workspace,
    *,
    keys: Mapping[Path | str, bytes],
    to: Path | str,
    progress: Progress = no_progress,
) -> Release:
    """Release ``data`` under ``policy`` into the folder ``to``.

    ``keys`` maps each officer's key file to its passphrase; roles are counted over distinct persons as in ``seal``.
    Raises what ``plan``, ``draft``, ``approve`` and ``seal`` raise; a closed gate is ReleaseRefused.
    """
    work = draft(plan(data, policy, home, progress=progress), progress=progress)
    approvals = [approve(work.request, key=key, passphrase=secret) for key, secret in keys.items()]
    return seal(work, approvals, to, home=home)
