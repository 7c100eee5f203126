"""Which rule of an author's style sheets is to blame for what is lost on the pages.

Only declarations count that win the cascade, for the element in question or for one around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import tinycss2

from press.base.finding import Rect
from press.design.calc import POINTS
from press.design.contrast import hex_of, rgb_of
from press.design.declarations import Declared
from press.typeset.expected import Expected
from press.typeset.hidden import Hidden
from press.typeset.painted import Painted

HIDING = (
    "display", "visibility", "opacity", "font-size", "font", "transform", "hyphenate-character",
    "max-height",
    "height", "max-width", "width", "overflow", "text-overflow", "max-lines", "line-clamp",
    "continue", "text-transform", "content", "text-indent", "position", "top", "left", "right",
    "bottom", "inset", "margin", "line-height", "letter-spacing", "word-spacing", "white-space",
    "float", "columns", "column", "flex", "grid", "padding", "direction", "unicode-bidi",
    "background", "footnote-display", "max", "size",
)  # fmt: skip
"""Properties that hide words, cut them off or change them, the likeliest first."""
NUMBERING = ("list-style", "content", "counter", "display", "text-transform", "margin", "padding",
             "direction", *HIDING)  # fmt: skip
"""Those that change the number or sign of an item of a list, or by how much it is set in."""
PICTURING = (
    "display", "visibility", "opacity", "content", "object", "transform", "width", "max-width",
    "min-width", "height", "max-height", "min-height", "position", "top", "left", "right",
    "bottom", "inset", "margin", "float", "overflow", "z-index", *HIDING,
)  # fmt: skip
"""Those that hide a picture, or move it away."""
BREAKING = ("display", "white-space", "content", *HIDING)
"""Those that take the end of a line away."""
MOVING = (
    "position", "transform", "margin", "height", "max-height", "line-height", "text-indent",
    "word-spacing", "letter-spacing", "inset", "top", "left", "right", "bottom", "float", "width",
    "max-width", "columns", "column", "flex", "grid", "display", "white-space", "padding",
)  # fmt: skip
"""Those that bring words over others, or off the page."""
COVERING = (
    "background", "box-shadow", "outline", "border", "z-index", "position", "margin", "transform",
    "inset", "top", "left", "right", "bottom", "float", "content", "object", "width", "height",
    "min-width", "min-height", "filter", "mix-blend-mode",
)  # fmt: skip
"""Those by which something lies over words."""
NARROWING = (
    "columns", "column", "width", "max-width", "inline-size", "max-inline-size", "white-space",
    "text-indent", "letter-spacing", "word-spacing", "padding", "margin", "flex", "grid",
    "font-size", "font", "position", "float",
)  # fmt: skip
"""Those that leave a line too little room."""
SIZING = ("font-size", "font")
"""Those that make letters large or small."""
COLOURING = ("color", "background", "opacity")
"""Those that give words the colour of what is under them."""

_SOUND = re.compile(
    r"display: (?!none|contents).*|visibility: visible|opacity: (1|1\.0*|100%|0?\.[5-9].*)"
    r"|overflow(-[xy])?: visible|position: static|float: none|content: (none|normal)"
    r"|(max-|min-)?(height|width): (auto|none|100%)"
    r"|(background(-color|-image)?|border[\w-]*|outline[\w-]*|box-shadow|transform): "
    r"(none|0|transparent)"
    r"|(margin|padding|inset|top|left|right|bottom)[\w-]*: (auto|0)"
)
"""Declarations that do no such thing."""


def suspects(expected: Expected, names: Sequence[str]) -> list[Declared]:
    """The declarations of these properties in the author's own style sheets, the last first.

    Those that do no harm are left out; one of ``display`` may take numbers off a list.
    """
    found = reversed(expected.guest_declarations)
    return [one for one in found if _is_one(one, names) and not _is_sound(one, names)]


def _is_one(one: Declared, names: Iterable[str]) -> bool:
    """Whether a declaration is of one of these properties, or of a part of one."""
    return any(f"{one.name}-".startswith(f"{name}-") for name in names)


def _is_sound(one: Declared, names: Sequence[str]) -> bool:
    """Whether a declaration does no harm; to numbers ``display`` and ``content`` may do some."""
    numbers = "list-style" in names and one.name in ("display", "content")
    return not numbers and bool(_SOUND.fullmatch(f"{one.name}: {one.literal.strip()}"))


def acting(
    expected: Expected,
    element: Any,
    names: Sequence[str],
    outermost: int | None = None,
    pseudo: str | None = None,
) -> dict[Declared, int]:
    """What the author declares of these properties, and acts on an element: by how far out it is.

    ``outermost`` is how far out is looked at, None for all; ``pseudo`` which pseudo-element of the
    element is, None for all.
    """
    found: dict[Declared, int] = {}
    for depth, (of, _), won in expected.winners.acting(element):
        if outermost is not None and depth > outermost:
            break
        if depth == 0 and pseudo is not None and of != pseudo:
            continue
        one = won.declared
        if one.is_guest and _is_one(one, names) and not _is_sound(one, names):
            found.setdefault(one, depth)
    return found


def blamed(
    expected: Expected, element: Any, names: Sequence[str], hidden: Hidden | None = None
) -> Declared | None:
    """The declaration that acts on an element, or on what is around it; None for none.

    ``hidden`` says why it cannot be seen, where that is known; else the likeliest is taken. Where
    none acts, one that is there alone is to blame: it may be of a page.
    """
    if hidden is not None and (one := _of_hidden(expected, hidden)):
        return one
    if hidden is None and (one := _undisplayed(expected, element)):
        return one
    own = acting(expected, element, names)
    every = [] if own else suspects(expected, names)
    if every and len({one.selector for one in every}) == 1:
        return min(every, key=lambda one: place_of(one, names))
    return min(own, key=lambda one: (place_of(one, names), own[one]), default=None)


def _of_hidden(expected: Expected, hidden: Hidden) -> Declared | None:
    """What hides something, where it is known by which properties of which element."""
    handed = any(name in HANDED for name in hidden.names)
    own = acting(expected, hidden.element, hidden.names, None if handed else 0)
    return min(own, key=lambda one: (own[one], place_of(one, hidden.names)), default=None)


HANDED = ("visibility", "font-size")
"""Properties that hide what is within the element that has them."""


def _undisplayed(expected: Expected, element: Any) -> Declared | None:
    """What takes an element off the pages, or the outermost around it that is not displayed."""
    own = acting(expected, element, ("display",))
    gone = {one: depth for one, depth in own.items() if one.literal.strip() == "none"}
    return max(gone, key=lambda one: gone[one], default=None)


FAR = 36.0
"""Points from which on a length moves words to where others are, or off the page."""
LETTER = 10.0
"""Points that a letter has, roughly, where a length is in letters."""


def reach(one: Declared) -> float:
    """The longest length in a declaration, in points."""
    nodes = tinycss2.parse_component_value_list(one.literal)
    within = (n.arguments if n.type == "function" else [n] for n in nodes)
    sizes = [n for part in within for n in part if n.type == "dimension"]
    return max((abs(n.value) * POINTS.get(n.lower_unit, LETTER) for n in sizes), default=0.0)


def place_of(one: Declared, names: Sequence[str]) -> int:
    """The place of a declaration's property among ``names``."""
    return next(n for n, name in enumerate(names) if f"{one.name}-".startswith(f"{name}-"))


def coloured(expected: Expected) -> bool:
    """Whether the author's style sheets set any colour, or a token that may be one."""
    guests = expected.guests.values()
    own = any(file in guests for file, _, _ in expected.token_places.values())
    return own or bool(suspects(expected, COLOURING))


def token_of(expected: Expected, colours: Iterable[str]) -> str:
    """A token that the author sets to one of these colours, and where; "" for none."""
    own = {
        name: place
        for name, place in expected.token_places.items()
        if place[0] in expected.guests.values()
    }
    for name, (file, line, column) in own.items():
        colour = rgb_of(expected.tokens[name])
        said = {expected.tokens[name], hex_of(colour) if colour else ""}
        if said & {*colours, "transparent"}:
            return f"{name}: {expected.tokens[name]} in {file}:{line}:{column}"
    return ""


def covering(
    expected: Expected, painted: Iterable[Painted], lost: Rect, element: Any
) -> Declared | None:
    """The declaration by which a box of a page lies over what is ``lost`` there; None for none.

    That box is the last that meets it, but for those of ``element``, which is lost, and of what is
    around that, whose ground lies under it. What is declared of the box itself comes first.
    """
    behind = {*expected.winners.around(element)}
    over = [one for one in painted if _meet(one.box, lost)]
    over = [one for one in over if one.pseudo or one.element not in behind][::-1]
    for outermost in (0, None):
        for one in over:
            own = acting(expected, one.element, COVERING, outermost, one.pseudo)
            if own:
                return min(own, key=lambda one: (own[one], place_of(one, COVERING)))
    own = acting(expected, element, COVERING)
    return min(own, key=lambda one: place_of(one, COVERING), default=None)


def _meet(one: Rect, other: Rect) -> bool:
    """Whether one box lies over a good part of another."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    whole = (other[2] - other[0]) * (other[3] - other[1])
    return wide > 0 and tall > 0 and wide * tall > MEETING * whole


MEETING = 0.3
"""The share of what is lost that a box lies over at the least, to be what covers it."""


def remedy(rule: Declared) -> str:
    """What to do about a rule: where it stands, and that it is to be taken out."""
    file, line, column = rule.place
    return blaming(f"{rule.said} in {file}:{line}:{column}")


def blaming(said: str) -> str:
    """What to do about what ``said`` names."""
    return f"it seems by {said}: take that out, or mend it"
