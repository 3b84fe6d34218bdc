"""The steps of a local recoding as JSON, and out of it: read so that a walk along them ends, and finds all that it looks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from anonshare.disclosure.descent import REST, Class, Descent, FeatureName, Move, Step, ways
from anonshare.disclosure.json_values import LARGEST, NotThat, items, members, text, truth, whole, without_twins
from anonshare.disclosure.shapes_of_persons import Assignment

__all__ = ["assigned_json", "descents_json", "read_assigned", "read_descents"]

Shape = tuple[int, ...]


def assigned_json(assigned: Assignment) -> list[Any]:
    """Who keeps how many rows, as plain data."""
    return [[list(own), [[list(shape), count] for shape, count in ways]] for own, ways in sorted(assigned.items())]


def descents_json(descents: Mapping[Shape, Descent]) -> list[Any]:
    """The steps of those who keep equally many rows, as plain data."""
    return [[list(shape), _descent_json(one)] for shape, one in sorted(descents.items())]


def _descent_json(descent: Descent) -> dict[str, Any]:
    return {
        "features": [[one.column, one.position] for one in descent.features],
        "roots": list(descent.roots),
        "steps": [_step_json(step) for step in descent.steps],
        "moves": [[_class_json(one.source), _class_json(one.target), one.stay] for one in descent.moves],
    }


def _step_json(step: Step) -> dict[str, Any]:
    told = asdict(step)
    # a list, for labels are any text, and keys of JSON are sorted
    told["children"] = [[label, following] for label, following in step.children.items()]
    told["spare"] = None if step.spare is None else list(step.spare)
    return told


def _class_json(told: Class) -> list[int | None]:
    step, way = told
    return [step, None if way == REST else way]


def read_assigned(raw: object) -> Assignment:
    """Who keeps how many rows: never more than he has, and the last way of each takes whoever is left."""
    return without_twins(_ways(*items(one, 2)) for one in items(raw))


def _ways(own: object, raw: object) -> tuple[Shape, tuple[tuple[Shape, int | None], ...]]:
    shape = _shape(own)
    ways = [items(way, 2) for way in items(raw)]
    if not ways or ways[-1][1] is not None:
        raise NotThat
    kept = [_shape(way[0], shape[0]) for way in ways]
    counts = [whole(way[1], 1) for way in ways[:-1]]
    return shape, tuple(zip(kept, [*counts, None], strict=True))


def _shape(raw: object, most: int = LARGEST) -> Shape:
    """How many rows: of the one table that a recoding has, and one at least."""
    return (whole(items(raw, 1)[0], 1, most),)


def read_descents(raw: object, heights: Sequence[int]) -> dict[Shape, Descent]:
    """The steps by shape; ``heights`` are the levels below the root of each key column."""
    return without_twins(_descent(heights, *items(one, 2)) for one in items(raw))


def _descent(heights: Sequence[int], shape: object, raw: object) -> tuple[Shape, Descent]:
    kept = _shape(shape)
    told = members(raw, ("features", "roots", "steps", "moves"))
    features = _features(items(told["features"]), len(heights), kept[0])
    roots = tuple(heights[one.column] for one in features)
    if [whole(root, 1) for root in items(told["roots"])] != list(roots):
        raise NotThat
    listed = items(told["steps"])
    steps = [_step(step, number, roots, len(listed)) for number, step in enumerate(listed)]
    follow = sorted(way for step in steps for way in (*step.children.values(), step.rest) if way is not None)
    # whatever is followed once, and only forwards, is a tree: no walk in it meets a step twice
    if follow != list(range(1, len(steps))):
        raise NotThat
    return kept, Descent(features, roots, steps, [_move(steps, *items(one, 3)) for one in items(told["moves"])])


def _features(raw: list[Any], columns: int, rows: int) -> tuple[FeatureName, ...]:
    """All columns in their order, each as one feature or as one for every row."""
    named = [items(one, 2) for one in raw]
    found = [FeatureName(whole(c, 0, columns - 1), None if p is None else whole(p, 0, rows - 1)) for c, p in named]
    place = 0
    for column in range(columns):
        # a shape may name more rows than anybody counts
        several = place < len(found) and found[place].position is not None and rows <= len(found)
        own = range(rows) if several else [None]
        if found[place : place + len(own)] != [FeatureName(column, position) for position in own]:
            raise NotThat
        place += len(own)
    if place != len(found):
        raise NotThat
    return tuple(found)


def _step(raw: object, number: int, roots: Sequence[int], steps: int) -> Step:
    told = members(raw, [one.name for one in fields(Step)])
    feature = whole(told["feature"], 0, len(roots) - 1)
    pairs = [items(one, 2) for one in items(told["children"])]
    children = without_twins((text(label), _following(way, number, steps)) for label, way in pairs)
    has_rest, rest = truth(told["has_rest"]), _following(told["rest"], number, steps)
    spare = None if told["spare"] is None else _spare(children, *items(told["spare"], 2))
    if not children or (not has_rest and (rest is not None or spare is not None)):
        raise NotThat
    return Step(feature, whole(told["level"], 0, roots[feature] - 1), children, has_rest, rest, spare)


def _following(raw: object, number: int, steps: int) -> int | None:
    return None if raw is None else whole(raw, number + 1, steps - 1)


def _spare(children: Mapping[str, int | None], label: object, stay: object) -> tuple[str, int]:
    return text(label, children), whole(stay, 1)


def _move(steps: Sequence[Step], source: object, target: object, stay: object) -> Move:
    move = Move(_class(steps, *items(source, 2)), _class(steps, *items(target, 2)), whole(stay, 0))
    if move.source == move.target:
        raise NotThat
    return move


def _class(steps: Sequence[Step], number: object, way: object) -> Class:
    """A way out of a step that ends there."""
    at = whole(number, 0, len(steps) - 1)
    out = dict(ways(steps[at]))
    told = REST if way is None else whole(way, 0)
    if out.get(told, at) is not None:
        raise NotThat
    return at, told
