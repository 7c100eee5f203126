"""Where the words of points stand: beside their symbols, never on one another.

Everything is deterministic: the same requests give the same places.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from press.base.boxes import Box
from press.plates.geometry import Floats, Point, gaps
from press.plates.space import Space, meet

Side = Literal["N", "NE", "E", "SE", "S", "SW", "W", "NW"]

# Preference among positions about a point, best first (after Imhof, "Positioning names on maps",
# 1975: right of the point and a little above before all others; left, above and below after).
_PREFERENCE: Mapping[Side, float] = {
    "E": 0.0, "NE": 0.35, "SE": 0.45, "W": 0.6, "NW": 0.9, "SW": 1.0, "N": 1.1, "S": 1.2,
}  # fmt: skip
_ASKED_FOR = -6.0
_LEADERS = 1.5, 10.0, 1.0
"""The shortest leader, what none reaches, and by how much one is longer than another, in mm."""
LED = 8
"""Labels with leaders on one map, at the most."""
_MISREAD = 1.6
"""How near, in mm, a label at the end of a leader would be taken for the name of a symbol."""
_CLEAR = 0.3
"""Between a leader and what it joins, in mm."""
_LEVELS = 0.5, 0.8, 0.2
"""At which shares of their height, or of their width, leaders come to words."""
_AT_NUMBER, _AT_LINE, _OVER_NUMBER = 0.6, 0.88, 0.25
"""The same for a line to write on: before its number, at its end, and straight above the number."""
_CROSSING = 1.4
APART = 0.5
"""By how much, in mm, words must be nearer to their own symbol than to any other, and seem so."""
_BESIDE, _LEVEL, _FACING = 0.4, 0.25, 0.6
"""How far a symbol seems before or behind words, at the height of their lines, and how far there if
their own is at a corner of them, and how far straight above or below them, in shares of its
distance."""
_ASIDE, _ASIDE_COST = 0.15, 0.3
"""How far words above or below a symbol may be drawn aside, in shares of their width; its cost."""
_NEAR, _NEAR_LEVEL, _NEAR_COST = 2.0, 4.0, 4.0
"""From how far, in mm beyond that, another symbol is no matter, and one before or behind the words;
what it costs to stand at one."""


@dataclass(frozen=True)
class PointLabel:
    """A block of text to stand beside a symbol of radius ``radius`` at ``x``, ``y``.

    Higher ``rank`` is placed first and pushes lower ones aside. ``side`` is where the author wants
    it. ``symbol`` is the box of a symbol that is no disc; ``wary`` how many times as dear as
    usual it is to cross a line; a place beside its symbol that costs more than ``most`` is none.
    ``line`` is how far from its left, in mm, a label begins that is a line to write on, behind a
    number: there, at the foot of its box, a leader ends; 0 for a block of words.
    """

    key: str
    x: float
    y: float
    radius: float
    width: float
    height: float
    rank: float
    side: Side | None = None
    symbol: Box | None = None
    wary: float = 1.0
    most: float = math.inf
    line: float = 0.0

    @property
    def own(self) -> Box:
        """What its symbol covers: ``symbol``, where that is not as high as it is wide."""
        x, y, r = self.x, self.y, self.radius
        return self.symbol or (x - r, y - r, x + r, y + r)


Option = tuple[Side, Box, float]
"""A place that a label may take, and its cost."""


@dataclass(frozen=True)
class Placed:
    """Where a point label stands. Text is set flush with the side that faces the symbol.

    ``leader`` is the line from the symbol to one that stands farther off, in mm.
    """

    box: Box
    side: Side
    leader: tuple[Point, ...] = ()


def _around(label: PointLabel) -> list[Option]:
    """The places a label may take: eight sides, each also a little farther off.

    Before and behind a symbol that is higher than wide they are level with its point.
    """
    x, y, w, h = label.x, label.y, label.width, label.height
    (left, top, right, foot), found = label.own, list[Option]()
    for far in (0.0, 0.9):
        r, d = 0.45 + far, 0.2 + far
        west, north, east, south = (
            n + (edge - n) * 0.72 for n, edge in zip((x, y, x, y), label.own, strict=True)
        )
        corners: Mapping[Side, tuple[float, float]] = {
            "E": (right + r, y - h / 2),
            "W": (left - r - w, y - h / 2),
            "NE": (east + d, north - d - h),
            "SE": (east + d, south + d),
            "NW": (west - d - w, north - d - h),
            "SW": (west - d - w, south + d),
            "N": (x - w / 2, top - r - h),
            "S": (x - w / 2, foot + r),
        }
        for side, (left, top) in corners.items():
            cost = _PREFERENCE[side] + far * 0.9 + (_ASKED_FOR if side == label.side else 0.0)
            found.append((side, (left, top, left + w, top + h), cost))
            if side in ("N", "S"):  # also drawn aside, as long as the symbol is straight above it
                for aside in (-_ASIDE * w, _ASIDE * w):
                    box = (left + aside, top, left + aside + w, top + h)
                    found.append((side, box, cost + _ASIDE_COST))
    return found


def place_points(
    space: Space,
    labels: Sequence[PointLabel],
    patience: float = math.inf,
    symbols: Sequence[Box] = (),
) -> tuple[dict[str, Placed], list[str]]:
    """Place as many labels as can stand without touching; the rest come back by key.

    Each stands nearer to its own symbol than to any other of the ``symbols``, but for those that
    its own touches: no words could tell these apart. Greedy by rank, then repair: a label that
    found no place may move others aside, or drive out lower-ranked ones. A place that costs more
    than ``patience`` counts as none. The places are taken in ``space``.
    """
    order = sorted(labels, key=lambda label: (-label.rank, label.key))
    options = [_options(space, label, patience, symbols) for label in order]
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


def place_afar(
    space: Space, labels: Sequence[PointLabel], symbols: Sequence[Box]
) -> dict[str, Placed]:
    """Places farther off, at the end of a leader, for labels that found none beside their symbols.

    The shortest leader wins that crosses no word, symbol or other leader, and no label stands so
    near one of the ``symbols`` that it would be read as its name. Those of higher rank choose
    first. Where more than ``LED`` names are left none has a leader: among so many no
    reader could follow them. Places and leaders are taken in ``space``.
    """
    placed: dict[str, Placed] = {}
    if sum(not label.line for label in labels) > LED:
        return placed
    for label in sorted(labels, key=lambda label: (-label.rank, label.key)):
        options = list(_afar(label))
        boxes = np.array([option.box for option in options])
        others = _apart_from(label, symbols)
        clear = ~meet(boxes, np.array(symbols).reshape(-1, 4), _MISREAD).any(axis=1)
        clear &= (_seeming(boxes, others) >= _MISREAD).all(axis=1)
        free = np.flatnonzero(space.free(boxes, gap=0.4) & clear).tolist()
        costs = (space.costs(boxes[free]) * label.wary).tolist()
        lengths = [_length(options[n].leader) for n in free]
        order = sorted(zip(lengths, costs, free, strict=True), key=lambda one: one[0] + one[1])
        for _, _, n in order:
            beads = _beads(options[n].leader)
            if space.free(np.array(beads), gap=0.1).all():
                placed[label.key] = options[n]
                space.take(options[n].box, *beads)
                break
    return placed


def _afar(label: PointLabel) -> Iterator[Placed]:
    """The places about a symbol to which a leader leads, by its length and its direction."""
    x, y, w, h = label.x, label.y, label.width, label.height
    start = label.radius + _CLEAR
    for length in np.arange(*_LEADERS).tolist():
        for turn in range(0, 360, 15):
            across, down = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            begin = x + across * start, y + down * start
            end = x + across * (start + length), y + down * (start + length)
            if abs(across) > 0.5:
                side: Side = "E" if across > 0 else "W"
                left = end[0] + (_CLEAR if across > 0 else -w - _CLEAR)
                levels = (_AT_NUMBER if across > 0 else _AT_LINE,) if label.line else _LEVELS
                for top in (end[1] - h * level for level in levels):
                    yield Placed((left, top, left + w, top + h), side, (begin, end))
            else:
                side = "S" if down > 0 else "N"
                top = end[1] + (_CLEAR if down > 0 else -h - _CLEAR)
                if label.line and down > 0:
                    top -= h * _OVER_NUMBER
                over = (label.line / w / 2,) if label.line and down > 0 else _LEVELS
                for left in (end[0] - w * level for level in over):
                    yield Placed((left, top, left + w, top + h), side, (begin, end))


def _length(leader: Sequence[Point]) -> float:
    return math.dist(leader[0], leader[-1])


def _beads(leader: Sequence[Point]) -> list[Box]:
    """Small boxes along a leader."""
    count = max(2, math.ceil(_length(leader) / 0.5))
    points = np.linspace(leader[0], leader[-1], count).tolist()
    return [(x - 0.1, y - 0.1, x + 0.1, y + 0.1) for x, y in points]


def sure(boxes: Floats, own: Box, others: Floats) -> NDArray[np.bool_]:
    """Whether nobody takes words in each of the (n, 4) boxes for the name of another symbol.

    They must be nearer to their ``own`` than to any of the ``others`` (m, 4), and seem so.
    """
    mine = np.array([own])
    nearer = gaps(boxes, others) - gaps(boxes, mine)
    share = np.where(_beside(boxes, mine) | _facing(boxes, mine), _BESIDE, _LEVEL)
    seem = _seeming(boxes, others, share) - _seeming(boxes, mine)
    least: Floats = np.minimum(nearer, seem).min(axis=1, initial=math.inf)
    return least >= APART


def _apart_from(label: PointLabel, symbols: Sequence[Box]) -> Floats:
    """The symbols (m, 4) that a label's own does not touch."""
    listed = np.array(symbols).reshape(-1, 4)
    return listed[gaps(listed, np.array([label.own]))[:, 0] > 0.0]


def _beside(boxes: Floats, symbols: Floats) -> NDArray[np.bool_]:
    """(n, m): whether symbol m stands before or behind words in box n, at their height."""
    a, b = boxes[:, None, :], symbols[None, :, :]
    level: NDArray[np.bool_] = (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
    return level


def _facing(boxes: Floats, symbols: Floats) -> NDArray[np.bool_]:
    """(n, m): whether symbol m stands straight above or below words in box n."""
    middle = (symbols[:, 0] + symbols[:, 2])[None, :] / 2
    between: NDArray[np.bool_] = (boxes[:, :1] < middle) & (middle < boxes[:, 2:3])
    return between


def _seeming(boxes: Floats, symbols: Floats, beside: Floats | float = _BESIDE) -> Floats:
    """(n, m): how far symbol m of (m, 4) seems from words in box n of (n, 4), in mm.

    Readers look for the sign of words along their lines first, then straight above and below, and
    at their corners last. ``beside`` is the share of their distance of those along the lines.
    """
    above = np.where(_facing(boxes, symbols), _FACING, 1.0)
    share = np.where(_beside(boxes, symbols), beside, above)
    found: Floats = gaps(boxes, symbols) * share
    return found


def _options(
    space: Space, label: PointLabel, patience: float, symbols: Sequence[Box]
) -> list[Option]:
    options, others = _around(label), _apart_from(label, symbols)
    boxes = np.array([box for _, box, _ in options])
    free = np.flatnonzero(space.free(boxes) & sure(boxes, label.own, others))
    own = gaps(boxes[free], np.array([label.own]))
    near = gaps(boxes[free], others) - own - APART
    near /= np.where(_beside(boxes[free], others), _NEAR_LEVEL, _NEAR)
    dear = np.clip(1 - near.min(axis=1, initial=math.inf), 0.0, 1.0) * _NEAR_COST
    crossing = space.costs(boxes[free]) * _CROSSING * label.wary + dear
    found = []
    for n, extra in zip(free.tolist(), crossing.tolist(), strict=True):
        side, box, cost = options[n]
        if cost + extra <= min(patience, label.most):
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
