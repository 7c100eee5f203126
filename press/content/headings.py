"""What the index lists: a heading for each place, term and entry of ``index.yaml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from press.content.model import Dossier, IndexEntry

KINDS = ("entry", "place", "term")
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
        if entry.kind in ("place", "term"):
            added[f"{entry.kind}:{entry.id}"] = entry
        else:
            own[f"entry:{entry.id}"] = _own(entry, known)
    drawn = {heading.key: heading for heading in (*_places(dossier), *_terms(dossier))}
    for key, entry in added.items():
        if entry.skip:
            drawn.pop(key, None)
        elif key in drawn:
            drawn[key] = _extended(drawn[key], entry, known)
    return {**own, **drawn}


def keys(dossier: Dossier) -> frozenset[str]:
    """The keys of everything that the index may list."""
    entries = dossier.index.entries if dossier.index else ()
    return frozenset(
        {f"entry:{e.id}" for e in entries if e.kind not in ("place", "term")}
        | {f"place:{place.id}" for place in dossier.gazetteer.places}
        | {f"term:{term.id}" for term in dossier.glossary.terms}
    )


def resolved(target: str, known: Iterable[str]) -> str:
    """The key that ``agdam`` or ``place:agdam`` names; empty where nothing has it."""
    there = frozenset(known)
    tried = (target,) if ":" in target else tuple(f"{kind}:{target}" for kind in KINDS)
    return next((key for key in tried if key in there), "")


def _resolved(targets: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(filter(None, (resolved(target, known) for target in targets)))


def _own(entry: IndexEntry, known: frozenset[str]) -> Heading:
    written = (entry.name, *entry.also)
    said = [spoken(name) for name in written] if entry.kind == "person" else written
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
    """The heading of a place or term with what ``index.yaml`` says of it."""
    also = tuple(dict.fromkeys((*heading.also, *entry.also)))
    spellings = (*heading.spellings, entry.name, *entry.also, *entry.matches)
    return replace(
        heading,
        name=entry.name or heading.name,
        gloss=entry.gloss,
        also=_kept(also, entry.ignore),
        spellings=_kept(spellings, entry.ignore),
        under=resolved(entry.under or "", known),
        see_also=_resolved(entry.see_also, known),
    )


def _places(dossier: Dossier) -> Iterator[Heading]:
    for place in dossier.gazetteer.places:
        latin = [name.latin or name.name for name in place.names]
        others = [name for name in (*place.also, *latin) if _script(name) == _script(place.name)]
        yield Heading(
            key=f"place:{place.id}",
            kind="place",
            name=place.name,
            also=_kept(others, (place.name, plain(place.name))),
            spellings=_kept((place.name, plain(place.name), *others), ()),
            principal=f"place-{place.id}",
        )


def _terms(dossier: Dossier) -> Iterator[Heading]:
    for term in dossier.glossary.terms:
        yield Heading(
            key=f"term:{term.id}",
            kind="term",
            name=term.term,
            also=_kept(term.also, (term.term, plain(term.term))),
            spellings=_kept((term.term, plain(term.term), *term.also), ()),
            principal=f"term-{term.id}",
        )


def _kept(names: Iterable[str], ignored: Iterable[str]) -> tuple[str, ...]:
    """``names`` without repetitions and without those ``ignored``."""
    out = set(ignored)
    return tuple(dict.fromkeys(name for name in names if name and name not in out))


def spoken(name: str) -> str:
    """A name as it is said: ``Aliyev, Heydar`` becomes ``Heydar Aliyev``."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def plain(name: str) -> str:
    """A name without the brackets at its end."""
    return re.sub(r"\s*\([^()]*\)$", "", name)


def _script(name: str) -> str:
    letter = next((c for c in name if c.isalpha()), "?")
    return unicodedata.name(letter, "?").split()[0]
