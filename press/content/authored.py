"""The texts and dates that an author typed, each with its place; and back to them from print.

What is printed of an entry stands in an element with its anchor; within the entry the words decide,
and where the same words are typed twice, their order or what is printed before them does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pydantic import BaseModel

from press import dates
from press.base.finding import Place
from press.content import locate
from press.content.load import Loaded
from press.content.walk import fields, walk
from press.content.yaml import Loc


@dataclass(frozen=True)
class Authored:
    """A text or date of a YAML file: where it stands, in which field of which model, and what.

    ``words`` are what print may show of it: a text as it was typed, a date in words.
    """

    file: str
    loc: Loc
    model: str
    name: str
    words: str
    date: dates.Date | None = None

    def place(self, loaded: Loaded) -> Place:
        """File, line and column."""
        return loaded.at(self.file, *self.loc)


@lru_cache(maxsize=2)
def authored(loaded: Loaded) -> tuple[Authored, ...]:
    """Every text and date of the YAML files, in their order."""
    language = loaded.dossier.meta.language
    return tuple(
        Authored(
            file,
            (*loc, *steps),
            type(value).__name__,
            name,
            _in_words(value, one, language) if isinstance(one, dates.Date) else one,
            one if isinstance(one, dates.Date) else None,
        )
        for file, loc, value in walk(loaded)
        for name, steps, one in _leaves(value)
    )


def _in_words(value: BaseModel, date: dates.Date, language: str) -> str:
    """A date of a value in print: in the author's own words, where it has them."""
    return getattr(value, "printed", "") or dates.show(date, language)


def _leaves(value: BaseModel) -> Iterator[tuple[str, Loc, str | dates.Date]]:
    """(field, steps, text or date) of what a model holds itself, and was given."""
    for name, key, _, held in fields(value):
        if name not in value.model_fields_set:
            continue
        listed = held if isinstance(held, tuple) else (held,)
        for number, one in enumerate(listed):
            if isinstance(one, dates.Date) or (isinstance(one, str) and one):
                yield name, (key, number) if isinstance(held, tuple) else (key,), one


@dataclass(frozen=True)
class PrintedWords:
    """Words of a page that are to be led back: the ids around them, outermost first.

    ``before`` and ``after`` are the words around them in the HTML, ``ahead`` those of the elements
    before them in the same entry, nearest first. Of ``of`` places in the entry where print has the
    same words, this is number ``nth``, from 0.
    """

    words: str
    anchors: Sequence[str] = ()
    before: str = ""
    after: str = ""
    ahead: Sequence[str] = ()
    nth: int = 0
    of: int = 1


Home = tuple[str, int, int]
"""A file, and the first and last line of an entry of it."""
EVERYWHERE: Home = ("", 1, locate.END)
FRONT: Home = ("dossier.yaml", 1, locate.END)


def origin(loaded: Loaded, printed: PrintedWords) -> Place | None:
    """File, line and column where words of a page were typed, or the entry; None for nobody's."""
    homes = _homes(loaded, printed.anchors)
    for home in homes or [EVERYWHERE]:
        if found := _typed(loaded, printed, home) or _field(loaded, printed, home, _holds):
            return found
    for home in homes:
        if found := _field(loaded, printed, home, _is_part):
            return found
        for words in printed.ahead:
            near = replace(printed, words=words, nth=0)
            if found := _field(loaded, near, home, _same) or _behind(loaded, words, home):
                return found
    if homes:
        return _entry(loaded, homes[0])
    said, words = locate.written(loaded), locate.plain(printed.words)
    at = said.letters.find(words) if len(words) >= locate.SURE else -1
    if at >= 0:
        return _placed(loaded, said, at)
    return _field(loaded, printed, FRONT, _is_part)  # one line of several texts: kicker, publisher


def typed(loaded: Loaded, printed: PrintedWords) -> Place | None:
    """Where words of a page were typed as they stand, in an entry that the page names."""
    homes = _homes(loaded, printed.anchors)
    found = (_typed(loaded, printed, home) for home in homes)
    return next((place for place in found if place), None)


def _typed(loaded: Loaded, printed: PrintedWords, home: Home) -> Place | None:
    if found := _field(loaded, printed, home, _same):
        return found
    return _in_text(loaded, printed, home) if home[0].endswith(".md") else None


def _homes(loaded: Loaded, anchors: Sequence[str]) -> list[Home]:
    """The entries that the ids around words name, innermost first."""
    found = [home for anchor in reversed(anchors) if (home := locate.home(loaded, anchor))]
    if "infobox" in anchors and "infobox.yaml" in loaded.parsed:
        found.append(("infobox.yaml", 1, locate.END))
    return found


def _entry(loaded: Loaded, home: Home) -> Place:
    line = loaded.snapshot.line(home[0], home[1])
    indent = len(line) - len(line.lstrip(" -"))
    return loaded.snapshot.place(home[0]), home[1], indent + 1


def _same(wanted: str, words: str) -> bool:
    return wanted == words


def _holds(wanted: str, words: str) -> bool:
    return len(wanted) >= locate.LEAST and wanted in words


def _is_part(wanted: str, words: str) -> bool:
    return len(words) >= locate.LEAST and words in wanted


def _field(
    loaded: Loaded, printed: PrintedWords, home: Home, fits: Callable[[str, str], bool]
) -> Place | None:
    """The field of an entry that has the words; that of the same number where several have."""
    wanted = locate.plain(printed.words)
    found = []
    for one in authored(loaded) if wanted else ():
        if home[0] in ("", one.file) and fits(wanted, _plain(one.words)):
            place = one.place(loaded)
            if home[1] <= place[1] <= home[2]:
                found.append(place)
    found = list(dict.fromkeys(found))
    return found[min(printed.nth, len(found) - 1)] if found else None


_plain = lru_cache(maxsize=20_000)(locate.plain)

CONTEXT = (32, 16, 8, 4)
"""Letters before and after words that are looked for with them, most first."""


def _in_text(loaded: Loaded, printed: PrintedWords, home: Home) -> Place | None:
    """Where words stand in a chapter, by what stands around them."""
    said = locate.written(loaded)
    first, last = said.range_of(*home)
    before, words, after = map(locate.plain, (printed.before, printed.words, printed.after))
    for length in CONTEXT:
        tail, head = before[-length:], after[:length]
        for lead, rest in ((tail, words + head), (tail, words), ("", words + head)):
            if words and (lead or rest != words):
                at = said.letters.find(lead + rest, first, last)
                if at >= 0:
                    return _placed(loaded, said, at + len(lead))
    starts = [*locate.starts(said.letters, words, first, last)] if words else []
    if len(starts) == printed.of or (starts and len(words) >= locate.LEAST):
        return _placed(loaded, said, starts[min(printed.nth, len(starts) - 1)])
    for length in CONTEXT if not starts else ():  # what the press made of a mark, like a note
        tail = before[-length:]
        at = said.letters.find(tail, first, last) if len(tail) == length else -1
        if at >= 0:
            return _placed(loaded, said, at + length - 1)
    return None


def _behind(loaded: Loaded, words: str, home: Home) -> Place | None:
    """The place in a chapter behind words, where it has them once."""
    if not home[0].endswith(".md") or len(tail := locate.plain(words)[-CONTEXT[0] :]) < CONTEXT[2]:
        return None
    said = locate.written(loaded)
    starts = [*locate.starts(said.letters, tail, *said.range_of(*home))]
    return _placed(loaded, said, starts[0] + len(tail) - 1) if len(starts) == 1 else None


def _placed(loaded: Loaded, said: locate.Written, at: int) -> Place:
    name, line, column = said.place(at)
    return loaded.snapshot.place(name), line, column
