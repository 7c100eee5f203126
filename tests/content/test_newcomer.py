"""What somebody meets who begins a dossier of their own, with the least that a subject needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press import locale
from press.base.finding import ContentError
from press.base.templates import environment
from press.base.units import counted
from press.classroom.handout import HandoutView
from press.content import facts
from press.content.load import load
from press.content.model import Coordinates
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import EDITIONS
from press.output import provenance
from press.pipeline import VIEWS
from press.views.view import Work
from tests.conftest import bench_for, document_of
from tests.typeset.test_page_checks import LEAST

CHRONOLOGY = b"""\
categories: [{id: climb, label: Climb, sign: triangle}]
events:
  - id: summit
    date: 1865-07-14
    title: The summit
    text: A party stands on the summit.
    category: climb
    essential: true
    sources: [whymper, times]
"""
SOURCES = b"""\
sources:
  - id: whymper
    type: book
    kind: primary
    title: Scrambles Amongst the Alps
    issued: 1871
    languages: [en, it]
    checked: a copy
  - {id: times, type: article-newspaper, kind: press, title: The Accident, issued: 1865-08-08,
     checked: a copy}
"""
OWN = {**LEAST, "chronology.yaml": CHRONOLOGY, "sources.yaml": SOURCES}
PHASES = b"phases: [{id: late, title: Afterwards, begins: 1866}]\n"


def job(edition: str, files: dict[str, bytes]) -> Work:
    """The job of an edition of a dossier of ``files``, which have no faults."""
    loaded = load(Snapshot("own", "own", files))
    assert () == loaded.findings
    return Work("own.pdf", loaded, EDITIONS[edition], "default", engine_files())


def said(name: str, raw: bytes) -> list[str]:
    """What loading says of the least dossier with the file ``raw``."""
    return [str(finding) for finding in load(Snapshot("own", "own", {**OWN, name: raw})).findings]


def test_without_phases_nothing_is_before() -> None:
    """Before stands over events that precede the first phase, not where there are no phases."""
    for edition in ("dossier", "handout"):
        files = dict(OWN)
        assert ">Before" not in document_of(job(edition, files)).html.text
        files["chronology.yaml"] = CHRONOLOGY + PHASES
        assert ">Before" in document_of(job(edition, files)).html.text


def test_colophon_has_no_empty_heading() -> None:
    """Who credits nobody gets no heading Attributions; and what was checked is a sentence."""
    text = document_of(job("dossier", OWN)).html.text
    assert ">Attributions<" not in text
    assert '<span class="checked">Checked: a copy. Italian.</span>' in text
    assert '<span class="checked">Checked: a copy</span>' in text
    credited = LEAST["dossier.yaml"] + b"attributions: [{what: Map, credit: A. Teacher}]\n"
    text = document_of(job("dossier", {**OWN, "dossier.yaml": credited})).html.text
    assert ">Attributions<" in text


def handout(cited: int, over: str = "nowhere", valued: int = 0) -> HandoutView:
    """A handout on so many further sources, taking three pages where it prints ``over``.

    The first ``valued`` of them are those of values of the infobox.
    """
    ids = [f"s{n}" for n in range(cited)]
    others = "".join(
        f"  - {{id: {it}, type: book, kind: press, title: T-{it}, issued: 1865, checked: c}}\n"
        for it in ids
    )
    files = {
        **OWN,
        "sources.yaml": SOURCES + others.encode(),
        "chronology.yaml": CHRONOLOGY.replace(
            b"times]", ", ".join(["times", *ids]).encode() + b"]"
        ),
    }
    rows = "".join(
        f"  - {{label: L{it}, essential: true, value: V, sources: [{it}]}}\n" for it in ids[:valued]
    )
    if rows:
        files["infobox.yaml"] = f"title: I\nrows:\n{rows}".encode()
    bench = bench_for(job("handout", files))
    page = VIEWS["handout"](
        replace(bench, probe=lambda html: (3 if over in html.text else 2, {}))
    ).page
    assert isinstance(page, HandoutView)
    return page


def test_a_handout_with_room_names_all_its_sources() -> None:
    """Where not all of twenty-five have room, the further ones are counted in proper words."""
    few, all_of_them = handout(0), handout(23)
    assert (2, ()) == (len(few.sources), few.fewer)
    assert (25, "") == (len(all_of_them.sources), all_of_them.further)
    many, more = handout(23, over="T-s22"), handout(24, over="T-s22")
    assert len(many.sources) == 24
    assert "1 further source of this sheet is named in the dossier" == many.further
    assert "2 further sources of this sheet are named in the dossier" == more.further


def test_a_handout_without_room_names_fewer_of_them() -> None:
    """Where all sources would take a third page, it keeps to its pages instead."""
    assert "T-s5" in str(handout(6).sources)
    assert "T-s5" not in str(handout(6, over="T-s5").sources)


@pytest.mark.parametrize(("over", "named"), [("T-s16", 16), ("T-s8", 6), ("T-s20", 16)])
def test_a_handout_names_the_sources_of_all_its_values(over: str, named: int) -> None:
    """Where they have room, not twelve of sixteen; else it says that further ones are elsewhere."""
    page = handout(22, over=over, valued=16)
    assert [f"T-s{n}, 1865" for n in range(named)] == [str(one) for one in page.sources]
    assert f"{24 - named} further sources of this sheet are named in the dossier" == page.further


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_counts_have_both_numbers(language: str) -> None:
    """What is counted in words has a form for one and one for more, in every language."""
    words = locale.messages(language)
    for key in ("handout.further", "timeline.beyond", "appendix.answers"):
        assert words[f"{key}.one"] != words[f"{key}.other"].format(n=1)
        assert "{n}" in words[f"{key}.other"]


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        (
            b"",
            "own/dossier.yaml:1:1: E101 missing key 'rights'; add rights: {holder: …, licence: …}",
        ),
        (
            b"rights: A. Teacher\n",
            "own/dossier.yaml:6:9: E103 rights is 'A. Teacher'; keys and values are wanted; "
            "write key: value lines, indented under it, at least holder: …, licence: …",
        ),
    ],
)
def test_remedy_names_the_keys_inside(line: bytes, finding: str) -> None:
    """A missing set of keys, or a word in its place, is answered with what has to stand in it."""
    lines = LEAST["dossier.yaml"].splitlines(keepends=True)
    assert lines[-1].startswith(b"rights:")
    assert [finding] == said("dossier.yaml", b"".join([*lines[:-1], line]))


def test_refused_entry_leaves_no_empty_list() -> None:
    """Where the only entry of a list is refused, the list is not called empty as well."""
    raw = LEAST["dossier.yaml"] + b"editions: [handouts]\n"
    assert [
        "own/dossier.yaml:7:12: E212 no edition is called 'handouts'; did you mean handout? It is "
        f"one of {', '.join(EDITIONS)}"
    ] == said("dossier.yaml", raw)
    (null,) = said("glossary.yaml", b"terms:\n  -\n")
    assert "E103 an entry of terms is nothing; keys and values are wanted" in null
    (empty,) = said("dossier.yaml", LEAST["dossier.yaml"] + b"editions: []\n")
    assert "E105 editions is an empty list" in empty


def test_no_pdf_is_named_without_our_insides() -> None:
    """What is no PDF is said in words, without the address of an object in memory."""
    with pytest.raises(ValueError, match=r"^it is no PDF, or a damaged one: \w") as raised:
        provenance.read(b"no PDF at all")
    assert "BytesIO" not in str(raised.value)


PERSON = b"people:\n  - {id: a, name: A, %s}\n"


@pytest.mark.parametrize(
    ("file", "raw", "finding"),
    [
        ("plates.yaml", b"""plates:
  - kind: map
    id: here
    title: Here
    extent: {west: 7, south: 46, east: 8, north: 45}
""", "own/plates.yaml:5:13: E150 south is not below north; swap south and north"),
        ("people.yaml", PERSON % b"office: clerk, sources: [field]",
         "own/people.yaml:2:22: E102 unknown key 'office'; write role: clerk"),
        ("people.yaml", PERSON % b"role: clerk, sources: [field p. 3]",
         "own/people.yaml:2:45: E105 source cannot be 'field p. 3'; "
         'write a comma behind the id: "field, p. 3"'),
        ("people.yaml", PERSON % b'role: clerk, sources: [field, "bright: fol. 12r"]',
         "own/people.yaml:2:52: E105 source cannot be 'bright: fol. 12r'; "
         'write a comma behind the id: "bright, fol. 12r"'),
        ("people.yaml", PERSON % b"role: clerk, sources: [field, p. 3]",
         "own/people.yaml:2:52: E022 'p. 3' stands as a citation of its own; "
         'put the source and the place in it in quotes: "field, p. 3"'),
        ("dossier.yaml", LEAST["dossier.yaml"] + b"allow: [{code: X1, where: a, reason: b}]\n",
         "own/dossier.yaml:7:16: E105 code cannot be 'X1'; write the code as the finding has it: "
         "a capital and three digits, like W329"),
        ("dossier.yaml", LEAST["dossier.yaml"].replace(b"A first", b"@A first"),
         "own/dossier.yaml:2:11: E012 @ means something else to YAML at the beginning of a text; "
         'put a text that begins with @ in quotes: "@A first ascent and its cost"'),
        ("dossier.yaml", LEAST["dossier.yaml"].replace(b"A first", b"*A* first"),
         "own/dossier.yaml:2:11: E012 * means something else to YAML at the beginning of a text; "
         'put a text that begins with * in quotes: "*A* first ascent and its cost"'),
        ("dossier.yaml", LEAST["dossier.yaml"].replace(b"subtitle: ", b"subtitle:"),
         "own/dossier.yaml:2:1: E012 subtitle is no key without a colon and a blank behind it; "
         "write subtitle: A first ascent and its cost"),
    ],
)  # fmt: skip
def test_remedy_fits_the_fault(file: str, raw: bytes, finding: str) -> None:
    """One mistake gives one finding, with the remedy for this mistake and none of our types."""
    assert [finding] == [line for line in said(file, raw) if f"/{file}:" in line]


@pytest.mark.parametrize(
    ("added", "told"),
    [
        (b"\n{% for x in %}", "Expected an expression"),
        (b"\n{{ book.nothing.at_all }}", "has no attribute 'nothing'"),
        (b"\n{{ 1 / 0 }}", "division by zero"),
        (b"\nGr\xf6\xdfe", "byte 0xf6 is not UTF-8"),
    ],
)
def test_fault_of_a_part_is_placed_in_the_part(added: bytes, told: str) -> None:
    """Faults of an included template name its file and line, whatever kind of fault it is."""
    part = "templates/parts/colophon.html"
    own = engine_files()
    line = own[part].count(b"\n") + 2
    broken = replace(job("dossier", OWN), engine={**own, part: own[part] + added})
    with pytest.raises(ContentError) as raised:
        document_of(broken)
    (finding,) = raised.value.findings
    assert f"{part}:{line}: T501 template fails: " in str(finding)
    assert told in finding.message
    assert environment(own).get_template("parts/colophon.html").filename == "parts/colophon.html"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "52.520° N, 13.405° W"),
        ("de", "52,520° N, 13,405° W"),
        ("fr", "52,520° N, 13,405° O"),
        ("de-CH", "52.520° N, 13.405° W"),
    ],
)
def test_coordinates_are_written_as_the_language_has_them(language: str, written: str) -> None:
    """Decimal sign and points of the compass are those of numbers and maps in that language."""
    at = Coordinates(lat=52.52, lon=-13.405)
    assert written == facts.degrees(at, language).replace("\xa0", " ")
    east = facts.degrees(Coordinates(lat=-1, lon=2), language)
    assert east.endswith("O" if language.startswith("de") else "E")


def test_a_noun_in_the_middle_of_a_line_keeps_its_capital() -> None:
    """Seite is a noun; only the first letter of a line is made a capital."""
    template = engine_files()["templates/parts/linear/sources.html"].decode()
    assert "| capitalize" not in template
    assert locale.messages("de")["cited-on"] == "Zitiert auf Seite"


@pytest.mark.parametrize(("number", "words"), [(1, "1 page"), (0, "0 pages"), (2, "2 pages")])
def test_one_page_is_no_pages(number: int, words: str) -> None:
    assert words == counted(number, "page")
