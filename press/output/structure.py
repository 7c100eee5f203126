"""The structure tree of a finished PDF, read from its bytes: what a screen reader is given."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_LINE = 0.5
"""Share of a line's height by which the next must be lower to be another line."""

_GAP = 0.3
"""Share of a line's height by which words stand apart where no space is written."""
_DIVIDED = re.compile(r"\w[-–—/]$|://\S*$")
"""What a line may end with in the middle of a word or an address."""


@dataclass(frozen=True)
class Text:
    """A piece of a page's content, with its box (left, bottom, right, top in points)."""

    words: str
    page: int
    box: tuple[float, float, float, float] = (0, 0, 0, 0)


@dataclass(frozen=True)
class Tag:
    """An element of the structure; ``spoken`` replaces its text where it is given."""

    kind: str
    kids: tuple[Tag | Text, ...] = ()
    alt: str = ""
    expansion: str = ""
    language: str = ""
    spoken: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    annotations: tuple[str, ...] = ()

    def tags(self) -> Iterator[Tag]:
        """Itself and every element below, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.tags()

    def find(self, *kinds: str) -> Iterator[Tag]:
        """Every element below of one of ``kinds``."""
        return (tag for tag in self.tags() if tag.kind in kinds)

    @property
    def words(self) -> str:
        """All it says, in reading order, each space one space."""
        return " ".join(joined(self.pieces()).split())

    def pieces(self) -> Iterator[Text]:
        """Its pieces of text in reading order; what is replaced is replaced."""
        if self.spoken is not None or self.expansion:
            first = next((p for kid in self.kids for p in _pieces(kid)), Text("", 0))
            yield Text(self.expansion or self.spoken or "", first.page, first.box)
            return
        for kid in self.kids:
            yield from _pieces(kid)


def _pieces(kid: Tag | Text) -> Iterator[Text]:
    if isinstance(kid, Text):
        yield kid
    else:
        yield from kid.pieces()


def joined(pieces: Iterable[Text]) -> str:
    """The words of ``pieces``, with a space wherever the eye sees one."""
    text = ""
    last: Text | None = None
    for piece in pieces:
        if last is not None and text and not _DIVIDED.search(text) and _breaks(last, piece):
            text += " "
        text += piece.words
        last = piece
    return text


def _breaks(first: Text, second: Text) -> bool:
    if first.page != second.page:
        return True
    height = min(first.box[3] - first.box[1], second.box[3] - second.box[1])
    if second.box[0] < first.box[0] - 1 or second.box[0] - first.box[2] > _GAP * height:
        return True
    return first.box[1] - second.box[3] > -_LINE * height


def read(pdf: bytes) -> Tag:
    """The root of the structure tree of ``pdf``; raises ValueError for a file without one."""
    texts = _texts(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.get("/StructTreeRoot")
        if root is None:
            raise ValueError("the PDF has no structure tree")
        numbers = {page.objgen: index for index, page in enumerate(p.obj for p in document.pages)}
        return _tag(_array(root.K)[0], None, texts, numbers)


Texts = Mapping[tuple[int, int], Text]


def _tag(element: Any, page: int | None, texts: Texts, numbers: Mapping[Any, int]) -> Tag:
    if "/Pg" in element:
        page = numbers[element.Pg.objgen]
    kids: list[Tag | Text] = []
    annotations = []
    for kid in _array(element.get("/K", [])):
        if isinstance(kid, int):
            kids.extend(_text(texts, page, kid))
        elif kid.get("/Type") == "/MCR":
            kids.extend(_text(texts, numbers[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            annotations.append(str(kid.Obj.get("/Contents", "")))
        else:
            kids.append(_tag(kid, page, texts, numbers))
    attributes = {
        name[1:]: str(value).removeprefix("/")
        for name, value in element.get("/A", {}).items()
        if name not in ("/O", "/BBox")
    }
    spoken = element.get("/ActualText")
    return Tag(
        str(element.S)[1:],
        tuple(kids),
        alt=str(element.get("/Alt", "")),
        expansion=str(element.get("/E", "")),
        language=str(element.get("/Lang", "")),
        spoken=None if spoken is None else str(spoken),
        attributes=attributes,
        annotations=tuple(annotations),
    )


def _text(texts: Texts, page: int | None, mcid: int) -> Iterator[Text]:
    if page is not None and (page, mcid) in texts:
        yield texts[page, mcid]


def _array(value: Any) -> list[Any]:
    kids: Any = value
    return list(kids) if isinstance(value, (pikepdf.Array, list)) else [value]


def _texts(pdf: bytes) -> dict[tuple[int, int], Text]:
    """What each piece of marked content says."""
    found: dict[tuple[int, int], Text] = {}
    document = pdfium.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            textpage = page.get_textpage()
            for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=2):
                mcid = pdfium_c.FPDFPageObj_GetMarkedContentID(item.raw)
                if mcid < 0:
                    continue
                words = _said(item.raw, textpage)
                box = item.get_bounds()
                before = found.get((number, mcid))
                if before is not None:
                    words = before.words + words
                    box = _around(before.box, box)
                found[number, mcid] = Text(words, number, box)
    finally:
        document.close()
    return found


def _said(item: Any, textpage: Any) -> str:
    length = pdfium_c.FPDFTextObj_GetText(item, textpage.raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium_c.FPDFTextObj_GetText(
        item, textpage.raw, ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR)), length
    )
    words = buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")
    return words.replace("\x02", "-").replace("\ufffe", "-").replace("\r", "").replace("\n", "")


def _around(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return (
        min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
    )  # fmt: skip


def outline(tag: Tag, depth: int = 0) -> str:
    """The tree in a form to read and to compare: one element a line, indented by its depth.

    Words stand behind their element where it holds nothing else, else on lines between its kids.
    """
    parts = [tag.kind, *(f"{name}={value}" for name, value in sorted(tag.attributes.items()))]
    for name, value in (("lang", tag.language), ("alt", tag.alt), ("for", tag.expansion)):
        if value:
            parts.append(f"{name}={_short(value)!r}")
    if tag.spoken is not None:
        parts.append(f"says={_short(tag.spoken)!r}")
    parts += [f"link={_short(words)!r}" for words in tag.annotations]
    lines: list[str] = []
    for inner, run in groupby(tag.kids, key=lambda kid: isinstance(kid, Tag)):
        kids = list(run)
        if inner:
            lines += [outline(kid, depth + 1) for kid in kids if isinstance(kid, Tag)]
            continue
        words = _short(" ".join(joined(kid for kid in kids if isinstance(kid, Text)).split()))
        if len(kids) == len(tag.kids) and words:
            parts.append(f'"{words}"')
        elif words:
            lines.append("  " * (depth + 1) + f'"{words}"')
    return "\n".join(["  " * depth + " ".join(parts), *lines])


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
