"""The stage itself: chapters, fields and references in, HTML and findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import jinja2
from markupsafe import Markup, escape

from press.base.finding import Finding, Place
from press.citations import Citations
from press.content.model import Chapter, Dossier
from press.content.source_text import plain_ends
from press.prose.dialects import are_lines
from press.prose.flow import Flow
from press.prose.markup import limits
from press.prose.printer import Printer
from press.prose.reading import read
from press.prose.scanner import one_line
from press.prose.values import NONE, Values


class Prose(Values):
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
        where: Mapping[str, Place] | None = None,
    ) -> None:
        super().__init__(dossier, citations)
        self.templates = templates
        self.where = where or {}
        self.plates = {} if plates is None else plates
        self._printer = Printer(self, templates, self.plates)

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with all texts so far; links are judged by what is printed by now."""
        things = (thing for things in self.names.values() for thing in things.values())
        return self.record.findings(thing.anchor for thing in things)

    def chapter(self, chapter: Chapter) -> Markup:
        """The HTML of a chapter from below its title; headings begin at ``<h2>``."""
        text = plain_ends(chapter.body)
        if faults := list(limits(text)):
            self.record.add(
                Finding(chapter.file, chapter.line + line - 1, column, "P290", message, hint)
                for line, column, message, hint in faults
            )
            return Markup("<p>{}</p>").format(text)
        flow = Flow(read(text, chapter.line, self._printer.kinds), chapter.file, chapter.id)
        html = self._printer.chapter(flow)
        self.record.add(flow.findings)
        return html

    def inline(self, text: str) -> Markup:
        """The HTML of one line of Markdown, as fields hold it: no block, no paragraph around it."""
        return self._field(text, self.where.get(text.strip(), (self.dossier.slug, 0, 0)))

    def title(self, chapter: Chapter) -> Markup:
        """A chapter's title; no note can hang on it, for contents and running heads repeat it."""
        return self._field(chapter.title, (chapter.file, chapter.line - 1, 3), ["heading"])

    def _field(self, text: str, where: Place, inside: Sequence[str] = ()) -> Markup:
        if "\n" in text.strip():
            self.record.add(_run_together(text.strip(), where))
        text = one_line(plain_ends(text))
        if not text:
            return NONE
        if faults := list(limits(text)):
            self.record.add(Finding(*where, "P290", message, hint) for *_, message, hint in faults)
            return escape(text)
        flow = Flow(read(text, inline=True), where[0], fixed=where, inside=[*inside])
        html = self._printer.words(flow.marked.text, flow)
        self.record.add(flow.findings)
        return html


_BLOCK = re.compile(r" *(?:[-+*] |[0-9]{1,3}[.)] |#{1,6} |> |\||`{3}|~{3}|/{3})")
"""What a line of a field begins with that would be a block in a chapter."""
PARAGRAPH = 120
"""Letters of a line of YAML that is a whole paragraph, and no line of one."""


def _run_together(text: str, where: Place) -> Iterator[Finding]:
    """Lines and paragraphs of a field, which is printed as one run of words."""
    lines = text.split("\n")
    if any(_BLOCK.match(line) for line in lines[1:]):
        message = "the lines of a list, table, block or heading run together in this text"
        yield Finding(*where, "P265", message, "make a sentence of them, or write a chapter")
    elif not all(lines) or any(len(line) > PARAGRAPH for line in lines[:-1]):
        message = "the paragraphs of this text run together"
        hint = "make one of them, end the first with a backslash to break it, or write a chapter"
        yield Finding(*where, "P265", message, hint)
    elif are_lines(lines):
        message = f"the {len(lines)} lines of this text run together"
        hint = "end each line with a backslash to break it there, or write them on one line"
        yield Finding(*where, "P284", message, hint)
