"""Pictures float to the head of the next page instead of leaving much of theirs empty."""

from __future__ import annotations

import pytest

from press.typeset.floats import floated
from press.typeset.layout import Layout, PageArea, PlacedPicture, TextLine

PICTURE = '<figure class="figure" id="figure-a"><img src="a.png"></figure>'
NOTE = '<span class="note" id="note-1"></span>'
AREA = (0.0, 0.0, 100.0, 100.0)


def lines(page: int, top: float, count: int, block: str) -> list[TextLine]:
    """Lines of ten points of one paragraph."""
    path, anchors = ("section.chapter",), (block,)
    tops = [top + 10 * number for number in range(count)]
    return [TextLine(page, "main", 0, at, 90, at + 10, (), 0, path, anchors) for at in tops]


def layout(before: int, after: int, tall: float = 60.0) -> Layout:
    """A page with ``before`` lines; then one with a picture at its head and ``after`` lines."""
    return Layout(
        (PageArea(100.0, 100.0, AREA),) * 3,
        (*lines(1, 0, before, "block-1"), *lines(2, tall, after, "block-2")),
        (PlacedPicture(2, "a.png", 0.0, 0.0, 90.0, tall, ("figure-a",)),),
    )


def text(figure: str = PICTURE, after: str = '<p id="block-2">after</p>') -> str:
    """A chapter with a paragraph, a picture and what comes after it."""
    return f'<section class="chapter"><p id="block-1">before</p>\n{figure}\n{after}\n</section>'


def test_text_fills_the_page_before_a_picture() -> None:
    """The paragraph after it comes first; the picture moves once, and says so."""
    made = floated(text(), layout(5, 3))
    assert made.index("block-2") < made.index("figure-a")
    assert 'data-floated=""' in made
    assert made.count("<figure") == made.count("after</p>") == 1
    assert made == floated(made, layout(5, 3))


@pytest.mark.parametrize(
    ("why", "figure", "after", "before", "lines_after"),
    [
        ("little is empty", PICTURE, '<p id="block-2">after</p>', 8, 1),
        ("a heading follows", PICTURE, '<h2>After</h2><p id="block-2">after</p>', 5, 3),
        ("a note hangs on it", PICTURE.replace("<img", f"{NOTE}<img"),
         '<p id="block-2">after</p>', 5, 3),
        ("it has a page of its own", PICTURE.replace('"figure"', '"plate page"'),
         '<p id="block-2">after</p>', 5, 6),
        ("picture and rest have no room", PICTURE, '<p id="block-2">after</p>', 5, 9),
    ],
)  # fmt: skip
def test_picture_stays(why: str, figure: str, after: str, before: int, lines_after: int) -> None:
    """Where moving it would gain nothing, or part it from its section, a picture stays."""
    plain = text(figure, after)
    assert plain == floated(plain, layout(before, lines_after)), why
