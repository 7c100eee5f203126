"""``calc()`` of numbers and absolute lengths, worked out once (CSS Values and Units 4, §10)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import tinycss2

Node = Any
"""A component value, rule or declaration of tinycss2, which ships no types."""

POINTS: Final = {
    "pt": 1.0, "px": 0.75, "pc": 12.0, "in": 72.0,
    "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6,
}  # fmt: skip
"""CSS absolute lengths in points (CSS Values and Units 4, §6.2)."""

Quantity = tuple[float, str]
"""A number with the unit it was written in; lengths are in points, the unit of a number is ""."""


def fold(text: str) -> str:
    """``calc()`` of numbers and absolute lengths as one literal; anything else comes back as is.

    The unit of the first length is kept: ``calc(1in + 2pt)`` is ``1.02778in``.
    """
    [node] = tinycss2.parse_component_value_list(text)
    try:
        result = _sum(node.arguments)
    except ZeroDivisionError:
        return text
    return text if result is None else _literal(result)


MOST: Final = 100_000.0
"""The most that a length may be, in its unit or in points; the typesetter reckons in whole numbers
and breaks on longer ones."""


def impossible(text: str) -> str:
    """Why ``text``, a length or a calculation, is no length for a page; "" where it may be one."""
    for node in tinycss2.parse_component_value_list(text):
        if _lacks_operand(node):
            return "lacks a number beside a sign"
        try:
            results = [_sum(part) for part in _arguments(node)]
        except ZeroDivisionError:
            return "divides by nothing"
        values = [result[0] for result in results if result]
        if node.type in ("dimension", "percentage"):
            values.append(node.value)
        if any(not math.isfinite(value) or abs(value) > MOST for value in values):
            return "is larger than any page"
    return ""


def _lacks_operand(node: Node) -> bool:
    """Whether a calculation has two signs, or two values, where one belongs, or nothing at all."""
    for part in [node.content] if node.type == "() block" else _arguments(node):
        words = words_of(part)
        runs = [run for _, run in _split(words, "+-*/")]
        if any(len(run) != 1 for run in runs) or any(map(_lacks_operand, words)):
            return True
    return False


def _arguments(node: Node) -> list[list[Node]]:
    """The sums in a function that works something out."""
    if node.type != "function" or node.lower_name not in ("calc", "min", "max", "clamp"):
        return []
    return parted(node.arguments, ",")


def parted(nodes: Iterable[Node], sign: str) -> list[list[Node]]:
    """The runs of nodes between those that are ``sign``."""
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if node == sign:
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def words_of(nodes: Iterable[Node]) -> list[Node]:
    """``nodes`` without blanks and comments."""
    return [node for node in nodes if node.type not in ("whitespace", "comment")]


def points(text: str) -> float | None:
    """An absolute length in points; None for anything else, such as a bare 0."""
    try:
        found = _single(tinycss2.parse_component_value_list(text.strip()))
    except ZeroDivisionError:
        return None
    return found[0] if found and found[1] else None


def _literal(quantity: Quantity) -> str:
    number, unit = quantity
    if unit:
        number /= POINTS[unit]
    return f"{number:.5f}".rstrip("0").rstrip(".") + unit if number else f"0{unit}"


def _sum(nodes: Sequence[Node]) -> Quantity | None:
    return _chain(words_of(nodes), "+-", _product)


def _product(nodes: Sequence[Node]) -> Quantity | None:
    return _chain(nodes, "*/", _single)


def _chain(
    nodes: Sequence[Node], signs: str, operand: Callable[[Sequence[Node]], Quantity | None]
) -> Quantity | None:
    """Operands with one of ``signs`` between each two; None where they cannot be worked out.

    Raises ZeroDivisionError for a division by nothing, whatever is divided.
    """
    total: Quantity | None = None
    known = True
    for sign, run in _split(nodes, signs):
        right = operand(run)
        if sign == "/" and right and not right[0]:
            raise ZeroDivisionError
        known = known and right is not None
        if right is not None and known:
            total = right if not sign else _OPERATORS[sign](total or right, right)
            known = total is not None
    return total if known else None


def _split(nodes: Sequence[Node], signs: str) -> Iterator[tuple[str, Sequence[Node]]]:
    """Runs of nodes, each with the sign before it; the first has none."""
    sign, start = "", 0
    for place, node in enumerate(nodes):
        if node.type == "literal" and node.value in signs:
            yield sign, nodes[start:place]
            sign, start = node.value, place + 1
    yield sign, nodes[start:]


def _plus(left: Quantity, right: Quantity) -> Quantity | None:
    same = bool(left[1]) == bool(right[1])
    return (left[0] + right[0], left[1]) if same else None


def _minus(left: Quantity, right: Quantity) -> Quantity | None:
    return _plus(left, (-right[0], right[1]))


def _times(left: Quantity, right: Quantity) -> Quantity | None:
    return None if left[1] and right[1] else (left[0] * right[0], left[1] or right[1])


def _over(left: Quantity, right: Quantity) -> Quantity | None:
    return None if right[1] else (left[0] / right[0], left[1])


_OPERATORS: Final = {"+": _plus, "-": _minus, "*": _times, "/": _over}


def _single(nodes: Sequence[Node]) -> Quantity | None:
    """A number, a length, or another calculation in brackets."""
    if len(nodes) != 1:
        return None
    [node] = nodes
    if node.type == "number":
        return node.value, ""
    if node.type == "dimension" and node.lower_unit in POINTS:
        return node.value * POINTS[node.lower_unit], node.lower_unit
    if node.type == "() block":
        return _sum(node.content)
    return _sum(node.arguments) if node.type == "function" and node.lower_name == "calc" else None
