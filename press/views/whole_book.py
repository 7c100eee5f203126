"""The view of most editions: the whole dossier as a book, with its index and its appendix."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version

from press.base.document import Document, file_day
from press.base.finding import Finding
from press.checks.look import look
from press.content.headings import headings, key_of
from press.content.load import Loaded
from press.content.model import Meta
from press.design.styles import Style
from press.views import appendix, book, data, index, mentions
from press.views.book import Book
from press.views.colophon import Production
from press.views.view import Bench, Prepared

SOFTWARE = ("weasyprint", "jinja2", "markdown", "citeproc-py", "pyproj", "shapely")
"""Packages whose versions the colophon prints."""

INDEX = "index"
"""The anchor of the index, where an edition has one."""


def prepare(bench: Bench) -> Prepared:
    """Everything that the edition's template lists; the dossier's data travel in the file."""
    loaded, style, prose = bench.loaded, bench.style, bench.prose
    faces = _faces(style, loaded.snapshot.files)
    production = Production(faces, _software(), bench.fingerprint)
    with bench.stage("prose"):
        view = book.view(loaded.dossier, prose, bench.drawings, prose.plates, style, production)
    html, unmet = _with_index(bench, view)
    html = replace(
        html,
        enclosures=data.enclosures(loaded.dossier, view),
        modified=_revised(loaded.dossier.meta),
    )
    findings = (*prose.findings, *unmet, *look(loaded, style))
    return Prepared(html, view, findings, bench.edition.most_pages)


def _with_index(bench: Bench, view: Book) -> tuple[Document, tuple[Finding, ...]]:
    """The document with anchors for its index, and a finding for each entry that is never met.

    The contents and the index list everything at first; they are printed anew without what the
    edition does not print, and without what is not met.
    """
    html = _with_appendix(bench.document(view))
    if (contents := book.contents_of(view, html.text)) != view.contents:
        view = replace(view, contents=contents)
        html = _with_appendix(bench.document(view))
    if view.index is None or f'id="{INDEX}"' not in html.text:
        return html, ()
    listed = headings(bench.loaded.dossier)
    found = mentions.add_anchors(html.text, listed, view.language)
    met = index.view(listed, view.language, found.met, view.index.note)
    if met != view.index:
        html = _with_appendix(bench.document(replace(view, index=met)))
        found = mentions.add_anchors(html.text, listed, view.language)
    return replace(html, text=found.text), tuple(unmet_entries(bench.loaded, found.met))


def _with_appendix(html: Document) -> Document:
    """``html`` with anchors for the appendix of facts, where it is printed."""
    listed = f'id="{appendix.ANCHOR}"' in html.text
    return replace(html, text=appendix.add_anchors(html.text)) if listed else html


def unmet_entries(loaded: Loaded, met: frozenset[str]) -> Iterator[Finding]:
    """P440: an entry of index.yaml that no page mentions."""
    listed = loaded.dossier.index.entries if loaded.dossier.index else ()
    over = {entry.under.rpartition(":")[2] for entry in listed if entry.under}
    for number, entry in enumerate(listed):
        key = key_of(entry, loaded.dossier)
        own = key.startswith("entry:") and not entry.see
        if own and key not in met and entry.id not in over:
            message = f"{entry.name!r} is in the index and on no page"
            hint = "add the spelling of the text to matches:, or delete the entry"
            loc = ("entries", number, "name")
            yield loaded.finding("index.yaml", loc, "P440", message, hint)


def _revised(meta: Meta) -> str:
    """The day of the last revision; empty where there was none."""
    return file_day(meta.revisions[-1].date.latest.number) if meta.revisions else ""


def _faces(style: Style, content: Mapping[str, bytes]) -> tuple[str, ...]:
    """The families that the dossier is set in; those for one script only where it is written."""
    written = {c for name, raw in content.items() if name.endswith((".yaml", ".md"))
               for c in raw.decode("utf-8", "replace")}  # fmt: skip
    scripts = {unicodedata.name(character, "?").split()[0] for character in written}
    alien = {"ARMENIAN", "ARABIC", "HEBREW", "GEORGIAN", "DEVANAGARI", "THAI", "CJK"} - scripts
    families = dict.fromkeys(face.family for face in style.faces)
    return tuple(f for f in families if f.split()[-1].upper() not in alien)


def _software() -> tuple[tuple[str, str], ...]:
    return tuple((name, version(name)) for name in SOFTWARE)
