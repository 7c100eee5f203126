"""Forms that other Markdown programs know and print would show as they are written.

Each has its remedy here, in the press's own form. The lines of a poem that would run together into
prose are found too. Everything reads what the author wrote, and offsets are into that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from press.prose.scanner import excerpt

Remark = tuple[int, str, str, str]
"""Offset, code, message, remedy."""

_SIDEBAR = "write /// sidebar | Title, its text, and /// at the end"
_VARIABLE = "a variable or short code"
_REVISED = r"\{(?:\+\+|--|~~|==|>>)[^{}\n]*(?:\+\+|--|~~|==|<<)\}"
_HIGHLIGHTED = r"(?<![=\S])==(?=[^\s=])[^=\n]+(?<=[^\s=])==(?![=\w])"
_FORMS: tuple[tuple[str, str, str], ...] = (
    (r"^(?:!!!|\?\?\?\+?) +[a-z][^\n]*", "an admonition", _SIDEBAR),
    (r"^:::+ *[{\w][^\n]*", "a fenced block of another kind of Markdown", _SIDEBAR),
    (r"^> *\[!\w+\]", "an alert", _SIDEBAR),
    (r"^\[TOC\]$|^\[\[_TOC_\]\]$", "a table of contents", "delete it; the press makes one"),
    (r"^[¹²³⁰-⁹]{1,3} ?[^\W\d_][^\n]*", "a note with its number typed",
     "write [^1] where it is called, and [^1]: before its words"),
    (r"^//(?!/)[ \t]*(?:sidebar|quote|figure|plate|verse)\b[^\n]*", "a comment",
     "write three: /// kind | Title, and /// at the end"),
    (r"\{[a-z0-9-]+\.[a-z][a-z0-9-]*\}", "an address in braces", "write {fact: address}"),
    (r"\\[a-zA-Z]{3,}\{[^{}\n]*\}", "a command of TeX", "write *words*, **words** or [@source]"),
    (r"^[ ]{0,3}(?:[-+*]|\d{1,3}[.)])[ ]+\[[ xX]\](?=\w)[^\n]*", "a task",
     "write a blank behind the bracket: - [ ] words"),
    (r"^\\(?:newpage|pagebreak|clearpage)\b", "a page break", "delete it; the press turns pages"),
    (_HIGHLIGHTED, "highlighted words", "write **words**"),
    (_REVISED, "a mark of revision", "write what holds now"),
    (r"\{\{[^{}\n]+\}\}|\{%[^{}\n]+%\}", _VARIABLE, "write what it stands for"),
    (r"(?<![\w:]):[a-z][a-z_]+:(?![\w:])", "a picture by its name", "write the sign, or words"),
)  # fmt: skip
_FORM = re.compile(
    "|".join(f"(?P<f{n}>{form})" for n, (form, _, _) in enumerate(_FORMS)), re.MULTILINE
)
_MATH = re.compile(
    r"\$\$(?=\S|\n)[^$]{1,500}\$\$"
    r"|(?<![\\$\w])\$(?=[^\s$])(?=[^$\n]{0,200}?[\\^_=+{])[^$\n]{1,200}(?<=[^\s$\\])\$(?![\d$])"
    r"|\\\((?=\w\\\)|[^\n]{0,200}?(?:\\[a-zA-Z]|[\^_=+<>×·])[^\n]{0,200}?\\\))[^\n]{1,200}?\\\)"
    r"|\\\[(?=[^\]]{0,200}?(?:\\[a-zA-Z]|[\^_=+<>×·])[^\]]{0,200}?\\\])[^\]]{1,200}?\\\]"
    r"|^[ ]{0,3}\\\[[^\]\n]{1,200}\\\][ ]*$",
    re.MULTILINE,
)
_FACTOR = r"(?:\d[\d.,]*|[A-Za-z])"
_PRODUCT = re.compile(rf"(?<![\\\w*]){_FACTOR}(?:\*{_FACTOR}){{2,}}(?![\w*])")
"""Factors with asterisks between them, of which every second would begin emphasis."""


def remarks(text: str, code: Iterable[tuple[int, int]], inline: bool) -> Iterator[Remark]:
    """What is found outside ``code``, which is given by begin and end of each."""
    hidden = _Hidden(code)
    for match in _FORM.finditer(text):
        if not hidden.holds(match.start()):
            _, what, hint = _FORMS[int((match.lastgroup or "f0")[1:])]
            yield (
                match.start(),
                "P285",
                f"{excerpt(match[0])} is {what} elsewhere, and not here",
                hint,
            )
    for match in _MATH.finditer(text):
        if not hidden.holds(match.start()):
            hint = "write x^2^ and H~2~O, or a picture of the formula; for money write \\$"
            yield match.start(), "P286", f"{excerpt(match[0])} is a formula, which is not set", hint
    for match in _PRODUCT.finditer(text):
        if not hidden.holds(match.start()):
            hint = f"write {match[0].replace('*', ' × ')}, or a backslash before each asterisk"
            message = f"{excerpt(match[0])} is a product, whose asterisks mark emphasis here"
            yield match.start(), "P286", message, hint
    if not inline:
        yield from _verse(text, hidden)


class _Hidden:
    """Parts of a text that are not looked at."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._begins = [begin for begin, _ in self._spans]

    def holds(self, at: int) -> bool:
        """Whether an offset lies in one of them; those within others do not count."""
        index = bisect_right(self._begins, at) - 1
        return any(
            self._spans[i][1] > at for i in range(max(0, index - 1), index + 1) if index >= 0
        )


# -- verse -------------------------------------------------------------------------------------

LONGEST = 60
"""Letters of a line of verse; prose is written in longer ones."""
SHORT = 50
"""Letters of lines that nobody writes prose in."""
SHORTER = 40
"""The same, where they begin with small letters."""
SHORTEST = 20
"""Letters of lines that no program breaks prose into."""

_PARAGRAPH = re.compile(r"(?:^[ \t]*[^\s][^\n]*(?:\n|\Z))+", re.MULTILINE)
_NO_PROSE = re.compile(
    r"[ \t]*(?:[-+*](?:\s|$)|[|:#=]|[-=*_]{2,}[ \t]*$|\d+[.)]\s|/{3}|\[[^\]]*\]:|```|~~~|\*\[)"
    r"|\t| {4}"
)
_SLASHES = re.compile(r"[ \t]*/{3}")
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_NUMBERED = re.compile(
    r"\(?(?:[A-Za-z]|[ivxlcIVXLC]{1,5}|(?<=\()\d{1,3})[.)]\s|[•·‣▪◦–—✓✔✗✘☐☑☒→➢►●○■□★]\s"
    r"|\[\d{1,3}\]\s|§§?\s?\d|(?:(?![0-9])\d){1,3}[.．)）、]|[0-9]{1,3}[．）、]"
)
"""How items begin that are none in Markdown: a), iv., (1), [1], § 1, ١., and one's own bullet."""
_BULLET = re.compile(r"[•·‣▪◦]\s")
_FIRST_OF_SOME = re.compile(r"\(?(?:a|i|A|I|1)[.)]\s+(?!\w\.)[^\W\d]{2}|\(?[ai][.)]\s+(?:a|an)\s")
_OPTION = re.compile(r"[ \t]*[a-z][\w-]*:(?:\s|$)")
_ENDS = re.compile(r"(?:[.!?…:]|\\|  )[”’»\"')\]]*$|  $|\\$")


def _verse(text: str, hidden: _Hidden) -> Iterator[Remark]:
    """Paragraphs whose lines look as if each should be one on the page."""
    for match in _PARAGRAPH.finditer(text):
        at = begin = match.start()
        lines: list[str] = []
        for line in (*match[0].rstrip("\n").split("\n"), ""):
            bare = _QUOTED.sub("", line)
            if bare.strip() and not _SLASHES.match(line) and (lines or not _OPTION.match(line)):
                begin = begin if lines else at
                lines.append(bare)
            else:
                if len(lines) > 1 and not hidden.holds(begin):
                    yield from _run_together(lines, begin)
                lines = []
            at += len(line) + 1


def _run_together(lines: list[str], at: int) -> Iterator[Remark]:
    """What is said of the lines that begin at an offset."""
    message = f"these {len(lines)} lines run together into one paragraph"
    if all("\t" in line.strip() for line in lines):
        head = "|".join(f" {cell.strip()} " for cell in lines[0].strip().split("\t"))
        dashes = "---|" * (lines[0].strip().count("\t") + 1)
        hint = (
            f"for a table write bars for the tabs, and dashes under the head: |{head}|, |{dashes}"
        )
        yield at, "P284", message, hint
    elif mark := next((m for m in ";," if _is_divided(lines, m)), ""):
        head = "|".join(f" {cell.strip()} " for cell in lines[0].split(mark))
        dashes = "---|" * (lines[0].count(mark) + 1)
        yield at, "P284", message, f"for a table write bars for each {mark} : |{head}|, |{dashes}"
    elif own_items(lines) is None and looks_like_verse(lines):
        hint = "write /// verse before them and /// behind, or a backslash at the end of each line"
        yield at, "P284", message, hint


def _is_divided(lines: Sequence[str], mark: str) -> bool:
    """Whether lines are fields with a comma or a semicolon between them, as programs write them."""
    many = {line.count(mark) for line in lines}
    return len(many) == 1 and min(many) > 0 and not any(f"{mark} " in line for line in lines)


def own_items(lines: Sequence[str]) -> int | None:
    """The first of the lines of a paragraph that begin as items do that are none in Markdown.

    One alone counts behind words with a colon, or where they end long before the line is full, as
    those of an item do that holds others; "a. M." and "i. e." are words. None where there is none.
    """
    marked = [bool(_NUMBERED.match(line)) for line in lines]
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else ""
        if not marked[at] or _BROKEN.search(before):
            continue
        if at + 1 < len(lines) and marked[at + 1] and not _BROKEN.search(line):
            return at
        if before.rstrip().endswith(":") or (before and _BULLET.match(line)):
            return at
        if before and len(before) <= SHORTER and _FIRST_OF_SOME.match(line):
            return at
    return None


_GLUED = re.compile(
    r"(?P<sign>\d{1,3}[.)]|[a-z]\)|[-+])(?P<words>[*_“\"(]*[^\W\d_](?:\s|[^\W\d_]++(?!\d)).*)"
)
"""An item without a blank behind its sign: ``1.no``, ``-no``; not ``-5``, ``1.5`` or ``1.e4``."""


def glued_items(lines: Sequence[str], before: str = "") -> Iterator[tuple[int, str]]:
    """(number, how to write it) of lines that lack the blank behind the sign of an item.

    One alone counts behind words with a colon, or where the paragraph ``before`` begins so as well.
    """
    found = [(at, match) for at, line in enumerate(lines) if (match := _GLUED.match(line))]
    if len(found) == 1:
        at, match = found[0]
        above = lines[at - 1] if at else ""
        like = at == 0 and (first := _GLUED.match(before)) and _alike(first["sign"], match["sign"])
        found = found if like or above.rstrip().endswith(":") else []
    for at, match in found:
        sign = "-" if match["sign"][0].isalpha() else match["sign"]
        yield at, f"{sign} {match['words']}"


def _alike(one: str, other: str) -> bool:
    return one == other or (one[-1] == other[-1] and one[:-1].isdigit() and other[:-1].isdigit())


def looks_like_verse(lines: list[str]) -> bool:
    """Short lines that are not each a sentence, and that a machine would not have broken so.

    Verse and addresses begin each line with a capital or a figure. Other lines count where they are
    three or more, shorter still, and mostly end before the line is full: a list of names, say.
    """
    if any(_NO_PROSE.match(line) for line in lines):
        return False
    longest = max(map(len, lines))
    if longest > LONGEST or all(_ENDS.search(line) for line in lines[:-1]):
        return False
    full = [len(a) + 1 + len(b.split()[0]) > longest for a, b in pairwise(lines)]
    if not all(_begins_line(line) for line in lines):
        broken = longest <= SHORTEST or sum(full) * 2 <= len(full)
        words = all(line.lstrip()[:1].isalnum() for line in lines)
        return len(lines) > 2 and longest <= SHORTER and broken and words
    return longest <= SHORT or (len(lines) > 2 and not all(full))


_BROKEN = re.compile(r"(?:\\|  )$")
_SENTENCE = re.compile(r"[.!?…][”’»\")\]]*$")


def are_lines(lines: list[str]) -> bool:
    """Whether the lines of a field of YAML are lines to their author, and not wrapped prose.

    YAML itself has joined what was wrapped, but for texts behind a ``|``. Lines that a program
    has wrapped are long, and the next word had no room on them; those that end with a backslash are
    broken in print.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not _BROKEN.search(a)]
    if not pairs:
        return False
    longest = max(map(len, lines))
    full = [len(a) + 1 + len(b.split()[0]) > longest for a, b in pairs]
    whole = all(_SENTENCE.search(a) for a, _ in pairs)
    return longest <= SHORT or not all(full) or whole


_NUMBER_FIRST = re.compile(r"\+?\(?\d[\w./()-]*(?:$|,$|,?\s+[(\"'“„«]?(?P<next>\w))")
_ADDRESS = re.compile(r"(?:www\.|https?:|mailto:|\S+@)\S+$")


def _begins_line(line: str) -> bool:
    """Whether a line begins with a capital, or as one of an address does: 16225 Eberswalde."""
    words = line.lstrip(" \t\"'“„«‘*_—–-")
    if number := _NUMBER_FIRST.match(words):
        return not (number["next"] or "").islower()
    return words[:1].isupper() or bool(_ADDRESS.match(words))
