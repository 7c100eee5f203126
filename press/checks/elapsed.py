"""How long after the last date a text goes on: "Eleven days later", "by the end of that week".

Nobody says there from which event is counted: it is the last that was told of. So the time is held
to all that the sentences before name, and is wrong where none of them fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from press import locale
from press.base.finding import Remark
from press.checks.alike_events import FEW, SHARED, alike_events, weights, words_of_events
from press.checks.happened import events_of, grammar_of
from press.checks.intervals import Length, Stretch, extent_of, is_so, lengths, said, words
from press.checks.known import known, stems_of
from press.checks.moments import Moment, TimedSentence, timed
from press.checks.named_events import event_named
from press.checks.prose_dates import is_judged
from press.checks.texts import THING
from press.content.load import Loaded
from press.content.model import Event

BACK = 2
"""Sentences before, in the paragraph, that may tell of what is counted from."""
NEAR = 14
"""Letters between "later" and the date on which it was: ", a Monday, on"."""
LEAST = 3
"""Words that a clause has which tells of an event."""
TIMES = 2
"""So many times as long may be a slip; beyond it something was told between that has no date."""
HINT = "count again, or correct one of the dates"


def elapsed_otherwise(loaded: Loaded) -> Iterator[Remark]:
    """Lengths of time since what was told last that its date and the next one do not bear out."""
    language = known(loaded).language
    if words(language) is None:
        return
    last: Sequence[TimedSentence] = ()
    for paragraph in timed(loaded):
        for number, one in enumerate(paragraph):
            if is_judged(loaded, one.passage):
                continue
            before = [*(s for s in last if s.passage is one.passage), *paragraph[:number]]
            for told in _counted(one, language):
                yield from _held(loaded, one, before, told)
            yield from _within(loaded, one, before)
        last = paragraph if any(one.moments for one in paragraph) else last


class Elapsed(NamedTuple):
    """A length of time since something: the length, where its words end, and what they count from.

    ``since`` is "leaving" in "a fortnight after leaving", or "".
    """

    length: Length
    end: int
    since: str = ""


def _counted(one: TimedSentence, language: str) -> Iterator[Elapsed]:
    """Ten days later; the next day; a fortnight after leaving."""
    known_words = words(language)
    if known_words is None:
        return
    signs, text = known_words.signs, one.text
    for following in signs["next"].finditer(text):
        yield Elapsed(Length(*following.span(), 1, 1), following.end())
    for length in lengths(text, language):
        tail = text[length.end :].lstrip()
        at = len(text) - len(tail)
        if match := signs["after"].match(tail):
            phrase = _PHRASE.match(text, at + match.end())
            if phrase and THING not in phrase[0] and not re.search(r"\d", phrase[0]):
                yield Elapsed(length, phrase.end(), phrase[0])
        elif match := signs["later"].match(tail):
            yield Elapsed(length, at + match.end())


_PHRASE = re.compile(r"(?:[^\s,.;:]+\s?){1,3}(?=,\s|[.;])")
"""A few words, and no more, that say from what is counted."""


def _held(
    loaded: Loaded, one: TimedSentence, before: Sequence[TimedSentence], told: Elapsed
) -> Iterator[Remark]:
    """What happened so much later: the next date of the sentence, or an event that it tells of."""
    length, end = told.length, told.end
    anchors = _anchors(one, before, length.begin)
    clause = one.text[end:].lstrip(", ").partition(",")[0]
    if not anchors or grammar_of(loaded).attributed.search(clause):
        return  # somebody else may count from elsewhere
    then, day = _next(one, end), _weekday(loaded, one.text[end:])
    if then is None and day is not None and not told.since:
        found = list(_on_another_day(loaded, one, before, told, day))
        yield from found
        if found:
            return
    if then is None:
        events = () if told.since else _told_of(loaded, one, length.begin, end, anchors[-1])
        times = [_time(loaded, event) for event in events]
        times = [time for time in times if time.last > anchors[-1].time.first]
        if not times or any(is_so(length, a.time, time) for a in anchors for time in times):
            return
        then = Moment(end, end, times[0], events[0])
    if any(is_so(length, anchor.time, then.time) for anchor in anchors):
        return
    apart = then.time.first - anchors[-1].time.last
    if apart <= TIMES * length.most + 1 and not _else_told(loaded, one, before, told, then):
        yield _remark(one, length, end, anchors[-1], then)


def _remark(one: TimedSentence, length: Length, end: int, anchor: Moment, then: Moment) -> Remark:
    shown = " ".join(one.text[length.begin : end].split())
    turned = then.time.last < anchor.time.first
    lies = f"{said(anchor.time, then.time)} {'before' if turned else 'after'}"
    message = f"{shown!r} is not so: {_name(then)} is {lies} {_name(anchor)}"
    return one.passage.at(one.offset + length.begin), message, HINT


def _name(moment: Moment) -> str:
    return f"{moment.event.id!r}, {moment.time.shown}," if moment.event else moment.time.shown


def _anchors(one: TimedSentence, before: Sequence[TimedSentence], begin: int) -> list[Moment]:
    """What may be counted from: the dates before in the sentence, and in the last before it."""
    own = [moment for moment in one.moments if moment.end <= begin]
    near = [moment for sentence in before[-BACK:] for moment in sentence.moments]
    if not near:
        far = (sentence.moments for sentence in reversed(before) if sentence.moments)
        near = list(next(far, ()))
    return [*near, *own]


def _next(one: TimedSentence, end: int) -> Moment | None:
    """The date that stands at once behind "later", with a preposition or a day of the week."""
    for moment in one.moments:
        between = one.text[end : moment.begin]
        if moment.begin >= end and len(between) <= NEAR and "." not in between:
            return moment
    return None


def _weekday(loaded: Loaded, text: str) -> int | None:
    """The day of the week, Monday 0, that stands at once behind: ", on a Wednesday"."""
    days = locale.cldr(known(loaded).language).days["format"]["wide"]
    for number, name in days.items():
        if re.match(rf",?\s+(?:[^\W\d_]{{1,3}}\s+){{0,2}}{re.escape(str(name))}(?!\w)", text):
            return int(number)
    return None


def _on_another_day(
    loaded: Loaded,
    one: TimedSentence,
    before: Sequence[TimedSentence],
    told: Elapsed,
    day: int,
) -> Iterator[Remark]:
    """So much later, on a Wednesday, where that day is none by any date before."""
    length, anchors = told.length, _anchors(one, before, told.length.begin)
    for anchor in anchors:
        first, last = anchor.time.first + int(length.least), anchor.time.last + int(length.most)
        if any(number % _WEEK == day for number in range(first, last + 1)):
            return
    if _else_told(loaded, one, before, told, None, day):
        return
    shown = " ".join(one.text[length.begin : told.end].split())
    name = locale.cldr(known(loaded).language).days["format"]["wide"][day]
    message = f"{shown!r} was no {name}, counted from {_name(anchors[-1]).rstrip(',')}"
    yield one.passage.at(one.offset + length.begin), message, HINT


_WEEK = 7


def _time(loaded: Loaded, event: Event) -> Stretch:
    return extent_of(event, known(loaded).language)


def _told_of(
    loaded: Loaded, one: TimedSentence, begin: int, end: int, after: Moment
) -> Sequence[Event]:
    """The events of which the clause tells that has a length of time, the likeliest first."""
    data = known(loaded)
    known_words = words(data.language)
    for first, last in ((end, len(one.text)), (0, begin)):
        text = one.text[first:last]
        for key in ("order-before", "order-after") if known_words else ():
            text = known_words.signs[key].split(text)[0] if known_words else text
        if len(text.split()) < LEAST or (not first and _opens(loaded, text)):
            continue
        part = data.read(one.passage, one.offset + first, text)
        found = alike_events(loaded, part.stems, after.event)
        if not found and (event := event_named(loaded, part, first=True)):
            found = [event]
        return [event for event in found if event != after.event]
    return ()


def _opens(loaded: Loaded, text: str) -> bool:
    return not grammar_of(loaded).any_verb.search(text)


def _else_told(
    loaded: Loaded,
    one: TimedSentence,
    before: Sequence[TimedSentence],
    counted: Elapsed,
    then: Moment | None,
    day: int = -1,
) -> bool:
    """Whether an event so long before is one that the sentences may tell of without its date."""
    told = (
        *(sentence.text for sentence in before),
        one.text[: counted.length.begin],
        counted.since,
    )
    stems = stems_of(" ".join(told), known(loaded).language)
    rarity = weights(loaded)
    for event in loaded.dossier.events.values():
        rare = [s for s in stems & words_of_events(loaded)[event.id] if rarity[s] >= log(FEW)]
        time = _time(loaded, event)
        titled = known(loaded).titles[event.id].intersection(rare)
        if len(rare) < SHARED or not titled or (then and event == then.event):
            continue
        first, last = time.first + int(counted.length.least), time.last + int(counted.length.most)
        if then and is_so(counted.length, time, then.time):
            return True
        if not then and any(number % _WEEK == day for number in range(first, last + 1)):
            return True
    return False


# -- that week -------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _that(language: str) -> re.Pattern[str] | None:
    """A pattern of "by the end of that week", with its unit."""
    one = words(language)
    if one is None:
        return None
    return re.compile(
        rf"{one.signs['by-then'].pattern}\s+(?P<unit>{one.pattern.pattern})", re.IGNORECASE
    )


def _within(
    loaded: Loaded, one: TimedSentence, before: Sequence[TimedSentence]
) -> Iterator[Remark]:
    """By the end of that week, where what happened by then is farther from the last date."""
    language = known(loaded).language
    pattern, known_words = _that(language), words(language)
    match = pattern.search(one.text) if pattern else None
    if (
        match is None
        or known_words is None
        or events_of(loaded).grammar.attributed.search(one.text)
    ):
        return
    anchors = _anchors(one, before, match.start())
    unit = known_words.units[match["unit"].casefold()]
    told = _told_of(loaded, one, match.start(), match.end(), anchors[-1]) if anchors else ()
    if not told:
        return
    least, most = -unit, unit + 1
    for anchor in anchors:
        for event in told:
            time = _time(loaded, event)
            if time.first - anchor.time.last <= most and time.last - anchor.time.first >= least:
                return
    then = Moment(0, 0, _time(loaded, told[0]), told[0])
    yield _remark(one, Length(match.start(), match.end(), 0, 0), match.end(), anchors[-1], then)
