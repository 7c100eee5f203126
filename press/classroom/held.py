"""What a worksheet has drawn of the dossier against the words of its pages: nothing of it is lost.

Gaps, cards, passages, terms and questions are drawn anew for each sheet, so that no list of what
the edition leaves out can say what must stand on it. The view knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
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


def unheld(
    loaded: Loaded, view: Worksheets, pages: SetPages, *, is_key: bool = False
) -> Iterator[Finding]:
    """P463 for what a worksheet, or its answers, ought to hold of the dossier and does not.

    The answers of a class are a key: what all sheets share once, then what differs.
    """
    said = printed_text(pages.text)
    first = view.worksheets[:1]
    if is_key:
        yield from (f for one in first for f in _missed(loaded, one, "key", said, _KEY))
    for number, sheet in enumerate(view.worksheets, start=1):
        tasks = _KEY_OF_SHEET if is_key else _TASKS
        yield from _missed(loaded, sheet, f"sheet-{number}", said, tasks)


def _missed(
    loaded: Loaded, sheet: WorksheetView, anchor: str, said: PrintedText, tasks: Tasks
) -> Iterator[Finding]:
    every = list(held(loaded, sheet, tasks))
    times = Counter((one.task, words_of(one.words)) for one in every)
    for one in every:
        own = said.within(f"{anchor}-{one.task}")
        if not _is_printed(one.words, times[one.task, words_of(one.words)], own):
            message = (
                f"{short(one.words)} is not among the {one.task} of {anchor.replace('-', ' ')}"
            )
            yield of(sheet.name, loaded.finding(one.file, one.loc, "P463", message, HINT))


def _is_printed(text: str, times: int, own: str) -> bool:
    """Whether a task prints words as often as they were drawn for it."""
    wanted = words_of(text)
    return max(own.count(wanted), letters_of(own).count(letters_of(wanted))) >= times


def held(loaded: Loaded, sheet: WorksheetView, tasks: Tasks | None = None) -> Iterator[Held]:
    """All that a worksheet must hold, in its order; of answers only those that it may tell."""
    for task, texts_of in (tasks or _TASKS).items():
        for file, loc, text in texts_of(loaded, sheet):
            if words_of(bare := Markup(text).striptags()):  # noqa: S704 read, not printed
                yield Held(task, bare, file, loc)


Texts = Iterator[tuple[str, tuple[str | int, ...], str]]
"""File, place in it, and text, for each."""
Tasks = Mapping[str, Callable[[Loaded, WorksheetView], Texts]]
"""What each task of a sheet holds."""


def _named(_: Loaded, sheet: WorksheetView) -> Texts:
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


def _readings(_: Loaded, sheet: WorksheetView) -> Texts:
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


def _names_told(_: Loaded, sheet: WorksheetView) -> Texts:
    for _number, name in sheet.map.answers if sheet.map else ():
        yield "gazetteer.yaml", ("places",), name


def _prompts_told(_: Loaded, sheet: WorksheetView) -> Texts:
    for number, reading in enumerate(sheet.readings):
        at = ("sources-to-read", number)
        texts = (text for prompt in reading.prompts for text in (prompt.html, prompt.expected))
        yield from (("questions.yaml", at, text) for text in (*texts, reading.label))


def _questions_told(loaded: Loaded, sheet: WorksheetView) -> Texts:
    asked = [question.id for question in loaded.dossier.questions.questions]
    for one in sheet.questions:
        told = (text for answer in one.answers for text in (answer.html, answer.says))
        at = ("questions", asked.index(one.id))
        yield from (("questions.yaml", at, text) for text in (one.html, *told, one.because))


def _gaps_told(loaded: Loaded, sheet: WorksheetView) -> Texts:
    for row in sheet.rows:
        at = _event(loaded, row.event)
        gaps = dict.fromkeys(piece for piece in row.pieces if isinstance(piece, Gap))
        yield from (("chronology.yaml", at, gap.answer) for gap in gaps)


_TASKS: Tasks = {
    "map": _named, "gaps": _rows, "sources": _readings, "match": _terms, "questions": _questions,
    "cards": _cards,
}  # fmt: skip
_KEY: Tasks = {"map": _names_told, "sources": _prompts_told, "questions": _questions_told}
_KEY_OF_SHEET: Tasks = {"gaps": _gaps_told}
