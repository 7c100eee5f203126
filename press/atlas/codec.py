"""How the atlas file keeps shapes: variable-length integers, arcs and references to arcs.

Coordinates are whole numbers of 1/10,000 degree (about 11 m on the ground). A border between two
districts is stored once, as an *arc*; the districts, their countries and the border line refer to
it, so that they agree to the last digit. The variable-length integer is the base-128 "varint" of
Protocol Buffers (seven bits a byte, lowest first, high bit set on all but the last byte); signed
numbers are folded by zigzag (0, -1, 1, -2 ... become 0, 1, 2, 3 ...).

- An *arc* blob is a run of zigzag varints: x, y of the first vertex, then the steps to each next
  one.
- A *shape* blob is a run of varints: the kind, then counts, then content.

  ======== =================================================================================
  kind     what follows
  ======== =================================================================================
  POINTS   count, then zigzag x, y steps, from 0, 0
  LINES    parts; arcs in each part; references
  POLYGONS polygons; rings in each polygon (shell first); arcs in each ring; references
  ======== =================================================================================

- A *reference* is ``zigzag(arc - previous arc) * 2 + reversed``. Where one arc of a part ends the
  next begins; the shared vertex is written by both and kept once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

UNITS_PER_DEGREE = 10_000
POINTS, LINES, POLYGONS = 0, 1, 2

NEXT_EXTENT = 10_000_000
"""A scattered feature has several extents, numbered in steps of this from its own number, so that a
map of Armenia need not read Alaska or Guiana with it."""

Ints = NDArray[np.int64]


def unzigzag(values: Ints) -> Ints:
    """Unfold unsigned whole numbers to signed ones: 0, 1, 2, 3 ... become 0, -1, 1, -2 ..."""
    return (values >> 1) ^ -(values & 1)


def unpack(blobs: Sequence[bytes]) -> tuple[Ints, Ints]:
    """Read many runs of varints at once.

    Returns the numbers of all runs, one after the other, and the offsets (one more than there are
    runs) at which each run begins. Every run must end with its last varint.
    """
    data = np.frombuffer(b"".join(blobs), dtype=np.uint8)
    last = data < 128
    ends = np.flatnonzero(last)
    if not len(ends):
        return np.empty(0, np.int64), np.zeros(len(blobs) + 1, np.int64)
    starts = np.concatenate(([0], ends[:-1] + 1))
    values = (data[starts] & 127).astype(np.int64)
    width = ends - starts
    for place in range(1, int(width.max()) + 1):
        longer = np.flatnonzero(width >= place)
        values[longer] |= (data[starts[longer] + place] & 127).astype(np.int64) << (7 * place)
    sizes = np.fromiter(map(len, blobs), np.int64, len(blobs))
    finished = np.concatenate(([0], np.cumsum(last)))
    offsets = finished[np.concatenate(([0], np.cumsum(sizes)))]
    return values, offsets


class Skeleton:
    """The structure of one shape: its kind, its points, or its parts as signed arc numbers."""

    __slots__ = ("arcs_per_part", "kind", "points", "references", "rings_per_polygon")

    def __init__(self, values: Ints) -> None:
        self.kind = int(values[0])
        count = int(values[1])
        self.points: Ints = np.empty((0, 2), np.int64)
        self.references: Ints = np.empty(0, np.int64)
        self.rings_per_polygon: Ints = np.empty(0, np.int64)
        self.arcs_per_part: Ints = np.empty(0, np.int64)
        if self.kind == POINTS:
            self.points = np.cumsum(unzigzag(values[2:]).reshape(-1, 2), axis=0)
            return
        at = 2
        if self.kind == POLYGONS:
            self.rings_per_polygon = values[at : at + count]
            at += count
            count = int(self.rings_per_polygon.sum())
        self.arcs_per_part = values[at : at + count]
        coded = values[at + count :]
        arcs = np.cumsum(unzigzag(coded >> 1))
        self.references = np.where(coded & 1, -arcs, arcs)


def skeletons(blobs: Sequence[bytes]) -> list[Skeleton]:
    """Read the structure of many shapes."""
    values, offsets = unpack(blobs)
    bounds = offsets.tolist()
    return [Skeleton(values[a:b]) for a, b in pairwise(bounds)]


def assemble(
    shapes: Sequence[Skeleton], arc_ids: Ints, arc_blobs: Sequence[bytes]
) -> list[BaseGeometry]:
    """Turn structures and the arcs they refer to into geometries in degrees.

    ``arc_ids`` is sorted and ``arc_blobs`` goes with it; every arc referred to must be there. A
    shape of one part comes back as Point, LineString or Polygon, of several as the Multi kind.
    """
    result: list[BaseGeometry] = [shapely.Point()] * len(shapes)
    for number, shape in enumerate(shapes):
        if shape.kind == POINTS:
            points = shapely.points(shape.points / UNITS_PER_DEGREE)
            result[number] = points[0] if len(points) == 1 else shapely.multipoints(points)
    drawn = [n for n, shape in enumerate(shapes) if shape.kind != POINTS]
    if not drawn:
        return result
    vertices, part_sizes = _vertices([shapes[n] for n in drawn], arc_ids, arc_blobs)
    part_at = vertex_at = 0
    for kind in (LINES, POLYGONS):  # shapes were laid out lines first, see _vertices
        members = [n for n in drawn if shapes[n].kind == kind]
        if not members:
            continue
        parts = [len(shapes[n].arcs_per_part) for n in members]
        sizes = part_sizes[part_at : part_at + sum(parts)]
        total = int(sizes.sum())
        coordinates = vertices[vertex_at : vertex_at + total] / UNITS_PER_DEGREE
        offsets: tuple[Ints, ...]
        if kind == LINES:
            offsets = (_offsets(sizes), _offsets(parts))
            made = shapely.from_ragged_array(
                shapely.GeometryType.MULTILINESTRING, coordinates, offsets
            )
        else:
            rings = np.concatenate([shapes[n].rings_per_polygon for n in members])
            polygons = [len(shapes[n].rings_per_polygon) for n in members]
            offsets = (_offsets(sizes), _offsets(rings), _offsets(polygons))
            made = shapely.from_ragged_array(
                shapely.GeometryType.MULTIPOLYGON, coordinates, offsets
            )
        single = shapely.get_num_geometries(made) == 1
        made[single] = shapely.get_geometry(made[single], 0)
        for n, geometry in zip(members, made, strict=True):
            result[n] = geometry
        part_at += len(sizes)
        vertex_at += total
    return result


def _offsets(counts: Sequence[int] | Ints) -> Ints:
    return np.fromiter(accumulate(counts, initial=0), np.int64, len(counts) + 1)


def _vertices(
    shapes: Sequence[Skeleton], arc_ids: Ints, arc_blobs: Sequence[bytes]
) -> tuple[Ints, Ints]:
    """All vertices of all parts, lines first, and how many each part has."""
    ordered = sorted(shapes, key=lambda shape: shape.kind)
    references = np.concatenate([shape.references for shape in ordered])
    arcs_per_part = np.concatenate([shape.arcs_per_part for shape in ordered])
    values, offsets = unpack(arc_blobs)
    first, size = offsets[:-1] // 2, np.diff(offsets) // 2
    pool = _run_sums(unzigzag(values).reshape(-1, 2), first)

    which = np.searchsorted(arc_ids, np.abs(references))
    opens_part = np.zeros(len(references), bool)
    opens_part[_offsets(arcs_per_part)[:-1]] = True
    skip = (~opens_part).astype(np.int64)  # the joint is already there
    length = size[which] - skip
    backward = references < 0
    start = np.where(backward, first[which] + size[which] - 1 - skip, first[which] + skip)
    stride = np.where(backward, -1, 1)
    total = _offsets(length)
    within = np.arange(total[-1]) - np.repeat(total[:-1], length)
    index = np.repeat(start, length) + within * np.repeat(stride, length)
    part_sizes = np.add.reduceat(length, _offsets(arcs_per_part)[:-1])
    return pool[index], part_sizes


def _run_sums(steps: Ints, first: Ints) -> Ints:
    """Running sums that start afresh at each of the rows in ``first``."""
    sums = np.cumsum(steps, axis=0)
    before = np.where(first[:, None] > 0, sums[first - 1], 0)
    runs: Any = np.diff(np.append(first, len(steps)))
    fresh: Ints = sums - np.repeat(before, runs, axis=0)
    return fresh
