"""The structure tree of a finished PDF, read from its bytes: what a screen reader is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pypdfium2.raw import FPDFPageObj_GetMarkedContentID

from press.base import pdfium
from press.base.boxes import around
from press.output.pdf import Edges, opened

_LINE = 0.5
"""Share of a line's height by which the next must be lower to be another line."""

_GAP = 0.3
"""Share of a line's height by which words stand apart where no space is written."""
_DIVIDED = re.compile(r"\w[-–—/]$|://\S*$")
"""What a line may end with in the middle of a word or an address."""


@dataclass(frozen=True)
class Text:
    """A piece of a page's content, with the edges of its box in points."""

    words: str
    page: int
    box: Edges = (0, 0, 0, 0)

    def but(self, words: str) -> Text:
        """Other words in the same place."""
        return Text(words, self.page, self.box)


@dataclass(frozen=True)
class Tag:
    """An element of the structure; ``spoken`` replaces its text where it is given."""

    kind: str
    children: tuple[Tag | Text, ...] = ()
    alt: str = ""
    expansion: str = ""
    language: str = ""
    spoken: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    annotations: tuple[str, ...] = ()

    def inner(self, *kinds: str) -> list[Tag]:
        """The elements among its children, all or those of some kinds."""
        tags = (child for child in self.children if isinstance(child, Tag))
        return [tag for tag in tags if not kinds or tag.kind in kinds]

    def tags(self) -> Iterator[Tag]:
        """Itself and every element below, in reading order."""
        yield self
        for child in self.inner():
            yield from child.tags()

    def find(self, *kinds: str) -> Iterator[Tag]:
        """Every element below of one of ``kinds``."""
        return (tag for tag in self.tags() if tag.kind in kinds)

    @property
    def words(self) -> str:
        """All it says, in reading order, each space one space."""
        return " ".join(joined(self.pieces()).split())

    def pieces(self) -> Iterator[Text]:
        """Its pieces of text in reading order; what is replaced is replaced."""
        inner = (
            piece
            for child in self.children
            for piece in ([child] if isinstance(child, Text) else child.pieces())
        )
        if self.spoken is not None or self.expansion:
            yield next(inner, Text("", 0)).but(self.expansion or self.spoken or "")
        else:
            yield from inner


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
    with opened(pdf) as document:
        root = document.Root.get("/StructTreeRoot")
        if root is None:
            raise ValueError("the PDF has no structure tree")
        numbers = {page.objgen: index for index, page in enumerate(p.obj for p in document.pages)}
        return _tag(_array(root.K)[0], None, texts, numbers)


Texts = Mapping[tuple[int, int], Text]


def _tag(element: Any, page: int | None, texts: Texts, numbers: Mapping[Any, int]) -> Tag:
    if "/Pg" in element:
        page = numbers[element.Pg.objgen]
    children: list[Tag | Text] = []
    annotations = []
    for child in _array(element.get("/K", [])):
        if isinstance(child, int):
            children.extend(_text(texts, page, child))
        elif child.get("/Type") == "/MCR":
            children.extend(_text(texts, numbers[child.Pg.objgen], int(child.MCID)))
        elif child.get("/Type") == "/OBJR":
            annotations.append(str(child.Obj.get("/Contents", "")))
        else:
            children.append(_tag(child, page, texts, numbers))
    attributes = {
        name[1:]: str(value).removeprefix("/")
        for name, value in element.get("/A", {}).items()
        if name not in ("/O", "/BBox")
    }
    spoken = element.get("/ActualText")
    return Tag(
        str(element.S)[1:],
        tuple(children),
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
    children: Any = value
    return list(children) if isinstance(value, (pikepdf.Array, list)) else [value]


def _texts(pdf: bytes) -> dict[tuple[int, int], Text]:
    """What each piece of marked content says."""
    found: dict[tuple[int, int], Text] = {}
    with pdfium.opened(pdf) as document:
        for number, page in enumerate(document):
            for item, words in pdfium.text_objects(page, depth=2):
                mcid = FPDFPageObj_GetMarkedContentID(item)
                if mcid < 0:
                    continue
                piece = Text(_plain(words), number, item.get_bounds())
                if before := found.get((number, mcid)):
                    box = around([before.box, piece.box])
                    piece = Text(before.words + piece.words, number, box)
                found[number, mcid] = piece
    return found


def _plain(words: str) -> str:
    """Words without line ends; a hyphen at the end of a line is a hyphen like others."""
    return re.sub("[\r\n]", "", re.sub("[\x02\ufffe]", "-", words))
