"""Notes read in several processes: the same spans as in one, and nothing of a note in what a process says when it fails."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from anonshare.detection.engine import Detector
from anonshare.detection.known import KnownValue
from anonshare.errors import AnonshareError, DetectionError
from anonshare.shapes import Progress, Span, no_progress

__all__ = ["CHUNK", "find_in_processes"]

CHUNK = 256
"""Texts of one errand at least; a group is never divided."""

STEP = "reading notes"
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Errand:
    """What one process reads at a time. ``repr`` shows nothing of it."""

    texts: tuple[str, ...]
    languages: tuple[str | None, ...] | None
    known: tuple[tuple[KnownValue, ...], ...] | None
    groups: tuple[str, ...] | None

    def __repr__(self) -> str:
        return f"_Errand(<{len(self.texts)} texts>)"


@dataclass(frozen=True, slots=True)
class _Failed:
    """How a process says that it failed: the kind of error, and the words only where they are ours."""

    kind: str
    message: str | None = None
    hint: str | None = None
    reason: str = "detection"


def find_in_processes(
    texts: Sequence[str],
    *,
    processes: int,
    detector: Mapping[str, Any] | None = None,
    language: str | Sequence[str | None] | None = None,
    known: Sequence[Sequence[KnownValue]] | None = None,
    groups: Sequence[str] | None = None,
    progress: Progress = no_progress,
) -> list[Spans]:
    """What ``Detector(**detector).find(texts, language, known=known, groups=groups)`` gives, by ``processes``.

    Processes are spawned, so that no thread and no lock of this one is copied; each loads its own model. Texts of one
    group are read by one process. ``progress`` is told the step and how many texts are done. Raises DetectionError
    where lengths differ, a process fails or dies, or ``processes`` is no positive number.
    """
    if type(processes) is not int or processes < 1:
        raise DetectionError("The number of processes is a whole number from 1.")
    spoken = None if language is None else [language] * len(texts) if isinstance(language, str) else list(language)
    if any(given is not None and len(given) != len(texts) for given in (spoken, known, groups)):
        raise DetectionError("Languages, known values and groups are given for each text, or not at all.")
    parts = list(_parts(len(texts), groups))
    errands = [_errand(part, texts, spoken, known, groups) for part in parts]
    settings = dict(detector or {})
    found: list[Spans] = [()] * len(texts)
    done = 0
    answers = _answers(errands, settings, min(processes, len(errands)))
    for part, answer in zip(parts, answers, strict=True):
        for index, spans in zip(part, answer, strict=True):
            found[index] = spans
        done += len(part)
        progress(STEP, done, len(texts))
    return found


def _parts(count: int, groups: Sequence[str] | None) -> Iterator[list[int]]:
    """The indices of each errand: whole groups, in the order in which the groups first appear."""
    together: dict[Any, list[int]] = {}
    for index in range(count):
        together.setdefault(index if groups is None else groups[index], []).append(index)
    part: list[int] = []
    for indices in together.values():
        part += indices
        if len(part) >= CHUNK:
            yield part
            part = []
    if part:
        yield part


def _errand(
    part: Sequence[int],
    texts: Sequence[str],
    languages: Sequence[str | None] | None,
    known: Sequence[Sequence[KnownValue]] | None,
    groups: Sequence[str] | None,
) -> _Errand:
    return _Errand(
        tuple(texts[i] for i in part),
        None if languages is None else tuple(languages[i] for i in part),
        None if known is None else tuple(tuple(known[i]) for i in part),
        None if groups is None else tuple(groups[i] for i in part),
    )


def _answers(errands: Sequence[_Errand], settings: dict[str, Any], processes: int) -> Iterator[list[Spans]]:
    if processes <= 1:
        detector = Detector(**settings)
        yield from (_read(detector, errand) for errand in errands)
        return
    spawn = multiprocessing.get_context("spawn")
    died = False
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=_start, initargs=(settings,)) as pool:
        try:
            for answer in pool.map(_work, errands):
                if isinstance(answer, _Failed):
                    _refuse(pool, answer)
                else:
                    yield answer
        except BrokenProcessPool:
            died = True
    if died:  # raised here, so that the pool's error, with what the process said, is not even the context of ours
        raise DetectionError(
            "A process that reads notes died.", hint="Use fewer processes: each holds a model of its own in memory."
        )


def _refuse(pool: ProcessPoolExecutor, failed: _Failed) -> None:
    pool.shutdown(wait=False, cancel_futures=True)
    if failed.message is None:
        raise DetectionError(f"A process that reads notes failed ({failed.kind}).")
    raise DetectionError(failed.message, hint=failed.hint, reason=failed.reason)


def _read(detector: Detector, errand: _Errand) -> list[Spans]:
    return detector.find(errand.texts, errand.languages, known=errand.known, groups=errand.groups)


_MINE: dict[str, Any] = {}
"""The settings, then the detector, of this process."""


def _start(settings: dict[str, Any]) -> None:
    """A process that works says nothing on the terminal: a traceback of Python's own would show what it was given."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    _MINE["settings"] = settings


def _work(errand: _Errand) -> list[Spans] | _Failed:
    """The answer, or the kind of what went wrong: an exception would travel with its words and its traceback."""
    try:
        if "detector" not in _MINE:
            _MINE["detector"] = Detector(**_MINE["settings"])
        return _read(_MINE["detector"], errand)
    except AnonshareError as error:
        return _Failed(type(error).__name__, error.message, error.hint, error.reason)
    except Exception as error:  # noqa: BLE001  its words may hold a note
        return _Failed(type(error).__name__)
