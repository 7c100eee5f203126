"""Where the words of points stand: beside their symbols, never on one another.

Everything is deterministic: the same requests give the same places.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from press.base.boxes import Box
from press.plates.geometry import Floats
from press.plates.space import Space, meet

Side = Literal["N", "NE", "E", "SE", "S", "SW", "W", "NW"]

# Preference among positions about a point, best first (after Imhof, "Positioning names on maps",
# 1975: right of the point and a little above before all others; left, above and below after).
_PREFERENCE: Mapping[Side, float] = {
    "E": 0.0, "NE": 0.35, "SE": 0.45, "W": 0.6, "NW": 0.9, "SW": 1.0, "N": 1.1, "S": 1.2,
}  # fmt: skip
_ASKED_FOR = -6.0
_CROSSING = 1.4


@dataclass(frozen=True)
class PointLabel:
    """A block of text to stand beside a symbol of radius ``radius`` at ``x``, ``y``.

    Higher ``rank`` is placed first and pushes lower ones aside. ``side`` is where the author wants
    it.
    """

    key: str
    x: float
    y: float
    radius: float
    width: float
    height: float
    rank: float
    side: Side | None = None


Option = tuple[Side, Box, float]
"""A place that a label may take, and its cost."""


@dataclass(frozen=True)
class Placed:
    """Where a point label stands. Text is set flush with the side that faces the symbol."""

    box: Box
    side: Side


def _around(label: PointLabel) -> list[Option]:
    """The places a label may take: eight sides, each also a little farther off."""
    x, y, w, h = label.x, label.y, label.width, label.height
    found: list[Option] = []
    for far in (0.0, 0.9):
        r = label.radius + 0.45 + far
        d = label.radius * 0.72 + 0.2 + far
        corners: Mapping[Side, tuple[float, float]] = {
            "E": (x + r, y - h / 2),
            "W": (x - r - w, y - h / 2),
            "NE": (x + d, y - d - h),
            "SE": (x + d, y + d),
            "NW": (x - d - w, y - d - h),
            "SW": (x - d - w, y + d),
            "N": (x - w / 2, y - r - h),
            "S": (x - w / 2, y + r),
        }
        for side, (left, top) in corners.items():
            cost = _PREFERENCE[side] + far * 0.9 + (_ASKED_FOR if side == label.side else 0.0)
            found.append((side, (left, top, left + w, top + h), cost))
    return found


def place_points(
    space: Space, labels: Sequence[PointLabel], patience: float = math.inf
) -> tuple[dict[str, Placed], list[str]]:
    """Place as many labels as can stand without touching; the rest come back by key.

    Greedy by rank, then repair: a label that found no place may move others aside, or drive out
    lower-ranked ones. A place that costs more than ``patience`` counts as none. The places are
    taken in ``space``.
    """
    order = sorted(labels, key=lambda label: (-label.rank, label.key))
    options = [_options(space, label, patience) for label in order]
    every = [option for own in options for option in own]
    if not every:
        return {}, [label.key for label in order]
    boxes = np.array([box for _, box, _ in every])
    costs = np.array([cost for _, _, cost in every])
    owner = np.repeat(np.arange(len(order)), [len(own) for own in options])
    clash = meet(boxes, boxes, 0.25) & (owner[:, None] != owner[None, :])
    chosen = _choose(owner, costs, clash, np.array([label.rank for label in order]))
    placed: dict[str, Placed] = {}
    for label, option in zip(order, chosen.tolist(), strict=True):
        if option >= 0:
            side, box, _ = every[option]
            placed[label.key] = Placed(box, side)
            space.take(box)
    return placed, [label.key for label in order if label.key not in placed]


def _options(space: Space, label: PointLabel, patience: float) -> list[Option]:
    options = _around(label)
    boxes = np.array([box for _, box, _ in options])
    free = np.flatnonzero(space.free(boxes))
    crossing = space.costs(boxes[free]) * _CROSSING
    found = []
    for n, extra in zip(free.tolist(), crossing.tolist(), strict=True):
        side, box, cost = options[n]
        if cost + extra <= patience:
            found.append((side, box, cost + extra))
    return found


@dataclass
class _Choice:
    """The options of all labels and which is chosen; labels are numbered by falling rank.

    ``owner`` is the label of each option, ``clash`` which options exclude one another, ``own`` the
    options of each label, the cheapest first.
    """

    owner: NDArray[np.int64]
    clash: NDArray[np.bool_]
    ranks: Floats
    chosen: NDArray[np.int64]
    own: list[list[int]]

    def blockers(self, option: int) -> list[int]:
        """The labels whose chosen places an option would touch."""
        used = self.chosen[self.chosen >= 0]
        return sorted(self.owner[used[self.clash[option, used]]].tolist())

    def cheapest_free(self, label: int) -> int:
        """The cheapest option that touches nothing, or -1."""
        return next((option for option in self.own[label] if not self.blockers(option)), -1)

    def make_room(self, label: int) -> None:
        """Move what is in the way of an unplaced label, or drop what is worth less than it."""
        for option in self.own[label]:
            inside, saved = self.blockers(option), self.chosen.copy()
            self.chosen[inside] = -1
            self.chosen[label] = option
            for other in inside:
                self.chosen[other] = self.cheapest_free(other)
            lost = sum(float(self.ranks[other]) for other in inside if self.chosen[other] < 0)
            if lost < self.ranks[label]:
                return
            self.chosen[:] = saved


def _choose(
    owner: NDArray[np.int64], costs: Floats, clash: NDArray[np.bool_], ranks: Floats
) -> NDArray[np.int64]:
    """The option of each label, or -1."""
    cheapest_first = [
        sorted(np.flatnonzero(owner == n).tolist(), key=lambda o: (costs[o], o))
        for n in range(len(ranks))
    ]
    chosen = np.full(len(ranks), -1, dtype=np.int64)
    choice = _Choice(owner, clash, ranks, chosen, cheapest_first)
    for label in range(len(ranks)):
        chosen[label] = choice.cheapest_free(label)
    for _ in range(3):
        before = chosen.copy()
        for label in np.flatnonzero(chosen < 0).tolist():
            choice.make_room(label)
        for label in np.flatnonzero(chosen >= 0).tolist():
            chosen[label] = -1
            chosen[label] = choice.cheapest_free(label)
        if (before == chosen).all():
            break
    return chosen
