"""One pass over one text: what is found, its places, and the stand-ins that are left behind.

Each mark leaves a *stand-in*: a made-up word that the text itself does not contain, that Markdown
takes for any other word, and that is exchanged for the finished print after the author's HTML was
cleaned. A stand-in that turns up inside code is changed back into what the author wrote.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from press.prose import marks
from press.prose.blocks import BlockKind
from press.prose.pairs import fences, pairs

_JOINED = (marks.Citation, marks.Call, marks.Comment, marks.Basis)
_NUMERALS = str.maketrans("0123456789", marks.LETTERS)
# Not every space: a no-break space is the author's.
_SPACES = re.compile(r"(?<!\\)\\\n[ \t\n]*|[ \t\n]+")
_BREAK = re.compile(r"\\\n|  \n(?![ \t]*\n)")

Step = tuple[str, int]
"""What stands in a mark's place, and the offset at which reading goes on."""


class Scanner:
    """Reads one text. Offsets are always into the whole of it.

    ``point`` finds what may be a mark; the group that matched names its handler, which gives back
    the offset it was called at where it is none after all.
    """

    def __init__(
        self, text: str, line: int, kinds: Mapping[str, BlockKind], inline: bool,
        point: re.Pattern[str], handlers: Mapping[str, Callable[[Scanner, re.Match[str]], Step]],
    ) -> None:  # fmt: skip
        self.text = text
        self.kinds = kinds
        self.inline = inline
        self.marks: list[marks.TextMark] = []
        self.notes: dict[str, marks.Note] = {}
        self.faults: list[marks.Unreadable] = []
        self.open: list[tuple[marks.Opening, int]] = []
        """The blocks that are open, each with the number of its slashes."""
        self.closers, self.codes = pairs(text)
        self.fences = {} if inline else fences(text)
        """Where each fence of code begins, and where it ends."""
        self.verses: list[tuple[int, int]] = []
        """Begin and end of what keeps its lines."""
        self.tags: list[str] = []
        """Names of what was begun and refused: HTML elements, and ``///`` in quotations."""
        self.primes: set[int] = set()
        """Where a straight sign behind a figure is no quotation mark."""
        self.abbreviations: dict[str, tuple[str, int]] = {}
        """What each abbreviation stands for, and where that is written."""
        self.addresses: dict[str, tuple[str, int]] = {}
        """The address of each label that links may name, and where it is given."""
        self.address_ends: dict[int, int] = {}
        self.used: set[str] = set()
        self._line = line
        self._point = point
        self._handlers = handlers
        self._starts = [0, *(i + 1 for i, sign in enumerate(text) if sign == "\n")]
        self.nonce = _nonce(text)

    @cached_property
    def gaps(self) -> list[tuple[int, int]]:
        """Begin and end of each gap between two paragraphs."""
        return [match.span() for match in re.finditer(r"\n[ \t]*\n", self.text)]

    def run(self, start: int, end: int) -> str:
        """The text from ``start`` to ``end`` with stand-ins."""
        return "".join(text for _, text in self.pieces(start, end))

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """The same in pieces, each with the offset at which it was written."""
        at = start
        while at < end and (match := self._point.search(self.text, at, end)):
            begin = match.start()
            yield at, self.text[at:begin]
            text, at = self._handlers[match.lastgroup or ""](self, match)
            yield begin, text
            if at <= begin:
                yield begin, self.text[begin]
                at = begin + 1
        yield at, self.text[at:end]

    def place(self, offset: int) -> marks.Position:
        """Line and column of an offset."""
        row = bisect_right(self._starts, offset) - 1
        return self._line + row, offset - self._starts[row] + 1

    def line_before(self, offset: int) -> str:
        """The text from the beginning of the line before, up to ``offset``; empty on the first."""
        row = bisect_right(self._starts, offset) - 1
        return self.text[self._starts[row - 1] : offset] if row else ""

    def line_to(self, offset: int) -> str:
        """The text of its line before ``offset``."""
        return self.text[self._starts[bisect_right(self._starts, offset) - 1] : offset]

    def put(self, mark: marks.TextMark) -> str:
        """The stand-in of a new mark; what hangs on a word is joined to it and is no letter."""
        self.marks.append(mark)
        word = f"{self.nonce}x{str(len(self.marks) - 1).translate(_NUMERALS)}x"
        return f"{marks.JOINER}{word}{marks.JOINER}" if isinstance(mark, _JOINED) else word

    def fault(self, offset: int, code: str, message: str, hint: str) -> None:
        """Reports what is read all the same."""
        self.faults.append(marks.Unreadable("", self.place(offset), code, message, hint))

    def leave(self, start: int, stop: int, kind: type[marks.TextMark], *parts: object) -> Step:
        """The stand-in of the mark of this kind that is written from ``start`` to ``stop``."""
        return self.put(kind(self.text[start:stop], self.place(start), *parts)), stop

    def refuse(self, start: int, stop: int, code: str, message: str, hint: str) -> Step:
        """A mark that cannot be read: printed as it stands, and reported if it is printed."""
        return self.leave(start, stop, marks.Unreadable, code, message, hint)


def _nonce(text: str) -> str:
    """A word that ``text`` cannot contain, however it is spelt, since it is made from all of it."""
    digest = hashlib.blake2b(text.encode("utf-8", "replace")).digest()
    return "zq" + "".join(chr(ord("a") + byte % 26) for byte in digest[:20])


def excerpt(text: str) -> str:
    """``text`` on one line, cut to forty letters, in quotation marks; "" for none."""
    line = " ".join(text.split())
    return repr(line if len(line) <= 40 else f"{line[:39]}…") if line else ""


def one_line(text: str) -> str:
    """A run of words on one line, but for the breaks that its author has asked for."""
    return _SPACES.sub(
        lambda gap: "\\\n" if _BREAK.match(gap[0].lstrip("\t")) else " ", text.strip()
    )
