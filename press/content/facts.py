"""How facts of the dossier read in print: one place, so that every view says the same words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from press import dates, locale
from press.base.finding import did_you_mean
from press.content import kinds
from press.content.kinds import Kind
from press.content.model import Cite, Claim, Coordinates, Dossier, Entry, Event, Fact, Phase, Ref
from press.content.yaml import Loc
from press.dates import NBSP, Style
from press.dates.days import Day
from press.dates.typed import held


def event_date(event: Event, language: str, style: Style = "long", *, year: bool = True) -> str:
    """The date of an event in words; where it is contested, every account of it.

    The author's own words (``printed``) win, as long as they fit: the shorter styles are for axes
    and maps and always come from the data.
    """
    claims = event.dated_claims
    if not claims:
        if event.printed and style == "long":
            return held(event.printed, language)
        return dates.show(event.when, language, style, year=year)
    return _accounts(claims, language, style, year)


def _accounts(
    claims: Sequence[Claim], language: str, style: Style = "long", year: bool = True
) -> str:
    """The dates of accounts that differ, joined by "or"."""
    if style == "long" and any(claim.printed for claim in claims):
        return either([claim_date(claim, language) for claim in claims], language)
    given = [claim.date for claim in claims if claim.date]
    return dates.show_either(given, language, style, year=year)


def claim_date(claim: Claim, language: str) -> str:
    """The date that one account gives, in words; empty where it speaks of something else."""
    if claim.date is None:
        return ""
    return held(claim.printed, language) or dates.show(claim.date, language)


def either(words: Sequence[str], language: str) -> str:
    """Alternatives joined as the language joins them: "a, b or c"."""
    return locale.listed(list(dict.fromkeys(words)), language, "or")


def span(events: Sequence[Event], language: str, precision: dates.Precision = "day") -> str:
    """From the first of the events to the last, no finer than ``precision``."""
    given = (date for event in events for date in event.all_dates)
    return dates.show(dates.spanning(dates.coarsen(date, precision) for date in given), language)


def is_span_contested(events: Iterable[Event], precision: dates.Precision = "day") -> bool:
    """Whether accounts put the begin or the end of a span apart, no finer than ``precision``."""
    return any(
        len({dates.coarsen(date, precision).text for date in event.all_dates}) > 1
        for event in events
        if event.dated_claims
    )


def phase_span(phase: Phase | None, events: Sequence[Event], dossier: Dossier) -> str:
    """The months of a phase: from the first of its events to the last, before the next begins.

    Accounts that nobody prefers, and events that last longer, do not widen it.
    """
    begins = sorted(one.begins.earliest.number for one in dossier.chronology.phases)
    own = phase.begins.earliest.number if phase else None
    after = [number for number in begins if own is None or number > own]
    given = []
    for event in events:
        when = event.when
        if after and when.latest.number >= after[0] > when.earliest.number:
            last = max(after[0] - 1, when.earliest.number)
            when = dates.parse(f"{when.earliest}/{Day.of(last)}")
        given.append(dates.coarsen(when, "month"))
    return dates.show(dates.spanning(given), language_of(dossier))


def count(ref: Ref, dossier: Dossier) -> int:
    """How many things of the kind that ``ref`` counts the dossier has."""
    if ref.rows:
        return _printed_rows(dossier, ref.rows)
    listed = kinds.entries(dossier, (ref.count or "places").removesuffix("s"))
    return sum(
        ref.category in (None, getattr(thing, "category", ref.category)) for _, thing in listed
    )


def _printed_rows(dossier: Dossier, table: str) -> int:
    """The rows of a table as they are printed: one for each account of a fact that is drawn."""
    known = addresses(dossier)
    drawn = [find(known, row.draws) if row.draws else None for row in dossier.tables[table].rows]
    facts = [found.fact if isinstance(found, Found) else None for found in drawn]
    return sum(len(fact.claims) or 1 if fact else 1 for fact in facts)


def label(dossier: Dossier, anchor: str) -> str:
    """What the numbered thing at an anchor is called in print: "Map 1", "Table 2"."""
    words = locale.messages(dossier.meta.language)
    counts: Counter[str] = Counter()
    for kind in kinds.KINDS.values():
        for ident, thing in kinds.things(dossier, kind.name).items() if kind.numbered else ():
            word = getattr(thing, "kind", kind.numbered)
            counts[word] += 1
            if kind.anchor(ident) == anchor:
                return f"{words[f'label.{word}']}{NBSP}{counts[word]}"
    raise LookupError(f"nothing with a number stands at {anchor!r}")


# -- facts at their addresses ------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """A fact at its address: what it is about, where it is printed, and where it is typed.

    A row of the infobox that draws a span, names or a count from elsewhere has no fact of its own
    and gives its ``entries`` instead.
    """

    kind: str
    id: str
    name: str
    subject: str
    anchor: str
    file: str
    loc: Loc
    fact: Fact | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def address(self) -> str:
        """What authors write to name it."""
        return f"{self.id}.{self.name}"


@dataclass(frozen=True)
class Nowhere:
    """Why an address leads nowhere, and the remedy."""

    message: str
    hint: str


Addresses = Mapping[str, tuple[Found, ...]]
"""Everything that has an address; several where a place and an event share an id."""


def addresses(dossier: Dossier) -> Addresses:
    """Every fact of ``dossier`` by its address, in the order of the files."""
    found: dict[str, tuple[Found, ...]] = {}
    for one in _of_things(dossier):
        found[one.address] = (*found.get(one.address, ()), one)
    for one in _of_infobox(dossier, found):
        found[one.address] = (*found.get(one.address, ()), one)
    return found


def find(known: Addresses, address: str) -> Found | Nowhere:
    """The fact at ``agdam.displaced`` or ``place:agdam.displaced``; else why there is none."""
    kind, colon, rest = address.rpartition(":")
    found = [one for one in known.get(rest, ()) if not colon or one.kind == kind]
    if len(found) == 1:
        return found[0]
    if found:
        ways = " or ".join(f"{one.kind}:{rest}" for one in found)
        return Nowhere(f"several things have a fact {rest!r}", f"write {ways}")
    return Nowhere(f"no fact has the address {address!r}", _nearest(known, rest))


def _nearest(known: Addresses, address: str) -> str:
    """The addresses that may have been meant: other facts of the subject, or others like it."""
    subject, _, name = address.partition(".")
    own = [one.split(".")[1] for one in known if one.split(".")[0] == subject]
    otherwise = f"facts of {subject} are {', '.join(own)}" if own else "type the fact first"
    if own and (near := did_you_mean(name, own)):
        return near.replace("did you mean ", f"did you mean {subject}.")
    return did_you_mean(address, known, otherwise)


def _of_things(dossier: Dossier) -> Iterator[Found]:
    """The facts of places, events and the like: those that their keys give, then the named ones."""
    with_facts = (name for name, kind in kinds.KINDS.items() if kind.facts)
    for kind in map(kinds.KINDS.__getitem__, dict.fromkeys(("place", *with_facts))):
        for loc, thing in kinds.entries(dossier, kind.name):
            printed = (kind.name_of(thing), kind.anchor(thing.id), kinds.HOMES[kind.name].name)
            for name, step, fact in facts_of(thing, kind, dossier):
                yield Found(kind.name, thing.id, name, *printed, (*loc, *step), fact)


def facts_of(thing: Any, kind: Kind, dossier: Dossier) -> Iterator[tuple[str, Loc, Fact]]:
    """Name, steps to it and value of the facts of a thing: those its keys give, then the named."""
    for name, key in kind.facts.items():
        step, fact = _given(thing, key, dossier)
        if fact:
            yield name, (step,), fact
    for name, fact in getattr(thing, "facts", {}).items():
        yield name, ("facts", name), fact


def _given(thing: Any, key: str, dossier: Dossier) -> tuple[str, Fact | None]:
    """The key of ``thing`` that gives a fact, and the fact; None where nothing is given."""
    given, sources = getattr(thing, key), getattr(thing, "sources", ())
    match given:
        case Fact():  # the date of an event, with its accounts
            return "date" if thing.date else "claims", given
        case Coordinates():
            rests = given.sources or _give_positions(sources, dossier)
            return key, Fact(text=degrees(given, language_of(dossier)), sources=rests)
        case dates.Date():
            return key, Fact(date=given, sources=sources)
    if key == "role" and hasattr(thing, "at"):
        sources = _tell_more(sources, dossier)
    return key, Fact(text=given, sources=sources) if given else None


def _tell_more(cites: Sequence[Cite], dossier: Dossier) -> tuple[Cite, ...]:
    """Of the sources of a place, those on which its role may rest: not the works of reference.

    Where there are no others, all of them.
    """
    known = dossier.bibliography
    more = (c for c in cites if c.source in known and known[c.source].kind != "reference")
    return tuple(more) or tuple(cites)


def _give_positions(cites: Sequence[Cite], dossier: Dossier) -> tuple[Cite, ...]:
    """Of the sources of a place, those on which its position may rest.

    They are the works of reference among them; where there are none, all but the newspapers.
    """
    known = dossier.bibliography
    kinds_of = {cite: known[cite.source].kind if cite.source in known else "" for cite in cites}
    works = tuple(cite for cite in cites if kinds_of[cite] == "reference")
    return works or tuple(cite for cite in cites if kinds_of[cite] != "press")


def _of_infobox(dossier: Dossier, known: Addresses) -> Iterator[Found]:
    rows = dossier.infobox.rows if dossier.infobox else ()
    for index, row in enumerate(rows):
        if row.id is None or not row.value:
            continue
        loc: Loc = ("rows", index, "value")
        fact = _of_entry(row.value[0], row.sources, dossier, known) if len(row.value) == 1 else None
        own = ("infobox", "infobox", row.id, row.label, "infobox", "infobox.yaml", loc)
        yield Found(*own, fact, row.value)


def _of_entry(
    entry: Entry, sources: Sequence[Cite], dossier: Dossier, known: Addresses
) -> Fact | None:
    """The fact that a value of the infobox is or draws; None for spans, names and counts."""
    cites = (*entry.sources, *sources)
    if entry.claims:
        return Fact(claims=entry.claims, note=entry.note)
    if entry.text:
        return Fact(text=entry.text, note=entry.note, sources=cites)
    if entry.event and entry.event in dossier.events:
        return dossier.events[entry.event].dated
    if entry.fact and isinstance(there := find(known, entry.fact), Found):
        return there.fact
    return None


def value(fact: Fact, language: str) -> str:
    """A fact in words with its unit; where accounts differ, each of them: "120,000 or 130,000"."""
    return with_unit(bare_value(fact, language), fact.unit)


def bare_value(fact: Fact, language: str) -> str:
    """A fact in words without its unit."""
    if fact.claims and all(claim.date for claim in fact.claims):
        return _accounts(fact.claims, language)
    if fact.claims:
        said = [claim_date(claim, language) or claim.text for claim in fact.claims]
        return either(said, language)
    if fact.date:
        return held(fact.printed, language) or dates.show(fact.date, language)
    return fact.text


def says(title: str, words: str) -> bool:
    """Whether every word of a date or a scope stands in the ``title`` before it."""
    told, asked = (re.findall(r"\w+", text.casefold()) for text in (title, words))
    return set(asked) <= set(told)


def unsaid(scope: str, label: str) -> str:
    """``scope``, which says what is counted, or nothing where the ``label`` before it says so."""
    return "" if says(label, scope) and says(scope, label) else scope


def under(label: str, fact: Fact) -> Fact:
    """``fact`` as it is printed behind ``label``: without a scope that says the same words."""
    claims = tuple(c.model_copy(update={"scope": unsaid(c.scope, label)}) for c in fact.claims)
    return fact.model_copy(update={"scope": unsaid(fact.scope, label), "claims": claims})


def basis(found: Found) -> tuple[Cite, ...]:
    """Every source that a fact rests on, those of its accounts included, each once."""
    if found.fact is None:
        cites = [cite for entry in found.entries for cite in entry.sources]
    else:
        claimed = (cite for claim in found.fact.claims for cite in claim.sources)
        cites = [*found.fact.sources, *claimed]
    return tuple(dict.fromkeys(cite.bare for cite in cites))


def bare_voice(says: str) -> str:
    """Who says something, in small letters and without the article: a source is named so."""
    return says.casefold().removeprefix("the ")


def with_unit(words: str, unit: str) -> str:
    """A value and its unit, which no line may part."""
    return f"{words}{NBSP}{unit}" if unit else words


def language_of(dossier: Dossier) -> str:
    """The dossier's language; English while that is one that nobody knows."""
    try:
        locale.cldr(dossier.meta.language)
    except locale.LanguageError:
        return "en"
    return dossier.meta.language


def degrees(at: Coordinates, language: str) -> str:
    """Decimal degrees with their hemispheres, as on maps: 39.991° N, 46.927° E; 39,991° N."""
    north, east, south, west = locale.messages(language)["plate.letters"].split()
    lat, lon = (locale.decimals(abs(value), 3, language) for value in (at.lat, at.lon))
    above, beyond = (north if at.lat >= 0 else south), (east if at.lon >= 0 else west)
    return f"{lat}°{NBSP}{above}, {lon}°{NBSP}{beyond}"
