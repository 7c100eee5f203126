"""Dates in an event's own text are held to that event, and to no other that is like it."""

from __future__ import annotations

import pytest

from press.checks import check
from press.content.load import load
from press.content.snapshot import Snapshot
from tests.conftest import Changed

EVENTS = """
  - {id: first, date: 1865-08-05, title: Breuil captured,
     text: The party captured it., places: [breuil],
     category: climb, sources: [whymper]}
  - {id: again, date: 1865-08-15, title: Breuil captured again, text: "DAY", places: [breuil],
     category: climb, sources: [whymper]}
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Breuil was captured on 15 August 1865.", []),
        ("Breuil was captured on 16 August 1865.", ["W401 again"]),
        ("The party captured it again on 16 August 1865.", ["W414 again"]),
    ],
)
def test_an_events_own_text_is_held_to_its_own_date(
    text: str, said: list[str], matterhorn: Snapshot, changed: Changed
) -> None:
    """Two events of one place and verb: the earlier was said to have another date (W401)."""
    raw = matterhorn.files["chronology.yaml"].decode() + EVENTS.replace("DAY", text)
    found = check(load(changed({"chronology.yaml": raw.encode()})))
    told = [f for f in found if f.code in ("W401", "W414")]
    assert said == [f"{f.code} {_named(f.message)}" for f in told]


def _named(message: str) -> str:
    """Which of the two events a message is about."""
    return next(
        (one for one in ("again", "first") if f"event {one}" in message.replace("'", "")), ""
    )
