"""Encrypted bundles: sign, then encrypt; decrypt into a private folder, verify, rename."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from anonshare.bundle.verified import VerifiedBundle
from anonshare.bundle.verify import StreamState, verify
from anonshare.errors import InputError
from anonshare.files import staging_dir, writing
from anonshare.trust.store import TrustStore
from anonshare.wire.age import decrypt, encrypt

__all__ = ["decrypt_and_verify", "seal_to"]

SUFFIX = ".age"


def seal_to(path: Path, plain: Path, recipients: Sequence[str]) -> None:
    """Encrypt the bundle at ``plain`` into ``path``."""
    with writing("the encrypted bundle"), plain.open("rb") as source, path.open("xb") as out:
        encrypt(source, out, recipients)


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

    Raises NotForUs where no identity fits, and what ``verify`` raises; then nothing is left in ``into``.
    """
    with staging_dir(into, "the opened bundle") as stage:
        opened = stage / path.name.removesuffix(SUFFIX)
        try:
            source = path.open("rb")
        except OSError:
            raise InputError("The bundle cannot be opened.", hint="Check the path.") from None
        with source, writing("the opened bundle"), opened.open("xb") as out:
            decrypt(source, out, identities)
        verify(opened, trust=trust, state=state, now=now, receiver=receiver).close()
        final = into / opened.name
        with writing("the opened bundle"):
            opened.replace(final)
    return verify(final, trust=trust, state=state, now=now, receiver=receiver)
