"""A list where one text is wanted, and lists that are nested too deep."""

from __future__ import annotations

from press.checks.chronology import _in_order, _passed
from press.content.load import load
from press.prose.markup import limits
from tests.conftest import Changed

TABLE = b"""\
title: Heights
columns: [{key: height, label: Height}]
rows:
  - {height: [4.1, 4.2]}
"""


def test_a_list_in_a_cell_becomes_one_text(changed: Changed) -> None:
    (found,) = load(changed({"tables/heights.yaml": TABLE})).findings
    assert str(found).endswith(
        "heights.yaml:4:14: E103 height is a list; one text, or keys and values, are wanted; "
        'write one text: "4.1, 4.2"'
    )


def test_a_list_nested_too_deep_is_one_finding() -> None:
    deep = "".join("  " * level + "- item\n" for level in range(60))
    assert [number for number, *_ in limits(deep)] == [51 - 1]
    assert [number for number, *_ in limits(f"{deep}\nText.\n\n{deep}")] == [50, 113]


def test_the_event_out_of_order_is_named_with_the_one_it_passed() -> None:
    """Of two that have changed places the later one is moved."""
    for numbers, wrong in (
        ([22, 24, 28, 26, 30], (3, ("after", 2))),
        ([1, 5, 2, 3, 4], (1, ("before", 2))),
        ([1, 2, 0, 4], (2, ("after", 1))),
    ):
        kept = _in_order(numbers)
        (odd,) = {*range(len(numbers))} - kept
        assert (odd, _passed(odd, numbers, kept)) == wrong
