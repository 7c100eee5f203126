"""The sources in the formats of reference managers: CSL-JSON and BibTeX (in UTF-8)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from press.citations.names import in_parts, language_of
from press.content.evidence import level_of_source
from press.content.model import NameParts, Source
from press.content.model.sources import ROLES
from press.dates import Date
from press.dates.days import FUTURE, PAST
from press.views.strip_links import bare

_FIELDS = {
    "title": "title", "container": "container-title", "collection": "collection-title",
    "publisher": "publisher", "place": "publisher-place", "page": "page", "volume": "volume",
    "issue": "issue", "number": "number", "edition": "edition", "genre": "genre",
    "event": "event-title", "archive": "archive", "url": "URL", "doi": "DOI", "isbn": "ISBN",
    "short": "title-short",
}  # fmt: skip


def csl_json(sources: Mapping[str, Source], language: str) -> str:
    """The sources of a dossier in a ``language`` as CSL-JSON.

    The note of each says how it was checked, and below that, line by line, what CSL has no field
    for (``docs/evidence.md``).
    """
    entries = []
    for ident, source in sources.items():
        entry: dict[str, Any] = {"id": ident, "type": _TYPES.get(source.type, source.type)}
        for role in ROLES:
            if names := _names(source, role, language):
                entry[role] = [_csl_name(name) for name in names]
        for name, key in _FIELDS.items():
            if text := getattr(source, name):
                entry[key] = bare(text) if name not in ("url", "doi", "isbn") else text
        for key, date in (("issued", source.issued), ("accessed", source.accessed)):
            if date is not None:
                entry[key] = _csl_date(date)
        if source.languages:
            entry["language"] = ", ".join(source.languages)
        entry["note"] = "\n".join((bare(_note(source)), *_lines(source, language)))
        entries.append(entry)
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


_TYPES = {"legislation": "document", "bill": "document", "regulation": "document"}
"""Types of CSL that styles print as laws of the United States: "Pub. L. Nos. S/RES/822"."""


def _lines(source: Source, language: str) -> Iterator[str]:
    """What CSL has no place for, as lines "name: value" of its note, which no processor refuses.

    How far it was read, where, and dates with all their doubts. No name is a variable of CSL, for
    reference managers take such lines for values.
    """
    given = {
        "own-type": source.type if source.type in _TYPES else "",
        "kind": source.kind,
        "level": level_of_source(source, language),
        "via": bare(source.via),
        "quoted-in": _carrier(source),
        "issued-edtf": source.issued.edtf if source.issued else "",
        "accessed-edtf": source.accessed.edtf if source.accessed else "",
    }
    yield from (f"{key}: {value}" for key, value in given.items() if value)


def _carrier(source: Source) -> str:
    carrier = source.quoted_in
    return ", ".join(filter(None, (carrier.source, carrier.at))) if carrier else ""


def _note(source: Source) -> str:
    """How it was checked, where it was read, and in what it was read as quoted."""
    told = [source.checked]
    told += [f"Via {source.via}"] if source.via else []
    told += [f"Quoted in {named}"] if (named := _carrier(source)) else []
    return ". ".join(one.removesuffix(".") for one in told) + ("." if len(told) > 1 else "")


def _names(source: Source, role: str, language: str) -> list[NameParts]:
    own = language_of(source, language)
    return [in_parts(name, own) for name in getattr(source, role)]


def _csl_name(name: NameParts) -> dict[str, str]:
    return {key: bare(text) for key, text in name.model_dump(by_alias=True).items() if text}


def _csl_date(date: Date) -> dict[str, Any]:
    if date.kind == "point":
        listed = date.points[:1]
    elif PAST in (date.earliest, date.latest) or FUTURE in (date.earliest, date.latest):
        return {"raw": date.edtf}
    else:
        listed = (date.points[0], date.points[-1])
    parts = [
        [number for number in (point.year, point.month, point.day) if number] for point in listed
    ]
    circa = {"circa": True} if date.approximate or date.uncertain else {}
    return {"date-parts": parts, **circa}


_BIBTEX = {
    "book": "book", "chapter": "incollection", "article-journal": "article",
    "article-magazine": "article", "article-newspaper": "article", "article": "article",
    "report": "techreport", "thesis": "phdthesis", "paper-conference": "inproceedings",
    "entry-encyclopedia": "incollection", "entry": "incollection", "pamphlet": "booklet",
}  # fmt: skip
"""BibTeX's types by those of CSL; anything else is ``misc``."""
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    character: f"\\{character}" for character in "&%$#_{}"
}


def bibtex(sources: Mapping[str, Source], language: str) -> str:
    """The sources of a dossier in a ``language`` as BibTeX, in UTF-8."""
    return "\n".join(_bibtex(ident, source, language) for ident, source in sources.items())


def _bibtex(ident: str, source: Source, language: str) -> str:
    kind = _BIBTEX.get(source.type, "misc")
    container = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
    institution = {"techreport": "institution", "phdthesis": "school"}.get(kind, "publisher")
    fields = [
        *(
            (role, " and ".join(map(_bibtex_name, _names(source, role, language))))
            for role in ("author", "editor")
        ),
        ("title", f"{{{_escape(source.title)}}}"),
        (container.get(kind, "howpublished"), _escape(source.container)),
        ("series", _escape(source.collection)),
        (institution, _escape(source.publisher)),
        ("address", _escape(source.place)),
        ("edition", _escape(source.edition)),
        ("volume", _escape(source.volume)),
        ("number", _escape(source.issue or source.number)),
        ("pages", _escape(source.page).replace("–", "--")),
        *_bibtex_date(source.issued),
        ("url", source.url),
        ("urldate", source.accessed.edtf if source.accessed else ""),
        ("doi", source.doi),
        ("isbn", source.isbn),
        ("language", ", ".join(source.languages)),
        ("note", _escape(_note(source))),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value and value != "{}"]
    return "\n".join([f"@{kind}{{{ident},", *lines, "}", ""])


def _bibtex_name(name: NameParts) -> str:
    if name.literal:
        return f"{{{_escape(name.literal)}}}"
    particles = (name.dropping_particle, name.non_dropping_particle)
    filed = " ".join(filter(None, (*particles, name.family)))
    return ", ".join(_escape(part) for part in (filed, name.suffix, name.given) if part)


def _bibtex_date(date: Date | None) -> Iterator[tuple[str, str]]:
    if date is None:
        return
    point = date.points[0]
    yield "year", str(point.year)
    if date.kind == "point" and point.month:
        yield "month", str(point.month)
    yield "date", date.edtf


def _escape(text: str) -> str:
    return "".join(_ESCAPED.get(character, character) for character in bare(text))
