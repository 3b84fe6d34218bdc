"""Encrypted bundles: sign, then encrypt; decrypt and verify in one stream into a private folder, rename after success."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from anonshare.bundle.acceptance import StreamState
from anonshare.bundle.source import OpeningSource
from anonshare.bundle.verified import VerifiedBundle
from anonshare.bundle.verify import check
from anonshare.errors import AnonshareError, InputError
from anonshare.files import staging_dir, writing
from anonshare.trust.store import TrustStore
from anonshare.wire.age import FileKey, decrypted, encrypt, is_hybrid

__all__ = ["audience_recipients", "decrypt_and_verify", "holds", "seal_to"]


def audience_recipients(cards: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, str]]:
    """(organisation, age recipient) of everybody a bundle is encrypted to, from (organisation, recipients on its card).

    Post-quantum recipients where every organisation has one, else classic ones for all: mixed, the file would be as weak
    as its weakest and look stronger. An organisation without a recipient of the chosen kind has none in the result.
    """
    hybrid = all(any(is_hybrid(one) for one in recipients) for _, recipients in cards)
    return sorted((name, one) for name, recipients in cards for one in recipients if is_hybrid(one) == hybrid)


def seal_to(path: Path, plain: Path, recipients: Sequence[str]) -> FileKey:
    """Encrypt the bundle at ``plain`` into ``path``; returns the key of the file, for ``holds`` and nothing else."""
    with writing("the encrypted bundle"), plain.open("rb") as source, path.open("xb") as out:
        return encrypt(source, out, recipients)


def holds(path: Path, plain: Path, key: FileKey) -> bool:
    """Whether the ciphertext on the disk opens to the plain bytes, whoever's identity it is for."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source:
            for chunk in decrypted(source, key):
                digest.update(chunk)
        with plain.open("rb") as whole:
            return hashlib.file_digest(whole, "sha256").digest() == digest.digest()
    except (AnonshareError, OSError):
        return False


def decrypt_and_verify(
    path: Path,
    identities: Sequence[str],
    into: Path,
    *,
    trust: TrustStore,
    state: StreamState | None,
    now: datetime,
    receiver: str,
) -> VerifiedBundle:
    """Open an encrypted bundle; the plain file stands in ``into`` after every check has passed, and not before.

    Its name there is made of its digest: a sender's file name could hide another bundle, or hold a person's name.
    Raises NotForUs where no identity fits, and what ``verify`` raises; then nothing is left in ``into``.
    """
    with staging_dir(into, "the opened bundle") as stage:
        opened = stage / "opened"
        try:
            source = path.open("rb")
        except OSError:
            raise InputError("The bundle cannot be opened.", hint="Check the path.") from None
        with source, writing("the opened bundle"), opened.open("xb") as out:
            stream = OpeningSource(decrypted(source, identities), out)
            found = check(stream, trust=trust, state=state, now=now, receiver=receiver)
        final = into / f"{found.digest[:16]}.anonshare.zip"
        with writing("the opened bundle"):
            opened.replace(final)
            return found.bundle(final.open("rb", buffering=0))
