"""Known values: what the columns of the same person say is looked for in his notes, in the spellings that people use.

No model is needed and no language: the surest source, and the only one for names in a language without a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anonshare.detection.known_names import find_names
from anonshare.detection.view import view_of
from anonshare.errors import DetectionError
from anonshare.identifiers.scripts import latin
from anonshare.shapes import Span

__all__ = ["KnownValue", "find_known"]

CHARACTERS = re.compile(r"[^\W_]")
NAMES = frozenset({"PERSON"})
NUMBER = 5
"""Letters and digits that a number must have to be searched without its separators."""

LONGEST = 600
"""Characters of a value that are searched: who writes these writes the rest too."""

NAME = 200
"""Characters of a name."""
PLACEHOLDERS = frozenset(
    "unknown none null n/a na anonymous anon victim client minor person witness not known no name desconocido desconocida "
    "anónimo anónima víctima ninguno sin nombre inconnu inconnue anonyme victime aucun necunoscut necunoscută anonim victima "
    "unbekannt anonym opfer keine sconosciuto sconosciuta vittima nessuno desconhecido vítima nenhum невідомо неизвестно".split()
)  # fmt: skip
"""What stands in a cell for no name: looked for, it would mask half of a note."""

SUBSCRIBER = 8
"""The last digits of a phone number, which stay whether it is written with a country code, a trunk 0 or neither."""
PREFIX = r"(?:[+(]{0,2}[0-9]{1,5}[\s.\-/()]{0,2}){0,3}"


@dataclass(frozen=True, slots=True)
class KnownValue:
    """An identifying cell and its entity type; names with the same ``person`` are one. ``repr`` never shows the value."""

    value: str
    entity: str = "PERSON"
    person: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.value, str) or not isinstance(self.entity, str):
            raise DetectionError("A known value is no text.", hint="Leave empty cells out, and give numbers as text.")

    def __repr__(self) -> str:
        return f"KnownValue(<{len(self.value)} characters>, {self.entity!r})"


def find_known(text: str, known: Sequence[KnownValue]) -> Iterator[Span]:
    """Where the known values stand in ``text``, whatever their case, accents, script, order or separators."""
    persons: dict[str, list[str]] = {}
    for one in known:
        if one.entity in NAMES and one.value.strip().casefold() not in PLACEHOLDERS:
            persons.setdefault(one.person, []).append(view_of(one.value).text[:NAME])
    if persons:
        yield from find_names(text, tuple(map(tuple, persons.values())))
    others = {_compact(view_of(k.value).text): k.entity for k in known if k.entity not in NAMES}
    for compact, entity in others.items():
        yield from _numbers(text, compact, entity)
        if entity == "PHONE_NUMBER" and len(compact) > SUBSCRIBER and compact.isdigit():
            yield from _numbers(text, compact[-SUBSCRIBER:], entity, before=PREFIX)


@lru_cache(maxsize=4)
def _folded(text: str) -> str:
    """The text in small letters without accents, every character at its place."""
    return text.lower() if text.isascii() else "".join(map(_letter, text))


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    plain = latin(character)
    return plain if len(plain) == 1 else character


@lru_cache(maxsize=4)
def _compact(text: str) -> str:
    return "".join(CHARACTERS.findall(_folded(text)))


def _numbers(text: str, compact: str, entity: str, before: str = r"[+@]?") -> Iterator[Span]:
    """The value with any separators between its characters; at most three at a place, so that the search is linear."""
    if len(compact) < NUMBER or compact[:LONGEST] not in _compact(text):
        return
    pattern = r"[\W_]{0,3}".join(map(re.escape, compact[:LONGEST]))
    for found in re.finditer(rf"(?<![^\W_]){before}{pattern}(?![^\W_])", _folded(text), re.IGNORECASE):
        yield Span(found.start(), found.end(), entity, 1.0, "known")
