"""What can be read of a YAML file beside what is broken in it, so that one run finds all faults.

A file is made of blocks, which begin with a key in the first column, and a block may be a list of
entries. Where reading stops, the entry or block around the fault is blanked, provided that it is
broken by itself as well: then nothing that is found afterwards can follow from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from press.base.finding import ContentError, Finding

LONGEST = 500_000
"""Letters of a file that is looked at again."""
MOST = 20
"""Faults of one file after which no more are looked for."""
_BLOCK = re.compile(r"[^\s#\-{}\[\]].*")
_KEY = re.compile(r"(?P<mark>['\"]?)(?P<key>[\w-]+)(?P=mark)\s*(?::|=)")
_ENTRY = re.compile(r"( *)-(?: |$)")
_OWN_ID = re.compile(r"\bid *: *['\"]?([a-z0-9][a-z0-9-]*)")
ReadT = TypeVar("ReadT")


@dataclass(frozen=True)
class Lost:
    """A piece of a file that cannot be read, under its key; ``entry`` where it is one of a list."""

    key: str
    text: str
    entry: bool

    @property
    def ids(self) -> frozenset[str]:
        """The ids that an entry may give itself, also where the dash of the next is broken."""
        return frozenset(_OWN_ID.findall(self.text)) if self.entry else frozenset()


@dataclass(frozen=True)
class _Piece:
    """Lines ``first`` to ``last`` (excluded), from 0, and the number of the line of their key."""

    first: int
    last: int
    head: int
    key: str

    @property
    def entry(self) -> bool:
        return self.first != self.head


def read_around(
    text: str, read: Callable[[str], ReadT]
) -> tuple[ReadT, tuple[Finding, ...], tuple[Lost, ...]]:
    """What ``read`` makes of ``text`` without its broken pieces, the faults of these, and they.

    Raises ContentError with all faults that are sure where the rest cannot be told apart.
    """
    findings: list[Finding] = []
    lost: list[Lost] = []
    while True:
        try:
            return read(text), tuple(findings), tuple(lost)
        except ContentError as error:
            found = [f for f in error.findings if not (lost and f.code == "E016")]
            findings += found
            lines = text.split("\n")
            pieces = {_broken_piece(lines, finding, read) for finding in found}
            if not pieces or None in pieces or len(findings) > MOST or len(text) > LONGEST:
                raise ContentError(findings) from None
            for piece in filter(None, pieces):
                lost.append(
                    Lost(piece.key, "\n".join(lines[piece.first : piece.last]), piece.entry)
                )
                text = _without(text, piece)


def _broken_piece(
    lines: Sequence[str], finding: Finding, read: Callable[[str], object]
) -> _Piece | None:
    """The least piece around a fault that is broken by itself; None where there is none."""
    around = [p for p in _pieces(lines) if p.first < finding.line <= p.last]
    for piece in sorted(around, key=lambda piece: piece.last - piece.first):
        if finding.code == "E013" or _is_broken("\n".join(lines), piece, read):
            return piece
    return None


def _is_broken(text: str, piece: _Piece, read: Callable[[str], object]) -> bool:
    try:
        read(_kept(text, lambda n: n == piece.head or piece.first <= n < piece.last))
    except ContentError:
        return True
    return not _KEY.match(text.split("\n")[piece.head])


def _without(text: str, piece: _Piece) -> str:
    return _kept(text, lambda n: not piece.first <= n < piece.last)


def _kept(text: str, wanted: Callable[[int], bool]) -> str:
    """``text`` with its other lines left blank."""
    return "\n".join(line if wanted(n) else "" for n, line in enumerate(text.split("\n")))


def _pieces(lines: Sequence[str]) -> Iterator[_Piece]:
    """The blocks of a file, and the entries of those that are lists."""
    heads = [n for n, line in enumerate(lines) if _BLOCK.match(line)]
    for head, end in pairwise([*heads, len(lines)]):
        match = _KEY.match(lines[head])
        key = match["key"] if match else ""
        yield _Piece(head, end, head, key)
        inside = (_ENTRY.match(line) for line in lines[head + 1 : end] if not _is_bare(line))
        if not (first := next(inside, None)):
            continue
        starts = [
            n for n in range(head + 1, end)
            if (entry := _ENTRY.match(lines[n])) and entry[1] == first[1]
        ]  # fmt: skip
        for start, stop in pairwise([*starts, end]):
            yield _Piece(start, stop, head, key)


def _is_bare(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")
