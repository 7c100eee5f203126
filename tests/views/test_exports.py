"""The data that travels: every account, as numbers and days, opened by other programs."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from shapely.geometry import shape

from press.content.load import load
from press.content.model import Dossier
from press.content.snapshot import Snapshot
from press.views import data
from press.views.reference_managers import bibtex, csl_json


@pytest.fixture(scope="module")
def dossier(reference_files: Snapshot) -> Dossier:
    """The reference dossier, read."""
    return load(reference_files).dossier


@pytest.fixture(scope="module")
def features(dossier: Dossier) -> dict[str, Any]:
    return {one["id"]: one for one in json.loads(data.geojson(dossier))["features"]}


def test_a_wartime_name_replaces_no_other(dossier: Dossier, features: dict[str, Any]) -> None:
    """Names are keyed by language and standing; each that is typed is there."""
    for place in dossier.places.values():
        if place.id in features:
            names = " ".join(features[place.id]["properties"]["names"].values())
            assert all(name.name in names for name in place.names)
    assert features["agdam"]["properties"]["names"]["hy"] == "Աղդամ"


def test_points_lie_where_they_are_typed(dossier: Dossier, features: dict[str, Any]) -> None:
    """As another library reads them: longitude first."""
    point = shape(features["agdam"]["geometry"])
    at = dossier.places["agdam"].at
    assert at is not None
    assert (point.x, point.y) == (at.lon, at.lat)


def test_no_contested_date_is_taken_silently(dossier: Dossier, features: dict[str, Any]) -> None:
    """An event whose accounts differ has all of them, with voice and sources, and both ends."""
    contested = {e.id for e in dossier.events.values() if len(e.dated_claims) > 1}
    assert contested
    seen = set()
    for event in (e for one in features.values() for e in one["properties"]["events"]):
        if event["id"] in contested:
            seen.add(event["id"])
            own = dossier.events[event["id"]]
            preferred = [claim for claim in own.claims if claim.preferred]
            assert event["contested"] is True
            assert bool(event["date"]) == bool(preferred)
            assert event["earliest"] <= event["latest"]
            assert len(event["accounts"]) == len(own.claims)
            assert all(one["says"] and one["sources"] for one in event["accounts"])
    assert seen


def rows(text: str) -> list[dict[str, str]]:
    """A CSV file as a spreadsheet reads it: by its mark, in UTF-8."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_accounts_have_numbers_and_days(dossier: Dossier) -> None:
    """A figure in words has its least and greatest number, a date its first and last day."""
    told = rows(data._csv(data.accounts(dossier)))
    south = next(row for row in told if row["value"].startswith("30,000–50,000"))
    assert (float(south["minimum"]), float(south["maximum"])) == (30000, 50000)
    dates = [row for row in told if row["address"] == "fuzuli-taken.date"]
    assert [row["earliest"] for row in dates] == ["1993-08-23", "1993-08-25"]
    assert all(row["says"] and row["sources"] and row["contested"] for row in dates)


def test_rows_join_by_id(dossier: Dossier) -> None:
    """Each row of evidence and of accounts leads to a thing or source that there is."""
    rests = rows(data._csv(data.evidence(dossier)))
    assert {row["source"] for row in rests} <= dossier.bibliography.keys()
    assert {row["level"] for row in rests} <= {"read", "read in part", "quoted in", "not read"}


def test_sources_travel_with_where_they_were_read(dossier: Dossier) -> None:
    """Where each was read stands in the note of both; what has two days has both."""
    entries = {one["id"]: one for one in json.loads(csl_json(dossier.bibliography, "en"))}
    for ident, source in dossier.bibliography.items():
        assert source.via in entries[ident]["note"]
    assert "Via allinnet.info" in bibtex(dossier.bibliography, "en")
    assert entries["ceasefire-text"]["issued"]["date-parts"] == [[1994, 5, 9], [1994, 5, 11]]
