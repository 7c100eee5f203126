"""The door to WeasyPrint: what the press knows of its inside, and which faults it patches."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import Any

import pytest
import weasyprint

from press.base.finding import ContentError
from press.base.units import MM
from press.typeset import engine
from press.typeset.notes import stray_notes
from press.typeset.typeset import SetPages, typeset
from tests.conftest import ROOT
from tests.typeset.test_typeset import NOTES, SEEDS, broken_runs, document, noted

SOURCES = Path(weasyprint.__file__).parent

INSIDE: Mapping[str, tuple[str, ...]] = {
    "css.computed_values": ("PHYSICAL_FUNCTIONS",),
    "css.properties": (
        "INHERITED", "INITIAL_NOT_COMPUTED", "INITIAL_VALUES", "KNOWN_PROPERTIES",
    ),
    "css.tokens": ("InvalidValues", "remove_whitespace"),
    "css.validation": ("NOT_PRINT_MEDIA",),
    "css.validation.expanders": ("EXPANDERS",),
    "css.validation.properties": ("validate_non_shorthand",),
    "css": (
        "AnonymousStyle", "CSS", "ComputedStyle", "PSEUDO_ELEMENTS", "StyleFor", "__missing__",
        "_cascaded_styles", "_computed_styles", "cascaded", "counter_style",
        "declaration_precedence", "find_style_attributes", "font_config", "initial_page_sizes",
        "layers", "matcher", "page_rules", "parent_style", "preprocess_declarations",
        "pseudo_type", "set_computed_styles",
    ),
    "document": ("_page_box",),
    "formatting_structure.boxes": (
        "BlockBox", "Box", "FlexBox", "FootnoteAreaBox", "GridBox", "InlineBlockBox", "InlineBox",
        "LineBox", "MarginBox", "ReplacedBox", "TableCellBox", "TableRowGroupBox", "TextBox",
        "is_in_normal_flow",
    ),
    "layout": (
        "LayoutContext", "_update_footnote_area", "add_broken_out_of_flow",
        "current_footnote_area", "current_page_footnotes", "excluded_shapes", "in_column",
        "page_bottom",
    ),
    "layout.absolute": ("AbsolutePlaceholder", "_box"),
    "layout.block": (
        "_in_flow_layout", "_linebox_layout", "avoid_page_break", "block_container_layout",
    ),
    "layout.inline": (
        "resolve_percentages", "split_first_line", "split_inline_box", "split_text_box", "strut",
    ),
    "layout.page": ("float_layout", "make_page"),
    "layout.replaced": ("replacedbox_layout",),
    "layout.preferred": ("split_first_line",),
    "logger": ("LOGGER",),
    "pdf": ("add_links", "add_tags"),
    "pdf.stream": ("Stream", "_tags", "marked"),
    "text.ffi": ("harfbuzz", "pango"),
    "text.line_break": ("iterate", "split_first_line"),
    "../cssselect2": ("Matcher", "match"),
    "../cssselect2.compiler": ("never_matches", "pseudo_element"),
    "../cssselect2.tree": ("etree_children", "etree_element", "index", "lang", "parent"),
    "../tinyhtml5.inputstream": ("characters_until_regex",),
}  # fmt: skip
"""By module of WeasyPrint, the names used here that its documentation does not promise."""


def source(module: str) -> str:
    """The text of a module of WeasyPrint."""
    path = SOURCES / re.sub(r"\b\.", "/", module)
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")


# -- the version -------------------------------------------------------------------------------


def test_the_lock_names_what_is_proven() -> None:
    """What is installed, and what the lock installs, is what the press knows the inside of."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for name, version in engine.PROVEN.items():
        assert f"\n{name}=={version} " in lock


@pytest.mark.parametrize("name", engine.PROVEN)
def test_another_version_is_refused(name: str) -> None:
    """One sentence says which version is here and which is known, and what to do."""
    with pytest.raises(ContentError) as refused:
        engine.require_proven({**engine.PROVEN, name: "99.0"})
    [finding] = refused.value.findings
    assert finding.code == "X906"
    assert f"{name} 99.0" in finding.message
    assert f"{name} {engine.PROVEN[name]}" in finding.message
    assert "python3 build.py" in finding.hint
    engine.require_proven(dict(engine.PROVEN))


def test_a_build_with_another_version_says_so_and_sets_nothing(tmp_path: Path) -> None:
    """The command line prints that sentence, and no page is set with a half-known typesetter."""
    code = (
        "import sys, weasyprint; weasyprint.__version__ = '99.0'\n"
        "from pathlib import Path; from press.base import folders\n"
        f"folders.ROOT = Path({str(tmp_path)!r})\n"
        "from press.cli.main import main; sys.exit(main(['build']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "press: X906 this is weasyprint 99.0" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


# -- private names -----------------------------------------------------------------------------


def foreign_names(tree: ast.AST) -> Iterator[str]:
    """The private names that a module reads on values that are not its own, or names in a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and private(node.attr):
            own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not own:
                yield node.attr
        elif isinstance(node, ast.Constant) and private(str(node.value)):
            yield str(node.value)


def private(name: str) -> bool:
    return (
        name.isidentifier() and name.startswith("_") and not name.startswith("__") and name != "_"
    )


def test_every_private_name_is_listed() -> None:
    """A private name of WeasyPrint or pydyf that the press reads anywhere is one of INSIDE."""
    theirs = {
        name
        for package in ("weasyprint", "pydyf")
        for path in sorted((SOURCES.parent / package).rglob("*.py"))
        for name in foreign_names(ast.parse(path.read_text("utf-8")))
    } | {name for names in INSIDE.values() for name in names}
    read = {
        name: path.name
        for path in sorted((ROOT / "press").rglob("*.py"))
        for name in foreign_names(ast.parse(path.read_text("utf-8")))
        if name in theirs
    }
    listed = {name for names in INSIDE.values() for name in names if private(name)}
    assert set(read) == listed


def test_every_name_of_the_inside_is_there() -> None:
    """What is listed stands in the module that it is listed under."""
    for module, names in INSIDE.items():
        text = source(module)
        for name in names:
            assert name in text, f"{module} has no {name}"


def test_what_is_imported_from_the_inside_is_listed() -> None:
    """The engine imports no undocumented name that it does not list."""
    documented = {"HTML", "Attachment", "Document", "FontConfiguration", "URLFetcher",
                  "URLFetcherResponse", "block", "boxes",
                  "css", "float", "inline", "line_break", "page", "pdf", "preferred",
                  "table"}  # fmt: skip
    names = {name for names in INSIDE.values() for name in names}
    tree = ast.parse((ROOT / "press/typeset/engine.py").read_text("utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("weasyprint")
        for alias in node.names
    }
    assert imported <= documented | names


# -- patches -----------------------------------------------------------------------------------


@contextmanager
def without(name: str) -> Iterator[None]:
    """While the block runs, WeasyPrint is as it comes, but for the other patches."""
    [patch] = [patch for patch in engine.PATCHES if patch.name == name]
    patch.undo()
    try:
        yield
    finally:
        patch.apply()


def test_every_patch_has_its_fault_here() -> None:
    """The faults below are those of the patches; twice two of these mend one."""
    assert {patch.name for patch in engine.PATCHES} == {
        "CSS", "iterate", "split_first_line", "split_inline_box", "split_text_box", "in_column",
        "_update_footnote_area", "add_broken_out_of_flow", "float_layout",
        "make_page", "_in_flow_layout", "_linebox_layout", "block_container_layout",
        "avoid_page_break",
    }  # fmt: skip


SHEET = "@page{size:A6}@counter-style letters{system:alphabetic;symbols:A B}"


def parses(css: str, times: int = 3) -> tuple[int, list[SetPages]]:
    """How often a sheet is parsed where it is set ``times`` times, and the pages of each."""
    parse, counted = weasyprint.tinycss2.parse_stylesheet, []

    def counting(text: str) -> Any:
        counted.extend([text] if css in text else [])
        return parse(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weasyprint.tinycss2, "parse_stylesheet", counting)
        pages = [typeset(document("<h1>A</h1><ol><li>one", css)) for _ in range(times)]
    return len(counted), pages


def test_weasyprint_parses_a_sheet_for_every_layout() -> None:
    """Without its patch it does; with it the sheet is parsed once, and counts as much."""
    css = (
        f"{SHEET}@layer a,b;@layer b{{li{{color:red}}}}@layer a{{li{{color:blue}}}}ol{{color:#123}}"
    )
    often, ours = parses(f"{css}li{{list-style-type:letters}}")
    assert 1 == often
    with without("CSS"):
        often, theirs = parses(f"{css}li{{list-style-type:letters}}")
    assert 3 == often
    assert [pages.pdf for pages in ours] == [pages.pdf for pages in theirs]
    assert 1 == len({pages.pdf for pages in ours})


@pytest.mark.parametrize("fault", ["h1{colour:red}", "h1{width:var(--none)}", "p:no{color:red}"])
def test_what_is_wrong_with_a_sheet_is_told_each_time(fault: str) -> None:
    """A sheet with a fault is parsed again, and whoever sets pages with it hears of it."""
    often, pages = parses(f"{SHEET}{fault}")
    assert 3 == often
    assert pages[0].complaints
    assert 1 == len({one.complaints for one in pages})


def test_weasyprint_breaks_runs_that_fit_but_for_a_space() -> None:
    """Without its patch a line is broken after the first word of a run that fits."""
    assert [] == broken_runs()
    with without("split_first_line"):
        assert [] != broken_runs()


def test_weasyprint_pushes_notes_away() -> None:
    """Without its patch notes are lost, or stand on another page than their calls."""
    with without("in_column"):
        for seed in SEEDS:
            pages = typeset(document(f"<h1>A</h1>{noted(seed)}", NOTES))
            if stray_notes(pages.text, pages.rounds[0]):
                return
    pytest.fail("no note strays: the patch answers a fault that is there no longer")


def pushed_on() -> list[int]:
    """Heights of pages, in mm, on which the only note goes to the next page."""
    found = []
    body = '<h1>A</h1><p>word<span class="note" id="note-1">one note</span></p><p>x</p>'
    for height in range(100, 145, 5):
        area = "@footnote{padding-top:2pt;border-top:.5pt solid}"
        css = f"@page{{size:100mm {height}mm;{area}}}.note{{float:footnote}}"
        if typeset(document(body, css)).rounds[0]["note-1"] != (1,):
            found.append(height)
    return found


def test_weasyprint_takes_a_rounding_error_for_an_overflow() -> None:
    """Without its patch a note under a rule goes to the next page of some heights of page."""
    assert [] == pushed_on()
    with without("_update_footnote_area"):
        assert [] != pushed_on()


def layouts_of_notes(number: int) -> int:
    """How many notes are laid out to measure the room for ``number`` of them on one page."""
    counted: list[Any] = []
    layout = weasyprint.layout.block_level_layout

    def counting(context: object, box: Any, *others: Any) -> Any:
        counted.extend(box.children if type(box).__name__ == "FootnoteAreaBox" else ())
        return layout(context, box, *others)

    notes = (f'<p>word<span class="note" id="note-{n}">a note</span></p>' for n in range(number))
    html = document(f"<h1>A</h1>{''.join(notes)}", f"@page{{size:A4}}{NOTES}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weasyprint.layout, "block_level_layout", counting)
        pages = typeset(html)
    assert (1, 1) == (pages.pages, pages.passes)
    return len(counted)


def test_weasyprint_lays_all_notes_out_again_for_each() -> None:
    """Without its patch twelve notes on a page are laid out seventy-eight times."""
    assert 12 == layouts_of_notes(12)
    with without("_update_footnote_area"):
        assert 78 == layouts_of_notes(12)


@pytest.mark.parametrize(
    "css",
    [
        "",
        ".note{margin:2mm 0}",
        ".note{margin-bottom:1mm}",
        ".note{footnote-display:inline}",
        ".note{footnote-display:compact}",
        "@page{@footnote{max-height:12mm}}",
        "@page{@footnote{min-height:30mm}}",
        "@page{@footnote{margin:3mm 4mm;padding:0 3mm}}",
        "aside{float:left;width:20mm;height:70mm}",
    ],
)
def test_notes_have_the_room_that_weasyprint_gives_them(css: str) -> None:
    """Measured one by one or all together, they leave every line where it was."""
    body = f"<h1>A</h1><aside>aside</aside>{'</p>'.join(noted(3).split('</p>')[:4])}"
    html = document(body, f"@page{{size:120mm 160mm}}{NOTES}{css}")
    [patch] = [patch for patch in engine.PATCHES if patch.name == "_update_footnote_area"]

    def all_together(context: Any) -> bool:
        limited = context.current_footnote_area.max_height != inf
        return bool(patch.original(context)) and limited  # or it is the rounding error of above

    ours = typeset(html)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(patch.owner, patch.name, all_together)
        theirs = typeset(html)
    assert ours.rounds == theirs.rounds
    assert ours.layout.lines == theirs.layout.lines


def indents(side: str) -> list[float]:
    """How far, in mm, the lines of a float are from the margin of each page that it takes."""
    css = (
        "@page{size:100mm 60mm;margin:5mm}@page:right{margin-left:30mm}body{margin:0}"
        f"aside{{float:{side};width:20mm}}div{{margin:0 4mm}}"
    )
    body = f"<aside>{'<p>in it' * 30}</aside>{'<p>beside' * 30}"
    layout = typeset(document(f"<h1>A</h1><div>{body}</div>", css)).layout
    found = {}
    for line in layout.lines:
        if line.within("aside"):
            found[line.page] = round((line.left - layout.pages[line.page - 1].area[0]) / MM, 1)
    assert len(found) > 2
    return list(found.values())


@pytest.mark.parametrize("name", ["add_broken_out_of_flow", "float_layout"])
def test_weasyprint_sets_the_rest_of_a_float_in_the_margins_of_the_page_before(name: str) -> None:
    """Without its patch an infobox that goes over a page leaves its column there."""
    assert [4.0] * len(indents("left")) == indents("left")
    assert 1 == len({*indents("right")})
    with without(name):
        assert 1 < len({*indents("left")})
        assert 1 < len({*indents("right")})


def parted_rows(height: int) -> int:
    """How many cells of a row begin on another page than the first, on pages this high, in mm."""
    css = (
        f"@page{{size:80mm {height}mm;margin:5mm}}td{{vertical-align:top}}"
        "b{display:block;break-after:avoid}p{margin:0;orphans:2;widows:2}"
    )
    what = "<b>Taken</b><p>" + "and it was told of by many " * 20
    row = f"<tr><td>Date<td>{what}"
    table = f"<table><thead><tr><th>When<th>What</thead><tr><td>First<td>It was{row}</table>"
    lines = typeset(document(f"<h1>A</h1>{table}", css)).layout.lines
    page = {word: line.page for line in lines for word in line.text.split()}
    return page["Date"] != page["Taken"]


@pytest.mark.parametrize("name", ["block_container_layout", "avoid_page_break"])
def test_weasyprint_leaves_a_cell_behind_where_its_row_begins(name: str) -> None:
    """Without its patch a date stands alone at the foot of some height of page."""
    assert not any(map(parted_rows, range(42, 60, 2)))
    with without(name):
        assert any(map(parted_rows, range(42, 60, 2)))


def divided_words(
    words: str = "most of <em>Agdam</em> and part of <em>Fuzuli</em> and Lachin",
) -> int:
    """How many words are divided in columns from 30 to 60 mm that hold every one of them."""
    columns = (f'<p style="width:{width}mm"><span>{words}</span></p>' for width in range(30, 60))
    css = "p{overflow-wrap:break-word}"
    lines = typeset(document(f"<h1>A</h1>{''.join(columns)}", css)).layout.lines
    whole = {"A", *re.sub("<[^>]*>", "", words).split()}
    return sum(word not in whole for line in lines for word in line.text.split())


@pytest.mark.parametrize("name", ["split_inline_box", "split_text_box"])
def test_weasyprint_divides_words_that_do_not_begin_their_line(name: str) -> None:
    """Without its patch a short word is divided anywhere, where long ones may be."""
    assert 0 == divided_words()
    assert 0 < divided_words(f"at https://example.org/{'a' * 60}"), "long ones still are"
    with without(name):
        assert 0 < divided_words()


def test_a_word_spelled_otherwise_at_a_line_end_lost_a_letter() -> None:
    """Hungarian asszonnyal, broken as asszony-nyal, went on with yal: it is not broken there."""
    narrow = (
        '<p lang=hu style="hyphens: auto; hyphenate-limit-chars: 2; width: %smm">asszonnyal</p>'
    )
    with without("iterate"):
        (before,) = (one for one in typeset(document(narrow % 17)).elements if one.given)
    (after,) = (one for one in typeset(document(narrow % 17.1)).elements if one.given)
    assert not before.is_worded
    assert after.printed.replace("-", "").replace("\u2010", "") == "asszonnyal"
