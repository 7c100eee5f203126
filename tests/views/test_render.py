"""Rendering: templates that fail say where, and links hold words only."""

from __future__ import annotations

import re
from collections import Counter
from types import SimpleNamespace

import pytest

from press import locale
from press.base.finding import ContentError
from press.base.templates import environment, filled
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design.editions import EDITIONS, named
from press.views.render import living_links, plain_links
from press.views.view import Work
from tests.conftest import DOSSIERS, document_of


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('<a href="#x">word</a>', '<a href="#x">word</a>'),
        ('<a href="#x"><em>word</em></a>', '<em><a href="#x">word</a></em>'),
        (
            '<a id="i" href="#x">one <em>two</em> three</a>',
            '<a id="i" href="#x">one </a><em><a href="#x">two</a></em><a href="#x"> three</a>',
        ),
        ("<p>no link, <em>only</em> words</p>", "<p>no link, <em>only</em> words</p>"),
    ],
)
def test_links_hold_words_only(given: str, expected: str) -> None:
    """The link goes inside what it contains, and its id stays where it began."""
    assert expected == plain_links(given)


def test_what_leads_nowhere_is_no_link() -> None:
    """In a part of the dossier, links and pages of what is left out are words alone."""
    text = (
        '<h1 id="here">A</h1><a href="#here">a</a> <a class="x" href="#gone">b <em>c</em></a>, '
        'p. <span class="page-ref" data-page-of="gone">0</span>; '
        '<span class="page-ref" data-page-of="here">0</span> <a href="https://example.org">d</a>'
    )
    assert living_links(text) == (
        '<h1 id="here">A</h1><a href="#here">a</a> b <em>c</em>; '
        '<span class="page-ref" data-page-of="here">0</span> <a href="https://example.org">d</a>'
    )


def test_fault_of_any_template_is_a_finding_at_its_line() -> None:
    """Sheets, reports, plates and blocks are filled in as pages are: none ends in a crash."""
    templates = environment({"templates/plates/new.html": b"one\n{{ drawing.nothing / 0 }}"})
    with pytest.raises(ContentError, match=r"templates/plates/new\.html:2: T501"):
        filled(templates, "plates/new.html", drawing={"nothing": 1})


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_anchor_stands_twice(edition: str) -> None:
    """A booklet prints the standfirst again on its back: the fact and the note in it stand once."""
    files = {**read(DOSSIERS / "tiny", "tiny").files}
    dossier = files["dossier.yaml"].replace(
        b"three came back", b"{fact: summit.date} came back^[x]"
    )
    files["dossier.yaml"] = dossier.replace(b"standfirst: ", b"standfirst: >-\n  ")
    loaded = load(Snapshot("tiny", "tiny", files))
    work = Work("x.pdf", loaded, named(edition), "default", engine_files())
    text = document_of(work).html.text
    twice = [name for name, times in Counter(re.findall(r'\sid="([^"]+)"', text)).items()
             if times > 1]  # fmt: skip
    assert not twice
    assert ('id="fact-summit.date-1"' in text) == (named(edition).view == "book")


def test_a_dossier_without_chapters_opens_with_what_stands_over_them() -> None:
    """Its standfirst, and its infobox, are printed all the same, and once."""
    box = SimpleNamespace(title="Two parties", rows=(), note="")
    templates = environment(engine_files())
    chapter = SimpleNamespace(id="a", number=1, title="A", html="text")
    for chapters in ((), (chapter,), (chapter, chapter)):
        book = SimpleNamespace(chapters=chapters, infobox=box, standfirst="Seven climbers")
        text = filled(templates, "parts/chapters.html", book=book, w=locale.messages("en"))
        assert [text.count(f">{said}<") for said in ("Seven climbers", "Two parties")] == [1, 1]
        assert text.count('id="opening"') == 1
