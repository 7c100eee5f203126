"""One dataset, many views. What the templates of a whole dossier print, part by part.

Views are frozen values with HTML already made by the prose stage; templates format them and
compute nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

from markupsafe import Markup

from press import dates, locale
from press.base.document import Document, file_day
from press.base.finding import Finding
from press.checks.counted import coverage
from press.checks.look import look
from press.content import kinds
from press.content.headings import headings, key_of, resolved
from press.content.kinds import File
from press.content.load import Loaded
from press.content.source_text import Loc
from press.views import (
    appendix,
    chronology,
    colophon,
    data,
    evidence,
    gazetteer,
    index,
    infobox,
    mentions,
    plates,
    sources,
    tables,
    things,
)
from press.views.head import Head, head
from press.views.strip_links import strip_links
from press.views.values import Group, Part
from press.views.view import Bench, Prepared
from press.views.wide_tables import divided_in

INDEX = "index"
"""The anchor of the index, where an edition has one."""


@dataclass(frozen=True)
class ChapterView:
    """A chapter: its HTML starts below the title."""

    id: str
    number: int
    title: Markup
    html: Markup


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

    ``blurb`` is the standfirst to be printed again, without its anchors and notes. ``revisions``
    are days and what was changed on them; ``things`` the parts of a dossier that have no field
    here, like the glossary, by the names of their files.
    """

    blurb: Markup
    revised: str
    revisions: tuple[tuple[str, Markup], ...]
    infobox: infobox.InfoboxView | None
    chapters: tuple[ChapterView, ...]
    tables: tuple[tables.TableView, ...]
    chronology: chronology.ChronologyView | None
    plates: tuple[plates.PlateView, ...]
    gazetteer: Part[gazetteer.PlaceView] | None
    things: Mapping[str, Part[things.ThingView] | None]
    sources: Part[Group[sources.SourceView]] | None
    facts: Part[Group[appendix.FactView]] | None
    evidence: Part[Group[evidence.EvidenceView]] | None
    index: index.IndexView | None
    colophon: colophon.ColophonView
    contents: tuple[ContentsLine, ...] = ()


def prepare(bench: Bench) -> Prepared:
    """Everything that the edition's template lists; the dossier's data travel in the file."""
    dossier, prose = bench.dossier, bench.prose
    with bench.stage("prose"):
        book = view(bench)
    html, unmet = _with_index(bench, book)
    revised = dossier.meta.revisions[-1].date if dossier.meta.revisions else None
    html = replace(
        html,
        enclosures=data.enclosures(dossier, book.chronology, coverage(bench.loaded)),
        modified=file_day(revised.latest.number) if revised else "",
    )
    findings = (*prose.findings, *unmet, *look(bench.loaded, bench.style))
    return Prepared(html, book, findings, bench.edition.most_pages)


def view(bench: Bench) -> Book:
    """Every part of the dossier, made in the order in which the reader meets them.

    The order matters: a source is cited in full the first time and by its short form after that.
    """
    dossier, prose, drawings = bench.dossier, bench.prose, bench.drawings
    meta, language = dossier.meta, dossier.meta.language
    over_index = dossier.index.note if dossier.index else ""
    front = head(dossier, prose)
    box = infobox.view(dossier, prose)
    chapters = tuple(
        ChapterView(
            chapter.id,
            chapter.number,
            prose.title(chapter),
            divided_in(prose.chapter(chapter), bench.style),
        )
        for chapter in dossier.chapters
    )
    told, words = "".join(chapter.html for chapter in chapters), locale.messages(language)
    book = Book(
        **front,
        blurb=strip_links(front["standfirst"]),
        infobox=box,
        chapters=chapters,
        tables=tables.view(dossier, prose, bench.style),
        chronology=chronology.view(dossier, prose, bench.style, drawings.values()),
        plates=tuple(plates.view(drawings, prose.plates, told, words["plates"])),
        gazetteer=gazetteer.view(dossier, prose),
        things={file.stem: things.view(file, dossier, prose) for file in _others()},
        sources=sources.view(dossier, prose),
        revised=words["revised"].format(date=front["issued"]),
        revisions=tuple(
            (dates.show(revision.date, language), prose.inline(revision.note))
            for revision in meta.revisions
        ),
        facts=appendix.view(bench.loaded, prose),
        evidence=evidence.view(bench.loaded, prose),
        index=index.view(headings(dossier), language, note=prose.inline(over_index)),
        colophon=colophon.view(bench),
    )
    return replace(book, contents=tuple(_contents(book)))


def _others() -> Iterator[File]:
    """The files of a dossier that are printed as a part, and have no view of their own."""
    own = {field.name for field in fields(Book)}
    return (file for file in kinds.FILES.values() if file.part and file.stem not in own)


WORDED = "plates-in-words"
"""The anchor of the part that says in words what plates show, and its heading's key."""


def contents_of(book: Book, text: str) -> tuple[ContentsLine, ...]:
    """The contents of what stands in ``text``, the document of an edition, in its order.

    Plates keep the order of their numbers under the heading of their part, also those that stand
    in a chapter. Plates in words are a part of large print alone.
    """
    worded = locale.messages(book.language)[WORDED]
    places: dict[ContentsLine, int] = {}
    for line in (*book.contents, ContentsLine(1, "", worded, WORDED)):
        at = text.find(f'id="{line.anchor}"')
        if at >= 0 and line.level == 1:
            part = at
        if at >= 0:
            places[line] = part
    return tuple(sorted(places, key=lambda line: places[line]))


def _contents(book: Book) -> Iterator[ContentsLine]:
    """A line for each chapter and each part that is printed, and for every plate and table.

    Where no plate stands outside the chapters, each has its line under its chapter.
    """
    words = locale.messages(book.language)
    loose = [plate for plate in book.plates if not plate.in_chapter]
    for chapter in book.chapters:
        title = chapter.title.striptags()
        yield ContentsLine(1, str(chapter.number), title, f"chapter-{chapter.id}")
        if not loose:
            inside = (one for one in book.plates if f'id="plate-{one.drawing.id}"' in chapter.html)
            yield from map(_plate_line, inside)
    if book.chronology:
        yield ContentsLine(1, "", words["chronology"], "chronology")
    if loose:  # the first of them has the heading of the part
        yield ContentsLine(1, "", words["plates"], f"plate-{loose[0].drawing.id}")
        yield from map(_plate_line, book.plates)
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
        (evidence.ANCHOR, book.evidence),
        ("sources", book.sources),
        ("index", book.index),
        ("colophon", book.colophon),
    ):
        if printed:
            yield ContentsLine(1, "", titles.get(part) or words[part], part)


def _plate_line(plate: plates.PlateView) -> ContentsLine:
    drawing = plate.drawing
    return ContentsLine(2, "", f"{drawing.number}. {drawing.title}", f"plate-{drawing.id}")


# -- what is found in the finished words -----------------------------------------------------------


def _with_index(bench: Bench, book: Book) -> tuple[Document, tuple[Finding, ...]]:
    """The document with anchors for its index, and a finding for each entry that is never met.

    The contents and the index list everything at first; they are printed anew without what the
    edition does not print, and without what is not met.
    """
    html = _with_appendix(bench.document(book))
    if (contents := contents_of(book, html.text)) != book.contents:
        book = replace(book, contents=contents)
        html = _with_appendix(bench.document(book))
    if book.index is None or f'id="{INDEX}"' not in html.text:
        return html, ()
    listed = headings(bench.loaded.dossier)
    found = mentions.add_anchors(html.text, listed, book.language)
    met = index.view(listed, book.language, found.met, book.index.note)
    if met != book.index:
        html = _with_appendix(bench.document(replace(book, index=met)))
        found = mentions.add_anchors(html.text, listed, book.language)
    return replace(html, text=found.text), tuple(unmet_entries(bench.loaded, found.met))


def _with_appendix(html: Document) -> Document:
    """``html`` with anchors for the appendix of facts, where it is printed."""
    listed = f'id="{appendix.ANCHOR}"' in html.text
    return replace(html, text=appendix.add_anchors(html.text)) if listed else html


def unmet_entries(loaded: Loaded, met: frozenset[str]) -> Iterator[Finding]:
    """P440: an entry of index.yaml that no page mentions, or that leads to one of these."""
    entries = loaded.dossier.index.entries if loaded.dossier.index else ()
    over = {entry.under.rpartition(":")[2] for entry in entries if entry.under}
    listed = headings(loaded.dossier)
    there = index.printed(listed, met)
    for number, entry in enumerate(entries):
        key = key_of(entry, loaded.dossier)
        if not key.startswith("entry:"):
            continue
        if not entry.see and key not in met and entry.id not in over:
            message = f"{entry.name!r} is in the index and on no page"
            hint = "add the spelling of the text to matches:, or delete the entry"
            loc = ("entries", number, "name")
            yield loaded.finding("index.yaml", loc, "P440", message, hint)
        for field in ("see", "see_also"):
            for step, target in enumerate(getattr(entry, field)):
                found = resolved(target, listed)
                if found in listed and found not in there:
                    lead = ("entries", number, field.replace("_", "-"), step)
                    yield _led_nowhere(loaded, lead, entry.name, listed[found].name)


def _led_nowhere(loaded: Loaded, loc: Loc, name: str, target: str) -> Finding:
    message = f"{name!r} leads to {target!r} in the index, which is on no page"
    hint = "lead it to a heading that has pages, or delete it"
    return loaded.finding("index.yaml", loc, "P440", message, hint)
