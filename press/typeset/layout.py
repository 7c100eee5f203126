"""What lies where on the set pages, as plain values, read from the typesetter's boxes.

Lengths are in points, from the upper left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from press.base.finding import Rect
from press.base.units import PX
from press.design.contrast import Rgb
from press.typeset import breaks, engine
from press.typeset.engine import boxes

GONE = 0.1
"""How opaque words are below which they are not there."""
BLACK: Rgb = (0.0, 0.0, 0.0)
WHITE: Rgb = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class TextRun:
    """Letters of one look within a line; ``ground`` is what is printed under them.

    Runs stand in a line in the order of the text; ``left`` is where each begins on the page.

    ``families``, ``weight`` and ``slope`` are those that were asked for, ``element`` the innermost
    around them.

    Where they are ``pictured``, a picture or a gradient lies there, and only the printed page shows
    the ground (``press.typeset.grounds``).
    """

    text: str
    size: float
    ink: Rgb
    ground: Rgb
    path: tuple[str, ...]
    pictured: bool = False
    weight: int = 400
    slope: str = "normal"
    families: tuple[str, ...] = ()
    element: Any = field(default=None, compare=False, repr=False)
    left: float = 0.0


@dataclass(frozen=True)
class TextLine:
    """One line of text.

    ``part`` is ``main``, ``note`` (at the foot) or ``margin`` (running head, folio). ``path`` names
    the elements around it, outermost first, as ``tag`` or ``tag.class.class``; ``anchors`` are
    their ids, and those in the line. ``over`` is by how much it runs out of the cell or block that
    holds it. ``element`` is the innermost around it. ``leftwards`` says
    that its block runs from right to left.
    """

    page: int
    part: str
    left: float
    top: float
    right: float
    bottom: float
    runs: tuple[TextRun, ...]
    over: float
    path: tuple[str, ...]
    anchors: tuple[str, ...]
    element: Any = field(default=None, compare=False, repr=False)
    leftwards: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)

    def within(self, *names: str) -> bool:
        """Whether one of the elements or classes is around it."""
        return inside(self.path, *names)

    @property
    def box(self) -> Rect:
        """Where it stands on its page."""
        return self.left, self.top, self.right, self.bottom

    @property
    def block(self) -> str:
        """The tag of the innermost element that is a block."""
        return self.path[-1].partition(".")[0] if self.path else ""


def inside(path: tuple[str, ...], *names: str) -> bool:
    """Whether one of the elements or classes is in a path."""
    return any(name in step.split(".") for step in path for name in names)


@dataclass(frozen=True)
class PlacedPicture:
    """A picture as it is printed: which, where, and how large; ``source`` is "" for a drawing.

    ``path`` names the elements around it and its own, as that of a line does.
    """

    page: int
    source: str
    left: float
    top: float
    width: float
    height: float
    anchors: tuple[str, ...]
    path: tuple[str, ...] = ()
    element: Any = field(default=None, compare=False, repr=False)

    def within(self, *names: str) -> bool:
        """Whether one of the elements or classes is around it, or is its own."""
        return inside(self.path, *names)

    @property
    def box(self) -> Rect:
        """Where it stands on its page."""
        return self.left, self.top, self.left + self.width, self.top + self.height


@dataclass(frozen=True)
class PageArea:
    """One page: its size, and where its text may stand (left, top, right, bottom).

    It is ``asked`` to end where it does if a break follows that is asked for, or nothing.
    """

    width: float
    height: float
    area: tuple[float, float, float, float]
    asked: bool = True


@dataclass(frozen=True)
class Layout:
    """All pages: lines and pictures in the order in which they are read."""

    pages: tuple[PageArea, ...] = ()
    lines: tuple[TextLine, ...] = field(default=(), repr=False)
    pictures: tuple[PlacedPicture, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class _Around:
    """What is known of the boxes around a box; ``edge`` is where its lines must end."""

    page: int
    part: str
    ground: Rgb
    edge: float = float("inf")
    path: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    pictured: bool = False
    element: Any = None
    opaque: float = 1.0


def read(pages: Iterable[Any]) -> Layout:
    """The layout of the pages of a rendered document."""
    areas: list[PageArea] = []
    found: list[TextLine | PlacedPicture] = []
    every = [engine.page_box(page) for page in pages]
    for number, (box, following) in enumerate(zip(every, (*every[1:], None), strict=True), start=1):
        areas.append(_area(box, following is None or breaks.is_asked(box, following)))
        ground = _colour(box.style["background_color"], WHITE)
        for child in engine.children(box):
            part = _PARTS.get(type(child), "main")
            around = _Around(number, part, ground, pictured=_has_picture(box))
            found += _inside(child, around)
    return Layout(
        tuple(areas),
        tuple(one for one in found if isinstance(one, TextLine)),
        tuple(one for one in found if isinstance(one, PlacedPicture)),
    )


_PARTS = {boxes.MarginBox: "margin", boxes.FootnoteAreaBox: "note"}


def _area(box: Any, asked: bool) -> PageArea:
    left, top = box.content_box_x() * PX, box.content_box_y() * PX
    area = (left, top, left + box.width * PX, top + box.height * PX)
    return PageArea(box.margin_width() * PX, box.margin_height() * PX, area, asked)


def _inside(box: Any, around: _Around) -> Iterator[TextLine | PlacedPicture]:
    if isinstance(box, boxes.LineBox):
        yield from _line(box, around)
        return
    within = _entered(box, around)
    if isinstance(box, boxes.ReplacedBox):
        yield from _picture(box, within)
        return
    for child in engine.children(box):
        yield from _inside(child, within)


def _entered(box: Any, around: _Around) -> _Around:
    """What surrounds the children of ``box``."""
    element = box.element
    path, anchors = around.path, around.anchors
    if element is not None and "::" not in str(box.element_tag):
        name = ".".join([str(box.element_tag), *element.get("class", "").split()])
        path = path if path and path[-1] == name else (*path, name)
        anchor = element.get("id", "")
        anchors = (*anchors, anchor) if anchor and anchor not in anchors else anchors
    edge = around.edge
    if type(box) in _HOLDERS and box.width != "auto":
        edge = (box.position_x + box.margin_width()) * PX
    own = box.style["background_color"]
    ground = _colour(own, around.ground)
    pictured = _has_picture(box) or (around.pictured and _alpha(own) < 1)
    return replace(
        around,
        opaque=around.opaque * float(box.style["opacity"]),
        ground=ground,
        edge=edge,
        path=path,
        anchors=anchors,
        pictured=pictured,
        element=around.element if element is None else element,
    )


def _has_picture(box: Any) -> bool:
    """Whether a picture or a gradient lies under what is in a box; notes have a rule of one."""
    if isinstance(box, boxes.FootnoteAreaBox):
        return False
    return any(kind != "none" for kind, _ in box.style["background_image"])


def _alpha(value: Any) -> float:
    """How opaque a colour is, from 0 to 1; 0 where it cannot be read, so that the page decides."""
    return found[3] if (found := _readable(value)) else 0.0


_HOLDERS = frozenset(
    {boxes.TableCellBox, boxes.BlockBox, boxes.InlineBlockBox, boxes.FlexBox, boxes.GridBox}
)
"""The boxes that lines must not run out of."""


def _line(box: Any, around: _Around) -> Iterator[TextLine | PlacedPicture]:
    runs: list[tuple[Any, _Around]] = []
    anchors: list[str] = list(around.anchors)
    yield from _runs(box, around, runs, anchors)
    if not runs:
        return
    left = min(run.position_x for run, _ in runs) * PX
    right = max(run.position_x + run.width for run, _ in runs) * PX
    yield TextLine(
        page=around.page,
        part=around.part,
        left=left,
        top=box.position_y * PX,
        right=right,
        bottom=(box.position_y + box.height) * PX,
        runs=tuple(_run(run, within) for run, within in runs),
        over=max(0.0, right - around.edge),
        path=around.path,
        anchors=tuple(anchors),
        element=around.element,
        leftwards=box.style["direction"] == "rtl",
    )


def _run(box: Any, around: _Around) -> TextRun:
    style = box.style
    return TextRun(
        box.text,
        float(style["font_size"]) * PX,
        _paled(_colour(style["color"], BLACK, around.ground), around),
        around.ground,
        around.path,
        around.pictured,
        style["font_weight"],
        style["font_style"],
        style["font_family"],
        around.element,
        box.position_x * PX,
    )


def _paled(ink: Rgb, around: _Around) -> Rgb:
    """The colour of letters as it is seen through the opacity of what is around them.

    Letters that are not there at all keep theirs: of them the ledger tells.
    """
    if around.opaque == 1 or around.opaque < GONE:
        return ink
    red, green, blue = (
        around.opaque * a + (1 - around.opaque) * b for a, b in zip(ink, around.ground, strict=True)
    )
    return red, green, blue


def _runs(
    box: Any, around: _Around, runs: list[tuple[Any, _Around]], anchors: list[str]
) -> Iterator[TextLine | PlacedPicture]:
    """Collects the runs of text in a line; what is a block or picture in it is yielded apart."""
    for child in engine.children(box):
        if isinstance(child, boxes.TextBox):
            if child.text.strip():
                runs.append((child, around))
        elif isinstance(child, boxes.InlineBox):
            element = child.element
            if element is not None and (anchor := element.get("id", "")):
                anchors.append(anchor)
            yield from _runs(child, _entered(child, around), runs, anchors)
        else:
            yield from _inside(child, around)


def _picture(box: Any, around: _Around) -> Iterator[PlacedPicture]:
    source = unquote(box.element.get("src", "")) if box.element is not None else ""
    if source or box.element_tag == "svg":
        left, top = box.content_box_x() * PX, box.content_box_y() * PX
        size = box.width * PX, box.height * PX
        yield PlacedPicture(
            around.page, source, left, top, *size, around.anchors, around.path, around.element
        )


def _colour(value: Any, otherwise: Rgb, ground: Rgb | None = None) -> Rgb:
    """A colour of CSS as sRGB, laid over ``ground`` where it is transparent; else ``otherwise``."""
    if (found := _readable(value)) is None:
        return otherwise
    red, green, blue, alpha = found
    under = otherwise if ground is None else ground
    return (
        alpha * red + (1 - alpha) * under[0],
        alpha * green + (1 - alpha) * under[1],
        alpha * blue + (1 - alpha) * under[2],
    )


def _readable(value: Any) -> tuple[float, float, float, float] | None:
    """A colour of CSS as sRGB with its opacity, from 0 to 1; None for currentcolor and the like."""
    try:
        return _srgb(value)
    except (AttributeError, TypeError, ValueError, NotImplementedError):
        return None


def _srgb(value: Any) -> tuple[float, float, float, float]:
    if value.space == "device-cmyk":  # naively, as CSS Color 5, §10.2, would have it shown
        *inks, black = (float(part or 0) for part in value.coordinates)
        red, green, blue = ((1 - min(1.0, part)) * (1 - min(1.0, black)) for part in inks)
        return red, green, blue, float(value.alpha)
    seen = value.to("srgb")
    red, green, blue = (min(1.0, max(0.0, float(part or 0))) for part in seen.coordinates)
    return red, green, blue, float(seen.alpha)
