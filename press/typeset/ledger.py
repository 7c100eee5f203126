"""The ledger: every element of the HTML against what the pages have of it; a loss at its line.

Style sheets hide words, boxes cut them off, typesetters lose them: whatever the reason, what an
author gave and no reader will see is named where it was typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from press import locale
from press.base.finding import PageRemark, Place
from press.content import locate
from press.content.authored import PrintedWords, origin, typed
from press.content.load import Loaded
from press.typeset.blame import (
    BREAKING,
    COLOURING,
    COVERING,
    HIDING,
    NUMBERING,
    PICTURING,
    blamed,
    blaming,
    covering,
    remedy,
    token_of,
)
from press.typeset.covered import OVER, Unseen, covered, faint
from press.typeset.covered_pictures import covered_pictures
from press.typeset.expected import Expected
from press.typeset.gathering import OneLoss, gathered
from press.typeset.hidden import Hidden
from press.typeset.page_checks import short
from press.typeset.painted import Painted
from press.typeset.same_words import UNSEEN, compared
from press.typeset.set_elements import SIGN, SetElement
from press.typeset.typeset import SetPages

CONTEXT = 60
"""Signs around lost words that are looked at, to tell them from the same words elsewhere."""


Elements = Sequence[SetElement]


@dataclass(frozen=True)
class _Loss:
    """What is lost together: the elements by their numbers, and the words of all of them."""

    first: int
    words: str
    elements: tuple[int, ...]


def lost_words(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P460: words that stand on no page, or cannot be seen there."""
    yield from gathered(_words(pages.elements, expected))
    yield from gathered(_unseen(pages, expected))


def _unseen(pages: SetPages, expected: Expected) -> Iterator[OneLoss]:
    """Words that are set and cannot be seen: under something, or in the colour of their ground."""
    for one in (*covered(pages, expected), *faint(pages, expected)):
        line = one.line
        known = locate.find(expected.loaded, one.words, line.anchors) if expected.loaded else None
        kind = line.path[-1] if line.path else ""
        message = f"{short(one.words)} cannot be seen: {one.why}"
        place, hint = known or (expected.name, 0, 0), _cause(one, pages, expected)
        yield OneLoss(f"{one.why}, {kind}", place, message, hint, line.page, one.box)


def _cause(one: Unseen, pages: SetPages, expected: Expected) -> str:
    """What to do about words that are set and cannot be seen."""
    if one.why == OVER:
        rule = covering(expected, _on_page(pages, one.line.page), one.box, one.element)
        return remedy(rule) if rule else _remedy(expected, one.element, COLOURING)
    token = token_of(expected, one.colours)
    if token and not blamed(expected, one.element, COLOURING):
        return blaming(token)
    return _remedy(expected, one.element, COLOURING)


def _on_page(pages: SetPages, number: int) -> Iterator[Painted]:
    """The boxes that lay something on a page."""
    return (one for one in pages.painted if one.page == number)


def _words(elements: Elements, expected: Expected) -> Iterator[OneLoss]:
    lost = [number for number, one in enumerate(elements) if not one.is_worded]
    own = _own_words(expected)
    for loss in _together(elements, lost):
        ours = all(locate.plain(elements[n].given) in own for n in loss.elements)
        place = _origin(elements, loss, expected, typed if ours else origin)
        if ours and place is None:
            continue  # heads of columns and the like: the press's, which a sheet may leave out
        more = len(loss.words.split()) - len(short(loss.words).split())
        hidden = elements[loss.first].hidden
        message = f"{short(loss.words)} is on no page"
        if hidden and hidden.said:
            message = f"{short(loss.words)} {hidden.said}"
        elif more > 0:
            message = f"{short(loss.words)} and {more} more words are on no page"
        yield _loss(place, message, elements, loss.first, expected)


def lost_numbers(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P461: an item of a list without its number or sign, or not set in; a note without one."""
    yield from gathered(_numbers(pages.elements, expected))
    yield from gathered(_note_numbers(pages.elements, expected))
    yield from gathered(_indents(pages.elements, expected))


def _numbers(elements: Elements, expected: Expected) -> Iterator[OneLoss]:
    for number, one in enumerate(elements):
        if one.is_numbered:
            continue
        own = [number, *_under(elements, number)]
        if not any(elements[n].printed for n in own):
            continue  # the item as a whole is lost, and said to be
        first = next(n for n in own if elements[n].given)
        words = elements[first].given
        what = "sign" if one.numbered == SIGN else f"number {one.numbered.rstrip('.')}"
        message = f"the item {short(words)} lacks its {what}"
        if one.number:
            message = f"the item {short(words)} has {one.number} in place of its {what}"
        place = _origin(elements, _Loss(first, words, (first,)), expected)
        yield _loss(place, message, elements, number, expected, NUMBERING)


def _note_numbers(elements: Elements, expected: Expected) -> Iterator[OneLoss]:
    """Notes whose number a style sheet of the author's takes away, in the text or at the foot."""
    for number, one in enumerate(elements if expected.guest_declarations else ()):
        if "note" not in one.classes or not one.page:
            continue
        words = " ".join(elements[n].printed for n in [number, *_under(elements, number)])
        headed = any("of-head" in elements[n].classes for n in _around(elements, number))
        where = "in the text" if not (one.call or headed) else "" if one.number else "at its foot"
        if words.strip() and where:
            message = f"the note {short(words)} has no number {where}"
            place = _origin(elements, _Loss(number, words, (number,)), expected)
            yield _loss(place, message, elements, number, expected, NUMBERING)


def _indents(elements: Elements, expected: Expected) -> Iterator[OneLoss]:
    for number, one in enumerate(elements):
        if not one.is_set_in:
            first = next(
                (n for n in [number, *_under(elements, number)] if elements[n].given), None
            )
            if first is None:
                continue
            words = elements[first].given
            message = f"the item {short(words)} is not set in from the item that it stands under"
            place = _origin(elements, _Loss(first, words, (first,)), expected)
            yield _loss(place, message, elements, number, expected, NUMBERING)


def lost_breaks(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P465: lines that run together, although the author has broken them."""
    yield from gathered(_breaks(pages.elements, expected))


def _breaks(elements: Elements, expected: Expected) -> Iterator[OneLoss]:
    for number, one in enumerate(elements):
        if one.breaks and one.is_worded and 0 < one.lines <= one.breaks:
            message = f"{one.breaks + 1} lines are set as {one.lines}: {short(one.given)}"
            place = _origin(elements, _Loss(number, one.given, (number,)), expected)
            yield _loss(place, message, elements, number, expected, BREAKING)


def lost_pictures(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P462: a picture or drawing that cannot be seen whole, or stands apart from its caption."""
    yield from gathered(_pictures(pages, expected))


def _pictures(pages: SetPages, expected: Expected) -> Iterator[OneLoss]:
    elements = pages.elements
    under = {id(one) for one in covered_pictures(pages, expected)}
    for number, one in enumerate(elements):
        if not one.picture or any(url.endswith(one.picture) for url in pages.refused):
            continue  # of what was refused another finding says why
        name = _picture_name(one)
        if not one.shown:
            seen = one.hidden.said if one.hidden else ""
            message = f"{name} {(seen or 'cannot be seen whole') if one.page else 'is on no page'}"
            yield _loss(_entry(one, expected), message, elements, number, expected, PICTURING)
        elif id(one) in under and one.box:
            rule = covering(expected, _on_page(pages, one.page), one.box, one.element)
            message, place = f"{name} cannot be seen: {OVER}", _entry(one, expected)
            loss = _loss(place, message, elements, number, expected, COVERING)
            yield replace(loss, remedy=remedy(rule)) if rule else loss
        elif (page := _caption_page(elements, number)) not in (0, one.page):
            message = f"{name} is on page {one.page}, its caption on page {page}"
            yield _loss(_entry(one, expected), message, elements, number, expected, PICTURING)


CHECKS = (lost_words, lost_numbers, lost_breaks, lost_pictures)


def _loss(
    place: Place | None,
    message: str,
    elements: Elements,
    at: int,
    expected: Expected,
    names: Sequence[str] = HIDING,
) -> OneLoss:
    near = next((one for one in reversed(elements[: at + 1]) if one.page), None)
    page, box = (near.page, elements[at].box) if near else (0, None)
    known, kind = place or (expected.name, 0, 0), _kind(elements, at)
    hint = _remedy(expected, elements[at].element, names, elements[at].hidden)
    return OneLoss(kind, known, message, hint, page, box)


def _kind(elements: Elements, at: int) -> str:
    """What a style sheet would call an element: ``.sentence``, ``.chapter li``."""
    one = elements[at]
    if one.classes:
        return f".{one.classes[0]}"
    around = (name for n in _around(elements, one.parent) for name in elements[n].classes[:1])
    return " ".join(filter(None, (f".{name}" if (name := next(around, "")) else "", one.tag)))


def _remedy(
    expected: Expected, element: Any, names: Sequence[str], hidden: Hidden | None = None
) -> str:
    """What to do about a loss: mend the rule, look into the author's sheets, or tell us."""
    if rule := blamed(expected, element, names, hidden):
        return remedy(rule)
    sheets = ["styles/local.css"] if "styles/local.css" in expected.engine else []
    sheets += [] if expected.theme == "default" else [f"the theme {expected.theme!r}"]
    if sheets:
        named = " or ".join(sheets)
        return f"look in {named} for what hides it or cuts it off: display, height, overflow"
    return "this is the press's fault: report it; until it is mended, word or break the text anew"


# -- what is lost together -----------------------------------------------------------------------


def _together(elements: Sequence[SetElement], lost: Sequence[int]) -> Iterator[_Loss]:
    """Lost elements in groups: all in an element that is lost as a whole are one loss."""
    held, gone = Counter[int](), Counter[int]()
    for counts, numbers in ((gone, lost), (held, range(len(elements) if lost else 0))):
        for number in numbers:
            if elements[number].given:
                counts.update(_around(elements, number))
    groups: dict[int, list[int]] = {}
    for number in lost:
        whole = [n for n in _around(elements, number) if gone[n] == held[n]]
        groups.setdefault(whole[-1] if whole else number, []).append(number)
    for numbers in groups.values():
        parts = (_missing(elements[n]) for n in numbers)
        words = " ".join(" ".join(part.split()) for part in parts)
        yield _Loss(numbers[0], words, tuple(numbers))


def _around(elements: Sequence[SetElement], number: int) -> Iterator[int]:
    """An element and those around it, innermost first."""
    while number >= 0:
        yield number
        number = elements[number].parent


def _under(elements: Sequence[SetElement], number: int) -> Iterator[int]:
    """The elements in an element."""
    for at in range(number + 1, len(elements)):
        if elements[at].parent < number:
            return
        yield at


def _missing(one: SetElement) -> str:
    """The words of an element that are lost: without what is printed before and behind them."""
    given, printed = compared(one.given), compared(one.printed)
    before = next((n for n, (a, b) in enumerate(zip(given, printed, strict=False)) if a != b), None)
    before = min(len(given), len(printed)) if before is None else before
    rest, left = given[before:], printed[before:]
    behind = 0
    while behind < min(len(rest), len(left)) and rest[-1 - behind] == left[-1 - behind]:
        behind += 1
    return _cut(one.given, before, len(given) - behind)


def _cut(text: str, first: int, last: int) -> str:
    """``text`` from its sign number ``first`` up to ``last``, of those that are compared."""
    seen, kept = 0, []
    for sign in text:
        if first <= seen < last:
            kept.append(sign)
        if ord(sign) not in UNSEEN:
            seen += len(sign.casefold())
    return "".join(kept)


# -- where it was typed --------------------------------------------------------------------------


def _own_words(expected: Expected) -> frozenset[str]:
    """The words that the press prints by itself, in the dossier's language."""
    language = expected.loaded.dossier.meta.language if expected.loaded else "en"
    return frozenset({"", *map(locate.plain, locale.messages(language).values())})


Search = Callable[[Loaded, PrintedWords], Place | None]


def _origin(
    elements: Sequence[SetElement], loss: _Loss, expected: Expected, search: Search = origin
) -> Place | None:
    """Where the words of a loss were typed; the first that anybody typed."""
    if expected.loaded is None:
        return None
    for number in loss.elements:
        if place := search(expected.loaded, _printed(elements, number)):
            return place
    return None


def _printed(elements: Sequence[SetElement], number: int) -> PrintedWords:
    """The lost words of an element, and what stands around them: around its call, for a note."""
    one = elements[number]
    words = _missing(one) or one.given
    note = next((n for n in _around(elements, number) if "note" in elements[n].classes), None)
    at = number if note is None else note
    alike = [n for n, e in enumerate(elements) if e.given == one.given and _near(e, one)]
    before = one.given.partition(words)[0] if note is None and words in one.given else ""
    nearby = (e for e in elements[max(0, at - CONTEXT) : at + 1] if _near(e, one))
    ahead = [words for e in nearby for words in (e.before, e.given) if words.strip()]
    return PrintedWords(
        words,
        one.anchors,
        before or elements[at].before.strip() or _words_before(elements, at),
        _words_after(elements, at) if note is None else "",
        ahead[::-1],
        alike.index(number),
        len(alike),
    )


def _near(one: SetElement, other: SetElement) -> bool:
    """Whether two elements stand in the same entry."""
    return one.entry == other.entry


def _words_before(elements: Sequence[SetElement], number: int) -> str:
    around = set(_around(elements, number))
    found = ""
    for at in range(number - 1, -1, -1):
        if len(found) >= CONTEXT:
            break
        if at not in around:
            found = f"{elements[at].given} {found}"
    return found


def _words_after(elements: Sequence[SetElement], number: int) -> str:
    found = ""
    for one in elements[number + 1 : number + 1 + CONTEXT]:
        if len(found) >= CONTEXT:
            break
        found = f"{found} {one.given}"
    return found


# -- pictures ------------------------------------------------------------------------------------


def _picture_name(one: SetElement) -> str:
    if one.picture != "svg":
        return f"the picture {one.picture.rpartition('/')[2]}"
    return "the sign" if "sign" in one.classes else "the drawing"


def _entry(one: SetElement, expected: Expected) -> Place | None:
    """The entry of the innermost thing around a picture."""
    return origin(expected.loaded, PrintedWords("", one.anchors)) if expected.loaded else None


_CAPTIONS = {"caption", "plate-head"}


def _caption_page(elements: Sequence[SetElement], number: int) -> int:
    """The page of what stands with a picture in its figure; 0 where nothing does."""
    figure = next((n for n in _around(elements, number) if elements[n].tag == "figure"), None)
    if figure is None or "sign" in elements[number].classes:
        return 0
    for at in _under(elements, figure):
        around = {name for n in _around(elements, at) for name in elements[n].classes}
        if elements[at].page and around & _CAPTIONS:
            return elements[at].page
    return 0
