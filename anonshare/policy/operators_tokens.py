"""The parameters of the operators that put something else in the place of a value: a token, an invented value, a mark."""

from __future__ import annotations

from typing import Literal

from anonshare.policy.base import Model

__all__ = ["Pseudonymize", "PseudonymizeReversible", "Redact", "Surrogate", "TokenType", "TokenizeVault"]

TokenType = Literal["per", "ph", "em", "ib", "doc", "acc", "plt", "addr", "org", "ip"]
"""What a token stands for; the first part of the token itself."""


class Pseudonymize(Model):
    """Values become tokens under a key that never leaves, another one for each recipient (pseudonyms: HMAC-SHA-256).

    ``scope`` is where equal values stay equal: for the recipient whatever the policy (person), for recipient and policy
    (relationship), in the rows of one person (document), nowhere (transaction). ``entity`` is the type of the tokens.
    Tokens of the type per stand for a person and not for a name: ``who`` tells whether the column names the unit of
    protection or somebody else, whose names are told apart within the rows of one person.
    """

    scope: Literal["person", "relationship", "document", "transaction"] = "relationship"
    entity: TokenType | None = None
    who: Literal["unit", "other"] | None = None


class PseudonymizeReversible(Model):
    """Values become tokens that who holds the key can turn back (AES-SIV); no names of persons."""

    scope: Literal["person", "relationship"] = "relationship"
    entity: TokenType | None = None


class TokenizeVault(Model):
    """Values become random tokens; which is whose stands in a sealed mapping that can be destroyed; no names."""

    entity: TokenType | None = None


class Surrogate(Model):
    """Values become realistic invented ones of a kind; ``marked`` ends each in words that say so."""

    kind: Literal[
        "name",
        "given_name",
        "surname",
        "phone",
        "email",
        "iban",
        "document",
        "account",
        "address",
        "organisation",
    ]
    marked: bool = True


class Redact(Model):
    """Each value becomes one mark of its type, such as <PHONE_NUMBER>."""

    entity: TokenType | None = None
