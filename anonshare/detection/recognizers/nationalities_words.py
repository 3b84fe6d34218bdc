"""What stands beside the word for a nation: words that say that a person is meant, and words that say that a State is."""

from __future__ import annotations

from anonshare.detection.recognizers.nationalities_forms import forms_of, plain_of

__all__ = ["ACCENTED", "BEFORE_PERSON", "BEHIND_PERSON", "PEOPLE_OF", "STATE_BEFORE", "STATE_BEHIND", "UNACCENTED"]


def _all(language: str, words: str) -> frozenset[str]:
    return frozenset(form for word in words.split() for form in forms_of(language, word))


BEHIND_PERSON = frozenset(
    [
        "national", "nationals", "citizen", "citizens", "nationality", "citizenship", "born", "speaking", "speaker", "origin", "descent",
        "staatsangehorige", "staatsangehoriger", "staatsangehorigen", "staatsburger", "staatsburgerin", "herkunft", "abstammung",
        "staatsangehorigkeit", "nationalitat",
    ]
)  # fmt: skip
"""They belong to the mention: ``a Polish national``, ``Romanian-born``."""

PEOPLE_OF = frozenset(
    plain_of(
        "woman women man men girl girls boy boys people person persons child children family families community communities origin ethnicity descent "
        "minority population victim victims mother father background heritage settlement camp frau frauen mädchen mann familie familien kind kinder"
    ).split()
)
"""Behind ``Roma`` they say that the people is meant, not the city."""

BEFORE_PERSON = (
    _all("es", "ciudadano súbdito nacional")
    | _all("fr", "citoyen ressortissant sujet")
    | _all("it", "cittadino")
    | _all("pt", "cidadão nacional")
    | _all("ro", "cetățean cetățeancă resortisant")
    | frozenset({"cetateni", "cetatenii", "cetatenilor", "nacionalidad", "nationalite", "nazionalita", "nacionalidade"})
    | frozenset({"cetatenie", "nationalitate", "etnie", "etnia", "nacionalidades", "ethnic", "obywatel", "obywatelka"})
    | frozenset(
        plain_of("громадянин громадянка громадянина гражданин гражданка гражданина гражданку громадянку").split()
    )
)

STATE_BEHIND = frozenset(
    plain_of(
        "government governments authorities authority law laws court courts police army state states republic parliament constitution "
        "constitutional civil criminal penal legal legislation code lira liras lire zloty zlotys kronor krone krona schilling schillings franc francs "
        "marks pounds embassy official officials supreme ministry minister ministers prime federal armed administration forces bar convention translation "
        "version territory soil border legislature judiciary prosecution intelligence market economy press media government's union "
        "system language-version practice society public administrative legal-system side legislative troops gendarmerie military occupation intervention invasion "
        "regierung behörden behörde recht rechts gericht gerichte gerichten polizei staat staates gesetz gesetze gesetzes parlament "
        "verfassung botschaft grenze markt fassung sprache übersetzung hauptstadt wirtschaft urheberrecht"
    ).split()
)
"""Behind the word they say that a State, its law or its money is meant, which names nobody."""

STATE_BEFORE = frozenset(
    plain_of(
        "gobierno gobiernos autoridades autoridad policía ejército estado ley leyes legislación derecho tribunales tribunal justicia "
        "embajada consulado constitución código territorio frontera mercado sociedad escala población literatura versión posición silla bastón bastones tinción tinte técnica "
        "gouvernement autorités autorité police armée état loi lois législation droit tribunaux ambassade consulat constitution "
        "territoire frontière marché société république douane "
        "governo autorità polizia esercito stato legge leggi legislazione diritto ambasciata consolato costituzione territorio confine "
        "autoridades polícia exército lei leis legislação direito embaixada constituição fronteira república repubblica "
        "guvernul guvernului guvern autoritățile autorităților statul statului legea legislația dreptul ambasada consulatul armata "
        "poliția constituția granița teritoriul piața presa mass-media economia limba codul academia televiziunea radioul republica"
    ).split()
)  # fmt: skip

ACCENTED = frozenset(
    plain_of(
        "roman romane romanul romanului romanii romana romanelor romanele ceh ceha cehul rusi rusii sarba suisse "
        "cina persa indi"
    ).split()
)
"""Words of daily life without their accents: a novel is ``roman`` where no circumflex stands."""

UNACCENTED = frozenset({"corse", "corses"})
"""Other words with an accent: ``corsé`` is no Corsican."""
