"""Tables of counts and amounts over hierarchies: what of them may leave, and what an attacker makes of it."""

from anonshare.disclosure.tabular.cell_key import noise_table, noisy_tables
from anonshare.disclosure.tabular.counting import tabulate
from anonshare.disclosure.tabular.earlier import EarlierTables
from anonshare.disclosure.tabular.protect import protect_tables
from anonshare.disclosure.tabular.rounding import controlled_tables, rounded_tables
from anonshare.disclosure.tabular.rules import Dominance, MinContributors, MinCount, PPercent

__all__ = [
    "Dominance",
    "EarlierTables",
    "MinContributors",
    "MinCount",
    "PPercent",
    "controlled_tables",
    "noise_table",
    "noisy_tables",
    "protect_tables",
    "rounded_tables",
    "tabulate",
]
