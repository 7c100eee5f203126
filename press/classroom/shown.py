"""The texts that a worksheet prints, each with where it stands: all that could tell an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from markupsafe import Markup
from pydantic import BaseModel

from press.classroom.outline import MapTask
from press.classroom.questions import QuestionView, Secret
from press.classroom.readings import ReadingView
from press.classroom.tasks import BLANK, Refused
from press.classroom.telling import Shown
from press.classroom.worksheet_view import GapRow, Pieces, Worksheets, WorksheetView
from press.content.model import Rights
from press.views.strip_links import texts, words


def printed(value: object) -> Iterator[str]:
    """Every piece of text that a view holds, for what may stand on the pages."""
    match value:
        case Markup():
            yield from texts(value)
        case str():
            yield value
        case Secret() | Refused():
            return
        case BaseModel():
            yield from printed(list(vars(value).values()))
        case tuple() | list():
            for inner in value:
                yield from printed(inner)
        case _ if is_dataclass(value):
            for each in fields(value):
                yield from printed(getattr(value, each.name))


def shown_to_all(
    heads: Iterable[str],
    task: MapTask | None,
    readings: Iterable[ReadingView],
    questions: Iterable[QuestionView],
) -> Iterator[Shown]:
    """What every worksheet of a set prints, whatever its seed."""
    yield from (Shown("the head", text) for text in heads)
    if task is not None:
        yield from (Shown("the map", text) for text in printed(task.figure))
        yield from (Shown("the names beside the map", name) for name in task.names)
    for reading in readings:
        where = f"the passage from {words(reading.label)}"
        yield from (Shown(where, text, reading.language) for text in _sentences(reading))
    for question in questions:
        where = f"question {question.id}"
        yield from (Shown(where, text) for text in (words(question.html), question.page))
        for choice in (*question.options, *question.partners):
            yield Shown(where, words(choice.html), option=True)


def whose(rights: Rights) -> tuple[str, str]:
    """What every worksheet says of its holder and its licence."""
    return rights.holder, rights.licence


def hints(reading: ReadingView) -> Iterator[Shown]:
    """What is said of a passage before it is read, which may tell too much.

    A prompt may name what is to be chosen from: at the time, or later.
    """
    yield Shown("its introduction", words(reading.introduction))


def shown_on(worksheet: WorksheetView, book: Worksheets) -> Iterator[Shown]:
    """All that one worksheet prints, but for the pupil's own name, which is nobody's answer."""
    one = worksheet
    heads = (book.title, book.kicker, *whose(book.rights))
    yield from shown_to_all(heads, one.map, one.readings, one.questions)
    for number, row in enumerate(one.rows, start=1):
        yield Shown(f"row {number} of the chronology", _row(row))
    for card in one.cards:
        yield Shown(f"card {card.letter}", f"{card.title} {card.text}")
    if one.match is not None:
        for choice in (*one.match.terms, *one.match.meanings):
            yield Shown("the terms to match", words(choice.html))


def _sentences(reading: ReadingView) -> Iterator[str]:
    parts = (reading.introduction, *reading.paragraphs, reading.by, reading.label)
    yield from map(words, (*parts, *(prompt.html for prompt in reading.prompts)))


def _row(row: GapRow) -> str:
    """The words of a row, with a mark for each gap."""
    return " ".join(map(_piece_text, (row.date, row.title, row.text)))


def _piece_text(pieces: Pieces) -> str:
    return BLANK.join(piece if isinstance(piece, str) else "" for piece in pieces)
