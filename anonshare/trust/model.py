"""What signed statements are made of: closed models, their small types, and the one way in which a stranger's are read."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from anonshare.errors import UntrustedSigner
from anonshare.wire.strict_json import canonical

__all__ = ["Base64", "Digest", "Model", "Signed", "Slug", "Stamp", "Stream", "Text", "rule", "validated"]

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Stamp = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")]


def rule(text: str) -> PydanticCustomError:
    """An error of a rule of ours."""
    return PydanticCustomError("rule", text)


def _canonical(text: str) -> str:
    """One key must not pass for two because its slack bits differ."""
    try:
        same = b64encode(b64decode(text, validate=True)).decode() == text
    except ValueError:
        same = False
    if not same:
        raise rule("something is not canonical base64")
    return text


Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{16,4000}={0,2}$"), AfterValidator(_canonical)]
Signed = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=1 << 20), AfterValidator(_canonical)
]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Stream = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,63}(/[a-z0-9-]{1,63}){0,3}$")]


class Model(BaseModel):
    """Closed, frozen, strict, silent about its input."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


M = TypeVar("M", bound=Model)


def validated(model: type[M], raw: Any, what: str) -> M:
    """``raw`` as a strict model; raises UntrustedSigner that names the field alone, for a stranger wrote the rest."""
    try:
        return model.model_validate_json(canonical(raw))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    known = [str(part) for part in first["loc"] if isinstance(part, int) or part in model.model_fields]
    why = str(first["msg"]) if first["type"] == "rule" else "it is not valid"
    raise UntrustedSigner(f"A {what} is refused at {'.'.join(known) or 'its top level'}: {why}.")
