"""How small a transformation of CSS makes what it holds, however it does it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from math import cos, sin, sqrt, tan
from typing import Any

Turn = tuple[float, float, float, float]
"""The matrix a, b, c, d of CSS, without its shift."""

STILL: Turn = (1.0, 0.0, 0.0, 1.0)


def turned(before: Turn, transform: Iterable[tuple[str, Any]] | None) -> Turn:
    """``before``, and in it what a computed value of ``transform`` does."""
    return reduce(_times, (_matrix(name, value) for name, value in transform or ()), before)


def least(turn: Turn) -> float:
    """By how much it scales a length in the direction in which it scales least; 0 leaves a line."""
    a, b, c, d = turn
    squares, area = a * a + b * b + c * c + d * d, abs(a * d - b * c)
    longest = sqrt((squares + sqrt(max(squares * squares - 4 * area * area, 0.0))) / 2)
    return area / longest if longest else 0.0


def is_mirrored(turn: Turn) -> bool:
    """Whether it turns things to their mirror image."""
    a, b, c, d = turn
    return a * d - b * c < 0


def _matrix(name: str, value: Any) -> Turn:
    if name == "scale":
        return value[0], 0.0, 0.0, value[1]
    if name == "rotate":
        return cos(value), sin(value), -sin(value), cos(value)
    if name == "skew":
        return 1.0, tan(value[1]), tan(value[0]), 1.0
    return tuple(value[:4]) if name == "matrix" else STILL


def _times(one: Turn, other: Turn) -> Turn:
    a, b, c, d = one
    e, f, g, h = other
    return a * e + c * f, b * e + d * f, a * g + c * h, b * g + d * h
