"""Small maps of one extent, in rows: how many stand side by side, and how large."""

from __future__ import annotations

import math
from dataclasses import replace

from press import dates
from press.base.boxes import Box
from press.plates.drawing import Drawing, PlateFault
from press.plates.maps.expected import expected_panel
from press.plates.maps.extent import find_focus, frame_of
from press.plates.maps.finish import finish, measured
from press.plates.maps.frame import MapFrame
from press.plates.maps.graticule import SMALL_MARGIN
from press.plates.maps.input import MapInput
from press.plates.maps.overlay import find_overlay
from press.plates.maps.panel import TITLE_HEIGHT, Panel, draw_panel
from press.plates.style import in_one_part, tallest

_STAGE_GAP, _ROW_GAP, _LEAST_STAGE, _STAGE_SLACK = 3.5, 2.0, 30.0, 2.0
"""Between small maps, across and down; the least width of one; room left over. All in mm."""


def in_a_row(given: MapInput, width: float, total: float, overleaf: bool) -> Drawing:
    """The plate with its small maps in rows, so many in each that the names have room.

    Where a name has none, the maps stand wider in more rows, as long as they fit a page.
    """
    most = tallest(given.plate.size, given.style)

    def made(total: float, across: int = 0) -> Drawing:
        panels = _stages(given, width, total, overleaf, across)
        drawing = finish(given, panels, width, overleaf)
        over = drawing.total - most
        if over <= 0:
            return drawing
        return finish(given, _stages(given, width, total - over, overleaf, across), width, overleaf)

    best = made(total)
    wide = _arranged(given, width, total, overleaf)[1].width if best.lost else width
    for across in range(len(given.plate.stages), 0, -1):
        if not best.lost or _arranged(given, width, most, overleaf, across)[1].width < wide:
            continue
        other = made(most, across)
        if other.total <= most and other.lost < best.lost:
            best = other
    return best


def _stages(
    given: MapInput, width: float, total: float, overleaf: bool, across: int = 0
) -> list[Panel]:
    """Small maps of one extent, in rows, as large as the room lets them be.

    So many stand ``across``, or as many as make them largest.
    """
    stages = given.plate.stages
    across, frame, faults = _arranged(given, width, total, overleaf, across)
    focus, unknown = find_focus(given, find_overlay(given, frame))
    corner = _corner(across, len(stages), width, frame.width, frame.height)
    panels: list[Panel] = []
    for index, stage in enumerate(stages):
        plate = given.plate.model_copy(update={"until": stage.until, "stages": ()})
        own = replace(given, plate=plate)
        over, before = find_overlay(own, frame), panels[-1].canvas.lettered if panels else {}
        panel = draw_panel(own, frame, over, focus, f"-{index + 1}", before)
        row, column = divmod(index, across)
        panels.append(
            replace(
                panel,
                faults=(*faults, *unknown, *panel.faults),
                title=stage.title or dates.show(stage.until, given.language),
                x=column * _step(across, width, frame.width),
                y=row * (frame.height + _ROW_HEIGHT),
                corner=corner,
            )
        )
    return panels


_ROW_HEIGHT = 2 * SMALL_MARGIN + TITLE_HEIGHT + _ROW_GAP
"""What a row of small maps takes beside their frames, in mm."""


def _arranged(
    given: MapInput, width: float, total: float, overleaf: bool, asked: int = 0
) -> tuple[int, MapFrame, tuple[PlateFault, ...]]:
    """How many small maps stand side by side, the frame of each, and what is wrong with that.

    They are as large as the words around them, so far as these are known before, leave room for;
    among text the plate grows where they would be too small to read.
    """
    count, inner = len(given.plate.stages), width - 2 * SMALL_MARGIN
    shape = frame_of(given, inner, inner)[0].aspect
    expected = expected_panel(given, frame_of(given, inner, inner / shape)[0])
    choices = [n for n in range(1, count + 1) if math.ceil(count / math.ceil(count / n)) == n]
    choices = [asked] if asked else choices
    most = total if in_one_part(given.style) else tallest(given.plate.size, given.style)

    def wide(across: int, high: float) -> float:
        """How wide the frames can be; the larger, the more of the legend stands in a corner."""
        before, size = math.inf, _stage_width(across, count, width, math.inf, shape)
        while before - size > _STAGE_SLACK / 4:
            corner = _corner(across, count, width, size, size / shape)
            panel = replace(expected, title="?", corner=corner)
            words = measured(given, panel, width, 0.0, overleaf)
            before, room = size, high - words.total - _STAGE_SLACK
            size = min(size, _stage_width(across, count, width, room, shape))
        return size

    for high in (total, most):
        sizes = {n: wide(n, high) for n in choices}
        across = max(choices, key=lambda n: (round(sizes[n]), n))
        if sizes[across] >= _LEAST_STAGE:
            break
    frame, faults = frame_of(given, size := max(sizes[across], _LEAST_STAGE), size / shape)
    return across, frame, tuple(faults)


def _corner(across: int, count: int, width: float, wide: float, high: float) -> Box:
    """What ``count`` frames of that size leave free at the end of their last row, in mm."""
    last = count % across
    if not last or count < across:
        return (0.0, 0.0, 0.0, 0.0)
    left = last * _step(across, width, wide) + SMALL_MARGIN
    top = (count // across) * (high + _ROW_HEIGHT)
    return left, top, width, top + high + 2 * SMALL_MARGIN + TITLE_HEIGHT


def _step(across: int, width: float, wide: float) -> float:
    """From one map ``wide`` mm to the next, so that the first and the last stand at the edges."""
    return (width - wide - 2 * SMALL_MARGIN) / max(1, across - 1)


def _stage_width(across: int, count: int, width: float, room: float, shape: float) -> float:
    """How wide the frames can be in mm of ``count`` maps that stand so many ``across``."""
    wide = (width - _STAGE_GAP * (across - 1)) / across - 2 * SMALL_MARGIN
    rows = math.ceil(count / across)
    return min(wide, ((room + _ROW_GAP) / rows - _ROW_HEIGHT) * shape)
