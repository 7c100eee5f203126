"""Parts that list things by name, like the glossary: what each is, and on what that rests.

A kind of thing whose file has a ``part`` in ``press/content/kinds.py``, and no view of its own, is
printed from here, by ``templates/parts/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from press import dates, locale
from press.base.collation import collation
from press.base.scripts import is_joined
from press.content import kinds
from press.content.kinds import File, Kind
from press.content.model import Dossier, Name, Read
from press.prose import Prose
from press.prose.sentences import begun
from press.views.values import Part, labelled

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class NameView:
    """A name in another language, what that is called and the name's standing in it."""

    name: Name
    said: str
    joined: bool
    """Whether its script joins letters or bears marks, which reach further up and down."""


@dataclass(frozen=True)
class ThingView:
    """A thing as its author typed it, and in print its words and dates, by field.

    ``names`` are its names in other languages.
    """

    thing: Any
    anchor: str
    told: Mapping[str, Markup]
    cites: Markup
    facts: tuple[tuple[str, Markup], ...]
    names: tuple[NameView, ...] = ()


def view(file: File, dossier: Dossier, prose: Prose) -> Part[ThingView] | None:
    """The part of a file, in the language's alphabetical order; None where it has no things."""
    note = prose.inline(getattr(getattr(dossier, file.field), "note", ""))
    entries = _entries(file.kinds[0], dossier, prose)
    return Part(note, entries) if entries else None


def _entries(kind: Kind, dossier: Dossier, prose: Prose) -> tuple[ThingView, ...]:

    def name(thing: Any) -> str:
        return str(getattr(thing, kind.called))

    listed = kinds.things(dossier, kind.name).values()
    return tuple(
        ThingView(
            thing=thing,
            anchor=kind.anchor(thing.id),
            told=dict(_told(thing, prose)),
            cites=begun(prose.cites(getattr(thing, "sources", ())), prose.language),
            facts=labelled(thing.id, getattr(thing, "facts", {}), prose),
            names=tuple(
                NameView(name, said_of(name, prose.language), is_joined(name.name))
                for name in getattr(thing, "names", ())
            ),
        )
        for thing in sorted(listed, key=lambda thing: collation(name(thing), prose.language))
    )


def said_of(name: Name, language: str) -> str:
    """The language and the standing of a name: "Irish, official"; "Irish name" says both."""
    called = locale.language_name(name.language, language)
    told = _WORD.findall(name.standing.casefold())
    inflects = language.partition("-")[0] != "en"
    said = all(
        any(one.startswith(word) if inflects else one == word for one in told)
        for word in _WORD.findall(called.casefold())
    )
    return name.standing if said else ", ".join(filter(None, (called, name.standing)))


def _told(thing: Any, prose: Prose) -> Iterator[tuple[str, Markup]]:
    """Each field that holds words of the dossier's own, or a date, in print."""
    for name, info in type(thing).model_fields.items():
        value = getattr(thing, name)
        if any(isinstance(mark, Read) for mark in info.metadata):
            yield name, prose.inline(value)
        elif value is None or isinstance(value, dates.Date):
            yield name, escape(dates.show(value, prose.language) if value else "")
