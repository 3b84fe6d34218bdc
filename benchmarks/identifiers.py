"""The identifiers of this field in sentences of nine languages, beside stock Presidio in the same run, class by class.

*masked*: every letter and digit of the number lies in a found span. *type*: a span of the right class covers most of it.
About half of the sentences do not have the number's name directly before it. No country is told to either system.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from anonshare.detection.engine import Detector
from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.finder import find_identifiers
from benchmarks.detection_systems import stock
from benchmarks.identifier_frames import BARE, FAR, LANGUAGES, NAMES, NEAR
from benchmarks.identifier_values import PLAIN_CONSONANTS, PROVEN, STRONG, digits, grouped, letters, national

Sentence = tuple[str, int, int, str]
Found = list[list[tuple[int, int, str]]]
ALIAS = {"US_SSN": "NATIONAL_ID", "UK_NHS": "NATIONAL_ID", "UK_NINO": "NATIONAL_ID", "US_PASSPORT": "PASSPORT", "US_DRIVER_LICENSE": "DRIVER_LICENSE", "US_BANK_NUMBER": "BANK_ACCOUNT", "US_ITIN": "NATIONAL_ID"}  # fmt: skip
OWN_FORM = frozenset({*PROVEN, "MAC_ADDRESS", "LICENSE_PLATE", "PHONE_NUMBER"})
"""Classes whose number is told by its form, so that a sentence may leave its name out."""


def _phone(r: random.Random) -> str:
    return r.choice(
        [
            lambda: f"+40 7{digits(r, 2)} {digits(r, 3)} {digits(r, 3)}",
            lambda: f"+447{r.choice('45789')}{digits(r, 8)}",
            lambda: f"07{digits(r, 2)} {digits(r, 3)} {digits(r, 3)}",
            lambda: f"06 {digits(r, 2)} {digits(r, 2)} {digits(r, 2)} {digits(r, 2)}",
            lambda: f"6{digits(r, 2)} {digits(r, 2)} {digits(r, 2)} {digits(r, 2)}",
            lambda: f"0151-{digits(r, 8)}",
            lambda: f"+380 67 {digits(r, 3)} {digits(r, 2)} {digits(r, 2)}",
            lambda: f"({r.randint(201, 989)}) {digits(r, 3)}-{digits(r, 4)}",
            lambda: f"07{digits(r, 8)}",
        ]
    )()


def _plate(r: random.Random) -> str:
    return r.choice(
        [
            lambda: f"B {digits(r, 3)} {letters(r, 3)}",
            lambda: f"CJ {digits(r, 2)} {letters(r, 3)}",
            lambda: f"{letters(r, 2)}{digits(r, 2)} {letters(r, 3)}",
            lambda: f"{digits(r, 4)} {letters(r, 3, PLAIN_CONSONANTS)}",
            lambda: f"{letters(r, 2)}-{digits(r, 3)}-{letters(r, 2)}",
            lambda: f"M-{letters(r, 2)} {r.randint(1, 9999)}",
        ]
    )()


def _case(r: random.Random) -> str:
    year = r.randint(2015, 2025)
    return r.choice(
        [
            lambda: f"{r.randint(100, 99999)}/{year}",
            lambda: f"{r.randint(1, 999)} Js {r.randint(1, 99999)}/{year % 100}",
            lambda: f"CR-{year}-{digits(r, 6)}",
            lambda: f"{digits(r, 2)}{letters(r, 2)}/{digits(r, 4)}/{year % 100}",
            lambda: f"{r.randint(100, 9999)}/{r.randint(1, 300)}/{year}",
            lambda: f"NRM-{year}-{digits(r, 5)}",
        ]
    )()


PLAIN: dict[str, Callable[[random.Random], str]] = {
    "PASSPORT": lambda r: r.choice([f"{letters(r, 2)}{digits(r, 7)}", f"{letters(r, 2)} {digits(r, 6)}", digits(r, 9), f"{letters(r, 1)}{digits(r, 8)}"]),
    "RESIDENCE_PERMIT": lambda r: r.choice([f"{letters(r, 2)}{digits(r, 7)}", f"{letters(r, 3)}{digits(r, 6)}", digits(r, 10)]),
    "VISA_NUMBER": lambda r: r.choice([f"{letters(r, 3)}{digits(r, 9)}", f"{letters(r, 1)}{digits(r, 8)}", digits(r, 8)]),
    "DRIVER_LICENSE": lambda r: r.choice([f"{digits(r, 2)}{letters(r, 2)}{digits(r, 5)}", f"{letters(r, 1)}{digits(r, 8)}{letters(r, 1)}", digits(r, 9)]),
    "PHONE_NUMBER": _phone,
    "IMSI": lambda r: r.choice(["226", "255", "234", "214"]) + digits(r, 12),
    "MAC_ADDRESS": lambda r: r.choice(":-").join(f"{r.randrange(256):02X}" for _ in range(6)),
    "BIC": lambda r: letters(r, 4) + r.choice(["DE", "RO", "GB", "ES", "FR"]) + letters(r, 1) + digits(r, 1) + r.choice(["", "XXX"]),
    "BANK_ACCOUNT": lambda r: r.choice([digits(r, 8), digits(r, 10), f"{digits(r, 4)} {digits(r, 4)} {digits(r, 2)} {digits(r, 10)}"]),
    "TRANSFER_NUMBER": lambda r: r.choice([f"{digits(r, 3)}-{digits(r, 3)}-{digits(r, 4)}", digits(r, 10), digits(r, 8)]),
    "LICENSE_PLATE": _plate,
    "FLIGHT_NUMBER": lambda r: r.choice(["RO", "LH", "TK", "W6", "FR", "BA", "AF"]) + r.choice([" ", ""]) + digits(r, r.randint(3, 4)),
    "TICKET_NUMBER": lambda r: r.choice([f"{digits(r, 3)}-{digits(r, 10)}", f"{letters(r, 2)}{digits(r, 2)}{letters(r, 2)}"]),
    "CASE_NUMBER": _case,
    "POLICY_NUMBER": lambda r: r.choice([f"POL-{r.randint(2015, 2025)}-{digits(r, 5)}", f"A-{digits(r, 8)}", digits(r, 9), f"HX {digits(r, 7)}"]),
    "CLAIM_NUMBER": lambda r: r.choice([f"CLM-{digits(r, 7)}", f"{r.randint(2015, 2025)}/{digits(r, 6)}", f"S{r.randint(15, 25)}-{digits(r, 6)}"]),
    "MEMBER_NUMBER": lambda r: r.choice([digits(r, 7), f"M-{digits(r, 6)}", f"{digits(r, 5)}-{letters(r, 1)}{digits(r, 1)}"]),
}  # fmt: skip


def _value(kind: str, rng: random.Random) -> tuple[str, bool]:
    """A value, and whether a check digit stands in it."""
    if kind == "NATIONAL_ID":
        row = rng.choice(STRONG)
        return grouped(national(row, rng), rng, (6, 4, 4)) if row.strong and row.country != "IT" else national(
            row, rng
        ), True
    return (PROVEN[kind](rng), True) if kind in PROVEN else (PLAIN[kind](rng), False)


def sentences(count: int = 1800, seed: int = 11) -> Iterator[tuple[Sentence, str, bool]]:
    """``count`` sentences with the place and class of their number, how it stands there, and whether it is proven."""
    rng = random.Random(seed)
    kinds = sorted(NAMES) + ["NATIONAL_ID"] * 4
    for i in range(count):
        kind, language = kinds[i % len(kinds)], LANGUAGES[(i // len(kinds)) % len(LANGUAGES)]
        value, proven = _value(kind, rng)
        own = kind in OWN_FORM or (kind == "NATIONAL_ID" and proven)
        how = rng.choice(["near", "near", "far", "bare" if own else "far"])
        frame = rng.choice({"near": NEAR, "far": FAR, "bare": BARE}[how][language])
        before, _, after = frame.format(n=NAMES[kind][language], v="\0").partition("\0")
        yield (before + value + after, len(before), len(before) + len(value), kind), how, proven


def _ours(texts: Sequence[str]) -> Found:
    """The whole of our detection, no language and no country told."""
    return [[(s.start, s.end, s.entity) for s in spans] for spans in Detector().find(texts)]


def _stock(texts: Sequence[str]) -> Found:
    return [[(a, b, ALIAS.get(entity, entity)) for a, b, entity in spans] for spans in stock(texts)]


def _judged(gold: Sequence[tuple[Sentence, str, bool]], found: Found) -> Iterator[tuple[str, str, bool, bool, bool]]:
    for ((text, a, b, kind), how, proven), spans in zip(gold, found, strict=True):
        masked = {i for x, y, _ in spans for i in range(x, y)}
        right = {i for x, y, entity in spans if entity == kind for i in range(x, y)}
        places = [i for i in range(a, b) if text[i].isalnum()]
        yield kind, how, proven, masked.issuperset(places), 2 * sum(i in right for i in places) > len(places)


def _report(name: str, gold: Sequence[tuple[Sentence, str, bool]], found: Found) -> Iterator[str]:
    rows = list(_judged(gold, found))
    proven = [row[3] for row in rows if row[2]]
    yield (
        f"{name}: masked {sum(r[3] for r in rows) / len(rows):.3f}, right type {sum(r[4] for r in rows) / len(rows):.3f}, "
        f"with a check digit masked {sum(proven) / len(proven):.3f} of {len(proven)}"
    )
    for key, place in (("by the place of the name", 1), ("by class", 0)):
        total, masked, typed = Counter(r[place] for r in rows), Counter(r[place] for r in rows if r[3]), Counter(r[place] for r in rows if r[4])  # fmt: skip
        each = ", ".join(f"{k} {masked[k] / n:.2f}/{typed[k] / n:.2f}" for k, n in sorted(total.items()))
        yield f"{name}, {key} (masked/type): {each}"


def speed(texts: Sequence[str]) -> Iterator[str]:
    """Milliseconds of one note of about 300 characters with five numbers, and of one without a digit."""
    rng = random.Random(3)
    notes = [" ".join(rng.sample(texts, 5))[:340] for _ in range(2000)]
    plain = ["".join(c for c in note if not c.isdigit()) for note in notes]
    for name, some in (("five numbers", notes), ("no digit", plain)):
        start = time.process_time()
        for note in some:
            for _ in find_identifiers(Reading(note), frozenset()):
                pass
        yield f"{name}: {(time.process_time() - start) / len(some) * 1000:.3f} ms a note of {sum(map(len, some)) // len(some)} characters"


def run() -> Iterator[str]:
    """One line a measure: all, by the place of the number's name, by class; then the time of a note."""
    gold = list(sentences())
    texts = [sentence[0][0] for sentence in gold]
    yield from _report("anonshare", gold, _ours(texts))
    yield from _report("stock Presidio", gold, _stock(texts))
    yield from speed(texts)
