"""What a worksheet has drawn of the dossier against the words of its pages: nothing of it is lost.

Gaps, cards, passages, terms and questions are drawn anew for each sheet, so that no list of what
the edition leaves out can say what must stand on it. The view knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from press.base.finding import Finding
from press.classroom.questions import Choice, QuestionView
from press.classroom.readings import ReadingView
from press.classroom.whose import of
from press.classroom.worksheet_view import Gap, Pieces, Worksheets, WorksheetView
from press.content.load import Loaded
from press.typeset.page_checks import short
from press.typeset.printed_words import PrintedText, letters_of, printed_text, words_of
from press.typeset.typeset import SetPages

HINT = "report this fault; where a template of your own prints the worksheet, let it print this"


@dataclass(frozen=True)
class Held:
    """Words that a task of a worksheet must hold, and where they were typed."""

    task: str
    words: str
    file: str
    loc: tuple[str | int, ...]


def unheld(loaded: Loaded, view: Worksheets, pages: SetPages) -> Iterator[Finding]:
    """P463 for what a worksheet, or its answers, ought to hold of the dossier and does not."""
    said = printed_text(pages.text)
    for number, sheet in enumerate(view.worksheets, start=1):
        every = list(held(loaded, sheet))
        times = Counter((one.task, words_of(one.words)) for one in every)
        for one in every:
            if not _is_printed(one, times[one.task, words_of(one.words)], number, said):
                message = f"{short(one.words)} is not among the {one.task} of sheet {number}"
                yield of(sheet.name, loaded.finding(one.file, one.loc, "P463", message, HINT))


def _is_printed(one: Held, times: int, number: int, said: PrintedText) -> bool:
    """Whether a task prints words as often as they were drawn for it."""
    own, wanted = said.within(f"sheet-{number}-{one.task}"), words_of(one.words)
    return max(own.count(wanted), letters_of(own).count(letters_of(wanted))) >= times


def held(loaded: Loaded, sheet: WorksheetView) -> Iterator[Held]:
    """All that a worksheet must hold, in its order; of answers only those that it may tell."""
    for task, texts in (
        ("map", _named(sheet)),
        ("gaps", _rows(loaded, sheet)),
        ("sources", _readings(sheet)),
        ("match", _terms(loaded, sheet)),
        ("questions", _questions(loaded, sheet)),
        ("cards", _cards(loaded, sheet)),
    ):
        for file, loc, text in texts:
            if words_of(bare := Markup(text).striptags()):  # noqa: S704 read, not printed
                yield Held(task, bare, file, loc)


Texts = Iterator[tuple[str, tuple[str | int, ...], str]]
"""File, place in it, and text, for each."""


def _named(sheet: WorksheetView) -> Texts:
    yield from (
        ("gazetteer.yaml", ("places",), name) for name in (sheet.map.names if sheet.map else ())
    )


def _event(loaded: Loaded, ident: str) -> tuple[str | int, ...]:
    events = [event.id for event in loaded.dossier.chronology.events]
    return "events", events.index(ident)


def _rows(loaded: Loaded, sheet: WorksheetView) -> Texts:
    for row in sheet.rows:
        at = _event(loaded, row.event)
        for key, pieces in (("date", row.date), ("title", row.title), ("text", row.text)):
            yield from (("chronology.yaml", (*at, key), text) for text in _pieces(pieces))


def _pieces(pieces: Pieces) -> Iterator[str]:
    yield from (piece.answer if isinstance(piece, Gap) else str(piece) for piece in pieces)


def _cards(loaded: Loaded, sheet: WorksheetView) -> Texts:
    for card in sheet.cards:
        at = _event(loaded, card.event)
        yield "chronology.yaml", (*at, "title"), card.title
        yield "chronology.yaml", (*at, "text"), card.text


def _readings(sheet: WorksheetView) -> Texts:
    for number, reading in enumerate(sheet.readings):
        at = ("sources-to-read", number)
        yield from (("questions.yaml", at, text) for text in _reading(reading))


def _reading(reading: ReadingView) -> Iterator[str]:
    yield from (reading.introduction, *reading.paragraphs, reading.by, reading.label)
    for prompt in reading.prompts:
        yield from (prompt.html, prompt.expected)
    yield reading.entry


def _terms(loaded: Loaded, sheet: WorksheetView) -> Texts:
    terms = [term.term for term in loaded.dossier.glossary.terms]
    for one in sheet.match.terms if sheet.match else ():
        name = one.html.unescape()
        yield "glossary.yaml", ("terms", terms.index(name)) if name in terms else (), one.html
    for one in sheet.match.meanings if sheet.match else ():
        yield "glossary.yaml", ("terms",), one.html


def _questions(loaded: Loaded, sheet: WorksheetView) -> Texts:
    asked = [question.id for question in loaded.dossier.questions.questions]
    for one in sheet.questions:
        at = ("questions", asked.index(one.id))
        yield from (("questions.yaml", at, text) for text in _question(one))


def _question(one: QuestionView) -> Iterator[str]:
    choices: tuple[Choice, ...] = (*one.options, *one.partners)
    yield from (one.html, one.page, *(choice.html for choice in choices))
    for answer in one.answers:
        yield from (answer.html, answer.says)
    yield from (one.because, one.cites, *one.about)
