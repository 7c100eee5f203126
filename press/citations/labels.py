"""What tables call a source, "de Waal 2003", and where it stands in a reader's alphabet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from press import dates, locale
from press.base.collation import folded
from press.citations.dated import by_year, is_guessed, shown
from press.citations.engine import Engine
from press.citations.names import family, filed, names
from press.citations.references import BY_CONTAINER, IN_BOOKS, short_title
from press.citations.source_text import clean
from press.content.model import Source

# Sources told apart by their day rather than their year.
_BY_DAY: Final = BY_CONTAINER | {"broadcast", "interview", "legal_case", "personal_communication"}

Letters = tuple[int, ...]
Order = tuple[Letters, Letters, str, str]
"""Who, title, when, id."""


def namesakes(sources: Mapping[str, Source], title: Callable[[Source], str]) -> frozenset[str]:
    """Sources that share their names and their title, as ``title`` shortens it, with another."""
    seen: dict[tuple[object, ...], list[str]] = {}
    for id_, source in sources.items():
        key = (*(source.author or source.editor), title(source))
        seen.setdefault(key, []).append(id_)
    return frozenset(id_ for ids in seen.values() if len(ids) > 1 for id_ in ids)


def labels(sources: Mapping[str, Source], language: str, engine: Engine) -> dict[str, str]:
    """The label of each source: its own; else who and when, told apart by letters where alike."""
    made: dict[str, list[str]] = {}
    unnamed = {id_: source for id_, source in sources.items() if not source.short}
    for id_ in sorted(unnamed, key=lambda id_: order(unnamed[id_], language)):
        made.setdefault(_made(unnamed[id_], language, engine), []).append(id_)
    found = {
        id_: engine.typographic(source.short) for id_, source in sources.items() if source.short
    }
    for label, ids in made.items():
        for number, id_ in enumerate(ids):
            letter = _letter(number) if len(ids) > 1 else ""
            apart = letter if label[-1].isdigit() or not letter else f" ({letter})"
            found[id_] = label + apart
    return found


def _letter(number: int) -> str:
    """The letters a, b, … z, ba, bb …, for sources of one label."""
    return (_letter(number // 26) if number >= 26 else "") + chr(ord("a") + number % 26)


def _made(source: Source, language: str, engine: Engine) -> str:
    who = _who(source, language, engine)
    if source.issued is None:
        undated = "" if source.accessed else engine.term("no date", "short")
        return f"{who}, {undated}" if undated else who
    if source.kind == "press" or source.type in _BY_DAY:
        return f"{who}, {day}" if (day := _day(who, source.issued, language)) else who
    coarse = by_year(source.issued)
    if _names_year(who, coarse):
        return who
    return f"{who} {shown(coarse, language, 'compact')}"


def _day(who: str, date: dates.Date, language: str) -> str:
    """The day, without what the words before it say of it; empty where they say all."""
    day = shown(date, language)
    said = day.replace(dates.NBSP, " ") in who.replace(dates.NBSP, " ")
    if said or (date.precision == "year" and _names_year(who, date)):
        return ""
    again = _names_year(who, date) and not is_guessed(date)
    return dates.show(date, language, year=False) if again else day


def _names_year(who: str, date: dates.Date) -> bool:
    """Whether the words before it say the year already: "Resolution 853 (1993)"."""
    year = date.points[0].year
    return date.kind == "point" and re.search(rf"(?<!\d){year}(?!\d)", who) is not None


def _who(source: Source, language: str, engine: Engine) -> str:
    people = source.author or (() if source.type in IN_BOOKS else source.editor)
    families = [family(name) for name in names(people, source, language)]
    if source.type == "legal_case" or not families:
        named = source.container if source.type in BY_CONTAINER else ""
        return engine.typographic(named or short_title(source))
    if len(families) > 2:
        return f"{families[0]} {engine.term('et-al')}"
    return f" {engine.term('and')} ".join(families)


def order(source: Source, language: str) -> Order:
    """Sorts by name (or container, or title), then title, then date."""
    title = _title(source.title, language)
    edited = () if source.type in IN_BOOKS else source.editor
    people = names(source.author or edited or source.translator, source, language)
    if people and source.type != "legal_case":
        who = folded(" ".join(map(filed, people)), language)
    elif source.type in BY_CONTAINER and source.container:
        who = _title(source.container, language)
    else:
        who = title
    when = str(source.issued.earliest.number + 10**9) if source.issued else ""
    return who, title, when, source.id


def _title(text: str, language: str) -> Letters:
    """Where a title stands in the alphabet, without the article that opens it."""
    text = clean(text)
    articles = locale.messages(language)["sort.articles"]
    if articles and (article := _article(articles).match(text)):
        text = text[article.end(1) :]
    return folded(text, language)


@lru_cache(maxsize=16)
def _article(articles: str) -> re.Pattern[str]:
    """Matches one of them at the head of a title."""
    return re.compile(rf"({'|'.join(articles.split())})(?:\s|(?<=’))\S", re.IGNORECASE)
