"""What plan and report say of tokens and of notes that leave masked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anonshare.pipeline.plan import Plan
from anonshare.report.model import Section, Table

__all__ = ["MASKED_LIMIT", "masked_section", "register_words", "token_section"]

MASKED_LIMIT = "Masked notes stay personal data: what they tell can name a person to whoever knows her, and a model overlooks names."


def masked_section(plan: Plan) -> Section | None:
    """Per column: how many notes there are, how many are withheld and why. For the contributor's eyes: exact counts."""
    if not plan.masked.counts:
        return None
    rows = tuple(
        (name, str(c.notes), str(c.language), str(c.residue), str(c.ambiguous))
        for name, c in plan.masked.counts.items()
    )
    words = (
        MASKED_LIMIT,
        "Withheld are notes in a language that the policy does not accept, and those in which something still shows.",
        "A mention that can be either of two persons has a pseudonym of its own.",
    )
    header = ("column", "notes", "withheld: language", "withheld: still shows", "mentions of either of two")
    return Section("Notes that leave masked", words, Table(header, rows))


def register_words(plan: Plan, *, kept: bool) -> str:
    """Whether the register of the release is written, and until when."""
    if not kept:
        return "none: appoint custodians in two roles (anonshare custody add), or who withdraws is looked for by hand"
    retention = plan.policy.retention
    return f"sealed to two custodians for {retention.register_for or retention.delete_by}"


def token_section(tokens: Mapping[str, Any]) -> Section:
    """The signed facts of the tokens in words."""
    rows = tuple(
        (
            f"{c['table']}.{c['column']}",
            c["operator"].replace("_", " "),
            c["entity"] or "",
            c["scope"],
            c["key_id"] or "",
        )
        for c in tokens["columns"]
    )
    words = [
        f"Tokens are for {tokens['domain']} alone: the same value has other tokens for anybody else.",
        f"{tokens['keys_held_by']} alone holds the keys.",
        "Whose a token is can be asked, with a case and a legal basis: anonshare reverse request",
    ]
    if tokens["masked_notes"]:
        names = ", ".join(f"{one['table']}.{one['column']}" for one in tokens["masked_notes"])
        words.append(
            f"The notes in {names} are masked. A person has one pseudonym in all notes and columns. {MASKED_LIMIT}"
        )
    table = Table(("column", "tokens by", "type", "scope", "id of the key"), rows) if rows else None
    return Section("Pseudonyms", tuple(words), table)
