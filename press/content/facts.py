"""How facts of the dossier read in print: one place, so that every view says the same words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel.lists import format_list

from press import dates, locale
from press.base.finding import did_you_mean
from press.content.model import Cite, Claim, Coordinates, Dossier, Entry, Event, Fact, Place, Ref
from press.content.yaml import Loc
from press.dates import NBSP, Style


def event_date(event: Event, language: str, style: Style = "long", *, year: bool = True) -> str:
    """The date of an event in words; where it is contested, every account of it.

    The author's own words (``printed``) win, as long as they fit: the shorter styles are for axes
    and maps and always come from the data.
    """
    claims = event.dated_claims
    if not claims:
        if event.printed and style == "long":
            return event.printed
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


def claim_date(claim: Claim, language: str, style: Style = "long") -> str:
    """The date that one account gives, in words; empty where it speaks of something else."""
    if claim.date is None:
        return ""
    if claim.printed and style == "long":
        return claim.printed
    return dates.show(claim.date, language, style)


def either(words: Sequence[str], language: str) -> str:
    """Alternatives joined as the language joins them: "a, b or c"."""
    return str(format_list(list(dict.fromkeys(words)), "or", locale=locale.cldr(language)))


def span(events: Sequence[Event], language: str, precision: dates.Precision = "day") -> str:
    """From the first of the events to the last, no finer than ``precision``."""
    given = (date for event in events for date in event.all_dates)
    return dates.show(dates.spanning(dates.coarsen(date, precision) for date in given), language)


def count(ref: Ref, dossier: Dossier) -> int:
    """How many things of the kind that ``ref`` counts the dossier has."""
    if ref.rows:
        return _printed_rows(dossier, ref.rows)
    if ref.count == "events":
        chosen = dossier.chronology.events
        return sum(ref.category in (None, event.category) for event in chosen)
    things: Mapping[str, Sequence[object]] = {
        "places": dossier.gazetteer.places,
        "sources": dossier.sources.sources,
        "terms": dossier.glossary.terms,
    }
    return len(things[ref.count or "places"])


def _printed_rows(dossier: Dossier, table: str) -> int:
    """The rows of a table as they are printed: one for each account of a fact that is drawn."""
    known = addresses(dossier)
    drawn = [find(known, row.draws) if row.draws else None for row in dossier.tables[table].rows]
    facts = [found.fact if isinstance(found, Found) else None for found in drawn]
    return sum(len(fact.claims) or 1 if fact else 1 for fact in facts)


def labels(dossier: Dossier) -> Mapping[str, tuple[str, int]]:
    """Kind word and number of everything that is numbered, by anchor: ("map", 1) and so on."""
    numbered: dict[str, tuple[str, int]] = {}
    counts: dict[str, int] = {}

    def number(anchor: str, kind: str) -> None:
        counts[kind] = counts.get(kind, 0) + 1
        numbered[anchor] = (kind, counts[kind])

    for plate in dossier.plates.plates:
        number(f"plate-{plate.id}", plate.kind)
    for table in dossier.tables:
        number(f"table-{table}", "table")
    for image in dossier.images.images:
        number(f"image-{image.id}", "figure")
    return numbered


def label(dossier: Dossier, anchor: str) -> str:
    """What a numbered thing is called in print: "Map 1", "Table 2"."""
    kind, number = labels(dossier)[anchor]
    words = locale.messages(dossier.meta.language)
    return f"{words[f'label.{kind}']}\u00a0{number}"


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
    for one in (*_of_places(dossier), *_of_events(dossier), *_of_subjects(dossier)):
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


def _of_places(dossier: Dossier) -> Iterator[Found]:
    for index, place in enumerate(dossier.gazetteer.places):
        where = ("place", place.id)
        at: Loc = ("places", index)

        def found(
            name: str, fact: Fact, steps: Loc, place: Place = place, where: tuple[str, str] = where
        ) -> Found:
            anchor = f"place-{place.id}"
            return Found(*where, name, place.name, anchor, "gazetteer.yaml", steps, fact)

        yield found("name", Fact(text=place.name, sources=place.sources), (*at, "name"))
        yield found("kind", Fact(text=place.kind, sources=place.sources), (*at, "kind"))
        if place.district:
            fact = Fact(text=place.district, sources=place.sources)
            yield found("district", fact, (*at, "district"))
        if place.at:
            fact = Fact(text=degrees(place.at), sources=place.at.sources or place.sources)
            yield found("coordinates", fact, (*at, "at"))
        for name, fact in place.facts.items():
            yield found(name, fact, (*at, "facts", name))


def _of_events(dossier: Dossier) -> Iterator[Found]:
    for index, event in enumerate(dossier.chronology.events):
        at: Loc = ("events", index)
        rows = {"title": Fact(text=event.title, sources=event.sources), "date": _dated(event)}
        for name, fact in (*rows.items(), *event.facts.items()):
            key = "claims" if name == "date" and event.date is None else name
            steps = (*at, key) if name in rows else (*at, "facts", name)
            anchor = f"event-{event.id}"
            file = "chronology.yaml"
            yield Found("event", event.id, name, event.title, anchor, file, steps, fact)


def _dated(event: Event) -> Fact:
    """The date of an event as a fact, with every account of it."""
    claims = event.dated_claims
    if len(claims) > 1:
        return Fact(claims=claims)
    printed = event.printed or "".join(claim.printed for claim in claims)
    sources = event.sources or tuple(cite for claim in claims for cite in claim.sources)
    return Fact(date=event.when, printed=printed, sources=sources)


def _of_subjects(dossier: Dossier) -> Iterator[Found]:
    for index, subject in enumerate(dossier.facts.subjects):
        at: Loc = ("subjects", index)
        own = ("subject", subject.id)
        name = Fact(text=subject.name)
        yield Found(*own, "name", subject.name, "", "facts.yaml", (*at, "name"), name)
        for key, fact in subject.facts.items():
            steps = (*at, "facts", key)
            yield Found(*own, key, subject.name, "", "facts.yaml", steps, fact)


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
        return _dated(dossier.events[entry.event])
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
        return fact.printed or dates.show(fact.date, language)
    return fact.text


def basis(found: Found) -> tuple[Cite, ...]:
    """Every source that a fact rests on, those of its accounts included, each once."""
    if found.fact is None:
        cites = [cite for entry in found.entries for cite in entry.sources]
    else:
        claimed = (cite for claim in found.fact.claims for cite in claim.sources)
        cites = [*found.fact.sources, *claimed]
    return tuple(dict.fromkeys(cites))


def with_unit(words: str, unit: str) -> str:
    """A value and its unit, which no line may part."""
    return f"{words}{NBSP}{unit}" if unit else words


def degrees(at: Coordinates) -> str:
    """Decimal degrees with their hemispheres: 39.991° N, 46.927° E."""
    north, east = ("N" if at.lat >= 0 else "S"), ("E" if at.lon >= 0 else "W")
    return f"{abs(at.lat):.3f}°{NBSP}{north}, {abs(at.lon):.3f}°{NBSP}{east}"
