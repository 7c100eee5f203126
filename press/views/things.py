"""Parts that list things by name, like the glossary: what each is, and on what that rests.

A kind of thing whose file has a ``part`` in ``press/content/kinds.py``, and no view of its own, is
printed from here, by ``templates/parts/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from press import dates
from press.base.collation import collation
from press.content import kinds
from press.content.kinds import File
from press.content.model import Dossier
from press.prose import Prose
from press.views.values import labelled


@dataclass(frozen=True)
class ThingView:
    """A thing as its author typed it, and in print what its kind ``told`` says, by field."""

    thing: Any
    anchor: str
    told: Mapping[str, Markup]
    cites: Markup
    facts: tuple[tuple[str, Markup], ...]


def view(file: File, dossier: Dossier, prose: Prose) -> tuple[ThingView, ...]:
    """The things of a file, in the language's alphabetical order."""
    kind = file.kinds[0]

    def name(thing: Any) -> str:
        return str(getattr(thing, kind.called))

    listed = kinds.things(dossier, kind.name).values()
    return tuple(
        ThingView(
            thing=thing,
            anchor=kind.anchor(thing.id),
            told={field: _told(getattr(thing, field), prose) for field in kind.told},
            cites=prose.cites(getattr(thing, "sources", ())),
            facts=labelled(thing.id, getattr(thing, "facts", {}), prose),
        )
        for thing in sorted(listed, key=lambda thing: collation(name(thing), prose.language))
    )


def _told(value: Any, prose: Prose) -> Markup:
    """A field in print: a date in words, else its Markdown."""
    if isinstance(value, dates.Date):
        return escape(dates.show(value, prose.language))
    return prose.inline(str(value or ""))
