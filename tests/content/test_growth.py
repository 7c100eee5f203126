"""Files with very many entries are read in a time that grows with their number, and no faster."""

from __future__ import annotations

import pickle
from cProfile import Profile

import pytest

from press.base.portable import Portable
from press.content.load import load
from press.content.missing import NEAR
from press.content.snapshot import Snapshot


def calls(entry: str, name: str, entries: int) -> int:
    """How many calls of functions it takes to read a file of so many entries like ``entry``."""
    lines = "\n".join(entry.replace("N", str(n)) for n in range(entries))
    head = {"chronology.yaml": "events", "gazetteer.yaml": "places", "dossier.yaml": "allow"}[name]
    snapshot = Snapshot("long", "content/long", {name: f"{head}:\n{lines}\n".encode()})
    profile = Profile()
    profile.enable()
    load(snapshot)
    profile.disable()
    return sum(one.callcount for one in profile.getstats())


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("chronology.yaml", "- {x: 1}"),
        ("chronology.yaml", "- word"),
        ("chronology.yaml", "- id: aN # and more"),
        ("chronology.yaml", "- {id: , title: , text: }"),
        ("gazetteer.yaml", "- {idN: 1}"),
        ("gazetteer.yaml", "- id: 'aN' b"),
        ("dossier.yaml", "- id: aN\n  code: W1"),
    ],
)
def test_twice_the_broken_entries_are_no_more_than_thrice_the_work(name: str, entry: str) -> None:
    """No fault is held against every other, and no remedy looks through the whole file."""
    calls(entry, name, 5)  # what is read once in a process
    few = calls(entry, name, 2 * NEAR)
    assert calls(entry, name, 4 * NEAR) < 3 * few


def test_what_travels_is_the_same_on_arrival() -> None:
    """A dossier that another process has read is as it was there, and nobody can change it."""
    loaded = load(Snapshot("long", "content/long", {"chronology.yaml": b"events:\n- {x: 1}\n"}))
    again = pickle.loads(pickle.dumps(loaded))  # noqa: S301 what we have just written
    assert isinstance(loaded, Portable)
    assert again.findings == loaded.findings
    assert again.dossier == loaded.dossier
    assert dict(again.parsed) == dict(loaded.parsed)
    assert type(again.parsed) is type(loaded.parsed)
    assert type(again.snapshot.files) is type(loaded.snapshot.files)
    assert again.at("chronology.yaml", "events", 0) == loaded.at("chronology.yaml", "events", 0)
