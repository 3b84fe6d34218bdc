"""What must never leave: every direct identifier of generated cases; and cases with canaries in every cell."""

from __future__ import annotations

from dataclasses import replace

from anonshare.samples.cases import Cases

__all__ = ["IDENTIFYING", "secrets", "with_canaries"]

IDENTIFYING = (
    "case_id", "first_name", "surname", "email", "handle", "shelter", "caseworker", "phone", "passport", "plate",
    "birth_date", "notes",
)  # fmt: skip


def secrets(made: Cases) -> frozenset[str]:
    """Every value of an identifying column."""
    return frozenset(cell for column in IDENTIFYING for cell in made.cells[column] if cell)


def with_canaries(made: Cases, mark: str = "Zq7Canary") -> tuple[Cases, tuple[str, ...]]:
    """The same cases with a canary at the end of every identifying cell that has a value, and the canaries."""
    planted = {
        column: f"{mark}{number:02}{column.title().replace('_', '')}" for number, column in enumerate(IDENTIFYING)
    }
    cells = {
        column: [cell and f"{cell} {planted[column]}" for cell in values] if column in planted else values
        for column, values in made.cells.items()
    }
    return replace(made, cells=cells), tuple(planted.values())
