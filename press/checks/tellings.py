"""All that a dossier tells with a date or a number, each with the words that stand beside it.

Sentences, captions, rows, answers and cells; events, facts, people and sources; and the words that
are kept of sources. What is told twice can be held together without knowing what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log
from typing import TypeVar

from press.base.finding import Place, place_text
from press.checks.clock import clocks
from press.checks.excerpts import kept, languages_of
from press.checks.known import Known, addressed, known, own_sentences, stems_of
from press.checks.numerals import numbers
from press.checks.texts import QUOTED, REFERENCE, passages
from press.checks.units import units_of
from press.content import facts
from press.content.load import Loaded
from press.content.model import Person, Row, Table
from press.content.walk import each
from press.dates import Date
from press.dates.typed import typed

Day = tuple[int | None, int, int]
"""Year, if there is one, month, and day."""


Key = TypeVar("Key")


@dataclass(frozen=True)
class GivenValue:
    """A number or a day in a text: where it stands, and what it may mean.

    ``things`` are the stems of the words behind a number, ``unit`` the first spelling of its unit;
    ``year`` is one by itself.
    """

    begin: int
    end: int
    numbers: frozenset[float] = frozenset()
    days: tuple[Day, ...] = ()
    things: frozenset[str] = frozenset()
    unit: str = ""
    year: int = 0

    @property
    def years(self) -> frozenset[int]:
        """The years that it names."""
        named = {day[0] for day in self.days if day[0] is not None}
        return frozenset(named | ({self.year} if self.year else set()))


@dataclass(frozen=True, eq=False)
class Telling:
    """A text with what it tells: its words, its values, and the sources that it cites or is of.

    ``at`` says where an offset stands, for a text of the dossier's own; ``whole`` is the same with
    what it quotes.
    """

    text: str
    whole: str
    stems: frozenset[str]
    values: tuple[GivenValue, ...]
    sources: frozenset[str]
    at: Callable[[int], Place] | None = None
    quoted: tuple[GivenValue, ...] = ()
    name: str = ""
    label: frozenset[str] = frozenset()
    language: str = "en"

    @property
    def every(self) -> tuple[GivenValue, ...]:
        """Its values, also those that it quotes or draws."""
        return (*self.values, *self.quoted)

    @property
    def where(self) -> str:
        """Where its text stands: a file and line, or what it is of."""
        return place_text(self.at(0)) if self.at else self.name

    def shown(self, value: GivenValue) -> str:
        """A value as it is typed, or what it means where the press prints it."""
        if value.end and value in self.values:
            return repr(self.text[value.begin : value.end])
        if value.days:
            return " or ".join(_iso(*day) for day in value.days)
        return " or ".join(f"{number:,g}" for number in sorted(value.numbers))


def _iso(year: int | None, month: int, day: int) -> str:
    parts = (f"{year:04}" if year is not None else "", f"{month:02}", f"{day:02}" if day else "")
    return "-".join(filter(None, parts))


@dataclass(frozen=True, eq=False)
class Everything:
    """All that is told: by number, day, year and stem; and how much a stem says."""

    tellings: tuple[Telling, ...]
    by_number: Mapping[float, tuple[Telling, ...]]
    by_day: Mapping[tuple[int, int], tuple[Telling, ...]]
    by_stem: Mapping[str, tuple[Telling, ...]]
    by_year: Mapping[int, tuple[Telling, ...]]

    @property
    def scale(self) -> float:
        """How much stems can say here, beside a dossier of a thousand tellings."""
        return min(1.0, log(len(self.tellings) + 1) / log(_MANY))

    def weight(self, stem: str) -> float:
        """How much it says that two texts share a stem: the rarer, the more."""
        return log(len(self.tellings) / max(1, len(self.by_stem.get(stem, ())))) if stem else 0.0


_MANY = 1000


@lru_cache(maxsize=2)
def told(loaded: Loaded) -> Everything:
    """All that a dossier tells with a date or a number."""
    every = tuple(one for one in _tellings(loaded) if one.stems)
    by_number: dict[float, dict[Telling, None]] = {}
    by_day: dict[tuple[int, int], dict[Telling, None]] = {}
    by_stem: dict[str, dict[Telling, None]] = {}
    by_year: dict[int, dict[Telling, None]] = {}
    for one in every:
        for value in one.every:
            for number in value.numbers:
                by_number.setdefault(number, {})[one] = None
            for year in value.years:
                by_year.setdefault(year, {})[one] = None
            for _, month, day in value.days:
                by_day.setdefault((month, day), {})[one] = None
        for stem in one.stems:
            by_stem.setdefault(stem, {})[one] = None
    return Everything(
        every, _frozen(by_number), _frozen(by_day), _frozen(by_stem), _frozen(by_year)
    )


def _frozen(found: Mapping[Key, Mapping[Telling, None]]) -> Mapping[Key, tuple[Telling, ...]]:
    return {key: tuple(tellings) for key, tellings in found.items()}


def _tellings(loaded: Loaded) -> Iterator[Telling]:
    data = known(loaded)
    yield from _sentences(loaded, data)
    yield from _values(loaded, data)
    yield from _claims(loaded, data)
    for source, cites in kept(loaded).items():
        for cite in cites:
            told_by = f"{cite.text}; {cite.by}"
            found = tuple(values_in(told_by, data.language, languages_of(cite, loaded)))
            stems = stems_of(told_by, data.language)
            yield Telling(told_by, told_by, stems, found, frozenset({source}), name="excerpt")
    yield from _data(loaded, data)


# -- values ----------------------------------------------------------------------------------------


def values_in(text: str, language: str, others: Iterable[str] = ()) -> Iterator[GivenValue]:
    """Every day and number of a text; years by themselves are none."""
    languages = tuple(dict.fromkeys((language, *others)))
    spans: list[tuple[int, int]] = []
    for tag in languages:
        for date in typed(text, tag):
            spans.append((date.begin, date.end))
            days = tuple((date.year, date.month, day) for day in date.days)
            yield GivenValue(date.begin, date.end, days=days or ((date.year, date.month, 0),))
    spans += [(clock.begin, clock.end) for clock in clocks(text, language)]
    found: dict[tuple[int, int], set[float]] = {}
    every = [*numbers(text, *languages)]
    every += [(m.start(), m.end(), float(m[1].replace(",", ""))) for m in _ORDINAL.finditer(text)]
    for begin, end, value in every:
        if not any(first <= begin < last for first, last in spans):
            found.setdefault((begin, end), set()).add(value)
    for match in _YEAR.finditer(text):
        counts = _unit(language).match(text, match.end())
        if not counts and not any(first <= match.start() < last for first, last in spans):
            found.pop(match.span(), None)
            yield GivenValue(*match.span(), year=int(match[0]))
    for (begin, end), values in found.items():
        things, unit = counted(text, end, language)
        yield GivenValue(begin, end, frozenset(values), things=things, unit=unit)


_AROUND = 40
"""Letters before and behind a value within which words are close to it."""


def around(text: str, value: GivenValue) -> frozenset[str]:
    """The stems of the words close to a value."""
    before, behind = text[max(0, value.begin - _AROUND) : value.begin], text[value.end :]
    return stems_of(f"{before}; {behind[:_AROUND]}", "en")


_YEAR = re.compile(r"(?<![\w.,:/£$€#-])(?:1[0-9]|20)\d\d(?![\w%]|[.,]\d|[-–]\d{3})(?=\W|$)")
_ORDINAL = re.compile(r"(?<![\w.,])(\d[\d,]*)(?:st|nd|rd|th)(?!\w)")


_NEAR = re.compile(r"[.,;:()\ufffd\ufffc]")


@lru_cache(maxsize=8192)
def counted(text: str, end: int, language: str) -> tuple[frozenset[str], str]:
    """What a number counts by the three words behind it, and the first spelling of its unit."""
    behind = _NEAR.split(text[end : end + 60])[0]
    unit = _unit(language).match(text, end)
    name = units_of(language).like(unit[1])[1][0] if unit else ""
    return stems_of(" ".join(behind.split()[:3]), language), name


@lru_cache(maxsize=16)
def _unit(language: str) -> re.Pattern[str]:
    forms = sorted(
        (form for group in units_of(language).groups for form in group), key=len, reverse=True
    )
    return re.compile(rf"[\s\u00a0\u202f-]*({'|'.join(map(re.escape, forms))})(?!\w)")


def dates_of(date: Date) -> tuple[Day, ...]:
    """The first and the last day of a date, as they are compared with typed ones."""
    both = (date.earliest, date.latest)
    if date.precision != "day":
        return ((both[0].year, both[0].month, 0),) if both[0].month == both[1].month else ()
    return tuple(dict.fromkeys((one.year, one.month, one.day) for one in both))


# -- texts -----------------------------------------------------------------------------------------


def _sentences(loaded: Loaded, data: Known) -> Iterator[Telling]:
    """Each sentence of the dossier's own, also those in captions, notes, questions and events."""
    for passage, offset, text in own_sentences(loaded):
        if passage.name == "entry.text" and not passage.file.endswith("questions.yaml"):
            continue  # rows and cells are told with their labels
        whole = passage.text[offset : offset + len(text)]
        sentence = data.read(passage, offset, text)
        quoted = tuple(values_in(whole, data.language)) if QUOTED in text else ()
        written = passage.written[offset : offset + len(text)]
        drawn = tuple(_drawn(loaded, written))
        own = tuple(values_in(text, data.language))
        yield Telling(
            text, whole, sentence.stems | stems_of(whole, data.language), own, sentence.sources,
            sentence.at, (*quoted, *drawn), passage.name,
        )  # fmt: skip


_FACT = re.compile(r"\{\s*fact\s*:\s*(?P<id>[^\s{},|]+)")


def _drawn(loaded: Loaded, written: str) -> Iterator[GivenValue]:
    """The values that the press prints in a text: of events and facts."""
    for match in REFERENCE.finditer(written):
        if event := loaded.dossier.events.get(match["id"]):
            yield GivenValue(
                0, 0, days=tuple(day for date in event.all_dates for day in dates_of(date))
            )
    language = known(loaded).language
    for match in _FACT.finditer(written):
        for found in addressed(loaded).get(match["id"], ()):
            for text in _texts(found):
                yield from values_in(text, language)


def _texts(found: facts.Found) -> Iterator[str]:
    if found.fact:
        yield from filter(None, (found.fact.text, *(one.text for one in found.fact.claims)))


def _claims(loaded: Loaded, data: Known) -> Iterator[Telling]:
    """What accounts say, in their fields."""
    for passage in passages(loaded):
        if passage.name.startswith("claim."):
            found = tuple(values_in(passage.text, data.language))
            stems = stems_of(passage.text, data.language)
            yield Telling(passage.text, passage.text, stems, found, frozenset(), name="claim")


def _values(loaded: Loaded, data: Known) -> Iterator[Telling]:
    """Rows of the infobox and cells of tables, with their labels and the cells beside them."""
    for at, row in each(loaded, Row):
        for steps, entry in row.entries:
            if entry.text:
                cited = frozenset(cite.source for cite in (*row.sources, *entry.sources))
                yield _value(data, entry.text, row.label, at(*steps), "row", cited)
    for at, table in each(loaded, Table):
        labels = {column.key: column.label for column in table.columns}
        for index, line in enumerate(table.rows):
            for key, cell in line.cells.items():
                others = " ".join(c.text for k, c in line.cells.items() if k != key and c.text)
                said = f"{table.title} {labels.get(key, '')} {others}"
                if cell.text and cell.text != str(index + 1):  # the number of the row
                    cited = frozenset(cite.source for cite in (*line.sources, *cell.sources))
                    yield _value(data, cell.text, said, at("rows", index, key), "cell", cited)


def _value(
    data: Known, text: str, label: str, place: Place, name: str, sources: frozenset[str]
) -> Telling:
    stems = stems_of(f"{label} {text}", data.language)
    counted_by = stems_of(label, data.language)
    found = tuple(
        replace(one, things=one.things or counted_by) if one.numbers else one
        for one in values_in(text, data.language)
    )
    return Telling(text, text, stems, found, sources, lambda _: place, name=name)


# -- data ------------------------------------------------------------------------------------------


def _data(loaded: Loaded, data: Known) -> Iterator[Telling]:
    """Events with their dates, facts with their numbers, people with their lives."""
    language = data.language
    for event in loaded.dossier.events.values():
        places = " ".join(loaded.dossier.places[p].name for p in event.places if p in data.places)
        days = tuple(day for date in event.all_dates for day in dates_of(date))
        stems = stems_of(f"{event.title}; {event.text}; {places}", language)
        yield Telling(event.title, event.title, stems, (GivenValue(0, 0, days=days),), frozenset(),
                      name=f"event {event.id}", label=data.titles[event.id])  # fmt: skip
    for address, same in addressed(loaded).items():
        for found in same:
            if found.fact and "facts" in found.loc:
                fact = found.fact
                scopes = "; ".join((fact.scope, *(f"{c.scope} {c.says}" for c in fact.claims)))
                owner = loaded.dossier.events.get(found.id)
                text = f"{found.subject}; {fact.label}; {found.name.replace('-', ' ')}; {scopes}"
                text += f"; {owner.title}; {owner.text}" if owner else ""
                counts = stems_of(f"{fact.unit} {fact.label}", language)
                unit = units_of(language).like(fact.unit)[1][0]
                values = tuple(
                    GivenValue(0, 0, one.numbers, one.days, one.things | counts, unit or one.unit)
                    for text_ in _texts(found)
                    for one in values_in(text_, language)
                )
                label = stems_of(found.name.replace("-", " "), language)
                yield Telling(text, text, stems_of(text, language), values, frozenset(),
                              name=f"fact {address}", label=label)  # fmt: skip
    for _, person in each(loaded, Person):
        born, died = (dates_of(date) if date else () for date in (person.born, person.died))
        for word, days in (("born birth", born), ("died death", died)):
            if days:
                stems = stems_of(f"{person.name} {word}", language)
                yield Telling(person.name, person.name, stems, (GivenValue(0, 0, days=days),),
                              frozenset(), name=f"person {person.id}")  # fmt: skip
    for source in loaded.dossier.bibliography.values():
        if source.issued:
            text = f"{source.title} {source.container}"
            yield Telling(text, text, stems_of(text, language),
                          (GivenValue(0, 0, days=dates_of(source.issued)),), frozenset({source.id}),
                          name=f"source {source.id}")  # fmt: skip
