"""Drop, keep, generalize, pseudonymize, shift_dates, codes: the laws that all or single operators hold."""

import hashlib
import hmac
import sys
from datetime import date, timedelta
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import DisclosureError, PolicyError
from anonshare.registry import OPERATORS
from anonshare.transforms.spec import OperatorContext, OperatorSpec
from anonshare.transforms.tokens import TOKEN_TYPES, check_token, make_token

ROOT = b"secret-root"


class Ages:
    """A hierarchy of two levels over the ages 0 to 9."""

    name = "ages"
    height = 2
    domain = 10

    def path(self, value):
        """The value, then its half."""
        return (value, "0-4" if value < "5" else "5-9") if value in set("0123456789") else None

    def leaves(self, level, label):
        """The ages under a label."""
        return 5 if level else 1


def _subkey(root=ROOT):
    return lambda entity, operator: hmac.digest(root, f"{entity}/{operator}".encode(), hashlib.sha256)


def _context(root=ROOT, entity="ph", column="col"):
    return OperatorContext(
        column, entity, hierarchy=lambda _: Ages(), subkey=_subkey(root), as_of=date(2026, 1, 1), region="RO"
    )


@pytest.fixture(autouse=True)
def _lower_rooms(monkeypatch):
    """The rooms below answer simply here, so that the laws tested are those of the operators."""
    codes, identifiers = ModuleType("codes"), ModuleType("identifiers")
    codes.lexicon = lambda _: SimpleNamespace(find=lambda text: tuple(w for w in text.split() if w.isupper()))
    identifiers.normalise = lambda entity, value, *, region=None: value.strip().casefold() or None
    monkeypatch.setitem(sys.modules, "anonshare.codes.lexicons", codes)
    monkeypatch.setitem(sys.modules, "anonshare.identifiers.normalise", identifiers)


PARAMS = {
    "drop": SimpleNamespace(),
    "withhold": SimpleNamespace(),
    "keep": SimpleNamespace(),
    "generalize": SimpleNamespace(hierarchy="ages", level=1, unknown="suppress"),
    "pseudonymize": SimpleNamespace(scope="relationship", entity=None),
    "shift_dates": SimpleNamespace(days=30),
    "codes": SimpleNamespace(lexicon="x"),
}
ALL = pytest.mark.parametrize("name", sorted(PARAMS))


def _built(name, context=None, **changes):
    params = SimpleNamespace(**{**vars(PARAMS[name]), **changes})
    return OPERATORS[name].build(params, context or _context())


def test_every_registered_operator_is_built_here():
    """Each built-in name leads to an OperatorSpec; only drop and withhold let nothing leave."""
    assert set(PARAMS) == set(OPERATORS.builtin())
    specs = {name: OPERATORS[name] for name in PARAMS}
    assert all(isinstance(spec, OperatorSpec) for spec in specs.values())
    assert {name for name, spec in specs.items() if not spec.leaves} == {"drop", "withhold"}


@ALL
@given(value=st.text(min_size=1, max_size=12), person=st.text(min_size=1, max_size=5))
@settings(deadline=None, max_examples=40)
def test_an_operator_is_a_pure_function(name, value, person):
    """Same value, person and context: the same text or None, also from an operator built anew."""
    out = _built(name)(value, person)
    assert out is None or isinstance(out, str)
    assert out == _built(name)(value, person)


@ALL
def test_an_operator_shows_no_secret(name):
    """Neither an operator's repr nor its context's has a word of a key."""
    key = _subkey()("ph", "pseudonymize")
    for shown in (repr(_built(name)), repr(_context())):
        assert "secret" not in shown
        assert repr(key) not in shown


@given(st.text(max_size=5))
@settings(deadline=None)
def test_drop_lets_nothing_leave_and_keep_everything(value):
    """Drop and withhold give None for any value; keep gives the value."""
    assert _built("drop")(value) is None
    assert _built("withhold")(value) is None
    assert _built("keep")(value) == value


@given(st.sampled_from("0123456789"), st.integers(0, 1))
@settings(deadline=None)
def test_generalize_gives_the_label_of_its_level(value, level):
    """A known value becomes its label at the level asked for."""
    assert _built("generalize", level=level)(value) == Ages().path(value)[level]


def test_an_unknown_value_is_suppressed_or_refused_without_its_text():
    """``unknown: suppress`` gives None; ``refuse`` raises, naming column and hierarchy and never the value."""
    assert _built("generalize")("secret-cell") is None
    with pytest.raises(DisclosureError, match=r"'col'.*'ages'") as caught:
        _built("generalize", unknown="refuse")("secret-cell")
    assert "secret-cell" not in str(caught.value)


@pytest.mark.parametrize("level", [-1, 2, 20])
def test_a_level_that_does_not_exist_is_refused_when_built(level):
    """A level outside the hierarchy is a fault of the policy, found before a row is read."""
    with pytest.raises(PolicyError, match="levels 0 to 1"):
        _built("generalize", level=level)


@given(st.text(min_size=1, max_size=12), st.sampled_from(TOKEN_TYPES))
@settings(deadline=None)
def test_a_token_is_hmac_sha256_of_the_normal_form(value, entity):
    """The token is made of HMAC-SHA-256 over the normalised value; an invalid value gives None."""
    normal = value.strip().casefold()
    mac = hmac.digest(_subkey()(entity, "pseudonymize"), normal.encode(), hashlib.sha256)
    expected = make_token(entity, mac) if normal else None
    assert _built("pseudonymize", _context(entity=entity))(value) == expected
    assert _built("pseudonymize", entity=entity)(value) == expected


def test_two_keys_share_no_token():
    """Two recipients' keys give unlinked tokens: none of 20,000 is in both sets, and each set has no collision."""
    one, other = (_built("pseudonymize", _context(root)) for root in (b"a", b"b"))
    values = [f"+407{n:08}" for n in range(20_000)]
    first, second = ({operator(value) for value in values} for operator in (one, other))
    assert len(first) == len(second) == len(values)
    assert not first & second
    assert all(map(check_token, first))


@pytest.mark.parametrize("entity", [None, "", "phone"])
def test_tokens_of_an_unknown_entity_are_refused(entity):
    """What a token stands for must be known before one is made."""
    with pytest.raises(PolicyError, match=r"columns\.col"):
        _built("pseudonymize", _context(entity=entity))


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.text(min_size=1),
    st.integers(1, 365),
)
@settings(deadline=None)
def test_all_dates_of_a_person_move_together_and_never_by_nothing(one, other, person, days):
    """Distances stay, the offset is within the window and never 0, and every column of a window shares it."""
    shift = _built("shift_dates", days=days)
    moved = [date.fromisoformat(shift(day.isoformat(), person)) for day in (one, other)]
    assert moved[0] - moved[1] == one - other
    assert 0 < abs((moved[0] - one).days) <= days
    assert _built("shift_dates", _context(column="another"), days=days)(one.isoformat(), person) == moved[0].isoformat()


def test_offsets_use_the_whole_window_evenly():
    """Over many persons each of the 2w offsets occurs, none much oftener than another, and 0 never."""
    shift = _built("shift_dates", days=7)
    offsets = [shift.offset(str(n)) for n in range(14_000)]
    counts = {offset: offsets.count(offset) for offset in set(offsets)}
    assert set(counts) == set(range(-7, 8)) - {0}
    assert all(800 < count < 1200 for count in counts.values())


@pytest.mark.parametrize("value", ["", "2024-02-30", "2024-1-2", "2024", "2024-01-02T10:00:00", "2024-W01-1", "x"])
def test_what_is_no_iso_date_does_not_leave(value):
    """An unreadable date gives None: it would otherwise leave unshifted."""
    assert _built("shift_dates")(value, "p") is None


def test_a_date_at_the_end_of_the_calendar_does_not_leave():
    """A shift out of the calendar gives None, not an error."""
    shift = _built("shift_dates")
    for person in map(str, range(20)):
        edge = date.max if shift.offset(person) > 0 else date.min
        assert shift(edge.isoformat(), person) is None
        inward = timedelta(days=shift.offset(person))
        assert shift((date(2024, 1, 1) - inward).isoformat(), person) == "2024-01-01"


def test_dates_without_a_person_are_refused():
    """One offset for everybody would be found from a single known date."""
    shift = _built("shift_dates")
    assert shift.per_person
    with pytest.raises(DisclosureError, match="whose"):
        shift("2024-01-01")


def test_notes_become_codes_and_nothing_else():
    """Only codes of the lexicon leave, sorted and once each; a note without one gives None."""
    codes = _built("codes")
    assert codes("Maria was held B and A and B by secret") == "A;B"
    assert codes("nothing of the kind") is None
