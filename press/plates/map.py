"""A map plate, from a few lines of YAML and the dossier's own events and places."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import shapely
from babel.numbers import format_decimal

from press import dates, locale
from press.atlas import Atlas
from press.base.finding import did_you_mean
from press.content import facts
from press.content.model import Cite, Dossier, Event, Extent, Map
from press.design.styles import Style
from press.plates import areas as overlays
from press.plates import furniture, ground, places
from press.plates import names as lettering
from press.plates.areas import Overlay
from press.plates.canvas import Canvas
from press.plates.drawing import Drawing, Fault, PlateInput, unique
from press.plates.foot import figure_height
from press.plates.frame import PROJECTIONS, Bounds, Frame, Graticule, around, degrees_text, fit
from press.plates.labels import LabelBox, Space
from press.plates.legend import columns, map_legend, territory_names
from press.plates.metrics import Faces
from press.plates.pick import pick_area
from press.plates.places import Spot
from press.plates.shapes import px, set_text, svg
from press.plates.sheet import read_sheet, token_length

LAYERS = (
    "sea", "land", "tints", "veil", "areas", "shade", "hatches", "lakes", "coast", "rivers",
    "graticule", "admin", "outlines", "bands", "lines", "borders", "arrows", "halos", "symbols",
    "text", "frame",
)  # fmt: skip
"""Painting order, from the ground up."""

LOCATOR = (39.0, 31.0)
"""Width and height of the locator in mm."""

_BARS_HEIGHT = 12.6
_RATIO_DROP = 4.6
_SLACK = 10.0
_LEAST_FRAME = 40.0
_COARSEST_DATA = 750_000
_NEARLY_ROUND = 270.0
_WIDE = 0.72
"""A picture lower than this share of the room is drawn at its own height."""
_INSET_FROM = 130.0
_COLUMN_LEAST = 42.0
_STAGE_GAP, _STAGE_TITLE, _STAGE_WIDTH, _STAGE_REST = 3.5, 4.6, 52.0, 48.0


@cache
def _atlas() -> Atlas:
    return Atlas()


@dataclass(frozen=True)
class Panel:
    """One picture of a plate: the map itself, or one of its stages at ``x``, ``y`` mm."""

    plate: Map
    canvas: Canvas
    frame: Frame
    overlay: Overlay
    focus: frozenset[str]
    drawn: list[Spot]
    beyond: list[str]
    step: str
    title: str = ""
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True)
class MapInput(PlateInput[Map]):
    """What a map is drawn from: the atlas too."""

    atlas: Atlas = field(default_factory=_atlas, repr=False)


def files_of(plate: Map) -> Iterator[str]:
    """The author's own files that a map is drawn from."""
    yield from filter(None, (area.file for area in plate.areas))
    yield from filter(None, (line.file for line in plate.lines))


def draw_map(given: PlateInput[Map]) -> Drawing:
    """Draw a map plate.

    What could not be drawn comes back in ``faults`` and ``dropped``; the map is drawn without it.
    """
    plate = _grounded(given.plate, given.style)
    whole = MapInput(plate, given.dossier, given.style, given.number, given.files)
    width, total = room(plate.size, given.style)
    if plate.stages:
        return _finish(whole, _stages(whole, width, total), width)
    # The legend decides how high the frame can be, and the frame what is in the legend. So plan
    # with what will be drawn, and draw again only where the plan was off.
    tallest, height = _plan(whole, width, total)
    for _ in range(3):
        panel = _panel(whole, _canvas(whole, width, height))
        made = _finish(whole, [panel], width)
        rest = total - made.total
        if rest >= 0 and (rest <= _SLACK or height < tallest - 1):
            break
        height = max(_LEAST_FRAME, height + rest - 0.4)
        tallest = height
    return made


def _grounded(plate: Map, style: Style) -> Map:
    """The plate without the relief and the height tints that the stylesheet hides."""
    sheet = read_sheet(style)
    hidden = {
        name: False
        for name, classes in (("relief", "shade"), ("tints", "heights"))
        if sheet.values(classes).get("visibility") == "hidden"
    }
    return plate.model_copy(update=hidden) if hidden else plate


def room(size: str, style: Style) -> tuple[float, float]:
    """Width and height in mm that a plate of this size may take, with its head and legend.

    A page, half of one, a column of text, a fold-out of two pages or a poster of four.
    """
    width = token_length(style, "--plate-width", 170.0)
    height = token_length(style, "--plate-height", 247.0)
    sheet = token_length(style, "--sheet-width", width + 40)
    tall = token_length(style, "--sheet-height", height + 50)
    body = min(width, token_length(style, "--body-width", width))
    match size:
        case "half":
            return body, height * 0.49
        case "column":
            return token_length(style, "--measure", body / 2), height * 0.45
        case "spread":
            return width + sheet, height
        case "poster":
            return width + sheet, height + tall
        case _:
            return width, height


def _plan(given: MapInput, width: float, total: float) -> tuple[float, float]:
    """The tallest picture for which there is room, and the height that suits the extent, in mm.

    A wide extent on a tall page would be lost among what lies north and south of it.
    """
    plate = given.plate
    canvas = _canvas(given, width, total * 0.66)
    frame = _frame(canvas, given)
    overlay = _overlay(canvas, frame, given, rough=True)
    spots, beyond = places.find_spots(canvas, frame, plate, given.dossier, overlay)
    expect(canvas, frame, given, overlay, spots)
    panel = Panel(plate, canvas, frame, overlay, frozenset(), spots, [p.name for p in beyond], "")
    rest = _finish(given, [panel], width, plan=True).total - canvas.space.height
    tallest = max(_LEAST_FRAME, total - rest + 2 * furniture.MARGIN - 1.5)
    inner = width - 2 * furniture.MARGIN
    natural = inner / frame.aspect + 2 * furniture.MARGIN
    wide = natural < tallest * (1.0 if frame.projection.whole_earth else _WIDE)
    height = natural if wide else tallest
    return tallest, max(_LEAST_FRAME, height)


def expect(
    canvas: Canvas, frame: Frame, given: MapInput, overlay: Overlay, spots: Sequence[Spot]
) -> None:
    """Leave the keys that drawing would leave behind, to measure the legend before it is drawn."""
    overlays.key_areas(canvas, overlay.areas)
    for line in overlay.lines:
        canvas.key(f"line-{line.line.style}")
    if overlay.arrows:
        canvas.key("arrow")
    for spot in spots:
        canvas.key(places.key_of(spot, given.dossier))
    if given.plate.towns:
        canvas.key("place-minor")
    if given.plate.tints:
        canvas.use("elevation")
        canvas.key("tint-1")
    if given.plate.relief:
        canvas.use("elevation", "relief")
    near = frame.bounds.box
    detail = given.atlas.detail_for("country_border", frame.denominator)
    if any(True for _ in given.atlas.features("country_border", near, detail)):
        canvas.key("border")
    if frame.denominator <= ground.ADMIN_UP_TO:
        canvas.key("admin")
    canvas.use("land", "country", "town")
    canvas.use(*(a.layer for a in overlay.areas if a.layer))


def _canvas(
    given: MapInput, width: float, height: float, name: str = "", margin: float = -1
) -> Canvas:
    edge = furniture.MARGIN if margin < 0 else margin
    return Canvas(
        f"plate-{given.plate.id}{name}",
        read_sheet(given.style),
        Faces(given.style),
        Space(width - 2 * edge, height - 2 * edge),
        locale.messages(given.language),
        LAYERS,
    )


def _overlay(
    canvas: Canvas, frame: Frame, given: MapInput, plate: Map | None = None, rough: bool = False
) -> Overlay:
    plate = plate or given.plate
    return Overlay(
        overlays.find_areas(canvas, frame, given.atlas, plate, given.dossier, given.files, rough),
        overlays.find_lines(canvas, frame, given.atlas, plate, given.dossier, given.files),
        overlays.find_arrows(canvas, frame, plate, given.dossier),
    )


def _panel(given: MapInput, canvas: Canvas) -> Panel:
    """The map of a plate that has one."""
    plate, dossier, atlas = given.plate, given.dossier, given.atlas
    frame = _frame(canvas, given)
    overlay = _overlay(canvas, frame, given)
    focus = _focus(canvas, plate, atlas, overlay)
    land, grid = _paint(canvas, frame, plate, atlas, overlay, focus)
    spots, beyond = places.find_spots(canvas, frame, plate, dossier, overlay)
    overlays.draw_arrows(canvas, overlay.arrows, places.RADIUS["dated"])
    drawn = _label(canvas, frame, given, land, overlay, spots)
    letters = "".join(canvas.words["plate.letters"].split())
    furniture.draw_frame(canvas, frame, grid, letters)
    _check_scale(canvas, frame)
    return Panel(plate, canvas, frame, overlay, focus, drawn, [p.name for p in beyond], grid.words)


# -- stages ----------------------------------------------------------------------------------------


def _stages(given: MapInput, width: float, total: float) -> list[Panel]:
    """Small maps of one extent side by side, as many in a row as stay large enough to read."""
    plate = given.plate
    count = len(plate.stages)
    across = max(1, min(count, int((width + _STAGE_GAP) // (_STAGE_WIDTH + _STAGE_GAP))))
    across = math.ceil(count / math.ceil(count / across))
    each = (width - _STAGE_GAP * (across - 1)) / across
    probe = _canvas(given, each, each, "-probe", furniture.SMALL_MARGIN)
    shape = _frame(probe, given).aspect
    rows = math.ceil(count / across)
    inner = each - 2 * furniture.SMALL_MARGIN
    room = (total - _STAGE_REST) / rows - _STAGE_TITLE - 2 * furniture.SMALL_MARGIN
    height = min(inner / shape, max(30.0, room)) + 2 * furniture.SMALL_MARGIN
    panels = []
    for index, stage in enumerate(plate.stages):
        own = plate.model_copy(update={"until": stage.until, "stages": ()})
        canvas = _canvas(given, each, height, f"-{index + 1}", furniture.SMALL_MARGIN)
        title = stage.title or dates.show(stage.until, given.language)
        x = (index % across) * (each + _STAGE_GAP)
        y = (index // across) * (height + _STAGE_TITLE + 2.0)
        panel = _stage(given, own, canvas)
        panels.append(replace(panel, title=title, x=x, y=y))
    return panels


def _stage(given: MapInput, plate: Map, canvas: Canvas) -> Panel:
    """One small map: the ground without its names, and of the places those that say something."""
    dossier, atlas = given.dossier, given.atlas
    frame = _frame(canvas, given)
    overlay = _overlay(canvas, frame, given, plate)
    focus = _focus(canvas, plate, atlas, _overlay(_canvas(given, 1, 1), frame, given))
    _, grid = _paint(canvas, frame, plate, atlas, overlay, focus, small=True)
    spots, _ = places.find_spots(canvas, frame, plate, dossier, overlay)
    spots = [s for s in spots if s.rank in ("dated", "capital") or s.events]
    overlays.draw_arrows(canvas, overlay.arrows, places.RADIUS["dated"])
    places.claim_symbols(canvas, spots)
    drawn = places.label_spots(canvas, spots, dossier)
    lettering.name_overlay(canvas, overlay, {spot.name for spot in spots})
    canvas.dropped.clear()
    furniture.draw_edge(canvas, frame)
    return Panel(plate, canvas, frame, overlay, focus, drawn, [], grid.words)


# -- frame -----------------------------------------------------------------------------------------


def _frame(canvas: Canvas, given: MapInput) -> Frame:
    plate, atlas = given.plate, given.atlas
    width, height = canvas.space.width, canvas.space.height
    name = plate.projection
    if name and name not in PROJECTIONS:
        message = f"there is no projection {name!r}"
        hint = did_you_mean(name, PROJECTIONS, f"choose one of {', '.join(PROJECTIONS)}")
        canvas.faults.append(Fault(("projection",), "E170", message, hint))
        name = ""
    if isinstance(plate.extent, Extent):
        return fit(_asked(canvas, plate.extent), width, height, name)
    points = _held(canvas, given)
    if plate.extent is None:
        near = shapely.box(-180, -90, 180, 90)
        for index, area in enumerate(plate.areas):
            picked = pick_area(atlas, area, index, given.files, near)
            if not isinstance(picked, Fault):
                west, south, east, north = picked.geometry.bounds
                points += [(west, south), (east, north)] if east - west < 180 else []
    if not points:
        message = "there is nothing to fit the extent to"
        hint = "give extent, or places with coordinates"
        canvas.faults.append(Fault(("show",), "E181", message, hint))
        return fit(Bounds(-180, -60, 180, 80), width, height, name)
    return fit(around(points).padded(plate.padding), width, height, name)


def _asked(canvas: Canvas, extent: Extent) -> Bounds:
    """The author's box. One nearly round the Earth was most likely meant the other way."""
    east = extent.east + (360 if extent.east < extent.west else 0)
    if extent.east < extent.west and east - extent.west > _NEARLY_ROUND:
        message = f"from {extent.west:g} east to {extent.east:g} is nearly all round the Earth"
        hint = f"swap them: west: {extent.east:g}, east: {extent.west:g}"
        canvas.faults.append(Fault(("extent",), "E184", message, hint))
    return Bounds(extent.west, extent.south, east, extent.north)


def _held(canvas: Canvas, given: MapInput) -> list[tuple[float, float]]:
    """Longitude and latitude of what the extent must hold."""
    extent, dossier = given.plate.extent, given.dossier
    if not isinstance(extent, tuple):
        return places.theatre(given.plate, dossier)
    held = []
    for index, ident in enumerate(extent):
        place = dossier.places.get(ident)
        if place is None or place.at is None:
            hint = did_you_mean(ident, dossier.places, "name places with coordinates")
            message = f"the extent cannot hold {ident!r}: no such place, or no coordinates"
            canvas.faults.append(Fault(("extent", index), "E181", message, hint))
        else:
            held.append((place.at.lon, place.at.lat))
    return held


def _focus(canvas: Canvas, plate: Map, atlas: Atlas, overlay: Overlay) -> frozenset[str]:
    """All codes of the countries in focus: the author's, or else those that hold the areas."""
    asked = plate.focus or tuple(sorted({c for a in overlay.areas for c in a.countries if c}))
    found: set[str] = set()
    for index, code in enumerate(asked):
        countries = atlas.find("country", iso=code) or atlas.find("country", name=code)
        if not countries:
            hint = "give ISO codes of countries, like AZE or AZ"
            message = f"no country has the code {code!r}"
            canvas.faults.append(Fault(("focus", index), "E182", message, hint))
        for country in countries:
            found |= ground.codes(country)
    return frozenset(found)


def _check_scale(canvas: Canvas, frame: Frame) -> None:
    if frame.denominator < _COARSEST_DATA:
        message = f"at 1:{frame.denominator:,.0f} the map is finer than its data, 1:10 million"
        hint = "widen extent, or give your own layers in files"
        canvas.faults.append(Fault(("extent",), "E183", message, hint))


# -- painting --------------------------------------------------------------------------------------


def _paint(
    canvas: Canvas,
    frame: Frame,
    plate: Map,
    atlas: Atlas,
    overlay: Overlay,
    focus: frozenset[str],
    small: bool = False,
) -> tuple[ground.Ground, Graticule]:
    """Everything but symbols and words, and the lines that words had better not cross."""
    land = ground.draw_land(canvas, frame, atlas, plate.tints)
    ground.draw_veil(canvas, land, focus)
    overlays.draw_areas(canvas, overlay.areas)
    if plate.relief:
        ground.draw_shading(canvas, frame, atlas, land)
    ground.draw_waters(canvas, frame, atlas, land, plate.rivers)
    grid = ground.draw_graticule(canvas, frame)
    courses = [line.course for line in overlay.lines]
    edges = [a.shape.boundary for a in overlay.areas if a.area.style != "hatch"]
    ground.draw_borders(canvas, frame, atlas, land)
    if not small:
        ground.draw_units(canvas, frame, atlas, land, focus, [*courses, *edges])
    borders = shapely.MultiLineString(land.borders)
    outlines = overlays.outline_areas(canvas, overlay.areas, [borders, *courses])
    overlays.draw_lines(canvas, overlay.lines, borders)
    canvas.space.cross(borders, 0.9)
    canvas.space.cross(outlines, 0.55)
    for line in overlay.lines:
        canvas.space.cross(line.course, 1.6 if line.line.through else 0.7)
    for lines in land.rivers.values():
        canvas.space.cross(shapely.MultiLineString(lines), 0.7)
    for _, lake in land.lakes:
        canvas.space.cross(lake.boundary, 0.5)
    if not land.land.is_empty and not land.land.contains(frame.rectangle):
        canvas.space.cross(land.land.boundary, 0.25)
    return land, grid


def _label(
    canvas: Canvas,
    frame: Frame,
    given: MapInput,
    land: ground.Ground,
    overlay: Overlay,
    spots: list[Spot],
) -> list[Spot]:
    """Words in the order of their claim to room. Returns the places and towns drawn."""
    plate, dossier = given.plate, given.dossier
    language = plate.language or given.language
    names = territory_names(language)
    places.claim_symbols(canvas, spots)
    main = [spot for spot in spots if spot.weight >= places.MAIN]
    drawn = places.label_spots(canvas, main, dossier)
    lettering.name_overlay(canvas, overlay, {spot.name for spot in spots})
    avoid = shapely.union_all(
        [a.shape for a in overlay.areas if a.step] + [line.inside for line in overlay.lines]
    )
    lettering.name_countries(canvas, frame, land, names, avoid)
    lettering.name_waters(canvas, frame, land, avoid)
    rest = [spot for spot in spots if spot.weight < places.MAIN]
    drawn += places.label_spots(canvas, rest, dossier)
    if plate.towns:
        towns = places.find_towns(canvas, frame, given.atlas, dossier, spots, language)
        towns = [t for t in towns if canvas.space.free(np.array([places.symbol_box(t)])).all()]
        places.claim_symbols(canvas, towns)
        drawn += places.label_spots(canvas, towns, dossier, patience=3.2)
    return drawn


# -- finishing -------------------------------------------------------------------------------------


def _finish(given: MapInput, panels: Sequence[Panel], width: float, plan: bool = False) -> Drawing:
    """The plate around its pictures; ``plan`` measures it and leaves the pictures out."""
    plate, dossier, style, atlas, language = (
        given.plate, given.dossier, given.style, given.atlas, given.language,
    )  # fmt: skip
    canvas, frame = _together(panels), panels[0].frame
    overlay, last = _all_laid(panels), panels[-1]
    inset = plate.inset and width >= _INSET_FROM and not frame.projection.whole_earth
    if plate.stages:
        inset = inset and "inset" in plate.model_fields_set
    room = width - (LOCATOR[0] + 5.0 if inset else 0.0)
    most = max(1, min(3, int(room // _COLUMN_LEAST)))
    strip = (room - (most - 1) * 5.0) / most
    drawn = list({s.key: s for p in panels for s in p.drawn}.values())
    groups = map_legend(canvas, plate, dossier, overlay, language, min(strip, 60.0), drawn)
    made, legend_height = columns(canvas, style, groups, room, most)
    small = ""
    if inset and not plan:
        names = territory_names(plate.language or language)
        small = furniture.locator(canvas, frame, atlas, panels[0].focus, names, LOCATOR)
    events = _events(drawn, overlay)
    drawing = Drawing(
        id=plate.id,
        kind="map",
        number=given.number,
        size=plate.size,
        title=plate.title,
        subtitle=plate.subtitle,
        svg="",
        width=width,
        height=_height(panels),
        total=0.0,
        alt="",
        equivalent=() if plan else _described(panels, dossier, language),
        columns=made,
        locator=small,
        scale_bar=furniture.scale_bar(canvas, frame, language),
        north=furniture.north_arrow(canvas, frame),
        scale_text=furniture.scale_text(canvas, frame, language, _sheet(plate, style), last.step),
        span=_span(plate, events, overlay, language),
        situation=_situation(canvas, plate, language),
        caption=plate.caption,
        note=plate.note,
        remarks=_remarks(canvas, overlay, drawn, sorted({n for p in panels for n in p.beyond})),
        credits=credits_of(canvas, atlas),
        sources=unique(_cites(overlay)),
        disclaimer=not dossier.meta.disclaimer,
        places=frozenset(s.place.id for s in drawn if s.place),
        events=frozenset(event.id for event in events),
        boxes=tuple(_boxes(panels)),
        dropped=tuple(dict.fromkeys(canvas.dropped)),
        blanks=tuple(canvas.blanks),
        faults=tuple(dict.fromkeys(canvas.faults)),
    )
    beside = max(legend_height, LOCATOR[1] if inset else 0.0)
    if not plan:
        drawing = replace(drawing, alt=_alt(canvas, frame, drawing, overlay, language))
    below = _BARS_HEIGHT + _ratio_height(canvas, style, drawing)
    tall = figure_height(canvas.faces, style, drawing, dossier, beside + below)
    return replace(drawing, svg="" if plan else _picture(canvas, panels, drawing), total=tall)


def _ratio_height(canvas: Canvas, style: Style, drawing: Drawing) -> float:
    """What the ratio takes in mm below the bars: all of it on narrow plates, else what is over."""
    words = f"{drawing.situation} {drawing.scale_text}"
    text, leading = canvas.sheet.text("legend-strong"), token_length(
        style, "--map-leading-legend", 3.03
    )  # fmt: skip
    if drawing.size == "column":
        return len(canvas.faces.wrapped(words, text, drawing.width - 1)) * leading + 0.6
    beside = _wide(drawing.scale_bar) + 7.0 + (_wide(drawing.north) + 3.0 if drawing.north else 0.0)
    lines = canvas.faces.wrapped(words, text, max(1.0, drawing.width - beside - 1.0))
    return max(0.0, len(lines) * leading + _RATIO_DROP - _BARS_HEIGHT)


def _wide(picture: str) -> float:
    """The width in mm that an ``<svg>`` gives itself."""
    found = re.search(r'width="([\d.]+)mm"', picture)
    return float(found[1]) if found else 0.0


def _together(panels: Sequence[Panel]) -> Canvas:
    """One canvas that knows what all panels drew."""
    first = panels[0].canvas
    if len(panels) == 1:
        return first
    whole = replace(
        first, layers={}, colours={}, classes=set(), keys={}, data={}, boxes=[], dropped=[],
        faults=[],
    )  # fmt: skip
    for panel in panels:
        whole.classes |= panel.canvas.classes
        whole.keys |= panel.canvas.keys
        whole.data |= panel.canvas.data
        whole.dropped += panel.canvas.dropped
        whole.faults += panel.canvas.faults
    return whole


def _all_laid(panels: Sequence[Panel]) -> Overlay:
    """What lies over the ground in any panel, each entry once."""
    return Overlay(
        list({a.key: a for p in panels for a in p.overlay.areas}.values()),
        list({id(x.line): x for p in panels for x in p.overlay.lines}.values()),
        list({id(a[0]): a for p in panels for a in p.overlay.arrows}.values()),
    )


def _margin(panels: Sequence[Panel]) -> float:
    return furniture.SMALL_MARGIN if panels[0].title else furniture.MARGIN


def _height(panels: Sequence[Panel]) -> float:
    """From the top of the first panel to the foot of the last, in mm."""
    last, margin = panels[-1], _margin(panels)
    title = _STAGE_TITLE if last.title else 0.0
    return last.y + title + last.frame.height + 2 * margin


def _boxes(panels: Sequence[Panel]) -> Iterable[LabelBox]:
    for panel in panels:
        top = panel.y + (_STAGE_TITLE if panel.title else 0.0)
        for box in panel.canvas.boxes:
            left, upper, right, lower = box.box
            moved = (left + panel.x, upper + top, right + panel.x, lower + top)
            yield replace(box, key=f"{panel.title}{box.key}", box=moved) if panel.title else box


def _sheet(plate: Map, style: Style) -> str:
    """The name of the sheet that the ratio holds for: a fold-out is one, a poster two sizes up."""
    name = style.tokens.get("--sheet-name", "").strip("\"'")
    larger = {"spread": 1, "poster": 2}.get(plate.size, 0)
    if match := re.fullmatch(r"A(\d+)", name):
        return f"A{max(0, int(match[1]) - larger)}"
    if name and not larger:
        return name
    width = token_length(style, "--sheet-width", 210.0)
    height = token_length(style, "--sheet-height", 297.0)
    return f"{round(width * 2 if larger else width)} × {round(height * max(1, larger))} mm"


def _picture(canvas: Canvas, panels: Sequence[Panel], drawing: Drawing) -> str:
    margin = _margin(panels)
    canvas.classes |= {"hatch", "hatch-former", "label-graticule", "label-stage", "unseen"}
    parts = [_framed(panel) for panel in panels]
    said = " ".join((drawing.alt, *drawing.equivalent))
    css = canvas.sheet.css(canvas.classes)
    if len(panels) == 1 and not panels[0].title:
        w, h = canvas.space.width, canvas.space.height
        box = (-margin, -margin, w + margin, h + margin)
        return svg(parts[0], css, drawing.width, drawing.height, said, box)
    text = canvas.sheet.text("label-stage")
    body = []
    for panel, part in zip(panels, parts, strict=True):
        run = canvas.faces.run(panel.title, text)
        body.append(set_text("label-stage", panel.x, panel.y + run.rise + 0.3, run))
        x, y = panel.x + margin, panel.y + _STAGE_TITLE + margin
        body.append(f'<g transform="translate({px(x)} {px(y)})">{part}</g>')
    return svg("".join(body), css, drawing.width, drawing.height, said)


def _framed(panel: Panel) -> str:
    """The layers of a panel, those inside the frame clipped to it."""
    canvas, prefix = panel.canvas, panel.canvas.prefix
    w, h = canvas.space.width, canvas.space.height
    framed = "".join(canvas.layers.get("frame", ()))
    inside = "".join("".join(canvas.layers.get(n, ())) for n in LAYERS if n != "frame")
    defs = (
        f'<defs><filter id="{prefix}-multiply"><feBlend mode="multiply"/></filter>'
        f'<clipPath id="{prefix}-frame"><rect width="{px(w)}" height="{px(h)}"/></clipPath>'
        f"{ground.hatching(-45, 1.5, f'{prefix}-hatch', 'hatch')}"
        f"{ground.hatching(45, 1.3, f'{prefix}-hatch-former', 'hatch-former')}"
        f"{_hatchings(canvas)}</defs>"
    )
    return f'{defs}<g clip-path="url(#{prefix}-frame)">{inside}</g>{framed}'


def _hatchings(canvas: Canvas) -> str:
    """The patterns in place of tints and of water that the drawing uses."""
    prefix = canvas.prefix
    made = ""
    if "step-hatch" in canvas.classes:
        steps = (name for name in ground.HATCHES if name in canvas.classes)
        made = "".join(ground.step_hatching(name, f"{prefix}-{name}") for name in steps)
    if "water-hatch" in canvas.classes:
        made += ground.water_hatching(f"{prefix}-water")
    return made


def _events(drawn: list[Spot], overlay: Overlay) -> list[Event]:
    found = {e.id: e for spot in drawn for e in spot.events}
    found |= {a.event.id: a.event for a in overlay.areas if a.event}
    return sorted(found.values(), key=lambda e: e.when.sort_key)


def _span(plate: Map, events: list[Event], overlay: Overlay, language: str) -> str:
    """The plate's own span; else that of the dated areas' events, or of all on the map."""
    if plate.span:
        return dates.show(plate.span, language)
    dated = [a.event for a in overlay.stepped if a.event]
    chosen = dated or events
    return facts.span(chosen, language) if chosen else ""


def _situation(canvas: Canvas, plate: Map, language: str) -> str:
    if plate.until is None:
        return ""
    return canvas.words["plate.situation"].format(date=dates.show(plate.until, language))


def _remarks(
    canvas: Canvas, overlay: Overlay, drawn: Sequence[Spot], beyond: list[str]
) -> tuple[str, ...]:
    words = canvas.words
    found = []
    dated = [area.event for area in overlay.areas if area.event]
    dated += [event for spot in drawn if spot.numbers for event in spot.events]
    if any(len(event.dated_claims) > 1 for event in dated):
        found.append(words["plate.or"])
    if any(date.julian for event in dated for date in event.all_dates):
        found.append(words["plate.julian"])
    if beyond:
        found.append(words["plate.beyond"].format(places=", ".join(sorted(beyond))))
    found.append(words["plate.present"])
    return tuple(found)


def credits_of(canvas: Canvas, atlas: Atlas) -> tuple[str, ...]:
    """What is owed for the layers drawn.

    A credit too long for a plate is cut to its first sentence: the colophon prints it in full.
    """
    owed = []
    for credit in atlas.credits(canvas.data):
        first, stop, _ = credit.text.partition(". ")
        whole = len(credit.text) <= 160 or not stop
        owed.append(credit.text if whole else f"{first} ({canvas.words['plate.credits-more']})")
    return tuple(dict.fromkeys(owed))


def _cites(overlay: Overlay) -> list[Cite]:
    return [
        *(c for drawn in overlay.areas for c in drawn.area.sources),
        *(c for drawn in overlay.lines for c in drawn.line.sources),
        *(c for entry, _ in overlay.arrows for c in entry.sources),
    ]


# -- in words --------------------------------------------------------------------------------------


def _alt(canvas: Canvas, frame: Frame, drawing: Drawing, overlay: Overlay, language: str) -> str:
    bounds = frame.bounds
    letters = "".join(canvas.words["plate.letters"].split())
    extent = canvas.words["plate.extent"].format(
        west=degrees_text(bounds.west, True, letters),
        east=degrees_text(bounds.east, True, letters),
        south=degrees_text(bounds.south, False, letters),
        north=degrees_text(bounds.north, False, letters),
    )
    ratio = format_decimal(round(frame.denominator), locale=locale.cldr(language))
    return canvas.words["plate.alt.map"].format(
        title=drawing.title,
        extent=extent,
        ratio=ratio,
        areas=len(overlay.stepped),
        places=len(drawing.places),
        arrows=len(overlay.arrows),
    )


def _described(panels: Sequence[Panel], dossier: Dossier, language: str) -> tuple[str, ...]:
    """What the plate shows, in lines of text; each stage under its date."""
    lines: list[str] = []
    for panel in panels:
        own = _equivalent(panel.canvas, dossier, panel.overlay, panel.drawn, language)
        lines += [f"{panel.title}: {' '.join(own)}"] if panel.title else own
    return tuple(lines)


def _equivalent(
    canvas: Canvas,
    dossier: Dossier,
    overlay: Overlay,
    drawn: list[Spot],
    language: str,
) -> tuple[str, ...]:
    """What the map shows, line by line: areas, lines, movements, places with their events."""
    words = canvas.words
    lines = []
    numbers = {ident: number for number, ident in enumerate(canvas.blanks, start=1)}
    listed = [*overlay.stepped, *(a for a in overlay.areas if not a.step)]
    if listed and not numbers:  # else their names would tell what is to be named
        text = "; ".join(_area_words(a, language) for a in listed)
        lines.append(words["plate.text.areas"].format(list=text))
    if overlay.lines:
        text = "; ".join(line.line.legend for line in overlay.lines)
        lines.append(words["plate.text.lines"].format(list=text))
    if overlay.arrows:
        text = "; ".join(
            words["plate.text.towards"].format(
                **{
                    "from": dossier.places[a.through[0]].name,
                    "to": dossier.places[a.through[-1]].name,
                }
            )
            for a, _ in overlay.arrows
        )
        lines.append(words["plate.text.arrows"].format(list=text))
    spots = sorted((s for s in drawn if s.place), key=lambda s: numbers.get(s.key, 0))
    if spots:
        text = "; ".join(_place_words(s, words, language, numbers.get(s.key, 0)) for s in spots)
        lines.append(words["plate.text.places"].format(list=text))
    return tuple(lines)


def _area_words(area: overlays.DrawnArea, language: str) -> str:
    legend = f"{area.area.legend}, " if area.area.legend and not area.step else ""
    date = facts.event_date(area.event, language) if area.event else ""
    return ", ".join(filter(None, (f"{legend}{area.name}", date)))


def _place_words(spot: Spot, words: Mapping[str, str], language: str, number: int) -> str:
    """A place with its events; one to be named says its number, and its name if that is printed."""
    if spot.room and not spot.filled:
        return words["plate.text.blank"].format(number=number or "–")
    events = ", ".join(f"{e.title} ({facts.event_date(e, language)})" for e in spot.events)
    name = spot.place.name if spot.place else spot.name
    name = f"{number} {name}" if number else name
    return words["plate.text.events"].format(place=name, list=events) if events else name
