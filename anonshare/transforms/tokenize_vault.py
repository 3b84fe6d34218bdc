"""Values become random tokens; which is whose stands in a sealed mapping alone, and is gone when that is destroyed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anonshare.errors import PolicyError
from anonshare.transforms.entities import code_entity
from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec, Vault
from anonshare.transforms.tokens import make_token

__all__ = ["OPERATOR", "TokenizeVault"]


@dataclass(frozen=True, slots=True)
class TokenizeVault(OfValue):
    """One value in all its spellings becomes one token, for as long as the vault lives."""

    entity: str
    region: str | None
    vault: Vault = field(repr=False)
    normalise: Callable[..., str | None] = field(repr=False)

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The token that the vault holds for the normalised value, None where it is not valid."""
        normal = self.normalise(self.entity, value, region=self.region)
        return None if normal is None else make_token(self.entity, self.vault(normal))


def _build(params: Any, context: OperatorContext) -> TokenizeVault:
    from anonshare.identifiers.normalise import normalise

    entity = code_entity(params, context)
    if context.vault is None:
        raise PolicyError(
            f"columns.{context.column}: there is no vault to keep the tokens in.",
            hint="Plan with a workspace, which has one, or use pseudonymize.",
        )
    return TokenizeVault(entity, context.region, context.vault(entity), normalise)


OPERATOR = OperatorSpec("tokenize_vault", leaves=True, build=_build, needs=frozenset({"vault"}))
