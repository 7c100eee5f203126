"""Passages of sources to be read and questioned, from questions.yaml or the chapters' quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from press import locale
from press.content.model import Dossier, Extract
from press.views.strip_links import UnlinkedProse, strip_links
from press.views.values import NOTHING

PROMPTS = ("who", "when", "whom", "says", "leaves-out")
"""The questions that a source is asked, as the catalogue words them."""
QUOTES = 2
"""Quotes of the chapters that are read where the author lists no readings."""


@dataclass(frozen=True)
class ReadingView:
    """A passage to question, and what to ask of it."""

    introduction: Markup
    paragraphs: tuple[Markup, ...]
    language: str
    by: Markup
    label: Markup
    prompts: tuple[Markup, ...]
    entry: Markup = NOTHING
    checked: Markup = NOTHING


@dataclass(frozen=True)
class Quote:
    """A quote block of a chapter: the id of its source, the block's options, its paragraphs."""

    source: str
    options: Mapping[str, str]
    paragraphs: tuple[str, ...]


NO_QUOTE = Quote("", {}, ())
_BLOCK = re.compile(r"^/// *quote\b[^\n]*\n(.*?)^///\s*$", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"^\s*([a-z]+):\s*(.*)$")


def quotes(chapters: Iterable[str]) -> Iterator[Quote]:
    """The quote blocks in the Markdown of chapters, with their options and paragraphs."""
    for body in chapters:
        for block in _BLOCK.finditer(body):
            options: dict[str, str] = {}
            lines = block[1].split("\n")
            while lines and (option := _OPTION.match(lines[0])):
                options[option[1]] = option[2].strip()
                lines.pop(0)
            parts = re.split(r"\n\s*\n", "\n".join(lines).strip())
            source = options.get("source", "").partition(",")[0].strip().lstrip("@")
            yield Quote(source, options, tuple(" ".join(part.split()) for part in parts))


def readings(dossier: Dossier, prose: UnlinkedProse, answers: bool) -> Iterator[ReadingView]:
    """The passages that the author lists, or the quotes of the chapters where none are listed.

    A passage of no known source, or without words of its own or of a quote, is left out.
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
        names = locale.messages(dossier.meta.language)
        prompts = reading.prompts or [names[f"worksheet.prompt.{name}"] for name in PROMPTS]
        yield ReadingView(
            introduction=prose.inline(reading.introduction),
            paragraphs=tuple(
                map(prose.inline, (reading.text,) if reading.text else quote.paragraphs)
            ),
            language="" if reading.text else quote.options.get("lang", ""),
            by=prose.inline(reading.by or quote.options.get("by", "")),
            label=strip_links(label),
            prompts=tuple(map(prose.inline, prompts)),
            entry=strip_links(prose.citations.entry(source.id)) if answers else NOTHING,
            checked=prose.inline(source.checked) if answers else NOTHING,
        )
