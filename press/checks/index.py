"""The index before it is made: every see leads somewhere, and no spelling belongs to two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from press.base.finding import Finding, did_you_mean
from press.content import headings
from press.content.load import Loaded
from press.content.model import IndexEntry

FILE = "index.yaml"
_HOMES = "add it to index.yaml, gazetteer.yaml or glossary.yaml"


def leads_nowhere(loaded: Loaded) -> Iterator[Finding]:
    """E241: a see, a see also, an under or a place names what the index does not list.

    Why: A reader who looks up one name is sent to another, and finds nothing there.
    Wrong: - {id: peak, kind: subject, name: peak, see: mattehorn}
    Right: - {id: peak, kind: subject, name: peak, see: matterhorn}
    Remedy: Correct the id, or add it to index.yaml, gazetteer.yaml or glossary.yaml. Where an
        entry, a place and a term share an id, write entry:, place: or term: before it.
    """
    ids = {kind: loaded.declared[kind] for kind in headings.KINDS}
    if None in ids.values():
        return
    added = {entry.id for entry in _entries(loaded) if entry.kind in ("place", "term")}
    ids["entry"] = (ids["entry"] or frozenset()) - added
    declared = {f"{kind}:{ident}" for kind, there in ids.items() for ident in there or ()}
    left_out = _left_out(loaded)
    for number, entry in enumerate(_entries(loaded)):
        for key, step, target in _targets(entry):
            found = headings.resolved(target, declared)
            if found and (found not in left_out or step == ("id",)):
                continue
            there = {name.partition(":")[2] for name in declared}
            hint = did_you_mean(target.partition(":")[2] or target, there, _HOMES)
            message = f"{key} leads to {target!r}, which the index does not have"
            if found:
                message = f"{key} leads to {target!r}, which skip leaves out"
                hint = "delete one of the two"
            yield loaded.finding(FILE, ("entries", number, *step), "E241", message, hint)


def leads_round(loaded: Loaded) -> Iterator[Finding]:
    """E242: a see leads to another see or back, or a heading stands under itself.

    Why: A see must end at pages; a reader sent on twice, or round, gives up.
    Wrong: - {id: peak, kind: subject, name: peak, see: summit}
        - {id: summit, kind: subject, name: summit, see: peak}
    Right: - {id: peak, kind: subject, name: peak, see: summit}
        - {id: summit, kind: subject, name: summit}
    Remedy: Lead each see to the heading that has the pages.
    """
    listed = headings.headings(loaded.dossier)
    for number, entry in enumerate(_entries(loaded)):
        key = _key(entry)
        for step, target in enumerate(entry.see):
            found = listed.get(headings.resolved(target, listed))
            if found is None or not found.see:
                continue
            where = "itself" if found.key == key else f"{found.name!r}, which has no pages either"
            message = f"see leads to {where}"
            hint = "lead to the heading that has the pages"
            yield loaded.finding(FILE, ("entries", number, "see", step), "E242", message, hint)
        for step, target in enumerate(entry.see_also):
            if key and headings.resolved(target, listed) == key:
                round_ = ("entries", number, "see-also", step)
                yield loaded.finding(FILE, round_, "E242", "see also leads to itself", "delete it")
        if key in listed and _under_itself(key, listed):
            message = "the heading stands under itself"
            loc = ("entries", number, "under")
            yield loaded.finding(FILE, loc, "E242", message, "put one of them at the top")


def _under_itself(key: str, listed: Mapping[str, headings.Heading]) -> bool:
    seen: set[str] = set()
    above = listed[key].under
    while above in listed and above not in seen:
        if above == key:
            return True
        seen.add(above)
        above = listed[above].under
    return False


def shared_spellings(loaded: Loaded) -> Iterator[Finding]:
    """W243: two headings of the index are looked for under one spelling.

    Why: The press cannot know whom a name means that two share; it counts every mention for the
        first, entries before places and places before terms.
    Wrong: - {id: carrel, kind: person, name: "Carrel, Jean-Antoine", matches: Carrel}
        - {id: abbe, kind: person, name: "Carrel, Georges", matches: Carrel}
    Right: - {id: carrel, kind: person, name: "Carrel, Jean-Antoine", matches: Carrel}
        - {id: abbe, kind: person, name: "Carrel, Georges", matches: Abbé Carrel}
    Remedy: Give each its own spellings, and mark the other's passages by [[entry:abbe|Carrel]].
    """
    owners: dict[str, headings.Heading] = {}
    numbers = {_key(entry): number for number, entry in enumerate(_entries(loaded))}
    for heading in headings.headings(loaded.dossier).values():
        for spelling in heading.spellings:
            first = owners.setdefault(spelling, heading)
            if first is heading:
                continue
            number = numbers.get(heading.key, numbers.get(first.key))
            loc = ("entries", number) if number is not None else ("entries",)
            message = f"{spelling!r} is both {first.name!r} and {heading.name!r} in the index"
            hint = f"put it in ignore: of {first.key} or {heading.key}; the first has it now"
            yield loaded.finding(FILE, loc, "W243", message, hint)


def _entries(loaded: Loaded) -> tuple[IndexEntry, ...]:
    return loaded.dossier.index.entries if loaded.dossier.index else ()


def _key(entry: IndexEntry) -> str:
    return f"{entry.kind if entry.kind in ('place', 'term') else 'entry'}:{entry.id}"


def _left_out(loaded: Loaded) -> frozenset[str]:
    return frozenset(_key(entry) for entry in _entries(loaded) if entry.skip)


def _targets(entry: IndexEntry) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """(what leads, steps to it, where it leads) of everything in an entry that leads on."""
    if entry.kind in ("place", "term"):
        yield "the entry", ("id",), f"{entry.kind}:{entry.id}"
    if entry.under:
        yield "under", ("under",), entry.under
    yield from (("see", ("see", n), target) for n, target in enumerate(entry.see))
    yield from (("see-also", ("see-also", n), target) for n, target in enumerate(entry.see_also))
