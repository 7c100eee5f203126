"""What the dossier's data say, in print: facts, dates, names, and the labels of their sources."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from markupsafe import Markup, escape

from press import locale
from press.citations import Citations, page_sign
from press.content import facts
from press.content.model import Chapter, Cite, Claim, Dossier, Entry, Fact, Ref
from press.prose.names import Thing, names, with_own_ids
from press.prose.record import Record
from press.prose.sentences import CONTESTED

NONE = Markup()
SEMICOLON = Markup("; ")


def trusted(html: str) -> Markup:
    """HTML that nh3 has cleaned, or that our own templates and formats have made of such."""
    return Markup(html)  # noqa: S704


def joined(parts: Sequence[Markup], language: str, style: Literal["standard", "or"]) -> Markup:
    """Parts as the language joins them: "a, b and c"."""
    return trusted(locale.listed([str(part) for part in parts], language, style))


def speaker(says: Markup, cites: Markup) -> Markup:
    """Who says something, or nothing where the source that follows begins with the same words."""
    said, source = (trusted(words).striptags().casefold() for words in (says, cites))
    bare = facts.bare_voice(said)
    again = any(source.startswith(w) and not source[len(w) :][:1].isalnum() for w in (said, bare))
    return NONE if again and "<a" not in says and "<span" not in says else says


class Values(ABC):
    """Prints values of one dossier; how the Markdown in them is read, who extends it says."""

    def __init__(self, dossier: Dossier, citations: Citations) -> None:
        self.dossier = dossier
        self.citations = citations
        self.language = dossier.meta.language
        self.catalogue = locale.messages(self.language)
        self.record = Record()
        self.names = names(dossier)
        self.facts = facts.addresses(dossier)
        self._open: list[str] = []

    def with_own_ids(self, hint: str) -> str:
        """A remedy that shows a mark, with ids that this dossier has."""
        return with_own_ids(hint, self.names, self.dossier.bibliography, self.facts)

    @contextmanager
    def printing(self, what: str) -> Iterator[bool]:
        """While a fact or title is printed: whether it is not being printed within itself."""
        self._open.append(what)
        try:
            yield what not in self._open[:-1]
        finally:
            self._open.pop()

    @abstractmethod
    def inline(self, text: str) -> Markup:
        """The HTML of one line of Markdown."""

    @abstractmethod
    def title(self, chapter: Chapter) -> Markup:
        """The HTML of a chapter's title."""

    # -- sources

    def cites(self, cites: Sequence[Cite]) -> Markup:
        """Short labels of sources for tables; empty where there are none."""
        labels = self.source_labels(cites, self.cite_link)
        return Markup('<span class="cites">{}</span>').format(labels) if labels else NONE

    def source_labels(self, cites: Iterable[Cite], link: Callable[[str, Markup], Markup]) -> Markup:
        """The short label of each source that there is, made a link, and the place in it."""
        return self.citations.labelled(cites, link)

    def cite_link(self, source: str, label: Markup | str) -> Markup:
        """``label`` as a citation of ``source``: numbered, and linked to its entry."""
        anchor = self.record.anchor(f"cite-{source}")
        return Markup('<a id="{}" href="#source-{}">{}</a>').format(anchor, source, label)

    def cited(self, source: str) -> bool:
        """Whether anything printed so far cites the source."""
        return self.record.given(f"cite-{source}")

    # -- names

    def thing(self, thing: Thing, shown: Markup | None = None, linked: bool = True) -> Markup:
        """A thing as it is named in running text; ``shown`` are the author's own words for it."""
        if thing.kind == "entry":  # a mention for the index, which leads nowhere
            words = escape(thing.name) if shown is None else shown
            return Markup('<span data-index="entry:{}">{}</span>').format(thing.id, words)
        if thing.kind == "source":
            label = self.citations.label(thing.id) if shown is None else shown
            return self.cite_link(thing.id, label) if linked else label
        words = self._called(thing) if shown is None else shown
        if not linked:
            return words
        event = self.dossier.events[thing.id] if thing.kind == "event" else None
        contested = event is not None and event.date_contested and shown is None
        classes = f"{thing.kind} contested" if contested else thing.kind
        link = Markup('<a class="{}" href="#{}">{}</a>').format(classes, thing.anchor, words)
        paged = thing.kind in ("plate", "table", "image", "chapter") and shown is None
        return link + self.on_page(thing.anchor) if paged else link

    def _called(self, thing: Thing) -> Markup:
        match thing.kind:
            case "event":
                event = self.dossier.events[thing.id]
                return escape(facts.event_date(event, self.language))
            case "plate" | "table" | "image":
                return escape(facts.label(self.dossier, thing.anchor))
            case "chapter":
                title = next(c for c in self.dossier.chapters if c.id == thing.id)
                with self.printing(thing.anchor) as is_free:
                    return escape(self.title(title).striptags()) if is_free else escape(thing.name)
            case _:
                return escape(thing.name)

    def on_page(self, anchor: str) -> Markup:
        """``, p. 24``; the press replaces the number by the folio of the anchor."""
        return Markup(
            ', {}\N{NO-BREAK SPACE}<span class="page-ref" data-page-of="{}">0</span>'
        ).format(page_sign(self.language), anchor)

    def reference(self, ref: Ref) -> Markup:
        """What a value of the infobox or a table refers to: a date, span, name or number."""
        events = self.dossier.events
        if isinstance(ref, Entry) and (ref.text or ref.claims):
            return self._claims(ref.claims) if ref.claims else self.inline(ref.text)
        if ref.event and ref.event in events:
            event = events[ref.event]
            coarse = ref.precision != "day" and not event.dated_claims
            words = facts.span([event], self.language, ref.precision) if coarse else ""
            return self.thing(self.names["event"][ref.event], escape(words) if words else None)
        if ref.span and all(name in events for name in ref.span):
            chosen = [events[name] for name in ref.span]
            words = escape(facts.span(chosen, self.language, ref.precision))
            is_contested = facts.is_span_contested(chosen, ref.precision)
            return CONTESTED.format(words) if is_contested else words
        if ref.place or ref.places:
            return self._listed("place", [ref.place] if ref.place else list(ref.places))
        if ref.term:
            return self._listed("term", [ref.term])
        if ref.count or (ref.rows and ref.rows in self.dossier.tables):
            return escape(locale.number(facts.count(ref, self.dossier), self.language))
        return NONE

    def _listed(self, kind: str, ids: Sequence[str]) -> Markup:
        """Linked names, joined as the language joins them: "a, b and c"."""
        links = [self.thing(self.names[kind][id_]) for id_ in ids if id_ in self.names[kind]]
        return joined(links, self.language, "standard")

    # -- facts

    def use(self, address: str, html: Markup) -> Markup:
        """``html`` as a use of the fact at ``address``: numbered, so that its page can be named."""
        anchor = self.record.anchor(f"fact-{address}")
        return Markup('<span class="fact" id="{}">{}</span>').format(anchor, html)

    def value(self, fact: Fact, unit: bool = True) -> Markup:
        """The value of a fact with its unit; where accounts differ, all of them joined by "or"."""
        words = facts.bare_value(fact, self.language)
        dated = fact.date or any(claim.date for claim in fact.claims)
        return self.measured(escape(words) if dated else self.inline(words), fact.unit * unit)

    def account(self, claim: Claim, unit: str = "") -> Markup:
        """What one account says, with the unit of the fact."""
        words = facts.claim_date(claim, self.language)
        return self.measured(escape(words) if words else self.inline(claim.text), unit)

    def measured(self, words: Markup, unit: str) -> Markup:
        """A value and its unit, which no line may part."""
        return words + Markup("\N{NO-BREAK SPACE}{}").format(unit) if unit else words

    def run_in(self, fact: Fact) -> Markup:
        """A fact in a line: what it measures, who says so, why an account is preferred."""
        if not fact.claims:
            return _with_basis(self.value(fact), [*self.remarks(fact), self.cites(fact.sources)])
        accounts = [
            _with_basis(
                CONTESTED.format(self.account(claim, fact.unit)),
                [*self.voice(claim, cites), cites],
            )
            for claim in fact.claims
            for cites in [self.cites(claim.sources)]
        ]
        note = [self.inline(fact.note)] if fact.note else []
        return joined(accounts, self.language, "or") + _with_basis(NONE, note)

    def remarks(self, fact: Fact) -> list[Markup]:
        """What a fact measures, who says so, and its note."""
        return [self.inline(words) for words in (fact.scope, fact.says, fact.note) if words]

    def voice(self, claim: Claim, cites: Markup) -> list[Markup]:
        """Scope, voice and, where an account is preferred, the reason; ``cites`` follow."""
        found = [self.inline(claim.scope), speaker(self.inline(claim.says), cites)]
        found = [words for words in found if words]
        if claim.preferred:
            reason = self.inline(claim.reason)
            found.append(Markup("{}: {}").format(self.catalogue["preferred"], reason))
        return found

    def _claims(self, claims: Sequence[Claim]) -> Markup:
        """Accounts that disagree, each with who says so."""
        items = NONE.join(self._claim(claim) for claim in claims)
        return Markup('<ul class="claims contested">{}</ul>').format(items)

    def _claim(self, claim: Claim) -> Markup:
        cites = self.cites(claim.sources)
        whose = SEMICOLON.join(filter(None, (speaker(self.inline(claim.says), cites), cites)))
        html = Markup('{} <span class="says">({})</span>').format(self.account(claim), whose)
        if not claim.preferred:
            return Markup("<li>{}</li>").format(html)
        return Markup('<li class="preferred">{}: <span class="reason">{}</span></li>').format(
            html, self.inline(claim.reason)
        )


def _with_basis(value: Markup, basis: Sequence[Markup]) -> Markup:
    """A value, and in brackets behind it what it rests on."""
    rests_on = SEMICOLON.join(part for part in basis if part)
    return (
        value + Markup(' <span class="basis">({})</span>').format(rests_on) if rests_on else value
    )
