"""Words of SVG pictures that their drawing cuts off.

The edge of a drawing is a blade: what is set beyond its viewBox stands in the PDF and is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize
from xml.etree import ElementTree as ET

from press.base import pdfium
from press.base.finding import PageRemark, Rect
from press.content import model, pictures
from press.content.drawings import is_drawing
from press.content.walk import At, each
from press.typeset.expected import Expected
from press.typeset.layout import PlacedPicture
from press.typeset.page_checks import short
from press.typeset.printed_words import words_of
from press.typeset.typeset import SetPages

OVER = 1.0
"""Points by which a letter may pass the edge of its drawing."""


@dataclass(frozen=True)
class PageLetters:
    """The letters of a page, without spaces, in the order of the PDF, each with its box.

    ``words`` are the same as ``words_of`` has them: of letters that are printed as one sign, all.
    """

    said: str
    boxes: tuple[Rect, ...]
    words: str = ""

    def found(self, words: str) -> Iterator[Sequence[Rect]]:
        """The boxes of the letters of ``words``, wherever they stand."""
        for match in re.finditer(f"(?={re.escape(words)})", self.said):
            yield self.boxes[match.start() : match.start() + len(words)]


@lru_cache(maxsize=4)
def letters_of_page(pdf: bytes, number: int) -> PageLetters:
    """The letters of page ``number`` of a PDF, from 1."""
    with pdfium.opened(pdf) as document:
        page = document[number - 1]
        text, height = page.get_textpage(), page.get_height()
        said, boxes = "", list[Rect]()
        words = words_of(normalize("NFKC", text.get_text_range()))
        for n in range(text.count_chars()):
            letter = text.get_text_range(n, 1)
            if len(letter) == 1 and not letter.isspace():
                left, bottom, right, top = text.get_charbox(n)
                said += letter
                boxes.append((left, height - top, right, height - bottom))
    return PageLetters(said, tuple(boxes), words)


def said_in(drawing: bytes) -> tuple[str, ...]:
    """The words of a drawing, as its elements hold them, without what only says what they are.

    Words that stand on themselves, as with a halo, are there once.
    """
    root = ET.fromstring(drawing)  # noqa: S314 written by the press from an allow-list
    for parent in [*root.iter()]:
        for child in [*parent]:
            if child.tag.endswith(("}title", "}desc", "}style")):
                child.text = ""
    found = (
        (" ".join("".join(e.itertext()).split()), e.get("x"), e.get("y"), e.get("transform"))
        for e in root.iter()
        if e.tag.endswith("}text")
    )
    return tuple(words for words, *_ in dict.fromkeys(found) if words)


def beyond(one: Rect, edges: Rect) -> bool:
    """Whether some of a letter stands outside these edges."""
    low = min(one[0] - edges[0], one[1] - edges[1])
    return low < -OVER or max(one[2] - edges[2], one[3] - edges[3]) > OVER


def within(one: Rect, edges: Rect) -> bool:
    """Whether the middle of a letter stands inside these edges."""
    across, down = (one[0] + one[2]) / 2, (one[1] + one[3]) / 2
    return edges[0] <= across <= edges[2] and edges[1] <= down <= edges[3]


def cut_off(pages: SetPages, expected: Expected) -> Iterator[tuple[PageRemark, Sequence[Rect]]]:
    """Words that run out of their drawing, at the picture's line, and the boxes of its letters."""
    for one in placed_drawings(pages, expected):
        yield from _of_picture(pages, *one)


def placed_drawings(
    pages: SetPages, expected: Expected
) -> Iterator[tuple[PlacedPicture, str, bytes, At, model.Image]]:
    """The SVG pictures on the pages: where, file, bytes, and their entry in images.yaml."""
    if expected.loaded is None:
        return
    files = expected.loaded.snapshot.files
    images = {f"images/{one.file}": (at, one) for at, one in each(expected.loaded, model.Image)}
    for picture in pages.layout.pictures:
        name = picture.source.removeprefix("file:///").lstrip("/")
        if name in images and is_drawing(files.get(name, b"")):
            yield (picture, name, files[name], *images[name])


def _of_picture(
    pages: SetPages, picture: PlacedPicture, name: str, raw: bytes, at: At, image: model.Image
) -> Iterator[tuple[PageRemark, Sequence[Rect]]]:
    letters = letters_of_page(pages.pdf, picture.page)
    elsewhere = [line.box for line in pages.layout.lines if line.page == picture.page]
    elsewhere += [p.box for p in pages.layout.pictures if p.page == picture.page and p != picture]
    for words in dict.fromkeys(said_in(pictures.bare(raw))):
        every = list(letters.found("".join(words.split())))
        here = [boxes for boxes in every if any(within(one, picture.box) for one in boxes)]
        others = [b for b in every if not any(within(one, box) for one in b for box in elsewhere)]
        for boxes in here or others[:1]:
            if any(beyond(one, picture.box) for one in boxes):
                message = (
                    f"{short(words)} runs out of the drawing {name} and is cut off at its edge, "
                    f"in picture {image.id!r}"
                )
                hint = "move the words into the drawing, or enlarge its viewBox (its page)"
                yield (at("file"), message, hint, picture.page, picture.box), boxes
