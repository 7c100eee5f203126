"""What a class is given: handout, worksheet without answers, answers, and sets of them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pikepdf
import pypdfium2 as pdfium
import pytest
from pydantic import ValidationError

from press import locale
from press.base.document import Document
from press.base.finding import Finding
from press.classroom import handout, tasks, worksheet
from press.classroom.handout import HandoutView, TooTall
from press.classroom.leaks import leaks
from press.classroom.merging import merged
from press.classroom.overflow import overflow_advice
from press.classroom.roster import Pupil, safe
from press.classroom.seeds import LEAST, MOST, disordered, seed_of, shuffled
from press.classroom.sets import SetMade, Share
from press.classroom.telling import Sought
from press.classroom.worksheet_view import Worksheets
from press.cli import console, main
from press.content.load import load
from press.content.model import Map, Question, Questions, Timeline
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import EDITIONS
from press.output import structure
from press.pipeline import Made, class_set
from press.plates import Drawing, Kept
from press.prose.quotes import quotes
from press.typeset.typeset import SetPages, probe_layout
from press.views.strip_links import folded, strip_links
from press.views.strip_links import words as words_of
from press.views.view import Bench, Work
from tests.conftest import DRAWN, Printed, document_of, made_of, once


@dataclass(frozen=True)
class Sheets:
    """The school's sheets as they are printed, and the view of its worksheet."""

    handout: Made
    worksheet: Made
    answers: Made
    view: Worksheets


def job(snapshot: Snapshot, edition: str, **changes: Any) -> Work:
    """The job of an edition in the default theme; plates that were drawn before are kept."""
    made = Work(f"{edition}.pdf", load(snapshot), EDITIONS[edition], "default", engine_files())
    return replace(made, kept=Kept("of this run", DRAWN), **changes)


@pytest.fixture(scope="session")
def sheets(run_folder: Path, printed: Printed, school: Snapshot) -> Sheets:
    """Handout, worksheet and answers of the school, set once in a run of the tests."""
    view = once(run_folder, "classroom", lambda: document_of(job(school, "worksheet")).page)
    handout, worksheet, answers = (
        printed(name, snapshot=school) for name in ("handout", "worksheet", "answers")
    )
    return Sheets(handout, worksheet, answers, cast("Worksheets", view))


def text_of(pdf: bytes) -> str:
    """All words of the pages, folded."""
    document = pdfium.PdfDocument(pdf)
    try:
        return folded("\n".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, folded."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [folded(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def errors(made: Made | SetMade) -> list[Finding]:
    """The findings that stop a build."""
    return [finding for finding in made.findings if finding.severity == "error"]


# -- handout ---------------------------------------------------------------------------------------


def test_handout_has_two_pages(sheets: Sheets) -> None:
    """One sheet, two sides: essentials and the map in front, what happened and questions behind."""
    assert errors(sheets.handout) == []
    assert sheets.handout.pages == 2
    folios = sheets.handout.rounds[-1]
    assert folios["picture"] == (1,)
    assert folios["back"] == (2,)
    text = text_of(sheets.handout.pdf)
    assert " 17 or 18 july 1865 " in text
    assert " which party reached the summit first " in text
    assert " from which village did carrel set out " not in text  # not marked handout: true


def test_handout_prints_the_essential_rows_of_the_infobox(school: Snapshot) -> None:
    """Those that are marked; all, where none is."""
    rows = school.files["infobox.yaml"]
    marked = rows.replace(b"- label: Parties", b"- label: Parties\n    essential: true")
    for raw, labels in ((rows, 6), (marked, 1)):
        told = replace(school, files={**school.files, "infobox.yaml": raw})
        page = document_of(job(told, "handout"), fitted=False).page
        assert isinstance(page, HandoutView)
        assert page.infobox is not None
        assert len(page.infobox.rows) == labels
        assert "Parties" in [row.label for row in page.infobox.rows]


@pytest.mark.parametrize(
    ("title", "printed"), [("", 0), ("The climb", 1), ("The Matterhorn, 1865", 0)]
)
def test_handout_prints_the_title_of_the_infobox(
    school: Snapshot, title: str, printed: int
) -> None:
    """Where it is another than the dossier's, which stands above it."""
    box = f'title: "{title}"\nrows:\n  - {{label: Height, value: 4478 m, sources: [whymper]}}\n'
    told = Snapshot("a", "a", {**school.files, "infobox.yaml": box.encode()})
    html = document_of(job(told, "handout"), fitted=False).html.text
    assert printed == html.count('<p class="facts-title">')
    assert not printed or f'<p class="facts-title">{title}</p>' in html


def test_handout_fills_its_front_with_the_map(sheets: Sheets) -> None:
    """The map is drawn anew at the size that the front has left: little of the page stays empty."""
    document = pdfium.PdfDocument(sheets.handout.pdf)
    try:
        page = document[0]
        text = page.get_textpage()
        feet = [text.get_rect(n)[1] for n in range(text.count_rects())]
        assert min(feet) < 0.12 * page.get_height()
    finally:
        document.close()


def test_a_map_to_be_copied_has_no_heights_and_no_shading(school: Snapshot) -> None:
    """A copier in grey muddies both, so the handout's has neither, whatever the map asks for."""
    (plate,) = [one for one in load(school).dossier.plates.plates if isinstance(one, Map)]
    asked = plate.model_copy(update={"tints": True, "relief": True})
    copied = handout._for_copying(asked)
    assert isinstance(copied, Map)
    assert not copied.tints
    assert not copied.relief


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_reference_handout_has_lines_to_write_on(
    reference_files: Snapshot, own_fonts: None, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On A4 and on Letter, which is lower, with what sources differ about all the same.

    Its map comes last and takes what is left of the front, so none need be drawn here.
    """

    def blank(_: Bench, plate: Map | Timeline, height: float) -> Drawing:
        return Drawing(plate.id, plate.kind, "1", "half", "")

    monkeypatch.setattr(handout, "_drawn", blank)
    monkeypatch.setattr(handout, "MOST_LINES", 1)  # how many more fit is asked of others
    monkeypatch.setattr(handout, "_with_sources", lambda brief, *_: brief)
    page = document_of(job(reference_files, "handout", paper=paper)).page
    assert isinstance(page, HandoutView)
    assert page.lines >= 1
    assert "jabrayil-taken" in page.accounts


BAND = """<html lang=en><title>x</title>
<style>@page {{ size: a4 }} :root {{ --infobox-label: 23mm }} p {{ margin: 0 }} {css}</style>
<div class="facts-band">{rows}</div>
<p style="float: left">Key</p><p style="clear: both; height: 60mm">Scale of the map</p>
"""
ROW = '<div class="row"><p class="label">{}</p><div class="facts"><p>{}</p></div></div>'


@pytest.mark.parametrize(
    "rows",
    [
        [("Crest", "28 January"), ("Water at the bridge", "6.8 m")],
        [("Water at the bridge", "6.8 m"), ("Crest", "28 January")],
    ],
)
def test_map_follows_rows_with_long_labels(rows: Sequence[tuple[str, str]]) -> None:
    """A label of more lines than its value sends nothing that follows overleaf."""
    css = engine_files()["styles/parts/handout.css"].decode()
    html = BAND.format(css=css, rows="".join(ROW.format(*row) for row in rows))
    pages, _ = probe_layout(Document(html, {}))
    assert pages == 1


def test_a_picture_without_room_is_blamed_itself(matterhorn: Snapshot) -> None:
    """Where the rows leave the map its least room, and it takes more, the finding is at the map."""
    loaded, tall = load(matterhorn), TooTall("mountain", 96.4, 81.0)
    view = cast("HandoutView", SimpleNamespace(infobox=None, phases=(), too_tall=tall))
    pages = cast("SetPages", SimpleNamespace(folios={"back": (3, "")}, pages=3))
    (found,) = overflow_advice(loaded, view, pages, "matterhorn-handout")
    assert found.code == "P421"
    assert found.file == "matterhorn/plates.yaml"
    assert "has 81 mm left for 'mountain', which takes 96 mm" in found.message


def test_handout_says_what_to_cut(school: Snapshot, own_fonts: None) -> None:
    """Where two pages do not do, the longest rows and events are named, and how far it is over."""
    extra = "".join(
        f"  - {{id: more-{n}, date: 1870-01-{n:02}, title: Event {n}, category: climb,"
        f" essential: true, text: {'word ' * (150 + n)}, sources: [whymper]}}\n"
        for n in range(1, 10)
    )
    rows = "".join(f"  - {{label: Row {n}, value: {'fact ' * 150}}}\n" for n in range(12))
    files = {
        **school.files,
        "chronology.yaml": school.files["chronology.yaml"] + extra.encode(),
        "infobox.yaml": b"rows:\n" + rows.encode(),
        "plates.yaml": b"plates: []\n",
    }
    made = made_of(job(Snapshot("long", "long", files), "handout"))
    said = {finding.code: finding for finding in errors(made)}
    assert {"P421", "P422"} <= set(said)
    assert "Row" in said["P421"].hint
    assert said["P421"].file == "long/infobox.yaml"
    assert "more-9 (161 words)" in said["P422"].hint
    assert said["P422"].line > 0
    assert "lines too long" in said["P422"].message


# -- the worksheet and its answers -----------------------------------------------------------------


def test_worksheet_asks_everything_it_can(sheets: Sheets) -> None:
    """A dossier that has it all gets every kind of task."""
    assert errors(sheets.worksheet) == []
    (sheet,) = sheets.view.worksheets
    assert sheet.map is not None
    assert sheet.match is not None
    assert (len(sheet.rows), len(sheet.cards), len(sheet.readings)) == (4, 3, 1)
    assert {q.kind for q in sheet.questions} == {
        "open", "choice", "true-false", "order", "match", "map",
    }  # fmt: skip


def test_answers_are_no_longer_than_the_worksheet(sheets: Sheets) -> None:
    """They keep no empty room to write in, and no leaf for cards that nobody cuts out.

    No page of them is blank but the last, which is the back of a leaf.
    """
    assert sheets.answers.pages <= sheets.worksheet.pages
    pages = pages_of(sheets.answers.pdf)
    assert all(page.strip() for page in pages[:-1])
    back = folded(locale.messages("en")["worksheet.cards.back"])
    assert back in text_of(sheets.worksheet.pdf)
    assert back not in text_of(sheets.answers.pdf)
    text = text_of(sheets.answers.pdf)
    asked = text_of(sheets.worksheet.pdf)
    for words in ("the party from zermatt led by whymper", "six others were with him"):
        assert f" {words} " in text
        assert f" {words} " not in asked


def test_sheets_say_whose_they_are(sheets: Sheets) -> None:
    """Holder and licence on the first page, read aloud as well; the map names its data."""
    rights = sheets.view.rights
    for made in (sheets.worksheet, sheets.answers):
        first = pages_of(made.pdf)[0]
        assert folded(f"{rights.holder}, {rights.licence}.") in first
        assert folded("Made with Natural Earth") in first
        assert rights.holder in structure.read(made.pdf).words


def test_events_of_one_date_stand_as_they_were_typed(school: Snapshot) -> None:
    """In rows, on cards and in answers, whatever the seed."""
    raw = school.files["chronology.yaml"]
    one_day = re.sub(rb"\bdate: [^,}\n]+", b"date: 1865-07-14", raw)
    dossier = load(replace(school, files={**school.files, "chronology.yaml": one_day})).dossier
    day = dossier.events["first-attempt"].when
    events = [event for event in dossier.chronology.events if event.when == day]
    assert len(events) > 5
    typed = [event.id for event in events]
    assert typed == [event.id for event in dossier.in_time(reversed(events))]
    for seed in range(LEAST, LEAST + 10):
        chosen = tasks.choose(dossier, seed, [], str)
        assert len(chosen.rows) > 2
        for ids in ([row.event.id for row in chosen.rows], [card.id for card in chosen.cards]):
            of_that_day = [ident for ident in ids if ident in typed]
            assert of_that_day == sorted(of_that_day, key=typed.index)


def test_tasks_do_not_answer_one_another(school: Snapshot) -> None:
    """No event is on a card and in a row; none whose order a question asks for is in either."""
    dossier = load(school).dossier
    for seed in range(LEAST, LEAST + 50):
        chosen = tasks.choose(dossier, seed, [Sought(("14 July 1865",))], str)
        rows = {row.event.id for row in chosen.rows}
        cards = [event.id for event in chosen.cards]
        assert not rows & set(cards)
        assert not {"carrel", "first-attempt", "summit"} & {*rows, *cards}
        assert len(rows) == 4
        assert len(cards) == 3
        ends = [event.when for event in chosen.cards]
        assert all(a.latest < b.earliest for a, b in pairwise(ends))


def test_term_that_names_itself_is_not_matched(sheets: Sheets) -> None:
    """A meaning that has its term in it would be found by looking, not by knowing."""
    (sheet,) = sheets.view.worksheets
    assert sheet.match is not None
    assert {str(term.html) for term in sheet.match.terms} == {"couloir", "arête", "glacier"}


def test_what_a_dossier_lacks_is_left_out(matterhorn: Snapshot, own_fonts: None) -> None:
    """Without maps, terms, quotes and questions there is still a worksheet, of what there is."""
    kept = ("dossier.yaml", "chronology.yaml", "gazetteer.yaml", "sources.yaml")
    files = {name: raw for name, raw in matterhorn.files.items() if name in kept}
    made = made_of(job(Snapshot("bare", "bare", files), "worksheet"))
    assert errors(made) == []
    assert " complete the chronology " in text_of(made.pdf)
    assert " match terms " not in text_of(made.pdf)


def test_answers_say_what_is_expected_of_a_passage(sheets: Sheets) -> None:
    """Each prompt has the author's answer, or says that there is none; no empty line is left."""
    asked, answers = text_of(sheets.worksheet.pdf), text_of(sheets.answers.pdf)
    expected = (
        "whymper who was there for himself",
        "six years later he knew the inquest and what was said of him",
        "that they slid downwards can be checked unfortunate passes a judgement",
    )
    for words in expected:
        assert f" {words} " in answers
        assert f" {words} " not in asked
    assert answers.count(" no answer is given the pupil s own words ") == 2
    (sheet,) = sheets.view.worksheets
    assert all(not prompt.expected for one in sheet.readings for prompt in one.prompts)


def test_expected_answer_is_no_secret_of_the_template(sheets: Sheets, school: Snapshot) -> None:
    """Printed on the pupil's worksheet all the same, it is found."""
    loaded = load(school)
    secrets = sheets.view.worksheets[0].secrets
    assert "passage 1" in {secret.task for secret in secrets}
    found = leaks(loaded, sheets.view, sheets.answers.pdf, "worksheet.pdf")
    assert any("the answer of passage 1:" in leak.message for leak in found)


def test_quotes_of_chapters_are_found() -> None:
    """A quote block gives its source, its options and its paragraphs."""
    body = "Text.\n\n/// quote\n    source: whymper, p. 3\n    by: X\n\nOne\nline.\n\nTwo.\n///\n"
    (quote,) = quotes([body])
    assert quote.source == "whymper"
    assert quote.options["by"] == "X"
    assert quote.paragraphs == ("One line.", "Two.")


# -- the map ---------------------------------------------------------------------------------------


def test_map_has_lines_in_place_of_names(sheets: Sheets) -> None:
    """The pupil's map says no name that is asked for, aloud neither; the answers' map says all."""
    (sheet,) = sheets.view.worksheets
    assert sheet.map is not None
    printed = re.sub(r' data-(of|index)="[^"]*"', "", str(sheet.map.figure))  # ids are not
    shown = folded(printed)
    assert sheet.map.names == ("Breuil", "Matterhorn", "Zermatt")
    for name in sheet.map.names:
        assert folded(name) not in shown
    assert " place 1 to be named " in shown
    answers = structure.read(sheets.answers.pdf)
    spoken = " ".join(tag.alt for tag in answers.tags() if tag.alt)
    assert "1 Zermatt; 2 Matterhorn; 3 Breuil" in spoken


# -- leaks -----------------------------------------------------------------------------------------


def planted(pdf: bytes, plant: Callable[[pikepdf.Pdf], None]) -> bytes:
    """``pdf`` with something put into it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        plant(opened)
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


ANSWER = "The party from Zermatt led by Whymper"


def _alt(pdf: pikepdf.Pdf) -> None:
    tree: Any = pdf.Root.StructTreeRoot
    kids = tree.K
    top = kids[0] if isinstance(kids, pikepdf.Array) else kids
    top.Alt = pikepdf.String(ANSWER)


def _spoken(pdf: pikepdf.Pdf) -> None:
    tree: Any = pdf.Root.StructTreeRoot
    kids = tree.K
    top = kids[0] if isinstance(kids, pikepdf.Array) else kids
    top.ActualText = pikepdf.String(f"1: {ANSWER}.")


def _keywords(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Keywords"] = ANSWER


def _bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(ANSWER, 0))


def _note(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 1, 1], Contents=ANSWER
    )
    page: Any = pdf.pages[0].obj
    page.Annots = pdf.make_indirect(pikepdf.Array([note]))


def _metadata(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as xmp:
        xmp["dc:description"] = ANSWER


def _file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["answers.csv"] = b"nothing that is looked into"


def _unseen(pdf: pikepdf.Pdf) -> None:
    """Words drawn with text rendering mode 3, which leaves no mark on the page."""
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page: Any = pdf.pages[0]
    page.obj.Resources.Font["/Fx"] = pdf.make_indirect(font)
    page.contents_add(f"BT /Fx 9 Tf 3 Tr 20 20 Td ({ANSWER}) Tj ET".encode())


def _pieces(pdf: pikepdf.Pdf) -> None:
    """Words drawn one by one, some lines apart."""
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page: Any = pdf.pages[0]
    page.obj.Resources.Font["/Fx"] = pdf.make_indirect(font)
    for number, word in enumerate(ANSWER.split()):
        x, y = 20 + 60 * (number % 3), 40 - 12 * (number // 3)
        page.contents_add(f"BT /Fx 9 Tf {x} {y} Td ({word}) Tj ET".encode())


PLANTS: Mapping[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "alt": (_alt, "P431"),
    "actual-text": (_spoken, "P431"),
    "keywords": (_keywords, "P431"),
    "bookmark": (_bookmark, "P431"),
    "note": (_note, "P431"),
    "metadata": (_metadata, "P431"),
    "unseen": (_unseen, "P431"),
    "pieces": (_pieces, "P431"),
    "file": (_file, "P432"),
}


def found_in(school: Snapshot, sheets: Sheets, pdf: bytes) -> list[Finding]:
    """The leaks of ``pdf``, held against the view of the pupil's worksheet."""
    return list(leaks(load(school), sheets.view, pdf, "worksheet.pdf"))


def test_sound_worksheet_leaks_nothing(sheets: Sheets, school: Snapshot) -> None:
    """No false alarm: names in their list and options in their boxes are no leak."""
    assert found_in(school, sheets, sheets.worksheet.pdf) == []


@pytest.mark.parametrize("where", PLANTS)
def test_planted_answer_is_found(sheets: Sheets, school: Snapshot, where: str) -> None:
    """Wherever an answer is put into the pupil's PDF, the proof finds it."""
    plant, code = PLANTS[where]
    found = found_in(school, sheets, planted(sheets.worksheet.pdf, plant))
    assert {(leak.place, leak.code) for leak in found} == {("worksheet.pdf", code)}


def test_gaps_tell_little_of_the_length_of_a_word() -> None:
    """They are wide enough to write in, and grow in steps of 3.5 em: a few widths for all words."""
    widths = {letters: worksheet._width("x" * letters) for letters in range(1, 41)}
    assert len({*widths.values()}) <= 7
    for letters, width in widths.items():
        assert width % 3.5 == 0
        assert max(7, letters * 0.62) <= width < max(7, letters * 0.62) + 3.5
    assert widths[1] == widths[11] == 7


def test_answers_are_one_leak_after_another(sheets: Sheets, school: Snapshot) -> None:
    """The answers edition held against the pupil's view: gaps, map, and questions are all found."""
    found = found_in(school, sheets, sheets.answers.pdf)
    told = " ".join(leak.message for leak in found)
    for task in ("gap 1", "gap 4", "map 1", "question who-first", "question rope"):
        assert f"answer of {task}:" in told


def test_template_that_tells_stops_the_build(school: Snapshot, own_fonts: None) -> None:
    """An answer that a template or a style sheet prints is a finding of the build."""
    engine = dict(engine_files())
    name = "styles/parts/worksheet.css"
    engine[name] += b'.task-questions h2::after { content: "three days, as Whymper was told" }'
    made = made_of(job(school, "worksheet", engine=engine))
    (finding,) = errors(made)
    assert finding.code == "P431"
    assert "question how-long" in finding.message


def test_question_that_tells_its_answer_is_named(school: Snapshot, own_fonts: None) -> None:
    """An author who gives the answer away reads at which line."""
    raw = school.files["questions.yaml"].replace(
        b"Which party reached the summit first?",
        b"Was it the party from Zermatt led by Whymper that came first?",
    )
    files = {**school.files, "questions.yaml": raw}
    made = made_of(job(Snapshot("matterhorn", "matterhorn", files), "worksheet"))
    codes = {(finding.file, finding.line, finding.code) for finding in errors(made)}
    assert ("matterhorn/questions.yaml", 3, "P430") in codes


# -- seeds and sets --------------------------------------------------------------------------------


def test_seed_belongs_to_a_name() -> None:
    """The same name has the same seed, however it is typed; it has five figures."""
    assert seed_of("Zoë Clark", "7b") == seed_of(" zoe\u0308  CLARK", "7B")
    assert seed_of("Zoë Clark", "7b") != seed_of("Zoë Clark", "7c")
    assert all(LEAST <= seed_of(str(n)) <= MOST for n in range(300))


def test_order_is_fixed_by_the_seed() -> None:
    """An order is the same on every machine, differs from seed to seed, and is never the answer."""
    things = ["a", "b", "c", "d", "e"]
    assert shuffled(things, 40718, "cards", str) == ("d", "b", "c", "a", "e")
    assert len({shuffled(things, seed, "cards", str) for seed in range(60)}) > 30
    assert all(disordered(things[:2], seed, "x", str) == ("b", "a") for seed in range(30))


def test_pupils_get_sheets_of_their_own(school: Snapshot, own_fonts: None) -> None:
    """Two pupils: two names, two seeds, other gaps; the same pupil again: the same PDF."""
    pupils = tuple(Pupil(seed_of(name), name, "7b") for name in ("Ada", "Émile"))
    made = class_set(Share(job(school, "worksheet"), pupils))
    assert errors(made) == []
    texts = [text_of(pdf) for pdf in made.pdfs]
    for pupil, text in zip(pupils, texts, strict=True):
        assert f" name{folded(pupil.name)}class 7b " in text
        assert f" sheet {pupil.seed} " in text
    rows = [text[text.index(" complete the chronology ") :] for text in texts]
    assert rows[0] != rows[1]
    assert made.pdfs[:1] == class_set(Share(job(school, "worksheet"), pupils[:1])).pdfs
    with pikepdf.open(io.BytesIO(made.pdfs[0])) as opened:
        assert len(opened.attachments) == 0


def test_set_is_whole(sheets: Sheets) -> None:
    """Sheets put together keep every page and every word of their tags."""
    pair = [sheets.worksheet.pdf, sheets.answers.pdf]
    whole = merged(pair)
    assert whole == merged(pair)
    read = structure.read(whole)
    apart = [structure.read(pdf) for pdf in pair]
    assert read.words == " ".join(tag.words for tag in apart)
    with pikepdf.open(io.BytesIO(whole)) as opened:
        assert len(opened.pages) == sheets.worksheet.pages + sheets.answers.pages


def test_class_set_is_printed(
    project: Path,
    school: Snapshot,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """``--for`` prints a sheet for each pupil and answers by sheet; names are nowhere else.

    Sheets are compared by what they ask, whatever their names, also from one batch to another: the
    last of this class has the number of the first.
    """
    for name in ("chronology.yaml", "glossary.yaml", "questions.yaml"):
        (project / "content/matterhorn" / name).write_bytes(school.files[name])
    names = ("Ada Lovelace", "Émile Zola", "Ben Poe", "Cleo Roy", "Dan Li", "Eva Ohm", "Fay Ray")
    seeds = {name: seed_of(name, "7b") for name in names}
    seeds[names[-1]] = seeds[names[0]]
    file = tmp_path / "Class 7b.csv"
    rows = "".join(f"{name};7b;{seeds[name] if name == names[-1] else ''}\n" for name in names)
    file.write_text(f"name;class;seed\n{rows}", "utf-8-sig")
    assert main.main(["build", "--for", str(file)]) == console.CLEAN
    said = capsys.readouterr()
    [warning] = re.findall(r"R813 .*(?:\n(?!\S*:\d+:\d+: ).*)*", said.err)
    assert "Ada Lovelace, Fay Ray" in " ".join(warning.split())
    out = said.out.splitlines()
    folder = project / "output" / "matterhorn"
    assert out[0].startswith("output/matterhorn/matterhorn-worksheet-class-7b.pdf: 7 sheets, ")
    handed_out = pages_of((folder / "matterhorn-worksheet-class-7b.pdf").read_bytes())
    key = text_of((folder / "matterhorn-answers-class-7b.pdf").read_bytes())
    assert_leaves_of_their_own(handed_out, seeds)
    for name, seed in seeds.items():
        assert folded(name) not in key
        assert f" sheet {seed} " in key
    assert " that they slid downwards can be checked " in key
    assert key.count(" by sheet ") == key.count(" the party from zermatt led by whymper ") == 1
    left = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".pdf"}
    assert not any(b"Lovelace" in raw for raw in left.values())
    assert not any("lovelace" in name for name in json.loads(left.get(".manifest.json", b"{}")))


def assert_leaves_of_their_own(pages: list[str], seeds: Mapping[str, int]) -> None:
    """Page by page: a pupil begins on the front of a leaf, and nothing stands behind the cards."""
    begun = [next(n for n, page in enumerate(pages) if folded(name) in page) for name in seeds]
    assert begun == sorted(begun)
    assert all(first % 2 == 0 for first in begun)
    afterwards = [*begun[1:], len(pages)]
    for seed, first, after in zip(seeds.values(), begun, afterwards, strict=True):
        own = [n for n in range(first, after) if pages[n].strip()]
        assert all(f" sheet {seed} " in pages[n] for n in own)
        (cards,) = (n for n in own if " cut along the dashed lines " in pages[n])
        assert cards % 2 == 0
        assert not pages[cards + 1].strip()


def test_worksheet_lends_no_page_to_the_next_copy(sheets: Sheets) -> None:
    """Thirty copies on both sides: the cards' back stays blank, answers end at a leaf's back."""
    for made in (sheets.worksheet, sheets.answers):
        pages = pages_of(made.pdf)
        assert len(pages) == made.pages
        assert len(pages) % 2 == 0
        assert pages[-2].strip()
    assert not pages_of(sheets.worksheet.pdf)[-1].strip()


def test_for_each_pupil_a_file(
    tiny: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """``--each`` prints a file for each pupil, under a name that every system takes."""
    file = tmp_path / "7b.csv"
    file.write_text("name\n../Zoë Clark\nAda\n", "utf-8")
    words = ["build", "--edition", "worksheet", "--for", str(file), "--each"]
    assert main.main(words) == console.CLEAN
    made = sorted((tiny / "output/tiny/tiny-worksheet-7b").iterdir())
    assert [path.name for path in made] == [
        f"001-zoe-clark-{seed_of('../Zoë Clark', '')}.pdf", f"002-ada-{seed_of('Ada', '')}.pdf",
    ]  # fmt: skip
    assert "2 sheets" in capsys.readouterr().out


def test_set_goes_with_worksheets_only(capsys: pytest.CaptureFixture[str]) -> None:
    """A roster for the handout is wrong usage, and so is ``--each`` without one."""
    for words in (["--for", "x.csv", "--edition", "handout"], ["--each"]):
        with pytest.raises(SystemExit):
            main.main(["build", *words])
    assert "--for prints worksheet and answers" in capsys.readouterr().err


# -- file names ------------------------------------------------------------------------------------


def test_file_names_are_safe() -> None:
    """Nothing of a name can lead elsewhere or be refused by a file system."""
    assert safe("../../Zoë Əliyeva: ß/\\", "x") == "zoe-eliyeva-ss"
    assert safe("王伟", "pupil") == "pupil"
    assert len(safe("a" * 300, "x")) == 40


# -- words and questions ---------------------------------------------------------------------------


def test_stripped_words_lead_nowhere() -> None:
    """Links, notes and page numbers go; emphasis and language stay."""
    html = (
        'A <a href="#x"><em>b</em></a><span class="note" id="n">note <i>x</i></span>, '
        '<a href="#m">Map 1</a>, p.\u00a0<span class="page-ref">0</span> <span lang="hy">ց</span>'
    )
    assert strip_links(html) == 'A <em>b</em>, Map 1 <span lang="hy">ց</span>'
    assert words_of(html) == "A b, Map 1 ց"


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("E191", {"kind": "order"}),
        ("E192", {"kind": "order", "order": ["a", "b"], "answer": "x"}),
        ("E193", {"answer": "x", "options": ["y"]}),
        ("E194", {"kind": "true-false", "answer": "perhaps"}),
        ("E194", {"kind": "choice", "answer": ["x", "y"], "options": ["z"]}),
        ("E195", {"kind": "order", "order": ["a"]}),
    ],
)
def test_faulty_question_is_refused(code: str, question: dict[str, Any]) -> None:
    """A question whose kind and answer do not go together has a code and a remedy."""
    data = {"questions": [{"id": "q", "question": "Why?", **question}]}
    with pytest.raises(ValueError, match=r"question|answer|one thing") as caught:
        Questions.model_validate(data)
    assert caught.value.errors()[0]["type"] == code  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "kept"),
    [("no", "false"), ("yes", "true"), ("Falsch", "false"), ("richtig", "true"), ("vrai", "true"),
     (["faux"], "false"), ({"text": "Nein."}, "false"), ("true", "true"), ("False", "false")],
)  # fmt: skip
def test_true_and_false_are_taken_in_any_of_our_words(written: object, kept: str) -> None:
    """Nobody's answer is turned round: no is false, in every language that the press speaks."""
    raw = {"id": "a", "question": "Is it?", "kind": "true-false", "answer": written}
    assert kept == Question.model_validate(raw).answer[0].text


def test_the_remedy_for_an_unknown_answer_does_not_guess() -> None:
    """It says both."""
    raw = {"id": "a", "question": "Is it?", "kind": "true-false", "answer": "perhaps"}
    with pytest.raises(ValidationError) as raised:
        Question.model_validate(raw)
    assert "write answer: true or answer: false" in raised.value.errors()[0]["ctx"]["hint"]
