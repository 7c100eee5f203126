"""Finds the press's own marks in a Markdown text, and keeps the place of each.

Python-Markdown forgets where a thing stood, so the marks (``[@source, p. 12]``, ``[[agdam]]``,
``/// sidebar``, pictures, notes, addresses) are read first, in one pass over the source. Each
leaves a *stand-in* behind: a made-up word that the text itself does not contain, that Markdown
takes for any other word, and that is exchanged for the finished print after the author's HTML was
cleaned.
A stand-in that turns up inside code is changed back into what the author wrote.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape

from press.base.finding import did_you_mean
from press.prose.blocks import Kind

Place = tuple[int, int]
"""Line and column, from 1."""

CLASSES = frozenset({"smallcaps", "lining", "nowrap", "foreign"})
"""The classes that ``[words]{.class}`` may name."""

NESTED = 20
"""Deepest brackets in brackets."""

NO_KINDS: Mapping[str, Kind] = {}

# Holds a note call to the word before it and is no letter, so that the word still ends there.
JOINER = "\N{WORD JOINER}"


@dataclass(frozen=True)
class Mark:
    """What the author wrote (``source``) and where."""

    source: str
    place: Place


@dataclass(frozen=True)
class Fault(Mark):
    """A mark that cannot be read: printed as it stands, and reported."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Reference(Mark):
    """``[[kind:name|words]]``; ``words`` are Markdown with stand-ins, None where there are none."""

    name: str
    words: str | None


@dataclass(frozen=True)
class Mention:
    """One source in a citation: words before it, its key, and the place in it."""

    key: str
    place: Place
    before: str = ""
    at: str = ""


@dataclass(frozen=True)
class Citation(Mark):
    """``[see @dewaal, p. 225; @hrw]``."""

    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Call(Mark):
    """``[^name]``: where a note hangs."""

    name: str


@dataclass(frozen=True)
class Fact(Mark):
    """``{fact: agdam.displaced, no unit, no note}``: a value of the data, where it is printed."""

    address: str
    unit: bool
    note: bool


@dataclass(frozen=True)
class Basis(Mark):
    """Where the note hangs that says what the value of a fact before it rests on."""

    address: str


@dataclass(frozen=True)
class Picture(Mark):
    """``![words](image:name)``."""

    target: str
    words: str


@dataclass(frozen=True)
class Words(Mark):
    """``[words]{lang=az .class}``."""

    words: str
    language: str
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Link(Mark):
    """``[words](address)``; ``words`` are None for ``<address>``, which prints the address."""

    address: str
    words: str | None


@dataclass(frozen=True)
class Opening(Mark):
    """``/// kind | title`` with its option lines, all Markdown with stand-ins."""

    kind: str
    title: str
    options: Mapping[str, tuple[str, Place]]
    closes_itself: bool


@dataclass(frozen=True)
class Closing(Mark):
    """``///``: the end of the innermost block."""


@dataclass(frozen=True)
class Heading(Mark):
    """The end of a heading's words."""

    level: int


@dataclass(frozen=True)
class Comment(Mark):
    """``<!-- … -->``: not printed."""


@dataclass(frozen=True)
class Note:
    """The text of a note, by paragraphs."""

    name: str
    place: Place
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Marked:
    """Markdown with stand-ins; the marks by number; the notes by name; faults of the whole text."""

    source: str
    line: int
    text: str
    marks: tuple[Mark, ...]
    notes: Mapping[str, Note]
    faults: tuple[Fault, ...]
    standin: re.Pattern[str] = field(compare=False)

    def written(self, text: str) -> str:
        """``text`` with every stand-in changed back into what the author wrote."""
        return self.standin.sub(lambda match: self.mark(match).source, text)

    def mark(self, match: re.Match[str]) -> Mark:
        """The mark behind a stand-in that ``standin`` has matched."""
        return self.marks[int(match["number"].translate(_DIGITS), 10)]


def read(
    text: str,
    line: int = 1,
    column: int = 1,
    kinds: Mapping[str, Kind] = NO_KINDS,
    inline: bool = False,
) -> Marked:
    """The marks of ``text``, whose first letter stands at ``line`` and ``column`` of its file.

    A block of one of the ``kinds`` that holds no text needs no closing line. With ``inline`` the
    text is a run of words: nothing at the beginning of a line has a meaning.
    """
    return Reader(text, line, column, kinds, inline).marked()


# -- stand-ins ---------------------------------------------------------------------------------

Handler = Callable[[re.Match[str]], tuple[str, int]]

_LETTERS = "bcdfghjklm"
_DIGITS = str.maketrans(_LETTERS, "0123456789")
_NUMERALS = str.maketrans("0123456789", _LETTERS)


def _nonce(text: str) -> str:
    """A word that ``text`` cannot contain, however it is spelt, since it is made from all of it."""
    digest = hashlib.blake2b(text.encode("utf-8", "replace")).digest()
    return "zq" + "".join(chr(ord("a") + byte % 26) for byte in digest[:20])


# -- reading -----------------------------------------------------------------------------------

_LINEWISE = r"""
  (?P<block>^[ \t]*(?:>[ \t]*)*/{3,}(?!/)[^\n]*$)
| (?P<atx>^[ \t]*(?P<hashes>\#{1,6})(?!\#)(?P<title>[^\n]*)$)
| (?P<note>^[ ]{0,3}\[\^(?P<note_name>[^\]\[\n]*)\]:)
| (?P<abbreviation>^\*\[[^\]\[\n]*\][ ]?:[^\n]*)
| (?P<setext>^(?=\S)[^\n]+\n(?P<rule>=+|-+)[ \t]*$)
"""
_INLINE = r"""
  (?P<escape>\\[^\n])
| (?P<code>`+)
| (?P<comment><!--)
| (?P<tag><(?=[A-Za-z/!?]))
| (?P<picture>!\[)
| (?P<bracket>\[)
| (?P<fact>\{\s*[Ff]acts?\b[^{}\n]*(?:\n(?!\s*\n)[^{}\n]*)*\}?)
| (?P<attributes>\{(?=:|[.\#][A-Za-z]|[A-Za-z-]+=)[^{}\n]*\})
"""
_POINT = re.compile(_LINEWISE + "|" + _INLINE, re.VERBOSE | re.MULTILINE)
_POINT_INLINE = re.compile(_INLINE, re.VERBOSE | re.MULTILINE)

_STRUCTURE = re.compile(r"\\.|(`+)|(\[)|(\])|(\n[ \t]*(?=\n|#|/{3}|$))", re.DOTALL)
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?![\^@])([^\]\[\n]+)\]:[ \t]*(?:<([^<>\n]*)>|(\S+))[ \t]*+"
    r"(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))?[ \t]*$",
    re.MULTILINE,
)
_TARGET = re.compile(
    r"\(\s*(?P<at><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?P<title>\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
_BLOCK = re.compile(r"(?P<indent>[ \t]*)(?P<slashes>/{3,})[ \t]*(?P<kind>[^\s|]*)(?P<rest>.*)")
_OPTION_LINE = re.compile(r"\n(?P<indent>[ ]{4}|\t|)(?P<words>[^\n]*\S[^\n]*)")
_OPTION = re.compile(r"[ \t]*+([A-Za-z][\w-]*+)[ \t]*+:(?:[ \t]++(.*))?")
_CITED = re.compile(r"(?<![\w.@])@(?=[\w\"'])")
_MENTION = re.compile(
    r"(?P<before>.*?)(?<![\w.@])@(?P<key>\w[\w:.-]*)[ \t]*(?P<rest>.*)", re.DOTALL
)
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s@:/]+@[^<>\s@]+)>")
_TAG = re.compile(r"<(?:\"[^\"\n]*\"|'[^'\n]*'|[^<>\"'])*>")
_SPACES = re.compile(r"[ \t\n]+")
_FACT = re.compile(r"\{\s*fact\s*:\s*(?P<address>[^\s,{}]+)\s*(?P<options>(?:,[^,{}]*)*)\}")
_FACT_OPTIONS = ("no unit", "no note")
_ATTRIBUTE = re.compile(
    r"\s*(?:\.(?P<cls>[\w-]+)|lang=(?P<q>[\"']?)(?P<lang>[\w-]+)(?P=q))(?=\s|$)"
)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NOTE_GOES_ON = re.compile(r"\n(?:[ \t]*\n)+(?=(?: {4}|\t)[ \t]*\S)")
_NOTE_STOPS = re.compile(r"\n(?=[ \t]*(?:\n|$)|[ ]{0,3}\[\^[^\]\[\n]*\]:)")
_NOTE_BLOCK = re.compile(
    r"^[ \t]*(?:[-+*][ \t]|\d{1,2}\.[ \t]|>|\#{1,6}[ \t]|\||/{3,})", re.MULTILINE
)


# What hangs on the word before it.
_HANGING = (Citation, Call, Comment, Basis)


class Reader:
    """One pass over one text. Offsets are always into the whole text."""

    def __init__(
        self, text: str, line: int, column: int, kinds: Mapping[str, Kind], inline: bool
    ) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.kinds = kinds
        self.point = _POINT_INLINE if inline else _POINT
        self.nonce = _nonce(text)
        self.starts = [0, *(i + 1 for i, sign in enumerate(text) if sign == "\n")]
        self.marks: list[Mark] = []
        self.notes: dict[str, Note] = {}
        self.faults: list[Fault] = []
        self.open: list[tuple[Opening, int]] = []
        self.closers: dict[int, int] = {}
        self.codes: dict[int, int] = {}
        self.definitions: dict[str, tuple[str, int]] = {}
        self.definition_ends: dict[int, int] = {}
        self.used: set[str] = set()
        self.inline = inline

    def marked(self) -> Marked:
        """The whole text, read."""
        self._match_pairs()
        if not self.inline:
            self._find_definitions()
        text = self._run(0, len(self.text))
        for opening, slashes in reversed(self.open):
            message = f"this {opening.kind} is never closed"
            hint = f"end it with a line of its own: {'/' * slashes}"
            self.faults.append(Fault(opening.source, opening.place, "P231", message, hint))
            text += f"\n\n{self._put(Closing('', opening.place))}\n\n"
        for label in sorted(self.definitions.keys() - self.used):
            _, offset = self.definitions[label]
            self._fault(
                offset,
                "P253",
                f"no link uses the address [{label}]",
                f"write [words][{label}] in the text, or delete the line",
            )
        standin = re.compile(f"{JOINER}?{self.nonce}x(?P<number>[{_LETTERS}]+)x{JOINER}?")
        return Marked(
            self.text, self.line, text, tuple(self.marks), self.notes, tuple(self.faults), standin
        )

    # -- places and stand-ins

    def _place(self, offset: int) -> Place:
        row = bisect_right(self.starts, offset) - 1
        column = offset - self.starts[row] + 1
        return self.line + row, column + (self.column - 1 if row == 0 else 0)

    def _put(self, mark: Mark) -> str:
        """The stand-in of a new mark; what hangs on a word is joined to it and is no letter."""
        self.marks.append(mark)
        word = f"{self.nonce}x{str(len(self.marks) - 1).translate(_NUMERALS)}x"
        return f"{JOINER}{word}{JOINER}" if isinstance(mark, _HANGING) else word

    def _fault(self, offset: int, code: str, message: str, hint: str = "") -> None:
        self.faults.append(Fault("", self._place(offset), code, message, hint))

    def _refuse(self, start: int, end: int, code: str, message: str, hint: str = "") -> str:
        return self._put(Fault(self.text[start:end], self._place(start), code, message, hint))

    # -- brackets and code, matched once so that the rest is linear

    def _match_pairs(self) -> None:
        """Fills ``closers`` (bracket to bracket) and ``codes`` (a code span's begin to its end)."""
        ticks: list[re.Match[str]] = []
        tokens: list[re.Match[str]] = []
        for match in (*_STRUCTURE.finditer(self.text), None):
            if match is not None and not match[4]:
                tokens.append(match)
                if match[1]:
                    ticks.append(match)
                continue
            self._match_code(ticks)
            self._match_brackets(tokens)
            ticks, tokens = [], []

    def _match_code(self, ticks: list[re.Match[str]]) -> None:
        later: dict[int, list[int]] = {}
        for index in range(len(ticks) - 1, -1, -1):
            later.setdefault(len(ticks[index][1]), []).append(index)
        done = -1
        for index, tick in enumerate(ticks):
            same = later[len(tick[1])]
            while same and same[-1] <= index:
                same.pop()
            if index > done and same:
                done = same[-1]
                self.codes[tick.start()] = ticks[done].end()

    def _match_brackets(self, tokens: list[re.Match[str]]) -> None:
        stack: list[int] = []
        code_end = 0
        for token in tokens:
            start = token.start()
            if start < code_end:
                continue
            code_end = self.codes.get(start, 0)
            if token[2]:
                stack.append(start)
                if len(stack) == NESTED + 1:
                    self.closers.pop(stack[0], None)
            elif token[3] and stack:
                opener = stack.pop()
                if len(stack) < NESTED:
                    self.closers[opener] = start

    def _find_definitions(self) -> None:
        for match in _DEFINITION.finditer(self.text):
            label = _label(match[1])
            if label in self.definitions:
                self._fault(
                    match.start(),
                    "P254",
                    f"the address [{label}] is given twice",
                    "keep one of the two lines",
                )
            self.definitions.setdefault(label, (match[2] or match[3], match.start()))
            self.definition_ends[match.start(1) - 1] = match.end()

    # -- the pass

    def _run(self, start: int, end: int) -> str:
        """The text from ``start`` to ``end`` with stand-ins."""
        out: list[str] = []
        at = start
        while at < end and (match := self.point.search(self.text, at, end)):
            begin = match.start()
            out.append(self.text[at:begin])
            handler: Handler = getattr(self, f"_{match.lastgroup}")
            text, at = handler(match)
            out.append(text)
            if at <= begin:
                out.append(self.text[begin])
                at = begin + 1
        out.append(self.text[at:end])
        return "".join(out)

    def _escape(self, match: re.Match[str]) -> tuple[str, int]:
        return match[0], match.end()

    def _code(self, match: re.Match[str]) -> tuple[str, int]:
        stop = self.codes.get(match.start(), match.end())
        return self.text[match.start() : stop], stop

    def _abbreviation(self, match: re.Match[str]) -> tuple[str, int]:
        return match[0], match.end()

    def _comment(self, match: re.Match[str]) -> tuple[str, int]:
        end = match.endpos
        start = match.start()
        stop = self.text.find("-->", start, end)
        if stop < 0:
            message, hint = "this comment is never closed", "end it with -->"
            return self._refuse(start, start + 4, "P261", message, hint), start + 4
        source = self.text[start : stop + 3]
        return self._put(Comment(source, self._place(start))), stop + 3

    def _tag(self, match: re.Match[str]) -> tuple[str, int]:
        end = match.endpos
        start = match.start()
        if link := _AUTOLINK.match(self.text, start, end):
            address = link[1] if ":" in link[1] else f"mailto:{link[1]}"
            return self._put(Link(link[0], self._place(start), address, None)), link.end()
        if tag := _TAG.match(self.text, start, min(end, start + 2000)):
            message = f"{_excerpt(tag[0])} is HTML, which chapters do not use"
            hint = "use Markdown or a /// block; for the sign itself write &lt;"
            return self._refuse(start, tag.end(), "P260", message, hint), tag.end()
        return "", start

    def _attributes(self, match: re.Match[str]) -> tuple[str, int]:
        message = f"{_excerpt(match[0])} belongs to no words"
        hint = "put the words in brackets before it: [words]{.smallcaps}"
        return self._refuse(match.start(), match.end(), "P262", message, hint), match.end()

    def _fact(self, match: re.Match[str]) -> tuple[str, int]:
        """A fact; in running text its note hangs behind it, and behind the stop that follows."""
        start, stop = match.span()
        if not match[0].endswith("}"):
            stop = start + len("{fact")
            message, hint = "this fact is never closed", "write {fact: agdam.displaced}"
            return self._refuse(start, stop, "P206", message, hint), stop
        parts = _FACT.fullmatch(match[0])
        options = [" ".join(o.split()) for o in parts["options"].split(",")[1:]] if parts else []
        if parts is None or not set(options) <= set(_FACT_OPTIONS):
            message = f"{_excerpt(match[0])} is not a fact"
            hint = "write {fact: agdam.displaced}, with , no unit or , no note before the brace"
            return self._refuse(start, stop, "P206", message, hint), stop
        note, place = "no note" not in options, self._place(start + parts.start("address"))
        mark = Fact(match[0], place, parts["address"], "no unit" not in options, note)
        hung = self._put(Basis("", place, mark.address)) if note and not self.inline else ""
        return self._put(mark) + hung, stop

    # -- brackets

    def _picture(self, match: re.Match[str]) -> tuple[str, int]:
        end = match.endpos
        start = match.start()
        close = self.closers.get(start + 1, end)
        target = _TARGET.match(self.text, close + 1, end) if close < end else None
        if target is None:
            return ("", start) if close >= end else self._bad_picture(start, close + 1)
        name = target["at"].strip("<>")
        if not name.startswith("image:"):
            return self._bad_picture(start, target.end())
        source = self.text[start : target.end()]
        words = self._run(start + 2, close)
        mark = Picture(source, self._place(start), name.removeprefix("image:"), words)
        return self._put(mark), target.end()

    def _bad_picture(self, start: int, stop: int) -> tuple[str, int]:
        message = f"{_excerpt(self.text[start:stop])} is not a picture of this dossier"
        hint = "describe it in images/images.yaml and write ![](image:ID)"
        return self._refuse(start, stop, "P242", message, hint), stop

    def _bracket(self, match: re.Match[str]) -> tuple[str, int]:
        end = match.endpos
        start = match.start()
        if start in self.definition_ends:
            return "", self.definition_ends[start]
        close = self.closers.get(start, end)
        double = self.text.startswith("[[", start)
        if close >= end:
            return self._unclosed(start, double)
        if double and self.closers.get(start + 1) == close - 1:
            return self._reference(start, close)
        if self.text[start + 1] == "^":
            name = self.text[start + 2 : close].strip()
            mark = Call(self.text[start : close + 1], self._place(start), name)
            return self._put(mark), close + 1
        return self._link(start, close, end) or self._cited(start, close) or ("", start)

    def _unclosed(self, start: int, double: bool) -> tuple[str, int]:
        if double:
            message = "this reference is never closed"
            return self._refuse(start, start + 2, "P204", message, "write [[agdam]]"), start + 2
        if self.text.startswith("[@", start):
            message = "this citation is never closed"
            return self._refuse(
                start, start + 2, "P211", message, "write [@dewaal, p. 12]"
            ), start + 2
        return "", start

    def _reference(self, start: int, close: int) -> tuple[str, int]:
        source = self.text[start : close + 1]
        inner = source[2:-2]
        name, bar, shown = inner.partition("|")
        # In a table an author may write \| for the bar, as for any other.
        name = name.removesuffix("\\") if bar else name
        shown_at = start + 2 + len(inner) - len(shown)
        if not name.strip() or (bar and not shown.strip()):
            message = (
                f"{_excerpt(source)} names nothing" if not name.strip() else "no words after |"
            )
            hint = "write [[agdam]] or [[agdam|the town]]"
            return self._refuse(start, close + 1, "P204", message, hint), close + 1
        words = self._run(shown_at, close - 1) if bar else None
        mark = Reference(source, self._place(start), " ".join(name.split()), words)
        return self._put(mark), close + 1

    def _link(self, start: int, close: int, end: int) -> tuple[str, int] | None:
        """Links of every form, and ``[words]{attributes}``; None where the bracket is plain."""
        after = self.text[close + 1 : close + 2]
        if after == "(":
            return self._addressed(start, close, end)
        if after == "{" and not _FACT.match(self.text, close + 1):
            stop = self.text.find("}", close, end) + 1
            if stop:
                return self._attributed(start, close, stop), stop
        return self._by_label(start, close, end, after)

    def _addressed(self, start: int, close: int, end: int) -> tuple[str, int]:
        target = _TARGET.match(self.text, close + 1, end)
        if target is None:
            message = "the address of this link cannot be read"
            hint = "write [words](https://…) without spaces, or \\( for the sign itself"
            return self._refuse(start, close + 2, "P255", message, hint), close + 2
        if target["title"]:
            place, title = target.start("title"), target["title"].strip()
            hint = "put its words into the text"
            self._fault(place, "P256", f"{_excerpt(title)} would not be printed", hint)
        address = target["at"].strip("<>")
        return self._linked(start, close, target.end(), address, target.start("at")), target.end()

    def _linked(self, start: int, close: int, stop: int, address: str, at: int) -> str:
        source, words = self.text[start:stop], self._run(start + 1, close)
        return self._put(Link(source, self._place(at), unescape(address), words))

    def _by_label(self, start: int, close: int, end: int, after: str) -> tuple[str, int] | None:
        label, stop = self.text[start + 1 : close], close + 1
        second = self.closers.get(close + 1) if after == "[" else None
        named = second is not None and second < end and self.text[close + 2] not in "@[^"
        if named and second is not None:
            label, stop = self.text[close + 2 : second] or label, second + 1
        key = _label(label)
        if key in self.definitions:
            self.used.add(key)
            address, offset = self.definitions[key]
            return self._linked(start, close, stop, address, offset), stop
        if named and not _CITED.search(self.text, start, close):
            hint = did_you_mean(key, self.definitions, f"add a line: [{label}]: https://…")
            message = f"the link's address [{label}] is not given"
            return self._refuse(start, stop, "P252", message, hint), stop
        return None

    def _attributed(self, start: int, close: int, stop: int) -> str:
        source = self.text[close + 2 : stop - 1]
        language, classes, at = "", [], 0
        if source.startswith(":"):
            at = 1
        while at < len(source.rstrip()):
            match = _ATTRIBUTE.match(source, at)
            known = match and (match["lang"] or match["cls"] in CLASSES)
            if not match or not known or (match["lang"] and not LANGUAGE.fullmatch(match["lang"])):
                word = source[at:].split(maxsplit=1)[0]
                hint = did_you_mean(
                    word,
                    {f".{name}" for name in CLASSES} | {"lang=az"},
                    f"write lang=az or one of {', '.join(sorted(f'.{c}' for c in CLASSES))}",
                )
                return self._refuse(start, stop, "P262", f"{word!r} is not an attribute", hint)
            language = match["lang"] or language
            classes += [match["cls"]] if match["cls"] else []
            at = match.end()
        words = self._run(start + 1, close)
        place = self._place(start)
        return self._put(Words(self.text[start:stop], place, words, language, tuple(classes)))

    def _cited(self, start: int, close: int) -> tuple[str, int] | None:
        if not _CITED.search(self.text, start + 1, close):
            return None
        mentions: list[Mention] = []
        offset = start + 1
        for part in self.text[start + 1 : close].split(";"):
            match = _MENTION.fullmatch(part)
            rest = match["rest"].strip() if match else ""
            if match is None or (rest and not rest.startswith(",")):
                message = f"{_excerpt(part) or 'an empty part'} is not a citation"
                hint = "write [@dewaal, p. 12; see @hrw, pp. 3–4]"
                if rest:
                    hint = f"put a comma after the source: @{match['key']}, {rest}"  # type: ignore[index]
                return self._refuse(start, close + 1, "P211", message, hint), close + 1
            key = match["key"].rstrip(".:-")
            place = self._place(offset + match.start("key") - 1)
            before = " ".join(match["before"].split())
            mentions.append(Mention(key, place, before, " ".join(rest.lstrip(",").split())))
            offset += len(part) + 1
        source = self.text[start : close + 1]
        return self._put(Citation(source, self._place(start), tuple(mentions))), close + 1

    # -- lines

    def _atx(self, match: re.Match[str]) -> tuple[str, int]:
        start, stop = match.span("title")
        title = match["title"].rstrip().rstrip("#").rstrip()
        start = stop if not title else start + len(title) - len(title.lstrip())
        end = start + len(title.lstrip())
        return self._headed(match, len(match["hashes"]), (start, end), "")

    def _setext(self, match: re.Match[str]) -> tuple[str, int]:
        row = bisect_right(self.starts, match.start()) - 1
        before = self.text[self.starts[row - 1] : match.start()] if row else ""
        title_end = match.start("rule") - 1
        title = self.text[match.start() : title_end]
        if before.strip() or "|" in title or _NOTE_BLOCK.match(title):
            return "", match.start()
        level = 1 if match["rule"][0] == "=" else 2
        return self._headed(match, level, (match.start(), title_end), f"\n{match['rule']}")

    def _headed(
        self, match: re.Match[str], level: int, title: tuple[int, int], rule: str
    ) -> tuple[str, int]:
        start = match.start()
        if not self.text[slice(*title)].strip():
            message, hint = "this heading has no words", "write them, or \\# for the sign itself"
            return self._refuse(start, match.end(), "P273", message, hint), match.end()
        before = self.text[start : title[0]]
        standin = self._put(Heading("", self._place(start), level))
        return f"{before}{self._run(*title).rstrip()} {standin}{rule}", match.end()

    def _note(self, match: re.Match[str]) -> tuple[str, int]:
        """Takes a note's text out of the source, with the indented paragraphs that follow it."""
        end = match.endpos
        name = match["note_name"].strip()
        place = self._place(match.start())
        paragraphs: list[str] = []
        at, stop = match.end(), match.end()
        while True:
            stop = self._paragraph_end(at, end)
            if nested := _NOTE_BLOCK.search(self.text, at, stop):
                self._fault(
                    nested.start(),
                    "P225",
                    "a note holds running words only",
                    "move the list, table or block into the text",
                )
            if words := self._run(at, stop).strip():
                paragraphs.append(_SPACES.sub(" ", words))
            following = _NOTE_GOES_ON.match(self.text, stop, end)
            if not following:
                break
            at = following.end()
        if name in self.notes:
            self._fault(
                match.start(), "P222", f"note [^{name}] is written twice", "keep one of them"
            )
        if not paragraphs:
            self._fault(
                match.start(), "P226", f"note [^{name}] is empty", "write it after the colon"
            )
        self.notes.setdefault(name, Note(name, place, tuple(paragraphs)))
        return "", max(stop, match.end())

    def _paragraph_end(self, at: int, end: int) -> int:
        stop = _NOTE_STOPS.search(self.text, at, end)
        return stop.start() if stop else end

    # -- blocks

    def _block(self, match: re.Match[str]) -> tuple[str, int]:
        end = match.endpos
        start = match.start()
        parts = _BLOCK.fullmatch(match[0])
        if parts is None:
            message = "a block cannot stand inside a quotation"
            return self._refuse(start, match.end(), "P236", message, "take the > away"), match.end()
        at = start + len(parts["indent"])
        if len(parts["indent"].expandtabs(4)) > 3:
            message, hint = "a block cannot stand inside a list", "begin it at the margin"
            return parts["indent"] + self._refuse(
                at, match.end(), "P236", message, hint
            ), match.end()
        rest = parts["rest"].strip()
        if not parts["kind"] and not rest:
            return self._close(at, match.end(), len(parts["slashes"]))
        if not parts["kind"] or (rest and not rest.startswith("|")):
            message = f"{_excerpt(match[0])} is not a block"
            hint = "write /// kind | Title"
            return self._refuse(at, match.end(), "P236", message, hint), match.end()
        title = rest.lstrip("|").strip()
        title_start = start + parts.start("rest") + parts["rest"].index(title) if title else at
        words = self._run(title_start, title_start + len(title))
        return self._open(at, match.end(), end, parts, words)

    def _open(
        self, start: int, at: int, end: int, parts: re.Match[str], title: str
    ) -> tuple[str, int]:
        kind = self.kinds.get(parts["kind"])
        options, stop = self._options(at, end, kind.options if kind else frozenset())
        alone = kind is not None and not kind.body
        source = self.text[start:stop]
        mark = Opening(source, self._place(start), parts["kind"], title, options, alone)
        standin = self._put(mark)
        if alone:
            closing = re.compile(rf"\s*\n[ ]{{0,3}}{parts['slashes']}[ \t]*$", re.MULTILINE)
            if close := closing.match(self.text, stop, end):
                stop = close.end()
        else:
            self.open.append((mark, len(parts["slashes"])))
        return f"\n{standin}\n\n", stop

    def _options(
        self, at: int, end: int, known: frozenset[str]
    ) -> tuple[dict[str, tuple[str, Place]], int]:
        """The ``name: value`` lines after a block's first line, and where they end.

        They are indented; at the margin a line is an option only if the kind ``known`` has it.
        """
        options: dict[str, tuple[str, Place]] = {}
        while match := _OPTION_LINE.match(self.text, at, end):
            option = _OPTION.fullmatch(match["words"])
            if not match["indent"] and (option is None or option[1] not in known):
                break
            where = match.start("words")
            if option is None:
                message = f"{_excerpt(match['words'])} is not an option"
                self._fault(
                    where, "P237", message, "write name: value, and leave a line before text"
                )
            elif option[1] in options:
                self._fault(
                    where, "P237", f"option {option[1]!r} is given twice", "keep one of them"
                )
            else:
                begin, stop = (where + edge for edge in option.span(2)) if option[2] else (0, 0)
                options[option[1]] = (self._run(begin, stop), self._place(where))
            at = match.end()
        return options, at

    def _close(self, start: int, stop: int, slashes: int) -> tuple[str, int]:
        if not self.open or self.open[-1][1] != slashes:
            if not self.open:
                message, hint = "this line closes nothing", "a block begins with /// and its kind"
            else:
                opening, length = self.open[-1]
                message = f"{'/' * slashes} does not close the block of line {opening.place[0]}"
                hint = f"close it with as many slashes as it began with: {'/' * length}"
            return self._refuse(start, stop, "P232", message, hint), stop
        self.open.pop()
        mark = Closing(self.text[start:stop], self._place(start))
        return f"\n{self._put(mark)}\n\n", stop


def _label(words: str) -> str:
    """Link labels match without regard to case and spacing."""
    return " ".join(words.split()).casefold()


def _excerpt(text: str, length: int = 40) -> str:
    """``text`` on one line, cut to ``length``, in quotation marks."""
    line = " ".join(text.split())
    return repr(line if len(line) <= length else f"{line[: length - 1]}…") if line else ""
