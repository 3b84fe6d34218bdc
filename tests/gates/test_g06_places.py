"""G6 judges tokens by how often they repeat only where they follow the value, and knows an invented address."""

from __future__ import annotations

import pytest

from anonshare.gates.facts import ColumnFacts
from anonshare.policy.operators import Do
from anonshare.policy.operators_tokens import Pseudonymize, PseudonymizeReversible, Surrogate, TokenizeVault
from tests.gates.test_table import closed, replace, with_column

FEW = ColumnFacts(4, 90, {}, tokens=True)
MANY = ColumnFacts(89, 90, {}, tokens=True)
ADDRESSES = ColumnFacts(80, 90, {"e-mail address": 80}, tokens=True)
RANKED = [
    Do(pseudonymize=Pseudonymize(entity="ph")),
    Do(pseudonymize=Pseudonymize(entity="ph", scope="person")),
    Do(pseudonymize_reversible=PseudonymizeReversible(entity="ph")),
    Do(tokenize_vault=TokenizeVault(entity="ph")),
    Do(surrogate=Surrogate(kind="phone")),
]
LOOSE = [
    Do(pseudonymize=Pseudonymize(entity="ph", scope="document")),
    Do(pseudonymize=Pseudonymize(entity="ph", scope="transaction")),
    Do(pseudonymize=Pseudonymize(entity="per", who="unit")),
    Do(pseudonymize=Pseudonymize(entity="per", who="other")),
]


def judged(do: Do, found: ColumnFacts) -> set[str]:
    """The gates that are closed where the column of phones leaves by ``do``."""
    return closed(replace(with_column("phone", do=do), columns={"phone": found}))


@pytest.mark.parametrize("do", [*RANKED, *LOOSE], ids=lambda do: do.name)
def test_tokens_are_ranked_where_they_follow_the_value(do):
    """Four tokens in ninety rows are told apart by their frequency, unless each stands for a person or one cell."""
    assert judged(do, FEW) == ({"G6"} if do in RANKED else set())
    assert judged(do, MANY) == set()


def test_an_invented_address_is_nobodys():
    """E-mail addresses in a column of invented ones pass; other identifiers there, and addresses elsewhere, do not."""
    surrogate = Do(surrogate=Surrogate(kind="email"))
    assert judged(surrogate, ADDRESSES) == set()
    assert judged(Do(surrogate=Surrogate(kind="name")), ADDRESSES) == {"G6"}
    assert judged(Do(pseudonymize=Pseudonymize(entity="em")), ADDRESSES) == {"G6"}
    assert judged(surrogate, ColumnFacts(80, 90, {"e-mail address": 80, "IBAN": 1}, tokens=True)) == {"G6"}
