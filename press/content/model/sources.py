"""sources.yaml: the bibliography, in the terms of CSL."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from press import dates
from press.content.model.names import Names
from press.content.model.values import (
    Cite,
    Excerpt,
    Language,
    Level,
    Slug,
    Text,
    Value,
    WebAddress,
    When,
    as_list,
    fault,
)

ROLES = ("author", "editor", "translator")
"""The fields of a source that hold names."""

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


_SUPPLIED = re.compile(r"\[([^\[\],]*[^\[\],.])\]")


def _read_issued(value: object) -> object:
    """A date; one in brackets, which the source does not bear, keeps them in print."""
    match = _SUPPLIED.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or ".." in match[1]:
        return value
    try:
        return replace(dates.parse(match[1]), text=f"[{match[1].strip()}]")
    except dates.DateError as error:
        raise fault("E104", error.message, error.hint) from None


Issued = Annotated[When, BeforeValidator(_read_issued)]
"""When a source was issued: 1954, 1954~, 1954?, or [1954] where it does not say so itself."""


class Source(Value):
    """A bibliographic entry in CSL terms."""

    id: Slug
    type: CslType
    kind: SourceKind
    author: Names = ()
    editor: Names = ()
    translator: Names = ()
    title: Text
    container: str = ""
    collection: str = ""
    publisher: str = ""
    place: str = Field("", description="where it was published; of a paper, where that appears")
    issued: Issued | None = None
    accessed: When | None = None
    page: str = ""
    volume: str = ""
    issue: str = ""
    number: str = Field("", description="report number or document symbol, S/RES/242 (1967)")
    edition: str = ""
    genre: str = ""
    event: str = ""
    archive: str = ""
    url: WebAddress = ""
    doi: str = ""
    isbn: str = ""
    languages: Annotated[tuple[Language, ...], BeforeValidator(as_list)] = ()
    via: str = Field("", description="where it was read, if not at the source")
    quoted_in: Cite | None = Field(
        None, description="the source in which it was read as quoted: id-of-it, p. 225"
    )
    checked: Text = Field(description="how it was checked: what was read, in which form")
    level: Level | None = Field(
        None, description="how far it was read; where it is not said, the words of checked tell"
    )
    excerpts: tuple[Excerpt, ...] = Field(
        (), description="what it says, in its own words, for statements that chapters make"
    )
    short: str = Field("", description="label used in tables, like AP, 29 June 1900")
    note: str = ""


class Sources(Value):
    """sources.yaml."""

    sources: tuple[Source, ...] = Field(min_length=1)
    note: str = ""
