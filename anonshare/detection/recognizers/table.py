"""The one table of recognizers: labels and shapes."""

from __future__ import annotations

from anonshare.detection.recognizers.ages import AGES
from anonshare.detection.recognizers.dates_shapes import DATES
from anonshare.detection.recognizers.label import Label
from anonshare.detection.recognizers.labels_cases import CASES
from anonshare.detection.recognizers.labels_money import MONEY
from anonshare.detection.recognizers.labels_people import PEOPLE
from anonshare.detection.recognizers.labels_phones import PHONES
from anonshare.detection.recognizers.online import ONLINE
from anonshare.detection.recognizers.places import PLACES
from anonshare.detection.recognizers.shape import Shape
from anonshare.detection.recognizers.shapes_plain import PLAIN
from anonshare.detection.recognizers.shapes_plates import PLATES
from anonshare.detection.recognizers.shapes_proven import PROVEN

__all__ = ["LABELS", "SHAPES", "TABLE"]

LABELS: tuple[Label, ...] = (*PEOPLE, *MONEY, *CASES, *PHONES)
SHAPES: tuple[Shape, ...] = (*PROVEN, *PLAIN, *PLATES, *ONLINE, *PLACES, *DATES, *AGES)
TABLE: tuple[Label | Shape, ...] = (*LABELS, *SHAPES)
"""Every row. A cue phrase that stands in two labels belongs to the first of them."""
