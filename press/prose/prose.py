"""The stage itself: chapters, fields and references in, HTML and findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from unicodedata import normalize
from urllib.parse import urlsplit

import jinja2
from babel.lists import format_list
from markupsafe import Markup, escape

from press import locale
from press.base.finding import ContentError, Finding, did_you_mean
from press.citations import CitationItem, Citations, page_sign, quotes
from press.content import facts
from press.content.model import Chapter, Cite, Claim, Dossier, Entry, Fact, Ref
from press.prose import blocks, marks
from press.prose.markup import DEPTH_LIMIT, Markdown, depth, limits
from press.prose.names import Thing, Unknown, find, names, nearest

Where = tuple[str, int, int]
"""File, line and column."""

_LEVEL = re.compile(r"</?h([1-6])")
_EMPTY = re.compile(r"<p>\s*</p>\n?")
HANGING = (marks.Citation, marks.Call, marks.Basis)
"""Marks that hang a note on the word before them."""
_SPACES = re.compile(r"[ \t\r\n]+")
_SCHEMES = frozenset({"http", "https", "mailto"})
_HOMES = {"image": "describe it in images/images.yaml", "plate": "describe it in plates.yaml"}

CALLS_FOLLOW = frozenset({"en", "de", "nl"})
"""Languages whose note calls stand behind a comma or a full stop; elsewhere as written."""

NONE = Markup()
SEMICOLON = Markup("; ")

# Stands at the head of each source while a note is set; a private character no source may bring.
_HERE = "\U0010fffd"


def trusted(html: str) -> Markup:
    """HTML that nh3 has cleaned, or that our own templates and formats have made of such."""
    return Markup(html)  # noqa: S704


@dataclass
class Frame:
    """Print that is still growing: the whole text, a block's body, or a heading."""

    parts: list[str] = field(default_factory=list)
    opening: marks.Opening | None = None
    """What opened the block."""


@dataclass
class Flow:
    """One text on its way into print, and what is known of it so far."""

    marked: marks.Marked
    file: str
    chapter: str = ""
    fixed: Where | None = None
    """The place to report for everything, where the text's own lines are not known."""
    level: int = 1
    called: set[str] = field(default_factory=set)
    inside: list[str] = field(default_factory=list)
    """What stands around the mark: ``heading``, ``link``, ``note``, ``code``."""
    heading: marks.Heading | None = None
    alone: set[marks.Place] = field(default_factory=set)
    """Where pictures stand in a paragraph of their own."""

    @contextmanager
    def within(self, what: str) -> Iterator[None]:
        """For as long as ``what`` stands around the marks."""
        self.inside.append(what)
        try:
            yield
        finally:
            self.inside.pop()

    def where(self, place: marks.Place) -> Where:
        """How findings name ``place``."""
        return self.fixed or (self.file, *place)


class Prose:
    """Prints the texts of one dossier; notes and citations are numbered across all of them.

    Texts must be given in reading order. ``plates`` is the finished markup of each plate by id.
    ``where`` gives file, line and column of a YAML value by its text, for ``inline``. Raises
    ContentError for a block template that is broken.
    """

    def __init__(
        self,
        dossier: Dossier,
        citations: Citations,
        templates: jinja2.Environment,
        plates: Mapping[str, Markup] | None = None,
        where: Mapping[str, Where] | None = None,
    ) -> None:
        self.dossier = dossier
        self.citations = citations
        self.templates = templates
        self.plates = {} if plates is None else plates
        self.language = dossier.meta.language
        self.where = where or {}
        self._names = names(dossier)
        self.facts = facts.addresses(dossier)
        self._uses: dict[str, int] = {}
        try:
            self._kinds = blocks.kinds(templates)
        except jinja2.TemplateSyntaxError as error:
            raise ContentError([_template_finding(error.name or blocks.FOLDER, error)]) from error
        self._words = locale.messages(self.language)
        self._wide_rows: list[tuple[str, int]] = []
        self._markdown = Markdown(
            quotes(self.language), lambda row, cells: self._wide_rows.append((row, cells))
        )
        self._findings: dict[Finding, None] = {}
        self._notes = 0
        self._cites: dict[str, int] = {}
        self._placed: dict[str, Where] = {}
        self._headings: dict[str, int] = {}
        self._anchors: list[tuple[str, Where]] = []

    # -- what the other stages ask for

    @property
    def findings(self) -> list[Finding]:
        """Everything unresolved so far; links to headings are judged by what is printed by now."""
        known = set(self._headings) | {
            thing.anchor for things in self._names.values() for thing in things.values()
        }
        lost = [
            Finding(*where, "P251", f"no heading or entry has the anchor #{anchor}",
                    did_you_mean(anchor, known, "write [[id]], or copy the anchor from the page"))
            for anchor, where in self._anchors
            if anchor not in known
        ]  # fmt: skip
        return sorted({**self._findings, **dict.fromkeys(lost)})

    def chapter(self, chapter: Chapter) -> Markup:
        """The HTML of a chapter from below its title; headings begin at ``<h2>``."""
        text = chapter.body.replace("\r\n", "\n").replace("\r", "\n")
        if faults := list(limits(text)):
            for line, column, message, hint in faults:
                where = (chapter.file, chapter.line + line - 1, column)
                self._report(where, "P290", message, hint)
            return Markup("<p>{}</p>").format(text)
        flow = Flow(marks.read(text, chapter.line, kinds=self._kinds), chapter.file, chapter.id)
        self._report_faults(flow)
        self._wide_rows.clear()
        html = self._markdown.chapter(flow.marked.text)
        if (deepest := depth(html)) > DEPTH_LIMIT:
            message = f"elements are nested {deepest} deep; the limit is {DEPTH_LIMIT}"
            self._report(flow.where((chapter.line, 1)), "P290", message, "use fewer levels")
            return Markup("<p>{}</p>").format(text)
        html = self._fill(html, flow)
        self._report_wide_rows(flow)
        for note in flow.marked.notes.values():
            if note.name not in flow.called:
                message = f"nothing calls note [^{note.name}]"
                hint = f"put [^{note.name}] where it belongs, or delete it"
                self._report(flow.where(note.place), "P221", message, hint)
        return trusted(_EMPTY.sub("", html))

    def inline(self, text: str, file: str = "", line: int = 0) -> Markup:
        """The HTML of one line of Markdown, as fields hold it: no block, no paragraph around it."""
        here = (file, line, 0) if file else (self.dossier.slug, 0, 0)
        return self._field(text, self.where.get(text.strip(), here) if not file else here, [])

    def title(self, chapter: Chapter) -> Markup:
        """A chapter's title; no note can hang on it, for contents and running heads repeat it."""
        return self._field(chapter.title, (chapter.file, chapter.line - 1, 3), ["heading"])

    def _field(self, text: str, where: Where, inside: list[str]) -> Markup:
        text = _SPACES.sub(" ", text.strip())
        if faults := list(limits(text)):
            for _, _, message, hint in faults:
                self._report(where, "P290", message, hint)
            return escape(text)
        flow = Flow(marks.read(text, inline=True), where[0], fixed=where, inside=inside)
        self._report_faults(flow)
        with self._markdown.without_abbreviations():
            return trusted(self._fill(self._markdown.words(flow.marked.text), flow))

    def cites(self, cites: Sequence[Cite]) -> Markup:
        """Short labels of sources for tables; empty where there are none."""
        parts = [
            self.cite_link(cite.source, self.citations.label(cite.source))
            + Markup("").join([Markup(", "), where] if (where := self._locator(cite)) else [])
            for cite in cites
            if cite.source in self.dossier.bibliography
        ]
        return (
            Markup('<span class="cites">{}</span>').format(SEMICOLON.join(parts)) if parts else NONE
        )

    def cited(self, source: str) -> bool:
        """Whether anything printed so far cites the source."""
        return source in self._cites

    def reference(self, ref: Ref) -> Markup:
        """What a value of the infobox or a table refers to: a date, span, name or number."""
        events, number = self.dossier.events, None
        if isinstance(ref, Entry) and (ref.text or ref.claims):
            return self._claims(ref.claims) if ref.claims else self.inline(ref.text)
        if ref.event and ref.event in events:
            event = events[ref.event]
            coarse = ref.precision != "day" and not event.dated_claims
            words = facts.span([event], self.language, ref.precision) if coarse else ""
            return self._thing(self._names["event"][ref.event], escape(words) if words else None)
        if ref.span and all(name in events for name in ref.span):
            chosen = [events[name] for name in ref.span]
            return escape(facts.span(chosen, self.language, ref.precision))
        if ref.place or ref.places:
            return self._listed("place", [ref.place] if ref.place else list(ref.places))
        if ref.term:
            return self._listed("term", [ref.term])
        if ref.count or (ref.rows and ref.rows in self.dossier.tables):
            number = facts.count(ref, self.dossier)
        return NONE if number is None else escape(locale.number(number, self.language))

    # -- facts in words

    def use(self, address: str, html: Markup) -> Markup:
        """``html`` as a use of the fact at ``address``: numbered, so that its page can be named."""
        self._uses[address] = number = self._uses.get(address, 0) + 1
        return Markup('<span class="fact" id="fact-{}-{}">{}</span>').format(address, number, html)

    def value(self, fact: Fact, unit: bool = True) -> Markup:
        """The value of a fact with its unit; where accounts differ, all of them joined by "or"."""
        words = facts.bare_value(fact, self.language)
        dated = fact.date or any(claim.date for claim in fact.claims)
        return self.measured(escape(words) if dated else self.inline(words), fact.unit * unit)

    def account(self, claim: Claim, unit: str = "") -> Markup:
        """What one account says, with the unit of the fact."""
        words = facts.claim_date(claim, self.language)
        return self.measured(escape(words) if words else self.inline(claim.text), unit)

    def run_in(self, fact: Fact) -> Markup:
        """A fact in a line: what it measures, who says so, why an account is preferred."""
        if not fact.claims:
            said = [self.inline(words) for words in (fact.scope, fact.says, fact.note) if words]
            return self._with_basis(self.value(fact), [*said, self.cites(fact.sources)])
        accounts = [
            self._with_basis(
                Markup('<span class="contested">{}</span>').format(self.account(claim, fact.unit)),
                [*self._said_of(claim), self.cites(claim.sources)],
            )
            for claim in fact.claims
        ]
        words = format_list([str(one) for one in accounts], "or", locale.cldr(self.language))
        note = self._with_basis(NONE, [self.inline(fact.note)] if fact.note else [])
        return trusted(words) + note

    def _with_basis(self, value: Markup, basis: Sequence[Markup]) -> Markup:
        """A value, and in brackets behind it what it rests on."""
        said = SEMICOLON.join(part for part in basis if part)
        return value + Markup(' <span class="basis">({})</span>').format(said) if said else value

    def _said_of(self, claim: Claim) -> list[Markup]:
        """Scope, voice and, where an account is preferred, the reason."""
        said = [self.inline(words) for words in (claim.scope, claim.says) if words]
        if claim.preferred:
            reason = self.inline(claim.reason)
            said.append(Markup("{}: {}").format(self._words["preferred"], reason))
        return said

    def measured(self, words: Markup, unit: str) -> Markup:
        """A value and its unit, which no line may part."""
        return words + Markup("\N{NO-BREAK SPACE}{}").format(unit) if unit else words

    def _listed(self, kind: str, ids: Sequence[str]) -> Markup:
        """Linked names, joined as the language joins them: "a, b and c"."""
        links = [self._thing(self._names[kind][id_]) for id_ in ids if id_ in self._names[kind]]
        if not links:
            return NONE
        return trusted(
            format_list([str(link) for link in links], locale=locale.cldr(self.language))
        )

    def _claims(self, claims: Sequence[Claim]) -> Markup:
        """Accounts that disagree, each with who says so."""
        items = NONE.join(self._claim(claim) for claim in claims)
        return Markup('<ul class="claims contested">{}</ul>').format(items)

    def _claim(self, claim: Claim) -> Markup:
        value = escape(facts.claim_date(claim, self.language)) if claim.date else None
        says, cites = self.inline(claim.says), self.cites(claim.sources)
        whose = Markup("{}; {}").format(says, cites) if cites else says
        html = Markup('{} <span class="says">({})</span>').format(
            self.inline(claim.text) if value is None else value, whose
        )
        if claim.preferred:
            reason = self.inline(claim.reason)
            return Markup('<li class="preferred">{}: <span class="reason">{}</span></li>').format(
                html, reason
            )
        return Markup("<li>{}</li>").format(html)

    def _thing(self, thing: Thing, shown: Markup | None = None, linked: bool = True) -> Markup:
        """A thing as it is named in running text; ``shown`` are the author's own words for it."""
        name, classes, page = escape(thing.name), thing.kind, False
        if thing.kind == "event":
            event = self.dossier.events[thing.id]
            name = escape(facts.event_date(event, self.language))
            classes = "event contested" if event.dated_claims and shown is None else "event"
        elif thing.kind in ("plate", "table", "image"):
            name, page = escape(facts.label(self.dossier, thing.anchor)), True
        elif thing.kind == "chapter":
            title = next(c for c in self.dossier.chapters if c.id == thing.id)
            name, page = escape(self.title(title).striptags()), True
        elif thing.kind == "entry":  # a mention for the index, which leads nowhere
            words = name if shown is None else shown
            return Markup('<span data-index="entry:{}">{}</span>').format(thing.id, words)
        elif thing.kind == "source":
            label = self.citations.label(thing.id) if shown is None else shown
            return self.cite_link(thing.id, label) if linked else label
        if not linked:
            return name if shown is None else shown
        link = Markup('<a class="{}" href="#{}">{}</a>').format(
            classes, thing.anchor, name if shown is None else shown
        )
        return link + self._on_page(thing.anchor) if page and shown is None else link

    def _on_page(self, anchor: str) -> Markup:
        """``, p. 24``; the press replaces the number by the folio of the anchor."""
        return Markup(
            ', {}\N{NO-BREAK SPACE}<span class="page-ref" data-page-of="{}">0</span>'
        ).format(page_sign(self.language), anchor)

    def _locator(self, cite: Cite) -> Markup:
        return self.citations.locator(cite.at)

    def cite_link(self, source: str, label: Markup | str) -> Markup:
        """``label`` as a citation of ``source``: numbered, and linked to its entry."""
        self._cites[source] = number = self._cites.get(source, 0) + 1
        return Markup('<a id="cite-{0}-{1}" href="#source-{0}">{2}</a>').format(
            source, number, label
        )

    # -- findings

    def _report(self, where: Where, code: str, message: str, hint: str = "") -> None:
        self._findings[Finding(*where, code, message, hint)] = None

    def _report_faults(self, flow: Flow) -> None:
        for fault in flow.marked.faults:
            self._report(flow.where(fault.place), fault.code, fault.message, fault.hint)

    def _report_wide_rows(self, flow: Flow) -> None:
        """Markdown drops the cells that have no head; its rows are found again by their words."""
        lines = [line.strip() for line in flow.marked.source.split("\n")]
        for row, cells in self._wide_rows:
            written = flow.marked.written(row).strip()
            line = lines.index(written) if written in lines else 0
            message = f"this row has more cells than the {cells} of the table's head"
            hint = "give every column a head, or write \\| for the sign itself"
            self._report((flow.file, flow.marked.line + line, 1), "P280", message, hint)

    # -- stand-ins into print

    def _fill(self, html: str, flow: Flow) -> str:
        """``html`` with the finished print of every mark in the place of its stand-in."""
        standin = flow.marked.standin
        alone = re.compile(rf"<p>\s*({standin.pattern})\s*</p>")
        html = alone.sub(lambda match: self._unwrapped(match, flow), html)
        html = self._after_punctuation(html, flow)
        pieces = re.compile(rf"(?P<tag><(?:[^<>\"]|\"[^\"]*\")*>)|{standin.pattern}")
        frames, at = [Frame()], 0
        for match in pieces.finditer(html):
            frames[-1].parts.append(html[at : match.start()])
            at = match.end()
            if match["tag"]:
                self._tag(match["tag"], frames, flow)
            elif "code" in flow.inside:
                frames[-1].parts.append(escape(flow.marked.mark(match).source))
            else:
                self._mark(flow.marked.mark(match), frames, flow)
        frames[-1].parts.append(html[at:])
        return "".join(part for frame in frames for part in frame.parts)

    def _after_punctuation(self, html: str, flow: Flow) -> str:
        """Note calls behind the punctuation that follows, where the language has them there."""
        if "note" in flow.inside or self.language.partition("-")[0] not in CALLS_FOLLOW:
            return html
        standin = flow.marked.standin.pattern
        # Not where another call follows: the two would run together.
        after = rf"([.,;:?!]+)(?!\s*{marks.JOINER})"
        call = re.compile(rf"<code>.*?</code>|\s*({standin}){after}", re.DOTALL)

        def moved(match: re.Match[str]) -> str:
            hangs = match[1] and isinstance(flow.marked.mark(match), HANGING)
            return match[3] + match[1] if hangs else match[0]

        return call.sub(moved, html)

    def _unwrapped(self, match: re.Match[str], flow: Flow) -> str:
        """A mark that stands alone; what prints as a block loses the paragraph around it."""
        mark = flow.marked.mark(match)
        block = isinstance(mark, marks.Opening | marks.Closing | marks.Picture | marks.Comment)
        if isinstance(mark, marks.Picture):
            flow.alone.add(mark.place)
        return match[1] if block else match[0]

    def _tag(self, tag: str, frames: list[Frame], flow: Flow) -> None:
        """Takes a tag of the cleaned HTML over, and keeps in mind what it opens."""
        if level := _LEVEL.match(tag):
            if tag[1] == "/":
                self._end_heading(int(level[1]), frames, flow)
            else:
                flow.inside.append("heading")
                flow.heading = None
                frames.append(Frame())
            return
        if tag == "<code>":
            flow.inside.append("code")
        elif tag == "</code>":
            flow.inside.pop()
        standin = flow.marked.standin
        frames[-1].parts.append(
            standin.sub(lambda match: escape(flow.marked.mark(match).source), tag)
        )

    def _end_heading(self, level: int, frames: list[Frame], flow: Flow) -> None:
        flow.inside.pop()
        html = "".join(frames.pop().parts).strip()
        heading = flow.heading or marks.Heading("", (flow.marked.line, 1), level)
        where = flow.where(heading.place)
        if level == 1:
            self._report(where, "P271", "a chapter has one title, and this is a second",
                         "write ## for a heading, \\# for the sign itself")  # fmt: skip
        elif level > flow.level + 1:
            message = f"this heading is of level {level} under one of level {flow.level}"
            self._report(where, "P270", message, f"write {'#' * (flow.level + 1)}")
        level = flow.level = max(level, 2)
        anchor = self._slug(html, flow)
        frames[-1].parts.append(f'<h{level} id="{anchor}">{html}</h{level}>')

    def _slug(self, html: str, flow: Flow) -> str:
        plain = normalize("NFKD", trusted(html).striptags().casefold())
        slug = "-".join(re.findall(r"\w+", re.sub(r"[\u0300-\u036f]", "", plain))) or "heading"
        anchor = stem = f"h-{flow.chapter}-{slug}"
        while anchor in self._headings:
            self._headings[stem] += 1
            anchor = f"{stem}-{self._headings[stem]}"
        self._headings[anchor] = 1
        return anchor

    def _mark(self, mark: marks.Mark, frames: list[Frame], flow: Flow) -> None:
        """Prints one mark into the innermost frame."""
        match mark:
            case marks.Opening(closes_itself=True):
                frames[-1].parts.append(self._block(mark, NONE, flow))
            case marks.Opening():
                frames.append(Frame(opening=mark))
            case marks.Closing():
                self._end_block(frames, flow)
            case marks.Heading() if "heading" in flow.inside:
                flow.heading = mark
            case marks.Heading():
                hint = "write # at the margin, and \\# for the sign itself"
                self._report(flow.where(mark.place), "P272", "a heading begins at the margin", hint)
            case marks.Citation() if "note" in flow.inside:
                frames[-1].parts.append(self._cited(mark, flow, alone=False))
            case marks.Basis() if {"note", "heading", "link"} & set(flow.inside):
                pass  # in a note the fact brings its sources itself; on a heading nothing hangs
            case marks.Citation() | marks.Call() | marks.Basis():
                self._hang(mark, frames[-1].parts, flow)
            case _:
                frames[-1].parts.append(self._printed(mark, flow))

    def _printed(self, mark: marks.Mark, flow: Flow) -> Markup:
        """What a mark within the line prints."""
        match mark:
            case marks.Fault():
                self._report(flow.where(mark.place), mark.code, mark.message, mark.hint)
                return escape(mark.source)
            case marks.Reference():
                return self._referred(mark, flow)
            case marks.Fact():
                return self._fact(mark, flow)
            case marks.Words():
                return self._attributed(mark, flow)
            case marks.Link():
                return self._linked(mark, flow)
            case marks.Picture():
                return self._picture(mark, flow)
            case _:
                return NONE

    def _words_of(self, text: str, flow: Flow) -> Markup:
        """A run of words with stand-ins, printed."""
        return trusted(self._fill(self._markdown.words(text), flow))

    def _referred(self, mark: marks.Reference, flow: Flow) -> Markup:
        thing = find(self._names, mark.name)
        linked = "link" not in flow.inside
        shown = None
        if mark.words is not None:
            with flow.within("link"):
                shown = self._words_of(mark.words, flow)
        if isinstance(thing, Unknown):
            self._report(flow.where(mark.place), thing.code, thing.message, thing.hint)
            return escape(mark.source) if shown is None else shown
        return self._thing(thing, shown, linked)

    def _fact(self, mark: marks.Fact, flow: Flow) -> Markup:
        """The value at an address, linked to where it is printed with all that is said of it.

        In fields and in notes its sources follow in brackets; elsewhere a note hangs on it.
        """
        found = facts.find(self.facts, mark.address)
        if isinstance(found, facts.Nowhere):
            self._report(flow.where(mark.place), "P205", found.message, found.hint)
            return escape(mark.source)
        if found.fact is None:
            shown = SEMICOLON.join(self.reference(entry) for entry in found.entries)
        else:
            shown = self.value(found.fact, mark.unit)
        if "heading" in flow.inside or "link" in flow.inside:
            return shown
        classes = "contested" if found.fact and found.fact.claims else ""
        if found.anchor and "<a " not in shown:
            link = Markup('<a class="{}" href="#{}">{}</a>')
            shown = link.format(f"datum {classes}".strip(), found.anchor, shown)
        elif classes:
            shown = Markup('<span class="{}">{}</span>').format(classes, shown)
        shown = self.use(found.address, shown)
        if not mark.note or not (flow.fixed or "note" in flow.inside):
            return shown
        cites = self.cites(list(facts.basis(found)))
        return Markup("{} ({})").format(shown, cites) if cites else shown

    def _basis(self, mark: marks.Basis, flow: Flow) -> Markup:
        """The words of the note on a fact: what it measures, who says so, and where.

        Of a contested fact every account is given, and why one of them is preferred.
        """
        found = facts.find(self.facts, mark.address)
        if isinstance(found, facts.Nowhere):
            return NONE
        fact = found.fact
        if fact is None or not fact.claims:
            said = (fact.scope, fact.says, fact.note) if fact else ()
            lead = SEMICOLON.join(self.inline(words) for words in said if words)
            cites = self._cluster(facts.basis(found), flow, alone=True)
            return self._sentence(lead, cites)
        accounts = [self._account(claim, fact, flow) for claim in fact.claims]
        own = self._sentence(self.inline(fact.note), self._cluster(fact.sources, flow, alone=True))
        intro = Markup("{}.").format(self._words["accounts"])
        return Markup(" ").join(part for part in (intro, *accounts, own) if part)

    def _account(self, claim: Claim, fact: Fact, flow: Flow) -> Markup:
        """One account of a contested fact as a sentence of a note."""
        value = self.account(claim, fact.unit)
        lead = Markup("{} ({})").format(value, SEMICOLON.join(self._said_of(claim)))
        return self._sentence(lead, self._cluster(claim.sources, flow, alone=False))

    def _sentence(self, lead: Markup, cites: Markup) -> Markup:
        """Words and the citations that bear them out, with a full stop; empty for neither."""
        lead = trusted(lead[:1].upper() + lead[1:])
        if cites:
            cites = trusted(cites.removesuffix("."))
            return Markup("{}{}.").format(Markup("{}: ").format(lead) if lead else lead, cites)
        return Markup("{}.").format(trusted(lead.removesuffix("."))) if lead else NONE

    def _cluster(self, cites: Sequence[Cite], flow: Flow, alone: bool) -> Markup:
        """Sources as a note of the citation style gives them."""
        known = dict.fromkeys(cites)
        if not known:
            return NONE
        place = (flow.marked.line, 1)
        mentions = tuple(marks.Mention(cite.source, place, at=cite.at) for cite in known)
        return self._cited(marks.Citation("", place, mentions), flow, alone)

    def _attributed(self, mark: marks.Words, flow: Flow) -> Markup:
        attributes = NONE
        if mark.language:
            attributes += Markup(' lang="{}"').format(mark.language)
            attributes += Markup(' dir="rtl"') if locale.right_to_left(mark.language) else NONE
        if mark.classes:
            attributes += Markup(' class="{}"').format(" ".join(mark.classes))
        return Markup("<span{}>{}</span>").format(attributes, self._words_of(mark.words, flow))

    # -- links

    def _linked(self, mark: marks.Link, flow: Flow) -> Markup:
        """A link of the author's; its words alone where nothing can follow it."""
        inner = "link" in flow.inside
        if inner:
            message, hint = "a link stands inside a link", "let one of them follow the other"
            self._report(flow.where(mark.place), "P257", message, hint)
        address = self._checked(mark, flow)
        shown = escape(mark.address.removeprefix("mailto:"))
        if mark.words is not None:
            with flow.within("link"):
                shown = self._words_of(mark.words, flow)
        if inner or not address:
            return shown
        return Markup('<a href="{}">{}</a>').format(address, shown)

    def _checked(self, mark: marks.Link, flow: Flow) -> str:
        """The address if print can follow it; else empty, and reported."""
        address, where = mark.address, flow.where(mark.place)
        if address.startswith("#"):
            self._anchors.append((address[1:], where))
            return address
        try:
            parts = urlsplit(address)
            good = parts.scheme.lower() in _SCHEMES and bool(parts.netloc or "@" in parts.path)
        except ValueError:
            good = False
        if good and address.isprintable() and not re.search(r"[\s<>\"\\]", address):
            return address
        message = f"{address[:60]!r} is not an address that print can follow"
        self._report(where, "P250", message, "write https://…, http://…, mailto:… or #anchor")
        return ""

    # -- notes

    def _hang(
        self, mark: marks.Citation | marks.Call | marks.Basis, parts: list[str], flow: Flow
    ) -> None:
        """Hangs a note on the word before it, at the foot of the page."""
        where = flow.where(mark.place)
        if "note" in flow.inside:
            self._report(where, "P224", "a note cannot call a note", "write its words here")
            return
        if parts:
            parts[-1] = parts[-1].rstrip()
        if {"heading", "link"} & set(flow.inside):
            what = "heading" if "heading" in flow.inside else "link"
            message = f"a note cannot hang on a {what}"
            self._report(where, "P212", message, "move it to the text that follows")
            flow.called.add(getattr(mark, "name", ""))
            return
        if len(parts) > 1 and not parts[-1] and parts[-2].startswith('<span class="note"'):
            message = "two notes hang on the same word"
            hint = (
                "make one of them: [@dewaal, p. 12; @hrw], or put the citation in the note; "
                "the note of a fact is left out by {fact: agdam.displaced, no note}"
            )
            self._report(where, "P227", message, hint)
        with flow.within("note"):
            match mark:
                case marks.Citation():
                    html = self._cited(mark, flow, alone=True)
                case marks.Call():
                    html = self._call(mark, flow)
                case marks.Basis():
                    html = self._basis(mark, flow)
        if html:
            self._notes += 1
            note = Markup('<span class="note" id="note-{}">{}</span>')
            parts.append(note.format(self._notes, html))

    def _cited(self, mark: marks.Citation, flow: Flow, alone: bool) -> Markup:
        """The citations of a note, each an anchor that leads to its source.

        Where they are the whole note they make a sentence; among other words they do not.
        """
        known: list[marks.Mention] = []
        for mention in mark.mentions:
            if mention.key in self.dossier.bibliography:
                known.append(mention)
                continue
            hint = nearest(mention.key, self._names["source"].values())
            message = f"there is no source {mention.key!r}"
            self._report(
                flow.where(mention.place), "P210", message, hint or "add it to sources.yaml"
            )
        if not known:
            return NONE
        cluster = [
            CitationItem.at(mention.key, mention.at, f"{mention.before} {_HERE}".strip())
            for mention in known
        ]
        _, *texts = str(self.citations.note(cluster)).split(_HERE)
        ends = [f"; {mention.before}".rstrip() for mention in known[1:]]
        parts = [
            self._anchored(mention.key, text.strip(), end)
            for mention, text, end in zip(known, texts, [*ends, "."], strict=True)
        ]
        before = known[0].before
        if alone:
            before = before[:1].upper() + before[1:]
        else:
            parts[-1] = trusted(parts[-1].removesuffix("."))
        return Markup(" ").join([escape(before), *parts] if before else parts)

    def _anchored(self, source: str, text: str, end: str) -> Markup:
        """One citation as a link to its source, up to the address that it may give, and its end."""
        end = end if text.endswith(end) else ""
        text = text.removesuffix(end)
        words, link, address = text.partition("<a ")
        if any(words.count(f"<{tag}") != words.count(f"</{tag}") for tag in ("em", "span")):
            words, link, address = text, "", ""
        gap = words[len(words.rstrip(" ,:;(")) :] if link else ""
        anchor = self.cite_link(source, trusted(words.removesuffix(gap)))
        return anchor + trusted(gap + link + address + end)

    def _call(self, mark: marks.Call, flow: Flow) -> Markup:
        """The words of the note that is called; empty, and reported, where there are none."""
        where = flow.where(mark.place)
        note = flow.marked.notes.get(mark.name)
        if note is None:
            hint = did_you_mean(mark.name, flow.marked.notes, f"write it: [^{mark.name}]: …")
            self._report(where, "P220", f"there is no note [^{mark.name}]", hint)
            return NONE
        if mark.name in flow.called:
            message = f"note [^{mark.name}] is called a second time"
            self._report(where, "P223", message, "a note has one place; write another")
        flow.called.add(mark.name)
        return Markup("<br>").join(self._words_of(words, flow) for words in note.paragraphs)

    # -- blocks and pictures

    def _end_block(self, frames: list[Frame], flow: Flow) -> None:
        opening = frames[-1].opening
        if opening is None:
            return
        body = trusted(_EMPTY.sub("", "".join(frames.pop().parts)).strip())
        frames[-1].parts.append(self._block(opening, body, flow))

    def _block(self, mark: marks.Opening, body: Markup, flow: Flow) -> Markup:
        where = flow.where(mark.place)
        kind = self._kinds.get(mark.kind)
        if kind is None:
            hint = did_you_mean(mark.kind, self._kinds, f"the kinds are {', '.join(self._kinds)}")
            self._report(where, "P230", f"there is no block of kind {mark.kind!r}", hint)
            return body
        self._check_block(kind, mark, body, flow)
        options = dict.fromkeys(kind.options, NONE) | {
            name: self._words_of(words, flow)
            for name, (words, _) in mark.options.items()
            if name in kind.options
        }
        if kind.thing:
            return self._placed_thing(kind, flow.marked.written(mark.title), options, where)
        with flow.within("heading"):
            title = self._words_of(mark.title, flow)
        return self._render(
            kind,
            title=title,
            body=body,
            options=options,
            cites=self._block_cites(mark, flow) if "source" in kind.options else NONE,
            lang=self._block_language(mark, flow) if "lang" in kind.options else "",
        )

    def _block_language(self, mark: marks.Opening, flow: Flow) -> str:
        words, place = mark.options.get("lang", ("", mark.place))
        language = flow.marked.written(words)
        if not language or marks.LANGUAGE.fullmatch(language):
            return language
        message = f"{language[:40]!r} is not a language tag"
        self._report(flow.where(place), "P262", message, "write one like az, ru or hy")
        return ""

    def _block_cites(self, mark: marks.Opening, flow: Flow) -> Markup:
        """The source that a block names in its options ``source`` and ``at``."""
        words, place = mark.options.get("source", ("", mark.place))
        if not words:
            return NONE
        source, _, at = flow.marked.written(words).partition(",")
        source = source.strip().lstrip("@")
        if source not in self.dossier.bibliography:
            hint = nearest(source, self._names["source"].values()) or "add it to sources.yaml"
            self._report(flow.where(place), "P210", f"there is no source {source!r}", hint)
            return NONE
        at = flow.marked.written(mark.options["at"][0]) if "at" in mark.options else at
        return self.cites([Cite(source=source, at=at.strip())])

    def _check_block(
        self, kind: blocks.Kind, mark: marks.Opening, body: Markup, flow: Flow
    ) -> None:
        """Reports what the author wrote and the kind's template does not print."""
        where = flow.where(mark.place)
        if mark.title and not kind.title:
            message = f"a {kind.name} has no title"
            self._report(where, "P234", message, f"write /// {kind.name}")
        if kind.body and not body:
            self._report(
                where, "P235", f"this {kind.name} is empty", "write its text before the ///"
            )
        for name, (_, place) in mark.options.items():
            if name not in kind.options:
                known = ", ".join(sorted(kind.options))
                otherwise = f"its options are {known}" if known else "it has no options"
                hint = did_you_mean(name, kind.options, otherwise)
                message = f"a {kind.name} has no option {name!r}"
                self._report(flow.where(place), "P233", message, hint)

    def _picture(self, mark: marks.Picture, flow: Flow) -> Markup:
        """A figure: the block of that kind, with the words in brackets for its caption."""
        where = flow.where(mark.place)
        kind = next((kind for kind in self._kinds.values() if kind.thing == "figure"), None)
        if mark.place not in flow.alone:
            message = "a picture stands in a paragraph of its own"
            self._report(where, "P241", message, "leave an empty line before and after it")
            return escape(mark.source)
        if kind is None:
            self._report(
                where, "P230", "no block prints figures", "restore templates/blocks/figure.html"
            )
            return escape(mark.source)
        options = dict.fromkeys(kind.options, NONE)
        if mark.words:
            options["caption"] = self._words_of(mark.words, flow)
        return self._placed_thing(kind, mark.target, options, where)

    def _placed_thing(
        self, kind: blocks.Kind, id_: str, options: Mapping[str, Markup], where: Where
    ) -> Markup:
        """A picture or a plate in its place in the text; each has one place."""
        what = blocks.THINGS[kind.thing]
        thing = self._names[what].get(id_)
        if thing is None:
            hint = nearest(id_, self._names[what].values()) or _HOMES[what]
            self._report(where, "P240", f"there is no {what} {id_!r}", hint)
            return NONE
        if thing.anchor in self._placed:
            file, line, _ = self._placed[thing.anchor]
            message = f"{what} {id_!r} already stands at {file}:{line}"
            self._report(where, "P243", message, f"refer to it here: [[{what}:{id_}]]")
            return NONE
        self._placed[thing.anchor] = where
        context: dict[str, object] = {"anchor": thing.anchor, "options": options}
        if what == "plate":
            return self._render(kind, **context, plate=self.plates.get(id_, NONE))
        picture = self.dossier.pictures[id_]
        return self._render(
            kind,
            **context,
            figure=picture,
            label=facts.label(self.dossier, thing.anchor),
            caption=self.inline(picture.caption),
            cites=self.cites(picture.sources),
        )

    def _render(self, kind: blocks.Kind, **context: object) -> Markup:
        name = f"{blocks.FOLDER}{kind.name}.html"
        try:
            template = self.templates.get_template(name)
            return trusted(template.render(language=self.language, w=self._words, **context))
        except jinja2.TemplateError as error:
            raise ContentError([_template_finding(name, error)]) from error


def _template_finding(name: str, error: jinja2.TemplateError) -> Finding:
    message = f"template fails: {' '.join((error.message or type(error).__name__).split())}"
    hint = "correct the template; press/prose/blocks.py says what it may print"
    return Finding(f"templates/{name}", getattr(error, "lineno", 0) or 0, 0, "T501", message, hint)
