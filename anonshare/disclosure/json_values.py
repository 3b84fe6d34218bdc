"""JSON of a stranger, value by value: what is not exactly what it must be is refused, without a word of what it holds."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterable
from typing import Any

from anonshare.codes.tables import is_text

__all__ = [
    "LARGEST",
    "NotThat",
    "items",
    "key_of_hex",
    "members",
    "parsed",
    "text",
    "texts",
    "truth",
    "whole",
    "without_twins",
]

LARGEST = 2**63 - 1
"""Larger numbers are none that an array could be compared with."""


class NotThat(ValueError):
    """Why JSON is refused; it carries no part of it."""


def parsed(data: object) -> Any:
    """The value of a JSON document in UTF-8, whose keys stand there once and whose numbers are finite."""
    if not isinstance(data, bytes):
        raise NotThat
    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique, parse_float=_finite, parse_constant=_no_constant
        )
    except (ValueError, RecursionError):
        raise NotThat from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotThat
    return found


def _finite(told: str) -> float:
    number = float(told)
    if not math.isfinite(number):
        raise NotThat
    return number


def _no_constant(_told: str) -> None:
    raise NotThat


def members(value: object, keys: Collection[str]) -> dict[str, Any]:
    """An object with just these keys."""
    if not isinstance(value, dict) or value.keys() != set(keys):
        raise NotThat
    return value


def items(value: object, size: int | None = None) -> list[Any]:
    """A list, of ``size`` values where that is given."""
    if not isinstance(value, list) or (size is not None and len(value) != size):
        raise NotThat
    return value


def whole(value: object, least: int, most: int = LARGEST) -> int:
    """A whole number from ``least`` to ``most``; a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise NotThat
    return value


def truth(value: object) -> bool:
    """A truth value; a number is none."""
    if not isinstance(value, bool):
        raise NotThat
    return value


def text(value: object, among: Collection[str] | None = None) -> str:
    """A text that has an encoding, one ``among`` others where these are given."""
    if not isinstance(value, str) or not is_text(value) or (among is not None and value not in among):
        raise NotThat
    return value


def texts(value: object) -> tuple[str, ...]:
    """A list of texts, each of which stands there once."""
    found = tuple(map(text, items(value)))
    if len(set(found)) != len(found):
        raise NotThat
    return found


def key_of_hex(value: object) -> bytes:
    """A key of 32 bytes, written in small hexadecimal digits."""
    if re.fullmatch("[0-9a-f]{64}", text(value)) is None:
        raise NotThat
    return bytes.fromhex(text(value))


def without_twins(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    """A mapping of pairs of which no two have the same first."""
    found: dict[Any, Any] = {}
    for key, value in pairs:
        if key in found:
            raise NotThat
        found[key] = value
    return found
