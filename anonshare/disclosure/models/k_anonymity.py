"""k-anonymity over persons."""

from __future__ import annotations

from dataclasses import dataclass

from anonshare.disclosure.arrays import np
from anonshare.disclosure.k_anonymity import judge
from anonshare.disclosure.models.base import ClassModel, whole
from anonshare.disclosure.privacy_model import ClassCounts
from anonshare.shapes import FrequencyTable, Verdict

__all__ = ["KAnonymity"]


@dataclass(frozen=True, slots=True)
class KAnonymity(ClassModel):
    """At least ``k`` persons look alike (Samarati and Sweeney 1998; Sweeney 2002)."""

    k: int
    name = "k_anonymity"
    monotone = True
    nested = True

    def __post_init__(self) -> None:
        whole(self.k, 1, "k")

    @property
    def promised(self) -> str:
        """K."""
        return str(self.k)

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """Whether a class has k persons."""
        return classes.persons >= self.k

    def judge(self, table: FrequencyTable) -> Verdict:
        """The verdict on the classes of a table."""
        return judge(table, k=self.k)
