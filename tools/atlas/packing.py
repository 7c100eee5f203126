"""Writes shapes as the atlas file keeps them; press/atlas/codec.py describes and reads them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from press.atlas.codec import LINES, POINTS, POLYGONS, Ints


def zigzag(values: Ints) -> Ints:
    """Fold signed whole numbers to unsigned ones, small magnitudes staying small."""
    return (values << 1) ^ (values >> 63)


def pack(values: Sequence[int] | Ints) -> bytes:
    """Write unsigned whole numbers below 2**63 as varints."""
    out = bytearray()
    for value in np.asarray(values, dtype=np.int64).tolist():
        rest = value
        while rest > 127:
            out.append(rest & 127 | 128)
            rest >>= 7
        out.append(rest)
    return bytes(out)


def pack_arc(vertices: Ints) -> bytes:
    """Write an ``(n, 2)`` run of vertices, in units, as an arc."""
    steps = np.diff(vertices, axis=0, prepend=np.zeros((1, 2), np.int64))
    return pack(zigzag(steps.ravel()))


def pack_points(vertices: Ints) -> bytes:
    """Write an ``(n, 2)`` run of points, in units, as a shape."""
    return pack([POINTS, len(vertices)]) + pack_arc(vertices)


def pack_references(parts: Sequence[Sequence[int]]) -> bytes:
    """Write parts made of arcs; a negative number is an arc walked backwards."""
    flat = np.array([arc for part in parts for arc in part], dtype=np.int64)
    arcs = np.abs(flat)
    steps = np.diff(arcs, prepend=0)
    return pack([len(part) for part in parts]) + pack(zigzag(steps) * 2 + (flat < 0))


def pack_lines(parts: Sequence[Sequence[int]]) -> bytes:
    """Write a line of several parts, each a list of signed arc numbers."""
    return pack([LINES, len(parts)]) + pack_references(parts)


def pack_polygons(polygons: Sequence[Sequence[Sequence[int]]]) -> bytes:
    """Write polygons, each a list of rings (shell first), each a list of signed arc numbers."""
    rings = [ring for polygon in polygons for ring in polygon]
    head = [POLYGONS, len(polygons), *map(len, polygons)]
    return pack(head) + pack_references(rings)
