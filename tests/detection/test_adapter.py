"""Presidio in both directions: ours there, theirs here, our operators in its anonymizer; nothing of a text is told."""

from __future__ import annotations

import itertools
import logging

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig

from anonshare.detection.adapter import anonymize_with_presidio, as_recognizers, presidio_inputs, with_recognizers
from anonshare.detection.adapter_in import foreign_spans
from anonshare.detection.engine import Detector
from anonshare.detection.rewrite import rewrite
from anonshare.errors import DetectionError
from anonshare.shapes import Span

CANARY = "Zq7Canary"
NOTE = "John Smith wrote to zq7canary@example.org as @luna_77 and left London; John was seen again."


@pytest.fixture(scope="module")
def detector():
    """One detector for all tests: it loads a model."""
    return Detector(countries=("RO", "GB"))


class Blank(SpacyNlpEngine):
    """An engine without a model: what a user brings who wants nothing of spaCy."""

    def __init__(self):
        super().__init__([{"lang_code": "en", "model_name": "none"}])
        self.nlp = {"en": spacy.blank("en"), "ro": spacy.blank("ro")}


def analyzer(recognizers):
    registry = RecognizerRegistry(supported_languages=["en", "ro"])
    registry.recognizers = list(recognizers)
    return AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en", "ro"])


@pytest.mark.parametrize("language", ["en", "ro"])
def test_ours_in_presidio(detector, language):
    """An AnalyzerEngine with our recognizers finds, in each language asked, what our detector finds."""
    engine = analyzer(as_recognizers(countries=("RO", "GB"), languages=("en", "ro", "en")))
    found = {(r.start, r.end, r.entity_type, r.score) for r in engine.analyze(NOTE, language)}
    assert found == {(s.start, s.end, s.entity, s.score) for s in detector.find([NOTE], language)[0]}
    assert found


def test_rules_alone_need_no_model(monkeypatch):
    """The rules as recognizers load no model, and give spans in the characters of the original text."""
    monkeypatch.setattr("anonshare.detection.adapter.Detector", None)
    (one,) = as_recognizers(languages=("ro",), rules_only=True)
    text = "wrote as @lu\u200bna_77 at night"
    assert [(r.entity_type, text[r.start : r.end]) for r in one.analyze(text)] == [("HANDLE", "@lu\u200bna_77")]
    assert one.supported_language == "ro"


def test_only_the_entities_asked_for():
    """A recognizer of ours gives the entity types that Presidio asks for, and a list without a language is refused."""
    (one,) = as_recognizers()
    assert {r.entity_type for r in one.analyze(NOTE, ["HANDLE"])} == {"HANDLE"}
    with pytest.raises(DetectionError, match="none is named"):
        as_recognizers(languages=())


def badge(score=0.9, context=None):
    pattern = Pattern("badge", r"\bzorb[a-z]{4}\b", score)
    return PatternRecognizer("BADGE", name="Badges", patterns=[pattern], context=context)


class Nothing:
    """A detector that finds nothing: what remains is the recognizers'."""

    def covers(self, language):
        return False

    def find(self, texts, language=None, *, known=None, groups=None):
        return [()] * len(texts)


def test_theirs_in_ours(detector):
    """A user's recognizer adds its spans to ours and takes no letter away; equal texts have equal spans."""
    text = NOTE + " Token zorbquix."
    (alone,), (both,) = detector.find([text]), with_recognizers(detector, [badge()]).find([text])
    covered = {i for s in both for i in range(s.start, s.end)}
    assert set(range(text.index("zorb"), text.index("zorb") + 8)) <= covered
    assert all(i in covered for s in alone for i in range(s.start, s.end) if text[i].isalnum())
    assert with_recognizers(detector, []).find([text, text]) == [alone, alone]
    assert with_recognizers(detector, [badge()]).detect([text, text]) == [both, both]
    assert with_recognizers(detector, [badge()]).covers("en")


@pytest.mark.parametrize(
    "text", ["h\u200b" * 12 + " zorb\u200bquix", "word " * 2_500 + "zorbquix"], ids=["hidden", "windows"]
)
def test_their_spans_stand_in_the_original(text):
    """A span of a user's recognizer is in characters of the whole original text, with its name as source."""
    ((span,),) = with_recognizers(Nothing(), [badge()]).find([text])
    assert (span.entity, span.source, span.end) == ("BADGE", "presidio:Badges", len(text))
    assert text[span.start : span.end].replace("\u200b", "") == "zorbquix"


def test_threshold_and_context():
    """A weak span counts where a whole context word stands before it, or where its entity's threshold is lower."""
    weak = badge(0.1, ["lic"])
    assert not foreign_spans([weak], "in public zorbquix")
    assert [s.score for s in foreign_spans([weak], "her Lic zorbquix")] == [0.45]
    assert [s.score for s in foreign_spans([weak], "in public zorbquix", {"BADGE": 0.1})] == [0.1]
    assert not foreign_spans([weak], "in public zorbquix", {"OTHER": 0.1})


class Stub(EntityRecognizer):
    """A recognizer that does what it is told to."""

    def __init__(self, do):
        self.do = do
        super().__init__(["STUB"], name="Stub")

    def load(self):
        pass

    def analyze(self, text, entities, nlp_artifacts):
        return self.do(text)


def boom(text):
    raise ValueError(text)


WRONG = {
    "raises": boom,
    "behind": lambda text: [RecognizerResult("STUB", 0, len(text) + 1, 0.9)],
    "before": lambda text: [RecognizerResult("STUB", -1, 3, 0.9)],
    "empty": lambda text: [RecognizerResult("STUB", 3, 3, 0.9)],
    "no number": lambda text: [RecognizerResult("STUB", 1.5, 3, 0.9)],
    "score": lambda text: [RecognizerResult("STUB", 0, 3, 7.0)],
    "text as a type": lambda text: [RecognizerResult(text, 0, 3, 0.9)],
    "no result": lambda text: [text],
    "no list": lambda text: 7,
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_bad_recognizer_is_named_and_the_text_is_not(detector, kind):
    """A recognizer that raises or gives no spans of the text is refused by name, without a word of the text."""
    with pytest.raises(DetectionError, match="Stub") as error:
        with_recognizers(detector, [Stub(WRONG[kind])]).find([f"{CANARY} was here"])
    told = error.value
    assert CANARY not in f"{told.message} {told.hint}"
    assert told.__context__ is None


def test_only_recognizers_take_part(detector):
    """What is no recognizer of Presidio's is refused before a text is read."""
    with pytest.raises(DetectionError, match="Only recognizers"):
        with_recognizers(detector, [lambda text: []])


def test_nothing_is_logged(caplog):
    """No log record carries context words, decisions or text, in either direction."""
    with caplog.at_level(0):
        for name in list(logging.Logger.manager.loggerDict):
            logging.getLogger(name).setLevel(0)
        text = f"{CANARY} had the badge zorbquix"
        (spans,) = with_recognizers(Nothing(), [badge(0.1, [CANARY.lower(), "badge"])]).find([text])
        anonymize_with_presidio(text, spans, lambda span, _: span.entity)
    assert any(s.entity == "BADGE" for s in spans)
    assert "anary" not in "".join(record.getMessage() for record in caplog.records)


@st.composite
def spanned(draw):
    """A text and spans of it that do not overlap, many of them neighbours of one type."""
    text = draw(st.text(alphabet=st.sampled_from("ab c\u00e9\U0001f600"), min_size=1, max_size=30))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=9)))
    pairs = [pair for pair in itertools.pairwise(cuts) if draw(st.booleans())]
    return text, [Span(a, b, draw(st.sampled_from(["PERSON", "PERSON_0001"])), 0.5) for a, b in pairs]


@given(spanned())
def test_presidio_gives_what_rewrite_gives(made):
    """With one callable, even one that counts, presidio-anonymizer's text is that of ``rewrite``."""
    text, spans = made

    def counting():
        count = itertools.count()
        return lambda span, there: f"<{span.entity} {next(count)} {len(there)}>"

    assert anonymize_with_presidio(text, spans, counting()) == rewrite(text, spans, counting())


def test_neighbours_of_one_type_stay_two():
    """Two names beside each other are two for our operator, where Presidio alone makes one of them."""
    text, spans = "Ana Maria left", [Span(0, 3, "PERSON"), Span(4, 9, "PERSON")]
    seen = []
    made = anonymize_with_presidio(text, spans, lambda span, there: seen.append(there) or "X")
    assert (made, seen) == ("X X left", ["Ana", "Maria"])
    plain = [RecognizerResult("PERSON", s.start, s.end, 0.9) for s in spans]
    assert AnonymizerEngine().anonymize(
        text, plain, {"PERSON": OperatorConfig("replace", {"new_value": "X"})}
    ).text == ("X left")


def test_operators_by_type():
    """A mapping gives each type a callable or an operator of Presidio's, DEFAULT for the rest, and none is guessed."""
    text, spans = "Ana in Iasi, 0721", [Span(0, 3, "PERSON"), Span(7, 11, "LOCATION"), Span(13, 17, "PHONE_NUMBER")]
    masked = OperatorConfig("mask", {"masking_char": "*", "chars_to_mask": 4, "from_end": True})
    operators = {"PERSON": lambda span, there: "P1", "LOCATION": masked, "DEFAULT": OperatorConfig("redact", {})}
    assert anonymize_with_presidio(text, spans, operators) == "P1 in ****, "
    results, configs = presidio_inputs(text, spans, operators)
    assert [r.entity_type for r in results] == list(configs) == ["PERSON_0001", "LOCATION_0002", "PHONE_NUMBER_0003"]
    with pytest.raises(DetectionError, match="No operator is named for LOCATION"):
        anonymize_with_presidio(text, spans, {"PERSON": masked})


def test_bad_spans_and_operators_are_told():
    """Spans that overlap or leave the text, and operators that fail or give no text, are errors without the text."""
    for spans in ([Span(0, 3, "A"), Span(2, 4, "A")], [Span(0, 99, "A")], [Span(2, 2, "A")]):
        with pytest.raises(DetectionError, match="overlap or lie outside"):
            anonymize_with_presidio(CANARY, spans, lambda span, there: "")
    with pytest.raises(DetectionError, match="gave no text"):
        anonymize_with_presidio(CANARY, [Span(0, 3, "A")], lambda span, there: None)
    with pytest.raises(DetectionError) as error:
        anonymize_with_presidio(CANARY, [Span(0, 9, "A")], {"A": OperatorConfig("custom", {"lambda": boom})})
    assert CANARY not in f"{error.value.message} {error.value.hint}"
    assert anonymize_with_presidio("", [], {}) == ""
