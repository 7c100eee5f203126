"""The dossier as values: frozen, complete, with no unknown keys.

Every scalar in YAML arrives here as text and the schema decides what it is, so ``NO``, ``010``,
``12:30`` and ``1993-07-26`` stay what the author wrote. Short forms (``sources: [dewaal]``,
``at: 39.99, 46.93``) are widened by validators; the JSON Schemas show both forms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from press import dates
from press.base.finding import did_you_mean
from press.design import editions


class Value(BaseModel):
    """Base of all values: immutable, closed, keys written with hyphens in YAML."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        alias_generator=lambda name: name.replace("_", "-"),
        str_strip_whitespace=True,
    )


def fault(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """A validation error that carries our stable code and its remedy."""
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


# -- scalars -----------------------------------------------------------------------------------

Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]


@dataclass(frozen=True)
class Refers:
    """Marks an id as that of a thing elsewhere, of one of these ``kinds``."""

    kinds: tuple[str, ...]


CategoryId = Annotated[Slug, Refers(("category",))]
EventId = Annotated[Slug, Refers(("event",))]
PlaceId = Annotated[Slug, Refers(("place",))]
PlateId = Annotated[Slug, Refers(("plate",))]
SourceId = Annotated[Slug, Refers(("source",))]
TableId = Annotated[Slug, Refers(("table",))]
TermId = Annotated[Slug, Refers(("term",))]
ThingId = Annotated[Slug, Refers(("event", "place", "term"))]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Address = Annotated[
    str,
    Field(
        pattern=r"^([a-z]+:)?[a-z0-9][a-z0-9-]*\.[a-z0-9][a-z0-9-]*$",
        max_length=180,
        description="where a fact stands: its subject, a full stop, its name: agdam.displaced",
    ),
]


def _parse_when(value: object) -> dates.Date:
    if isinstance(value, dates.Date):
        return value
    if not isinstance(value, str):
        raise fault("E104", "the date is not text", "write an EDTF date like 1993-08-23")
    try:
        return dates.parse(value)
    except dates.DateError as error:
        raise fault("E104", error.message, error.hint) from None


When = Annotated[
    dates.Date,
    PlainValidator(_parse_when),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "description": "EDTF date: 1993, 1993-08, 1993-08-23, 1993-08~, 1993-08-08/1993-08-10",
        }
    ),
]
"""An EDTF date (ISO 8601-2) as a field of a model."""


class Cite(Value):
    """A source and the place in it: ``dewaal, pp. 225–226``."""

    source: SourceId
    at: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if isinstance(value, str):
            key, _, at = value.partition(",")
            return {"source": key.strip().lstrip("@"), "at": at.strip()}
        return value


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) or value is None else [value]


Cites = Annotated[tuple[Cite, ...], BeforeValidator(_as_list)]
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(_as_list)]
Events = Annotated[tuple[EventId, ...], BeforeValidator(_as_list)]
Places = Annotated[tuple[PlaceId, ...], BeforeValidator(_as_list)]
Things = Annotated[tuple[ThingId, ...], BeforeValidator(_as_list)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]


class Coordinates(BaseModel):
    """A point on WGS 84 in decimal degrees, latitude north, longitude east."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    lat: float
    lon: float
    sources: Cites = Field(
        default=(), description="who gives the point; otherwise the place's sources"
    )

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if isinstance(value, str):
            parts = [p.strip().replace("−", "-") for p in value.split(",")]
            try:
                lat, lon = (float(p) for p in parts)
            except ValueError:
                raise fault(
                    "E120",
                    f"coordinates {value!r} are not two numbers",
                    "write latitude, longitude in decimal degrees, like 39.991, 46.927",
                ) from None
            return {"lat": lat, "lon": lon}
        return value

    @model_validator(mode="after")
    def _on_earth(self) -> Self:
        if not (math.isfinite(self.lat) and math.isfinite(self.lon)):
            raise fault("E121", "coordinates are not finite numbers", "write 39.991, 46.927")
        if abs(self.lat) > 90 or abs(self.lon) > 180:
            swapped = abs(self.lon) <= 90 and abs(self.lat) <= 180
            hint = (
                f"latitude comes first: {self.lon:g}, {self.lat:g}"
                if swapped
                else "latitude is -90 to 90, longitude -180 to 180"
            )
            raise fault("E121", f"{self.lat:g}, {self.lon:g} is off the Earth", hint)
        return self


# -- claims ------------------------------------------------------------------------------------


class Claim(Value):
    """One of several accounts of the same fact: a date or a text, who says so, and where."""

    date: When | None = None
    printed: str = ""
    text: str = ""
    scope: str = Field("", description="what is counted or meant, where accounts measure apart")
    says: Text
    sources: Cites = ()
    preferred: bool = False
    reason: str = ""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if bool(self.date) == bool(self.text):
            raise fault("E130", "a claim needs a date or a text, and not both", "keep one of them")
        if self.preferred and not self.reason:
            hint = "add reason: why this account is better"
            raise fault("E131", "a preferred claim gives no reason", hint)
        return self


def _check_claims(claims: tuple[Claim, ...]) -> None:
    if len(claims) == 1:
        raise fault(
            "E132", "a single claim is not a dispute", "add the other account, or write it plainly"
        )
    if sum(claim.preferred for claim in claims) > 1:
        raise fault("E133", "two claims are preferred", "prefer one at most")


# -- facts -------------------------------------------------------------------------------------


class Fact(Value):
    """One value, typed once and printed wherever its address is named."""

    text: str = Field(default="", description="the value in words or figures")
    date: When | None = None
    printed: str = Field(default="", description="the date in words, where EDTF cannot say it")
    claims: tuple[Claim, ...] = Field(
        default=(), description="instead of one value: accounts that differ"
    )
    unit: str = Field(default="", description="printed behind the value: people, km²")
    label: str = Field(default="", description="what the value is called in lists: Displaced")
    scope: str = Field(default="", description="what is counted or meant")
    says: str = Field(default="", description="who says so, in words")
    note: str = ""
    sources: Cites = ()

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"text": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [kind for kind in ("text", "date", "claims") if getattr(self, kind)]
        if len(given) != 1:
            what = f"{' and '.join(given)} together" if given else "no value"
            raise fault("E114", f"this fact has {what}", "give one of text, date or claims")
        _check_claims(self.claims)
        return self

    @property
    def contested(self) -> bool:
        """Whether accounts of it differ."""
        return bool(self.claims)


class Subject(Value):
    """What facts are about that is neither a place nor an event: a campaign, a treaty, a person."""

    id: Slug
    name: Text
    facts: dict[Slug, Fact] = Field(min_length=1)


class Facts(Value):
    """facts.yaml: subjects and their facts."""

    subjects: tuple[Subject, ...] = ()


# -- dossier.yaml ------------------------------------------------------------------------------


class Imprint(Value):
    """Who issues the dossier, where, and how to reach them."""

    publisher: Text
    place: str = ""
    series: str = ""
    edition: str = ""
    contact: str = ""
    note: str = ""


class Attribution(Value):
    """Credit that a licence or courtesy asks for."""

    what: Text
    credit: Text
    licence: str = ""
    url: str = ""


class Rights(Value):
    """The dossier's own terms."""

    holder: Text
    licence: Text
    url: str = ""
    note: str = ""


class Wording(Value):
    """A word that the dossier does not use in its own voice, and why."""

    word: Text
    instead: str = Field("", description="what to write in its place")
    reason: Text
    quoted_allowed: bool = Field(True, description="whether it may stand in a quotation")


class Allowance(Value):
    """A warning that was looked at and may stand, and why."""

    code: Annotated[str, Field(pattern=r"^[A-Z][0-9]{3}$")]
    where: Text = Field(description="file, id of the entry, or words of the line or finding")
    reason: Text


def _edition(name: str) -> str:
    if name != "all" and editions.find(name) is None:
        known = editions.combinations() if ":" in name else tuple(editions.EDITIONS)
        hint = did_you_mean(name, known, f"there are {', '.join(known)}")
        raise fault("E212", editions.unfit(name) or f"no edition is called {name!r}", hint)
    return name


EditionName = Annotated[
    str,
    AfterValidator(_edition),
    WithJsonSchema(
        {"type": "string", "enum": ["all", *editions.EDITIONS, *editions.combinations()]}
    ),
]
"""The name of an edition, or all of them."""


def _lower(name: object) -> object:
    return name.lower() if isinstance(name, str) else name


PaperName = Annotated[str, BeforeValidator(_lower)]
"""A paper by name, in letters of either case: A4, letter."""


class Revision(Value):
    """What was changed after the dossier was first issued."""

    date: When
    note: Text


class Meta(Value):
    """dossier.yaml: what this publication is."""

    title: Text
    subtitle: str = ""
    standfirst: Text
    language: Language = "en"
    issued: When
    span: When | None = None
    kicker: str = ""
    imprint: Imprint
    rights: Rights
    attributions: tuple[Attribution, ...] = ()
    disclaimer: str = ""
    keywords: tuple[Text, ...] = ()
    citation_style: Slug = "chicago-fullnote-bibliography"
    theme: Slug = "default"
    wording: tuple[Wording, ...] = Field((), description="words that are not used, and why")
    allow: tuple[Allowance, ...] = Field((), description="warnings that may stand, and why")
    strict: bool = Field(False, description="warnings stop a build: every fact must have a source")
    editions: tuple[EditionName, ...] = Field(default=("dossier",), min_length=1)
    paper: PaperName = ""
    standard: Literal["", "pdf/a-3a+ua-1", "pdf/a-4f+ua-2"] = Field(
        "", description="the pair of standards that a PDF keeps; the edition's own where not said"
    )
    revisions: tuple[Revision, ...] = Field((), description="changes since it was issued")
    appendix: Annotated[tuple[Literal["facts"], ...], BeforeValidator(_as_list)] = Field(
        (), description="facts: a list of every fact with its sources and pages"
    )


UNTITLED: Mapping[str, object] = MappingProxyType(
    {
        "title": "…",
        "standfirst": "…",
        "issued": "9999-12-31",
        "imprint": {"publisher": "…"},
        "rights": {"holder": "…", "licence": "…"},
    }
)
"""What stands in for the keys that dossier.yaml must have while they are broken.

Nothing is issued on such a dossier; nothing is later than its date, so that no check complains.
"""


# -- infobox.yaml ------------------------------------------------------------------------------


class Ref(Value):
    """A fact that stands elsewhere and is printed from there: exactly one key is given."""

    event: EventId | None = None
    span: tuple[EventId, EventId] | None = Field(None, description="first and last event")
    place: PlaceId | None = None
    places: Places = ()
    term: TermId | None = None
    count: Literal["events", "places", "sources", "terms"] | None = None
    category: CategoryId | None = Field(None, description="narrows count: events")
    rows: TableId | None = Field(None, description="counts the rows of a table")
    fact: Address | None = Field(None, description="a fact by its address: agdam.displaced")
    precision: Literal["day", "month", "year"] = "day"


_KINDS_OF_VALUE = (
    "text", "event", "span", "place", "places", "term", "count", "rows", "fact", "claims",
)  # fmt: skip


class Entry(Ref):
    """A value: text (inline Markdown), a reference, or claims; with note and sources."""

    text: str = ""
    note: str = ""
    sources: Cites = ()
    claims: tuple[Claim, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"text": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [kind for kind in _KINDS_OF_VALUE if getattr(self, kind)]
        if len(given) != 1:
            what = f"{' and '.join(given)} together" if given else "nothing to print"
            hint = f"give exactly one of {', '.join(_KINDS_OF_VALUE)}"
            raise fault("E110", f"this value has {what}", hint)
        _check_claims(self.claims)
        return self


def _as_entries(value: object) -> object:
    return value if isinstance(value, list | tuple) or value is None else [value]


Entries = Annotated[tuple[Entry, ...], BeforeValidator(_as_entries)]


class Side(Value):
    """One of the two columns of a two-sided row."""

    heading: str = ""
    values: Entries = Field(min_length=1)


class Row(Value):
    """A labelled row with one or several values, or two sides that face each other."""

    id: Slug | None = Field(None, description="a name by which prose prints the row: infobox.ID")
    label: Text
    value: Entries = ()
    sides: tuple[Side, ...] = ()
    essential: bool = Field(False, description="printed on the handout; all rows where none is")
    note: str = ""
    sources: Cites = ()

    @model_validator(mode="after")
    def _value_or_sides(self) -> Self:
        if bool(self.value) == bool(self.sides):
            raise fault("E111", f"row {self.label!r} needs value or sides", "keep one of them")
        if self.sides and len(self.sides) != 2:
            raise fault("E112", f"row {self.label!r} has {len(self.sides)} sides", "give two sides")
        return self


class Infobox(Value):
    """infobox.yaml: the ordered rows of the box."""

    title: str = ""
    rows: tuple[Row, ...] = Field(min_length=1)
    note: str = ""


# -- chronology.yaml ---------------------------------------------------------------------------

Sign = Literal["circle", "square", "triangle", "diamond", "cross", "ring", "bar", "star"]


class Category(Value):
    """A kind of event, told apart by sign as well as by colour."""

    id: Slug
    label: Text
    sign: Sign


class Phase(Value):
    """A stretch of the chronology, from its date until the next phase begins."""

    id: Slug
    title: Text
    begins: When


class Event(Value):
    """Something that happened: when, where, what, and who says so."""

    id: Slug
    date: When | None = None
    printed: str = Field("", description="the date in words, where EDTF cannot say it")
    title: Text
    text: Text
    places: Places = ()
    near: bool = Field(False, description="the place stands for an area nearby")
    category: CategoryId
    essential: bool = False
    after: Events = Field((), description="events that came before this one and led to it")
    sources: Cites = ()
    claims: tuple[Claim, ...] = ()
    facts: dict[Slug, Fact] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _dated(self) -> Self:
        dated = [claim for claim in self.claims if claim.date]
        if self.date is None and not dated:
            raise fault(
                "E104", "event has no date", "write a year, a day, or an EDTF date like 1993-08~"
            )
        if self.date is not None and dated:
            raise fault(
                "E134",
                "the date stands both in date and in claims",
                "keep the claims; the chronology prints them all",
            )
        _check_claims(self.claims)
        return self

    @property
    def dated_claims(self) -> tuple[Claim, ...]:
        """The accounts of the date; empty where nobody disputes it."""
        return tuple(claim for claim in self.claims if claim.date)

    @property
    def dated(self) -> Fact:
        """Its date as a fact, with every account of it."""
        claims = self.dated_claims
        if len(claims) > 1:
            return Fact(claims=claims)
        printed = self.printed or "".join(claim.printed for claim in claims)
        sources = self.sources or tuple(cite for claim in claims for cite in claim.sources)
        return Fact(date=self.when, printed=printed, sources=sources)

    @property
    def contested(self) -> bool:
        """Whether sources disagree about anything in this event."""
        return bool(self.claims)

    @property
    def when(self) -> dates.Date:
        """The date that orders the event: its own, the preferred claim's, or the earliest."""
        if self.date is not None:
            return self.date
        preferred = [c.date for c in self.claims if c.date and c.preferred]
        return min(preferred or self.all_dates, key=lambda date: date.sort_key)

    @property
    def all_dates(self) -> tuple[dates.Date, ...]:
        """Every date some source gives."""
        return (self.date,) if self.date else tuple(c.date for c in self.dated_claims if c.date)


class Chronology(Value):
    """chronology.yaml: categories, phases and events."""

    categories: tuple[Category, ...] = Field(min_length=1)
    phases: tuple[Phase, ...] = ()
    events: tuple[Event, ...] = Field(min_length=1)


# -- gazetteer.yaml ----------------------------------------------------------------------------


class Name(Value):
    """A name of a place in one language and script."""

    language: Language
    name: Text
    latin: str = ""
    standing: str = ""


class Place(Value):
    """A place: what it is called, by whom, where it lies, and what it is."""

    id: Slug
    name: Text
    also: Texts = ()
    names: tuple[Name, ...] = ()
    at: Coordinates | None = None
    kind: Text
    district: str = ""
    role: str = ""
    geonames: int | None = None
    sources: Cites = ()
    note: str = ""
    facts: dict[Slug, Fact] = Field(default_factory=dict)


class Gazetteer(Value):
    """gazetteer.yaml."""

    places: tuple[Place, ...] = Field(min_length=1)
    note: str = ""


# -- sources.yaml ------------------------------------------------------------------------------

SourceKind = Literal["primary", "secondary", "reference", "press"]
CslType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "collection", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case",
    "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
    "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
    "standard", "thesis", "treaty", "webpage",
]  # fmt: skip


class Source(Value):
    """A bibliographic entry in CSL terms."""

    id: Slug
    type: CslType
    kind: SourceKind
    author: Texts = ()
    editor: Texts = ()
    translator: Texts = ()
    title: Text
    container: str = ""
    collection: str = ""
    publisher: str = ""
    place: str = ""
    issued: When | None = None
    accessed: When | None = None
    page: str = ""
    volume: str = ""
    issue: str = ""
    number: str = Field("", description="report number or document symbol, S/RES/853 (1993)")
    edition: str = ""
    genre: str = ""
    event: str = ""
    archive: str = ""
    url: str = ""
    doi: str = ""
    isbn: str = ""
    languages: Annotated[tuple[Language, ...], BeforeValidator(_as_list)] = ()
    via: str = Field("", description="where it was read, if not at the source")
    checked: Text = Field(description="how it was checked: what was read, in which form")
    short: str = Field("", description="label used in tables, like AP, 29 June 1993")
    note: str = ""

    @field_validator("url")
    @classmethod
    def _web(cls, value: str) -> str:
        if value and not re.match(r"^https?://[^\s/]+", value):
            raise fault("E140", f"{value!r} is not a web address", "begin with https:// or http://")
        return value


class Sources(Value):
    """sources.yaml."""

    sources: tuple[Source, ...] = Field(min_length=1)
    note: str = ""


# -- glossary.yaml, tables/*.yaml, images/images.yaml --------------------------------------------


class Term(Value):
    """A glossary entry."""

    id: Slug
    term: Text
    also: Texts = ()
    definition: Text
    sources: Cites = ()


class Glossary(Value):
    """glossary.yaml."""

    terms: tuple[Term, ...] = ()


class Column(Value):
    """A column of a free table."""

    key: Slug
    label: Text
    align: Literal["start", "end", "centre"] = "start"
    numeric: bool = False
    draws: (
        Literal["subject", "label", "value", "figure", "unit", "scope", "says", "note"] | None
    ) = Field(None, description="what it takes of the fact that a row draws; figure: without unit")


class TableRow(Value):
    """One row: a cell for each column, with sources for the row.

    A row that ``draws`` a fact takes its cells from it, a row for each account; cells of its own
    stand in their place.
    """

    cells: dict[Slug, Entry] = Field(default_factory=dict)
    draws: Address | None = None
    sources: Cites = ()

    @model_validator(mode="before")
    @classmethod
    def _cells_beside_sources(cls, value: object) -> object:
        if isinstance(value, dict) and "cells" not in value:
            own = {k: v for k, v in value.items() if k in ("sources", "draws")}
            return {"cells": {k: v for k, v in value.items() if k not in own}, **own}
        return value


class Table(Value):
    """tables/<id>.yaml: columns, rows, note."""

    title: Text
    columns: tuple[Column, ...] = Field(min_length=1)
    rows: tuple[TableRow, ...] = Field(min_length=1)
    note: str = ""
    sources: Cites = ()


class Image(Value):
    """A picture with all that must be printed or spoken with it."""

    id: Slug
    file: Text
    alt: Text
    caption: Text
    credit: Text
    licence: Text
    url: str = ""
    sources: Cites = ()


class Images(Value):
    """images/images.yaml."""

    images: tuple[Image, ...] = ()


# -- plates.yaml -------------------------------------------------------------------------------


class Extent(Value):
    """A box in degrees; west may be greater than east, and then crosses the antimeridian."""

    west: float = Field(ge=-180, le=180)
    south: float = Field(ge=-90, le=90)
    east: float = Field(ge=-180, le=180)
    north: float = Field(ge=-90, le=90)

    @model_validator(mode="after")
    def _upright(self) -> Self:
        if self.south >= self.north:
            raise fault("E150", "south is not below north", "swap south and north")
        return self


class Area(Value):
    """A country or first-level unit, chosen by name or ISO code, or the author's own shape."""

    name: Text | None = None
    iso: Text | None = None
    country: Text | None = Field(None, description="narrows a name to a country (ISO 3166)")
    also: Texts = Field((), description="further names or codes, dissolved into one area")
    file: Text | None = Field(None, description="the author's GeoJSON, shapefile or GeoPackage")
    layer: str = Field("", description="the layer of a GeoPackage that has several")
    label: str = ""
    event: EventId | None = Field(None, description="the event that gives the area its date")
    style: Literal["step", "hatch", "tint", "outline"] = "step"
    legend: str = ""
    sources: Cites = ()

    @model_validator(mode="after")
    def _chosen(self) -> Self:
        if not (self.name or self.iso or self.file):
            raise fault("E151", "area is not chosen", "give name, iso or file")
        return self


class Line(Value):
    """A disputed or former boundary from the atlas, the author's own line, or a route."""

    name: Text | None = None
    file: Text | None = Field(None, description="the author's GeoJSON, shapefile or GeoPackage")
    layer: str = Field("", description="the layer of a GeoPackage that has several")
    through: Places = Field((), description="places that a route joins, first to last")
    event: EventId | None = Field(None, description="the event from which the line is shown")
    label: str = ""
    legend: Text
    style: Literal["former", "disputed", "ceasefire", "front", "route", "road"] = "former"
    fill: Literal["none", "hatch"] = "none"
    sources: Cites = ()

    @model_validator(mode="after")
    def _chosen(self) -> Self:
        if not (self.name or self.file or self.through):
            raise fault("E151", "line is not chosen", "give name, file or through")
        if len(self.through) == 1:
            raise fault("E151", "a route of one place", "give through at least two places")
        return self


class Arrow(Value):
    """A schematic direction of movement; drawn only where a source supports it."""

    through: tuple[PlaceId, ...] = Field(min_length=2, description="places, first to last")
    event: EventId | None = None
    label: str = ""
    sources: Cites = Field(min_length=1)


class LabelOffset(Value):
    """Where a label should stand against its symbol."""

    place: PlaceId
    side: Literal["N", "NE", "E", "SE", "S", "SW", "W", "NW"]


class Stage(Value):
    """One of several small maps in a row: the situation as of a date."""

    until: When
    title: str = Field("", description="printed above; otherwise the date")


class Map(Value):
    """A map plate, drawn from events and places."""

    kind: Literal["map"]
    id: Slug
    title: Text
    subtitle: str = ""
    caption: str = ""
    show: Literal["events", "places"] | tuple[PlaceId, ...] = "events"
    extent: Extent | Slugs | None = Field(None, description="a box, or places that it must hold")
    padding: float = Field(8, ge=0, le=100, description="per cent of the extent on each side")
    size: Literal["page", "half", "spread", "column", "poster"] = "page"
    projection: str = ""
    areas: tuple[Area, ...] = ()
    lines: tuple[Line, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    labels: tuple[LabelOffset, ...] = ()
    hide: tuple[PlaceId, ...] = ()
    markers: Literal["signs", "numbers"] = Field(
        "signs", description="signs of the categories, or numbers listed in the legend"
    )
    stages: tuple[Stage, ...] = Field((), max_length=6, description="small maps, one for each date")
    focus: tuple[Text, ...] = Field((), description="countries set in full colour (ISO codes)")
    language: Language | None = None
    relief: bool = True
    tints: bool = True
    rivers: bool = True
    towns: bool = Field(True, description="background towns for orientation")
    inset: bool = True
    span: When | None = Field(None, description="only events that touch this span")
    until: When | None = Field(None, description="the situation as of this date")
    dated_areas: str = Field("", description="legend heading of the areas coloured by date")
    dated_places: str = Field("", description="legend of the places that carry a date")
    blanks: Slugs = Field((), description="places to be named by hand: a number and a line each")
    filled: bool = Field(False, description="the names stand on the lines of blanks")
    note: str = ""


class Timeline(Value):
    """A timeline plate, drawn from the same events."""

    kind: Literal["timeline"]
    id: Slug
    title: Text
    subtitle: str = ""
    caption: str = ""
    show: Literal["events", "essential"] | tuple[EventId, ...] = "events"
    span: When | None = None
    size: Literal["page", "half"] = "page"
    note: str = ""


Plate = Annotated[Map | Timeline, Field(discriminator="kind")]


class Plates(Value):
    """plates.yaml."""

    plates: tuple[Plate, ...] = ()


# -- questions.yaml ----------------------------------------------------------------------------

QuestionKind = Literal["open", "choice", "true-false", "order", "match", "map"]


class Pair(Value):
    """Two things that belong together in a question of the kind ``match``."""

    item: Entry
    goes_with: Entry


class Question(Value):
    """A question for a class, with its answer: in words, or drawn from the dossier's data."""

    id: Slug
    question: Text
    kind: QuestionKind = Field(
        "open",
        description="open: written; choice: among options; true-false; order: events by their "
        "dates; match: pairs; map: answered from the map",
    )
    answer: Entries = Field((), description="the answer, or each part of it that earns a point")
    options: Entries = Field((), description="choice: the wrong answers; the right one is answer")
    order: Events = Field((), description="order: events; the press knows their order")
    pairs: tuple[Pair, ...] = Field((), description="match: what belongs together")
    because: str = Field("", description="why the answer is right, printed with the answers")
    points: int = Field(1, ge=1, le=30)
    lines: int | None = Field(None, ge=1, le=30, description="lines to write on; else by points")
    about: Things = Field((), description="events, places and terms that the question is about")
    page: str = Field("", description="where to read: page 14, or a book and its page")
    handout: bool = Field(False, description="printed on the handout")
    sources: Cites = ()

    @model_validator(mode="after")
    def _answered(self) -> Self:
        given = {name for name in ("answer", "order", "pairs") if getattr(self, name)}
        wanted = {"order": "order", "match": "pairs"}.get(self.kind, "answer")
        if wanted not in given:
            raise fault("E191", f"question of kind {self.kind} has no {wanted}", f"add {wanted}: …")
        if given != {wanted}:
            extra = ", ".join(sorted(given - {wanted}))
            hint = f"delete it, or change kind ({wanted} is what {self.kind} uses)"
            raise fault("E192", f"question of kind {self.kind} does not use {extra}", hint)
        if bool(self.options) != (self.kind == "choice"):
            hint = "give options: with kind: choice, and only there"
            raise fault("E193", f"question of kind {self.kind} and its options disagree", hint)
        if self.kind in ("choice", "true-false") and len(self.answer) != 1:
            raise fault("E194", f"question of kind {self.kind} has several answers", "keep one")
        if self.kind == "true-false" and self.answer[0].text not in ("true", "false"):
            raise fault("E194", "the answer is neither true nor false", "write answer: true")
        if len(self.order or self.pairs) == 1:
            raise fault("E195", "there is only one thing to put in its place", "give several")
        return self


class Reading(Value):
    """A passage for the page on which sources are questioned."""

    source: Cite
    text: str = Field("", description="the passage; else the quote that a chapter has from it")
    by: str = Field("", description="who speaks, where that is not the source's author")
    about: Things = ()
    introduction: str = ""
    prompts: Texts = Field((), description="what to ask of it; else who, when, for whom, and so on")


class Worksheet(Value):
    """What the worksheet takes from the dossier."""

    map: PlateId | None = Field(None, description="the map plate to label; else the first")
    label: Places = Field((), description="places to label; else those of the essential events")
    gaps: int = Field(10, ge=0, le=24, description="rows of the chronology with gaps")
    cards: int = Field(8, ge=0, le=24, description="cards to cut out and order")
    match: int = Field(6, ge=0, le=12, description="terms to match with their meanings")


class Questions(Value):
    """questions.yaml: what classes are asked, and what they are given to read."""

    questions: tuple[Question, ...] = ()
    sources_to_read: tuple[Reading, ...] = ()
    worksheet: Worksheet = Worksheet.model_validate({})


# -- index.yaml --------------------------------------------------------------------------------

IndexKind = Literal["person", "organisation", "subject", "place", "term"]
Target = Annotated[str, Field(pattern=r"^((entry|place|term):)?[a-z0-9][a-z0-9-]*$")]
Targets = Annotated[tuple[Target, ...], BeforeValidator(_as_list)]


class IndexEntry(Value):
    """A heading of the index, or what is to be added to the one of a place or term."""

    id: Slug = Field(description="its own, or that of the place or term")
    kind: IndexKind
    name: str = Field("", description="as it is filed: Aliyev, Heydar")
    gloss: str = Field("", description="printed behind the name: who or what it is")
    also: Texts = Field((), description="other names; each leads here by a line with see")
    matches: Texts = Field((), description="further spellings in the text; Karabakh* takes endings")
    ignore: Texts = Field((), description="spellings that do not count, like a word too common")
    under: Target | None = Field(None, description="the heading that it stands under")
    see: Targets = Field((), description="instead of pages: the headings to look under")
    see_also: Targets = Field((), description="beside pages: further headings")
    skip: bool = Field(False, description="leaves a place or term out of the index")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        drawn = self.kind in ("place", "term")
        if not drawn and not self.name:
            raise fault("E196", "the entry has no name", "add name: as it is filed, Aliyev, Heydar")
        if not drawn and self.skip:
            raise fault("E197", "an entry of its own is left out", "delete the entry, or skip:")
        if self.see and (drawn or self.also or self.matches or self.see_also):
            hint = "delete see, or what stands beside it; see also may stand beside pages"
            raise fault("E197", "an entry that says see has no pages of its own", hint)
        return self


class Index(Value):
    """index.yaml: where this file is, an index is printed; places and terms come by themselves."""

    note: str = ""
    entries: tuple[IndexEntry, ...] = ()


# -- the whole ---------------------------------------------------------------------------------


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
    tables: Mapping[str, Table]
    images: Images
    plates: Plates
    facts: Facts = Facts()
    chapters: tuple[Chapter, ...]
    questions: Questions = Questions.model_validate({})
    index: Index | None = None

    @property
    def events(self) -> Mapping[str, Event]:
        """Events by id, in the order of their dates."""
        return {e.id: e for e in sorted(self.chronology.events, key=lambda e: e.when.sort_key)}

    @property
    def places(self) -> Mapping[str, Place]:
        """Places by id."""
        return {place.id: place for place in self.gazetteer.places}

    @property
    def subjects(self) -> Mapping[str, Subject]:
        """What facts are about besides places and events, by id."""
        return {subject.id: subject for subject in self.facts.subjects}

    @property
    def bibliography(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources.sources}

    @property
    def terms(self) -> Mapping[str, Term]:
        """Glossary terms by id."""
        return {term.id: term for term in self.glossary.terms}

    @property
    def pictures(self) -> Mapping[str, Image]:
        """Images by id."""
        return {image.id: image for image in self.images.images}

    @property
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
