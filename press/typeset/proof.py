"""Stage 8: reads the set pages as a proof-reader would, and says what is wrong with them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import islice

import numpy as np
import pikepdf

from press.base import pdfium
from press.base.boxes import overlap
from press.base.finding import Finding, PageRemark, Rect, findings_by
from press.base.units import counted
from press.design.declarations import Declared
from press.design.stylesheets import LOCAL
from press.typeset import (
    given,
    idle_styles,
    lacking_faces,
    ledger,
    on_plates,
    page_checks,
    unseen_words,
    words_of_pictures,
    yielding_rules,
)
from press.typeset.blame import FAR, MOVING, PICTURING, acting, blamed, place_of, reach, remedy
from press.typeset.complaints import broken_styles, complaints, refusals
from press.typeset.expected import Expected
from press.typeset.missing_glyphs import lacking, missing_glyphs
from press.typeset.notes import stray_notes
from press.typeset.spots import anchors_at
from press.typeset.substituted import substituted_fonts
from press.typeset.typeset import SetPages
from press.typeset.word_order import words_in_disorder

EDGE = 1.0
"""Points by which a glyph may pass the edge of the page before it counts as lost."""

NAMED = 6
"""Anchors beyond the last page that are named."""

LEAST_SHARED = (0.02, 0.15)
"""Shares of area and height from which the letters of two runs of words are looked at."""

NAMED_OVER = 3
"""Words over words that are named of one page."""

PIECE = 4
"""Letters of a word on a curve that are read as one piece, at most."""


def proof(pages: SetPages, expected: Expected) -> tuple[Finding, ...]:
    """Every finding on the set pages, at the line of the content that made it where it is known."""
    expected = replace(expected, root=pages.root)
    return (
        *findings_by(CHECKS, pages, expected),
        *findings_by(ledger.CHECKS, pages, expected),
        *findings_by(given.CHECKS, pages, expected),
        *findings_by(on_plates.CHECKS, pages, expected),
        *findings_by(unseen_words.CHECKS, pages, expected),
        *findings_by(idle_styles.CHECKS, pages, expected),
        *findings_by(lacking_faces.CHECKS, pages, expected),
        *findings_by(yielding_rules.CHECKS, pages, expected),
        *findings_by(page_checks.CHECKS, pages.layout, expected),
    )


def unsettled_folios(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P405: page references that still move after several passes, or point at nothing."""
    for anchor in pages.unsettled:
        message = f"the page of {anchor} does not settle"
        yield expected.remark(message, "move the reference to another line")
    for anchor in sorted(set(re.findall(r'data-page-of="([^"]+)"', pages.text))):
        message = f"the page reference to {anchor} was not filled in"
        yield expected.remark(message, "report this fault")


def lost_notes(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P406: a note that is lost, doubled, or parted from its call by the typesetter."""
    for anchor in stray_notes(pages.text, pages.folios):
        number = anchor.removeprefix("note-")
        called = pages.folios.get(f"call-{number}", ())
        on, call_on = (
            ", ".join(map(str, at)) or "no page" for at in (pages.folios.get(anchor, ()), called)
        )
        message = f"note {number} is on {on}, its call on {call_on}"
        hint = "shorten the note, or move its call to another sentence"
        words = _text_before(pages.text, f'id="call-{number}"')
        yield expected.remark(message, hint, page=called[0] if called else 0, words=words)


def _text_before(html: str, mark: str, most: int = 300) -> str:
    """The words before ``mark``, as far as the beginning of their paragraph; at most some lines."""
    at = html.find(mark)
    begin = max(at - most, 0)
    text = html[begin : html.rfind("<", begin, at)] if at > 0 else ""
    paragraph = max(text.rfind("<p"), text.rfind("<li"), text.rfind("<td"))
    return re.sub(r"<[^>]*>|^[^<]*>", " ", text[max(paragraph, 0) :])[-80:]


def speechless_drawings(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P407: a drawing or picture that says nothing to somebody who cannot see it."""
    for svg in re.findall(r"<svg\b[^>]*>.{0,400}", pages.text, flags=re.DOTALL):
        if "<title>" not in svg and 'aria-hidden="true"' not in svg[: svg.find(">")]:
            message = f"a drawing has no title: {svg[:60]}…"
            yield expected.remark(message, "add <title> to the svg")
    for image in re.findall(r"<img\b[^>]*>", pages.text):
        if not re.search(r'\balt="[^"]+"', image):
            message = f"a picture has no alt text: {image[:60]}…"
            yield expected.remark(message, "add alt text to it")


Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the page's lower left corner."""


@lru_cache(maxsize=2)
def set_boxes(pdf: bytes) -> tuple[tuple[tuple[float, float], tuple[Box, ...]], ...]:
    """For each page of ``pdf`` its width and height in points, and the boxes of its text."""
    found = []
    with pdfium.opened(pdf) as document:
        for page in document:
            text = page.get_textpage()
            boxes = tuple(text.get_rect(n) for n in range(text.count_rects()))
            found.append((page.get_size(), boxes))
    return tuple(found)


def words_in(pdf: bytes, number: int, box: Box) -> str:
    """The words in a box of page ``number``, from 1; at most 40 letters."""
    with pdfium.opened(pdf) as document:
        text = document[number - 1].get_textpage().get_text_bounded(*box)
        return " ".join(text.split())[:40]


NEIGHBOURS = 3
"""Letters that follow one another at most so far may overlap: where a word turns, or has marks."""
ENOUGH = ((1, 1 / 3, 1 / 2), (2, 0.12, 0.2), (3, 0.01, 0.05))
"""How many pairs of letters say that words meet, by shares of area and height of the smaller."""


def letters_meet(pdf: bytes, number: int, one: Box, other: Box) -> bool:
    """Whether letters lie over one another where these boxes of page ``number`` meet.

    The upright boxes of words that stand aslant, like the names of two rivers that meet, overlap
    where none of their letters do. A letter over the same letter is one that is printed twice.
    """
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    met = [(n, sign, box) for n, sign, box in _letters(pdf, number)
           if box[0] < right and box[2] > left and box[1] < top and box[3] > bottom]  # fmt: skip
    places = [box for _, _, box in met]

    def clashes(area: float, height: float) -> int:
        pairs = ((met[a], met[b]) for a, b in overlapping(places, area, height))
        return sum(b[0] - a[0] > NEIGHBOURS and not _is_doubled(a, b) for a, b in pairs)

    return any(clashes(area, height) >= pairs for pairs, area, height in ENOUGH)


def _is_doubled(one: tuple[int, str, Box], other: tuple[int, str, Box]) -> bool:
    """Whether a letter is printed twice at the same place, give or take a fifth of its height."""
    (_, sign, box), (_, again, there) = one, other
    near = (box[3] - box[1]) / 5
    return sign == again and all(abs(a - b) < near for a, b in zip(box, there, strict=True))


@lru_cache(maxsize=2)
def _letters(pdf: bytes, number: int) -> tuple[tuple[int, str, Box], ...]:
    """The letters of page ``number`` in the order of print: which, and where their ink is."""
    with pdfium.opened(pdf) as document:
        text = document[number - 1].get_textpage()
        signs = ((n, text.get_text_range(n, 1)) for n in range(text.count_chars()))
        every = [(n, sign, text.get_charbox(n)) for n, sign in signs if sign.strip()]
    return tuple(one for one in every if one[2][2] > one[2][0])


def _from_top(box: Box, height: float) -> Rect:
    """A box as findings have it, on a page of this height."""
    left, bottom, right, top = box
    return left, height - top, right, height - bottom


def overflow(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P408: text or a picture that runs off the page, or words that run out of their drawing."""
    cut = list(words_of_pictures.cut_off(pages, expected))
    yield from (remark for remark, _ in cut)
    drawn = [(remark[3], box) for remark, boxes in cut for box in boxes]
    for picture in pages.layout.pictures:
        page, (left, top, right, bottom) = pages.layout.pages[picture.page - 1], picture.box
        low, high = min(left, top), max(right - page.width, bottom - page.height)
        if picture.source and max(-low, high) > EDGE:
            name = picture.source.rpartition("/")[2]
            message, hint = f"the picture {name} runs off the page", "crop it, or print it smaller"
            if rule := blamed(expected, picture.element, PICTURING):
                hint = remedy(rule)
            yield expected.remark(message, hint, picture.page, name, picture.anchors, picture.box)
    for number, ((width, height), boxes) in enumerate(set_boxes(pages.pdf), start=1):
        lost = [
            box
            for box in boxes
            if (min(box[:2]) < -EDGE or box[2] > width + EDGE or box[3] > height + EDGE)
            and not any(number == on and overlap(_from_top(box, height), one) for on, one in drawn)
        ]
        for box in lost[:3]:
            words = words_in(pages.pdf, number, box)
            message, hint = f"“{words}” runs off the page", "shorten or break it"
            if rule := _mover(pages, expected, number, words):
                hint = remedy(rule)
            spot = _from_top(box, height)
            anchors = anchors_at(pages.layout, number, spot)
            yield expected.remark(message, hint, number, words, anchors, spot)


def parted_plates(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P412: a map or timeline that begins on one page and ends on another."""
    layout, begun = pages.layout, dict[str, int]()
    parted = dict[str, tuple[int, Rect]]()
    spots = [(p.page, p.anchors, p.box) for p in layout.pictures]
    spots += [(one.page, one.anchors, one.box) for one in layout.lines if one.part == "main"]
    for page, anchors, box in sorted(spots):
        for anchor in (name for name in anchors if name.startswith("plate-")):
            if begun.setdefault(anchor, page) != page:
                parted.setdefault(anchor, (page, box))
    for anchor, (page, box) in parted.items():
        message = f"{anchor.removeprefix('plate-')!r} begins on page {begun[anchor]} and ends here"
        hint = "give it a page of its own (size: page), or shorten its caption or legend"
        yield expected.remark(message, hint, page, "", (anchor,), box)


def overprint(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P410: words printed over other words; not boxes in place of letters that no font has."""
    missing = lacking(pages) | {"\ufffd"}
    for number, ((_, height), boxes) in enumerate(set_boxes(pages.pdf), start=1):
        for one, other, box in islice(_printed_over(pages.pdf, number, boxes, missing), NAMED_OVER):
            message = f"“{one}” is printed over “{other}”"
            hint = "shorten one of them, or move it to another page"
            spot = _from_top(box, height)
            if rule := _mover(pages, expected, number, f"{one} {other}"):
                message, hint = (
                    f"{message}, it seems by {rule.said}",
                    "take it out, or make room",
                )
                yield rule.place, message, hint, number, spot
                continue
            anchors = anchors_at(pages.layout, number, spot)
            yield expected.remark(message, hint, number, one, anchors, spot)


def _printed_over(
    pdf: bytes, number: int, boxes: Sequence[Box], missing: Set[str]
) -> Iterator[tuple[str, str, Box]]:
    """Words of one page and those that they are printed over, and where."""
    for pair in overlapping(boxes, *LEAST_SHARED):
        one, other = (words_in(pdf, number, boxes[n]) for n in pair)
        sound = curved(one, other) or marked(one, other) or not missing.isdisjoint(one + other)
        if not sound and letters_meet(pdf, number, boxes[pair[0]], boxes[pair[1]]):
            yield one, other, boxes[pair[0]]


def _mover(pages: SetPages, expected: Expected, page: int, words: str) -> Declared | None:
    """What in a theme or in local tweaks may have moved words over others, or off the page."""
    asked = {word for word in words.split() if len(word) > PIECE // 2}
    if not expected.guest_declarations:
        return None
    sure, loose = list[Declared](), list[Declared]()
    for line in (line for line in pages.layout.lines if line.page == page):
        for one in acting(expected, line.element, MOVING):
            # Words that were moved are read in one with those that they lie on, and no more known.
            if one.name in MOVING[:2] or asked & set(line.text.split()):
                sure.append(one)
            elif one.place[0] == LOCAL:
                loose.append(one)
    if not sure + loose:  # words of a drawing stand in no line
        drawn = (one.element for one in pages.elements if one.picture and one.page == page)
        moved = (one for element in drawn for one in acting(expected, element, MOVING))
        loose += [one for one in moved if reach(one) >= FAR]
    return min(
        sure or loose, key=lambda one: (reach(one) < FAR, place_of(one, MOVING)), default=None
    )


def marked(one: str, other: str) -> bool:
    """Whether the marks of a word (points, vowels, accents) lie over its letters, as they should.

    The reader of pages takes a mark for a piece of its own, with a letter of its word or without.
    """
    if not any(unicodedata.combining(sign) for sign in one + other):
        return False
    bare = ["".join(s for s in words if s.isalnum() and not unicodedata.combining(s))
            for words in (one, other)]  # fmt: skip
    return bare[0] in bare[1] or bare[1] in bare[0]


def curved(one: str, other: str) -> bool:
    """Whether both are pieces of one word that runs along a curve: their upright boxes overlap."""
    if max(len(one), len(other)) > PIECE:
        return False
    most = min(len(one), len(other))
    shared = any(one[-n:] == other[:n] or other[-n:] == one[:n] for n in range(2, most + 1))
    return shared or one in other or other in one


def overlapping(
    boxes: Sequence[Box], area: float = 1 / 3, height: float = 1 / 2
) -> list[tuple[int, int]]:
    """Pairs of boxes (left, bottom, right, top in points) that share much of the smaller one.

    Neighbouring lines touch and raised figures reach into the line above, so a share of the area
    and of the height of the smaller box must be common to both.
    """
    if not boxes:
        return []
    array = np.array(boxes)
    low = np.maximum(array[:, None, :2], array[None, :, :2])
    high = np.minimum(array[:, None, 2:], array[None, :, 2:])
    shared = np.clip(high - low, 0, None)
    sizes = array[:, 2:] - array[:, :2]
    areas = np.maximum(sizes.prod(axis=1), 1e-6)
    much = shared.prod(axis=2) > np.minimum(areas[:, None], areas[None, :]) * area
    tall = shared[:, :, 1] > np.minimum(sizes[:, None, 1], sizes[None, :, 1]) * height
    return [(int(a), int(b)) for a, b in np.argwhere(np.triu(much & tall, 1))]


def too_long(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P420: more pages than the edition may have."""
    most = expected.most_pages
    if most is None or pages.pages <= most:
        return
    over = [
        anchor
        for anchor, at in pages.folios.items()
        if at[0] > most and not re.match(r"(block|call|note|cite)-", anchor)
    ]
    hint = "make the text shorter, or mark fewer events essential: true"
    if over:
        hint += f"; what does not fit: {', '.join(over[:NAMED])}"
        hint += " …" if len(over) > NAMED else ""
    message = f"{counted(pages.pages, 'page')}, and this edition may have {most}"
    yield expected.remark(message, hint)


def broken_file(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P409: a PDF that qpdf has to mend, or that has not the pages that were set."""
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        number = len(pdf.pages)
        problems = [*map(str, pdf.get_warnings())]
    if number != pages.pages:
        problems.append(f"{counted(number, 'page')} instead of {pages.pages}")
    for problem in problems:
        yield expected.remark(f"the PDF is damaged: {problem}", "report this fault")


CHECKS: tuple[Callable[[SetPages, Expected], Iterator[PageRemark]], ...] = (
    missing_glyphs,
    broken_styles,
    refusals,
    substituted_fonts,
    lost_notes,
    overflow,
    parted_plates,
    overprint,
    words_in_disorder,
    complaints,
    unsettled_folios,
    speechless_drawings,
    too_long,
    broken_file,
)
"""Every check of the set pages as a whole."""
