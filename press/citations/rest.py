"""What an author gave of a source and the style leaves out of its entry: it is printed behind it.

Styles print a publisher for books and not for newspapers, no ISBN, an archive for some types and a
page for others. Which of the fields an entry holds is seen by setting a copy of the source with a
made-up word in each of them; sources that give the same fields are alike in this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from press import dates
from press.citations.dated import shown
from press.citations.engine import Engine
from press.citations.locators import is_plural
from press.citations.names import joined, names
from press.citations.references import SERIALS, PlaceBeside
from press.citations.source_text import clean
from press.content.model import NameParts, Source
from press.content.model.sources import ROLES

_TEXTS: Final = (
    "container", "collection", "genre", "event", "edition", "volume", "issue", "number", "page",
    "place", "publisher", "archive", "isbn",
)  # fmt: skip
_DAYS: Final = {"issued": dates.parse("8021-01-01"), "accessed": dates.parse("9021-01-01")}
_WORDS: Final = {"issue": "issue", "number": "issue", "volume": "volume", "page": "page"}
"""CSL's word before a field that is a number."""

_PLACED: Final[Mapping[str, tuple[PlaceBeside, ...]]] = {
    "legal_case": ("publisher",),
    "speech": ("event", "genre"),
    "thesis": ("publisher",),
}
"""The fields with which a place may be printed, by type, where the style has no room for it."""

Signature = tuple[object, ...]


def signature(source: Source) -> Signature:
    """What decides which fields are printed: the type, and which are given, as numbers or words."""
    given = tuple((name, _is_number(value)) for name in _TEXTS if (value := getattr(source, name)))
    roles = tuple(len(getattr(source, role)) for role in ROLES)
    return source.type, given, roles, bool(source.issued), bool(source.accessed)


def missing(source: Source, entry: Callable[[Source], str]) -> frozenset[str]:
    """The fields of ``source`` that its ``entry`` does not hold."""
    words: dict[str, Any] = {}
    for number, name in enumerate((*_TEXTS, *ROLES)):
        if value := getattr(source, name):
            numeric = name not in ROLES and _is_number(value)
            words[name] = str(7001 + number) if numeric else f"Zq{chr(97 + number)}zq"
    changed: dict[str, Any] = {
        name: (NameParts.model_validate({"family": word}),) if name in ROLES else word
        for name, word in words.items()
    }
    for name, day in _DAYS.items():
        if getattr(source, name):
            words[name], changed[name] = str(day.points[0].year), day
    text = entry(source.model_copy(update=changed))
    return frozenset(name for name, word in words.items() if word.casefold() not in text.casefold())


def place_beside(source: Source, entry: Callable[[Source], str]) -> PlaceBeside:
    """The field with which the place is printed, where the style's ``entry`` has no room for it.

    A paper's place stands behind its name, so that papers of one name are told apart (CMOS 17,
    14.191); any other in front of or behind whoever published, staged or printed the source.
    """
    if not source.place:
        return ""
    if source.type in SERIALS:
        return "container"
    left = missing(source, entry)
    if "place" not in left:
        return ""
    fields = _PLACED.get(source.type, ("publisher", "event", "container"))
    printed = (name for name in fields if getattr(source, name) and name not in left)
    return next(printed, "publisher")


def _is_number(value: object) -> bool:
    return str(value).replace("-", "").replace("–", "").isdigit()


def sentences(source: Source, left: frozenset[str], engine: Engine, language: str) -> Iterator[str]:
    """The fields ``left`` out of an entry, in words, each to stand as a sentence."""
    for role in ROLES:
        if role in left:
            people = names(getattr(source, role), source, language)
            verb = engine.term(role, "verb") if role != "author" else ""
            yield f"{verb} {joined(people, engine.term('and'), invert=False)}".strip()
    for name in _TEXTS[:8]:
        if name in left:
            yield _worded(name, clean(getattr(source, name)), engine)
    where = [engine.typographic(getattr(source, n)) for n in ("place", "publisher") if n in left]
    if where:
        yield ": ".join(where)
    if "archive" in left:
        yield engine.typographic(source.archive)
    if "isbn" in left:
        yield f"ISBN{dates.NBSP}{clean(source.isbn)}"
    if "issued" in left and source.issued:
        yield shown(source.issued, language)
    if "accessed" in left and source.accessed:
        yield f"{engine.term('accessed')} {dates.show(source.accessed, language)}"


def pages(source: Source, left: frozenset[str], engine: Engine) -> str:
    """The pages, where the entry leaves them out: "p. 9"; they stand behind its date."""
    return _worded("page", clean(source.page), engine) if "page" in left else ""


def _worded(name: str, value: str, engine: Engine) -> str:
    """A field with the word for it, where it is a number."""
    if not value[:1].isdigit():
        return engine.typographic(value)
    if name == "edition":
        return f"{value}{dates.NBSP}{engine.term('edition', 'short')}"
    value = value.replace("-", "–")
    word = engine.term(_WORDS[name], "short", plural=is_plural(value)) if name in _WORDS else ""
    return f"{word}{dates.NBSP}{value}" if word else value
