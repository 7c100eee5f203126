"""A map plate, from a few lines of YAML and the dossier's own events and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import shapely
from babel.numbers import format_decimal

from press import dates, facts, locale
from press.atlas import Atlas
from press.finding import did_you_mean
from press.model import Cite, Dossier, Event, Map
from press.plates import areas as overlays
from press.plates import furniture, ground, places
from press.plates import names as lettering
from press.plates.areas import Overlay
from press.plates.canvas import Canvas
from press.plates.drawing import Drawing, Fault, unique
from press.plates.foot import figure_height
from press.plates.frame import PROJECTIONS, Bounds, Frame, Graticule, around, degrees_text, fit
from press.plates.labels import Space
from press.plates.legend import columns, likely_legend, map_legend, territory_names
from press.plates.metrics import Faces
from press.plates.pick import pick_area
from press.plates.places import Spot
from press.plates.shapes import px, svg
from press.plates.sheet import read_sheet, token_length
from press.styles import Style

LAYERS = (
    "sea", "land", "tints", "veil", "areas", "shade", "hatches", "lakes", "coast", "rivers",
    "graticule", "admin", "outlines", "bands", "lines", "borders", "arrows", "halos", "symbols",
    "text", "frame",
)  # fmt: skip
"""Painting order, from the ground up."""

SHARES = {"page": 1.0, "half": 0.49, "column": 0.45, "spread": 1.0, "poster": 1.0}
"""Height of each size as a share of a full plate's."""

LOCATOR = (39.0, 31.0)
_BARS_HEIGHT = 12.6
_SLACK = 6.0
_LEAST_FRAME = 40.0
_COARSEST_DATA = 750_000


@cache
def _atlas() -> Atlas:
    return Atlas()


def draw_map(
    plate: Map,
    dossier: Dossier,
    style: Style,
    number: str,
    files: Mapping[str, bytes],
    atlas: Atlas | None = None,
) -> Drawing:
    """Draw a map plate.

    ``number`` is its label in print ("Map 1"); ``files`` are the dossier's, for author's layers.
    What could not be drawn comes back in ``faults`` and ``dropped``; the map is drawn without it.
    """
    atlas = atlas or _atlas()
    language = plate.language or dossier.meta.language
    width = token_length(style, "--plate-width", 170.0)
    total = token_length(style, "--plate-height", 247.0) * SHARES[plate.size]
    # The legend decides how high the frame can be, and the frame what is in the legend. So draw
    # into a likely frame, measure the rest, and draw again only where the guess was off.
    height = _likely_height(plate, dossier, style, language, width, total)
    for _ in range(3):
        canvas = _canvas(plate, style, language, width, height)
        made = _draw(canvas, plate, dossier, style, number, files, atlas, language)
        rest = total - made.total
        if 0 <= rest <= _SLACK:
            break
        height = max(_LEAST_FRAME, height + rest - 0.4)
    return made


def _likely_height(
    plate: Map, dossier: Dossier, style: Style, language: str, width: float, total: float
) -> float:
    """The height of the picture if the map shows about what its YAML lets expect, in mm."""
    canvas = _canvas(plate, style, language, width, total * 0.6)
    for area in plate.areas:
        canvas.use("admin1" if not area.file else "country")
    canvas.use("country", "town", "elevation" if plate.tints or plate.relief else "country")
    canvas.use("relief" if plate.relief else "country")
    inset = plate.inset and plate.size != "column"
    room = width - (LOCATOR[0] + 5.0 if inset else 0.0)
    groups = likely_legend(canvas, plate, dossier, language)
    beside = max(columns(canvas, style, groups, room)[1], LOCATOR[1] if inset else 0.0)
    words = canvas.words
    sources = [c for part in (plate.areas, plate.lines, plate.arrows) for e in part
               for c in e.sources]  # fmt: skip
    guess = Drawing(
        plate.id, "map", "", plate.size, plate.title, plate.subtitle, "", width, 0.0, 0.0, "", (),
        caption=plate.caption, note=plate.note, sources=unique(sources),
        remarks=(words["plate.or"], words["plate.present"]), credits=credits_of(canvas, _atlas()),
    )  # fmt: skip
    rest = figure_height(canvas.faces, style, guess, dossier, beside + _BARS_HEIGHT)
    return total - rest - 1.2


def _canvas(plate: Map, style: Style, language: str, width: float, height: float) -> Canvas:
    inner = width - 2 * furniture.MARGIN
    return Canvas(
        f"plate-{plate.id}",
        read_sheet(style),
        Faces(style),
        Space(inner, height - 2 * furniture.MARGIN),
        locale.messages(language),
        LAYERS,
    )


def _draw(
    canvas: Canvas,
    plate: Map,
    dossier: Dossier,
    style: Style,
    number: str,
    files: Mapping[str, bytes],
    atlas: Atlas,
    language: str,
) -> Drawing:
    frame = _frame(canvas, plate, dossier, atlas, files)
    overlay = Overlay(
        overlays.find_areas(canvas, frame, atlas, plate, dossier, files),
        overlays.find_lines(canvas, frame, atlas, plate, files),
        overlays.find_arrows(canvas, frame, plate, dossier),
    )
    focus = _focus(canvas, plate, atlas, overlay)
    land, grid = _paint(canvas, frame, plate, atlas, overlay, focus)
    spots, beyond = places.find_spots(canvas, frame, plate, dossier, overlay)
    overlays.draw_arrows(canvas, overlay.arrows, places.RADIUS["dated"])
    names = territory_names(language)
    drawn = _label(canvas, frame, plate, dossier, atlas, land, overlay, spots, names)
    letters = "".join(canvas.words["plate.letters"].split())
    furniture.draw_frame(canvas, frame, grid, letters)
    _check_scale(canvas, frame)
    return _finish(
        canvas, frame, plate, dossier, style, number, atlas, language, overlay, focus, drawn,
        [p.name for p in beyond], grid.step,
    )  # fmt: skip


# -- frame -----------------------------------------------------------------------------------------


def _frame(
    canvas: Canvas, plate: Map, dossier: Dossier, atlas: Atlas, files: Mapping[str, bytes]
) -> Frame:
    width, height = canvas.space.width, canvas.space.height
    name = plate.projection
    if name and name not in PROJECTIONS:
        message = f"there is no projection {name!r}"
        hint = did_you_mean(name, PROJECTIONS, f"choose one of {', '.join(PROJECTIONS)}")
        canvas.faults.append(Fault(("projection",), "E170", message, hint, "error"))
        name = ""
    if plate.extent:
        e = plate.extent
        east = e.east + (360 if e.east < e.west else 0)
        return fit(Bounds(e.west, e.south, east, e.north), width, height, name)
    points = places.theatre(plate, dossier)
    near = shapely.box(-180, -90, 180, 90)
    for index, area in enumerate(plate.areas):
        picked = pick_area(atlas, area, index, files, near)
        if not isinstance(picked, Fault):
            west, south, east, north = picked.geometry.bounds
            points += [(west, south), (east, north)] if east - west < 180 else []
    if not points:
        message = "there is nothing to fit the extent to"
        hint = "give extent, or places with coordinates"
        canvas.faults.append(Fault(("show",), "E181", message, hint, "error"))
        return fit(Bounds(-180, -60, 180, 80), width, height, name)
    return fit(around(points).padded(plate.padding), width, height, name)


def _focus(canvas: Canvas, plate: Map, atlas: Atlas, overlay: Overlay) -> frozenset[str]:
    """All codes of the countries in focus: the author's, or else those that hold the areas."""
    asked = plate.focus or tuple(sorted({c for a in overlay.areas for c in a.countries if c}))
    found: set[str] = set()
    for index, code in enumerate(asked):
        countries = atlas.find("country", iso=code) or atlas.find("country", name=code)
        if not countries:
            hint = "give ISO codes of countries, like AZE or AZ"
            message = f"no country has the code {code!r}"
            canvas.faults.append(Fault(("focus", index), "E182", message, hint, "error"))
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
    ground.draw_boundaries(canvas, frame, atlas, land, focus, [*courses, *edges])
    borders = shapely.MultiLineString(land.borders)
    outlines = overlays.outline_areas(canvas, overlay.areas, [borders, *courses])
    overlays.draw_lines(canvas, overlay.lines, borders)
    canvas.space.cross(borders, 0.9)
    canvas.space.cross(outlines, 0.55)
    for course in courses:
        canvas.space.cross(course, 0.7)
    for lines in land.rivers.values():
        canvas.space.cross(shapely.MultiLineString(lines), 0.7)
    for _, lake in land.lakes:
        canvas.space.cross(lake.boundary, 0.5)
    return land, grid


def _label(
    canvas: Canvas,
    frame: Frame,
    plate: Map,
    dossier: Dossier,
    atlas: Atlas,
    land: ground.Ground,
    overlay: Overlay,
    spots: list[Spot],
    names: Mapping[str, str],
) -> list[Spot]:
    """Words in the order of their claim to room. Returns the places and towns drawn."""
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
        towns = places.find_towns(canvas, frame, atlas, dossier, spots)
        towns = [t for t in towns if canvas.space.free(np.array([places.symbol_box(t)])).all()]
        places.claim_symbols(canvas, towns)
        drawn += places.label_spots(canvas, towns, dossier, patience=3.2)
    return drawn


# -- finishing -------------------------------------------------------------------------------------


def _finish(
    canvas: Canvas,
    frame: Frame,
    plate: Map,
    dossier: Dossier,
    style: Style,
    number: str,
    atlas: Atlas,
    language: str,
    overlay: Overlay,
    focus: frozenset[str],
    drawn: list[Spot],
    beyond: list[str],
    step: float,
) -> Drawing:
    width = frame.width + 2 * furniture.MARGIN
    inset = plate.inset and plate.size != "column"
    room = width - (LOCATOR[0] + 5.0 if inset else 0.0)
    strip = (room - 2 * 5.0) / 3
    groups = map_legend(canvas, plate, dossier, overlay, language, strip)
    made, legend_height = columns(canvas, style, groups, room)
    small = (
        furniture.locator(canvas, frame, atlas, focus, territory_names(language), LOCATOR)
        if inset
        else ""
    )
    events = _events(drawn, overlay)
    shown = frozenset(s.place.id for s in drawn if s.place)
    sheet = "A4"
    drawing = Drawing(
        id=plate.id,
        kind="map",
        number=number,
        size=plate.size,
        title=plate.title,
        subtitle=plate.subtitle,
        svg="",
        width=width,
        height=frame.height + 2 * furniture.MARGIN,
        total=0.0,
        alt="",
        equivalent=_equivalent(canvas, dossier, overlay, drawn, language),
        columns=made,
        locator=small,
        scale_bar=furniture.scale_bar(canvas, frame, language),
        north=furniture.north_arrow(canvas, frame),
        scale_text=furniture.scale_text(canvas, frame, language, sheet, step),
        span=_span(plate, events, overlay, language),
        situation=_situation(canvas, plate, language),
        caption=plate.caption,
        note=plate.note,
        remarks=_remarks(canvas, overlay, beyond),
        credits=credits_of(canvas, atlas),
        sources=unique(_cites(overlay)),
        disclaimer=not dossier.meta.disclaimer,
        places=shown,
        events=frozenset(event.id for event in events),
        boxes=tuple(canvas.boxes),
        dropped=tuple(dict.fromkeys(canvas.dropped)),
        faults=tuple(dict.fromkeys(canvas.faults)),
    )
    drawing = replace(drawing, alt=_alt(canvas, frame, drawing, overlay, language))
    beside = max(legend_height, LOCATOR[1] if inset else 0.0)
    tall = figure_height(canvas.faces, style, drawing, dossier, beside + _BARS_HEIGHT)
    return replace(drawing, svg=_picture(canvas, drawing), total=tall)


def _picture(canvas: Canvas, drawing: Drawing) -> str:
    m, prefix = furniture.MARGIN, canvas.prefix
    w, h = canvas.space.width, canvas.space.height
    canvas.classes |= {"hatch", "hatch-former", "label-graticule"}
    framed = canvas.layers.pop("frame", [])
    defs = (
        f'<defs><filter id="{prefix}-multiply"><feBlend mode="multiply"/></filter>'
        f'<clipPath id="{prefix}-frame"><rect width="{px(w)}" height="{px(h)}"/></clipPath>'
        f"{ground.hatching(-45, 1.5, f'{prefix}-hatch', 'hatch')}"
        f"{ground.hatching(45, 1.3, f'{prefix}-hatch-former', 'hatch-former')}</defs>"
    )
    body = f'{defs}<g clip-path="url(#{prefix}-frame)">{canvas.body()}</g>{"".join(framed)}'
    said = " ".join((drawing.alt, *drawing.equivalent))
    box = (-m, -m, w + m, h + m)
    return svg(body, canvas.sheet.css(canvas.classes), drawing.width, drawing.height, said, box)


def _events(drawn: list[Spot], overlay: Overlay) -> list[Event]:
    found = {e.id: e for spot in drawn for e in spot.events}
    found |= {a.event.id: a.event for a in overlay.areas if a.event}
    return sorted(found.values(), key=lambda e: e.when.sort_key)


def _span(plate: Map, events: list[Event], overlay: Overlay, language: str) -> str:
    """From the first to the last of the dated areas' events, or of all events on the map."""
    dated = [a.event for a in overlay.stepped if a.event]
    chosen = events if plate.span or not dated else dated
    return facts.span(chosen, language) if chosen else ""


def _situation(canvas: Canvas, plate: Map, language: str) -> str:
    if plate.until is None:
        return ""
    return canvas.words["plate.situation"].format(date=dates.show(plate.until, language))


def _remarks(canvas: Canvas, overlay: Overlay, beyond: list[str]) -> tuple[str, ...]:
    words = canvas.words
    found = []
    if any(a.event and len(a.event.dated_claims) > 1 for a in overlay.areas):
        found.append(words["plate.or"])
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
    listed = [*overlay.stepped, *(a for a in overlay.areas if not a.step)]
    if listed:
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
    spots = [s for s in drawn if s.place]
    if spots:
        text = "; ".join(_place_words(s, words, language) for s in spots)
        lines.append(words["plate.text.places"].format(list=text))
    return tuple(lines)


def _area_words(area: overlays.DrawnArea, language: str) -> str:
    legend = f"{area.area.legend}, " if area.area.legend and not area.step else ""
    date = facts.event_date(area.event, language) if area.event else ""
    return ", ".join(filter(None, (f"{legend}{area.name}", date)))


def _place_words(spot: Spot, words: Mapping[str, str], language: str) -> str:
    events = ", ".join(f"{e.title} ({facts.event_date(e, language)})" for e in spot.events)
    name = spot.place.name if spot.place else spot.name
    return words["plate.text.events"].format(place=name, list=events) if events else name
