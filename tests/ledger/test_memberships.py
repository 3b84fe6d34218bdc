"""The private list of who was in which class."""

import os
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonshare.errors import LedgerError
from anonshare.ledger.memberships import memberships_path, read_memberships, write_memberships

KEY, BUNDLE = b"k" * 32, "ab" * 16
digests = st.binary(min_size=16, max_size=16)


@given(st.dictionaries(digests, digests))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_written_is_read(tmp_path, members):
    """Reading gives the same persons and classes, in sorted order."""
    write_memberships(tmp_path, BUNDLE, members, KEY)
    found = read_memberships(tmp_path, BUNDLE, KEY)
    assert found == members
    assert list(found) == sorted(members)


def test_every_changed_byte_is_refused(tmp_path):
    """A flipped byte, a byte less, another key or another bundle's file: it is not known who was in the release."""
    members = {bytes([i]) * 16: bytes([i % 2]) * 16 for i in range(3)}
    path = write_memberships(tmp_path, BUNDLE, members, KEY)
    whole = path.read_bytes()
    for i in range(len(whole)):
        path.write_bytes(whole[:i] + bytes([whole[i] ^ 1]) + whole[i + 1 :])
        with pytest.raises(LedgerError):
            read_memberships(tmp_path, BUNDLE, KEY)
    for length in (0, 10, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(LedgerError):
            read_memberships(tmp_path, BUNDLE, KEY)
    path.write_bytes(whole)
    with pytest.raises(LedgerError):
        read_memberships(tmp_path, BUNDLE, b"x" * 32)
    memberships_path(tmp_path, "cd" * 16).write_bytes(whole)
    with pytest.raises(LedgerError):
        read_memberships(tmp_path, "cd" * 16, KEY)


def test_a_missing_list_is_refused(tmp_path):
    """Without the list of an earlier release nothing can be compared: that is an error, not an empty release."""
    with pytest.raises(LedgerError) as caught:
        read_memberships(tmp_path, BUNDLE, KEY)
    assert caught.value.reason == "memberships"


@pytest.mark.parametrize("members", [{b"short": b"c" * 16}, {b"p" * 16: b"short"}])
def test_digests_have_one_width(tmp_path, members):
    """A digest of another length would shift all that follow."""
    with pytest.raises(LedgerError):
        write_memberships(tmp_path, BUNDLE, members, KEY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("bundle_id", ["../" + "a" * 29, "A" * 32, ""])
def test_a_bundle_id_is_no_path(bundle_id, tmp_path):
    """Only 32 hex digits become a file name."""
    with pytest.raises(LedgerError):
        memberships_path(tmp_path, bundle_id)


@pytest.mark.skipif(os.name != "posix", reason="modes exist on POSIX alone")
def test_only_the_owner_reads_it(tmp_path):
    """The list is a private file."""
    path = write_memberships(tmp_path, BUNDLE, {}, KEY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
