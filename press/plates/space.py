"""What is taken on a picture, and where there is still room.

Boxes are (left, top, right, bottom) in mm. What must stay clear is hard: symbols, arrows, the
neatline, labels already placed. Lines are soft: a label may cross a river or a boundary at a cost.
Everything is deterministic: the same requests give the same places.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from press.base.boxes import Box
from press.plates.geometry import Floats, polygons


@dataclass
class Space:
    """What is taken on a plate of ``width`` × ``height`` mm, and what may be crossed at a cost."""

    width: float
    height: float
    margin: float = 0.8
    taken: list[Box] = field(default_factory=list)
    soft: list[tuple[BaseGeometry, float]] = field(default_factory=list)
    _tree: tuple[int, shapely.STRtree] | None = field(default=None, repr=False)
    _boxes: Floats = field(default_factory=lambda: np.empty((0, 4)), repr=False)

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
        corner = self.width - m, self.height - m
        edges = np.column_stack([boxes[:, :2] >= m, boxes[:, 2:] <= corner])
        inside: NDArray[np.bool_] = np.logical_and.reduce(edges, axis=1)
        if self.taken and inside.any():
            new = self.taken[len(self._boxes) :]  # boxes come far less often than is asked for room
            self._boxes = np.vstack([self._boxes, new]) if new else self._boxes
            inside &= ~meet(boxes, self._boxes, gap).any(axis=1)
        return inside

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

    def place(
        self,
        area: BaseGeometry,
        width: float,
        height: float,
        inside: float = 0.97,
        step: float = 2.0,
        off: BaseGeometry | None = None,
    ) -> Box | None:
        """The best free box of ``width`` × ``height`` mm in an area, near the centre of its body.

        ``inside`` is the least share of the box that must lie in the area, ``step`` how far apart,
        in mm, boxes are tried; none touches what lies ``off`` limits. None where there is none. The
        box is not taken: the caller decides.
        """
        parts = polygons(area.intersection(shapely.box(0, 0, self.width, self.height)))
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
        grid = np.array(np.meshgrid(xs, ys)).reshape(2, -1).T
        half = np.array([width / 2, height / 2])
        boxes = np.column_stack([grid - half, grid + half])
        boxes = boxes[self.free(boxes, gap=0.6)]
        boxes = boxes[_within(body, boxes, inside * width * height if inside < 1 else None)]
        if off is not None:
            boxes = boxes[~shapely.intersects(off, shapely.box(*boxes.T))]
        if not len(boxes):
            return None
        middles = (boxes[:, :2] + boxes[:, 2:]) / 2
        away = np.hypot(*(middles - heart).T) / math.hypot(right - left, bottom - top)
        best: Box = tuple(boxes[self._cheapest(boxes, away * 4)].tolist())
        return best

    def _cheapest(self, boxes: Floats, away: Floats, batch: int = 24) -> int:
        """The box of least cost: near ones first, and none farther off than the best is dear."""
        order = np.argsort(np.round(away, 6), kind="stable")
        best, least = 0, math.inf
        for begin in range(0, len(order), batch):
            some = order[begin : begin + batch]
            if away[some[0]] >= least:
                break
            cost = np.round(away[some] + self.costs(boxes[some]), 6)
            first = int(np.argmin(cost))
            if cost[first] < least:
                best, least = int(some[first]), float(cost[first])
        return best


def meet(boxes: Floats, others: Floats, gap: float = 0.0) -> NDArray[np.bool_]:
    """(n, m): whether box n comes within ``gap`` mm of box m."""
    a, b = boxes[:, None, :], others[None, :, :]
    meets: NDArray[np.bool_] = (
        (a[..., 0] < b[..., 2] + gap)
        & (b[..., 0] < a[..., 2] + gap)
        & (a[..., 1] < b[..., 3] + gap)
        & (b[..., 1] < a[..., 3] + gap)
    )
    return meets


def _within(body: BaseGeometry, boxes: Floats, least: float | None) -> NDArray[np.bool_]:
    """Which of the (n, 4) boxes lie in a body: whole, or with at least ``least`` mm² of theirs."""
    shapes = shapely.box(*boxes.T)
    shapely.prepare(body)
    within: NDArray[np.bool_] = shapely.contains(body, shapes)
    partly = ~within & shapely.intersects(body, shapes)
    if least is not None and partly.any():
        within[partly] = shapely.area(shapely.intersection(body, shapes[partly])) >= least
    return within


def _through(anchor: float, low: float, high: float, step: float) -> Floats:
    """Numbers from ``low`` to ``high``, ``step`` apart, one of them the anchor if it lies there."""
    if high < low:
        return np.empty(0)
    first = anchor - math.floor((anchor - low) / step) * step
    values = np.arange(first, high + 1e-9, step)
    return values if len(values) else np.array([(low + high) / 2])
