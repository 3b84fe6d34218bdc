"""Invented values: the same from the same, marked, and nobody's."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import DisclosureError
from anonshare.identifiers.checks import residual
from anonshare.identifiers.checksums import iban_valid
from anonshare.identifiers.phones import e164
from anonshare.policy.operators_tokens import Surrogate
from anonshare.transforms.invented import KINDS, inventor
from anonshare.transforms.surrogate import MARK, SurrogateName
from anonshare.transforms.tokens import TOKEN_TYPES
from tests.transforms.build import built, context
from tests.transforms.test_pseudonymize import VALUES

EVERY = pytest.mark.parametrize("kind", sorted(KINDS))
REGIONS = ("RO", "FR", "GB", "DE", "US", "ES", "PL", "BG", "IT")
RANGES = ("+3363998", "+447700900")


def test_a_policy_and_the_inventors_know_the_same_kinds():
    """Each kind that a policy may name can be invented, and its values have a type."""
    assert set(get_args(Surrogate.model_fields["kind"].annotation)) == set(KINDS)
    assert set(KINDS.values()) <= set(TOKEN_TYPES)


@EVERY
def test_one_value_has_one_surrogate_under_a_key(kind):
    """Spellings of a value share the surrogate, an operator built anew gives the same one, another key another one."""
    value = VALUES[KINDS[kind]]
    made = built("surrogate", kind=kind)(value, "p")
    assert made == built("surrogate", kind=kind)(f" {value} ", "p")
    assert any(made != built("surrogate", context(bytes([n])), kind=kind)(value, "p") for n in range(3))
    assert value not in made


@EVERY
def test_a_surrogate_says_so_unless_the_policy_does_not_want_it(kind):
    """Marked surrogates end in words that say that they are invented; the mark changes nothing else."""
    value = VALUES[KINDS[kind]]
    marked, bare = (built("surrogate", kind=kind, marked=marked)(value, "p") for marked in (True, False))
    assert marked == bare + MARK
    assert not bare.endswith(")")


@EVERY
def test_no_surrogate_is_an_identifier_of_somebody(kind):
    """Of 2,000 surrogates none verifies as an identifier; e-mail addresses stand in a reserved domain."""
    invent = built("surrogate", kind=kind, marked=False).inventing
    for number in range(2_000):
        made = invent.of(number.to_bytes(2, "big"))
        assert residual(made, "RO") == (("e-mail address",) if kind == "email" else ())
        assert kind != "email" or made.endswith("@example.org")


@given(st.integers(0, 2**256))
@settings(deadline=None)
def test_invented_phones_and_accounts_belong_to_nobody(number):
    """Phones are of the ranges kept for films, which no country hands out; no IBAN has a right check."""
    phone = inventor("phone")(number)
    assert phone.startswith(RANGES)
    assert len(phone) in {12, 13}
    assert all(e164(phone, region) is None for region in REGIONS)
    assert not iban_valid(inventor("iban")(number))


def test_a_name_has_a_surrogate_in_the_rows_of_one_person():
    """One surrogate for each name would be found by counting: two persons' same name has two."""
    operator = built("surrogate", kind="surname", marked=False)
    assert isinstance(operator, SurrogateName)
    assert operator.per_person
    assert operator("Pop", "one") == operator("POP ", "one")
    assert len({operator("Pop", str(n)) for n in range(50)}) > 25
    with pytest.raises(DisclosureError, match="'col'"):
        operator("Pop")


@pytest.mark.parametrize("kind", ["phone", "email", "iban", "document"])
def test_what_is_no_value_of_its_kind_has_no_surrogate(kind):
    """A typing error gives no value: an invented one would look like another person's."""
    assert built("surrogate", kind=kind)("?", "p") is None


def test_a_surrogate_that_proves_itself_is_drawn_again():
    """Where every draw is an identifier of somebody no value leaves, and one bad draw costs only a second one."""
    operator = built("surrogate", kind="document", marked=False)
    good = operator.inventing
    drawn = []

    def invent(number):
        drawn.append(number)
        return "4111 1111 1111 1111" if len(drawn) % 17 else "X-1"

    for draws, made in ((17, None), (18, "X-1")):
        drawn[:] = range(draws - 17)
        inventing = type(good)(
            good.column, good.kind, good.region, False, good.mac, good.normalise, invent, good.residual
        )
        assert inventing.of(b"x") == made
