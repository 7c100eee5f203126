"""The dated points that a text names, one after the other: events that it links to, and dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from press.checks.intervals import Stretch, extent_of
from press.checks.known import known, own_sentences
from press.checks.texts import REFERENCE, THING, Passage
from press.content.load import Loaded
from press.content.model import Event
from press.dates.days import Day, month_length
from press.dates.typed import Typed, typed


@dataclass(frozen=True)
class Moment:
    """A point or span of time that a text names: where, when, and the event if it is linked to."""

    begin: int
    end: int
    time: Stretch
    event: Event | None = None


@dataclass(frozen=True)
class TimedSentence:
    """A sentence with the moments that it names, and whether it begins a paragraph."""

    passage: Passage
    offset: int
    text: str
    moments: Sequence[Moment]
    opens: bool


@lru_cache(maxsize=2)
def timed(loaded: Loaded) -> Sequence[Sequence[TimedSentence]]:
    """The sentences of each paragraph of the running text, in order, with their moments.

    A day without a year is of the year of the last moment before it that has one.
    """
    return tuple(
        tuple(_paragraph(loaded, list(sentences)))
        for _, sentences in groupby(_numbered(loaded), key=lambda one: one[:2])
    )


def _numbered(loaded: Loaded) -> Iterator[tuple[int, int, Passage, int, str]]:
    """Passage by number, paragraph by number, and the sentence."""
    number = paragraph = end = 0
    last: Passage | None = None
    for passage, offset, text in own_sentences(loaded):
        if passage is not last:
            number, paragraph, last = number + 1, 0, passage
        elif "\n\n" in passage.written[end:offset]:
            paragraph += 1
        end = offset + len(text)
        yield number, paragraph, passage, offset, text


def _paragraph(
    loaded: Loaded, sentences: Sequence[tuple[int, int, Passage, int, str]]
) -> Iterator[TimedSentence]:
    year: int | None = None
    for number, (*_, passage, offset, text) in enumerate(sentences):
        found = []
        for moment in _moments(loaded, passage, offset, text):
            if isinstance(moment, Moment):
                year = Day.of(moment.time.last).year
                found.append(moment)
            elif one := _of_typed(moment, text, year):
                year = Day.of(one.time.last).year
                found.append(one)
        yield TimedSentence(passage, offset, text, found, number == 0)


def _moments(loaded: Loaded, passage: Passage, offset: int, text: str) -> Iterator[Moment | Typed]:
    """The links to events and the typed dates of a sentence, in the order in which they stand."""
    language = known(loaded).language
    found: list[tuple[int, Moment | Typed]] = [(date.begin, date) for date in typed(text, language)]
    written = passage.written[offset : offset + len(text)] if THING in text else ""
    for link in REFERENCE.finditer(written):
        event = loaded.dossier.events.get(link["id"])
        if event and link["kind"] in (None, "event"):
            time = extent_of(event, language)
            found.append((link.start(), Moment(link.start(), link.end(), time, event)))
    yield from (moment for _, moment in sorted(found, key=lambda one: one[0]))


def _of_typed(date: Typed, text: str, year: int | None) -> Moment | None:
    """The moment of a typed date; None where nothing tells of which year it is."""
    year = date.year if date.year is not None else year
    if year is None:
        return None
    length = month_length(year, date.month)
    days = [day for day in date.days or (1, length) if day <= length]
    if not days:
        return None
    first, last = (Day(year, date.month, day).number for day in (days[0], days[-1]))
    return Moment(date.begin, date.end, Stretch(first, last, text[date.begin : date.end]))
