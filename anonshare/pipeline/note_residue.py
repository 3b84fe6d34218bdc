"""Masked notes in which a value of somebody else's row still stands are withheld before anything is drafted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from anonshare.pipeline.distinctive import Residue, values_that_stay
from anonshare.pipeline.inputs import Inputs
from anonshare.pipeline.masked_notes import MaskCounts, MaskedNotes

__all__ = ["without_residue"]


def without_residue(inputs: Inputs, masked: MaskedNotes) -> MaskedNotes:
    """The notes without those in which an identifying value of any row is found, whoever's it is; they are counted.

    Detection looks for the values of a note's own person. Another client of the same shelter is in that person's notes as
    well, and where no model finds her name the cells of her own row do.
    """
    if not masked.texts:
        return masked
    residue = values_that_stay(inputs)
    texts, counts = {}, {}
    for name, notes in masked.texts.items():
        texts[name], counts[name] = _kept(residue, notes, masked.counts[name])
    return replace(masked, texts=texts, counts=counts)


def _kept(
    residue: Residue, notes: Iterable[str | None], count: MaskCounts
) -> tuple[tuple[str | None, ...], MaskCounts]:
    whole = tuple(notes)
    named = residue.names_in(note or "" for note in whole)
    kept = tuple(None if here else note for note, here in zip(whole, named, strict=True))
    return kept, replace(count, residue=count.residue + sum(named))
