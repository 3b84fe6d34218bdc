"""Forms inside of notes: a label, a colon, an answer. The answer identifies whatever it says, and its label tells how.

A label stands at the beginning of a line, behind a full stop, a semicolon, a bar or two spaces; the answer goes to the
end of the line, to the next label, or to a full stop before a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from anonshare.detection.reading import Lexicon, Reading
from anonshare.shapes import Span

__all__ = ["find_answers"]

LABELS: dict[str, str] = {
    "PERSON": (
        "name|full name|first name|last name|given name|surname|family name|maiden name|mother|father|mother's name|"
        "father's name|name of victim|name of mother|name of father|contact person|emergency contact|next of kin|victim|"
        "suspect|patient|client|witness|claimant|caseworker|case worker|interviewer|interpreter|signed|signature|"
        "nombre|nombres|apellido|apellidos|nombre y apellidos|primer apellido|segundo apellido|paciente|víctima|médico|"
        "madre|padre|responsable|contacto|firmado|fdo|remitido por|testigo|"
        "nom|prénom|prénoms|nom et prénom|nom de famille|nom de jeune fille|patient|patiente|victime|mère|père|médecin|"
        "nume|prenume|nume și prenume|numele|prenumele|victima|mama|tata|pacient|medic|martor|"
        "vorname|nachname|familienname|geburtsname|patientin|opfer|mutter|vater|arzt|zeuge|ansprechpartner|"
        "cognome|nome e cognome|paziente|vittima|medico|nome|nome completo|sobrenome|apelido|mãe|pai|"
        "naam|voornaam|achternaam|imię|nazwisko|imię i nazwisko|ім'я|прізвище|імя|имя|фамилия|отчество|adı|soyadı|adı soyadı|"
        "họ tên|họ và tên"
    ),
    "LOCATION": (
        "country|country of origin|country of birth|place of birth|birthplace|city|town|province|state|county|region|district|"
        "village|municipality|país|país de origen|país de nacimiento|lugar de nacimiento|localidad|provincia|ciudad|"
        "localidad/ provincia|localidad/provincia|municipio|población|comunidad autónoma|pays|pays d'origine|lieu de naissance|"
        "ville|commune|département|țara|țara de origine|locul nașterii|oraș|orașul|localitatea|județ|județul|comuna|"
        "land|herkunftsland|geburtsort|ort|wohnort|stadt|paese|città|luogo di nascita|comune|naturalidade|cidade|"
        "local de nascimento|woonplaats|geboorteplaats|miejsce urodzenia|місто|місце народження|город|место рождения|where"
    ),
    "ADDRESS": (
        "address|home address|current address|street|domicilio|dirección|calle|adresse|domicile|rue|adresa|domiciliul|strada|"
        "anschrift|wohnhaft|straße|indirizzo|via|residenza|endereço|morada|adres|адреса|адрес"
    ),
    "MEMBER_NUMBER": (
        "nhc|nass|cipa|cip|nuhsa|nºcol|ncol|nº col|n.º col|nº colegiado|nº de colegiado|nº historia|nº de historia|mrn|"
        "patient no|patient id|hospital no|member id|member no|client id|client no|customer no|cod pacient|versichertennummer|"
        "kundennummer|patientennummer|id paciente|nº asegurado|nº de asegurado|nº paciente|nss"
    ),
    "POSTCODE": "cp|c.p.|código postal|postcode|post code|zip|zip code|code postal|cod poștal|plz|postleitzahl|cap|cep",
    "NRP": (
        "nationality|citizenship|religion|ethnicity|nacionalidad|religión|etnia|nationalité|religion|naționalitate|"
        "naționalitatea|cetățenie|cetățenia|religia|etnie|nationalität|staatsangehörigkeit|nazionalità|nacionalidade|"
        "narodowość|obywatelstwo|громадянство|национальность|гражданство"
    ),
    "OCCUPATION": (
        "occupation|profession|job|job title|position|employer|profesión|ocupación|profession|métier|profesia|ocupația|"
        "ocupație|beruf|professione|profissão|zawód|професія|профессия"
    ),
    "ORGANIZATION": (
        "hospital|school|university|company|organisation|organization|clinic|agency|centro|institución|centro de salud|"
        "universidad|empresa|hôpital|école|entreprise|spital|spitalul|școala|firma|krankenhaus|schule|firma|ospedale|scuola"
    ),
}  # fmt: skip

NOT_PERSON = re.compile(r"(?:unknown|desconocid|inconnu|necunoscut|unbekannt|none|n/a|not |no |sin |-)", re.IGNORECASE)
LEXICON: Lexicon[str] = Lexicon((label, entity) for entity, labels in LABELS.items() for label in labels.split("|"))
BEFORE = re.compile(r"(?:^|[\r\n.;|>•*\t(-]|  )[ \t>•*-]{0,80}\Z")
COLON = re.compile(r"\.? ?(?:\([^()\n]{1,20}\) ?)?[:=] {0,20}")
ANSWER = re.compile(r"[^\r\n|;\t:]{1,100}")
END = re.compile(r"\.(?=\s+[^\W\d_a-zß-öø-ÿ])|\. *\Z|  |, [^\W\d_][\w ]{2,20}:|\.(?=\n)")


def find_answers(reading: Reading) -> Iterator[Span]:
    """The answers behind the labels of a form, each with the entity type of its label; score .55."""
    text = reading.text
    if ":" not in text and "=" not in text:
        return
    for start, end, entity in LEXICON.find(reading):
        colon = COLON.match(text, end)
        if colon is None or not (entity == "MEMBER_NUMBER" or BEFORE.search(text, max(0, start - 90), start)):
            continue
        answer = ANSWER.match(text, colon.end())
        if answer is None or NOT_PERSON.match(text, answer.start()):
            continue
        if entity == "MEMBER_NUMBER" and not any(c.isdigit() for c in answer.group()):
            continue
        stop = _stop(text, answer.start(), answer.end())
        if stop > answer.start():
            yield Span(answer.start(), stop, entity, 0.55, "form")


def _stop(text: str, start: int, end: int) -> int:
    """Where the answer ends: initials ("J. Smith") are no full stop; a label that follows is none of it."""
    at = start
    while True:
        found = END.search(text, at, end)
        if found is None:
            break
        word = text[max(start, found.start() - 4) : found.start()].rpartition(" ")[2]
        if text[found.start()] != "." or len(word) != 1 or not word.isalpha():
            end = found.start()
            break
        at = found.end()
    if text[end : end + 1] == ":":
        end = max(start, text.rfind(" ", start, end))
    while end > start and text[end - 1] in " .,":
        end -= 1
    return end
