"""What the author gave against the words of the HTML: whatever is not printed is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from cProfile import Profile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pydantic import BaseModel

from press.base.finding import Finding, findings_by
from press.content import kinds
from press.content.authored import authored
from press.content.load import load
from press.content.model.names import WrittenName
from press.content.printed import FIELDS
from press.content.shapes import models_in
from press.content.snapshot import Snapshot, engine_files, read
from press.content.typed_words import lines, parts
from press.design.editions import EDITIONS, LeftOut, named
from press.plates import Drawing
from press.typeset import given
from press.typeset.expected import Expected
from press.typeset.printed_words import printed_text, words_of
from press.views.view import Prepared, Work
from tests.checks.test_check_growth import long_dossier
from tests.conftest import bench_for, document_of
from tests.prose.test_commonmark import EXAMPLES, examples
from tests.typeset.test_ledger import LOSSES, NO_PAGES


def every_model() -> set[type[BaseModel]]:
    """Every model that a file of a dossier may hold."""
    todo: list[type[BaseModel]] = [file.model for file in kinds.FILES.values()]
    found: set[type[BaseModel]] = {WrittenName}
    while todo:
        if (model := todo.pop()) not in found:
            found.add(model)
            fields = model.model_fields.values()
            todo += [inner for info in fields for inner in models_in(info.annotation)]
    return found


def test_every_field_has_its_way_into_print() -> None:
    """A new field that nobody classified fails here, and one that is gone as well."""
    fields = {(model.__name__, name) for model in every_model() for name in model.model_fields}
    assert fields == set(FIELDS)


def test_what_editions_leave_out_is_there() -> None:
    """What an edition declares names files, models and fields that there are."""
    known = {*kinds.FILES, *(m for m, _ in FIELDS), *(f"{m}.{name}" for m, name in FIELDS)}
    marks = {name for _, name in FIELDS}
    for edition in EDITIONS.values():
        assert {one.what for one in edition.leaves_out} <= known
        assert {one.unless for one in edition.leaves_out} <= {
            "",
            "#plate",
            "#accounts",
            "lasting",
            *marks,
        }


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain words", ["plain words"]),
        ("in [[agdam]], then", ["in ", ", then"]),
        ("see [[agdam|the town]] now", ["see ", "the town", " now"]),
        ("said [@dewaal, p. 2; @hrw] so", ["said ", " so"]),
        ("was {fact: agdam.displaced}.", ["was ", "."]),
        ("a^[with a note] b", ["a", "with a note", " b"]),
        ("a^[with `a]` and `[[b` in it] c", ["a", "with `a]` and `[[b` in it", " c"]),
        ("a^[with \\] in it] c", ["a", "with \\] in it", " c"]),
        ("a [link](https://example.org/x)", ["a ", "link"]),
    ],
)
def test_marks_part_the_words_around_them(text: str, runs: list[str]) -> None:
    """What the press prints something else for is not looked for."""
    assert runs == list(parts(text))


def test_lines_of_a_chapter_keep_their_numbers() -> None:
    """Also behind marks that go over lines, and blocks with options."""
    body = (
        "a [@b,\n p. 2] c\n3. third\n/// quote | said\nby: X\nwords\n///\n/// plate | id\n///\nend"
    )
    assert [(0, "a "), (1, " c"), (2, "third"), (3, " said"), (5, "words"), (9, "end")] == [
        (number, words) for number, words in lines(body) if words.strip()
    ]


def test_a_note_in_its_place_is_words_apart() -> None:
    """Whatever stands in it: references, citations, links."""
    body = "It fell.^[So says [[zermatt|a town]] [@times], and [a page](https://e.org).] Later."
    assert [words for _, words in lines(body)] == [
        "It fell.", "So says ", "a town", ", and ", "a page", ".", " Later.",
    ]  # fmt: skip


def test_an_abbreviation_parts_the_words_behind_it() -> None:
    """Print explains the first of them there: The UN’s (United Nations) men."""
    body = "*[UN]: United Nations\n\nThe *UN*’s men met the UNO."
    assert [words for _, words in lines(body)] == ["The *UN*’s", " men met the UNO."]


def test_words_are_found_whole_and_each_once() -> None:
    """No word is found within another, and no two share a blank."""
    said = printed_text('<body><p id="x">A 7<b>7</b> Karabakh’s <i>sea</i>son</p>')
    assert [2, 0, 1] == [said.text.count(words_of(w)) for w in ("7", "Kara", "sea")]
    assert said.within("x") == said.text


def test_a_row_of_a_wide_table_is_read_cell_by_cell() -> None:
    """It is set in parts, one below another; a cell that is lost is missed all the same."""
    text = words_of("Day Water 22 January Rising fast Day Bread 45 centimes")
    assert given._by_cells("| 22 January | Rising fast | 45 centimes |", text)
    assert not given._by_cells("| 22 January | Rising fast | 60 centimes |", text)
    assert not given._by_cells("22 January 45 centimes", text)


@dataclass(frozen=True)
class Sheet:
    """An edition of the dossier of losses: its HTML, and what it is held against."""

    html: str
    expected: Expected

    def findings(self, html: str = "") -> list[Finding]:
        """What is said of its HTML, or of another."""
        pages = replace(NO_PAGES, text=html or self.html)
        return list(findings_by(given.CHECKS, pages, self.expected))


Printer = Callable[[str], Sheet]


@pytest.fixture(scope="module")
def sheet() -> Printer:
    """An edition by its name."""
    made: dict[str, Sheet] = {}

    def prepare(name: str) -> Sheet:
        if name not in made:
            work = Work("losses.pdf", load(read(LOSSES, "losses")), named(name), "default",
                        engine_files())  # fmt: skip
            bench = bench_for(work)
            prepared: Prepared = document_of(work)
            drawings: tuple[Drawing, ...] = (*bench.drawings.values(), *prepared.drawings)
            expected = Expected("losses.pdf", frozenset(), loaded=work.loaded,
                                leaves_out=work.edition.leaves_out, drawings=drawings)  # fmt: skip
            made[name] = Sheet(prepared.html.text, expected)
        return made[name]

    return prepare


@pytest.mark.parametrize("name", ["dossier", "large-print", "handout", "answers", "poster"])
def test_every_edition_prints_what_it_ought_to(name: str, sheet: Printer) -> None:
    """Nothing is missed, but what the edition declares that it leaves out."""
    assert [] == sheet(name).findings()


def nodes(html: str) -> Iterator[tuple[int, int, str]]:
    """Where each run of words between two tags of the body begins and ends, and the words."""
    body = re.sub(r"<style>.*?</style>", lambda m: " " * len(m[0]), html, flags=re.DOTALL)
    for match in re.finditer(r">([^<>]*\w[^<>]*)<", body[body.find("<body") :]):
        first = match.start(1) + body.find("<body")
        yield first, first + len(match[1]), words_of(match[1])


def test_each_text_that_is_taken_out_is_missed(sheet: Printer) -> None:
    """Every run of words that stands once in the document and was typed so."""
    whole = sheet("dossier")
    loaded = whole.expected.loaded
    assert loaded is not None
    typed = {words_of(one.words): one for one in authored(loaded)
             if FIELDS[one.model, one.name] in ("words", "spoken")}  # fmt: skip
    said, tried = printed_text(whole.html).whole, 0
    for first, last, words in nodes(whole.html):
        if words not in typed or said.count(words) > 1:
            continue
        (found,) = whole.findings(whole.html[:first] + whole.html[last:])
        assert found.code == "P463"
        assert typed[words].place(loaded) == (found.file, found.line, found.column)
        tried += 1
    assert tried >= 30


def test_each_line_of_a_chapter_that_is_taken_out_is_missed(sheet: Printer) -> None:
    """At its own line, in the chapter that lacks it."""
    whole, files = sheet("dossier"), read(LOSSES).files
    for first, last, words in nodes(whole.html):
        if "swim" in words or "pay and" in words or "year and" in words:
            found = whole.findings(whole.html[:first] + whole.html[last:])
            assert {"losses/chapters/01-votes.md"} == {one.file for one in found}
            for one in found:
                typed = files["chapters/01-votes.md"].decode().split("\n")[one.line - 1]
                assert words_of(typed.strip("> :,")) in words


def test_a_cell_that_stands_several_times_is_counted(sheet: Printer) -> None:
    """Of four cells that say no, three are printed."""
    whole = sheet("dossier")
    table = whole.html.find('id="table-votes"')
    first = whole.html.find(">no<", table)
    (found,) = whole.findings(whole.html[: first + 1] + whole.html[first + 3 :])
    assert "“no” is typed 3 times and printed 2" in found.message
    assert ("losses/tables/votes.yaml", 8, 12) == (found.file, found.line, found.column)


def test_what_an_edition_does_not_declare_is_missed(sheet: Printer) -> None:
    """A handout whose row is silent about chapters says that they are lost."""
    whole = sheet("handout")
    rules = tuple(one for one in whole.expected.leaves_out if one.what != "chapters/")
    silent = replace(whole, expected=replace(whole.expected, leaves_out=rules))
    (found,) = silent.findings()
    assert "losses/chapters/01-votes.md" == found.file
    assert "; losses/chapters/02-after.md lines 3, " in found.message


def test_things_that_are_marked_are_printed_and_others_declared(sheet: Printer) -> None:
    """Where the handout has essential events, the others are left out."""
    rules = (LeftOut("Event", "it shows the essentials", unless="essential"),)
    files: Mapping[str, bytes] = read(LOSSES).files
    marked = files["chronology.yaml"].replace(
        b"title: The first vote", b"title: The first vote\n    essential: true"
    )
    loaded = load(Snapshot("a", "a", {**files, "chronology.yaml": marked}))
    wanted = [one.words for one in given._Given(loaded, rules, {}).wanted()]
    assert "The first vote" in wanted
    assert "The second vote" not in wanted


def test_a_plate_that_goes_on_overleaf_is_read_as_one() -> None:
    """What its legend says may stand on the second page; no other plate's words count."""
    figures = {"map": "Ridge", "map-2": "Taken earlier", "map-3": "Other"}
    html = "".join(f'<figure id="plate-{id_}">{words}</figure>' for id_, words in figures.items())
    further = {"plate-map": (Drawing("map-2", "map", "Map 1", "page", "The ridge"),)}
    own = given._Given(load(read(LOSSES)), (), further).own(
        printed_text(f"<body>{html}"), "plate-map"
    )
    assert [True, True, False] == [words_of(words) in own for words in figures.values()]


def test_the_address_of_a_picture_is_where_its_credit_leads(sheet: Printer) -> None:
    """A figure links to where its picture is from; without the link the address is missed."""
    whole = sheet("dossier")
    link = '<a href="https://example.org/plan">The surveyor</a>'
    assert link in whole.html
    (found,) = whole.findings(whole.html.replace(link, "The surveyor"))
    assert ("P463", "losses/images/images.yaml", 8) == (found.code, found.file, found.line)


def test_no_example_of_the_specification_is_missed_in_vain(run_folder: Path) -> None:
    """Of what CommonMark's examples print without a finding, no word is said to be lost."""
    missed, tried = [], 0
    for example, (html, found, _) in zip(EXAMPLES, examples(run_folder), strict=True):
        tried += not found
        said = printed_text(f"<body>{html}").whole
        bare = said.replace(" ", "")
        wanted = (words_of(words) for _, words in lines(example["markdown"]))
        if not found and any(words.replace(" ", "") not in bare for words in wanted):
            missed.append(example["example"])
    assert tried > 300
    assert [] == missed


@pytest.mark.parametrize("name", ["dossier", "handout"])
def test_long_dossiers_are_no_more_work_than_they_are_long(name: str) -> None:
    """Nothing looks at every thing of a file again for each of its texts."""

    def calls(entries: int) -> int:
        loaded, profile = long_dossier(entries), Profile()
        expected = Expected("a.pdf", frozenset(), loaded=loaded, leaves_out=named(name).leaves_out)
        pages = replace(NO_PAGES, text="<body>Event 1 of that year</body>")
        profile.runcall(lambda: list(findings_by(given.CHECKS, pages, expected)))
        return sum(entry.callcount for entry in profile.getstats())

    calls(10)  # what is read once in a process
    assert calls(120) < 2.5 * calls(60)


@pytest.mark.parametrize(
    ("words", "field", "at"),
    [
        ("978-0-8147-1944-7", "isbn", 10),
        ("23 July 2019", "accessed", 11),
        ("the Ferrywoman", "also", 6),
    ],
)
def test_what_stands_in_no_entry_of_the_style_is_missed(
    words: str, field: str, at: int, sheet: Printer
) -> None:
    """Numbers of books and days of reading, which the press prints behind them; other names."""
    whole = sheet("dossier")
    assert words in whole.html.replace("\N{NO-BREAK SPACE}", " "), field
    (found,) = whole.findings(whole.html.replace("\N{NO-BREAK SPACE}", " ").replace(words, ""))
    assert ("P463", at) == (found.code, found.line)


def test_what_the_handout_shows_of_plates_and_accounts_is_compared(sheet: Printer) -> None:
    """It declares what is not on it: a title that is lost is missed, that of another plate not."""
    whole = sheet("handout")
    title = ">From the attempt to the summit<"
    assert title in whole.html
    (found,) = whole.findings(whole.html.replace(title, "><"))
    assert ("P463", "losses/plates.yaml") == (found.code, found.file)
    gone = whole.html.replace('id="plate-years"', 'id="plate-other"').replace(title, "><")
    assert [] == whole.findings(gone)


def test_accounts_that_the_handout_prints_are_compared(matterhorn: Snapshot) -> None:
    """Who says what of an event, where the sheet has room for it; where not, it is declared."""
    rules = tuple(one for one in named("handout").leaves_out if one.what == "Event.claims")
    loaded = load(matterhorn)
    some, none = (
        {one.loc for one in given._Given(loaded, rules, {}, ids).wanted()}
        for ids in (("accounts-carrel",), ())
    )
    assert {("events", 3, "claims")} == {loc[:3] for loc in some - none}
    assert none < some


def test_dates_of_accounts_that_the_poster_prints_are_compared(matterhorn: Snapshot) -> None:
    """It declares who gives them, and why one is preferred, and not the dates."""
    raw = matterhorn.files["chronology.yaml"]
    marked = raw.replace(
        b"title: The Italian ridge", b"title: The Italian ridge\n    essential: true"
    )
    files = {**matterhorn.files, "chronology.yaml": marked}
    dossier = load(Snapshot("matterhorn", "matterhorn", files))
    work = Work("a.pdf", dossier, named("poster"), "default", engine_files())
    html = document_of(work).html.text
    expected = Expected("a.pdf", frozenset(), loaded=work.loaded,
                        leaves_out=work.edition.leaves_out)  # fmt: skip
    sheet = Sheet(html, expected)
    assert [] == [one for one in sheet.findings() if one.line and "chronology" in one.file]
    begin = html.index('id="event-carrel"')
    end = html.index("</li>", begin)
    for day in ("17", "18"):
        gone = html[begin:end].replace(day, "")
        assert gone != html[begin:end]
        found = sheet.findings(html[:begin] + gone + html[end:])
        assert {"P463"} == {one.code for one in found}
        assert {"matterhorn/chronology.yaml"} == {one.file for one in found}


def test_what_is_lost_where_an_error_stands_is_said_once() -> None:
    """An option that there is not is one fault: that it is not printed either is none beside it."""
    lost, other, elsewhere = (Finding("a.md", *one, "") for one in
                              ((3, 1, "P463"), (3, 1, "P404"), (4, 1, "P463")))  # fmt: skip
    said = [Finding("a.md", 3, 5, "P233", ""), Finding("a.md", 4, 1, "P285", "")]
    assert list(given.unsaid([lost, other, elsewhere], said)) == [other, elsewhere]
    assert list(given.unsaid([lost], said[1:])) == [lost]
