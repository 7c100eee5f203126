"""Ids that remedies offer."""

from __future__ import annotations

import pytest

from press.content.missing import slug_of


@pytest.mark.parametrize(
    ("written", "ident"),
    [
        ("Agdam taken", "agdam-taken"),
        ("Ağdam", "agdam"),
        ("Zəngilan", "zengilan"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Ørsted & Þór", "orsted-thor"),
        ("Москва", ""),
    ],
)
def test_an_id_keeps_the_letters_of_its_name(written: str, ident: str) -> None:
    """No letter of the Latin alphabet is lost from a name: it becomes those that stand for it."""
    assert slug_of(written) == ident
