"""A dossier as it is read aloud: plain text from the structure tree of the finished PDF.

It says what a screen reader says, in its order, with the roles that it announces: headings with
their level, lists with their length, each cell of a table behind its column's head, pictures by
their words, notes where they are called.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from press.base.units import counted
from press.output.structure import Tag, Text, joined, read

WIDTH = 100
_BLOCKS = {
    "Document", "Part", "Sect", "Div", "Art", "P", "L", "LI", "LBody", "Table", "THead", "TBody",
    "TFoot", "TR", "BlockQuote", "Caption", "H1", "H2", "H3", "H4", "H5", "H6", "TOC", "TOCI",
}  # fmt: skip


def transcript(root: Tag) -> str:
    """What is read, a paragraph for each block, folded at 100 letters."""
    return "\n\n".join(_folded(line) for line in _blocks(root)) + "\n"


def read_transcript(pdf: bytes) -> str:
    """What is read of a PDF."""
    return transcript(read(pdf))


def _folded(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        line.strip(), WIDTH, initial_indent=indent, subsequent_indent=indent + "  " * bool(indent),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _blocks(tag: Tag, depth: int = 0) -> Iterator[str]:
    if tag.kind == "Table":
        yield from _table(tag)
    elif tag.kind == "L":
        yield from _list(tag, depth)
    elif tag.kind == "TOCI":
        yield "  " * (depth + 1) + speech(Tag("P", tuple(_contents(tag))))
    elif tag.kind == "BlockQuote":
        yield "Quotation:" + _language(tag)
        yield from _inside(tag, depth)
        yield "End of quotation."
    elif tag.kind[0] == "H" and tag.kind[1:].isdigit():
        yield f"Heading {tag.kind[1:]}: {speech(tag)}"
    else:
        yield from _inside(tag, depth)


def _contents(tag: Tag) -> Iterator[Tag | Text]:
    """A line of the contents without the reference around it."""
    for child in tag.children:
        reference = isinstance(child, Tag) and child.kind == "Reference"
        yield from child.children if isinstance(child, Tag) and reference else (child,)


def _inside(tag: Tag, depth: int) -> Iterator[str]:
    """The blocks of ``tag``; words and inline elements between them make blocks of their own."""
    inline: list[Tag | Text] = []
    for child in tag.children:
        if isinstance(child, Tag) and child.kind in _BLOCKS:
            yield from _words_between(tag, inline, depth)
            inline = []
            yield from _blocks(child, depth)
        else:
            inline.append(child)
    yield from _words_between(tag, inline, depth)


def _words_between(tag: Tag, inline: Sequence[Tag | Text], depth: int) -> Iterator[str]:
    words = speech(Tag(tag.kind, tuple(inline), language=tag.language))
    if words:
        yield "  " * depth + words


def _list(tag: Tag, depth: int) -> Iterator[str]:
    items = tag.inner("LI")
    yield "  " * depth + f"List of {len(items)}:"
    for number, item in enumerate(items, start=1):
        label = " ".join(map(speech, item.inner("Lbl")))
        lines = [line for body in item.inner("LBody") for line in _blocks(body)] or [""]
        bullet = not any(c.isalnum() for c in label)
        head = f"Item {number}:" if bullet else label if label.endswith((".", ")")) else f"{label}:"
        yield "  " * (depth + 1) + f"{head} {lines[0].strip()}"
        yield from ("  " * (depth + 1) + line for line in lines[1:])


def _table(tag: Tag) -> Iterator[str]:
    rows = list(tag.find("TR"))
    columns = max((sum(map(_span, _cells(row))) for row in rows), default=0)
    yield f"Table, {counted(columns, 'column')}, {counted(len(rows), 'row')}:"
    heads: dict[int, str] = {}
    for row in rows:
        cells = _cells(row)
        if all(cell.kind == "TH" for cell in cells):
            if len(cells) == columns:
                heads = dict(enumerate(map(speech, cells)))
                yield "  Columns: " + "; ".join(heads.values())
            else:
                yield "  Group: " + "; ".join(map(speech, cells))
            continue
        yield "  Row. " + " | ".join(_row(cells, heads))


def _row(cells: Sequence[Tag], heads: dict[int, str]) -> Iterator[str]:
    column = 0
    for cell in cells:
        words = " ".join(line.strip() for line in _inside(cell, 0))
        if words:
            yield f"{heads[column]}: {words}" if heads.get(column) else words
        column += _span(cell)


def _cells(row: Tag) -> list[Tag]:
    return row.inner("TH", "TD")


def _span(cell: Tag) -> int:
    return int(cell.attributes.get("ColSpan", 1))


def _language(tag: Tag) -> str:
    return f" (in {tag.language})" if tag.language else ""


def speech(tag: Tag) -> str:
    """What an element says in a line: links in angle brackets, notes in round ones."""
    words = " ".join(joined(_pieces(tag, top=True)).split())
    words = re.sub(r"\s+([>).,;:])", r"\1", re.sub(r"([<(])\s+", r"\1", words))
    words = re.sub(r"(>)(?=\w)", r"\1 ", words)
    return f"[{tag.language}: {words}]" if tag.language and words else words


def _pieces(tag: Tag, *, top: bool = False) -> Iterator[Text]:
    place = next(tag.pieces(), Text("", 0))
    if tag.alt:
        yield place.but(f"(picture: {tag.alt}) ")
    elif tag.spoken is not None or tag.expansion:
        yield from tag.pieces()
    elif tag.kind == "Note":
        label = next(map(speech, tag.find("Lbl")), "")
        labels = tag.inner("Lbl")
        body = Tag("Span", tuple(child for child in tag.children if child not in labels))
        yield place.but(f" (note {label}: {speech(body)}) ")
    elif tag.kind == "Reference":
        yield place.but("")
    elif tag.language and not top:
        yield place.but(speech(tag))
    else:
        inner = [
            piece
            for child in tag.children
            for piece in ([child] if isinstance(child, Text) else _pieces(child))
        ]
        if tag.annotations and inner:
            inner[0] = inner[0].but(f"<{inner[0].words}")
            inner[-1] = inner[-1].but(f"{inner[-1].words}>")
        yield from inner
