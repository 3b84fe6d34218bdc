"""The figures of one set for one system, as plain numbers that can be stored and compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.detection_measures import Share, Stretch, Typed, joined, outside, plain, typed
from benchmarks.detection_sets import TextSet
from benchmarks.detection_systems import Found, ours, stock
from benchmarks.detection_tab import tab
from benchmarks.detection_types import UNKNOWN, common

__all__ = ["SYSTEMS", "figures", "figures_of", "found_by"]

SYSTEMS = ("ours", "ours with known values", "stock Presidio")


def found_by(system: str, texts: TextSet) -> Found:
    """What a system of SYSTEMS finds; a set of several languages is given to ours language by language.

    Raises KeyError for an unknown system.
    """
    if system == "stock Presidio":
        return stock(texts.texts)
    known = {"ours": None, "ours with known values": texts.known}[system]
    if not texts.languages:
        return ours(texts.texts, texts.language, known)
    found: Found = [[] for _ in texts.texts]
    for language in dict.fromkeys(texts.languages):
        rows = [i for i, one in enumerate(texts.languages) if one == language]
        part = ours([texts.texts[i] for i in rows], language, [known[i] for i in rows] if known else None)
        for i, spans in zip(rows, part, strict=True):
            found[i] = spans
    return found


def figures_of(texts: TextSet, found: Sequence[Sequence[Stretch]]) -> dict[str, Any]:
    """Every measure of ``found`` on ``texts``, rounded to four places; shares by type are [value, how many]."""
    asked = plain(texts.texts, texts.headline, found)
    every = plain(texts.texts, texts.gold, found)
    over = outside(texts.texts, texts.gold, found)
    micro, by_type = _typed(texts, found)
    out: dict[str, Any] = {
        "full": _rounded(asked.full),
        "touch": _rounded(asked.touch),
        "span P": _rounded(every.span_precision),
        "outside": _rounded(Share(sum(w.part for _, w in over.values()), sum(w.whole for _, w in over.values()))),
        "typed P": round(micro.precision, 4),
        "typed R": round(micro.recall, 4),
        "typed F2": round(micro.f2, 4),
        "full by type": {k: [_rounded(s), s.whole] for k, s in asked.full_by_type.items()},
        "outside by type": {k: [_rounded(words), words.whole] for k, (_, words) in over.items()},
        "typed by type": {k: [round(t.precision, 4), round(t.recall, 4), round(t.f2, 4)] for k, t in by_type.items()},
    }
    return out | (_courts(texts, found) if texts.courts else {}) | _languages(texts, found)


def figures(texts: TextSet, systems: Sequence[str] = SYSTEMS) -> dict[str, dict[str, Any]]:
    """System -> figures. With known values only where the set has them."""
    chosen = [s for s in systems if texts.known or s != "ours with known values"]
    return {system: figures_of(texts, found_by(system, texts)) for system in chosen}


def _rounded(share: Share) -> float:
    return round(share.value, 4)


def _typed(texts: TextSet, found: Sequence[Sequence[Stretch]]) -> tuple[Typed, dict[str, Typed]]:
    if texts.fine:
        return typed(_joined(texts.texts, texts.gold), _joined(texts.texts, found))
    gold, given = ([[(a, b, common(k)) for a, b, k in spans] for spans in rows] for rows in (texts.gold, found))
    return typed(gold, given, frozenset({UNKNOWN}))


def _joined(texts: Sequence[str], rows: Sequence[Sequence[Stretch]]) -> list[list[Stretch]]:
    return [joined(text, spans) for text, spans in zip(texts, rows, strict=True)]


def _courts(texts: TextSet, found: Sequence[Sequence[Stretch]]) -> dict[str, Any]:
    got = tab(texts.courts, found)
    return {
        "ERdi": _rounded(got.direct),
        "ERqi": _rounded(got.quasi),
        "P_tok": _rounded(got.token_precision),
        "R_tok": _rounded(got.token_recall),
        "mentions by type": {k: [_rounded(s), s.whole] for k, s in got.mentions_by_type.items()},
    }


def _languages(texts: TextSet, found: Sequence[Sequence[Stretch]]) -> dict[str, Any]:
    rows: dict[str, list[int]] = {}
    for i, language in enumerate(texts.languages):
        rows.setdefault(language, []).append(i)
    if not rows:
        return {}
    shares = {
        language: plain([texts.texts[i] for i in at], [texts.gold[i] for i in at], [found[i] for i in at]).full
        for language, at in rows.items()
    }
    return {"full by language": {k: [_rounded(s), s.whole] for k, s in shares.items()}}
