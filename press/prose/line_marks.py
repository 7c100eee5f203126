"""Marks that are lines of their own: headings, notes, and the first and last lines of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from press.base.scripts import is_seen
from press.prose import marks
from press.prose.block_reader import heading_words
from press.prose.scanner import Scanner, Step, excerpt, one_line

PATTERN = r"""
  (?P<fence>^(?=[^\n]*(?:```|~~~)))
| (?P<block>^[ \t]*(?:>[ \t]*)*/{3,}(?!/)[^\n]*$)
| (?P<atx>^[ ]{0,3}(?P<hashes>\#{1,6})(?P<title>(?:[ \t][^\n]*)?)$)
| (?P<hashed>^[ ]{0,3}\#{1,6}(?=[^\s\#\d])[^\n]*$)
| (?P<bars>^\|(?:[ \t][^\n]*)?$(?:\n\|(?:[ \t][^\n]*)?$)*)
| (?P<note>^[ ]{0,3}\[\^(?P<note_name>[^\]\[\n]*)\]:)
| (?P<abbreviation>^\*\[(?P<short>[^\]\[\n]*)\][ ]?:(?P<long>[^\n]*))
| (?P<setext>^(?=\S)[^\n]+\n(?P<rule>=+|-+)[ \t]*$)
"""
"""Where such a line may begin; verbose, with the name of its handler."""

_BLOCK = re.compile(r"(?P<indent>[ \t]*)(?P<slashes>/{3,})[ \t]*(?P<kind>[^\s|]*)(?P<rest>.*)")
_OPTION_LINE = re.compile(r"\n(?P<indent>[ ]{4}|\t|)(?P<words>[^\n]*\S[^\n]*)")
_OPTION = re.compile(r"[ \t]*+([A-Za-z][\w-]*+)[ \t]*+:(?:[ \t]++(.*))?")
_CLOSING = re.compile(r"\s*\n[ ]{0,3}(?P<slashes>/+)[ \t]*$", re.MULTILINE)
_NOTE_GOES_ON = re.compile(r"\n(?:[ \t]*\n)+(?=(?: {4}|\t)[ \t]*\S)")
_NOTE_STOPS = re.compile(r"\n(?=[ \t]*(?:\n|$)|[ ]{0,3}\[\^[^\]\[\n]*\]:)")
_NO_WORDS = re.compile(
    r"^[ \t]*(?:[-+*][ \t]|\d{1,9}[.)][ \t]|>|\#{1,6}[ \t]|\||/{3,}"
    r"|([-*_])(?:[ \t]*\1){2,}[ \t]*$)",
    re.MULTILINE,
)
"""Lines that are no running words: lists, tables, headings, quotations, blocks."""


def fence(scan: Scanner, match: re.Match[str]) -> Step:
    """Code between two lines of ticks or tildes, in which nothing is a mark."""
    stop = scan.fences.get(match.start(), match.start())
    if stop > match.start() and (named := _NAMED.match(scan.text, match.start())):
        message = f"{excerpt(named['more'].strip())} would not be printed"
        hint = "write it above the code; behind the signs stands the name of a language alone"
        scan.fault(named.start("more"), "P256", message, hint)
    return scan.text[match.start() : stop], stop


_NAMED = re.compile(
    r"[^\n`~]*(?:`{3,}|~{3,})[ \t]*(?:\{[ \t]*\.)?[^\s{}]*[ \t]+(?P<more>[^\n]*[^\s}])"
)
"""The line on which code begins, with more than the name of a language."""


def abbreviation(scan: Scanner, match: re.Match[str]) -> Step:
    """``*[UN]: United Nations``."""
    short, long = match["short"].strip(), match["long"].strip()
    if not short or not long:
        return match[0], match.end()
    if short in scan.abbreviations:
        message = f"the abbreviation {short!r} is explained twice"
        scan.fault(match.start(), "P258", message, "keep one of the two lines")
    scan.abbreviations.setdefault(short, (long, match.start()))
    return "", match.end()


# -- headings ----------------------------------------------------------------------------------


def hashed(scan: Scanner, match: re.Match[str]) -> Step:
    """``##Heading``: a heading to its author, and words to every reader of Markdown."""
    sign = match[0].split("#")[0] + "#" * (
        len(match[0].lstrip()) - len(match[0].lstrip().lstrip("#"))
    )
    if len(sign.strip()) > 1 or not scan.line_before(match.start()).strip():
        message = f"{excerpt(match[0])} is no heading"
        hint = f"write a space behind {sign.strip()}, or \\# for the sign itself"
        scan.fault(match.start(), "P274", message, hint)
    return "", match.start()


def atx(scan: Scanner, match: re.Match[str]) -> Step:
    """``## Heading``."""
    words = heading_words(match["title"])
    start = match.start("title") + match["title"].find(words) if words else match.end()
    return _heading(scan, match, len(match["hashes"]), (start, start + len(words)))


def setext(scan: Scanner, match: re.Match[str]) -> Step:
    """A heading with a rule under it."""
    start, stop = match.start(), match.start("rule") - 1
    title = scan.text[start:stop]
    if scan.line_before(start).strip() or "|" in title or _NO_WORDS.match(title):
        return "", start
    level = 1 if match["rule"][0] == "=" else 2
    return _heading(scan, match, level, (start, stop), f"\n{match['rule']}")


def _heading(
    scan: Scanner, match: re.Match[str], level: int, title: tuple[int, int], rule: str = ""
) -> Step:
    start = match.start()
    if not is_seen(unescape(scan.text[slice(*title)])):
        message, hint = "this heading has no words", "write them, or \\# for the sign itself"
        return scan.refuse(start, match.end(), "P273", message, hint)
    before = scan.text[start : title[0]]
    standin = scan.put(marks.HeadingMark("", scan.place(start), level))
    return f"{before}{scan.run(*title).rstrip()} {standin}{rule}", match.end()


# -- notes -------------------------------------------------------------------------------------


def note(scan: Scanner, match: re.Match[str]) -> Step:
    """Takes a note's text out of the source, with the indented paragraphs that follow it."""
    start, end = match.start(), match.endpos
    name = match["note_name"].strip()
    paragraphs: list[str] = []
    at = match.end()
    while True:
        stopped = _NOTE_STOPS.search(scan.text, at, end)
        stop = stopped.start() if stopped else end
        if nested := _NO_WORDS.search(scan.text, at, stop):
            message, hint = (
                "a note holds running words only",
                "move the list, table or block into the text",
            )
            scan.fault(nested.start(), "P225", message, hint)
        if words := scan.run(at, stop).strip():
            paragraphs.append(one_line(words))
        following = _NOTE_GOES_ON.match(scan.text, stop, end)
        if not following:
            break
        at = following.end()
    if name in scan.notes:
        scan.fault(start, "P222", f"note [^{name}] is written twice", "keep one of them")
    if not paragraphs:
        scan.fault(start, "P226", f"note [^{name}] is empty", "write it after the colon")
    scan.notes.setdefault(name, marks.Note(name, scan.place(start), tuple(paragraphs)))
    return "", max(stop, match.end())


# -- blocks ------------------------------------------------------------------------------------


def block(scan: Scanner, match: re.Match[str]) -> Step:
    """``/// kind | title``, or ``///`` at the end of a block."""
    start, stop = match.span()
    parts = _BLOCK.fullmatch(match[0])
    if parts is None:
        message = "a block cannot stand inside a quotation"
        opens = bool(match[0].strip("> \t/"))
        if not opens and "///" in scan.tags:  # said of its first line
            scan.tags.remove("///")
            return scan.leave(start, stop, marks.Literal)
        scan.tags += ["///"] * opens
        return scan.refuse(start, stop, "P236", message, "take the > away")
    indent, rest = parts["indent"], parts["rest"].strip()
    at = start + len(indent)
    if len(indent.expandtabs(4)) > 3:
        message, hint = "a block cannot stand inside a list", "begin it at the margin"
        standin, stop = scan.refuse(at, stop, "P236", message, hint)
        return indent + standin, stop
    if not parts["kind"] and not rest:
        return _close(scan, at, stop, len(parts["slashes"]))
    if not parts["kind"] or (rest and not rest.startswith("|")):
        message = f"{excerpt(match[0])} is not a block"
        return scan.refuse(at, stop, "P236", message, "write /// kind | Title")
    title = rest.lstrip("|").strip()
    title_start = start + parts.start("rest") + parts["rest"].index(title) if title else at
    return _open(scan, match, parts, scan.run(title_start, title_start + len(title)))


def _open(scan: Scanner, match: re.Match[str], parts: re.Match[str], title: str) -> Step:
    start, end = match.start() + len(parts["indent"]), match.endpos
    kind = scan.kinds.get(parts["kind"])
    options, stop = _options(scan, match.end(), end, kind.options if kind else None)
    alone = kind is not None and not kind.body
    if kind and kind.lines and (end_line := _end_of(scan, stop, end, len(parts["slashes"]))):
        mark = marks.Opening(
            scan.text[start:stop], scan.place(start), parts["kind"], title, options, False
        )
        scan.verses.append((start, end_line.end()))
        body = verse(scan, _lines(scan.text, stop, end_line.start()))
        return _framed(scan, mark, body), end_line.end()
    source = scan.text[start:stop]
    mark = marks.Opening(source, scan.place(start), parts["kind"], title, options, alone)
    standin = scan.put(mark)
    if not alone:
        scan.open.append((mark, len(parts["slashes"])))
    elif (close := _CLOSING.match(scan.text, stop, end)) and close["slashes"] == parts["slashes"]:
        stop = close.end()
    return f"\n{standin}\n\n", stop


def _options(
    scan: Scanner, at: int, end: int, known: frozenset[str] | None
) -> tuple[dict[str, tuple[str, marks.Position]], int]:
    """The ``name: value`` lines after a block's first line, and where they end.

    They are indented, or stand at the margin: ``lang: az``. There a capital begins words, unless
    the name is one of ``known`` but for that. None where the kind is not known.
    """
    options: dict[str, tuple[str, marks.Position]] = {}
    while match := _OPTION_LINE.match(scan.text, at, end):
        option = _OPTION.fullmatch(match["words"])
        if not match["indent"] and not (option and _is_name(option[1], known)):
            break
        where = match.start("words")
        if option is None:
            message = f"{excerpt(match['words'])} is not an option"
            scan.fault(where, "P237", message, "write name: value, and leave a line before text")
        elif option[1] in options:
            message = f"option {option[1]!r} is given twice"
            scan.fault(where, "P237", message, "keep one of them")
        else:
            begin, stop = (where + edge for edge in option.span(2)) if option[2] else (0, 0)
            options[option[1]] = (scan.run(begin, stop), scan.place(where))
        at = match.end()
    return options, at


def _is_name(name: str, known: frozenset[str] | None) -> bool:
    """Whether a word before a colon at the margin is that of an option, right or wrong."""
    return known is not None and (name.islower() or name.casefold() in known)


# -- verse -------------------------------------------------------------------------------------

_BEGINS_BLOCK = re.compile(r"(?=[-+*]\s|#{1,6}\s|>|\||:\s|={2,}$|-{2,}$)|\d{1,9}(?=[.)](?:\s|$))")
_IN_TABLE = re.compile(r"\||(?<=^\|)[ \t]*:?-+:?[ \t]*$", re.MULTILINE)
_EM_SPACE = "\N{EM SPACE}"


def bars(scan: Scanner, match: re.Match[str]) -> Step:
    """Lines that begin with a bar: verse, where they are no table."""
    lines = [(begin + 1, end) for begin, end in _lines(scan.text, *match.span())]
    kind = next((kind for kind in scan.kinds.values() if kind.lines), None)
    before = scan.line_before(match.start()).strip()
    if kind is None or before or any(_IN_TABLE.search(scan.text, a, b) for a, b in lines):
        return "", match.start()
    spaced = [(begin + (scan.text[begin : begin + 1] == " "), end) for begin, end in lines]
    place = scan.place(match.start())
    scan.verses.append(match.span())
    mark = marks.Opening(match[0], place, kind.name, "", {}, closes_itself=False)
    return _framed(scan, mark, verse(scan, spaced)), match.end()


def verse(scan: Scanner, lines: Iterable[tuple[int, int]]) -> str:
    """Markdown in which each of ``lines``, from offset to offset, stays a line.

    What stands in is set in, and what would begin a list or heading is words.
    """
    stanzas: list[list[str]] = [[]]
    for begin, end in lines:
        written = scan.text[begin:end].expandtabs(4)
        deep = len(written) - len(written.lstrip())
        if not written.strip():
            stanzas.append([])
            continue
        stripped = len(scan.text[begin:end].lstrip())
        words = scan.run(end - stripped, end).strip()
        if sign := _BEGINS_BLOCK.match(words):
            words = f"{words[: sign.end()]}\\{words[sign.end() :]}"
        stanzas[-1].append(_EM_SPACE * -(-deep // 2) + words)
    return "\n\n".join("\\\n".join(stanza) for stanza in stanzas if stanza)


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Begin and end of each line from ``start`` to ``end``."""
    found = [
        (match.start(), match.end()) for match in re.finditer(r"[^\n]*(?:\n|$)", text[start:end])
    ]
    return [
        (start + a, start + a + len(text[start + a : start + b].rstrip("\n"))) for a, b in found
    ]


def _end_of(scan: Scanner, at: int, end: int, slashes: int) -> re.Match[str] | None:
    closing = re.compile(rf"^[ ]{{0,3}}/{{{slashes}}}[ \t]*$", re.MULTILINE)
    return closing.search(scan.text, at, end)


def _framed(scan: Scanner, mark: marks.Opening, body: str) -> str:
    """A block whose whole text is at hand, as stand-ins around it."""
    closing = marks.Closing("", mark.place)
    return f"\n{scan.put(mark)}\n\n{body}\n\n{scan.put(closing)}\n\n"


def _close(scan: Scanner, start: int, stop: int, slashes: int) -> Step:
    if not scan.open:
        message, hint = "this line closes nothing", "a block begins with /// and its kind"
        return scan.refuse(start, stop, "P232", message, hint)
    opening, length = scan.open[-1]
    if length != slashes:
        message = f"{'/' * slashes} does not close the block of line {opening.place[0]}"
        hint = f"close it with as many slashes as it began with: {'/' * length}"
        return scan.refuse(start, stop, "P232", message, hint)
    scan.open.pop()
    standin, stop = scan.leave(start, stop, marks.Closing)
    return f"\n{standin}\n\n", stop
