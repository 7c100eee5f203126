"""What ``[[…]]`` can name."""

from __future__ import annotations

import pytest

from press.prose.names import Names, Thing, Unknown, find

THINGS = (("event", "siege"), ("place", "agdam"), ("entry", "agdam"), ("entry", "navies"),
          ("event", "truce"), ("term", "truce"))  # fmt: skip
NAMES: Names = {
    kind: {id_: Thing(kind, id_, id_.title()) for k, id_ in THINGS if k == kind}
    for kind in ("event", "place", "term", "entry")
}


def test_an_entry_of_the_index_is_meant_where_nothing_else_has_its_id() -> None:
    """Alone it is what a bare id names; beside a place it is named by its kind only."""
    assert find(NAMES, "navies") == NAMES["entry"]["navies"]
    assert find(NAMES, "agdam") == NAMES["place"]["agdam"]
    assert find(NAMES, "entry:agdam") == NAMES["entry"]["agdam"]


def test_an_id_of_two_things_asks_for_the_kind() -> None:
    found = find(NAMES, "truce")
    assert isinstance(found, Unknown)
    assert (found.code, found.hint) == ("P202", "write [[event:truce]] or [[term:truce]]")


@pytest.mark.parametrize(
    ("written", "code", "meant"),
    [
        ("evnt:siege", "P203", "event"),
        ("event:seige", "P201", "siege"),
        ("agdem", "P201", "agdam"),
        ("event:agdam", "P201", "place:agdam"),
    ],
)
def test_a_mistyped_kind_or_id_is_told_the_nearest(written: str, code: str, meant: str) -> None:
    found = find(NAMES, written)
    assert isinstance(found, Unknown)
    assert found.code == code
    assert meant in found.hint
