"""Where the words on a page were written: from print back to file, line and column.

Print differs from what was typed: words are divided at line ends, marks become notes, one field
runs into the next. So only letters and figures are compared, and the longest run of printed words
that the content has anywhere decides; where several places have it, the entry that the page names
by its anchor does.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, islice

from press.base.finding import Place
from press.content import kinds
from press.content.load import Loaded
from press.content.source_text import text_place

LEAST = 6
"""Letters that a run of words must have to be looked for."""
END = 1_000_000
"""A line behind the last of any file."""
MOST = 50
"""Places of a run of words that are looked at."""
SURE = 24
"""Letters that it must have to be found outside the entry that the page names: shorter ones, like
a date that the press has made from data, may stand anywhere."""


@dataclass(frozen=True)
class Written:
    """The letters of the whole content, and the place of each."""

    letters: str = field(repr=False)
    files: tuple[str, ...]
    starts: tuple[int, ...]
    offsets: tuple[int, ...] = field(repr=False)
    texts: tuple[str, ...] = field(repr=False)

    def place(self, at: int) -> tuple[str, int, int]:
        """File name, line and column of letter ``at``."""
        number = bisect_right(self.starts, at) - 1
        return self.files[number], *text_place(self.texts[number], self.offsets[at])

    def range_of(self, file: str, first: int, last: int) -> tuple[int, int]:
        """The numbers of the letters of these lines of a file: from, and up to without."""
        if file not in self.files:
            return 0, 0
        number = self.files.index(file)
        text, begin = self.texts[number], self.starts[number]
        end = self.starts[number + 1] if number + 1 < len(self.files) else len(self.letters)
        lines = text.split("\n")
        at, to = (sum(len(line) + 1 for line in lines[:count]) for count in (first - 1, last))
        return (
            bisect_left(self.offsets, at, begin, end),
            bisect_left(self.offsets, to, begin, end),
        )


def plain(text: str) -> str:
    """Letters and figures only, in small letters; forms that mean the same are one."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


@lru_cache(maxsize=1)
def written(loaded: Loaded) -> Written:
    """The letters of every chapter and YAML file, without comments and citations."""
    files = [name for name in loaded.snapshot.files if name.endswith((".md", ".yaml"))]
    files.sort(key=lambda name: (name[-3:] != ".md", name))
    texts = [loaded.snapshot.text(name) for name in files]
    known = {sign: plain(sign) for sign in set().union(*texts)}
    letters = [
        [
            (letter, offset)
            for begin, end in _printed(text, name)
            for offset, sign in enumerate(text[begin:end], begin)
            for letter in known[sign]
        ]
        for name, text in zip(files, texts, strict=True)
    ]
    every = [one for part in letters for one in part]
    return Written(
        letters="".join(letter for letter, _ in every),
        files=tuple(files),
        starts=tuple(accumulate((len(part) for part in letters[:-1]), initial=0)),
        offsets=tuple(offset for _, offset in every),
        texts=tuple(texts),
    )


_UNPRINTED_MD = re.compile(r"\[[^\[\]]*@[^\[\]]*\]|\[\[[^\[\]|]*\||\[\^[^\[\]]*\]")
_UNPRINTED = re.compile(rf"^[ \t]*#.*$|{_UNPRINTED_MD.pattern}", re.MULTILINE)


def _printed(text: str, name: str) -> Iterator[tuple[int, int]]:
    """From where to where ``text`` may be printed."""
    pattern = _UNPRINTED if name.endswith(".yaml") else _UNPRINTED_MD
    at = 0
    for match in (*pattern.finditer(text), None):
        yield at, match.start() if match else len(text)
        at = match.end() if match else at


def find(loaded: Loaded, words: str, anchors: Sequence[str] = ()) -> Place | None:
    """Where ``words`` were written; else where the entry of the innermost anchor stands; else None.

    ``anchors`` are the ids of the elements around the words, outermost first.
    """
    said = written(loaded)
    homes = [here for anchor in reversed(anchors) if (here := home(loaded, anchor))]
    for run in _runs(words):
        found = [*islice(starts(said.letters, run), MOST)]
        if not found:
            continue
        places = [said.place(at) for at in found]
        for file, first, last in homes:
            for name, line, column in places:
                if name == file and first <= line <= last:
                    return loaded.snapshot.place(name), line, column
        if homes and len(run) < SURE:
            break
        name, line, column = places[0]
        return loaded.snapshot.place(name), line, column
    if homes:
        file, first, _ = homes[0]
        return loaded.snapshot.place(file), first, 1
    return None


def _runs(words: str) -> Iterator[str]:
    """Runs of the words, longest first: all, then halves, quarters and eighths that overlap."""
    text = plain(words)
    length = len(text)
    while length >= LEAST:
        step = max(1, length // 2)
        for begin in range(0, len(text) - length + 1, step):
            yield text[begin : begin + length]
        length = length * 2 // 3


def starts(letters: str, run: str, first: int = 0, last: int | None = None) -> Iterator[int]:
    """Where a run of words begins in ``letters``, from ``first`` up to ``last``."""
    at = letters.find(run, first, last)
    while at >= 0:
        yield at
        at = letters.find(run, at + 1, last)


def home(loaded: Loaded, anchor: str) -> tuple[str, int, int] | None:
    """File, first and last line of the entry that ``anchor`` names."""
    kind, _, ident = anchor.partition("-")
    if kind in ("chapter", "h"):
        for chapter in loaded.dossier.chapters:
            if ident == chapter.id or ident.startswith(f"{chapter.id}-"):
                file = loaded.snapshot.own_name(chapter.file)
                return file, 1, chapter.line + chapter.body.count("\n") + 1
    if kind == "table" and ident in loaded.dossier.tables:
        return f"tables/{ident}.yaml", 1, END
    for loc, thing in kinds.entries(loaded.dossier, kind) if kind in kinds.KINDS else ():
        file = kinds.HOMES[kind].name
        if thing.id == ident and file in loaded.parsed:
            parsed, at = loaded.parsed[file], loaded.written_at(file, loc)
            after = parsed.values.get((at[0], int(str(at[1])) + 1))
            return file, parsed.values[at][0], after[0] - 1 if after else END
    return None
