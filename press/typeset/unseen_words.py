"""Words of SVG pictures that no reader sees: clipped, covered, in the colour of their ground.

What is drawn is printed with and without its words, and each letter must make a difference as large
as itself. What is not drawn at all (a hidden layer, a symbol that nothing uses) is missing from the
words of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

import numpy as np
from pypdfium2 import raw as pdf_raw

from press.base import pdfium
from press.base.finding import PageRemark, Rect
from press.content import model, pictures
from press.content.walk import At
from press.typeset.covered import Ink, differs, pixels
from press.typeset.expected import Expected
from press.typeset.layout import PlacedPicture
from press.typeset.page_checks import short
from press.typeset.printed_words import words_of
from press.typeset.typeset import SetPages
from press.typeset.words_of_pictures import (
    PageLetters,
    beyond,
    letters_of_page,
    placed_drawings,
    said_in,
    within,
)

SCALE = 3.0
"""Points of the printed picture to a point of the page: small letters have some."""
FAINT = 24
"""The difference of a colour, of 255, from which on somebody sees it."""
WHOLE = 0.55
"""The share of a letter's width and height that has to be seen."""
LEAST = 3
"""Points of a picture in each direction from which on a letter's shape is looked at."""
_BY_PROGRAMS = re.compile(r"(?i)^\W*(created|made|generated|produced|drawn|exported)\b")

Drawn = tuple[PlacedPicture, str, bytes, At, model.Image]


def hidden_words(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P462: words of an SVG picture that are cut, covered, or as pale as what is under them."""
    on: dict[int, list[Drawn]] = {}
    for one in placed_drawings(pages, expected):
        on.setdefault(one[0].page, []).append(one)
    if not on:
        return
    with pdfium.opened(pages.pdf) as document:
        for number, drawn in on.items():
            seen = None
            for picture, name, raw, at, image in drawn:
                for words, boxes in _printed(pages, picture, raw):
                    if seen is None:
                        whole = pixels(document[number - 1], (), SCALE)
                        bare = pixels(document[number - 1], (pdf_raw.FPDF_PAGEOBJ_TEXT,), SCALE)
                        seen = differs(whole, bare, FAINT)
                    if not all(_is_seen(box, seen) for box in boxes):
                        message = (
                            f"{short(words)} in the drawing {name} cannot be seen whole, "
                            f"in picture {image.id!r}"
                        )
                        hint = (
                            "look in the drawing for what cuts it off or lies over it (clip-path, "
                            "mask, a later shape), for its colour, and for a size of 0"
                        )
                        yield at("file"), message, hint, number, picture.box


def _printed(
    pages: SetPages, picture: PlacedPicture, raw: bytes
) -> Iterator[tuple[str, Sequence[Rect]]]:
    """Words of a drawing and the boxes of their letters, where all of these are inside it."""
    letters = letters_of_page(pages.pdf, picture.page)
    for words in dict.fromkeys(said_in(pictures.bare(raw))):
        places = list(letters.found(bare_letters(words)))
        here = [b for b in places if any(within(one, picture.box) for one in b)]
        if here and not any(beyond(one, picture.box) for boxes in here for one in boxes):
            # The same words may stand over one another, with a halo: one of them is seen.
            yield words, max(here, key=lambda boxes: sum(box[2] - box[0] for box in boxes))


def bare_letters(words: str) -> str:
    """Words without what stands between their letters."""
    return "".join(words.split())


def _is_seen(box: Rect, seen: Ink) -> bool:
    """Whether a letter makes a difference to its page, over most of its width and height."""
    left, top = (int(np.floor(edge * SCALE)) for edge in box[:2])
    right, bottom = (int(np.ceil(edge * SCALE)) for edge in box[2:])
    there = seen[max(top, 0) : bottom, max(left, 0) : right]
    if not there.size or not there.any():
        return False
    rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
    tall, wide = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    shares = ((tall, (box[3] - box[1]) * SCALE), (wide, (box[2] - box[0]) * SCALE))
    return all(size < LEAST or got >= WHOLE * size for got, size in shares)


def undrawn_words(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P466: words of an SVG picture that are not drawn: hidden, never used, or said of it alone."""
    told = set[str]()
    for picture, name, raw, at, image in placed_drawings(pages, expected):
        if name in told:
            continue
        told.add(name)
        drawing = pictures.bare(raw)
        for words in mirrored(drawing):
            message = f"{short(words)} is mirrored in the drawing {name}, in picture {image.id!r}"
            hint = "take the negative scale from it, or turn the words back"
            yield at("file"), message, hint, picture.page, picture.box
        letters = letters_of_page(pages.pdf, picture.page)
        said = Counter(said_in(drawing))
        lost = [w for w, times in said.items() if not _is_there(w, times, letters, picture.box)]
        lost += [words for words in _flattened(drawing) if words not in lost]
        known = words_of(" ".join((*said, image.alt, image.caption, image.credit)))
        lost += [w for w in _told(raw) if words_of(w) not in known and not _BY_PROGRAMS.match(w)]
        if lost:
            more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
            words = f"{short(lost[0])}{more} in the drawing {name}"
            message = f"{words} is not drawn, in picture {image.id!r}"
            hint = (
                "show it (a hidden layer, a symbol that nothing uses, a size of 0), write it into "
                "caption or alt, or delete it from the drawing"
            )
            yield at("file"), message, hint, picture.page, picture.box


def _is_there(words: str, times: int, letters: PageLetters, box: Rect) -> bool:
    """Whether a picture has words as often as its drawing.

    Where the page has them in other signs, what is printed as one sign is one letter, and where it
    stands is not known.
    """
    places = list(letters.found(bare_letters(words)))
    here = sum(any(within(one, box) for one in boxes) for boxes in places)
    return here >= times or (not places and letters.words.count(words_of(words)) >= times)


_FLAT = re.compile(
    r"scale[XY]?\(\s*(?:[-\d.]+[\s,]+)?-?0*\.?0*\s*[,)]"
    r"|matrix\(\s*0[\s,]+0[\s,]+0[\s,]+0\b"
)


def _flattened(drawing: bytes) -> Iterator[str]:
    """Words that a transformation leaves no size, which a reader of pages takes for whole."""
    for element in ET.fromstring(drawing).iter():  # noqa: S314 written by the press
        if _FLAT.search(element.get("transform", "")):
            texts = (one for one in element.iter() if one.tag.endswith("}text"))
            yield from (" ".join("".join(one.itertext()).split()) for one in texts)


_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_TURNS = re.compile(rf"(scale|matrix)\(\s*({_NUMBER}(?:[\s,]+{_NUMBER})*)\s*\)")


def mirrored(drawing: bytes) -> Iterator[str]:
    """Words that transformations turn to their mirror image, those around them included."""
    return _mirrored(ET.fromstring(drawing), turned=False)  # noqa: S314 written by the press


def _mirrored(element: ET.Element, *, turned: bool) -> Iterator[str]:
    for kind, given in _TURNS.findall(element.get("transform", "")):
        numbers = [float(number) for number in re.split(r"[\s,]+", given)]
        if kind == "scale" and len(numbers) == 2:
            turned ^= numbers[0] * numbers[1] < 0
        elif kind == "matrix" and len(numbers) == 6:
            turned ^= numbers[0] * numbers[3] < numbers[1] * numbers[2]
    if element.tag.endswith("}text"):
        if turned:
            yield " ".join("".join(element.itertext()).split())
        return
    for inner in element:
        yield from _mirrored(inner, turned=turned)


def _told(raw: bytes) -> Iterator[str]:
    """What a drawing says of itself: its titles and descriptions."""
    for element in ET.fromstring(raw).iter():  # noqa: S314 read without entities before
        if str(element.tag).rpartition("}")[2] in ("title", "desc"):
            words = " ".join("".join(element.itertext()).split())
            if words_of(words):
                yield words


CHECKS = (hidden_words, undrawn_words)
"""What is held against the drawings of the author's own."""
