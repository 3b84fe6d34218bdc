"""Code lists, countries, headers, lexicons: data of the field, checked against their sources."""

from __future__ import annotations

import csv
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.codes.ages import CtdcAge
from anonshare.codes.countries import countries, country
from anonshare.codes.dates import DateHierarchy
from anonshare.codes.headers import meaning_of
from anonshare.codes.hierarchies import UnRegion, flat, hierarchy, number_bands, read_hierarchy_csv
from anonshare.codes.lexicons import LEXICONS, lexicon
from anonshare.codes.lists import code_list, code_lists, enumeration
from anonshare.errors import InputError, PolicyError

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
    assert country("Atlantis") is None
    assert all(c.region and c.subregion for c in countries())
    assert len({c.alpha3 for c in countries()}) == 249


HIERARCHIES = {
    "ctdc_age": (CtdcAge(date(2026, 6, 1)), [str(n) for n in range(121)]),
    "un_region": (UnRegion(), [c.alpha3 for c in countries()]),
    "date": (
        DateHierarchy(),
        [f"20{y:02}-{m:02}-{d:02}" for y in range(20, 26) for m in range(1, 13) for d in (1, 15, 28)],
    ),
    "bands": (number_bands([1, 2, 5, 10, 50]), [str(n) for n in range(-3, 80)]),
    "flat": (flat(["a", "b"]), ["a", "b"]),
}


@pytest.mark.parametrize(("found", "values"), HIERARCHIES.values(), ids=HIERARCHIES.keys())
def test_hierarchies(found, values):
    """A path has as many labels as the height, a coarser label never splits, and leaves say how many values it covers."""
    coarser: dict[tuple[int, str], str] = {}
    for value in values:
        path = found.path(value)
        assert len(path) == found.height
        for level in range(found.height - 1):
            assert coarser.setdefault((level, path[level]), path[level + 1]) == path[level + 1]
        sizes = [found.leaves(level, path[level]) for level in range(found.height)]
        assert sizes == sorted(sizes)
        assert sizes[0] >= 1
        assert sizes[-1] <= found.domain
    assert found.path("no such value at all") is None


@pytest.mark.parametrize("name", ["ctdc_age", "un_region", "bands", "flat"])
def test_leaves_add_up(name):
    """On every level the labels' leaves add up to the domain."""
    found, values = HIERARCHIES[name]
    for level in range(found.height):
        assert sum(found.leaves(level, label) for label in {found.path(v)[level] for v in values}) == found.domain


def test_date_leaves():
    """Days of a month, quarter, year and decade are those of the calendar."""
    found = DateHierarchy()
    assert [found.leaves(i, label) for i, label in enumerate(found.path("2024-02-29"))] == [1, 29, 91, 366, 3653]
    assert found.leaves(1, "2023-12") == 31
    assert found.path("2024-02-30") is None
    assert found.path("2024-02") is None
    assert found.path("1899-01-01") is None


@given(st.dates(date(1930, 1, 1), date(2025, 12, 31)))
def test_ages_from_birth_dates(born):
    """The age on a day changes on the birthday."""
    as_of = date(2026, 6, 1)
    age = int(CtdcAge(as_of).path(born.isoformat())[0])
    assert 0 <= age <= 120
    assert born.year + age + ((born.month, born.day) > (as_of.month, as_of.day)) == as_of.year


def test_ages_at_the_borders():
    """Bands are CTDC's; minors end at 17; years alone and impossible dates are handled."""
    found = CtdcAge(date(2026, 6, 1))
    assert found.path("17") == ("17", "9-17", "0-17")
    assert found.path("18") == ("18", "18-20", "18+")
    assert found.path("48") == ("48", "48+", "18+")
    assert found.path("2000") == ("26", "24-26", "18+")
    for value in ("121", "2000-13-01", "2026-12-31", "abc", "-1", "٣"):
        assert found.path(value) is None


def test_bands():
    """Numbers fall into bands; anything else has no path; cut points must ascend."""
    found = number_bands([1, 2, 5])
    assert [found.path(v)[0] for v in ("0", "1", "3.0", "7")] == ["<1", "1", "2-4", "5+"]
    for value in ("x", "1.5", "inf", "nan", ""):
        assert found.path(value) is None
    with pytest.raises(PolicyError):
        number_bands([2, 1])


def test_arx_files(tmp_path):
    """ARX's own hierarchies are read; broken ones are refused with a line's number."""
    folder = shared("disclosure/adult")
    for path in sorted(folder.glob("adult_hierarchy_*.csv")):
        found = read_hierarchy_csv(path, path.stem)
        assert found.domain == len([line for line in path.read_text().splitlines() if line.strip()])
    broken = tmp_path / "h.csv"
    for text in ("", "a;b\nc\n", "a;x;*\na;y;*\n", "a;x;1\nb;x;2\n", "a\n*\n*"):
        broken.write_text(text)
        with pytest.raises(InputError):
            read_hierarchy_csv(broken, "own")
    broken.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError):
        read_hierarchy_csv(broken, "own")


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
