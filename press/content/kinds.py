"""What a dossier consists of: a row for each of its files, and in it one for each kind of thing.

Whatever goes through a dossier asks this table: loading, references, names in ``[[…]]``, facts and
their count, index, contents, appendix, data, difference, and the schemas for editors. A new kind is
a row here, its model in ``press/content/model``, a part in ``templates/parts/`` that the editions
list, and its sheet in ``styles/parts/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Literal

from press.content import model
from press.content.model import Dossier, Value
from press.content.model.people import spoken
from press.content.yaml import Loc


@dataclass(frozen=True)
class Kind:
    """A kind of thing with an id.

    ``key`` is the list of its file that holds it, "" where a file is one thing; ``called`` the
    field that a reader knows it by, ``told`` the fields that then say what it is. ``linked`` things
    may be named by ``[[name:id]]``, and are printed at an anchor. Each of the ``counted`` ones is a
    fact, which needs a source; ``facts`` are fields that are facts at an address, by their names in
    it: ``agdam.coordinates`` is the field ``at``; those ``stated`` are facts beside the thing
    itself. ``indexed`` things are headings of the index,
    spelt as a "name", as a "person" (last name, comma, first name) or as a "word", which also
    stands in small letters. ``numbered`` things are called by this word and a number in print,
    "Table 2"; where a thing says its own ``kind``, by that.
    """

    name: str
    key: str = ""
    called: str = "name"
    told: tuple[str, ...] = ()
    linked: bool = True
    counted: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    stated: tuple[str, ...] = ()
    indexed: Literal["", "name", "person", "word"] = ""
    numbered: str = ""

    def name_of(self, thing: Any) -> str:
        """What a reader calls a thing of this kind, as it is said in a sentence."""
        name: str = getattr(thing, self.called)
        person = "person" in (self.indexed, self.name == "entry" and thing.kind)
        return spoken(name) if person else name

    def anchor(self, ident: str) -> str:
        """The HTML id at which the thing with an id is printed; "" where it is not."""
        return f"{self.name}-{ident}" if self.linked else ""


@dataclass(frozen=True)
class File:
    """A file of a dossier, or a folder (``tables/``) in which each file is one thing.

    ``kinds`` are the things in it. ``part`` is the part of the book that prints them: its anchor,
    and its title in the catalogues of ``press/locale``; ``heading`` is the title over their facts
    in the appendix where that is another. Where the file is ``absent``, an empty value stands for
    it, or nothing does, or it is a fault; ``stand_ins`` are values, as YAML has them, for keys that
    must be there and are not valid. ``data`` is the CSV file of its things that travels in the PDF.
    Names in a folder match ``pattern``, which has a group ``id``, and are like ``example``;
    ``rule`` says that in words.
    ``attribute`` is the field of a Dossier, where it is not called like the file.
    """

    name: str
    model: type[Value]
    kinds: tuple[Kind, ...] = ()
    part: str = ""
    heading: str = ""
    absent: Literal["empty", "nothing", "fault"] = "empty"
    stand_ins: Mapping[str, Any] = field(default_factory=dict)
    data: str = ""
    pattern: str = ""
    example: str = ""
    rule: str = ""
    attribute: str = ""

    @property
    def stem(self) -> str:
        """Its name without folder and suffix: ``images``, ``tables``."""
        return PurePosixPath(self.name).stem

    @property
    def field(self) -> str:
        """The field of a Dossier that holds its value."""
        return self.attribute or self.stem

    def title(self, words: Mapping[str, str]) -> str:
        """The title over its things in a catalogue; its part's name where that has none."""
        key = self.heading or self.part
        return words[key] if key in words else key.capitalize()

    def match(self, name: str) -> re.Match[str] | None:
        """How ``name`` is that of a file in this folder; None where it is not."""
        if not (self.pattern and name.startswith(self.name)):
            return None
        return re.fullmatch(self.pattern, name.removeprefix(self.name))

    def nothing(self) -> Value | None:
        """What stands for the file where it is left out, or holds nothing that is valid."""
        if self.stand_ins:
            return self.model.model_validate(self.stand_ins)
        if self.absent == "nothing":
            return None
        empty: dict[str, Any] = {kind.key: () for kind in self.kinds}
        return self.model.model_construct(**empty)


_NAME = r"(?P<id>[a-z0-9][a-z0-9-]*)"
_ROWS = (
    File("dossier.yaml", model.Meta, absent="fault", stand_ins=model.UNTITLED, attribute="meta"),
    File("infobox.yaml", model.Infobox, (
        Kind("row", "rows", "label", linked=False),
    ), heading="infobox", absent="nothing"),
    File("chronology.yaml", model.Chronology, (
        Kind("event", "events", "title", ("dated",), counted=True,
             facts={"title": "title", "date": "dated"}),
        Kind("category", "categories", "label", linked=False),
        Kind("phase", "phases", "title", linked=False),
    ), part="chronology", data="chronology.csv"),
    File("people.yaml", model.People, (
        Kind("person", "people", "name", ("role",), counted=True, indexed="person",
             facts={"name": "name", "role": "role", "born": "born", "died": "died"}),
    ), part="people", data="people.csv"),
    File("gazetteer.yaml", model.Gazetteer, (
        Kind("place", "places", "name", ("kind", "district"), counted=True, indexed="name",
             facts={"name": "name", "kind": "kind", "district": "district", "coordinates": "at",
                    "role": "role"}, stated=("coordinates", "role")),
    ), part="gazetteer", data="gazetteer.csv"),
    File("facts.yaml", model.Facts, (
        Kind("subject", "subjects", linked=False, facts={"name": "name"}),
    ), heading="appendix.subjects", data="facts.csv"),
    File("tables/", model.Table, (
        Kind("table", called="title", numbered="table"),
    ), part="tables", pattern=rf"{_NAME}\.yaml", example="resolutions.yaml",
       rule="small letters without accents, digits and hyphens"),
    File("glossary.yaml", model.Glossary, (
        Kind("term", "terms", "term", ("definition",), counted=True, indexed="word"),
    ), part="glossary"),
    File("images/images.yaml", model.Images, (
        Kind("image", "images", "caption", ("caption",), counted=True, numbered="figure"),
    ), heading="appendix.images"),
    File("plates.yaml", model.Plates, (
        Kind("plate", "plates", "title", numbered="plate"),
    ), part="plates"),
    File("chapters/", model.Chapter, (
        Kind("chapter", called="title"),
    ), pattern=rf"(?P<number>\d{{2}})-{_NAME}\.md", example="03-the-second-summer.md",
       rule="two digits, a hyphen, then small letters without accents, digits and hyphens"),
    File("sources.yaml", model.Sources, (
        Kind("source", "sources", "title"),
    ), part="sources"),
    File("questions.yaml", model.Questions, (
        Kind("question", "questions", "question", linked=False),
    ), heading="answers"),
    File("index.yaml", model.Index, (
        Kind("entry", "entries"),
    ), part="index", absent="nothing"),
)  # fmt: skip
FILES: Mapping[str, File] = MappingProxyType({file.name: file for file in _ROWS})
"""The files of a dossier by name, in the order in which their facts are listed."""
KINDS: Mapping[str, Kind] = MappingProxyType({k.name: k for file in _ROWS for k in file.kinds})
"""The kinds of things by name."""
HOMES: Mapping[str, File] = MappingProxyType({k.name: file for file in _ROWS for k in file.kinds})
"""The file that holds the things of a kind, by the kind's name."""


def file_of(name: str) -> File | None:
    """The row of a file of a dossier; None for one that the press does not know."""
    return FILES.get(name) or next((file for file in _ROWS if file.match(name)), None)


def values(dossier: Dossier) -> Iterator[tuple[str, Value]]:
    """(name, value) of every YAML file that ``dossier`` has, or that an empty value stands for."""
    for file in _ROWS:
        held = getattr(dossier, file.field, None)
        if isinstance(held, Value):
            yield file.name, held
        elif isinstance(held, Mapping):
            yield from ((f"{file.name}{ident}.yaml", value) for ident, value in held.items())


def listed(dossier: Dossier, kind: str) -> Sequence[Any]:
    """The things of a kind in the order of their file; none where each is a file of its own."""
    held, key = getattr(dossier, HOMES[kind].field, None), KINDS[kind].key
    things: Sequence[Any] = getattr(held, key, ()) if key else ()
    return things


def entries(dossier: Dossier, kind: str) -> Iterator[tuple[Loc, Any]]:
    """The same, each with its place in the file."""
    for index, thing in enumerate(listed(dossier, kind)):
        yield (KINDS[kind].key, index), thing


def things(dossier: Dossier, kind: str) -> Mapping[str, Any]:
    """The things of a kind by id, in the order of their file."""
    held = getattr(dossier, HOMES[kind].field, ())
    if isinstance(held, Mapping):
        return held
    every = listed(dossier, kind) if KINDS[kind].key else held
    return {thing.id: thing for thing in every if thing.id}
