"""Names that stand in file names, streams and cards are plain; names of people may be anything short."""

from __future__ import annotations

import re

from anonshare.errors import UsageError

__all__ = ["must_be_named", "must_be_plain"]

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\Z")
LONGEST_NAME = 200


def must_be_plain(what: str, *words: str) -> None:
    """Ids and roles stand in file names, streams and cards: raise UsageError where one is not plain."""
    if not all(SLUG.match(word) for word in words):
        raise UsageError(f"{what} must be lower-case letters, digits and dashes.", hint="For example: ngo-lumina")


def must_be_named(name: str) -> None:
    """Raise UsageError where a name of a person or an organisation is empty or very long."""
    if not 1 <= len(name) <= LONGEST_NAME:
        raise UsageError(f"A name must have 1 to {LONGEST_NAME} characters.")
