"""What stands on the set pages of each element of the HTML: its words, its number, its picture.

Every box knows the element that it was made from. So what an element has in the HTML can be held
against what was set of it, whatever the style sheets do to it on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from press.base.finding import Rect
from press.base.units import PX
from press.typeset import engine
from press.typeset.engine import boxes
from press.typeset.hidden import Hidden, Sight, hidden, within
from press.typeset.same_words import are_there

SIGN = "•"
"""Any sign before an item of a list without numbers."""
NEAR = 60
"""Signs before an element that are kept, to tell its words from the same words elsewhere."""
LEAST_INDENT = 2.0
"""CSS pixels by which an item is set in at the least, so that one sees under which it stands."""


@dataclass(frozen=True)
class SetElement:
    """An element with words, a number or a picture of its own, and what the pages have of it.

    ``given`` are its words in the HTML, without those of the elements in it; ``printed`` the words
    that can be seen. ``number`` is what stands before an item of a list, ``numbered`` what should
    ("" where nobody asks). Of a picture ``given`` is "" and ``shown`` says whether all of it can be
    seen. ``parent`` is the place of the element around it in the list, -1 for none, ``before`` what
    stands right before it in that; ``anchors`` are the ids around it, outermost first, with its
    own. ``page`` is 0 where nothing of it was set. ``breaks`` says how often a line ends in it by
    the author's will, ``lines`` on how many lines it is set. ``indent`` is by how much an item of
    a list is set in from the item that it stands under, in CSS pixels, None where it is under none.
    ``call`` is what stands in the text for a note, ``hidden`` why what is set of it cannot be seen,
    where that is so, ``element`` the element itself.
    """

    tag: str
    classes: tuple[str, ...]
    anchors: tuple[str, ...]
    parent: int
    given: str = ""
    printed: str = ""
    number: str = ""
    numbered: str = ""
    picture: str = ""
    shown: bool = True
    page: int = 0
    box: Rect | None = None
    before: str = ""
    breaks: int = 0
    lines: int = 0
    indent: float | None = None
    call: str = ""
    hidden: Hidden | None = field(default=None, compare=False, repr=False)
    element: Any = field(default=None, compare=False, repr=False)

    @property
    def is_worded(self) -> bool:
        """Whether its words can be read; the head of a table may be there several times."""
        return are_there(self.given, self.printed)

    @property
    def is_numbered(self) -> bool:
        """Whether what should stand before it does."""
        any_sign = self.numbered == SIGN and bool(self.number)
        return not self.numbered or self.number == self.numbered or any_sign

    @property
    def is_set_in(self) -> bool:
        """Whether one sees under which item of a list it stands, where it stands under one."""
        return not self.numbered or self.indent is None or self.indent >= LEAST_INDENT

    @property
    def entry(self) -> str:
        """The id of the innermost thing around it, which may be one of the press's own."""
        named = (a for a in reversed(self.anchors) if not a.startswith(_COUNTED))
        return next(named, "")


@dataclass
class _Set:
    """What was met so far of one element."""

    words: list[str] = field(default_factory=list)
    hyphen: str = ""
    line: int = 0
    number: list[str] = field(default_factory=list)
    call: list[str] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    shown: bool = False
    page: int = 0
    box: Rect | None = None
    indent: float | None = None
    hidden: Hidden | None = None


_COUNTED = ("block-", "note-", "call-", "cite-", "fact-", "seen-", "of-", "ix-")
"""How the ids begin that are given by number, and name no thing."""
_OWN = ("", "first-letter", "first-line")
"""Boxes made of an element's own words, by the name behind the colons of their tags."""
_NUMBERS = ("marker", "footnote-marker")


def read(root: Any, pages: Iterable[Any]) -> tuple[SetElement, ...]:
    """Every element of ``root`` that holds words, a number or a picture, in the order of the HTML.

    ``pages`` are those of the rendered document that was made from it.
    """
    found: dict[Any, _Set] = {}
    for number, page in enumerate(pages, start=1):
        for child in engine.children(engine.page_box(page)):
            if not isinstance(child, boxes.MarginBox):
                _gather(child, Sight(number, paper=(page.width, page.height)), found)
    body = next(iter(root.iter("body")), root)
    listed: list[SetElement] = []
    _list(body, _Stand(), found, listed)
    return tuple(listed)


def _gather(box: Any, seen: Sight, found: dict[Any, _Set]) -> None:
    """Takes down what ``box`` and the boxes in it show of their elements."""
    seen = within(box, seen)
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox) and box.element is not None:
        here = found.setdefault(box.element, _Set())
        pseudo = str(box.element_tag).partition("::")[2]
        if (why := hidden(box, seen)) is None:
            _take_down(box, pseudo, here, seen)
        elif here.hidden is None and pseudo in _OWN:
            here.hidden = why
        if not here.page:
            here.page, here.box = seen.page, _rect(box)
    if box.element_tag == "li" and isinstance(box, boxes.BlockBox) and box.element is not None:
        seen = _in_item(box, seen, found)
    for child in engine.children(box):
        _gather(child, seen, found)


def _take_down(box: Any, pseudo: str, here: _Set, seen: Sight) -> None:
    """Takes down a run of words or a picture that can be seen."""
    if isinstance(box, boxes.ReplacedBox):
        here.shown = True
    elif pseudo in _NUMBERS:
        here.number.append(box.text)
    elif pseudo == "footnote-call":
        here.call.append(box.text)
    elif pseudo in _OWN:
        _take_words(box, here, seen.line)


def _take_words(box: Any, here: _Set, line: int) -> None:
    """Takes down words, and from those of the line before them the typesetter's hyphen off."""
    last = here.words[-1] if here.words else ""
    if line != here.line and here.hyphen and last.endswith(here.hyphen) and not last[-1].isalnum():
        here.words[-1] = last.removesuffix(here.hyphen)
    here.words.append(box.text)
    here.lines.add(line)
    here.line, here.hyphen = line, box.style["hyphenate_character"]


def _in_item(box: Any, seen: Sight, found: dict[Any, _Set]) -> Sight:
    """What is seen in an item of a list, and by how much less wide it is than the one around it."""
    if seen.item is not None and seen.item.element is box.element:
        return seen  # a box without an element of its own, in the item
    if seen.item is not None:
        here, less = found.setdefault(box.element, _Set()), seen.item.width - box.width
        here.indent = less if here.indent is None else min(less, here.indent)
    return replace(seen, item=box)


def _rect(box: Any) -> Rect:
    left, top = box.content_box_x() * PX, box.content_box_y() * PX
    return left, top, left + box.width * PX, top + box.height * PX


# -- the elements of the HTML --------------------------------------------------------------------


@dataclass(frozen=True)
class _Stand:
    """Where an element stands: under which other, among which ids, and what is before it."""

    parent: int = -1
    anchors: tuple[str, ...] = ()
    numbered: str = ""
    before: str = ""


def _list(element: Any, stand: _Stand, found: dict[Any, _Set], listed: list[SetElement]) -> None:
    """Adds ``element`` and the elements in it to ``listed``."""
    if not isinstance(element.tag, str):
        return
    anchor = element.get("id", "")
    anchors = (*stand.anchors, anchor) if anchor else stand.anchors
    tag = element.tag.rpartition("}")[2]
    drawn = tag in ("svg", "img")
    words = "" if drawn else "".join((element.text or "", *(c.tail or "" for c in element)))
    here = found.get(element, _Set())
    listed.append(
        SetElement(
            tag,
            tuple(element.get("class", "").split()),
            anchors,
            stand.parent,
            words if words.strip() else "",
            "".join(here.words),
            "".join(here.number).strip() or _box(element, found),
            stand.numbered,
            (unquote(element.get("src", "")) or "svg") if drawn else "",
            here.shown or not drawn,
            here.page,
            here.box,
            stand.before,
            breaks := sum(_ends_line(child) for child in element),
            len(_lines(element, found)) if breaks else 0,
            here.indent,
            "".join(here.call).strip(),
            here.hidden,
            element,
        )
    )
    own = len(listed) - 1
    numbers, before = _numbers(element, listed, own), element.text or ""
    for child in () if drawn else element:
        number = next(numbers) if child.tag == "li" else ""
        _list(child, _Stand(own, anchors, number, before[-NEAR:]), found, listed)
        before = child.tail or ""


def _box(item: Any, found: dict[Any, _Set]) -> str:
    """What is seen of the box with which an item begins that is to do, or done: it is its sign."""
    first = next(iter(item), None)
    is_box = first is not None and first.get("class") == "tick" and not (item.text or "").strip()
    return "".join(found[first].words) if is_box and first in found else ""


def _ends_line(element: Any) -> bool:
    """Whether an element is a break between words."""
    return element.tag == "br" and bool((element.tail or "").strip())


def _lines(element: Any, found: dict[Any, _Set]) -> set[int]:
    """The lines on which the words of an element, and of the elements in it, are set."""
    inside = (found[one].lines for one in element.iter() if one in found)
    return set[int]().union(*inside)


_PROSE = "chapter"
"""The class of what holds an author's own lists, which have no class; those of the press do."""


def _numbers(element: Any, listed: list[SetElement], own: int) -> Iterator[str]:
    """What stands before each item of a list, "" where nobody asks."""
    around = own
    while around >= 0 and _PROSE not in listed[around].classes:
        around = listed[around].parent
    number = int(element.get("start", "1"))
    while True:
        if around < 0 or element.get("class") or element.tag not in ("ol", "ul"):
            yield ""
        else:
            yield f"{number}." if element.tag == "ol" else SIGN
        number += 1
