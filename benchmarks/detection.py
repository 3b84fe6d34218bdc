"""Detection beside stock Presidio in the same run: one table a set, leak rates and over-masking by class.

What the words mean: ``detection_measures`` and ``detection_tab``. Masking spans is not protection against inference:
a person may be told apart although nearly all spans about him are masked (SPIA, arXiv 2604.21211).

``python -m benchmarks detection-tab`` runs one set; ``python -m benchmarks.detection --json tab cases`` prints figures,
``--ours`` leaves stock Presidio out, ``--floor`` writes the floors that ``tests/detection/test_measures.py`` holds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.detection_figures import SYSTEMS, figures
from benchmarks.detection_sets import SETS, available

__all__ = ["ASKED", "FLOOR", "SAMPLE", "floors", "run", "run_set"]

ASKED: Mapping[str, Mapping[str, float]] = {
    "tab": {"ERdi": 0.99, "ERqi": 0.90, "P_tok": 0.60},
    "spanish": {"full": 0.80},
    "generated": {"full": 0.93, "span P": 0.90, "typed F2": 0.449},
    "romanian": {"full": 0.57},
    "german": {"full": 0.575},
    "cases": {"full": 0.97},
    "templates": {"full": 0.97},
}
"""Set -> measure -> the figure that is asked; for cases and templates of ours with known values."""
FLOOR = Path(__file__).with_name("detection_floor.json")
SAMPLE = {"tab": 10, "spanish": 25, "generated": 20, "romanian": 10, "german": 20, "cases": 10, "templates": 4}
"""Set -> every so-manieth text is in the sample of the regression test."""
MARGIN = 0.015
HELD = ("full", "span P", "typed F2", "ERdi", "ERqi", "P_tok")
HEADINGS = ("full", "touch", "span P", "outside", "typed P", "typed R", "typed F2", "ERdi", "ERqi", "P_tok", "R_tok")
FIRST = 14
"""Classes that a table shows, the most frequent first."""


def run() -> Iterator[str]:
    """Every set that can be loaded here."""
    for name in available():
        yield from run_set(name)
    if len(list(available())) < len(SETS):
        yield "the public sets are not beside this checkout"


def run_set(name: str) -> Iterator[str]:
    """The table of one set. Raises KeyError for an unknown name."""
    texts = SETS[name]()
    yield from _table(name, len(texts.texts), figures(texts))


def floors() -> dict[str, dict[str, dict[str, float]]]:
    """Set -> system -> measure -> floor, a margin below what ours reaches now on the samples."""
    ours = [s for s in SYSTEMS if s.startswith("ours")]
    got = {name: figures(SETS[name]().part(SAMPLE[name]), ours) for name in available()}
    return {
        name: {s: {m: round(f[m] - MARGIN, 3) for m in HELD if m in f} for s, f in systems.items()}
        for name, systems in got.items()
    }


def _table(name: str, count: int, got: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield f"== {name}, {count} texts: {', '.join(got)} | asked"
    for measure in HEADINGS:
        if any(measure in figs for figs in got.values()):
            asked = ASKED[name].get(measure)
            cells = " ".join(f"{figs[measure]:6.3f}" for figs in got.values())
            yield f"{measure:9} {cells} | {'' if asked is None else f'{asked:.3f}'}"
    for title, key, flip in (
        ("leak rate (1 - full)", "full by type", True),
        ("leak rate of a language", "full by language", True),
        ("mentions masked (TAB)", "mentions by type", False),
    ):
        yield from _classes(title, key, got, flip=flip)
    for system, figs in got.items():
        shown = [f"{k} {v:.2f} of {n}" for k, (v, n) in list(figs["outside by type"].items())[:FIRST]]
        yield f"over-masking, {system} (words that no gold span covers): {', '.join(shown)}"
        shown = [f"{k} {p:.2f}/{r:.2f}" for k, (p, r, _) in list(figs["typed by type"].items())[:FIRST]]
        yield f"typed P/R, {system}: {', '.join(shown)}"


def _classes(title: str, key: str, got: Mapping[str, Mapping[str, Any]], *, flip: bool) -> Iterator[str]:
    systems = list(got.values())
    for kind, (_, n) in list(systems[0].get(key, {}).items())[: 2 * FIRST]:
        shares = [figs[key][kind][0] for figs in systems]
        yield f"  {title}: {kind:34} {' '.join(f'{1 - s if flip else s:5.2f}' for s in shares)}  of {n}"


def main(arguments: Sequence[str]) -> None:
    """Figures as JSON, or the floors rewritten."""
    if "--floor" in arguments:
        FLOOR.write_text(json.dumps(floors(), indent=1) + "\n", "utf-8")
        return
    systems = [s for s in SYSTEMS if s.startswith("ours")] if "--ours" in arguments else list(SYSTEMS)
    for name in [a for a in arguments if not a.startswith("--")] or list(available()):
        texts = SETS[name]()
        got = figures(texts, systems)
        lines = [json.dumps({name: got})] if "--json" in arguments else _table(name, len(texts.texts), got)
        for line in lines:
            print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
