"""How much of a dossier rests on what: the facts of its data, and the sentences of its prose.

A fact is counted once, where it is typed (``press.content.coverage``). It has a source read where
each of its accounts has one that somebody has seen; sources that nobody has read support nothing,
and one that was read as quoted in another is that other. ``docs/facts.md`` tells all this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from press import locale
from press.checks.texts import QUOTED, Passage, passages, sentences
from press.content import coverage as typed
from press.content import facts
from press.content.coverage import Stated
from press.content.evidence import READ, Support, level_of, supports
from press.content.load import Loaded
from press.content.model import Cite, Dossier
from press.prose.quotes import blocks


@dataclass(frozen=True)
class Coverage:
    """Facts: how many there are, have a source read, rest on one source, and are contested.

    Sentences of prose: how many there are, carry a note, and, without one, print data.
    """

    facts: int
    read: int
    single: int
    contested: int
    sentences: int = 0
    noted: int = 0
    drawn: int = 0


def coverage(loaded: Loaded) -> Coverage:
    """The count over all facts and all prose of a dossier."""
    dossier, every = loaded.dossier, tuple(typed.stated(loaded.dossier))
    rests = [(fact, supports(fact, dossier)) for fact in every]
    told = list(_told(loaded))
    return Coverage(
        facts=len(every),
        read=sum(_is_read(fact, found) for fact, found in rests),
        single=sum(len(_roots(found, dossier)) == 1 for _, found in rests),
        contested=sum(fact.contested for fact in every),
        sentences=len(told),
        noted=told.count("note"),
        drawn=told.count("data"),
    )


def _is_read(fact: Stated, found: tuple[Support, ...]) -> bool:
    """Whether the fact, or each account of it, has a source that was read."""
    accounts = fact.claims or (None,)
    return all(any(one.claim is claim and one.level in READ for one in found) for claim in accounts)


def _roots(found: tuple[Support, ...], dossier: Dossier) -> frozenset[str]:
    """The sources that were seen; one that was read as quoted counts as the one that quotes it."""
    return frozenset(_root(one.cite, dossier) for one in found if one.level != "not read")


def _root(cite: Cite, dossier: Dossier) -> str:
    via = cite.via.partition(",")[0].strip()
    ident = via if cite.level == "quoted in" and via in dossier.bibliography else cite.source
    seen: set[str] = set()
    while ident not in seen:
        seen.add(ident)
        source = dossier.bibliography.get(ident)
        ident = source.quoted_in.source if source and source.quoted_in else ident
    return ident


# -- prose ---------------------------------------------------------------------------------------

_NOTE = re.compile(r"\[\^(?P<named>[^\]]+)\](?!:)|\^\[(?P<inline>[^\]]*(?:\[[^\]]*\][^\]]*)*)\]")
_CITED = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
_BEHIND = re.compile(r"(?:\s*(?:\[[^\[\]]*@[^\[\]]*\]|\[\^[^\]]+\]))+")
_FACT = re.compile(r"\{\s*fact\s*:(?P<words>[^{}]*)\}")
_EVENT = re.compile(r"\[\[\s*(?:event\s*:\s*)?(?P<id>[a-z0-9-]+)\s*\]\]")
_MENTION = re.compile(r"@([\w-]*\w)")
_LEAST = 3
"""Words that a sentence has at the least."""
_RUN_IN = re.compile(r"\*\*[^*]+\*\*[ ]?$")
"""A heading that stands in the line of its text."""
_MOST = 5
"""Words that it has at the most."""
_OF_PROSE = frozenset({"standfirst", "note", "caption", "disclaimer"})
"""Fields whose sentences are prose; others are facts, and counted as these."""
_OF_FACTS = ("fact.", "claim.", "entry.", "row.", "person.", "place.", "source", "meta.disclaimer")
"""Whose notes are none: they belong to a fact, which is counted, and to its sources."""


def _told(loaded: Loaded) -> Iterator[str]:
    """Of each sentence of prose: ``note``, ``data``, or "" where it rests on neither."""
    for passage in passages(loaded):
        if not (passage.is_chapter or passage.name.partition(".")[2] in _OF_PROSE):
            continue
        if passage.name.startswith(_OF_FACTS):
            continue
        quoted = [(begin, end) for begin, *_, end in blocks(passage.written)]
        for offset, text in sentences(passage, passage.own):
            inside = any(begin <= offset < end for begin, end in quoted)
            if inside or not _is_sentence(passage, offset, text):
                continue
            end = offset + len(text)
            behind = _BEHIND.match(passage.written, end)
            written = passage.written[offset : behind.end() if behind else end]
            yield _rests_on(written, passage, loaded)


def _is_sentence(passage: Passage, offset: int, text: str) -> bool:
    """Whether it is one of prose: no heading, row of a table, note or quotation of somebody.

    A heading may stand in bold letters before the text: **What was agreed.** Truces …
    """
    line = passage.written[passage.written.rfind("\n", 0, offset) + 1 : offset]
    apart = re.match(r"\s*(?:#|\||/{3}|\[\^|>)", line + passage.written[offset : offset + 2])
    written = passage.written[passage.written.rfind("**", 0, offset) : offset + len(text) + 3]
    words = re.findall(r"[^\W\d_]+", text.replace(QUOTED, ""))
    heads = _RUN_IN.match(written) and len(words) <= _MOST
    return not (apart or heads) and len(words) >= _LEAST


def _rests_on(written: str, passage: Passage, loaded: Loaded) -> str:
    facts_drawn = list(_FACT.finditer(written))
    notes = _NOTE.finditer(written)
    told = (match["inline"] or _note_text(match["named"] or "", passage) for match in notes)
    cites = (*_CITED.findall(written), *told)
    named = {ident for cite in cites for ident in _MENTION.findall(cite)}
    if any(_is_seen(ident, loaded.dossier) for ident in named):
        return "note"
    if any("no note" not in match["words"] for match in facts_drawn) and passage.is_chapter:
        return "note"
    events = loaded.dossier.events
    return "data" if facts_drawn or any(m["id"] in events for m in _EVENT.finditer(written)) else ""


def _note_text(name: str, passage: Passage) -> str:
    """The words of a note that stands further down in the chapter."""
    mark = rf"^\[\^{re.escape(name)}\]:((?:.|\n(?=[ \t]+\S))*)"
    found = re.search(mark, passage.written, re.MULTILINE)
    return found[1] if found else ""


def _is_seen(ident: str, dossier: Dossier) -> bool:
    """Whether there is such a source, and something of it was seen."""
    there = ident in dossier.bibliography
    return there and level_of(Cite(source=ident), dossier) != "not read"


# -- in words ------------------------------------------------------------------------------------


def line(count: Coverage, language: str) -> str:
    """The count in words: "142 facts, 140 with a source read; 9 rest on one; 4 contested"."""
    words = locale.messages(language)

    def several(key: str, number: int) -> str:
        form = words[f"{key}.{'one' if number == 1 else 'other'}"]
        return form.format(n=locale.number(number, language))

    numbers = {key: locale.number(value, language) for key, value in asdict(count).items()}
    single = several("coverage.single", count.single)
    told = {**numbers, "facts": several("coverage.facts", count.facts), "single": single}
    text = words["coverage.line"].format(**told)
    if count.sentences:
        text += words["coverage.sentences"].format(**numbers)
    if count.drawn:
        text += several("coverage.drawn", count.drawn)
    return text


def coverage_line(loaded: Loaded, language: str = "") -> str:
    """The count of a dossier in words, in its own language where no other is asked for."""
    return line(coverage(loaded), language or facts.language_of(loaded.dossier))
