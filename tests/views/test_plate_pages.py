"""A plate that has a page has all of it, also where it stands in a chapter."""

from __future__ import annotations

import pytest

from press.content.snapshot import engine_files
from press.design.styles import flatten
from press.typeset.typeset import typeset
from tests.typeset.test_typeset import document

PLATE = '<figure class="plate map page"><p>head</p></figure>'
BODIES = (f"<section>{PLATE}</section>", f'<section class="chapter"><p>text</p>{PLATE}</section>')


@pytest.mark.usefixtures("own_fonts")
@pytest.mark.parametrize(("edition", "paper"), [("screen", "tablet"), ("dossier", "a4")])
def test_no_margin_is_taken_from_its_page(edition: str, paper: str) -> None:
    """Behind a paragraph of a chapter its head stands where it stands without one."""
    css = flatten(engine_files(), "default", edition, paper).css()
    alone, behind = (
        next(line.top for line in typeset(document(body, css)).layout.lines if line.text == "head")
        for body in BODIES
    )
    assert behind == pytest.approx(alone, abs=0.1)
