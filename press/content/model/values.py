"""What all values of a dossier are made of: text, ids, dates, citations, points, accounts."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from press import dates
from press.content.model.coordinates import decimal


class Value(BaseModel):
    """Base of all values: immutable, closed, keys written with hyphens in YAML.

    Of the keys in ``one_of`` one must be given; the first is the plainest. What is worked out from
    the fields once (``cached_property``) stays with the value.
    """

    one_of: ClassVar[tuple[str, ...]] = ()

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        alias_generator=lambda name: name.replace("_", "-"),
        str_strip_whitespace=True,
    )

    def __copy__(self) -> Self:
        """A copy to be changed (``model_copy``), without what was worked out from the fields."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


def fault(
    code: str, message: str, hint: str = "", at: tuple[str | int, ...] = ()
) -> PydanticCustomError:
    """A validation error that carries our stable code and its remedy.

    ``at`` are the steps from the value to the key that is one too many in it, where there is one.
    """
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint, "at": at})


Text = Annotated[str, Field(min_length=1)]


def _web(value: str) -> str:
    if not value:
        return value
    if not re.match(r"^https?://[^\s/]+", value):
        hint = "begin with https:// or http://"
        if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#]\S*)?", value):
            hint = f"write https://{value}"
        raise fault("E140", f"{value!r} is not a web address", hint)
    if len(parts := value.split()) > 1:
        raise fault("E140", *_divided(value, parts))
    host = re.sub(r"^https?://|[/?#].*", "", value)
    if "," in host or value.endswith((",", ";")):
        what = "has a comma in the name of its host" if "," in host else "ends with a comma"
        hint = f"write {value.replace(host, host.replace(',', '.')).rstrip(',;')}"
        raise fault("E140", f"{value!r} {what}", hint)
    return value


def _divided(value: str, parts: Sequence[str]) -> tuple[str, str]:
    """Message and remedy for an address with a blank in it: two, or one with its page, or one."""
    rest = " ".join(parts[1:])
    if any(re.match(r"https?://", part) for part in parts[1:]):
        return f"{value!r} is more than one address", f"write {parts[0]}"
    if parts[0].endswith((",", ";")) or re.match(r"[^\W\d_]{1,2}\.\s*\d", rest):
        hint = f"write {parts[0].rstrip(',;')}; {rest!r} belongs where the source is cited"
        return f"{value!r} goes on behind the address", hint
    return f"{value!r} has a blank in it", f"write {'%20'.join(parts)}, or without the blank"


WebAddress = Annotated[str, AfterValidator(_web)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]


@dataclass(frozen=True)
class Refers:
    """Marks an id as that of a thing elsewhere, of one of these ``kinds``."""

    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """Marks a text as words of the dossier's own, which editorial checks read."""

    title: bool = False


Words = Annotated[str, Read()]
WordsText = Annotated[Text, Read()]
Title = Annotated[str, Read(title=True)]
TitleText = Annotated[Text, Read(title=True)]
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
        description="where a fact stands: its subject, a full stop, its name: town.population",
    ),
]


def _parse_when(value: object) -> dates.Date:
    if isinstance(value, dates.Date):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = f"[{','.join(value)}]"  # EDTF's list, which YAML has taken for its own
    if isinstance(value, dict):
        hint = "write a span like 1900/1902, or [1900,1902] for one of the two"
        raise fault("E104", "dates in braces are dates that all hold", hint)
    if not isinstance(value, str):
        raise fault("E104", "the date is not text", "write an EDTF date like 1900-08-23")
    try:
        return dates.parse(value)
    except dates.DateError as error:
        raise fault("E104", error.message, error.hint) from None


When = Annotated[
    dates.Date,
    PlainValidator(_parse_when),
    WithJsonSchema(
        {
            "type": ["string", "integer", "array"],
            "description": "EDTF date: 1900, 1900-08, 1900-08-23, 1900-08~, 1900-08-08/1900-08-10",
        }
    ),
]
"""An EDTF date (ISO 8601-2) as a field of a model."""


Level = Literal["read", "read in part", "quoted in", "not read"]
"""How far a source was read, from most to least: the third is what another source quotes of it."""
MOST_WORDS = 40
"""Words of an excerpt at the most: as many as may be quoted of anything, with attribution."""
NO_TEXT = "no text at hand"
"""What is written for an excerpt where nobody has kept the words."""


def _short_enough(says: str) -> str:
    if (words := len(says.split())) > MOST_WORDS:
        message = f"an excerpt of {words} words; {MOST_WORDS} may be quoted"
        raise fault("E119", message, "keep the words that bear the statement out, with … between")
    return says


Quoted = Annotated[str, AfterValidator(_short_enough)]
"""The words of a source, as they stand there."""


class Excerpt(Value):
    """Words of a source, and the place where they stand."""

    at: str = Field(default="", description="the place in the source: p. A4")
    says: Quoted = Field(
        default="", description="its own words, forty at the most; or: no text at hand"
    )
    by: str = Field(
        default="", description="whose words they are, where they are not the source’s own"
    )

    @property
    def text(self) -> str:
        """The words; "" where there are none, or nobody has kept them."""
        return "" if self.says == NO_TEXT else self.says


class Cite(Excerpt):
    """A source and the place in it, ``dewaal, pp. 225–226``, with what it says there.

    ``id`` stands for ``source``, and the place may stand behind it without its key:
    ``{id: sun-0826, p. A4, says: "Up to 2,000 have crossed …", level: read}``.
    """

    source: SourceId
    level: Level | None = Field(
        default=None, description="how far it was read; else as its source says"
    )
    via: str = Field(
        default="", description="where these words were read, if not in the source itself"
    )

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if isinstance(value, str):
            key, _, at = value.partition(",")
            return {"source": key.strip().lstrip("@"), "at": at.strip()}
        if isinstance(value, dict) and "id" in value and "source" not in value:
            return {"source": value["id"], **{k: v for k, v in value.items() if k != "id"}}
        return value

    @property
    def bare(self) -> Cite:
        """The source and the place alone."""
        return Cite(source=self.source, at=self.at)


def as_list(value: object) -> object:
    """A single value as a list of one; lists, and nothing, as they are."""
    return value if isinstance(value, list | tuple) or value is None else [value]


Cites = Annotated[tuple[Cite, ...], BeforeValidator(as_list)]
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(as_list)]
Events = Annotated[tuple[EventId, ...], BeforeValidator(as_list)]
Places = Annotated[tuple[PlaceId, ...], BeforeValidator(as_list)]
Things = Annotated[tuple[ThingId, ...], BeforeValidator(as_list)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(as_list)]
Expected = Annotated[tuple[Words, ...], BeforeValidator(as_list)]


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
                hint = "write latitude, longitude in decimal degrees, like 48.858, 2.294"
                if meant := decimal(value):
                    hint = f"write {meant}"
                if not any(sign.isdigit() for sign in value):
                    hint = "delete at: where nobody knows it; else write decimal degrees"
                message = f"coordinates {value!r} are not two numbers"
                raise fault("E120", message, hint) from None
            return {"lat": lat, "lon": lon}
        return value

    @property
    def point(self) -> tuple[float, float]:
        """Longitude and latitude, in the order of what draws."""
        return self.lon, self.lat

    @model_validator(mode="after")
    def _on_earth(self) -> Self:
        if not (math.isfinite(self.lat) and math.isfinite(self.lon)):
            raise fault("E121", "coordinates are not finite numbers", "write 48.858, 2.294")
        if abs(self.lat) > 90 or abs(self.lon) > 180:
            swapped = abs(self.lon) <= 90 and abs(self.lat) <= 180
            hint = (
                f"latitude comes first: {self.lon:g}, {self.lat:g}"
                if swapped
                else "latitude is -90 to 90, longitude -180 to 180"
            )
            raise fault("E121", f"{self.lat:g}, {self.lon:g} is off the Earth", hint)
        return self


class Claim(Value):
    """One of several accounts of the same fact: a date or a text, who says so, and where."""

    one_of = ("date", "text")

    date: When | None = None
    printed: Words = ""
    text: Words = ""
    scope: str = Field("", description="what is counted or meant, where accounts measure apart")
    says: WordsText
    sources: Cites = ()
    preferred: bool = False
    reason: Words = ""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if bool(self.date) == bool(self.text):
            message, at = "a claim needs a date or a text, and not both", ("text",)
            raise fault("E130", message, "keep one of them", at if self.text else ())
        if self.preferred and not self.reason:
            hint = "add reason: why this account is better"
            raise fault("E131", "a preferred claim gives no reason", hint, ("preferred",))
        return self


def check_claims(claims: tuple[Claim, ...]) -> None:
    """Refuses a single account, which is no dispute, and two that are preferred."""
    if len(claims) == 1:
        hint = "add the other account, or write it plainly"
        raise fault("E132", "a single claim is not a dispute", hint, ("claims",))
    preferred = [number for number, claim in enumerate(claims) if claim.preferred]
    if len(preferred) > 1:
        at = ("claims", preferred[1], "preferred")
        raise fault("E133", "two claims are preferred", "prefer one at most", at)
