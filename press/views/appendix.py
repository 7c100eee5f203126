"""The appendix of facts: every fact with its value, what it rests on, and where it is printed.

The facts are those that ``coverage`` counts, so that the appendix and the count agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from markupsafe import Markup, escape

from press import locale
from press.content import coverage, facts
from press.content.coverage import Stated
from press.content.model import Cite, Claim, Dossier, Event, Place, Subject
from press.prose import Prose
from press.views.values import NOTHING, ClaimView

ANCHOR = "appendix-facts"
"""The anchor of the appendix."""
PARTS: Mapping[str, str] = {
    "infobox.yaml": "infobox",
    "chronology.yaml": "chronology",
    "gazetteer.yaml": "gazetteer",
    "facts.yaml": "appendix.subjects",
    "tables/": "tables",
    "glossary.yaml": "glossary",
    "images/images.yaml": "appendix.images",
    "plates.yaml": "plates",
}
"""The heading over the facts of each file, as the catalogues call it."""


@dataclass(frozen=True)
class FactView:
    """A fact: what it is of, its value or its accounts, its sources, and its pages."""

    name: str
    value: Markup
    accounts: tuple[ClaimView, ...]
    cites: Markup
    pages: Markup


@dataclass(frozen=True)
class FactGroupView:
    """The facts that stand in one part of the dossier."""

    title: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True)
class FactsView:
    """The whole appendix, and the line that counts it."""

    coverage: str
    groups: tuple[FactGroupView, ...]


def view(dossier: Dossier, prose: Prose) -> FactsView | None:
    """The appendix of facts; None where dossier.yaml does not ask for it, or there are none."""
    if "facts" not in dossier.meta.appendix:
        return None
    words = locale.messages(dossier.meta.language)
    groups: dict[str, list[FactView]] = {}
    for fact in coverage.stated(dossier):
        part = next(word for file, word in PARTS.items() if fact.file.startswith(file))
        groups.setdefault(words[part], []).append(_fact(fact, dossier, prose))
    if not groups:
        return None
    line = coverage.line(coverage.coverage(dossier), dossier.meta.language)
    return FactsView(line, tuple(FactGroupView(k, tuple(v)) for k, v in groups.items()))


def _fact(fact: Stated, dossier: Dossier, prose: Prose) -> FactView:
    name, value = _named(fact, dossier)
    known = facts.find(prose.facts, fact.address)
    unit = known.fact.unit if isinstance(known, facts.Found) and known.fact else ""
    accounts = tuple(_account(claim, unit, prose) for claim in fact.claims)
    pages = Markup('<span class="page-list" data-pages-of="{}" data-principal="{}">0</span>')
    return FactView(
        name=name,
        value=NOTHING if accounts and fact.file != "chronology.yaml" else _plain(prose, value),
        accounts=accounts,
        cites=_cites(fact.cites, prose),
        pages=pages.format(_uses(fact, dossier), fact.anchor),
    )


def _uses(fact: Stated, dossier: Dossier) -> str:
    """What the anchors of its other mentions begin with."""
    if fact.address in dossier.events:
        return f"seen-{fact.address}-"
    return f"fact-{fact.address}-"


def _account(claim: Claim, unit: str, prose: Prose) -> ClaimView:
    date = facts.claim_date(claim, prose.language)
    return ClaimView(
        html=escape(date) if date else prose.measured(_plain(prose, claim.text), unit),
        says=_plain(prose, claim.says),
        cites=_cites(claim.sources, prose),
        preferred=claim.preferred,
    )


def _cites(cites: Iterable[Cite], prose: Prose) -> Markup:
    """Labels of sources that lead to their entries; they are no citations, and have no pages."""
    known, citations = prose.dossier.bibliography, prose.citations
    parts = []
    for cite in dict.fromkeys(cites):
        if cite.source in known:
            where = citations.locator(cite.at)
            label = Markup('<a href="#source-{}">{}</a>').format(
                cite.source, citations.label(cite.source)
            )
            parts.append(label + (Markup(", {}").format(where) if where else NOTHING))
    return Markup("; ").join(parts)


def _plain(prose: Prose, words: str) -> Markup:
    """Inline Markdown in print without its notes, and without anchors: it is no mention."""
    bare = re.sub(r"\s*\[(?:@|\^)[^\]]*\]", "", words)
    html = re.sub(r' id="[^"]*"|(?<=<a) class="event[^"]*"', "", str(prose.inline(bare)))
    return Markup(html)  # noqa: S704 what the prose stage has cleaned


# -- what a fact is called ----------------------------------------------------------------------


def _named(fact: Stated, dossier: Dossier) -> tuple[str, str]:
    """(what the fact is of, its value) as a reader calls them."""
    number = int(str(fact.loc[1]))
    inside = tuple(str(step) for step in fact.loc[2:])
    if fact.file.startswith("tables/"):
        return _in_table(fact, dossier, inside or (str(number + 1),))
    match fact.file:
        case "infobox.yaml":
            rows = dossier.infobox.rows if dossier.infobox else ()
            return rows[number].label, fact.value
        case "glossary.yaml":
            term = dossier.glossary.terms[number]
            return term.term, term.definition
        case "images/images.yaml":
            image = dossier.images.images[number]
            return facts.label(dossier, f"image-{image.id}"), image.caption
        case "plates.yaml":
            plate = dossier.plates.plates[number]
            return facts.label(dossier, f"plate-{plate.id}"), fact.value
        case _:
            return _of_thing(fact, dossier, number, inside)


def _of_thing(
    fact: Stated, dossier: Dossier, number: int, inside: tuple[str, ...]
) -> tuple[str, str]:
    """The same for events, places and subjects, and the facts that they have."""
    if fact.file == "chronology.yaml":
        event = dossier.chronology.events[number]
        if not inside:
            return event.title, facts.event_date(event, dossier.meta.language)
        return _part_of(event.title, event, inside[-1]), fact.value
    if fact.file == "facts.yaml":
        subject = dossier.facts.subjects[number]
        return _part_of(subject.name, subject, inside[-1]), fact.value
    place = dossier.gazetteer.places[number]
    if not inside:
        return place.name, ", ".join(filter(None, (place.kind, place.district)))
    if inside[0] == "at":
        words = locale.messages(dossier.meta.language)
        return f"{place.name}: {words['coordinates']}", fact.value
    return _part_of(place.name, place, inside[-1]), fact.value


def _in_table(fact: Stated, dossier: Dossier, inside: tuple[str, ...]) -> tuple[str, str]:
    """The same for rows and cells: the first cell names the row, the others are its value."""
    name = fact.file.removeprefix("tables/").removesuffix(".yaml")
    first, _, others = fact.value.partition("; ")
    return f"{facts.label(dossier, f'table-{name}')}: {first or inside[-1]}", others or first


def _part_of(whole: str, thing: Event | Place | Subject, name: str) -> str:
    found = thing.facts.get(name)
    return f"{whole}: {found.label if found and found.label else name}"


# -- where events are mentioned -----------------------------------------------------------------

_EVENT = re.compile(r'<a (class="event[^"]*" href="#event-([a-z0-9-]+)")>')


def marked(text: str) -> str:
    """``text`` with anchors ``seen-<event>-<n>`` at the links to events, where a page says one."""
    numbers: dict[str, Iterator[int]] = {}

    def anchored(link: re.Match[str]) -> str:
        number = next(numbers.setdefault(link[2], count(1)))
        return f'<a id="seen-{link[2]}-{number}" {link[1]}>'

    return _EVENT.sub(anchored, text)
