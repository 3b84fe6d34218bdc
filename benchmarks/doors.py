"""From the files people have to a draft: 300 rows with notes in machine time, beside stock Presidio over the same notes."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import anonshare as an
from anonshare.samples.cases import cases
from anonshare.samples.kobo import kobo_export

CHECKOUT = Path(__file__).parents[1]
ROWS = 300


def run():
    made = cases(ROWS * 3 // 4, seed=17)
    notes = [note for note in made.cells["notes"] if note][:ROWS]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for _ in an.demo(root / "demo", people=120):
            pass
        office = an.Workspace.open(root / "demo" / "office", passphrase_file=root / "demo" / "passphrase")
        policy = (CHECKOUT / "tests" / "doors" / "kobo.yaml").read_text("utf-8")
        (office.folder("policies") / "kobo.yaml").write_text(policy, "utf-8")
        made.write_csv(root / "cases.csv")
        book = kobo_export(ROWS * 3 // 4).write_xlsx(root / "survey.xlsx")
        survey = _draft(book, "kobo", office)
        table = _draft(root / "cases.csv", "ngo-cases-to-police", office)
    stock = _presidio(notes)
    yield f"{made.rows} rows of CSV with notes: plan and draft {table:.1f} s CPU (asked: <= 60 s)"
    yield f"the same persons as a workbook of two linked sheets: {survey:.1f} s CPU"
    yield f"stock Presidio over {len(notes)} of the notes alone: {stock:.1f} s CPU"


def _draft(data, policy, office) -> float:
    start = time.process_time()
    an.draft(an.plan(data, policy, office), replace=True)
    return time.process_time() - start


def _presidio(notes) -> float:
    import spacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    from anonshare.detection.model_check import weights_folder

    class Loaded(SpacyNlpEngine):
        """Presidio's own engine over the whole model, loaded from the disk."""

        def __init__(self):
            super().__init__()
            self.nlp = {"en": spacy.load(weights_folder())}

    engine = AnalyzerEngine(nlp_engine=Loaded(), supported_languages=["en"])
    engine.analyze(notes[0], "en")
    start = time.process_time()
    for note in notes:
        engine.analyze(note, "en")
    return time.process_time() - start
