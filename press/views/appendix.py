"""The appendix of facts: every fact with its value, what it rests on, and where it is printed.

The facts are those that ``coverage`` counts, so that the appendix and the count agree; answers to
what a class is asked stand in the edition for its teacher, and here is said how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from markupsafe import Markup, escape

from press import locale
from press.checks.counted import coverage_line
from press.content import coverage, facts, kinds
from press.content.coverage import Stated
from press.content.load import Loaded
from press.content.model import Cite, Claim, Dossier
from press.prose import Prose
from press.prose.sentences import accounts_joined, in_brackets, unstopped
from press.prose.values import SEMICOLON
from press.views.values import NOTHING, ClaimView, Group, Part, page_list

ANCHOR = "appendix-facts"
"""The anchor of the appendix."""


@dataclass(frozen=True)
class FactView:
    """A fact: what it is of, its value, what that measures, its accounts, sources and pages.

    ``line`` is all of it but the pages as a sentence without its full stop, for where no columns
    part them; ``printed_on`` are the pages behind their word.
    """

    name: str
    value: Markup
    scope: Markup
    accounts: tuple[ClaimView, ...]
    cites: Markup
    pages: Markup
    line: Markup
    printed_on: Markup


def view(loaded: Loaded, prose: Prose) -> Part[Group[FactView]] | None:
    """The appendix of facts, under the line that counts them.

    None where dossier.yaml does not ask for it, or there are none.
    """
    dossier = loaded.dossier
    if "facts" not in dossier.meta.appendix:
        return None
    words = locale.messages(dossier.meta.language)
    groups: dict[str, list[FactView]] = {}
    every = tuple(coverage.stated(dossier))
    answers = sum(fact.answers for fact in every)
    for fact in every:
        if fact.answers:
            continue
        file = kinds.file_of(fact.file)
        title = file.title(words) if file else ""
        groups.setdefault(title, []).append(_fact(fact, dossier, prose))
    if not groups:
        return None
    line = coverage_line(loaded, dossier.meta.language)
    if answers:
        form = words[f"appendix.answers.{'one' if answers == 1 else 'other'}"]
        line += f". {form.format(n=locale.number(answers, dossier.meta.language))}"
    return Part(escape(line), tuple(Group(title, tuple(facts)) for title, facts in groups.items()))


def _fact(fact: Stated, dossier: Dossier, prose: Prose) -> FactView:
    known = facts.find(prose.facts, fact.address)
    typed = known.fact if isinstance(known, facts.Found) else None
    unit, scope, label = (typed.unit, typed.scope, typed.label) if typed else ("", "", "")
    scope = facts.unsaid(scope, label)
    accounts = tuple(_account(claim, unit, label, prose) for claim in fact.claims)
    of_event = fact.address in dossier.events
    seen = f"seen-{fact.address}-" if of_event else f"fact-{fact.address}-"
    value = NOTHING if accounts and not of_event else plain(prose, fact.value)
    measures, cites = plain(prose, scope), _cites(fact.cites, prose)
    words = prose.catalogue
    return FactView(
        name=fact.called,
        value=value,
        scope=measures,
        accounts=accounts,
        cites=cites,
        pages=page_list(seen, fact.anchor, none="–"),
        line=_line(value, measures, accounts, cites, prose),
        printed_on=page_list(seen, fact.anchor, words=(words["printed-on"], words["pages"])),
    )


def _line(
    value: Markup, scope: Markup, accounts: Iterable[ClaimView], cites: Markup, prose: Prose
) -> Markup:
    """A fact in a line: its value or its accounts, with what they rest on in brackets."""
    given = (
        (account.html, SEMICOLON.join(filter(None, (account.rests_on, preferred))))
        for account in accounts
        for preferred in [escape(prose.catalogue["preferred"]) if account.preferred else NOTHING]
    )
    told = accounts_joined(given, prose.language)
    basis = SEMICOLON.join(filter(None, (scope, cites)))
    if not value:
        return SEMICOLON.join(filter(None, (told, basis)))
    shown = (
        Markup("{} {}").format(unstopped(value), in_brackets(basis)) if basis else unstopped(value)
    )
    return Markup(" – ").join(filter(None, (shown, told)))


def _account(claim: Claim, unit: str, label: str, prose: Prose) -> ClaimView:
    date = facts.claim_date(claim, prose.language)
    return ClaimView(
        html=escape(date) if date else prose.measured(plain(prose, claim.text), unit),
        says=plain(prose, claim.says),
        scope=plain(prose, facts.unsaid(claim.scope, label)),
        cites=_cites(claim.sources, prose),
        preferred=claim.preferred,
    )


def _cites(cites: Iterable[Cite], prose: Prose) -> Markup:
    """Labels of sources that lead to their entries; they are no citations, and have no pages."""
    return prose.source_labels(dict.fromkeys(cites), Markup('<a href="#source-{}">{}</a>').format)


def plain(prose: Prose, words: str) -> Markup:
    """Inline Markdown in print without its notes, and without anchors: it is no mention."""
    bare = re.sub(r"\s*\[(?:@|\^)[^\]]*\]", "", words)
    html = re.sub(r' id="[^"]*"|(?<=<a) class="event[^"]*"', "", str(prose.inline(bare)))
    return Markup(html)  # noqa: S704 what the prose stage has cleaned


# -- where events are mentioned -----------------------------------------------------------------

_EVENT = re.compile(r'<a (class="event[^"]*" href="#event-([a-z0-9-]+)")>')


def add_anchors(text: str) -> str:
    """``text`` with anchors ``seen-<event>-<n>`` at the links to events, where a page says one."""
    numbers: dict[str, Iterator[int]] = {}

    def anchored(link: re.Match[str]) -> str:
        number = next(numbers.setdefault(link[2], count(1)))
        return f'<a id="seen-{link[2]}-{number}" {link[1]}>'

    return _EVENT.sub(anchored, text)
