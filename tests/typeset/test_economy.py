"""How well pages are filled is counted: holes, pages less than half full, heads at their foot."""

from __future__ import annotations

import pytest

from press.typeset.economy import Economy, economy
from press.typeset.typeset import typeset
from tests.typeset.test_typeset import document

CSS = """
@page { size: 100mm 120mm; margin: 10mm }
html { font-size: 12pt; line-height: 5mm } h2, p { margin: 0; font-size: 12pt }
.part { break-before: page } .label { display: block } .turn { break-before: page }
"""
LINES = "<p>one<br>two<br>three</p>"


def filled(body: str, css: str = "") -> Economy:
    """How well the pages of a small document are filled: twenty lines of five millimetres."""
    return economy(typeset(document(body, CSS + css)).layout)


@pytest.mark.parametrize(
    ("why", "body", "expected"),
    [
        ("what may not be divided goes over, and leaves most of its page empty",
         f'{LINES}<p style="break-inside: avoid">{"line<br>" * 18}</p>',
         Economy(holes=(1,), thin=(1,))),
        ("a part begins a page because it is asked to",
         f'{LINES}<h2 class="part">Next</h2>{LINES}', Economy()),
        ("the last page ends where it ends", LINES, Economy()),
        ("the press turned the page for a note",
         f'{LINES}<p class="turn">four</p>{LINES}', Economy(holes=(1,), thin=(1,))),
        ("within a page there is more than 30 mm of nothing",
         f'{LINES}<p style="margin-top: 31mm">four</p>', Economy(holes=(1,))),
        ("29 mm are no hole", f'{LINES}<p style="margin-top: 29mm">four</p>', Economy()),
        ("a heading ends its page", f"{LINES * 6}<h2>What follows</h2>{LINES}",
         Economy(heads=(1,))),
        ("words with a colon end their page",
         f'{LINES * 6}<p><span class="label">Of which taken:</span> four</p>',
         Economy(heads=(1,))),
        ("a sentence goes on after its colon", f"{LINES * 6}<p>taken:<br>four<br>five</p>",
         Economy()),
    ],
)  # fmt: skip
def test_pages_are_measured(why: str, body: str, expected: Economy) -> None:
    """A page has a hole, is thin or ends in a head where nobody asked for it, and only there."""
    css = "h2, .label { break-after: auto } html { orphans: 1; widows: 1 }"
    assert filled(body, css) == expected, why


def test_the_counts_are_told_with_their_pages() -> None:
    """Pages in a row are a span; what there is none of is told as well."""
    said = str(Economy(holes=(3, 4, 5, 9), thin=(9,)))
    assert said == (
        "4 holes over 30 mm (p. 3–5, 9), 1 page under half full (p. 9), "
        "0 heads at the foot of a page"
    )
