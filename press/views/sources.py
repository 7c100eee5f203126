"""The bibliography: sources by kind, how each was read, and where it is cited."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from press import locale
from press.content.evidence import level_of_source
from press.content.model import Dossier, Source
from press.prose import Prose
from press.prose.sentences import begun
from press.views.values import NOTHING, Group, Part, page_list

KINDS = ("primary", "press", "secondary", "reference")
"""The kinds of sources, in the order in which they are printed."""
FURTHER = "further"
"""What is listed, and neither cited nor read; printed behind them."""
_OPEN = re.compile(r"[^.!?…][”’)\]»“]*$")
"""Words that no mark closes."""


@dataclass(frozen=True)
class SourceView:
    """A source, and its entry.

    Languages are named where they are not the dossier's own, and ``checked`` does not name them.
    """

    source: Source
    label: Markup
    html: Markup
    languages: str
    checked: Markup
    note: Markup
    pages: Markup
    cited_on: Markup


@dataclass(frozen=True)
class SourcesView(Part[Group[SourceView]]):
    """The bibliography; whether any of it is cited on a page."""

    cited: bool


def view(dossier: Dossier, prose: Prose) -> SourcesView | None:
    """The bibliography, by kind, the press by day; None where there are no sources.

    A source is cited where something printed before cites it. What is not, and was not read, is
    further reading and stands apart, so that nobody takes it for what the text rests on.
    """
    listed = dossier.bibliography
    if not listed:
        return None
    words = locale.messages(dossier.meta.language)
    entries = [(listed[i], html) for i, html in prose.citations.bibliography(list(listed))]
    further = {source.id for source in listed.values() if _is_further(source, prose)}
    groups = []
    for kind in (*KINDS, FURTHER):
        chosen = [e for e in entries if kind == (FURTHER if e[0].id in further else e[0].kind)]
        if kind == "press":
            chosen.sort(key=lambda entry: _day(entry[0]))
        if chosen:
            views = tuple(_source(source, html, prose) for source, html in chosen)
            groups.append(Group(words[f"sources.{kind}"], views))
    cited = any(entry.pages for group in groups for entry in group.entries)
    return SourcesView(prose.inline(dossier.sources.note), tuple(groups), cited)


def _is_further(source: Source, prose: Prose) -> bool:
    return not prose.cited(source.id) and level_of_source(source, prose.language) == "not read"


def _day(source: Source) -> tuple[bool, int]:
    """What papers are ordered by: their first day; those without a date come last."""
    return not source.issued, source.issued.earliest.number if source.issued else 0


def _source(source: Source, html: Markup, prose: Prose) -> SourceView:
    own = prose.language.split("-")[0]
    foreign = [lang for lang in source.languages if lang.split("-")[0] != own]
    names = [locale.language_name(lang, prose.language) for lang in foreign]
    names = [name for name in names if name.casefold() not in source.checked.casefold()]
    followed = bool(source.via or names or source.note)
    words, stem = locale.messages(prose.language), f"cite-{source.id}-"
    cited, said = prose.cited(source.id), (words["cited-on"], words["cited-on.pages"])
    stop = "." if followed and _OPEN.search(source.checked) else ""
    return SourceView(
        source=source,
        label=prose.citations.label(source.id),
        html=html,
        languages=begun(", ".join(names), prose.language),
        checked=prose.inline(source.checked + stop),
        note=prose.inline(begun(source.note, prose.language)),
        pages=page_list(stem) if cited else NOTHING,
        cited_on=page_list(stem, words=said) if cited else NOTHING,
    )
