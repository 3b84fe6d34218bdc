"""Lists of names and places that ship with us (see ``tools/gazetteers.py``), looked up by words without accents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from anonshare.detection.reading import LETTERS, Reading

__all__ = ["Gazetteer", "gazetteer"]


@dataclass(frozen=True)
class Gazetteer:
    """``strong`` entries are names and nothing else; ``weak`` ones are words too and need a witness beside them.

    ``longest`` maps the first word of an entry to the number of words of the longest entry that begins so.
    """

    strong: frozenset[str]
    weak: frozenset[str]
    longest: dict[str, int]

    def find(self, reading: Reading) -> Iterator[tuple[int, int, bool]]:
        """``(first word, word behind the last, strong)`` of the longest entries, in order, none overlapping."""
        plain, longest = reading.plain, self.longest
        at = 0
        while at < len(plain):
            step = 1
            for count in range(min(longest.get(plain[at], 0), len(plain) - at), 0, -1):
                phrase = plain[at] if count == 1 else " ".join(plain[at : at + count])
                if phrase in self.strong or phrase in self.weak:
                    yield at, at + count, phrase in self.strong
                    step = count
                    break
            at += step


@cache
def gazetteer(name: str) -> Gazetteer:
    """The list ``name`` of the room's data, read once a process."""
    lines = (files("anonshare.detection") / "data" / f"{name}.txt").read_text("utf-8").splitlines()
    entries = [line.translate(LETTERS) for line in lines if line and not line.startswith("#")]
    longest: dict[str, int] = {}
    for entry in entries:
        words = entry.removeprefix("?").split(" ")
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    strong = frozenset(e for e in entries if not e.startswith("?"))
    return Gazetteer(strong, frozenset(e[1:] for e in entries if e.startswith("?")) - strong, longest)
