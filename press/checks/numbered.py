"""Numbers and years of documents that are nearly those that the dossier knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from press import locale
from press.base.finding import Remark
from press.checks.happened import grammar_of
from press.checks.known import known
from press.checks.texts import Passage, passages
from press.content.load import Loaded
from press.content.model import Source, Table
from press.content.walk import At, each

_NUMBERED = re.compile(r"(?<!\w)([^\W\d_]{4,})\s+(\d{2,5})(?![\w.,]?\d|\w)")
_LISTED = re.compile(
    r"(?<!\w)([^\W\d_]{4,})\s+(\d{2,5}(?:(?:,| and| und| et|, and)\s+\d{2,5})*)(?![\w.,]?\d|\w)"
)
_OF_YEAR = re.compile(r"\s*\(\d{4}\)")


def misnumbered(loaded: Loaded) -> Iterator[Remark]:
    """W406: a number of something is nearly that of one that the dossier knows.

    Why: Resolution 835 is another than resolution 853, and easily typed for it. What has a number
        in the title of an event, a term, a table or a source is looked for, in cells too: two
        figures that have changed places, or one that is another; so are symbols of documents
        (S/RES/853) and the number of a source against its own title. An act, treaty or battle that
        is an event has the year of the event.
    Wrong: The Council adopted resolution 835.
    Right: The Council adopted resolution 853.
    Remedy: Correct the number; another one that is meant, with its year behind it in brackets, is
        left alone, as is one that the dossier lists.
    """
    yield from _of_sources(loaded)
    symbols = _symbols(loaded)
    dated = _dated(loaded)
    for passage in passages(loaded) if symbols or dated else ():
        yield from _wrong_symbols(passage, symbols)
        yield from _wrong_years(passage, dated)
    numbers = _numbers(loaded)
    yield from _wrong_cells(loaded, numbers)
    for passage in passages(loaded) if numbers else ():
        for match in _LISTED.finditer(passage.own):
            known_ones = numbers.get(_singular(match[1]), frozenset())
            for part in re.finditer(r"\d+", match[2]):
                end = match.start(2) + part.end()
                if part[0] in known_ones or _OF_YEAR.match(passage.own, end):
                    continue
                if meant := next((n for n in sorted(known_ones) if _near(part[0], n)), ""):
                    message = f"no {_singular(match[1])} {part[0]} is known here, and {meant} is"
                    yield passage.at(match.start(2) + part.start()), message, f"write {meant}"


def _wrong_cells(loaded: Loaded, numbers: Mapping[str, frozenset[str]]) -> Iterator[Remark]:
    """Cells of a table of such things that are a number and nearly a known one."""
    for at, table in each(loaded, Table):
        named = {_singular(word) for word in re.findall(r"[^\W\d_]+", table.title)}
        things = sorted(named & numbers.keys())
        first = table.columns[0].key if things and table.columns else ""
        for index, row in enumerate(table.rows if first else ()):
            text = row.cells[first].text.strip() if first in row.cells else ""
            known_ones = numbers[things[0]]
            if not text.isdigit() or text in known_ones:
                continue
            if meant := next((n for n in sorted(known_ones) if _near(text, n)), ""):
                message = f"no {things[0]} {text} is known here, and {meant} is"
                yield at("rows", index, first), message, f"write {meant}"


def _singular(word: str) -> str:
    return word.casefold().removesuffix("s")


def _numbers(loaded: Loaded) -> Mapping[str, frozenset[str]]:
    """The numbers of each thing that has some in the titles of the dossier."""
    dossier = loaded.dossier
    language = known(loaded).language
    months = {name.casefold().rstrip(".") for name, _ in locale.month_names(language)}
    texts = [event.title for event in dossier.events.values()]
    texts += [term for one in dossier.glossary.terms for term in (one.term, *one.also)]
    texts += [source.title for source in dossier.sources.sources]
    texts += [table.title for table in dossier.tables.values()]
    found: dict[str, set[str]] = {}
    for match in (m for text in texts for m in _NUMBERED.finditer(text)):
        year = len(match[2]) == 4 and 1000 <= int(match[2]) <= 2100
        if match[1].casefold() not in months and len(match[2]) > 2 and not year:
            found.setdefault(_singular(match[1]), set()).add(match[2])
    wrong = {near for _, near, _ in _misnumbered_sources(loaded)}
    every = {part for s in dossier.sources.sources for part in re.findall(r"\d+", s.number)} - wrong
    return {thing: frozenset(numbers | every) for thing, numbers in found.items()}


def _near(one: str, two: str) -> bool:
    """Whether two numbers of as many figures differ in one, or in the places of two."""
    if len(one) != len(two):
        return False
    apart = [n for n in range(len(one)) if one[n] != two[n]]
    return len(apart) == 1 or (len(apart) == 2 and sorted(one) == sorted(two))


# -- symbols of documents, and the number of a source ------------------------------------------

_SYMBOL = re.compile(r"(?<![\w/.])[A-Z]+(?:/[A-Z0-9]+)*/\d{2,}(?![\w/])")


def _of_sources(loaded: Loaded) -> Iterator[Remark]:
    """Sources whose number is nearly the one in their title."""
    for at, near, number in _misnumbered_sources(loaded):
        message = f"the number is {near}, and the title says {number}"
        yield at("number"), message, f"write {number}, or correct the title"


def _misnumbered_sources(loaded: Loaded) -> Iterator[tuple[At, str, str]]:
    """Each of them, with its number and the one in its title."""
    for at, source in each(loaded, Source):
        titled = {match[2] for match in _NUMBERED.finditer(source.title) if len(match[2]) > 2}
        written = re.findall(r"\d+", source.number)
        if not written or titled & set(written):
            continue
        for number in sorted(titled):
            if near := next((one for one in written if _near(one, number)), ""):
                yield at, near, number


def _symbols(loaded: Loaded) -> frozenset[str]:
    """The symbols of documents that sources have as their number, or in their title."""
    sources = loaded.dossier.sources.sources
    texts = (text for source in sources for text in (source.number, source.title, source.short))
    return frozenset(match[0] for text in texts for match in _SYMBOL.finditer(text))


def _wrong_symbols(passage: Passage, known_ones: frozenset[str]) -> Iterator[Remark]:
    for match in _SYMBOL.finditer(passage.own) if known_ones and "/" in passage.own else ():
        if match[0] in known_ones:
            continue
        head, _, number = match[0].rpartition("/")
        like = (one.rpartition("/") for one in sorted(known_ones))
        meant = next((n for other, _, n in like if other == head and _near(number, n)), "")
        if meant:
            message = f"no document {match[0]} is known here, and {head}/{meant} is"
            yield passage.at(match.start()), message, f"write {head}/{meant}"


# -- years of acts, treaties and battles -------------------------------------------------------

_ARTICLE = re.compile(r"(?:the|an?|der|die|das|le|la|l’)\s+", re.IGNORECASE)


def _dated(loaded: Loaded) -> Mapping[str, tuple[frozenset[int], str]]:
    """The years of each event that is named by a noun, by that name: "Longitude Act".

    A title that tells what happened is none, nor is one of a single word.
    """
    verbs = grammar_of(loaded).any_verb
    found: dict[str, tuple[frozenset[int], str]] = {}
    for event in loaded.dossier.chronology.events:
        name = _ARTICLE.sub("", event.title, count=1)
        years = {y for one in event.all_dates for y in (one.earliest.year, one.latest.year)}
        capitals = [word for word in name.split() if word[:1].isupper()]
        if len(capitals) > 1 and years and not verbs.search(name) and not re.search(r"\d", name):
            found[name] = frozenset(years), event.id
    return found


def _wrong_years(
    passage: Passage, dated: Mapping[str, tuple[frozenset[int], str]]
) -> Iterator[Remark]:
    """The Act of 1717, or the 1717 Act, where it is of 1714."""
    for name, (years, ident) in dated.items():
        if name.split()[0] not in passage.own:
            continue
        words = r"\s+".join(map(re.escape, name.split()))
        behind = r"(?:,?\s+(?:of|von|de)\s+|,?\s+|\s+\()"
        pattern = rf"(?<![\w-])(?:(\d{{4}})\s+{words}|{words}{behind}(\d{{4}}))(?![\w-])"
        for match in re.finditer(pattern, passage.own):
            group = 1 if match[1] else 2
            if int(match[group]) not in years:
                year = "–".join(str(one) for one in sorted(years))
                message = f"{match[0]!r} is not of the year of event {ident!r}, {year}"
                yield passage.at(match.start(group)), message, "correct one of the two"
