"""What is known of one event of a person: the rows with one label within a class are judged like a class.

The unit column links a person's rows, so that a class is one of whole persons. An adversary who knows one event of the
victim (the case of June, the claim about the car) knows which of the linked rows it is, and reads the value of that row
alone: that others of the person's rows hold other values hides nothing from him.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.linked import table_of
from anonshare.disclosure.privacy_model import ClassCounts
from anonshare.disclosure.signatures import fold, row_numbers
from anonshare.shapes import CodedRows

__all__ = ["Events", "event_counts", "events_of", "events_of_rows"]


@dataclass(frozen=True, slots=True)
class Events:
    """``rows`` int64 are rows of the table, ``of`` the event of each, ``owner`` the class of each event.

    Rows of persons who have one row alone are not among them: their event is their class.
    """

    rows: np.ndarray = field(repr=False)
    of: np.ndarray = field(repr=False)
    owner: np.ndarray = field(repr=False)


def events_of(
    rows: CodedRows, levels: np.ndarray, kept: np.ndarray, signature: np.ndarray, home: int | None = None
) -> Events:
    """The events of a release whose persons have these signatures; of one of several linked tables, ``home``, alone."""
    here = kept if home is None else kept & (table_of(rows) == home)
    if np.bincount(rows.person[here], minlength=1).max(initial=0) <= 1:
        return events_of_rows(np.empty(0, dtype=np.int64), rows.person, signature, here)
    return events_of_rows(row_numbers(rows, levels, here), rows.person, signature, here)


def events_of_rows(number: np.ndarray, person: np.ndarray, signature: np.ndarray, here: np.ndarray) -> Events:
    """The same where ``number`` tells apart the labels of the rows that are ``here``; it is empty where nobody has several."""
    places = np.flatnonzero(here)
    if not len(number):
        return Events(places[:0], places[:0], places[:0])
    own = person[places]
    several = np.bincount(own)[own] > 1
    places, classes = places[several], signature[own[several]]
    event = fold(np.stack([classes, number[several]], axis=1))
    owner = np.empty(int(event.max(initial=-1)) + 1, dtype=np.int64)
    owner[event] = classes
    return Events(places, event, owner)


def event_counts(events: Events, person: np.ndarray, codes: np.ndarray, classes: ClassCounts) -> ClassCounts:
    """The events as classes: the persons of each, and of its own rows' values how many persons have each."""
    if classes.values is None:
        return ClassCounts(classes.persons[events.owner])
    width = classes.values.shape[1] + 1
    held = np.unique(np.stack([events.of, codes[events.rows].astype(np.int64), person[events.rows]], axis=1), axis=0)
    cells = held[:, 0] * width + held[:, 1]
    values = np.bincount(cells, minlength=len(events.owner) * width).reshape(-1, width)[:, 1:]
    return ClassCounts(classes.persons[events.owner], values, classes.overall, classes.everybody)
