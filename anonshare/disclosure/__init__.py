"""Counts in, verdicts and recipes out: privacy models, recoding, risk, rare combinations and protected tables.

``recode``, its results and the models are met here; nothing is loaded before it is asked for, so that verifying stays
light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anonshare.disclosure.models import (
        AverageRisk,
        DistinctLDiversity,
        EntropyLDiversity,
        JointLDiversity,
        JournalistRisk,
        KAnonymity,
        KMAnonymity,
        MarketerRisk,
        ProsecutorRisk,
        RecursiveLDiversity,
        TCloseness,
    )
    from anonshare.disclosure.recoding import Recipe, Recoding, recode

__all__ = [
    "AverageRisk",
    "DistinctLDiversity",
    "EntropyLDiversity",
    "JointLDiversity",
    "JournalistRisk",
    "KAnonymity",
    "KMAnonymity",
    "MarketerRisk",
    "ProsecutorRisk",
    "Recipe",
    "Recoding",
    "RecursiveLDiversity",
    "TCloseness",
    "recode",
]

_RECODING = {"Recipe", "Recoding", "recode"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    if name in _RECODING:
        from anonshare.disclosure import recoding

        return getattr(recoding, name)
    from anonshare.disclosure import models

    return getattr(models, name)
