"""National numbers of persons in Europe and its neighbours; the rules are python-stdnum's where it has one."""

from __future__ import annotations

from anonshare.identifiers.national_number import DAY, MONTH, NationalNumber, number

__all__ = ["EUROPE"]

_JMBG = rf"{DAY}{MONTH}(?:9[0-9]{{2}}|0[0-2][0-9])[0-9]{{6}}"
_RC = r"[0-9]{2}(?:[0257][1-9]|[1368][0-2])[0-3][0-9][0-9]{3,4}"
_BALTIC = rf"[1-6][0-9]{{2}}{MONTH}{DAY}[0-9]{{4}}"
_ITALIAN = r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]"

EUROPE: tuple[NationalNumber, ...] = (
    number("RO", "CNP", rf"[1-9][0-9]{{2}}{MONTH}{DAY}[0-9]{{6}}", 13, rule="ro.cnp", strong=True),
    number("MD", "IDNP", r"[02][0-9]{12}", 13, rule="md.idno"),
    number("BG", "EGN", rf"[0-9]{{2}}(?:[024][1-9]|[135][0-2]){DAY}[0-9]{{4}}", 10, rule="bg.egn", strong=True),
    number("BG", "LNCh", r"[0-9]{10}", 10, rule="bg.pnf"),
    number("UA", "RNOKPP", r"[0-4][0-9]{9}", 10, rule="ua.rntrc"),
    number("UA", "UNZR", rf"(?:19|20)[0-9]{{2}}{MONTH}{DAY}[0-9]{{5}}", 13, rule="ukrainian_register",
           printed=rf"(?:19|20)[0-9]{{2}}{MONTH}{DAY}-[0-9]{{5}}"),
    number("BY", "identification number", rf"[1-6]{DAY}{MONTH}[0-9]{{2}}[ABCHKEM][0-9]{{3}}(?:PB|BA|BI)[0-9]", 14,
           printed=rf"[1-6]{DAY}{MONTH}[0-9]{{2}}[ABCHKEM][0-9]{{3}}(?:PB|BA|BI)[0-9]"),
    number("RU", "SNILS", r"[0-9]{11}", 11, rule="snils", strong=True, printed=r"[0-9]{3}-[0-9]{3}-[0-9]{3}[ -][0-9]{2}"),
    number("RU", "INN", r"[0-9]{12}", 12, rule="ru.inn", strong=True),
    number("AL", "NID", rf"[A-T][0-9](?:0[1-9]|1[0-2]|5[1-9]|6[0-2]){DAY}[0-9]{{3}}[A-W]", 10,
           printed=rf"[A-T][0-9](?:0[1-9]|1[0-2]|5[1-9]|6[0-2]){DAY}[0-9]{{3}}[A-W]"),
    *(number(c, "JMBG", _JMBG, 13, rule="si.emso", strong=True) for c in ("RS", "BA", "ME", "MK", "SI", "XK")),
    number("HR", "OIB", r"[0-9]{11}", 11, rule="hr.oib"),
    number("HR", "JMBG", _JMBG, 13, rule="si.emso", strong=True),
    number("HU", "személyi szám", rf"[1-8][0-9]{{2}}{MONTH}{DAY}[0-9]{{4}}", 11, rule="hungarian_person", strong=True,
           printed=rf"[1-8][ -][0-9]{{2}}{MONTH}{DAY}[ -][0-9]{{4}}"),
    number("HU", "TAJ", r"[0-9]{9}", 9, rule="hungarian_taj"),
    number("HU", "adóazonosító jel", r"8[0-9]{9}", 10, rule="hungarian_tax"),
    number("PL", "PESEL", rf"[0-9]{{2}}(?:[02468][1-9]|[13579][0-2]){DAY}[0-9]{{5}}", 11, rule="pl.pesel", strong=True),
    number("PL", "dowód osobisty", r"[A-Z]{3}[0-9]{6}", 9, rule="polish_card"),
    number("CZ", "RČ", _RC.replace("{3,4}", "{4}"), 10, rule="cz.rc", strong=True, printed=_RC.replace("[0-9]{3,4}", "/[0-9]{4}")),
    number("CZ", "RČ before 1954", _RC.replace("{3,4}", "{3}"), 9, rule="cz.rc", printed=_RC.replace("[0-9]{3,4}", "/[0-9]{3}")),
    number("SK", "RČ", _RC.replace("{3,4}", "{4}"), 10, rule="sk.rc", strong=True, printed=_RC.replace("[0-9]{3,4}", "/[0-9]{4}")),
    number("SK", "RČ before 1954", _RC.replace("{3,4}", "{3}"), 9, rule="sk.rc", printed=_RC.replace("[0-9]{3,4}", "/[0-9]{3}")),
    number("LT", "asmens kodas", _BALTIC, 11, rule="lt.asmens", strong=True),
    number("EE", "isikukood", _BALTIC, 11, rule="ee.ik", strong=True),
    number("LV", "personas kods", rf"{DAY}{MONTH}[0-9]{{2}}[0129][0-9]{{4}}|32[0-9]{{9}}", 11, rule="lv.pvn",
           printed=rf"{DAY}{MONTH}[0-9]{{2}}-[0129][0-9]{{4}}|32[0-9]{{4}}-[0-9]{{5}}"),
    number("TR", "T.C. kimlik no", r"[1-9][0-9]{10}", 11, rule="tr.tckimlik", strong=True),
    number("GR", "AMKA", rf"{DAY}{MONTH}[0-9]{{7}}", 11, rule="gr.amka", strong=True),
    number("GR", "AFM", r"[0-9]{9}", 9, rule="gr.vat"),
    number("IT", "codice fiscale", _ITALIAN, 16, rule="it.codicefiscale", strong=True),
    number("ES", "DNI", r"[0-9]{8}[A-Z]", 9, rule="es.dni", strong=True),
    number("ES", "NIE", r"[XYZ][0-9]{7}[A-Z]", 9, rule="es.nie", strong=True),
    number("FR", "NIR", rf"[1-478][0-9]{{2}}(?:{MONTH}|[2-9][0-9])(?:[0-9]{{2}}|2[AB])[0-9]{{8}}", 15, rule="fr.nir", strong=True),
    number("FR", "numéro fiscal", r"[0-3][0-9]{12}", 13, rule="fr.nif", strong=True),
    number("PT", "cartão de cidadão", r"[0-9]{9}[A-Z0-9]{2}[0-9]", 12, rule="pt.cc", strong=True),
    number("PT", "NIF", r"[1-3][0-9]{8}|45[0-9]{7}", 9, rule="pt.nif"),
    number("DE", "IdNr", r"[1-9][0-9]{10}", 11, rule="de.idnr", strong=True),
    number("DE", "Personalausweis", r"[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}[0-9]", 10, rule="german_card"),
    number("DE", "Rentenversicherungsnummer", rf"[0-9]{{2}}{DAY}{MONTH}[0-9]{{2}}[A-Z][0-9]{{3}}", 12, rule="german_pension", strong=True),
    number("NL", "BSN", r"[0-9]{9}", 9, rule="nl.bsn"),
    number("BE", "NN", r"[0-9]{2}[0-5][0-9][0-3][0-9]{6}", 11, rule="be.nn", strong=True,
           printed=r"[0-9]{2}\.[0-5][0-9]\.[0-3][0-9]-[0-9]{3}[.-][0-9]{2}"),
    number("LU", "matricule", rf"(?:1[89]|20)[0-9]{{2}}{MONTH}{DAY}[0-9]{{5}}", 13, rule="luxembourgish", strong=True),
    number("AT", "SVNR", rf"[1-9][0-9]{{3}}{DAY}{MONTH}[0-9]{{2}}", 10, rule="at.vnr", strong=True),
    number("CH", "AHV", r"756[0-9]{10}", 13, rule="ch.ssn", strong=True, printed=r"756\.[0-9]{4}\.[0-9]{4}\.[0-9]{2}"),
    number("GB", "National Insurance number", r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]", 9,
           printed=r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]"),
    number("GB", "NHS number", r"[0-9]{10}", 10, rule="gb.nhs"),
    number("IE", "PPS", r"[0-9]{7}[A-W][A-IW]?", 8, 9, rule="ie.pps", strong=True),
    number("NO", "fødselsnummer", r"[0-7][0-9](?:[048][1-9]|[159][0-2])[0-9]{7}", 11, rule="no.fodselsnummer", strong=True),
    number("SE", "personnummer", rf"(?:19|20)?[0-9]{{2}}{MONTH}[0-9]{{6}}", 10, 12, rule="se.personnummer", strong=True),
    number("DK", "CPR", rf"{DAY}{MONTH}[0-9]{{6}}", 10, rule="dk.cpr", printed=rf"{DAY}{MONTH}[0-9]{{2}}-[0-9]{{4}}"),
    number("FI", "HETU", rf"{DAY}{MONTH}[0-9]{{2}}[A-FU-Y]?[0-9]{{3}}[0-9A-FHJ-NPR-Y]", 10, 11, rule="finnish", strong=True,
           printed=rf"{DAY}{MONTH}[0-9]{{2}}[-+A-FU-Y][0-9]{{3}}[0-9A-FHJ-NPR-Y]"),
    number("IS", "kennitala", rf"[0-7][0-9]{MONTH}[0-9]{{5}}[089]", 10, rule="is_.kennitala", strong=True,
           printed=rf"[0-7][0-9]{MONTH}[0-9]{{2}}-[0-9]{{3}}[089]"),
    number("MT", "identity card", r"[0-9]{3,7}[MGAPLHBZ]", 8, printed=r"[0-9]{7}[MGAPLHBZ]"),
    number("CY", "identity card", r"[0-9]{7,8}", 7, 8),
    number("GE", "personal number", r"[0-9]{11}", 11),
    number("AM", "social card", r"[0-9]{10}", 10),
    number("KZ", "IIN", rf"[0-9]{{2}}{MONTH}{DAY}[0-6][0-9]{{5}}", 12, rule="kazakh_iin", strong=True),
    number("IL", "teudat zehut", r"[0-9]{9}", 9, rule="il.idnr"),
)  # fmt: skip
"""Rows of a country stand together; the first that fits names the number."""
