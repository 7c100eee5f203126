"""Whether the lengths of a design make a page that can be set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from press.base.finding import Finding
from press.base.units import MM
from press.design.calc import points
from press.design.stylesheets import rank
from press.design.tokens import Token

DISTANCES = (
    "--margin-inner", "--margin-outer", "--margin-top", "--gap", "--table-gap", "--head-drop",
    "--folio-gap", "--indent", "--paragraph-gap", "--plate-margin-top", "--hairline", "--stroke",
)  # fmt: skip
"""What cannot be less than nothing."""

LEAST_BODY = 40 * MM
"""The narrowest room for text between the margins, in points."""

LEAST_SIDE = 34 * MM
"""The narrowest side column that has room for the infobox, in points."""

Fault = tuple[Sequence[str], str, str]
"""The tokens that have to do with it, what is wrong, and what to do."""


def faults(given: Mapping[str, Token], literals: Mapping[str, str]) -> Iterator[Finding]:
    """E723 for each relation of lengths that makes no page, at the strongest token in it.

    A relation to a token that is not set, or is no absolute length, is left alone.
    """
    sizes = {name: size for name in literals if (size := points(literals[name])) is not None}
    for check in (_distances, _across, _down, _plates):
        for names, message, hint in check(sizes, literals.get("--lines", "")):
            involved = [given[name] for name in names if name in given]
            strongest = max(involved, key=lambda token: rank(token.rule))
            yield Finding(*strongest.place, "E723", message, hint)


def _distances(sizes: Mapping[str, float], _: str) -> Iterator[Fault]:
    for name in DISTANCES:
        if (size := sizes.get(name, 0)) < 0:
            yield (name,), f"{name} is {_mm(size)}; no distance is less than nothing", "write 0mm"


def _across(sizes: Mapping[str, float], _: str) -> Iterator[Fault]:
    """Margins, text and side column, from left to right."""
    sheet, body = sizes.get("--sheet-width", 0), sizes.get("--body-width", LEAST_BODY)
    margins = ("--margin-inner", "--margin-outer")
    if body < LEAST_BODY:
        message = f"the margins leave {_mm(body)} of {_mm(sheet)} for the text"
        yield margins, message, "make --margin-inner or --margin-outer smaller"
        return
    measure, side = sizes.get("--measure", 0), sizes.get("--side", 0)
    text = sizes.get("--side-text", 0)
    if side < 0:
        message = f"the text is {_mm(measure)} wide, and there are {_mm(body)} between the margins"
        yield ("--measure", "--side", *margins), message, "make --measure smaller"
    elif side > 0 and text < LEAST_SIDE:
        message = f"the side column is {_mm(text)} wide, and the infobox needs {_mm(LEAST_SIDE)}"
        hint = "make --measure smaller, or import one-column.css"
        yield ("--measure", "--gap", *margins), message, hint


def _down(sizes: Mapping[str, float], lines: str) -> Iterator[Fault]:
    """Lines of text, from top to bottom."""
    text, leading = sizes.get("--text", 0), sizes.get("--leading", 0)
    below = sizes.get("--sheet-height", 0) - sizes.get("--margin-top", 0)
    if leading < text:
        message = f"lines {_number(leading)} pt apart overlap in type of {_number(text)} pt"
        yield ("--leading", "--text"), message, "make --leading larger"
    if lines and _is_less_than_one(lines):
        yield ("--lines",), f"--lines is {lines}; a page has a line at the least", "write 1 or more"
    elif sizes.get("--margin-bottom", 0) < 0:
        message = f"{lines} lines of {_number(leading)} pt are higher than the {_mm(below)} below"
        hint = "make --lines, --leading or --margin-top smaller"
        names = ("--lines", "--leading", "--margin-top", "--margin-bottom")
        yield names, f"{message} the upper margin", hint


def _plates(sizes: Mapping[str, float], _: str) -> Iterator[Fault]:
    """Plates that have a page of their own."""
    wide, high = sizes.get("--plate-width", 0), sizes.get("--plate-height", 0)
    if sizes.get("--plate-margin-side", 0) < 0:
        message = f"a plate of {_mm(wide)} is wider than the sheet of {_mm(sizes['--sheet-width'])}"
        yield ("--plate-width",), message, "make --plate-width smaller"
    if sizes.get("--plate-margin-bottom", 0) < 0:
        message = (
            f"a plate of {_mm(high)} and its margin of {_mm(sizes.get('--plate-margin-top', 0))} "
            f"are higher than the sheet of {_mm(sizes['--sheet-height'])}"
        )
        hint = "make --plate-height smaller"
        yield ("--plate-height", "--plate-margin-top"), message, hint


def _is_less_than_one(text: str) -> bool:
    try:
        return float(text) < 1
    except ValueError:
        return False


def _mm(size: float) -> str:
    return f"{_number(size / MM)} mm"


def _number(size: float) -> str:
    return f"{size:.1f}".removesuffix(".0")
