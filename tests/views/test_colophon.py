"""The colophon: what is owed for the maps."""

from __future__ import annotations

import pytest

from press.plates import Drawing
from press.views.colophon import owed


def drawing(*layers: str) -> Drawing:
    """A map of these layers whose credits went overleaf."""
    return Drawing("a", "map", "Map 1", "page", "A", layers=layers)


@pytest.mark.parametrize("layers", [(), ("land", "country"), ("land", "elevation"), ("relief",)])
def test_what_is_owed_is_for_what_is_drawn(layers: tuple[str, ...]) -> None:
    """Of heights where heights are drawn, also where a plate has its own credits overleaf."""
    told = " ".join(owed([drawing("land")] * bool(layers) + [drawing(*layers)]))
    assert ("Elevation:" in told) == ("elevation" in layers)
    assert ("Shaded relief" in told) == ("relief" in layers)
    assert ("Natural Earth" in told) == bool(layers)
