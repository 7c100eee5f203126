"""The editions: papers, screen, large print, ink saver; and that one more takes little."""

from __future__ import annotations

import ctypes
import io
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdfium2 import raw as pdfium_c

from press.base.document import Document
from press.cli import console, main
from press.content import yaml
from press.content.load import load
from press.content.model import Dossier
from press.content.snapshot import Snapshot, engine_files, read
from press.design import styles
from press.design.editions import EDITIONS, PAGES, Edition, paper_for
from press.design.stylesheets import names
from press.output.cmyk import to_grayscale
from press.plates.signs import category_class
from press.typeset.expected import Expected
from press.typeset.proof import too_long
from press.typeset.typeset import SetPages, typeset
from tests.conftest import REFERENCE, ROOT, Printed
from tests.output.test_provenance import environ, press_at

if TYPE_CHECKING:
    from press.pipeline import Made


def errors(made_: Made) -> list[str]:
    """What would stop its build."""
    return [str(finding) for finding in made_.findings if finding.severity == "error"]


# -- papers ----------------------------------------------------------------------------------------


BROAD = ("infobox", "facts", "chronology", "gazetteer", "plates", "tables/")
"""The files of which comes what fits a page or does not; running text is set by every edition."""


def broad_parts(snapshot: Snapshot) -> Snapshot:
    """A dossier without its running text and its notes, and with one source for all."""
    [one, *_] = yaml.parse(snapshot.files["sources.yaml"], "").data["sources"]

    def sourced(data: Any) -> Any:
        if isinstance(data, str):
            return re.sub(r"\s*\[[^\[\]]*@[^\]]*\]", "", data)
        if isinstance(data, list):
            return [sourced(entry) for entry in data]
        if not isinstance(data, dict):
            return data
        return {key: [one["id"]] if key == "sources" else sourced(data[key]) for key in data}

    files = {name: raw for name, raw in snapshot.files.items() if not name.endswith(".md")}
    for name, raw in snapshot.files.items():
        if name.startswith(BROAD):
            files[name] = json.dumps(sourced(yaml.parse(raw, "").data)).encode()
        elif name.endswith(".yaml") and name != "dossier.yaml":
            del files[name]
    files["sources.yaml"] = json.dumps({"sources": [one]}).encode()
    files["chapters/01-words.md"] = b"# Words\n\nWords.\n"
    return replace(snapshot, files=files)


@pytest.mark.parametrize("paper", [paper for paper in PAGES if paper != "a4"])
def test_no_layout_breaks_on_another_paper(
    paper: str, printed: Printed, matterhorn: Snapshot
) -> None:
    """The dossier is set on each of its papers, at that size, and the proof finds nothing.

    On those that are larger than A4 or Letter, what is broad of it is.
    """
    roomy = paper in ("a3", "legal")
    made = printed("dossier", paper, broad_parts(matterhorn) if roomy else matterhorn)
    assert [] == errors(made)
    tokens = styles.flatten(engine_files(), paper=paper).tokens
    wide, tall = (float(tokens[f"--sheet-{side}"].removesuffix("mm")) for side in
                  ("width", "height"))  # fmt: skip
    assert sizes(made.pdf) == {(round(wide), round(tall))}


@pytest.mark.slow
def test_the_reference_dossier_does_not_break_on_letter(
    printed: Printed, reference_files: Snapshot
) -> None:
    """Its infobox, its tables in four scripts and its plates keep to the American sheet."""
    short = broad_parts(reference_files)
    assert () == load(short).findings
    made = printed("dossier", "letter", short)
    assert [] == errors(made)
    assert "at Letter" in text(made.pdf)
    assert {*load(short).dossier.places, *load(short).dossier.events} <= {
        anchor.partition("-")[2] for anchor in made.rounds[-1]
    }


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Width and height in mm of the pages that are no fold-outs."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            (round(float(p.mediabox[2]) / 72 * 25.4), round(float(p.mediabox[3]) / 72 * 25.4))
            for p in document.pages
        }


def text(pdf: bytes) -> str:
    """All words, in one line."""
    document = pdfium.PdfDocument(pdf)
    return " ".join(" ".join(p.get_textpage().get_text_bounded() for p in document).split())


def test_a_paper_stands_for_its_neighbours() -> None:
    """A paper that an edition has not gives the one from the same part of the world."""
    booklet = Edition("b", "", papers=("a5", "half-letter"))
    assert "half-letter" == paper_for(booklet, "letter")
    assert "a5" == paper_for(booklet, "a4") == paper_for(booklet)
    assert "letter" == paper_for(EDITIONS["dossier"], "letter")


def test_every_paper_of_an_edition_is_there() -> None:
    """Each paper that a row names has its file, and each file is named by a row."""
    named = {paper for edition in EDITIONS.values() for paper in edition.papers}
    assert named == set(names(engine_files(), "paper"))


# -- one content, many prints ----------------------------------------------------------------------

PARTS = re.compile(r"(chapter|event|place|source|term|plate|table)-")


@pytest.mark.parametrize("edition", ["screen", "large-print", "ink-saver"])
def test_nothing_of_the_dossier_is_left_out(edition: str, printed: Printed) -> None:
    """Every chapter, event, place, source, term, plate and table has its place in it."""
    whole, other = (
        {a for a in printed(name).rounds[-1] if PARTS.match(a)} for name in ("dossier", edition)
    )
    assert whole
    assert whole <= other


@pytest.mark.parametrize("edition", ["screen", "large-print", "ink-saver", "poster"])
def test_an_edition_has_no_findings(edition: str, printed: Printed) -> None:
    """The small dossier is printed without an error in every edition."""
    assert [] == errors(printed(edition))


def test_too_many_pages_say_what_is_over() -> None:
    """An edition longer than it may be is a finding that names what does not fit."""
    folios = ({"chapter-one": (1,), "event-last": (3,), "block-9": (3,)},)
    pages = SetPages(3, b"", folios, (), (), (), (), "", 1)
    [(_, message, hint, *_)] = too_long(pages, Expected("a.pdf", frozenset(), most_pages=2))
    assert message == "3 pages, and this edition may have 2"
    assert "event-last" in hint
    assert "block" not in hint
    assert not list(too_long(pages, Expected("a.pdf", frozenset(), most_pages=3)))


# -- screen ----------------------------------------------------------------------------------------


def test_screen_pages_all_look_alike(printed: Printed) -> None:
    """One size, no page without words, and text that begins as far in on each page."""
    pdf = printed("screen").pdf
    assert 1 == len(sizes(pdf))
    document = pdfium.PdfDocument(pdf)
    lefts = set()
    for page in document:
        words = page.get_textpage()
        assert words.get_text_bounded().strip()
        boxes = [words.get_rect(n) for n in range(words.count_rects())]
        lefts.add(round(min(box[0] for box in boxes) / 72 * 25.4))
    assert len(lefts - {8, 9, 10}) == 1  # plates have margins of their own


def test_screen_links_can_be_seen(printed: Printed) -> None:
    """A link in running text has the colour of links and a line under it."""
    sheet = styles.flatten(engine_files(), edition="screen", paper="tablet")
    link = sheet.tokens["--link"]
    assert f"a{{color: {link}; text-decoration: underline {link}" in sheet.stylesheets["edition"]
    document = pdfium.PdfDocument(printed("screen").pdf)
    red, green, blue = (int(link[n : n + 2], 16) for n in (1, 3, 5))
    seen = any(
        (np.abs(np.asarray(page.render(scale=2).to_pil().convert("RGB")).astype(int)
                - [red, green, blue]).max(axis=2) < 8).any()
        for page in document
    )  # fmt: skip
    assert seen


# -- large print -----------------------------------------------------------------------------------


def letters(pdf: bytes, without: set[int]) -> Iterator[tuple[int, float, str]]:
    """Page, size in points and font of each letter, on pages that are not in ``without``."""
    document = pdfium.PdfDocument(pdf)
    for number, page in enumerate(document, start=1):
        if number in without:
            continue
        words = page.get_textpage()
        for n in range(words.count_chars()):
            if not words.get_text_range(n, 1).strip():
                continue
            size = pdfium_c.FPDFText_GetFontSize(words, n)
            yield number, size, font_of(words, n)


def font_of(words: pdfium.PdfTextPage, n: int) -> str:
    """The font of a letter, by name."""
    buffer = ctypes.create_string_buffer(200)
    pdfium_c.FPDFText_GetFontInfo(words, n, buffer, 200, ctypes.byref(ctypes.c_int()))
    return buffer.value.decode("latin-1")


def test_large_print_is_large_upright_and_plain(printed: Printed) -> None:
    """Outside plates nothing is under 18 points, sloping, or in a face with serifs."""
    made = printed("large-print")
    plates = {p for anchor, at in made.rounds[-1].items() if anchor.startswith("plate-")
              for p in at}  # fmt: skip
    seen = list(letters(made.pdf, plates))
    assert len(seen) > 1000
    assert [] == [letter for letter in seen if letter[1] < 17.99]
    assert [] == sorted({font for _, _, font in seen if re.search(r"It|Oblique|Serif4", font)})


def test_large_print_has_one_column(printed: Printed) -> None:
    """No two stretches of text stand side by side, but for a folio beside the running head."""
    made = printed("large-print")
    plates = {p for anchor, at in made.rounds[-1].items() if anchor.startswith("plate-")
              for p in at}  # fmt: skip
    for number, page in enumerate(pdfium.PdfDocument(made.pdf), start=1):
        if number in plates or number in made.rounds[-1].get("contents", ()):
            continue
        words = page.get_textpage()
        boxes = [words.get_rect(n) for n in range(words.count_rects())]
        body = [box for box in boxes if box[3] < page.get_height() - 70]
        for one, other in itertools.pairwise(body):
            level = min(one[3], other[3]) - max(one[1], other[1]) > 8
            assert not level or other[0] - one[2] < 40, (number, one, other)


def test_large_print_says_plates_in_words(printed: Printed) -> None:
    """What the map and the timeline show is printed as text as well."""
    said = text(printed("large-print").pdf)
    assert said.count("Plates in words") > 1, "the contents name it, too"
    with (
        pikepdf.open(io.BytesIO(printed("large-print").pdf)) as document,
        document.open_outline() as outline,
    ):
        assert "Plates in words" in [str(item.title) for item in outline.root]
    assert "Plates in words" not in text(printed("dossier").pdf)
    assert said.count("The summit") > text(printed("dossier").pdf).count("The summit")


def test_the_colophon_names_the_faces_that_are_there(printed: Printed) -> None:
    """Large print has no face with serifs, and says so."""
    for edition in ("large-print", "dossier"):
        made = printed(edition)
        said = " ".join(text(made.pdf).split())
        listed = re.split(r", ", re.findall(r"Type (Source S.*?)\. Data", said)[-1])
        embedded = set[str]()
        with pikepdf.open(io.BytesIO(made.pdf)) as document:
            for font in document.objects:
                if isinstance(font, pikepdf.Dictionary) and "/BaseFont" in font:
                    embedded.add(re.sub(r"^/[A-Z]{6}\+", "", str(font["/BaseFont"])))
        plain = {re.sub(r"\W", "", name) for name in embedded}
        for family in listed:
            assert any(name.startswith(re.sub(r"\W", "", family)) for name in plain), family


# -- ink saver -------------------------------------------------------------------------------------

COLOURED = {"rg", "RG", "k", "K"}


def coloured(pdf: bytes) -> list[str]:
    """Every instruction for a colour in pages, forms and patterns."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        contents: list[pikepdf.Object | pikepdf.Page] = list(document.pages)
        contents += [
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Stream)
            and (thing.get("/Subtype") == "/Form" or thing.get("/PatternType") == 1)
        ]
        for content in contents:
            found += [
                f"{i.operands} {i.operator}"
                for i in pikepdf.parse_content_stream(content)
                if str(i.operator) in COLOURED
            ]
    return found


def test_ink_saver_has_no_colour(printed: Printed) -> None:
    """No instruction names one, and no pixel of any page shows one; the dossier has both."""
    pdf = printed("ink-saver").pdf
    assert [] == coloured(pdf)
    assert coloured(printed("dossier").pdf)
    for page in pdfium.PdfDocument(pdf):
        pixels = np.asarray(page.render(scale=1).to_pil().convert("RGB")).astype(int)
        assert 0 == (pixels.max(axis=2) - pixels.min(axis=2)).max()


def test_pictures_and_gradients_become_grey(tmp_path: Path) -> None:
    """A coloured photograph and a gradient are grey afterwards, and as light as they were."""
    file = io.BytesIO()
    Image.new("RGB", (40, 40), (200, 30, 30)).save(file, "PNG")
    page = (
        '<html lang="en"><head><title>x</title><style>@page { size: 60mm } div { height: 20mm;'
        " background: linear-gradient(90deg, #c81e1e, #1e1ec8) } img { width: 20mm;"
        " image-rendering: crisp-edges }</style></head>"
        '<body><div></div><img src="a.png" alt="red"></body></html>'
    )
    pdf = typeset(Document(page, {"a.png": file.getvalue()}, "")).pdf
    before, after = (
        np.asarray(pdfium.PdfDocument(p)[0].render(scale=2).to_pil().convert("RGB")).astype(int)
        for p in (pdf, to_grayscale(pdf))
    )
    assert (before.max(axis=2) - before.min(axis=2)).max() > 100
    assert 0 == (after.max(axis=2) - after.min(axis=2)).max()
    weights = np.array([0.2126, 0.7152, 0.0722])
    assert np.abs(before @ weights - after[:, :, 0]).mean() < 3
    assert to_grayscale(pdf) == to_grayscale(pdf)


def lightness(colour: str) -> float:
    """L* of CIELAB (CIE 15) of a grey written #rrggbb."""
    value = int(colour[1:3], 16) / 255
    linear = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return 116 * linear ** (1 / 3) - 16 if linear > 0.008856 else 903.3 * linear


@pytest.mark.parametrize("folder", [f"content/{REFERENCE}", "content/_example"])
def test_categories_stay_apart_in_grey(folder: str) -> None:
    """In the ink saver each category has a sign of its own and a grey that the eye can tell."""
    dossier: Dossier = load(read(ROOT / folder, "x")).dossier
    categories = dossier.chronology.categories
    tokens = styles.flatten(engine_files(), edition="ink-saver").tokens
    assert len({category.sign for category in categories}) == len(categories)
    greys = [tokens[f"--{category_class(categories, c.id)}"] for c in categories]
    assert all(re.fullmatch(r"#([0-9a-f]{2})\1\1", g) for g in greys)
    for one, other in itertools.combinations(greys, 2):
        assert abs(lightness(one) - lightness(other)) > 7
    assert max(map(lightness, greys)) < 50  # dark enough to be read as text


def test_steps_are_hatched_each_its_own_way(reference_files: Snapshot) -> None:
    """In the ink saver dated areas are told apart by hatching that grows darker step by step."""
    from press.plates.maps.input import PATTERNS

    steps = [PATTERNS[f"step-{n}"] for n in range(1, 7)]
    assert 6 == len(set(steps))
    inked = [(2 if crossed else 1) / spacing for _, _, spacing, crossed in steps]
    assert inked == sorted(inked)
    dossier = load(reference_files).dossier
    from press import plates

    style = styles.flatten(engine_files(), edition="ink-saver")
    plate = next(p for p in dossier.plates.plates if p.kind == "map" and p.areas)
    drawing = plates.draw_plate(plate, dossier, style, reference_files.files)
    named = set(re.findall(r'id="[^"]*-(step-\d)"', drawing.svg))
    used = set(re.findall(r'fill="url\(#[^"]*-(step-\d)\)"', drawing.svg))
    assert used
    assert named == used
    assert "<image" not in drawing.svg
    assert not re.search(r'class="tint-\d"', drawing.svg)


# -- lists -----------------------------------------------------------------------------------------


def test_a_dossier_lists_its_editions(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --edition those that dossier.yaml names are built, on its paper; then nothing is."""
    file = tiny / "content/tiny/dossier.yaml"
    file.write_text(file.read_text() + "editions: [ink-saver, dossier]\npaper: Letter\n")
    assert console.CLEAN == main.main([])
    out = capsys.readouterr().out
    assert [] == [n for n in ("dossier", "ink-saver") if f"tiny-{n}.pdf: " not in out]
    for name in ("dossier", "ink-saver"):
        pdf = (tiny / f"output/tiny/tiny-{name}.pdf").read_bytes()
        assert {(216, 279)} == sizes(pdf)
    assert console.CLEAN == main.quick([])
    assert 2 == capsys.readouterr().out.count(", unchanged")


def test_verify_knows_edition_and_paper(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A PDF on another paper bears it in its name, and is known for what it is."""
    main.main(["build", "--edition", "ink-saver", "--paper", "A5"])
    pdf = tiny / "output/tiny/tiny-ink-saver-a5.pdf"
    assert {(148, 210)} == sizes(pdf.read_bytes())
    capsys.readouterr()
    assert console.CLEAN == main.main(["verify", str(pdf)])
    assert "made from content/tiny" in capsys.readouterr().out


# -- an edition more -------------------------------------------------------------------------------


BUILD_AND_LIST = (
    "import sys; from press.cli.main import main; "
    "sys.exit(main(['build', '--edition', 'flyer']) or main(['list']))"
)


def test_an_edition_is_one_row_and_two_files(tmp_path: Path) -> None:
    """In a copy of the press a row, a template and a sheet make an edition, and nothing else."""
    press_at(tmp_path, "tiny")
    before = {p: p.read_bytes() for p in (tmp_path / "press").rglob("*.py")}
    rows = tmp_path / "press/design/editions.py"
    source = rows.read_text("utf-8")
    rows.unlink()  # it shares its bytes with ours
    row = '        Edition("flyer", "a page for the notice board", papers=("a5",), partial=True),\n'
    mark = "    for edition in (\n"
    assert mark in source
    rows.write_text(source.replace(mark, mark + row, 1), "utf-8")
    (tmp_path / "templates/editions/flyer.html").write_text(
        '{% extends "base.html" %}\n{% block body %}\n<h1>{{ book.title }}</h1>\n'
        '<p class="call">{{ book.standfirst }}</p>\n{% endblock %}\n'
    )
    (tmp_path / "styles/editions/flyer.css").write_text(
        ":root { --text: 14pt; --leading: 20pt; --lines: 26 }\n.call { color: var(--accent) }\n"
    )
    changed = [p for p, raw in before.items() if p.read_bytes() != raw]
    assert [rows] == changed
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYT")}
    done = subprocess.run(
        [sys.executable, "-c", BUILD_AND_LIST],
        cwd=tmp_path,
        env=clean | environ(tmp_path),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "tiny-flyer.pdf: 1 page" in done.stdout
    assert "flyer: a page for the notice board (a5)" in done.stdout
    pdf = (tmp_path / "output/tiny/tiny-flyer.pdf").read_bytes()
    assert {(148, 210)} == sizes(pdf)
    assert "Seven climbers reached the summit" in text(pdf)
