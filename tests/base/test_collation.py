"""Names in the order of their language."""

from __future__ import annotations

import pytest

from press.base.collation import collation, initial


@pytest.mark.parametrize("language", ["tr", "az"])
def test_the_i_without_a_dot_is_a_letter_of_its_own(language: str) -> None:
    """In capitals too: Isparta stands under I, before İzmir under İ."""
    names = ["İzmir", "Isparta", "Iğdır", "İnebolu"]
    order = sorted(names, key=lambda name: collation(name, language))
    assert order == ["Iğdır", "Isparta", "İnebolu", "İzmir"]
    assert [initial(name, language) for name in order] == ["I", "I", "İ", "İ"]


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_elsewhere_it_is_an_i(language: str) -> None:
    names = ["İzmir", "Isparta", "Iğdır", "İnebolu", "Italy"]
    order = sorted(names, key=lambda name: collation(name, language))
    assert order == ["Iğdır", "İnebolu", "Isparta", "Italy", "İzmir"]
    assert {initial(name, language) for name in order} == {"I"}
