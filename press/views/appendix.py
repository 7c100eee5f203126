"""The appendix of facts: every fact with its value, what it rests on, and where it is printed.

The facts are those that ``coverage`` counts, so that the appendix and the count agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup, escape

from press import locale
from press.content import coverage, facts, kinds
from press.content.coverage import Stated
from press.content.kinds import File, Kind
from press.content.model import Cite, Claim, Dossier, Fact
from press.prose import Prose
from press.views.values import NOTHING, ClaimView

ANCHOR = "appendix-facts"
"""The anchor of the appendix."""


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
        title = words[_file(fact).title]
        groups.setdefault(title, []).append(_fact(fact, dossier, prose))
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


def _file(fact: Stated) -> File:
    """The row of ``press/content/kinds.py`` for the file in which a fact is typed."""
    file = kinds.file_of(fact.file)
    if file is None:
        raise LookupError(f"{fact.file} is no file of a dossier")
    return file


def _named(fact: Stated, dossier: Dossier) -> tuple[str, str]:
    """(what the fact is of, its value) as a reader calls them."""
    file = _file(fact)
    if file.pattern:
        return _in_table(fact, dossier)
    key, number, *inside = fact.loc
    kind = next(kind for kind in file.kinds if kind.key == key)
    thing = getattr(getattr(dossier, file.field), kind.key)[number]
    whole = getattr(thing, kind.called)
    if kind.numbered:
        whole = facts.label(dossier, kind.anchor(thing.id))
    if not inside:
        return whole, _told(thing, kind, dossier.meta.language)
    if inside[0] == "facts":
        name = str(inside[-1])
        return f"{whole}: {thing.facts[name].label or name}", fact.value
    fields = {field: name for name, field in kind.facts.items()}
    if inside[0] in fields:
        words = locale.messages(dossier.meta.language)
        return f"{whole}: {words[fields[str(inside[0])]]}", fact.value
    return whole, fact.value


def _told(thing: Any, kind: Kind, language: str) -> str:
    """What is said of a thing where it is listed: its date, its kind and district, its meaning."""
    told = (getattr(thing, field) for field in kind.told or (kind.called,))
    return ", ".join(
        facts.bare_value(one, language) if isinstance(one, Fact) else str(one)
        for one in told
        if one
    )


def _in_table(fact: Stated, dossier: Dossier) -> tuple[str, str]:
    """The same for rows and cells: the first cell names the row, the others are its value."""
    name = PurePosixPath(fact.file).stem
    _, number, *inside = fact.loc
    first, _, others = fact.value.partition("; ")
    row = first or (inside[-1] if inside else int(str(number)) + 1)
    return f"{facts.label(dossier, f'table-{name}')}: {row}", others or first


# -- where events are mentioned -----------------------------------------------------------------

_EVENT = re.compile(r'<a (class="event[^"]*" href="#event-([a-z0-9-]+)")>')


def add_anchors(text: str) -> str:
    """``text`` with anchors ``seen-<event>-<n>`` at the links to events, where a page says one."""
    numbers: dict[str, Iterator[int]] = {}

    def anchored(link: re.Match[str]) -> str:
        number = next(numbers.setdefault(link[2], count(1)))
        return f'<a id="seen-{link[2]}-{number}" {link[1]}>'

    return _EVENT.sub(anchored, text)
