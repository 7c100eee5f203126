"""The locator: a small map or a globe that shows where the frame lies."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from press.atlas import Atlas, Feature
from press.plates import svg
from press.plates.maps.frame import EARTH_RADIUS, MapFrame, finite, fit
from press.plates.maps.graticule import graticule
from press.plates.maps.ground import codes
from press.plates.maps.input import MapCanvas
from press.plates.maps.local_names import country_name, territory_names
from press.plates.maps.projection import Bounds, globe, turned
from press.plates.space import Space
from press.plates.svg import Element, px

SIZE = (39.0, 31.0)
"""Width and height of the locator in mm."""

_CLASSES = (
    "locator-sea", "locator-land", "locator-focus", "locator-box", "label-locator", "frame-line",
)  # fmt: skip
_LEAST_LAND, _LEAST_BOX, _TILT = 0.12, 0.8, 62.0


def locator(canvas: MapCanvas, focus: frozenset[str]) -> str:
    """An ``<svg>`` that shows where the frame lies among the countries around it."""
    frame, atlas = canvas.frame, canvas.given.atlas
    wide = around_frame(frame)
    if _wants_globe(frame, atlas, wide):
        return _globe(canvas, focus)
    w, h = SIZE
    small = fit(wide, w, h, exact=True)
    detail = atlas.detail_for("country", small.denominator)
    features = atlas.features("country", small.bounds.padded(2).box, detail)
    countries = _countries(small, features, 0.06)
    box = _frame_in(small, frame)
    sea = Element("", f'<rect class="locator-sea" width="{px(w)}" height="{px(h)}"/>')
    elements = [sea, *(_country(*each, focus) for each in countries), svg.shape("locator-box", box)]
    taken = [box.bounds] if box.area < 0.2 * w * h else []
    elements += _names(canvas, countries, focus, taken)
    clip = f"{canvas.prefix}-locator"
    edge = svg.rect("frame-line", 0.06, 0.06, w - 0.12, h - 0.12)
    clipped = (
        f'<defs><clipPath id="{clip}"><rect width="{px(w)}" height="{px(h)}"/></clipPath></defs>'
        f'<g clip-path="url(#{clip})">{svg.body(elements)}</g>{edge.markup}'
    )
    return svg.svg(clipped, canvas.style.css(_CLASSES), w, h, canvas.words["plate.locator"])


def around_frame(frame: MapFrame) -> Bounds:
    """What a locator shows: about six times the frame, and never less than 12° of latitude."""
    bounds = frame.bounds
    lon, lat = bounds.centre
    height = min(110.0, max(9.0, (bounds.north - bounds.south) * 3.6))
    width = min(170.0, max(12.0, (bounds.east - bounds.west) * 3.6))
    south = max(-84.0, min(lat - height / 2, 84.0 - height))
    return Bounds(lon - width / 2, south, lon + width / 2, min(84.0, south + height))


def _wants_globe(frame: MapFrame, atlas: Atlas, wide: Bounds) -> bool:
    """Whether the surroundings are a pole, half an ocean or half the Earth."""
    bounds = frame.bounds
    if frame.shows_pole or bounds.east - bounds.west > 50 or abs(bounds.centre[1]) > 66:
        return True
    around = shapely.box(*wide.box)
    land = [f.geometry for f in atlas.features("land", wide.box, "110m")]
    seen = shapely.union_all([g.intersection(around) for g in map(shapely.make_valid, land)])
    return bool(seen.area < _LEAST_LAND * around.area)


def _countries(
    small: MapFrame, features: Iterable[Feature], tolerance: float
) -> list[tuple[Feature, BaseGeometry]]:
    """The countries that show on a locator, with their shapes in mm."""
    drawn = ((feature, small.area(feature.geometry, tolerance)) for feature in features)
    return [(feature, area) for feature, area in drawn if not area.is_empty]


def _country(feature: Feature, area: BaseGeometry, focus: frozenset[str]) -> Element:
    return svg.shape("locator-focus" if codes(feature) & focus else "locator-land", area)


def _names(
    canvas: MapCanvas,
    countries: Sequence[tuple[Feature, BaseGeometry]],
    focus: frozenset[str],
    taken: Iterable[tuple[float, float, float, float]],
) -> Iterable[Element]:
    """Names of countries where there is room: those in focus first, then the largest."""
    space = Space(*SIZE, margin=0.6)
    space.take(*taken)
    names = territory_names(canvas.given.names_language)
    named = [
        (not codes(feature) & focus, -area.area, country_name(feature, names), area)
        for feature, area in countries
    ]
    for *_, name, area in sorted(named, key=lambda each: each[:3]):
        run = canvas.style.run(name, canvas.style.text("label-locator"))
        place = space.place(area, run.width, run.rise + run.drop, inside=0.86, step=0.8)
        if place:
            space.take(place)
            yield svg.text("label-locator", place[0], place[1] + run.rise, run)


def _globe(canvas: MapCanvas, focus: frozenset[str]) -> str:
    """The Earth from outside, turned towards the frame, with the frame on it."""
    lon, lat = canvas.frame.bounds.centre
    side = min(SIZE) - 0.6
    projection = globe(turned(lon), max(-_TILT, min(_TILT, lat)))
    small = MapFrame(projection, *SIZE, 2 * EARTH_RADIUS * 1000 / side, (0.0, 0.0), lon)
    box = _frame_in(small, canvas.frame).intersection(small.outline)
    if box.area < _LEAST_BOX:
        box = box.centroid.buffer(math.sqrt(_LEAST_BOX / math.pi))
    countries = _countries(small, _all_countries(canvas.given.atlas), 0.05)
    elements = (
        svg.shape("locator-sea", small.outline),
        *(_country(*each, focus) for each in countries),
        svg.shape("graticule", shapely.MultiLineString(graticule(small).lines)),
        svg.shape("locator-box", box),
        svg.shape("frame-line", small.outline),
    )
    css = canvas.style.css((*_CLASSES, "graticule"))
    return svg.svg(svg.body(elements), css, *SIZE, canvas.words["plate.locator-globe"])


@lru_cache(maxsize=4)
def _all_countries(atlas: Atlas) -> tuple[Feature, ...]:
    """All countries for a small globe; every plate of a dossier may want them."""
    return tuple(atlas.features("country", detail="110m"))


def _frame_in(small: MapFrame, frame: MapFrame) -> BaseGeometry:
    """The outline of the frame on the locator, in mm of the locator."""
    edge = shapely.get_coordinates(shapely.segmentize(frame.rectangle.exterior, 5.0))
    return shapely.make_valid(shapely.Polygon(finite(*small.forward(*frame.inverse(*edge.T)))))
