"""Every error of anonshare, on one page.

AnonshareError                      exit  what happened
├── InputError                       1    a file or frame cannot be read as what it should be
├── StorageError                     1    a folder or disk cannot take what must be written
├── MissingExtra                     1    an optional part is not installed
├── KeyFileError                     1    a key file is missing, unprotected, or its passphrase is wrong
├── WorkspaceError                   1    the workspace is not one, is damaged, or is in use
├── PolicyError                      1    a policy, requirements or parameter file is not valid
├── DetectionError                   1    a detector or its model cannot be used
├── UsageError                       2    the command was called wrongly
├── ReleaseRefused                   3    a release gate refuses
│   ├── DisclosureError              3    a privacy model is not met, or cannot be judged
│   └── LedgerError                  3    the ledger is damaged, stale or forbids the release
├── BundleError                      4    a bundle is not authentic
│   ├── MalformedBundle              4    bytes that no honest packer writes
│   ├── SignatureError               4    a signature is wrong, or the threshold of roles is not met
│   ├── UntrustedSigner              4    a key, card or trust store that does not count
│   └── LimitExceeded                4    larger than what is read from a stranger
└── NotAcceptable                    5    authentic, but not acceptable here
    ├── NotForUs                     5    the audience is somebody else, or no identity opens it
    ├── OutOfOrder                   5    a replay, a rollback, a fork or a gap in the stream
    ├── ExpiredBundle                5    its time has passed
    ├── UnsupportedFormat            5    made for a newer version
    └── RequirementNotMet            5    a requirement, or a promise that was recomputed, is not met

A message says what is wrong and whose it is; the hint says what to do. Neither ever holds the value of a cell:
a traceback here is a disclosure. Foreign exceptions are converted where they occur, with ``raise ... from None``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

__all__ = [
    "AnonshareError",
    "BundleError",
    "DetectionError",
    "DisclosureError",
    "ExpiredBundle",
    "Fault",
    "InputError",
    "KeyFileError",
    "LedgerError",
    "LimitExceeded",
    "MalformedBundle",
    "MissingExtra",
    "NotAcceptable",
    "NotForUs",
    "OutOfOrder",
    "PolicyError",
    "ReleaseRefused",
    "RequirementNotMet",
    "SignatureError",
    "StorageError",
    "UnsupportedFormat",
    "UntrustedSigner",
    "UsageError",
    "WorkspaceError",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, located by names and counts, never by values.

    ``where`` is a path such as ``records.tables.cases.columns.phone``, ``problem`` one clause, ``remedy`` what to do.
    """

    where: str
    problem: str
    remedy: str | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


class AnonshareError(Exception):
    """The root of the family.

    ``message`` is one sentence; ``hint`` what to do next; ``reason`` a stable id for ``--json``; ``faults`` the single
    findings where there are several.
    """

    exit_code: ClassVar[int] = 1
    reason: str = "error"

    def __init__(
        self, message: str, *, hint: str | None = None, reason: str | None = None, faults: tuple[Fault, ...] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.faults = faults
        if reason is not None:
            self.reason = reason


class InputError(AnonshareError):
    """A file or frame cannot be read as what it should be (exit 1)."""

    reason = "input"


class StorageError(AnonshareError):
    """A folder or disk cannot take what must be written; nothing was left behind (exit 1)."""

    reason = "storage"


class MissingExtra(AnonshareError):
    """An optional part is not installed; the hint prints the line that installs it (exit 1)."""

    reason = "missing-extra"

    def __init__(self, doing: str, extra: str) -> None:
        super().__init__(
            f"{doing} needs the part [{extra}] of anonshare, which is not installed here.",
            hint=f'From a checkout: pip install ".[{extra}]"   From a wheel: pip install "anonshare-VERSION.whl[{extra}]"',
        )
        self.extra = extra


class KeyFileError(AnonshareError):
    """A key file is missing, unprotected or not readable with the passphrase given (exit 1)."""

    reason = "key"


class WorkspaceError(AnonshareError):
    """The folder is no workspace, is damaged, or another process is using it (exit 1)."""

    reason = "workspace"


class PolicyError(AnonshareError):
    """A policy, requirements or parameter file is not valid; ``faults`` holds all findings at once (exit 1)."""

    reason = "policy"


class DetectionError(AnonshareError):
    """A detector or its language model cannot be used (exit 1)."""

    reason = "detection"


class UsageError(AnonshareError):
    """The command was called wrongly (exit 2)."""

    exit_code = 2
    reason = "usage"


class ReleaseRefused(AnonshareError):
    """A release gate refuses; ``faults`` names every gate that does (exit 3)."""

    exit_code = 3
    reason = "refused"


class DisclosureError(ReleaseRefused):
    """A privacy model is not met or cannot be judged (exit 3)."""

    reason = "disclosure"


class LedgerError(ReleaseRefused):
    """The ledger is damaged, stale, or forbids this release (exit 3)."""

    reason = "ledger"


class BundleError(AnonshareError):
    """A bundle is not authentic (exit 4)."""

    exit_code = 4
    reason = "not-authentic"


class MalformedBundle(BundleError):
    """Bytes that no honest packer writes (exit 4)."""

    reason = "malformed"


class SignatureError(BundleError):
    """A signature is wrong, or fewer persons signed than the roles demand (exit 4)."""

    reason = "signature"


class UntrustedSigner(BundleError):
    """A key, card or trust store that does not count here (exit 4)."""

    reason = "trust"


class LimitExceeded(BundleError):
    """Larger than what is read from a stranger (exit 4)."""

    reason = "limit"


class NotAcceptable(AnonshareError):
    """Authentic, but not acceptable here (exit 5)."""

    exit_code = 5
    reason = "not-acceptable"


class NotForUs(NotAcceptable):
    """The signed audience is somebody else, or no identity here opens the file (exit 5)."""

    reason = "audience"


class OutOfOrder(NotAcceptable):
    """A replay, a rollback, a fork or a gap in the stream (exit 5)."""

    reason = "order"


class ExpiredBundle(NotAcceptable):
    """The time in which it may be accepted has passed (exit 5)."""

    reason = "expired"


class UnsupportedFormat(NotAcceptable):
    """Validly signed, but made for a newer version of anonshare (exit 5)."""

    reason = "unsupported"


class RequirementNotMet(NotAcceptable):
    """A requirement of the receiver, or a promise that was recomputed, is not met (exit 5)."""

    reason = "requirement"
