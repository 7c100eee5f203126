"""The words of places: beside their symbols, at leaders, by letters, or as lines to write on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from press.base.boxes import Box
from press.base.units import letters
from press.plates.drawing import PlateFault
from press.plates.geometry import gap
from press.plates.maps.blanks import LINE_GAP, LINE_HEIGHT, write_blank
from press.plates.maps.input import MapCanvas
from press.plates.maps.point_labels import (
    Placed,
    PointLabel,
    place_afar,
    place_points,
    sure,
)
from press.plates.maps.symbols import Spot, draw_leader, draw_symbol
from press.plates.text import MeasuredLine

_WARY, _CLEAN, _MOST = 4.0, 100.0, 8.0
"""How many times as dear as to a name it is to a line for one to be crossed by what is drawn; how
many times while a place is sought where nothing is crossed, and what that may cost at the most."""

LETTER = "label-letter"
"""The class of a letter that stands for a name."""
_SHARED = 12.0
"""How far, in mm, a place may lie from the letter that it shares with another."""
_OFF_NAMES = 2.5
"""How far, in mm, a letter stands before or behind a name that is not its own place's."""
_AIR = 0.7
"""Millimetres that are free above and below a name whose date stands elsewhere."""
_BAND = 12.0
"""Height in mm of the bands in which letters follow one another."""

Rows = Sequence[tuple[str, MeasuredLine]]
"""The lines of a label with their classes."""


def claim_symbols(canvas: MapCanvas, spots: Iterable[Spot]) -> None:
    """Keep the symbols clear before any word is placed."""
    boxes = [spot.box for spot in spots]
    canvas.space.take(*boxes)
    canvas.symbols.extend(boxes)


def misleading(canvas: MapCanvas, spot: Spot) -> bool:
    """Whether a name would be taken for that of a spot that is added to those it was placed among.

    Where a leader leads from it to its own symbol, another must only not touch it.
    """
    sign = np.array([spot.box])
    return any(
        gap(words, spot.box) < 1.0 if led else not sure(np.array([words]), own, sign)[0]
        for words, own, led in canvas.names_of_spots
    )


def label_spots(canvas: MapCanvas, spots: Sequence[Spot], patience: float = 1e9) -> list[Spot]:
    """Symbols and names. A town of the atlas that finds no room for its name is not drawn at all.

    A place for a name that costs more than ``patience`` counts as none. Returns the spots drawn.
    """
    rows = {spot.key: _rows(canvas, spot) for spot in spots}
    labels = [_label(spot, rows[spot.key]) for spot in spots]
    placed, dropped = place_points(canvas.space, labels, patience, canvas.symbols)
    lost = [spot for spot in spots if spot.place and spot.key in dropped]
    placed |= _place_later(canvas, lost, rows)
    drawn = [spot for spot in spots if spot.place or spot.key in placed]
    _say_elsewhere(canvas, spots, placed)
    for spot in sorted(drawn, key=lambda spot: spot.blank):
        draw_symbol(canvas, spot)
        if spot.blank and spot.key in placed:
            canvas.blanks[spot.key] = spot.blank
            write_blank(canvas, spot, placed[spot.key])
        elif spot.key in placed:
            _write(canvas, rows[spot.key], placed[spot.key], spot)
            if any(classes == "label-date" for classes, _ in rows[spot.key]):
                canvas.dated.add(_dated_name(spot))
    _letter(canvas, [spot for spot in spots if spot.place and spot.key not in placed])
    return drawn


def _say_elsewhere(canvas: MapCanvas, spots: Sequence[Spot], placed: Mapping[str, Placed]) -> None:
    """W190: names that do not stand on the side of their symbols for which the author asks.

    Not on maps with names to be written by hand, for which nobody asked it.
    """
    plate = canvas.given.plate
    for spot in spots if not plate.blanks else ():
        found = placed.get(spot.key)
        if spot.side and (found is None or found.side != spot.side):
            index = next(n for n, one in enumerate(plate.labels) if one.place == spot.key)
            where = f"and stands {found.side} of it" if found else "and has no room beside it"
            message = f"{spot.name} is to stand {spot.side} of its sign, {where}: there is no room"
            hint = "ask for another side, take it out of labels, or give the map more room"
            canvas.faults[PlateFault(("labels", index), "W190", message, hint)] = None


def _place_later(
    canvas: MapCanvas, spots: Sequence[Spot], rows: dict[str, Rows]
) -> dict[str, Placed]:
    """Places for words that found none beside their symbols.

    At the end of a leader; else without the date, of which the ``rows`` of a spot are rid then: the
    legend has it. A name without its date keeps clear of words above and below, whose it would seem
    to be. A line for a name that has no place where it crosses nothing, here neither, crosses what
    it must.
    """

    def afar(labels: Sequence[PointLabel]) -> dict[str, Placed]:
        return place_afar(canvas.space, labels, canvas.symbols)

    blank = [_label(spot, rows[spot.key]) for spot in spots if spot.room]
    placed = afar(blank)
    rest = [replace(one, wary=_WARY, most=math.inf) for one in blank if one.key not in placed]
    placed |= place_points(canvas.space, rest, symbols=canvas.symbols)[0]
    placed |= afar([_label(spot, rows[spot.key]) for spot in spots if not spot.room])
    short = [spot for spot in spots if spot.key not in placed and spot.date]
    shorter = {s.key: [row for row in rows[s.key] if row[0] != "label-date"] for s in short}
    labels = [_label(spot, shorter[spot.key]) for spot in short]
    airy = [_with_air(label) for label in labels]
    beside, lost = place_points(canvas.space, airy, symbols=canvas.symbols)
    beside = {key: replace(place, box=_without_air(place.box)) for key, place in beside.items()}
    beside |= afar([label for label in labels if label.key in lost])
    rows |= {key: shorter[key] for key in beside}
    if not canvas.given.plate.blanks:
        canvas.undated.extend(_dated_name(spot) for spot in short if spot.key in beside)
    return placed | beside


def _with_air(label: PointLabel) -> PointLabel:
    return replace(label, height=label.height + 2 * _AIR)


def _without_air(box: Box) -> Box:
    left, top, right, bottom = box
    return left, top + _AIR, right, bottom - _AIR


def boxes_of_words(canvas: MapCanvas, spots: Sequence[Spot]) -> list[Box]:
    """Where the words of spots would stand now, without anything being taken or drawn."""
    space = replace(canvas.space, taken=[*canvas.space.taken])
    labels = [_label(spot, _rows(canvas, spot)) for spot in spots]
    placed, _ = place_points(space, labels, symbols=canvas.symbols)
    return [place.box for place in placed.values()]


def _letter(canvas: MapCanvas, spots: Sequence[Spot]) -> None:
    """A letter beside each place for whose name there is no room, which the legend explains.

    Places that stand so close that there is no room for another letter share the nearest; those
    that are too far from any stand in the legend without one. On the small maps of a row a place
    has the letter that it has on those before, and shares none. Not on maps with names to be
    written by hand, whose legend must not tell them.
    """
    given = [] if canvas.given.plate.blanks else spots
    widest = letters(len(canvas.lettered) + len(given) - 1) if given else ""
    rows = {spot.key: [(LETTER, canvas.run(LETTER, "m" * len(widest)))] for spot in given}
    labels = [_label(spot, rows[spot.key]) for spot in given]
    placed = _apart_from_names(canvas, labels)
    # Rather a letter at a name, or between two signs, than a sign without any.
    for symbols in (canvas.symbols, ()):
        rest = [one for one in labels if one.key not in placed]
        placed |= place_points(canvas.space, rest, symbols=symbols)[0]
    order = _reading_order(spot for spot in given if spot.key in placed)
    lettered = sorted((s for s in given if s.key in order), key=lambda s: order[s.key])
    signs = {}
    for spot in lettered:
        listed = (_name_in_legend(spot), spot.date)
        known = (sign for sign, words in canvas.lettered.items() if words == listed)
        sign = signs[spot.key] = next(known, letters(len(canvas.lettered)))
        canvas.lettered[sign] = listed
        _write(canvas, [(LETTER, canvas.run(LETTER, sign))], placed[spot.key], spot)
    for spot in (spot for spot in spots if spot.key not in signs):
        near = [o for o in lettered if _apart(spot, o) <= _SHARED and not canvas.part]
        if not near:
            canvas.drop(spot.name)
            if given:
                canvas.unlettered.append(_dated_name(spot))
            continue
        sign = signs[min(near, key=lambda other: _apart(spot, other)).key]
        shared = (*canvas.lettered[sign], _dated_name(spot))
        canvas.lettered[sign] = (", ".join(filter(None, shared)), "")


def _apart_from_names(canvas: MapCanvas, labels: Sequence[PointLabel]) -> dict[str, Placed]:
    """Places for letters that nobody reads as the begin or the end of a name on their line."""
    words = (box.box for box in canvas.boxes if box.text)
    wider = [(left - _OFF_NAMES, top, right + _OFF_NAMES, foot) for left, top, right, foot in words]
    space = replace(canvas.space, taken=[*canvas.space.taken, *wider])
    placed, _ = place_points(space, labels, symbols=canvas.symbols)
    canvas.space.take(*(place.box for place in placed.values()))
    return placed


def _apart(one: Spot, other: Spot) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _name_in_legend(spot: Spot) -> str:
    return f"{spot.name} ({spot.also})" if spot.also else spot.name


def _dated_name(spot: Spot) -> str:
    return ", ".join(filter(None, (_name_in_legend(spot), spot.date)))


def _rows(canvas: MapCanvas, spot: Spot) -> Rows:
    if spot.room:
        return [("label-blank", canvas.run("label-blank", "00"))]
    also = f"({spot.also})" if spot.also else ""
    lines = ((f"label-{spot.rank}", spot.name), ("label-also", also), ("label-date", spot.date))
    return [(classes, canvas.run(classes, words)) for classes, words in lines if words]


def _label(spot: Spot, rows: Rows) -> PointLabel:
    width = max(run.width for _, run in rows)
    before, height = (
        0.0,
        rows[0][1].rise + sum(_leading(run) for _, run in rows[1:]) + rows[-1][1].drop,
    )
    if spot.room:
        before = width + LINE_GAP
        width, height = before + spot.room, LINE_HEIGHT
    left, _, right, _ = spot.box
    radius = (right - left) / 2
    return PointLabel(
        spot.key, spot.x, spot.y, radius, width, height, spot.weight, spot.side, spot.box,
        *((_CLEAN, _MOST) if spot.room else (1.0, math.inf)), before,
    )  # fmt: skip


def _leading(run: MeasuredLine) -> float:
    """The distance of a line's baseline from the one before, in mm."""
    return run.style.size * 1.08


def _write(canvas: MapCanvas, rows: Rows, place: Placed, spot: Spot) -> None:
    left, top, right, _ = place.box
    draw_leader(canvas, place.leader)
    y = top + rows[0][1].rise
    for number, (classes, run) in enumerate(rows):
        y += _leading(run) if number else 0.0
        match place.side:
            case "W" | "NW" | "SW":
                x = right - run.width
            case "N" | "S":
                x = (left + right - run.width) / 2
            case _:
                x = left
        canvas.write(classes, x, y, run)
    canvas.record(spot.key, spot.name, place.box)
    canvas.names_of_spots.append((place.box, spot.box, bool(place.leader)))


def _reading_order(spots: Iterable[Spot]) -> dict[str, int]:
    """The number of each spot: from the north to the south, in bands, and from west to east."""
    order = sorted(spots, key=lambda s: (round(s.y / _BAND), s.x, s.key))
    return {spot.key: number for number, spot in enumerate(order, start=1)}
