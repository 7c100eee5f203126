"""Whether the ``@page`` rules of a style sheet leave room for text on the pages they are for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

import tinycss2

from press.base.finding import Finding
from press.base.units import MM
from press.design.calc import Node, points, words_of
from press.design.stylesheets import GUESTS, Rule, is_at
from press.design.tokens import declarations
from press.design.values import Scope, resolved

LEAST: Final = 25.0
"""The narrowest room for text on a page of any kind, across and down, in mm."""

SIDES: Final = ("top", "right", "bottom", "left")
_EDGES: Final = ((), (0, 0, 0, 0), (0, 1, 0, 1), (0, 1, 2, 1), (0, 1, 2, 3))
"""Which value of a shorthand is that of each of the sides, by how many there are."""

Lengths = dict[str, float]
"""Points by the name of a property of a page."""


def faults(
    rules: Iterable[Rule], literals: Mapping[str, str], files: Collection[str]
) -> Iterator[Finding]:
    """E725 for each ``@page`` of a theme or of local tweaks on which no text has room.

    What a rule does not set is as the paper has it.
    """
    for rule in rules:
        if is_at(rule.node, "page") and rule.node.content and rule.stylesheet in GUESTS:
            yield from _faults(rule, literals, files)


def _faults(rule: Rule, literals: Mapping[str, str], files: Collection[str]) -> Iterator[Finding]:
    said = [n for n in declarations(rule.node) if n.type == "declaration"]
    scope = Scope(rule.file, literals.get, literals, files)
    lengths, last = _usual(literals), None
    for node in said:
        text = resolved(node.value, scope)[0].strip()
        found = _lengths(node.lower_name, text, lengths)
        lengths |= found
        last = node if found else last
    if last is None:
        return
    for size, sides, word in (("width", "left right", "wide"), ("height", "top bottom", "high")):
        used = sum(lengths.get(f"{kind}-{side}", 0) for kind in ("margin", "padding")
                   for side in sides.split())  # fmt: skip
        room = min(lengths.get(f"own-{size}", lengths[size]), lengths[size] - used) / MM
        if room < LEAST:
            name = f"@page {{ {last.name}: {tinycss2.serialize(last.value).strip()} }}"
            left = f"{room:.0f} mm" if room > 0 else "nothing"
            message = f"{name} leaves {left} for text, which needs a room {LEAST:.0f} mm {word}"
            hint = "set --sheet-width, --sheet-height and the margins in a paper of styles/papers/"
            yield rule.finding(last, "E725", message, hint)
            return


def _usual(literals: Mapping[str, str]) -> Lengths:
    """Size and margins of a page as the tokens have them."""
    names = {
        "width": "--sheet-width", "height": "--sheet-height", "margin-top": "--margin-top",
        "margin-bottom": "--margin-bottom", "margin-left": "--margin-inner",
        "margin-right": "--margin-outer",
    }  # fmt: skip
    found = {name: points(literals.get(token, "")) for name, token in names.items()}
    usual = {"width": 210 * MM, "height": 297 * MM}
    return {**usual, **{name: size for name, size in found.items() if size is not None}}


def _lengths(name: str, text: str, now: Lengths) -> Lengths:
    """What a declaration moves, in points; nothing where it moves nothing, or by words alone."""
    nodes = words_of(tinycss2.parse_component_value_list(text))
    if name == "size":
        sizes = [size for node in nodes if (size := _length(node, 0)) is not None]
        return {"width": sizes[0], "height": sizes[-1]} if sizes else {}
    if name in ("width", "height", "max-width", "max-height"):
        side = name.removeprefix("max-")
        length = _length(nodes[0], now[side]) if len(nodes) == 1 else None
        return {} if length is None else {f"own-{side}": length}
    kind, _, side = name.partition("-")
    if kind not in ("margin", "padding") or not nodes or side not in ("", *SIDES):
        return {}
    across = now["width"]
    if side:
        length = _length(nodes[0], now["height"] if side in ("top", "bottom") else across)
        return {} if length is None else {name: length}
    edges = (nodes[n] for n in _EDGES[min(len(nodes), 4)])
    found = {f"{kind}-{at}": _length(node, now["height"] if at in ("top", "bottom") else across)
             for at, node in zip(SIDES, edges, strict=True)}  # fmt: skip
    return {at: length for at, length in found.items() if length is not None}


def _length(node: Node, whole: float) -> float | None:
    """A length in points, or a share of ``whole``; None for a word."""
    if node.type == "percentage":
        return float(node.value) * whole / 100
    if node.type == "number" and node.value == 0:
        return 0.0
    return points(tinycss2.serialize([node]))
