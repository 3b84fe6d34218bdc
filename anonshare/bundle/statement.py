"""The manifest: an in-toto Statement v1 with a closed predicate that holds only what verification needs."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from anonshare.bundle.container import MOST_ENTRIES
from anonshare.bundle.names import MANIFEST, is_name, stand_together
from anonshare.errors import MalformedBundle, UnsupportedFormat
from anonshare.wire.strict_json import canonical, parse

__all__ = [
    "FORMAT",
    "PAYLOAD_TYPE",
    "PREDICATE_TYPE",
    "Audience",
    "FileEntry",
    "Statement",
    "parse_statement",
    "statement_bytes",
]

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "urn:anonshare:bundle:1-draft"
FORMAT = "anonshare/1-draft"
LARGEST_FILE = 1 << 40

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Stamp = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")]
Role = Literal["tag", "data", "policy", "report", "facts", "descriptor", "readme", "padding"]


class Model(BaseModel):
    """Closed, frozen, strict, silent about its input."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class FileEntry(Model):
    """One file: its name, size in bytes, CRC-32 (8 hex digits), SHA-256 (64 hex digits) and role."""

    path: Annotated[str, StringConstraints(max_length=400)]
    size: Annotated[int, Field(ge=0, le=LARGEST_FILE)]
    crc32: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
    sha256: Hex32
    role: Role


class Audience(Model):
    """Who may open the bundle: an organisation and the age recipient that it is encrypted to."""

    id: Slug
    recipient: Annotated[str, StringConstraints(pattern=r"^age1[0-9a-z]{40,2000}$")]


class Statement(Model):
    """What is signed. ``seq`` counts from 1 in the stream; ``prev`` is the digest of the bundle before."""

    format: Literal["anonshare/1-draft"]
    bundle_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    contributor: Slug
    stream: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,63}(/[a-z0-9-]{1,63}){0,3}$")]
    seq: Annotated[int, Field(ge=1, lt=2**53)]
    prev: Hex32 | None
    created: Stamp
    not_after: Stamp | None
    delete_at: Stamp | None
    audience: Annotated[tuple[Audience, ...], Field(min_length=1, max_length=64)]
    required_roles: Annotated[dict[Slug, Annotated[int, Field(ge=1, le=16)]], Field(min_length=1, max_length=16)]
    policy_digest: Hex32
    exercise: bool
    files: Annotated[tuple[FileEntry, ...], Field(min_length=1, max_length=MOST_ENTRIES - 1)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        paths = [entry.path for entry in self.files]
        if not all(is_name(path) and path != MANIFEST for path in paths):
            raise PydanticCustomError("rule", "name")
        if any(one >= two for one, two in pairwise(paths)) or not stand_together(paths):
            raise PydanticCustomError("rule", "name")
        policies = [entry.sha256 for entry in self.files if entry.role == "policy"]
        if policies != [self.policy_digest] or (self.seq == 1) != (self.prev is None):
            raise PydanticCustomError("rule", "fit")
        return self


def statement_bytes(statement: Statement) -> bytes:
    """The canonical payload of a statement."""
    plain = statement.model_dump(mode="json")
    return canonical(
        {
            "_type": STATEMENT_TYPE,
            "subject": [{"name": e.path, "digest": {"sha256": e.sha256}} for e in statement.files],
            "predicateType": PREDICATE_TYPE,
            "predicate": {key: value for key, value in plain.items() if not key.startswith("_")},
        }
    )


def parse_statement(payload: bytes) -> Statement:
    """The statement in a payload that was authenticated.

    Raises UnsupportedFormat for another predicate type (made by a newer version), MalformedBundle otherwise, with
    reason ``name`` where an entry's name is not allowed.
    """
    raw = parse(payload)
    if raw.get("_type") != STATEMENT_TYPE or raw.keys() != {"_type", "subject", "predicateType", "predicate"}:
        raise _malformed()
    predicate = raw["predicate"]
    _refuse_newer(raw["predicateType"], predicate)
    try:
        statement = Statement.model_validate_json(canonical(predicate))
    except ValidationError as error:
        named = any(e["type"] == "rule" and e["msg"] == "name" for e in error.errors(include_input=False))
        raise _malformed("name" if named else None) from None
    if statement_bytes(statement) != payload:
        raise _malformed()
    return statement


def _refuse_newer(predicate_type: Any, predicate: Any) -> None:
    """A validly signed statement of another version is not tampering: the reader is too old for it."""
    if (
        not isinstance(predicate, dict)
        or not isinstance(predicate_type, str)
        or not predicate_type.startswith("urn:anonshare:bundle:")
    ):
        raise _malformed()
    if predicate_type != PREDICATE_TYPE or predicate.get("format") != FORMAT:
        raise UnsupportedFormat(
            "The bundle is signed, but made for another version of the format than this program reads.",
            hint=f"This program reads {FORMAT}; install a newer one.",
        )


def _malformed(reason: str | None = None) -> MalformedBundle:
    return MalformedBundle("The manifest is not one that an honest packer writes.", reason=reason)
