"""One pass over one text: what is found, its places, and the stand-ins that are left behind.

Each mark leaves a *stand-in*: a made-up word that the text itself does not contain, that Markdown
takes for any other word, and that is exchanged for the finished print after the author's HTML was
cleaned. A stand-in that turns up inside code is changed back into what the author wrote.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping

from press.prose import marks
from press.prose.blocks import BlockKind
from press.prose.pairs import pairs

_JOINED = (marks.Citation, marks.Call, marks.Comment, marks.Basis)
_NUMERALS = str.maketrans("0123456789", marks.LETTERS)
SPACES = re.compile(r"[ \t\n]+")

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
        self.addresses: dict[str, tuple[str, int]] = {}
        """The address of each label that links may name, and where it is given."""
        self.address_ends: dict[int, int] = {}
        self.used: set[str] = set()
        self._line = line
        self._point = point
        self._handlers = handlers
        self._starts = [0, *(i + 1 for i, sign in enumerate(text) if sign == "\n")]
        self.nonce = _nonce(text)

    def run(self, start: int, end: int) -> str:
        """The text from ``start`` to ``end`` with stand-ins."""
        out: list[str] = []
        at = start
        while at < end and (match := self._point.search(self.text, at, end)):
            begin = match.start()
            out.append(self.text[at:begin])
            text, at = self._handlers[match.lastgroup or ""](self, match)
            out.append(text)
            if at <= begin:
                out.append(self.text[begin])
                at = begin + 1
        out.append(self.text[at:end])
        return "".join(out)

    def place(self, offset: int) -> marks.Position:
        """Line and column of an offset."""
        row = bisect_right(self._starts, offset) - 1
        return self._line + row, offset - self._starts[row] + 1

    def line_before(self, offset: int) -> str:
        """The text from the beginning of the line before, up to ``offset``; empty on the first."""
        row = bisect_right(self._starts, offset) - 1
        return self.text[self._starts[row - 1] : offset] if row else ""

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


def excerpt(text: str, length: int = 40) -> str:
    """``text`` on one line, cut to ``length``, in quotation marks."""
    line = " ".join(text.split())
    return repr(line if len(line) <= length else f"{line[: length - 1]}…") if line else ""
