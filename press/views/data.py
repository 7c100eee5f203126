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
from dataclasses import asdict
from typing import Any

from press.base.document import Enclosure
from press.checks.counted import Coverage, line
from press.content import facts, kinds
from press.content.coverage import Stated, stated
from press.content.evidence import level_of_source, supports
from press.content.model import Cite, Claim, Dossier, Event, Fact, Name, Place
from press.dates import Date
from press.views.chronology import ChronologyView
from press.views.reference_managers import bibtex, csl_json
from press.views.strip_links import bare, words
from press.views.told_apart import OneAccount, accounts_of, as_json, days, decided, extent

NAMES = frozenset({
    *(file.data for file in kinds.FILES.values() if file.data),
    "evidence.csv", "coverage.json", "places.geojson", "sources.csl.json", "sources.bib",
})  # fmt: skip
"""The files that may be made here; no other may travel in a PDF (``press.output.scan``)."""


_OWN = ("chronology.yaml", "gazetteer.yaml", "facts.yaml")
"""Files whose data are more than a line for each thing."""


def enclosures(
    dossier: Dossier, printed: ChronologyView | None, count: Coverage | None = None
) -> tuple[Enclosure, ...]:
    """The data files of ``dossier``, without those that would be empty.

    ``printed`` has the words as they are printed, so that marks of Markdown stay out of the data;
    ``count`` is what facts and sentences rest on.
    """
    title = dossier.meta.title
    return tuple(
        Enclosure(name, content.encode(), f"{title}: {description}", "Data")
        for name, description, content in _files(dossier, printed, count)
    )


def _files(
    dossier: Dossier, printed: ChronologyView | None, count: Coverage | None
) -> Iterator[tuple[str, str, str]]:
    """(name, description, content) of each file that holds something."""
    places, sources = dossier.places, dossier.bibliography
    if printed:
        yield "chronology.csv", "the chronology, an event a line", chronology(dossier, printed)
    if places:
        yield "gazetteer.csv", "the gazetteer, a name of a place a line", gazetteer(dossier)
    for file in kinds.FILES.values():
        if file.name not in _OWN and file.data and (rows := things_of(file.name, dossier)):
            yield file.data, f"the {file.part}, one a line", _csv(rows)
    if typed := accounts(dossier):
        yield "facts.csv", "the facts, an account of one a line", _csv(typed)
    if rests := evidence(dossier):
        yield "evidence.csv", "what each fact rests on, a citation a line", _csv(rests)
    if count and count.facts:
        said = {**asdict(count), "line": line(count, dossier.meta.language)}
        about = "what facts and sentences rest on, counted"
        yield "coverage.json", about, json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    if any(place.at for place in places.values()):
        about = "the places with their coordinates and events"
        yield "places.geojson", about, geojson(dossier)
    if sources:
        yield (
            "sources.csl.json",
            "the sources in CSL-JSON",
            csl_json(sources, dossier.meta.language),
        )
        yield "sources.bib", "the sources in BibTeX", bibtex(sources, dossier.meta.language)


# -- chronology and places ---------------------------------------------------------------------


def chronology(dossier: Dossier, printed: ChronologyView) -> str:
    """The chronology as CSV, in the order of the dates."""
    language = dossier.meta.language
    views = {e.id: (e, phase.title) for phase in printed.phases for e in phase.events}
    rows = []
    for event in dossier.events.values():
        view, phase = views[event.id]
        date = event.date or decided(accounts_of(event))
        earliest, latest = days(accounts_of(event.dated))
        known = [dossier.places[i] for i in event.places if i in dossier.places]
        places: list[Place | None] = [*known]
        rows += [
            {
                "id": event.id,
                "place": place.id if place else "",
                "date": date.edtf if date else "",
                "contested": "yes" if event.contested else "",
                "earliest": earliest,
                "latest": latest,
                "printed": facts.event_date(event, language),
                "title": words(view.title),
                "text": words(view.text),
                "category": view.category.label,
                "phase": phase,
                "place name": place.name if place else "",
                "latitude": f"{place.at.lat:g}" if place and place.at else "",
                "longitude": f"{place.at.lon:g}" if place and place.at else "",
                "accounts": "; ".join(_account(claim) for claim in event.claims),
                "sources": "; ".join(_sources(event)),
            }
            for place in places or [None]
        ]
    return _csv(rows)


def _account(claim: Claim) -> str:
    what = claim.date.edtf if claim.date else bare(claim.text)
    preferred = " (preferred)" if claim.preferred else ""
    cited = ", ".join(cite.source for cite in claim.sources)
    return f"{what}: {bare(claim.says)}{preferred}{f' [{cited}]' if cited else ''}"


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


def things_of(file: str, dossier: Dossier) -> list[dict[str, str]]:
    """The things of a file as rows of a CSV file: their fields, as they were written."""
    return [
        {
            info.alias or name: "; ".join(_written(getattr(thing, name)))
            for name, info in type(thing).model_fields.items()
            if name != "facts"
        }
        for thing in kinds.things(dossier, kinds.FILES[file].kinds[0].name).values()
    ]


def _written(value: object) -> Iterator[str]:
    match value:
        case tuple():
            yield from (written for one in value for written in _written(one))
        case Date():
            yield value.edtf
        case Cite():
            yield value.source
        case Name():
            more = ", ".join(filter(None, (value.latin, value.standing)))
            yield f"{value.language}: {value.name}{f' ({more})' if more else ''}"
        case None | "":
            pass
        case _:
            yield bare(str(value))


def accounts(dossier: Dossier) -> list[dict[str, str]]:
    """Facts as rows of a CSV file: one for each, or for each account where they differ.

    They are those under ``facts:``, and what is contested of events.
    """
    every = (one for same in facts.addresses(dossier).values() for one in same)
    named = [(one, one.fact) for one in every if one.fact and "facts" in one.loc]
    rows = [
        _row(found.address, found.subject, fact, told, dossier)
        for found, fact in named
        for told in accounts_of(fact)
    ]
    for event in dossier.events.values():
        rows += [
            _row(f"{event.id}.date" if told.date else event.id, event.title, event, told, dossier)
            for told in (accounts_of(event) if event.claims else ())
        ]
    return rows


def _row(
    address: str, about: str, fact: Fact | Event, told: OneAccount, dossier: Dossier
) -> dict[str, str]:
    """One account; ``minimum`` to ``latest`` are its own, as numbers and days."""
    least, most = extent([told], dossier.meta.language)
    earliest, latest = days([told]) if told.date else ("", "")
    return {
        "address": address,
        "about": bare(about),
        "label": getattr(fact, "label", ""),
        "value": told.date.edtf if told.date else told.text,
        "minimum": least,
        "maximum": most,
        "earliest": earliest,
        "latest": latest,
        "unit": getattr(fact, "unit", ""),
        "scope": told.scope or bare(getattr(fact, "scope", "")),
        "says": told.says,
        "preferred": "yes" if told.preferred else "",
        "contested": "yes" if fact.contested else "",
        "sources": "; ".join(f"{c.source}, {c.at}" if c.at else c.source for c in told.sources),
    }


def evidence(dossier: Dossier) -> list[dict[str, str]]:
    """What each fact rests on as rows of a CSV file: one for each citation, with what it says.

    Answers to what a class is asked are not among them, for the file travels in pupils' PDFs.
    """
    rests = [
        _resting(fact, support.claim, support.cite, support.level)
        for fact in stated(dossier)
        if not fact.answers
        for support in supports(fact, dossier)
    ]
    for source in dossier.bibliography.values():
        level = level_of_source(source, dossier.meta.language)
        for one in source.excerpts:
            cite = Cite(source=source.id, at=one.at, says=one.says, by=one.by)
            rests.append(_resting(None, None, cite, level))
    return rests


def _resting(fact: Stated | None, claim: Claim | None, cite: Cite, level: str) -> dict[str, str]:
    value = bare(fact.value) if fact and not fact.claims else ""
    return {
        "address": fact.address if fact else "",
        "about": fact.called if fact else "",
        "value": (claim.date.edtf if claim.date else bare(claim.text)) if claim else value,
        "says": bare(claim.says) if claim else "",
        "source": cite.source,
        "at": cite.at,
        "level": level,
        "via": cite.via,
        "excerpt": cite.text,
        "by": cite.by,
        "kept": "yes" if cite.text else "no text at hand" if cite.says else "",
    }


def _csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV that a spreadsheet opens rightly: with a mark of UTF-8, and plain blanks."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({k: re.sub("[\u00a0\u202f]", " ", v) for k, v in row.items()} for row in rows)
    return f"\ufeff{stream.getvalue()}"


def geojson(dossier: Dossier) -> str:
    """The places that have coordinates as GeoJSON, each with what happened there."""
    features = [
        {
            "type": "Feature",
            "id": place.id,
            "geometry": {"type": "Point", "coordinates": list(place.at.point)},
            "properties": _properties(place, dossier),
        }
        for place in dossier.places.values()
        if place.at
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _properties(place: Place, dossier: Dossier) -> dict[str, Any]:
    language = dossier.meta.language
    return {
        "name": place.name,
        "names": _names(place),
        "kind": place.kind,
        "district": place.district,
        "geonames": place.geonames,
        "sources": [cite.source for cite in place.sources],
        "facts": {
            name: {"unit": fact.unit, "scope": bare(fact.scope)} | _told(fact, language)
            for name, fact in place.facts.items()
        },
        "events": [
            {"id": event.id, "title": bare(event.title)}
            | _told(event, language)
            | {"sources": [cite.source for cite in event.sources]}
            for event in dossier.events.values()
            if place.id in event.places
        ],
    }


def _names(place: Place) -> dict[str, str]:
    """Names by language; those of a standing by language and standing: "hy, official"."""
    found: dict[str, str] = {}
    for name in place.names:
        key = ", ".join(filter(None, (name.language, name.standing)))
        found[key] = f"{found[key]} / {name.name}" if key in found else name.name
    return found


def _told(fact: Fact | Event, language: str) -> dict[str, Any]:
    """A value with every account of it; ``date`` is empty where none is agreed on or preferred."""
    told = accounts_of(fact)
    dated = fact.dated if isinstance(fact, Event) else fact
    when = dated.date or decided(told)
    earliest, latest = days(accounts_of(dated))
    least, most = extent(told, language)
    given = {
        "date": when.edtf if when else None,
        "earliest": earliest,
        "latest": latest,
        "text": bare(getattr(fact, "text", "")) if isinstance(fact, Fact) else "",
        "minimum": float(least) if least else "",
        "maximum": float(most) if most else "",
    }
    shown = {key: value for key, value in given.items() if value != ""}
    if isinstance(fact, Fact) and not (dated.date or any(one.date for one in told)):
        shown.pop("date", None)
    return shown | {
        "contested": fact.contested,
        "accounts": [as_json(one, language) for one in told] if fact.contested else [],
    }
