"""The legend, made from the keys that drawing left behind, and its measure on paper."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from press import locale
from press.content import facts
from press.content.model import Dossier, Event, Map
from press.design.styles import Style
from press.plates.areas import DrawnArea, Overlay
from press.plates.canvas import Canvas
from press.plates.drawing import LegendColumn, LegendGroup, LegendItem
from press.plates.furniture import SWATCH, height_key, swatch, swatch_box, swatch_line
from press.plates.ground import hatched, hatching, step_hatching
from press.plates.places import RADIUS, Rank, Spot
from press.plates.shapes import arrow, bent, path, px, set_text
from press.plates.sheet import MM_PER_POINT, token_length
from press.plates.signs import category_class, sign_path

COLUMN_GAP = 5.0
_TITLE_PADDING = 1.0
_GROUP_GAP = 1.4
_SPACED = 0.96
"""What letter-spacing leaves of the room for a title."""
_INDENT = 10.2 / 3.6
"""From the edge to the words, in heights of a swatch."""


# -- what is in it -------------------------------------------------------------------------------


def map_legend(
    canvas: Canvas,
    plate: Map,
    dossier: Dossier,
    overlay: Overlay,
    language: str,
    width: float,
    spots: Sequence[Spot] = (),
) -> list[LegendGroup]:
    """The groups of a map's legend, in reading order; a group without items is left out."""
    words = canvas.words
    groups = [
        LegendGroup(
            plate.dated_areas or words["plate.legend.areas"], tuple(_dated(canvas, overlay))
        ),
        LegendGroup(words["plate.legend.lines"], tuple(_lines(canvas, overlay))),
        LegendGroup(words["plate.legend.places"], tuple(_places(canvas, plate))),
        LegendGroup(words["plate.legend.events"], tuple(_events(canvas, dossier))),
        LegendGroup(words["plate.legend.events"], tuple(_numbered(canvas, spots, language))),
    ]
    levels = [n for n in range(7) if n == 0 or f"tint-{n}" in canvas.keys]
    if len(levels) > 1:
        key = height_key(canvas, levels, width, language)
        item = LegendItem(key, "")
        groups.append(LegendGroup(words["plate.legend.heights"], (item,), "strip"))
    return [group for group in groups if group.items]


def _dated(canvas: Canvas, overlay: Overlay) -> Iterable[LegendItem]:
    together: dict[tuple[int, str], list[str]] = {}
    for drawn in overlay.stepped:
        names = together.setdefault((drawn.step, drawn.date), [])
        names.append(drawn.area.legend or drawn.name)
    for (step, date), names in together.items():
        classes, text = f"step-{step}", ", ".join(dict.fromkeys(names))
        defs, body, used = _tinted(canvas, classes)
        body += _framed("step-line")
        yield LegendItem(swatch(canvas, body, [*used, "step-line"], text, defs), text, date)


def _tinted(canvas: Canvas, classes: str) -> tuple[str, str, list[str]]:
    """Definitions, drawing and classes of a tinted box, hatched where the stylesheet wants it."""
    if not hatched(canvas.sheet, "step-hatch"):
        return "", swatch_box(classes), [classes]
    name = f"{canvas.prefix}-key-{classes}"
    body = swatch_box(classes) + swatch_box("", f"url(#{name})")
    return step_hatching(classes, name), body, [classes, "step-hatch"]


def _framed(classes: str) -> str:
    w, h = SWATCH
    return (
        f'<rect class="{classes}" x="{px(0.3)}" y="{px(0.35)}" width="{px(w - 0.6)}"'
        f' height="{px(h - 0.7)}"/>'
    )


def _lines(canvas: Canvas, overlay: Overlay) -> Iterable[LegendItem]:
    yield from _undated(canvas, overlay.areas)
    for drawn in overlay.lines:
        style = drawn.line.style
        if f"line-{style}" not in canvas.keys:
            continue
        defs, body = "", swatch_line(f"{style}-band") + swatch_line(style)
        classes = [style, f"{style}-band"]
        if drawn.line.fill == "hatch":
            defs = hatching(45, 1.3, f"{canvas.prefix}-key-former", "hatch-former")
            body = swatch_box("", f"url(#{canvas.prefix}-key-former)") + body
            classes.append("hatch-former")
        yield LegendItem(swatch(canvas, body, classes, drawn.line.legend, defs), drawn.line.legend)
    words = canvas.words
    if "border" in canvas.keys:
        text = words["plate.border"]
        far = "border far" in canvas.classes
        body = swatch_line("border far") if far else swatch_line("band") + swatch_line("border")
        yield LegendItem(
            swatch(canvas, body, ["band", "border far" if far else "border"], text), text
        )
    if "ice" in canvas.keys:
        text = words["plate.ice"]
        body = swatch_box("ice") + _framed("coast")
        yield LegendItem(swatch(canvas, body, ["ice", "coast"], text), text)
    if "admin" in canvas.keys:
        text = words["plate.admin"]
        yield LegendItem(swatch(canvas, swatch_line("admin"), ["admin"], text), text)
    if "arrow" in canvas.keys:
        w, h = SWATCH
        shape = arrow(bent([(0.6, h * 0.7), (w - 0.5, h * 0.5)], 0.06), 0.6, 1.3, 2.8)
        body = f'<path class="arrow" d="{path(shape)}"/>'
        text = words["plate.arrow"]
        yield LegendItem(swatch(canvas, body, ["arrow"], text), text)


def _undated(canvas: Canvas, areas: Sequence[DrawnArea]) -> Iterable[LegendItem]:
    """Hatched, tinted and outlined areas; those with the same words share a line."""
    together: dict[tuple[str, str], list[DrawnArea]] = {}
    for drawn in areas:
        if not drawn.step:
            together.setdefault((drawn.area.style, drawn.area.legend or drawn.name), []).append(
                drawn
            )
    for (style, text), members in together.items():
        defs = ""
        if style == "hatch":
            name = f"{canvas.prefix}-key-hatch"
            defs = hatching(-45, 1.5, name, "hatch")
            body, classes = swatch_box("", f"url(#{name})"), ["hatch"]
        elif style == "outline":
            body, classes = _framed("area-line"), ["area-line"]
        else:
            defs, body, classes = _tinted(canvas, "area-tint")
            body, classes = body + _framed("area-line"), [*classes, "area-line"]
        # Where places are to be named by hand, a list of names would name them.
        named = [m for m in members if m.area.legend and not canvas.blanks]
        dates = [f"{m.name} {m.date}".strip() for m in sorted(named, key=_by_date)]
        if dates and (len(members) > 1 or members[0].date):
            yield LegendItem(
                swatch(canvas, body, classes, text, defs), f"{text}: ", ", ".join(dates)
            )
        else:
            yield LegendItem(swatch(canvas, body, classes, text, defs), text, members[0].date)


def _by_date(drawn: DrawnArea) -> tuple[object, ...]:
    return (0, drawn.event.when.sort_key) if drawn.event else (1,)


def _places(canvas: Canvas, plate: Map) -> Iterable[LegendItem]:
    w, h = SWATCH
    x, y = px(w / 2), px(h / 2)

    def circle(classes: str, radius: float) -> str:
        return f'<circle class="{classes}" cx="{x}" cy="{y}" r="{px(radius)}"/>'

    ranks: tuple[Rank, ...] = ("dated", "capital", "city", "town", "village", "minor")
    for rank in ranks:
        if f"place-{rank}" not in canvas.keys:
            continue
        r = RADIUS[rank]
        match rank:
            case "dated":
                body, classes = (
                    circle("dated", r) + circle("dated-eye", r * 0.4),
                    ["dated", "dated-eye"],
                )
            case "capital":
                square = (
                    f'<rect class="place" x="{px(w / 2 - r)}" y="{px(h / 2 - r)}"'
                    f' width="{px(2 * r)}" height="{px(2 * r)}"/>'
                )
                body, classes = square + circle("dot", r * 0.5), ["place", "dot"]
            case "city":
                body, classes = circle("place", r) + circle("dot", r * 0.5), ["place", "dot"]
            case "minor":
                body, classes = circle("minor", r), ["minor"]
            case _:
                body, classes = circle("place", r), ["place"]
        text = canvas.words[f"plate.{rank}"]
        if rank == "dated" and plate.dated_places:
            text = plate.dated_places
        yield LegendItem(swatch(canvas, body, classes, text), text)


def _events(canvas: Canvas, dossier: Dossier) -> Iterable[LegendItem]:
    w, h = SWATCH
    for category in dossier.chronology.categories:
        if f"event-{category.id}" in canvas.keys:
            classes = f"sign cased {category_class(dossier.chronology.categories, category.id)}"
            body = sign_path(category.sign, classes, w / 2, h / 2, RADIUS["event"])
            yield LegendItem(swatch(canvas, body, [classes], category.label), category.label)


def _numbered(canvas: Canvas, spots: Sequence[Spot], language: str) -> Iterable[LegendItem]:
    """The events behind the numbers on the map, each with its date and a way to its row."""
    numbered = [spot for spot in spots if spot.numbers]
    pairs = (zip(s.numbers, _by_number(s), strict=True) for s in numbered)
    counted = {number: event for pair in pairs for number, event in pair}
    w, h = SWATCH
    text = canvas.sheet.text("label-marker")
    for number, event in sorted(counted.items()):
        run = canvas.faces.run(str(number), text)
        words = set_text("label-marker", w / 2 - run.width / 2, h / 2 + run.rise / 2, run)
        circle = (
            f'<circle class="marker" cx="{px(w / 2)}" cy="{px(h / 2)}" r="{px(h / 2 - 0.15)}"/>'
        )
        drawn = swatch(canvas, circle + words, ["marker", "label-marker"], str(number))
        date = facts.event_date(event, language, "short")
        yield LegendItem(drawn, event.title, date, f"event-{event.id}")


def _by_number(spot: Spot) -> Sequence[Event]:
    return sorted(spot.events, key=lambda e: e.when.sort_key)


# -- how much room it takes ----------------------------------------------------------------------


def legend_leading(style: Style) -> float:
    """Line to line in the legend, in mm."""
    return token_length(style, "--map-leading-legend", 8.6 * MM_PER_POINT)


def group_height(canvas: Canvas, style: Style, group: LegendGroup, width: float) -> float:
    """The height of a group in mm, at a column ``width`` mm wide."""
    tall = token_length(style, "--map-swatch", SWATCH[1])
    leading = legend_leading(style)
    text = canvas.sheet.text("legend-text")
    bold = canvas.sheet.text("legend-strong")
    titled = len(canvas.faces.wrapped(group.title, bold, width * _SPACED)) * max(tall, leading)
    height = titled + _TITLE_PADDING
    if group.kind == "strip":
        return height + 4.1
    for item in group.items:
        # Strong words are wider: measured as if all were, the estimate errs to the safe side.
        words = f"{item.text} {item.strong}".strip()
        lines = canvas.faces.wrapped(words, bold if item.strong else text, width - _INDENT * tall)
        height += max(tall, len(lines) * leading) + 0.5
    return height


def columns(
    canvas: Canvas, style: Style, groups: Sequence[LegendGroup], room: float, most: int = 3
) -> tuple[tuple[LegendColumn, ...], float]:
    """The groups in up to ``most`` columns of equal width, as low as can be; and their height."""
    count = min(most, len(groups))
    if not count:
        return (), 0.0
    width = (room - COLUMN_GAP * (count - 1)) / count - 0.05
    heights = [group_height(canvas, style, group, width) for group in groups]
    best, bounds_of_best = float("inf"), tuple[int, ...]((0, len(groups)))
    for cuts in itertools.combinations(range(1, len(groups)), count - 1):
        bounds = (0, *cuts, len(groups))
        tall = max(
            sum(heights[a:b]) + _GROUP_GAP * (b - a - 1) for a, b in itertools.pairwise(bounds)
        )
        if tall < best - 1e-6:
            best, bounds_of_best = tall, bounds
    made = tuple(
        LegendColumn(round(width, 2), tuple(groups[a:b]))
        for a, b in itertools.pairwise(bounds_of_best)
    )
    return made, best


def territory_names(language: str) -> Mapping[str, str]:
    """Names of countries in a language, by ISO 3166-1 alpha-2 code (CLDR, through Babel)."""
    return locale.cldr(language).territories
