"""One dataset, many views. What the templates of a whole dossier print, part by part.

Views are frozen values with HTML already made by the prose stage; templates format them and
compute nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

from markupsafe import Markup

from press import dates, locale
from press.content import kinds
from press.content.headings import headings
from press.content.kinds import File
from press.content.model import Dossier
from press.content.model.meta import Attribution
from press.design.styles import Style
from press.plates import Drawing
from press.prose import Prose
from press.views import (
    appendix,
    chapters,
    chronology,
    colophon,
    gazetteer,
    index,
    infobox,
    plates,
    sources,
    tables,
    things,
)
from press.views.head import Head, head


@dataclass(frozen=True)
class ContentsLine:
    """A line of the contents: level 1 or 2, number or "", title, and where it leads."""

    level: int
    number: str
    title: str
    anchor: str


@dataclass(frozen=True)
class Book(Head):
    """Everything that the templates of a whole dossier may print.

    ``revisions`` are days and what was changed on them; ``things`` the parts of a dossier that have
    no field here, like the glossary, by the names of their files.
    """

    revised: str
    revisions: tuple[tuple[str, Markup], ...]
    attributions: tuple[Attribution, ...]
    infobox: infobox.InfoboxView | None
    chapters: tuple[chapters.ChapterView, ...]
    tables: tuple[tables.TableView, ...]
    chronology: chronology.ChronologyView | None
    plates: tuple[plates.PlateView, ...]
    gazetteer: gazetteer.GazetteerView | None
    things: Mapping[str, tuple[things.ThingView, ...]]
    sources: sources.SourcesView | None
    facts: appendix.FactsView | None
    index: index.IndexView | None
    colophon: colophon.ColophonView
    contents: tuple[ContentsLine, ...] = ()


def view(
    dossier: Dossier,
    prose: Prose,
    drawings: Mapping[str, Drawing],
    figures: Mapping[str, Markup],
    style: Style,
    production: colophon.Production,
) -> Book:
    """Every part of ``dossier``, made in the order in which the reader meets them.

    The order matters: a source is cited in full the first time and by its short form after that.
    ``drawings`` and ``figures`` are the plates by id.
    """
    meta, language = dossier.meta, dossier.meta.language
    over_index = dossier.index.note if dossier.index else ""
    front = head(dossier, prose)
    box = infobox.view(dossier, prose)
    body = chapters.view(dossier, prose)
    book = Book(
        **front,
        infobox=box,
        chapters=body,
        tables=tables.view(dossier, prose),
        chronology=chronology.view(dossier, prose, style, drawings.values()),
        plates=plates.view(dossier, drawings, figures, body),
        gazetteer=gazetteer.view(dossier, prose),
        things={file.stem: things.view(file, dossier, prose) for file in _others()},
        sources=sources.view(dossier, prose),
        revised=locale.messages(language)["revised"].format(date=front["issued"]),
        revisions=tuple(
            (dates.show(revision.date, language), prose.inline(revision.note))
            for revision in meta.revisions
        ),
        attributions=meta.attributions,
        facts=appendix.view(dossier, prose),
        index=index.view(headings(dossier), language, note=prose.inline(over_index)),
        colophon=colophon.view(dossier, drawings.values(), production),
    )
    return replace(book, contents=tuple(_contents(book)))


def _others() -> Iterator[File]:
    """The files of a dossier that are printed as a part, and have no view of their own."""
    own = {field.name for field in fields(Book)}
    return (file for file in kinds.FILES.values() if file.part and file.stem not in own)


def contents_of(book: Book, text: str) -> tuple[ContentsLine, ...]:
    """The contents of what stands in ``text``, the document of an edition, in its order."""
    places = {line.anchor: text.find(f'id="{line.anchor}"') for line in book.contents}
    there = (line for line in book.contents if places[line.anchor] >= 0)
    return tuple(sorted(there, key=lambda line: places[line.anchor]))


def _contents(book: Book) -> Iterator[ContentsLine]:
    """A line for each chapter and each part that is printed, and for the plates and tables."""
    words = locale.messages(book.language)
    for chapter in book.chapters:
        title = chapter.title.striptags()
        yield ContentsLine(1, str(chapter.number), title, f"chapter-{chapter.id}")
    if book.chronology:
        yield ContentsLine(1, "", words["chronology"], "chronology")
    loose = [plate for plate in book.plates if not plate.in_chapter]
    if loose:  # the first of them has the heading of the part
        yield ContentsLine(1, "", words["plates"], f"plate-{loose[0].id}")
    for plate in loose:
        yield ContentsLine(2, "", f"{plate.label}. {plate.title}", f"plate-{plate.id}")
    if book.tables:
        yield ContentsLine(1, "", words["tables"], "tables")
    for table in book.tables:
        yield ContentsLine(2, "", f"{table.label}. {table.title}", f"table-{table.id}")
    others = tuple(_others())
    titles = {file.part: file.title(words) for file in others}
    for part, printed in (
        ("gazetteer", book.gazetteer),
        *((file.part, book.things[file.stem]) for file in others),
        (appendix.ANCHOR, book.facts),
        ("sources", book.sources),
        ("index", book.index),
        ("colophon", book.colophon),
    ):
        if printed:
            yield ContentsLine(1, "", titles.get(part) or words[part], part)
