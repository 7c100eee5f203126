"""Words of SVG pictures are seen whole, or a finding at the picture's entry names them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import named
from press.design.styles import flatten
from press.typeset.expected import Expected
from press.typeset.proof import proof
from press.typeset.typeset import typeset
from press.typeset.unseen_words import mirrored
from press.views.view import Work
from tests.conftest import document_of
from tests.typeset.test_words_of_pictures import VIEW, Told, by_kind, pictured


def look(matterhorn: Snapshot, drawings: Mapping[str, str]) -> Told:
    """What is said of each of these drawings, set on the pages of one dossier."""
    snapshot = pictured(matterhorn, [(inner, VIEW) for inner in drawings.values()])
    work = Work("a.pdf", load(snapshot), named("dossier"), "default", engine_files())
    style = flatten(work.engine, "default", work.edition.sheet_name, work.sheet)
    findings = proof(typeset(document_of(work).html), Expected.of(work, style, None))
    return by_kind(list(drawings), findings, {"P408", "P462", "P466"})


WORDS = "<text x='5' y='20' font-size='9'>Wire rope</text>"


def words(look: str) -> str:
    """The same words with attributes that give them another look."""
    return WORDS.replace("<text", f"<text {look}")


CLIP = "<clipPath id='c'><rect width='{}' height='{}'/></clipPath>"
UNSEEN = {
    "by an inner viewport": f"<svg width='30' height='40'>{WORDS}</svg>",
    "by its height": f"<svg width='100' height='10'>{WORDS}</svg>",
    "by a clip": f"{CLIP.format(20, 40)}<g clip-path='url(#c)'>{WORDS}</g>",
    "over half of the letters": f"{CLIP.format(100, 16.5)}<g clip-path='url(#c)'>{WORDS}</g>",
    "under a shape": f"{WORDS}<rect width='100' height='40' fill='#fff'/>",
    "partly under a shape": f"{WORDS}<rect x='20' width='20' height='40' fill='#eee'/>",
    "white on white": words("fill='#fdfdfd'"),
    "black on black": f"<rect width='100' height='40'/>{WORDS}",
    "opacity": f"<g opacity='0'>{WORDS}</g>",
    "no fill": words("fill='none'"),
    "under other words": WORDS + words("stroke-width='4' stroke='#fff' fill='#fff'"),
}  # fmt: skip


@pytest.fixture(scope="module")
def unseen(matterhorn: Snapshot) -> Told:
    """What is said of drawings whose words nobody sees."""
    return look(matterhorn, UNSEEN)


@pytest.mark.parametrize("kind", UNSEEN)
def test_words_that_are_drawn_and_not_seen_are_named(unseen: Told, kind: str) -> None:
    """Once, at the picture in images.yaml."""
    [(code, message)] = unseen[kind]
    assert "P462" == code
    file = f"images/wire-{list(UNSEEN).index(kind)}.svg"
    assert f"“Wire rope” in the drawing {file} cannot be seen whole" in message


SHAPE = "<rect width='5' height='5'/>"
UNDRAWN = {
    "in defs": f"<defs>{WORDS}</defs>{SHAPE}",
    "in a symbol": f"<symbol id='s'>{WORDS}</symbol>{SHAPE}",
    "hidden by a rule": f"<style>.h{{display:none}}</style><g class='h'>{WORDS}</g>{SHAPE}",
    "on a hidden layer": f"<g visibility='hidden'>{WORDS}</g>{SHAPE}",
    "of no size": WORDS.replace("9", "0"),
    "scaled to nothing": f"<g transform='scale(0)'>{WORDS}</g>",
    "scaled flat": f"<g transform='scale(1, 0)'>{WORDS}</g>{SHAPE}",
    "in its title": f"<title>Wire rope</title>{SHAPE}",
    "in its description": f"<desc>Wire rope</desc>{SHAPE}",
    "hidden where others are seen": WORDS + words("display='none'").replace("20", "35"),
}


@pytest.fixture(scope="module")
def undrawn(matterhorn: Snapshot) -> Told:
    """What is said of drawings that do not draw their words."""
    return look(matterhorn, UNDRAWN)


@pytest.mark.parametrize("kind", UNDRAWN)
def test_words_that_are_not_drawn_are_named(undrawn: Told, kind: str) -> None:
    """They may be meant to be hidden, so this is a warning."""
    [(code, message)] = undrawn[kind]
    assert "P466" == code
    file = f"images/wire-{list(UNDRAWN).index(kind)}.svg"
    assert f"“Wire rope” in the drawing {file} is not drawn" in message


SEEN = {
    "small, with joined letters": "<text y='9' font-size='2'>office waffle, a flow</text>",
    "scaled": f"<g transform='scale(1.05 0.9)'>{WORDS}</g>",
    "grey": words("fill='#ccc'"),
    "white on black": "<rect width='100' height='40'/>" + words("fill='#fff'"),
    "with a halo": words("stroke='white' stroke-width='2'") + WORDS,
    "under a line": f"{WORDS}<line y1='17' x2='100' y2='17' stroke='red'/>",
    "in a clear group": f"<g opacity='.5'>{WORDS}</g>",
    "as outlines": words("fill='none' stroke='#000' stroke-width='.4'"),
    "in a whole viewport": f"<svg width='100' height='40' viewBox='0 0 100 40'>{WORDS}</svg>",
    "of a program": f"{WORDS}<desc>Created with Sketch.</desc>",
    "as the alt text has it": f"{WORDS}<title>A wire between two posts</title>",
}  # fmt: skip


def test_words_that_are_seen_are_silent(matterhorn: Snapshot) -> None:
    assert look(matterhorn, SEEN) == {kind: [] for kind in SEEN}


@pytest.mark.parametrize(
    ("turns", "found"),
    [
        (["scale(-1, 1)"], True),
        (["translate(9) scale(1 -1)"], True),
        (["matrix(0 1 1 0 0 0)"], True),
        (["scale(1, -1)", "matrix(1,0,0,-1,0,0)"], False),
        (["scale(-2)"], False),
        (["rotate(180)", "scale(0.5)"], False),
        (["scale(-1,1)", "scale(-1,1)", "scale(-.5,1e1)"], True),
    ],
)
def test_mirrored_words_are_found(turns: list[str], found: bool) -> None:
    """By the transformations around them together: what is turned back is read."""
    drawn = WORDS
    for turn in reversed(turns):
        drawn = f"<g transform='{turn}'>{drawn}</g>"
    picture = f"<svg xmlns='http://www.w3.org/2000/svg'>{drawn}</svg>"
    assert ["Wire rope"] * found == list(mirrored(picture.encode()))
