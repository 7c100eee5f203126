"""The plates: finished figures, and what each shows in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from press.plates import Drawing


@dataclass(frozen=True)
class PlateView:
    """A plate and its finished figure; ``in_chapter`` where a chapter prints it."""

    drawing: Drawing
    figure: Markup
    in_chapter: bool


def view(
    drawings: Mapping[str, Drawing], figures: Mapping[str, Markup], chapters: str
) -> Iterator[PlateView]:
    """The plates that were drawn; ``figures`` are theirs by id, ``chapters`` the HTML of all."""
    for ident, drawing in drawings.items():
        yield PlateView(drawing, figures[ident], f'id="plate-{ident}"' in chapters)
