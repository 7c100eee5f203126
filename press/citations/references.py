"""Sources as citeproc-py wants them, each in three forms: for a first note, a later one, the list.

What citeproc-py cannot do is done here before it sees a source. Titles keep the capitals they have.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final, Literal

from press import dates
from press.citations.dated import by_year, is_guessed, shown
from press.citations.engine import Date, Engine, LiteralDate, Name, Reference, String
from press.citations.names import family, joined, names
from press.citations.source_text import (
    TITLED,
    clean,
    emphasised,
    in_language,
    linked,
    upright,
)
from press.content.model import Source
from press.content.model.sources import ROLES

Form = Literal["first", "later", "listed"]
FORMS: Final[tuple[Form, ...]] = ("first", "later", "listed")
PlaceBeside = Literal["", "container", "event", "genre", "publisher"]
"""The field with which a place is printed; "" where the style has room for it."""

# CSL's legislation and bill are United States statutes to the styles ("Pub. L. No."); resolutions,
# treaties and the like read right as reports with a number.
_SET_AS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("bill", "collection", "dataset", "document", "hearing", "legislation", "pamphlet",
         "regulation", "standard", "treaty"),
        "report",
    ),
    "entry": "entry-encyclopedia",
    "map": "graphic",
    "personal_communication": "post",
    "software": "book",
}  # fmt: skip
IN_BOOKS: Final = frozenset(
    {"chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference"}
)
"""What stands in a book that has editors of its own."""
_PERIODICALS: Final = frozenset({"article-newspaper", "article-magazine"})
SERIALS: Final = _PERIODICALS | {"article-journal"}
"""What appeared in a paper, whose place tells it from others of its name."""
BY_CONTAINER: Final = _PERIODICALS | {"webpage", "post", "post-weblog"}
"""Unsigned pieces of these are listed under the paper or site that printed them."""
# Sources dated by their year.
_BY_YEAR: Final = frozenset({"book", "chapter", "thesis", "graphic", "motion_picture", "song"})
# The styles put a space before the brackets that these have, also where they have none.
_JOINED_BY_SPACE: Final = frozenset({"manuscript", "thesis"})
_PLAIN: Final[Mapping[str, str]] = {
    "container_title": "container",
    "collection_title": "collection",
    "publisher_place": "place",
    "ISBN": "isbn",
    **{name: name for name in ("publisher", "page", "volume", "issue", "number", "edition",
                               "genre", "event", "archive")},
}  # fmt: skip
"""CSL's name and ours of each field that is printed as it stands."""

_SUBTITLE: Final = re.compile(r"(?<=\w): | [–—] |(?<=[?!]) ")
_DOI_PREFIX: Final = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


_PAIRS: Final = ("[]", "()", "“”", "„“", "«»")
_SHORT: Final = 4
"""Titles of so many words are not shortened (CMOS 17, 14.33)."""
_TITLED: Final = frozenset(
    {"book", "thesis", "motion_picture", "song", "graphic", "map", "report", "musical_score"}
)
"""What has a title and a subtitle; a colon in a headline parts nothing that can be left out."""


def short_title(source: Source) -> str:
    """The title without its subtitle."""
    title = source.title
    main = _SUBTITLE.split(title, maxsplit=1)[0]
    alone = len(main.split()) > 1 or source.type in _TITLED
    closed = all(main.count(opening) == main.count(end) for opening, end in _PAIRS)
    return main if len(main) > 2 and alone and closed and len(title.split()) > _SHORT else title


class CslReferences:
    """Makes citeproc-py's references for one style and language.

    ``alike`` are the sources whose short title is not theirs alone. Without ``addresses`` web
    addresses and DOIs stand in the bibliography only.
    """

    def __init__(
        self, engine: Engine, language: str, alike: Collection[str], *, addresses: bool
    ) -> None:
        self._engine = engine
        self._language = language
        self._alike = alike
        self._addresses = addresses

    def reference(self, key: str, source: Source, form: Form, beside: PlaceBeside = "") -> Any:
        """The source in one of its forms, under the key by which it is asked for."""
        kind = _SET_AS.get(source.type, source.type)
        fields = self._fields(source)
        if kind == "speech" and self._engine.in_notes:
            # The styles name its occasion in lists only, and in notes where they say what it was.
            named = fields["genre"] or (fields["event"] and form == "listed")
            kind, beside = (kind, beside) if named else ("article", "")
        if beside:
            fields |= _with_place(source, fields, beside)
        if form == "later" and self.short_tail(source):
            fields |= {name: f"{fields[name]}{TITLED}" for name in ("title", "title_short")}
        people = {
            role: names(given, source, self._language)
            for role in ROLES
            if (given := getattr(source, role))
        }
        kind = self._worded(kind, source, fields, people)
        if not people and form == "listed" and source.type in BY_CONTAINER:
            people = _by_container(source, fields)
        elif "editor" in people and "author" not in people:
            people = self._by_editor(kind, people, fields, form)
        if form != "listed" and not self._addresses:
            fields |= {"URL": "", "DOI": ""}
        texts = {name: String(text) for name, text in fields.items() if text}
        when = {
            name: _csl_date(date, source.type, kind, self._language)
            for name, date in (("issued", source.issued), ("accessed", source.accessed))
            if date
        }
        # A language other than English keeps citeproc-py from capitalising titles.
        return Reference(key, kind, language="und", **texts, **people, **when)

    def _fields(self, source: Source) -> dict[str, str]:
        short = source.title if source.id in self._alike else short_title(source)
        plain = {csl: getattr(source, own) for csl, own in _PLAIN.items()}
        return {name: self._engine.typographic(text) for name, text in plain.items()} | {
            "title": self._titled(source, source.title),
            "title_short": self._titled(source, short),
            "URL": linked(clean(source.url)),
            "DOI": linked(_DOI_PREFIX.sub("", clean(source.doi))),
        }

    def _titled(self, source: Source, title: str) -> str:
        text = self._engine.typographic(title)
        languages = set(source.languages)
        foreign = languages - {self._language, self._language.split("-")[0]}
        described = text.startswith("[") and text.endswith("]")
        if len(languages) == 1 and foreign and not described:
            return in_language(text, foreign.pop())
        return text

    def short_tail(self, source: Source) -> str:
        """What a later note on a source without an author says behind its title.

        The paper and the day, the book that it is in, the symbol, the archive: a title alone is
        nothing to turn back to. Empty for books and the like, and where somebody is named.
        """
        editor = () if source.type in IN_BOOKS else source.editor
        named = source.author or editor or source.translator
        plain = source.type == "legal_case" or source.type in _TITLED - {"report", "map"}
        if named or plain or not self._engine.in_notes:
            return ""
        say = self._engine.typographic
        container = emphasised(say(source.container))
        when = shown(source.issued, self._language) if source.issued else ""
        if source.type in IN_BOOKS or source.type == "entry":
            return f"{self._engine.term('in')} {container}" if container else when
        if source.type == "article-journal" and source.volume and when:
            return f"{container} {say(source.volume)} ({when})"
        parts = [container or say(source.publisher), when]
        if source.number and not container:
            parts = [say(source.number)]
        elif source.archive and not container:
            parts = [when, say(source.archive)]
        return ", ".join(filter(None, parts))

    def _worded(
        self, kind: str, source: Source, fields: dict[str, str], people: dict[str, list[Any]]
    ) -> str:
        """The kind to set the source as, when ``fields`` have been put where it prints them."""
        if kind == "report" and self._engine.in_notes:
            # Notes styles leave a report's number out, but print its medium.
            number = (fields.pop("genre"), fields["number"])
            fields["medium"] = ", ".join(filter(None, number))
        elif kind in _JOINED_BY_SPACE and self._engine.in_notes:
            if not any(fields[name] for name in ("publisher", "publisher_place", "genre")):
                return "article"
        elif kind == "legal_case":
            fields["authority"] = _court(source, fields, people)
        elif source.type in _PERIODICALS:
            fields |= {"publisher": "", "publisher_place": "", "medium": fields.pop("genre")}
        return kind

    def _by_editor(
        self, kind: str, people: dict[str, list[Any]], fields: dict[str, str], form: Form
    ) -> dict[str, list[Any]]:
        """Editors in their author's place, where citeproc-py would print them in both."""
        others = {role: given for role, given in people.items() if role != "editor"}
        editors, conjunction = people["editor"], self._engine.term("and")
        if kind in IN_BOOKS and fields["container_title"]:
            verb = self._engine.term("editor", "verb" if form == "listed" else "verb-short")
            who = joined(editors, conjunction, invert=False)
            fields["container_title"] += upright(f", {verb} {who}")
            return others
        if form == "later":
            return others | {"author": editors}
        role = self._engine.term("editor", "short", plural=len(editors) > 1)
        who = joined(editors, conjunction, invert=form == "listed")
        return others | {"author": [Name(literal=f"{who}, {role}")]}


def _with_place(source: Source, fields: dict[str, str], beside: PlaceBeside) -> dict[str, str]:
    """The fields that change where the place stands with one of them.

    A paper whose name has the place needs it no second time: "New York Times".
    """
    place = fields["publisher_place"]
    if beside == "container":
        named = re.search(rf"\b{re.escape(source.place)}\b", source.container, re.IGNORECASE)
        behind = upright(f" ({place})" if source.container else place)
        container = fields["container_title"] + ("" if named else behind)
        return {"container_title": container, "publisher_place": ""}
    if source.type == "legal_case":
        return {}
    if beside == "publisher" and source.type != "thesis" and source.publisher:
        return {"publisher": f"{place}: {fields['publisher']}", "publisher_place": ""}
    kept = {} if beside in ("event", "genre") else {"publisher_place": ""}
    return {beside: ", ".join(filter(None, (fields[beside], place)))} | kept


def _court(source: Source, fields: dict[str, str], people: dict[str, list[Any]]) -> str:
    """The court and its place; a court in the author's place stands there no longer."""
    court = fields["publisher"] or ", ".join(map(family, people.pop("author", ())))
    court = ", ".join(filter(None, (court, fields.pop("publisher_place"))))
    return f"{court}," if court and source.issued else court


def _by_container(source: Source, fields: dict[str, str]) -> dict[str, list[Any]]:
    """The paper in its author's place, where citeproc-py would print it in both."""
    container = fields.pop("container_title")
    if not container:
        return {}
    shown = emphasised(container) if source.type in _PERIODICALS else container
    return {"author": [Name(literal=shown)]}


def _csl_date(date: dates.Date, type_: str, kind: str, language: str) -> Any:
    """A plain date in CSL's parts, so that the style chooses what to print; else in our words.

    Our words also where citeproc-py cannot decline the month: days in languages but English.
    """
    if {type_, kind} & _BY_YEAR:
        date = by_year(date)
    point = date.points[0]
    plain = date.kind == "point" and not is_guessed(date)
    known = point.precision in {"month", "year"} or (
        point.precision == "day" and language.partition("-")[0] == "en"
    )
    if not (plain and known and point.year >= 1000):
        style: dates.Style = "compact" if date.precision == "year" else "long"
        return LiteralDate(shown(date, language, style))
    parts = {"year": point.year, "month": point.month, "day": point.day}
    return Date(**{name: number for name, number in parts.items() if number})
