"""The plate's stylesheet, read as the engine needs it.

``plate.css`` is the only home of type sizes, line weights and colours. The engine measures text
and clears lines from its values, and each ``<svg>`` carries just the rules it uses, because
document CSS does not reach into an SVG. Selectors are classes (``.river``, ``.sign.open``) or
``text``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import tinycss2

from press.design.calc import POINTS
from press.design.styles import Style

MM_PER_POINT = 25.4 / 72
_SELECTOR = re.compile(r"(text)?((?:\.[A-Za-z_][\w-]*)*)")


@dataclass(frozen=True)
class TextStyle:
    """How a class sets text. ``size`` and ``spacing`` (letter-spacing) are millimetres."""

    families: tuple[str, ...]
    weight: int
    slant: str
    size: float
    spacing: float


@dataclass(frozen=True)
class Rule:
    """One rule for one selector: all of ``classes`` must be there; ``text`` limits it to text."""

    classes: frozenset[str]
    text: bool
    values: Mapping[str, str]
    css: str


@dataclass(frozen=True)
class Sheet:
    """The rules of ``plate.css`` in their order."""

    rules: tuple[Rule, ...]

    def values(self, classes: str, text: bool = False) -> dict[str, str]:
        """The declarations for an element with these classes; the more specific and later win."""
        have = frozenset(classes.split())
        fitting = [r for r in self.rules if r.classes <= have and (text or not r.text)]
        merged: dict[str, str] = {}
        for rule in sorted(fitting, key=lambda r: len(r.classes)):
            merged.update(rule.values)
        return merged

    def text(self, classes: str) -> TextStyle:
        """The text style of these classes. Raises ValueError where no size in mm or pt is set."""
        values = self.values(classes, text=True)
        families = tuple(
            name.strip().strip("\"'") for name in values.get("font-family", "").split(",")
        )
        weight = {"normal": "400", "bold": "700"}.get(
            values.get("font-weight", "400"), values.get("font-weight", "400")
        )
        return TextStyle(
            families,
            int(weight),
            values.get("font-style", "normal"),
            millimetres(values.get("font-size", "")),
            millimetres(values.get("letter-spacing", "0mm")),
        )

    def length(self, classes: str, name: str) -> float:
        """A length in millimetres; 0 where the classes do not set it."""
        value = self.values(classes).get(name)
        return millimetres(value) if value else 0.0

    def css(self, classes: Iterable[str]) -> str:
        """The rules that elements with any of these class attributes can meet."""
        used = [frozenset(attribute.split()) for attribute in {*classes, "outline", "unseen"}]
        return "".join(
            rule.css for rule in self.rules if rule.text or any(rule.classes <= c for c in used)
        )


def millimetres(value: str) -> float:
    """A CSS absolute length in millimetres. Raises ValueError for anything else."""
    match = re.fullmatch(r"\s*(-?[\d.]+)\s*([a-zA-Z]*)\s*", value)
    unit = match[2].lower() if match else ""
    if match and (unit in POINTS or (not unit and float(match[1]) == 0)):
        return float(match[1]) * POINTS.get(unit, 1.0) * MM_PER_POINT
    raise ValueError(f"{value!r} is not an absolute length; plate.css wants mm or pt")


def token_length(style: Style, name: str, default: float) -> float:
    """A length token in millimetres, or ``default`` (mm) where no sheet sets it."""
    value = style.tokens.get(name)
    return millimetres(value) if value else default


def read_sheet(style: Style) -> Sheet:
    """The plate stylesheet of a style."""
    return _read(style.plate_css)


@lru_cache(maxsize=16)
def _read(css: str) -> Sheet:
    rules = []
    for node in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if node.type != "qualified-rule":
            continue
        body = tinycss2.serialize(node.content).strip()
        declarations = tinycss2.parse_blocks_contents(
            node.content, skip_comments=True, skip_whitespace=True
        )
        values = {
            d.lower_name: tinycss2.serialize(d.value).strip()
            for d in declarations
            if d.type == "declaration"
        }
        for selector in tinycss2.serialize(node.prelude).split(","):
            match = _SELECTOR.fullmatch(selector.strip())
            if match:
                classes = frozenset(filter(None, match[2].split(".")))
                css_text = f"{selector.strip()}{{{body}}}"
                rules.append(Rule(classes, bool(match[1]), MappingProxyType(values), css_text))
    return Sheet(tuple(rules))
