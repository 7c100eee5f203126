"""What citations rest on: excerpts, whose words they are, and how far a source was read."""

from __future__ import annotations

import csv
import io

import pytest

from press.cli.evidence import evidence_lines
from press.content.evidence import level_told
from press.content.load import Loaded, load
from press.content.model import Cite
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import EDITIONS
from press.views import data
from press.views.strip_links import words
from press.views.view import Work
from tests.conftest import document_of

CITED = """\
      - date: 1865-07-17
        says: Whymper
        sources:
          - {id: whymper, p. 400, says: "on the 17th of July, 1865", by: Carrel,
             level: quoted in, via: a letter}
"""
SOURCES = """\
    checked: title pages only
    excerpts:
      - {at: p. 9, says: "no text at hand"}
      - {at: p. 12, says: "We were ‘all’ there", by: a guide}
"""


@pytest.fixture(scope="module")
def evidenced(matterhorn: Snapshot) -> Snapshot:
    """The small dossier, with words of its sources."""
    chronology = matterhorn.text("chronology.yaml").replace(
        "      - date: 1865-07-17\n        says: Whymper\n        sources: [whymper]\n", CITED
    )
    checked = "    checked: cited as an example in the press's own tests\n"
    sources = matterhorn.text("sources.yaml").replace(checked, SOURCES, 1)
    dossier = matterhorn.text("dossier.yaml").replace("appendix: facts", "appendix: evidence")
    asked = matterhorn.text("questions.yaml").replace(
        'sources: ["whymper, p. 387"]',
        'sources: [{id: whymper, at: p. 387, says: "we won"}]',
    )
    files = {"chronology.yaml": chronology, "sources.yaml": sources, "dossier.yaml": dossier}
    files["questions.yaml"] = asked
    made = {name: text.encode() for name, text in files.items()}
    return Snapshot(matterhorn.slug, matterhorn.label, {**matterhorn.files, **made})


@pytest.fixture(scope="module")
def loaded(evidenced: Snapshot) -> Loaded:
    return load(evidenced)


def test_a_citation_is_an_id_or_keys(loaded: Loaded) -> None:
    """The place in the source may stand in braces without a key."""
    assert loaded.findings == ()
    (cite,) = loaded.dossier.events["carrel"].claims[0].sources
    assert (cite.source, cite.at, cite.by) == ("whymper", "p. 400", "Carrel")
    assert (cite.text, cite.level, cite.via) == (
        "on the 17th of July, 1865",
        "quoted in",
        "a letter",
    )
    assert cite.bare == Cite.model_validate("whymper, p. 400")


def test_the_words_of_checked_say_how_far_a_source_was_read() -> None:
    for checked, level in {
        "Not read; listed for further reading.": "not read",
        "Title pages only; not read inside.": "not read",
        "Introduction read; the account of the fighting not read.": "read in part",
        "Read in full, in a copy.": "read",
        "The list read.": "read",
        "Opening read.": "read in part",
    }.items():
        assert level_told(checked, "en") == level, checked
    assert level_told("Nicht gelesen.", "de") == "not read"
    assert level_told("Début lu.", "fr") == "read in part"


def test_an_id_shows_what_it_rests_on(loaded: Loaded) -> None:
    """An event with its accounts; a source with all that rests on it, and its own words."""
    lines = list(evidence_lines(loaded, "carrel"))
    assert lines[0].startswith("carrel: The Italian ridge")
    said = "“on the 17th of July, 1865”, Carrel, p. 400"
    assert f"    whymper, quoted in via a letter: {said}" in lines
    assert "    times, read: no excerpt" in lines
    of_source = list(evidence_lines(loaded, "whymper"))
    assert "  “We were ‘all’ there”, a guide, p. 12" in of_source
    assert any(line.startswith("matterhorn.height:") for line in of_source)
    answer = next(evidence_lines(loaded, "question:who-first"))
    assert " Which party reached the summit first? The party from Zermatt" in answer
    assert list(evidence_lines(loaded, "nobody")) == []


def test_evidence_travels_in_the_data(loaded: Loaded) -> None:
    rows = list(csv.DictReader(io.StringIO(_csv(loaded))))
    (row,) = [row for row in rows if row["by"] == "Carrel"]
    assert (row["address"], row["value"], row["says"]) == ("carrel", "1865-07-17", "Whymper")
    assert (row["level"], row["via"], row["at"]) == ("quoted in", "a letter", "p. 400")
    assert {row["kept"] for row in rows} == {"", "yes", "no text at hand"}
    assert not any(row["address"].startswith("question:") for row in rows)


def _csv(loaded: Loaded) -> str:
    made = {one.name: one.content for one in data.enclosures(loaded.dossier, None)}
    return made["evidence.csv"].decode("utf-8-sig")


def test_the_appendix_prints_the_words(evidenced: Snapshot) -> None:
    """Each excerpt under its account, with speaker, source and level; what is not kept says so."""
    files = {name: raw for name, raw in evidenced.files.items() if name != "plates.yaml"}
    chapter = "chapters/01-the-mountain.md"
    files[chapter] = files[chapter].replace(b"[[plate:mountain]]", b"it")
    loaded = load(Snapshot(evidenced.slug, evidenced.label, files))
    html = document_of(Work("x", loaded, EDITIONS["dossier"], "default", engine_files())).html.text
    part = html[html.index('id="appendix-evidence"') : html.index('id="sources"')]
    part = words(part).replace("\xa0", " ")
    assert "1 is given here with the words" in part
    assert "17 July 1865, Whymper: ‘on the 17th of July, 1865’ – Carrel, Whymper 1871" in part
    assert "read as quoted. Via a letter" in part
    assert "‘We were “all” there’ – a guide, Whymper 1871, p. 12, not read" in part
    assert "no text at hand – Whymper 1871, p. 9, not read" in part
    assert "we won" not in part, "answers are for those who ask"
