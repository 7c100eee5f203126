"""The dossier's data in formats that other programs read: they travel inside the PDF.

Chronology, gazetteer and facts as CSV (RFC 4180, UTF-8), places as GeoJSON (RFC 7946, longitude
first, WGS 84), sources as CSL-JSON and BibTeX (in UTF-8). Dates are EDTF, as they were written.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from press.base.document import Enclosure
from press.content import facts
from press.content.model import Cite, Claim, Dossier, Event, Fact, Place, Source
from press.dates import Date
from press.views.book import Book
from press.views.strip_links import words

NAMES = frozenset(
    {
        "chronology.csv",
        "gazetteer.csv",
        "facts.csv",
        "places.geojson",
        "sources.csl.json",
        "sources.bib",
    }
)
"""The files that may be made here; no other may travel in a PDF (``press.output.scan``)."""


def enclosures(dossier: Dossier, book: Book) -> tuple[Enclosure, ...]:
    """The data files of ``dossier``, without those that would be empty.

    ``book`` gives the words as they are printed, so that marks of Markdown stay out of the data.
    """
    title = dossier.meta.title
    events, places, sources = dossier.events, dossier.places, dossier.bibliography
    made: list[Enclosure] = []

    def add(name: str, content: str, description: str) -> None:
        made.append(Enclosure(name, content.encode(), f"{title}: {description}", "Data"))

    if events:
        add("chronology.csv", chronology(dossier, book), "the chronology, an event a line")
    if places:
        add("gazetteer.csv", gazetteer(dossier), "the gazetteer, a name of a place a line")
    if typed := accounts(dossier):
        add("facts.csv", _csv(typed), "the facts, an account of one a line")
    if any(place.at for place in places.values()):
        add("places.geojson", geojson(dossier), "the places with their coordinates and events")
    if sources:
        add("sources.csl.json", csl_json(sources), "the sources in CSL-JSON")
        add("sources.bib", bibtex(sources), "the sources in BibTeX")
    return tuple(made)


# -- chronology and places ---------------------------------------------------------------------


def chronology(dossier: Dossier, book: Book) -> str:
    """The chronology as CSV, in the order of the dates."""
    language = dossier.meta.language
    printed = {
        event.id: (event, phase.title)
        for phase in (book.chronology.phases if book.chronology else ())
        for event in phase.events
    }
    rows = []
    for event in dossier.events.values():
        view, phase = printed[event.id]
        places = [dossier.places[i] for i in event.places if i in dossier.places]
        first = next((place.at for place in places if place.at), None)
        rows.append(
            {
                "id": event.id,
                "date": event.when.edtf,
                "printed": facts.event_date(event, language),
                "title": words(view.title),
                "text": words(view.text),
                "category": view.category.label,
                "phase": phase,
                "places": "; ".join(place.name for place in places),
                "latitude": f"{first.lat:g}" if first else "",
                "longitude": f"{first.lon:g}" if first else "",
                "accounts": "; ".join(_account(claim) for claim in event.claims),
                "sources": "; ".join(_sources(event)),
            }
        )
    return _csv(rows)


def _account(claim: Claim) -> str:
    what = claim.date.edtf if claim.date else bare(claim.text)
    preferred = " (preferred)" if claim.preferred else ""
    return f"{what}: {bare(claim.says)}{preferred}"


def _sources(event: Event) -> list[str]:
    cites = [*event.sources, *(cite for claim in event.claims for cite in claim.sources)]
    return list(dict.fromkeys(cite.source for cite in cites))


def gazetteer(dossier: Dossier) -> str:
    """The gazetteer as CSV: a line for each name of each place, its own name first."""
    rows = []
    for place in dossier.places.values():
        names = [(dossier.meta.language, place.name, "", "")]
        names += [(n.language, n.name, n.latin, n.standing) for n in place.names]
        rows += [
            {
                "id": place.id,
                "language": language,
                "name": name,
                "latin": latin,
                "standing": standing,
                "kind": place.kind,
                "district": place.district,
                "latitude": f"{place.at.lat:g}" if place.at else "",
                "longitude": f"{place.at.lon:g}" if place.at else "",
                "geonames": "" if place.geonames is None else str(place.geonames),
            }
            for language, name, latin, standing in names
        ]
    return _csv(rows)


def accounts(dossier: Dossier) -> list[dict[str, str]]:
    """The facts as rows of a CSV file: one for each, or for each account where they differ."""
    every = (one for same in facts.addresses(dossier).values() for one in same)
    named = [one for one in every if one.fact and "facts" in one.loc]
    return [
        {
            "address": found.address,
            "about": found.subject,
            "label": fact.label,
            "value": bare(value),
            "unit": fact.unit,
            "scope": bare(scope),
            "says": bare(says),
            "preferred": "yes" if preferred else "",
            "contested": "yes" if fact.contested else "",
            "sources": "; ".join(f"{c.source}, {c.at}" if c.at else c.source for c in cites),
        }
        for found in named
        if (fact := found.fact)
        for value, scope, says, preferred, cites in _said(fact)
    ]


def _said(fact: Fact) -> Iterator[tuple[str, str, str, bool, Sequence[Cite]]]:
    """Value, scope, voice, whether preferred, and sources of each account of a fact."""
    if not fact.claims:
        value = fact.date.edtf if fact.date else fact.text
        yield value, fact.scope, fact.says, False, fact.sources
    for claim in fact.claims:
        value = claim.date.edtf if claim.date else claim.text
        yield value, claim.scope or fact.scope, claim.says, claim.preferred, claim.sources


def _csv(rows: Sequence[Mapping[str, str]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def geojson(dossier: Dossier) -> str:
    """The places that have coordinates as GeoJSON, each with what happened there."""
    features = [
        {
            "type": "Feature",
            "id": place.id,
            "geometry": {"type": "Point", "coordinates": [place.at.lon, place.at.lat]},
            "properties": _properties(place, dossier),
        }
        for place in dossier.places.values()
        if place.at
    ]
    return _json({"type": "FeatureCollection", "features": features})


def _properties(place: Place, dossier: Dossier) -> dict[str, Any]:
    return {
        "name": place.name,
        "names": {name.language: name.name for name in place.names},
        "kind": place.kind,
        "district": place.district,
        "geonames": place.geonames,
        "events": [
            {"id": event.id, "date": event.when.edtf, "title": bare(event.title)}
            for event in dossier.events.values()
            if place.id in event.places
        ],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


# -- sources -----------------------------------------------------------------------------------

_CSL_FIELDS = {
    "title": "title", "container": "container-title", "collection": "collection-title",
    "publisher": "publisher", "place": "publisher-place", "page": "page", "volume": "volume",
    "issue": "issue", "number": "number", "edition": "edition", "genre": "genre",
    "event": "event-title", "archive": "archive", "url": "URL", "doi": "DOI", "isbn": "ISBN",
    "short": "title-short",
}  # fmt: skip
_ROLES = ("author", "editor", "translator")


def csl_json(sources: Mapping[str, Source]) -> str:
    """The sources as CSL-JSON, with how each was checked as its note."""
    entries = []
    for ident, source in sources.items():
        entry: dict[str, Any] = {"id": ident, "type": source.type}
        for role in _ROLES:
            if names := getattr(source, role):
                entry[role] = [_csl_name(name) for name in names]
        for name, key in _CSL_FIELDS.items():
            if text := getattr(source, name):
                entry[key] = bare(text) if name not in ("url", "doi", "isbn") else text
        for key, date in (("issued", source.issued), ("accessed", source.accessed)):
            if date is not None:
                entry[key] = _csl_date(date)
        if source.languages:
            entry["language"] = ", ".join(source.languages)
        entry["note"] = bare(source.checked)
        entries.append(entry)
    return _json(entries)


def _csl_name(name: str) -> dict[str, str]:
    family, _, given = (part.strip() for part in name.partition(","))
    if name.startswith("{") or not given:
        return {"literal": name.strip("{}")}
    return {"family": family, "given": given}


def _csl_date(date: Date) -> dict[str, Any]:
    if date.kind != "point":
        return {"raw": date.edtf}
    point = date.points[0]
    parts = [number for number in (point.year, point.month, point.day) if number]
    circa = {"circa": True} if date.approximate or date.uncertain else {}
    return {"date-parts": [parts], **circa}


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


def bibtex(sources: Mapping[str, Source]) -> str:
    """The sources as BibTeX, in UTF-8."""
    return "\n".join(_bibtex(ident, source) for ident, source in sources.items())


def _bibtex(ident: str, source: Source) -> str:
    kind = _BIBTEX.get(source.type, "misc")
    container = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
    institution = {"techreport": "institution", "phdthesis": "school"}.get(kind, "publisher")
    fields = [
        ("author", " and ".join(map(_bibtex_name, source.author))),
        ("editor", " and ".join(map(_bibtex_name, source.editor))),
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
        ("doi", source.doi),
        ("isbn", source.isbn),
        ("language", ", ".join(source.languages)),
        ("note", _escape(source.checked)),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value and value != "{}"]
    return "\n".join([f"@{kind}{{{ident},", *lines, "}", ""])


def _bibtex_name(name: str) -> str:
    return f"{{{_escape(name.strip('{}'))}}}" if _csl_name(name).get("literal") else _escape(name)


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


# -- words -------------------------------------------------------------------------------------


def bare(text: str) -> str:
    """A field's words without the marks of Markdown: emphasis, links, citations."""
    text = re.sub(r"\s*\[[-@][^\]]*\]", "", text)
    text = re.sub(r"\[\[(?:[a-z]+:)?([^\]|]+)(?:\|([^\]]+))?\]\]", lambda m: m[2] or m[1], text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"(?<!\w)[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?!\w)", "", text).split())
