"""Worksheets, and their answers: the map, gaps, cards, readings, terms and questions of each pupil.

Where answers are not to be printed, a view does not hold them at all: ``answer`` fields are empty,
whatever a template may do with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase

from markupsafe import escape

from press import locale
from press.classroom import tasks
from press.classroom.outline import MapTask, Outline, with_own_ids
from press.classroom.questions import (
    Choice,
    QuestionView,
    Secret,
    matched,
    question_secrets,
    question_view,
    unmarked,
)
from press.classroom.readings import ReadingView, readings
from press.classroom.roster import Pupil
from press.classroom.seeds import disordered
from press.content import facts
from press.content.model import Event
from press.views.head import Head, head
from press.views.strip_links import UnlinkedProse


@dataclass(frozen=True)
class Gap:
    """A place for a missing word, and what belongs there, if it may be known.

    ``width`` is in ems; 0 where it takes the whole column.
    """

    number: int
    width: float
    answer: str = ""


Pieces = tuple[str | Gap, ...]
"""Stretches of text, and gaps between them."""


@dataclass(frozen=True)
class GapRow:
    """A row of the chronology with a gap; ``dates`` is how many dates accounts give."""

    date: Pieces
    title: Pieces
    text: Pieces
    dates: int

    @property
    def pieces(self) -> Pieces:
        """All that the row prints, in order."""
        return (*self.date, *self.title, *self.text)


@dataclass(frozen=True)
class Card:
    """A card to cut out: its letter, what happened, and its place in the order as the answer."""

    letter: str
    title: str
    text: str
    place: str = ""


@dataclass(frozen=True)
class MatchTask:
    """Terms and their meanings, each side in an order of its own."""

    terms: tuple[Choice, ...]
    meanings: tuple[Choice, ...]


@dataclass(frozen=True)
class WorksheetView:
    """One pupil's worksheet; ``secrets`` are the answers that it must not show."""

    seed: int
    name: str
    group: str
    map: MapTask | None
    rows: tuple[GapRow, ...]
    cards: tuple[Card, ...]
    readings: tuple[ReadingView, ...]
    match: MatchTask | None
    questions: tuple[QuestionView, ...]
    points: int
    secrets: tuple[Secret, ...] = field(default=(), repr=False)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Its gaps by number, each once however often its name is missing."""
        gaps = (gap for row in self.rows for gap in row.pieces if isinstance(gap, Gap))
        return tuple({gap.number: gap for gap in gaps}.values())


@dataclass(frozen=True)
class Worksheets(Head):
    """Worksheets, one or a class set; with ``answers`` in place where those are to be printed."""

    worksheets: tuple[WorksheetView, ...]
    answers: bool


@dataclass(frozen=True)
class _Shared:
    """What all worksheets of a set share; ``secrets`` are the answers of the questions."""

    prose: UnlinkedProse
    outline: Outline
    answers: bool
    readings: tuple[ReadingView, ...]
    secrets: tuple[Secret, ...]


def view(
    prose: UnlinkedProse, pupils: Sequence[Pupil], outline: Outline, answers: bool
) -> Worksheets:
    """A worksheet for each of ``pupils``, with the map of ``outline``, or their answers.

    What belongs to all is made once.
    """
    dossier = prose.dossier
    asked = dossier.questions.questions
    shared = _Shared(
        prose,
        outline,
        answers,
        tuple(readings(dossier, prose, answers)),
        tuple(s for n, question in enumerate(asked) for s in question_secrets(question, n, prose)),
    )
    about = locale.messages(prose.language)["worksheet.about"].format(title=dossier.meta.title)
    front = head(dossier, prose) | {"standfirst": escape(about), "keywords": ()}
    made = tuple(_worksheet(shared, pupil, n) for n, pupil in enumerate(pupils, start=1))
    return Worksheets(**front, worksheets=made, answers=answers)


def _worksheet(shared: _Shared, pupil: Pupil, number: int) -> WorksheetView:
    prose, dossier, outline, seed = shared.prose, shared.prose.dossier, shared.outline, pupil.seed
    alone = [secret.words for secret in shared.secrets if secret.alone]
    chosen = tasks.choose(dossier, seed, alone, prose.words)
    asked = dossier.questions.questions
    worksheet = WorksheetView(
        seed=seed,
        name=pupil.name,
        group=pupil.group,
        map=with_own_ids(outline.task, number) if outline.task else None,
        rows=tuple(_gap_row(shared, row, n) for n, row in enumerate(chosen.rows, start=1)),
        cards=tuple(_cards(shared, chosen.cards, seed)),
        readings=shared.readings,
        match=_match(shared, seed, alone),
        questions=tuple(
            question_view(question, n, seed, prose, shared.answers)
            for n, question in enumerate(asked, start=1)
        ),
        points=sum(question.points for question in asked),
    )
    if shared.answers:
        return worksheet
    gaps = (Secret(f"gap {n}", form)
            for n, row in enumerate(chosen.rows, start=1)
            for form in _forms(row, prose.language))  # fmt: skip
    names = (Secret(f"map {n}", name) for n, name in enumerate(outline.names, start=1))
    return replace(worksheet, secrets=(*shared.secrets, *gaps, *names))


def _forms(row: tasks.Gapped, language: str) -> tuple[str, ...]:
    """What is missing from a row, as it may be written."""
    return tasks.date_forms(row.event, language) if row.dated else (row.name,)


def _gap_row(shared: _Shared, row: tasks.Gapped, number: int) -> GapRow:
    event, words = row.event, shared.prose.words
    date = facts.event_date(event, shared.prose.language)
    missing = date if row.dated else row.name
    width = 0.0 if row.dated else _width(missing)  # a date has its column
    gap = Gap(number, width, missing if shared.answers else "")
    return GapRow(
        (gap if row.dated else date,),
        tuple(_cut(words(event.title), row.name, gap)),
        tuple(_cut(words(event.text), row.name, gap)),
        len(event.dated_claims),
    )


def _cut(text: str, name: str, gap: Gap) -> Iterator[str | Gap]:
    for index, piece in enumerate(tasks.pieces(text, name)):
        if index:
            yield gap
        if piece:
            yield piece


def _width(missing: str) -> float:
    """Room for handwriting, in ems, in steps, so that it tells little of the word's length."""
    return max(7.0, 3.5 * -(-len(missing) * 0.62 // 3.5))


def _cards(shared: _Shared, events: Sequence[Event], seed: int) -> Iterator[Card]:
    order = {event.id: str(n) for n, event in enumerate(events, start=1)}
    words = shared.prose.words
    jumbled = disordered(events, seed, "cards", lambda event: event.id)
    for letter, event in zip(ascii_uppercase, jumbled, strict=False):
        place = order[event.id] if shared.answers else ""
        yield Card(letter, words(event.title), words(event.text), place)


def _match(shared: _Shared, seed: int, secrets: Sequence[str]) -> MatchTask | None:
    """The terms in alphabetical order and their meanings jumbled; None where too few are fit."""
    prose = shared.prose
    chosen = tasks.terms(prose.dossier, seed, secrets, prose.words)
    if not chosen:
        return None
    listed = sorted(chosen, key=lambda term: term.term.casefold())
    jumbled = disordered(listed, seed, "meanings", lambda term: term.id)
    terms, meanings = matched(
        *(
            [(escape(term.term), prose.inline(term.definition)) for term in order]
            for order in (listed, jumbled)
        )
    )
    return MatchTask(terms if shared.answers else unmarked(terms), meanings)
