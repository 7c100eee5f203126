"""Finds the arcs that polygons share, so that each border is written once.

Works on whole coordinates. The method is that of TopoJSON: a vertex where the neighbours differ
from one ring to another is a junction; rings are cut at junctions; equal cuts, forward or backward,
are one arc.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from press.atlas.codec import UNITS_PER_DEGREE, Ints
from tools.atlas.packing import pack_arc

_WIDE = np.int64(10_000_000)  # more than 360 degrees of units

Ring = list[int]


def units(geometry: BaseGeometry) -> Ints:
    """The coordinates of a geometry as an ``(n, 2)`` array of whole units, repeats left out."""
    scaled = np.rint(shapely.get_coordinates(geometry) * UNITS_PER_DEGREE)
    grid: Ints = scaled.astype(np.int64)
    if len(grid) < 2:
        return grid
    keep = np.append(True, (np.diff(grid, axis=0) != 0).any(axis=1))
    kept: Ints = grid[keep]
    return kept


def on_grid(geometry: BaseGeometry) -> BaseGeometry:
    """Round to whole units and, where that breaks a polygon, make it valid again on the grid.

    Returns an empty geometry when nothing is left.
    """
    made = shapely.transform(geometry, _rounded)
    for _ in range(6):
        if shapely.is_valid(made):
            return made
        mended = shapely.make_valid(made, method="structure", keep_collapsed=False)
        made = shapely.transform(mended, _rounded)
    raise ValueError("a polygon stays invalid on the grid")


def _rounded(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.rint(coordinates * UNITS_PER_DEGREE) / UNITS_PER_DEGREE


@dataclass
class Arcs:
    """All arcs of the atlas, numbered from 1, in the order they were met."""

    vertices: list[Ints] = field(default_factory=list)
    _numbers: dict[bytes, int] = field(default_factory=dict)

    def number(self, path: Ints) -> int:
        """The number of this arc, negative when it is on file the other way round."""
        backward = _is_backward(path)
        stored = path[::-1] if backward else path
        key = stored.tobytes()
        if key not in self._numbers:
            self.vertices.append(stored)
            self._numbers[key] = len(self.vertices)
        found = self._numbers[key]
        return -found if backward else found

    def path(self, number: int) -> Ints:
        """The vertices of a signed arc number, in its direction."""
        vertices = self.vertices[abs(number) - 1]
        return vertices[::-1] if number < 0 else vertices

    def blobs(self) -> Iterable[tuple[int, bytes]]:
        """Number and stored form of every arc."""
        for number, vertices in enumerate(self.vertices, 1):
            yield number, pack_arc(vertices)


def _is_backward(path: Ints) -> bool:
    for near, far in ((path[0], path[-1]), (path[1], path[-2])):
        if (near != far).any():
            return bool(tuple(near) > tuple(far))
    half = len(path) // 2
    return bool(path[:half].tolist() > path[::-1][:half].tolist())


def cut(polygons: Sequence[BaseGeometry], arcs: Arcs) -> list[list[list[Ring]]]:
    """Cut polygons at their junctions.

    Returns, for each geometry, its polygons; for each, its rings (shell first); for each, its arcs
    as signed numbers.
    """
    rings: list[Ints] = []
    shape: list[list[int]] = []
    for geometry in polygons:
        counts = []
        for part in shapely.get_parts(geometry):
            kept = [units(ring) for ring in (part.exterior, *part.interiors)]
            kept = [ring[:-1] for ring in kept if len(ring) > 3]
            rings.extend(kept)
            counts.append(len(kept))
        shape.append(counts)
    made = _cut_rings(rings, arcs)
    result: list[list[list[Ring]]] = []
    at = 0
    for counts in shape:
        group = []
        for count in counts:
            if count:
                group.append(made[at : at + count])
            at += count
        result.append(group)
    return result


def _cut_rings(rings: Sequence[Ints], arcs: Arcs) -> list[Ring]:
    keys = [ring[:, 0] * _WIDE + ring[:, 1] for ring in rings]
    flat = np.concatenate(keys)
    before = np.concatenate([np.roll(key, 1) for key in keys])
    after = np.concatenate([np.roll(key, -1) for key in keys])
    low, high = np.minimum(before, after), np.maximum(before, after)
    _, group = np.unique(flat, return_inverse=True)
    junction = np.zeros(group.max() + 1, bool)
    for side in (low, high):
        least = np.full(len(junction), np.iinfo(np.int64).max)
        most = np.full(len(junction), np.iinfo(np.int64).min)
        np.minimum.at(least, group, side)
        np.maximum.at(most, group, side)
        junction |= least != most
    every = np.concatenate(rings)
    marked = junction[group] | _at_edge(every)
    result = []
    at = 0
    for ring, key in zip(rings, keys, strict=True):
        corners = np.flatnonzero(marked[at : at + len(ring)])
        at += len(ring)
        if not len(corners):
            corners = np.array([int(np.argmin(key))])
        turned = np.roll(ring, -corners[0], axis=0)
        closed = np.vstack([turned, turned[:1]])
        stops = [*(corners - corners[0]).tolist(), len(ring)]
        cuts = pairwise(stops)
        result.append([arcs.number(closed[a : b + 1]) for a, b in cuts])
    return result


def _at_edge(vertices: Ints) -> NDArray[np.bool_]:
    """Vertices on the edge of the world: the antimeridian and the South Pole."""
    x, y = vertices.T
    edge: NDArray[np.bool_] = (np.abs(x) == 180 * UNITS_PER_DEGREE) | (y == -90 * UNITS_PER_DEGREE)
    return edge


def is_world_edge(path: Ints) -> bool:
    """Whether an arc runs along the edge of the world and so is no coast and no border."""
    return bool(_at_edge(path).all())


def chain(numbers: Iterable[int], arcs: Arcs) -> list[Ring]:
    """Join arcs end to end where exactly two of them meet; returns parts of signed numbers."""
    loose = {abs(number) for number in numbers}
    ends: dict[tuple[int, ...], list[int]] = {}
    for number in sorted(loose):
        for signed in (number, -number):
            ends.setdefault(tuple(arcs.path(signed)[0].tolist()), []).append(signed)
    parts: list[Ring] = []

    def follow(signed: int) -> Ring:
        part = [signed]
        while True:
            loose.discard(abs(part[-1]))
            leaving = ends[tuple(arcs.path(part[-1])[-1].tolist())]
            onward = [s for s in leaving if abs(s) in loose]
            if len(leaving) != 2 or not onward:
                return part
            part.append(onward[0])

    starts = [s for meeting in ends.values() if len(meeting) != 2 for s in meeting]
    rest = sorted(loose)  # what no start reaches is a loop
    parts.extend(follow(signed) for signed in [*starts, *rest] if abs(signed) in loose)
    return parts
