"""Names that no list has, behind the part that somebody has in a case or a verb of saying; what is no name there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.detection.aliases import find_aliases
from anonshare.detection.reading import Reading
from anonshare.detection.roles import ROLES, VERBS, find_roles


def names(text):
    return [text[s.start : s.end] for s in find_roles(Reading(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Declara Yuleisy que la llevaron", "Yuleisy"), ("la víctima, Yuleisy, dijo", "Yuleisy"), ("Zeuge: Krzystof", "Krzystof"),
        ("die Geschädigte Oksana kam", "Oksana"), ("la plaignante, Fatoumata, a dit", "Fatoumata"), ("El menor Yeferson Wilmer huyó", "Yeferson Wilmer"),
        ("Manifiesta Yusneidy Pérez que no", "Yusneidy Pérez"), ("the victim Blessing told", "Blessing"), ("vittima Ngozi ha detto", "Ngozi"),
        ("der Beschuldigte Dragomir hat", "Dragomir"), ("A testemunha Jucileide disse", "Jucileide"), ("martora Zamfirica a spus", "Zamfirica"),
        ("slachtoffer Oluchi zegt", "Oluchi"), ("raconte Kadiatou, qu'elle", "Kadiatou"), ("Témoin : Kadiatou", "Kadiatou"),
        ("the suspect (Zhvaniq) fled", "Zhvaniq"), ("spune Zamfirica că a", "Zamfirica"),
    ],
)  # fmt: skip
def test_names_by_their_part(text, name):
    """What stands behind a part, apart or not, or between a verb of saying and what is said, is a name."""
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Menor Extranjero No Acompañado", "the victim Support team", "Der Zeuge Polizei kam", "die Zeugin Hotel", "La víctima Unidad de",
        "the witness, However, said", "explica Barcelona que", "La víctima España", "die Opfer Menschenhandel", "Victim Statement Form",
        "Cliente: Banco Santander", "Client: Acme Ltd", "minor Traffic offence", "The accused Party said", "client Meeting notes were",
        "dice que sí", "die Zeugin Vernehmung war", "the victim UNHCR said", "la víctima Testigo dijo", "VICTIM Oksana", "sagt Frau dass",
        "señala Yuleisy ayer", "the victim. Oksana",
    ],
)  # fmt: skip
def test_what_is_no_name_there(text):
    """Words, places, offices, companies, headings and abbreviations behind a part or a verb name nobody."""
    assert names(text) == []


@given(
    st.sampled_from(ROLES.split("|")),
    st.sampled_from(VERBS.split("|")),
    st.text("bdfgklmnprstvz", min_size=4, max_size=8),
)
def test_every_part_and_every_verb(role, verb, letters):
    """A word that no language has is a name behind every part and before what is said by every verb."""
    name = "Oq" + letters
    assert names(f"so {role}, {name}, so") == [name]
    assert names(f"so {verb} {name} que so") == [name]
    assert names(f"so {role}, {name.lower()}, so {verb} {name.lower()} que") == []


def test_they_are_announced():
    """They count as announced, so that a second mention is found in all texts of their group."""
    text = "la víctima, Yuleisy, dijo"
    assert ("Yuleisy", "alias") in {(text[s.start : s.end], s.source) for s in find_aliases(Reading(text))}


@given(st.text(max_size=60), st.sampled_from(["víctima ", "Zeuge: ", "declara ", "the victim, "]))
def test_any_text(text, before):
    """Spans of any text lie inside of it and hold a capital."""
    whole = before + text
    for span in find_roles(Reading(whole)):
        assert 0 <= span.start < span.end <= len(whole)
        assert whole[span.start].isupper()
