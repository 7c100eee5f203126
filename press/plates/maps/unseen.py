"""What the author lays over a map and nobody sees: beneath something else, or of a later date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from press import dates
from press.content.model import Area, Arrow, Line
from press.plates.drawing import PlateFault
from press.plates.maps.input import MapCanvas, MapInput

_LAID = ("areas", "lines", "arrows")
_HINT = "take one of them out, or show them in stages"
_LATER = "set until: to a later date, or take it out"


def unseen(given: MapInput, canvases: Sequence[MapCanvas]) -> Iterator[PlateFault]:
    """E189: an area, line or arrow that no picture of a plate shows, of those that are in frame."""
    for name in _LAID:
        laid: Sequence[Area | Line | Arrow] = getattr(given.plate, name)
        shown = [_current(canvas, name) for canvas in canvases]
        for index, entry in enumerate(laid):
            loc, mark = (name, index), f"{name}-{index}"
            if not any(index in numbers for numbers in shown):
                event = given.dossier.events[entry.event or ""]
                when = dates.show(event.when, given.language)
                message = f"{called(entry)} comes after the date of the map, on {when}"
                yield PlateFault(loc, "E189", message, _LATER)
                continue
            drawn = [c for c, numbers in zip(canvases, shown, strict=True) if index in numbers]
            if all(mark in canvas.hidden for canvas in drawn):
                yield PlateFault(loc, "E189", drawn[0].hidden[mark], _HINT)


def _current(canvas: MapCanvas, name: str) -> set[int]:
    """The numbers of the entries that had come about by the date of a picture."""
    given, laid = canvas.given, getattr(canvas.given.plate, name)
    return {index for index, _, _ in given.current(laid, doubted=name == "areas")}


def called(entry: Area | Line | Arrow) -> str:
    """What an entry is called: by its own words, or by what it is chosen by."""
    if isinstance(entry, Area):
        return entry.label or entry.name or entry.iso or str(entry.file)
    if isinstance(entry, Line):
        return entry.label or entry.legend
    return entry.label or f"the arrow from {entry.through[0]} to {entry.through[-1]}"
