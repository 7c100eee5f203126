"""The index: what is found in the finished words, on which pages, and in which order."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from markupsafe import Markup

from press.base.collation import collation, initial
from press.base.templates import environment
from press.checks.counted import coverage
from press.content.headings import Heading, headings
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design.editions import EDITIONS
from press.pipeline import Made
from press.plates import Drawing
from press.plates.figure import figure
from press.typeset.folios import ranges, with_folios
from press.views import index
from press.views.index import view
from press.views.mentions import add_anchors
from press.views.view import Work
from tests.conftest import EXAMPLE, Changed, document_of


def heading(name: str, *spellings: str, kind: str = "person", **more: str) -> Heading:
    """A heading with the key ``entry:<name>``."""
    spelt = spellings or (name,)
    return Heading(f"entry:{name}", kind, name, spellings=spelt, **more)  # type: ignore[arg-type]


def found(words: str, *listed: Heading, language: str = "en") -> list[str]:
    """What is found in a document of these words: the words inside each anchor."""
    text = f"<html><main>{words}</main></html>"
    whole = add_anchors(text, {h.key: h for h in listed}, language).text
    return re.findall(r'<span id="ix-[^"]+">([^<]*)</span>', whole)


def html_of(snapshot: Snapshot) -> str:
    """The document of a dossier before it is set."""
    chapter = "chapters/01-the-mountain.md"
    files = dict(snapshot.files)
    if "plates.yaml" not in files and chapter in files:
        files[chapter] = files[chapter].replace(b"[[plate:mountain]]", b"it")
    loaded = load(Snapshot(snapshot.slug, snapshot.label, files))
    return document_of(Work("x", loaded, EDITIONS["dossier"], "default", engine_files())).html.text


@pytest.fixture(scope="session")
def prepared(matterhorn: Snapshot) -> str:
    """The document of the small dossier before it is set, without its plates."""
    files = {k: v for k, v in matterhorn.files.items() if k != "plates.yaml"}
    return html_of(Snapshot(matterhorn.slug, matterhorn.label, files))


def test_a_map_counts_for_the_places_that_it_shows() -> None:
    """Not for those that it says to lie beyond it; what its author wrote is read as any text."""
    drawing = Drawing(
        "m", "map", "Map 1", "page", "A map", note="See Baku.", places=frozenset({"agdam"}),
        remarks=("Beyond this map: Moscow.",),
    )  # fmt: skip
    dossier = load(read(EXAMPLE, "matterhorn")).dossier
    html = figure(drawing, environment(engine_files()), dossier, lambda _: Markup(""))
    named = ("Agdam", "Baku", "Moscow")
    listed = {f"place:{n.lower()}": replace(heading(n), key=f"place:{n.lower()}") for n in named}
    met = add_anchors(f"<html><main>{html}</main></html>", listed, "en").met
    assert met == {"place:agdam", "place:baku"}


# -- spellings


def test_longest_spelling_is_meant() -> None:
    """“Agdam district” is the district, and the town is not counted for it."""
    town, district = heading("town", "Agdam"), heading("district", "Agdam district")
    text = "<main><p>Agdam, Agdam district</p></main>"
    whole = add_anchors(text, {h.key: h for h in (town, district)}, "en").text
    assert '<span id="ix-entry-town-1">Agdam</span>, <span id="ix-entry-district-1">' in whole
    assert "town-2" not in whole


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("<p>Aras, Aras’s, (Aras)</p>", 3),
        ("<p>Araspur, Karas, aras, ARAS</p>", 0),
        ("<p>Nagorno-Aras, Aras-Vale</p>", 0),
        ("<p>the Aras-side road; Aras–Kura</p>", 2),
        ("<p>Aras\u0301</p>", 0),
        ("<p>l’Aras</p>", 1),
    ],
)
def test_words_are_whole(words: str, times: int) -> None:
    """A name counts as a word of its own, in its own case, and not inside a longer name."""
    assert len(found(words, heading("Aras"))) == times


def test_terms_take_capitals_and_endings() -> None:
    """A term is found at the head of a sentence and in the plural; a name takes no ending."""
    assert found("<p>Couloirs and a couloir</p>", heading("couloir", kind="term")) == [
        "Couloirs", "couloir",
    ]  # fmt: skip
    assert not found("<p>Carrels</p>", heading("Carrel"))


def test_german_names_take_an_s() -> None:
    """In German a name has its genitive."""
    assert found("<p>Agdams Fall</p>", heading("Agdam"), language="de") == ["Agdams"]


def test_a_star_takes_any_ending() -> None:
    """Languages that inflect names name the stem."""
    assert found("<p>в Агдаме, Агдам</p>", heading("Agdam", "Агдам*"), language="ru") == [
        "Агдаме", "Агдам",
    ]  # fmt: skip


def test_scripts_without_spaces() -> None:
    """Where words are not parted by spaces, a name is found inside the run of letters."""
    assert found("<p>彼は東京に行った</p>", heading("東京")) == ["東京"]


def test_quotes_and_signs_are_written_many_ways() -> None:
    """Apostrophes and hyphens of every kind are the same spelling; so is ``&amp;``."""
    mark = heading("x", "O'Brien & Son-in-law")
    assert found("<p>O’Brien &amp; Son\u2011in\u2011law</p>", mark)


# -- where it looks


def test_nothing_is_put_into_drawings_and_links_to_sources() -> None:
    """SVG, code, links to sources and parts that say so are left as they are."""
    text = (
        '<main><svg><text>Aras</text></svg><a href="#source-x">Aras</a><code>Aras</code>'
        '<section data-index="none"><p>Aras</p></section></main><p>Aras</p>'
    )
    assert add_anchors(text, {"entry:Aras": heading("Aras")}, "en").text == text


def test_a_link_keeps_words_only() -> None:
    """Inside a link nothing is put: the link itself is the anchor, or the place before it."""
    listed = {"entry:Aras": heading("Aras"), "entry:Kura": heading("Kura")}
    text = '<main><p>The <a href="https://x.y">Aras and Kura</a>.</p></main>'
    assert add_anchors(text, listed, "en").text == (
        '<main><p>The <span id="ix-entry-Kura-1"></span>'
        '<a id="ix-entry-Aras-1" href="https://x.y">Aras and Kura</a>.</p></main>'
    )


def test_names_run_over_inline_tags_but_not_over_notes() -> None:
    """Italics do not part a name; a note at the foot of the page does not join one."""
    name = heading("n", "Monte Melkonian")
    note = '<span class="note" id="note-1">{}</span>'
    assert found("<p>Monte <em>Melkonian</em></p>", name) == ["Monte "]
    assert found(f"<p>Monte {note.format('Kura')}Melkonian</p>", name) == ["Monte "]
    assert not found("<p>Monte</p><p>Melkonian</p>", name)
    assert found(f"<p>x {note.format('Monte Melkonian')}</p>", name)


def test_an_entry_is_no_mention_of_itself() -> None:
    """The gazetteer's own line is the principal mention and is not counted a second time."""
    place = Heading("place:aras", "place", "Aras", spellings=("Aras",), principal="place-aras")
    text = '<main><tr id="place-aras"><td>Aras</td></tr><p>Aras</p></main>'
    assert add_anchors(text, {place.key: place}, "en").text.count("ix-place-aras-") == 1


def test_the_author_marks_what_has_no_name(changed: Changed) -> None:
    """``[[entry:whymper|their leader]]`` is a mention, and prints the words."""
    chapter = b"# One\n\nThen [[entry:whymper|their leader]] spoke.\n"
    files = {f"chapters/{n}.md": None for n in ("01-the-mountain", "02-the-descent")}
    snapshot = changed({**files, "chapters/01-one.md": chapter, "plates.yaml": None})
    job = Work("x", load(snapshot), EDITIONS["dossier"], "default", engine_files())
    text = document_of(job).html.text
    assert re.search(r'Then <span id="ix-entry-whymper-\d+">their leader</span> spoke', text)


# -- order


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Agdam", "Çiller", "de Waal", "Ərəb", "Eyck", "Zürich"]),
        ("sv", ["Zürich", "Åre", "Ängby", "Örebro"]),
        ("az", ["Cəbrayıl", "Çiller", "Eldar", "Əsgəran", "Xocavənd", "Iğdır", "İmişli", "Jrakan"]),
        ("es", ["Nuria", "Ñuble", "Oviedo"]),
        ("ru", ["Ереван", "Ёлкин", "Жуков", "Иванов", "Йод"]),
        ("cs", ["Hora", "Cheb", "Iva"]),
        ("de", ["Mahler", "Mähren", "Müller", "Munch"]),
    ],
)
def test_order_is_the_languages_own(language: str, names: list[str]) -> None:
    """Letters that an alphabet has of its own stand where it has them; accents come last."""
    assert sorted(set(names), key=lambda n: collation(n, language)) == names


def test_letters_of_the_groups() -> None:
    """A group is headed by the letter as its language writes it."""
    assert initial("imishli", "az") == "İ"
    assert initial("Éire") == "E"
    assert initial("Éire", "is") == "É"
    assert initial("21 March") == "0–9"
    assert initial("“Ring” operation") == "R"


def test_lines_with_see() -> None:
    """Another name leads to the heading, unless it would stand beside it."""
    listed = {
        "a": Heading("a", "place", "Agdam", also=("Ağdam", "Akna"), spellings=("Agdam",)),
        "b": Heading("b", "place", "Baku", also=("Akna",)),
    }
    shown = view(listed, "en")
    assert shown is not None
    lines = [line for group in shown.entries for line in group.entries]
    assert [line.name for line in lines] == ["Agdam", "Akna", "Baku"]
    assert [name for _, name in lines[1].see] == ["Agdam", "Baku"]


def test_what_is_not_met_is_not_printed() -> None:
    """Nor is a see that would lead there; a heading over one that was met stays."""
    listed = {
        "a": Heading("a", "subject", "alpha"),
        "b": Heading("b", "subject", "beta", under="a"),
        "c": Heading("c", "subject", "gamma"),
        "d": Heading("d", "subject", "delta", see=("c",)),
    }
    shown = view(listed, "en", met={"b"})
    assert shown is not None
    assert [line.name for group in shown.entries for line in group.entries] == ["alpha"]
    assert [line.name for line in shown.entries[0].entries[0].lines] == ["beta"]
    assert view(listed, "en", met=()) is None


# -- pages


def test_ranges_of_pages() -> None:
    """Three pages on end are a range, two are not, and what stands apart is in none."""
    assert list(ranges([1, 2, 4, 5, 6, 9])) == [(1, 1), (2, 2), (4, 6), (9, 9)]
    assert list(ranges([1, 2, 3, 4, 5], apart=[4])) == [(1, 3), (4, 4), (5, 5)]


def test_an_id_that_begins_with_another() -> None:
    """The pages of ``times-2`` are not pages of ``times``."""
    folios = {"cite-times-1": (3,), "cite-times-2-1": (9,), "cite-times-2": (4,)}
    text = '<span class="page-list" data-pages-of="cite-times-">0</span>'
    assert re.findall(r">(\d+)<", with_folios(text, folios)) == ["3", "4"]


def test_principal_mention_stands_out() -> None:
    """The page of the gazetteer's own entry is bold, and once."""
    folios = {"ix-place-a-1": (7,), "ix-place-a-2": (8,), "place-a": (8,)}
    text = '<span class="page-list" data-pages-of="ix-place-a-" data-principal="place-a">0</span>'
    assert with_folios(text, folios) == (
        '<span class="page-list"><a href="#ix-place-a-1">7</a>, '
        '<strong class="principal"><a href="#place-a">8</a></strong></span>'
    )


def pages(made: Made) -> list[str]:
    """The words of each page, with single spaces."""
    document = pypdfium2.PdfDocument(io.BytesIO(made.pdf))
    return [" ".join(p.get_textpage().get_text_range().split()) for p in document]


def test_pages_are_where_the_name_is(small: Made) -> None:
    """Every page that the index names has the name on it, and no page of the text is missing."""
    text = pages(small)
    printed = next(page for page in reversed(text) if "accident, see" in page)
    listed = re.search(r"Carrel, Jean-Antoine, ([\d, ]+)", printed)
    assert listed
    named = {int(n) for n in listed[1].split(",") if n.strip()}
    sources = next(n for n, page in enumerate(text, 1) if " Sources " in f" {page} " and n > 3)
    assert named == {n for n, page in enumerate(text, 1) if "Carrel" in page and 3 < n < sources}


def parts(made: Made) -> dict[str, set[int]]:
    """The pages, from 1, on which each part of the back matter stands."""
    marks = list(pypdfium2.PdfDocument(made.pdf).get_toc())
    first = [(m.get_title(), (m.get_dest().get_index() or 0) + 1) for m in marks if m.level == 0]
    last = [page for _, page in first[1:]] + [made.pages]
    return {
        title: set(range(page, end + 1)) for (title, page), end in zip(first, last, strict=True)
    }


def test_sources_list_every_page_that_cites_them(small: Made) -> None:
    """Text, infobox, tables, chronology and captions: each page with the label is listed."""
    text = pages(small)
    back = parts(small)
    apart = back["Sources"] | back["Facts and sources"]
    printed = " ".join(text[page - 1] for page in sorted(back["Sources"]))
    listed = re.search(r"Whymper 1871 ([\d, –]+?) Whymper, Edward", printed)
    assert listed
    named = set()
    for run in listed[1].split(","):
        first, _, last = run.partition("–")
        named |= set(range(int(first), int(last or first) + 1))
    cited = {n for n, page in enumerate(text, 1) if re.search(r"Whymper(,| 1871)", page)}
    assert named - apart == {n for n in cited if 3 < n} - apart - back["Index"]


def test_appendix_lists_what_coverage_counts(prepared: str, matterhorn: Snapshot) -> None:
    """One row for each fact that the coverage line counts, and no citation among them.

    Answers to what a class is asked are counted and not told: they stand in the edition for that.
    """
    part = prepared[prepared.index('id="appendix-facts"') :]
    part = part[: part.index("</table>")]
    count = coverage(load(matterhorn)).facts
    assert part.count('<tr class="record fact">') == count - 6
    assert "6 of these facts answer questions for a class, and stand in the answers" in part
    assert "From which village" not in part
    assert 'id="cite-' not in part
    assert 'id="seen-' not in part
    assert "14,780\N{NO-BREAK SPACE}feet" in part


def test_appendix_names_the_pages_of_facts(small: Made) -> None:
    """A fact drawn in the prose and typed in the gazetteer is on both pages."""
    text = pages(small)
    row = re.search(r"Matterhorn: Height .*? ((?:\d+, )*\d+) Zermatt", " ".join(text))
    assert row
    back = parts(small)["Facts and sources"]
    height = {n for n, page in enumerate(text, 1) if "14,780" in page}
    assert {int(n) for n in row[1].split(", ")} == height - (back - parts(small)["Gazetteer"])


def test_a_running_head_says_with_what_its_page_opens(small: Made) -> None:
    """A part that begins under the end of another does not head the page; a chapter does."""
    text, back = pages(small), parts(small)
    descent = next(title for title in back if title.endswith("The descent"))
    run_on, opened = min(back["Sources"]), min(back[descent])
    assert run_on % 2 == opened % 2 == 1, "only right pages say it"
    assert text[run_on - 1].endswith(f" Facts and sources {run_on}")
    assert text[opened - 1].endswith(f" The descent {opened}")


def test_no_appendix_unless_asked_for(changed: Changed, matterhorn: Snapshot) -> None:
    """Without ``appendix: facts`` there is none, and the contents do not list it."""
    meta = matterhorn.files["dossier.yaml"].replace(b"appendix: facts\n", b"")
    snapshot = changed({"dossier.yaml": meta, "plates.yaml": None})
    assert "appendix-facts" not in html_of(snapshot)


def test_revisions_are_printed_and_date_the_file(small: Made) -> None:
    """The imprint says what was revised; the file was made at the issue, changed at the last.

    The title page is no older than the text behind it.
    """
    title, imprint = pages(small)[:2]
    assert "1 November 2026, revised 20 November 2026" in title
    assert "Revised since it was issued on 1 November 2026 20 November 2026: The date" in imprint
    with pikepdf.open(io.BytesIO(small.pdf)) as pdf, pdf.open_metadata() as told:
        assert str(told["xmp:CreateDate"]).startswith("2026-11-01")
        assert str(told["xmp:ModifyDate"]).startswith("2026-11-20")


def test_index_is_stable(matterhorn: Snapshot, changed: Changed) -> None:
    """A change elsewhere leaves the anchors of the unchanged words as they were."""
    first = headings(load(matterhorn).dossier)
    note = matterhorn.files["gazetteer.yaml"].replace(b"the summit", b"the very summit")
    assert headings(load(changed({"gazetteer.yaml": note})).dossier) == first


def test_unmet_entry_is_found(changed: Changed, matterhorn: Snapshot) -> None:
    """An entry that no page mentions is a warning at its name, and is not printed.

    Nor is one that leads to nothing else.
    """
    extra = matterhorn.files["index.yaml"] + b"  - {id: h, kind: person, name: 'Hadow, Douglas'}\n"
    extra += b"  - {id: b, kind: subject, name: the youngest, see: [h]}\n"
    snapshot = changed({"index.yaml": extra, "plates.yaml": None})
    chapter = snapshot.files["chapters/01-the-mountain.md"].replace(b"[[plate:mountain]]", b"it")
    snapshot = replace(snapshot, files={**snapshot.files, "chapters/01-the-mountain.md": chapter})
    work = Work("x", load(snapshot), EDITIONS["dossier"], "default", engine_files())
    prepared = document_of(work)
    said = [str(f) for f in prepared.findings if f.code == "P440"]
    line = extra.decode().count("\n")
    places = [f"matterhorn/index.yaml:{line - 1}:33:", f"matterhorn/index.yaml:{line}:54:"]
    assert [s.split(" ")[0] for s in said] == places
    assert "'the youngest' leads to 'Hadow, Douglas'" in said[1]
    assert "youngest" not in prepared.html.text
    assert "Hadow" not in prepared.html.text


def test_no_index_without_its_file(changed: Changed) -> None:
    """A dossier without index.yaml has no index, and no anchors for it."""
    assert not headings(load(changed({"index.yaml": None})).dossier)
    assert index.view({}, "en") is None
