"""The index before it is made: every see leads somewhere, and no spelling belongs to two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from press.base.finding import Remark, did_you_mean
from press.checks.places import alike
from press.content import headings, kinds
from press.content.load import Loaded
from press.content.model import IndexEntry
from press.content.walk import each
from press.locale import listed


def leads_nowhere(loaded: Loaded) -> Iterator[Remark]:
    """E241: a see, a see also, an under or a place names what the index does not list.

    Why: A reader who looks up one name is sent to another, and finds nothing there.
    Wrong: - {id: peak, kind: subject, name: peak, see: mattehorn}
    Right: - {id: peak, kind: subject, name: peak, see: matterhorn}
    Remedy: Correct the id, or add it to index.yaml, people.yaml, gazetteer.yaml or glossary.yaml.
        Where an entry, a place and a term share an id, write entry:, place: or term: before it.
    """
    ids = {kind: loaded.declared[kind] for kind in headings.KINDS}
    if None in ids.values():
        return
    entries = {headings.key_of(e, loaded.dossier): e for _, e in each(loaded, IndexEntry)}
    ids["entry"] = (ids["entry"] or frozenset()) - {
        entry.id for key, entry in entries.items() if not key.startswith("entry:")
    }
    declared = {f"{kind}:{ident}" for kind, there in ids.items() for ident in there or ()}
    left_out = {key for key, entry in entries.items() if entry.skip}
    for at, entry in each(loaded, IndexEntry):
        for key, step, target in _targets(entry, loaded):
            found = headings.resolved(target, declared)
            if found and (found not in left_out or step == ("id",)):
                continue
            there = {name.partition(":")[2] for name in declared}
            homes = [*dict.fromkeys(kinds.HOMES[kind].name for kind in headings.KINDS)]
            otherwise = f"add it to {listed(homes, 'en', 'or')}"
            hint = did_you_mean(target.partition(":")[2] or target, there, otherwise)
            message = f"{key} leads to {target!r}, which the index does not have"
            if found:
                message = f"{key} leads to {target!r}, which skip leaves out"
                hint = "delete one of the two"
            yield at(*step), message, hint


def leads_round(loaded: Loaded) -> Iterator[Remark]:
    """E242: a see leads to another see or back, or a heading stands under itself.

    Why: A see must end at pages; a reader sent on twice, or round, gives up.
    Wrong: - {id: peak, kind: subject, name: peak, see: summit}
        - {id: summit, kind: subject, name: summit, see: peak}
    Right: - {id: peak, kind: subject, name: peak, see: summit}
        - {id: summit, kind: subject, name: summit}
    Remedy: Lead each see to the heading that has the pages.
    """
    there = headings.headings(loaded.dossier)
    for at, entry in each(loaded, IndexEntry):
        key = headings.key_of(entry, loaded.dossier)
        for step, target in enumerate(entry.see):
            found = there.get(headings.resolved(target, there))
            if found is None or not found.see:
                continue
            where = "itself" if found.key == key else f"{found.name!r}, which has no pages either"
            hint = "lead to the heading that has the pages"
            yield at("see", step), f"see leads to {where}", hint
        for step, target in enumerate(entry.see_also):
            if key and headings.resolved(target, there) == key:
                yield at("see-also", step), "see also leads to itself", "delete it"
        if key in there and _under_itself(key, there):
            yield at("under"), "the heading stands under itself", "put one of them at the top"


def _under_itself(key: str, there: Mapping[str, headings.Heading]) -> bool:
    seen: set[str] = set()
    above = there[key].under
    while above in there and above not in seen:
        if above == key:
            return True
        seen.add(above)
        above = there[above].under
    return False


def shared_spellings(loaded: Loaded) -> Iterator[Remark]:
    """W243: two headings of the index are looked for under one spelling.

    Why: The press cannot know whom a name means that two share; it counts every mention for the
        first: entries, then people, places and terms.
    Wrong: - {id: carrel, kind: person, name: "Carrel, Jean-Antoine", matches: Carrel}
        - {id: abbe, kind: person, name: "Carrel, Georges", matches: Carrel}
    Right: - {id: carrel, kind: person, name: "Carrel, Jean-Antoine", matches: Carrel}
        - {id: abbe, kind: person, name: "Carrel, Georges", matches: Abbé Carrel}
    Remedy: Give each its own spellings, and mark the other's passages by [[entry:abbe|Carrel]].
    """
    owners: dict[str, headings.Heading] = {}
    places = {headings.key_of(entry, loaded.dossier): at for at, entry in each(loaded, IndexEntry)}
    for heading in headings.headings(loaded.dossier).values():
        for spelling in heading.spellings:
            first = owners.setdefault(spelling, heading)
            if first is heading or _is_one_place(first.key, heading.key, loaded):
                continue
            at = places.get(heading.key) or places.get(first.key)
            both = (
                (first.name, heading.name)
                if first.name != heading.name
                else (first.key, heading.key)
            )
            message = f"{spelling!r} is both {both[0]!r} and {both[1]!r} in the index"
            hint = f"put it in ignore: of {first.key} or {heading.key}; the first has it now"
            yield at() if at else loaded.at("index.yaml", "entries"), message, hint


def _is_one_place(one: str, other: str, loaded: Loaded) -> bool:
    """Whether two headings are entries of the gazetteer of which W264 says that they are one."""
    places = loaded.dossier.places
    first, second = (places.get(key.removeprefix("place:")) for key in (one, other))
    both = one.startswith("place:") and other.startswith("place:")
    return both and first is not None and second is not None and {*alike(first)} == {*alike(second)}


def _targets(entry: IndexEntry, loaded: Loaded) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """(what leads, steps to it, where it leads) of everything in an entry that leads on."""
    key = headings.key_of(entry, loaded.dossier)
    if not key.startswith("entry:"):
        yield "the entry", ("id",), key
    if entry.under:
        yield "under", ("under",), entry.under
    yield from (("see", ("see", n), target) for n, target in enumerate(entry.see))
    yield from (("see-also", ("see-also", n), target) for n, target in enumerate(entry.see_also))
