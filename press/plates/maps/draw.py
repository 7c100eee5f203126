"""A map plate, from a few lines of YAML and the dossier's own events and places."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from press import dates
from press.content.model import Map
from press.design.styles import Style
from press.plates.drawing import Drawing, PlateInput
from press.plates.maps.extent import find_focus, frame_of, scale_faults
from press.plates.maps.finish import finish, measured
from press.plates.maps.frame import MapFrame
from press.plates.maps.graticule import MARGIN, SMALL_MARGIN
from press.plates.maps.ground import ADMIN_UP_TO
from press.plates.maps.input import MapInput
from press.plates.maps.overlay import find_overlay
from press.plates.maps.panel import TITLE_HEIGHT, Panel, canvas_of, draw_panel
from press.plates.maps.places import find_spots
from press.plates.style import PlateStyle, room

_SLACK = 10.0
_LEAST_FRAME = 40.0
_WIDE = 0.72
"""A picture lower than this share of the room is drawn at its own height."""
_STAGE_GAP, _STAGE_WIDTH, _STAGE_REST = 3.5, 52.0, 48.0


def files_of(plate: Map) -> Iterator[str]:
    """The author's own files that a map is drawn from."""
    yield from filter(None, (area.file for area in plate.areas))
    yield from filter(None, (line.file for line in plate.lines))


def draw_map(asked: PlateInput[Map]) -> Drawing:
    """Draw a map plate.

    What could not be drawn comes back in ``faults`` and ``dropped``; the map is drawn without it.
    """
    plate = _grounded(asked.plate, asked.style)
    given = MapInput(plate, asked.dossier, asked.style, asked.number, asked.files)
    width, total = room(plate.size, given.style)
    if plate.stages:
        return finish(given, _stages(given, width, total), width)
    # The legend decides how high the frame can be, and the frame what is in the legend. So plan
    # with what will be drawn, and draw again only where the plan was off.
    tallest, height = _plan(given, width, total)
    for _ in range(3):
        made = finish(given, [_panel(given, width, height)], width)
        rest = total - made.total
        if rest >= 0 and (rest <= _SLACK or height < tallest - 1):
            break
        height = tallest = max(_LEAST_FRAME, height + rest - 0.4)
    return made


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
    """The one picture of a plate, ``width`` × ``height`` mm with its edge."""
    frame, faults = frame_of(given, width - 2 * MARGIN, height - 2 * MARGIN)
    overlay = find_overlay(given, frame)
    focus, unknown = find_focus(given, overlay)
    panel = draw_panel(given, frame, overlay, focus)
    return replace(panel, faults=(*faults, *unknown, *panel.faults, *scale_faults(frame)))


def _plan(given: MapInput, width: float, total: float) -> tuple[float, float]:
    """The tallest picture for which there is room, and the height that suits the extent, in mm.

    A wide extent on a tall page would be lost among what lies north and south of it.
    """
    frame, _ = frame_of(given, width - 2 * MARGIN, total * 0.66 - 2 * MARGIN)
    picture = frame.height + 2 * MARGIN
    rest = measured(given, _expected(given, frame), width, picture).total - frame.height
    tallest = max(_LEAST_FRAME, total - rest + 2 * MARGIN - 1.5)
    natural = (width - 2 * MARGIN) / frame.aspect + 2 * MARGIN
    wide = natural < tallest * (1.0 if frame.projection.whole_earth else _WIDE)
    return tallest, max(_LEAST_FRAME, natural if wide else tallest)


def _expected(given: MapInput, frame: MapFrame) -> Panel:
    """A panel with the keys that drawing would leave behind, to measure the legend beforehand."""
    canvas, plate = canvas_of(given, frame), given.plate
    overlay = find_overlay(given, frame, rough=True)
    spots = find_spots(canvas, overlay)
    canvas.use(*filter(None, overlay.layers))
    near, detail = frame.bounds.box, given.atlas.detail_for("country_border", frame.denominator)
    expected = {
        **{f"line-{drawn.line.style}": True for drawn in overlay.lines},
        **{key: True for spot in spots.inside for key in spot.legend_keys},
        "arrow": bool(overlay.arrows),
        "place-minor": plate.towns,
        "tint-1": plate.tints,
        "border": any(True for _ in given.atlas.features("country_border", near, detail)),
        "admin": frame.denominator <= ADMIN_UP_TO,
    }
    canvas.keys.update(dict.fromkeys(key for key, drawn in expected.items() if drawn))
    if plate.tints or plate.relief:
        canvas.use("elevation")
    if plate.relief:
        canvas.use("relief")
    canvas.use("land", "country", "town")
    return Panel(canvas, overlay, drawn=spots.inside, beyond=spots.beyond)


def _stages(given: MapInput, width: float, total: float) -> list[Panel]:
    """Small maps of one extent side by side, as many in a row as stay large enough to read."""
    stages = given.plate.stages
    across = max(1, min(len(stages), int((width + _STAGE_GAP) // (_STAGE_WIDTH + _STAGE_GAP))))
    rows = math.ceil(len(stages) / across)
    across = math.ceil(len(stages) / rows)
    each = (width - _STAGE_GAP * (across - 1)) / across
    inner = each - 2 * SMALL_MARGIN
    shape = frame_of(given, inner, inner)[0].aspect
    least = (total - _STAGE_REST) / rows - TITLE_HEIGHT - 2 * SMALL_MARGIN
    frame, faults = frame_of(given, inner, min(inner / shape, max(30.0, least)))
    focus, unknown = find_focus(given, find_overlay(given, frame))
    panels = []
    for index, stage in enumerate(stages):
        plate = given.plate.model_copy(update={"until": stage.until, "stages": ()})
        own = replace(given, plate=plate)
        panel = draw_panel(own, frame, find_overlay(own, frame), focus, f"-{index + 1}")
        row, column = divmod(index, across)
        panels.append(
            replace(
                panel,
                faults=(*faults, *unknown, *panel.faults),
                title=stage.title or dates.show(stage.until, given.language),
                x=column * (each + _STAGE_GAP),
                y=row * (frame.height + 2 * SMALL_MARGIN + TITLE_HEIGHT + 2.0),
            )
        )
    return panels
