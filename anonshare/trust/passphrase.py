"""Where a passphrase comes from: a file that only its owner may read, or a person at a terminal. Nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from anonshare.errors import KeyFileError
from anonshare.files import read_bytes, too_open

__all__ = ["VARIABLE", "passphrase"]

VARIABLE = "ANONSHARE_KEY_PASSPHRASE_FILE"
SIZE_LIMIT = 4096


def passphrase(environment: Mapping[str, str], prompt: Callable[[], str] | None) -> bytes:
    """The passphrase in the file that the environment names, or the answer to ``prompt``.

    Raises KeyFileError where others may read the file, where it is empty, or where there is nobody to ask. An
    environment variable or an argument that held the passphrase itself would show in process lists and crash dumps.
    """
    named = environment.get(VARIABLE)
    if named:
        path = Path(named)
        found = read_bytes(path, "passphrase file", SIZE_LIMIT).rstrip(b"\r\n")
        if too_open(path):
            raise KeyFileError("The passphrase file can be read by others.", hint="chmod 600 on the file.")
    elif prompt is not None:
        found = prompt().encode("utf-8")
    else:
        raise KeyFileError(
            "A passphrase is needed, and there is no terminal to ask.", hint=f"Name a file with it in {VARIABLE}."
        )
    if not found:
        raise KeyFileError("The passphrase is empty.")
    return found
