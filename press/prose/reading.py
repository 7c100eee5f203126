"""Finds the press's own marks in a Markdown text, and keeps the place of each.

Python-Markdown forgets where a thing stood, so the marks (``[@source, p. 12]``, ``[[agdam]]``,
``/// sidebar``, pictures, notes, addresses) are read first, in one pass over the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from press.prose import dialects, inline_marks, line_marks, marks, signs
from press.prose.blocks import BlockKind
from press.prose.scanner import Scanner

NO_KINDS: Mapping[str, BlockKind] = {}

_IN_LINE = f"{inline_marks.PATTERN}|{signs.PATTERN}"
_WITHIN = re.compile(_IN_LINE, re.VERBOSE | re.MULTILINE)
_ANYWHERE = re.compile(f"{line_marks.PATTERN}|{_IN_LINE}", re.VERBOSE | re.MULTILINE)
_HANDLERS = {
    "escape": inline_marks.as_written,
    "code": inline_marks.code,
    "comment": inline_marks.comment,
    "tag": inline_marks.tag,
    "picture": inline_marks.picture,
    "inline_note": inline_marks.inline_note,
    "bracket": inline_marks.bracket,
    "fact": inline_marks.fact,
    "attributes": inline_marks.attributes,
    "fence": line_marks.fence,
    "block": line_marks.block,
    "atx": line_marks.atx,
    "hashed": line_marks.hashed,
    "bars": line_marks.bars,
    "note": line_marks.note,
    "abbreviation": line_marks.abbreviation,
    "setext": line_marks.setext,
    "feet": signs.feet,
    "omitted": signs.omitted,
    "measure": signs.measure,
}
"""What reads the mark that each group of the patterns finds."""
_ADDRESS = re.compile(
    r"^[ ]{0,3}(?:>[ ]?)*\[(?![\^@])((?:\\.|[^\[\]\\]){1,999})\]:"
    r"[ \t]*\n?[ \t]*(?:<([^<>\n]*)>|(\S+))"
    r"(?:(?:[ \t]+|[ \t]*\n[ \t]*)"
    r"(\"(?:\\.|[^\"\\\n]|\n(?![ \t]*\n))*\"|'(?:\\.|[^'\\\n]|\n(?![ \t]*\n))*'"
    r"|\((?:\\.|[^()\\\n])*\)))?"
    r"[ \t]*$",
    re.MULTILINE,
)
"""``[label]: address "title"``; address and title may stand on lines of their own."""


def read(
    text: str, line: int = 1, kinds: Mapping[str, BlockKind] = NO_KINDS, inline: bool = False
) -> marks.MarkedText:
    """The marks of ``text``, whose first letter stands at ``line`` of its file.

    A block of one of the ``kinds`` that holds no text needs no closing line. With ``inline`` the
    text is a run of words: nothing at the beginning of a line has a meaning.
    """
    scan = Scanner(text, line, kinds, inline, _WITHIN if inline else _ANYWHERE, _HANDLERS)
    if not inline:
        _read_addresses(scan)
    pieces = [*scan.pieces(0, len(text)), *((len(text), end) for end in _closings(scan))]
    for label in sorted(scan.addresses.keys() - scan.used):
        message = f"no link uses the address [{label}]"
        hint = f"write [words][{label}] in the text, or delete the line"
        scan.fault(scan.addresses[label][1], "P253", message, hint)
    hidden = [*scan.fences.items(), *scan.codes.items(), *scan.verses]
    for remark in dialects.remarks(text, hidden, inline):
        scan.fault(*remark)
    known = {short: (long, scan.place(at)) for short, (long, at) in scan.abbreviations.items()}
    return marks.MarkedText(
        text, line, "".join(piece for _, piece in pieces), tuple(scan.marks), scan.notes,
        tuple(scan.faults), scan.nonce, known, () if inline else tuple(_places(scan, pieces)),
    )  # fmt: skip


def _places(scan: Scanner, pieces: Iterable[tuple[int, str]]) -> Iterator[marks.Position]:
    """Where each line of the text with stand-ins was written."""
    yield scan.place(0)
    for offset, piece in pieces:
        copied = scan.text.startswith(piece, offset)
        for end in re.finditer("\n", piece):
            yield scan.place(offset + end.end() if copied else offset)


def _read_addresses(scan: Scanner) -> None:
    """The lines ``[label]: https://…``, which links anywhere in the text may name."""
    for match in _ADDRESS.finditer(scan.text):
        if any(begin <= match.start() < end for begin, end in scan.fences.items()):
            continue
        if match[4]:
            inline_marks.untitled(scan, match.start(4), match[4])
        label = inline_marks.label_key(match[1])
        if label in scan.addresses:
            message, hint = f"the address [{label}] is given twice", "keep one of the two lines"
            scan.fault(match.start(), "P254", message, hint)
        scan.addresses.setdefault(label, (match[2] or match[3] or "", match.start()))
        scan.address_ends[match.start(1) - 1] = match.end()


def _closings(scan: Scanner) -> Iterator[str]:
    """The ends of the blocks that the author has not closed."""
    for opening, slashes in reversed(scan.open):
        message = f"this {opening.kind} is never closed"
        hint = f"end it with a line of its own: {'/' * slashes}"
        scan.faults.append(marks.Unreadable(opening.source, opening.place, "P231", message, hint))
        yield f"\n\n{scan.put(marks.Closing('', opening.place))}\n\n"
