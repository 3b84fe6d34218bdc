"""A local recoding after the merge pass, beside the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from anonshare.disclosure.arrays import np
from anonshare.disclosure.local_recoding import Found, recipe_of
from anonshare.disclosure.loss import exact_levels
from anonshare.disclosure.merging import find_moves
from anonshare.disclosure.moving import moved
from anonshare.disclosure.promise import Promised, overall_of
from anonshare.disclosure.walking import Part, laid, promises_of_part, walked_parts
from anonshare.shapes import CodedRows, Recipe

__all__ = ["merged"]


def merged(
    rows: CodedRows, taken: Found, promised: Sequence[Promised], deadline: float | None
) -> tuple[Found, Recipe] | None:
    """The recoding with the moves that save loss; None where nobody moves."""
    overall = overall_of(rows, promised)
    parts = walked_parts(taken.assigned, taken.descents, rows)
    made = {}
    for part in parts:
        told = promises_of_part(part, promised, overall, rows.persons)
        moves = find_moves(part.descent, part.found, part.walked, told, deadline)
        made[part.block.shape] = replace(part.descent, moves=moves)
    if not any(one.moves for one in made.values()):
        return None
    ends = [_end(replace(part, descent=made[part.block.shape])) for part in parts]
    levels, kept = laid(rows, parts, ends)
    return Found(taken.assigned, made), recipe_of(rows, exact_levels(rows, levels), kept)


def _end(part: Part) -> tuple[np.ndarray, np.ndarray]:
    """Everybody is in a class of the recoding that was made of them."""
    return moved(part.descent, part.found, part.walked).levels, np.ones(len(part.able), dtype=np.bool_)
