"""A dossier as it is read aloud: plain text from the structure tree of the finished PDF.

It says what a screen reader says, in its order, with the roles that it announces: headings with
their level, lists with their length, each cell of a table behind its column's head, pictures by
their words, notes where they are called.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from press.output.structure import Tag, Text, joined, read

WIDTH = 100
_BLOCKS = {
    "Document", "Part", "Sect", "Div", "Art", "P", "L", "LI", "LBody", "Table", "THead", "TBody",
    "TFoot", "TR", "BlockQuote", "Caption", "H1", "H2", "H3", "H4", "H5", "H6", "TOC", "TOCI",
}  # fmt: skip


def aloud(root: Tag) -> str:
    """What is read, a paragraph for each block, folded at 100 letters."""
    return "\n\n".join(_folded(line) for line in _blocks(root)) + "\n"


def spoken(pdf: bytes, _: object) -> str:
    """What is read of a PDF, as a worker's job."""
    return aloud(read(pdf))


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
        yield "Quotation:" + _tongue(tag)
        yield from _inside(tag, depth)
        yield "End of quotation."
    elif tag.kind[0] == "H" and tag.kind[1:].isdigit():
        yield f"Heading {tag.kind[1:]}: {speech(tag)}"
    else:
        yield from _inside(tag, depth)


def _contents(tag: Tag) -> Iterator[Tag | Text]:
    """A line of the contents without the reference around it."""
    for kid in tag.kids:
        yield from kid.kids if isinstance(kid, Tag) and kid.kind == "Reference" else (kid,)


def _inside(tag: Tag, depth: int) -> Iterator[str]:
    """The blocks of ``tag``; words and inline elements between them make blocks of their own."""
    inline: list[Tag | Text] = []
    for kid in tag.kids:
        if isinstance(kid, Tag) and kid.kind in _BLOCKS:
            yield from _said(tag, inline, depth)
            inline = []
            yield from _blocks(kid, depth)
        else:
            inline.append(kid)
    yield from _said(tag, inline, depth)


def _said(tag: Tag, inline: Sequence[Tag | Text], depth: int) -> Iterator[str]:
    words = speech(Tag(tag.kind, tuple(inline), language=tag.language))
    if words:
        yield "  " * depth + words


def _list(tag: Tag, depth: int) -> Iterator[str]:
    items = [kid for kid in tag.kids if isinstance(kid, Tag) and kid.kind == "LI"]
    yield "  " * depth + f"List of {len(items)}:"
    for number, item in enumerate(items, start=1):
        parts = [kid for kid in item.kids if isinstance(kid, Tag)]
        label = " ".join(speech(kid) for kid in parts if kid.kind == "Lbl")
        bodies = [kid for kid in parts if kid.kind == "LBody"]
        lines = [line for body in bodies for line in _blocks(body)] or [""]
        bullet = not any(c.isalnum() for c in label)
        head = f"Item {number}:" if bullet else label if label.endswith((".", ")")) else f"{label}:"
        yield "  " * (depth + 1) + f"{head} {lines[0].strip()}"
        yield from ("  " * (depth + 1) + line for line in lines[1:])


def _table(tag: Tag) -> Iterator[str]:
    rows = list(tag.find("TR"))
    columns = max((sum(_span(cell) for cell in _cells(row)) for row in rows), default=0)
    yield f"Table, {columns} columns, {len(rows)} rows:"
    heads: dict[int, str] = {}
    for row in rows:
        cells = list(_cells(row))
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


def _cells(row: Tag) -> Iterator[Tag]:
    return (kid for kid in row.kids if isinstance(kid, Tag) and kid.kind in ("TH", "TD"))


def _span(cell: Tag) -> int:
    return int(cell.attributes.get("ColSpan", 1))


def _tongue(tag: Tag) -> str:
    return f" (in {tag.language})" if tag.language else ""


def speech(tag: Tag) -> str:
    """What an element says in a line: links in angle brackets, notes in round ones."""
    words = " ".join(joined(_pieces(tag, top=True)).split())
    words = re.sub(r"\s+([>).,;:])", r"\1", re.sub(r"([<(])\s+", r"\1", words))
    words = re.sub(r"(>)(?=\w)", r"\1 ", words)
    return f"[{tag.language}: {words}]" if tag.language and words else words


def _pieces(tag: Tag, *, top: bool = False) -> Iterator[Text]:
    box = next((p for p in tag.pieces()), Text("", 0))
    if tag.alt:
        yield Text(f"(picture: {tag.alt}) ", box.page, box.box)
    elif tag.spoken is not None or tag.expansion:
        yield from tag.pieces()
    elif tag.kind == "Note":
        label = next((speech(kid) for kid in tag.find("Lbl")), "")
        rest = (k for k in tag.kids if not (isinstance(k, Tag) and k.kind == "Lbl"))
        body = Tag("Span", tuple(rest))
        yield Text(f" (note {label}: {speech(body)}) ", box.page, box.box)
    elif tag.kind == "Reference" or (tag.language and not top):
        words = "" if tag.kind == "Reference" else speech(tag)
        yield Text(words, box.page, box.box)
    else:
        opening, closing = ("<", ">") if tag.annotations else ("", "")
        inner = list(_inner(tag))
        if opening and inner:
            first, last = inner[0], inner[-1]
            inner[0] = Text(opening + first.words, first.page, first.box)
            last = inner[-1]
            inner[-1] = Text(last.words + closing, last.page, last.box)
        yield from inner


def _inner(tag: Tag) -> Iterator[Text]:
    for kid in tag.kids:
        if isinstance(kid, Text):
            yield kid
        else:
            yield from _pieces(kid)
