"""What a worksheet prints: its gaps, cards, terms, and one view of them for each pupil.

Where answers are not to be printed, a view does not hold them at all: ``answer`` fields are empty,
whatever a template may do with them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from press.classroom.outline import MapTask
from press.classroom.questions import Choice, QuestionView, Secret
from press.classroom.readings import ReadingView
from press.classroom.tasks import Refused
from press.views.head import Head


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
    """The row of an event with a gap; ``dates`` is how many dates accounts give."""

    event: str
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
    """A card to cut out: its letter, what happened, and its place in the order as the answer.

    ``event`` is the event's id, which is not printed.
    """

    letter: str
    title: str
    text: str
    event: str
    place: str = ""


@dataclass(frozen=True)
class MatchTask:
    """Terms and their meanings, each side in an order of its own."""

    terms: tuple[Choice, ...]
    meanings: tuple[Choice, ...]


@dataclass(frozen=True)
class WorksheetView:
    """One pupil's worksheet; ``secrets`` are the answers that it must not show.

    ``refused`` are gaps that were not made because something else on it would have told them.
    """

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
    refused: tuple[Refused, ...] = field(default=(), repr=False)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Its gaps by number, each once however often its name is missing."""
        gaps = (gap for row in self.rows for gap in row.pieces if isinstance(gap, Gap))
        return tuple({gap.number: gap for gap in gaps}.values())

    @property
    def asked(self) -> str:
        """What its gaps ask for, alike for two sheets with the same gaps; else its other tasks."""
        rows = (row.pieces for row in self.rows)
        gaps = [[p.number if isinstance(p, Gap) else p for p in pieces] for pieces in rows]
        return repr(gaps or (self.cards, self.match, self.questions))


@dataclass(frozen=True)
class Worksheets(Head):
    """Worksheets, one or a class set; with ``answers`` in place where those are to be printed."""

    worksheets: tuple[WorksheetView, ...]
    answers: bool
