"""The words of SVG 2 that a drawing may use: elements, attributes and properties that are drawn."""

from __future__ import annotations

from collections.abc import Mapping

from press.base.own_yaml import beside

_TABLE = beside(__file__)


def _words(key: str) -> frozenset[str]:
    return frozenset(_TABLE[key].split())


def _harmless(key: str) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in _TABLE[key].items()}


DRAWN = _words("drawn")
GROUPS = _words("groups")
"""Elements that are written as plain groups."""
UNSEEN = _words("unseen")
"""Elements of which nothing is drawn by itself."""
UNSPOKEN = _words("unspoken")
"""Elements that may stand first in a switch, or hold words, and of which nothing is seen there."""
FOREIGN: Mapping[str, str] = _TABLE["foreign"]
"""Elements that cannot be printed, and why."""
REFERRING = _words("referring")
"""Elements whose href is heeded."""

PROPERTIES = _words("properties")
"""Properties that are drawn, each tried (tests/content/test_drawn_words.py)."""
GEOMETRY = _words("geometry")
"""Attributes that are properties too in SVG 2, and drawn from a style as well."""
UNDRAWN = _harmless("undrawn")
"""Properties that change what is seen and are not drawn, with the values that change nothing."""
AS_ATTRIBUTES = frozenset(UNDRAWN) - {"d", "rotate", "scale", "translate"}
"""Those of them that are attributes of the same name, and the same meaning, as well."""

UNDRAWN_ATTRIBUTES = _harmless("undrawn-attributes")
"""Attributes that change what is seen and are not drawn, with the values that change nothing."""

MASKED = _words("masked")
"""Elements whose masks are drawn."""

ATTRIBUTES = _words("attributes")
"""Attributes that are kept beside those that are properties."""
