"""What the reader of cells does not tell of a workbook: hidden rows, cells with an error, formulas without a value.

The parts of the file are looked at as bytes, with limits, and nothing else of them is read: no author, no comment, no
defined name, no list of allowed values.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET

from anonshare.errors import InputError

__all__ = ["SheetMarks", "marks_of", "opened_zip"]

FILE_LIMIT = 512 << 20
"""Bytes that all parts of a workbook may unpack to; half a million filled rows of forty columns stay below it."""

PART_LIMIT = 10_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb'\br="([0-9]{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_ERROR = re.compile(rb'<(?:\w+:)?c\b[^>]*\br="[A-Z]{1,3}([0-9]{1,7})"[^>]*\bt="e"|<(?:\w+:)?c\b[^>]*\bt="e"')
_NO_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Row numbers (from 1) that are hidden, and how many cells hold an error or a formula without its value."""

    hidden: frozenset[int]
    errors: int
    unvalued: int


def opened_zip(data: bytes) -> zipfile.ZipFile:
    """The parts of a workbook; raises InputError for what is none, is damaged, or unpacks to too much."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _damaged() from None
    if len(parts) > PART_LIMIT or sum(part.file_size for part in parts) > FILE_LIMIT:
        raise InputError(
            "The workbook unpacks to more data than is read from one file.", hint="Save the sheet as CSV UTF-8."
        )
    if "xl/workbook.xml" not in archive.namelist():
        raise InputError(
            "The file is no workbook of the kind .xlsx.", hint="Save it as .xlsx in the program that made it."
        )
    return archive


def marks_of(archive: zipfile.ZipFile, sheet: str) -> SheetMarks:
    """What marks the rows and cells of a sheet, found by its name."""
    data = _part(archive, _path(archive, sheet))
    hidden = frozenset(
        int(number[1])
        for row in _ROW.finditer(data)
        if _HIDDEN.search(row[1]) and (number := _NUMBER.search(row[1])) is not None
    )
    return SheetMarks(hidden, len(_ERROR.findall(data)), len(_NO_VALUE.findall(data)))


def _path(archive: zipfile.ZipFile, sheet: str) -> str:
    book = _tree(_part(archive, "xl/workbook.xml"))
    links = _tree(_part(archive, "xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for one in book.iter(f"{_MAIN}sheet"):
        if one.get("name") == sheet:
            target = targets.get(one.get(f"{_REL}id"), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise _damaged()


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as stream:
            data = stream.read(FILE_LIMIT + 1)
    except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        raise _damaged() from None
    if len(data) > FILE_LIMIT:
        raise _damaged()
    return data


def _tree(data: bytes) -> ET.Element:
    # a declaration of a document type is where entities that blow up, or that read files, come from
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _damaged()
    try:
        return ET.fromstring(data)  # noqa: S314  declarations, which carry entities, were refused above
    except ET.ParseError:
        raise _damaged() from None


def _damaged() -> InputError:
    return InputError("The workbook is damaged, or it is none.", hint="Open it, save it again as .xlsx, and run again.")
