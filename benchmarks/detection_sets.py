"""The sets that detection is measured on: public corpora beside this checkout, and notes made here.

The public ones are development data. They never enter this project, and held-out sets of the same kinds judge it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anonshare.detection.known import KnownValue
from anonshare.samples.cases import cases
from benchmarks.detection_measures import Stretch
from benchmarks.detection_tab import CourtCase
from benchmarks.notes_made import made_notes

__all__ = ["DATA", "SETS", "TextSet", "available"]

DATA = Path(__file__).parents[1].parent / "shared" / "data" / "detection"
CELLS = {
    "first_name": "PERSON",
    "surname": "PERSON",
    "phone": "PHONE_NUMBER",
    "passport": "PASSPORT",
    "plate": "LICENSE_PLATE",
    "email": "EMAIL_ADDRESS",
    "handle": "HANDLE",
    "shelter": "SHELTER",
}
COURT_TYPES = frozenset({"PER", "LD", "ST", "STR", "ORG", "UN"})
"""Of the German court set: what names somebody or a place, and no citation of a law."""


@dataclass(frozen=True)
class TextSet:
    """Texts of one language (None: several) with what is true of them; ``asked``: the gold types of the headline."""

    name: str
    language: str | None
    texts: Sequence[str]
    gold: Sequence[Sequence[Stretch]]
    asked: frozenset[str] = frozenset()
    courts: Sequence[CourtCase] = ()
    known: Sequence[tuple[KnownValue, ...]] = ()
    languages: Sequence[str] = field(default=())
    fine: bool = False
    """Whether gold types are our own and are scored as they stand."""

    @property
    def headline(self) -> list[list[Stretch]]:
        """Gold spans of the asked types, all where none is named."""
        return [[s for s in spans if not self.asked or s[2] in self.asked] for spans in self.gold]

    def part(self, step: int) -> TextSet:
        """Every ``step``-th text."""
        return TextSet(self.name, self.language, self.texts[::step], self.gold[::step], self.asked, self.courts[::step],
                       self.known[::step], self.languages[::step], self.fine)  # fmt: skip

    def only(self, language: str) -> TextSet:
        """The texts of one language of a set of several."""
        keep = [i for i, one in enumerate(self.languages) if one == language]
        return TextSet(self.name, language, [self.texts[i] for i in keep], [self.gold[i] for i in keep],
                       known=[self.known[i] for i in keep], languages=[language] * len(keep), fine=self.fine)  # fmt: skip


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def _tab() -> TextSet:
    rows = _lines("tab_train_92.jsonl")
    courts = [CourtCase(row["text"], row["entities"]) for row in rows]
    gold = [[(a, b, e.kind) for e in c.entities for a, b, asked in e.mentions if asked] for c in courts]
    return TextSet("tab", "en", [c.text for c in courts], gold, courts=courts)


def _spans(name: str, file: str, language: str, asked: frozenset[str] = frozenset()) -> TextSet:
    rows = _lines(file)
    gold = [[(int(a), int(b), str(kind)) for a, b, kind in row["spans"]] for row in rows]
    return TextSet(name, language, [row["text"] for row in rows], gold, asked)


def _generated() -> TextSet:
    rows = json.loads((DATA / "presidio_research_generated_large.json").read_text("utf-8"))
    gold = [[(s["start_position"], s["end_position"], s["entity_type"]) for s in row["spans"]] for row in rows]
    return TextSet("generated", "en", [row["full_text"] for row in rows], gold)


def _cases() -> TextSet:
    made = cases(300, seed=5)
    known = [
        tuple(KnownValue(str(made.cells[c][i]), e) for c, e in CELLS.items() if made.cells[c][i])
        for i in range(made.rows)
    ]
    gold = [[(s.start, s.end, s.entity) for s in spans] for spans in made.spans]
    texts = [str(note) for note in made.cells["notes"]]
    languages = [str(one) for one in made.cells["language"]]
    return TextSet("cases", None, texts, gold, known=known, languages=languages, fine=True)


def _templates() -> TextSet:
    made = made_notes(8)
    known = [tuple(KnownValue(value, entity) for value, entity in note.known) for note in made]
    texts, languages = [note.text for note in made], [note.language for note in made]
    return TextSet("templates", None, texts, [list(n.spans) for n in made], known=known, languages=languages, fine=True)


SETS: dict[str, Callable[[], TextSet]] = {
    "tab": _tab,
    "spanish": lambda: _spans("spanish", "meddocan_dev.jsonl", "es"),
    "generated": _generated,
    "romanian": lambda: _spans("romanian", "ronec_ro_first600.jsonl", "ro", frozenset({"PERSON"})),
    "german": lambda: _spans("german", "ler_de_first1500.jsonl", "de", COURT_TYPES),
    "cases": _cases,
    "templates": _templates,
}


def available() -> Iterator[str]:
    """The names of the sets that can be loaded here."""
    for name in SETS:
        if DATA.is_dir() or name in {"cases", "templates"}:
            yield name
