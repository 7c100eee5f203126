"""What WeasyPrint and tinyhtml5 do a million times in a long dossier, done in fewer steps.

Nothing here changes what is set: each answers the plain case, which is nearly every one, by itself,
and hands the others to the original, or keeps what the original answered.
``tests/typeset/test_hot_paths.py`` holds the answers of both against each other, and the bytes of a
PDF that was set with and without. Like the patches of
``weasyprint_patches``, these belong to the versions that ``press.typeset.engine`` knows.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping
from copy import copy
from itertools import count
from types import CodeType
from typing import Any

Missing = Callable[[Any, str], Any]
Split = Callable[..., Any]

LATE = frozenset({"float", "position", "page"})
"""Properties whose computed value asks for more than the cascade and the parent."""


def flow_at_once(original: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """``Box.is_in_normal_flow``, which sees from two values that a box neither floats nor moves."""

    def is_in_normal_flow(box: Any) -> bool:
        style = box.style
        if style["float"] == "none" and style["position"] in ("static", "relative"):
            return True
        return original(box)

    return is_in_normal_flow


def plain_values_first(
    inherited: Collection[str],
    initial: Mapping[str, Any],
    unfinished: Collection[str],
    logical: Mapping[str, Callable[..., str]],
) -> Callable[[Missing], Missing]:
    """What makes ``ComputedStyle.__missing__`` begin with what no style sheet speaks of.

    Such a property has its parent's value, or its initial one. ``unfinished`` are those whose
    initial value is still to be computed; ``logical`` gives the name of a side by the direction of
    the text, by which a style sheet may speak of it as well.
    """
    names = {
        key: (key, *_logical_names(logical.get(key)))
        for key in initial
        if key not in LATE and not key.startswith("text_decoration_")
    }

    def faster(original: Missing) -> Missing:
        def __missing__(style: Any, key: str) -> Any:  # noqa: N807 that is its name
            cascaded, parent = style.cascaded, style.parent_style
            spoken = names.get(key)
            if spoken is None or not cascaded.keys().isdisjoint(spoken):
                return original(style, key)
            if key in inherited and parent is not None:
                value = parent[key]
            elif key in inherited or key in unfinished:
                return original(style, key)
            else:
                value = initial[key]
            style[key] = value
            return value

        return __missing__

    return faster


class KeptMatches:
    """The rules of a style sheet that apply to an element, kept by where it stands.

    Pages are laid out several times, each time from a tree of their own, and by far the most of its
    elements stand where one of the last tree stood. Whether a selector applies depends on an
    element, on those around it, and on all that stand beside these: by their tags and attributes,
    and by whether they hold anything. A selector with ``:has()`` looks further, and is tried anew.
    """

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._counted = count()

    def kept(self, match: Callable[[Any, Any], list[Any]]) -> Callable[[Any, Any], list[Any]]:
        """``Matcher.match`` that tries the selectors of a place once."""

        def matched(matcher: Any, element: Any) -> list[Any]:
            if "known" not in vars(matcher):
                matcher.known = {}
                matcher.plain, matcher.looking = _divided(matcher)
            known, place = matcher.known, self._place(element)
            if place not in known:
                if len(known) >= PLACES_KEPT:
                    known.clear()
                rules = match(matcher.plain, element)
                known[place] = known.setdefault(tuple(order for _, order, *_ in rules), rules)
            found: list[Any] = known[place]
            looking = match(matcher.looking, element) if matcher.looking else []
            return sorted((*found, *looking)) if looking else found

        return matched

    def _place(self, element: Any) -> int:
        """A number for all that a selector can ask for, noted at the element."""
        number: int | None = element.__dict__.get("place")
        if number is None:
            around = element.parent
            if around is None:
                where: object = _seen(element.etree_element), element.lang
            else:
                where = self._place(around), element.index, self._children(around)
            number = element.place = self._number(where)
        return number

    def _children(self, element: Any) -> int:
        """A number for the children of an element, noted at it."""
        number: int | None = element.__dict__.get("children")
        if number is None:
            number = self._number(tuple(map(_seen, element.etree_children)))
            element.children = number
        return number

    def _number(self, value: object) -> int:
        if len(self._numbers) >= PLACES_KEPT:
            self._numbers.clear()  # numbers go on: none is given twice
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = next(self._counted)
        return number


PLACES_KEPT = 100_000
"""Places that a process keeps; the reference dossier has 8,600."""


def _divided(matcher: Any) -> tuple[Any, Any]:
    """The selectors of a matcher that a place answers, and those with ``:has()``; None for none."""
    plain, looking = type(matcher)(), type(matcher)()
    for name, table in vars(matcher).items():
        if isinstance(table, dict):
            for key, entries in table.items():
                for entry in entries:
                    part = looking if _looks_within(entry[0].__code__) else plain
                    getattr(part, name).setdefault(key, []).append(entry)
        elif isinstance(table, list):
            for entry in table:
                part = looking if _looks_within(entry[0].__code__) else plain
                getattr(part, name).append(entry)
    return plain, looking if any(vars(looking).values()) else None


_FURTHER = {"iter_subtree", "iter_children", "iter_next_siblings"}
"""What a compiled selector calls for ``:has()``, and for nothing else."""


def _looks_within(test: CodeType) -> bool:
    """Whether a compiled selector, or one within it, asks for what ``:has()`` does."""
    within = (code for code in test.co_consts if isinstance(code, CodeType))
    return not _FURTHER.isdisjoint(test.co_names) or any(map(_looks_within, within))


def _seen(element: Any) -> tuple[object, ...]:
    """What of an element a selector can ask for."""
    return element.tag, tuple(sorted(element.attrib.items())), bool(element.text), len(element)


def _logical_names(name: Callable[..., str] | None) -> set[str]:
    """What a property is called by the direction of the text; nothing, where it has no side."""
    if name is None:
        return set()
    return {name(block="ttb", inline=direction) for direction in ("ltr", "rtl")}


class CompiledOnce(dict[tuple[Collection[str], bool], re.Pattern[str]]):
    """tinyhtml5's ``characters_until_regex``: the characters at which its tokenizer stops.

    It is meant to keep each pattern, keeps it under the pattern itself, and so writes it anew for
    every name and every text. Here what is missing is made, and kept under what is asked for.
    """

    def __missing__(self, key: tuple[Collection[str], bool]) -> re.Pattern[str]:
        characters, only_these = key
        listed = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = pattern = re.compile(f"[{'' if only_these else '^'}{listed}]+")
        return pattern


LOOKS = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override",
    "font_size", "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric",
    "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character",
    "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing",
    "overflow_wrap", "tab_size", "text_decoration_line", "white_space", "word_break",
    "word_spacing",
)  # fmt: skip
"""The properties on which it depends where a line is divided."""
LINES_KEPT = 100_000
"""Lines that a process keeps, of some 600 bytes each."""


class KeptLines:
    """Lines that were divided before, with the same fonts, by text, look and width.

    Pages are laid out several times until their numbers agree, and columns many times until they
    are level; most of their lines are those of the time before, and dividing them is a third of the
    work. ``styles`` are the classes of computed styles, which can note their own look.
    """

    def __init__(self, styles: tuple[type, ...]) -> None:
        self._styles = styles
        self._lines: dict[Any, tuple[Any, ...]] = {}
        self._looks: dict[str, int] = {}
        self._fonts: object = None

    def belong_to(self, fonts: object) -> None:
        """Lets all lines go that were set with other fonts than ``fonts``, which are compared."""
        if fonts != self._fonts:
            self._lines.clear()
            self._fonts = fonts

    def kept(self, split: Split) -> Split:
        """``split_first_line`` that divides a line once; who asks has one of his own to change."""

        def split_first_line(
            text: str,
            style: Any,
            context: Any,
            max_width: Any,
            justification_spacing: float,
            is_line_start: bool = True,
            minimum: bool = False,
        ) -> Any:
            given = style, context, max_width, justification_spacing, is_line_start, minimum
            if type(style) not in self._styles:
                return split(text, *given)
            key = (text, self._look(style), *given[2:])
            if key not in self._lines:
                if len(self._lines) >= LINES_KEPT:
                    self._lines.clear()
                self._lines[key] = split(text, *given)
            layout, *measures = self._lines[key]
            return copy(layout), *measures

        return split_first_line

    def _look(self, style: Any) -> int:
        """A number for all of a style that counts here, noted at it."""
        number: int | None = style.__dict__.get("look")
        if number is None:
            values = repr([style[name] for name in LOOKS])
            number = style.look = self._looks.setdefault(values, len(self._looks))
        return number


FONTS_KEPT = 8
"""Configurations of fonts that a process keeps; each has its faces once more on the disk."""


class KeptFonts:
    """Configurations of fonts, each made once in a process for all documents with these faces.

    In every pass the faces of a document were written to files, read through and opened anew.
    ``make`` makes a configuration, to which the faces are given as the sheets are read.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._process = 0
        self._kept: list[tuple[object, Any]] = []
        self._before: list[object] = []

    def of(self, faces: object) -> Any:
        """The configuration for documents with ``faces``, which are compared."""
        if self._process != os.getpid():
            # Those of the process before a fork would take its files away when they are let go.
            self._before.append(self._kept)
            self._process, self._kept = os.getpid(), []
        for known, fonts in self._kept:
            if known == faces:
                return fonts
        fonts = self._make()
        self._kept = [*self._kept[-FONTS_KEPT + 1 :], (faces, fonts)]
        return fonts

    def let_go(self, faces: object) -> None:
        """Keeps the configuration of ``faces`` no longer."""
        self._kept = [(known, fonts) for known, fonts in self._kept if known != faces]


def struts_noted(strut: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """``strut``, the height of lines of a style, asked for with every piece of text."""

    def noted(style: Any) -> Any:
        found = style.__dict__.get("strut")
        if found is None:
            found = style.strut = strut(style)
        return found

    return noted


LENGTHS = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right",
    "padding_top", "padding_bottom", "width", "min_width", "max_width", "height", "min_height",
    "max_height",
)  # fmt: skip
"""The properties that may be part of another length."""


def plain_lengths_noted(
    kinds: tuple[type, ...], resolve: Callable[[Any, Any], None]
) -> Callable[[Any, Any], None]:
    """``resolve_percentages``, which has nothing to resolve in most boxes.

    ``kinds`` are the classes of boxes for which it is asked. Where none of the lengths is part of
    another, they are noted at the style, and given to each box as they are.
    """

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        if type(box) not in kinds:
            resolve(box, containing_block)
            return
        style = box.style
        noted = style.__dict__.get("lengths")
        if noted is None:
            plain = all(_is_plain(style[name]) for name in LENGTHS)
            simple = style["border_collapse"] != "collapse" and style["box_sizing"] == "content-box"
            noted = style.lengths = _resolved(box, resolve) if plain and simple else {}
        if noted:
            box.__dict__.update(noted)
        else:
            resolve(box, containing_block)

    return resolve_percentages


def _is_plain(value: Any) -> bool:
    """Whether a length is what it is, whatever stands around."""
    return value == "auto" or getattr(value, "unit", None) == "px"


def _resolved(box: Any, resolve: Callable[[Any, Any], None]) -> dict[str, Any]:
    """What resolving gives to a box."""
    bare = object.__new__(type(box))
    bare.style = box.style
    resolve(bare, (0, 0))
    return {name: value for name, value in vars(bare).items() if name != "style"}
