"""The ledger, proved by loss: whatever is taken off the set pages is named at its line.

The pages are set once; a removal takes boxes out of them, as a style sheet or a fault would, and
what is left is read anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from press import locale
from press.base.finding import Finding, findings_by
from press.content import locate
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design.editions import named
from press.design.styles import flatten
from press.typeset import ledger, set_elements, typeset
from press.typeset.engine import boxes, children, page_box
from press.typeset.expected import Expected
from press.typeset.gathering import OneLoss, gathered
from press.typeset.notes import add_anchors
from press.typeset.proof import proof as proof_of
from press.typeset.typeset import SetPages
from press.views.view import Work
from tests.conftest import document_of
from tests.typeset.test_typeset import document

LOSSES = Path(__file__).parent / "losses"
NO_PAGES = SetPages(0, b"", ({},), (), (), (), (), "", 1)


@dataclass(frozen=True)
class Proof:
    """A dossier, its set pages as boxes, and what they are held against."""

    files: Snapshot
    done: Any
    expected: Expected

    def boxes(self) -> Iterator[tuple[Any, Any]]:
        """Every box of the pages but of their margins, with the one around it."""
        todo = [(child, page_box(page)) for page in self.done.document.pages
                for child in children(page_box(page))]  # fmt: skip
        while todo:
            box, around = todo.pop()
            if not isinstance(box, boxes.MarginBox):
                yield box, around
                todo += [(child, box) for child in children(box)]

    def findings(self) -> list[Finding]:
        """What the ledger says of the pages as they are now."""
        elements = set_elements.read(self.done.root, self.done.document.pages)
        pages = replace(NO_PAGES, pages=len(self.done.document.pages), elements=elements)
        return list(findings_by(ledger.CHECKS, pages, self.expected))

    @contextmanager
    def without(self, *taken: tuple[Any, Any]) -> Iterator[None]:
        """The pages without these boxes, for as long as the block runs."""
        gone = {id(box) for box, _ in taken}
        before = {id(around): (around, around.children) for _, around in taken}
        for around, held in before.values():
            around.children = [c for c in held if id(getattr(c, "_box", c)) not in gone]
        try:
            yield
        finally:
            for around, held in before.values():
                around.children = held

    def written(self, finding: Finding, letters: int) -> str:
        """The first letters and figures that stand where a finding is."""
        name = finding.file.removeprefix(f"{self.files.label}/")
        lines = self.files.files[name].decode().split("\n")[finding.line - 1 :]
        return locate.plain("\n".join(lines)[finding.column - 1 :][:200])[:letters]


@pytest.fixture(scope="module")
def proof(run_folder: Path) -> Proof:
    """A small dossier of every kind of thing, with the same words at several places."""
    from press.typeset import fonts

    fonts.only(LOSSES.parents[2] / "styles" / "fonts", run_folder / "fonts")
    files = read(LOSSES, "losses")
    work = Work("losses.pdf", load(files), named("dossier"), "default", engine_files())
    html = document_of(work).html
    done = typeset._lay_out(add_anchors(html.text), html)
    style = flatten(work.engine, work.theme, work.edition.sheet_name, work.sheet)
    return Proof(files, done, Expected.of(work, style, None))


def is_text(box: Any) -> bool:
    """Whether a box is a run of an element's own words."""
    return (
        isinstance(box, boxes.TextBox) and "::" not in box.element_tag and box.element is not None
    )


def test_whole_pages_are_silent(proof: Proof) -> None:
    """Nothing is lost, and nothing is said."""
    assert [] == proof.findings()


def test_each_run_of_words_is_missed(proof: Proof) -> None:
    """Every run of words that an author typed, taken off the pages, is named where it was typed."""
    every = [(box, around) for box, around in proof.boxes()
             if is_text(box) and re.search(r"\w", box.text) and box.text != "0"]  # fmt: skip
    own = ledger._own_words(proof.expected)
    messages = {*map(locate.plain, locale.messages("en").values())}
    counted: Counter[str] = Counter()
    for box, around in every:
        with proof.without((box, around)):
            found = proof.findings()
        words = locate.plain(box.text)
        if not found:
            assert words in own, box.text
            continue
        assert [one.code for one in found] == ["P460"]
        exact = proof.written(found[0], len(words)) == words if found[0].line else False
        sentences = map(locate.plain, re.split(r"(?<=[.]) ", box.text))
        ours = not found[0].line or all(one in messages for one in sentences)
        counted["exact" if exact else "ours" if ours else "derived"] += 1
    assert counted["exact"] > 110
    assert counted["derived"] < 50


CELLS = [
    # row, column, line, column in tables/votes.yaml
    (1, 1, 8, 12), (1, 2, 9, 13), (2, 1, 11, 12), (2, 2, 12, 13), (3, 1, 14, 12), (3, 2, 15, 13),
    (4, 1, 17, 12), (4, 2, 18, 13),
]  # fmt: skip


def row_of(proof: Proof, anchor: str, row: int) -> Any:
    """A row of the first table in the element with an id, as an element of the HTML."""
    table = next(one for one in proof.done.root.iter() if one.get("id") == anchor)
    return [*table.iter("tr")][row]


def cell_of(proof: Proof, anchor: str, row: int, column: int) -> list[tuple[Any, Any]]:
    """The boxes of a cell."""
    cell = row_of(proof, anchor, row)[column]
    return [(box, around) for box, around in proof.boxes()
            if isinstance(box, boxes.TableCellBox) and box.element is cell]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "line", "at"), CELLS)
def test_each_cell_of_a_table_is_missed(
    proof: Proof, row: int, column: int, line: int, at: int
) -> None:
    """Also where many cells say the same."""
    with proof.without(*cell_of(proof, "table-votes", row, column)):
        (found,) = proof.findings()
    assert ("losses/tables/votes.yaml", line, at) == (found.file, found.line, found.column)


@pytest.mark.parametrize("row", [1, 2, 3])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_each_cell_of_a_table_in_a_chapter_is_missed(proof: Proof, row: int, column: int) -> None:
    """The figures 7 and 41 stand in it several times."""
    with proof.without(*cell_of(proof, "chapter-votes", row, column)):
        (found,) = proof.findings()
    lines = proof.files.files["chapters/01-votes.md"].decode().split("\n")
    line = next(n for n, words in enumerate(lines, 1) if words.startswith("| North")) + row - 1
    before = sum(len(words) + 1 for words in lines[line - 1].split("|")[: column + 1])
    assert (line, before + 2) == (found.line, found.column)


def test_a_lost_row_is_one_finding(proof: Proof) -> None:
    """It names the row's first words, and how many more there are."""
    row = row_of(proof, "table-votes", 3)
    taken = [pair for pair in proof.boxes() if isinstance(pair[0], boxes.TableRowBox)
             and pair[0].element is row]  # fmt: skip
    with proof.without(*taken):
        (found,) = proof.findings()
    assert (13, 11) == (found.line, found.column)
    assert "“East yes yes” is on no page" in found.message


@pytest.mark.parametrize("chapter", ["01-votes", "02-after"])
def test_the_right_one_of_two_like_sentences_is_named(proof: Proof, chapter: str) -> None:
    """Two chapters say the same; that from whose page it was taken is named."""
    ident = f"chapter-{chapter[3:]}"
    around = next(one for one in proof.done.root.iter() if one.get("id") == ident)
    inside = set(around.iter())
    taken = [(b, p) for b, p in proof.boxes()
             if is_text(b) and b.element in inside and "Nobody had" in b.text]  # fmt: skip
    assert taken
    with proof.without(*taken):
        (found,) = proof.findings()
    assert f"losses/chapters/{chapter}.md" == found.file
    assert locate.plain(taken[0][0].text)[:16] == proof.written(found, 16)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("third", ("chapters/01-votes.md", 8)),
        ("fourth", ("chapters/01-votes.md", 9)),
        ("by one hand", ("chapters/01-votes.md", 11)),
        ("sheep", ("chapters/02-after.md", 6)),
    ],
)
def test_each_number_of_a_list_is_missed(proof: Proof, wanted: str, place: tuple[str, int]) -> None:
    """A list without its numbers or signs is not the list that was typed."""
    item = [e for e in proof.done.root.iter("li") if wanted in " ".join(e.itertext())][-1]
    (taken,) = (pair for pair in proof.boxes() if pair[0].element is item
                and isinstance(pair[0], boxes.TextBox)
                and pair[0].element_tag == "li::marker")  # fmt: skip
    with proof.without(taken):
        (found,) = proof.findings()
    assert ("P461", *place) == (found.code, found.file.removeprefix("losses/"), found.line)


def pictures(proof: Proof) -> list[tuple[Any, Any]]:
    """The boxes of all pictures and drawings."""
    return [pair for pair in proof.boxes() if isinstance(pair[0], boxes.ReplacedBox)]


def test_each_picture_and_drawing_is_missed(proof: Proof) -> None:
    """A picture, a plate, the signs of the chronology and of legends."""
    files: Counter[str] = Counter()
    for pair in pictures(proof):
        with proof.without(pair):
            (found,) = proof.findings()
        assert found.code == "P462"
        files[found.file.removeprefix("losses/")] += 1
    assert set(files) >= {"images/images.yaml", "plates.yaml", "chronology.yaml"}


def test_a_caption_on_another_page_is_found(proof: Proof) -> None:
    """A picture and what is said of it stand together."""
    elements = set_elements.read(proof.done.root, proof.done.document.pages)
    turned = tuple(
        replace(one, page=one.page + 1) if "caption" in one.classes else one for one in elements
    )
    pages = replace(NO_PAGES, elements=turned)
    (found,) = findings_by(ledger.CHECKS, pages, proof.expected)
    assert ("P462", "losses/images/images.yaml", 2) == (found.code, found.file, found.line)
    assert "ridge.png is on page 5, its caption on page 6" in found.message


WAYS = [
    "display: none", "visibility: hidden", "height: 0; overflow: hidden", "opacity: 0",
    "font-size: 0", "width: 4mm; white-space: nowrap; overflow: hidden",
    "height: 8mm; overflow: hidden", "opacity: 0.02", "transform: scale(0)",
    "transform: rotate(4deg) scaleX(0)", "transform: matrix(0, 0, 0, 0, 0, 0)",
    "transform: skewX(90deg)", "transform: scale(0.3) scale(0.3)", "font-size: 0.5pt",
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_however_a_sheet_hides_words_they_are_missed(way: str, own_fonts: None) -> None:
    """Nothing, a part, or all of a block: what cannot be read is named."""
    words = " ".join(f"word{number}" for number in range(80))
    html = document(f"<h1>A</h1><p>sound</p><div class='x'><p>{words}</p></div>", f".x{{{way}}}")
    pages = typeset.typeset(html)
    expected = Expected("a.pdf", frozenset({"Text"}), theme="mine")
    (found,) = findings_by(ledger.CHECKS, pages, expected)
    assert "P460" == found.code
    assert "word79" in found.message or "more words" in found.message
    assert "look in the theme 'mine' for what hides it" in found.hint


def test_letters_made_small_by_several_boxes_are_missed(own_fonts: None) -> None:
    """A third of a third of a third cannot be read, nor a mirror's image; what is turned can."""
    around = "<div class=x><div class=x><p class=x>small</p></div></div>"
    said = []
    for way in ("scale(0.3)", "rotate(90deg)", "scale(-1, 1)", "scale(0.8)", "skewX(30deg)"):
        html = document(f"<h1>A</h1><p>sound</p>{around}", f".x{{transform: {way}}}")
        found = findings_by(ledger.CHECKS, typeset.typeset(html), Expected("a.pdf", frozenset()))
        said.append([one.code for one in found])
    assert [["P460"], [], ["P460"], [], []] == said
    inline = document("<h1>A</h1><p>sound <i class=x>too</i></p>", ".x{transform: scale(0)}")
    expected = Expected("a.pdf", frozenset())
    assert [] == list(findings_by(ledger.CHECKS, typeset.typeset(inline), expected))


def test_words_beyond_the_page_are_found(own_fonts: None) -> None:
    """They are set, and the proof of the page's edges finds them."""
    css = ".x{position: absolute; left: -900mm}"
    pages = typeset.typeset(document("<h1>A</h1><p>sound</p><p class='x'>far away</p>", css))
    expected = Expected("a.pdf", frozenset({"Text"}))
    assert {"P408", "P460"} & {one.code for one in proof_of(pages, expected)}


def test_a_term_with_another_name_takes_its_room(proof: Proof) -> None:
    """The glossary prints no term over the other names of the one before."""
    elements = set_elements.read(proof.done.root, proof.done.document.pages)
    also = next(one for one in elements if one.given == "also fare" and one.anchors)
    after = next(
        one for one in elements if one.given.startswith("Ward") and "term-ward" in one.anchors
    )
    assert also.box is not None
    assert after.box is not None
    assert also.box[3] <= after.box[1] + 1


def test_broken_lines_that_run_together_are_found(own_fonts: None) -> None:
    """In a paragraph, and in a line with raised letters; sound ones are silent."""
    body = "<h1>A</h1><p>one<br>two <sup>3</sup><br>four</p><p>five<br>six</p>"
    expected = Expected("a.pdf", frozenset({"Text"}))
    sound, run = (typeset.typeset(document(body, css)) for css in ("", "br {display: none}"))
    assert [] == list(findings_by(ledger.CHECKS, sound, expected))
    said = [one.message for one in findings_by(ledger.CHECKS, run, expected)]
    assert ["3 lines are set as 1: “onetwo four”", "2 lines are set as 1: “fivesix”"] == said


def test_what_one_rule_hides_is_one_finding(proof: Proof) -> None:
    """Every paragraph of the chapters: one remark for each kind, with the line of every one."""
    tops = [one for one in proof.done.root.iter() if one.get("id", "").startswith("chapter-")]
    chapters = {one for top in tops for one in top.iter("p") if not one.get("class")}
    taken = [pair for pair in proof.boxes() if is_text(pair[0]) and pair[0].element in chapters]
    alone = set[tuple[str, int]]()
    for pair in taken:
        with proof.without(pair):
            alone |= {(one.file, one.line) for one in proof.findings()}
    with proof.without(*taken):
        found = proof.findings()
    assert len(alone) > 2 * len(found)
    together = next(one for one in found if "the same holds of" in one.message)
    assert "more (.chapter p): " in together.message
    told = {(one.file, one.line) for one in found}
    for name, lines in re.findall(r"(?:(\S+\.md) )?lines? ([\d, ]+)", together.message):
        told |= {(name or together.file, int(line)) for line in lines.split(",")}
    assert {file for file, _ in alone} == {file for file, _ in told}
    assert len(told) >= 5


def test_few_losses_are_told_one_by_one() -> None:
    """Up to three of a kind; from four on they are one finding, at the first."""
    losses = [OneLoss(kind, ("a.md", line, 1), f"“{line}” is on no page", "look")
              for kind, count in ((".few", 3), (".many", 40))
              for line in range(1, count + 1)]  # fmt: skip
    *few, many = gathered(losses)
    assert 3 == len(few)
    assert many[1].startswith("“1” is on no page; the same holds of 39 more (.many): lines 2, 3, ")
    assert many[1].endswith("30, 31 and 9 more")


def test_places_in_several_files_are_named_with_them() -> None:
    """The file of the first is named once, with the finding."""
    places = [("a.md", 1, 1), ("a.md", 4, 1), ("b.yaml", 7, 1), ("b.yaml", 9, 1), ("c.pdf", 0, 0)]
    (only,) = gathered(OneLoss("li", place, "lost", "look") for place in places)
    assert only[1].endswith("more (li): line 4; b.yaml lines 7, 9; c.pdf")


FLAT = ".chapter li ul, .chapter li ol {margin: 0; padding: 0}"


@pytest.mark.parametrize(
    ("css", "flat"),
    [
        ("", 0),
        (FLAT, 2),
        (".chapter li ul {margin: 0; padding: 0}", 1),
        ("html {direction: rtl}", 0),
    ],
)
def test_items_that_are_not_set_in_are_found(css: str, flat: int, own_fonts: None) -> None:
    """A list within a list that stands like its neighbour; also over a page's end."""
    body = (
        "<h1>A</h1><div class=chapter><ol><li>first<ul><li>under it</li></ul></li>"
        "<li>second<ol><li>deep</li></ol></li></ol></div>"
    )
    pages = typeset.typeset(document(body, css))
    said = [
        one.message for one in findings_by(ledger.CHECKS, pages, Expected("a.pdf", frozenset()))
    ]
    assert flat == len(said)
    assert all("is not set in" in one for one in said)


TICK = "<span class=tick>\N{BALLOT BOX}</span> to do"


@pytest.mark.parametrize(
    ("body", "css", "said"),
    [
        (f"<ul><li>{TICK}<li>plain</ul>", "", []),
        (f"<ul><li>a<ul><li>{TICK}</ul></ul>", "", []),
        (f"<ol><li>{TICK}</ol>", "", []),
        (f"<ol><li>{TICK}</ol>", "ol {list-style: none}", ["in place of its number 1"]),
        (f"<ul><li>{TICK}<li>plain</ul>", "ul {list-style: none}", ["“plain” lacks its sign"]),
        (f"<ul><li>a {TICK}</ul>", "ul {list-style: none}", ["lacks its sign"]),
        (f"<ul><li>{TICK}</ul>", ".tick {display: none}", ["lacks its sign"]),
    ],
)
def test_a_box_stands_in_the_place_of_a_sign(
    body: str, css: str, said: list[str], own_fonts: None
) -> None:
    """An item of a list of tasks has its box before it; a number stays, and a box is missed."""
    page = f"<h1>A</h1><div class=chapter>{body}</div>"
    style = f"ul > li:has(> .tick) {{list-style-type: none}} {css}"
    pages = typeset.typeset(document(page, style))
    found = findings_by(ledger.CHECKS, pages, Expected("a.pdf", frozenset()))
    messages = [one.message for one in found]
    assert len(said) == len(messages), messages
    assert all(a in b for a, b in zip(said, messages, strict=True))


REMOVALS = 240


def things(proof: Proof) -> dict[str, list[list[tuple[Any, Any]]]]:
    """What can be taken off the pages, by its kind: the boxes of each thing, with those around."""
    found: dict[str, dict[Any, list[tuple[Any, Any]]]] = {}
    for pair in proof.boxes():
        box = pair[0]
        kind = kind_of(box)
        if kind and box.element is not None:
            alone = (id(box),) if kind == "run of words" else (box.element,)
            found.setdefault(kind, {}).setdefault(alone, []).append(pair)
    return {kind: [*ones.values()] for kind, ones in found.items()}


def kind_of(box: Any) -> str:
    """What an author would call the thing of which a box is; "" for what holds several."""
    tag = str(box.element_tag)
    if isinstance(box, boxes.TextBox):
        marker = "number or sign" if tag == "li::marker" else ""
        return "run of words" if is_text(box) and re.search(r"\w", box.text) else marker
    if isinstance(box, boxes.ReplacedBox):
        return "picture or drawing"
    kinds = {boxes.TableCellBox: "cell", boxes.TableRowBox: "row", boxes.TableBox: "table"}
    named = {"p": "paragraph", "li": "item", "figure": "figure", "blockquote": "quotation"}
    known = next((name for kind, name in kinds.items() if isinstance(box, kind)), "")
    return known or (named.get(tag, "") if isinstance(box, boxes.BlockBox) else "")


def is_ours(taken: list[tuple[Any, Any]], own: frozenset[str]) -> bool:
    """Whether all that was taken are words of the press's, or none."""
    every = [one for box, _ in taken for one in (box, *box.descendants())]
    told = [one for one in every if isinstance(one, boxes.TextBox) and one.element is not None]
    bare = all(locate.plain(one.text) in own for one in told if "::" not in one.element_tag)
    pictured = any(isinstance(one, boxes.ReplacedBox) for one in every)
    return bare and not pictured and not any("marker" in one.element_tag for one in told)


def test_losses_by_chance_are_all_named(proof: Proof, capsys: pytest.CaptureFixture[str]) -> None:
    """Things of every kind, one to three at a time as chance has it: no loss is silent."""
    chance, own = Random(12), ledger._own_words(proof.expected)  # noqa: S311 the same each time
    every, counted = things(proof), Counter[str]()
    while sum(counted.values()) < REMOVALS:
        kind = min(every, key=lambda name: counted[name] / len(every[name]) + chance.random())
        things_taken = chance.sample(every[kind], min(len(every[kind]), chance.randint(1, 3)))
        taken = [pair for thing in things_taken for pair in thing]
        with proof.without(*taken):
            found = proof.findings()
        assert found or is_ours(taken, own), [getattr(box, "text", box) for box, _ in taken]
        assert {one.code for one in found} <= {"P460", "P461", "P462"}
        counted[kind] += 1
    assert set(counted) == set(every)
    with capsys.disabled():
        print(f"\n{sum(counted.values())} removals, all named: {dict(counted.most_common())}")  # noqa: T201


def test_a_loss_without_a_place_is_told_of_its_pdf() -> None:
    """Where nobody typed it, and nothing before it is on a page, the finding has no line."""
    element = set_elements.SetElement("p", ("x",), (), -1)
    lost = ledger._loss(None, "gone", (element,), 0, Expected("a.pdf", frozenset()))
    assert (lost.place, lost.page, lost.kind) == (("a.pdf", 0, 0), 0, ".x")
