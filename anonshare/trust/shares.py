"""A root of tokens on paper, in shares: any few of them restore it, one fewer tells nothing (SLIP-39).

Source: satoshilabs/slips, slip-0039.md. The library's own messages repeat words of a share, so none of them leaves here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anonshare.errors import KeyFileError, UsageError
from anonshare.registry import guests
from anonshare.trust.keyring import epoch_words, fingerprint

if TYPE_CHECKING:
    from shamir_mnemonic import Share

__all__ = ["MOST_SHARES", "WORDS", "Sheet", "join", "read_sheet", "sheets"]

WORDS = 33
MOST_SHARES = 16
_PART = "custody"
_DOING = "A key in shares on paper"
_EPOCH = re.compile(r"^Epoch: ([1-9][0-9]{0,5})$", re.MULTILINE)
TEXT = """\
{title}: share of the key of tokens

Epoch: {epoch}
Share: {number} of {shares}
Needed: {threshold} of {shares}
Fingerprint: {fingerprint}

Print this page, delete the file, and lock the paper away, apart from the other shares.
Together with {others} more it tells whose token is whose. It is brought back with: anonshare keys recover SHEET SHEET

{words}
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was typed of a share: the epoch of its heading, None without one, and its words."""

    epoch: str | None
    words: tuple[str, ...] = field(repr=False)


def sheets(root: bytes, epoch: str, title: str, *, shares: int, threshold: int) -> tuple[str, ...]:
    """One page a custodian, of which any ``threshold`` restore the root; raises UsageError for other numbers than these."""
    if not 2 <= threshold <= shares <= MOST_SHARES:
        raise UsageError(
            f"A key is split into at most {MOST_SHARES} shares, of which at least 2 are needed and at most all.",
            hint="For example: --shares 3 --threshold 2",
        )
    with guests(_DOING, _PART):
        from shamir_mnemonic import generate_mnemonics
    (made,) = generate_mnemonics(1, [(threshold, shares)], root)
    words = epoch_words(fingerprint(root, epoch))
    return tuple(
        TEXT.format(
            title=title,
            epoch=epoch,
            number=number,
            shares=shares,
            threshold=threshold,
            others=threshold - 1,
            fingerprint=words,
            words=_lines(share.split()),
        )
        for number, share in enumerate(made, 1)
    )


def read_sheet(text: str) -> Sheet:
    """What stands on a page, or was typed from one: after the last empty line nothing but words, numbered or not."""
    head, _, tail = text.replace("\r\n", "\n").strip().rpartition("\n\n")
    found = _EPOCH.search(head)
    return Sheet(found.group(1) if found else None, tuple(re.findall(r"[a-z]+", tail.casefold())))


def join(given: Sequence[Sheet]) -> bytes:
    """The root that these shares restore.

    Raises KeyFileError with one sentence: the number of a sheet and of a word, never a word.
    """
    epochs = sorted({sheet.epoch for sheet in given if sheet.epoch is not None}, key=int)
    if len(epochs) > 1:
        raise KeyFileError(f"The sheets are of different epochs ({', '.join(epochs)}): take those of one.")
    with guests(_DOING, _PART):
        from shamir_mnemonic import MnemonicError, combine_mnemonics
    read = _shares(given)
    shares = {share.index: share for share in read}
    needed = next((share.member_threshold for share in read), 2)
    if len({share.group_parameters() for share in read}) > 1:
        raise KeyFileError("The sheets were not made together: take those of one splitting of the key.")
    if len(shares) < needed:
        raise KeyFileError(f"{needed} different shares are needed, and there are {len(shares)}.")
    try:
        return bytes(combine_mnemonics([share.mnemonic() for share in list(shares.values())[:needed]]))
    except MnemonicError:
        pass
    raise KeyFileError("The sheets do not fit together: one of them is of another splitting of the key.")


def _shares(given: Sequence[Sheet]) -> list[Share]:
    from shamir_mnemonic import MnemonicError, Share
    from shamir_mnemonic.wordlist import WORD_INDEX_MAP

    found: list[Share] = []
    for number, sheet in enumerate(given, 1):
        wrong = [place for place, word in enumerate(sheet.words, 1) if word not in WORD_INDEX_MAP]
        if wrong:
            raise KeyFileError(f"Sheet {number}: word {wrong[0]} is none of the list; compare it with the paper.")
        if len(sheet.words) != WORDS:
            raise KeyFileError(f"Sheet {number} has {len(sheet.words)} words; a share has {WORDS}.")
        with suppress(MnemonicError):
            found.append(Share.from_mnemonic(" ".join(sheet.words)))
        if len(found) < number:
            raise KeyFileError(f"Sheet {number}: a word is another one than on the paper; compare them word by word.")
    return found


def _lines(words: Sequence[str]) -> str:
    numbered = [f"{number:>2} {word:<9}" for number, word in enumerate(words, 1)]
    return "\n".join(" ".join(numbered[at : at + 5]).rstrip() for at in range(0, len(numbered), 5))
