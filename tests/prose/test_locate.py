"""From printed words back to the line where they were written."""

from __future__ import annotations

import pytest

from press.content import locate
from press.content.load import Loaded, load
from press.content.snapshot import Snapshot
from press.typeset.expected import Expected
from press.typeset.proof import proof
from press.typeset.typeset import typeset
from tests.typeset.test_typeset import document


@pytest.fixture(scope="module")
def loaded(matterhorn: Snapshot) -> Loaded:
    """The small dossier."""
    return load(matterhorn)


@pytest.mark.parametrize(
    ("words", "anchors", "place"),
    [
        ("waited in Zermatt; Map 1, p. 5 shows where", (), ("chapters/01-the-mountain.md", 4)),
        ("our unfortunate com\N{SOFT HYPHEN}-\npanions", (), ("chapters/02-the-descent.md", 5)),
        ("Four climbers FALL on the way", (), ("chronology.yaml", 31)),
        ("Whymper", ("event-carrel",), ("chronology.yaml", 0)),
        ("14 July 1865", ("event-first-attempt",), ("chronology.yaml", 0)),
        ("00", ("source-times",), ("sources.yaml", 0)),
        ("00", ("nothing-here", "place-breuil"), ("gazetteer.yaml", 0)),
    ],
)  # fmt: skip
def test_words_lead_to_their_line(
    words: str, anchors: tuple[str, ...], place: tuple[str, int], loaded: Loaded
) -> None:
    """Divided words and other marks do not hide it; where nothing is found, the entry is named."""
    found = locate.find(loaded, words, anchors)
    assert found is not None
    file, line, _ = found
    assert f"matterhorn/{place[0]}" == file
    text = loaded.snapshot.files[place[0]].decode().splitlines()
    if place[1]:
        assert locate.plain(words)[:6] in locate.plain(text[line - 1])
    else:  # within the entry of the anchor
        ident = anchors[-1].partition("-")[2]
        entry = next(n for n, row in enumerate(text, 1) if f"id: {ident}" in row)
        assert entry <= line
        assert not any("- id:" in row for row in text[entry:line])


def test_words_that_nobody_wrote(loaded: Loaded) -> None:
    """What the press prints of its own accord has no line."""
    assert None is locate.find(loaded, "xyzzyxyzzy", ())
    assert None is locate.find(loaded, "", ("call-1",))


def test_lost_note_names_the_sentence(loaded: Loaded) -> None:
    """A note that strays is reported at the words that call it."""
    from dataclasses import replace

    call = "Hunters from Breuil try the Italian ridge."
    html = document(
        f'<h1>A</h1><p>{call}<span class="note" id="note-1">note</span></p>',
        ".note{float:footnote}",
    )
    pages = typeset(html)
    moved = replace(pages, rounds=({**pages.folios, "note-1": (2,), "call-1": (1,)},))
    expected = Expected("a.pdf", frozenset({"Text"}), loaded=loaded)
    (found,) = (f for f in proof(moved, expected) if f.code == "P406")
    text = loaded.snapshot.files["chronology.yaml"].decode().splitlines()
    assert ("matterhorn/chronology.yaml", 1) == (found.file, found.page)
    assert call in text[found.line - 1]
