"""Words before a letter or an unlisted name that say that a person is meant, and words that say that none is."""

from __future__ import annotations

from anonshare.detection.recognizers.nationalities_forms import plain_of

__all__ = [
    "AND",
    "ARTICLES",
    "BARE_WORDS",
    "KIN",
    "NO_PERSON",
    "PEOPLE",
    "PLACES",
    "PREPOSITIONS",
    "SAYING",
    "TITLES",
    "VERBS",
]


def _plain(words: str) -> frozenset[str]:
    return frozenset(plain_of(words).split())


KIN = _plain(
    "mother father sister brother son daughter wife husband uncle aunt cousin nephew niece grandmother grandfather boyfriend girlfriend fiancé fiancée "
    "stepfather stepmother partner spouse madre padre hermana hermano hijo hija esposa esposo marido mujer tía tío prima primo sobrino sobrina abuela abuelo "
    "novio novia cuñado cuñada suegra suegro nieto nieta padrastro madrastra mère père soeur sœur frère fils fille épouse époux mari tante oncle cousine "
    "neveu nièce copain compagnon compagne fiancée mutter vater schwester bruder sohn tochter ehefrau ehemann onkel tante cousin cousine neffe nichte "
    "mama mamă tata tatăl tatălui mamei sora soră sorei fratele fratelui fiul fiului fiica fiicei soția soției soțul soțului mătușa unchiul unchiului vărul vara "
    "verișoara nepotul nepoata bunica bunicul iubitul prietenul prietena logodnicul concubinul sorella fratello figlio figlia moglie marito zio zia cugino "
    "cugina nonna nonno fidanzato fidanzata mãe pai irmã irmão filho filha marido avó avô namorado namorada"
) - _plain("vara mujer fils partner prima primo")  # fmt: skip
"""Right before a capitalized word they are a person's: ``su hermana Xiomara``."""

PEOPLE = KIN | _plain(
    "girl boy woman man victim witness minor child children complainant accused defendant suspect applicant survivor patient client trafficker person "
    "víctima testigo menor niña niño mujer acusado acusada denunciante imputado imputada procesado detenido detenida perjudicado paciente chica chico joven "
    "victime témoin mineure mineur enfant fille garçon femme prévenu prévenue accusé accusée plaignante plaignant patiente "
    "zeuge zeugin zeugen angeklagte angeklagten angeklagter beschuldigte beschuldigten geschädigte geschädigten geschädigter kläger klägerin klägers "
    "beklagte beklagten beklagter opfer opfers nebenklägerin nebenkläger kind kindes mädchen frau herr herrn patientin betroffene betroffenen ehefrau "
    "lebensgefährte lebensgefährtin lebensgefährten sachverständige sachverständigen sachverständiger mitangeklagte mitangeklagten antragsteller "
    "antragstellerin beschwerdeführer beschwerdeführerin erblasser erblasserin gesellschafter gesellschafterin justizinspektor fahrer mieter mieterin "
    "inculpat inculpatul inculpata inculpatului inculpatei inculpații minor minora minorul minorei minorului numit numita numitul numitei numitului martor "
    "martora martorul martorului victima victimei victimele partea vătămată vătămata pârât pârâtul pârâta reclamant reclamanta reclamantul suspect suspectul "
    "suspecta tânăra tânărul fata fetei băiatul femeia bărbatul inculpata petentul petenta "
    "vittima testimone minore ragazza ragazzo donna uomo imputato imputata indagato indagata signora signor bambina bambino paziente"
)  # fmt: skip

TITLES = _plain(
    "mr mrs ms miss dr dra prof sr sra srta don doña mme mlle m frau herr herrn sig domnul doamna dl dna med jur phil rer judge señor señora"
)
PREPOSITIONS = _plain(
    "an von mit für durch gegen bei zwischen sondern war dass seitens wonach weil ob als seiner ihrer hat habe"
)
"""German words before the bare letter of a person: ``eine Zahlung an S in Höhe``."""

SAYING = _plain(
    "that que qu că ca che dass told met by with told called when because if while where saw că să lui pe con par avec por chi"
)
"""Before a letter with a full stop, and a small word behind it, they say that a person is meant."""

ARTICLES = frozenset({"der", "die", "den", "dem", "des"})
PLACES = frozenset({"in", "nach", "aus", "land", "gemeinde", "stadt", "bezirk", "kreis"})
"""German words before a letter that stands for a place."""

AND = frozenset({"und", "and", "y", "e", "et", "si", "sowie", "or", "oder"})
VERBS = _plain(
    "said told was is had has stated went came claimed explained testified confirmed denied replied asked lived worked met left arrived described refused "
    "began became did does says tells knew paid took gave made called wrote suffered "
    "hat habe hatte war sei ist wollte ging kam sagte erklärte gab wurde teilte führte fuhr sollte konnte wusste schlug lebte arbeitete wohnt wohnte leidet "
    "dijo declaró afirmó manifestó fue era estaba tenía trabajaba vivía relató contó explicó llegó conoció refirió es "
    "dit déclara affirma était avait est a travaillait vivait raconte explique arriva disse dichiarò aveva lavorava viveva racconta "
    "era spus declarat povestit lucra locuia avea povestește spune arătat"
) - frozenset({"a", "est"})
NO_PERSON = _plain(
    "art article artikel artículo articol articolul articolului abs absatz nr no number núm n section sections sec sect § paragraph para par annex annexe anexo "
    "anexa anlage anhang appendix part parte teil class clase classe klasse clasa type tipo typ tip tipul group grupo gruppe grupa groupe vitamin vitamina vitamine hepatitis hepatita "
    "hépatite hepatitis influenza gripe grupo category categoría kategorie catégorie categoria level nivel niveau nivelul stufe stage fase phase plan option opción "
    "variante variant version versión buchst buchstabe letter letra lettre litera lit satz s punkt punto point item figure fig figura abbildung abb table tabla tabelle "
    "seite page página pagina vol volume band kap kapitel chapter capítulo block bloque blocul bl sc scara ap apt apartment room sala zimmer halle tor gate terminal "
    "platform gleis linie line línea línea linia route ruta road exit salida division serie series series form formular modelo model modell streptococcus strep protein "
    "proteína linfocitos células célula cell cells lymphocytes factor faktor escherichia clostridium staphylococcus anticuerpo antígeno antigen "
    "grade grado grad school team equipo echipa mannschaft liga divizia quality top plan vertamin besoldungsgruppe entgeltgruppe vergütungsgruppe spezifikation merkmal "
    "sqn company compañía kompanie camp lager haus house building gebäude turm block dosar hand stadium stufe ziffer hs az rn rz vgl bgh bverfg nr iso din form"
)
"""Before a letter they say that no person is meant: ``Hepatitis B``, ``Annex A``, ``Klasse C``."""

BARE_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset("AI"),
    "es": frozenset("AEOUY"),
    "fr": frozenset("AYM"),
    "it": frozenset("AEIO"),
    "pt": frozenset("AEO"),
    "ro": frozenset("AEO"),
}
"""Capital letters that are words of a language: without a full stop they stand for nobody there."""
