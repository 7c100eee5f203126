"""Writes the atlas file: layers of features, and the areas and lines that share borders."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from press.atlas import BBox, codec
from tools.atlas import packing, topology
from tools.atlas.reading import known

SCHEMA = """
create table layer(
    id integer primary key, name text, detail text, first integer, last integer, unique(name,
    detail));
create table feature(id integer primary key, properties text, shape blob);
create virtual table extent using rtree(id, west, east, south, north, layer_low, layer_high);
create table arc(id integer primary key, path blob);
create table town(
    cell integer primary key, west real, east real, south real, north real, countries text, data
    blob);
create table raster(
    name text primary key, step real, tile integer, scale real, zero real, nodata integer) without
    rowid;
create table raster_tile(name text, "row" integer, "column" integer, image blob,
    primary key(name, "row", "column"));
create table credit(layer text, text text, licence text, url text);
"""


class Writer:
    """Writes layers one after the other into a new atlas file."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self.database = sqlite3.connect(path)
        self.database.execute("pragma page_size = 4096")
        self.database.executescript(SCHEMA)
        self.arcs = topology.Arcs()
        self._features = 0
        self._layers = 0
        self.counts: dict[tuple[str, str], int] = {}

    def layer(self, name: str, detail: str, rows: Iterable[tuple[dict[str, Any], bytes]]) -> None:
        """Write a layer from properties and shape blobs; empty shapes must have been left out."""
        self._layers += 1
        first = self._features + 1
        for facts, blob in rows:
            self._features += 1
            text = json.dumps(known(facts), ensure_ascii=False, separators=(",", ":"))
            self.database.execute(
                "insert into feature values(?, ?, ?)", (self._features, text, blob)
            )
            for number, bounds in self._extents(self._features, blob):
                west, south, east, north = bounds
                self.database.execute(
                    "insert into extent values(?, ?, ?, ?, ?, ?, ?)",
                    (number, west, east, south, north, self._layers, self._layers),
                )
        self.database.execute(
            "insert into layer values(?, ?, ?, ?, ?)",
            (self._layers, name, detail, first, self._features),
        )
        self.counts[name, detail] = self._features - first + 1

    def packed(self, name: str, detail: str, count: int) -> None:
        """Enter a layer whose features lie in a table of their own."""
        self._layers += 1
        self.database.execute(
            "insert into layer values(?, ?, ?, 0, -1)", (self._layers, name, detail)
        )
        self.counts[name, detail] = count

    def _extents(self, number: int, blob: bytes) -> Iterator[tuple[int, BBox]]:
        (skeleton,) = codec.skeletons([blob])
        used = np.unique(np.abs(skeleton.references))
        paths = [packing.pack_arc(self.arcs.path(arc)) for arc in used.tolist()]
        (geometry,) = codec.assemble([skeleton], used, paths)
        for nth, bounds in enumerate(_extents(geometry)):
            yield number + nth * codec.NEXT_EXTENT, bounds

    def finish(self) -> None:
        """Write the arcs and close the file."""
        self.database.executemany("insert into arc values(?, ?)", self.arcs.blobs())
        self.database.execute("analyze")
        self.database.commit()
        self.database.execute("vacuum")
        self.database.close()


SCATTERED = 30  # degrees


def _extents(geometry: BaseGeometry) -> list[BBox]:
    """One extent; for a scattered feature one for each large part and each cell of small ones."""
    west, south, east, north = geometry.bounds
    if max(east - west, north - south) <= SCATTERED:
        return [geometry.bounds]
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    bounds = shapely.bounds(shapely.get_parts(geometry))
    for n, box in enumerate(bounds.tolist()):
        large = max(box[2] - box[0], box[3] - box[1]) > SCATTERED
        groups[(n,) if large else _cell(box, SCATTERED)].append(n)
    return [
        (*bounds[members, :2].min(axis=0).tolist(), *bounds[members, 2:].max(axis=0).tolist())
        for _, members in sorted(groups.items())
    ]


@dataclass
class Level:
    """One level of detail: countries, and first-order divisions where there are any."""

    detail: str
    countries: list[tuple[dict[str, Any], BaseGeometry]]
    divisions: list[tuple[dict[str, Any], BaseGeometry]]


def union(geometries: Sequence[BaseGeometry]) -> BaseGeometry:
    """Put neighbours together, closing the hair cracks where their borders disagree."""
    every = np.array(geometries, dtype=object)
    if shapely.coverage_is_valid(every):
        joined = shapely.coverage_union_all(every)
    else:
        joined = topology.on_grid(shapely.union_all(every))
    polygons = [_without_cracks(part) for part in shapely.get_parts(joined)]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _without_cracks(polygon: Any) -> BaseGeometry:
    """Drop holes less than some 100 m wide: twice the area over the circumference is the width."""
    kept = [
        ring
        for ring in polygon.interiors
        if 2 * shapely.area(shapely.polygons(ring)) / ring.length > 0.001
    ]
    return Polygon(polygon.exterior, kept)


def write_level(writer: Writer, level: Level, statuses: list[tuple[str, BaseGeometry]]) -> None:
    """Cut one level of detail into arcs and write its areas and its lines."""
    outlines = [geometry for _, geometry in level.countries]
    land = list(shapely.get_parts(union(outlines)))
    inner = [geometry for _, geometry in level.divisions]
    made = topology.cut([*outlines, *inner, *land], writer.arcs)
    of_country = made[: len(outlines)]
    of_division = made[len(outlines) : len(outlines) + len(inner)]
    of_land = made[len(outlines) + len(inner) :]
    writer.layer("country", level.detail, areas(level.countries, of_country))
    if inner:
        writer.layer("admin1", level.detail, areas(level.divisions, of_division))
    writer.layer("land", level.detail, (({}, blob) for blob in _gathered(land, of_land)))
    lines = Lines(writer.arcs, [facts["a3"] for facts, _ in level.countries], outlines)
    borders, coasts = lines.sorted_out(of_country)
    writer.layer("coast", level.detail, lines.coast_features(coasts))
    writer.layer("country_border", level.detail, lines.border_features(borders, statuses))
    if inner:
        codes = [facts["a3"] for facts, _ in level.divisions]
        taken = {abs(arc) for arc in _all_arcs(of_country)}
        writer.layer("admin1_border", level.detail, lines.inner_features(of_division, codes, taken))


def areas(
    features: Sequence[tuple[dict[str, Any], BaseGeometry]], made: Sequence[Any]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Properties and shape blobs of areas that have been cut; what vanished is left out."""
    for (facts, _), polygons in zip(features, made, strict=True):
        if polygons:
            yield facts, packing.pack_polygons(polygons)


def _gathered(parts: Sequence[BaseGeometry], made: Sequence[Any]) -> Iterator[bytes]:
    """Land: large pieces alone, islands of one 10 degree cell together."""
    cells: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for part, polygons in zip(parts, made, strict=True):
        if not polygons:
            continue
        west, south, east, north = part.bounds
        if max(east - west, north - south) > 5:
            yield packing.pack_polygons(polygons)
        else:
            cells[_cell(part.bounds, 10)].extend(polygons)
    for cell in sorted(cells):
        yield packing.pack_polygons(cells[cell])


def _cell(bounds: Sequence[float], side: int) -> tuple[int, int]:
    west, south, east, north = bounds
    return int((west + east) / 2 // side), int((south + north) / 2 // side)


def _all_arcs(made: Iterable[Any]) -> Iterator[int]:
    for polygons in made:
        for rings in polygons:
            for ring in rings:
                yield from ring


class Lines:
    """Sorts the arcs of one level of detail into coasts, borders and inner borders."""

    APART = 0.01  # degrees by which two published borders of neighbours may disagree

    def __init__(
        self, arcs: topology.Arcs, codes: Sequence[str], outlines: Sequence[BaseGeometry]
    ) -> None:
        self.arcs = arcs
        self.codes = codes
        self.outlines = np.array(outlines, dtype=object)

    def sorted_out(
        self, made: Sequence[Any]
    ) -> tuple[dict[tuple[str, str], list[int]], dict[str, list[int]]]:
        """Arcs of borders by pair of countries, and of coasts by country."""
        users: dict[int, set[int]] = defaultdict(set)
        for number, polygons in enumerate(made):
            for arc in _all_arcs([polygons]):
                users[abs(arc)].add(number)
        borders: dict[tuple[str, str], list[int]] = defaultdict(list)
        alone = []
        for arc, sides in sorted(users.items()):
            if topology.is_world_edge(self.arcs.path(arc)):
                continue
            if len(sides) == 1:
                alone.append((arc, next(iter(sides))))
            else:
                one, other = sorted(self.codes[side] for side in sides)[:2]
                borders[one, other].append(arc)
        coasts: dict[str, list[int]] = defaultdict(list)
        neighbours = self._neighbours(alone)
        for arc, side in alone:
            beyond = neighbours.get(arc)
            if beyond is None:
                coasts[self.codes[side]].append(arc)
            elif self.codes[side] < self.codes[beyond]:
                borders[self.codes[side], self.codes[beyond]].append(arc)
        return borders, coasts

    def _neighbours(self, alone: Sequence[tuple[int, int]]) -> dict[int, int]:
        """Arcs that only look like coasts, because two countries draw their border differently."""
        tree = shapely.STRtree(self.outlines)
        drawn = [_line(self.arcs.path(arc)) for arc, _ in alone]
        pairs = tree.query(np.array(drawn, dtype=object), "dwithin", self.APART).T
        found = {}
        for n, country in pairs.tolist():
            arc, side = alone[n]
            if country == side or arc in found:
                continue
            vertices = shapely.points(self.arcs.path(arc) / codec.UNITS_PER_DEGREE)
            if shapely.distance(vertices, self.outlines[country]).max() <= self.APART:
                found[arc] = country
        return found

    def coast_features(
        self, coasts: dict[str, list[int]]
    ) -> Iterator[tuple[dict[str, Any], bytes]]:
        """Coasts, long stretches alone, the rest by 10 degree cell."""
        every = [arc for arcs in coasts.values() for arc in arcs]
        yield from (({}, blob) for blob in self._by_cell(topology.chain(every, self.arcs), 10))

    def border_features(
        self,
        borders: dict[tuple[str, str], list[int]],
        statuses: list[tuple[str, BaseGeometry]],
    ) -> Iterator[tuple[dict[str, Any], bytes]]:
        """Borders by pair of countries and status."""
        tree = shapely.STRtree([geometry for _, geometry in statuses])
        for (one, other), arcs in sorted(borders.items()):
            by_status: dict[str, list[int]] = defaultdict(list)
            for arc in arcs:
                by_status[self._status(arc, statuses, tree)].append(arc)
            for status, members in sorted(by_status.items()):
                facts = {"left": one, "right": other, "status": status}
                yield facts, packing.pack_lines(topology.chain(members, self.arcs))

    def _status(
        self, arc: int, statuses: list[tuple[str, BaseGeometry]], tree: shapely.STRtree
    ) -> str:
        path = self.arcs.path(arc)
        middle = shapely.points(path[len(path) // 2] / codec.UNITS_PER_DEGREE)
        near = tree.query(middle, "dwithin", 0.003)
        return statuses[int(near[0])][0] if len(near) else "international"

    def inner_features(
        self, made: Sequence[Any], codes: Sequence[str], taken: set[int]
    ) -> Iterator[tuple[dict[str, Any], bytes]]:
        """Borders between divisions of one country, by 5 degree cell."""
        uses = Counter[int]()
        owner: dict[int, str] = {}
        for polygons, code in zip(made, codes, strict=True):
            for arc in _all_arcs([polygons]):
                uses[abs(arc)] += 1
                owner[abs(arc)] = code
        groups: dict[str, list[int]] = defaultdict(list)
        for arc, count in sorted(uses.items()):
            edge = topology.is_world_edge(self.arcs.path(arc))
            if count == 2 and arc not in taken and not edge:
                groups[owner[arc]].append(arc)
        for code, arcs in sorted(groups.items()):
            for blob in self._by_cell(topology.chain(arcs, self.arcs), 5):
                yield {"a3": code}, blob

    def _by_cell(self, parts: Sequence[list[int]], side: int) -> Iterator[bytes]:
        cells: dict[tuple[int, int], list[list[int]]] = defaultdict(list)
        for part in parts:
            path = np.concatenate([self.arcs.path(arc) for arc in part]) / codec.UNITS_PER_DEGREE
            (west, south), (east, north) = path.min(axis=0), path.max(axis=0)
            if max(east - west, north - south) > side:
                yield packing.pack_lines([part])
            else:
                cells[_cell((west, south, east, north), side)].append(part)
        for cell in sorted(cells):
            yield packing.pack_lines(cells[cell])


def _line(path: codec.Ints) -> LineString:
    return LineString(path / codec.UNITS_PER_DEGREE)
