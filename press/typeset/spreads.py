"""Plates that go on overleaf lie open: a map and its legend face one another.

Such a plate needs a left page. Where it would begin on a right one, a plate beside it that fills a
single page changes places with it; where there is none, it begins on the next left page.
"""

from __future__ import annotations

import re

from press.typeset.folios import Folios

_FIGURE = re.compile(
    r'<figure class="(?P<classes>plate [^"]*)" id="(?P<id>[^"]+)"(?P<spread> data-spread="")?[^>]*>'
    r".*?</figure>\s*",
    re.DOTALL,
)
_CHAPTER = re.compile(r'<section class="chapter[^>]*>.*?</section>', re.DOTALL)
_SPREAD = ' data-spread=""'

Plate = tuple[re.Match[str], ...]
"""The figures of one plate, which follow one another."""


def lying_open(text: str, folios: Folios) -> str:
    """``text`` with the first plate set right whose parts stand on both sides of one leaf.

    In a chapter, where the page before would stay empty amid the text, none is moved.
    """
    plates, chapters = _plates(text), [one.span() for one in _CHAPTER.finditer(text)]
    for number, plate in enumerate(plates):
        first = plate[0]
        page = folios.get(first["id"], (0,))[0]
        amid = any(begin < first.start() < end for begin, end in chapters)
        if not first["spread"] or page % 2 == 0 or amid:
            continue
        for other in (number - 1, number + 1):
            if 0 <= other < len(plates):
                one, next_one = plates[min(number, other)], plates[max(number, other)]
                if _can_change(one, next_one, plates[other]):
                    return _changed(text, one, next_one)
        on_left = first[0].replace('class="', 'class="left-page ', 1)
        return text[: first.start()] + on_left + text[first.end() :]
    return text


def _plates(text: str) -> list[Plate]:
    """All plates; a part that goes on is called as the first, with a number behind it."""
    found: list[Plate] = []
    for figure in _FIGURE.finditer(text):
        last = found[-1] if found else ()
        goes_on = last and figure["id"] == f"{last[0]['id']}-{len(last) + 1}"
        if goes_on and figure.start() == last[-1].end():
            found[-1] = (*last, figure)
        else:
            found.append((figure,))
    return found


def _can_change(one: Plate, next_one: Plate, single: Plate) -> bool:
    """Whether two plates follow one another, and ``single`` of them fills one page."""
    alone = len(single) == 1 and "page" in single[0]["classes"].split()
    return alone and one[-1].end() == next_one[0].start()


def _changed(text: str, one: Plate, other: Plate) -> str:
    """``text`` with two plates that follow one another in the other order."""
    begin, middle, end = one[0].start(), other[0].start(), other[-1].end()
    moved = text[middle:end] + text[begin:middle]
    return text[:begin] + moved.replace(_SPREAD, ' data-spread="moved"') + text[end:]
