"""Dates and times in figures, each proved by its ranges."""

from __future__ import annotations

import re

from anonshare.detection.recognizers.shape import Shape

__all__ = ["DATES"]

NUMBERS = re.compile(r"[0-9]+")


def _day_month(text: str) -> bool:
    """Day, month and year in either order: the ranges of a calendar, a century given or not."""
    first, second, year = (int(n) for n in NUMBERS.findall(text)[:3])
    return 1 <= min(first, second) <= 12 and 1 <= max(first, second) <= 31 and (year < 100 or 1850 <= year <= 2100)


def _year_first(text: str) -> bool:
    year, month, day = (int(n) for n in NUMBERS.findall(text)[:3])
    return 1850 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31


def _compact(text: str) -> bool:
    digits = NUMBERS.findall(text)[0]
    return 1900 <= int(digits[:4]) <= 2050 and 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:8]) <= 31


def _clock(text: str) -> bool:
    numbers = [int(n) for n in NUMBERS.findall(text)]
    return numbers[0] <= 24 and all(n < 60 for n in numbers[1:3])


_ALONE = r"(?<![0-9][./:,-])(?<![\w/+-])"
_END = r"(?![0-9]|[./-][0-9])"
_TIME = r"(?:(?:T|,? {1,2}(?:at |a las |à |um |la ora )?)[0-9]{1,2}[:h.][0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6})?)?(?: ?(?:Z|[AaPp]\.?[Mm]\b\.?|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?)?"

DATES: tuple[Shape, ...] = (
    Shape(
        "DATE_TIME",
        re.compile(rf"{_ALONE}[0-9]{{1,2}}(?: ?[./] ?|-)0?[0-9]{{1,2}}(?: ?[./] ?|-)(?:[0-9]{{4}}|[0-9]{{2}}){_END}{_TIME}"),
        ("born «12/05/1998»", "la «12.05.2021» a", "el «3-4-99»", "am «12. 05. 2021» um", "on «05/12/2021 14:30» he", "«27/011/2014»"),
        ("see 36/110/97", "version 1.2.3.4", "from 99.99.2021", "0.12.05.2020.3"),
        "day, month, year (or month first) with one separator",
        score=0.8,
        check=_day_month,
    ),
    Shape(
        "DATE_TIME",
        re.compile(rf"{_ALONE}[0-9]{{4}}(?P<by>[./-])[0-9]{{1,2}}(?P=by)[0-9]{{1,2}}{_END}{_TIME}"),
        ("on «2021-05-12» at", "«2021-05-12T14:30:00Z»", "«2021/05/12»", "«2021-05-12 14:30»", "«2021-05-12T14:30:00+02:00»"),
        ("case 2021-13-45", "1234-567-89"),
        "ISO 8601",
        score=0.9,
        check=_year_first,
    ),
    Shape(
        "DATE_TIME",
        re.compile(rf"{_ALONE}(?:19|20)[0-9]{{2}}-?W(?:0[1-9]|[1-4][0-9]|5[0-3])(?:-?[1-7])?(?!\w)"),
        ("in «2021-W05» they", "«2021-W05-3»", "«2021W053»"),
        ("2021-W60", "2021-W"),
        "ISO 8601 weeks",
        score=0.9,
    ),
    Shape(
        "DATE_TIME",
        re.compile(rf"{_ALONE}(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])T[0-9]{{4,6}}Z?(?!\w)"),
        ("at «20210512T143000Z»",),
        ("order 20210512",),
        "ISO 8601, basic format",
        score=0.9,
        check=_compact,
    ),
    Shape(
        "DATE_TIME",
        re.compile(rf"{_ALONE}(?:0?[1-9]|1[0-2]) ?[./-] ?(?:19[0-9]{{2}}|20[0-3][0-9]){_END}(?! ?[€$£%])"),
        ("since «05/2021»", "in «12.2019», she", "from «3-2004»"),
        ("paid 12.2019 €", "case 17/2021"),
        "month and year",
        score=0.6,
    ),
    Shape(
        "DATE_TIME",
        re.compile(rf"{_ALONE}(?:19|20)[0-9]{{2}}-(?:0[1-9]|1[0-2]){_END}(?![\w-])"),
        ("in «2021-05» she",),
        ("from 2021-25", "2021-05-a"),
        "ISO 8601, year and month",
        score=0.6,
    ),
    Shape(
        "DATE_TIME",
        re.compile(rf"{_ALONE}(?:19|20)[0-9]{{2}} ?[-–/] ?(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}}){_END}(?![\w%])"),
        ("in «2003-2004» he", "season «2019/20»", "«1999 – 2003»"),
        ("case 2019/201", "1850/20"),
        "two years",
        score=0.5,
    ),
    Shape(
        "DATE_TIME",
        re.compile(rf"{_ALONE}[0-9]{{1,2}}[:h][0-9]{{2}}(?::[0-9]{{2}})?(?: ?[AaPp]\.?[Mm]\b\.?| ?(?:hrs?|Uhr|horas|h)\b)?(?![\w:])"),
        ("at «14:30» he", "à «14h30», elle", "at «2:30 pm» sharp", "um «14:30 Uhr»", "«23:59:59»"),
        ("ratio 45:99", "a 1:2:3:4:5", "Ps 119:105"),
        "times of day, ISO 8601 and as people write them",
        score=0.6,
        check=_clock,
    ),
    Shape(
        "DATE_TIME",
        re.compile(rf"{_ALONE}(?:[0-9]{{1,2}}[.:])?[0-9]{{1,2}} ?(?:(?:[ap]\.m\b\.?|[AaPp][Mm]\b)|noon\b|midnight\b|o['’]clock\b|Uhr\b)"),
        ("at «2.30 pm» and", "about «9 p.m.»", "at «7 o'clock»", "um «14 Uhr»", "«12.45 p.m.»"),
        ("99 pm", "5 pmol"),
        "times of day by the half of the day",
        score=0.7,
        check=_clock,
    ),
    Shape(
        "DATE_TIME",
        re.compile(rf"{_ALONE}[0-9]{{1,2}}[./](?:0?[1-9]|1[0-2])\.?(?= (?:at|um|a las|à|la ora|ore|о|в) [0-9])"),
        ("the «12/05» at 9", "am «12.05.» um 14"),
        ("3/4 of them",),
        "day and month before a time",
        score=0.5,
    ),
    Shape(
        "DATE_TIME",
        re.compile(
            r"(?:(?<=[Aa]m )|(?<=vom )|(?<=bis )|(?<=seit )|(?<=den )|(?<=dem )|(?<=zum )|(?<=und )|(?<=ab )|(?<=pe )|(?<=la )|(?<=il )|(?<=dal )|(?<=dia )|(?<=el )|(?<=[Oo]n ))"
            r"(?:0?[1-9]|[12][0-9]|3[01])[./](?:0?[1-9]|1[0-2])(?:\.(?![0-9])|(?![0-9./]))"
        ),
        ("am «12.03.» in", "vom «5.5.» bis", "pe «12/03» a", "il «3/5», alle"),
        ("am 45.03. in", "la 12/13", "um 12.03."),
        "a day and a month in figures behind a word for a day",
        score=0.7,
    ),
    Shape(
        "DATE_TIME",
        re.compile(
            r"(?:(?<=às )|(?<=as )|(?<=à )|(?<=las )|(?<=vers )|(?<=gegen )|(?<=um )|(?<=alle )|(?<=ore )|(?<=ora )|(?<=at )|(?<=around ))"
            r"(?:[01]?[0-9]|2[0-4])(?: ?h(?:[0-5][0-9])?|[.:][0-5][0-9])(?! ?(?:%|€|[0-9]|km|kg|de evolución))\b"
        ),
        ("às «23h» de", "alle «15.30» di", "vers «22h30» mardi", "a las «17h»"),
        ("a las 99h", "las 24 horas", "um 15.30 €"),
        "a time of day behind a word for it",
        score=0.7,
    ),
    Shape(
        "DATE_TIME",
        re.compile(
            r"(?:1[0-2]|[1-9])(?:[.:][0-5][0-9])? ?(?:de la (?:tarde|mañana|noche|madrugada)|du (?:matin|soir)|de l['\u2019]après-midi|o['\u2019]clock|"
            r"in the (?:morning|evening|afternoon)|at night|da (?:manhã|tarde|noite|madrugada)|di (?:sera|mattina|notte|pomeriggio)|"
            r"dimineața|seara|noaptea|după-amiaza)\b"
        ),
        ("a las «3 de la tarde».", "at «4 in the morning»", "la «10 seara» a"),
        ("3 de la lista", "4 in the van"),
        "an hour and its part of the day",
        score=0.7,
    ),
    Shape(
        "DATE_TIME",
        re.compile(r"\b(?:segunda|terça|quarta|quinta|sexta)-feiras?\b", re.IGNORECASE),
        ("na «terça-feira» à",),
        ("a feira de terça",),
        "weekdays of Portuguese",
        at="anywhere",
        needs=("-feira",),
    ),
    Shape(
        "DATE_TIME",
        re.compile(
            r"\b(?:mid|early|late)-(?:January|February|March|April|May|June|July|August|September|October|November|December|[12][0-9]{3}s?)\b"
            r"(?: [12][0-9]{3})?"
        ),
        ("in «mid-March»,", "since «late-2019»"),
        ("mid-level", "late-night"),
        "a part of a month",
        at="anywhere",
        needs=("mid-", "early-", "late-"),
    ),
    Shape(
        "DATE_TIME",
        re.compile(rf"{_ALONE}(?:0?[1-9]|[12][0-9]|3[01])[ ./-](?:I{{1,3}}|I?V|VI{{1,3}}|I?X|XI{{1,2}})[ ./-](?:19|20)[0-9]{{2}}{_END}"),
        ("born «14-III-2001»", "la «3.XII.1999» a", "el «12 IV 2021»"),
        ("art. 14-III-20", "1-IIII-2001"),
        "a month in Roman figures",
        score=0.9,
    ),
)  # fmt: skip
"""Rows for ``Reading.numbers``."""
