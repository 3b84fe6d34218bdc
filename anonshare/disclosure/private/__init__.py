"""Differential privacy for counts: the noise of OpenDP, the bounds and the accounting of ours."""

from anonshare.disclosure.private.combinations import CombinationPlan, dp_combinations
from anonshare.disclosure.private.planning import NoisePlan, dp_plan

__all__ = ["CombinationPlan", "NoisePlan", "dp_combinations", "dp_plan"]
