"""What ``#`` takes away: in YAML, everything behind a blank and a ``#`` is a comment.

A comment may stand on a line of its own, or plainly apart from a value: two blanks, ``#``, a blank.
Where it stands closer, it may be text that its author meant to be printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from press.content.source_text import LineColumn, Loc, in_quotes, text_place

_SIGN = re.compile(r"(?:^|(?<=[ \t]))#")
APART = "put two blanks before # and one behind it"
"""How a comment is told from text."""
_OPEN = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_CLOSED = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
_AWAITING = (yaml.ValueToken, yaml.BlockEntryToken)


@dataclass(frozen=True)
class HashComment:
    """A ``#`` on a line that holds a value, or under a text that it seems to go on with.

    ``loc`` is the value that it may belong to, None where it stands between several. ``closed``:
    what is before it has come to its end, by a quotation mark or bracket. ``spaced``: a blank
    follows it; ``apart``: and two stand before it. ``text`` is what was typed from the value on,
    "" where that is unclear.
    """

    place: LineColumn
    loc: Loc | None
    closed: bool
    spaced: bool
    apart: bool
    text: str

    @property
    def is_plain(self) -> bool:
        """Whether nobody can take it for text."""
        return self.apart or (self.closed and self.spaced)


def lost(comment: HashComment, free: bool = True) -> tuple[str, str]:
    """(message, remedy) for a comment that may be text.

    Where no ``free`` text is wanted, it is all that stands behind a key, which has no value now.
    """
    message = "everything from # to the end of the line is a comment, which is not printed"
    if not free:
        message = f"{message}, and the key has no value"
        return message, f"write its value before the #, or delete the key; of a comment, {APART}"
    hint = f"put the whole text in quotes: {in_quotes(comment.text)}"
    if not comment.text or (comment.text.startswith("#") and comment.loc is None):
        hint = "put the whole text in quotes if the # belongs to it"
    return message, f"{hint}; or, if it is a comment, {APART}"


def comments(text: str, tokens: Iterable[Any], starts: Mapping[int, Loc]) -> Iterator[HashComment]:
    """The comments of ``text`` that may be text; ``starts`` are the values by where they begin."""
    listed = list(tokens)
    opened: list[int] = []
    for number, token in enumerate(listed):
        begin, end = token.start_mark.index, token.end_mark.index
        if begin == end:
            continue
        if isinstance(token, _OPEN):
            opened.append(begin)
        value = opened.pop() if isinstance(token, _CLOSED) and opened else begin
        following = listed[number + 1] if number + 1 < len(listed) else None
        gap = (end, following.start_mark.index if following else len(text))
        if getattr(token, "style", None) in ("|", ">"):
            gap = (begin, text.find("\n", begin))
        if text.find("#", *gap) < 0 or not (sign := _SIGN.search(text, *gap)):
            continue
        if isinstance(token, _AWAITING):
            value = _awaited(token, following)
        yield from _comment(text, sign.start(), token, value, starts.get(value), bool(opened))


def _awaited(token: Any, following: Any) -> int:
    """Where the text behind a colon or dash begins; -1 where keys or a list follow."""
    if isinstance(following, yaml.ScalarToken):
        return int(following.start_mark.index)
    structured = (yaml.BlockMappingStartToken, yaml.BlockSequenceStartToken, *_OPEN)
    return -1 if isinstance(following, structured) else int(token.end_mark.index)


def _comment(
    text: str, at: int, token: Any, value: int, loc: Loc | None, flow: bool
) -> Iterator[HashComment]:
    """The comment at ``at``; none where it stands on a line of its own, or before keys."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    plain = isinstance(token, yaml.ScalarToken) and token.style in (None, "")
    alone = not line.strip()
    if value < 0 or (alone and (flow or not plain or not _goes_on(text, at, token))):
        return
    end = text.find("\n", at)
    end = end if end >= 0 else len(text)
    headed = getattr(token, "style", None) in ("|", ">")  # the text begins below the comment
    shown = "" if headed else " ".join(text[min(value, at) : end].split())
    if not flow and plain:
        shown = " ".join([shown, *_below(text, value, end)])
    if flow:
        shown = re.split(r"[,\]}]", shown)[0].strip() if plain else ""
    spaced = text[at + 1 : at + 2] in ("", " ", "\t", "\n")
    if spaced and value > at:  # a note over the text that follows, as over keys or a list
        return
    yield HashComment(
        text_place(text, at),
        loc,
        not plain and not headed and not isinstance(token, _AWAITING),
        spaced,
        spaced and not alone and line[-2:].isspace() and len(line) > 1,
        shown,
    )


def _below(text: str, value: int, end: int) -> Iterator[str]:
    """The words of the lines behind ``end`` that go on with the text that begins at ``value``."""
    indent = _indent(text, value)
    for line in text[end + 1 :].split("\n"):
        if not re.match(rf"[ ]{{{indent + 1},}}(?!- |[\w-]+:(?: |$)|[ #])", line):
            return
        yield from line.split()


def _goes_on(text: str, at: int, token: Any) -> bool:
    """Whether a line that begins with ``#`` stands under a text, indented as if it went on."""
    indent = _indent(text, token.start_mark.index)
    column = at - text.rfind("\n", 0, at) - 1
    between = text[token.end_mark.index : at]
    return between.count("\n") == 1 and column > indent


def _indent(text: str, at: int) -> int:
    """The column, from 0, in which the key or text of the line that ``at`` is in begins."""
    head = re.match(r"[ ]*(?:- +)*", text[text.rfind("\n", 0, at) + 1 :])
    return len(head[0]) if head else 0
