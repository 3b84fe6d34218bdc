"""The table of numbered identifiers: its examples, its proofs, its manners."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.detection.entities import DIRECT, ENTITIES
from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.finder import find_identifiers
from anonshare.detection.recognizers.label import Label
from anonshare.detection.recognizers.shapes_plain import PLAIN
from anonshare.detection.recognizers.shapes_plates import PLATES
from anonshare.detection.recognizers.shapes_proven import PROVEN
from anonshare.detection.recognizers.table import LABELS, SHAPES, TABLE
from anonshare.detection.view import view_of
from anonshare.identifiers.national_ids import UNPROVEN
from benchmarks.identifier_values import PROVEN as VALUES
from benchmarks.identifier_values import STRONG, luhn, national
from tests.growth import LINEAR, growth

OURS = (*LABELS, *PROVEN, *PLAIN, *PLATES)
NOBODY = frozenset()
FRAMES = (
    "He wrote {} down.",
    "Am găsit {} în sertar.",
    "Вона назвала {} вчора",
    "{} war auf dem Zettel",
    "şu {} vardı",
    "在 {} 处",
)


def found(text, countries=NOBODY):
    """Entity, text, score and source of every span, in the text as it is read."""
    read = view_of(text).text
    return [(s.entity, read[s.start : s.end], s.score, s.source) for s in find_identifiers(Reading(read), countries)]


def countries_of(row):
    return getattr(row, "countries", NOBODY)


def ids(row):
    return f"{row.entity}: {row.source[:30]}"


@pytest.mark.parametrize(
    ("row", "example"), [(row, example) for row in OURS for example in row.examples], ids=lambda one: str(one)[:40]
)
def test_examples(row, example):
    """Every example's numbers are found whole and with their class, in whatever language the example is."""
    read = example.replace("«", "").replace("»", "")
    spans = [(entity, text) for entity, text, *_ in found(read, countries_of(row))]
    for part in example.split("«")[1:]:
        assert (row.entity, view_of(part.partition("»")[0]).text) in spans


@pytest.mark.parametrize(
    ("row", "example"),
    [(row, example) for row in OURS for example in row.counterexamples],
    ids=lambda one: str(one)[:40],
)
def test_counterexamples(row, example):
    """No counterexample holds a number of the row's class."""
    assert row.entity not in {entity for entity, *_ in found(example, countries_of(row))}


@pytest.mark.parametrize("row", TABLE, ids=ids)
def test_every_row_is_documented(row):
    """Every row names a known class, its source, an example and a counterexample."""
    assert row.entity in ENTITIES
    assert row.source
    assert row.examples
    assert row.counterexamples


def test_no_cue_stands_twice_in_one_label():
    """A cue is a lower-case phrase; the lexicon gives it to one label."""
    assert all(cue == cue.lower() for label in LABELS for cue in label.cues)


HOSTILE = (
    "A" * 8 + "1",
    "1 ",
    "1-",
    "12.",
    "+1 (",
    "A1",
    "1/",
    "<",
    "AB12 ",
    "a1",
    "T",
    "0x",
    "1",
    "A",
    "A-",
    "(1) ",
    "1:21-",
    "Z9/ ",
)


@pytest.mark.parametrize("row", OURS, ids=ids)
def test_patterns_are_linear(row):
    """A hostile text takes a pattern time in proportion to its length, searched at every place."""

    def searched(text):
        return sum(1 for _ in row.pattern.finditer(text))

    for unit in HOSTILE:
        assert growth(searched, unit.__mul__, 5_000 // len(unit)) < LINEAR, unit


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_is_searched_in_linear_time(unit):
    """The whole search over one thing repeated takes time in proportion to its length."""
    assert growth(found, lambda size: unit * (size // len(unit)), 4_000) < LINEAR


def masked(text, value, countries=NOBODY):
    """Whether spans cover every letter and digit of the one place of ``value``."""
    view = view_of(text)
    places = {i for s in find_identifiers(Reading(view.text), countries) for i in range(*view.original(s.start, s.end))}
    at = text.index(value)
    return places.issuperset(i for i in range(at, at + len(value)) if text[i].isalnum())


@pytest.mark.parametrize("entity", sorted(VALUES))
@settings(max_examples=40)
@given(seed=st.integers(0, 10**9), frame=st.sampled_from(FRAMES))
def test_a_check_digit_is_always_found(entity, seed, frame):
    """A number with valid check digits is found whole with its class, written together or in groups, in any language."""
    value = VALUES[entity](random.Random(seed))
    text = frame.format(value)
    assert masked(text, value)
    assert entity in {e for e, *_ in found(text)}


@pytest.mark.parametrize("row", STRONG, ids=lambda row: f"{row.country} {row.name}")
def test_national_numbers_are_found(row):
    """A national number with its check digits is found whole; with its class where the form is strong, or is told."""
    rng = random.Random(row.name)
    for frame in FRAMES:
        value = national(row, rng)
        text = frame.format(value)
        assert masked(text, value)
        kinds = {entity for entity, *_ in found(text, frozenset({row.country}))}
        assert kinds <= {"NATIONAL_ID", "PHONE_NUMBER", "CREDIT_CARD", "IMEI", "VIN"} or row.rule in UNPROVEN
        assert "NATIONAL_ID" in {entity for entity, *_ in found(f"national ID number {value}")}


@pytest.mark.parametrize("entity", ["CREDIT_CARD", "IMEI", "IBAN_CODE", "VIN", "CRYPTO", "ICCID"])
@settings(max_examples=25)
@given(seed=st.integers(0, 10**9), step=st.integers(1, 8))
def test_a_changed_digit_proves_nothing(entity, seed, step):
    """With one digit changed, no span of the class claims a check digit."""
    rng = random.Random(seed)
    value = VALUES[entity](rng)
    places = [i for i, c in enumerate(value) if c.isdigit() and i > 3]
    if not places:
        return
    at = rng.choice(places)
    wrong = value[:at] + str((int(value[at]) + step) % 10) + value[at + 1 :]
    if entity == "CRYPTO" and wrong[at] == "0":
        return
    assert (entity, "check") not in {(e, source) for e, _, _, source in found(f"see {wrong} here") if e == entity}


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("account DE89 3704 0044 0532 0130 00", [("IBAN_CODE", "DE89 3704 0044 0532 0130 00")]),
        ("id no 4111 1111 1111 1111", [("CREDIT_CARD", "4111 1111 1111 1111")]),
        ("passport AB1234567 and X7654321", [("PASSPORT", "AB1234567"), ("PASSPORT", "X7654321")]),
        ("his passport. The 12345678 on the wall", [("ID_NUMBER", "12345678")]),
        ("12345678 passport", [("PASSPORT", "12345678")]),
        ("code AX-44-9921-B was", [("ID_NUMBER", "AX-44-9921-B")]),
        ("paid 1,250,000 euros in 2019-2021, on 12.05.2020, at 23:15, 12345678 km", []),
        ("€ 12345678 for Directive 2004/38/EC and law no. 571/2003", []),
        ("see https://example.org/a/12345678 there", [("URL", "https://example.org/a/12345678")]),
        ("CNP 1850101221145 0721234567", [("NATIONAL_ID", "1850101221145"), ("PHONE_NUMBER", "0721234567")]),
        ("call +40 721 234 567 or +447911123456", [("PHONE_NUMBER", "+40 721 234 567"), ("PHONE_NUMBER", "+447911123456")]),
        ("phone, IMEI 490154203237518", [("IMEI", "490154203237518")]),
        ("NRMREF-2024-00871 sent", [("CASE_NUMBER", "NRMREF-2024-00871")]),
        ("", []),
        ("no number at all, only a swift answer", []),
    ],
)  # fmt: skip
def test_who_is_believed(text, spans):
    """A check digit before a vague label, a label before a form; dates, amounts, laws and addresses are no numbers."""
    assert [(entity, written) for entity, written, *_ in found(text) if entity in DIRECT] == spans


def test_countries_admit_weak_numbers():
    """A number with a lone check digit, or a national phone, is one of a class where the policy names its country."""
    assert found("it was 111222333 then", frozenset({"NL"}))[0][0] == "NATIONAL_ID"
    assert found("it was 111222333 then")[0][0] == "ID_NUMBER"
    assert found("at 61234567 tonight", frozenset({"SG"}))[0][:2] == ("PHONE_NUMBER", "61234567")


@given(st.text(alphabet="0123456789AB+-./ ()<:IBANpassport", max_size=120))
def test_any_text(text):
    """Spans of any text are in order, in bounds, never empty, never overlapping, and the same again."""
    spans = list(find_identifiers(Reading(text), frozenset({"GB", "NL"})))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert spans == list(find_identifiers(Reading(text), frozenset({"GB", "NL"})))


@given(st.integers(0, 10**17))
def test_luhn_of_the_generator(number):
    """The generator's own check digit is the one that the rule proves, so that neither is judged by itself."""
    from stdnum import luhn as other

    assert other.is_valid(luhn(str(number)))


def test_labels_and_shapes_are_one_table():
    """The table is all labels and all shapes."""
    assert {type(row) is Label for row in TABLE} == {True, False}
    assert len(TABLE) == len(LABELS) + len(SHAPES)
