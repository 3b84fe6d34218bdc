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
    from anonshare.disclosure.private import dp_combinations, dp_plan
    from anonshare.disclosure.recoding import Recipe, Recoding, recode
    from anonshare.disclosure.tabular import (
        Dominance,
        EarlierTables,
        MinContributors,
        MinCount,
        PPercent,
        controlled_tables,
        noise_table,
        noisy_tables,
        protect_tables,
        rounded_tables,
        tabulate,
    )

__all__ = [
    "AverageRisk",
    "DistinctLDiversity",
    "Dominance",
    "EarlierTables",
    "EntropyLDiversity",
    "JointLDiversity",
    "JournalistRisk",
    "KAnonymity",
    "KMAnonymity",
    "MarketerRisk",
    "MinContributors",
    "MinCount",
    "PPercent",
    "ProsecutorRisk",
    "Recipe",
    "Recoding",
    "RecursiveLDiversity",
    "TCloseness",
    "controlled_tables",
    "dp_combinations",
    "dp_plan",
    "noise_table",
    "noisy_tables",
    "protect_tables",
    "recode",
    "rounded_tables",
    "tabulate",
]

_RECODING = {"Recipe", "Recoding", "recode"}
_MODELS = {name for name in __all__ if name.endswith(("Anonymity", "Diversity", "Risk", "Closeness"))}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    if name in _RECODING:
        from anonshare.disclosure import recoding

        return getattr(recoding, name)
    if name.startswith("dp_"):
        from anonshare.disclosure import private

        return getattr(private, name)
    if name in _MODELS:
        from anonshare.disclosure import models

        return getattr(models, name)
    from anonshare.disclosure import tabular

    return getattr(tabular, name)
