"""The Excel template of HTCDS 2.0, filled in as a case worker hands it in: a row a visit, no column that names a person.

The template's own metadata (author, company) stays in the file on purpose: what leaves must not show it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from anonshare.files import writing
from anonshare.samples.cases import Cases, cases

__all__ = ["HtcdsFilled", "fill_htcds"]

FIRST_ROW = 3
FROM_CASES = {
    "Case Owner": "caseworker",
    "First Name": "first_name",
    "Second Name": "surname",
    "Gender": "gender",
    "Citizenship": "citizenship",
    "Email": "email",
    "Mobile Phone": "phone",
    "Mailing Country": "citizenship",
    "Methods of Control": "means_of_control",
    "Type of Exploitation": "exploitation",
    "Location of Exploitation": "country_of_exploitation",
    "Status": "outcome",
    "Incoming Referral Details": "notes",
    "Referring Organisation": "shelter",
}
"""Label of the template -> column of the generated cases."""

TYPO_EVERY = 23
TEXT_DATE_EVERY = 4


@dataclass(frozen=True, slots=True)
class HtcdsFilled:
    """What was filled in: the cases, the true person of each row, and pairs of sheet rows that are near-duplicates."""

    path: Path
    truth: Cases = field(repr=False)
    person: tuple[int, ...] = field(repr=False)
    near: tuple[tuple[int, int], ...] = field(repr=False)


def fill_htcds(template: Path | str, to: Path | str, persons: int, seed: int = 7) -> HtcdsFilled:
    """Fill the template at ``template`` with the visits of ``persons`` persons and save it as ``to``.

    A few first names of a second visit are misspelt; birth dates are dates, but for some that are text with the day
    first. The column Consent says yes to the interview in every row. At most 1,000 visits fit.
    """
    import openpyxl

    made = cases(persons, seed)
    book = openpyxl.load_workbook(template)
    sheet = book.active
    place = {sheet.cell(2, c).value: c for c in range(2, sheet.max_column + 1)}
    seen: dict[int, int] = {}
    near: list[tuple[int, int]] = []
    for row in range(min(made.rows, 1000)):
        number = FIRST_ROW + row
        for label, value in _row(made, row).items():
            sheet.cell(number, place[label], value)
        first = seen.setdefault(made.person[row], number)
        name = made.cells["first_name"][row] or ""
        if first != number and made.person[row] % TYPO_EVERY == 0 and len(name) > 3:
            # two letters change places, as hasty typing does
            sheet.cell(number, place["First Name"], name[0] + name[2] + name[1] + name[3:])
            near.append((first, number))
    target = Path(to)
    with writing("the sample"):
        book.save(target)
    return HtcdsFilled(target, made, tuple(made.person[: min(made.rows, 1000)]), tuple(near))


def _row(made: Cases, row: int) -> dict[str, Any]:
    cells: dict[str, Any] = {label: made.cells[column][row] for label, column in FROM_CASES.items()}
    born, seen = (date.fromisoformat(str(made.cells[c][row])) for c in ("birth_date", "interview_date"))
    cells["Consent"] = "Yes"
    cells["Birthdate"] = born.strftime("%d/%m/%Y") if row % TEXT_DATE_EVERY == 0 else born
    cells["Incoming Referral Date"] = seen
    cells["Trafficking Status"] = "Confirmed Victim of Trafficking" if row % 3 else "Potential Victim of Trafficking"
    return cells
