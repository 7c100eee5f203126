"""The chapters, in the author's order."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from press.content.model import Dossier
from press.prose import Prose


@dataclass(frozen=True)
class ChapterView:
    """A chapter: its HTML starts below the title."""

    id: str
    number: int
    title: Markup
    html: Markup


def view(dossier: Dossier, prose: Prose) -> tuple[ChapterView, ...]:
    """The chapters with their notes, references and blocks in print."""
    return tuple(
        ChapterView(chapter.id, chapter.number, prose.title(chapter), prose.chapter(chapter))
        for chapter in dossier.chapters
    )
