"""Case records shaped like HTCDS 2.0: interviews of persons, several a person, with notes in four languages.

Deterministic for (persons, seed). Drawn in arrays; only the notes are composed one by one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from anonshare.files import write_private
from anonshare.samples.data_files import sample_data
from anonshare.samples.notes import LANGUAGES, compose, parts
from anonshare.samples.people import People, draw_people
from anonshare.shapes import Span

__all__ = ["COLUMNS", "Cases", "cases"]

COLUMNS = (
    "case_id", "consent_police", "consent_date", "first_name", "surname", "email", "handle", "shelter", "caseworker",
    "phone", "passport", "plate", "birth_date", "gender", "citizenship", "country_of_exploitation", "interview_date",
    "exploitation", "means_of_control", "recruiter_relation", "months_in_exploitation", "outcome", "language", "notes",
)  # fmt: skip
EXPLOITATION = {
    "SexualExploitation": 0.56,
    "ForcedLabour": 0.3,
    "Servitude": 0.08,
    "ForcedMarriage": 0.04,
    "OrganRemoval": 0.02,
}
COUNTRY = {"ROU": 0.3, "ESP": 0.24, "DEU": 0.16, "ITA": 0.12, "FRA": 0.1, "GBR": 0.08}
OUTCOME = {"returned": 0.34, "in shelter": 0.3, "lost contact": 0.16, "criminal proceedings": 0.14, "resettled": 0.06}
RELATION = {"Acquainted": 0.5, "Familial": 0.17, "Unaquainted": 0.33}
CONTROL = (
    "DebtBondage",
    "WithholdsDocuments",
    "PhysicalAbuse",
    "ThreatensChildrenFamily",
    "RestrictsMovement",
    "FalsePromises",
)
INTERVIEWS = {1: 0.78, 2: 0.15, 3: 0.05, 4: 0.015, 6: 0.005}
CONSENT = {"yes": 0.86, "no": 0.09, "": 0.05}


@dataclass(frozen=True)
class Cases:
    """A table of interviews.

    ``cells[column][row]`` is text or None; ``person[row]`` the true person, counted from 0;
    ``spans[row]`` what stands where in the note of a row.
    """

    columns: tuple[str, ...]
    cells: Mapping[str, Sequence[str | None]] = field(repr=False)
    person: Sequence[int] = field(repr=False)
    spans: Sequence[tuple[Span, ...]] = field(repr=False)

    @property
    def rows(self) -> int:
        """The number of interviews."""
        return len(self.person)

    def csv(self) -> bytes:
        """The table as CSV in UTF-8, as a case worker would export it."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(
            zip(*(["" if cell is None else cell for cell in self.cells[c]] for c in self.columns), strict=True)
        )
        return out.getvalue().encode("utf-8")

    def write_csv(self, path: Path | str) -> None:
        """Write the table as CSV."""
        write_private(Path(path), self.csv(), "sample records")


def cases(persons: int, seed: int = 7) -> Cases:
    """Generated interviews of ``persons`` persons; the same for the same arguments, on every machine."""
    rng = np.random.default_rng([seed, persons])
    people = draw_people(persons, rng)
    counts = _pick(rng, {str(n): p for n, p in INTERVIEWS.items()}, persons).astype(int)
    person = np.repeat(np.arange(persons), counts)
    rows = len(person)
    cells = _of_persons(people, person) | _of_cases(rng, persons, person) | _of_interviews(rng, person)
    cells["case_id"] = np.char.add("C-", np.char.zfill((person + 1).astype(str), 6))
    notes, spans, languages = _notes(rng, people, person, cells)
    cells |= {"notes": np.array(notes, dtype=object), "language": np.array(languages)}
    order = rng.permutation(rows)
    plain = {name: [str(v) if v else None for v in cells[name][order].tolist()] for name in COLUMNS}
    return Cases(COLUMNS, plain, person[order].tolist(), [spans[i] for i in order.tolist()])


def _pick(rng: np.random.Generator, shares: Mapping[str, float], count: int) -> np.ndarray:
    return rng.choice(np.array(list(shares)), count, p=np.array(list(shares.values())))


def _of_persons(people: People, person: np.ndarray) -> dict[str, np.ndarray]:
    names = {"first_name": people.first, "surname": people.last, "birth_date": people.birth}
    numbers = {
        n: getattr(people, n) for n in ("email", "handle", "phone", "passport", "plate", "gender", "citizenship")
    }
    return {name: values[person] for name, values in (names | numbers).items()}


def _of_cases(rng: np.random.Generator, persons: int, person: np.ndarray) -> dict[str, np.ndarray]:
    """What is the same in all interviews of a person."""
    months = np.minimum(rng.gamma(1.4, 7, persons).astype(int) + 1, 90).astype(str)
    drawn = {
        "consent_police": _pick(rng, CONSENT, persons),
        "country_of_exploitation": _pick(rng, COUNTRY, persons),
        "exploitation": _pick(rng, EXPLOITATION, persons),
        "recruiter_relation": np.where(rng.random(persons) < 0.7, _pick(rng, RELATION, persons), ""),
        "months_in_exploitation": np.where(rng.random(persons) < 0.8, months, ""),
        "means_of_control": _several(rng, persons),
        "caseworker": rng.choice(np.array(sample_data("notes")["caseworkers"]), persons),
        "shelter": np.where(
            rng.random(persons) < 0.6, rng.choice(np.array(sample_data("notes")["shelters"]), persons), ""
        ),
    }
    return {name: values[person] for name, values in drawn.items()}


def _several(rng: np.random.Generator, persons: int) -> np.ndarray:
    """Multi-select cells, codes joined by ``;`` as survey tools export them."""
    chosen = rng.random((persons, len(CONTROL))) < np.array([0.5, 0.4, 0.35, 0.25, 0.3, 0.45])
    return np.array([";".join(code for code, one in zip(CONTROL, row, strict=True) if one) for row in chosen.tolist()])


def _of_interviews(rng: np.random.Generator, person: np.ndarray) -> dict[str, np.ndarray]:
    rows = len(person)
    days = np.datetime64("2023-01-02") + rng.integers(0, 3 * 365, rows).astype("timedelta64[D]")
    return {
        "interview_date": days.astype(str),
        "consent_date": days.astype(str),
        "outcome": _pick(rng, OUTCOME, rows),
    }


def _notes(
    rng: np.random.Generator, people: People, person: np.ndarray, cells: Mapping[str, np.ndarray]
) -> tuple[list[str], list[tuple[Span, ...]], list[str]]:
    lists = sample_data("notes")
    draws = rng.integers(0, 1 << 30, (len(person), 8))
    spoken = np.where(
        rng.random(len(person)) < 0.75, people.language[person], rng.choice(np.array(LANGUAGES), len(person))
    )
    texts, spans = [], []
    for row, number in enumerate(person.tolist()):
        language, draw = str(spoken[row]), draws[row].tolist()
        text, found = compose(_template(language, draw), _values(people, number, cells, row, lists, language, draw))
        texts.append(text)
        spans.append(found)
    return texts, spans, spoken.tolist()


def _template(language: str, draw: Sequence[int]) -> str:
    """An opening, one to three sentences of the middle, a close."""
    pool = parts(language)
    middle = [pool["mid"][(draw[1] + i * (1 + draw[2] % 3)) % len(pool["mid"])] for i in range(1 + draw[3] % 3)]
    return (
        pool["open"][draw[0] % len(pool["open"])]
        + "".join(dict.fromkeys(middle))
        + pool["close"][draw[4] % len(pool["close"])]
    )


def _values(
    people: People,
    number: int,
    cells: Mapping[str, np.ndarray],
    row: int,
    lists: Mapping[str, Sequence[str]],
    language: str,
    draw: Sequence[int],
) -> dict[str, str]:
    first, last = str(people.first[number]), str(people.last[number])
    born, seen = str(people.birth[number]), str(cells["interview_date"][row])
    own = {name: str(cells[name][row]) for name in ("phone", "passport", "plate", "handle", "email", "shelter")}
    return own | {
        "first": first,
        "last": last,
        "initials": f"{first[0]}.{last[0]}.",
        "title": parts(language)["title"][0],
        "age": str(int(seen[:4]) - int(born[:4])),
        "date": seen,
        "city": lists["cities"][draw[5] % len(lists["cities"])],
        "place": lists["places"][draw[6] % len(lists["places"])],
        "alias": lists["aliases"][draw[7] % len(lists["aliases"])],
    }
