"""Stage 9: pages are laid on sheets, and links and outline stay alive. Lengths are points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf, String

from press.base.units import MM
from press.output.page_order import SheetSide
from press.output.pdf import (
    COMPACT,
    Size,
    give_up_standards,
    numbers,
    opened,
    remove,
    saved,
    trimmed,
)
from press.output.print_advice import advice
from press.output.sheet_plan import Box, Options, Placement, Plan, in_column, plan

SHRUNK = 0.97
"""Scale below which a page of a booklet is no longer the size it was set for."""


@dataclass(frozen=True)
class Imposed:
    """Sheets ready for the printer, how many sides they have, and how to print them.

    ``shrunk`` are pages of a booklet that are larger than a leaf, and their scale; ``scale`` is
    that of most pages.
    """

    pdf: bytes
    sides: int
    advice: tuple[str, ...]
    shrunk: tuple[tuple[int, float], ...] = ()
    scale: float = 1.0


def impose(pdf: bytes, scheme: str, paper: str, options: Options) -> Imposed:
    """The pages of ``pdf`` on sheets, links, named destinations and outline with them.

    Sheets are for printing only: what is read aloud, and every claim of PDF/A and PDF/UA, is left
    out. The same pages give the same bytes.
    """
    with opened(pdf) as document:
        pages = list(document.pages)
        trims = [_trim(page) for page in pages]
        laid = plan(scheme, [trim[2:] for trim in trims], paper, options)
        placements = _assemble(document, pages, trims, laid)
        _move_links(document, pages, placements, len(laid.sides))
        del document.pages[: len(pages)]
        _declare(document, laid)
        made = saved(document, object_stream_mode=COMPACT)
    scales = [(index + 1, at.scale) for index, (_, at) in sorted(placements.items())]
    ((usual, _),) = Counter(round(scale, 3) for _, scale in scales).most_common(1)
    shrunk = tuple((page, scale) for page, scale in scales if laid.folded and scale < SHRUNK)
    return Imposed(made, len(laid.sides), advice(laid, paper), shrunk, usual)


Placements = Mapping[int, tuple[int, Placement]]
"""The side on which each page went, and where; by its index."""


def _trim(page: Any) -> Box:
    left, bottom, right, top = trimmed(page)
    return left, bottom, right - left, top - bottom


def _assemble(document: Pdf, pages: Sequence[Page], trims: Sequence[Box], laid: Plan) -> Placements:
    """Adds the sheets behind the pages; where each page went."""
    placements: dict[int, tuple[int, Placement]] = {}
    for at, side in enumerate(laid.sides):
        forms: dict[str, Any] = {}
        drawn: list[str] = []
        for column, (number, cell) in enumerate(zip(side.pages, laid.cells, strict=True)):
            if number is None:
                if laid.folded and laid.paper:
                    drawn.append(_blank(laid, side, column))
                continue
            trim, name = trims[number - 1], f"/P{number}"
            placement = in_column(laid, side, column, trim)
            placements[number - 1] = at, placement
            forms[name] = document.make_indirect(pages[number - 1].as_form_xobject())
            drawn.append(_drawn(name, placement, trim, cell, framed=not laid.folded))
        if laid.folded and side.back:
            drawn.append(_fold(laid.sheet))
        document.add_blank_page(page_size=laid.sheet)
        sheet = document.pages[-1].obj
        sheet.Resources = Dictionary(XObject=Dictionary(forms))
        sheet.Contents = document.make_stream("".join(drawn).encode())
    return placements


def _blank(laid: Plan, side: SheetSide, column: int) -> str:
    """A blank leaf in the colour of the paper, as printed pages are."""
    scale, dx, dy = in_column(laid, side, column, (0.0, 0.0, *laid.leaf))
    leaf = _numbers(dx, dy, laid.leaf[0] * scale, laid.leaf[1] * scale)
    tint = _numbers(*(laid.paper or (1, 1, 1)))
    return f"q {_numbers(*laid.cells[column])} re W n {tint} rg {leaf} re f Q\n"


def _drawn(name: str, placement: Placement, trim: Box, cell: Box, *, framed: bool) -> str:
    """The operators that draw a page in its cell, with a faint line to cut along."""
    scale, dx, dy = placement
    text = f"q {_numbers(*cell)} re W n {_numbers(scale, 0, 0, scale, dx, dy)} cm {name} Do Q\n"
    if framed:
        edges = (*placement.point(*trim[:2]), trim[2] * scale, trim[3] * scale)
        text += f"q 0.75 G 0.2 w {_numbers(*edges)} re S Q\n"
    return text


def _fold(sheet: Size) -> str:
    """Ticks at the head and the foot of the fold, inside the booklet where the fold hides them."""
    middle, height = sheet[0] / 2, sheet[1]
    ends = ((0.0, 7 * MM), (height - 7 * MM, height))
    ticks = "".join(f"{_numbers(middle, a)} m {_numbers(middle, b)} l " for a, b in ends)
    return f"q 0.6 G 0.25 w {ticks}S Q\n"


def _numbers(*values: float) -> str:
    return numbers(*values, digits=5)


def _move_links(document: Pdf, pages: Sequence[Page], placements: Placements, sheets: int) -> None:
    """Links and what they lead to follow their pages on to the sheets."""
    index = {page.objgen: at for at, page in enumerate(pages)}
    new = document.pages[-sheets:]
    moved: set[tuple[int, int]] = set()
    for target in _targets(document.Root, pages):
        if target.is_indirect and target.objgen in moved:
            continue
        moved.add(target.objgen)
        page_at = index.get(target[0].objgen, -1)
        if page_at in placements:
            side, place = placements[page_at]
            aimed = new[side].obj, Name.XYZ, *_aimed(list(target)[2:4], place), 0
            while len(target):
                del target[0]
            target.extend(aimed)
    for at, page in enumerate(pages):
        side, place = placements[at]
        sheet: Any = new[side].obj
        for annotation in _annotations(page):
            _shift(annotation, place)
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
    remove(annotation, Name.StructParent, Name.P)


def _items(outlines: Any) -> Iterator[Any]:
    """Every item of an outline."""
    item = outlines.get(Name.First) if outlines is not None else None
    while item is not None:
        yield item
        yield from _items(item)
        item = item.get(Name.Next)


def _declare(document: Pdf, laid: Plan) -> None:
    """Says what the file is: sheets to print, no longer pages to read aloud or to archive."""
    root: Any = document.Root
    remove(root, Name.OutputIntents, Name.OpenAction, Name.PageLabels)
    title = f"{document.docinfo.get(Name.Title) or ''} ({NOTICE})"
    document.docinfo[Name.Title] = String(title)
    give_up_standards(document, title)
    preferences = root.get(Name.ViewerPreferences, Dictionary())
    edge = "Short" if laid.turned_short else "Long"
    preferences[Name.Duplex] = Name(f"/DuplexFlip{edge}Edge")
    preferences[Name.PrintScaling] = Name("/None")
    root.ViewerPreferences = preferences
    labels = Array()
    for at, side in enumerate(laid.sides):
        carried = " ".join(str(number or "–") for number in side.pages)
        labels.append(at)
        labels.append(Dictionary(P=String(carried)))
    root.PageLabels = Dictionary(Nums=labels)


NOTICE = "sheets for printing only"
"""Stands behind the title of an imposed file."""
