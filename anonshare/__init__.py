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
    from anonshare.pipeline.cards import add_card, card_words, renew, repin
    from anonshare.pipeline.demo import demo
    from anonshare.pipeline.desk import audit, ingest, verify, verify_with
    from anonshare.pipeline.draft import Draft, draft
    from anonshare.pipeline.explain import explain
    from anonshare.pipeline.export import export
    from anonshare.pipeline.inbox import inbox
    from anonshare.pipeline.notices import skip, take_notice, void
    from anonshare.pipeline.officers import add_person, new_officer, revoke
    from anonshare.pipeline.plan import Plan, plan
    from anonshare.pipeline.receive import receive
    from anonshare.pipeline.resend import resend
    from anonshare.pipeline.root_keys import restart_stream, rotate_roots, take_root
    from anonshare.pipeline.scan import scan
    from anonshare.pipeline.seal import Release, seal
    from anonshare.pipeline.setup import setup
    from anonshare.pipeline.share import share
    from anonshare.pipeline.transparency import publish_log, start_log
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
    "add_card": "pipeline.cards",
    "add_person": "pipeline.officers",
    "approve": "pipeline.approve",
    "audit": "pipeline.desk",
    "card_words": "pipeline.cards",
    "demo": "pipeline.demo",
    "draft": "pipeline.draft",
    "errors": "errors",
    "explain": "pipeline.explain",
    "export": "pipeline.export",
    "fill": "policy.shelf",
    "inbox": "pipeline.inbox",
    "ingest": "pipeline.desk",
    "new_officer": "pipeline.officers",
    "parse_policy": "policy.load",
    "plan": "pipeline.plan",
    "read_policy": "policy.load",
    "receive": "pipeline.receive",
    "publish_log": "pipeline.transparency",
    "renew": "pipeline.cards",
    "repin": "pipeline.cards",
    "resend": "pipeline.resend",
    "restart_stream": "pipeline.root_keys",
    "revoke": "pipeline.officers",
    "rotate_roots": "pipeline.root_keys",
    "scan": "pipeline.scan",
    "seal": "pipeline.seal",
    "setup": "pipeline.setup",
    "share": "pipeline.share",
    "shelf": "policy.shelf",
    "skip": "pipeline.notices",
    "start_log": "pipeline.transparency",
    "take_notice": "pipeline.notices",
    "take_root": "pipeline.root_keys",
    "template": "policy.shelf",
    "verify": "pipeline.desk",
    "verify_with": "pipeline.desk",
    "void": "pipeline.notices",
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
