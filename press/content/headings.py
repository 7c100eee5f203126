"""What the index lists: a heading for each place, term and entry of ``index.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from press.base.scripts import script_of
from press.content import kinds
from press.content.kinds import Kind
from press.content.model import Dossier, IndexEntry
from press.content.model.index import OWN
from press.content.model.people import spoken

KINDS = ("entry", *(name for name, kind in kinds.KINDS.items() if kind.indexed))
"""What a heading comes from; where two claim a spelling, the first of these has it."""


@dataclass(frozen=True)
class Heading:
    """Something that the index lists: its printed name, and the spellings that count as it.

    ``key`` is ``place:agdam``; ``principal`` is the anchor of its own entry in the gazetteer or
    glossary; ``also`` are the names from which a line with "see" leads here.
    """

    key: str
    kind: str
    name: str
    gloss: str = ""
    also: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    principal: str = ""
    under: str = ""
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """What the anchors of its mentions begin with."""
        return f"ix-{self.key.replace(':', '-')}-"

    @property
    def anchor(self) -> str:
        """The anchor of its line in the index."""
        return f"index-{self.key.replace(':', '-')}"


Headings = Mapping[str, Heading]


def headings(dossier: Dossier) -> Headings:
    """Every heading of the index by key, in order of precedence; none where there is no index."""
    if dossier.index is None:
        return {}
    known = keys(dossier)
    own: dict[str, Heading] = {}
    added: dict[str, IndexEntry] = {}
    for entry in dossier.index.entries:
        key = key_of(entry, dossier)
        if key.startswith("entry:"):
            own[key] = _own(entry, known)
        else:
            added[key] = entry
    drawn = {heading.key: heading for heading in of_things(dossier)}
    for key, entry in added.items():
        if entry.skip:
            drawn.pop(key, None)
        elif key in drawn:
            drawn[key] = _extended(drawn[key], entry, known)
    return {**own, **drawn}


def keys(dossier: Dossier) -> frozenset[str]:
    """The keys of everything that the index may list."""
    entries = dossier.index.entries if dossier.index else ()
    things = (f"{kind}:{i}" for kind in KINDS[1:] for i in kinds.things(dossier, kind))
    return frozenset((*(key_of(entry, dossier) for entry in entries), *things))


def key_of(entry: IndexEntry, dossier: Dossier) -> str:
    """The key of an entry's own heading, or that of the thing to which it adds."""
    own = entry.kind in OWN and not (
        entry.kind in KINDS and entry.id in kinds.things(dossier, entry.kind)
    )
    return f"{'entry' if own else entry.kind}:{entry.id}"


def resolved(target: str, known: Iterable[str]) -> str:
    """The key that ``agdam`` or ``place:agdam`` names; empty where nothing has it."""
    there = frozenset(known)
    tried = (target,) if ":" in target else tuple(f"{kind}:{target}" for kind in KINDS)
    return next((key for key in tried if key in there), "")


def _resolved(targets: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(filter(None, (resolved(target, known) for target in targets)))


def _own(entry: IndexEntry, known: frozenset[str]) -> Heading:
    said = _said((entry.name, *entry.also), entry.kind)
    return Heading(
        key=f"entry:{entry.id}",
        kind=entry.kind,
        name=entry.name,
        gloss=entry.gloss,
        also=entry.also,
        spellings=() if entry.see else _kept((*said, *entry.matches), entry.ignore),
        under=resolved(entry.under or "", known),
        see=_resolved(entry.see, known),
        see_also=_resolved(entry.see_also, known),
    )


def _extended(heading: Heading, entry: IndexEntry, known: frozenset[str]) -> Heading:
    """The heading of a thing with what ``index.yaml`` says of it."""
    also = tuple(dict.fromkeys((*heading.also, *entry.also)))
    spellings = (*heading.spellings, entry.name, *entry.also, *entry.matches)
    return replace(
        heading,
        name=entry.name or heading.name,
        gloss=entry.gloss or heading.gloss,
        also=_kept(also, entry.ignore),
        spellings=_kept(spellings, entry.ignore),
        under=resolved(entry.under or "", known),
        see_also=_resolved(entry.see_also, known),
    )


def of_things(dossier: Dossier) -> Iterator[Heading]:
    """The headings of places, terms and the like, as their own files have them."""
    for kind in map(kinds.KINDS.__getitem__, KINDS[1:]):
        for thing in kinds.things(dossier, kind.name).values():
            yield of_thing(kind, thing)


def of_thing(kind: Kind, thing: Any) -> Heading:
    """The heading of a place, a term or the like."""
    name: str = getattr(thing, kind.called)
    latin = (other.latin or other.name for other in getattr(thing, "names", ()))
    own = tuple(other for other in latin if script_of(other) == script_of(name))
    person = kind.indexed == "person"  # whose other languages' names are not filed by the last
    others = thing.also if person else (*thing.also, *own)
    said = _said((name, plain(name), *others), kind.indexed)
    return Heading(
        key=f"{kind.name}:{thing.id}",
        kind=kind.name,
        name=name,
        gloss=getattr(thing, kind.told[0]) if person else "",
        also=_kept(others, (name, plain(name))),
        spellings=_kept((*said, *own, *getattr(thing, "matches", ())), ()),
        principal=kind.anchor(thing.id),
    )


def _said(names: Iterable[str], kind: str) -> Iterator[str]:
    """Names as the text has them, those of persons with the last name last."""
    return (spoken(name) if kind == "person" else name for name in names)


def _kept(names: Iterable[str], ignored: Iterable[str]) -> tuple[str, ...]:
    """``names`` without repetitions and without those ``ignored``."""
    out = set(ignored)
    return tuple(dict.fromkeys(name for name in names if name and name not in out))


def plain(name: str) -> str:
    """A name without the brackets at its end."""
    return re.sub(r"\s*\([^()]*\)$", "", name)
