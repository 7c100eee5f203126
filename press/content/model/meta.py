"""dossier.yaml: what this publication is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from press.base.finding import choose
from press.base.preferences import Preferences
from press.content.model.values import (
    Language,
    Slug,
    Text,
    Title,
    TitleText,
    Value,
    WebAddress,
    When,
    Words,
    WordsText,
    as_list,
    fault,
)
from press.design import editions


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
    url: WebAddress = ""


class Rights(Value):
    """The dossier's own terms."""

    holder: Text
    licence: Text
    url: WebAddress = ""
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
        known = editions.COMBINATIONS if ":" in name else tuple(editions.EDITIONS)
        hint = choose(name, known)
        raise fault("E212", editions.unfit(name) or f"no edition is called {name!r}", hint)
    return name


def _named(value: object) -> object:
    """Editions in a list, or in one text with commas, as a command names them."""
    names = value if isinstance(value, list | tuple) else [value]
    found: list[object] = []
    for name in names:
        found += (editions.listed(name) if isinstance(name, str) else ()) or [name]
    return tuple(found)


EditionName = Annotated[
    str,
    AfterValidator(_edition),
    WithJsonSchema({"type": "string", "enum": ["all", *editions.EDITIONS, *editions.COMBINATIONS]}),
]
"""The name of an edition, or all of them."""


def _lower(name: object) -> object:
    return name.lower() if isinstance(name, str) else name


ThemeName = Annotated[str, Field(pattern=r"^[^/#]+$")]
"""A theme by name, as its file has it; whether there is one, a check says (E209)."""
PaperName = Annotated[str, BeforeValidator(_lower)]
"""A paper by name, in letters of either case: A4, letter."""


StandardName = Annotated[Literal["", "pdf/a-3a+ua-1", "pdf/a-4f+ua-2"], BeforeValidator(_lower)]
"""A pair of standards by name, in letters of either case."""


class Revision(Value):
    """What was changed after the dossier was first issued."""

    date: When
    note: Text


class Meta(Value):
    """dossier.yaml: what this publication is."""

    title: TitleText
    subtitle: Title = ""
    standfirst: WordsText
    language: Language = "en"
    issued: When
    span: When | None = None
    kicker: str = ""
    imprint: Imprint
    rights: Rights
    attributions: tuple[Attribution, ...] = ()
    disclaimer: Words = ""
    keywords: tuple[Text, ...] = ()
    citation_style: Slug = "chicago-fullnote-bibliography"
    theme: ThemeName = ""
    wording: tuple[Wording, ...] = Field((), description="words that are not used, and why")
    allow: tuple[Allowance, ...] = Field((), description="warnings that may stand, and why")
    strict: bool = Field(False, description="warnings stop a build: every fact must have a source")
    editions: Annotated[tuple[EditionName, ...], BeforeValidator(_named)] = Field(
        default=("dossier",), min_length=1
    )
    paper: PaperName = ""
    standard: StandardName = Field(
        "", description="the pair of standards that a PDF keeps; the edition's own where not said"
    )
    revisions: tuple[Revision, ...] = Field((), description="changes since it was issued")
    appendix: Annotated[tuple[Literal["facts", "evidence"], ...], BeforeValidator(as_list)] = Field(
        (),
        description="facts: every fact with its sources and pages; evidence: what these say",
    )

    @property
    def preferences(self) -> Preferences:
        """The editions, theme and paper that it names."""
        return Preferences(editions.spread(self.editions), self.theme, self.paper)


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
