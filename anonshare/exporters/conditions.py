"""Under which conditions records may be used: they travel with every export, whatever its format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anonshare.bundle.verified import VerifiedBundle

__all__ = ["columns_of", "conditions", "conditions_text", "risky"]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet takes for a formula (OWASP, CSV injection)."""


def conditions(verified: VerifiedBundle) -> tuple[tuple[str, str], ...]:
    """Whose records they are, of which release, how they may be handled, when they are deleted."""
    statement, facts = verified.statement, verified.facts("release")
    handling, grading = facts["handling"], facts["grading"]
    found = [
        ("contributor", statement.contributor),
        ("stream", f"{statement.stream}, number {statement.seq}"),
        ("digest", verified.digest),
        ("handling (Europol)", " ".join(handling["europol"]) or "none given"),
        ("TLP", handling["tlp"] or "none given"),
        ("grading (Europol 4x4)", f"{grading['europol_source']}{grading['europol_information']}"),
        ("delete", statement.delete_at or "no date given"),
        ("made", statement.created),
    ]
    if statement.exercise:
        found.append(("EXERCISE", "no real organisation stands behind these records"))
    return tuple(found)


def conditions_text(verified: VerifiedBundle, *notes: str) -> bytes:
    """The conditions as a text file."""
    lines = [f"{name}: {value}" for name, value in conditions(verified)]
    words = "Tokens and the column unit name nobody, and nobody may try to find out whom they stand for."
    return ("\n".join([*lines, "", words, *notes]) + "\n").encode()


def columns_of(verified: VerifiedBundle) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every table with its columns and their types, from the signed descriptor."""
    package = json.loads(verified.read("data/datapackage.json"))
    for resource in package["resources"]:
        name = resource["path"].removesuffix(".parquet")
        if name in verified.tables:
            yield name, [(field["name"], field["type"]) for field in resource["schema"]["fields"]]


def risky(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return text.startswith(FORMULA)
