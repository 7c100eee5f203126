"""The blocks of a Markdown text, line by line, as CommonMark reads them, each with its line.

Python-Markdown has no memory for the kind, the first number and the depth of a list, and none for
lines; so its block parser is replaced by this one (``markdown_tree``), while what stands within a
line stays its own. The method is that of the CommonMark specification, appendix *A parsing
strategy* (https://spec.commonmark.org/0.31.2/): containers that are open are matched against each
line, then new blocks begin, then what is left is text. Tables and lists of terms are added to it.
HTML blocks and link definitions are not here: ``reading`` has taken them out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_QUOTE = re.compile(r" {0,3}> ?")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)(.*)")
_FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_BULLET = re.compile(r"( {0,3})([-+*])(?=[ \t]|$)")
_NUMBER = re.compile(r"( {0,3})([0-9]{1,9})([.)])(?=[ \t]|$)")
_MEANING = re.compile(r"( {0,3}): {1,3}(?=\S)")
_DASHES = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")

LEAVES = frozenset({"paragraph", "heading", "code", "fence", "rule", "terms"})
"""Kinds of block that hold lines and no blocks."""


@dataclass
class Block:
    """One block. ``line`` is its first, from 0; what else it has depends on its kind.

    Kinds: document, quote, list, item, meanings, meaning; and the ``LEAVES``. ``sign`` is the
    bullet, or what stands behind the number, or the fence with its indentation, or the rule under a
    heading; ``number`` that of a list or item; ``level`` that of a heading, or how far the sign of
    an item or meaning stands in; ``width`` how far their words do.
    """

    kind: str
    line: int
    lines: list[str] = field(default_factory=list)
    inside: list[Block] = field(default_factory=list)
    sign: str = ""
    number: int = 0
    level: int = 0
    width: int = 0
    end: int = 0
    """The last line that it has."""
    is_closed: bool = False
    """Whether a fence has found its end."""


@dataclass
class _Start:
    """Where a line stands: the blocks that it may go on in, and what of it is not yet read."""

    number: int
    rest: str
    matched: int = 1


class BlockReader:
    """Reads one text; ``open`` are the blocks that go on, outermost first."""

    def __init__(self) -> None:
        self.open: list[Block] = [Block("document", 0)]

    def read(self, lines: list[str]) -> Block:
        """The document that these lines are; tabs must be spaces."""
        for number, text in enumerate(lines):
            at = _Start(number, text)
            if not self._goes_on(at):
                self._begin(at)
            for block in self.open:
                block.end = number
        return self.open[0]

    # -- what goes on

    def _goes_on(self, at: _Start) -> bool:
        """Matches a line against what is open; whether that was all of it."""
        for block in self.open[1:]:
            if block.kind in ("fence", "code"):
                return self._more_code(block, at)
            if not _continues(block, at):
                return False
            at.matched += 1
        return False

    def _more_code(self, block: Block, at: _Start) -> bool:
        """A line of code, or its end."""
        if block.kind == "fence":
            if _ends(block, at.rest):
                block.is_closed = True
                del self.open[at.matched :]
            else:
                spaces = min(block.width, _indent(at.rest))
                block.lines.append(at.rest[spaces:])
            return True
        if _indent(at.rest) < 4 and at.rest.strip():
            return False
        block.lines.append(at.rest[4:])
        return True

    # -- what begins

    def _begin(self, at: _Start) -> None:
        """Begins what blocks begin in the rest of a line; adds the words that are left."""
        while self._begins(at):
            if self.open[-1].kind in LEAVES and at.matched == len(self.open):
                return
        tip = self.open[-1]
        if not at.rest.strip():
            del self.open[at.matched :]
        elif tip.kind == "paragraph":  # of its own, or one that goes on without its marks
            tip.lines.append(at.rest.lstrip(" "))
        else:
            self._add(Block("paragraph", at.number, [at.rest.lstrip(" ")]), at)

    def _begins(self, at: _Start) -> bool:
        """Whether a block begins here; it is open then, and its marks are read."""
        rest = at.rest
        in_words = self.open[-1].kind == "paragraph"
        if _indent(rest) >= 4:
            if in_words or not rest.strip():
                return False
            self._add(Block("code", at.number, [rest[4:]]), at)
            return True
        if quote := _QUOTE.match(rest):
            self._add(Block("quote", at.number), at)
            at.rest = rest[quote.end() :]
            return True
        return self._leaf(at) or self._item(at) or self._meaning(at)

    def _leaf(self, at: _Start) -> bool:
        """A heading, fence or rule."""
        last = self.open[at.matched - 1]
        if heading := _ATX.match(at.rest):
            words = heading_words(heading[2])
            leaf = Block("heading", at.number, [words], level=len(heading[1]))
        elif fence := _FENCE.match(at.rest):
            leaf = Block("fence", at.number, sign=fence[2], width=len(fence[1]))
        elif last.kind == "paragraph" and (rule := _SETEXT.match(at.rest)):
            last.kind, last.level = "heading", 1 if rule[1][0] == "=" else 2
            last.sign = rule[1]
            del self.open[at.matched :]
            return True
        elif _RULE.match(at.rest):
            leaf = Block("rule", at.number)
        else:
            return False
        self._add(leaf, at)
        return True

    def _item(self, at: _Start) -> bool:
        """An item of a list, and the list where it is the first."""
        match = _BULLET.match(at.rest) or _NUMBER.match(at.rest)
        if match is None:
            return False
        words = at.rest[match.end() :]
        number = int(match[2]) if match[2].isdigit() else 0
        last = self.open[at.matched - 1]
        if last.kind == "paragraph" and (not words.strip() or (match[2].isdigit() and number != 1)):
            return False  # a number within a sentence begins no list
        gap = _indent(words)
        gap = 1 if gap > 4 or not words.strip() else gap
        sign = match[match.lastindex or 2]
        if not (last.kind == "list" and last.sign == sign):
            self._add(Block("list", at.number, sign=sign, number=number), at)
        item = Block("item", at.number, number=number, width=match.end() + gap)
        item.level = len(match[1])
        self._add(item, at)
        at.rest = words[gap:]
        return True

    def _meaning(self, at: _Start) -> bool:
        """``: what a term means``, under the lines of its terms."""
        match = _MEANING.match(at.rest)
        if match is None:
            return False
        last = self.open[at.matched - 1]
        if last.kind != "meanings":
            home = self.open[at.matched - 2] if last.kind == "paragraph" else last
            if not home.inside or home.inside[-1].kind != "paragraph":
                return False
            at.matched -= last.kind == "paragraph"
            terms = home.inside.pop()
            known = home.inside[-1] if home.inside else terms
            if known.kind != "meanings":
                known = Block("meanings", terms.line)
                home.inside.append(known)
            known.inside.append(Block("terms", terms.line, terms.lines))
            self.open[at.matched :] = [known]
            at.matched = len(self.open)
        meaning = Block("meaning", at.number, width=match.end(), level=len(match[1]))
        self._add(meaning, at)
        at.rest = at.rest[match.end() :]
        return True

    def _add(self, block: Block, at: _Start) -> None:
        """Opens ``block`` in the innermost that the line has matched and that can hold it."""
        del self.open[at.matched :]
        while not _holds(self.open[-1], block):
            self.open.pop()
        self.open[-1].inside.append(block)
        self.open.append(block)
        at.matched = len(self.open)


def _continues(block: Block, at: _Start) -> bool:
    """Whether a line goes on in ``block``; takes its marks off."""
    rest = at.rest
    match block.kind:
        case "quote":
            quote = _QUOTE.match(rest)
            at.rest = rest[quote.end() :] if quote else rest
            return quote is not None
        case "meaning" if _is_next_meaning(block, rest):
            at.rest = rest.lstrip(" ")
            return False
        case "item" | "meaning":
            if not rest.strip():
                at.rest = ""
                return bool(block.inside)
            deep = _indent(rest) >= (block.width if block.kind == "item" else min(block.width, 2))
            at.rest = rest[min(block.width, _indent(rest)) :] if deep else rest
            return deep
        case "list" | "meanings":
            return True
        case "paragraph":
            return bool(rest.strip())
        case _:
            return False


def _is_next_meaning(block: Block, rest: str) -> bool:
    """Whether a line is another meaning of the same term, and not of what a meaning begins with."""
    same_depth = _indent(rest) <= block.level
    begun = [inner.line for inner in block.inside] == [block.line]
    return bool(_MEANING.match(rest.lstrip(" "))) and (same_depth or begun)


def _holds(outer: Block, inner: Block) -> bool:
    """Whether a block can stand in another."""
    if outer.kind in ("list", "meanings"):
        return inner.kind == {"list": "item", "meanings": "meaning"}[outer.kind]
    return outer.kind not in LEAVES


def _ends(fence: Block, text: str) -> bool:
    sign = re.escape(fence.sign[0])
    return bool(re.fullmatch(rf" {{0,3}}{sign}{{{len(fence.sign)},}}[ \t]*", text))


def heading_words(written: str) -> str:
    """The words of a heading without the number signs that close it."""
    words = written.strip()
    bare = words.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else words


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


# -- tables ------------------------------------------------------------------------------------


def table_at(lines: list[str]) -> int | None:
    """The index of a table's line of dashes in a paragraph; None where there is none."""
    for index in range(1, len(lines)):
        head, dashes = lines[index - 1 : index + 1]
        barred = "|" in head + dashes and _DASHES.match(dashes.strip())
        if barred and len(cells(head)) == len(cells(dashes)):
            return index
    return None


def cells(row: str) -> list[str]:
    """The cells of a table's row, as they are written; a bar behind a backslash parts none."""
    row = row.strip()
    row = row.removeprefix("|")
    ends = [match.end() - 1 for match in _BAR.finditer(row)]
    if ends and ends[-1] == len(row) - 1:
        row, ends = row[:-1], ends[:-1]
    starts = [0, *(end + 1 for end in ends)]
    found = (row[a:b].strip() for a, b in zip(starts, [*ends, len(row)], strict=True))
    return [cell.replace("\\|", "|") for cell in found]


_CODE = re.compile(r"(`+).*?(?<!`)\1(?!`)")


_DRAWN = re.compile(r"\+(?:[-=:]+\+)+")
"""A line of a table that is drawn with signs."""


def no_table(lines: list[str]) -> tuple[int, str, str] | None:
    """Index of a line, message and remedy where lines with bars look like a table and are none."""
    drawn = next((n for n, line in enumerate(lines) if _DRAWN.fullmatch(line.strip())), -1)
    if drawn >= 0 and any("|" in line for line in lines):
        hint = "write bars between the cells and dashes under the head: | a | b |, |---|---|"
        return drawn, "lines of + and - make no table", f"{hint}; delete the lines of + and -"
    rows = [cells(_CODE.sub("", line)) for line in lines]
    barred = [line.strip().startswith("|") for line in lines]
    for index, line in enumerate(lines):
        if "|" not in line or not _DASHES.match(line.strip()):
            continue
        dashes = f"the line of dashes has {_columns(rows[index])}"
        if not index or len(rows[index - 1]) < 2:
            return (
                index,
                f"{dashes}, and no head stands above it",
                "write the head above the dashes",
            )
        head = len(rows[index - 1])
        hint = f"write as many as the head has columns: {'|---' * head}|"
        return index, f"{dashes}, the head above it {head}", hint
    many = next((n for n in range(1, len(rows)) if min(map(len, rows[n - 1 : n + 1])) > 1), 0)
    alone = next((n for n, line in enumerate(lines) if barred[n] and line.rstrip()[-1] == "|"), -1)
    if not many and (alone < 0 or len(rows[alone]) < 2):
        return None
    index = many - 1 if many else alone
    hint = f"put a line of dashes under the head: {'|---' * len(rows[index])}|"
    if not many:
        hint = "leave no empty line between it and its table, or write \\| for the sign itself"
    return index, "these lines with bars are no table" if many else "this row is in no table", hint


def _columns(row: list[str]) -> str:
    return f"{len(row)} column{'s' * (len(row) != 1)}"
