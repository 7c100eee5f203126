"""A second reader of Markdown, held against the first: where they differ, the author must choose.

markdown-it-py reads the same text, with the press's stand-ins in it, as CommonMark and GitHub's
tables and strike say. What Python-Markdown (with our blocks) has seen otherwise is a difference:
other programs that the author trusts would print something else than the press does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from press.prose.scanner import excerpt
from press.prose.seen import BREAK, NAME, Seen, joined

_OFF = ["html_block", "html_inline", "autolink", "link", "image", "reference"]
_OPENS = {"em_open": "*", "strong_open": "**", "s_open": "~~"}
_CLOSES = {"em_close": "/*", "strong_close": "/**", "s_close": "/~~"}
_PLAIN = re.compile(r"[*_`\\~&\n]")
"""Signs without which a run of words is read alike by everybody."""


class Difference(NamedTuple):
    """Where two readers see two things: line from 0, what each sees, and what both read alike.

    Code P289 is for what both see and the author can hardly have meant. ``near`` are the words
    right before it, where it is within a line.
    """

    line: int
    message: str
    hint: str
    code: str = "P287"
    near: str = ""

    def column(self, written: str) -> int:
        """Where in the line that is ``written`` it stands, from 1."""
        at = written.find(self.near)
        indent = len(written) - len(written.lstrip())
        return (at + len(self.near) if self.near and at >= 0 else indent) + 1

    def said(self, written: str) -> str:
        """The message, with the words of its line where it has none."""
        words = excerpt(written)
        if self.near or not words or self.code != "P287":
            return self.message
        return f"{self.message}: {words}"


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"maxNesting": 200})
        .enable(["table", "strikethrough"])
        .disable([*_OFF, "text_join"])
    )


def differences(text: str, seen: Sequence[Seen]) -> Iterator[Difference]:
    """Where the second reader sees other blocks or words in a chapter than ``seen``."""
    tokens = _reader().parse(text)
    yield from _compared(tuple(seen), tuple(_blocks(iter(tokens))), 0)
    for token in tokens:
        yield from _strays(token)


def differences_in_words(text: str, seen: tuple[str, ...]) -> Iterator[Difference]:
    """What the second reader sees otherwise in a run of words."""
    if not _PLAIN.search(text):
        return
    (token,) = _reader().parseInline(text)
    words = joined(_words(token))
    if words != seen:
        yield _of_words(seen, words, 0)
    yield from _strays(token)


_SHOWN = 20
"""Letters that a finding shows of what stands behind a sign."""
_STRAY = re.compile(
    r"(?<![\w*])\*{1,3}(?=\w)|(?<=[\w.,;:!?])\*{2,3}|(?<![\w_])_{1,2}(?=[^\W_])|(?<=\w)~~|~~(?=\w)"
)


def _strays(inline: Token) -> Iterator[Difference]:
    """Signs of emphasis that nobody reads as such; those behind a backslash are meant."""
    line = inline.map[0] if inline.map else 0
    for token in inline.children or ():
        if token.type == "text" and (stray := _STRAY.search(token.content)):
            message = f"{stray[0]} is printed as it stands, before {_after(token.content, stray)}"
            sign = stray[0][0]
            hint = f"put {stray[0]} right around the words, or \\{sign} for the sign itself"
            near = token.content[: stray.start()].rpartition("\n")[2][-30:]
            yield Difference(line, message, hint, "P289", near)
        line += token.type in ("softbreak", "hardbreak")


def _after(text: str, match: re.Match[str]) -> str:
    said = ""
    for word in text[match.end() :].split():  # whole, for a word may stand for a mark
        if said and len(said) + len(word) > _SHOWN:
            break
        said = f"{said} {word}".strip()
    return repr(said or "the end")


# -- what the second reader sees -----------------------------------------------------------------


def _blocks(tokens: Iterator[Token]) -> Iterator[Seen]:
    """The blocks up to the end of the one that holds them."""
    for token in tokens:
        line = token.map[0] if token.map else -1
        if token.nesting == -1:
            return
        if token.type in ("fence", "code_block"):
            yield Seen("code", line, (token.content.expandtabs(4).rstrip("\n"),))
        elif token.type == "hr":
            yield Seen("hr", line)
        elif token.type in ("paragraph_open", "heading_open"):
            inline = next(tokens)
            next(tokens)
            yield Seen(token.tag, line, joined(_words(inline)))
        elif token.type == "table_open":
            rows = tuple(_rows(tokens))
            yield Seen(f"table {len(rows[0].inside)}", line, (), rows)
        else:
            name = f"ol {token.attrs.get('start', 1)}" if token.tag == "ol" else token.tag
            yield Seen(name, line, (), tuple(_blocks(tokens)))


def _rows(tokens: Iterator[Token]) -> Iterator[Seen]:
    """The rows up to the end of the table."""
    row: list[Seen] = []
    for token in tokens:
        if token.type == "table_close":
            return
        if token.type == "inline":
            row.append(Seen("cell", -1, joined(_words(token))))
        elif token.type == "tr_close":
            yield Seen("tr", -1, (), tuple(row))
            row = []


def _words(inline: Token) -> Iterator[str]:
    for token in inline.children or ():
        match token.type:
            case "softbreak":
                yield "\n"
            case "hardbreak":
                yield BREAK
            case "code_inline":
                yield f"{NAME}code {token.content.expandtabs(4)}"
            case "text" | "text_special":
                yield token.content.expandtabs(4)
            case kind:
                yield NAME + (_OPENS.get(kind) or _CLOSES.get(kind) or kind)


# -- where they differ ---------------------------------------------------------------------------


def _compared(ours: tuple[Seen, ...], theirs: tuple[Seen, ...], line: int) -> Iterator[Difference]:
    """The first difference of each place where they stop agreeing."""
    ours, theirs = _without_terms(ours, theirs)
    mine, others = [_key(block) for block in ours], [_key(block) for block in theirs]
    if mine == others:
        return
    for kind, a, b, c, d in SequenceMatcher(None, mine, others, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        yield from _block(ours[a:b], theirs[c:d], line)


def _key(block: Seen) -> object:
    return block.name, block.words, tuple(_key(inner) for inner in block.inside)


def _without_terms(
    ours: tuple[Seen, ...], theirs: tuple[Seen, ...]
) -> tuple[tuple[Seen, ...], tuple[Seen, ...]]:
    """Both without lists of terms, which the second reader does not know."""
    kept: list[Seen] = []
    hidden: list[tuple[int, int]] = []
    for index, block in enumerate(ours):
        if block.name == "dl":
            after = next((b.line for b in ours[index + 1 :] if b.line >= 0), 10**9)
            hidden.append((block.line, after))
        else:
            kept.append(block)
    seen = (b for b in theirs if not any(begin <= b.line < end for begin, end in hidden))
    return tuple(kept), tuple(seen)


def _block(ours: Sequence[Seen], theirs: Sequence[Seen], line: int) -> Iterator[Difference]:
    """One difference, as deep inside as it goes."""
    mine, other = (blocks[0] if blocks else None for blocks in (ours, theirs))
    line = next((b.line for b in (other, mine) if b is not None and b.line >= 0), line)
    if mine is None or other is None or mine.name != other.name:
        yield _of_kinds(mine, other, line)
    elif mine.words != other.words:
        yield _of_words(mine.words, other.words, line)
    else:
        yield from _compared(mine.inside, other.inside, line)


_KINDS = {
    "p": "a paragraph", "ul": "a list", "ol": "a numbered list", "li": "an item of a list",
    "blockquote": "a quotation", "code": "code", "hr": "a rule", "table": "a table",
    "tr": "a row of a table", "cell": "a cell",
}  # fmt: skip
_REMEDIES = {
    "ul": "leave an empty line before and after a list, and indent what is under an item by two",
    "ol": "leave empty lines around a list; write 1900\\. for a sentence that begins so",
    "table": "leave an empty line before a table, and give each row as many bars as its head",
    "code": "put code between two lines of ```",
    "blockquote": "write > before every line of a quotation, with empty lines around it",
    "hr": "write *** between empty lines for a rule, \\- for the sign itself",
}


def _of_kinds(mine: Seen | None, other: Seen | None, line: int) -> Difference:
    one, two = (_named(block) for block in (mine, other))
    names = [block.name.split()[0] for block in (mine, other) if block is not None]
    hint = next((_REMEDIES[name] for name in names if name in _REMEDIES), "")
    if not hint:
        hint = "leave an empty line before and after this block, or write \\ before the sign"
    return Difference(line, f"the press sees {one} here, other readers of Markdown {two}", hint)


def _named(block: Seen | None) -> str:
    if block is None:
        return "nothing"
    name, _, more = block.name.partition(" ")
    if name == "ol" and more:
        return f"a list that begins with {more}"
    if name == "table":
        return f"a table of {more} columns"
    return (
        f"a heading of level {name[1]}"
        if name[0] == "h" and name[1:].isdigit()
        else _KINDS.get(name, name)
    )


_MARKS = {
    "*": ("emphasis", "put * right around the words, not a space, or \\* for the sign itself"),
    "**": ("strong emphasis", "put ** right around the words, or \\* for the sign itself"),
    "~~": ("words struck out", "put ~~ right around the words, or \\~ for the sign itself"),
    "break": ("a line break", "end the line with a backslash to break it"),
    "code": ("code", "put as many ` before code as behind it, or \\` for the sign itself"),
}  # fmt: skip


def _of_words(ours: tuple[str, ...], theirs: tuple[str, ...], line: int) -> Difference:
    """Where two runs of words part: the mark that only one of them has, or the text."""
    begun = 0
    while ours[begun : begun + 1] == theirs[begun : begun + 1]:
        begun += 1
    line += sum(word.count("\n") + (word == BREAK) for word in ours[:begun])
    rest = [words[begun] if begun < len(words) else "" for words in (ours, theirs)]
    here = _split(rest[0], rest[1])
    line += here.count("\n")
    marks = [word for words in (ours, theirs) for word in words[begun:] if word.startswith(NAME)]
    name = marks[0][1:].lstrip("/").split(" ")[0] if marks else ""
    what, hint = _MARKS.get(name, ("other words", "write \\ before a sign that shall be printed"))
    near = here.rpartition("\n")[2].lstrip()[-30:]
    message = f"readers of Markdown differ on {what} here" + (
        f", after {near.strip()!r}" if near else ""
    )
    return Difference(line, message, hint, near=near)


def _split(one: str, two: str) -> str:
    """What two texts have in common from their beginning."""
    if one.startswith(NAME) or two.startswith(NAME):
        return ""
    length = next(
        (i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b),
        min(len(one), len(two)),
    )
    return one[:length]
