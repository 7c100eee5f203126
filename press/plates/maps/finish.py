"""The plate around its pictures: legend, bars and credits, and the whole as one SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from press import dates
from press.plates import svg
from press.plates.drawing import (
    Drawing,
    LabelBox,
    LegendColumn,
    LegendGroup,
    begun,
    going_on,
    span_of,
)  # fmt: skip
from press.plates.figure import figure_height, leading, source_words
from press.plates.legend import columns, divided_legend, paired
from press.plates.maps import locator
from press.plates.maps.in_words import alt_text, described
from press.plates.maps.input import LAYERS, MapCanvas, MapInput
from press.plates.maps.legend import map_legend
from press.plates.maps.overlay import together
from press.plates.maps.panel import Panel
from press.plates.maps.relief import GRID_KM
from press.plates.maps.scale import NORTH_WIDTH, north_arrow, scale_bar, scale_text
from press.plates.maps.unseen import unseen
from press.plates.style import in_one_part, room, tallest, token_length
from press.plates.svg import px

_BARS_HEIGHT, _BARS_PADDING, _BAR_DROP = 12.6, 1.6, 2.6
"""Bars and arrow at the least, what stands around them, and how far the bars stand below, in mm."""
_RATIO_DROP, _UNDER_LEGEND = 4.6, 3.0
_INSET_FROM = 130.0
_SUMMITS_UP_TO = 5e6
"""The smallest scale at which a reader may hold the height of a summit against its tint."""
_COLUMN_LEAST, _COLUMN_EMS = 42.0, 15.0
"""The least width of a column of the legend, in mm and in sizes of its type."""


def finish(
    given: MapInput, panels: Sequence[Panel], width: float, overleaf: bool = False
) -> Drawing:
    """The whole plate, ``width`` mm wide; the legend, remarks and credits ``overleaf`` or not.

    Credits do not go without the legend: they would stand on a page alone.
    """
    whole, last = _merged(panels), panels[-1]
    hidden = unseen(given, [panel.canvas for panel in panels])
    whole = replace(whole, faults=(*whole.faults, *hidden))
    height = last.top + last.canvas.frame.height + 2 * last.margin
    inset = _inset(whole, width)
    locating = locator.locator(whole.canvas, whole.focus) if inset else ""
    drawing = measured(given, whole, width, height)
    if overleaf:
        further = tuple(_further(given, whole, drawing, locating))
        facing = given.style.tokens.get("--facing") == "yes" and given.plate.size == "page"
        drawing = replace(
            measured(given, whole, width, height, overleaf),
            further=further,
            spread=facing and len(further) == 1,
        )
    drawing = replace(
        drawing,
        locator="" if overleaf else locating,
        equivalent=described(panels),
        boxes=tuple(_boxes(panels)),
    )
    drawing = replace(drawing, alt=alt_text(whole, drawing))
    return replace(drawing, svg=_picture(whole.canvas, panels, drawing))


def _merged(panels: Sequence[Panel]) -> Panel:
    """One panel that knows what all of them drew."""
    first = panels[0]
    canvas = replace(first.canvas, classes=set(), keys={}, data={}, dropped={}, lettered={})
    canvas = replace(canvas, unlettered=[], unlabelled=[], undated=[], dated=set())
    for panel in panels:
        canvas.classes |= panel.canvas.classes
        canvas.keys |= panel.canvas.keys
        canvas.data |= panel.canvas.data
        canvas.dropped |= panel.canvas.dropped
        canvas.lettered |= panel.canvas.lettered
        canvas.unlettered += panel.canvas.unlettered
        canvas.unlabelled += panel.canvas.unlabelled
        canvas.undated += panel.canvas.undated
        canvas.dated |= panel.canvas.dated
    return replace(
        first,
        canvas=canvas,
        overlay=together([panel.overlay for panel in panels]),
        corner=panels[-1].corner,
        drawn=list({spot.key: spot for panel in panels for spot in panel.drawn}.values()),
        faults=tuple(dict.fromkeys(fault for panel in panels for fault in panel.faults)),
    )


def _boxes(panels: Sequence[Panel]) -> Iterator[LabelBox]:
    for panel in panels:
        for each in panel.canvas.boxes:
            left, upper, right, lower = each.box
            moved = (left + panel.x, upper + panel.top, right + panel.x, lower + panel.top)
            yield replace(each, key=f"{panel.title}{each.key}", box=moved)


# -- what stands around it -------------------------------------------------------------------------


def _further(given: MapInput, whole: Panel, made: Drawing, inset: str) -> Iterator[Drawing]:
    """The parts that go on overleaf, among text: locator and legend, the foot with the last.

    ``made`` is the plate as if all stood on one page, ``inset`` its locator.
    """
    canvas, (width, _) = whole.canvas, room("half", given.style)
    total = tallest("half", given.style)
    number, (_, rest) = 2, _in_corner(whole, _legend(whole, width, bool(inset)))
    while True:
        part = going_on(begun(given), number, canvas.words)
        part = replace(part, size="half", width=width, span=made.span, locator=inset)
        foot = replace(
            part,
            remarks=made.remarks,
            credits=made.credits,
            sources=made.sources,
            sourced=made.sourced,
            disclaimer=made.disclaimer,
        )
        free = total - figure_height(canvas.style, foot, given.dossier, 0.0)
        wide, most = _legend_room(whole, width, bool(inset))
        shown, rest = divided_legend(canvas, rest, wide, most, free)
        listed, tall = columns(canvas, shown, wide, most)
        part = replace(part if rest else foot, columns=listed)
        key = max(tall, locator.SIZE[1] if inset else 0.0)
        yield replace(part, total=figure_height(canvas.style, part, given.dossier, key))
        if not rest:
            return
        inset, number = "", number + 1


def _legend_room(whole: Panel, width: float, inset: bool) -> tuple[float, int]:
    """How wide the legend may be in mm beside the locator, if any, and in how many columns."""
    if side := whole.canvas.given.side:
        return side, 1
    wide = width - (locator.SIZE[0] + 5.0 if inset else 0.0)
    most = 4 if in_one_part(whole.canvas.given.style) and not inset else 3
    return wide, max(1, min(most, int(wide // _least_column(whole))))


def _legend(whole: Panel, width: float, inset: bool) -> list[LegendGroup]:
    wide, most = _legend_room(whole, width, inset)
    strip = min(60.0, (wide - (most - 1) * 5.0) / most)
    if (beside := whole.corner[2] - whole.corner[0]) > 0:
        strip = min(strip, beside)
    made = map_legend(whole.canvas, whole.overlay, strip, whole.drawn)
    side = whole.canvas.given.side
    return [paired(whole.canvas, group, side) for group in made] if side else made


def _in_corner(
    whole: Panel, groups: Sequence[LegendGroup]
) -> tuple[tuple[LegendColumn, ...], list[LegendGroup]]:
    """The first groups, as far as they fit beside the last small maps in a row; and the others."""
    left, top, right, bottom = whole.corner
    most = max(0, int((right - left) // _least_column(whole)))
    for count in range(len(groups), 0, -1) if most else ():
        made, tall = columns(whole.canvas, groups[:count], right - left, most)
        if tall <= bottom - top:
            return made, list(groups[count:])
    return (), list(groups)


def _least_column(whole: Panel) -> float:
    return max(_COLUMN_LEAST, _COLUMN_EMS * whole.canvas.style.text("legend-text").size)


def measured(
    given: MapInput,
    whole: Panel,
    width: float,
    height: float,
    overleaf: bool = False,
) -> Drawing:
    """The plate without its pictures, but with all that says how high it is; these take ``height``.

    ``whole`` knows what was drawn, in one picture or several; what goes on ``overleaf``, if
    anything, is left out.
    """
    canvas, overlay = whole.canvas, whole.overlay
    inset = not overleaf and _inset(whole, width)
    across, most = _legend_room(whole, width, inset)
    corner, listed = _in_corner(whole, _legend(whole, width, inset))
    legend, tall = columns(canvas, [] if overleaf else listed, across, most)
    events = {e.id: e for spot in whole.drawn for e in spot.events}
    stepped = [drawn.event for drawn in overlay.stepped if drawn.event]
    shown = [*events.values(), *stepped] or overlay.events
    events |= {event.id: event for event in overlay.events}
    until, situation = given.plate.until, canvas.words["plate.situation"]
    cites = () if overleaf else tuple(dict.fromkeys(overlay.cites))
    (bar, beside, low), (north, tall_north) = scale_bar(canvas), north_arrow(canvas)
    beside += 7.0 + (NORTH_WIDTH + 3.0 if north else 0.0)
    drawing = replace(
        begun(given),
        width=width,
        height=height,
        columns=legend,
        corner=corner,
        corner_box=whole.corner,
        scale_bar=bar,
        north=north,
        scale_text=scale_text(canvas, _paper(given), whole.step),
        # That of places and steps; what lies hatched beneath them may have come about long before.
        span=span_of(given, shown),
        situation=situation.format(date=dates.show(until, given.language)) if until else "",
        remarks=() if overleaf else tuple(_remarks(whole)),
        credits=() if overleaf else _credits(canvas),
        layers=tuple(canvas.data),
        sources=cites,
        sourced=source_words(cites, given.dossier),
        disclaimer=not overleaf and not given.dossier.meta.disclaimer,
        places=frozenset(spot.place.id for spot in whole.drawn if spot.place),
        events=frozenset(events),
        dropped=tuple(canvas.dropped),
        legend_only=tuple(dict.fromkeys(canvas.unlabelled)),
        lost=_lost(canvas),
        side=given.side,
        denominator=canvas.frame.denominator,
        blanks=canvas.blanks,
        faults=whole.faults,
    )
    bars = max(_BARS_HEIGHT, _BARS_PADDING + max(tall_north, _BAR_DROP + low))
    bars += _ratio_height(canvas, drawing, beside)
    key = _key_height(given, tall, inset, height) + bars
    return replace(drawing, total=figure_height(canvas.style, drawing, given.dossier, key))


def _key_height(given: MapInput, legend: float, inset: bool, picture: float) -> float:
    """What ``legend`` and locator take in mm below the picture; beside it, what is over."""
    if given.side:
        aside = legend + (locator.SIZE[1] + _UNDER_LEGEND if inset else 0.0)
        return max(0.0, aside - picture)
    return max(legend, locator.SIZE[1] if inset else 0.0)


def _lost(canvas: MapCanvas) -> int:
    """What of the author's names and dates is not on the picture, a name counted twice."""
    unnamed = (canvas.lettered, canvas.unlettered, canvas.unlabelled)
    return 2 * sum(map(len, unnamed)) + len(canvas.undated)


def _inset(whole: Panel, width: float) -> bool:
    """Whether the plate has a locator: beside stages only where the author wants one."""
    plate = whole.canvas.given.plate
    wanted = plate.inset and (not whole.title or "inset" in plate.model_fields_set)
    return wanted and width >= _INSET_FROM and not whole.canvas.frame.projection.whole_earth


def _ratio_height(canvas: MapCanvas, drawing: Drawing, beside: float) -> float:
    """What the ratio takes in mm below the bars: all of it on narrow plates, else what is over.

    ``beside`` is how wide the bars are that it stands beside.
    """
    style, words = canvas.style, f"{drawing.situation} {drawing.scale_text}"
    text, line = style.text("legend-strong"), leading(style, "legend")
    if drawing.size == "column":
        return len(style.wrapped(words, text, drawing.width - 1)) * line + 0.6
    lines = style.wrapped(words, text, max(1.0, drawing.width - beside - 1.0))
    return max(0.0, len(lines) * line + _RATIO_DROP - _BARS_HEIGHT)


def _remarks(whole: Panel) -> Iterator[str]:
    words, numbered = whole.canvas.words, (spot for spot in whole.drawn if spot.numbers)
    dated = [*whole.overlay.events, *(event for spot in numbered for event in spot.events)]
    if any(event.date_contested for event in dated):
        yield words["plate.or"]
    if any(date.julian for event in dated for date in event.all_dates):
        yield words["plate.julian"]
    if whole.beyond:
        yield words["plate.beyond"].format(places=", ".join(sorted(set(whole.beyond))))
    if len(whole.canvas.heights) > 1 and whole.canvas.frame.denominator <= _SUMMITS_UP_TO:
        yield words["plate.grid"].format(km=GRID_KM)
    yield words["plate.present"]


def _credits(canvas: MapCanvas) -> tuple[str, ...]:
    """What is owed for the layers drawn.

    A credit too long for a plate is cut to its first sentence: the colophon prints it in full,
    which a sheet that stands alone has not.
    """
    owed, alone = [], in_one_part(canvas.given.style)
    more = canvas.words["plate.credits-elsewhere" if alone else "plate.credits-more"]
    for credit in canvas.given.atlas.credits(canvas.data):
        first, stop, _ = credit.partition(". ")
        whole = len(credit) <= 160 or not stop
        owed.append(credit if whole else f"{first} ({more})")
    return tuple(dict.fromkeys(owed))


def _paper(given: MapInput) -> str:
    """The paper that the ratio holds for: a fold-out is one sheet, a poster two sizes up."""
    style = given.style
    name = style.tokens.get("--sheet-name", "").strip("\"'")
    larger = {"spread": 1, "poster": 2}.get(given.plate.size, 0)
    if match := re.fullmatch(r"A(\d+)", name):
        return f"A{max(0, int(match[1]) - larger)}"
    if name and not larger:
        return name
    width = token_length(style, "--sheet-width", 210.0)
    height = token_length(style, "--sheet-height", 297.0)
    return f"{round(width * 2 if larger else width)} × {round(height * max(1, larger))} mm"


# -- the picture -----------------------------------------------------------------------------------


def _picture(canvas: MapCanvas, panels: Sequence[Panel], drawing: Drawing) -> str:
    used = {"hatch", "hatch-former", "label-graticule", "label-stage", "unseen"}
    css = canvas.style.css(canvas.classes | used)
    title = " ".join((drawing.alt, *drawing.equivalent))
    size = drawing.width - canvas.given.beside, drawing.height
    if not panels[0].title:
        m, frame = panels[0].margin, canvas.frame
        part = (-m, -m, frame.width + m, frame.height + m)
        return svg.svg(_framed(panels[0].canvas), css, *size, title, part)
    content = []
    for panel in panels:
        run = canvas.style.run(panel.title, canvas.style.text("label-stage"))
        content.append(svg.text("label-stage", panel.x, panel.y + run.rise + 0.3, run).markup)
        x, y = panel.x + panel.margin, panel.top + panel.margin
        moved = f"translate({px(x)} {px(y)})"
        content.append(f'<g transform="{moved}">{_framed(panel.canvas)}</g>')
    return svg.svg("".join(content), css, *size, title)


def _framed(canvas: MapCanvas) -> str:
    """The layers of a panel, those inside the frame clipped to it."""
    prefix, width, height = canvas.prefix, px(canvas.frame.width), px(canvas.frame.height)
    inside = canvas.painted(*(name for name in LAYERS if name != "frame"))
    defs = (
        f'<defs><filter id="{prefix}-multiply"><feBlend mode="multiply"/></filter>'
        f'<clipPath id="{prefix}-frame"><rect width="{width}" height="{height}"/></clipPath>'
        f"{canvas.patterns()}</defs>"
    )
    return f'{defs}<g clip-path="url(#{prefix}-frame)">{inside}</g>{canvas.painted("frame")}'
