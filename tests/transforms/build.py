"""Every built-in operator with parameters as a policy gives them, over a small world of keys, counts and a vault."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date

from anonshare.policy.operators import Codes, Drop, Generalize, Keep, ShiftDates, Withhold
from anonshare.policy.operators_tokens import Pseudonymize, PseudonymizeReversible, Redact, Surrogate, TokenizeVault
from anonshare.policy.operators_values import Mask, RareToOther, Round, Suppress, TopBottom
from anonshare.registry import OPERATORS
from anonshare.transforms.spec import OperatorContext

ROOT = b"secret-root"

PARAMS = {
    "drop": Drop(),
    "withhold": Withhold(),
    "keep": Keep(),
    "generalize": Generalize(hierarchy="ages", level=1),
    "pseudonymize": Pseudonymize(),
    "pseudonymize_reversible": PseudonymizeReversible(),
    "tokenize_vault": TokenizeVault(),
    "surrogate": Surrogate(kind="phone"),
    "redact": Redact(),
    "mask": Mask(keep_first=1, keep_last=2),
    "suppress": Suppress(values=("a", "0")),
    "top_bottom": TopBottom(bottom=18, top=65),
    "round": Round(to=10),
    "rare_to_other": RareToOther(below=2),
    "shift_dates": ShiftDates(days=30),
    "codes": Codes(lexicon="means_of_control"),
}


class Ages:
    """A hierarchy of two levels over the ages 0 to 9."""

    name = "ages"
    height = 2
    domain = 10

    def path(self, value):
        """The value, then its half."""
        return (value, "0-4" if value < "5" else "5-9") if value in set("0123456789") else None

    def leaves(self, level, label):
        """The ages under a label."""
        return 5 if level else 1


def subkey(root=ROOT):
    """The keys of an office, one for each entity, operator and scope."""
    return lambda entity, operator, scope="relationship": hmac.digest(
        root, f"{entity}/{operator}/{scope}".encode(), hashlib.sha256
    )


def vault(root=ROOT):
    """A vault whose random bytes follow from a seed, so that a test can build it twice."""
    return lambda entity: lambda value: hmac.digest(root, f"vault/{entity}/{value}".encode(), hashlib.sha256)[:15]


def context(root=ROOT, **changes):
    """The surroundings of a column of phones."""
    usual = {
        "column": "col",
        "entity": "ph",
        "hierarchy": lambda _: Ages(),
        "subkey": subkey(root),
        "as_of": date(2026, 1, 1),
        "region": "RO",
        "counts": {"a": 1, "b": 2, "c": 50},
        "vault": vault(root),
    }
    return OperatorContext(**{**usual, **changes})


def built(name, surroundings=None, **changes):
    """The operator of a name, with other parameters than the usual ones where ``changes`` says so."""
    return OPERATORS[name].build(PARAMS[name].model_copy(update=changes), surroundings or context())
