"""What judges growth in other tests: it sees a square, passes a line, and is not misled by a busy machine."""

from __future__ import annotations

import time
from itertools import cycle

import pytest

from tests.growth import ATTEMPTS, LINEAR, growth


def line(size):
    return sum(range(size * 200))


def square(size):
    return [sum(range(size)) for _ in range(size)]


def test_a_square_is_caught():
    """Work that takes sixteen times as long for four times as much is not linear, with a part that is linear too."""
    assert growth(square, int, 400) > LINEAR
    assert growth(lambda size: (line(size // 10), square(size)), int, 400) > LINEAR


def test_a_line_passes():
    """Work in proportion to its size is linear, and so is work that its size does not change."""
    assert growth(line, int, 250) < LINEAR
    assert growth(lambda _: line(250), int, 250) < LINEAR


@pytest.mark.parametrize(("power", "linear"), [(0, True), (1, True), (1.2, True), (2, False), (3, False)])
@pytest.mark.parametrize("noise", [(1, 1, 9), (3, 1, 30, 1, 1, 9), (1, 1, 50, 1, 50, 1, 50, 1, 50, 2, 1)])
def test_noise_decides_nothing(monkeypatch, power, linear, noise):
    """Where other work slows one measurement or most of them, a line still passes and a square is still caught."""
    now, slower = [0.0], cycle(noise)
    monkeypatch.setattr(time, "process_time", lambda: now[0])

    def work(size):
        now[0] += size**power * next(slower)

    assert (growth(work, int, 100) < LINEAR) is linear


@pytest.mark.parametrize(("power", "times"), [(1, 3), (2, 1 + 2 * ATTEMPTS)])
def test_work_is_repeated_only_where_it_does_not_look_linear(monkeypatch, power, times):
    """A line is worked on three times, its small size twice; a square as often as there are attempts."""
    spent = []
    monkeypatch.setattr(time, "process_time", lambda: float(sum(spent)))
    growth(lambda size: spent.append(size**power), int, 100)
    assert len(spent) == times
