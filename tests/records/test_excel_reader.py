"""Workbooks as people keep them: what is read, what is refused, and that no refusal repeats a cell or a sheet's name."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter

from anonshare.errors import InputError
from anonshare.records.excel_reader import open_source
from anonshare.records.opening import open_records
from anonshare.records.workbook_parts import opened_zip

CANARY = "Zq7Canary"


def book(fill, *, titles=("Cases",)) -> bytes:
    made = openpyxl.Workbook()
    made.active.title = titles[0]
    for title in titles[1:]:
        made.create_sheet(title)
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def lines(*rows, change=None) -> bytes:
    def fill(made):
        for row in rows:
            made.active.append(row)
        if change:
            change(made)

    return book(fill)


def cells(data, **options):
    source = open_source(data, **options)
    return source.columns, [tuple(row.values()) for batch in source.batches() for row in batch.to_pylist()]


def test_cells_become_text():
    """Numbers without .0, dates in ISO form, times, booleans; a phone stored as a number keeps its digits."""
    moment = datetime(2024, 3, 5, 10, 11)  # noqa: DTZ001  a sheet has no zone
    row = [5, 2.5, date(2024, 3, 5), moment, time(9, 30), True, 40721234567, "  ", timedelta(hours=1)]
    columns, rows = cells(lines(list("abcdefghi"), row))
    assert columns == tuple("abcdefghi")
    assert rows[0][:7] == ("5", "2.5", "2024-03-05", "2024-03-05T10:11:00", "09:30:00", "true", "40721234567")
    assert rows[0][7] is None


def test_a_form_with_hidden_names_labels_and_numbered_rows():
    """The visible labels are the names, the hidden row above and rows that hold a number alone are no records."""

    def hide(made):
        made.active.row_dimensions[1].hidden = True

    data = lines(
        ["", "f_one", "f_two"], [None, "One", "Two"], [1, "a", "b"], [2, None, None], [3, "c", None], change=hide
    )
    columns, rows = cells(data)
    assert columns == ("One", "Two")
    assert rows == [("a", "b"), ("c", None)]
    assert open_source(data).row_of(1) == 5
    columns, rows = cells(data, header_row=1)
    assert columns == ("f_one", "f_two")
    assert rows == [("a", "b"), ("c", None)]


def test_titles_above_the_names_are_passed_over():
    """The first row in which half of the columns have text holds the names; header_row overrules."""
    data = lines(["Report"], [None], ["a", "b", "c"], ["1", "2", "3"])
    assert cells(data) == (("a", "b", "c"), [("1", "2", "3")])
    assert cells(data, header_row=3)[0] == ("a", "b", "c")


def test_one_visible_sheet_is_read_and_hidden_ones_only_when_named():
    """Hidden sheets are never read unasked."""

    def fill(made):
        made["Cases"].append(["a"])
        made["Cases"].append(["1"])
        made[CANARY].append(["b"])
        made[CANARY].append(["2"])
        made[CANARY].sheet_state = "veryHidden"

    data = book(fill, titles=("Cases", CANARY))
    assert cells(data)[0] == ("a",)
    assert cells(data, sheet=CANARY)[0] == ("b",)


def test_several_sheets_need_a_name():
    """Two visible sheets with cells are told by number, never by name."""

    def fill(made):
        for name in ("Cases", CANARY):
            made[name].append(["a"])
            made[name].append(["1"])

    data = book(fill, titles=("Cases", CANARY))
    with pytest.raises(InputError, match="2 visible sheets") as caught:
        open_source(data)
    assert CANARY not in f"{caught.value} {caught.value.hint}"
    with pytest.raises(InputError, match="no sheet of the name"):
        open_source(data, sheet="Cases ")


def merged(made):
    made.active.merge_cells("A2:A3")


def error(made):
    made.active["B2"] = "#REF!"
    made.active["B2"].data_type = "e"


def formula(made):
    made.active["B2"] = "=1+1"


def hidden(made):
    made.active.row_dimensions[3].hidden = True


ODD = {
    "merged cells": (lines(["a", "b"], [CANARY, "1"], [None, "2"], change=merged), "merged .* row 3"),
    "an error cell": (lines(["a", "b"], [CANARY, "1"], change=error), "1 cell.* error"),
    "a formula without value": (lines(["a", "b"], [CANARY, "1"], change=formula), "1 cell.* formula"),
    "a hidden record": (lines(["a", "b"], ["1", "2"], [CANARY, "3"], change=hidden), "1 row.* hidden"),
    "a column without a name": (lines(["a", None, "c"], [CANARY, CANARY, "1"]), "Column 2 .* no name"),
    "two columns of one name": (lines([CANARY, CANARY], ["1", "2"]), "same name"),
    "a number as a name": (lines(["a", "b", 3], [CANARY, "1", "2"]), "column 3 is a number"),
    "names and no record": (lines(["a", "b"]), "no record"),
    "no names": (lines([1, 2], [3, 4]), "No row"),
    "an empty sheet": (lines(), "0 visible sheets"),
    "no workbook": (CANARY.encode(), "damaged"),
    "a cut file": (lines(["a"], [CANARY])[:300], "damaged"),
    "the old format": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + CANARY.encode(), r"\.xls"),
    "a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + CANARY.encode(),
        "password",
    ),
}


@pytest.mark.parametrize("kind", ODD)
def test_oddities_are_refused(kind):
    """Each is one clear sentence with a hint, and repeats nothing of the sheet."""
    data, words = ODD[kind]
    with pytest.raises(InputError, match=words) as caught:
        list(open_source(data).batches())
    assert CANARY not in f"{caught.value} {caught.value.hint} {caught.value.__cause__}"
    assert caught.value.hint


def test_a_workbook_that_is_open_elsewhere_is_refused(tmp_path):
    """The lock files of Excel and of LibreOffice say that what is on the disk is not what is on the screen."""
    path = tmp_path / f"{CANARY}.xlsx"
    path.write_bytes(lines(["a"], ["1"]))
    for lock in (f"~${path.name}", f".~lock.{path.name}#"):
        (tmp_path / lock).touch()
        with pytest.raises(InputError, match="open in another program") as caught:
            open_records(path)
        assert CANARY not in str(caught.value)
        (tmp_path / lock).unlink()
    assert open_records(path).columns == ("a",)


def test_a_workbook_that_blows_up_is_refused(monkeypatch):
    """What unpacks to too much is refused before it is unpacked; a declaration of entities is damage."""
    from anonshare.records import workbook_parts

    data = lines(["a"], ["1"])
    monkeypatch.setattr(workbook_parts, "FILE_LIMIT", 1000)
    with pytest.raises(InputError, match="unpacks to more"):
        opened_zip(data)
    monkeypatch.undo()
    with pytest.raises(InputError, match="damaged"):
        workbook_parts._tree(b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')


def test_multi_selects_and_pieces_of_metadata(tmp_path):
    """A cell of several choices is one text; author and company are nowhere in what is read."""
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.set_properties({"author": CANARY, "company": CANARY})
        sheet = made.add_worksheet("Cases")
        sheet.write_row(0, 0, ["controls", "id"])
        sheet.write_row(1, 0, ["Debt;Documents", "1"])
        sheet.data_validation("A2", {"validate": "list", "source": [CANARY, "x"]})
        sheet.write_comment("B2", CANARY)
    source = open_source(path)
    assert [b.to_pylist() for b in source.batches()] == [[{"controls": "Debt;Documents", "id": "1"}]]
    assert CANARY not in repr(source).replace(str(path), "")
