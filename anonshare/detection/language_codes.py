"""Languages by what people write into a column (``English``, ``română``, ``spa``), and the scripts that they use.

Codes are those of ISO 639-1 and 639-2; varieties that the identifier tells apart are their language.
"""

from __future__ import annotations

from collections.abc import Iterable

from anonshare.codes.headers import meaning_of

__all__ = ["SCRIPTS", "UNSURE", "language_code", "language_column", "one_code"]

UNSURE = "und"
"""ISO 639-2 for "undetermined": a note of which neither itself nor a column nor the policy tells the language."""

_NAMED: dict[str, str] = {
    "am": "amh amharic አማርኛ", "ar": "ara arabic العربية", "bg": "bul bulgarian български", "bn": "ben bengali bangla বাংলা",
    "ca": "cat catalan català", "cs": "cze ces czech čeština", "da": "dan danish dansk", "de": "ger deu german deutsch",
    "el": "gre ell greek ελληνικά", "en": "eng english anglais inglés engleză", "es": "spa spanish español castellano",
    "et": "est estonian eesti", "fa": "per fas persian farsi dari فارسی", "fi": "fin finnish suomi",
    "fr": "fre fra french français", "hi": "hin hindi हिन्दी", "hr": "hrv croatian hrvatski", "hu": "hun hungarian magyar",
    "hy": "arm hye armenian", "id": "ind indonesian bahasa", "it": "ita italian italiano", "ja": "jpn japanese 日本語",
    "ka": "geo kat georgian", "km": "khm khmer", "ko": "kor korean 한국어", "ku": "kur kurdish", "lo": "lao",
    "lt": "lit lithuanian lietuvių", "lv": "lav latvian latviešu", "mk": "mac mkd macedonian", "my": "bur mya burmese",
    "ne": "nep nepali", "nl": "dut nld dutch nederlands", "no": "nor norwegian norsk", "pl": "pol polish polski",
    "ps": "pus pashto", "pt": "por portuguese português", "ro": "rum ron romanian română moldovan",
    "ru": "rus russian русский", "sk": "slo slk slovak slovenčina", "sl": "slv slovenian slovenščina", "so": "som somali",
    "sq": "alb sqi albanian shqip", "sr": "srp serbian srpski српски", "sv": "swe swedish svenska", "sw": "swa swahili",
    "th": "tha thai ไทย", "ti": "tir tigrinya", "tl": "tgl tagalog filipino", "tr": "tur turkish türkçe",
    "uk": "ukr ukrainian українська", "ur": "urd urdu اردو", "vi": "vie vietnamese", "yo": "yor yoruba",
    "zh": "chi zho chinese mandarin 中文",
}  # fmt: skip
_BY_NAME = {name: code for code, names in _NAMED.items() for name in (code, *names.split())}

_VARIETIES = {"ary": "ar", "arz": "ar", "fuv": "ff", "grc": "el", "hbo": "he", "kik": "ki", "nn": "no", "sdh": "ku",
              "uzs": "uz", "wuu": "zh", "yue": "zh", "zxx": UNSURE}  # fmt: skip

SCRIPTS: dict[str, str] = {
    code: script
    for script, codes in {
        "ARABIC": "ar fa ps sd sdh ug ur",
        "ARMENIAN": "hy",
        "BENGALI": "as bn",
        "CJK": "ja wuu yue zh",
        "CYRILLIC": "ba be bg kk ky mk mn ru sr tg tt uk",
        "DEVANAGARI": "gom hi mr ne sa",
        "ETHIOPIC": "am ti",
        "GEORGIAN": "ka",
        "GREEK": "el grc",
        "GUJARATI": "gu",
        "GURMUKHI": "pa",
        "HANGUL": "ko",
        "HEBREW": "he yi",
        "KANNADA": "kn",
        "KHMER": "km",
        "LAO": "lo",
        "MALAYALAM": "ml",
        "MYANMAR": "my",
        "ORIYA": "or",
        "SINHALA": "si",
        "TAMIL": "ta",
        "TELUGU": "te",
        "THAI": "th",
        "TIBETAN": "dz",
    }.items()
    for code in codes.split()
}
"""Language -> the script that it is written in, as Unicode names its letters; Latin where none is given."""


def language_code(cell: str) -> str | None:
    """The code (ISO 639-1) that a cell means: a code, a name, the first part of a tag such as ``en-GB``; else None."""
    word = cell.strip().casefold().replace("_", "-").split("-")[0].split("(")[0].strip()
    return _BY_NAME.get(word)


def language_column(names: Iterable[str]) -> str | None:
    """The column that tells the language of the notes, by its name; the shortest, for others tell a mother tongue."""
    told = [name for name in names if (meaning := meaning_of(name)) is not None and meaning.entity == "language"]
    return min(told, key=len, default=None)


def one_code(label: str) -> str:
    """The language of a variety that the identifier tells apart."""
    return _VARIETIES.get(label, label)
