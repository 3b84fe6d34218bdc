"""The names of a table's columns: what is refused is named by number, for a table without header shows cells there."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from anonshare.errors import InputError

__all__ = ["NAME_LIMIT", "column_names"]

NAME_LIMIT = 300
"""Characters in the name of a column, as many as a policy can write."""


def column_names(names: Sequence[object]) -> tuple[str, ...]:
    """The names, unchanged; raises InputError where one is missing, not printable, too long, or there twice."""
    if not names:
        raise InputError("The table has no columns.", hint="Is it the right file?")
    seen: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        first = seen.setdefault(_checked(number, name), number)
        if first != number:
            raise InputError(f"Columns {first} and {number} have the same name.", hint="Give each its own name.")
    return tuple(str(name) for name in names)


def _checked(number: int, name: object) -> str:
    if not isinstance(name, str):
        raise InputError(f"The name of column {number} is not text.", hint="Name every column by a text.")
    if not name.strip():
        raise InputError(f"Column {number} has no name.", hint="Does the first line hold the names of the columns?")
    if len(name) > NAME_LIMIT:
        raise InputError(f"The name of column {number} is longer than {NAME_LIMIT} characters.")
    # a control character in a name could forge a line of a report or of a terminal
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in name):
        raise InputError(f"The name of column {number} holds a line break or an invisible character.")
    return name.strip()
