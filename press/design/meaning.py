"""What a theme says and cannot mean: tokens that nothing reads, values of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import tinycss2
from tinycss2.color5 import parse_color

from press.base.finding import Finding, did_you_mean
from press.design import tokens
from press.design.calc import points
from press.design.cascade import Cascade
from press.design.geometry import DISTANCES
from press.design.stylesheets import FOLDERS, GUESTS, LOCAL

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "--align": ("left", "justify"),
    "--hyphenate": ("auto", "manual"),
    "--infobox-side": ("left", "right"),
    "--chapter-break": ("auto", "page"),
    "--part-break": ("auto", "page"),
    "--facing": ("yes", "no"),
    "--map-slope": ("italic", "normal"),
    "--map-relief": ("visible", "hidden"),
    "--map-heights": ("visible", "hidden"),
}
"""Tokens that are one of a few words."""

WHOLE: Final = ("--lines", "--index-columns", "--source-columns", "--signature")
"""Tokens that count something that is not divided."""


def faults(
    found: Cascade, literals: Mapping[str, str], files: Mapping[str, bytes]
) -> Iterator[Finding]:
    """W721 and E722 for the tokens of the theme and of local tweaks."""
    guests = [t for t in found.tokens.values() if t.rule.stylesheet in GUESTS]
    own, _ = tokens.resolve(found.own, files)
    known = _read_anywhere(files) if any(token.name not in own for token in guests) else own.keys()
    for token in guests:
        literal = literals[token.name]
        if token.name not in known:
            hint = did_you_mean(token.name, known, "take it out; styles/tokens.css lists them all")
            yield Finding(*token.place, "W721", f"nothing reads {token.name}", hint)
        elif token.name in DISTANCES and (points(literal) or 0) < 0:
            continue  # E723 says it
        elif fault := _other_kind(token.name, literal, own.get(token.name, "")):
            message, hint = fault
            literal = " ".join(literal.split())
            if swallowed := re.search(r"\s(--[\w-]+):", literal):
                hint = f"end it with a semicolon before {swallowed[1]}"
            yield Finding(*token.place, "E722", f"{token.name}: {literal} is {message}", hint)


def _read_anywhere(files: Mapping[str, bytes]) -> set[str]:
    """Every token that a style sheet sets which is no theme, or that any reads."""
    known: set[str] = set()
    for key, raw in files.items():
        if key.endswith(".css") and not key.startswith("styles/reports/"):
            text = raw.decode("utf-8", "replace")
            guest = key == LOCAL or key.startswith(FOLDERS["theme"])
            known |= set(re.findall(r"var\(\s*(--[\w-]+)" if guest else r"--[\w-]+", text))
    return known


def _other_kind(name: str, literal: str, usual: str) -> tuple[str, str] | None:
    """What ``literal`` is not, where ``usual`` is one, and what to write; None where it fits."""
    if choices := CHOICES.get(name):
        if literal not in choices:
            return f"none of {', '.join(choices)}", "write one of them"
    elif (length := points(usual)) is not None:
        least = points(literal)
        if least is not None and (least < 0 <= length or (least == 0 and _is_type(name))):
            return "less than anything that is seen", f"write a length like {usual}"
        if least is None and not re.match(r"[a-z-]+\(", literal):
            return "no absolute length", "write one in mm or pt"
    elif _is_colour(usual):
        if not _is_colour(literal) and not literal.startswith("device-cmyk("):
            return "no colour", f"write one like {usual}"
    elif _is_number(usual) and not _is_number(literal):
        return "no number", "write one without a unit"
    elif name in WHOLE and not literal.isdecimal():
        return "no whole number", f"write one like {usual}"
    return None


def _is_type(name: str) -> bool:
    """Whether a token is the size of letters, or the distance of lines."""
    return name == "--text" or "-size-" in name or "leading" in name


def _is_colour(text: str) -> bool:
    return parse_color(text) is not None


def _is_number(text: str) -> bool:
    [node, *rest] = tinycss2.parse_component_value_list(text) or [None]
    return not rest and node is not None and node.type == "number"
