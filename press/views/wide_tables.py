"""Tables that are too wide for the page, in parts: each begins with the first column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup

from press.content.model import Column
from press.design.calc import points
from press.design.styles import Style
from press.plates.fonts import FontFile, open_font
from press.views.strip_links import strip_links, words
from press.views.values import NOTHING, ValueView

SPARE = 1.02
"""What a word may be wider than its letters say, by kerning."""


@dataclass(frozen=True)
class TablePart:
    """Some columns of a table, and the cells of each row in them; ``ends`` is the last part.

    ``widths`` are those of the columns, in per cent of the page; none where they do not fit.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[ValueView, ...], ...]
    ends: bool
    widths: tuple[float, ...]


@dataclass(frozen=True)
class _Letters:
    """How wide words are: those of cells, and those of the head. Lengths in points.

    ``gap`` is what stands between two columns.
    """

    cell: FontFile
    head: FontFile
    size: float
    head_size: float
    gap: float

    def of_cell(self, words: str) -> float:
        """The width of words in a cell."""
        return sum(self.cell.advance(letter) for letter in words) * self.size * SPARE

    def longest(self, cell: re.Match[str]) -> float:
        """The width of the longest word of a ``th`` or ``td``."""
        of = self.of_head if cell[1] == "h" else self.of_cell
        return max(map(of, _pieces_of(cell[2])), default=0.0)

    def of_cites(self, words: str) -> float:
        """The width of the sources of a row, which are as small as a head."""
        return self.of_cell(words) * self.head_size / self.size

    def of_head(self, words: str) -> float:
        """The width of words in the head."""
        return sum(self.head.advance(letter) for letter in words) * self.head_size * SPARE


def divided(
    columns: tuple[Column, ...],
    rows: Sequence[tuple[ValueView, ...]],
    ends: Sequence[str],
    style: Style,
) -> tuple[TablePart, ...]:
    """A table as one part, or in as many as it takes to fit; ``ends`` stand in the last cells.

    Where one column and the first are too wide together, nothing can be done here.
    """
    room = points(style.tokens["--body-width"]) or 0
    letters = _letters(style)
    widths = [_width(column, [row[n] for row in rows], letters) for n, column in enumerate(columns)]
    if columns:
        widths[-1] = max(widths[-1], *(_under(columns[-1], end, letters) for end in (*ends, "")))
    full = [_full(column, [row[n] for row in rows], letters) for n, column in enumerate(columns)]
    if columns:  # they make the last column as tall as their words do
        last = ((letters.of_cell(words(row[-1].html)), letters.of_cites(words(end)))
                for row, end in zip(rows, ends, strict=True))  # fmt: skip
        full[-1] = max(full[-1], *(said + cited + letters.gap for said, cited in last), 0.0)
    made = []
    for span in _spans(widths, room + letters.gap):
        shown = [0, *span] if columns else []
        least = [widths[n] for n in shown]
        most = [max(full[n], widths[n]) for n in shown]
        part = _part(columns, rows, span, len(columns))
        made.append(replace(part, widths=_shares(least, most, room, letters.gap)))
    return tuple(made)


def _shares(
    least: Sequence[float], most: Sequence[float], room: float, gap: float
) -> tuple[float, ...]:
    """The widths of columns in per cent of ``room``; the last has no ``gap`` behind it."""
    if not least or room <= 0 or sum(least) > room + gap:
        return ()
    *widths, last = column_widths(least, most, room + gap)
    return tuple(round(100 * width / room, 2) for width in (*widths, last - gap))


def column_widths(least: Sequence[float], most: Sequence[float], room: float) -> list[float]:
    """How wide columns are that fill ``room`` together, in points.

    Each has at least what it must, ``least``. One that is short has what it would take in one line,
    ``most``, so that long ones do not squeeze it; the others share the rest by how much more than
    they must each of them would take (as CSS 2.1 lays tables out, 17.5.2.2).
    """
    if sum(most) <= room:
        return [width * room / sum(most) for width in most]
    whole = unbroken(least, most, room)
    widths = [m if kept else n for n, m, kept in zip(least, most, whole, strict=True)]
    wishes = [max(m - width, 0.0) for m, width in zip(most, widths, strict=True)]
    rest = room - sum(widths)
    return [width + rest * wish / sum(wishes) for width, wish in zip(widths, wishes, strict=True)]


def unbroken(least: Sequence[float], most: Sequence[float], room: float) -> list[bool]:
    """Which columns need no more than their share of ``room``, and so are not broken at all.

    ``least`` is how wide each must be, ``most`` how wide it is in one line, in points. What short
    columns leave is shared by the others, of which more may be short then.
    """
    whole = [False] * len(most)
    while not all(whole):
        taken = sum(width for width, kept in zip(most, whole, strict=True) if kept)
        share = (room - taken) / whole.count(False)
        short = min((n for n, kept in enumerate(whole) if not kept), key=lambda n: most[n])
        others = sum(w for n, w in enumerate(least) if not whole[n] and n != short)
        if most[short] > share or taken + most[short] + others > room:
            break
        whole[short] = True
    return whole


_HELD = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]|&nbsp;")
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t([hd])\b[^>]*>(.*?)</t\1>", re.DOTALL)


def divided_in(html: Markup, style: Style) -> Markup:
    """The tables of a chapter, those that are wider than its measure in parts."""
    room = points(style.tokens["--measure"]) or 0
    letters = _letters(style)

    def parts(table: re.Match[str]) -> str:
        rows = [list(_CELL.finditer(row[1])) for row in _ROW.finditer(table[1])]
        columns = zip(*rows, strict=True)
        widths = [max(map(letters.longest, column)) + letters.gap for column in columns]
        spans = _spans(widths, room + letters.gap) if widths else []
        return "\n".join(_columns(rows, span) for span in spans) if len(spans) > 1 else table[0]

    return Markup(_TABLE.sub(parts, html))  # noqa: S704 - the chapter's own HTML, its cells moved


def _columns(rows: Sequence[Sequence[re.Match[str]]], span: range) -> str:
    """The table of the first column and those of ``span``; the first row is its head."""
    lines = []
    for row in rows:
        first = row[0][0]
        if span.start > 1:
            first = first.replace(row[0][2], strip_links(row[0][2]))
        cells = "".join((first, *(cell[0] for cell in row[span.start : span.stop])))
        lines.append(f"<tr>{cells}</tr>")
    head, *body = lines
    return f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>"


def _spans(widths: Sequence[float], room: float) -> list[range]:
    """The columns of each part beside the first, as many in each as in the others."""
    others = len(widths) - 1
    for parts in range(1, max(others, 1) + 1):
        edges = [1 + round(n * others / parts) for n in range(parts + 1)]
        spans = [range(a, b) for a, b in pairwise(edges)]
        if all(widths[0] + sum(widths[n] for n in span) <= room for span in spans):
            return spans
    return [range(1, len(widths))]


def _part(
    columns: tuple[Column, ...], rows: Sequence[tuple[ValueView, ...]], span: range, end: int
) -> TablePart:
    begins = span.start == 1
    return TablePart(
        columns=(columns[0], *columns[span.start : span.stop]),
        rows=tuple(
            (row[0] if begins else _again(row[0]), *row[span.start : span.stop]) for row in rows
        ),
        ends=span.stop == end,
        widths=(),
    )


def _again(cell: ValueView) -> ValueView:
    """A cell that is printed once more: its words, without what leads to it or hangs on it."""
    return replace(cell, html=strip_links(cell.html), note=NOTHING, cites=NOTHING, claims=())


# -- widths ------------------------------------------------------------------------------------


def _letters(style: Style) -> _Letters:
    family = style.stack("--face-sans")[0]
    weight = int(style.tokens.get("--weight-strong", "600"))
    return _Letters(
        open_font(style.font(family)),
        open_font(style.font(family, weight)),
        points(style.tokens["--size-table"]) or 0,
        points(style.tokens["--size-label"]) or 0,
        points(style.tokens["--cell-gap"]) or 0,
    )


def _width(column: Column, cells: Sequence[ValueView], letters: _Letters) -> float:
    """The least width of a column with its gap: that of its longest word, or line of figures."""
    heads = map(letters.of_head, _pieces_of(column.label))
    pieces = (letters.of_cell(piece) for cell in cells for piece in _pieces(column, cell))
    return max((*heads, *pieces), default=0.0) + letters.gap


def _full(column: Column, cells: Sequence[ValueView], letters: _Letters) -> float:
    """How wide a column is with its gap where no line of it is broken.

    What stands in a cell beside its words, a note or accounts, may take a line of its own.
    """
    lines = (letters.of_cell(words(cell.html)) for cell in cells)
    least = _width(column, cells, letters)
    return max(least, max((letters.of_head(column.label), *lines)) + letters.gap)


def _under(column: Column, cites: str, letters: _Letters) -> float:
    """The same of the sources of a row, on a line of their own in the last cell."""
    pieces = [words(cites)] if column.numeric else _pieces_of(cites)
    return max(map(letters.of_cell, pieces), default=0.0) + letters.gap


def _pieces(column: Column, cell: ValueView) -> Iterator[str]:
    """What no line of a cell can divide."""
    yield from [words(cell.html)] if column.numeric else _pieces_of(cell.html)
    for html in (cell.note, cell.cites, *(claim.html for claim in cell.claims)):
        yield from _pieces_of(html)


def _pieces_of(html: str) -> list[str]:
    """The words of a piece of HTML; those stay together that a space without a break holds."""
    return words(_HELD.sub("i", html)).split()  # a letter as narrow as a space
