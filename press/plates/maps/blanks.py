"""Lines on which names are to be written by hand: how they are numbered, and drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from press.content.model import Extent, Place
from press.plates import svg
from press.plates.geometry import Point
from press.plates.maps.input import MapCanvas
from press.plates.maps.point_labels import Placed
from press.plates.maps.symbols import Spot, draw_leader
from press.plates.svg import px

LINE_HEIGHT, LINE_GAP = 5.2, 1.0
"""Height in mm of the line for a name, and its distance from the number before it."""

_BANDS = 8
"""In how many bands from the north to the south places are numbered."""


def numbered(places: Iterable[Place], extent: object = None) -> dict[str, int]:
    """A number for each place: from the north to the south, in bands, and from west to east.

    Only where places lie counts, so that they have the same numbers on every paper; not their order
    in the gazetteer, which may be that of the list of names. Those outside the ``extent`` that
    the author asks for come last: a broader picture shows more of them.
    """
    at = {place.id: place.at.point for place in places if place.at}
    if not at:
        return {}
    first = _westernmost([lon for lon, _ in at.values()])
    flat = {ident: ((lon - first) % 360, lat) for ident, (lon, lat) in at.items()}
    north, south = (extreme(lat for _, lat in flat.values()) for extreme in (max, min))
    wide = max(x for x, _ in flat.values()) * math.cos(math.radians((north + south) / 2))
    band = max(north - south, wide, 1e-6) / _BANDS

    def order(ident: str) -> tuple[bool, int, float, str]:
        x, lat = flat[ident]
        return not _asked(at[ident], extent), round((north - lat) / band), x, ident

    return {ident: number for number, ident in enumerate(sorted(at, key=order), start=1)}


def _westernmost(longitudes: Sequence[float]) -> float:
    """The first longitude east of the widest gap between any: a map may cross 180 degrees."""
    order = sorted(longitudes)
    gaps = [(order[0] + 360 - order[-1], order[0]), *((b - a, b) for a, b in pairwise(order))]
    return max(gaps)[1]


def _asked(at: Point, extent: object) -> bool:
    """Whether a place lies in the box that the author gives, if any."""
    if not isinstance(extent, Extent):
        return True
    across = (extent.east - extent.west) % 360 or 360
    return (at[0] - extent.west) % 360 <= across and extent.south <= at[1] <= extent.north


def _to_number(canvas: MapCanvas, spot: Spot, place: Placed) -> Sequence[Point]:
    """A leader from a symbol to the number of its line; none where it or the line is close by."""
    _, _, right, bottom = place.box
    width = canvas.run("label-blank", str(spot.blank)).width
    to = right - spot.room - LINE_GAP - width / 2, bottom - 1.0 - _RISE
    far = math.hypot(to[0] - spot.x, to[1] - spot.y)
    begin, end = _OFF_SYMBOL / far if far else 1, (far - _OFF_NUMBER) / far if far else 0
    on_line = min(max(spot.x, right - spot.room), right), bottom - 0.6
    beside = math.hypot(on_line[0] - spot.x, on_line[1] - spot.y) < far
    if beside or (end - begin) * far < _LEAST_LEADER:
        return ()
    return [
        (spot.x + part * (to[0] - spot.x), spot.y + part * (to[1] - spot.y))
        for part in (begin, end)
    ]


_RISE, _OFF_SYMBOL, _OFF_NUMBER, _LEAST_LEADER = 1.1, 1.0, 1.7, 0.8
"""In mm: from a number's foot to its middle, from the middle of a symbol and of a number to the end
of a leader, and the least that one is long."""


def write_blank(canvas: MapCanvas, spot: Spot, place: Placed) -> None:
    """A number and a line to write on; the name on it where it is to be shown.

    The ground stays as it is: boundaries and shores are what a pupil finds the place by.
    """
    draw_leader(canvas, place.leader or _to_number(canvas, spot, place))
    _, _, right, bottom = place.box
    foot, start = bottom - 1.0, right - spot.room
    run = canvas.run("label-blank", str(spot.blank))
    canvas.write("label-blank", start - LINE_GAP - run.width, foot, run)
    canvas.add("text", svg.shape("blank-line", f"M{px(start)} {px(foot + 0.4)}H{px(right)}"))
    if spot.filled:
        canvas.write("label-answer", start + 0.6, foot - 0.3, canvas.run("label-answer", spot.name))
    canvas.record(spot.key, spot.name if spot.filled else str(spot.blank), place.box)
