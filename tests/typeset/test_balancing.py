"""Columns are levelled in fewer steps, and stand on the page as WeasyPrint levels them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from weasyprint.layout import block

from press.typeset.typeset import typeset
from tests.typeset.test_hot_paths import without
from tests.typeset.test_typeset import NOTES, document

BALANCING = {"block.columns_layout", "block.block_box_layout", "block.block_level_layout_switch"}
CSS = f"""
@page {{ size: A6; margin: 8mm; @bottom-center {{ content: counter(page) }} }}
{NOTES}
body {{ margin: 0; font-size: 9pt }}
.columns {{ columns: 2; column-gap: 4mm }}
.whole {{ break-inside: avoid }} .after {{ break-after: avoid }} .framed {{ padding: 3px;
 border: solid 1px; margin: 9px 0 }} .low {{ height: 8px; margin-bottom: -3px }}
.grid {{ display: grid; grid-template-columns: 1fr 2fr }} .flex {{ display: flex }}
.moved {{ position: relative; top: 2px }} .out {{ position: absolute; right: 0 }}
.side {{ float: left; width: 9mm }}
table {{ width: 100%; border-collapse: collapse }} td {{ border: solid 1px }}
"""
WORDS = "six hundred went on foot over the pass and none of them came back before the winter. "
PIECES = (
    "<p class={kind}>{words}</p>",
    "<div class={kind}><p>{words}</p><p>{words}</p></div>",
    "<div class='grid {kind}'><span>1</span><p>{words}</p></div>",
    "<div class='flex {kind}'><p>{words}</p><p>x</p></div>",
    "<table class={kind}><tr><td>{words}<td>2<tr><td>{words}<td>4</table>",
    "<p class={kind}>{words}<span class=note>a note</span></p>",
    "<p class={kind}><span class=side>S</span>{words}</p>",
    "<p class=moved><b class=out>o</b>{words}</p>",
    "<ul class={kind}><li>{words}<li>{words}</ul>",
)
KINDS = ("plain", "whole", "after", "framed", "low", "moved", "'whole framed'")


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """A block of some kind, of a line or of several."""
    words = WORDS[: draw(st.sampled_from((9, 30, 85)))] * draw(st.integers(1, 2))
    return draw(st.sampled_from(PIECES)).format(kind=draw(st.sampled_from(KINDS)), words=words)


@settings(max_examples=12, phases=(Phase.generate,))
@given(st.lists(pieces(), min_size=2, max_size=24), st.integers(0, 30))
def test_columns_are_as_high(blocks: list[str], before: int) -> None:
    """Whatever stands in them, and wherever on the page they begin, to a hundredth of a point."""
    body = f"{'<p>before</p>' * before}<div class=columns>{''.join(blocks)}</div><p>after</p>"
    ours = typeset(document(body, CSS))
    with without(BALANCING):
        theirs = typeset(document(body, CSS))
    here, there = (
        [(line.page, line.text, *(round(at, 2) for at in line.box)) for line in made.layout.lines]
        for made in (ours, theirs)
    )
    assert [one[:2] for one in here] == [one[:2] for one in there]
    for mine, yours in zip(here, there, strict=True):
        assert mine[2:] == pytest.approx(yours[2:], abs=0.011), mine


def test_a_block_is_laid_out_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty entries that take forty trials are laid out some three times each, and not forty."""
    entries = "".join(f"<p class='whole framed'>{WORDS[: 9 + n % 40]}</p>" for n in range(24))
    html = document(f"<div class=columns>{entries}</div>", CSS)
    asked: list[int] = []
    layout = block._linebox_layout

    def counted(*given: Any) -> Any:
        asked.append(1)
        return layout(*given)

    monkeypatch.setattr(block, "_linebox_layout", counted)
    ours = typeset(html)
    once = len(asked)
    with without(BALANCING):
        theirs = typeset(html)
    assert ours.pdf == theirs.pdf
    assert once < 6 * 24 < len(asked) - once
