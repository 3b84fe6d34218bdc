"""What a number is when it identifies nobody: a date, a time, an amount, a quantity, the number of a law."""

from __future__ import annotations

import re

__all__ = ["dated", "law", "measured", "part_of_address"]

_D, _M, _Y = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])", "(?:19|20)[0-9]{2}"
_DATE = re.compile(
    rf"(?:{_D}[./-]{_M}[./-](?:{_Y}|[0-9]{{2}})|{_M}/{_D}/(?:{_Y}|[0-9]{{2}})|{_Y}[./-]{_M}(?:[./-]{_D})?|(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|{_M}[./]{_Y}|"
    rf"{_D}\. ?{_M}\. ?{_Y})(?![0-9A-Za-z]|[./-][0-9])"
    rf"|{_Y}-{_M}-{_D}(?=T[0-9])|{_Y} ?[-/\u2013] ?(?:{_Y}|[0-9]{{2}})(?![0-9A-Za-z]|[./-][0-9])"
    r"|[0-2]?[0-9][:.h][0-5][0-9](?::[0-5][0-9])?(?![0-9]|-[A-Za-z])"
)
_MONEY = "€$£¥₹₺₴₦₱฿₫₽₪"
_UNIT = re.compile(
    rf" ?(?:[{_MONEY}%°]|(?:euros?|eur|usd|gbp|ron|lei|leu|uah|pln|zł|zl|chf|sek|nok|dkk|czk|huf|mdl|try|bgn|inr|pkr|ngn|php|thb|vnd|"
    r"dollars?|pounds?|dólares|dolari|dollari|libras|złotych|zloty|hryvnias?|грн|гривень|руб|рублей|pesos?|naira|rupees|baht|dong|đồng|lira|"
    r"francs?|franken|million|mio|people|persons|personas|personnes|persoane|women|men|girls|boys|victims?|víctimas|victimes|"
    r"inhabitants|km|m|cm|mm|kg|g|mg|ml|hours?|horas|heures|stunden|minutes?|days?|días|jours|zile|tage|weeks?|months?|"
    r"years?|años|ans|ani|jahre|times|metres|meters|miles|mph|kmh|km/h|mb|gb|kb|kwh|th|st|nd|rd)\b)",
    re.IGNORECASE,
)
_BEFORE_MONEY = re.compile(
    rf"(?:[{_MONEY}]|\b(?:EUR|USD|GBP|RON|UAH|PLN|CHF|SEK|NOK|DKK|CZK|HUF|MDL|TRY|BGN|INR|PKR|NGN|PHP|THB|VND|Rs\.?|kr|R\$)) ?$"
)
_DECIMAL = re.compile(
    r"[+-]?[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,2})?(?![0-9])|[0-9]{1,4}[.,][0-9]{3,}(?![0-9]|[.-][0-9])"
)
_LAW = re.compile(
    r"\b(?:law|laws|act|acts|directive|regulation|decree|article|articles|section|ley|orgánica|decreto|real decreto|loi|décret|"
    r"règlement|lege|legea|legii|ordonanța|oug|hotărârea|gesetz|verordnung|richtlinie|legge|decreto|lei|regulamento|ustawa|закон|"
    r"resolution|recommendation|convention|iso|stb|cets|page|pages|§§?|\((?:eu|ec|eec)\))[ (]{0,2}(?:\((?:eu|ec|eec|ue|eg)\) ?)?(?:no\.?|nos\.?|nr\.?|núm\.?|n[º°o]\.?|№)? ?$",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"(?:://|www\.|@)[^\s<>]{0,200}$")


def dated(text: str, start: int) -> int:
    """Where the date, the time or the range of years that begins at ``start`` ends; 0 where none begins."""
    found = _DATE.match(text, start)
    return found.end() if found else 0


def measured(text: str, start: int, end: int) -> bool:
    """Whether ``[start, end)`` is an amount, a quantity with its unit, a decimal or a number with thousands marked."""
    if _UNIT.match(text, end) or _BEFORE_MONEY.search(text, max(0, start - 6), start):
        return True
    found = _DECIMAL.match(text, start)
    return found is not None and found.end() >= end


def law(text: str, start: int) -> bool:
    """Whether what begins at ``start`` is the number of a law, an article or a norm."""
    return _LAW.search(text, max(0, start - 40), start) is not None


def part_of_address(text: str, start: int, end: int) -> bool:
    """Whether a stretch lies inside a web or mail address."""
    return text[end : end + 1] == "@" or _IN_ADDRESS.search(text, max(0, start - 210), start) is not None
