"""Fewer steps to the same pages: each hot path answers as the original does, to the last byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinyhtml5 import inputstream
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INITIAL_VALUES

from press.typeset import engine
from press.typeset.typeset import typeset
from tests.typeset.test_typeset import NOTES, document, noted

HOT = {patch.name: patch for patch in engine.HOT_PATHS}


def both(name: str) -> tuple[Any, Any]:
    """A function as the press has it, and as it comes."""
    return vars(HOT[name].owner)[name], HOT[name].original


@contextmanager
def without(names: set[str]) -> Iterator[None]:
    """While the block runs, these are done as WeasyPrint and its packages do them."""
    for name in names:
        HOT[name].undo()
    try:
        yield
    finally:
        for name in names:
            HOT[name].apply()


def test_hot_paths_are_taken() -> None:
    """These are all, and each stands in the place of its original."""
    assert set(HOT) == {"is_in_normal_flow", "__missing__", "characters_until_regex"}
    for name in HOT:
        ours, theirs = both(name)
        assert ours is not theirs


CSS = f"""
@page {{ size: A6; margin: 5% 10mm; @bottom-center {{ content: counter(page) }} }}
{NOTES}
h1 {{ page: first; text-indent: calc(10% + 2px); text-decoration: underline }}
h1 em {{ display: inline-block; min-width: 20%; text-decoration-color: red }}
aside {{ float: right; width: calc(30% - 2mm); padding: 1em; border: thin solid; max-height: 50% }}
aside p {{ position: relative; inset: 1px auto auto 2px; margin-inline-start: 3px }}
b {{ position: absolute; top: 0; right: 5%; color: inherit; border-width: inherit }}
section {{ columns: 2; column-gap: normal; direction: rtl; margin-inline-end: 7px; width: 90% }}
section p {{ margin: inherit; box-sizing: border-box; height: 3lh; padding-block: 2% 1px }}
table {{ border-collapse: collapse; width: 100% }} td {{ border: 1px dotted; min-height: auto }}
"""
BODY = (
    "<h1>A<em>b</em> &amp; &eacute; &#x2014; c</h1><aside class='x' id=y><p>in the margin</aside>"
    f"{noted(3)}<p>a <b>b</b><section><p>one<p>two <i>three</i><p>four</section>"
    "<table><tr><td>1<td rowspan=2>2<tr><td>3</table><svg width=20 height=9><title>s</title>"
    "<path d='M0.123456 0 L9 1e-7 C1 2 3 4 5.5 6' stroke='#123' fill='none'/></svg>"
)


@pytest.mark.parametrize("name", sorted(HOT))
def test_pages_are_the_same_to_the_last_byte(name: str) -> None:
    """Floats, columns, notes, tables, drawings, percentages: with and without, one PDF."""
    ours = typeset(document(BODY, CSS))
    with without({name}):
        theirs = typeset(document(BODY, CSS))
    assert ours.pages > 1
    assert ours.pdf == theirs.pdf


FLOATS = ("none", "left", "right", "inline-start", "inline-end", "footnote")
POSITIONS = ("static", "relative", "absolute", "fixed", ("running()", "x"), ("note()", "x"))


@pytest.mark.parametrize("position", POSITIONS, ids=str)
@pytest.mark.parametrize("float_", FLOATS)
def test_the_flow_is_the_same(float_: str, position: object) -> None:
    """A box is in the flow where WeasyPrint says so."""
    box = engine.boxes.Box("p", {"float": float_, "position": position}, None)
    ours, theirs = both("is_in_normal_flow")
    assert theirs(box) is ours(box)


def test_no_property_begins_as_a_function() -> None:
    """No initial value is a calculation: they are taken as they stand."""
    values = INITIAL_VALUES.values()
    assert [] == [value for value in values if check_math(value)]


SETS = st.frozensets(st.sampled_from("\t\n\f />=&<\0'\"-abcXYZ"), min_size=1)


@given(SETS, st.booleans(), st.text("\t\n\f />=&<'\"-abcXYZ"))
def test_a_text_ends_at_the_same_character(stops: frozenset[str], only: bool, text: str) -> None:
    """A kept pattern stops where the one that tinyhtml5 writes anew each time does."""
    written = f"[{'' if only else '^'}{''.join(f'{chr(92)}x{ord(c):02x}' for c in stops)}]+"
    stream = inputstream.HTMLUnicodeInputStream(text)
    taken = stream.chars_until(stops, only)
    found = re.match(written, text)
    assert taken == (found[0] if found else "")
    kept = inputstream.characters_until_regex
    assert kept[stops, only] is kept[stops, only]
