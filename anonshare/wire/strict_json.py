"""JSON with one encoding: what a stranger sent is parsed, encoded again and compared, byte for byte.

One rule removes duplicate keys, floats, NaN, a byte order mark, white space, key order, lone surrogates and trailing
data. Canonical: ASCII escapes, sorted keys, no spaces, integers below 2**53, keys of letters, digits, ``_`` and ``-``, at most
32 levels deep.
"""

from __future__ import annotations

import json
import re
from typing import Any

from anonshare.errors import LimitExceeded, MalformedBundle

__all__ = ["DEPTH", "SIZE", "canonical", "parse"]

SIZE = 16 << 20
DEPTH = 32
LARGEST = 2**53
BRACKETS = 100_000
KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*\Z")


class _Refused(ValueError):
    """Why a value has no canonical form; carries no part of it."""


def canonical(value: Any) -> bytes:
    """The one encoding of ``value`` (dict, list, str, int, bool, None); raises MalformedBundle where it has none."""
    try:
        _check(value, 0)
        text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
        # a lone surrogate has an escape but is no text: other readers refuse or replace it
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, TypeError, RecursionError):
        raise MalformedBundle("A value has no canonical form.") from None
    return text.encode("ascii")


def _check(value: Any, depth: int) -> None:
    if depth > DEPTH:
        raise _Refused
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str) or not KEY.match(key):
                raise _Refused
            _check(inner, depth + 1)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _check(inner, depth + 1)
    elif isinstance(value, bool) or value is None or isinstance(value, str):
        return
    elif not isinstance(value, int) or abs(value) >= LARGEST:
        raise _Refused


def parse(data: bytes, *, limit: int = SIZE) -> dict[str, Any]:
    """The object that ``data`` is the canonical encoding of.

    Raises LimitExceeded above ``limit`` bytes, MalformedBundle for any other bytes than the canonical ones.
    """
    if len(data) > limit:
        raise LimitExceeded(f"A JSON document is larger than {limit:,} bytes.")
    try:
        value = _parse(data)
    except (ValueError, RecursionError):
        raise MalformedBundle("A JSON document is not what an honest packer writes.") from None
    if not isinstance(value, dict) or canonical(value) != data:
        raise MalformedBundle("A JSON document is not in its canonical form.")
    return value


def _parse(data: bytes) -> Any:
    if data.startswith(b"\xef\xbb\xbf") or data.count(b"[") + data.count(b"{") > BRACKETS:
        raise _Refused
    return json.loads(data.decode("ascii"), object_pairs_hook=_unique, parse_float=_none, parse_constant=_none)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused
    return found


def _none(_text: str) -> None:
    raise _Refused
