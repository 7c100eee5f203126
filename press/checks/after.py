"""What a text says of the order of two events and the time between, against their dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from press.base.finding import Place, Remark, place_text
from press.checks.elapsed import HINT, elapsed_otherwise
from press.checks.happened import events_of
from press.checks.hours import later_otherwise, out_of_time
from press.checks.intervals import (
    Length,
    Stretch,
    Words,
    extent_of,
    extent_typed,
    is_certain,
    is_so,
    lengths,
    said,
    words,
)
from press.checks.known import Known, Sentence, known, own_sentences
from press.checks.lasting import lasted_otherwise, later_than_the_paper
from press.checks.named_events import event_named, linked_events, prefixes
from press.checks.prose_dates import is_judged
from press.checks.texts import Passage
from press.content.load import Loaded
from press.content.model import Event
from press.dates.typed import typed


@dataclass(frozen=True)
class Order:
    """What a sentence says of two events: where it says so, and what the data has.

    ``one`` is the event from which is counted; ``other`` None where a date stands for it. ``shown``
    is what lies between them; ``certain`` says that it is right by every account.
    """

    at: Place
    words: str
    one: Event
    other: Event | None
    right: bool
    certain: bool
    shown: str


def order_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W412: what a text says of the time between two events is not what their dates say.

    Why: Ten days after, three weeks earlier, seven weeks from the one to the other: they are typed
        and not drawn, and nobody counts them again when a date is corrected. Each of the two is
        named by a link, the words of its title, or a verb of its kind and its place; what may be
        so by one of several accounts is right. Times of day and years count as well (four minutes
        later, at 8:03; for 82 years, from 1854 to 1936), so does the order of times in a table, and
        a week later that lies behind the day of the paper which is cited for it.
    Wrong: Ten days after Agdam had been taken the Council adopted resolution 853.
    Right: Six days after Agdam had been taken the Council adopted resolution 853.
    Remedy: Count again, or correct the date in the chronology.
    """
    told_at = set()
    for passage, offset, text, previous in _with_previous(loaded):
        if is_judged(loaded, passage):
            continue
        for told in told_in(loaded, passage, offset, text, previous):
            if not told.right:
                told_at.add(told.at[:2])
                yield told.at, _message(loaded, told), HINT
    checks = (
        elapsed_otherwise,
        lasted_otherwise,
        later_than_the_paper,
        later_otherwise,
        out_of_time,
    )
    others = (one for check in checks for one in check(loaded))
    yield from (one for one in others if one[0][:2] not in told_at)


def _message(loaded: Loaded, told: Order) -> str:
    events = [event for event in (told.one, told.other) if event]
    where = " and ".join(
        f"{event.id!r}, {extent_of(event, known(loaded).language).shown} "
        f"({place_text(_at(loaded, event))})"
        for event in events
    )
    return f"{told.words!r} is not so: {told.shown}, by the dates of {where}"


def _at(loaded: Loaded, event: Event) -> Place:
    index = loaded.dossier.chronology.events.index(event)
    return loaded.at("chronology.yaml", "events", index, "date" if event.date else "claims")


def _with_previous(loaded: Loaded) -> Iterator[tuple[Passage, int, str, tuple[int, str] | None]]:
    """Each sentence that says such a thing, with the one before it in its paragraph."""
    pattern = _signs(known(loaded).language)
    before: tuple[Passage, int, str] | None = None
    for passage, offset, text in own_sentences(loaded):
        if pattern.search(text):
            near = before if before and before[0] is passage else None
            gap = passage.written[near[1] + len(near[2]) : offset] if near else "\n\n"
            yield passage, offset, text, None if near is None or "\n\n" in gap else near[1:]
        before = passage, offset, text


@lru_cache(maxsize=16)
def _signs(language: str) -> re.Pattern[str]:
    """A word without which nothing is said of an order or a length of time."""
    one = words(language)
    if one is None:
        return re.compile(r"(?!)")
    parts = (one.pattern, one.signs["order-after"], one.signs["order-before"], one.signs["next"])
    return re.compile("|".join(part.pattern for part in parts), re.IGNORECASE)


def told_in(
    loaded: Loaded,
    passage: Passage,
    offset: int,
    text: str,
    previous: tuple[int, str] | None = None,
) -> Iterator[Order]:
    """What a sentence says of the order of events, or of the time between two."""
    data = known(loaded)
    one = words(data.language)
    if one is None:
        return
    sentence = Asked(loaded, data, passage, offset, text, one)
    found = list(lengths(text, data.language))
    yield from sentence.spans(found)
    for length in found:
        yield from sentence.after(length)
        yield from sentence.later(length, previous)
        yield from sentence.earlier(length, previous)
    yield from sentence.order(found)


@dataclass(frozen=True)
class Asked:
    """A sentence that is asked what it says of an order of events."""

    loaded: Loaded
    data: Known
    passage: Passage
    offset: int
    text: str
    words: Words

    def _read(self, begin: int, end: int) -> Sentence:
        while begin < end and self.text[begin] in " \n,;:":
            begin += 1
        text = self.text[begin:end].rstrip(" \n,;:.")
        return self.data.read(self.passage, self.offset + begin, text)

    def _segment(self, begin: int) -> int:
        """Where the clause that begins there ends."""
        sign = events_of(self.loaded).grammar.clause.search(self.text, begin)
        return sign.start() if sign else len(self.text)

    def _before(self, end: int) -> Event | None:
        """The event of the clause that ends there."""
        signs = events_of(self.loaded).grammar.clause.finditer(self.text, 0, end)
        begins = [sign.end() for sign in signs if self.text[sign.end() : end].strip()]
        return event_named(self.loaded, self._read(max(begins, default=0), end))

    def _named(self, begin: int, end: int) -> Event | None:
        """The event that is named there, by all words or by the first of them."""
        verb = events_of(self.loaded).grammar.any_verb
        for last in prefixes(self.text[begin:end]):
            if verb.search(self.text, begin + last, end):
                return None
            if event := event_named(self.loaded, self._read(begin, begin + last)):
                return event
        return None

    def _two(self, begin: int) -> tuple[Event | None, Event | None]:
        """The event named at ``begin``, and that of the clause that follows it."""
        end = self._segment(begin)
        if end < len(self.text) and self.text[end] == ",":
            one = event_named(self.loaded, self._read(begin, end))
            return one, event_named(
                self.loaded, self._read(end, self._segment(end + 1)), first=True
            )
        pairs = set()
        for last in prefixes(self.text[begin:end]):
            one = event_named(self.loaded, self._read(begin, begin + last))
            other = one and event_named(self.loaded, self._read(begin + last, end), first=True)
            if one and other and one != other:
                pairs.add((one.id, other.id))
        events = self.loaded.dossier.events
        if len(pairs) != 1:
            return self._named(begin, end), None
        one_id, other_id = pairs.pop()
        return events[one_id], events[other_id]

    def _opens(self, end: int) -> bool:
        """Whether what stands before a sign of order says nothing yet: "Only", "Then, "."""
        return not events_of(self.loaded).grammar.any_verb.search(self.text[:end])

    def _may_name_two(self) -> bool:
        """Whether the sentence has words or links of two events at all."""
        whole = self.data.read(self.passage, self.offset, self.text)
        linked = sum(1 for _ in linked_events(self.loaded, whole))
        titles = self.data.titles
        events = self.loaded.dossier.events.values()
        found = (not whole.stems.isdisjoint(titles[event.id]) for event in events)
        return linked + sum(found) > 1

    def _typed(self, begin: int, end: int) -> Stretch | None:
        """The one date with its year that the sentence has outside of a part of it."""
        found = [
            date for date in typed(self.text, self.data.language) if not begin <= date.begin < end
        ]
        return extent_typed(found[0], self.text) if len(found) == 1 else None

    def _is_open(self) -> bool:
        """Whether the sentence asks, or tells what somebody says."""
        rules = events_of(self.loaded).grammar
        return "?" in self.text or bool(rules.attributed.search(self.text))

    def after(self, length: Length) -> Iterator[Order]:
        """Ten days after A, B; B, ten days before A; and a date in the place of B."""
        tail = self.text[length.end :].lstrip()
        at = len(self.text) - len(tail)
        sign = self.words.signs["after"].match(tail)
        turned = None if sign else self.words.signs["before"].match(tail)
        match = sign or turned
        if match is None or self._is_open():
            return
        begin = at + match.end()
        if self._opens(length.begin):
            one, other = self._two(begin)
        else:
            one = self._named(begin, self._segment(begin))
            other = self._before(length.begin)
        end = self._segment(begin)
        date = self._typed(begin, end)
        if one is None or (other is None and date is None) or one == other:
            return
        first = extent_of(one, self.data.language)
        then = date or (extent_of(other, self.data.language) if other else None)
        if then:
            pair = (first, then) if sign else (then, first)
            yield self._told(length, (one, None if date else other), pair, bool(sign))

    def _told(
        self, length: Length, events: tuple[Event, Event | None], pair: tuple[Stretch, Stretch],
        after: bool,
    ) -> Order:  # fmt: skip
        first, then = pair
        right, certain = is_so(length, first, then), is_certain(length, first, then)
        lies = said(first, then)
        turned = then.last < first.first
        shown = f"{lies} {'before' if turned == after else 'after'}"
        return Order(
            self.passage.at(self.offset + length.begin),
            " ".join(self.text[length.begin : length.end].split())
            + (" after" if after else " before"),
            *events,
            right,
            certain,
            shown,
        )

    def later(self, length: Length, previous: tuple[int, str] | None) -> Iterator[Order]:
        """Seven weeks later, B: counted from the one event that the sentence before tells of."""
        tail = self.text[length.end :].lstrip()
        match = self.words.signs["later"].match(tail)
        if match is None or previous is None or self._is_open():
            return
        if not self._opens(length.begin):
            return
        begin = len(self.text) - len(tail) + match.end()
        other = event_named(self.loaded, self._read(begin, self._segment(begin + 1)), first=True)
        one = self._anchor(*previous)
        if one and other and one != other:
            first, then = (extent_of(event, self.data.language) for event in (one, other))
            yield self._told(length, (one, other), (first, then), after=True)

    def earlier(self, length: Length, previous: tuple[int, str] | None) -> Iterator[Order]:
        """A, seven weeks earlier: counted back from the one event of the sentence before."""
        tail = self.text[length.end :].lstrip()
        match = self.words.signs["earlier"].match(tail)
        ends = match and not tail[match.end() :].strip(" .,;)")
        if not ends or previous is None or self._is_open() or self._opens(length.begin):
            return
        one, other = self._before(length.begin), self._anchor(*previous)
        if one and other and one != other:
            first, then = (extent_of(event, self.data.language) for event in (one, other))
            yield self._told(length, (other, one), (first, then), after=False)

    def _anchor(self, offset: int, text: str) -> Event | None:
        """The one event that a sentence tells of."""
        whole = self.data.read(self.passage, offset, text)
        linked = {event.id: event for event in linked_events(self.loaded, whole)}
        if len(linked) == 1:
            return next(iter(linked.values()))
        return event_named(self.loaded, whole)

    def spans(self, found: list[Length]) -> Iterator[Order]:
        """From A to B it lasted five weeks; it took five weeks from A to B."""
        if len(found) != 1 or not self.words.signs["lasted"].search(self.text) or self._is_open():
            return
        for start in self.words.signs["from"].finditer(self.text):
            for to in self.words.signs["to"].finditer(self.text, start.end()):
                one = event_named(self.loaded, self._read(start.end(), to.start()))
                other = one and self._named(to.end(), self._until(to.end(), found[0]))
                if one and other and one != other:
                    first, then = (extent_of(e, self.data.language) for e in (one, other))
                    told = self._told(found[0], (one, other), (first, then), after=True)
                    shown = said(first, then)
                    yield replace(told, words=told.words.removesuffix(" after"), shown=shown)
                    return

    def _until(self, begin: int, length: Length) -> int:
        return length.begin if length.begin > begin else len(self.text)

    def order(self, found: list[Length]) -> Iterator[Order]:
        """B after A; before A, B: without a length of time."""
        if self._is_open() or not self._may_name_two():
            return
        signs = self.words.signs
        for pattern, after in ((signs["order-after"], True), (signs["order-before"], False)):
            for match in pattern.finditer(self.text):
                head = self.text[: match.start()]
                counted = any(one.end <= match.start() <= one.end + 2 for one in found)
                if counted or signs["no-order"].search(head) or _ENDS.search(head):
                    continue
                if not self._opens(match.start()):
                    one = self._named(match.end(), self._segment(match.end()))
                    other = self._before(match.start())
                else:
                    one, other = self._two(match.end())
                if one and other and one != other:
                    yield from self._ordered(match, one, other, after)

    def _ordered(
        self, match: re.Match[str], one: Event, other: Event, after: bool
    ) -> Iterator[Order]:
        first, then = (extent_of(event, self.data.language) for event in (one, other))
        earlier, later = (first, then) if after else (then, first)
        if earlier.last == later.first:
            return
        right, certain = earlier.first <= later.last, earlier.last < later.first
        real = "after" if after == right else "before"
        shown = f"{other.id!r} was {real} {one.id!r}"
        at = self.passage.at(self.offset + match.start())
        yield Order(at, match[0].strip(), one, other, right, certain, shown)


_ENDS = re.compile(r"[-–—(]\s*$")
