"""A poster on many sheets: which part of it each sheet carries, where to cut, how to join.

Neighbouring sheets share a strip of the picture. The strip at a sheet's left and upper edge is cut
off along its marks, and the sheet is glued on to the strip of its neighbour, so that nothing has to
meet exactly. Lengths are points unless a name says millimetres.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jinja2 import Environment
from pikepdf import Name, Object, Pdf

from press.base.document import Document
from press.base.units import MM, letters
from press.content.model import Dossier
from press.design.styles import Style
from press.output.pdf import Size, give_up_standards, opened, saved
from press.plates.style import token_length
from press.views.render import laid_out

UNPRINTED = 8.0
"""Millimetres that printers leave white at the edges, with room for marks and a label."""
OVERLAP = 10.0
"""Millimetres that neighbours share: enough for a stick of glue."""
PLAN = (150.0, 150.0)
"""The room for the small picture of the poster on the plan, in millimetres."""
PLAN_AT = (18.0, 48.0)
"""Where its upper left corner stands there, in millimetres from that of the plan."""


@dataclass(frozen=True)
class Tiling:
    """A poster cut into ``columns`` × ``rows`` sheets; all lengths are millimetres.

    ``sheet`` is the paper as it lies in the printer, ``area`` the part of it that is printed.
    """

    poster: Size
    sheet: Size
    columns: int
    rows: int

    @property
    def area(self) -> Size:
        """What a printer reaches of the sheet."""
        return self.sheet[0] - 2 * UNPRINTED, self.sheet[1] - 2 * UNPRINTED

    @property
    def step(self) -> Size:
        """From the beginning of one tile to that of the next."""
        return self.area[0] - OVERLAP, self.area[1] - OVERLAP


@dataclass(frozen=True)
class Tile:
    """One sheet: its name, and the part of the poster that it carries, from its upper left corner.

    ``cut`` says at which of its edges, left and upper, a strip is cut off; ``glued`` at which,
    right and lower, a neighbour is glued on.
    """

    name: str
    row: int
    column: int
    left: float
    top: float
    width: float
    height: float
    cut: tuple[bool, bool]
    glued: tuple[bool, bool]


def plan(poster: Size, paper: Size) -> Tiling:
    """How a poster of this size is cut for a paper, in mm: the paper turned so as to need least."""
    turned = (paper[1], paper[0])
    made = [_counted(poster, sheet) for sheet in (paper, turned)]
    return min(made, key=lambda tiling: tiling.columns * tiling.rows)


def _counted(poster: Size, sheet: Size) -> Tiling:
    step = [side - 2 * UNPRINTED - OVERLAP for side in sheet]
    columns, rows = (
        max(1, math.ceil((whole - OVERLAP) / each - 1e-9))
        for whole, each in zip(poster, step, strict=True)
    )
    return Tiling(poster, sheet, columns, rows)


def tiles(tiling: Tiling) -> Iterator[Tile]:
    """The sheets, row by row; rows have letters and columns numbers."""
    (width, height), (across, down) = tiling.area, tiling.step
    for row in range(tiling.rows):
        for column in range(tiling.columns):
            left, top = column * across, row * down
            yield Tile(
                name=f"{letters(row).upper()}{column + 1}",
                row=row,
                column=column,
                left=left,
                top=top,
                width=min(width, tiling.poster[0] - left),
                height=min(height, tiling.poster[1] - top),
                cut=(column > 0, row > 0),
                glued=(column + 1 < tiling.columns, row + 1 < tiling.rows),
            )


def size_of(pdf: bytes) -> Size:
    """Width and height in mm of the first page of ``pdf``."""
    with opened(pdf) as document:
        left, bottom, right, top = map(float, document.pages[0].mediabox.as_list())
    return (right - left) / MM, (top - bottom) / MM


def paper_of(style: Style) -> Size:
    """Width and height in mm of the paper of a style."""
    return token_length(style, "--sheet-width", 210.0), token_length(style, "--sheet-height", 297.0)


def scale_of(tiling: Tiling) -> float:
    """How much smaller the poster is on its plan."""
    return min(PLAN[0] / tiling.poster[0], PLAN[1] / tiling.poster[1])


def sheets(tiling: Tiling, dossier: Dossier, style: Style, templates: Environment) -> Document:
    """The plan and, a page for each tile, its marks and its name; the picture comes beneath."""
    meta = dossier.meta
    document = laid_out(
        templates,
        "tiles.html",
        style,
        meta.language,
        title=meta.title,
        publisher=meta.imprint.publisher,
        tiling=tiling,
        tiles=tuple(tiles(tiling)),
        scale=scale_of(tiling),
        edge=UNPRINTED,
        overlap=OVERLAP,
        paper=style.tokens.get("--sheet-name", "").strip("\"'"),
    )
    return replace(document, variant="")


def assembled(poster: bytes, marks: bytes, tiling: Tiling) -> bytes:
    """The plan and the sheets: ``marks`` with the first page of ``poster`` beneath.

    The same bytes give the same bytes. What is cut up keeps no structure, and claims no standard.
    """
    with opened(marks) as document, opened(poster) as source:
        picture = document.copy_foreign(source.pages[0].as_form_xobject())
        whole = Tile("", 0, 0, 0.0, 0.0, *tiling.poster, (False, False), (False, False))
        _lay(document, 0, picture, whole, PLAN_AT, scale_of(tiling), tiling)
        for number, tile in enumerate(tiles(tiling), start=1):
            _lay(document, number, picture, tile, (UNPRINTED, UNPRINTED), 1.0, tiling)
        give_up_standards(document, str(document.docinfo[Name.Title]))
        document.remove_unreferenced_resources()
        return saved(document)


def _lay(
    document: Pdf,
    number: int,
    picture: Object,
    tile: Tile,
    at: Size,
    scale: float,
    tiling: Tiling,
) -> None:
    """Puts a tile's part of the picture beneath a page, its corner ``at`` mm from the page's."""
    page = document.pages[number]
    tall = float(page.mediabox[3])
    x, y = at[0] * MM, tall - (at[1] + tile.height * scale) * MM
    width, height = tile.width * scale * MM, tile.height * scale * MM
    below = (tiling.poster[1] - tile.top - tile.height) * scale * MM
    dx, dy = x - tile.left * scale * MM, y - below
    name = page.add_resource(picture, Name.XObject, Name.Poster)
    box = f"{x:.3f} {y:.3f} {width:.3f} {height:.3f}"
    drawn = (
        f"q {box} re W n {scale:.6f} 0 0 {scale:.6f} {dx:.3f} {dy:.3f} cm {name} Do Q\n"
    ).encode()
    page.contents_add(document.make_stream(drawn), prepend=True)
