"""What every fact of a dossier rests on.

``stated`` lists the facts; ``docs/facts.md`` says what counts as one. A fact is counted where it is
typed: what draws it from there (dates in the infobox, rows that draw, areas of a map that show an
event, prose) is no second fact, and a map that shows the same again neither.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from press import dates, locale
from press.content import facts, kinds
from press.content.kinds import Kind
from press.content.model import (
    Area,
    Arrow,
    Cite,
    Claim,
    Dossier,
    Entry,
    Fact,
    Line,
    Map,
    Question,
)
from press.content.yaml import Loc


@dataclass(frozen=True)
class Stated:
    """One fact: what it is, where it is typed, what it rests on, and where it is printed.

    ``address`` names it among all others, ``what`` in a sentence to the author, ``called`` to the
    reader; ``value`` is what it says, with the author's inline Markdown. ``cites`` are its own
    sources and those of everything it stands in; the claims have theirs. ``anchor`` is the HTML id
    of its place in print. That it ``needs`` a source is so for all but answers, which a class finds
    in the dossier.
    """

    address: str
    what: str
    called: str
    value: str
    file: str
    loc: Loc
    anchor: str
    cites: tuple[Cite, ...]
    claims: tuple[Claim, ...] = ()
    needs: bool = True

    @property
    def contested(self) -> bool:
        """Whether accounts of it differ."""
        return bool(self.claims)

    @property
    def answers(self) -> bool:
        """Whether a class is asked for it: it stands in the answers, and on no page for pupils."""
        return not self.needs

    @property
    def every(self) -> tuple[Cite, ...]:
        """All that it rests on, each once: its own sources, then those of its claims."""
        claimed = (cite for claim in self.claims for cite in claim.sources)
        return tuple(dict.fromkeys(cite.bare for cite in (*self.cites, *claimed)))

    @property
    def gaps(self) -> tuple[tuple[Loc, str], ...]:
        """Where a source is missing, with what misses it."""
        if not self.claims:
            return () if self.cites or not self.needs else ((self.loc, self.what),)
        return tuple(
            ((*self.loc, "claims", index), "this claim")
            for index, claim in enumerate(self.claims)
            if not claim.sources
        )


# -- what counts as a fact ---------------------------------------------------------------------


def stated(dossier: Dossier) -> Iterator[Stated]:
    """Every fact of ``dossier``, file by file, in the order in which they are typed."""
    apart = {
        "infobox.yaml": _infobox,
        "tables/": _tables,
        "plates.yaml": _plates,
        "questions.yaml": _answers,
        "index.yaml": _glosses,
    }
    for name, file in kinds.FILES.items():
        if name in apart:
            yield from apart[name](dossier)
            continue
        for kind in file.kinds:
            for loc, thing in kinds.entries(dossier, kind.name):
                yield from _thing(thing, kind, loc, dossier)


def _thing(thing: Any, kind: Kind, loc: Loc, dossier: Dossier) -> Iterator[Stated]:
    """A thing, where its kind is counted; where it lies; and the facts that are named under it."""
    language, ident, anchor = facts.language_of(dossier), thing.id, kind.anchor(thing.id)
    state = partial(Stated, file=kinds.HOMES[kind.name].name, anchor=anchor)
    called = facts.label(dossier, anchor) if kind.numbered else getattr(thing, kind.called)
    what = f"{kind.name} {ident!r}"
    if kind.counted:
        yield state(
            address=ident if kind.facts else f"{kind.name}:{ident}",
            what=what,
            called=called,
            value=", ".join(filter(None, (_told(thing, key, language) for key in kind.told))),
            loc=loc,
            cites=thing.sources,
            claims=getattr(thing, "claims", ()),
        )
    for name, step, fact in facts.facts_of(thing, kind, dossier):
        named = step[0] == "facts"
        if named or name in kind.stated:
            own = fact.label or name if named else locale.messages(language)[name]
            yield state(
                address=f"{ident}.{name}",
                what=f"fact {f'{ident}.{name}'!r}" if named else f"{_OF.get(name, name)} of {what}",
                called=f"{called}: {own}",
                value=facts.value(fact, language),
                loc=(*loc, *step),
                cites=fact.sources,
                claims=fact.claims,
            )


_OF = {"coordinates": "the position", "role": "the role"}


def _told(thing: Any, key: str, language: str) -> str:
    """What a field of ``thing`` says, in words."""
    match getattr(thing, key):
        case Fact() as fact:
            return facts.value(fact, language)
        case dates.Date() as date:
            return dates.show(date, language)
        case text:
            return text or ""


def _infobox(dossier: Dossier) -> Iterator[Stated]:
    """Values typed in the infobox; what refers to a fact elsewhere is counted there."""
    for index, row in enumerate(dossier.infobox.rows if dossier.infobox else ()):
        for number, (steps, entry) in enumerate(row.entries):
            if not (entry.text or entry.claims):
                continue
            yield Stated(
                address=f"infobox.{row.id or index + 1}" + (f".{number + 1}" if number else ""),
                what=f"the value of row {row.label!r}",
                called=row.label,
                value=entry.text or row.label,
                file="infobox.yaml",
                loc=("rows", index, *steps),
                anchor="infobox",
                cites=(*entry.sources, *row.sources),
                claims=entry.claims,
            )


def _tables(dossier: Dossier) -> Iterator[Stated]:
    """Rows with something typed in them; a row made of references, or drawn, states nothing new."""
    for name, table in dossier.tables.items():
        anchor = kinds.KINDS["table"].anchor(name)
        label, state = (
            facts.label(dossier, anchor),
            partial(Stated, file=f"tables/{name}.yaml", anchor=anchor),
        )
        for index, row in enumerate(table.rows):
            if row.draws:
                continue
            around = (*row.sources, *table.sources)
            if typed := [entry for entry in row.cells.values() if entry.text]:
                first, *others = (entry.text for entry in typed)
                yield state(
                    address=f"table:{name}.{index + 1}",
                    what=f"row {index + 1} of table {name!r}",
                    called=f"{label}: {first}",
                    value="; ".join(others) or first,
                    loc=("rows", index),
                    cites=(*(cite for entry in typed for cite in entry.sources), *around),
                )
            for key, entry in row.cells.items():
                if entry.claims:
                    yield state(
                        address=f"table:{name}.{index + 1}.{key}",
                        what=f"cell {key!r}",
                        called=f"{label}: {key}",
                        value="",
                        loc=("rows", index, key),
                        cites=(*entry.sources, *around),
                        claims=entry.claims,
                    )


def _plates(dossier: Dossier) -> Iterator[Stated]:
    """What a map shows by the author's word: shaded areas, own lines, and movements, each once."""
    shown: set[Hashable] = set()
    for index, plate in enumerate(dossier.plates.plates):
        if not isinstance(plate, Map):
            continue
        anchor = kinds.KINDS["plate"].anchor(plate.id)
        drawn: list[tuple[str, int, Area | Line | Arrow]] = []
        drawn += [("areas", n, area) for n, area in enumerate(plate.areas) if _asserts(area)]
        drawn += [("lines", n, line) for n, line in enumerate(plate.lines) if _asserts(line)]
        drawn += [("arrows", n, arrow) for n, arrow in enumerate(plate.arrows)]
        for key, number, item in drawn:
            said = (key, item.model_copy(update={"sources": ()}).model_dump_json())
            if said in shown:
                continue
            shown.add(said)
            happened = dossier.events.get(item.event or "")
            own = [happened.sources, *(c.sources for c in happened.claims)] if happened else []
            yield Stated(
                address=f"plate:{plate.id}.{key}.{number + 1}",
                what=f"{key.removesuffix('s')} {number + 1} of map {plate.id!r}",
                called=facts.label(dossier, anchor),
                value=_drawn(item, dossier),
                file="plates.yaml",
                loc=("plates", index, key, number),
                anchor=anchor,
                cites=(*item.sources, *(cite for cites in own for cite in cites)),
            )


def _asserts(item: Area | Line) -> bool:
    """Whether it says more than the atlas, whose makers the colophon credits, and an event do."""
    if isinstance(item, Area):
        return bool(item.file or (not item.event and item.style not in ("outline", "name")))
    return bool(item.file or item.through)


def _drawn(item: Area | Line | Arrow, dossier: Dossier) -> str:
    through = () if isinstance(item, Area) else item.through
    places = [dossier.places[ident].name for ident in through if ident in dossier.places]
    if item.label or places:
        return item.label or " – ".join(places)
    if isinstance(item, Arrow):
        return ""
    return item.legend or item.name or item.file or ""


def _answers(dossier: Dossier) -> Iterator[Stated]:
    """Answers that are typed; those drawn from the data are counted there.

    What an open question has without a source is no fact but what a class may think of it.
    """
    for loc, question in kinds.entries(dossier, "question"):
        claims = tuple(claim for entry in question.answer for claim in entry.claims)
        own = [pair.goes_with for pair in question.pairs] or question.answer
        typed = [entry for entry in own if not _draws(entry)]
        if not typed or (question.kind == "open" and not (question.sources or claims)):
            continue
        yield Stated(
            address=f"question:{question.id}",
            what=f"the answer to question {question.id!r}",
            called=question.question,
            value=_answered(question, typed, dossier),
            file="questions.yaml",
            loc=loc,
            anchor="",
            cites=(*(cite for entry in typed for cite in entry.sources), *question.sources),
            claims=claims,
            needs=False,
        )


def _draws(entry: Entry) -> bool:
    """Whether a value is drawn from a fact that is counted elsewhere."""
    return bool(entry.event or entry.span or entry.fact or entry.count or entry.rows)


def _answered(question: Question, typed: list[Entry], dossier: Dossier) -> str:
    if question.kind == "true-false":
        said = locale.messages(facts.language_of(dossier))[f"worksheet.{typed[0].text}"]
        return f"{said}: {question.because}" if question.because else said
    listed = (entry.text for entry in typed if entry.text)
    named = (place.name for e in typed for i in e.places if (place := dossier.places.get(i)))
    terms = {term.id: term.term for term in dossier.glossary.terms}
    return "; ".join((*listed, *named, *(terms.get(e.term or "", "") for e in typed if e.term)))


def _glosses(dossier: Dossier) -> Iterator[Stated]:
    """What the index says of somebody or something by the author's own words."""
    for loc, entry in kinds.entries(dossier, "entry"):
        if entry.gloss:
            yield Stated(
                address=f"entry:{entry.id}",
                what=f"the gloss of {entry.id!r}",
                called=kinds.KINDS["entry"].name_of(entry),
                value=entry.gloss,
                file="index.yaml",
                loc=(*loc, "gloss"),
                anchor="index",
                cites=entry.sources,
            )
