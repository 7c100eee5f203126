"""Passages of sources to be read and questioned, from questions.yaml or the chapters' quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from markupsafe import Markup

from press import locale
from press.classroom.questions import Secret, is_long
from press.classroom.telling import Sought
from press.content.model import Dossier, Extract
from press.content.model.questions import PROMPTS
from press.prose.quotes import NO_QUOTE, quotes
from press.views.strip_links import UnlinkedProse, folded, strip_links
from press.views.strip_links import words as words_of
from press.views.values import NOTHING

QUOTES = 2
"""Quotes of the chapters that are read where the author lists no readings."""


@dataclass(frozen=True)
class PromptView:
    """What is asked of a passage, and the answer that is expected, if it may be known."""

    html: Markup
    expected: Markup = NOTHING


@dataclass(frozen=True)
class ReadingView:
    """A passage to question, and what to ask of it; ``entry`` says in full where it stands."""

    introduction: Markup
    paragraphs: tuple[Markup, ...]
    language: str
    by: Markup
    label: Markup
    prompts: tuple[PromptView, ...]
    entry: Markup = NOTHING


def readings(dossier: Dossier, prose: UnlinkedProse, answers: bool) -> Iterator[ReadingView]:
    """The passages that the author lists, or the quotes of the chapters where none are listed.

    A passage of no known source, or without words of its own or of a quote, is left out; a check
    says so (E246).
    """
    found = list(quotes(chapter.body for chapter in dossier.chapters))
    listed = dossier.questions.sources_to_read or [
        Extract.model_validate({"source": q.source}) for q in found[:QUOTES] if q.source
    ]
    for reading in listed:
        source = dossier.bibliography.get(reading.source.source)
        quote = next((q for q in found if q.source == reading.source.source), NO_QUOTE)
        if source is None or not (reading.text or quote.source):
            continue
        label = prose.citations.label(source.id)
        if at := reading.source.at or quote.options.get("at", ""):
            label = Markup(", ").join([label, prose.citations.locator(at)])
        yield ReadingView(
            introduction=prose.inline(reading.introduction),
            paragraphs=tuple(
                map(prose.inline, (reading.text,) if reading.text else quote.paragraphs)
            ),
            language="" if reading.text else quote.options.get("lang", ""),
            by=prose.inline(reading.by or quote.options.get("by", "")),
            label=strip_links(label),
            prompts=tuple(_prompts(reading, prose, answers)),
            entry=strip_links(prose.citations.entry(source.id)) if answers else NOTHING,
        )


def _prompts(reading: Extract, prose: UnlinkedProse, answers: bool) -> Iterator[PromptView]:
    """What is asked of a passage, with what is expected where ``answers`` are wanted."""
    names = locale.messages(prose.language)
    asked = reading.prompts or [names[f"worksheet.prompt.{name}"] for name in PROMPTS]
    for prompt, expected in zip_longest(asked, reading.expect, fillvalue=""):
        yield PromptView(prose.inline(prompt), prose.inline(expected) if answers else NOTHING)


def reading_secrets(dossier: Dossier, prose: UnlinkedProse) -> Iterator[Secret]:
    """What the author expects to be answered about the passages that are listed.

    Each clause of it that no entry of the source has is one that a hint must not tell.
    """
    for number, reading in enumerate(dossier.questions.sources_to_read):
        for index, expected in enumerate(reading.expect):
            if expected:
                said, loc = prose.words(expected), ("sources-to-read", number, "expect", index)
                task, entry = f"passage {number + 1}", _entry(reading, prose)
                told = [one for one in _CLAUSE.split(said) if folded(one) not in entry]
                for words in dict.fromkeys((said, *filter(is_long, told))):
                    yield Secret(task, Sought((words,)), "questions.yaml", loc)


_CLAUSE = re.compile(r"[.;:,!?–—]+\s+")


def _entry(reading: Extract, prose: UnlinkedProse) -> str:
    """What the bibliography says of a source, folded: whose it is and of when, a worksheet says."""
    source = reading.source.source
    known = source in prose.dossier.bibliography
    return folded(words_of(prose.citations.entry(source))) if known else ""
