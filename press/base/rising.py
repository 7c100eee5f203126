"""The longest run of numbers that rises, taken out of a list in its order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest run through ``numbers`` that never falls (patience sorting)."""
    tails: list[int] = []  # the least last number of a run of each length
    ends: list[int] = []  # the index of that number
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_right(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    run: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]
