"""In which order events stand that share a stretch of time."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from press.checks.chronology import out_of_order
from press.content.load import load
from press.content.model.names import read_name
from press.content.snapshot import Snapshot
from tests.conftest import Changed

HEAD = "categories: [{id: climb, label: Climbs, sign: circle}]\nevents:\n"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (["1913-05-16", "1913-05"], ["1913-05-16", "1913-05"]),
        (["1913-05", "1913-05-16"], ["1913-05", "1913-05-16"]),
        (["1913-05-16", "1913", "1913-06"], ["1913-05-16", "1913", "1913-06"]),
        (["1913-05-16", "1913/.."], ["1913-05-16", "1913/.."]),
        (["1913-05-16", "1913-05/1914"], ["1913-05-16", "1913-05/1914"]),
        (["1914-05-16", "1913/.."], ["1913/..", "1914-05-16"]),
        (["1913-06-16", "1913-05"], ["1913-05", "1913-06-16"]),
        (["1913-05-16", "1913-05-01/1913-05-31"], ["1913-05-01/1913-05-31", "1913-05-16"]),
    ],
)
def test_a_coarse_date_stands_where_its_author_put_it(
    changed: Changed, written: list[str], printed: list[str]
) -> None:
    """A month written behind one of its days stands behind it; an interval has a first day."""
    dates = [*(f"{year}" for year in range(1900, 1912)), *written]
    rows = (
        f"  - {{id: e{n}, date: {date}, title: T{n}, text: x, category: climb}}\n"
        for n, date in enumerate(dates)
    )
    loaded = load(changed({"chronology.yaml": (HEAD + "".join(rows)).encode()}))
    assert printed == [e.when.text for e in loaded.dossier.events.values()][12:]
    assert (written == printed) == (not [*out_of_order(loaded)])


def test_a_list_of_days_needs_no_quotes(changed: Changed) -> None:
    """EDTF's "one of" is a list to YAML as well, and is taken for what it is."""
    row = "  - {id: a, date: [1993-08-18,1993-08-19], title: T, text: x, category: climb}\n"
    loaded = load(changed({"chronology.yaml": (HEAD + row).encode()}))
    assert loaded.dossier.events["a"].when.text == "[1993-08-18,1993-08-19]"


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("Doe, Jane and Roe, Rick", ["Doe, Jane", "Roe, Rick"]),
        ("Akinscha, Konstantin; Koslow, Grigori", ["Akinscha, Konstantin", "Koslow, Grigori"]),
    ],
)
def test_each_name_that_a_remedy_offers_is_one(written: str, offered: list[str]) -> None:
    """What is pasted from a remedy is read without a new fault."""
    with pytest.raises(PydanticCustomError) as raised:
        read_name(written)
    listed = ", ".join(f'"{name}"' for name in offered)
    assert f"[{listed}]" in str((raised.value.context or {})["hint"])
    assert all(read_name(name) for name in offered)


@pytest.mark.parametrize(
    ("written", "offered"),
    [("whymper; S. 7", '"whymper, S. 7"'), ("whymper; times", "[whymper, times]")],
)
def test_a_place_behind_a_semicolon_is_no_source(
    changed: Changed, written: str, offered: str
) -> None:
    """The remedy puts it in quotes; two sources become a list."""
    event = "id: a, date: 1865, title: T, text: x, category: climb"
    row = f"  - {{{event}, sources: [{written}]}}\n"
    (found,) = load(changed({"chronology.yaml": (HEAD + row).encode()})).findings
    assert offered in found.hint
    row = row.replace(f"[{written}]", offered)
    assert not load(changed({"chronology.yaml": (HEAD + row).encode()})).findings


def test_a_title_in_braces_keeps_them_in_the_remedy(changed: Changed, matterhorn: Snapshot) -> None:
    """Braces that an author typed are text as the colon is."""
    raw = matterhorn.files["dossier.yaml"].replace(b"title: ", b"title: {a: b} #", 1)
    told = [f.hint for f in load(changed({"dossier.yaml": raw})).findings if f.code == "E103"]
    assert ['put the text in quotes if the colon belongs to it: "{a: b}"'] == told


def test_a_list_under_a_wrong_key_is_renamed(changed: Changed, matterhorn: Snapshot) -> None:
    """Nothing of what stands under it is typed again."""
    raw = matterhorn.files["gazetteer.yaml"].replace(b"places:", b"place:", 1)
    told = [f.hint for f in load(changed({"gazetteer.yaml": raw})).findings if f.code == "E102"]
    assert ["rename it places:"] == told
