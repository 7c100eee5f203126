"""Faces that the pages ask of a family and nobody has brought: bold, italic, or upright."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from press.base.finding import PageRemark, Place
from press.design import faces
from press.design.faces import Face
from press.design.stylesheets import GUESTS
from press.plates.fonts import open_font
from press.typeset.expected import Expected
from press.typeset.layout import TextLine, TextRun
from press.typeset.page_checks import short
from press.typeset.typeset import SetPages

BOLD = 600
"""The weight from which on letters stand out from those around them."""
SLOPED = ("LATIN", "GREEK", "CYRILLIC")
"""The scripts that have italics."""


@dataclass(frozen=True)
class FaceKind:
    """What a face is for: whether it is bold, and whether it slopes."""

    bold: bool
    sloped: bool

    def __str__(self) -> str:
        names = [name for name, has in (("bold", self.bold), ("italic", self.sloped)) if has]
        return " ".join(names) or "regular"


@dataclass(frozen=True)
class _Family:
    """The faces of a family, and where the last of them is declared."""

    name: str
    looks: frozenset[FaceKind]
    face: Face
    place: Place
    is_guest: bool


def lacking_faces(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """W725: the pages ask for a face that a family has not: its bold or its italic.

    Why: Another face is set in its place without a word, or the letters are thickened or slanted by
        the machine: emphasis is lost, or looks broken in print.
    Wrong: @font-face { font-family: "Mine"; src: url("Mine-Regular.otf") }
    Right: @font-face { font-family: "Mine"; src: url("Mine-Regular.otf") }
        @font-face { font-family: "Mine"; src: url("Mine-Bold.otf"); font-weight: 700 }
    Remedy: Bring the file of the face into styles/fonts/ and name it in an @font-face, or let the
        rule that asks for it ask for another weight or style.
    """
    families = _families(expected)
    told, sound = set[tuple[str, FaceKind]](), set[object]()
    for line in pages.layout.lines:
        for run in line.runs:
            asked = run.families, run.weight, run.slope
            if asked in sound:
                continue
            if not any(_look(run) not in one.looks for one in _stack(run, families)):
                sound.add(asked)
                continue
            family = _set_in(run, families, expected)
            if family and _look(run) not in family.looks and (family.name, _look(run)) not in told:
                told.add((family.name, _look(run)))
                yield _remark(family, line, run, expected)


def _families(expected: Expected) -> Mapping[str, _Family]:
    """The families of the style sheets by name, in small letters."""
    found: dict[str, _Family] = {}
    for rule in expected.rules:
        for face in faces.declared([rule]):
            if isinstance(face, Face):
                looks = {FaceKind(face.weight >= BOLD, face.style != "normal")}
                before = found.get(face.family.casefold())
                looks |= before.looks if before else frozenset()
                place = rule.file, rule.node.source_line, rule.node.source_column
                own = rule.stylesheet in GUESTS
                one = _Family(face.family, frozenset(looks), face, place, own)
                found[face.family.casefold()] = one
    return found


def _look(run: TextRun) -> FaceKind:
    return FaceKind(run.weight >= BOLD, run.slope != "normal")


def _stack(run: TextRun, families: Mapping[str, _Family]) -> list[_Family]:
    """The families that a run is set in, the first first, each for the letters that it has."""
    return [families[name.casefold()] for name in run.families if name.casefold() in families]


def _set_in(run: TextRun, families: Mapping[str, _Family], expected: Expected) -> _Family | None:
    """The family in which a run, or the first letter of it that matters, is set."""
    letters = [one for one in run.text if one.isalpha()]
    if run.slope != "normal":
        letters = [one for one in letters if unicodedata.name(one, "").startswith(SLOPED)]
    for family in _stack(run, families):
        if letters and _has(expected, family)(letters[0]):
            return family
    return None


def _has(expected: Expected, family: _Family) -> Callable[[str], bool]:
    raw = expected.engine.get(family.face.key, b"")
    return open_font(raw).has if raw else (lambda _: True)


def _remark(family: _Family, line: TextLine, run: TextRun, expected: Expected) -> PageRemark:
    look, tag = _look(run), run.path[-1] if run.path else "the page"
    place, asks = family.place, f"as {tag} asks"
    wanted = ("font-weight", "font-style") if look.bold else ("font-style", "font-weight")
    for name in wanted:
        for _, (_, longhand), won in expected.winners.acting(run.element):
            one = won.declared
            if longhand == name and asks.startswith("as"):
                file, at, column = one.place
                asks = f"which {one.said} in {file}:{at}:{column} asks for"
            if longhand == "font-family" and one.is_guest and not family.is_guest:
                place = one.place
    message = f"{family.name!r} has no {look} face, {asks}: {short(run.text)} is set in another"
    weight = f"font-weight: {700 if look.bold else 400}"
    slope = "; font-style: italic" if look.sloped else ""
    hint = f"add its file and an @font-face with {weight}{slope}, or ask for another there"
    return place, message, hint, line.page, line.box


CHECKS = (lacking_faces,)
