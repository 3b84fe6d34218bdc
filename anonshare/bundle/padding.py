"""Padding: the size of a bundle tells at most a few bits (Padmé: Nikitin et al., PETS 2019), and small ones look alike.

Without it the size gave the exact number of records 500 times out of 500 (reference: users-and-law, section 10).
"""

from __future__ import annotations

__all__ = ["FLOOR", "PADDING", "padded_size"]

FLOOR = 256 << 10
"""Bundles below a quarter of a megabyte all have this size."""

PADDING = "padding"


def padded_size(size: int) -> int:
    """The next size that Padmé allows, at least ``FLOOR`` bytes; at most 12 % more than ``size``."""
    if size <= FLOOR:
        return FLOOR
    exponent = size.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (size + mask) & ~mask
