"""The keys of one release's tokens: for one recipient, one epoch, and one policy or all of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from anonshare.policy.model import Policy
from anonshare.transforms.keys import key_id, subkey
from anonshare.transforms.spec import Scope

__all__ = ["TokenDomain"]

EVERY_POLICY = ""
"""The programme of scope ``person``: no policy has an empty id."""


@dataclass(frozen=True)
class TokenDomain:
    """Derives the keys of tokens. A release has one domain and one epoch: two side by side would publish a mapping.

    ``root`` is the secret of the epoch, empty where no column needs a key.
    """

    policy: Policy = field(repr=False)
    epoch: str
    root: bytes = field(repr=False)
    _used: dict[str, None] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """The recipient for whom tokens are made (EDPB 01/2025: the pseudonymisation domain)."""
        return self.policy.recipient.card

    def key(self, entity: str, operator: str, scope: Scope = "relationship") -> bytes:
        """The key of 32 bytes for an entity type and an operator.

        Scope ``person`` is one for all policies of this office towards the recipient; the others are the policy's own.
        """
        key = self._derived(entity, operator, scope)
        self._used[key_id(key)] = None
        return key

    def key_id(self, entity: str, operator: str, scope: Scope = "relationship") -> str:
        """The outward name of that key, 16 hex digits."""
        return key_id(self._derived(entity, operator, scope))

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The outward names of all keys that were asked for."""
        return tuple(sorted(self._used))

    def _derived(self, entity: str, operator: str, scope: Scope) -> bytes:
        programme = EVERY_POLICY if scope == "person" else self.policy.id
        return subkey(
            self.root, programme=programme, domain=self.name, entity=entity, operator=operator, epoch=self.epoch
        )
