"""The structure tree: what a screen reader is given, in a form to read."""

from __future__ import annotations

import io
import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array

from press.content.load import load
from press.content.snapshot import Snapshot
from press.output.structure import Tag, Text, joined, read
from press.output.transcript import transcript
from press.typeset.typeset import SetPages, typeset
from tests.conftest import HERE
from tests.typeset.test_typeset import document

if TYPE_CHECKING:
    from press.pipeline import Made

SNAPSHOTS = HERE / "structure"
CSS = ".note{float:footnote}p{hyphens:auto}html{hyphenate-character:'-'}@page{size:A6}"


def tagged(body: str, css: str = "") -> SetPages:
    """A small document, set."""
    return typeset(document(f"<h1>A</h1>{body}", CSS + css))


def tree(body: str, css: str = "") -> Tag:
    """The structure of a small document."""
    return read(tagged(body, css).pdf)


def kept(name: str, text: str) -> str:
    """The snapshot of ``name``; where there is none yet it is written, and the test fails."""
    file = SNAPSHOTS / name
    if not file.exists():
        file.write_text(text, "utf-8")
        pytest.fail(f"{file.name} was written anew; read it through")
    # After a change that was meant: delete the file, run this again, and read what was written.
    return file.read_text("utf-8")


def without_press(text: str) -> str:
    """``text`` without what changes with every dependency: versions and the content's digest."""
    text = re.sub(r"(?m)^.*content [0-9a-f]{16}.*$\n?", "", text, flags=re.IGNORECASE)
    return re.sub(r"\b\d+\.\d+\.\d+\b", "0.0.0", text)


def outline(tag: Tag, depth: int = 0) -> str:
    """The tree in a form to read and to compare: one element a line, indented by its depth.

    Words stand behind their element where it holds nothing else, else on lines among its children.
    """
    parts = [tag.kind, *(f"{name}={value}" for name, value in sorted(tag.attributes.items()))]
    for name, value in (("lang", tag.language), ("alt", tag.alt), ("for", tag.expansion)):
        if value:
            parts.append(f"{name}={_short(value)!r}")
    if tag.spoken is not None:
        parts.append(f"says={_short(tag.spoken)!r}")
    parts += [f"link={_short(words)!r}" for words in tag.annotations]
    lines: list[str] = []
    for inner, run in groupby(tag.children, key=lambda child: isinstance(child, Tag)):
        children = list(run)
        if inner:
            lines += [outline(child, depth + 1) for child in children if isinstance(child, Tag)]
            continue
        words = _short(
            " ".join(joined(child for child in children if isinstance(child, Text)).split())
        )
        if len(children) == len(tag.children) and words:
            parts.append(f'"{words}"')
        elif words:
            lines.append("  " * (depth + 1) + f'"{words}"')
    return "\n".join(["  " * depth + " ".join(parts), *lines])


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


@pytest.fixture(scope="module")
def small_tree(small: Made) -> Tag:
    """The structure of the small dossier, read once."""
    return read(small.pdf)


def test_structure_of_the_small_dossier(small_tree: Tag) -> None:
    """The whole tree is the one that was read and found good."""
    found = without_press(outline(small_tree) + "\n")
    assert kept("matterhorn.tree.txt", found) == found


def test_small_dossier_read_aloud(small_tree: Tag) -> None:
    """The text is the one that was read aloud and found good."""
    found = without_press(transcript(small_tree))
    assert kept("matterhorn.transcript.txt", found) == found


LONG = "".join(f"<tr><th scope='row'>{n}</th><td>cell {n}</td></tr>" for n in range(80))


def test_table_over_pages_is_one_table() -> None:
    """A table that breaks stays one, its head is heard once, and each head has its scope."""
    head = "<thead><tr><th scope='col'>n</th><th scope='col'>cell</th></tr></thead>"
    proof = tagged(f"<table>{head}<tbody>{LONG}</tbody></table>")
    assert proof.pages > 2
    (table,) = read(proof.pdf).find("Table")
    assert len(list(table.find("THead"))) == 1
    assert [row.words for row in table.find("TR")][:2] == ["n cell", "0 cell 0"]
    assert len(list(table.find("TR"))) == 81
    assert {"Row", "Column"} == {cell.attributes["Scope"] for cell in table.find("TH")}


def test_note_stands_beside_its_reference() -> None:
    """Reference and note follow one another where the note is called, not at the page's foot."""
    (paragraph,) = tree('<p>word<span class="note">the note</span> more</p>').find("P")
    kinds = [
        child.kind if isinstance(child, Tag) else child.words.strip()
        for child in paragraph.children
    ]
    assert ["word", "Reference", "Note", "more"] == kinds
    (note,) = paragraph.find("Note")
    assert [label.words for label in note.find("Lbl")] == ["1."]


def test_running_heads_and_folios_are_artifacts() -> None:
    """What stands in the margins is in no element, and marked as pagination."""
    proof = tagged("<p>text</p>", "@page{@top-left{content:'head'}@bottom-left{content:'7'}}")
    assert "A text" == read(proof.pdf).words
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        stream: Any = pikepdf.parse_content_stream(pdf.pages[0])
        marks = [
            (str(ops[0]), str(ops[1].get("/Type")) if len(ops) > 1 else "")
            for ops, name in stream
            if str(name) == "BDC"
        ]
    assert 2 == marks.count(("/Artifact", "/Pagination"))


def links(pdf: bytes) -> list[tuple[str, int]]:
    """The link annotations of a file: what each says, and how many areas it has."""
    with pikepdf.open(io.BytesIO(pdf)) as document_:
        pages: list[Any] = list(document_.pages)
        found: list[Any] = [link for page in pages for link in page.get("/Annots", Array())]
        return [(str(link.Contents), len(link.get("/QuadPoints", range(8))) // 8) for link in found]


def test_link_over_two_lines_is_one_annotation() -> None:
    """A link that a line end divides is one annotation with two areas, and says its words."""
    words = "some words that are long enough to need another line of this small page for certain"
    proof = tagged(f'<p>before it <a href="https://example.org/">{words} <em>of it</em></a></p>')
    ((said, areas),) = links(proof.pdf)
    assert f"{words} of it" == said
    assert areas >= 2
    (tag,) = read(proof.pdf).find("Link")
    assert f"{words} of it" == tag.words


def test_parts_of_a_link_are_one_link() -> None:
    """Links that follow one another to one place are one; others stay apart."""
    body = '<p><a href="#a">one, </a><em><a href="#a">two</a></em>; <a href="#a">three</a></p>'
    found = [tag.annotations for tag in tree(f'<p id="a">x</p>{body}').find("Link")]
    assert [("one, two",), ("three",)] == found


def test_lists_are_numbered_and_nested() -> None:
    """A list says how it is numbered; labels and bodies are told apart, definitions too."""
    body = "<ol><li>one<ul><li>two</li></ul></li></ol><dl><dt>term</dt><dd>meaning</dd></dl>"
    ordered, bullets, definitions = tree(body).find("L")
    numbering = [x.attributes["ListNumbering"] for x in (ordered, bullets, definitions)]
    assert ["Decimal", "Circle", "None"] == numbering
    (item,) = [child for child in ordered.children if isinstance(child, Tag)]
    assert ["Lbl", "LBody"] == [child.kind for child in item.children if isinstance(child, Tag)]
    assert ["term", "meaning"] == [x.words for x in definitions.find("Lbl", "LBody")]


def test_language_and_abbreviation_are_kept() -> None:
    """A foreign name has its language, an abbreviation its long form."""
    (paragraph,) = tree(
        '<p><span lang="az">Ağdam</span> and <abbr title="United Nations">UN</abbr></p>'
    ).find("P")
    assert [("az", ""), ("", "United Nations")] == [
        (span.language, span.expansion) for span in paragraph.find("Span")
    ]
    assert "Ağdam and United Nations" == paragraph.words


def test_divided_word_is_spoken_whole() -> None:
    """A hyphen that the line end asked for is not heard; one that the author wrote is."""
    text = "incomprehensibilities and well-known internationalisation " * 8
    proof = tagged(f"<p>{text}</p>")
    (paragraph,) = read(proof.pdf).find("P")
    assert text.strip() == paragraph.words
    assert any(span.spoken is not None for span in paragraph.find("Span"))


def test_sign_beside_its_words_is_decoration() -> None:
    """A sign whose title stands beside it is not heard twice; alone it is heard."""
    svg = '<svg width="9" height="9"><title>Town</title><rect width="9" height="9"/></svg>'
    assert [] == list(tree(f"<p>{svg} Town</p>").find("Figure"))
    assert [] == list(tree(f"<ul><li>{svg}Town</li></ul>").find("Figure"))
    assert ["Town"] == [figure.alt for figure in tree(f"<p>{svg} else</p>").find("Figure")]


@pytest.fixture(scope="module")
def reference_tree(reference: Made) -> Tag:
    """The structure of the reference dossier: read once, for nothing in it can be changed."""
    return read(reference.pdf)


def test_contents_infobox_and_chapter_in_the_eyes_order(reference_tree: Tag) -> None:
    """After the contents come standfirst, chapter and infobox, and then the text."""
    said = transcript(reference_tree)
    order = [
        "Heading 1: Contents", "Between June and October 1993", "Heading 1: 1 In brief",
        "Part of: ", "Heading 2: Key facts", "Heading 1: Chronology",
        "Heading 1: Gazetteer", "Heading 1: Sources", "Heading 1: Colophon",
    ]  # fmt: skip
    places = [said.index(words) for words in order]
    assert sorted(places) == places


def test_bookmarks_follow_the_headings(reference: Made, reference_tree: Tag) -> None:
    """The outline names the headings in the order in which they are read."""
    headings = [tag.words for tag in reference_tree.find("H1", "H2")]
    with pikepdf.open(io.BytesIO(reference.pdf)) as pdf, pdf.open_outline() as outline_:
        titles = [str(item.title) for item in outline_.root]
        shown = bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert shown
    heads = iter(re.sub(r"\W", "", words) for words in headings)
    found = [re.sub(r"\W", "", title) for title in titles]
    assert len(found) >= 16
    assert [] == [title for title in found if not any(head.endswith(title) for head in heads)]


def test_every_link_has_its_place_in_the_structure(reference: Made, reference_tree: Tag) -> None:
    """Links and annotations are the same in number, page by page and each with words."""
    found = links(reference.pdf)
    tags = [words for tag in reference_tree.find("Link") for words in tag.annotations]
    assert len(found) == len(tags) > 500
    assert [] == [words for words in tags if not re.search(r"\w", words) or words.startswith("#")]


def test_tables_of_the_reference_are_whole(reference_tree: Tag, reference_files: Snapshot) -> None:
    """Each table has one head, and every row as many columns as the others.

    They are the chronology, the gazetteer and those of tables/.
    """
    tables = list(reference_tree.find("Table"))
    assert len(tables) == 2 + len(load(reference_files).dossier.tables)
    for table in tables:
        assert len(list(table.find("THead"))) == 1
        widths = {
            sum(int(cell.attributes.get("ColSpan", 1)) for cell in row.find("TH", "TD"))
            for row in table.find("TR")
        }
        assert len(widths) == 1


def test_sources_of_the_reference_are_items_of_lists(
    reference_tree: Tag, reference_files: Snapshot
) -> None:
    """A list under the heading of each kind of source and of further reading, an item for each."""
    sources = load(reference_files).dossier.sources.sources
    tags = list(reference_tree.tags())
    kinds = ("Primary sources", "Press and agencies", "Secondary literature", "Reference works")
    heads = (*kinds, "Further reading")
    lists = [
        next(later for later in tags[number:] if later.kind == "L")
        for number, tag in enumerate(tags)
        if re.fullmatch(r"H\d", tag.kind) and tag.words in heads
    ]
    assert len(lists) == len(heads) == len({source.kind for source in sources}) + 1
    assert sum(len(found.inner("LI")) for found in lists) == len(sources)


def test_foreign_names_are_marked(reference_tree: Tag) -> None:
    """Azerbaijani, Armenian and Russian names say in which language they are."""
    languages = {tag.language for tag in reference_tree.tags()}
    assert {"az", "hy", "ru"} <= languages


def test_snapshots_belong_to_tests() -> None:
    """No snapshot is left over."""
    assert {"matterhorn.tree.txt", "matterhorn.transcript.txt"} == {
        p.name for p in SNAPSHOTS.iterdir()
    }


def test_missing_snapshot_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot that is not there is no success."""
    monkeypatch.setattr("tests.typeset.test_tagging.SNAPSHOTS", tmp_path)
    with pytest.raises(pytest.fail.Exception):
        kept("new.txt", "text")


def test_foreign_title_in_a_link_keeps_its_language() -> None:
    """A link in parts, one of them in another language, is one link with that part marked."""
    part = '<a href="#b">{}</a>'.format
    pieces = f"{part('‘')}<span lang='de'>{part('Die Lage')}</span>{part('’, a paper')}"
    (link,) = read(tagged(f"<p>see {pieces}</p><p id='b'>b</p>").pdf).find("Link")
    assert ["‘Die Lage’, a paper"] == list(link.annotations)
    assert ["de"] == [span.language for span in link.find("Span")]
    assert ["Die Lage"] == ["".join(t.words for t in span.pieces()) for span in link.find("Span")]


def test_link_that_begins_in_another_language_ends_in_its_own() -> None:
    """A first part in another language does not colour the rest of the link."""
    part = '<a href="#b">{}</a>'.format
    pieces = f"<em><span lang='de'>{part('Die Lage')}</span></em>{part(', a paper')}"
    (link,) = read(tagged(f"<p>{pieces}</p><p id='b'>b</p>").pdf).find("Link")
    assert "" == link.language
    assert ["Die Lage"] == ["".join(t.words for t in span.pieces()) for span in link.find("Span")]
