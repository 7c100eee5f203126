"""Events and dates in order: inside the span, causes first, phases filled, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise

from press.base.finding import Remark
from press.base.rising import longest_rising
from press.content import facts
from press.content.load import Loaded
from press.content.model import Category, Claim, Entry, Event, Phase, Revision
from press.content.walk import At, accounts, each, twins
from press.dates import Date, show
from press.dates.typed import loosely


def outside_span(loaded: Loaded) -> Iterator[Remark]:
    """E203: an event lies outside the span that dossier.yaml gives the dossier."""
    meta = loaded.dossier.meta
    if meta.span is None:
        return
    for at, event in each(loaded, Event):
        for steps, account in accounts(event):
            if account.date is not None and not account.date.known_within(meta.span):
                span = show(meta.span, meta.language)
                message = f"{account.date.text} lies outside the dossier's span, {span}"
                yield at(*steps, "date"), message, "correct the date, or widen span in dossier.yaml"


def phases_out_of_order(loaded: Loaded) -> Iterator[Remark]:
    """E207: a phase begins before the one above it, or together with it."""
    for (_, before), (at, after) in pairwise(each(loaded, Phase)):
        if after.begins.earliest <= before.begins.earliest:
            message = f"phase {after.id!r} does not begin after {before.id!r}"
            yield at("begins"), message, "list the phases in order of time"


def revisions_out_of_order(loaded: Loaded) -> Iterator[Remark]:
    """E214: a revision is dated before the issue, or before the revision above it.

    Why: The imprint prints revisions as what was changed since the day of issue, in their order;
        the last one dates the file.
    Wrong: issued: 2026-11-01
        revisions:
          - {date: 2026-10-30, note: A name corrected.}
    Right: issued: 2026-11-01
        revisions:
          - {date: 2026-11-30, note: A name corrected.}
    Remedy: Correct the date, or put the revisions in order.
    """
    meta = loaded.dossier.meta
    before, what = meta.issued, "the day of issue"
    for at, revision in each(loaded, Revision):
        if revision.date.latest < before.earliest:
            message = f"the revision of {revision.date.text} comes before {what}, {before.text}"
            hint = "list revisions in order of time, after issued:"
            yield at("date"), message, hint
        before, what = revision.date, "the revision above it"


def effect_before_cause(loaded: Loaded) -> Iterator[Remark]:
    """E221: an event comes before one that it names under after.

    Why: What led to an event cannot have happened later. One of the two dates is wrong, or the
        reference is; where accounts differ, the dates by which the chronology is ordered count.
    Wrong: - id: town-taken
          date: 1993-07-23
          after: [town-attacked]        # which is of 1993-08-03
    Right: - id: town-taken
          date: 1993-07-23
          after: [town-attacked]        # which is of 1993-07-03
    Remedy: Correct one of the dates, or take the id out of after.
    """
    events, language = loaded.dossier.events, loaded.dossier.meta.language
    for at, event in each(loaded, Event):
        for number, ident in enumerate(event.after):
            cause = events.get(ident)
            if cause is None or event.when.latest >= cause.when.earliest:
                continue
            message = (
                f"event {event.id!r} ({show(event.when, language)}) comes before "
                f"{ident!r} ({show(cause.when, language)}), which it follows"
            )
            yield at("after", number), message, "correct one of the dates, or take the id out"


def circular_causes(loaded: Loaded) -> Iterator[Remark]:
    """E222: events follow one another in a circle.

    Why: Each of them is said to come after another of them, and so after itself.
    Wrong: - id: truce
          after: [raid]
        - id: raid
          after: [truce]
    Right: - id: truce
        - id: raid
          after: [truce]
    Remedy: Take one of the ids out of after.
    """
    events = loaded.dossier.events
    for at, event in each(loaded, Event):
        for number, ident in enumerate(event.after):
            if event.id in _led_to(events.get(ident), loaded):
                message = f"event {event.id!r} follows {ident!r}, which follows it in turn"
                yield at("after", number), message, "take one of the ids out of after"


def _led_to(event: Event | None, loaded: Loaded) -> frozenset[str]:
    """The ids of the event and of all that led to it."""
    found: set[str] = set()
    waiting = [event.id] if event else []
    while waiting:
        ident = waiting.pop()
        if ident not in found:
            found.add(ident)
            known = loaded.dossier.events.get(ident)
            waiting.extend(known.after if known else ())
    return frozenset(found)


ORDERED = 5
"""Events from which on a file can be said to be in an order."""


def out_of_order(loaded: Loaded) -> Iterator[Remark]:
    """W223: an event stands out of order in a file that is otherwise in order of time.

    Why: The press orders events itself, so nothing is printed wrong. But where all events but a
        few follow the calendar, the one that does not is mostly a mistyped year or month. A
        contested event is in order where one of its accounts is.
    Wrong: - {id: a, date: 1993-06-12}
        - {id: b, date: 1993-06-28}
        - {id: c, date: 1992-07-03}      # a slip for 1993
        - {id: d, date: 1993-07-23}
    Right: - {id: c, date: 1993-07-03}
    Remedy: Correct the date, or move the event to its place in the file.
    """
    events = loaded.dossier.chronology.events
    numbers, in_order = _best_order(loaded)
    odd = len(events) - len(in_order)
    if len(events) < ORDERED or odd > max(1, len(events) // 10):
        return
    language = loaded.dossier.meta.language
    for index, (at, event) in enumerate(each(loaded, Event)):
        if index not in in_order:
            side, other = _passed(index, numbers, in_order)
            message = (
                f"event {event.id!r} ({facts.event_date(event, language)}) stands {side} "
                f"{events[other].id!r} ({facts.event_date(events[other], language)}), out of order"
            )
            yield at("id"), message, "correct the date, or move the event to its place"


def _best_order(loaded: Loaded) -> tuple[list[int], frozenset[int]]:
    """The day of each event, and the indexes of those in order, by the accounts that are in it."""
    numbers = [first.number for first, *_ in loaded.dossier.chronology.places_in_time]
    in_order = _in_order(numbers)
    for index, event in enumerate(loaded.dossier.chronology.events):
        contested = event.all_dates if event.contested else ()
        for date in contested if index not in in_order else ():
            tried = [*numbers[:index], date.earliest.number, *numbers[index + 1 :]]
            if index in (rising := _in_order(tried)) and len(rising) > len(in_order):
                numbers, in_order = tried, rising
    return numbers, in_order


def _in_order(numbers: Sequence[int]) -> frozenset[int]:
    """The indexes of what rises; of two that have changed places, the later one is out of order."""
    backwards = longest_rising([-number for number in reversed(numbers)])
    return frozenset(len(numbers) - 1 - index for index in backwards)


def _passed(index: int, numbers: Sequence[int], in_order: Iterable[int]) -> tuple[str, int]:
    """The nearest event on whose wrong side one stands: "after" or "before", and its index."""
    wrong = [
        other
        for other in in_order
        if (other < index) == (numbers[other] > numbers[index]) and numbers[other] != numbers[index]
    ]
    nearest = min(wrong, key=lambda other: (abs(other - index), other))
    return ("after" if nearest < index else "before"), nearest


def listed_twice(loaded: Loaded) -> Iterator[Remark]:
    """W224: two events have the same title, or the same day, places and sources.

    Why: An event that is entered twice is counted twice, and drawn twice on the timeline.
    Wrong: - {id: summit, date: 1865-07-14, title: The summit}
        - {id: summit-2, date: 1865-07-14, title: The Summit}
    Right: - {id: summit, date: 1865-07-14, title: The summit}
    Remedy: Keep one of them, or give each a title that says what was different.
    """
    for at, event, twin in twins(each(loaded, Event), _keys):
        message = f"event {event.id!r} looks like {twin.id!r}, entered again"
        yield at("title"), message, "keep one of them, or tell them apart in their titles"


def _keys(event: Event) -> Iterator[Hashable]:
    """What no two events may have alike."""
    yield event.title.casefold(), event.when.earliest
    yield event.when.text, frozenset(event.places), event.text.casefold()


def phases_without_events(loaded: Loaded) -> Iterator[Remark]:
    """W225: no event falls into a phase, which is then not printed.

    Why: The heading of the phase never appears, and its author may not notice.
    Wrong: phases:
          - {id: winter, title: The winter, begins: 1993-12}    # and no event after that
    Right: phases:
          - {id: autumn, title: The autumn, begins: 1993-10}
    Remedy: Correct begins, add an event, or delete the phase.
    """
    filled = {phase.id for phase, _ in loaded.dossier.phases() if phase}
    begins = [phase.begins.earliest for phase in loaded.dossier.chronology.phases]
    in_order = all(one < other for one, other in pairwise(begins))
    if not loaded.dossier.chronology.events or loaded.findings or not in_order:
        return
    for at, phase in each(loaded, Phase):
        if phase.id not in filled:
            message = f"no event falls into phase {phase.id!r}"
            yield at("id"), message, "correct begins, add an event, or delete the phase"


def categories_without_events(loaded: Loaded) -> Iterator[Remark]:
    """W226: no event has a category, which still takes a sign and a colour.

    Why: The legend would explain a sign that stands nowhere, and later categories get the colour
        after it.
    Wrong: categories:
          - {id: weather, label: Weather, sign: ring}           # which no event names
    Right: categories:
          - {id: climb, label: Climb, sign: triangle}
    Remedy: Delete the category, or give it to an event.
    """
    used = {event.category for event in loaded.dossier.chronology.events}
    if loaded.findings:
        return
    for at, category in each(loaded, Category):
        if category.id not in used:
            message = f"no event is of category {category.id!r}"
            yield at("id"), message, "delete it, or give it to an event"


_YEAR = re.compile(r"(?<![\d.,/])\d{3,4}(?![\d/]|[.,]\d)")


def printed_otherwise(loaded: Loaded) -> Iterator[Remark]:
    """W227: the printed words of a date name another year or month than the date itself.

    Why: The words are printed and the date orders the event and draws it: the reader would see
        one month or year in the chronology and another on the timeline.
    Wrong: date: 1993-07
        printed: the first days of July 1992
    Right: date: 1993-07
        printed: the first days of July 1993
    Remedy: Correct one of the two; delete printed where the date says as much.
    """
    for at, event in each(loaded, Event):
        for steps, account in accounts(event):
            when = account.date
            if when is None or not account.printed or when.open_start or when.open_end:
                continue
            years = [int(year) for year in _YEAR.findall(account.printed)]
            first, last = when.earliest.year, when.latest.year
            named = ""
            if years and not any(first <= year <= last for year in years):
                named = "year"
            elif _is_of_another_month(account.printed, when, loaded.dossier.meta.language):
                named = "month"
            if named:
                message = f"{account.printed!r} names another {named} than {when.text}"
                yield at(*steps, "printed"), message, "correct one of the two"


def _is_of_another_month(printed: str, when: Date, language: str) -> bool:
    """Whether words name months, and the date has a day in none of them."""
    dates = [date for date in loosely(printed, language) if date.month]
    return bool(dates) and not any(date.agrees(when) for date in dates)


def not_yet_happened(loaded: Loaded) -> Iterator[Remark]:
    """W228: an event is later than the day on which the dossier was issued.

    Why: What had not happened when the dossier was issued cannot be reported in it: a date is
        mistyped, or issued was not brought up to date.
    Wrong: date: 2103-07-23              # in a dossier issued in 2026
    Right: date: 2013-07-23
    Remedy: Correct the date, or issued in dossier.yaml.
    """
    meta = loaded.dossier.meta
    for at, event in each(loaded, Event):
        if event.when.earliest > meta.issued.latest:
            message = f"{show(event.when, meta.language)} is after the dossier was issued"
            yield at("date"), message, "correct the date, or issued in dossier.yaml"


def claims_that_agree(loaded: Loaded) -> Iterator[Remark]:
    """W229: all accounts of a contested fact say the same.

    Why: Accounts that agree are no dispute; printed as one, they tell the reader that something
        is in doubt which is not.
    Wrong: claims:
          - {date: 1993-08-23, says: the agency}
          - {date: 1993-08-23, says: the ministry}
    Right: date: 1993-08-23
        sources: [agency, ministry]
    Remedy: Write the fact plainly, with the sources of all accounts.
    """
    for at, claims in contested(loaded):
        if len({claim.date.text if claim.date else claim.text.casefold() for claim in claims}) == 1:
            hint = "write the fact plainly, with all their sources"
            yield at("claims"), "these accounts do not differ", hint


def preferred_without_source(loaded: Loaded) -> Iterator[Remark]:
    """W231: the account that is preferred rests on no source, while another one does.

    Why: An account is better because of what supports it; that must be possible to look up.
    Wrong: - {date: 1993-08-23, says: the agency, preferred: true, reason: it was there}
    Right: - {date: 1993-08-23, says: the agency, sources: [ap-0824], preferred: true,
           reason: it was there}
    Remedy: Add sources to the account, or prefer none.
    """
    for at, claims in contested(loaded):
        for index, claim in enumerate(claims):
            if claim.preferred and not claim.sources and any(c.sources for c in claims):
                hint = "add sources: to it, or prefer none"
                yield at("claims", index), "the preferred account has no source", hint


def contested(loaded: Loaded) -> Iterator[tuple[At, tuple[Claim, ...]]]:
    """The accounts of every contested fact."""
    events: Iterator[tuple[At, Event | Entry]] = each(loaded, Event)
    yield from ((at, fact.claims) for at, fact in (*events, *each(loaded, Entry)) if fact.claims)
