"""Marked text into print: Markdown's HTML, with the print of each mark in its stand-in's place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from unicodedata import normalize
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

from press import locale
from press.citations import quotes
from press.content import facts
from press.dates.typed import held
from press.prose import marks
from press.prose.abbreviations import explained
from press.prose.block_printer import BlockPrinter
from press.prose.flow import Flow
from press.prose.markup import DEPTH_LIMIT, Markdown, depth
from press.prose.names import Unknown, find
from press.prose.note_printer import NEXT_CALL, NotePrinter
from press.prose.scanner import one_line
from press.prose.second_reader import differences, differences_in_words
from press.prose.upright import upright
from press.prose.values import NONE, SEMICOLON, Values, trusted

_LEVEL = re.compile(r"</?h([1-6])")
_EMPTY = re.compile(r"<p>\s*</p>\n?")
_STOP = "[.,;:?!]+[”’»]*"
_TAG = r"<(?:[^<>\"]|\"[^\"]*\")*>"
_WORD, _ACCENT = re.compile(r"\w+"), re.compile(r"[\u0300-\u036f]")
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"\\]")
_INSIDE = {"<code>": "code", "<thead>": "head"}
_SCHEMES = frozenset({"http", "https", "mailto"})
_PRINTS_BLOCK = marks.Opening | marks.Closing | marks.PictureMark | marks.Comment

CALLS_FOLLOW = frozenset({"en", "de", "nl"})
"""Languages whose note calls stand behind a comma or a full stop; elsewhere as written."""


def calls_follow(language: str) -> bool:
    """Whether a language has the calls of notes behind punctuation."""
    return language.partition("-")[0] in CALLS_FOLLOW


@dataclass
class Buffer:
    """Print that is still growing: the whole text, a block's body, or a heading."""

    parts: list[str] = field(default_factory=list)
    opening: marks.Opening | None = None
    """What opened the block."""


_CHAPTER = re.compile(r"(?:\./)?(?:chapters/)?(?:\d\d-)?(?P<id>[a-z0-9-]+)\.md(?:#.*)?")
"""The file of a chapter, as other programs link to it."""
_WWW = re.compile(
    r"www\.\S+$|[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|edu|gov|int|de|fr|uk|az|am)(?:/\S*)?$"
)


class Printer:
    """Prints texts of one dossier. Raises ContentError for a block template that is broken."""

    def __init__(
        self, values: Values, templates: jinja2.Environment, plates: Mapping[str, Markup]
    ) -> None:
        self._values = values
        self._notes = NotePrinter(values, self.words)
        self._blocks = BlockPrinter(values, self.words, templates, plates)
        self.kinds = self._blocks.kinds
        self._markdown = Markdown(quotes(values.language), values.language)
        self._calls_follow = calls_follow(values.language)
        self._known: set[tuple[str, str]] = set()
        """The abbreviations that have been explained."""

    def chapter(self, flow: Flow) -> Markup:
        """A whole chapter; what is wrong with it is added to the findings of ``flow``."""
        marked = flow.marked
        flow.abbreviations = {short: long for short, (long, _) in marked.abbreviations.items()}
        made = self._markdown.chapter(marked.text, flow.abbreviations)
        if (deepest := depth(made.html)) > DEPTH_LIMIT:
            message = f"elements are nested {deepest} deep; the limit is {DEPTH_LIMIT}"
            flow.report((flow.marked.line, 1), "P290", message, "use fewer levels")
            return Markup("<p>{}</p>").format(flow.marked.source)
        html = self._fill(made.html, flow)
        for remark in made.remarks:
            place = marked.places[remark.line]
            flow.report(place, remark.code, remark.message, remark.hint)
        lines = marked.source.split("\n")
        for seen in differences(marked.text, made.seen):
            line = marked.places[seen.line][0]
            written = lines[line - marked.line]
            place = line, seen.column(written)
            flow.report(place, seen.code, marked.written(seen.said(written)), seen.hint)
        html = self._explained(html, flow)
        for note in marked.notes.values():
            if note.name not in flow.called and not note.name.startswith("^"):
                message = f"nothing calls note [^{note.name}]"
                hint = f"put [^{note.name}] where it belongs, or delete it"
                flow.report(note.place, "P221", message, hint)
        return trusted(_EMPTY.sub("", html))

    def _explained(self, html: str, flow: Flow) -> str:
        """``html`` with what each abbreviation stands for, printed once in the dossier."""
        for short, (long, place) in flow.marked.abbreviations.items():
            found = explained(html, short, long, self.words(long, flow))
            if found is None:
                message = f"nothing here is abbreviated {short!r}"
                if f">{escape(short)}</abbr>" in html:
                    message = f"{short!r} stands only where nothing can explain it"
                hint = "write it in the text, or delete the line"
                flow.report(place, "P258", message, hint)
            elif (short, long) not in self._known:
                self._known.add((short, long))
                html = found
        return html

    def words(self, text: str, flow: Flow) -> Markup:
        """A run of words with stand-ins, printed."""
        html, seen = self._markdown.words(text, flow.abbreviations)
        for found in differences_in_words(one_line(text), seen):
            message = flow.marked.written(found.message)
            flow.report(flow.at, found.code, message, found.hint)
        filled = self._fill(html, flow) if flow.marked.marks or "<" in html else self._held(html)
        return trusted(filled)

    def _fill(self, html: str, flow: Flow) -> str:
        """``html`` with the finished print of every mark in the place of its stand-in."""
        self._values.record.has_code |= "<code>" in html or 'class="tick"' in html
        standin = flow.marked.standin.pattern
        html = upright(html)
        html = re.sub(rf"<p>\s*({standin})\s*</p>", lambda match: _unwrapped(match, flow), html)
        if self._calls_follow and not flow.is_inside("note"):
            html = _after_punctuation(html, flow)
        buffers, at = [Buffer()], 0
        for match in re.finditer(rf"(?P<tag>{_TAG})|{standin}", html):
            buffers[-1].parts.append(self._held(html[at : match.start()], flow))
            at = match.end()
            if match["tag"]:
                self._tag(match["tag"], buffers, flow)
            elif flow.is_inside("code"):
                buffers[-1].parts.append(escape(flow.marked.mark(match).source))
            else:
                self._mark(flow.marked.mark(match), buffers, flow)
        buffers[-1].parts.append(self._held(html[at:], flow))
        return "".join(part for buffer in buffers for part in buffer.parts)

    def _held(self, words: str, flow: Flow | None = None) -> str:
        """Words between marks: outside of code, no line parts a day from its month."""
        code = flow is not None and flow.is_inside("code")
        return words if code else held(words, self._values.language)

    def _tag(self, tag: str, buffers: list[Buffer], flow: Flow) -> None:
        """Takes a tag of the cleaned HTML over, and keeps in mind what it opens."""
        if level := _LEVEL.match(tag):
            if tag[1] == "/":
                self._end_heading(int(level[1]), buffers, flow)
            else:
                flow.inside.append("heading")
                flow.heading = None
                buffers.append(Buffer())
            return
        if tag in _INSIDE:
            flow.inside.append(_INSIDE[tag])
        elif tag in ("</code>", "</thead>"):
            flow.inside.pop()
        marked = flow.marked
        written = marked.standin.sub(lambda match: escape(marked.mark(match).source), tag)
        buffers[-1].parts.append(written)
        if flow.held and tag.startswith(("<td", "</table")):
            buffers[-1].parts += flow.held
            flow.held = []

    def _mark(self, mark: marks.TextMark, buffers: list[Buffer], flow: Flow) -> None:
        """Prints one mark into the innermost buffer."""
        flow.at = mark.place
        match mark:
            case marks.Opening(closes_itself=True):
                buffers[-1].parts.append(self._blocks.block(mark, NONE, flow))
            case marks.Opening():
                buffers.append(Buffer(opening=mark))
            case marks.Closing():
                self._end_block(buffers, flow)
            case marks.HeadingMark():
                flow.heading = mark
            case marks.Citation() if flow.is_inside("note"):
                parts = buffers[-1].parts
                parts.append(self._notes.among(mark, "".join(parts), flow))
            case marks.Basis() if flow.is_inside("note", "heading", "link"):
                pass  # in a note the fact brings its sources itself; on a heading nothing hangs
            case marks.Citation() | marks.Call() | marks.Basis():
                self._notes.hang(mark, buffers[-1].parts, flow)
            case _:
                buffers[-1].parts.append(self._within_line(mark, flow))

    def _within_line(self, mark: marks.TextMark, flow: Flow) -> Markup:
        """What a mark within the line prints."""
        match mark:
            case marks.Unreadable():
                hint = self._values.with_own_ids(mark.hint)
                flow.report(mark.place, mark.code, mark.message, hint)
                return escape(mark.source)
            case marks.Literal():
                return escape(mark.source)
            case marks.Reference():
                return self._reference(mark, flow)
            case marks.FactMark():
                return self._fact(mark, flow)
            case marks.WordsMark():
                return self._attributed(mark, flow)
            case marks.Link():
                return self._link(mark, flow)
            case marks.PictureMark():
                return self._blocks.picture(mark, flow)
            case _:
                return NONE

    # -- headings and blocks

    def _end_heading(self, level: int, buffers: list[Buffer], flow: Flow) -> None:
        flow.inside.pop()
        html = "".join(buffers.pop().parts).strip()
        place = flow.heading.place if flow.heading else (flow.marked.line, 1)
        if level == 1:
            message = "a chapter has one title, and this is a second"
            flow.report(place, "P271", message, "write ## for a heading, \\# for the sign itself")
        elif level > flow.level + 1:
            message = f"this heading is of level {level} under one of level {flow.level}"
            flow.report(place, "P270", message, f"write {'#' * (flow.level + 1)}")
        level = flow.level = max(level, 2)
        anchor = self._values.record.heading(f"h-{flow.chapter}-{_slug(html)}")
        buffers[-1].parts.append(f'<h{level} id="{anchor}">{html}</h{level}>')

    def _end_block(self, buffers: list[Buffer], flow: Flow) -> None:
        opening = buffers[-1].opening
        if opening is None:
            return
        body = trusted(_EMPTY.sub("", "".join(buffers.pop().parts)).strip())
        buffers[-1].parts.append(self._blocks.block(opening, body, flow))

    # -- references, facts, words

    def _reference(self, mark: marks.Reference, flow: Flow) -> Markup:
        thing = find(self._values.names, mark.name)
        linked = not flow.is_inside("link")
        shown = self._linked_words(mark.words, flow)
        if isinstance(thing, Unknown):
            flow.report(mark.place, thing.code, thing.message, thing.hint)
            return escape(mark.source) if shown is None else shown
        return self._values.thing(thing, shown, linked)

    def _linked_words(self, words: str | None, flow: Flow) -> Markup | None:
        """The author's words for what is linked; None where there are none."""
        if words is None:
            return None
        with flow.within("link"):
            return self.words(words, flow)

    def _fact(self, mark: marks.FactMark, flow: Flow) -> Markup:
        """The value at an address, linked to where it is printed with all that is said of it.

        In fields and in notes its sources follow in brackets; elsewhere a note hangs on it.
        """
        values = self._values
        found = facts.find(values.facts, mark.address)
        if isinstance(found, facts.Nowhere):
            flow.report(mark.place, "P205", found.message, found.hint)
            return escape(mark.source)
        with values.printing(found.address) as is_free:
            if not is_free:
                message = f"the fact {found.address!r} names itself"
                hint = "write the value itself in one of the facts that name one another"
                flow.report(mark.place, "P207", message, hint)
                return escape(mark.source)
            if found.fact is None:
                shown = SEMICOLON.join(values.reference(entry) for entry in found.entries)
            else:
                shown = values.value(found.fact, mark.unit)
        if flow.is_inside("heading", "link"):
            return shown
        classes = "contested" if found.fact and found.fact.claims else ""
        if found.anchor and "<a " not in shown:
            link = Markup('<a class="{}" href="#{}">{}</a>')
            shown = link.format(f"datum {classes}".strip(), found.anchor, shown)
        elif classes:
            shown = Markup('<span class="{}">{}</span>').format(classes, shown)
        shown = values.use(found.address, shown)
        if not mark.note or not (flow.fixed or flow.is_inside("note")):
            return shown
        cites = values.cites(facts.basis(found))
        return Markup("{} ({})").format(shown, cites) if cites else shown

    def _attributed(self, mark: marks.WordsMark, flow: Flow) -> Markup:
        attributes = NONE
        if mark.language:
            attributes += Markup(' lang="{}"').format(mark.language)
            attributes += Markup(' dir="rtl"') if locale.right_to_left(mark.language) else NONE
        if mark.classes:
            attributes += Markup(' class="{}"').format(" ".join(mark.classes))
        return Markup("<span{}>{}</span>").format(attributes, self.words(mark.words, flow))

    def _link(self, mark: marks.Link, flow: Flow) -> Markup:
        """A link of the author's; its words alone where nothing can follow it."""
        inner = flow.is_inside("link")
        if inner:
            message, hint = "a link stands inside a link", "let one of them follow the other"
            flow.report(mark.place, "P257", message, hint)
        address = self._checked(mark, flow)
        shown = self._linked_words(mark.words, flow)
        if shown is None:
            shown = escape(mark.address.removeprefix("mailto:"))
        if inner or not address:
            return shown
        return Markup('<a href="{}">{}</a>').format(address, shown)

    def _checked(self, mark: marks.Link, flow: Flow) -> str:
        """The address if print can follow it; else empty, and reported."""
        address = mark.address
        if address.startswith("#"):
            self._values.record.link(address[1:], flow.where(mark.place))
            return address
        try:
            parts = urlsplit(address)
            good = parts.scheme.lower() in _SCHEMES and bool(parts.netloc or "@" in parts.path)
        except ValueError:
            good = False
        if good and address.isprintable() and not _NOT_IN_ADDRESS.search(address):
            return address
        message = f"{address[:60]!r} is not an address that print can follow"
        hint = "write https://…, http://…, mailto:… or #anchor"
        if good and " " in address:
            message = f"{address[:60]!r} has a blank in it"
            hint = f"write {'%20'.join(address.split())}, or without the blank"
        chapter = _CHAPTER.fullmatch(address)
        if not address.strip():
            message, hint = "this link has no address", "write it between the brackets: (https://…)"
        elif chapter and chapter["id"] in self._values.names["chapter"]:
            hint = f"write [[chapter:{chapter['id']}|words of your own]]"
        elif address.startswith("image:"):
            hint = f"write !{mark.source} to place it, or [[{address}|words]] to refer to it"
            hint = hint if mark.source.startswith("[") else f"write [[{address}|words]]"
        elif _WWW.match(address):
            hint = f"write https://{address}"
        flow.report(mark.place, "P250", message, hint)
        return ""


def _unwrapped(match: re.Match[str], flow: Flow) -> str:
    """A mark that stands alone; what prints as a block loses the paragraph around it."""
    mark = flow.marked.mark(match)
    if isinstance(mark, marks.PictureMark):
        flow.alone.add(mark.place)
    return match[1] if isinstance(mark, _PRINTS_BLOCK) else match[0]


def _after_punctuation(html: str, flow: Flow) -> str:
    """Note calls behind the punctuation that follows, where the language has them there.

    Calls on both sides of it stand behind it together, in the order of the text.
    """
    call = rf"{marks.JOINER}{flow.marked.nonce}x[{marks.LETTERS}]+x{marks.JOINER}"

    def moved(match: re.Match[str]) -> str:
        stops, calls, parted = "", "", False
        for gap, word, stop in re.findall(rf"(\s*)({call})|({_STOP})", match["run"] or ""):
            found = flow.marked.standin.fullmatch(word)
            if found is None:
                stops, parted = stops + stop, True
            elif isinstance(flow.marked.mark(found), marks.NoteMark):
                calls, parted = calls + (NEXT_CALL if parted else "") + word, False
            elif not calls:  # a comment
                return match[0]
            else:
                calls += gap + word
        return stops + calls if stops else match[0]

    run = rf"<code>.*?</code>|(?P<run>\s*{call}(?:{_STOP}|\s*{call})*)"
    return re.sub(run, moved, html, flags=re.DOTALL)


def _slug(html: str) -> str:
    """The words of a heading as an anchor has them: small letters, no accents, hyphens."""
    plain = normalize("NFKD", trusted(html).striptags().casefold())
    return "-".join(_WORD.findall(_ACCENT.sub("", plain))) or "heading"
