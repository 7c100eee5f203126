"""Marks in words: dashes, spaces, quotation marks, brackets and full stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.base.finding import Remark
from press.checks.texts import QUOTED, Passage, matches, paragraphs, passages
from press.citations import quotes
from press.content.load import Loaded
from press.content.model import Read
from press.content.walk import fields, walk

_SPACE = re.compile(r"(?<=[\w”’»)])[ ]+(?=[,.](?:\s|$))")


def space_before_stop(loaded: Loaded) -> Iterator[Remark]:
    """W323: a space stands before a comma or a full stop.

    Why: The sign may be carried to the next line, where it stands alone.
    Wrong: They left the town , on foot .
    Right: They left the town, on foot.
    Remedy: Delete the space.
    """
    for passage, match in matches(loaded, _SPACE, quoted=True):
        quoted = passage.own[match.start()] == QUOTED
        if not quoted and passage.is_blank(*match.span()):
            message = f"a space stands before {passage.text[match.end()]!r}"
            yield passage.at(match.start()), message, "delete the space"


_RANGE = re.compile(r"(?<![\w/.,\-–:])\d{1,4}-\d{1,4}(?![\w/\-–]|[.,]\d)")
_SPACED = re.compile(r"(?<=[\w”’»),]) - (?=[\w“‘«(])")


def hyphens_for_dashes(loaded: Loaded) -> Iterator[Remark]:
    """W324: a hyphen stands where a dash belongs: between two numbers, or alone among words.

    Why: 150-180 reads like one number, and a hyphen among spaces is a typewriter's dash. A title
        that is set in italics keeps what stands on its page: *Karabakh 1993-94*.
    Wrong: 150-180 people - most of them women
    Right: 150–180 people – most of them women
    Remedy: Write an en dash (–), or -- which becomes one.
    """
    for pattern, what in ((_RANGE, "between numbers"), (_SPACED, "among words")):
        for passage, match in matches(loaded, pattern):
            if passage.written.startswith(match[0], match.start()) and not _in_title(
                passage, match
            ):
                words = match[0].strip()
                message = f"a hyphen stands {what}" + (f": {words}" if len(words) > 1 else "")
                at = match.start() + match[0].index(words)
                yield passage.at(at), message, "write an en dash: –"


_ITALIC = re.compile(
    r"(?<![\w*])(\*|_)(?=[^\s*_])[^*_\n]*[^\W\d_a-z][^*_\n]*(?<=[^\s*_])\1(?![\w*])"
)


def _in_title(passage: Passage, match: re.Match[str]) -> bool:
    """Whether it stands in italics in which there is a capital letter."""
    begin = passage.written.rfind("\n\n", 0, match.start()) + 1
    spans = (found.span() for found in _ITALIC.finditer(passage.written, begin, match.end() + 200))
    return any(first <= match.start() and match.end() <= last for first, last in spans)


PRINTED_AS_WRITTEN = {
    "map.subtitle", "map.dated_areas", "map.dated_places", "timeline.subtitle",
    "area.label", "area.legend", "line.label", "line.legend", "arrow.label",
}  # fmt: skip
"""The fields beside titles whose quotation marks nobody makes typographic ones."""
_STRAIGHT = re.compile(r"(?<=[^\W\d])['\"]|['\"](?=[^\W\d])")


def straight_quotes(loaded: Loaded) -> Iterator[Remark]:
    """W325: a straight quotation mark or apostrophe is printed as it stands.

    Why: In running text the press makes typographic marks of them; titles, labels and the words
        of plates are printed letter by letter.
    Wrong: title: Aliyev's appeal
    Right: title: Aliyev’s appeal
    Remedy: Write ’ for an apostrophe, and the quotation marks of the language.
    """
    for passage in passages(loaded):
        as_written = passage.is_title or passage.name in PRINTED_AS_WRITTEN
        if as_written and (match := _STRAIGHT.search(passage.written)):
            hint = "write ’ for an apostrophe, or the language's quotation marks"
            yield passage.at(match.start()), f"a straight {match[0]} is printed as it stands", hint


_STOPPED = re.compile(r"(?<![.\w])[^\W\d_A-Z]{4,}\.$")


def titles_with_stop(loaded: Loaded) -> Iterator[Remark]:
    """W326: a title, label or heading ends with a full stop.

    Why: Titles are not sentences; the press sets them without a stop, and one that has it stands
        out in contents, running heads and bookmarks.
    Wrong: title: The fall of the town.
    Right: title: The fall of the town
    Remedy: Delete the full stop.
    """
    for passage in passages(loaded):
        if passage.is_chapter:
            headings = re.finditer(r"^#{1,6}[ \t]+(.*\S)[ \t#]*$", passage.written, re.MULTILINE)
            read = (match for match in headings if passage.text[slice(*match.span())].strip())
            titles = [(match.end(1), match[1]) for match in read]
        elif passage.is_title:
            titles = [(len(passage.written), passage.written)]
        else:
            continue
        for end, title in titles:
            if _STOPPED.search(title):
                end_of = repr(title if len(title) <= 40 else f"…{title[-38:]}")
                yield passage.at(end - 1), f"{end_of} ends with a full stop", "delete it"


PLAIN = frozenset({
    "meta.title", "meta.subtitle", "table.title", "column.label", "map.title", "map.subtitle",
    "timeline.title", "timeline.subtitle", "infobox.title", "row.label", "phase.title",
    "category.label", "map.caption", "map.note", "timeline.caption", "timeline.note",
    *PRINTED_AS_WRITTEN,
})  # fmt: skip
"""Titles, labels and the words of plates: they stand in running heads, bookmarks and drawings."""
_MARK = re.compile(
    r"<[a-z][^<>]*>|!?\[\[?[^\[\]]*\]\]|\[[^\[\]]*\]\([^()]*\)|\^?\[[@^]?[^\[\]]*@[^\[\]]*\]"
    r"|\^\[[^\[\]]+\]|\{\s*fact\s*:[^{}]*\}|`[^`]+`"
    r"|(?<!\w)(\*\*?|__?)(?=[^\s*_])[^*_]*[^\s*_]\1(?!\w)",
    re.IGNORECASE,
)


def marks_in_titles(loaded: Loaded) -> Iterator[Remark]:
    """W339: a mark of Markdown, or HTML, stands in a title that is words alone.

    Why: The titles of the dossier, of its tables, plates, phases and infobox, labels, and captions
        and notes of plates are printed as they stand: they go into running heads, bookmarks and
        drawings as well.
    Wrong: title: The *Flood* of [[melun]]
    Right: title: The Flood of Melun
    Remedy: Write the words alone. Titles of events and chapters take marks.
    """
    for passage in passages(loaded):
        for match in _MARK.finditer(passage.written) if passage.name in PLAIN else ():
            what = "title" if passage.is_title else "text"
            message = f"{match[0]!r} is printed as it stands: this {what} holds no marks"
            yield passage.at(match.start()), message, "write its words alone"


MOST_MARKS = 3
"""Marks of one paragraph that are named."""
_BRACKETS = re.compile(r"[(\[]|[)\]]")


def unclosed(loaded: Loaded) -> Iterator[Remark]:
    """W331: a bracket or quotation mark is opened in a paragraph and never closed.

    Why: The reader waits for the end of it, and cannot tell where a quotation stops.
    Wrong: He called it "the worst day of the war.
    Right: He called it “the worst day of the war”.
    Remedy: Close it, or delete it.
    """
    opening, closing = (sign.strip() for sign in quotes(loaded.dossier.meta.language)[:2])
    tells = opening != closing and opening in "“„«"
    for passage in passages(loaded):
        parts = [(0, ""), *paragraphs(passage, passage.own), (0, "")]
        for (_, before), (offset, text), (_, after) in zip(
            parts, parts[1:], parts[2:], strict=False
        ):
            marks = _open_brackets(text)
            begun = text.lstrip().startswith(opening) and opening in before
            if tells and not begun and not after.lstrip().startswith(opening):
                marks += [match.start() for match in re.finditer(re.escape(opening), text)]
            if not _straight_begins(before) and not _straight_begins(after):
                marks += _open_straight(text)
            for at in marks[:MOST_MARKS]:
                message = f"{text[at]} is never closed in this paragraph"
                yield passage.at(offset + at), message, "close it, or delete it"


_STRAIGHT_OPENS = re.compile(r"(?<![^\s(\[—–])\"(?=[^\W_])")
_STRAIGHT_MARK = re.compile(r"(?<!\d)\"|(?<=\d)\"(?=[^\s.,;:)\]]|$)")  # and not 5' 11"


def _straight_begins(text: str) -> bool:
    """Whether a paragraph opens with a straight mark: quotations of several do each."""
    return text.lstrip().startswith('"')


def _open_straight(text: str) -> list[int]:
    """Where a straight quotation mark opens what no other closes, as their number is odd."""
    marks = list(_STRAIGHT_MARK.finditer(text))
    if len(marks) % 2 == 0:
        return []
    opening = list(_STRAIGHT_OPENS.finditer(text))
    return [match.start() for match in (opening or marks)[-1:]]


def _open_brackets(text: str) -> list[int]:
    """Where brackets stand that nothing closes."""
    opened: list[int] = []
    for match in _BRACKETS.finditer(text):
        if match[0] in "([":
            opened.append(match.start())
        elif opened:
            opened.pop()
    return opened


def captions_unlike(loaded: Loaded) -> Iterator[Remark]:
    """W333: most captions end with a full stop, and this one does not; or the other way round.

    Why: Captions stand under one another in lists and are compared.
    Wrong: caption: The ridge, as a diagram          # all others end with a full stop
    Right: caption: The ridge, as a diagram.
    Remedy: End all of them alike.
    """
    captions = [p for p in passages(loaded) if p.name.endswith(".caption")]
    stopped: list[Passage] = []
    bare: list[Passage] = []
    for passage in captions:
        stops = passage.written.rstrip("”’»)").endswith((".", "!", "?", "…", "。"))
        (stopped if stops else bare).append(passage)
    few, many = sorted((stopped, bare), key=len)
    if len(many) < 2 or len(few) * 2 > len(many):
        return
    for passage in few:
        does = "ends" if few is stopped else "does not end"
        message = f"this caption {does} with a full stop, unlike the other {len(many)}"
        yield passage.at(len(passage.written) - 1), message, "end all alike"


def names_of_several_lines(loaded: Loaded) -> Iterator[Remark]:
    """W337: a name or label has several lines, which run together.

    Why: Names stand within sentences, in tables and on maps, where they have one line.
    Wrong: name: |
          State Archive
          Baku
    Right: name: State Archive, Baku
    Remedy: Write it on one line.
    """
    for file, loc, value in walk(loaded):
        for name, key, info, text in fields(value):
            read = any(isinstance(mark, Read) for mark in info.metadata)
            named = f"{type(value).__name__.lower()}.{name}"
            lines = text.strip().count("\n") if isinstance(text, str) else 0
            if lines and (not read or named in PRINTED_AS_WRITTEN):
                message = f"the {lines + 1} lines of {key} run together"
                yield loaded.at(file, *loc, key), message, "write it on one line"
