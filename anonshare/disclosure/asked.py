"""What a caller of ``disclosure.recode`` asked for, checked before anything is read: each fault has its own sentence."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real

from anonshare.errors import DisclosureError

__all__ = ["check_asked", "check_order_key", "check_roles"]

_KEY = 16
"""Bytes that nobody guesses."""


def check_asked(
    models: object,
    method: object,
    limit: object,
    missing: object,
    output: object,
    time_limit: object,
    merge: object,
    key: object,
) -> None:
    """Raises DisclosureError for what is no method, no share, no model; a word that is misspelt must not mean the default."""
    if not isinstance(models, Sequence) or isinstance(models, str) or not all(map(_is_model, models)):
        raise _refuse("models is a list of models.", "[KAnonymity(11)]")
    if not models:
        raise _refuse("No model is named: nothing would be promised.", "[KAnonymity(11)]")
    if method not in {"local", "global"}:
        raise _refuse("method is 'local' or 'global'.")
    if not _number(limit) or not 0 <= limit <= 1:  # type: ignore[operator]  # a number
        raise _refuse("suppression_limit is a share from 0 to 1.", "0.05 suppresses at most one row of twenty.")
    if missing not in {"category", "wildcard", "forbidden"}:
        raise _refuse("missing is 'category', 'wildcard' or 'forbidden'.")
    if output not in {"labels", "sets"}:
        raise _refuse("output is 'labels' or 'sets'.")
    if time_limit is not None and (not _number(time_limit) or not time_limit >= 0):  # type: ignore[operator]  # a number
        raise _refuse("time_limit is a number of seconds, or None.")
    if not isinstance(merge, bool):
        raise _refuse("merge is True or False.")
    if merge and method != "local":
        raise _refuse("merge looks again at the classes of a local recoding; a global one has one level a column.")
    check_order_key(key)


def check_order_key(key: object) -> None:
    """Raises DisclosureError for a key that can be guessed: whoever has it sees what the order of the rows hides."""
    if key is not None and (not isinstance(key, bytes) or len(key) < _KEY):
        raise _refuse("order_key is at least 16 random bytes, or None.", "secrets.token_bytes(32)")


def check_roles(
    keys: Sequence[str], known: Sequence[str], sensitive: Sequence[str], insensitive: Sequence[str], unit: Sequence[str]
) -> None:
    """Raises DisclosureError where a column has two roles that exclude each other."""
    for name in sensitive:
        if name in keys or name in known:
            raise DisclosureError(
                f"Column {name!r} cannot be a key and sensitive at once.",
                hint="A value that the adversary knows already cannot be hidden from him: drop one of the two.",
                reason="parameters",
            )
    for name in unit:
        if name in {*keys, *known, *sensitive, *insensitive}:
            raise _refuse(
                f"Column {name!r} tells whose a row is and does not leave: it can have no other role.",
                "Give the table a copy of the column under another name.",
            )
    for name in insensitive:
        if name in {*keys, *known}:
            raise _refuse(f"Column {name!r} cannot be a key and insensitive at once.", "Drop one of the two.")


def _is_model(model: object) -> bool:
    return all(hasattr(model, name) for name in ("hold", "judge", "bound", "column")) and not isinstance(model, type)


def _number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _refuse(problem: str, hint: str = "") -> DisclosureError:
    return DisclosureError(problem, hint=hint, reason="parameters")
