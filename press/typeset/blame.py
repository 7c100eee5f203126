"""Which rule of an author's style sheets is to blame for what is lost on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from press.design.contrast import hex_of, rgb_of
from press.design.guest_rules import Declared, declarations_of
from press.design.stylesheets import Rule, read
from press.typeset.expected import Expected

Path = Sequence[str]
"""The elements around something, outermost first and its own last, as ``tag.class.class``."""

HIDING = (
    "display", "visibility", "opacity", "font-size", "font", "transform", "max-height",
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
COLOURING = ("color", "background")
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
    keys = [key for guest in expected.guests.values() for key in _with_imports(expected, guest)]
    found = declarations_of(expected.engine, keys, names, with_tokens=True)
    numbers = "list-style" in names
    return [
        one
        for one in found
        if (numbers and one.name == "display") or not _SOUND.fullmatch(f"{one.name}: {one.value}")
    ]


def _with_imports(expected: Expected, key: str) -> Iterator[str]:
    """A style sheet and those that it imports."""
    if key in expected.engine:
        rules = read(expected.engine, key, "local")
        yield from dict.fromkeys((key, *(one.file for one in rules if isinstance(one, Rule))))


def blamed(expected: Expected, path: Path, names: Sequence[str]) -> Declared | None:
    """The likeliest declaration of what styles something, or what is around it; None for none.

    Where none does, one that is there alone is to blame: notes stand far from what styles them.
    """
    every = suspects(expected, names)
    own = [one for one in every if styles_within(one, path)]
    if not own and len({one.selector for one in every}) == 1:
        return min(every, key=lambda one: place_of(one, names))
    return min(own, key=lambda one: _rank(one, path, names), default=None)


def styles_within(one: Declared, path: Path) -> bool:
    """Whether a declaration styles what has a path, or what is around that."""
    return any(one.styles(path[:depth]) for depth in range(1, len(path) + 1))


def _rank(one: Declared, path: Path, names: Sequence[str]) -> tuple[int, int]:
    """How likely a declaration is to blame, 0 for most: by its property, then by its nearness."""
    depth = max(d for d in range(1, len(path) + 1) if one.styles(path[:d]))
    return place_of(one, names), -depth


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


def covering(expected: Expected, paths: Iterable[Path]) -> Declared | None:
    """The likeliest declaration by which something on a page lies over words."""
    there = list(paths)
    own = [n for n in suspects(expected, COVERING) if any(styles_within(n, p) for p in there)]
    return min(own, key=lambda one: place_of(one, COVERING), default=None)


def remedy(rule: Declared) -> str:
    """What to do about a rule: where it stands, and that it is to be taken out."""
    file, line, column = rule.place
    return blaming(f"{rule.said} in {file}:{line}:{column}")


def blaming(said: str) -> str:
    """What to do about what ``said`` names."""
    return f"it seems by {said}: take that out, or mend it"
