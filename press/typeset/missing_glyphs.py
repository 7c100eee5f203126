"""Letters that no font has: one finding for each script and line, and none that repeats it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from press.base.finding import Finding, PageRemark
from press.base.scripts import font_for, remedy, script_named
from press.base.units import counted
from press.content.snapshot import Snapshot
from press.typeset.expected import Expected
from press.typeset.layout import TextLine
from press.typeset.typeset import SetPages

PLACES = 5
"""Lines of the content that are named for one script."""

SHOWN = 5
"""Letters that a finding shows."""

_SILENT = frozenset("\n\t\u00ad\u200b")
_NOT_DRAWN = re.compile(r'\.notdef glyph rendered .*: "(.)" \(U\+[0-9A-F]+\)', re.DOTALL)
_LISTED = re.compile(r"\(U\+([0-9A-F]{4,6})\)")


def lacking(pages: SetPages) -> frozenset[str]:
    """The characters on the pages that no font has."""
    return frozenset(c for font in pages.fonts for c in font.missing) - _SILENT


def missing_glyphs(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P404: letters that no font of the theme can draw, wherever the content has them."""
    for (script, _), group in groupby(sorted(lacking(pages), key=_by_script), _kind):
        letters = frozenset(group)
        places = list(_written(expected.snapshot, letters))
        for number, (place, text) in enumerate(places[:PLACES]):
            here = _seen(text, letters)
            rest = len(places) - PLACES if number == 0 else 0
            more = f"; so it is in {counted(rest, 'more line')}" if rest > 0 else ""
            line = next((one for one in pages.layout.lines if set(here) & set(one.text)), None)
            seen = (line.page, line.box) if line else (0, None)
            message = f"no font has {_told(script, here, text)}{more}"
            yield place, message, remedy(here[0]), *seen
        found = {letter for _, text in places for letter in _seen(text, letters)}
        if letters - found:
            yield _elsewhere(script, letters - found, pages, expected)


def _kind(character: str) -> tuple[str, str]:
    """The script of a character, and the font that would have it: one finding is for one font."""
    return script_named(character), font_for(character)[0]


def _by_script(character: str) -> tuple[str, str, str]:
    return *_kind(character), character


def _seen(text: str, letters: frozenset[str]) -> list[str]:
    """Those of ``letters`` that a text has, in its order."""
    return [one for one in dict.fromkeys(text) if one in letters]


def _told(script: str, here: list[str], text: str) -> str:
    """Some letters that a line lacks, and its first words with them."""
    first = here[0]
    if len(here) == 1:
        return f"{first!r}, U+{ord(first):04X} {unicodedata.name(first, 'unnamed character')}"
    some = ", ".join(here[:SHOWN]) + (f" and {len(here) - SHOWN} more" if here[SHOWN:] else "")
    word = next((one for one in text.split() if first in one), "").strip(",.;:!?()[]*_\"'“”")
    times = sum(letter in here for letter in text)
    said = f"{len(here)} {script} letters, {counted(times, 'time')} in this line"
    return f"{said}: {some}, as in “{word[:40]}”"


def _written(
    snapshot: Snapshot | None, letters: frozenset[str]
) -> Iterator[tuple[tuple[str, int, int], str]]:
    """Each line of the content with some of these letters: its place and its text as it is read."""
    for name in sorted(snapshot.files) if snapshot else ():
        if snapshot and name.endswith((".yaml", ".md")):
            for number, line in enumerate(snapshot.text(name).split("\n"), start=1):
                read = unicodedata.normalize("NFC", html.unescape(line))
                if here := _seen(line, letters) or _seen(read, letters):
                    place = snapshot.place(name), number, line.find(here[0]) + 1
                    yield place, line if here[0] in line else read


def _elsewhere(
    script: str, letters: frozenset[str], pages: SetPages, expected: Expected
) -> PageRemark:
    """The finding on letters that no line has as they are, at the words of the pages around one."""
    line = next((one for one in pages.layout.lines if letters & set(one.text)), None)
    here = _seen(line.text, letters) if line else sorted(letters)
    message = f"no font has {_told(script, here, line.text if line else '')}"
    words, anchors, page, box = _spot(line) if line else ("", (), 0, None)
    return expected.remark(message, remedy(here[0]), page, words, anchors, box)


def _spot(line: TextLine) -> tuple[str, tuple[str, ...], int, tuple[float, float, float, float]]:
    return line.text, tuple(line.anchors), line.page, line.box


def is_echo(complaint: str, missing: Iterable[str]) -> bool:
    """Whether the typesetter complains of a letter of which P404 tells."""
    found = _NOT_DRAWN.match(complaint)
    return found is not None and found[1] in missing


def without_echoes(findings: Iterable[Finding], pages: SetPages) -> Iterator[Finding]:
    """``findings`` on plates but for letters that no font of the pages has either (E169)."""
    missing = lacking(pages)
    for one in findings:
        listed = {chr(int(code, 16)) for code in _LISTED.findall(one.message)}
        if one.code != "E169" or not listed or not listed <= missing:
            yield one
