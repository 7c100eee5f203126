"""A map plate, from a few lines of YAML and the dossier's own events and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from press.content.model import Map
from press.design.styles import Style
from press.plates.drawing import Drawing, PlateInput
from press.plates.maps.expected import expected_panel
from press.plates.maps.extent import find_focus, frame_of, scale_faults
from press.plates.maps.finish import finish, measured
from press.plates.maps.graticule import margin
from press.plates.maps.input import MapInput
from press.plates.maps.overlay import find_overlay
from press.plates.maps.panel import Panel, draw_panel
from press.plates.maps.stages import in_a_row
from press.plates.style import PlateStyle, half_of_text, in_one_part, room, tallest

_SLACK = 10.0
_FEW = 1
"""How much may be lacking on small maps in a row that need no further page: one date."""
_LEAST_FRAME = 40.0
_WIDE = 0.72
"""A picture lower than this share of the room is drawn at its own height."""
_LEAST, _LEAST_AMONG_TEXT, _FULL = 0.4, 0.45, 0.9
"""The share of its room that a page's picture takes at the least, and one among text, where the
plate takes ``_FULL``."""
_SIDE, _SIDE_LEAST, _SIDE_WIDEST = 0.31, 42.0, 0.4
"""The share of a plate's width that a legend beside its picture takes, its least width in mm, and
the share from which it takes too much."""
_SIDE_EMS, _SIDE_MOST = 15.0, 26.0
"""The least and the greatest width of such a legend, in sizes of its type."""
_LOW, _LARGER = 0.6, 0.92
"""How high in shares of its width a plate's picture is low, and by how much a scale must be larger
for its legend to move."""


def files_of(plate: Map) -> Iterator[str]:
    """The author's own files that a map is drawn from."""
    yield from filter(None, (area.file for area in plate.areas))
    yield from filter(None, (line.file for line in plate.lines))


def draw_map(asked: PlateInput[Map]) -> Drawing:
    """Draw a map plate.

    What could not be drawn comes back in ``faults`` and ``dropped``; the map is drawn without it.
    A plate among text that is taller than a page of it, or whose words leave the map too little,
    or small maps in a row too little for their names, takes a page of its own. Where that is too
    little as well, the whole legend goes on overleaf, with remarks and credits. In a room for one
    part, ``--plate-parts: 1``, the locator gives way.
    """
    plate = _grounded(asked.plate, asked.style)
    given = MapInput(plate, asked.dossier, asked.style, asked.number, asked.files)
    made = _fitted(given)
    if in_one_part(given.style):
        return _without_locator(given, made) if _squeezed(given, made) else made
    tried = [made]
    if not _suits(given, made, plate.stages and plate.size == "half"):
        if plate.size in ("half", "column"):
            given = replace(given, plate=plate.model_copy(update={"size": "page"}))
        for overleaf in (False, True) if given.plate.size != plate.size else (True,):
            tried.append(_fitted(given, overleaf))
            if _suits(given, tried[-1]):
                break
    return _best(tried, given.style) if plate.stages else tried[-1]


def _suits(given: MapInput, made: Drawing, low: object = False) -> bool:
    """Whether a plate fits its room and leaves its picture enough; ``low`` where any will do.

    Small maps in a row have room for their names as well, but for a date.
    """
    if made.total > tallest(made.size, given.style) or (given.plate.stages and made.lost > _FEW):
        return False
    return bool(low) or not _squeezed(given, made)


def _best(tried: Sequence[Drawing], style: Style) -> Drawing:
    """Of ways to set a plate that one which lacks the fewest names; one that fits, if any does."""
    fit = [made for made in tried if made.total <= tallest(made.size, style)]
    return min(fit or tried, key=lambda made: made.lost)


def _without_locator(given: MapInput, made: Drawing) -> Drawing:
    """The plate with a larger picture, for which the locator gives way, unless it was asked for."""
    if not made.locator or "inset" in given.plate.model_fields_set:
        return made
    plate = given.plate.model_copy(update={"inset": False})
    other = _fitted(replace(given, plate=plate))
    return other if other.height > made.height else made


def _squeezed(given: MapInput, made: Drawing) -> bool:
    """Whether the words around a map leave it too little of its room.

    A map of a column is as small as its author asked.
    """
    if made.size == "column":
        return False
    total = _room(given)[1]
    least = _LEAST_AMONG_TEXT if made.size == "half" else _LEAST
    return made.total > total * _FULL and made.height < total * least


def _fitted(given: MapInput, overleaf: bool = False) -> Drawing:
    """The plate as large as the room lets it be; ``overleaf`` as in ``finish``.

    A low picture has its legend beside it where the land is larger so, or bears more names.
    """
    width, total = _room(given)
    if given.plate.stages:
        return in_a_row(given, width, total, overleaf)
    made = _as_high_as_fits(given, width, total, overleaf)
    type_size = PlateStyle(given.style).text("legend-text").size
    side = max(_SIDE_LEAST, _SIDE_EMS * type_size, min(_SIDE * width, _SIDE_MOST * type_size))
    free = in_one_part(given.style) or given.plate.size == "half"
    if overleaf or not free or side > _SIDE_WIDEST * width or made.height > _LOW * width:
        return made
    other = _as_high_as_fits(replace(given, side=side), width, total, overleaf)
    larger = other.denominator < made.denominator * _LARGER and other.lost <= made.lost
    fuller = other.lost < made.lost and other.denominator <= made.denominator
    return other if other.total <= total and (larger or fuller) else made


def _as_high_as_fits(given: MapInput, width: float, total: float, overleaf: bool) -> Drawing:
    """The plate with its picture as high as the room lets it, ``total`` mm in all."""
    # The legend decides how high the frame can be, and the frame what is in the legend. So plan
    # with what will be drawn, and draw again only where the plan was off. What fits is not given
    # up for a larger picture whose legend is then too long.
    most, height = _plan(given, width, total, overleaf)
    fitting: Drawing | None = None
    for trial in range(6):
        made = finish(given, [_panel(given, width, height)], width, overleaf)
        rest, late = total - made.total, trial >= 2
        if rest >= 0 and (fitting is None or made.height > fitting.height):
            fitting = made
        if rest >= 0 and (late or rest <= _SLACK or height < most - 1):
            break
        if rest < 0 and ((late and fitting) or height <= _LEAST_FRAME):
            break
        height = most = max(_LEAST_FRAME, height + rest - 0.4)
    return fitting or made


def _room(given: MapInput) -> tuple[float, float]:
    """Width and height of the plate's room in mm: two of half a page in turn are to share one."""
    width, total = room(given.plate.size, given.style)
    if given.plate.size != "half" or in_one_part(given.style):
        return width, total
    listed = given.dossier.plates.plates
    beside = [pair for pair in pairwise(listed) if given.plate.id in (pair[0].id, pair[1].id)]
    halves = any(all(isinstance(p, Map) and p.size == "half" for p in pair) for pair in beside)
    return width, min(total, half_of_text(given.style)) if halves else total


def _grounded(plate: Map, style: Style) -> Map:
    """The plate without the relief and the height tints that the style sheet hides."""
    look = PlateStyle(style)
    hidden = {
        name: False
        for name, classes in (("relief", "shade"), ("tints", "heights"))
        if look.values(classes).get("visibility") == "hidden"
    }
    return plate.model_copy(update=hidden)


def _panel(given: MapInput, width: float, height: float) -> Panel:
    """The one picture of a plate, as wide as ``width`` mm lets it, ``height`` mm with its edge."""
    edges = 2 * margin(PlateStyle(given.style))
    frame, faults = frame_of(given, width - given.beside - edges, height - edges)
    overlay = find_overlay(given, frame)
    focus, unknown = find_focus(given, overlay)
    panel = draw_panel(given, frame, overlay, focus)
    return replace(panel, faults=(*faults, *unknown, *panel.faults, *scale_faults(given, frame)))


def _plan(given: MapInput, width: float, total: float, overleaf: bool) -> tuple[float, float]:
    """The tallest picture for which there is room, and the height that suits the extent, in mm.

    A wide extent on a tall page would be lost among what lies north and south of it, and a small
    one, whose scale is held by the data, all around.
    """
    edges = 2 * margin(PlateStyle(given.style))
    frame, _ = frame_of(given, width - given.beside - edges, total * 0.66 - edges)
    picture = frame.height + edges
    made = measured(given, expected_panel(given, frame), width, picture, overleaf)
    rest = made.total - frame.height
    tallest = max(_LEAST_FRAME, total - rest + edges - 1.5)
    natural = frame.natural_height + edges
    wide = natural < tallest * (1.0 if frame.projection.whole_earth or frame.extra > 1 else _WIDE)
    return tallest, max(_LEAST_FRAME, natural if wide else tallest)
