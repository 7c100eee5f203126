"""Facts that are drawn from their address: it leads somewhere, and something is printed there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from unicodedata import normalize

from press.base.finding import Place, Remark
from press.checks.known import addressed
from press.content import facts, kinds, model
from press.content.load import Loaded
from press.content.model import Table
from press.content.walk import each


def unknown_facts(loaded: Loaded) -> Iterator[Remark]:
    """E117: a value or a row draws a fact from an address that has none.

    Why: Nothing could be printed in its place. The infobox cannot draw a row of its own either.
    Wrong: value: {fact: agdam.displayced}
    Right: value: {fact: agdam.displaced}
    Remedy: Correct the address: what the fact is about, a full stop, its name under facts:.
    """
    known = addressed(loaded)
    drawn = [(at("fact"), entry.fact) for at, entry in each(loaded, model.Entry) if entry.fact]
    drawn += [(at("draws"), row.draws) for at, row in each(loaded, model.TableRow) if row.draws]
    for at, address in drawn:
        there = facts.find(known, address)
        if isinstance(there, facts.Nowhere) and not _set_aside(loaded, address):
            yield at, there.message, there.hint
        elif at[0].endswith("infobox.yaml") and address.startswith("infobox."):
            message = f"the infobox cannot draw {address!r} from itself"
            hint = "type the fact at its place or event, or in facts.yaml, and draw it from there"
            yield at, message, hint


def _set_aside(loaded: Loaded, address: str) -> bool:
    """Whether the subject is there and broken, or in a file that cannot be read."""
    subject = address.rpartition(":")[2].partition(".")[0]
    for kind, declared in loaded.declared.items():
        if kinds.KINDS[kind].facts:
            whole = kinds.things(loaded.dossier, kind)
            if declared is None or (subject in declared and subject not in whole):
                return True
    return False


def undrawn_rows(loaded: Loaded) -> Iterator[Remark]:
    """E116: a row of a table draws a fact, and no column draws its value.

    Why: The row would be printed without what it is there for.
    Wrong: columns: [{key: figure, label: Figure}]
        rows: [{draws: agdam.displaced}]
    Right: columns: [{key: figure, label: Figure, draws: value}]
        rows: [{draws: agdam.displaced}]
    Remedy: Say in the column what it draws: value, or figure for the value without its unit.
    """
    for at, table in each(loaded, Table):
        if any(column.draws in ("value", "figure") for column in table.columns):
            continue
        for index, row in enumerate(table.rows):
            if row.draws:
                message = f"no column would print the value of {row.draws!r}"
                hint = "add draws: value to the column that shall print it"
                yield at("rows", index, "draws"), message, hint


def names_taken(loaded: Loaded) -> Iterator[Remark]:
    """E115: a fact is called like one that its subject has by another key.

    Why: The address agdam.name would be that of two facts.
    Wrong: facts: {name: {text: Agdam}}
    Right: facts: {name-of-1920: {text: Agdam}}
    Remedy: Give the fact another name. Places have name, coordinates, kind, district and role;
        events date and title; people name, role, born and died; subjects name.
    """
    for found in (one for same in addressed(loaded).values() for one in same):
        if "facts" in found.loc and found.name in kinds.KINDS[found.kind].facts:
            message = f"a fact cannot be called {found.name!r}, which the {found.kind} has already"
            yield loaded.at(found.file, *found.loc, key=True), message, "give it another name"


def unit_spelt_twice(loaded: Loaded) -> Iterator[Remark]:
    """W340: a unit is written in two ways: km2 and km².

    Why: Both are printed as they stand, often in one table. The finding stands at the rarer one.
    Wrong: unit: km2                # where the other areas have km²
    Right: unit: km²
    Remedy: Write the unit as the others have it.
    """
    typed: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for at, fact in each(loaded, model.Fact):
        if fact.unit:
            plain = normalize("NFKC", fact.unit).casefold().replace(".", "")
            typed[plain].append((at("unit"), fact.unit))
    for places in typed.values():
        spelt = Counter(unit for _, unit in places).most_common()
        for place, unit in places if len(spelt) > 1 else ():
            if unit != spelt[0][0]:
                yield place, f"{unit!r} is {spelt[0][0]!r} elsewhere", f"write {spelt[0][0]}"
