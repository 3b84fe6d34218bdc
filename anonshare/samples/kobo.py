"""A survey tool's export (KoboToolbox, ODK): a form with a group that repeats, its meta columns, its split selections."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anonshare.files import make_private_dir, writing
from anonshare.samples.cases import EXPLOITATION, Cases, cases

__all__ = ["KoboExport", "kobo_export"]

MAIN, VISITS = "case_intake", "visits"
META = ("start", "end", "deviceid", "_id", "_uuid", "_submission_time", "_submitted_by", "_notes", "_tags", "_index")
ASKED = (
    "consent_police", "first_name", "surname", "birth_date", "gender", "citizenship", "country_of_exploitation", "phone",
)  # fmt: skip
OF_VISIT = ("visit_date", "outcome", "visit_notes", "_parent_index", "_parent_table_name", "_index")

Table = tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]]


@dataclass(frozen=True, slots=True)
class KoboExport:
    """Tables by name (columns, rows); ``person`` is the true person of each submission."""

    tables: Mapping[str, Table] = field(repr=False)
    person: Sequence[int] = field(repr=False)
    truth: Cases = field(repr=False)

    def write_xlsx(self, path: Path | str) -> Path:
        """One workbook, a sheet a table, as KoboToolbox exports it."""
        import xlsxwriter

        target = Path(path)
        with writing("the sample"), xlsxwriter.Workbook(str(target)) as book:
            for name, (columns, rows) in self.tables.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate((columns, *rows)):
                    for place, cell in enumerate(row):
                        if cell is not None:
                            sheet.write_string(number, place, cell)
        return target

    def write_csvs(self, folder: Path | str) -> Path:
        """A folder with a file a table, as ODK Central exports it: the group's file carries the form's name before its own."""
        target = make_private_dir(Path(folder), "the sample")
        for name, (columns, rows) in self.tables.items():
            file = f"{MAIN}.csv" if name == MAIN else f"{MAIN}-{name}.csv"
            with writing("the sample"), (target / file).open("w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
        return target


def kobo_export(persons: int, seed: int = 7) -> KoboExport:
    """The submissions of ``persons`` persons, each with the visits that followed. The same seed gives the same export."""
    made = cases(persons, seed)
    groups: dict[int, list[int]] = {}
    for row, person in enumerate(made.person):
        groups.setdefault(person, []).append(row)
    main: list[tuple[str | None, ...]] = []
    visits: list[tuple[str | None, ...]] = []
    for index, rows in enumerate(groups.values(), 1):
        main.append(_submission(made, rows[0], index))
        visits += [_visit(made, row, index, len(visits) + n) for n, row in enumerate(rows, 1)]
    split = tuple(f"exploitation/{code}" for code in EXPLOITATION)
    columns = (*META, *ASKED, "exploitation", *split, "notes")
    tables = {MAIN: (columns, tuple(main)), VISITS: (OF_VISIT, tuple(visits))}
    return KoboExport(tables, tuple(groups), made)


def _submission(made: Cases, row: int, index: int) -> tuple[str | None, ...]:
    day = str(made.cells["interview_date"][row])
    uuid = hashlib.sha256(f"{index}".encode()).hexdigest()[:32]
    owner = str(made.cells["caseworker"][row])
    meta = (
        f"{day}T09:10:00.000+02:00", f"{day}T09:40:00.000+02:00", f"ee.example.org:{uuid[:12]}", str(100_000 + index),
        uuid, f"{day}T10:00:01", owner, None, None, str(index),
    )  # fmt: skip
    chosen = made.cells["exploitation"][row]
    split = tuple("1" if code == chosen else "0" for code in EXPLOITATION)
    return (*meta, *(made.cells[name][row] for name in ASKED), chosen, *split, made.cells["notes"][row])


def _visit(made: Cases, row: int, parent: int, index: int) -> tuple[str | None, ...]:
    day = str(made.cells["interview_date"][row])
    return day, made.cells["outcome"][row], made.cells["notes"][row], str(parent), MAIN, str(index)
