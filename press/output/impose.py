"""Stage 9: pages are laid on sheets. Page order is pure; assembly keeps links and outline alive.

A *side* is one printed side of a sheet, named by the numbers of its pages from left to right, row
by row; None is a blank. Lengths are points unless a name says millimetres.

Creep: in a saddle-stitched signature each sheet lies inside the sheets before it, so that its
leaves stand out at the fore-edge by their thickness, and lose as much when the edge is trimmed
even. The pages of sheet *n*, counted from 0 at the outside, are therefore moved towards the fold by
``n × caliper``. Over a whole signature that is (pages / 4 − 1) × caliper, as the manuals of Kodak
Preps (shingling) and Impozycjoner (reduction of creep) reckon it for paper that is pressed flat.
Loosely folded paper creeps up to π/2 times as far, the half circle against its diameter; a larger
``--caliper`` answers that.
"""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf, String
from tinycss2.color4 import Color, parse_color

from press.typeset.xmp import unclaimed
from press.design.editions import FOLDED
from press.plates.sheet import millimetres

Pages = tuple[int | None, ...]
"""Numbers of pages from 1; None is a blank."""
Size = tuple[float, float]
"""Width and height."""
Tint = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""
Box = tuple[float, float, float, float]
"""Left, bottom, width and height."""

MM = 72 / 25.4
"""Points in a millimetre."""
LEAVES = 4
"""Pages of a folded sheet."""
SHRUNK = 0.97
"""Scale below which a page of a booklet is no longer the size it was set for."""
STAPLED = 16
"""Sheets of office paper that fold well together and take a staple."""
SHEETS: Mapping[str, Size] = {
    "a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "letter": (215.9, 279.4),
    "legal": (215.9, 355.6), "half-letter": (139.7, 215.9), "tabloid": (279.4, 431.8),
}  # fmt: skip
"""Papers, upright, in millimetres (ISO 216; ANSI Y14.1 and common use)."""


@dataclass(frozen=True)
class Side:
    """What one side of a sheet carries; ``depth`` sheets lie outside it in its signature."""

    pages: Pages
    depth: int = 0
    back: bool = False


@dataclass(frozen=True)
class Options:
    """What the edition's tokens say of sheets. Lengths in points.

    ``signature`` is the number of sheets folded together, 0 for all; ``caliper`` the thickness of
    the paper, 0 for no compensation of creep; ``margin`` and ``gap`` stand around and between pages
    that are printed small. ``paper`` is the tint of pages, None for white.
    """

    caliper: float = 0.1 * MM
    signature: int = 0
    margin: float = 6 * MM
    gap: float = 4 * MM
    leftwards: bool = False
    paper: Tint | None = None


@dataclass(frozen=True)
class Plan:
    """Sheets as they will be: their size, their cells, and the sides in the order of printing."""

    sheet: Size
    cells: tuple[Box, ...]
    sides: tuple[Side, ...]
    folded: bool = False
    caliper: float = 0.0
    leaf: Size = (0.0, 0.0)
    paper: Tint | None = None


@dataclass(frozen=True)
class Imposed:
    """Sheets ready for the printer, how many sides they have, and how to print them.

    ``shrunk`` are pages of a booklet that are larger than a leaf, and their scale.
    """

    pdf: bytes
    sides: int
    advice: tuple[str, ...]
    shrunk: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class Placement:
    """Where a page went: its sheet, and x ↦ scale · x + dx, y ↦ scale · y + dy."""

    side: int
    scale: float
    dx: float
    dy: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page, on the sheet."""
        return self.scale * x + self.dx, self.scale * y + self.dy


def options(tokens: Mapping[str, str], leftwards: bool = False) -> Options:
    """The options that an edition's tokens give; ``leftwards`` where its script runs so.

    Raises ValueError for a length that is none, or a signature that is no number.
    """
    return Options(
        caliper=length(tokens, "--caliper"),
        signature=int(tokens["--signature"]),
        margin=length(tokens, "--imposed-margin"),
        gap=length(tokens, "--imposed-gap"),
        leftwards=leftwards,
        paper=_tint(tokens["--paper"]),
    )


def _tint(colour: str) -> Tint | None:
    """A colour of CSS; None for white, and for what is not written as red, green and blue."""
    found = parse_color(colour)
    if not isinstance(found, Color) or found.space not in ("srgb", "hsl", "hwb"):
        return None
    red, green, blue = found.to("srgb").coordinates
    return None if red == green == blue == 1 else (red, green, blue)


def length(tokens: Mapping[str, str], name: str) -> float:
    """A length among tokens in points; raises KeyError or ValueError where it is none."""
    return millimetres(tokens[name]) * MM


# -- page order --------------------------------------------------------------------------------


def saddle(pages: int, signature: int = 0, leftwards: bool = False) -> tuple[Side, ...]:
    """Sides of sheets that are folded once and laid into one another, outermost first.

    Each sheet is its front and its back, turned over on the short edge. The last page is the back
    cover: blanks go before it. ``signature`` is the largest number of sheets folded together, 0 for
    all; the signatures are as even as can be. ``leftwards`` is bound at the right.
    """
    sheets = math.ceil(pages / LEAVES)
    blanks: list[int | None] = [None] * (sheets * LEAVES - pages)
    order = [*range(1, pages), *blanks, pages] if pages > 1 else [1, *blanks]
    sides: list[Side] = []
    at = 0
    for folded in even(sheets, signature or sheets):
        part = order[at : at + folded * LEAVES]
        at += len(part)
        for depth in range(folded):
            front = part[-1 - 2 * depth], part[2 * depth]
            back = part[1 + 2 * depth], part[-2 - 2 * depth]
            for pair, turned in ((front, False), (back, True)):
                sides.append(Side(pair[::-1] if leftwards else pair, depth, turned))
    return tuple(sides)


def even(sheets: int, most: int) -> tuple[int, ...]:
    """``sheets`` in as few parts of at most ``most`` as can be, the larger first."""
    parts = math.ceil(sheets / most)
    return tuple(sheets // parts + (part < sheets % parts) for part in range(parts))


def grid(pages: int, columns: int, rows: int, leftwards: bool = False) -> tuple[Side, ...]:
    """Sides with the pages in reading order, row by row, from the right where ``leftwards``."""
    each = columns * rows
    sides = []
    for number, first in enumerate(range(1, pages + 1, each)):
        numbers = [n if n <= pages else None for n in range(first, first + each)]
        lines = [numbers[at : at + columns] for at in range(0, each, columns)]
        if leftwards:
            lines = [line[::-1] for line in lines]
        sides.append(Side(tuple(n for line in lines for n in line), back=number % 2 == 1))
    return tuple(sides)


# -- geometry ----------------------------------------------------------------------------------


def cells(sheet: Size, columns: int, rows: int, margin: float, gap: float) -> tuple[Box, ...]:
    """Equal boxes on a sheet, row by row from the top left."""
    width = (sheet[0] - 2 * margin - (columns - 1) * gap) / columns
    height = (sheet[1] - 2 * margin - (rows - 1) * gap) / rows
    return tuple(
        (margin + column * (width + gap), sheet[1] - margin - height - row * (height + gap),
         width, height)
        for row in range(rows)
        for column in range(columns)
    )  # fmt: skip


def arranged(each: int, page: Size, sheet: Size, margin: float, gap: float) -> tuple[Size, int]:
    """The sheet, upright or across, and the columns that show ``each`` pages largest."""
    width, height = sorted(sheet)

    def scale(choice: tuple[Size, int]) -> float:
        (_, _, wide, high), *_ = cells(choice[0], choice[1], each // choice[1], margin, gap)
        return min(wide / page[0], high / page[1])

    ways = [
        (way, columns)
        for way in ((width, height), (height, width))
        for columns in range(1, each + 1)
        if each % columns == 0
    ]
    return max(ways, key=lambda way: (round(scale(way), 4), way[1]))


def plan(scheme: str, sizes: Sequence[Size], paper: str, options: Options) -> Plan:
    """How pages of ``sizes`` stand on sheets by ``scheme`` ("saddle", "2-up", "4-up").

    ``paper`` is what the pages are set on. Raises KeyError for a scheme that is none.
    """
    return _PLANS[scheme](sizes, paper, options)


def _saddled(sizes: Sequence[Size], paper: str, options: Options) -> Plan:
    wide, high = _usual(sizes)
    folded = FOLDED.get(paper)
    sheet = _across(SHEETS[folded]) if folded else (2 * wide, high)
    half = sheet[0] / 2
    sides = saddle(len(sizes), options.signature, options.leftwards)
    boxes = ((0.0, 0.0, half, sheet[1]), (half, 0.0, half, sheet[1]))
    return Plan(sheet, boxes, sides, True, options.caliper, (wide, high), options.paper)


def _up(each: int) -> Callable[[Sequence[Size], str, Options], Plan]:
    def planned(sizes: Sequence[Size], paper: str, options: Options) -> Plan:
        page = _usual(sizes)
        ground = _across(SHEETS[paper]) if paper in SHEETS else page
        sheet, columns = arranged(each, page, ground, options.margin, options.gap)
        rows = each // columns
        boxes = cells(sheet, columns, rows, options.margin, options.gap)
        return Plan(sheet, boxes, grid(len(sizes), columns, rows, options.leftwards))

    return planned


_PLANS: Mapping[str, Callable[[Sequence[Size], str, Options], Plan]] = {
    "saddle": _saddled,
    "2-up": _up(2),
    "4-up": _up(4),
}
SCHEMES = tuple(_PLANS)
"""Names of the ways in which pages are laid on sheets."""


def _usual(sizes: Sequence[Size]) -> Size:
    """The size of most pages."""
    return Counter((round(w, 2), round(h, 2)) for w, h in sizes).most_common(1)[0][0]


def _across(paper: Size) -> Size:
    """A paper in millimetres as points, the long edge across."""
    return max(paper) * MM, min(paper) * MM


def placed(trim: Box, cell: Box, toward: float = 0.0, hold: float = 0.5) -> tuple[float, ...]:
    """Scale, dx and dy that put a page, trimmed at ``trim``, into ``cell``.

    It is made smaller where it must, larger only where ``hold`` is 0.5; ``hold`` says where the
    room left over goes across: 0 holds the page at the left of its cell, 1 at the right.
    ``toward`` moves it to the right.
    """
    left, bottom, width, height = trim
    scale = min(cell[2] / width, cell[3] / height)
    if hold != 0.5 and scale > 1 - 1e-3:
        scale = 1.0
    dx = cell[0] + (cell[2] - width * scale) * hold + toward - left * scale
    dy = cell[1] + (cell[3] - height * scale) / 2 - bottom * scale
    return scale, dx, dy


# -- assembly ----------------------------------------------------------------------------------


def impose(pdf: bytes, scheme: str, paper: str, options: Options, title: str = "") -> Imposed:
    """The pages of ``pdf`` on sheets, links, named destinations and outline with them.

    Sheets are for printing only: what is read aloud, and every claim of PDF/A and PDF/UA, is left
    out. ``title`` is the document's own. The same pages give the same bytes.
    """
    with Pdf.open(io.BytesIO(pdf)) as document:
        pages = list(document.pages)
        trims = [_trim(page) for page in pages]
        laid = plan(scheme, [trim[2:] for trim in trims], paper, options)
        placements = _assemble(document, pages, trims, laid)
        _move_links(document, pages, placements, len(laid.sides))
        del document.pages[: len(pages)]
        _declare(document, laid, title)
        out = io.BytesIO()
        document.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    shrunk = [(n + 1, p.scale) for n, p in sorted(placements.items()) if p.scale < SHRUNK]
    return Imposed(
        out.getvalue(), len(laid.sides), advice(laid, paper), tuple(shrunk if laid.folded else ())
    )


def _trim(page: Any) -> Box:
    left, bottom, right, top = (float(edge) for edge in page.trimbox.as_list())
    return left, bottom, right - left, top - bottom


def _assemble(
    document: Pdf, pages: Sequence[Page], trims: Sequence[Box], laid: Plan
) -> dict[int, Placement]:
    """Adds the sheets behind the pages; where each page went, by its index."""
    placements: dict[int, Placement] = {}
    for at, side in enumerate(laid.sides):
        forms: dict[str, Any] = {}
        drawn: list[str] = []
        for column, (number, cell) in enumerate(zip(side.pages, laid.cells, strict=True)):
            toward, hold = 0.0, 0.5
            if laid.folded:  # the left page stands at the right of its cell, and moves rightwards
                hold = 1.0 - column
                toward = side.depth * laid.caliper * (1 - 2 * column)
            if number is None:
                if laid.folded and laid.paper:
                    drawn.append(_blank(laid, cell, placed((0, 0, *laid.leaf), cell, toward, hold)))
                continue
            placement = Placement(at, *placed(trims[number - 1], cell, toward, hold))
            placements[number - 1] = placement
            name = f"/P{number}"
            forms[name] = document.make_indirect(pages[number - 1].as_form_xobject())
            drawn.append(_drawn(name, placement, trims[number - 1], cell, framed=not laid.folded))
        if laid.folded and side.back:
            drawn.append(_fold(laid.sheet))
        document.add_blank_page(page_size=laid.sheet)
        sheet = document.pages[-1].obj
        sheet.Resources = Dictionary(XObject=Dictionary(forms))
        sheet.Contents = document.make_stream("".join(drawn).encode())
    return placements


def _blank(laid: Plan, cell: Box, at: tuple[float, ...]) -> str:
    """A blank leaf in the colour of the paper, as printed pages are."""
    clip = " ".join(_number(edge) for edge in cell)
    edges = (at[1], at[2], laid.leaf[0] * at[0], laid.leaf[1] * at[0])
    red, green, blue = (_number(part) for part in laid.paper or (1, 1, 1))
    box = " ".join(_number(edge) for edge in edges)
    return f"q {clip} re W n {red} {green} {blue} rg {box} re f Q\n"


def _drawn(name: str, placement: Placement, trim: Box, cell: Box, *, framed: bool) -> str:
    """The operators that draw a page in its cell, with a faint line to cut along."""
    x, y = placement.point(trim[0], trim[1])
    clip = " ".join(_number(edge) for edge in cell)
    matrix = f"{_number(placement.scale)} 0 0 {_number(placement.scale)}"
    matrix += f" {_number(placement.dx)} {_number(placement.dy)}"
    text = f"q {clip} re W n {matrix} cm {name} Do Q\n"
    if framed:
        edges = (x, y, trim[2] * placement.scale, trim[3] * placement.scale)
        text += f"q 0.75 G 0.2 w {' '.join(_number(edge) for edge in edges)} re S Q\n"
    return text


def _fold(sheet: Size) -> str:
    """Ticks at the head and the foot of the fold, inside the booklet where the fold hides them."""
    middle, height = _number(sheet[0] / 2), sheet[1]
    ends = ((0.0, 7 * MM), (height - 7 * MM, height))
    ticks = "".join(f"{middle} {_number(a)} m {middle} {_number(b)} l " for a, b in ends)
    return f"q 0.6 G 0.25 w {ticks}S Q\n"


def _number(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".") or "0"


def _move_links(
    document: Pdf, pages: Sequence[Page], placements: Mapping[int, Placement], sheets: int
) -> None:
    """Links and what they lead to follow their pages on to the sheets."""
    index = {page.objgen: at for at, page in enumerate(pages)}
    new = document.pages[-sheets:]
    moved: set[tuple[int, int]] = set()
    for target in _targets(document.Root, pages):
        if target.is_indirect and target.objgen in moved:
            continue
        moved.add(target.objgen)
        place = placements.get(index.get(target[0].objgen, -1))
        if place is not None:
            aimed = new[place.side].obj, Name.XYZ, *_aimed(list(target)[2:4], place), 0
            while len(target):
                del target[0]
            target.extend(aimed)
    for at, page in enumerate(pages):
        sheet: Any = new[placements[at].side].obj
        for annotation in _annotations(page):
            _shift(annotation, placements[at])
            if Name.Annots not in sheet:
                sheet.Annots = document.make_indirect(Array())
            sheet.Annots.append(annotation)


def _annotations(page: Page) -> Iterator[Any]:
    annotations: Any = page.obj.get(Name.Annots)
    yield from annotations if annotations is not None else ()


def _targets(root: Any, pages: Sequence[Page]) -> Iterator[Any]:
    """Every explicit destination: of links, of names, of the outline."""
    holders = [link for page in pages for link in _annotations(page)]
    holders += _items(root.get(Name.Outlines))
    holders += [link.A for link in holders if Name.A in link]
    found = [holder.get(key) for holder in holders for key in (Name.Dest, Name.D)]
    names = root.get(Name.Names)
    if names is not None and Name.Dests in names:
        found += [
            target.get(Name.D) if isinstance(target, Dictionary) else target
            for target in pikepdf.NameTree(names.Dests).values()
        ]
    for target in found:
        if isinstance(target, Array) and len(target):
            yield target


def _aimed(point: Sequence[Any], place: Placement) -> tuple[float, float]:
    """The point at which a destination aims, on the sheet; the page's corner where it has none."""
    x, y = (float(v) if isinstance(v, int | float | Decimal) else 0.0 for v in (*point, 0, 0)[:2])
    x, y = place.point(x, y)
    return round(x, 3), round(y, 3)


def _shift(annotation: Any, place: Placement) -> None:
    """Moves the area of a link; its place among the tags is gone."""
    for key in (Name.Rect, Name.QuadPoints):
        if key in annotation:
            numbers = [float(v) for v in annotation[key]]
            points = zip(numbers[::2], numbers[1::2], strict=True)
            moved = [round(v, 3) for point in points for v in place.point(*point)]
            annotation[key] = Array(moved)
    for key in (Name.StructParent, Name.P):
        if key in annotation:
            del annotation[key]


def _items(outlines: Any) -> Iterator[Any]:
    """Every item of an outline."""
    item = outlines.get(Name.First) if outlines is not None else None
    while item is not None:
        yield item
        yield from _items(item)
        item = item.get(Name.Next)


def _declare(document: Pdf, laid: Plan, title: str) -> None:
    """Says what the file is: sheets to print, no longer pages to read aloud or to archive."""
    root: Any = document.Root
    for key in ("/StructTreeRoot", "/MarkInfo", "/OutputIntents", "/OpenAction", "/PageLabels"):
        if key in root:
            del root[key]
    title = title or str(document.docinfo.get(Name.Title) or "")
    document.docinfo[Name.Title] = String(f"{title} ({NOTICE})")
    if Name.Metadata in root:
        said = unclaimed(root.Metadata.read_bytes(), f"{title} ({NOTICE})")
        root.Metadata = Dictionary()
        root.Metadata = document.make_stream(said, Type=Name.Metadata, Subtype=Name.XML)
    wishes = root.get(Name.ViewerPreferences, Dictionary())
    wishes[Name.Duplex] = Name("/DuplexFlipShortEdge" if _short(laid) else "/DuplexFlipLongEdge")
    wishes[Name.PrintScaling] = Name("/None")
    root.ViewerPreferences = wishes
    labels = Array()
    for at, side in enumerate(laid.sides):
        carried = " ".join(str(number or "–") for number in side.pages)
        labels.append(at)
        labels.append(Dictionary(P=String(carried)))
    root.PageLabels = Dictionary(Nums=labels)


NOTICE = "sheets for printing only"
"""Stands behind the title of an imposed file."""


def _short(laid: Plan) -> bool:
    """Whether sheets are turned on their short edge: those that lie across."""
    return laid.sheet[0] > laid.sheet[1]


# -- advice ------------------------------------------------------------------------------------


def advice(laid: Plan, paper: str) -> tuple[str, ...]:
    """How to print and bind the sheets, a sentence each."""
    sheets = math.ceil(len(laid.sides) / 2)
    count = "1 sheet" if sheets == 1 else f"{sheets} sheets"
    size = FOLDED.get(paper, paper) if laid.folded else paper
    edge = "short" if _short(laid) else "long"
    name = size.capitalize()
    if len(laid.sides) == 1:
        return (f"print 1 sheet of {name} on one side, at 100 %",)
    lines = [f"print {count} of {name} on both sides, flipped on the {edge} edge, at 100 %"]
    if not laid.folded:
        return tuple(lines)
    parts = [side.depth for side in laid.sides if not side.back]
    starts = [at for at, depth in enumerate(parts) if depth == 0] + [len(parts)]
    signatures = [b - a for a, b in pairwise(starts)]
    if len(signatures) == 1:
        lines.append("fold the stack once, with the title outside, and staple it twice in the fold")
    else:
        groups = ", ".join(map(str, signatures))
        lines.append(f"fold {len(signatures)} signatures of {groups} sheets, and sew them in order")
    creep = (max(signatures) - 1) * laid.caliper / MM
    if creep:
        lines.append(f"creep of {creep:.1f} mm is compensated; trim the fore-edge even")
    if max(signatures) > STAPLED:
        lines.append(
            f"{max(signatures)} sheets are many for one fold; set the token --signature to 4"
        )
    return tuple(lines)
