"""Known values: what the columns of the same person say is looked for in his notes, in the spellings that people use.

No model is needed and no language: the surest source, and the only one for names in a language without a model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from anonshare.detection.known_names import find_names
from anonshare.detection.known_numbers import LONGEST, Compact, compacted
from anonshare.detection.view import view_of
from anonshare.errors import DetectionError
from anonshare.shapes import Span

__all__ = ["KnownValue", "find_known"]

NAMES = frozenset({"PERSON"})
NUMBER = 5
"""Letters and digits that a number must have to be searched without its separators."""

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


@dataclass(frozen=True, slots=True)
class KnownValue:
    """An identifying cell and its entity type; names with the same ``person`` are one. ``repr`` never shows the value."""

    value: str
    entity: str = "PERSON"
    person: str = ""
    sought: str = field(init=False, repr=False, compare=False, default="")
    """What is looked for in texts, made once: the name as it is read, the letters and digits of what is no name."""

    def __post_init__(self) -> None:
        if not isinstance(self.value, str) or not isinstance(self.entity, str):
            raise DetectionError("A known value is no text.", hint="Leave empty cells out, and give numbers as text.")
        read = view_of(self.value).text
        object.__setattr__(self, "sought", read[:NAME] if self.entity in NAMES else compacted(read)[:LONGEST])

    def __repr__(self) -> str:
        return f"KnownValue(<{len(self.value)} characters>, {self.entity!r})"


def find_known(text: str, known: Sequence[KnownValue]) -> Iterator[Span]:
    """Where the known values stand in ``text``, whatever their case, accents, script, order or separators."""
    if not known:
        return
    compact = Compact(text)
    persons: dict[str, list[str]] = {}
    for one in known:
        if one.entity in NAMES and one.value.strip().casefold() not in PLACEHOLDERS:
            persons.setdefault(one.person, []).append(one.sought)
    if persons:
        yield from find_names(text, compact.folded, tuple(map(tuple, persons.values())))
    others = {one.sought: one.entity for one in known if one.entity not in NAMES}
    for value, entity in others.items():
        phone = entity == "PHONE_NUMBER" and len(value) > SUBSCRIBER and value.isdigit()
        if len(value) < NUMBER or (value[-SUBSCRIBER:] if phone else value) not in compact.letters:
            continue
        for start, end in compact.find(value):
            yield Span(start, end, entity, 1.0, "known")
        for start, end in compact.find(value[-SUBSCRIBER:], prefixed=True) if phone else ():
            yield Span(start, end, entity, 1.0, "known")
