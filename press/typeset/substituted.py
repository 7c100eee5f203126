"""Fonts of the machine that stood in for one that the theme does not bring."""

from __future__ import annotations

from collections.abc import Iterator

from press.base.finding import PageRemark, Place
from press.typeset.expected import Expected
from press.typeset.fetch import asked
from press.typeset.typeset import SetPages


def substituted_fonts(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P403: a face that the theme does not bring was used in its place."""
    sheets = {name: raw for name, raw in expected.engine.items() if name.endswith(".css")}
    known = {_plain(family) for family in expected.families}
    used: dict[str, frozenset[str]] = {}
    for font in pages.fonts:
        used[font.family] = used.get(font.family, frozenset()) | font.letters
    for family, letters in sorted(used.items()):
        if _plain(family) not in known:
            yield _substituted(family, letters, pages, expected, asked(family, sheets))


def _substituted(
    family: str,
    letters: frozenset[str],
    pages: SetPages,
    expected: Expected,
    place: Place | None,
) -> PageRemark:
    """What is said of a font: where a sheet names it, else at the first words set in it."""
    rare = {sign for sign in letters if not sign.isascii()} or letters
    lines = (line for line in pages.layout.lines if rare & set(line.text))
    line = next(lines, None)
    sign = next((one for one in line.text if one in rare), "") if line else min(rare, default="")
    word = next((one for one in line.text.split() if sign in one), "") if line else ""
    named = f" for {sign!r}, U+{ord(sign):04X}" if sign else ""
    message = f"the font {family} was used{named}{f' in “{word}”' if word else ''}"
    message += ", and no @font-face names it"
    hint = "add the face to styles/fonts.css, correct the family's name, or write another sign"
    seen = (line.page, line.box) if line else (0, None)
    if place or line is None:
        return place or (expected.name, 0, 0), message, hint, *seen
    return expected.remark(message, hint, line.page, line.text, line.anchors, line.box)


def _plain(family: str) -> str:
    return family.strip("\"' ").casefold()
