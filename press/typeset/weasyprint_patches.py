"""What WeasyPrint 70.0 gets wrong and its public API cannot mend.

Each patch stands with the fault that it answers, and ``tests/typeset/test_engine.py`` shows that
fault by setting pages without the patch; when WeasyPrint no longer has it, delete the patch.
Nothing is imported here: ``press.typeset.engine`` says what each patch takes the place of.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

Split = Callable[..., Any]
Iterate = Callable[[Any, str], Iterator[tuple[str, str]]]


@dataclass(frozen=True)
class Patch:
    """A name of a class or module of WeasyPrint, and what makes its replacement of the original."""

    owner: Any
    name: str
    replacement: Callable[[Any], Any]
    original: Any

    def apply(self) -> None:
        """Puts the replacement in place."""
        setattr(self.owner, self.name, self.replacement(self.original))

    def undo(self) -> None:
        """Puts the original back; where the owner had none, takes the replacement away."""
        if self.original is None:
            delattr(self.owner, self.name)
        else:
            setattr(self.owner, self.name, self.original)


def patch(owner: Any, name: str, replacement: Callable[[Any], Any]) -> Patch:
    """The patch of a name of ``owner`` that is not patched yet."""
    return Patch(owner, name, replacement, vars(owner).get(name))


class NotesStay:
    """``LayoutContext.in_column``, which is also true where the layout of lines asks for it.

    The second line of a paragraph that overflows its page made WeasyPrint push the page's last
    notes on to the next page to win room, and lose the notes of that line altogether. It does not
    do so in columns; there the paragraph moves on, as orphans and widows demand.
    """

    def __init__(self, original: None = None) -> None:
        """WeasyPrint has no such attribute of the class, only one of each object."""

    def __get__(self, context: Any, owner: type | None = None) -> Any:
        if context is None:
            return self
        asker = sys._getframe(1).f_code.co_name
        return asker == "_linebox_layout" or context.__dict__.get("in_column", False)

    def __set__(self, context: Any, value: bool) -> None:
        context.__dict__["in_column"] = value


def room_for_notes(update: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """``_update_footnote_area`` without a rounding error, and without quadratic work.

    The area of notes grows with them, and its foot was compared with the foot of the last note to
    the last bit: with a padding or a border over them, the one was a millionth of a millionth
    below the other on some sheets, and every note went to the next page. Only an area whose height
    is limited can overflow.

    For every note that came, all notes of the page were laid out again. Notes without margins that
    stand one below the other take as much room together as each on its own, so each is laid out
    once, alone, and their heights are added up.
    """

    def update_footnote_area(context: Any) -> bool:
        area, notes = context.current_footnote_area, context.current_page_footnotes
        if area.max_height != inf or area.min_height or area.style["height"] != "auto":
            return update(context)
        if not all(map(_stands_alone, notes)) or _reaches(context, area.position_y):
            update(context)
            return False
        heights = vars(area).setdefault("heights_of_notes", {})
        for note in notes:
            if note not in heights:
                context.current_page_footnotes = [note]
                update(context)
                heights[note] = area.height
        context.current_page_footnotes = notes
        if area.height != "auto" and not context.in_column:
            context.page_bottom += area.margin_height()
        area.children, area.height = notes, sum(heights[note] for note in notes)
        if not context.in_column:
            context.page_bottom -= area.margin_height()
        return False

    return update_footnote_area


def _stands_alone(note: Any) -> bool:
    """Whether nothing of a note meets the one above or below it."""
    style = note.style
    return (
        style["footnote_display"] == "block"
        and style["margin_top"].value == style["margin_bottom"].value == 0
        and all(child.style["display"][0] == "inline" for child in note.children)
    )


def _reaches(context: Any, height: float) -> bool:
    """Whether a float ends below ``height``, so that notes would have to make room for it."""
    return any(
        shape.position_y + shape.margin_height() > height for shape in context.excluded_shapes
    )


def with_its_page(add: Callable[..., None]) -> Callable[..., None]:
    """``add_broken_out_of_flow`` that notes where the text of the page begins.

    A float that goes over the page's end is laid out on the next page in the block that held it on
    this one, where that stood. Margins of left and right pages differ, and it missed its column by
    the difference. ``within_its_page`` moves that block; it is copied, for it is printed as well.
    """

    def add_broken_out_of_flow(context: Any, box: Any, whole: Any, block: Any, rest: Any) -> None:
        if not hasattr(block, "page_left"):
            block = block.copy()
            block.page_left = context.current_footnote_area.position_x
        add(context, box, whole, block, rest)

    return add_broken_out_of_flow


def within_its_page(layout: Callable[..., Any]) -> Callable[..., Any]:
    """``float_layout`` of floats from the page before, in a block that stands on this page."""

    def float_layout(context: Any, box: Any, block: Any, *others: Any) -> Any:
        left = context.current_footnote_area.position_x
        moved = block.copy()
        moved.position_x += left - getattr(block, "page_left", left)
        return layout(context, box, moved, *others)

    return float_layout


class RowStarts:
    """``block_container_layout`` and ``avoid_page_break``, so that rows of tables begin whole.

    Of a row that may go over to the next page a ``cell`` without room for its first lines is left
    empty, while the others begin: a date stands at the foot of a page and overleaf what happened.
    Such a row goes over whole.
    """

    def __init__(self, cell: type) -> None:
        self.cell = cell
        self.left = False

    def layout(self, layout: Callable[..., Any]) -> Callable[..., Any]:
        """The layout of blocks, which notes where a cell does not begin."""

        def block_container_layout(
            context: Any, box: Any, bottom_space: float, skip_stack: Any, *more: Any, **named: Any
        ) -> Any:
            if not isinstance(box, self.cell):
                return layout(context, box, bottom_space, skip_stack, *more, **named)
            left, self.left = self.left, False  # a table in the cell has rows of its own
            made = layout(context, box, bottom_space, skip_stack, *more, **named)
            begins = made[0] is not None or skip_stack is not None or named["page_is_empty"]
            self.left = left or not begins
            return made

        return block_container_layout

    def avoid(self, avoid: Callable[..., bool]) -> Callable[..., bool]:
        """Whether a break is to be avoided; that of a row is asked for when its cells are set."""

        def avoid_page_break(value: str, context: Any) -> bool:
            left, self.left = self.left, False
            return left or avoid(value, context)

        return avoid_page_break


def noting_line_start(split: Split) -> Split:
    """``split_inline_box`` that notes where the line begins of which it sets a part.

    A word that is longer than its line is divided anywhere where the style sheet allows it, but
    only if it begins the line. WeasyPrint took every word in the first inline element of a line for
    one: "most of Agdam and part of F / uzuli". ``only_at_line_start`` asks what is noted here.
    """

    def split_inline_box(context: Any, box: Any, position_x: Any, *others: Any) -> Any:
        before = getattr(context, "line_start", -inf)
        if type(box).__name__ == "LineBox":
            context.line_start = position_x
        try:
            return split(context, box, position_x, *others)
        finally:
            context.line_start = before

    return split_inline_box


def only_at_line_start(split: Split) -> Split:
    """``split_text_box`` of text that is at the start of a line only where that is so."""

    def split_text_box(
        context: Any, box: Any, room: Any, skip: Any, *, is_line_start: bool = True
    ) -> Any:
        at = getattr(box, "position_x", -inf)  # it has none yet where widths are asked for
        first = is_line_start and at <= getattr(context, "line_start", inf)
        return split(context, box, room, skip, is_line_start=first)

    return split_text_box


def hanging_spaces(split: Split) -> Split:
    """``split_first_line`` with a space at the end of a run allowed to hang over the line's end.

    A run of text that ends in a space before an inline element, and fits its line but for that
    space, was broken after its first word: "No / single figure agrees with" before a link. A space
    hangs at a line's end, and takes no room there (CSS Text 3, §4.1.3).
    """

    def split_first_line(
        text: str, style: Any, context: Any, max_width: Any, *others: Any, **named: Any
    ) -> Any:
        found = split(text, style, context, max_width, *others, **named)
        words = text.rstrip(" ")
        divided = found[2] is not None and max_width not in (None, inf)
        if not divided or words in ("", text) or style["white_space"] not in ("normal", "pre-line"):
            return found
        if split(words, style, context, max_width, *others, **named)[2] is not None:
            return found
        return split(text, style, context, inf, *others, **named)

    return split_first_line


STEPS = 20_000
"""Blocks and lines laid out for one page at most; the reference dossier's fullest needs 2,215."""


class EndlessPageError(Exception):
    """A page of which the layout does not come to an end."""


def beginning(make: Callable[..., Any]) -> Callable[..., Any]:
    """``make_page`` from which on ``ending`` counts anew."""

    def make_page(context: Any, *others: Any, **named: Any) -> Any:
        context.steps = 0
        return make(context, *others, **named)

    return make_page


def ending(layout: Callable[..., Any]) -> Callable[..., Any]:
    """``_in_flow_layout`` or ``_linebox_layout`` that raises EndlessPageError after ``STEPS``.

    To balance columns WeasyPrint lays them out again and again, and columns within these as often
    for each time: twelve deep, as with ``* { columns: 2 }``, no page is ever done.
    """

    def counted(context: Any, *others: Any, **named: Any) -> Any:
        context.steps = getattr(context, "steps", 0) + 1
        if context.steps > STEPS:
            raise EndlessPageError(f"more than {STEPS:,} blocks and lines for one page")
        return layout(context, *others, **named)

    return counted


def spelled_as_given(original: Iterate) -> Iterate:
    """``Pyphen.iterate`` without the places at which a word is spelled otherwise when it is broken.

    Hungarian asszonnyal becomes asszony-nyal there. WeasyPrint goes on in the word behind as many
    letters as it has set, and loses one: asszony-yal.
    """

    def iterate(dictionary: Any, word: str) -> Iterator[tuple[str, str]]:
        return (parts for parts in original(dictionary, word) if "".join(parts) == word)

    return iterate
