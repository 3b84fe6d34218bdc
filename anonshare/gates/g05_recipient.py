"""G5: the recipient's card is pinned, is an agency's, has a key, and its kind may receive this type of release."""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.errors import Fault
from anonshare.gates.facts import RecipientFacts, ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """What speaks against this recipient."""
    if facts.recipient is None:
        return (Fault("recipient", "the recipient was not looked up in the trust store"),)
    return (*_card(facts.recipient), *_kind(facts))


def _card(recipient: RecipientFacts) -> Iterator[Fault]:
    if not recipient.known:
        yield Fault("recipient.card", "no contact card of this id is pinned", "anonshare trust add CARD")
        return
    if not recipient.agency:
        yield Fault("recipient.card", "the pinned card is not an agency's", "check the id")
    if recipient.keys == 0:
        yield Fault("recipient.card", "the card has no key to encrypt to", "ask the agency for a new card")
    if not recipient.reads:
        yield Fault("recipient.card", "the recipient does not read this format of bundles", "one of both must update")
    for what in recipient.expired:
        yield Fault("recipient.card", f"{what} has expired", "anonshare trust renew; trust add CARD for a recipient's")
    if not recipient.same_world:
        yield Fault("recipient.card", "an exercise and a real organisation cannot share", "use two exercise workspaces")


def _kind(facts: ReleaseFacts) -> Iterator[Fault]:
    policy = facts.policy
    if policy.recipient.kind == "public" and policy.released:
        yield Fault("recipient.kind", "the public receives no records", "set release: nothing and share aggregates")
