"""Which pupils have a name that the fonts can print, and which have not."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from fontTools.ttLib import TTFont

from press.base.finding import Finding
from press.base.scripts import remedy
from press.classroom.roster import Pupil, Roster
from press.design.styles import Style


def without_a_font(roster: Roster, style: Style) -> Iterator[tuple[Pupil, Finding]]:
    """P404: each pupil in whose name or class is a character that no font of the theme has."""
    known = frozenset[int]().union(*(_characters(style.files[face.key]) for face in style.faces))
    for pupil in roster.pupils:
        text = unicodedata.normalize("NFC", f"{pupil.name} {pupil.group}")
        missing = dict.fromkeys(c for c in text if ord(c) not in known and not _unseen(c))
        for first in list(missing)[:1]:
            more = f" and {len(missing) - 1} others" if len(missing) > 1 else ""
            title = unicodedata.name(first, "unnamed character")
            message = (
                f"no font has {first!r}, U+{ord(first):04X} {title}{more}: "
                f"no worksheet is printed for {pupil.name}"
            )
            yield (
                pupil,
                Finding(roster.name, pupil.line, pupil.column, "P404", message, remedy(first)),
            )


@lru_cache(maxsize=32)
def _characters(font: bytes) -> frozenset[int]:
    """The characters that a font has glyphs for."""
    with TTFont(io.BytesIO(font), lazy=True) as opened:
        return frozenset(opened.getBestCmap() or ())


def _unseen(character: str) -> bool:
    """Whether it leaves no mark of its own: spaces, joiners, signs of direction."""
    return unicodedata.category(character) in ("Zs", "Cf")
