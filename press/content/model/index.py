"""index.yaml: headings of the index that are neither places nor terms, and additions to these."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from press.content.model.values import Cites, Slug, Texts, Value, as_list, fault

IndexKind = Literal["person", "organisation", "subject", "place", "term"]
OWN = ("person", "organisation", "subject")
"""Kinds of entries that may be headings of their own."""
Target = Annotated[str, Field(pattern=r"^([a-z]+:)?[a-z0-9][a-z0-9-]*$")]
Targets = Annotated[tuple[Target, ...], BeforeValidator(as_list)]


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
    sources: Cites = Field((), description="who says what the gloss does")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        drawn = self.kind not in OWN
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
