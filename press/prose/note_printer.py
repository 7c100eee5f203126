"""What stands in notes: citations, the author's own words, and what a fact rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup, escape

from press.base.finding import did_you_mean
from press.citations import CitationItem
from press.content import facts
from press.content.model import Cite, Claim, Fact
from press.prose.flow import Flow
from press.prose.marks import Basis, Call, Citation, Mention, NoteMark
from press.prose.names import nearest
from press.prose.sentences import in_brackets
from press.prose.values import NONE, SEMICOLON, Values, trusted

# Stands at the head of each source while a note is set; a private character no source may bring.
_HERE = "\U0010fffd"
_NOTE = Markup('<span class="note" id="{}"{}>{}</span>')
_HEAD_CALL = Markup('<a class="head-call" href="#of-{}"{}></a>')
_OF_HEAD = Markup('<span class="of-head">{}<span id="of-{}"></span></span>')

NEXT_CALL = "<wbr>"
"""Stands between two calls of notes that meet behind punctuation, until both are printed."""

_BESIDE = Markup(' data-beside=""')
_TAG = re.compile(r"<[^>]*>")
_CLOSES = "”’»“\"')]%"
_ABBREVIATED = re.compile(r"[^\W\d_]\.[^\W\d_]\.$")


class NotePrinter:
    """Hangs notes on the words before them; ``words`` prints a run of words of a text."""

    def __init__(self, values: Values, words: Callable[[str, Flow], Markup]) -> None:
        self._values = values
        self._words = words

    def hang(self, mark: NoteMark, parts: list[str], flow: Flow) -> None:
        """Puts the note of ``mark`` behind ``parts``, at the foot of the page."""
        if flow.is_inside("note"):
            flow.report(mark.place, "P224", "a note cannot call a note", "write its words here")
            return
        beside = parts[-2:] == [NEXT_CALL, ""]
        if beside:
            del parts[-2:]
        if parts:
            parts[-1] = parts[-1].rstrip()
        if flow.is_inside("heading", "link"):
            what = "heading" if flow.is_inside("heading") else "link"
            message, hint = f"a note cannot hang on a {what}", "move it to the text that follows"
            flow.report(mark.place, "P212", message, hint)
            flow.called.add(getattr(mark, "name", ""))
            return
        meets = len(parts) > 1 and not parts[-1] and parts[-2].startswith('<span class="note"')
        if meets and not beside:
            message = "two notes hang on the same word"
            hint = (
                "make one of them: [@source, p. 12; @another], or put the citation in the note; "
                "the note of a fact is left out by {fact: town.population, no note}"
            )
            flow.report(mark.place, "P227", message, self._values.with_own_ids(hint))
        with flow.within("note"):
            html = self._text(mark, flow)
        if html:
            anchor = self._values.record.anchor("note")
            joined = _BESIDE if beside else NONE
            if flow.is_inside("head"):
                parts.append(_HEAD_CALL.format(anchor, joined))
                flow.held.append(_OF_HEAD.format(_NOTE.format(anchor, NONE, html), anchor))
            else:
                parts.append(_NOTE.format(anchor, joined, html))

    def _text(self, mark: NoteMark, flow: Flow) -> Markup:
        match mark:
            case Citation():
                return self.citation(mark, flow, alone=True)
            case Call():
                return self._called(mark, flow)
            case Basis():
                return self._basis(mark, flow)

    def _called(self, mark: Call, flow: Flow) -> Markup:
        """The words of the note that is called; empty, and reported, where there are none."""
        note = flow.marked.notes.get(mark.name)
        if note is None:
            hint = did_you_mean(mark.name, flow.marked.notes, f"write it: [^{mark.name}]: …")
            if flow.fixed:  # a field or a title, which has no lines for notes
                hint = "notes with a name stand in chapters; write ^[the words of the note] here"
            flow.report(mark.place, "P220", f"there is no note [^{mark.name}]", hint)
            return NONE
        if mark.name in flow.called:
            message = f"note [^{mark.name}] is called a second time"
            flow.report(mark.place, "P223", message, "a note has one place; write another")
        flow.called.add(mark.name)
        return Markup("<br>").join(self._words(words, flow) for words in note.paragraphs)

    # -- citations

    def citation(self, mark: Citation, flow: Flow, *, alone: bool) -> Markup:
        """The citations of a note, each an anchor that leads to its source.

        Where they are the whole note they make a sentence; among other words they do not.
        """
        known = []
        for mention in mark.mentions:
            if mention.key in self._values.dossier.bibliography:
                known.append(mention)
                continue
            hint = nearest(mention.key, self._values.names["source"].values())
            message = f"there is no source {mention.key!r}"
            flow.report(mention.place, "P210", message, hint or "add it to sources.yaml")
        return self._cluster(known, alone=alone) if known else NONE

    def among(self, mark: Citation, before: str, flow: Flow) -> Markup:
        """The citations among the words of a note, in brackets where they end what is said.

        Behind "see", "in" and the like, and behind a point or colon, they go on as its words do.
        """
        cited = self.citation(mark, flow, alone=False)
        words = _TAG.sub("", before).split() or [":"]
        leads = self._values.catalogue["check.before-source"].split()
        if not cited or words[-1].casefold() in leads:
            return cited
        ends = words[-1][-1]
        said = ends.isalnum() or ends in _CLOSES
        return in_brackets(cited) if said else cited

    def _cited(self, cites: Sequence[Cite], flow: Flow, *, alone: bool) -> Markup:
        """Sources as a note of the citation style gives them."""
        place = (flow.marked.line, 1)
        mentions = tuple(Mention(c.source, place, at=c.at) for c in dict.fromkeys(cites))
        return self.citation(Citation("", place, mentions), flow, alone=alone)

    def _cluster(self, mentions: Sequence[Mention], *, alone: bool) -> Markup:
        """At least one citation, as the citation style gives them."""
        mentions = [found for mention in mentions for found in self._with_carriers(mention)]
        cluster = [
            CitationItem(m.key, m.at, f"{m.before} {_HERE}".strip(), m.carrier) for m in mentions
        ]
        _, *texts = str(self._values.citations.note(cluster)).split(_HERE)
        quoted = f", {self._values.citations.quoted_in}"
        ends = [quoted if m.carrier else f"; {m.before}".rstrip() for m in mentions[1:]]
        parts = [
            self._anchored(mention.key, text.strip(), end)
            for mention, text, end in zip(mentions, texts, [*ends, "."], strict=True)
        ]
        before = mentions[0].before
        if alone:
            before = before[:1].upper() + before[1:]
        else:
            parts[-1] = trusted(_unstopped(parts[-1]))
        return Markup(" ").join([escape(before), *parts] if before else parts)

    def _with_carriers(self, mention: Mention) -> Iterator[Mention]:
        """A source, and those in which it was read as quoted."""
        yield mention
        for cite in self._values.citations.carriers(mention.key):
            yield Mention(cite.source, mention.place, at=cite.at, carrier=True)

    def _anchored(self, source: str, text: str, end: str) -> Markup:
        """One citation as a link to its source, up to the address that it may give, and its end."""
        end = end if text.endswith(end) else ""
        text = text.removesuffix(end)
        words, link, address = text.partition("<a ")
        if any(words.count(f"<{tag}") != words.count(f"</{tag}") for tag in ("em", "span")):
            words, link, address = text, "", ""
        gap = words[len(words.rstrip(" ,:;(")) :] if link else ""
        anchor = self._values.cite_link(source, trusted(words.removesuffix(gap)))
        return anchor + trusted(gap + link + address + end)

    # -- facts

    def _basis(self, mark: Basis, flow: Flow) -> Markup:
        """The words of the note on a fact: what it measures, who says so, and where.

        Of a contested fact every account is given, and why one of them is preferred.
        """
        found = facts.find(self._values.facts, mark.address)
        if isinstance(found, facts.Nowhere):
            return NONE
        fact = found.fact
        if fact is None or not fact.claims:
            lead = SEMICOLON.join(self._values.remarks(fact) if fact else ())
            return _sentence(lead, self._cited(facts.basis(found), flow, alone=True))
        accounts = [self._account(claim, fact, flow) for claim in fact.claims]
        own = self._values.inline(fact.note), self._cited(fact.sources, flow, alone=True)
        intro = Markup("{}.").format(self._values.catalogue["accounts"])
        return Markup(" ").join(part for part in (intro, *accounts, _sentence(*own)) if part)

    def _account(self, claim: Claim, fact: Fact, flow: Flow) -> Markup:
        """One account of a contested fact as a sentence of a note."""
        value = self._values.account(claim, fact.unit)
        cites = self._cited(claim.sources, flow, alone=False)
        voice = SEMICOLON.join(self._values.voice(claim, cites))
        return _sentence(Markup("{} ({})").format(value, voice) if voice else value, cites)


def _sentence(lead: Markup, cites: Markup) -> Markup:
    """Words and the citations that bear them out, with a full stop; empty for neither."""
    lead = trusted(lead[:1].upper() + lead[1:])
    if cites:
        cites = trusted(cites.removesuffix("."))
        return Markup("{}{}.").format(Markup("{}: ").format(lead) if lead else lead, cites)
    return Markup("{}.").format(trusted(lead.removesuffix("."))) if lead else NONE


def _unstopped(text: str) -> str:
    """``text`` without the stop that ends a sentence; that of an abbreviation stays: n.d."""
    return text if _ABBREVIATED.search(_TAG.sub("", text)) else text.removesuffix(".")
