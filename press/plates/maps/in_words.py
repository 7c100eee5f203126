"""A map in words: one sentence for its picture, and lines of text that say what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from press import locale
from press.content import facts
from press.plates.drawing import Drawing
from press.plates.maps.areas import DrawnArea
from press.plates.maps.graticule import degrees_text
from press.plates.maps.input import MapCanvas
from press.plates.maps.panel import Panel
from press.plates.maps.symbols import Spot


def alt_text(whole: Panel, drawing: Drawing) -> str:
    """One sentence for the picture: its title, extent and scale, and how much is on it."""
    canvas, bounds = whole.canvas, whole.canvas.frame.bounds
    west, east = (degrees_text(v, True, canvas.letters) for v in (bounds.west, bounds.east))
    south, north = (degrees_text(v, False, canvas.letters) for v in (bounds.south, bounds.north))
    extent = canvas.words["plate.extent"]
    return canvas.words["plate.alt.map"].format(
        title=drawing.title,
        extent=extent.format(west=west, east=east, south=south, north=north),
        ratio=locale.number(round(canvas.frame.denominator), canvas.given.language),
        areas=len(whole.overlay.stepped),
        places=len(drawing.places),
        arrows=len(whole.overlay.arrows),
    )


def described(panels: Sequence[Panel]) -> tuple[str, ...]:
    """What the plate shows, in lines of text; each stage under its date."""
    lines: list[str] = []
    for panel in panels:
        own = list(_lines(panel))
        lines += [f"{panel.title}: {' '.join(own)}"] if panel.title else own
    return tuple(lines)


def _lines(panel: Panel) -> Iterator[str]:
    """Areas, lines, movements, places with their events: a line of text for each that is there."""
    canvas, overlay = panel.canvas, panel.overlay
    numbers = canvas.blanks
    areas = [*overlay.stepped, *(a for a in overlay.areas if not a.step)]
    spots = sorted((s for s in panel.drawn if s.place), key=lambda s: numbers.get(s.key, 0))
    known = canvas.given.dossier.places
    towards = canvas.words["plate.text.towards"]
    courses = [moved.arrow.through for moved in overlay.arrows]
    listed = {
        # The names of areas would tell what is to be named.
        "areas": [] if numbers else [_area_words(a, canvas.given.language) for a in areas],
        "lines": [drawn.line.legend for drawn in overlay.lines],
        "arrows": [
            towards.format(**{"from": known[ids[0]].name, "to": known[ids[-1]].name})
            for ids in courses
        ],
        "places": [_place_words(canvas, s, numbers.get(s.key, 0)) for s in spots],
    }
    for kind, texts in listed.items():
        if texts:
            yield canvas.words[f"plate.text.{kind}"].format(list="; ".join(texts))


def _area_words(area: DrawnArea, language: str) -> str:
    legend = f"{area.area.legend}, " if area.area.legend and not area.step else ""
    date = facts.event_date(area.event, language) if area.event else ""
    doubt = locale.messages(language)["plate.doubted"] if area.doubted else ""
    return ", ".join(filter(None, (f"{legend}{area.name}", date, doubt)))


def _place_words(canvas: MapCanvas, spot: Spot, number: int) -> str:
    """A place with its events; one to be named says its number, and its name if that is printed."""
    words, language = canvas.words, canvas.given.language
    if spot.room and not spot.filled:
        return words["plate.text.blank"].format(number=number or "–")
    events = ", ".join(f"{e.title} ({facts.event_date(e, language)})" for e in spot.events)
    name = spot.place.name if spot.place else spot.name
    name = f"{number} {name}" if number else name
    return words["plate.text.events"].format(place=name, list=events) if events else name
