"""Worksheets, and their answers: the map, gaps, cards, readings, terms and questions of each pupil.

Where answers are not to be printed, a view does not hold them at all: ``answer`` fields are empty,
whatever a template may do with them. What is asked is chosen alike with and without answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from markupsafe import escape

from press import locale
from press.base.collation import collation
from press.classroom import tasks
from press.classroom.outline import Outline, with_own_ids
from press.classroom.questions import Secret, matched, question_secrets, question_view, unmarked
from press.classroom.readings import ReadingView, reading_secrets, readings
from press.classroom.roster import Pupil
from press.classroom.seeds import disordered
from press.classroom.shown import shown_to_all, whose
from press.classroom.telling import Shown, Sought
from press.classroom.worksheet_view import (
    Card,
    Gap,
    GapRow,
    MatchTask,
    Worksheets,
    WorksheetView,
)
from press.content import facts
from press.content.model import Dossier, Event
from press.views.head import head
from press.views.strip_links import UnlinkedProse


@dataclass(frozen=True)
class _Shared:
    """What all worksheets of a set share.

    ``secrets`` are the answers of the questions, ``printed`` the texts that all of them have.
    """

    prose: UnlinkedProse
    outline: Outline
    answers: bool
    readings: tuple[ReadingView, ...]
    secrets: tuple[Secret, ...]
    printed: tuple[Shown, ...]


def view(
    prose: UnlinkedProse, pupils: Sequence[Pupil], outline: Outline, answers: bool
) -> Worksheets:
    """A worksheet for each of ``pupils``, with the map of ``outline``, or their answers.

    What belongs to all is made once.
    """
    dossier = prose.dossier
    asked = dossier.questions.questions
    about = locale.messages(prose.language)["worksheet.about"].format(title=dossier.meta.title)
    front = head(dossier, prose) | {"standfirst": escape(about), "keywords": ()}
    printed = shown_to_all(
        (front["title"], front["kicker"], *whose(dossier.meta.rights)),
        outline.task,
        readings(dossier, prose, answers=False),
        [question_view(question, 0, 0, prose, answers=False) for question in asked],
    )
    shared = _Shared(
        prose,
        outline,
        answers,
        tuple(readings(dossier, prose, answers)),
        (
            *(s for n, one in enumerate(asked) for s in question_secrets(one, n, prose)),
            *reading_secrets(dossier, prose),
        ),
        tuple(printed),
    )
    made = tuple(_worksheet(shared, pupil, n) for n, pupil in enumerate(pupils, start=1))
    return Worksheets(**front, worksheets=made, answers=answers)


def _worksheet(shared: _Shared, pupil: Pupil, number: int) -> WorksheetView:
    prose, dossier, outline, seed = shared.prose, shared.prose.dossier, shared.outline, pupil.seed
    alone = [secret.sought for secret in shared.secrets if secret.alone]
    chosen = tasks.choose(dossier, seed, alone, prose.words, shared.printed)
    gaps = [row.sought for row in chosen.rows]
    asked = dossier.questions.questions
    worksheet = WorksheetView(
        seed=seed,
        name=pupil.name,
        group=pupil.group,
        map=with_own_ids(outline.task, number) if outline.task else None,
        rows=tuple(_gap_row(shared, row, n) for n, row in enumerate(chosen.rows, start=1)),
        cards=tuple(_cards(shared, chosen.cards, seed)),
        readings=shared.readings,
        match=_match(shared, seed, (*alone, *gaps)),
        questions=tuple(
            question_view(question, n, seed, prose, shared.answers)
            for n, question in enumerate(asked, start=1)
        ),
        points=sum(question.points for question in asked),
    )
    if shared.answers:
        return worksheet
    secrets = (*shared.secrets, *_gap_secrets(dossier, chosen), *_map_secrets(outline))
    return replace(worksheet, secrets=secrets, refused=chosen.refused)


def _gap_secrets(dossier: Dossier, chosen: tasks.Chosen) -> Iterator[Secret]:
    """What the gaps ask for: it may stand nowhere on the worksheet."""
    events = [event.id for event in dossier.chronology.events]
    for number, row in enumerate(chosen.rows, start=1):
        loc = ("events", events.index(row.event.id))
        yield Secret(f"gap {number}", row.sought, "chronology.yaml", loc, alone=True)


def _map_secrets(outline: Outline) -> Iterator[Secret]:
    """The names that the map asks for: they stand in a list beside it, and nowhere in it."""
    for number, name in enumerate(outline.names, start=1):
        yield Secret(f"map {number}", Sought((name,)))


def _gap_row(shared: _Shared, row: tasks.Gapped, number: int) -> GapRow:
    event, words = row.event, shared.prose.words
    date = facts.event_date(event, shared.prose.language)
    missing = date if row.dated else row.name
    width = 0.0 if row.dated else _width(missing)  # a date has its column
    gap = Gap(number, width, missing if shared.answers else "")
    return GapRow(
        event.id,
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
        yield Card(letter, words(event.title), words(event.text), event.id, place)


def _match(shared: _Shared, seed: int, secrets: Sequence[Sought]) -> MatchTask | None:
    """The terms in alphabetical order and their meanings jumbled; None where too few are fit."""
    prose = shared.prose
    chosen = tasks.terms(prose.dossier, seed, secrets, prose.words)
    if not chosen:
        return None
    listed = sorted(chosen, key=lambda term: collation(term.term, prose.language))
    jumbled = disordered(listed, seed, "meanings", lambda term: term.id)
    terms, meanings = matched(
        *(
            [(escape(term.term), prose.inline(term.definition)) for term in order]
            for order in (listed, jumbled)
        )
    )
    return MatchTask(terms if shared.answers else unmarked(terms), meanings)
