"""Looks for answers in a pupil's PDF as somebody would who wants to find them.

What the worksheet itself may print is known: every piece of text of its view. An answer leaks

- where the view itself tells it: the words that a gap, a line of the map or an open question asks
  for stand beside it, or an open question's answer stands anywhere on the worksheet;
- where the PDF has it in a text that is no part of the view: drawn, drawn unseen, spoken (Alt,
  ActualText, E), in metadata, bookmarks, names or annotations;
- in any attached file, for none belongs into a worksheet but the record of what it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pikepdf
from markupsafe import Markup
from pydantic import BaseModel

from press.base import pdfium
from press.base.finding import Finding
from press.classroom.questions import Secret
from press.classroom.worksheet import Gap, Worksheets, WorksheetView
from press.content.load import Loaded
from press.output import provenance
from press.output.pdf import opened
from press.views.strip_links import folded, texts

LEAST = 4
"""Letters and figures of the shortest answer that is looked for."""
_REMEDY = "take it out of the template or the style sheet"
_APART = "each value of the view stands in an element of its own"


def leaks(loaded: Loaded, view: Worksheets, pdf: bytes, name: str) -> Iterator[Finding]:
    """P430, P431, P432: every answer that the pupil can find in the worksheets called ``name``."""
    for worksheet in view.worksheets:
        yield from _in_view(loaded, worksheet, name)
    yield from _planted(view, pdf, name)
    with opened(pdf) as document:
        for attached in document.attachments:
            if attached != provenance.NAME:
                message = f"the file {attached} is attached to the worksheet"
                yield Finding(name, 0, 0, "P432", message, "attach nothing to worksheets")


def _in_view(loaded: Loaded, worksheet: WorksheetView, name: str) -> Iterator[Finding]:
    """Answers that the view of one worksheet tells by itself."""
    whole = [folded(text) for text in printed(_without_options(worksheet))]
    for secret in worksheet.secrets:
        words = folded(secret.words)
        near = whole if secret.alone else map(folded, _beside(worksheet, secret.task))
        if where := next((text for text in near if words in text), ""):
            message = f"the answer of {secret.task} stands on the sheet: “{_short(where)}”"
            hint = "word the question or the answer otherwise, or leave out what tells it"
            if secret.loc:
                yield loaded.finding("questions.yaml", secret.loc, "P430", message, hint)
            else:
                yield Finding(name, 0, 0, "P430", message, hint)


def _without_options(worksheet: WorksheetView) -> tuple[object, ...]:
    """All that a worksheet prints but the options of its questions, which hold the right one."""
    one = worksheet
    asked = tuple((q.html, q.page, q.because, q.answers, q.cites, q.about) for q in one.questions)
    return (one.map, one.rows, one.cards, one.readings, one.match, asked)


def _beside(worksheet: WorksheetView, task: str) -> Iterator[str]:
    """The texts in which the answer of a task would tell: its own row, picture or question."""
    kind, _, which = task.partition(" ")
    if kind == "gap":
        pieces = worksheet.rows[int(which) - 1].pieces
        yield " ".join(piece for piece in pieces if isinstance(piece, str))
        yield from (piece.answer for piece in pieces if isinstance(piece, Gap))
    elif kind == "map" and worksheet.map is not None:
        yield from printed(worksheet.map.figure)
    elif kind == "question":
        for question in worksheet.questions:
            if question.id == which:
                yield from printed((question.html, question.answers, question.because))


def _planted(view: Worksheets, pdf: bytes, name: str) -> Iterator[Finding]:
    """Answers in texts of the PDF that are no part of the view, whole or in pieces."""
    secrets = {folded(s.words): s for worksheet in view.worksheets for s in worksheet.secrets}
    sought = {words: s for words, s in secrets.items() if len(words.replace(" ", "")) >= LEAST}
    allowed = " | ".join(folded(text) for text in dict.fromkeys(printed(view)))
    found: set[str] = set()
    for where, text in _texts(pdf):
        read = folded(text)
        for words, secret in sought.items():
            if words in read and read not in allowed:
                found.add(words)
                message = f"{where} tells the answer of {secret.task}: “{_short(text)}”"
                yield Finding(name, 0, 0, "P431", message, f"{_REMEDY}; {_APART}")
    unknown = {w: s for w, s in sought.items() if len(w.split()) > 2 and w not in allowed}
    for number, page in enumerate(_pages(pdf), start=1):
        for words, secret in unknown.items():
            if words in page and words not in found:  # in pieces, or across lines
                message = f"page {number} tells the answer of {secret.task}"
                yield Finding(name, 0, 0, "P431", message, _REMEDY)


def printed(value: object) -> Iterator[str]:
    """Every piece of text that a view holds, for what may stand on the pages."""
    match value:
        case Markup():
            yield from texts(value)
        case str():
            yield value
        case Secret():
            return
        case BaseModel():
            yield from printed(list(vars(value).values()))
        case tuple() | list():
            for inner in value:
                yield from printed(inner)
        case _ if is_dataclass(value):
            for each in fields(value):
                yield from printed(getattr(value, each.name))


# -- what a PDF says -------------------------------------------------------------------------------


def _texts(pdf: bytes) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that can be read out of a PDF, seen or unseen."""
    yield from _drawn(pdf)
    with opened(pdf) as document:
        every: Any = document.objects
        for one in every:
            yield from _strings(one, "the file", 0)
            if isinstance(one, pikepdf.Stream) and one.get("/Type") == "/Metadata":
                xml = one.read_bytes().decode("utf-8", "replace")
                for text in re.split(r"<[^>]*>", xml):
                    if text.strip():
                        yield "the metadata", text


_WHERE = {
    "/Alt": "alternative text", "/ActualText": "spoken text", "/E": "an expansion",
    "/Title": "a title or bookmark", "/Contents": "an annotation", "/Keywords": "the metadata",
    "/Subject": "the metadata", "/T": "the name of an element",
}  # fmt: skip


def _strings(value: object, where: str, depth: int) -> Iterator[tuple[str, str]]:
    """The strings in an object, but not in those it refers to, which have their own turn."""
    if isinstance(value, pikepdf.String):
        yield where, str(value)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, inner in value.items():
            if not getattr(inner, "is_indirect", False):
                yield from _strings(inner, _WHERE.get(key, where), depth + 1)
    elif isinstance(value, pikepdf.Array) and depth < 20:
        for inner in list[Any](value):  # type: ignore[call-overload]
            if not getattr(inner, "is_indirect", False):
                yield from _strings(inner, where, depth + 1)


def _drawn(pdf: bytes) -> Iterator[tuple[str, str]]:
    """The words of each piece of text on each page, and of each line: unseen ones as well."""
    with pdfium.opened(pdf) as document:
        for number, page in enumerate(document, start=1):
            for _, text in pdfium.text_objects(page, depth=12):
                if text.strip():
                    yield f"page {number}", text


def _pages(pdf: bytes) -> Iterator[str]:
    """All words of each page, folded, however they were cut up to be drawn."""
    with pdfium.opened(pdf) as document:
        for page in document:
            yield folded(page.get_textpage().get_text_range())


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= 60 else bare[:59] + "…"
