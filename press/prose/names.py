"""What ``[[…]]`` can name: everything in the dossier that has an id."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from press.base.finding import did_you_mean
from press.content import kinds
from press.content.headings import key_of
from press.content.model import Dossier, IndexEntry


@dataclass(frozen=True)
class Thing:
    """Something with a place in print; ``name`` is what a reader calls it."""

    kind: str
    id: str
    name: str

    @property
    def anchor(self) -> str:
        """The HTML id under which it is printed."""
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True)
class Unknown:
    """Why a name leads nowhere, and the remedy."""

    code: str
    message: str
    hint: str


Names = Mapping[str, Mapping[str, Thing]]
"""Things by kind and id."""


def names(dossier: Dossier) -> Names:
    """Everything that ``[[…]]`` can name, by kind and id."""
    return {
        kind.name: {
            ident: Thing(kind.name, ident, kind.name_of(thing))
            for ident, thing in kinds.things(dossier, kind.name).items()
            if not isinstance(thing, IndexEntry) or _of_its_own(thing, dossier)
        }
        for kind in kinds.KINDS.values()
        if kind.linked
    }


def _of_its_own(entry: IndexEntry, dossier: Dossier) -> bool:
    """Whether an entry of the index is a heading with pages."""
    return key_of(entry, dossier).startswith("entry:") and not entry.see


def find(names: Names, written: str) -> Thing | Unknown:
    """The thing that ``agdam`` or ``place:agdam`` names; Unknown if there is none, or several."""
    kind, colon, id_ = (part.strip() for part in written.partition(":"))
    if not colon:
        return _find_bare(names, kind)
    if kind not in names:
        hint = did_you_mean(kind, names, f"the kinds are {', '.join(names)}")
        return Unknown("P203", f"{kind!r} is not a kind of thing", hint)
    if thing := names[kind].get(id_):
        return thing
    hint = nearest(id_, names[kind].values()) or _elsewhere(names, id_)
    return Unknown(
        "P201", f"there is no {kind} {id_!r}", hint or f"add it, or correct the {kind}'s id"
    )


def _find_bare(names: Names, id_: str) -> Thing | Unknown:
    found = [things[id_] for things in names.values() if id_ in things]
    if len(found) > 1:  # an entry of the index is meant only where its kind is given, or alone
        found = [thing for thing in found if thing.kind != "entry"]
    if len(found) == 1:
        return found[0]
    if found:
        ways = " or ".join(f"[[{thing.kind}:{id_}]]" for thing in found)
        what = " and ".join(f"{_article(thing.kind)} {thing.kind}" for thing in found)
        return Unknown("P202", f"{id_!r} is {what}", f"write {ways}")
    every = [thing for things in names.values() for thing in things.values()]
    hint = nearest(id_, every) or "add it to the dossier, or correct the id"
    return Unknown("P201", f"nothing here has the id {id_!r}", hint)


def nearest(word: str, things: Iterable[Thing]) -> str:
    """The ids that ``word`` may have meant, by id or by name; empty where none is near."""
    known = list(things)
    named = [thing.id for thing in known if thing.name.casefold() == word.casefold()]
    if named:
        return did_you_mean(named[0], named)
    return did_you_mean(word.casefold().replace(" ", "-"), {thing.id for thing in known})


_FIRST = ("place", "event", "term")
"""Kinds of things of which most dossiers have some, and readers know what they are."""
_SHOWN = re.compile(
    r"(?<=\[\[)(?P<thing>[^\]|]+)|(?<=@)(?P<source>[\w-]+)(?=[,\]])"
    r"|(?<=\{fact: )(?P<fact>[\w.-]+)|(?<=\(image:)(?P<image>[\w -]+)"
)


def with_own_ids(hint: str, names: Names, sources: Collection[str], facts: Collection[str]) -> str:
    """A remedy that shows a mark, with what the dossier has: what is shown, or the nearest."""
    of_kinds = sorted(names, key=lambda kind: kind not in _FIRST)
    left = {
        "thing": [ident for kind in of_kinds for ident in names[kind]],
        "source": list(sources),
        "fact": list(facts),
        "image": list(names["image"]),
    }

    def own(match: re.Match[str]) -> str:
        word: str = match[0]
        kind = match.lastgroup or "thing"
        if kind == "thing" and not isinstance(find(names, word), Unknown):
            return word
        near = get_close_matches(word, left[kind], n=1)
        every = () if kind == "image" and word != "ID" else left[kind]
        found: str = next(iter((*near, *every, word)))
        if kind != "thing" and found in left[kind]:
            left[kind].remove(found)  # the next one that is shown is another
        return found

    return _SHOWN.sub(own, hint)


def _elsewhere(names: Names, id_: str) -> str:
    kinds = [f"[[{kind}:{id_}]]" for kind, things in names.items() if id_ in things]
    return did_you_mean(kinds[0], kinds) if kinds else ""


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
