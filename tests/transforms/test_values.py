"""Redact, mask, suppress, round, top and bottom coding, rare values: how much of a value is left."""

import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import PolicyError
from anonshare.identifiers.checks import residual
from anonshare.transforms.entities import WORDS
from anonshare.transforms.numbers import canonical, number
from anonshare.transforms.tokens import TOKEN_TYPES
from tests.transforms.build import built, context

TEXTS = st.text(max_size=30)
KEPT = st.integers(0, 4)
NUMBERS = st.decimals(-(10**12), 10**12, places=3).map(lambda n: f"{n:f}")
AMBIGUOUS = ["1,500", "12,345", "123,456", "-1,000", "1.000.000", "1,2,3"]
NO_NUMBERS = [
    "",
    " ",
    "1e5",
    "inf",
    "nan",
    "-Infinity",
    "0x10",
    "1_000",
    "1 000",
    "½",
    "²",
    ".5",
    "5.",
    "--1",
    "ten",
    "9" * 31,
]
IDEMPOTENT = {
    "redact": {},
    "mask": {"keep_first": 0, "keep_last": 0, "character": "x"},
    "suppress": {},
    "top_bottom": {},
    "round": {},
    "rare_to_other": {},
    "keep": {},
}


@pytest.mark.parametrize("name", IDEMPOTENT)
@given(value=TEXTS | NUMBERS | st.sampled_from("abc"))
@settings(deadline=None)
def test_what_is_done_twice_is_done_once(name, value):
    """What these operators made stays as it is when they meet it again, no value included."""
    operator = built(name, **IDEMPOTENT[name])
    once = operator(value)
    assert once is None or operator(once) == once


@given(TEXTS)
@settings(deadline=None)
def test_a_mark_says_the_type_and_nothing_else(value):
    """Every value of a column becomes one mark, that of the policy's type, the header's or of none."""
    assert set(WORDS) == set(TOKEN_TYPES)
    assert built("redact")(value) == "<PHONE_NUMBER>"
    assert built("redact", entity="em")(value) == "<EMAIL_ADDRESS>"
    assert built("redact", context(entity=None))(value) == "<VALUE>"


def test_no_mark_is_taken_for_an_identifier():
    """The scan of what leaves finds nothing in a mark."""
    assert not [entity for entity in TOKEN_TYPES if residual(built("redact", entity=entity)(""), "RO")]


@given(TEXTS, KEPT, KEPT, st.sampled_from("*#x•"), st.integers(1, 12))
@settings(deadline=None)
def test_a_mask_has_one_length_and_hides_four_or_all(value, first, last, character, length):
    """The mask is as long for every value, and what it hides is at least four letters or digits, else everything."""
    out = built("mask", keep_first=first, keep_last=last, character=character, length=length)(value)
    text = "".join(c for c in unicodedata.normalize("NFKC", value) if c.isalnum())
    hidden = len(text) - first - last
    if hidden < 4:
        assert out == character * length
    else:
        assert out[first : first + length] == character * length
        assert (out[:first], out[first + length :]) == (text[:first], text[first + hidden :])


@pytest.mark.parametrize(
    ("value", "first", "last", "masked"),
    [
        ("0722 123 456", 0, 3, "****456"),
        ("+40-722-123-456", 2, 2, "40****56"),
        ("AB123456", 4, 0, "AB12****"),
        ("AB123456", 4, 4, "****"),
        ("AB1234567", 4, 1, "AB12****7"),
        ("12345", 1, 1, "****"),
        ("123456", 1, 1, "1****6"),
        ("٠١٢٣٤٥٦٧", 0, 2, "****٦٧"),
        ("- - -", 1, 1, "****"),
        ("", 0, 0, "****"),
    ],
)
def test_the_ends_that_stay_are_letters_and_digits(value, first, last, masked):
    """Signs between letters and digits do not count as hidden ones, in any script."""
    assert built("mask", keep_first=first, keep_last=last, length=4)(value) == masked


@given(st.text(alphabet="0123456789", min_size=8, max_size=20))
@settings(deadline=None)
def test_a_mask_does_not_tell_the_length(value):
    """Values that agree in their ends leave as one, however long they are."""
    operator = built("mask", keep_first=2, keep_last=2)
    assert operator(value) == operator(value[:2] + "0000" + value[-2:])


@given(TEXTS)
@settings(deadline=None)
def test_suppress_takes_all_or_the_listed_values(value):
    """Without a list nothing stays; with one, all but its values do, whose case and outer spaces do not count."""
    assert built("suppress", values=None)(value) is None
    some = built("suppress", values=("  Straße", "n/a"))
    assert some(value) == (None if value.strip().casefold() in {"strasse", "n/a"} else value)
    assert some(" STRASSE ") is some("N/A") is None
    assert some("n/a 2") == "n/a 2"


@given(st.integers(-(10**29), 10**29), st.integers(0, 10**6), st.sampled_from(".,"))
def test_a_number_is_read_exactly(whole, part, mark):
    """A sign, digits and at most one mark before decimals are the number they write, at any size."""
    text = f"{whole}{mark}{part:07}"
    assert Fraction(number(f" {text} ")) == Fraction(text.replace(",", "."))
    assert number(canonical(number(text))) == number(text)


@given(NUMBERS)
def test_equal_numbers_are_written_in_one_way(text):
    """Zeros that say nothing, a plus and the sign of nothing are gone, and no exponent comes."""
    written = canonical(number(text))
    assert written == canonical(number(f"{text}000"))
    assert not set(written) - set("-0123456789.")
    assert written != "-0"
    assert written == canonical(Decimal(written))


@pytest.mark.parametrize("text", AMBIGUOUS + NO_NUMBERS)
@pytest.mark.parametrize("name", ["round", "top_bottom"])
def test_what_is_no_number_or_two_does_not_leave(name, text):
    """What could be read two ways, an exponent, an infinity or any other text gives None: it would leave as it is."""
    assert number(text) is None
    assert built(name)(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("1,5", "1.5"), ("0,500", "0.5"), ("1234,567", "1234.567"), ("1.500", "1.5"), ("+07", "7")]
)
def test_a_comma_is_a_decimal_mark_where_it_can_be_nothing_else(text, value):
    """The negative twins of the ambiguous texts are read; a point is always the decimal mark."""
    assert canonical(number(text)) == value


@given(NUMBERS, st.integers(-100, 100), st.integers(1, 100))
def test_extremes_become_the_labels_of_their_bounds(text, bottom, width):
    """Below the bottom and above the top there is one label each, and between them the number, bounds included."""
    coded = built("top_bottom", bottom=bottom, top=bottom + width)
    value = Decimal(text)
    expected = f"<{bottom}" if value < bottom else f">{bottom + width}" if value > bottom + width else None
    assert coded(text) == (expected or canonical(value))
    assert coded(str(bottom)) == str(bottom)
    assert built("top_bottom", bottom=bottom, top=None)("999999") == "999999"
    assert built("top_bottom", bottom=None, top="0.50")("0.51") == ">0.5"


@given(NUMBERS, st.sampled_from([1, 10, 250, "0.5", "0.001", "3.3"]))
def test_rounding_gives_the_nearest_multiple(text, to):
    """The result is a multiple of the step, none is nearer, and of two as near the even one is taken."""
    step, value = Fraction(str(to)), Fraction(text)
    out = Fraction(built("round", to=to)(text))
    steps = out / step
    assert steps.denominator == 1
    assert abs(out - value) <= step / 2
    if abs(out - value) == step / 2:
        assert steps.numerator % 2 == 0


def test_ties_go_to_the_even_multiple():
    """5 and 15 by tens are 0 and 20, also below zero, and a tie of decimals is one."""
    tens = built("round")
    assert [tens(text) for text in ("5", "15", "25", "-5", "-15", "4,9")] == ["0", "20", "20", "0", "-20", "0"]
    assert [built("round", to="0.1")(text) for text in ("0.25", "0.35", "0,45")] == ["0.2", "0.4", "0.4"]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("round", {"to": 0}),
        ("round", {"to": "-1"}),
        ("round", {"to": "x"}),
        ("top_bottom", {"bottom": None, "top": None}),
        ("top_bottom", {"bottom": 5, "top": 5}),
        ("top_bottom", {"bottom": "2", "top": 1}),
    ],
)
def test_bounds_and_steps_that_make_no_sense_are_refused(name, wrong):
    """What a program hands over unread is checked again, and named by its column."""
    with pytest.raises(PolicyError, match=r"columns\.col"):
        built(name, **wrong)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 20)), st.integers(2, 15), st.text(max_size=3))
def test_values_of_few_persons_become_one_label(counts, below, value):
    """A value stays where enough persons have it; a rare one, and one that was not counted, is the label."""
    operator = built("rare_to_other", context(counts=counts), below=below, label="another")
    for one in (value, *counts):
        assert operator(one) == (one if counts.get(one, 0) >= below else "another")
