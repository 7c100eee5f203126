"""The plates: finished figures, and what each shows in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from press.content import facts
from press.content.model import Dossier
from press.plates import Drawing
from press.views.chapters import ChapterView


@dataclass(frozen=True)
class PlateView:
    """A plate, its finished figure, and what it shows in lines of words.

    ``in_chapter`` says that a chapter prints it, and the part of the plates does not.
    """

    id: str
    label: str
    title: str
    figure: Markup
    equivalent: tuple[str, ...]
    in_chapter: bool


def view(
    dossier: Dossier,
    drawings: Mapping[str, Drawing],
    figures: Mapping[str, Markup],
    chapters: Iterable[ChapterView],
) -> tuple[PlateView, ...]:
    """The plates that are drawn, in the author's order; ``drawings``, ``figures``: theirs by id."""
    printed = "".join(chapter.html for chapter in chapters)
    return tuple(
        PlateView(
            id=plate.id,
            label=facts.label(dossier, f"plate-{plate.id}"),
            title=plate.title,
            figure=figures[plate.id],
            equivalent=drawings[plate.id].equivalent,
            in_chapter=f'id="plate-{plate.id}"' in printed,
        )
        for plate in dossier.plates.plates
        if plate.id in drawings
    )
