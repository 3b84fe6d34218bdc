"""The words around names: particles, endings, what is named after somebody, and what stands behind a name and is none."""

from __future__ import annotations

__all__ = ["ARTICLES", "ENDINGS", "EPONYMS", "NOBLE", "NOT_NAMES", "PARTICLES"]

PARTICLES = frozenset(
    [
        "de", "del", "da", "do", "dos", "das", "di", "du", "van", "von", "der", "den", "ten", "ter", "al", "el", "bin",
        "bint", "ibn", "abu", "ben", "zu", "zum", "af", "av", "thi",
    ]
)  # fmt: skip

ARTICLES = frozenset({"la", "las", "los", "der", "den", "het", "el"})
"""Part of a name behind another particle alone: "de la Cruz", "van der Berg": "Adler la Viena" is no name."""

EPONYMS = frozenset(
    [
        "enfermedad", "síndrome", "signo", "técnica", "escala", "test", "prueba", "clasificación", "virus", "maniobra",
        "ley", "angina", "tumor", "célula", "células", "tipo", "método", "índice", "angulo", "saco", "fascia", "law", "act",
        "disease", "syndrome", "sign", "technique", "scale", "score", "method", "convention", "protocol", "maladie",
        "signe", "échelle", "loi", "méthode", "boala", "sindromul", "legea", "testul", "metoda", "krankheit", "gesetz",
        "virusul", "premiul", "prize", "award",
    ]
)  # fmt: skip

ENDINGS = (
    "escu", "eanu", "oaei", "aru", "enko", "chuk", "czuk", "iuk", "yuk", "shvili", "idze", "adze", "opoulos", "poulou",
    "idis", "akis", "oglu", "owski", "owska", "ewski", "ewska", "insky", "inska", "ovic", "evic", "ovich", "evich",
    "ovna", "evna", "yan", "sson", "dottir", "енко", "ський", "ська", "ович", "евич", "івна", "овна", "евна", "ова", "ева",
    "opulos", "wicz", "kova", "nova", "lova", "rova", "sova", "cova",
)  # fmt: skip
"""How surnames and patronymics of many languages end, without accents."""

NOBLE = frozenset(
    {
        ("van", "der"),
        ("van", "den"),
        ("van", "de"),
        ("von", "der"),
        ("von", "dem"),
        ("de", "la"),
        ("de", "los"),
        ("de", "las"),
    }
)

NOT_NAMES = frozenset(
    [
        "the", "and", "of", "in", "at", "on", "to", "for", "from", "by", "with", "as", "or", "is", "was", "a", "an", "i",
        "he", "she", "they", "we", "you", "it", "his", "her", "their", "who", "that", "this", "then", "when", "after",
        "street", "road", "avenue", "lane", "court", "article", "section", "act", "convention", "government", "state",
        "ltd", "inc", "llc", "gmbh", "sa", "srl", "plc", "police", "hospital", "university", "school", "bank", "hotel",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "the", "apt", "suite",
        "box", "po", "tel", "phone", "fax", "email", "mobile", "office", "dni", "nhc", "nass", "id", "no", "nr", "cp",
        "iban", "bic", "domicilio", "localidad", "fecha", "edad", "sexo", "pais", "apellidos", "nombre", "medico", "calle", "hospital",
        "servicio", "departamento", "area", "correo", "tfno", "mail", "e", "y", "medicina", "doctor", "doctora", "universidad", "facultad", "instituto", "centro", "unidad", "seccion",
    ]
)  # fmt: skip
"""Words that stand capitalized behind a name and are none of it."""
