"""Known names across scripts: prefixes of Arabic and Hebrew, Hangul and the scripts of India against Latin letters."""

from __future__ import annotations

import pytest

from anonshare.detection.known import KnownValue, find_known
from anonshare.detection.merge import merged


def masked(text, *names):
    known = tuple(KnownValue(name, person="1") for name in names)
    return {text[s.start : s.end] for s in merged(text, find_known(text, known))}


@pytest.mark.parametrize("prefix", ["و", "ف", "ب", "ل", "ك", "ال", "وال", "ول", "بال", "لل", "فل"])
@pytest.mark.parametrize("name", ["مريم", "سارة", "محمد", "فاطمة"])
def test_arabic_prefixes(prefix, name):
    """What Arabic writes as one before a name is masked with it."""
    assert masked(f"قالت {prefix}{name} هناك", name) == {prefix + name}


@pytest.mark.parametrize("prefix", ["ו", "ב", "ל", "מ", "ה", "ש", "כ", "וה", "של", "וש", "כש"])
@pytest.mark.parametrize("name", ["שרה", "מרים", "אסתר"])
def test_hebrew_prefixes(prefix, name):
    """What Hebrew writes as one before a name is masked with it."""
    assert masked(f"אמרה {prefix}{name} שם", name) == {prefix + name}


@pytest.mark.parametrize(
    ("text", "name"),
    [("قالت ولد المدرسة هناك", "مريم"), ("كتبت مدرسة", "درس"), ("הלכה שרים", "מרים"), ("אמרה שרהב", "שרה"), ("טשרה", "שרה")],
)  # fmt: skip
def test_a_letter_more_is_another_word(text, name):
    """A word that holds a name behind or before other letters than those prefixes stays."""
    assert masked(text, name) == set()


def test_a_latin_cell_and_an_arabic_prefix():
    """A name known in Latin letters is met behind a prefix too."""
    assert masked("قالت لمحمد هناك", "Muhammad") == {"لمحمد"}


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("김민지", "Kim Minji"), ("김민지", "Minji Kim"), ("김민지", "KIM, Minji"), ("김민지", "Min-ji Kim"), ("김민지", "Kim Min-ji"),
        ("김민지", "Minji"), ("박지수", "Park Jisoo"), ("이지은", "Lee Jieun"), ("최수진", "Choi Soojin"), ("प्रिया", "Priya"),
        ("सुनीता शर्मा", "Sunita Sharma"), ("राहुल", "Rahul"), ("अंजलि", "Anjali"), ("রহিমা খাতুন", "Rahima Khatun"), ("ফাতেমা", "Fatema"),
        ("ਸਿਮਰਨ", "Simran"), ("જયેશ", "Jayesh"),
    ],
)  # fmt: skip
def test_a_cell_in_another_script_meets_a_latin_note(cell, written):
    """A name known in Hangul or in a script of India is found in Latin letters, in either order."""
    assert masked(f"then {written} came in", cell) == {written}


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("Kim Minji", "김민지"), ("Kim Minji", "김민지는"), ("Kim Minji", "김민지에게"), ("Minji", "민지가"), ("Priya", "प्रिया"),
        ("Sunita", "सुनीता"), ("Rahima", "রহিমা"), ("Rahima", "রহিমার"), ("Fatema Begum", "ফাতেমাকে"), ("김민지", "민지는"),
    ],
)  # fmt: skip
def test_a_latin_cell_meets_a_note_in_another_script(cell, written):
    """A name known in Latin letters is found in the other script, with what is glued behind it."""
    assert masked(f"{written} said so", cell) == {written}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Manage the money in Mange", "김민지"), ("a Kim said", "김민지"), ("국민지원 센터", "김민지"), ("김치는 맛있다", "Kim Minji"),
        ("The Prayer was long", "प्रिया"), ("Then Senate said", "सुनीता"), ("minji and kim", "김민지"), ("रहीम ने कहा", "Sunita"),
        ("Then Room and Rome came", "राम"), ("In Jail he said", "임지우"), ("প্রথম দিন", "Rahima"),
    ],
)  # fmt: skip
def test_what_sounds_alike_is_no_name(text, cell):
    """Words of a language, a family name alone, small letters and other names stay."""
    assert masked(text, cell) == set()
