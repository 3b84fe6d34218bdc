"""Inflection by rules: from the form in a dictionary to the forms in texts, in twelve languages.

It makes forms to look up, not to print: a form that nobody says finds nothing. Hand-written from school grammar.
"""

from __future__ import annotations

from anonshare.detection.reading import Reading, folded

__all__ = ["forms_of", "plain_of"]

_S = ("", "s")
_PL = ("", "a", "owi", "em", "ie", "i", "y", "ów", "om", "ami")
_RO_T = ("t", "tul", "tului", "ți", "ții", "ților", "tă", "ta", "te", "tei", "tele", "telor")

ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("german", "german germans"),
        ("woman", "woman women"),
        ("man", "man men woman women mans"),
        ("ese", "ese"),
        ("ss", "ss sses"),
        ("sh", "sh"),
        ("ch", "ch ches"),
        ("y", "y ies"),
        ("", "- s"),
    ),
    "es": (
        ("o", "o a os as"),
        ("és", "és esa eses esas"),
        ("án", "án ana anes anas"),
        ("ín", "ín ina ines inas"),
        ("ón", "ón ona ones onas"),
        ("or", "or ora ores oras"),
        ("í", "í íes ís"),
        ("z", "z ces"),
        ("l", "l la les las"),
        ("n", "n na nes nas"),
        ("", "- s"),
    ),
    "fr": (
        ("en", "en enne ens ennes"),
        ("on", "on onne ons onnes"),
        ("er", "er ère ers ères"),
        ("teur", "teur trice teurs trices teuse teuses"),
        ("eur", "eur euse eurs euses eure eures"),
        ("ec", "ec ecque ecs ecques"),
        ("c", "c que cs ques"),
        ("if", "if ive ifs ives"),
        ("e", "e es"),
        ("", "- e s es"),
    ),
    "de": (
        ("isch", "isch ische ischer ischen isches ischem"),
        ("er", "er erin erinnen ern ers"),
        ("e", "e en in innen"),
        ("mann", "mann mannes mannen männer frau frauen leute"),
        ("frau", "frau frauen"),
        ("", "- in innen en s es e"),
    ),
    "ro": (
        ("ian", "ian ianul ianului ieni ienii ienilor iană iana iene ienei ienele ienelor"),
        ("ean", "ean eanul eanului eni enii enilor eană eana ene enei enele enelor"),
        ("esc", "esc ească ești eștii eștilor eștile"),
        ("că", "că ca ce cei cele celor"),
        ("ist", "ist istul istului iști iștii iștilor istă ista iste istei istele istelor"),
        ("t", " ".join(_RO_T)),
        ("z", "z zul zului zi zii zilor ză za ze zei zele zelor"),
        ("tor", "tor torul torului tori torii torilor toare toarea toarei toarele toarelor"),
        ("d", "d dul dului zi zii zilor dă da de dei dele delor"),
        ("tru", "tru trul trului tri trii trilor tră tra tre"),
        ("u", "u ul ului i ii ilor"),
        ("ie", "ie ia iei ii iile iilor"),
        ("e", "e ele elui i ii ilor"),
        ("ă", "ă a ei e ele elor"),
        ("a", "a ei ale alei alelor"),
        ("og", "og ogul ogului ogi ogii ogilor ogă oga oge ogei ogele ogelor"),
        ("", "- ul ului i ii ilor ă a e ei ele elor"),
    ),
    "it": (
        ("co", "co ca ci chi che"),
        ("go", "go ga gi ghi ghe"),
        ("io", "io ia i ie"),
        ("o", "o a i e"),
        ("tore", "tore trice tori trici tora"),
        ("iere", "iere iera ieri"),
        ("ista", "ista isti iste"),
        ("e", "e i essa esse"),
        ("a", "a i e"),
        ("", "-"),
    ),
    "pt": (
        ("ão", "ão ã ões ãos ãs ães"),
        ("o", "o a os as"),
        ("ês", "ês esa eses esas"),
        ("or", "or ora ores oras"),
        ("ol", "ol ola óis olas"),
        ("eu", "eu eia eus eias"),
        ("", "- s"),
    ),
    "nl": (("s", "s se"), ("", "- en e s")),
    "pl": (
        ("ki", "ki ka kie kiego kiej kim kich kimi ką kiemu"),
        ("ka", "ka ki kę ką ce ek kom kami"),
        ("nin", "nin nina ninem ninowi nie n nom nami"),
        ("iec", "iec ca cem cowi cy ców com cami"),
        ("", " ".join(e or "-" for e in _PL)),
    ),
    "uk": (
        ("ий", "ий а е і ого ої ому им их ими у ою ій"),
        ("ка", "ка ки ку кою ці ок кам ками"),
        ("ець", "ець ця цю цем ці ців цеві"),
        ("нин", "нин нина нину нином ни н нам"),
        ("", "- а у ом и ів ам ами і"),
    ),
    "ru": (
        ("ий", "ий ая ое ие ого ой ому им их ими ую ом"),
        ("ка", "ка ки ку кой ке ок кам ками"),
        ("ец", "ец ца цу цем цы цев цам цами"),
        ("нин", "нин нина нину нином не н нам"),
        ("", "- а у ом ы ов ам ами и ей"),
    ),
    "tr": (("", "- lar ler lı li"),),
}  # fmt: skip
"""Language -> (ending of the form in a dictionary, what stands in its place); the first ending that fits counts."""


def forms_of(language: str, word: str) -> frozenset[str]:
    """The forms of a word, as ``Reading.plain`` writes them; of a phrase its last word; of what begins with "=" itself."""
    if word.startswith("="):
        return frozenset({plain_of(word)})
    for ending, ends in ENDINGS[language]:
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            return frozenset(plain_of(stem + end.replace("-", "")) for end in ends.split())
    return frozenset({plain_of(word)})


def plain_of(phrase: str) -> str:
    """A phrase in folded case and without accents, its words parted by blanks."""
    return folded(phrase) if phrase.isalpha() else " ".join(Reading(phrase).plain)
