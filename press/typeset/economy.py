"""How well the pages are filled: holes, pages less than half full, heads at the foot of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from press.base.units import MM, counted
from press.typeset.folios import listed
from press.typeset.layout import Layout, PlacedPicture, TextLine

HOLE = 30 * MM
"""Points down a page in which nothing stands, from which on it is a hole."""
HALF = 0.5
"""The share of a page's height below which it is less than half full."""
FREE = ("title-page", "imprint", "back-cover")
"""What is set on its page as its design wants it, and is not measured."""
HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "label", "lead", "legend",
         "group")  # fmt: skip
"""Elements and classes that say what follows them."""


@dataclass(frozen=True)
class Economy:
    """The pages, from 1, that have a hole, that are less than half full, and that end in a head.

    What a page leaves empty before a break that is asked for is none of them.
    """

    holes: tuple[int, ...] = ()
    thin: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Each of them counted, with its pages."""
        counts = (
            (self.holes, "hole", " over 30 mm"),
            (self.thin, "page", " under half full"),
            (self.heads, "head", " at the foot of a page"),
        )
        return ", ".join(
            f"{counted(len(pages), thing)}{which}{f' (p. {listed(pages)})' if pages else ''}"
            for pages, thing, which in counts
        )


def economy(layout: Layout) -> Economy:
    """How well the pages are filled, by what is set on them."""
    main: dict[int, list[tuple[float, float]]] = {}
    notes: dict[int, float] = {}
    free: set[int] = set()
    every: tuple[TextLine | PlacedPicture, ...] = (*layout.lines, *layout.pictures)
    for one in every:
        if isinstance(one, TextLine) and one.part != "main":
            if one.part == "note":
                notes[one.page] = min(one.top, notes.get(one.page, one.top))
            continue
        main.setdefault(one.page, []).append((one.box[1], one.box[3]))
        if one.within(*FREE):
            free.add(one.page)
    holes, thin = [], []
    for page, spans in sorted(main.items()):
        area = layout.pages[page - 1]
        top, foot = area.area[1], notes.get(page, area.area[3])
        *gaps, last = _gaps(spans, top, foot)
        last *= not area.asked
        if page not in free and max(last, *gaps) > HOLE:
            holes.append(page)
        if page not in free and last > (1 - HALF) * (area.area[3] - top):
            thin.append(page)
    return Economy(tuple(holes), tuple(thin), tuple(dict.fromkeys(_stranded(layout))))


def _gaps(spans: Iterable[tuple[float, float]], top: float, foot: float) -> Iterator[float]:
    """How much is empty between ``top``, what stands from one height to another, and ``foot``."""
    reached = top
    for begin, end in sorted(spans):
        yield begin - reached
        reached = max(reached, end)
    yield foot - reached


def _stranded(layout: Layout) -> Iterator[int]:
    """The pages whose last line says what stands overleaf: a head, a label, words with a colon."""
    main = [line for line in layout.lines if line.part == "main" and not line.within(*FREE)]
    for line, following in pairwise(main):
        if line.page == following.page or layout.pages[line.page - 1].asked:
            continue
        ends = line.element is not following.element and not line.within("figure")
        if ends and (line.within(*HEADS) or line.text.rstrip().endswith(":")):
            yield line.page
