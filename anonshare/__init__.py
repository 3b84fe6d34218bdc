"""anonshare: share case records without handing over identities.

Each public name is fetched from its room when it is first used (PEP 562), so that verifying stays light.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anonshare import errors
    from anonshare.bundle.verified import VerifiedBundle
    from anonshare.pipeline.approve import approve
    from anonshare.pipeline.demo import demo
    from anonshare.pipeline.desk import audit, ingest, verify, verify_with
    from anonshare.pipeline.draft import Draft, draft
    from anonshare.pipeline.explain import explain
    from anonshare.pipeline.export import export
    from anonshare.pipeline.inbox import inbox
    from anonshare.pipeline.plan import Plan, plan
    from anonshare.pipeline.receive import receive
    from anonshare.pipeline.scan import scan
    from anonshare.pipeline.seal import Release, seal
    from anonshare.pipeline.setup import add_card, add_person, card_words, new_officer, setup
    from anonshare.pipeline.share import share
    from anonshare.policy.load import parse_policy, read_policy
    from anonshare.policy.model import Policy
    from anonshare.policy.shelf import fill, shelf, template
    from anonshare.workspace import Workspace

# tldextract, a guest of detection, asks the network for a list unless it is told before it is imported.
os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")

_HOME = {
    "Draft": "pipeline.draft",
    "Plan": "pipeline.plan",
    "Policy": "policy.model",
    "Release": "pipeline.seal",
    "VerifiedBundle": "bundle.verified",
    "Workspace": "workspace",
    "add_card": "pipeline.setup",
    "add_person": "pipeline.setup",
    "approve": "pipeline.approve",
    "audit": "pipeline.desk",
    "card_words": "pipeline.setup",
    "demo": "pipeline.demo",
    "draft": "pipeline.draft",
    "errors": "errors",
    "explain": "pipeline.explain",
    "export": "pipeline.export",
    "fill": "policy.shelf",
    "inbox": "pipeline.inbox",
    "ingest": "pipeline.desk",
    "new_officer": "pipeline.setup",
    "parse_policy": "policy.load",
    "plan": "pipeline.plan",
    "read_policy": "policy.load",
    "receive": "pipeline.receive",
    "scan": "pipeline.scan",
    "seal": "pipeline.seal",
    "setup": "pipeline.setup",
    "share": "pipeline.share",
    "shelf": "policy.shelf",
    "template": "policy.shelf",
    "verify": "pipeline.desk",
    "verify_with": "pipeline.desk",
}
__all__ = [  # noqa: PLE0604  the names are exactly those of the table; a test compares
    *_HOME
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'anonshare' has no attribute {name!r}")
    from anonshare.registry import guests

    with guests(f"anonshare.{name}", "share"):
        module = import_module(f"anonshare.{home}")
    value = module if name == home else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
