"""Forms inside of notes: in six languages the answer is found behind its label, and goes no further."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from anonshare.detection.entities import ENTITIES
from anonshare.detection.forms import LABELS, find_answers
from anonshare.detection.reading import Reading


def answers(text):
    return [(s.entity, text[s.start : s.end]) for s in find_answers(Reading(text))]


FORMS = {
    "en": ("Name", "Place of birth", "Address", "Nationality", "Occupation"),
    "es": ("Nombre", "Localidad", "Domicilio", "Nacionalidad", "Profesión"),
    "fr": ("Nom", "Lieu de naissance", "Adresse", "Nationalité", "Métier"),
    "ro": ("Nume", "Locul nașterii", "Adresa", "Cetățenie", "Ocupația"),
    "de": ("Nachname", "Geburtsort", "Anschrift", "Staatsangehörigkeit", "Beruf"),
    "it": ("Cognome", "Luogo di nascita", "Indirizzo", "Nazionalità", "Professione"),
}
TYPES = ("PERSON", "LOCATION", "ADDRESS", "NRP", "OCCUPATION")


@pytest.mark.parametrize("language", FORMS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "; ", " | ", ". ", "  ", "\t"])
@pytest.mark.parametrize("colon", [": ", ":", " : ", " = ", ": \t"[:2]])
def test_a_form_in_each_language(language, end, colon):
    """Each answer of a form is found whole and with the type of its label, whatever parts the lines."""
    text = "".join(f"{label}{colon}Zorbax Vilko{end}" for label in FORMS[language])
    assert [one for one in answers(text) if one[1] == "Zorbax Vilko"] == [(e, "Zorbax Vilko") for e in TYPES]
    assert len(answers(text)) == len(TYPES)


@pytest.mark.parametrize("language", FORMS)
def test_a_form_in_capitals_and_small_letters(language):
    """Labels are found in any case."""
    text = "\n".join(f"{label}: Zorbax" for label in FORMS[language])
    assert [e for e, _ in answers(text.upper())] == [e for e, _ in answers(text.lower())] == list(TYPES)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Victim: J. Smith. She came", "J. Smith"),
        ("Place of birth: Cluj-Napoca, Romania", "Cluj-Napoca, Romania"),
        ("Name: Anna Kowalska Age: 20", "Anna Kowalska"),
        ("Nume: Pop Ion, Vârsta: 20", "Pop Ion"),
        ("- Witness: Maria Pop.", "Maria Pop"),
        ("**Name**: x\n> Mother (birth): Rosa Díaz", "Rosa Díaz"),
        ("NHC: 123456.", "123456"),
        ("CP: 28046", "28046"),
    ],
)
def test_where_an_answer_ends(text, answer):
    """An answer ends before a full stop that is none of initials, before the next label, and without marks behind it."""
    assert answer in {one for _, one in answers(text)}


@pytest.mark.parametrize(
    "text",
    ["Name: unknown", "Nombre: desconocido", "Name:", "Name: ", "Name:\nCity", "in the name of: x is no label".replace("name of", "rules"),
     "the city centre is near", "NHC: none", "Name - Anna", "Mother said that she left", "Madre: sin datos", "Nom: inconnu"],
)  # fmt: skip
def test_no_answer(text):
    """A label without a colon, without an answer, or with the answer that nobody knows gives nothing."""
    assert answers(text) == []


def test_every_label_is_met():
    """Every label of the table finds the answer behind it, with its own type, alone on its line."""
    missed = [
        (entity, label)
        for entity, labels in LABELS.items()
        for label in labels.split("|")
        if ("123456" if entity == "MEMBER_NUMBER" else "Zorbax")
        not in {a for _, a in answers(f"{label}: {'123456' if entity == 'MEMBER_NUMBER' else 'Zorbax'}\n")}
    ]
    assert missed == []
    assert set(LABELS) <= set(ENTITIES)


PIECES = (
    "Name",
    "Nombre",
    "NHC",
    "Nom",
    ":",
    "=",
    " ",
    "Anna",
    "J. ",
    "12",
    ".",
    ",",
    ";",
    "|",
    "\n",
    "\r\n",
    "\t",
    "  ",
)


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
@example("Name: Anna")
def test_any_text(text):
    """Answers of any text lie inside of one line of it, are not empty, and begin and end with no blank."""
    for span in find_answers(Reading(text)):
        stood = text[span.start : span.end]
        assert 0 <= span.start < span.end <= len(text)
        assert not set(stood) & set("\r\n|;\t:")
        assert stood == stood.rstrip(" .,")
        assert (span.source, span.score) == ("form", 0.55)
