"""The look of plates: what plate.css says of their classes, and text measured accordingly.

``plate.css`` is the only home of type sizes, line weights and colours. The engine measures text
and clears lines from its values, and each ``<svg>`` carries just the rules it uses, because
document CSS does not reach into an SVG. Selectors are classes (``.river``, ``.sign.open``) or
``text``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

import pyphen
import tinycss2
from shapely.geometry.base import BaseGeometry

from press.design.calc import POINTS
from press.design.plate_css import SELECTOR
from press.design.styles import Style
from press.plates import svg
from press.plates.fonts import open_font
from press.plates.svg import Element
from press.plates.text import Fonts, MeasuredLine, TextStyle, halo, inked, measured

MM_PER_POINT = 25.4 / 72
HALF, _COLUMN = 0.49, 0.45
"""Shares of a full plate's height."""
_ROUNDING = 0.6


@dataclass(frozen=True)
class PlateRule:
    """One rule for one selector: all of ``classes`` must be there; ``text`` limits it to text."""

    classes: frozenset[str]
    text: bool
    values: Mapping[str, str]
    css: str


@dataclass(frozen=True)
class PlateStyle:
    """How plates look in one style. Lengths are millimetres."""

    style: Style = field(repr=False)
    _chosen: dict[TextStyle, Fonts] = field(default_factory=dict, repr=False, compare=False)

    @property
    def rules(self) -> tuple[PlateRule, ...]:
        """The rules of ``plate.css`` in their order."""
        return rules_of(self.style.plate_css)

    def values(self, classes: str, text: bool = False) -> dict[str, str]:
        """The declarations for an element with these classes; the more specific and later win."""
        return declared(self.rules, classes, text)

    def length(self, classes: str, name: str) -> float:
        """A length that the classes set; 0 where they do not."""
        value = self.values(classes).get(name)
        return millimetres(value) if value else 0.0

    def token(self, name: str, default: float) -> float:
        """A length token, or ``default`` where no style sheet sets it."""
        return token_length(self.style, name, default)

    def css(self, classes: Iterable[str]) -> str:
        """The rules that elements with any of these class attributes can meet."""
        used = [frozenset(attribute.split()) for attribute in {*classes, "outline", "unseen"}]
        return "".join(
            rule.css for rule in self.rules if rule.text or any(rule.classes <= c for c in used)
        )

    def picture(self, elements: Sequence[Element], width: float, height: float, title: str) -> str:
        """An ``<svg>`` of these elements and of the rules that they can meet."""
        css = self.css(element.classes for element in elements)
        return svg.svg(svg.body(elements), css, width, height, title)

    def text(self, classes: str) -> TextStyle:
        """The text style of these classes. Raises ValueError where no size in mm or pt is set."""
        values = self.values(classes, text=True)
        families = values.get("font-family", "").split(",")
        weight = values.get("font-weight", "400")
        return TextStyle(
            tuple(name.strip().strip("\"'") for name in families),
            int({"normal": "400", "bold": "700"}.get(weight, weight)),
            values.get("font-style", "normal"),
            millimetres(values.get("font-size", "")),
            millimetres(values.get("letter-spacing", "0mm")),
        )

    def fonts(self, text: TextStyle) -> Fonts:
        """The fonts of a text style's families in order, then of all others as a last resort."""
        if text not in self._chosen:
            known = {face.family for face in self.style.faces}
            families = [f for f in text.families if f in known]
            families += sorted(known - set(families))
            self._chosen[text] = tuple(
                open_font(self.style.font(family, text.weight, text.slant)) for family in families
            )
        return self._chosen[text]

    def lacking(self, words: str, text: TextStyle) -> str:
        """The characters that no font of the style's own families has, in order, once each."""
        own = {face.family for face in self.style.faces} & set(text.families)
        fonts = self.fonts(text)[: len(own)]
        return "".join(
            dict.fromkeys(c for c in words if not c.isspace() and not any(f.has(c) for f in fonts))
        )

    def run(self, words: str, text: TextStyle) -> MeasuredLine:
        """A line as it will be set."""
        return measured(self.fonts(text), words, text)

    def wrapped(self, words: str, text: TextStyle, measure: float, language: str = "") -> list[str]:
        """Break words into lines no longer than ``measure``.

        A word that is longer is divided as its ``language`` has it, or else where it must be.
        """
        return list(_wrapped(self.fonts(text), words, text, measure, language))

    def halo(self, run: MeasuredLine, reach: float) -> BaseGeometry:
        """What lies within ``reach`` of the ink, y downward, origin on the baseline."""
        return halo(self.fonts(run.style), run, round(reach, 3))


@lru_cache(maxsize=4096)
def _wrapped(
    fonts: Fonts, words: str, text: TextStyle, measure: float, language: str
) -> tuple[str, ...]:
    def fits(line: str) -> bool:
        return inked(fonts, line, text)[2] <= measure

    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and fits(longer):
            lines[-1] = longer
        else:
            lines += divided(word, fits, language)
    return tuple(lines) or ("",)


def divided(word: str, fits: Callable[[str], bool], language: str = "") -> list[str]:
    """``word`` in pieces of which each ``fits``, hyphens where it is divided; one sign at least.

    It is divided after a sign that joins words, at a syllable, or, where nothing of that fits,
    after as many signs as fit.
    """
    pieces: list[str] = []
    while len(word) > 1 and not fits(word):
        joints = [match.end() for match in _JOINT.finditer(word)]
        ends = [(at, word[:at]) for at in joints if at < len(word)]
        ends += [(at, f"{word[:at]}-") for at in syllables(word, language)]
        ends = [end for end in ends if fits(end[1])]
        if not ends:
            ends = [(at, f"{word[:at]}-") for at in range(1, len(word)) if fits(f"{word[:at]}-")]
        at, piece = max(ends, default=(1, f"{word[:1]}-"))
        pieces.append(piece)
        word = word[at:]
    return [*pieces, word]


_JOINT = re.compile(r"[-‐–—/\u00ad]")
"""After what a word may be divided without a hyphen."""


def syllables(word: str, language: str) -> list[int]:
    """Where a word may be divided in a language, as WeasyPrint's dictionaries have it."""
    known = pyphen.language_fallback(language) if language else None
    return list(pyphen.Pyphen(lang=known).positions(word)) if known else []


def millimetres(value: str) -> float:
    """A CSS absolute length in millimetres. Raises ValueError for anything else."""
    match = re.fullmatch(r"\s*(-?[\d.]+)\s*([a-zA-Z]*)\s*", value)
    unit = match[2].lower() if match else ""
    if match and (unit in POINTS or (not unit and float(match[1]) == 0)):
        return float(match[1]) * POINTS.get(unit, 1.0) * MM_PER_POINT
    raise ValueError(f"{value!r} is not an absolute length; plate.css wants mm or pt")


def token_length(style: Style, name: str, default: float) -> float:
    """A length token in millimetres, or ``default`` (mm) where no style sheet sets it."""
    value = style.tokens.get(name)
    return millimetres(value) if value else default


def room(size: str, style: Style) -> tuple[float, float]:
    """Width and height in mm that a plate of this size may take, with its head and legend.

    A page, half of one, a column of text, a fold-out of two pages or a poster of four.
    """
    width = token_length(style, "--plate-width", 170.0)
    height = token_length(style, "--plate-height", 247.0)
    body = min(width, token_length(style, "--body-width", width))
    across = width + token_length(style, "--sheet-width", width + 40)
    match size:
        case "half":  # it stands among text
            return body, height * HALF
        case "column":
            return token_length(style, "--measure", body / 2), height * _COLUMN
        case "spread":
            return across, height
        case "poster":
            return across, height + token_length(style, "--sheet-height", height + 50)
        case _:
            return width, height


def half_of_text(style: Style) -> float:
    """How high in mm each of two plates may be that share a page of text, a line between them."""
    outside = ("--margin-top", "--margin-bottom", "--leading", "--leading")
    page = token_length(style, "--sheet-height", 297.0)
    return (page - sum(token_length(style, name, 0.0) for name in outside)) / 2 - _ROUNDING


def tallest(size: str, style: Style) -> float:
    """How high in mm a plate of this size may be at the most: as its room, or as a page of text."""
    total = room(size, style)[1] + _ROUNDING
    if size not in ("half", "column"):
        return total
    outside = ("--margin-top", "--margin-bottom", "--leading", "--leading")
    page = token_length(style, "--sheet-height", 297.0)
    return max(total, page - sum(token_length(style, name, 0.0) for name in outside))


def in_one_part(style: Style) -> bool:
    """Whether a plate has no other page to go on, as in a poster or a worksheet."""
    return style.tokens.get("--plate-parts", "").strip() == "1"


def declared(rules: Iterable[PlateRule], classes: str, text: bool = False) -> dict[str, str]:
    """The declarations for an element with these classes; the more specific and later win."""
    have = frozenset(classes.split())
    fitting = [r for r in rules if r.classes <= have and (text or not r.text)]
    merged: dict[str, str] = {}
    for rule in sorted(fitting, key=lambda r: (len(r.classes), r.text)):
        merged.update(rule.values)
    return merged


@lru_cache(maxsize=64)
def rules_of(css: str) -> tuple[PlateRule, ...]:
    """The rules of a style sheet for plates in their order."""
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
            match = SELECTOR.fullmatch(selector.strip())
            if match:
                classes = frozenset(filter(None, match[2].split(".")))
                css_text = f"{selector.strip()}{{{body}}}"
                rules.append(PlateRule(classes, bool(match[1]), MappingProxyType(values), css_text))
    return tuple(rules)
