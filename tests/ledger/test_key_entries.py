"""What the ledger knows of the keys of tokens, and what it forbids because of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anonshare.errors import LedgerError
from anonshare.ledger.entries import KeyDestroyed, Keyed, KeyRotated, from_record, to_record
from anonshare.ledger.ledger import Ledger
from anonshare.wire.strict_json import canonical, parse

NOW, ENDED, DUE = "2026-03-01T12:00:00Z", "2026-04-01T12:00:00Z", "2028-03-01T00:00:00Z"
AFTER = "2028-03-01T00:00:01Z"
KEYED = Keyed("cases", 1, "a" * 32, "1", ("0123456789abcdef",), DUE, NOW)
ROTATED = KeyRotated("2", ENDED)
DESTROYED = KeyDestroyed("1", ("0123456789abcdef",), "A. Ionescu", "agreement MoU-2026-14 has ended", AFTER)


@pytest.fixture
def ledger(tmp_path):
    return Ledger.open(tmp_path)


def reserve(ledger, when=NOW):
    ledger.reserve(stream="cases", seq=1, bundle_id="a" * 32, policy_digest="b" * 64, input_digest="c" * 64, when=when)


def release(ledger, when=NOW):
    ledger.release(
        stream="cases", seq=1, bundle_id="a" * 32, digest="d" * 64, recipients=("x",), approvals=("a",), when=when
    )


@pytest.mark.parametrize("entry", [KEYED, ROTATED, DESTROYED, replace(KEYED, delete_at=None, key_ids=())])
def test_what_was_written_is_read(entry):
    """An entry of keys survives its canonical record."""
    assert from_record(parse(canonical(to_record(entry))), 1) == entry


@pytest.mark.parametrize(
    ("entry", "changes"),
    [
        (KEYED, {"epoch": "0"}),
        (KEYED, {"epoch": "canary"}),
        (KEYED, {"key_ids": ("canary",)}),
        (KEYED, {"delete_at": "canary"}),
        (ROTATED, {"epoch": ""}),
        (DESTROYED, {"reason": ""}),
        (DESTROYED, {"reason": "canary\n"}),
        (DESTROYED, {"reason": "c" * 301}),
        (DESTROYED, {"by": "canary@example"}),
    ],
)
def test_a_field_of_the_wrong_form_is_refused_by_name(entry, changes):
    """The error names the field and never its value, when writing and when reading."""
    with pytest.raises(LedgerError) as caught:
        to_record(replace(entry, **changes))
    assert next(iter(changes)) in str(caught.value)
    assert "canary" not in str(caught.value)
    with pytest.raises(LedgerError, match="record 7"):
        from_record({**to_record(entry), **changes}, 7)


def test_a_bundle_has_one_epoch(ledger):
    """Keys are written down for a bundle that holds a number, the same again changes nothing, another epoch is refused."""
    with pytest.raises(LedgerError, match="reservation"):
        ledger.keyed(KEYED)
    reserve(ledger)
    assert ledger.keyed(KEYED) == ledger.keyed(replace(KEYED, when=AFTER)) == KEYED
    release(ledger)
    assert ledger.keyed(KEYED) == KEYED
    assert len(ledger.entries()) == 3
    with pytest.raises(LedgerError, match="already"):
        ledger.keyed(replace(KEYED, epoch="2"))


def test_an_epoch_in_use_is_not_destroyed(ledger):
    """Until the day of deletion of the last bundle under it, an epoch stays; from then on it goes, once."""
    reserve(ledger)
    ledger.keyed(KEYED)
    release(ledger)
    ledger.key_rotated("2", ENDED)
    ledger.key_rotated("2", AFTER)
    with pytest.raises(LedgerError, match=DUE) as caught:
        ledger.key_destroyed(replace(DESTROYED, when=NOW), ended=ENDED)
    assert caught.value.reason == "epoch-in-use"
    ledger.key_destroyed(DESTROYED, ended=ENDED)
    ledger.key_destroyed(replace(DESTROYED, reason="again"), ended=ENDED)
    assert [e for e in ledger.entries() if isinstance(e, KeyDestroyed)] == [DESTROYED]
    assert [e for e in ledger.entries() if isinstance(e, KeyRotated)] == [ROTATED]


def test_a_bundle_without_a_day_of_deletion_keeps_its_epoch(ledger):
    """Where no deletion was agreed the epoch is in use for ever."""
    reserve(ledger)
    ledger.keyed(replace(KEYED, delete_at=None))
    release(ledger)
    with pytest.raises(LedgerError, match="no day"):
        ledger.key_destroyed(replace(DESTROYED, when="2999-01-01T00:00:00Z"), ended=ENDED)


def test_a_bundle_without_tokens_keeps_nothing(ledger):
    """A bundle that was made with no key does not stand in the way of destroying one."""
    reserve(ledger)
    ledger.keyed(replace(KEYED, key_ids=(), delete_at=None))
    release(ledger)
    ledger.key_destroyed(DESTROYED, ended=ENDED)
    assert ledger.destroyed_epochs() == {"1"}


@pytest.mark.parametrize("left", [True, False])
def test_what_is_not_known_counts_as_in_use(ledger, left):
    """A release of which no keys are written down, or an open draft, from before the end of an epoch keeps its key."""
    reserve(ledger)
    if left:
        release(ledger)
    with pytest.raises(LedgerError) as caught:
        ledger.key_destroyed(DESTROYED, ended=ENDED)
    assert caught.value.reason == "epoch-in-use"
    ledger.key_destroyed(DESTROYED, ended="2026-01-01T00:00:00Z")


def test_nothing_is_released_under_a_destroyed_epoch(ledger):
    """A draft that was begun before its epoch was destroyed cannot leave with it."""
    ledger.key_destroyed(DESTROYED, ended=ENDED)
    reserve(ledger, AFTER)
    with pytest.raises(LedgerError, match="destroyed"):
        ledger.keyed(KEYED)
    assert ledger.keyed(replace(KEYED, epoch="2")).epoch == "2"


def test_a_restored_ledger_destroys_nothing(ledger):
    """Nobody knows what left after a backup: until it was compared, no key goes."""
    ledger.restore(NOW, NOW)
    with pytest.raises(LedgerError, match="restored"):
        ledger.key_destroyed(DESTROYED, ended=ENDED)
