"""What print must show of a text as it was typed: its words, without the marks between them.

A mark that the press replaces (a reference, a citation, a fact, a picture) parts the words before
it from those behind it; marks of emphasis and the like stand between words that print has as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PART = "\x00"
"""Stands for what the press prints something else for."""
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[[^\[\]]*\]\([^()]*\)"), PART),  # a picture
    (re.compile(r"\[\[[^\[\]|]*\|([^\[\]]*)\]\]"), rf"{PART}\1{PART}"),  # [[id|words]]
    (re.compile(r"\[\[[^\[\]]*\]\]"), PART),
    (re.compile(r"\[\^[^\[\]]*\]"), PART),
    (re.compile(r"\[[^\[\]]*@[^\[\]]*\]"), PART),  # citations
    (re.compile(r"\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])"), rf"{PART}\1{PART}"),  # links
    (re.compile(r"\^\[([^\[\]]*)\]"), rf"{PART}\1{PART}"),  # a note in its place, whatever is in it
    (re.compile(r"\{[^{}]*\}"), PART),
    (re.compile(r"<!--.*?-->", re.DOTALL), PART),
    (re.compile(r"<(https?://[^<>\s]*)>"), r"\1"),
)
_LINES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^\s*/{3,}\s*(?:plate|figure)\b.*$"), ""),
    (re.compile(r"^\s*/{3,}\s*\w*\s*(?:\|(.*))?$"), r"\1"),
    (re.compile(r"^\s*(?:`{3,}|~{3,}).*$"), ""),
    (re.compile(r"^\s*\[\^[^\[\]]*\]:"), ""),
    (re.compile(r"^\s*\*\[[^\[\]]*\]:.*$"), ""),  # an abbreviation
    (re.compile(r"^\s*\[[^\[\]]*\]:.*$"), ""),  # where a link leads
    (re.compile(r"^(?:\s|>)*(?:(?:\d+[.)]|[-+*])(?:\s+|$))+(?:\[[ xX]\]\s)?"), ""),
)
_ENDING = r"[*_]*(?:[’'\u2010\u2011-]\w+)*"
_ABBREVIATION = re.compile(r"^ {0,3}\*\[([^\[\]]+)\]:", re.MULTILINE)
_ENTITY = re.compile(r"&#?\w+;")
_NOTE = re.compile(r"^\s*\[\^([^\[\]]*)\]:")
_CALL = re.compile(r"\[\^([^\[\]]*)\](?!:)")
_OPTION = re.compile(r"^\s*(?:by|source|at|lang|caption)\s*:")


def parts(text: str) -> Iterator[str]:
    """The runs of words of a field that print has one after another."""
    yield from (part for part in _parted(text).split(PART) if part.strip())


_LITERAL = re.compile(r"(?<![`\\])(`+)(?!`)[^`].*?(?<!`)\1(?!`)|\\[\[\]]", re.DOTALL)
"""Code, and brackets behind a backslash: no bracket in them opens or closes a mark."""
_HIDE, _SHOW = str.maketrans("[]", "\x01\x02"), str.maketrans("\x01\x02", "[]")


def _parted(text: str) -> str:
    """``text`` without marks, on as many lines."""
    text = _LITERAL.sub(lambda match: match[0].translate(_HIDE), text)
    text = _ENTITY.sub(PART, text)
    for name in _ABBREVIATION.findall(text):  # its meaning is printed behind it
        text = re.sub(rf"\b{re.escape(name)}\b(?!\]){_ENDING}", rf"\g<0>{PART}", text)
    for pattern, instead in _MARKS:
        text = pattern.sub(lambda mark, i=instead: _replaced(mark, i), text)  # type: ignore[misc]
    return text.translate(_SHOW)


def _replaced(mark: re.Match[str], instead: str) -> str:
    words = mark.expand(instead)
    return words + "\n" * (mark[0].count("\n") - words.count("\n"))


def lines(body: str) -> Iterator[tuple[int, str]]:
    """(number of the line, from 0, a run of words in it) of what a chapter prints as typed."""
    optional, called = False, set(_CALL.findall(body))
    uncalled = {n for n, line in enumerate(body.split("\n"))
                if (note := _NOTE.match(line)) and note[1] not in called}  # fmt: skip
    for number, line in enumerate(_parted(body).split("\n")):
        if number in uncalled or (optional and _OPTION.match(line)):
            continue  # a note that nothing calls is a finding of the prose
        optional = line.lstrip().startswith("///")
        words = line
        for pattern, instead in _LINES:
            words = pattern.sub(lambda m, i=instead: m.expand(i), words)  # type: ignore[misc]
        yield from ((number, part) for part in words.split(PART) if part.strip())
