"""Blocks, pictures and plates in a text, each by the template of its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import jinja2
from markupsafe import Markup, escape

from press.base.finding import ContentError, did_you_mean
from press.base.scripts import is_seen
from press.base.templates import filled, template_finding
from press.content import facts
from press.content.model import Cite
from press.locale import language_fault
from press.prose.blocks import FOLDER, THINGS, BlockKind, kinds
from press.prose.flow import Flow
from press.prose.marks import Opening, PictureMark, TextMark
from press.prose.names import nearest
from press.prose.values import NONE, Values, trusted

_HOMES = {"image": "describe it in images/images.yaml", "plate": "describe it in plates.yaml"}


_MEANT = {
    "sidebar": ("note", "info", "box", "aside", "warning", "tip", "callout", "important", "kasten"),
    "figure": ("image", "picture", "photo", "img", "bild"),
    "plate": ("map", "timeline", "chart", "karte"),
    "verse": ("poem", "song", "lines", "gedicht", "poetry"),
    "quote": ("quotation", "citation", "blockquote", "cite", "zitat", "citation"),
}
"""What people call the kinds of blocks."""
_ENDS = ("end", "close", "stop", "ende", "fin")


class BlockPrinter:
    """Renders blocks; ``words`` prints a run of words of a text.

    ``plates`` is the finished markup of each plate by id. Raises ContentError for a block template
    that is broken.
    """

    def __init__(
        self,
        values: Values,
        words: Callable[[str, Flow], Markup],
        templates: jinja2.Environment,
        plates: Mapping[str, Markup],
    ) -> None:
        self._values = values
        self._words = words
        self._templates = templates
        self._plates = plates
        try:
            self.kinds = kinds(templates)
        except jinja2.TemplateSyntaxError as error:
            raise ContentError([template_finding(error.name or FOLDER, error)]) from error

    def block(self, mark: Opening, body: Markup, flow: Flow) -> Markup:
        """A block with its printed ``body``."""
        kind = self.kinds.get(mark.kind)
        if kind is None:
            listed = f"the kinds are {', '.join(self.kinds)}"
            meant = next((kind for kind, words in _MEANT.items() if mark.kind in words), "")
            hint = f"write /// {meant}; {listed}"
            if meant not in self.kinds:
                hint = did_you_mean(mark.kind, self.kinds, listed)
            if mark.kind.lstrip("/") in _ENDS:
                hint = "write /// alone at the end of a block"
            flow.report(mark.place, "P230", f"there is no block of kind {mark.kind!r}", hint)
            return body
        _check(kind, mark, body, flow)
        options = dict.fromkeys(kind.options, NONE) | {
            name: self._words(words, flow)
            for name, (words, _) in mark.options.items()
            if name in kind.options
        }
        if kind.thing:
            id_ = flow.marked.written(mark.title)
            return self._placed(kind, id_, options, mark, flow)
        with flow.within("heading"):
            title = self._words(mark.title, flow)
        return self._render(
            kind,
            title=title,
            body=body,
            lines=_stanzas(body) if kind.lines else (),
            options=options,
            cites=self._cites(mark, flow) if "source" in kind.options else NONE,
            lang=_language(mark, flow) if "lang" in kind.options else "",
        )

    def _cites(self, mark: Opening, flow: Flow) -> Markup:
        """The source that a block names in its options ``source`` and ``at``."""
        words, place = mark.options.get("source", ("", mark.place))
        if not words:
            return NONE
        source, _, at = flow.marked.written(words).partition(",")
        source = source.strip().lstrip("@")
        if source not in self._values.dossier.bibliography:
            hint = nearest(source, self._values.names["source"].values())
            message = f"there is no source {source!r}"
            flow.report(place, "P210", message, hint or "add it to sources.yaml")
            return NONE
        at = flow.marked.written(mark.options["at"][0]) if "at" in mark.options else at
        known = self._values.dossier.bibliography
        if "@" in at or any(p.partition(",")[0].strip() in known for p in at.split(";")[1:]):
            hint = "name one source; put the other into a note on the last word: [@times, p. 3]"
            flow.report(place, "P211", f"{at.strip()!r} is not one place in a source", hint)
        return self._values.cites([Cite(source=source, at=at.strip())])

    def picture(self, mark: PictureMark, flow: Flow) -> Markup:
        """A figure: the block of that kind, with the words in brackets for its caption."""
        kind = next((kind for kind in self.kinds.values() if kind.thing == "figure"), None)
        if mark.place not in flow.alone:
            message = "a picture stands in a paragraph of its own"
            flow.report(mark.place, "P241", message, "leave an empty line before and after it")
            return escape(mark.source)
        if kind is None:
            hint = "restore templates/blocks/figure.html"
            flow.report(mark.place, "P230", "no block prints figures", hint)
            return escape(mark.source)
        options = dict.fromkeys(kind.options, NONE)
        if mark.words:
            options["caption"] = self._words(mark.words, flow)
        return self._placed(kind, mark.target, options, mark, flow)

    def _placed(
        self, kind: BlockKind, id_: str, options: Mapping[str, Markup], mark: TextMark, flow: Flow
    ) -> Markup:
        """A picture or a plate in its place in the text; each has one place."""
        what = THINGS[kind.thing]
        things = self._values.names[what]
        if id_ not in things:
            hint = nearest(id_, things.values()) or _HOMES[what]
            flow.report(mark.place, "P240", f"there is no {what} {id_!r}", hint)
            return NONE
        anchor = things[id_].anchor
        if first := self._values.record.place(anchor, flow.where(mark.place)):
            message = f"{what} {id_!r} already stands at {first[0]}:{first[1]}"
            flow.report(mark.place, "P243", message, f"refer to it here: [[{what}:{id_}]]")
            return NONE
        if what == "plate":
            plate = self._plates.get(id_, NONE)
            return self._render(kind, anchor=anchor, options=options, plate=plate)
        picture = self._values.dossier.pictures[id_]
        return self._render(
            kind,
            anchor=anchor,
            options=options,
            figure=picture,
            label=facts.label(self._values.dossier, anchor),
            caption=self._values.inline(picture.caption),
            cites=self._values.cites(picture.sources),
        )

    def _render(self, kind: BlockKind, **context: object) -> Markup:
        name = f"{FOLDER}{kind.name}.html"
        words = {"language": self._values.language, "w": self._values.catalogue}
        return filled(self._templates, name, **words, **context)


def _check(kind: BlockKind, mark: Opening, body: Markup, flow: Flow) -> None:
    """Reports what the author wrote and the kind's template does not print."""
    if mark.title and not kind.title:
        flow.report(mark.place, "P234", f"a {kind.name} has no title", f"write /// {kind.name}")
    if "at" in mark.options and "source" in kind.options and "source" not in mark.options:
        message, hint = "this at: belongs to no source", "add source: and the id of one"
        flow.report(mark.options["at"][1], "P237", message, hint)
    if kind.body and not (is_seen(body.striptags()) or "<img" in body or "<svg" in body):
        message, hint = f"this {kind.name} is empty", "write its text before the ///"
        flow.report(mark.place, "P235", message, hint)
    for name, (_, place) in mark.options.items():
        if name not in kind.options:
            known = ", ".join(sorted(kind.options))
            otherwise = f"its options are {known}" if known else "it has no options"
            hint = did_you_mean(name, kind.options, otherwise)
            hint += "; leave an empty line before a text that begins so"
            flow.report(place, "P233", f"a {kind.name} has no option {name!r}", hint)


def _stanzas(body: Markup) -> list[list[Markup]]:
    """The lines of a text that has kept them, by stanzas.

    Where emphasis goes over the end of a line, the line break stays in it.
    """
    stanzas = re.findall(r"<p>(.*?)</p>", body, re.DOTALL)
    return [[trusted(line) for line in _whole(re.split(r"<br>[ \n]*", words))] for words in stanzas]


def _whole(lines: list[str]) -> list[str]:
    """``lines`` of which each closes what it opens, joined where they do not."""
    found: list[str] = []
    for line in lines:
        if found and found[-1].count("</") != len(re.findall(r"<(?!br)[a-z]", found[-1])):
            found[-1] += f"<br>{line}"
        else:
            found.append(line)
    return found


def _language(mark: Opening, flow: Flow) -> str:
    """The language that a block names in its option ``lang``; empty for none."""
    words, place = mark.options.get("lang", ("", mark.place))
    language = flow.marked.written(words)
    fault = language and language_fault(language)
    if not fault:
        return language
    flow.report(place, "P262", f"{language[:40]!r} is no known language tag", fault)
    return ""
