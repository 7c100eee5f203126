"""Towns for orientation: those that a reader may know, and apart from words."""

from __future__ import annotations

import pytest

from press.plates.maps.places import orients
from press.plates.maps.town_names import town_name


@pytest.mark.parametrize(
    ("people", "others", "does"),
    [
        (300, [40_000] * 7, True),  # few are found, and a village is better than nothing
        (3_000, [40_000] * 4 + [12_500] * 4 + [12_000], False),
        (3_200, [40_000] * 4 + [12_500] * 4 + [12_000], True),
        (120, [900, 700, 600, 500, 450, 400, 300, 250], True),  # islands have no larger ones
    ],
)
def test_no_village_stands_among_towns(people: int, others: list[int], does: bool) -> None:
    """From the ninth on a town has a quarter of the people of the middle one of those found."""
    assert orients(people, others) is does


def test_town_has_its_name_of_today() -> None:
    assert town_name("AZ", "Pushkino", "en") == "Bilasuvar"
    assert town_name("AZ", "Pushkino", "de") == "Biləsuvar"
