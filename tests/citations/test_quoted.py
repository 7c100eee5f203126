"""What was read only as another source quotes it is cited with that source."""

from __future__ import annotations

import re

import pytest

from press.citations import CitationItem, Citations
from press.content import model
from press.content.load import load
from press.content.model import Cite
from press.content.snapshot import Snapshot
from tests.prose.test_prose import printed, prose

LETTER = {"id": "ft", "type": "article-newspaper", "title": "[Report]", "container": "FT",
          "issued": "1993-08-24", "quoted-in": "cost, p. 78"}  # fmt: skip
BOOK = {"id": "cost", "type": "book", "author": "Costello, Bonnie", "title": "Moore",
        "publisher": "Harvard", "issued": "1981"}  # fmt: skip


def citations(language: str = "en", **book: str) -> Citations:
    found = [
        model.Source.model_validate({"kind": "press", "checked": "t", **fields})
        for fields in (LETTER, {**BOOK, **book})
    ]
    return Citations({source.id: source for source in found}, language)


def plain(text: str) -> str:
    return re.sub("<[^>]*>", "", text).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "quoted in"), ("de", "zitiert nach"), ("fr", "cité dans")]
)
def test_notes_and_entries_say_where_it_was_read(language: str, words: str) -> None:
    """CMOS 17, 14.260: both in the note, and both in the list."""
    found = citations(language)
    cluster = [CitationItem("ft", "p. 2"), CitationItem("cost", "p. 78", carrier=True)]
    first, later = plain(found.note(cluster)), plain(found.note(cluster))
    assert first.endswith(f", 2, {words} Bonnie Costello, Moore (Harvard, 1981), 78.")
    assert later.endswith(f", 2, {words} Costello, Moore, 78.")
    entries = dict(found.bibliography(["ft", "cost"]))
    assert plain(entries["ft"]).endswith(f". {words.capitalize()} Costello, Moore, 78.")
    assert plain(entries["cost"]) == "Costello, Bonnie. Moore. Harvard, 1981."


def test_a_chain_of_quotations_ends() -> None:
    """Each source of a chain is named once, also where it goes round."""
    found = citations(**{"quoted-in": "ft, p. 1"})
    assert [cite.source for cite in found.carriers("ft")] == ["cost"]
    assert plain(found.entry("ft")).count("uoted in") == 1


def test_notes_and_tables_link_both(matterhorn: Snapshot) -> None:
    """A note and the label in a table lead to either source, and cite it."""
    old = matterhorn.files["sources.yaml"]
    new = old.replace(b"    short: Times", b"    quoted-in: whymper, p. 387\n    short: Times")
    dossier = load(
        Snapshot(matterhorn.slug, matterhorn.label, {**matterhorn.files, "sources.yaml": new})
    ).dossier
    stage = prose(dossier)
    note = printed("A letter [see @times, p. 3; @whymper, p. 5].", stage).html
    assert "3, quoted in Edward Whymper" in plain(note)
    assert "387; Whymper, Scrambles" in plain(note)
    assert stage.cited("times")
    assert stage.cited("whymper")
    label = stage.cites([Cite(source="times", at="p. 3")])
    assert plain(label) == "Times, 8 August 1865, p. 3, quoted in Whymper 1871, p. 387"
    assert label.count("<a ") == 2
