"""The style sheet inside the SVG of a plate, which document CSS and ``var()`` do not reach."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from string import ascii_lowercase

import cssselect2
import tinycss2
from tinycss2.color5 import parse_color

from press.base.finding import Finding, did_you_mean
from press.design.calc import POINTS, Node, parted, words_of
from press.design.css import squeezed
from press.design.stylesheets import finding_at, not_css, parse, selector
from press.design.tokens import declarations, set_elsewhere
from press.design.values import Noted, Scope, resolved, resolved_rule

PLATE = "styles/plate.css"
SELECTOR = re.compile(r"(text)?((?:\.[A-Za-z_][\w-]*)*)")
"""A selector that plates read: ``text``, and classes that an element has all of."""


def written(files: Mapping[str, bytes], tokens: Mapping[str, str]) -> tuple[str, list[Noted]]:
    """``plate.css`` as WeasyPrint's SVG can take it, and what was noted on the way.

    Flat literal rules, a line each. One rule that WeasyPrint cannot read makes it drop the rest of
    the style sheet, so each is tried here first.
    """
    if PLATE not in files:
        hint = "plates are drawn with it; add the file"
        return "", [Finding(PLATE, 0, 0, "E703", "there is no plate.css", hint)]
    lines: list[str] = []
    noted: list[Noted] = []
    for node in parse(files, PLATE):
        if isinstance(node, Finding):
            noted.append(node)
        elif node.type == "error":
            noted.append(not_css(PLATE, node))
        elif node.type != "qualified-rule":
            message = f"@{node.lower_at_keyword} does nothing inside an SVG"
            noted.append(finding_at(PLATE, node, "E719", message, "write flat rules only"))
        else:
            scope = Scope(PLATE, tokens.get, tokens, files)
            _, body, more = resolved_rule(node, scope)
            lines.append(f"{selector(node)}{{{squeezed(body)}}}")
            noted += (*more, *_faults(node, lines[-1], scope))
    return "\n".join(lines), noted


def _faults(node: Node, text: str, scope: Scope) -> Iterator[Finding]:
    """What of a rule, which becomes ``text``, an SVG cannot take, or the plates do not read."""
    yield from set_elsewhere(PLATE, node.content)
    if nested := next((n for n in node.content if n.type == "{} block"), None):
        message = "nested rules do nothing inside an SVG"
        hint = "write each rule with its full selector"
        yield finding_at(PLATE, nested, "E719", message, hint)
        return
    try:
        cssselect2.compile_selector_list(node.prelude)
    except cssselect2.SelectorError as error:
        message = f"selector {selector(node)!r} is not understood: {str(error).lower()}"
        yield finding_at(PLATE, node, "E719", message, "it would silence every rule after it")
        return
    if bad := next((c for c in "<&" if c in text), None):
        message = f"{bad!r} ends the stylesheet of an SVG"
        yield finding_at(PLATE, node, "E719", message, "write the rule without it")
    yield from _unread_selectors(node)
    for one in declarations(node):
        yield from _unread(one, scope)


def _unread_selectors(node: Node) -> Iterator[Finding]:
    """The selectors of a rule that no plate reads, each where it begins."""
    for part in parted(node.prelude, ","):
        words = words_of(part)
        said = tinycss2.serialize(part).strip()
        if words and not SELECTOR.fullmatch(said):
            hint = (
                "write classes, all of which an element has (.river, .border.far), or text; "
                "the head of this file lists them"
            )
            message = f"plates do not read the selector {said!r}, so that it styles nothing"
            yield finding_at(PLATE, words[0], "E719", message, hint)
            continue
        for name in (one for one in words if one.type == "ident" and one != words[0]):
            if name.value not in KNOWN:
                hint = did_you_mean(name.value, KNOWN, "the head of this file lists them")
                message = f"no plate has the class {name.value!r}, so that this rule styles nothing"
                yield finding_at(PLATE, name, "W722", message, hint)


def _unread(one: Node, scope: Scope) -> Iterator[Finding]:
    """What is wrong with a declaration of a rule, or with what stands in its place."""
    if one.type == "error":
        yield not_css(PLATE, one)
    elif one.type == "declaration" and not one.name.startswith("--"):
        name = one.lower_name
        value, unresolved = resolved(one.value, scope)
        value = value.strip()
        if one.important:
            message, hint = "plates do not read !important", "write it with more classes, or last"
            yield finding_at(PLATE, one, "E719", message, hint)
        if name not in PROPERTIES:
            listed = f"there are: {', '.join(sorted(PROPERTIES))}"
            message = f"drawings have no property {name!r}, so that it does nothing"
            hint = f"{did_you_mean(name, PROPERTIES)} {listed}".strip()
            yield finding_at(PLATE, one, "E719", message, hint)
        elif not unresolved and not PROPERTIES[name](value.casefold()):
            message = f"{name}: {value or '…'} is no value that drawings have for {name}"
            yield finding_at(PLATE, one, "E719", message, f"write {_EXAMPLES[name]}")


def _is_paint(value: str) -> bool:
    return value in ("none", "currentcolor") or value.startswith("url(") or _is_colour(value)


def _is_colour(value: str) -> bool:
    return parse_color(value) is not None


def _is_share(value: str) -> bool:
    return re.fullmatch(r"(0|1|1\.0*|0?\.\d+|\d{1,2}(\.\d+)?%|100%)", value) is not None


def _is_length(value: str) -> bool:
    match = re.fullmatch(r"-?(?:\d+\.?\d*|\.\d+)([a-z]*)", value)
    return match is not None and (match[1] in POINTS or float(value.rstrip(ascii_lowercase)) == 0)


def _is_dashed(value: str) -> bool:
    return value == "none" or all(map(_is_length, value.replace(",", " ").split()))


def _one_of(*words: str) -> Callable[[str], bool]:
    return words.__contains__


KNOWN = frozenset((Path(__file__).parent / "plate_classes.txt").read_text("utf-8").split())
"""The classes on plates, made from modules and templates by ``build.py docs``."""
PROPERTIES: Mapping[str, Callable[[str], object]] = {
    "fill": _is_paint, "stroke": _is_paint, "fill-opacity": _is_share,
    "stroke-opacity": _is_share, "opacity": _is_share, "stroke-width": _is_length,
    "stroke-dasharray": _is_dashed, "stroke-dashoffset": _is_length,
    "stroke-linejoin": _one_of("round", "bevel", "miter"),
    "stroke-linecap": _one_of("round", "butt", "square"),
    "stroke-miterlimit": re.compile(r"\d+(\.\d+)?").fullmatch,
    "fill-rule": _one_of("nonzero", "evenodd"),
    "font-size": _is_length, "letter-spacing": _is_length, "font-family": bool,
    "font-weight": re.compile(r"normal|bold|[1-9]00").fullmatch,
    "font-style": _one_of("normal", "italic", "oblique"),
    "visibility": _one_of("visible", "hidden"), "display": _one_of("inline", "none"),
}  # fmt: skip
"""What a rule of plate.css may declare, and whether a value is one of it (SVG 2, in mm or pt)."""
_EXAMPLES: Mapping[str, str] = {
    "fill": "a colour, none or var(--map-…)", "stroke": "a colour, none or var(--map-…)",
    "fill-opacity": "a number from 0 to 1", "stroke-opacity": "a number from 0 to 1",
    "opacity": "a number from 0 to 1", "stroke-width": "a length, as in 0.3mm",
    "stroke-dasharray": "lengths, as in 2mm 0.6mm, or none",
    "stroke-dashoffset": "a length, as in 1mm", "stroke-linejoin": "round, bevel or miter",
    "stroke-linecap": "round, butt or square", "stroke-miterlimit": "a number, as in 4",
    "fill-rule": "nonzero or evenodd", "font-size": "a length, as in 7pt",
    "letter-spacing": "a length, as in 0.2mm", "font-family": "var(--face-sans)",
    "font-weight": "400, 700, normal or bold", "font-style": "normal or italic",
    "visibility": "visible or hidden", "display": "inline or none",
}  # fmt: skip
