"""Contrast is judged against what lies behind the words, be it a picture or a gradient."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from press.base.document import Document
from press.typeset.expected import Expected
from press.typeset.page_checks import faint_text
from press.typeset.typeset import typeset
from tests.typeset.test_typeset import FONT, document

GREY = "#777777"


def picture(colour: str) -> bytes:
    """A picture of one colour."""
    made = io.BytesIO()
    Image.new("RGB", (20, 20), colour).save(made, "PNG")
    return made.getvalue()


def faint(style: str, page: str = "", ground: str = "#ffffff") -> bool:
    """Whether words in this style, on a page in that, are found to be faint."""
    plain = document(f'<div style="{style}"><p>words on it</p></div>', f"@page {{ {page} }}")
    html = Document(plain.text, {"face.otf": FONT.read_bytes(), "a.png": picture(ground)})
    pages = typeset(html)
    assert not pages.refused
    return any(faint_text(pages.layout, Expected("a.pdf", frozenset())))


@pytest.mark.parametrize(
    ("style", "page", "ground", "found"),
    [
        ("color: #fff; background: url(a.png)", "", "#202020", False),
        ("color: #000; background: url(a.png)", "", "#303030", True),
        ("color: #fff; background: linear-gradient(#111, #333)", "", "", False),
        ("color: #fff; background: linear-gradient(90deg, #111 5%, #eee 5%)", "", "", True),
        ("color: #000", "background: url(a.png)", "#202020", True),
        ("color: #000", "background: url(a.png)", "#f0f0f0", False),
        ("color: #fff; background: #111", "background: url(a.png)", "#f0f0f0", False),
        ("color: #000; position: absolute; top: 0", "", "", False),
    ],
)
def test_ground_is_what_is_printed(style: str, page: str, ground: str, found: bool) -> None:
    """The colour of a style sheet does not count where a picture covers it, nor a covered one."""
    assert found == faint(style, page, ground or "#ffffff")


def test_words_over_a_picture() -> None:
    """Words that are moved on to a picture stand on its colours."""
    over = "position: relative; margin-top: -30px; height: 30px"
    for colour, found in (("#101010", True), ("#ffffff", False)):
        html = document(
            f'<img src="a.png" alt="a" style="display: block; width: 300px; height: 60px">'
            f'<p style="{over}">words</p>'
        )
        pages = typeset(
            Document(html.text, {"face.otf": FONT.read_bytes(), "a.png": picture(colour)})
        )
        remarks = list(faint_text(pages.layout, Expected("a.pdf", frozenset())))
        assert found == bool(remarks)


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        ("p { color: #aaa }", 5),
        (".x { color: red } p { margin: 0; color: rgb(170, 170, 170) }", 34),
        ("dt { color: #aaa }", 0),
        ("p { color: #111 }", 0),
    ],
)
def test_the_rule_that_made_words_faint_is_named(rule: str, column: int) -> None:
    """That of one's own tweaks that has the colour, and fits; else nobody's."""
    pages = typeset(document("<h1>A</h1><p>faint words</p>", "p { color: #aaa }"))
    engine = {"styles/local.css": rule.encode()}
    expected = Expected("a.pdf", frozenset(), engine=engine, root=pages.root)
    (remark,) = faint_text(pages.layout, expected)
    assert (("styles/local.css", 1, column) if column else ("a.pdf", 0, 0)) == remark[0]
    assert ("darken it there" in remark[2]) == bool(column)
