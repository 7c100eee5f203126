"""How large a map is: scale bars, the ratio in words, and the north arrow."""

from __future__ import annotations

import math
from dataclasses import dataclass

from press import locale
from press.plates import svg
from press.plates.maps.frame import MapFrame, rounded_down
from press.plates.maps.input import MapCanvas
from press.plates.style import room
from press.plates.svg import polyline

_MILE = 1.609344
_LONGEST_BAR = 62.0
_OF_WIDTH = 0.45
"""The share of a plate's width that its bars may take, so that the words beside them have room."""
NORTH_WIDTH = 5.2
"""Width of the north arrow, in mm."""
_OVER, _EDGE = 0.9, 0.2
"""Between a bar and the figures over it, and between words and the edge of the picture, in mm."""
_CLEAR, _MIDDLE = 0.4, 0.6
"""Between a bar and words under it, in mm; where in their height words meet the bar beside them."""
_LEAN = 4.0
"""Degrees that a meridian may lean at a corner before an arrow misleads more than it helps."""


@dataclass(frozen=True)
class Bars:
    """Kilometre and mile bars: how long, in their unit and in mm on paper."""

    kilometres: float
    kilometre_mm: float
    miles: float
    mile_mm: float


def bars(frame: MapFrame, most: float = math.inf) -> Bars:
    """The longest round bars in ``most`` mm, 62 at the most, true at the centre of the frame."""
    per_km, longest = frame.kilometre(), min(_LONGEST_BAR, most)
    kilometres = rounded_down(longest / per_km)
    miles = rounded_down(longest / (per_km * _MILE))
    return Bars(kilometres, kilometres * per_km, miles, miles * per_km * _MILE)


def scale_bar(canvas: MapCanvas) -> tuple[str, float, float]:
    """An ``<svg>`` with a bar of kilometres over one of miles, its width and height in mm."""
    style, language = canvas.style, canvas.given.language
    width, _ = room(canvas.given.plate.size, canvas.given.style)
    found = bars(canvas.frame, width * _OF_WIDTH)
    text = style.text("label-scale")
    km, miles = (locale.number(n, language) for n in (found.kilometres, found.miles))
    left, bar = 1.6, 0.9
    bar_y = max(3.3, style.run("0", text).rise + _OVER + _EDGE)
    divisions = 4 if f"{found.kilometres:e}"[0] in "24" else 5
    length = found.kilometre_mm / divisions
    elements = [
        svg.rect("scale-full", left + number * length, bar_y, length, bar)
        for number in range(0, divisions, 2)
    ]
    elements.append(svg.rect("scale-line", left, bar_y, found.kilometre_mm, bar))

    def over(at: float, words: str, centred: str) -> float:
        """Words over the bar, the middle of their figures ``at`` mm; where they end."""
        run = style.run(words, text)
        x = left + at - style.run(centred, text).width / 2
        elements.append(svg.text("label-scale", x, bar_y - _OVER, run))
        return left + at + run.width

    half = locale.number(found.kilometres / 2, language)
    over(0.0, "0", "0")
    over(found.kilometre_mm / 2, half, half)
    right = over(found.kilometre_mm, canvas.words["plate.km"].format(n=km), km)
    run = style.run(canvas.words["plate.miles"].format(n=miles), text)
    after = left + found.mile_mm + 0.9
    mile_y = bar_y + bar + 0.9
    if after < left + found.kilometre_mm:  # its words stand under the bar of kilometres
        mile_y = max(mile_y, bar_y + bar + _CLEAR + run.rise * (1 - _MIDDLE))
    elements.append(svg.rect("scale-full", left, mile_y, found.mile_mm, 0.28))
    elements.append(svg.text("label-scale", after, mile_y + run.rise * _MIDDLE, run))
    title = canvas.words["plate.scale-bar"].format(km=km, miles=miles)
    width = max(left, right, after + run.width) + 0.6
    height = max(7.2, mile_y + run.rise * _MIDDLE + run.drop + _EDGE)
    return style.picture(elements, width, height, title), round(width, 3), height


def scale_text(canvas: MapCanvas, paper: str, step: str) -> str:
    """Ratio, projection, datum and graticule in words."""
    words, language = canvas.words, canvas.given.language
    projection = canvas.frame.projection
    ratio = words["plate.ratio"].format(
        ratio=locale.number(round(canvas.frame.denominator), language)
    )
    named = words[f"plate.projection.{projection.key}"]
    if projection.parallels:
        north, _, south, _ = canvas.letters
        true = ", ".join(
            f"{locale.number(abs(p), language)}° {north if p >= 0 else south}"
            for p in projection.parallels
        )
        named = f"{named}, {words['plate.true-at'].format(parallels=true)}"
    every = words["plate.graticule"].format(step=step)
    return f"{ratio} {words['plate.at'].format(sheet=paper)}. {named}; WGS 84; {every}."


def north_arrow(canvas: MapCanvas) -> tuple[str, float]:
    """A north arrow and its height in mm, where one is true enough for the whole frame.

    Else nothing.
    """
    if canvas.frame.projection.whole_earth or canvas.frame.convergence() > _LEAN:
        return "", 0.0
    run = canvas.style.run(canvas.letters[0], canvas.style.text("label-north"))
    x, height, half = NORTH_WIDTH / 2, 6.2, 1.45
    top = max(3.2, run.rise + 0.8 + _EDGE)
    tip, notch = (x, top), (x, top + height - 1.3)
    foot, other = (x + half, top + height), (x - half, top + height)
    elements = (
        svg.shape("north-half", polyline((tip, foot, notch, other)) + "z"),
        svg.shape("north-full", polyline((tip, notch, other)) + "z"),
        svg.text("label-north", x - run.width / 2, top - 0.8, run),
    )
    title, tall = canvas.words["plate.north"], top + height + 0.4
    return canvas.style.picture(elements, NORTH_WIDTH, tall, title), tall
