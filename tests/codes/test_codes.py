"""Code lists, countries, headers, lexicons: data of the field, checked against their sources."""

from __future__ import annotations

import csv
import json
import os
from datetime import date
from pathlib import Path

import pytest

from anonshare.codes.countries import countries, country
from anonshare.codes.headers import meaning_of
from anonshare.codes.hierarchies import hierarchy
from anonshare.codes.lexicons import LEXICONS, lexicon
from anonshare.codes.lists import code_list, code_lists, enumeration
from anonshare.errors import PolicyError

DATA = Path(__file__).parents[2].parent / "shared" / "data"


def shared(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        assert not os.environ.get("CI")
        pytest.skip("the public data sets are not beside this checkout")
    return path


def test_htcds_has_not_drifted():
    """Names and picklists are those of the HTCDS 2.0 codebook, its misspelt code included."""
    book = json.loads(shared("exchange/htcds/htcds_2.0_codebook.json").read_text("utf-8"))
    assert dict(code_list("htcds:fields").codes) == {f["name"]: f["label"] for f in book["fields"]}
    for field in book["fields"]:
        if field["values"]:
            assert list(enumeration(field["name"]).codes) == field["values"]
    assert "Unaquainted" in enumeration("vic_RelationshipToTrafficker").codes


def terms_of(name: str) -> list[str]:
    text = shared(f"exchange/dpv/dpv-2.3_{name}.csv").read_text("utf-8")
    return [row["term"] for row in csv.DictReader(text.splitlines())]


def test_dpv_has_not_drifted():
    """Every purpose and legal basis is a term of DPV 2.3."""
    terms = {term for name in ("dpv", "sector-law") for term in terms_of(name)}
    assert code_list("dpv:purposes").codes.keys() <= terms
    assert code_list("eu-gdpr:bases").codes.keys() <= set(terms_of("eu-gdpr"))


@pytest.mark.parametrize("id", code_lists())
def test_every_list_is_complete(id):
    """Each list has a version, a source, codes, and refuses a code that it does not have, naming the nearest."""
    found = code_list(id)
    assert found.version
    assert found.source
    code = next(iter(found.codes))
    assert found.require(code)
    with pytest.raises(PolicyError):
        found.require(code + "x")
    with pytest.raises(PolicyError):
        found.require("0" * 30)


def test_unknown_lists():
    """A list, lexicon or hierarchy that does not exist is an error that names those that do."""
    for look in (lambda: code_list("x"), lambda: lexicon("x"), lambda: hierarchy("x", as_of=date(2026, 1, 1))):
        with pytest.raises(PolicyError) as error:
            look()
        assert "There is" in error.value.hint


def test_countries():
    """ISO codes and English names find their country; every country has a region."""
    assert len(countries()) == 249
    for text in ("ROU", "ro", "Romania", " romania "):
        assert country(text).alpha3 == "ROU"
    assert country("Côte d'Ivoire").alpha3 == "CIV"
    assert country("Côte d\u2019Ivoire").alpha3 == "CIV"
    for text in ("Atlantis", "", "Перу", "Перу US"):
        assert country(text) is None
    assert all(c.region and c.subregion for c in countries())
    assert len({c.alpha3 for c in countries()}) == 249


@pytest.mark.parametrize(
    ("header", "entity"),
    [
        ("First Name", "given_name"), ("prs_SecondName", "surname"), ("Teléfono móvil", "phone"), ("Date of Birth", "birth_date"),
        ("numéro de passeport", "passport"), ("Staatsangehörigkeit", "citizenship"), ("vârstă", "age"), ("observaciones", "narrative"),
        ("IBAN", "iban"), ("case-id", "case_id"), ("e-mail", "email"), ("quux", None),
        ("_geolocation", "coordinates"), ("deviceid", "device"), ("_parent_index", "survey_meta"), ("SubmissionDate", "survey_meta"),
        ("beneficiaryname", "party"), ("phoneno", "phone"), ("Incoming Referral Details", "notes"), ("customerno", "member_number"),
    ],
)  # fmt: skip
def test_headers(header, entity):
    """Column names in several languages are understood."""
    found = meaning_of(header)
    assert (found.role if entity == "narrative" else found.entity) == entity if found else entity is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("They TOOK HER PASSPORT on arrival", "WithholdsDocuments"),
        ("Le quitaron el pasaporte", "WithholdsDocuments"),
        ("Elle était enfermée", "RestrictsMovement"),
        ("i-a luat pasaportul", "WithholdsDocuments"),
        ("avea o datorie mare", "DebtBondage"),
        ("indebted to nobody", None),
    ],
)
def test_lexicon(text, code):
    """Phrases are found at word starts, whatever case and accents, in four languages."""
    assert lexicon("means_of_control").find(text) == ((code,) if code else ())


def test_lexicon_codes_are_htcds():
    """Every code is one of HTCDS; RestrictsMovement stands in its definitions, not in its picklist."""
    known = set(enumeration("vic_MethodsOfControl").codes) | {"RestrictsMovement"}
    for name in LEXICONS:
        found = lexicon(name)
        assert found.languages == ("en", "es", "fr", "ro")
        assert set(found._patterns) <= known
