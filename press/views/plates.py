"""The plates: finished figures, and what each shows in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from press.plates import Drawing


@dataclass(frozen=True)
class PlateView:
    """A plate and its finished figure; ``in_chapter`` where a chapter prints it.

    The figures of others name their part in ``data-part``, for the running head.
    """

    drawing: Drawing
    figure: Markup
    in_chapter: bool


def view(
    drawings: Mapping[str, Drawing], figures: Mapping[str, Markup], chapters: str, part: str
) -> Iterator[PlateView]:
    """The plates that were drawn; ``figures`` are theirs by id, ``chapters`` the HTML of all.

    ``part`` is the title of the part in which those stand that no chapter prints.
    """
    for ident, drawing in drawings.items():
        told = f'id="plate-{ident}"' in chapters
        yield PlateView(drawing, figures[ident] if told else _in_part(figures[ident], part), told)


def _in_part(figure: Markup, part: str) -> Markup:
    named = re.sub(r'(<figure class="plate[^>]*)>', rf'\1 data-part="{escape(part)}">', str(figure))
    return Markup(named)  # noqa: S704 the same, and a title of ours
