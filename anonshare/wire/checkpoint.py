"""Checkpoints: what a log says about itself in a signed note, and what witnesses say about that.

Sources: C2SP tlog-checkpoint.md and tlog-cosignature.md, Ed25519 (type 0x04). A log that shows two histories needs both
to be cosigned: where a quorum of witnesses is asked for, one of them must have lied.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from anonshare.errors import MalformedBundle, OutOfOrder, SignatureError, UntrustedSigner
from anonshare.wire.merkle import EMPTY, HASH, verify_consistency
from anonshare.wire.note import CONTROL, COSIGNATURE, Line, Note, NoteKey, Sign, base64, number, signatures_of, verify

__all__ = ["Checkpoint", "Cosignature", "cosign", "cosignatures", "must_extend", "opened", "parse", "quorum", "text_of"]

_TIME = 8


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The origin of a log, how many entries it has and the root of their tree; extension lines are opaque."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cosignature:
    """Who saw a checkpoint to continue all it saw before, and when (POSIX seconds, by the witness' own clock)."""

    witness: NoteKey
    time: int


def text_of(checkpoint: Checkpoint) -> str:
    """The text of the note that states a checkpoint; raises MalformedBundle where it has none."""
    lines = [checkpoint.origin, str(checkpoint.size), b64encode(checkpoint.root).decode(), *checkpoint.extensions]
    if not all(lines) or any("\n" in line or CONTROL.search(line) for line in lines):
        raise MalformedBundle("A checkpoint has an empty line, or one with control characters.")
    number(lines[1])
    if len(checkpoint.root) != HASH:
        raise MalformedBundle("The root of a checkpoint is not a hash of 32 bytes.")
    if (checkpoint.size == 0) != (checkpoint.root == EMPTY):
        raise MalformedBundle("The root of a checkpoint does not fit its size.")
    return "\n".join([*lines, ""])


def parse(text: str) -> Checkpoint:
    """The checkpoint of which ``text`` is the note's text; raises MalformedBundle for any other text."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1]:
        raise MalformedBundle("A checkpoint has fewer than three lines.")
    found = Checkpoint(lines[0], number(lines[1]), base64(lines[2]), tuple(lines[3:-1]))
    if text_of(found) != text:
        raise MalformedBundle("A checkpoint is not written in its one form.")
    return found


def opened(note: Note, log: NoteKey) -> Checkpoint:
    """The checkpoint that the log with this key has signed; the name of the key is the log's origin.

    Raises as ``note.verify`` and ``parse``, and UntrustedSigner where the checkpoint is of another origin.
    """
    found = parse(verify(note, log))
    if found.origin != log.name:
        raise UntrustedSigner("A checkpoint names another log than the one whose key signed it.")
    return found


def must_extend(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> None:
    """Raise OutOfOrder where ``new`` is not shown to continue ``old``: a rollback, a rewritten past, a split view.

    From an empty log the proof is empty. Both checkpoints are to be opened first. RFC 9162 section 2.1.4.
    """
    if old.origin != new.origin:
        raise OutOfOrder("Two checkpoints are of different logs.", reason="origin")
    if new.size < old.size:
        raise OutOfOrder("A log has become shorter: entries were taken back.", reason="rollback")
    empty = old.size == 0 and not proof
    if not empty and not verify_consistency(old.size, new.size, old.root, new.root, proof):
        raise OutOfOrder(
            "A log does not continue what it said before: its past was rewritten, or it shows two histories.",
            hint="Keep both checkpoints: they are the evidence.",
            reason="fork",
        )


def cosign(text: str, witness: NoteKey, time: int, signer: Sign) -> Line:
    """A witness' line under the checkpoint ``text`` at ``time`` (POSIX seconds); check with ``must_extend`` before.

    Raises MalformedBundle where it is no checkpoint, UntrustedSigner where ``signer`` does not hold the witness' key.
    """
    parse(text)
    message = _message(text, time)
    signature = signer(message)
    if witness.kind != COSIGNATURE or not witness.signed(message, signature):
        raise UntrustedSigner("A checkpoint was not cosigned by the key that it would name.")
    return Line(witness.name, witness.keyid, time.to_bytes(_TIME, "big") + signature)


def cosignatures(note: Note, witnesses: Sequence[NoteKey]) -> tuple[Cosignature, ...]:
    """What these witnesses have cosigned, the latest of each; lines of others are ignored.

    Raises SignatureError where any signature in the name of one of them is wrong, MalformedBundle for no checkpoint.
    """
    parse(note.text)
    found: list[Cosignature] = []
    for witness in dict.fromkeys(witnesses):
        times = [_time(note.text, witness, one) for one in signatures_of(note, witness)]
        if times:
            found.append(Cosignature(witness, max(times)))
    return tuple(found)


def quorum(note: Note, witnesses: Sequence[NoteKey]) -> int:
    """How many of these witnesses cosigned; one key under two names counts once. Raises as ``cosignatures``."""
    return len({one.witness.public for one in cosignatures(note, witnesses)})


def _message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {number(str(time))}\n{text}".encode()


def _time(text: str, witness: NoteKey, signature: bytes) -> int:
    time = int.from_bytes(signature[:_TIME], "big")
    known = witness.kind == COSIGNATURE and len(signature) == _TIME + 64 and time < 1 << 63
    if not known or not witness.signed(_message(text, time), signature[_TIME:]):
        raise SignatureError("A cosignature of a known witness under a checkpoint is wrong.")
    return time
