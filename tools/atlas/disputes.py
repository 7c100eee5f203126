"""Disputed and former boundaries, and the divisions that former ones enclose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tools.atlas import corrections, packing, topology
from tools.atlas.layers import Writer, areas
from tools.atlas.reading import geopackage, mended


def disputes(folder: Path) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Disputed and former boundaries."""
    path = folder / "usr/share/qgis/resources/data/world_map.gpkg"
    return [
        (
            {
                "name": mended(raw["name"]),
                "left": raw["adm0_a3_l"],
                "right": raw["adm0_a3_r"],
            },
            geometry,
        )
        for raw, geometry in geopackage(path, "disputed_borders")
    ]


def dispute_lines(
    writer: Writer, lines: Sequence[tuple[dict[str, Any], BaseGeometry]]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Disputed and former boundaries as published."""
    for facts, geometry in lines:
        parts = [topology.units(part) for part in shapely.get_parts(geometry)]
        arcs = [[writer.arcs.number(part)] for part in parts if len(part) > 1]
        if arcs:
            yield facts, packing.pack_lines(arcs)


def former(
    lines: Sequence[tuple[dict[str, Any], BaseGeometry]],
) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Former divisions, closed: chains whose ends miss each other by a hair are drawn together.

    Raises SystemExit when the chains do not close.
    """
    for (kind, code), facts in corrections.FORMER.items():
        chains = [
            part
            for line, geometry in lines
            if line["name"] == kind and line["left"] == code
            for part in shapely.get_parts(geometry)
        ]
        polygons = list(shapely.get_parts(shapely.polygonize(_drawn_together(chains))))
        if not polygons:
            raise SystemExit(f"{kind} of {code} does not close")
        outline = max(polygons, key=lambda polygon: polygon.area)
        yield {**facts, "kind": kind, "a3": code}, topology.on_grid(outline)


def _drawn_together(chains: Sequence[BaseGeometry], gap: float = 0.005) -> list[BaseGeometry]:
    ends: list[Any] = []

    def meeting(point: Any) -> Any:
        for end in ends:
            if np.hypot(*(point - end)) <= gap:
                return end
        ends.append(point)
        return point

    drawn = []
    for part in chains:
        vertices = shapely.get_coordinates(part)
        vertices[0], vertices[-1] = meeting(vertices[0]), meeting(vertices[-1])
        drawn.append(shapely.linestrings(vertices))
    return drawn


def whole(
    writer: Writer, features: Iterable[tuple[dict[str, Any], BaseGeometry]]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Areas that share nothing with others."""
    listed = list(features)
    yield from areas(listed, topology.cut([geometry for _, geometry in listed], writer.arcs))
