"""Everything that is found without a model, in one pass over a reading: the first scan's rules, and the second scan."""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.detection.aliases import find_aliases
from anonshare.detection.forms import find_answers
from anonshare.detection.localities import find_localities
from anonshare.detection.people import find_people
from anonshare.detection.periods import telling
from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.address import find_addresses
from anonshare.detection.recognizers.ages import find_ages
from anonshare.detection.recognizers.ages_bare import find_bare_ages
from anonshare.detection.recognizers.dates import find_dates
from anonshare.detection.recognizers.dates_quantities import find_quantities
from anonshare.detection.recognizers.finder import find_identifiers
from anonshare.detection.recognizers.lexical import find_lexical
from anonshare.detection.recognizers.online_names import find_online
from anonshare.detection.recognizers.places_venues import find_venues
from anonshare.detection.titles import find_titled
from anonshare.shapes import Span

__all__ = ["find_rules"]


def find_rules(reading: Reading, countries: frozenset[str], language: str) -> Iterator[Span]:
    """The spans of all rules and lists in a text as it is read; ``countries`` admit their weak numbers and phones."""
    yield from find_aliases(reading)
    yield from find_titled(reading)
    yield from find_people(reading)
    yield from find_localities(reading, language)
    yield from find_answers(reading)
    yield from find_identifiers(reading, countries)
    yield from find_addresses(reading)
    yield from find_online(reading)
    yield from find_venues(reading)
    yield from telling(reading, find_dates(reading))
    yield from telling(reading, find_quantities(reading))
    yield from find_ages(reading)
    yield from find_bare_ages(reading)
    yield from find_lexical(reading, language)
