"""Where words may stand: beside points, inside areas, along lines; never on one another.

Boxes are (left, top, right, bottom) in mm. What must stay clear is hard: symbols, arrows, the
neatline, labels already placed. Lines are soft: a label may cross a river or a boundary at a cost.
Everything is deterministic: the same requests give the same places.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from press.plates.metrics import Run
from press.plates.shapes import Box, polygons

Side = Literal["N", "NE", "E", "SE", "S", "SW", "W", "NW"]
SIDES: tuple[Side, ...] = get_args(Side)

# Preference among positions about a point, best first (after Imhof, "Positioning names on maps",
# 1975: right of the point and a little above before all others; left, above and below after).
_PREFERENCE: Mapping[Side, float] = {
    "E": 0.0, "NE": 0.35, "SE": 0.45, "W": 0.6, "NW": 0.9, "SW": 1.0, "N": 1.1, "S": 1.2,
}  # fmt: skip
_ASKED_FOR = -6.0
_CROSSING = 1.4

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LabelBox:
    """A box that a label or symbol really takes, for the proof that none overlap."""

    key: str
    text: str
    box: Box


@dataclass
class Space:
    """What is taken on a plate of ``width`` × ``height`` mm, and what may be crossed at a cost."""

    width: float
    height: float
    margin: float = 0.8
    taken: list[Box] = field(default_factory=list)
    soft: list[tuple[BaseGeometry, float]] = field(default_factory=list)
    _tree: tuple[int, shapely.STRtree] | None = field(default=None, repr=False)

    def take(self, *boxes: Box) -> None:
        """Keep these boxes clear from now on."""
        self.taken.extend(boxes)

    def cross(self, geometry: BaseGeometry, cost: float) -> None:
        """Let labels cross this line at a cost per label width."""
        if not geometry.is_empty:
            self.soft.extend((part, cost) for part in shapely.get_parts(geometry))

    def free(self, boxes: Floats, gap: float = 0.25) -> NDArray[np.bool_]:
        """Which of the (n, 4) boxes lie inside the neatline, ``gap`` mm clear of all taken ones."""
        m = self.margin
        inside = (
            (boxes[:, 0] >= m)
            & (boxes[:, 1] >= m)
            & (boxes[:, 2] <= self.width - m)
            & (boxes[:, 3] <= self.height - m)
        )
        if not self.taken or not inside.any():
            return inside
        return inside & ~_meet(boxes, np.array(self.taken), gap).any(axis=1)

    def costs(self, boxes: Floats) -> Floats:
        """What it costs each box to cover the soft lines."""
        cost = np.zeros(len(boxes))
        if not self.soft or not len(boxes):
            return cost
        shapes = shapely.box(*boxes.T)
        if self._tree is None or self._tree[0] != len(self.soft):
            self._tree = len(self.soft), shapely.STRtree([geometry for geometry, _ in self.soft])
        tree = self._tree[1]
        which, lines = tree.query(shapes, predicate="intersects")
        for box, line in zip(which.tolist(), lines.tolist(), strict=True):
            geometry, weight = self.soft[line]
            covered = geometry.intersection(shapes[box]).length
            cost[box] += weight * (0.3 + covered / max(1.0, boxes[box, 2] - boxes[box, 0]))
        return cost


def _meet(boxes: Floats, others: Floats, gap: float = 0.0) -> NDArray[np.bool_]:
    """(n, m): whether box n comes within ``gap`` mm of box m."""
    a, b = boxes[:, None, :], others[None, :, :]
    meets: NDArray[np.bool_] = (
        (a[..., 0] < b[..., 2] + gap)
        & (b[..., 0] < a[..., 2] + gap)
        & (a[..., 1] < b[..., 3] + gap)
        & (b[..., 1] < a[..., 3] + gap)
    )
    return meets


# -- points --------------------------------------------------------------------------------------


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


@dataclass(frozen=True)
class Placed:
    """Where a point label stands. Text is set flush with the side that faces the symbol."""

    key: str
    box: Box
    side: Side


def beside(label: PointLabel) -> list[tuple[Side, Box, float]]:
    """The places a label may take: eight sides, each also a little farther off."""
    x, y, w, h = label.x, label.y, label.width, label.height
    found: list[tuple[Side, Box, float]] = []
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
    order = sorted(range(len(labels)), key=lambda n: (-labels[n].rank, labels[n].key))
    options = [_options(space, labels[n], patience) for n in order]
    counts = [len(o) for o in options]
    if not sum(counts):
        return {}, [labels[n].key for n in order]
    boxes = np.array([box for own in options for _, box, _ in own])
    costs = np.array([cost for own in options for _, _, cost in own])
    owner = np.repeat(np.arange(len(order)), counts)
    clash = _meet(boxes, boxes, 0.25) & (owner[:, None] != owner[None, :])
    ranks = np.array([labels[n].rank for n in order])
    chosen = _choose(owner, costs, clash, ranks)
    sides = [side for own in options for side, _, _ in own]
    placed: dict[str, Placed] = {}
    for position, option in enumerate(chosen.tolist()):
        if option >= 0:
            key = labels[order[position]].key
            box: Box = tuple(boxes[option].tolist())
            placed[key] = Placed(key, box, sides[option])
            space.take(box)
    return placed, [labels[n].key for n in order if labels[n].key not in placed]


def _options(space: Space, label: PointLabel, patience: float) -> list[tuple[Side, Box, float]]:
    options = beside(label)
    boxes = np.array([box for _, box, _ in options])
    free = np.flatnonzero(space.free(boxes))
    crossing = space.costs(boxes[free]) * _CROSSING
    full = [
        (options[n][0], options[n][1], options[n][2] + extra)
        for n, extra in zip(free.tolist(), crossing.tolist(), strict=True)
    ]
    return [option for option in full if option[2] <= patience]


@dataclass
class _Choice:
    """The options of all labels and which is chosen; labels are numbered by falling rank.

    ``owner`` is the label of each option, ``clash`` which options exclude one another.
    """

    owner: NDArray[np.int64]
    costs: Floats
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
    choice = _Choice(owner, costs, clash, ranks, chosen, cheapest_first)
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


# -- areas ---------------------------------------------------------------------------------------


def place_area(
    space: Space,
    area: BaseGeometry,
    width: float,
    height: float,
    inside: float = 0.97,
    step: float = 2.0,
) -> Box | None:
    """The best free box of ``width`` × ``height`` mm in an area, near the centre of its body.

    ``inside`` is the least share of the box that must lie in the area. None where there is none.
    The box is not taken: the caller decides.
    """
    parts = polygons(area.intersection(shapely.box(0, 0, space.width, space.height)))
    if not parts:
        return None
    body = max(parts, key=lambda p: p.area).simplify(0.3)
    left, top, right, bottom = body.bounds
    if not body.is_valid or right - left < width * inside or bottom - top < height * inside:
        return None
    heart = shapely.get_coordinates(shapely.maximum_inscribed_circle(body, tolerance=1.0))[0]
    # The grid is laid through the heart, so that a label can stand exactly in the middle.
    xs = _through(heart[0], left + width * inside / 2, right - width * inside / 2, step)
    ys = _through(heart[1], top + height * inside / 2, bottom - height * inside / 2, step)
    if not len(xs) or not len(ys):
        return None
    grid = np.array(np.meshgrid(xs, ys)).reshape(2, -1).T
    half = np.array([width / 2, height / 2])
    boxes = np.column_stack([grid - half, grid + half])
    boxes = boxes[space.free(boxes, gap=0.6)]
    if not len(boxes):
        return None
    shapes = shapely.box(*boxes.T)
    shapely.prepare(body)
    within = shapely.contains(body, shapes)
    partly = ~within & shapely.intersects(body, shapes)
    if inside < 1 and partly.any():
        covered = shapely.area(shapely.intersection(body, shapes[partly]))
        within[partly] = covered >= inside * width * height
    boxes = boxes[within]
    if not len(boxes):
        return None
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    away = np.hypot(*(middles - heart).T) / math.hypot(right - left, bottom - top)
    best = boxes[_cheapest(space, boxes, away * 4)]
    return (float(best[0]), float(best[1]), float(best[2]), float(best[3]))


def _cheapest(space: Space, boxes: Floats, away: Floats, batch: int = 24) -> int:
    """The box of least cost: near ones first, and none once being near costs more than the best."""
    order = np.argsort(np.round(away, 6), kind="stable")
    best, least = 0, math.inf
    for begin in range(0, len(order), batch):
        some = order[begin : begin + batch]
        if away[some[0]] >= least:
            break
        cost = np.round(away[some] + space.costs(boxes[some]), 6)
        first = int(np.argmin(cost))
        if cost[first] < least:
            best, least = int(some[first]), float(cost[first])
    return best


def _through(anchor: float, low: float, high: float, step: float) -> Floats:
    if high < low:
        return np.empty(0)
    first = anchor - math.floor((anchor - low) / step) * step
    values = np.arange(first, high + 1e-9, step)
    return values if len(values) else np.array([(low + high) / 2])


# -- lines ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Curve:
    """Text along a line: x, y (mm) and turn (degrees) of each character, and their boxes."""

    places: tuple[tuple[float, float, float], ...]
    boxes: tuple[Box, ...]


def place_along(
    space: Space,
    line: LineString,
    run: Run,
    advances: Sequence[float],
    offsets: Sequence[float],
    shun: BaseGeometry | None = None,
    most_bend: float = 2.2,
) -> Curve | None:
    """Text along the calmest stretch of a line, on a smoothed baseline ``offset`` mm beside it.

    ``advances`` are the widths of the characters with their spacing. Positive offsets lie below
    the line. The calmest and most level stretch wins, away from ``shun``. None where the text
    would not fit, would have to turn more than ``most_bend`` radians or would touch what is taken.
    """
    needed = sum(advances) * 1.12
    if line.length < needed * 1.02:
        return None
    best: tuple[float, Curve] | None = None
    starts = np.linspace(0, line.length - needed, max(2, min(40, int(line.length / 4))))
    for start in starts.tolist():
        base = _baseline(line, start, needed)
        angles = np.unwrap(np.arctan2(np.diff(base[:, 1]), np.diff(base[:, 0])))
        bend = float(np.abs(np.diff(angles)).sum())
        if bend > most_bend:
            continue
        cost = 0.7 * bend + 0.6 * abs(float(angles.mean())) + _off_centre(space, base)
        for offset in offsets:
            curve = _set_on(base, offset, run, advances) if best is None or cost < best[0] else None
            if curve is None or not space.free(np.array(curve.boxes), gap=0.2).all():
                continue
            glyphs = shapely.box(*np.array(curve.boxes).T)
            full = cost + 0.35 * float(shapely.intersects(glyphs, line).sum())
            full += 0.7 if shun is not None and shapely.intersects(glyphs, shun).any() else 0.0
            if best is None or full < best[0]:
                best = (full, curve)
    return best[1] if best else None


def _off_centre(space: Space, base: Floats) -> float:
    """The middle of the plate is where a reader looks, and its edge the last place."""
    x, y = base.mean(axis=0)
    edge = min(x, y, space.width - x, space.height - y)
    away = max(abs(x / space.width - 0.5), abs(y / space.height - 0.5))
    return float(0.6 * away + (0.6 if edge < 12 else 0.0))


def _baseline(line: LineString, start: float, length: float) -> Floats:
    """A stretch of a line as the cubic nearest to it, read from left to right."""
    t = np.linspace(0, 1, 33)
    stretch = shapely.get_coordinates(line.interpolate(start + t * length))
    smooth = np.column_stack([np.polyval(np.polyfit(t, stretch[:, n], 3), t) for n in (0, 1)])
    return smooth[::-1] if smooth[-1, 0] < smooth[0, 0] else smooth


def _set_on(base: Floats, offset: float, run: Run, advances: Sequence[float]) -> Curve | None:
    tangent = np.gradient(base, axis=0)
    tangent /= np.hypot(*tangent.T)[:, None]
    # Below the line the letters hang by their height; above it they stand on the baseline.
    drop = offset + run.rise * 0.72 if offset > 0 else offset
    moved = base + np.column_stack([-tangent[:, 1], tangent[:, 0]]) * drop
    path = LineString(moved)
    at = (path.length - sum(advances)) / 2
    if at < 0:
        return None
    places, boxes = [], []
    for advance in advances:
        one, two = (shapely.get_coordinates(path.interpolate(at + d))[0] for d in (0, advance))
        turn = math.atan2(two[1] - one[1], two[0] - one[0])
        places.append((float(one[0]), float(one[1]), math.degrees(turn)))
        boxes.append(_turned_box(one, turn, advance, run))
        at += advance
    return Curve(tuple(places), tuple(boxes))


def _turned_box(origin: Floats, turn: float, advance: float, run: Run) -> Box:
    corners = np.array([(0, -run.rise), (advance, -run.rise), (advance, run.drop), (0, run.drop)])
    cos, sin = math.cos(turn), math.sin(turn)
    turned = corners @ np.array([[cos, sin], [-sin, cos]]) + origin
    (left, top), (right, bottom) = turned.min(axis=0), turned.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def disc(x: float, y: float, radius: float) -> Box:
    """The box about a symbol."""
    return x - radius, y - radius, x + radius, y + radius


def beads(line: BaseGeometry, radius: float) -> Iterable[Box]:
    """Boxes strung along a line closely enough to keep text off it."""
    for part in shapely.get_parts(line):
        for at in np.arange(0, part.length + radius, radius * 1.2):
            x, y = shapely.get_coordinates(part.interpolate(at))[0]
            yield disc(float(x), float(y), radius)
