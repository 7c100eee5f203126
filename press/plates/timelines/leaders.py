"""Where the hairlines of a timeline run, so that each ends at one sign and passes all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from press.plates.geometry import Point
from press.plates.timelines.axis import RADIUS, Side

_PAST = RADIUS * 1.25 + 0.2
"""How far a hairline stays from the middle of a sign that it passes, in mm."""
_APART = 0.55
"""From one hairline to the next."""
_BEND = 1.55
"""How far from its sign a hairline has found its height."""
_AGAINST, _THROUGH, _OUTSIDE = 3.0, 6.0, 12.0
"""The cost in mm of leaving the order of the words by one, of meeting its column, of the edge."""

Ranked = tuple[Point, int]
"""Where a sign stands in mm, and the place of its event in the order of the words."""
Stretch = tuple[float, float]
"""From where to where, in mm."""


@dataclass(frozen=True)
class _Neighbours:
    """What a hairline has about it: where its own sign stands, its rank, and the other signs.

    ``beyond`` are the heights and ranks of signs farther from the axis, ``beside`` the heights of
    those in its own column.
    """

    y: float
    rank: int
    beyond: tuple[tuple[float, int], ...]
    beside: tuple[float, ...]

    def cost(self, height: float, ends: Stretch) -> float:
        """What it costs to leave the lanes at a ``height``, in mm."""
        against = sum((rank > self.rank) == (height > y) for y, rank in self.beyond)
        low, high = min(self.y, height), max(self.y, height)
        through = any(low < y < high for y in self.beside)
        outside = not ends[0] <= height <= ends[1]
        return high - low + _AGAINST * against + _THROUGH * through + _OUTSIDE * outside


def _neighbours(start: Ranked, signs: Sequence[Ranked], side: Side) -> _Neighbours:
    (x, y), rank = start
    beyond = tuple((at[1], other) for at, other in signs if side * (at[0] - x) > 0.1)
    beside = tuple(at[1] for at, _ in signs if abs(at[0] - x) < 0.1 and abs(at[1] - y) > 0.1)
    return _Neighbours(y, rank, beyond, beside)


def ways_out(
    starts: Sequence[Ranked], signs: Sequence[Ranked], side: Side, ends: Stretch
) -> list[float]:
    """The height in mm at which the hairline from each of ``starts`` leaves the lanes of a side.

    ``signs`` are all signs there, ``ends`` the highest and the lowest place to pass. A hairline
    that has no sign between it and its words runs straight; others pass above or below.
    """
    heights: dict[int, float] = {}
    ways: list[Stretch] = []
    for n in sorted(range(len(starts)), key=lambda n: (-side * starts[n][0][0], n)):
        about = _neighbours(starts[n], signs, side)
        closed = [*ways, *((y - _PAST, y + _PAST) for y, _ in about.beyond)]
        costs = [(round(about.cost(h, ends), 6), h) for h in _open(about.y, closed)]
        height = heights[n] = min(costs)[1]
        ways.append((min(about.y, height) - _APART, max(about.y, height) + _APART))
    return [heights[n] for n in range(len(starts))]


def _open(y: float, closed: Sequence[Stretch]) -> Iterator[float]:
    """``y`` and the ends of the ``closed`` stretches, as far as they lie in none of these."""
    for height in (y, *(end for stretch in closed for end in stretch)):
        if not any(low + 1e-6 < height < high - 1e-6 for low, high in closed):
            yield height


def course(start: Point, height: float, edge: float, tip: Point, side: Side) -> list[Point]:
    """The points of a hairline: its sign, its height, past the ``edge`` of the lanes, its words."""
    x, y = start
    bend = min(_BEND, abs(edge - x))
    out = [(x + side * bend, height)] if abs(height - y) > 0.01 else []
    return [start, *out, (edge + side * 0.8, height), tip]
