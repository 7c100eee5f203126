"""The dossier's data in formats that other programs read: they travel inside the PDF.

Chronology, gazetteer and facts as CSV (RFC 4180, UTF-8), places as GeoJSON (RFC 7946, longitude
first, WGS 84), sources as CSL-JSON and BibTeX (in UTF-8). Dates are EDTF, as they were written.
"""

from __future__ import annotations

import csv
import io
import json
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


def evidence(dossier: Dossier) -> list[dict[str, str]]:
    """What each fact rests on as rows of a CSV file: one for each citation, with what it says."""
    rests = [
        _resting(fact, support.claim, support.cite, support.level)
        for fact in stated(dossier)
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
            "geometry": {"type": "Point", "coordinates": list(place.at.point)},
            "properties": _properties(place, dossier),
        }
        for place in dossier.places.values()
        if place.at
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


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
