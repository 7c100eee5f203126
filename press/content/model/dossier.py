"""The whole: everything that one content folder says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from press.content.model.chronology import Category, Chronology, Event, Phase
from press.content.model.facts import Facts
from press.content.model.glossary import Glossary, Term
from press.content.model.images import Image, Images
from press.content.model.index import Index
from press.content.model.infobox import Infobox
from press.content.model.meta import Meta
from press.content.model.people import People
from press.content.model.places import Gazetteer, Place
from press.content.model.plates import Plates
from press.content.model.questions import Questions
from press.content.model.sources import Source, Sources
from press.content.model.tables import Table
from press.content.model.values import Slug, Text, Value


class Chapter(Value):
    """A chapter of prose: Markdown, whose first heading is its title."""

    id: Slug
    number: int
    title: Text
    file: Text
    line: int = Field(description="line of ``body``'s first line in the file, from 1")
    body: Annotated[str, StringConstraints(strip_whitespace=False)]


class Dossier(Value):
    """Everything one content folder says, cross-checked.

    A field holds the value of a file; files of kinds that ``press.content.kinds`` has beside these
    are further fields.
    """

    model_config = ConfigDict(extra="allow")

    slug: Slug
    meta: Meta
    infobox: Infobox | None
    chronology: Chronology
    gazetteer: Gazetteer
    sources: Sources
    glossary: Glossary
    people: People = People()
    tables: Mapping[str, Table]
    images: Images
    plates: Plates
    facts: Facts = Facts()
    chapters: tuple[Chapter, ...]
    questions: Questions = Questions.model_validate({})
    index: Index | None = None

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """Events by id, in the order of their dates."""
        events, places = self.chronology.events, self.chronology.places_in_time
        return {events[n].id: events[n] for n in sorted(range(len(events)), key=places.__getitem__)}

    def in_time(self, events: Iterable[Event]) -> list[Event]:
        """Some of the events in the order of their dates; those of one date as they are typed."""
        wanted = {event.id for event in events}
        return [event for event in self.events.values() if event.id in wanted]

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Places by id."""
        return {place.id: place for place in self.gazetteer.places}

    @cached_property
    def bibliography(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources.sources}

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Glossary terms by id."""
        return {term.id: term for term in self.glossary.terms}

    @cached_property
    def pictures(self) -> Mapping[str, Image]:
        """Images by id."""
        return {image.id: image for image in self.images.images}

    @cached_property
    def categories(self) -> Mapping[str, Category]:
        """Categories by id, in the author's order."""
        return {category.id: category for category in self.chronology.categories}

    def phases(self) -> Iterator[tuple[Phase | None, tuple[Event, ...]]]:
        """Phases with their events in order of date; events before the first phase have None."""
        phases = sorted(self.chronology.phases, key=lambda p: p.begins.sort_key)
        starts = [p.begins.earliest for p in phases]
        groups: dict[int, list[Event]] = {}
        for event in self.events.values():
            index = sum(start <= event.when.earliest for start in starts) - 1
            groups.setdefault(index, []).append(event)
        for index in sorted(groups):
            yield (phases[index] if index >= 0 else None), tuple(groups[index])
