"""Ages in the languages of the notes, and the sex of whom an age is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from anonshare.detection.reading import Reading, Word, words_of
from anonshare.detection.recognizers.ages_words import BEFORE, DECADES, MARKS, NO_AGE, SEX_WORDS, SUBJECTS
from anonshare.detection.recognizers.dates_numbers import count_end, count_start
from anonshare.detection.recognizers.dates_words import UNITS
from anonshare.detection.recognizers.shape import Shape
from anonshare.shapes import Span

__all__ = ["AGES", "find_ages"]

OLD = re.compile(
    r"[ -]{0,2}(?:old\b|of age\b|de edad\b|d['’]âge\b|de idade\b|de vida\b|alte?[rnms]?\b|di età\b|oud\b|vârstă\b|olds?\b)"
    r"|[ -]de vârstă\b",
    re.IGNORECASE,
)
NOUN = re.compile(r" (?:de|di|of|d['’])[ ]?(?!edad|vârstă|età|age|idade)")
HALF = re.compile(r" (?:y medio|y media|et demie?|și jumătate|and a half)\b", re.IGNORECASE)
PAST = re.compile(
    r" (?:ago\b|later\b|after\b|before\b|earlier\b|in prison\b|of (?:experience|imprisonment|marriage)\b|imprisonment\b|después\b|"
    r"antes\b|más tarde\b|de (?:evolución|seguimiento|prisión|duración|antigüedad|cárcel|tratamiento|experiencia)\b|plus tard\b|"
    r"auparavant\b|de prison\b|mai târziu\b|de închisoare\b|später\b|lang\b|in jail\b|dopo\b|fa\b|depois\b|atrás\b)",
    re.IGNORECASE,
)
JAEHRIG = re.compile(r"[^\W\d_]{0,20}jährige?[nrms]?")
LABELS = re.compile(r"[ \t]{0,3}[:=-]?[ \t]{0,3}")
SEX_LABELS = frozenset(
    words_of("sexo sex sexe gender género genre geschlecht sexul sesso geslacht płeć стать пол cinsiyet")
)
STARTS = UNITS.keys() | MARKS | BEFORE | SEX_WORDS | SEX_LABELS
ANSWER = re.compile(r"[ \t]{0,3}[:=][ \t]{0,3}(?P<it>[^\W\d_]{1,12})")

AGES: tuple[Shape, ...] = (
    Shape(
        "AGE",
        re.compile(
            r"\b(?:[Ss]he|[Hh]e|[Ww]ho|girl|boy|victim|client)(?: is| was|['’]s) (?:only |just |now |about |still )?(?P<it>[1-9][0-9])"
            r"(?=[,;]|\.(?![0-9])|$| (?:and|but|when|now|at the time|or)\b)"
        ),
        ("she is «17» and pregnant", "He was «34», tall", "the girl is only «15»."),
        ("she is 5 minutes late", "he was 20 metres away", "she is 17.5 kg"),
        "an age told of somebody without a unit",
        score=0.7,
        at="anywhere",
        needs=("he ", "he's", "he\u2019s", "who ", "girl ", "boy ", "victim ", "client "),
    ),
    Shape(
        "AGE",
        re.compile(r"(?<![\d.,/–-])[0-9]{1,2}(?: ?[-–] ?[0-9]{1,2})? ?(?:y[./]?o\b\.?(?:[./]?o\b)?|yrs?[ -]?old\b|yrs\b)", re.IGNORECASE),
        ("a «27yo» girl", "«17 y/o» from", "she is «34 y.o.» and", "«18-20 yo» only"),
        ("27 york", "127yo"),
        "an age as posts write it",
        score=0.85,
    ),
    Shape(
        "AGE",
        re.compile(r"(?<![\w/])[MFHVW] ?[/,-] ?(?P<it>[1-9][0-9]?)(?![\w/.:-])(?!,[0-9])"),
        ("advert: F/«17» new", "M/«34», tall"),
        ("F/17/2020", "m-17a"),
        "sex and age as posts write them",
        score=0.6,
    ),
    Shape(
        "AGE",
        re.compile(r"(?<![\w/.,-])(?P<it>[1-9][0-9]?) ?/ ?[MFmf](?![\w/])"),
        ("a «23»/F from",),
        ("123/F", "23/Fa"),
        "age and sex as posts write them",
        score=0.6,
    ),
)  # fmt: skip


def find_ages(reading: Reading) -> Iterator[Span]:
    """Ages with their unit (``17-year-old``, ``34 años``), after a cue (``aged 34``, ``Edad: 54``), sexes beside."""
    text, words = reading.text, reading.words
    for i, word in enumerate(words):
        if word.fold not in STARTS and "jährig" not in word.fold:
            continue
        for span in _at(text, words, i, word.fold):
            yield Span(*span, "AGE", 0.85, "rule")
        if word.fold in SEX_WORDS and _subject(text, words, i):
            yield Span(word.start, word.end, "SEX", 0.7, "rule")
        answer = ANSWER.match(text, word.end) if word.fold in SEX_LABELS else None
        if answer is not None:
            yield Span(*answer.span("it"), "SEX", 0.75, "rule")


def _at(text: str, words: Sequence[Word], i: int, fold: str) -> Iterator[tuple[int, int]]:
    unit = UNITS.get(fold)
    if unit in {"year", "month", "week", "day"}:
        yield from _with_unit(text, words, i)
    elif fold in MARKS:
        yield from _after_mark(text, words, i)
    elif fold in BEFORE:
        yield from _decade_of_life(words, i)
    elif JAEHRIG.fullmatch(fold):
        yield from _jaehrig(text, words, i, fold.partition("jährig")[0])


def _jaehrig(text: str, words: Sequence[Word], i: int, before: str) -> Iterator[tuple[int, int]]:
    """``siebzehnjährig``, ``17-jähriges Mädchen``: of a person, not of a term (``zweijährige Ausbildung``)."""
    first = i
    if not before and i and text[words[i - 1].end : words[i].start] in {"-", " "}:
        first = min(i, count_start(text, words, i - 1))
        before = words[first].fold if first < i else ""
    following = words[i + 1].fold if i + 1 < len(words) else ""
    old = before.endswith(("zehn", "zig", "ßig", "elf", "zwölf")) or (before.isdigit() and int(before) > 10)
    if before and (following in SUBJECTS or (old and not following.endswith(TERMS))):
        yield words[first].start, words[i].end


TERMS = (
    "haft",
    "strafe",
    "ausbildung",
    "aufenthalt",
    "aufenthalts",
    "tätigkeit",
    "frist",
    "verbot",
    "vertrag",
    "erfahrung",
    "dauer",
)


def _with_unit(text: str, words: Sequence[Word], i: int) -> Iterator[tuple[int, int]]:
    """A number and a unit of time that is an age: ``old`` behind it, a mark before it, or the word for years alone."""
    at = i - 1
    if at > 0 and words[at].fold in {"de", "of"}:
        at -= 1
    if at < 0 or words[at].end + 4 < words[i].start:
        return
    first = count_start(text, words, at)
    if first > at or not _possible(words[first].fold):
        return
    end = words[i].end
    half = HALF.match(text, end)
    end = half.end() if half else end
    old = OLD.match(text, end)
    if old is not None:
        yield _lower(text, words, first), old.end()
    elif PAST.match(text, end) is None and _marked(text, words, first, i):
        yield _lower(text, words, first), end


def _lower(text: str, words: Sequence[Word], first: int) -> int:
    """``16 or 17 years``, ``14-16 años``: where the first of two ages begins."""
    if (
        first
        and words[first - 1].fold.isdigit()
        and text[words[first - 1].end : words[first].start] in {"-", "–", " - "}
    ):
        return words[first - 1].start
    joined = first > 1 and words[first - 1].fold in {
        "or",
        "to",
        "o",
        "ou",
        "oder",
        "a",
        "à",
        "bis",
        "sau",
        "y",
        "and",
        "și",
        "et",
        "und",
    }
    return words[first - 2].start if joined and words[first - 2].fold.isdigit() else words[first].start


def _marked(text: str, words: Sequence[Word], first: int, i: int) -> bool:
    """Whether what stands before a number of years tells that it is an age."""
    unit, fold, end = UNITS[words[i].fold], words[i].fold, words[i].end
    before = [word.fold for word in words[max(0, first - 3) : first]]
    if before and (before[-1] in NO_AGE or (before[-1] in {"de", "of"} and before[-2:-1] and before[-2] in NO_AGE)):
        return False
    if fold == "yaşında" or any(b in MARKS for b in before):
        return True
    last = before[-1] if before else ""
    person = any(b in SUBJECTS for b in before)
    if person and (last in SUBJECTS | {"de", "of", "von", "di", "van", "à"}):
        return True
    if unit != "year" or not words[first].fold.isdigit() or NOUN.match(text, end):
        return False
    return fold in {"años", "ans", "anni", "anos", "ani", "лет", "років", "роки", "года", "lat"} and last not in NO_AGE


def _possible(fold: str) -> bool:
    return not fold.isdigit() or int(fold) <= 120


def _after_mark(text: str, words: Sequence[Word], i: int) -> Iterator[tuple[int, int]]:
    """A number right after ``aged``, ``Age:``, ``edad``, ``minor of``."""
    at = i + 1
    while at < len(words) and at - i < 3 and words[at].fold in {"of", "de", "is", "only", "was", "à", "von"}:
        at += 1
    gap = text[words[at - 1].end : words[at].start] if at < len(words) else "…"
    if LABELS.fullmatch(gap) is None:
        return
    end = count_end(text, words, at)
    if (
        end == at
        or not _possible(words[at].fold)
        or words[at].fold in {"a", "o", "un", "une", "una", "ein", "eine", "one"}
    ):
        return
    if text[words[end - 1].end : words[end - 1].end + 1] in {"/", "%"}:
        return
    if end + 1 < len(words) and words[end].fold in {"or", "to", "and"} and count_end(text, words, end + 1) > end + 1:
        end = count_end(text, words, end + 1)
    unit = end + 1 if end < len(words) and words[end].fold == "de" else end
    if unit < len(words) and words[unit].fold in UNITS and words[unit].start - words[end - 1].end <= 4:
        end = unit + 1
    yield words[at].start, words[end - 1].end


def _decade_of_life(words: Sequence[Word], i: int) -> Iterator[tuple[int, int]]:
    """``in her thirties``, ``in his late 20s``."""
    at = i + 1
    if at < len(words) and words[at].fold in {"early", "mid", "late"}:
        at += 1
    if at < len(words) and (words[at].fold in DECADES or re.fullmatch("[1-9]0['’]?s", words[at].fold)):
        yield words[at].start if at == i + 1 else words[i + 1].start, words[at].end


def _subject(text: str, words: Sequence[Word], i: int) -> bool:
    """Whether a word for a sex describes the person of an age: ``varón de 34 años``, ``a 34-year-old woman``."""
    around = [*words[max(0, i - 3) : i], *words[i + 1 : i + 5]]
    aged = any(UNITS.get(word.fold) in {"year", "month", "day", "week"} or word.fold in MARKS for word in around)
    if aged and any(word.fold[0].isdigit() or count_end(text, words, j) > j for j, word in _near(words, i)):
        return True
    return bool(i) and words[i - 1].fold in {"paciente", "patient", "patiente", "pacient", "sexo", "lactante"}


def _near(words: Sequence[Word], i: int) -> Iterator[tuple[int, Word]]:
    for j in range(max(0, i - 4), min(len(words), i + 5)):
        yield j, words[j]
