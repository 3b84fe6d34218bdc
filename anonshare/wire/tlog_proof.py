"""Proofs that data are in a log, in one file that is verified offline: index, audit path, signed checkpoint.

Source: C2SP tlog-proof.md (c2sp.org/tlog-proof@v1). The extra data are not signed by anybody.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field

from anonshare.errors import LimitExceeded, MalformedBundle, SignatureError
from anonshare.wire import note
from anonshare.wire.checkpoint import Checkpoint, opened, quorum
from anonshare.wire.merkle import HASH, leaf_hash, verify_inclusion

__all__ = ["EXTRA_LIMIT", "FIRST_LINE", "SUFFIX", "Proof", "decode", "encode", "verify"]

FIRST_LINE = "c2sp.org/tlog-proof@v1"
SUFFIX = ".tlog-proof"
EXTRA_LIMIT = 64 << 10
MOST_HASHES = 63
HEAD_LIMIT = 2 * EXTRA_LIMIT


@dataclass(frozen=True, slots=True)
class Proof:
    """The number of an entry from 0, its audit path from the leaf up, the checkpoint's note, and unsigned extra data."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: note.Note
    extra: bytes = field(default=b"", repr=False)


def encode(proof: Proof) -> bytes:
    """The bytes of a proof; raises MalformedBundle or LimitExceeded where it has no encoding."""
    if len(proof.path) > MOST_HASHES or len(proof.extra) > EXTRA_LIMIT:
        raise LimitExceeded("A proof has a longer path or more extra data than any log needs.")
    if any(len(one) != HASH for one in proof.path):
        raise MalformedBundle("A part of the path of a proof is not a hash of 32 bytes.")
    extra = [f"extra {b64encode(proof.extra).decode()}"] if proof.extra else []
    path = [b64encode(one).decode() for one in proof.path]
    lines = [FIRST_LINE, *extra, f"index {note.number(str(proof.index))}", *path, "", ""]
    return "\n".join(lines).encode("ascii") + note.encode(proof.checkpoint)


def decode(data: bytes) -> Proof:
    """The proof of which ``data`` is the encoding, not verified; raises MalformedBundle or LimitExceeded."""
    head, _, checkpoint = data.partition(b"\n\n")
    if len(head) > HEAD_LIMIT:
        raise LimitExceeded("A proof has a longer path or more extra data than any log needs.")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise MalformedBundle("The head of a proof is not ASCII.") from None
    extra = lines.pop(1).removeprefix("extra ") if lines[1:] and lines[1].startswith("extra ") else ""
    if len(lines) < 2 or lines[0] != FIRST_LINE or not lines[1].startswith("index "):
        raise MalformedBundle(f"A proof does not begin as {FIRST_LINE} does.")
    index = note.number(lines[1].removeprefix("index "))
    path = tuple(note.base64(line) for line in lines[2:])
    proof = Proof(index, path, note.decode(checkpoint), note.base64(extra))
    if encode(proof) != data:
        raise MalformedBundle("A proof is not written in its one encoding.")
    return proof


def verify(
    proof: Proof, data: bytes, log: note.NoteKey, witnesses: Sequence[note.NoteKey] = (), least: int = 0
) -> Checkpoint:
    """The checkpoint under which the log with this key (its name is the origin) holds ``data`` as an entry.

    At least ``least`` of the witnesses must have cosigned it; the log's own key is no witness of itself. Raises
    SignatureError where a signature is wrong, too few cosigned or the path does not lead to the root, and as
    ``checkpoint.opened``.
    """
    found = opened(proof.checkpoint, log)
    if quorum(proof.checkpoint, [one for one in witnesses if one.public != log.public]) < least:
        raise SignatureError("Fewer witnesses cosigned the checkpoint of a proof than are asked for.", reason="quorum")
    if not verify_inclusion(proof.index, found.size, leaf_hash(data), proof.path, found.root):
        raise SignatureError("A proof does not show that these data are in the log.", reason="inclusion")
    return found
