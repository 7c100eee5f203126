"""Looks for answers in a pupil's PDF as somebody would who wants to find them.

What the worksheet itself may print is known: every piece of text of its view. An answer leaks

- where the view itself tells it, in whatever spelling: what a gap or an open question asks for
  stands anywhere on the worksheet, or a name stands in the map that asks for it;
- where the PDF has it in a text that is no part of the view: drawn, drawn unseen, spoken (Alt,
  ActualText, E), in metadata, bookmarks, names or annotations;
- in any attached file, for none belongs into a worksheet but the record of what it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from press.base import pdfium
from press.base.finding import Finding
from press.classroom.questions import Secret
from press.classroom.shown import hints, printed, shown_on
from press.classroom.telling import Shown
from press.classroom.whose import of
from press.classroom.worksheet_view import Worksheets, WorksheetView
from press.content.load import Loaded
from press.output import provenance
from press.output.pdf import opened
from press.views.strip_links import folded

LEAST = 4
"""Letters and figures of the shortest answer that is looked for."""
_REMEDY = "take it out of the template or the style sheet"
_APART = "each value of the view stands in an element of its own"


def leaks(loaded: Loaded, view: Worksheets, pdf: bytes, name: str) -> Iterator[Finding]:
    """P430, P431, P432: every answer that the pupil can find in the worksheets called ``name``."""
    for worksheet in view.worksheets:
        for finding in _in_view(loaded, worksheet, view):
            yield of(worksheet.name, finding)
    yield from _planted(view, pdf, name)
    with opened(pdf) as document:
        for attached in document.attachments:
            if attached != provenance.NAME:
                message = f"the file {attached} is attached to the worksheet"
                yield Finding(name, 0, 0, "P432", message, "attach nothing to worksheets")


def _in_view(loaded: Loaded, worksheet: WorksheetView, book: Worksheets) -> Iterator[Finding]:
    """Answers that one worksheet tells by itself: named with where they belong and stand."""
    languages = (loaded.dossier.meta.language,)
    whole = tuple(shown_on(worksheet, book))
    for secret in worksheet.secrets:
        near = _near(worksheet, secret, whole)
        if found := next((one for one in near if one.tells(secret.sought, languages)), None):
            message = (
                f"the answer of {secret.task} stands on the worksheet, in {found.where}: "
                f"“{_short(found.text)}”"
            )
            hint = "word the question or the answer otherwise, or leave out what tells it"
            file, loc = secret.file or "questions.yaml", secret.loc
            yield loaded.finding(file, loc, "P430", message, hint)


def _near(worksheet: WorksheetView, secret: Secret, whole: Iterable[Shown]) -> Iterable[Shown]:
    """The texts in which an answer would tell.

    That of a gap tells wherever it stands; that of a question everywhere but among options, which
    hold the right ones, or, where it is one word, in the question itself; a name in the map.
    What is expected of a passage may quote it, and tells in its introduction.
    """
    kind, _, which = secret.task.partition(" ")
    if kind == "gap":
        return whole
    if secret.alone:
        return (one for one in whole if not one.option)
    if kind == "map":
        return (one for one in whole if one.where == "the map")
    if kind == "passage":
        number = int(which)
        return (one for r in worksheet.readings[number - 1 : number] for one in hints(r))
    asked = (q for q in worksheet.questions if q.id == which)
    return (
        Shown(secret.task, text)
        for question in asked
        for text in printed((question.html, question.answers, question.because))
    )


def _planted(view: Worksheets, pdf: bytes, name: str) -> Iterator[Finding]:
    """Answers in texts of the PDF that are no part of the view, whole or in pieces."""
    every = (secret for worksheet in view.worksheets for secret in worksheet.secrets)
    secrets = {_read(words): secret for secret in every for words in secret.sought.words}
    sought = {words: s for words, s in secrets.items() if len(words.replace(" ", "")) >= LEAST}
    allowed = " | ".join(_read(text) for text in dict.fromkeys(printed(view)))
    found: set[str] = set()
    for where, number, text in _texts(pdf):
        read = _read(text)
        for words, secret in sought.items():
            if words in read and read not in allowed:
                found.add(words)
                message = f"{where} tells the answer of {secret.task}: “{_short(text)}”"
                yield Finding(name, 0, 0, "P431", message, f"{_REMEDY}; {_APART}", number)
    unknown = {w: s for w, s in sought.items() if len(w.split()) > 2 and w not in allowed}
    for number, page in enumerate(_pages(pdf), start=1):
        for words, secret in unknown.items():
            if words in page and words not in found:  # in pieces, or across lines
                message = f"the page tells the answer of {secret.task}"
                yield Finding(name, 0, 0, "P431", message, _REMEDY, number)


# -- what a PDF says -------------------------------------------------------------------------------


def _texts(pdf: bytes) -> Iterator[tuple[str, int, str]]:
    """(where, page or 0, text) of everything that can be read out of a PDF, seen or unseen."""
    for page, text in _drawn(pdf):
        yield "the page", page, text
    for where, text in _unprinted(pdf):
        yield where, 0, text


def _unprinted(pdf: bytes) -> Iterator[tuple[str, str]]:
    """(where, text) of what stands on no page."""
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


def _drawn(pdf: bytes) -> Iterator[tuple[int, str]]:
    """Page and words of each piece of text and of each line: unseen ones as well."""
    with pdfium.opened(pdf) as document:
        for number, page in enumerate(document, start=1):
            for _, text in pdfium.text_objects(page, depth=12):
                if text.strip():
                    yield number, text


def _pages(pdf: bytes) -> Iterator[str]:
    """All words of each page, folded, however they were cut up to be drawn."""
    with pdfium.opened(pdf) as document:
        for page in document:
            yield _read(page.get_textpage().get_text_range())


_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")


def _read(text: str) -> str:
    """``text`` folded; the letters of an Arabic word in the order of the alphabet.

    A PDF gives some joined letters back the other way round (lam and alef), so that their order
    tells nothing.
    """
    words = (
        "".join(sorted(word)) if _ARABIC.search(word) else word for word in folded(text).split()
    )
    return f" {' '.join(words)} "


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= 60 else bare[:59] + "…"
