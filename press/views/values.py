"""Values as they are printed: words, facts, and accounts that differ, each with its sources.

Infobox, tables, chronology, gazetteer and what a class is given all print these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import Markup

from press.content import facts
from press.content.model import Claim, Entry, Fact
from press.prose import Prose
from press.prose.sentences import is_closed, unstopped
from press.prose.values import SEMICOLON, speaker

NOTHING = Markup("")
T = TypeVar("T")


LONG = 30
"""Lines from which a record may go over to the next page: it has two dozen lines of A4, or half a
page of a booklet. What is shorter stands whole."""
TALL = 8
"""Lines from which it may do so where pages hold little: with its head half a page of large print.
"""
LINE = 60
"""Letters of a line of a record."""


@dataclass(frozen=True)
class Group(Generic[T]):
    """Entries under a title of their own: sources of a kind, lines of a letter, facts of a file."""

    title: str
    entries: tuple[T, ...]


@dataclass(frozen=True)
class Part(Generic[T]):
    """A part of the back matter: its entries, and what stands over them."""

    note: Markup
    entries: tuple[T, ...]


@dataclass(frozen=True)
class ClaimView:
    """One account of a contested fact."""

    html: Markup
    says: Markup
    cites: Markup
    preferred: bool
    reason: Markup = NOTHING
    scope: Markup = NOTHING

    @property
    def voice(self) -> Markup:
        """Who says it, where the sources are printed behind that and do not begin with it."""
        return speaker(self.says, self.cites)

    @property
    def rests_on(self) -> Markup:
        """What it measures, who says it, and where."""
        heard = Markup(", ").join(part for part in (self.voice, self.cites) if part)
        return SEMICOLON.join(part for part in (self.scope, heard) if part)

    @property
    def said(self) -> Markup:
        """Its value, without a full stop where what it rests on follows."""
        return unstopped(self.html) if self.rests_on else self.html

    @property
    def is_closed(self) -> bool:
        """Whether a full stop is the last that a reader meets before the reason."""
        return is_closed(self.rests_on or self.html)


@dataclass(frozen=True)
class ValueView:
    """A value of the infobox or a cell of a table."""

    html: Markup
    note: Markup = NOTHING
    cites: Markup = NOTHING
    claims: tuple[ClaimView, ...] = ()
    disputed: bool = False

    @property
    def contested(self) -> bool:
        """Whether accounts differ: all of them, or this one from those in other rows."""
        return bool(self.claims) or self.disputed


def lines_of(*texts: Markup) -> int:
    """About how many lines these texts take, each on lines of its own, without their tags."""
    return sum(-(-len(text.striptags()) // LINE) for text in texts)


def page_list(
    stem: str, principal: str = "", *, words: Sequence[str] = (), none: str = ""
) -> Markup:
    """Where typesetting prints the pages of the anchors that begin with ``stem``.

    The page of the anchor ``principal`` stands out; ``words`` stand before one page, and before
    several. ``none`` stands where there is no page.
    """
    said = Markup(' data-words="{}|{}"').format(*words) if words else NOTHING
    said += Markup(' data-none="{}"').format(none) if none else NOTHING
    pages = Markup('<span class="page-list" data-pages-of="{}" data-principal="{}"{}>0</span>')
    return pages.format(stem, principal, said)


def claim_view(claim: Claim, prose: Prose, unit: str = "") -> ClaimView:
    """One account, its value with the ``unit`` of the fact."""
    return ClaimView(
        html=prose.account(claim, unit),
        says=prose.inline(claim.says),
        cites=prose.cites(claim.sources),
        preferred=claim.preferred,
        reason=prose.inline(claim.reason),
        scope=prose.inline(claim.scope),
    )


def values(entries: Iterable[Entry], prose: Prose, label: str = "") -> tuple[ValueView, ...]:
    """The values of a row that is called ``label``."""
    return tuple(value(entry, prose, label) for entry in entries)


def value(entry: Entry, prose: Prose, label: str = "") -> ValueView:
    """A value: its own words, or the words of the fact that it refers to.

    What a fact measures is left out where the ``label`` before it says so.
    """
    if entry.fact:
        return _drawn(entry, prose, label)
    claims = tuple(claim_view(claim, prose) for claim in entry.claims)
    html = NOTHING if claims else prose.reference(entry)
    return ValueView(html, prose.inline(entry.note), prose.cites(entry.sources), claims)


def _drawn(entry: Entry, prose: Prose, label: str) -> ValueView:
    """The fact at an address, with its own note and sources before those of ``entry``."""
    found = facts.find(prose.facts, entry.fact or "")
    if isinstance(found, facts.Nowhere):
        return ValueView(NOTHING)
    fact = found.fact
    if fact is None:
        shown = NOTHING.join(prose.reference(inner) for inner in found.entries)
        return ValueView(shown, prose.inline(entry.note), prose.cites(entry.sources))
    fact = facts.under(label, fact)
    note = Markup(" ").join(prose.inline(n) for n in (fact.scope, fact.note, entry.note) if n)
    cites = prose.cites((*fact.sources, *entry.sources))
    claims = tuple(claim_view(claim, prose, fact.unit) for claim in fact.claims)
    shown = NOTHING if claims else prose.value(fact)
    return ValueView(prose.use(found.address, shown), note, cites, claims)


def labelled(ident: str, named: Mapping[str, Fact], prose: Prose) -> tuple[tuple[str, Markup], ...]:
    """(label, HTML) of the facts of a place or an event that have a label, to be listed with it."""
    return tuple(
        (fact.label, prose.use(f"{ident}.{name}", prose.run_in(facts.under(fact.label, fact))))
        for name, fact in named.items()
        if fact.label
    )
