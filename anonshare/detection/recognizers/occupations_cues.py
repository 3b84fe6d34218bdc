"""Words before an occupation that say that it is somebody's, and words that end its mention."""

from __future__ import annotations

from anonshare.detection.recognizers.nationalities_forms import plain_of
from anonshare.detection.recognizers.nationalities_phrases import Phrases

__all__ = [
    "AFTER",
    "ARTICLES",
    "BELONG",
    "COPULAS",
    "CUES",
    "ENDS",
    "MODIFIERS",
    "NAMES_BEHIND",
    "NOT_ROLES",
    "SOMEBODYS",
    "STUDIES",
]

_OPEN = (
    "worked as|works as|working as|work as|employed as|employment as|job as|jobs as|hired as|trained as|training as|qualified as|position as|"
    "position of|post of|posts of|profession of|profession as|career as|served as|serving as|appointed as|reappointed as|"
    "recruited as|engaged as|practised as|practices as|practise as|practice as|practicing as|practising as|trabaja como|trabajaba como|trabajó como|trabajando como|trabajado como|trabajar como|"
    "empleado como|empleada como|contratada como|contratado como|ejerce como|ejercía como|"
    "travaille comme|travaillait comme|travaillé comme|travailler comme|employé comme|employée comme|engagée comme|embauchée comme|"
    "lucrează ca|lucra ca|lucrat ca|lucreze ca|angajat ca|angajată ca|muncit ca|muncea ca|"
    "muncește ca|munci ca|lavora come|lavorava come|lavorato come|lavorare come|impiegata come|"
    "impiegato come|assunta come|assunto come|trabalha como|trabalhava como|trabalhou como|trabalhar como|"
    "empregada como|empregado como|arbeitet als|arbeitete als|tätig als|beschäftigt als|angestellt als|"
    "tätigkeit als|beruf als|ausbildung als|ausbildung zur|ausbildung zum|arbeit als|arbeiten als|stelle als"
)
_CLOSED = (
    "profissão de|emprego de|mestiere di|professione di|meseria de|funcția de|postul de|post de|profession de|poste de|métier de|emploi de|profesión de|oficio de|puesto de|empleo de|trabaja de|trabajaba de|trabajó de|trabajando de|trabajo de|hace de|hacía de|en tant que|en qualité de|în calitate de|de profesie|"
    "de profesión|profesión|di professione|de profissão|fa il|fa la|faceva il|faceva la|fait le|als|as|by profession|profession|retired|"
    "former|unemployed|jubilado|jubilada|retraité|retraitée|fost|fosta|fostul|pensionat|ehemaliger|ehemalige|gelernter|gelernte|ex|"
    "meserie|ocupația|studied to be|training to be|wanted to be|student"
)
CUES: Phrases[bool] = Phrases(
    [*((cue, True) for cue in _OPEN.split("|")), *((cue, False) for cue in _CLOSED.split("|"))]
)
"""Whether any noun may follow the cue, or listed occupations alone."""

AFTER: Phrases[bool] = Phrases(
    (cue, True)
    for cue in (
        "by profession", "by trade", "by occupation", "de profesión", "de oficio", "de profession", "de métier",
        "de profesie", "de meserie",
        "di professione", "di mestiere", "de profissão", "von beruf",
    )
)  # fmt: skip
"""Behind an occupation: ``a baker by trade``."""

COPULAS = frozenset(
    plain_of(
        "is was were been be being became become am are are's es era fue soy ser sido siendo est était suis devenu devenue étant este sunt "
        "eram fiind devenit ist war bin wurde geworden gewesen è sono é foi sou sei"
    ).split()
)
ARTICLES = frozenset(
    plain_of(
        "a an the his her their my our un una uno une unos unas des ein eine einen einem einer der die den dem um uma o un' l' el la le il lo"
    ).split()
)
MODIFIERS = frozenset(
    plain_of(
        "young former retired qualified licensed local senior junior chief professional freelance part-time full-time well known famous trained "
        "registered assistant deputy head self-employed unemployed successful experienced practising private state joven antiguo jubilado "
        "conocido célèbre jeune ancien ancienne bekannter ehemaliger selbständiger selbständige giovane ex noto part time full old gran"
    ).split()
)
"""They may stand between an article and an occupation."""

ENDS = frozenset(
    plain_of(
        "a an the at in on of for with to and or but by from as since until when where while who which that before after during under because "
        "he she they his her their was is were had has been also then so if than such well much hard little usual long part her's "
        "en de del la el los las un una por para con desde hasta cuando donde que y o su sus siempre antes tal parte era es fue al lo se como "
        "à dans du des le les une pour avec depuis et ou qui au aux chez sur est était son sa ses "
        "la în de din pe cu pentru și sau care este era fost al ai ale lui sa într intr unde cand "
        "im in bei der die das den dem ein eine für mit und oder seit von zu zum zur am an auf ist war hat "
        "il lo gli uno con per tra da dal dalla presso nel nella nei alla e em no na nos nas com desde"
    ).split()
)
"""Where the mention of an occupation ends that no list knows."""

BELONG = frozenset({"retired", "unemployed", "assistant", "deputy", "jubilado", "jubilada", "retraite", "retraitee"})
"""They belong to the mention where they stand right before it."""

STUDIES = frozenset({"student", "professor", "lecturer", "teacher"})
"""Of them it is told where they are."""

NAMES_BEHIND = frozenset({"es", "fr", "ro", "it", "pt", "en"})
"""Languages in which an occupation right before a capitalized word belongs to the mention of a person."""

SOMEBODYS = frozenset(
    {
        "lawyer",
        "advocate",
        "attorney",
        "judge",
        "prosecutor",
        "policeman",
        "detective",
        "director",
        "model",
        "author",
        "coach",
        "pupil",
    }
)
"""Words of procedure that tell somebody's occupation behind ``is a``."""

NOT_ROLES = frozenset(
    plain_of(
        "militară militare fotografii istoric istorică istorice istorici premieră premiera premierei premiere administrativă consiliere "
        "parlamentare parlamentară sanitar sanitară sanitare școlară școlare școlar sportivă sportive primară primare menajere parohii vânătoare "
        "misionară oficială oficiale oficiala creatoare comercială tehnice critică judecătoria oficial rector"
    ).split()
)
"""Forms that are adjectives or things in Romanian, where the man's form is a role."""
