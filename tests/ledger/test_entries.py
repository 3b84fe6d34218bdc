"""Entries and their records."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import LedgerError
from anonshare.ledger.entries import Released, Reserved, Voided, from_record, to_record
from anonshare.wire.strict_json import canonical, parse

WHEN = "2026-03-01T12:00:00Z"
RESERVED = Reserved("cases", 1, "a" * 32, "b" * 64, "c" * 64, WHEN, 40, 55, "0.5")
RELEASED = Released("cases", 1, "a" * 32, "d" * 64, ("agency-x",), ("ana", "ben"), WHEN)
VOIDED = Voided("cases", 1, "a" * 32)


@pytest.mark.parametrize("entry", [RESERVED, RELEASED, VOIDED, replace(RESERVED, persons=None, rows=None)])
def test_what_was_written_is_read(entry):
    """An entry survives its canonical record."""
    assert from_record(parse(canonical(to_record(entry))), 1) == entry


@pytest.mark.parametrize(
    ("entry", "changes"),
    [
        (RESERVED, {"stream": "a\nb"}),
        (RESERVED, {"seq": 0}),
        (RESERVED, {"seq": True}),
        (RESERVED, {"bundle_id": "canary"}),
        (RESERVED, {"input_digest": "canary"}),
        (RESERVED, {"policy_digest": "B" * 64}),
        (RESERVED, {"budget": "-1"}),
        (RESERVED, {"persons": -1}),
        (RESERVED, {"rows": 1.5}),
        (RESERVED, {"when": None}),
        (RELEASED, {"digest": ""}),
        (RELEASED, {"recipients": ()}),
        (RELEASED, {"approvals": ("Ana Canary",)}),
        (VOIDED, {"when": "canary"}),
    ],
)
def test_a_field_of_the_wrong_form_is_refused_by_name(entry, changes):
    """Free text has no place in the ledger; the error names the field and never its value."""
    with pytest.raises(LedgerError) as caught:
        to_record(replace(entry, **changes))
    assert next(iter(changes)) in str(caught.value)
    assert "canary" not in str(caught.value).lower()
    with pytest.raises(LedgerError, match="record 7"):
        from_record({**to_record(entry), **changes}, 7)


@given(st.dictionaries(st.sampled_from(["entry", "stream", "seq", "more"]), st.integers() | st.text() | st.none()))
def test_other_records_are_no_entries(record):
    """A record that holds no entry is refused with its number."""
    with pytest.raises(LedgerError, match="record 3"):
        from_record(record, 3)


def test_an_unknown_field_is_refused():
    """A field of a newer version is not read over."""
    with pytest.raises(LedgerError):
        from_record({**to_record(VOIDED), "more": 1}, 1)
