"""What can be seen in the drawings on the pages: their words, and what is drawn of the dossier.

Document CSS does not reach into an SVG; what hides something there is a rule of ``plate.css`` or a
token. So each drawing is read with the rules that it carries, as they were set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from tinycss2.color5 import parse_color

from press.design.contrast import contrast, rgb_of
from press.plates.style import PlateRule, declared, rules_of

Point = tuple[float, float]
LEAST_CONTRAST = 1.3
"""The contrast of words with their halo below which nobody sees them (1 to 21)."""


@dataclass(frozen=True)
class SetMark:
    """Words in a drawing, or a shape; or a drawing that has neither words nor marks.

    ``figure`` is the innermost id around the drawing, ``of`` the names of what it is drawn for
    (``areas-2``, ``event-summit``). ``hidden`` is why nobody sees it, "" where it can be seen:
    ``display: none``, ``outside the picture``.
    """

    figure: str
    classes: str
    words: str = ""
    of: tuple[str, ...] = ()
    hidden: str = ""


def read(root: Any) -> tuple[SetMark, ...]:
    """What the drawings in ``root``, the HTML as a tree, hold, in their order."""
    return tuple(mark for figure, svg in _drawings(root, "") for mark in _marks(figure, svg))


def _drawings(element: Any, figure: str) -> Iterator[tuple[str, Any]]:
    """Every drawing with the innermost id around it."""
    if not isinstance(element.tag, str):
        return
    if _name(element) == "svg":
        yield figure, element
        return
    figure = element.get("id", figure)
    for child in element:
        yield from _drawings(child, figure)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_UNDRAWN = frozenset({"defs", "title", "style", "clipPath", "pattern", "filter", "desc", ""})
_INHERITED = ("visibility", "fill", "stroke", "stroke-width", "fill-opacity", "stroke-opacity",
              "font-size")  # fmt: skip


@dataclass(frozen=True)
class _Handed:
    """What an element takes from those around it; ``gone`` says that all in it is hidden."""

    values: Mapping[str, str] = field(default_factory=dict)
    gone: str = ""
    at: Point = (0.0, 0.0)


@dataclass(frozen=True)
class _Picture:
    """A drawing while it is read: the rules that it carries, its edges, its patterns by id."""

    figure: str
    rules: tuple[PlateRule, ...]
    edges: tuple[float, float, float, float]
    patterns: Mapping[str, Any]
    declared: dict[tuple[str, bool], dict[str, str]] = field(default_factory=dict)

    def own(self, element: Any) -> dict[str, str]:
        """What rules and attributes say of an element itself."""
        key = element.get("class", ""), _name(element) == "text"
        if key not in self.declared:
            self.declared[key] = declared(self.rules, *key)
        own = {name: value for name in _INHERITED if (value := element.get(name))}
        return {**own, **self.declared[key]} if own else self.declared[key]


def _marks(figure: str, svg: Any) -> Iterator[SetMark]:
    """The words and the marked shapes of a drawing, or the drawing as a whole."""
    css = "".join(one.text or "" for one in svg if _name(one) == "style")
    left, top, width, height = map(float, (svg.get("viewBox") or "0 0 1e9 1e9").split())
    patterns = {one.get("id"): one for one in svg.iter() if _name(one) == "pattern"}
    edges = (left, top, left + width, top + height)
    picture = _Picture(figure, rules_of(css), edges, patterns)
    every = list(_inside(svg, _Handed(), picture))
    told = [mark for mark in every if mark.words or mark.of]
    if told:
        yield from told
    elif every:
        seen = next((mark for mark in every if not mark.hidden), every[0])
        yield replace(seen, classes=svg.get("class") or seen.classes)


def _inside(element: Any, around: _Handed, picture: _Picture) -> Iterator[SetMark]:
    """What is seen of what is in an element."""
    for child, after in zip_longest(element, [*element][1:]):
        if _name(child) not in _UNDRAWN:
            yield from _read(child, after, around, picture)


def _read(element: Any, after: Any, around: _Handed, picture: _Picture) -> Iterator[SetMark]:
    """What is seen of an element; the words of one that is ``after`` it may lie over outlines."""
    name, classes = _name(element), element.get("class", "")
    own = picture.own(element)
    gone = around.gone or _gone(own)
    values = {**around.values, **{key: own[key] for key in _INHERITED if key in own}}
    inner = _Handed(values, gone, _moved(element, around.at))
    if name == "g":
        yield from _inside(element, inner, picture)
    elif name in (*_SHAPES, "text") and "unseen" not in classes.split():
        said = after if "outline" in classes.split() else element
        words = " ".join("".join(said.itertext()).split()) if _name(said) == "text" else ""
        of = tuple(element.get("data-of", "").split())
        hidden = gone or _unpainted(values, name, picture)
        if not hidden and name == "text" and "label-marker" not in classes:
            hidden = _faint(values, picture)
        if not hidden and (words or of):
            hidden = _outside(element, inner.at, picture)
        yield SetMark(picture.figure, classes, words, of, hidden)


def _gone(own: Mapping[str, str]) -> str:
    """The declaration by which an element and all that is in it cannot be seen."""
    if own.get("display") == "none":
        return "display: none"
    return f"opacity: {own['opacity']}" if _is_zero(own.get("opacity", "1")) else ""


def _unpainted(values: Mapping[str, str], name: str, picture: _Picture) -> str:
    """The declaration by which a shape or words are not painted."""
    if values.get("visibility", "visible") != "visible":
        return f"visibility: {values['visibility']}"
    if name == "text" and _is_zero(values.get("font-size", "1")):
        return f"font-size: {values['font-size']}"
    if _paints(values.get("stroke", "none"), values.get("stroke-opacity", "1"), picture) and (
        not _is_zero(values.get("stroke-width", "1"))
    ):
        return ""
    fill, opacity = values.get("fill", "black"), values.get("fill-opacity", "1")
    if _paints(fill, opacity, picture):
        return ""
    if _is_zero(opacity):
        return f"fill-opacity: {opacity}"
    return "fill: a pattern without lines" if fill.startswith("url") else f"fill: {fill}"


def _paints(colour: str, opacity: str, picture: _Picture) -> bool:
    """Whether a fill or stroke can be seen."""
    if colour == "none" or _is_zero(opacity):
        return False
    if match := re.fullmatch(r"url\(#(.+)\)", colour):
        pattern = picture.patterns.get(match[1], ())
        return any(not mark.hidden for mark in _inside(pattern, _Handed(), picture))
    parsed = parse_color(colour)
    return parsed is None or parsed == "currentcolor" or parsed.alpha > 0


def _faint(values: Mapping[str, str], picture: _Picture) -> str:
    """Whether words have the colour of the halo around them."""
    ground = declared(picture.rules, "halo").get("fill")
    ink = values.get("fill", "black")
    one, other = (rgb_of(colour) for colour in (ink, ground or ""))
    if one and other and contrast(one, other) < LEAST_CONTRAST:
        return f"fill: {ink} on {ground}"
    return ""


def _is_zero(value: str) -> bool:
    match = re.match(r"[-+]?[\d.]+(?:e-?\d+)?", value)
    return match is not None and float(match[0]) <= 0


# -- where it stands -----------------------------------------------------------------------------

_MOVED = re.compile(r"translate\((\S+?)[ ,]+(\S+?)\)")
_STEP = re.compile(r"([MmLl])\s*(-?[\d.]+)[ ,]+(-?[\d.]+)")


def _moved(element: Any, at: Point) -> Point:
    match = _MOVED.match(element.get("transform", ""))
    return (at[0] + float(match[1]), at[1] + float(match[2])) if match else at


def _outside(element: Any, at: Point, picture: _Picture) -> str:
    """Whether an element lies wholly outside its picture, by the corners of its shape."""
    left, top, right, bottom = picture.edges
    points = [(at[0] + x, at[1] + y) for x, y in _corners(element)]
    if not points:
        return ""
    xs, ys = zip(*points, strict=True)
    beside = max(xs) < left or min(xs) > right or max(ys) < top or min(ys) > bottom
    return "outside the picture" if beside else ""


def _corners(element: Any) -> list[Point]:
    """The corners of a shape, without those of its curves, or where words begin."""
    if "scale" in element.get("transform", ""):  # an outlined word, in units of its font
        return [(0.0, 0.0)]
    if data := element.get("d"):
        return list(_steps(data))
    names = ("cx", "cy") if element.get("cx") else ("x", "y")
    x, y = (str(element.get(name, "0")).split()[0] for name in names)
    return [(float(x), float(y))]


def _steps(data: str) -> Iterator[Point]:
    x = y = 0.0
    for kind, across, down in _STEP.findall(data):
        from_x, from_y = (x, y) if kind.islower() else (0.0, 0.0)
        x, y = from_x + float(across), from_y + float(down)
        yield x, y
