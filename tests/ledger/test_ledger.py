"""Numbers, reservations, releases, and a chain that shows what was done to it."""

import multiprocessing
import os
import stat

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from anonshare.errors import AnonshareError, LedgerError
from anonshare.ledger.ledger import Ledger

WHEN = "2026-03-01T12:00:00Z"


def reserve(ledger, seq, bundle="a", stream="cases"):
    """Reserve with a made-up bundle."""
    return ledger.reserve(
        stream=stream, seq=seq, bundle_id=bundle * 32, policy_digest="b" * 64, input_digest="c" * 64, when=WHEN
    )


def release(ledger, seq, bundle="a", stream="cases", digest="d"):
    """Release a made-up bundle."""
    return ledger.release(
        stream=stream,
        seq=seq,
        bundle_id=bundle * 32,
        digest=digest * 64,
        recipients=("agency-x",),
        approvals=("ana", "ben"),
        when=WHEN,
    )


def test_numbers_follow_releases(tmp_path):
    """The first number has no predecessor, the next names the digest of the one before; streams do not mix."""
    ledger = Ledger.open(tmp_path)
    assert ledger.next_number("cases") == (1, None)
    reserve(ledger, 1)
    release(ledger, 1)
    assert Ledger.open(tmp_path).next_number("cases") == (2, "d" * 64)
    assert ledger.next_number("other") == (1, None)


def test_one_open_reservation_a_stream(tmp_path):
    """Another bundle is refused while one is open, the same one is taken up again, other streams are free."""
    ledger = Ledger.open(tmp_path)
    first = reserve(ledger, 1)
    assert reserve(ledger, 1) == first
    with pytest.raises(LedgerError) as caught:
        reserve(ledger, 1, "e")
    assert caught.value.reason == "open-draft"
    reserve(ledger, 1, "e", "other")
    assert len(ledger.open_reservations()) == 2
    assert len(ledger.entries()) == 2


def test_a_voided_number_is_free_again(tmp_path):
    """A draft that was given up leaves no gap: its number goes to the next bundle."""
    ledger = Ledger.open(tmp_path)
    reserve(ledger, 1)
    ledger.void(bundle_id="a" * 32)
    assert ledger.open_reservations() == ()
    assert reserve(ledger, 1, "e").seq == 1


def test_wrong_numbers_are_refused(tmp_path):
    """A number that is not the next one cannot be reserved."""
    with pytest.raises(LedgerError) as caught:
        reserve(Ledger.open(tmp_path), 2)
    assert caught.value.reason == "number"


def test_only_what_is_reserved_is_released_or_voided(tmp_path):
    """Without an open reservation for this very bundle nothing is released and nothing voided."""
    ledger = Ledger.open(tmp_path)
    for act in (lambda: release(ledger, 1), lambda: ledger.void(bundle_id="a" * 32)):
        with pytest.raises(LedgerError) as caught:
            act()
        assert caught.value.reason == "not-reserved"
    reserve(ledger, 1)
    with pytest.raises(LedgerError):
        release(ledger, 1, "e")


def test_a_release_is_written_once(tmp_path):
    """The same release again (a run after a crash) changes nothing; other bytes under its number are refused."""
    ledger = Ledger.open(tmp_path)
    reserve(ledger, 1)
    assert release(ledger, 1) == release(ledger, 1)
    assert len(ledger.releases("cases")) == len(ledger.releases()) == 1
    assert ledger.releases("other") == ()
    with pytest.raises(LedgerError):
        release(ledger, 1, digest="e")


def filled(folder):
    """Three releases in a ledger."""
    ledger = Ledger.open(folder)
    for seq, bundle in enumerate("abc", 1):
        reserve(ledger, seq, bundle)
        release(ledger, seq, bundle)
    return folder / "ledger.jsonl"


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: [lines[1], lines[0], *lines[2:]],
        lambda lines: [*lines[:2], *lines[3:]],
        lambda lines: [lines[0], *lines],
        lambda lines: [lines[0].replace(b'"cases"', b'"other"'), *lines[1:]],
        lambda lines: [*lines[:-1], lines[-1][:-9]],
        lambda lines: lines[:-1],
        lambda lines: lines[:-2],
        lambda lines: [],
    ],
    ids=["moved", "removed", "doubled", "changed", "half", "last", "last two", "all"],
)
def test_damage_is_seen(tmp_path, damage):
    """A line moved, removed, doubled, changed, cut in half, or lines cut off at the end: the ledger is not opened."""
    path = filled(tmp_path)
    path.write_bytes(b"".join(damage(path.read_bytes().splitlines(keepends=True))))
    with pytest.raises(LedgerError):
        Ledger.open(tmp_path)


def test_a_changed_or_missing_head_is_seen(tmp_path):
    """The head beside the chain is no decoration."""
    filled(tmp_path)
    head = tmp_path / "ledger.head"
    whole = head.read_bytes()
    head.write_bytes(b"{}")
    with pytest.raises(LedgerError):
        Ledger.open(tmp_path)
    head.unlink()
    with pytest.raises(LedgerError):
        Ledger.open(tmp_path)
    head.write_bytes(whole)
    assert len(Ledger.open(tmp_path).releases()) == 3


def test_a_crash_before_the_head_is_healed(tmp_path):
    """If the line was written and the head was not, the ledger opens, and the next entry sets the head right."""
    ledger = Ledger.open(tmp_path)
    reserve(ledger, 1)
    head = (tmp_path / "ledger.head").read_bytes()
    release(ledger, 1)
    (tmp_path / "ledger.head").write_bytes(head)
    again = Ledger.open(tmp_path)
    reserve(again, 2, "b")
    assert len(Ledger.open(tmp_path).entries()) == 3
    (tmp_path / "first").mkdir()
    reserve(Ledger.open(tmp_path / "first"), 1)
    (tmp_path / "first" / "ledger.head").unlink()
    assert len(Ledger.open(tmp_path / "first").entries()) == 1


def test_nothing_is_written_in_the_place_of_no_folder(tmp_path):
    """A ledger that is not there is an error, not an empty one."""
    with pytest.raises(LedgerError):
        Ledger.open(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="modes exist on POSIX alone")
def test_only_the_owner_reads_it(tmp_path):
    """The ledger and its head are private files."""
    filled(tmp_path)
    for name in ("ledger.jsonl", "ledger.head"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def _attempt(folder, bundle, results):
    try:
        reserve(Ledger.open(folder), 1, bundle)
        results.put("reserved")
    except AnonshareError:
        results.put("refused")


def test_parallel_drafts_get_one_number(tmp_path):
    """Of several processes that reserve at the same time exactly one holds the number, and the chain stays whole."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    workers = [context.Process(target=_attempt, args=(tmp_path, bundle, results)) for bundle in "abcd"]
    for worker in workers:
        worker.start()
    outcomes = [results.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    assert outcomes.count("reserved") == 1
    assert len(Ledger.open(tmp_path).open_reservations()) == 1


class Streams(RuleBasedStateMachine):
    """Any sequence of calls, beside a model of two dictionaries."""

    def __init__(self):
        super().__init__()
        import tempfile

        self.home = tempfile.TemporaryDirectory()
        from pathlib import Path

        self.folder = Path(self.home.name)
        self.released = {"cases": 0, "other": 0}
        self.held = {}

    def teardown(self):
        """Remove the folder."""
        self.home.cleanup()

    @rule(stream=st.sampled_from(["cases", "other"]), bundle=st.sampled_from("abcdef"), seq=st.integers(1, 4))
    def reserves(self, stream, bundle, seq):
        """The next number is given once."""
        held = self.held.get(stream)
        fine = held == (seq, bundle) if held else seq == self.released[stream] + 1
        try:
            reserve(Ledger.open(self.folder), seq, bundle, stream)
        except LedgerError:
            assert not fine
        else:
            assert fine
            self.held[stream] = (seq, bundle)

    @rule(stream=st.sampled_from(["cases", "other"]))
    def releases(self, stream):
        """What is held is released."""
        if stream in self.held:
            seq, bundle = self.held.pop(stream)
            release(Ledger.open(self.folder), seq, bundle, stream)
            self.released[stream] = seq

    @rule(stream=st.sampled_from(["cases", "other"]), bundle=st.sampled_from("abcdef"))
    def voids(self, stream, bundle):
        """What is held can be given up."""
        holders = [name for name, (_, held) in self.held.items() if held == bundle]
        try:
            entry = Ledger.open(self.folder).void(bundle_id=bundle * 32)
        except LedgerError:
            assert not holders
        else:
            del self.held[entry.stream]

    @invariant()
    def agrees(self):
        """Numbers have no gap and no double, and the open drafts are those of the model."""
        ledger = Ledger.open(self.folder)
        for stream, last in self.released.items():
            assert [entry.seq for entry in ledger.releases(stream)] == list(range(1, last + 1))
            assert ledger.next_number(stream)[0] == last + 1
        assert {e.stream: (e.seq, e.bundle_id[0]) for e in ledger.open_reservations()} == self.held


TestStreams = Streams.TestCase
TestStreams.settings = settings(deadline=None, max_examples=25, stateful_step_count=15)
