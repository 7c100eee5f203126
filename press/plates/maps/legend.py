"""The legend of a map, made from the keys that drawing left behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from press import locale
from press.base.collation import collation
from press.content import facts
from press.plates import svg
from press.plates.drawing import LegendGroup, LegendItem
from press.plates.geometry import arrow, bent
from press.plates.legend import (
    MIDDLE,
    SWATCH,
    item,
    sign_item,
    swatch,
    swatch_box,
    swatch_hatch,
    swatch_line,
)  # fmt: skip
from press.plates.maps.areas import DrawnArea
from press.plates.maps.input import PATTERNS, WATER, WAVE, MapCanvas
from press.plates.maps.overlay import Overlay
from press.plates.maps.spot_labels import LETTER
from press.plates.maps.symbols import RADIUS, Rank, Spot, symbol
from press.plates.signs import category_class
from press.plates.svg import Element, px
from press.prose.sentences import begun

_RANKS: tuple[Rank, ...] = ("dated", "capital", "city", "town", "village", "peak", "minor")


def map_legend(
    canvas: MapCanvas, overlay: Overlay, width: float, spots: Sequence[Spot]
) -> list[LegendGroup]:
    """The groups of a map's legend, in reading order; a group without items is left out.

    A strip of tints is ``width`` mm wide.
    """
    words = canvas.words
    groups = (
        (canvas.given.plate.dated_areas or words["plate.legend.areas"], _dated(canvas, overlay)),
        (words["plate.legend.lines"], _lines(canvas, overlay)),
        (words["plate.legend.places"], _places(canvas, spots)),
        (words["plate.legend.lettered"], _lettered(canvas)),
        (words["plate.legend.events"], _events(canvas)),
        (words["plate.legend.events"], _numbered(canvas, spots)),
    )
    made = [LegendGroup(title, tuple(items)) for title, items in groups]
    if len(canvas.heights) > 1:
        heights = LegendItem(_height_key(canvas, width), "")
        made.append(LegendGroup(words["plate.legend.heights"], (heights,), "strip"))
    return [group for group in made if group.items]


def _dated(canvas: MapCanvas, overlay: Overlay) -> Iterator[LegendItem]:
    together: dict[tuple[int, str], list[str]] = {}
    for drawn in overlay.stepped:
        names = together.setdefault((drawn.step, drawn.date), [])
        names.append(drawn.area.legend or drawn.name)
    for (step, date), names in together.items():
        hatch, defs = _hatch(canvas, f"step-{step}")
        sample = (swatch_box(f"step-{step}"), *hatch, swatch_box("step-line"))
        yield item(canvas, ", ".join(dict.fromkeys(names)), *sample, strong=date, defs=defs)


def _hatch(canvas: MapCanvas, name: str, key: str = "") -> tuple[Sequence[Element], str]:
    """A box filled with a pattern, where the style sheet wants it, and the pattern."""
    if not canvas.hatches(name):
        return (), ""
    ident = f"{canvas.prefix}-key-{key or name}"
    return (swatch_hatch(PATTERNS[name][0], ident),), svg.pattern(ident, *PATTERNS[name])


def _doubted(canvas: MapCanvas) -> Iterator[LegendItem]:
    """How areas look that had come about by the date of a map by some accounts alone."""
    for key in canvas.keys:
        if key.startswith("doubt"):
            hatch, defs = _hatch(canvas, key) if key in PATTERNS else ((), "")
            sample = (*hatch, swatch_box("step-line doubted"))
            yield item(canvas, canvas.words["plate.doubted"], *sample, defs=defs)
            return


def _water(canvas: MapCanvas) -> Iterator[LegendItem]:
    """Water, where it has waves and no colour of its own."""
    if "water" in canvas.keys and WATER in canvas.classes:
        ident = f"{canvas.prefix}-key-water"
        sample = (swatch_box("lake"), swatch_hatch(WATER, ident))
        yield item(canvas, canvas.words["plate.water"], *sample, defs=svg.waves(ident, WATER, WAVE))


def _lines(canvas: MapCanvas, overlay: Overlay) -> Iterator[LegendItem]:
    yield from _undated(canvas, overlay.areas)
    yield from _doubted(canvas)
    for drawn in overlay.lines:
        style = drawn.line.style
        if f"line-{style}" in canvas.keys:
            filled = drawn.line.fill == "hatch"
            hatch, defs = _hatch(canvas, "hatch-former", "former") if filled else ((), "")
            sample = (*hatch, swatch_line(f"{style}-band"), swatch_line(style))
            yield item(canvas, drawn.line.legend, *sample, defs=defs)
    far = "border far" in canvas.classes
    shape = arrow(bent([(0.6, SWATCH[1] * 0.7), (SWATCH[0] - 0.5, MIDDLE[1])], 0.06), 0.6, 1.3, 2.8)
    samples: dict[str, Iterable[Element]] = {
        "border": map(swatch_line, ("border far",) if far else ("band", "border")),
        "ice": map(swatch_box, ("ice", "coast")),
        "admin": map(swatch_line, ("admin",)),
        "arrow": (svg.shape("arrow", shape),),
    }
    for key, elements in samples.items():
        if key in canvas.keys:
            yield item(canvas, canvas.words[f"plate.{key}"], *elements)
    yield from _water(canvas)
    if canvas.unlabelled:
        names = ", ".join(dict.fromkeys(canvas.unlabelled))
        words = canvas.words["plate.unlabelled"].format(names=names)
        yield LegendItem(_written(canvas, LETTER, "–"), words)


def _undated(canvas: MapCanvas, areas: Sequence[DrawnArea]) -> Iterator[LegendItem]:
    """Hatched, tinted and outlined areas; those with the same words share a line."""
    together: dict[tuple[str, str], list[DrawnArea]] = {}
    for drawn in areas:
        if drawn.classes and not drawn.step:
            words = drawn.area.legend or drawn.name
            together.setdefault((drawn.classes, words), []).append(drawn)
    for (classes, text), members in together.items():
        hatch, defs = _hatch(canvas, classes) if classes != "area-line" else ((), "")
        tint = (swatch_box(classes),) if classes == "area-tint" else ()
        edge = (swatch_box("area-line"),) if classes != "hatch" else ()
        # Where places are to be named by hand, a list of names would name them.
        named = [m for m in members if m.area.legend and not canvas.blanks]
        dates = [f"{m.name} {m.date}".strip() for m in sorted(named, key=_by_date)]
        made = item(canvas, text, *tint, *hatch, *edge, strong=members[0].date, defs=defs)
        if dates and (len(members) > 1 or members[0].date):
            made = replace(made, text=f"{text}: ", strong=", ".join(dates))
        yield made


def _by_date(drawn: DrawnArea) -> tuple[object, ...]:
    return (0, drawn.event.when.sort_key) if drawn.event else (1,)


def _places(canvas: MapCanvas, spots: Sequence[Spot]) -> Iterator[LegendItem]:
    for rank in _RANKS:
        if f"place-{rank}" in canvas.keys:
            own = canvas.given.plate.dated_places if rank == "dated" else ""
            kinds = {spot.place.kind for spot in spots if spot.place and spot.drawn_as == rank}
            called = kinds_marked(canvas.words[f"plate.{rank}"], kinds, canvas.given.language)
            text = called if rank in ("town", "village", "peak") else canvas.words[f"plate.{rank}"]
            yield item(canvas, own or text, *symbol(rank, *MIDDLE))
        undated = [name for name in canvas.undated if name not in canvas.dated]
        if rank == "dated" and undated:
            places = "; ".join(dict.fromkeys(undated))
            words = canvas.words["plate.undated"].format(places=places)
            yield item(canvas, words, *symbol(rank, *MIDDLE))


def kinds_marked(rank: str, kinds: Iterable[str], language: str) -> str:
    """What one symbol marks: its ``rank``, or the kinds of places that the gazetteer names.

    "Town" for a town and a district town, "Mountain, pass" where no town is among them.
    """
    own = {rank if not kind or rank.casefold() in kind.casefold() else kind for kind in kinds}
    listed = sorted(own or {rank}, key=lambda name: (name != rank, collation(name, language)))
    return str(begun(", ".join(listed), language))


def _lettered(canvas: MapCanvas) -> Iterator[LegendItem]:
    """The places for whose names the map had no room, by the letters that stand for them.

    Those come last that have no letter.
    """
    for sign, (name, date) in canvas.lettered.items():
        yield LegendItem(_written(canvas, LETTER, sign), name, date)
    if canvas.unlettered:
        words = canvas.words["plate.unlettered"].format(
            places=", ".join(dict.fromkeys(canvas.unlettered))
        )
        yield LegendItem(_written(canvas, LETTER, "–"), words)


def _written(canvas: MapCanvas, classes: str, words: str, *under: Element) -> str:
    """A swatch with words in its middle, over what lies ``under`` them."""
    run = canvas.style.run(words, canvas.style.text(classes))
    text = svg.text(classes, MIDDLE[0] - run.width / 2, MIDDLE[1] + run.rise / 2, run)
    return swatch(canvas, (*under, text), words)


def _events(canvas: MapCanvas) -> Iterator[LegendItem]:
    categories = canvas.given.dossier.chronology.categories
    for category in categories:
        if f"event-{category.id}" in canvas.keys:
            classes = f"sign cased {category_class(categories, category.id)}"
            yield sign_item(canvas, category, classes, RADIUS["event"])


def _numbered(canvas: MapCanvas, spots: Sequence[Spot]) -> Iterator[LegendItem]:
    """The events behind the numbers on the map, each with its date and a way to its row."""
    numbered = [spot for spot in spots if spot.numbers]
    pairs = (zip(s.numbers, canvas.given.dossier.in_time(s.events), strict=True) for s in numbered)
    counted = {number: event for pair in pairs for number, event in pair}
    down = MIDDLE[1] - 0.15
    for number, event in sorted(counted.items()):
        run = canvas.style.run(str(number), canvas.style.text("label-marker"))
        across = max(down, run.width / 2 + 0.35)
        box = (MIDDLE[0] - across, MIDDLE[1] - down, MIDDLE[0] + across, MIDDLE[1] + down)
        disc = svg.box("marker", box, f' rx="{px(down)}"')
        sample = _written(canvas, "label-marker", str(number), disc)
        date = facts.event_date(event, canvas.given.language, "short")
        yield LegendItem(sample, event.title, date, f"event-{event.id}")


def _height_key(canvas: MapCanvas, width: float) -> str:
    """A strip of tints, each with the height at which it begins."""
    each, height = width / len(canvas.heights), 3.9
    elements = []
    for number, (tint, level) in enumerate(canvas.heights.items()):
        label = locale.number(level, canvas.given.language)
        run = canvas.style.run(label, canvas.style.text("label-strip"))
        x = number * each + (each - run.width) / 2
        name = f"tint-{tint}" if tint else "land"
        elements.append(svg.rect(name, number * each, 0.1, each, height))
        elements.append(svg.text("label-strip", x, 0.1 + height / 2 + run.rise / 2, run))
    elements.append(svg.rect("frame-line", 0.06, 0.1, width - 0.12, height))
    return canvas.style.picture(elements, width, height + 0.2, canvas.words["plate.heights"])
