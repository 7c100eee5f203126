"""What prints each CSS class and what styles it, as docs/classes.md has it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import named
from press.pipeline import VIEWS
from press.prose.inline_marks import CLASSES as MARKED
from press.views.view import Work
from tests.conftest import ROOT, bench_for
from tools.docs.classes_page import (
    PAGES,
    PLATES,
    REPORT,
    ClassPlaces,
    Section,
    classes_of,
    classes_page,
)
from tools.docs.css_classes import ClassRule, in_drawing, in_module, in_template, rules_of


@cache
def sources() -> dict[str, str]:
    """Templates, style sheets and modules as they are."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for pattern in ("templates/**/*.html", "styles/**/*.css", "press/**/*.py")
        for path in ROOT.glob(pattern)
    }


@cache
def listed(section: Section) -> ClassPlaces:
    """What prints and what styles the classes of a section of the page."""
    return classes_of(section, sources())


# -- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "classes"),
    [
        ('<p class="a b">', {"a", "b"}),
        ('<p id="class"><i class="">', set()),
        ("""<p class="claim{{ ' preferred' if claim.preferred }}">""", {"claim", "preferred"}),
        ("""<p class="{{ 'a' if x == 'no' else 'b' }}">""", {"a", "b"}),
        ("""<td class="{{ column.align }}{{ ' numeric' if column.numeric }}">""",
         {"start", "end", "centre", "numeric"}),
        ('<li class="entry level-{{ entry.level }}">', {"entry", "level-1", "level-2"}),
    ],
)  # fmt: skip
def test_a_template_prints_what_its_attributes_say(template: str, classes: set[str]) -> None:
    """Words, words on a condition, and values that are looked up."""
    assert set(in_template(template)) == classes


def test_a_value_that_nobody_has_listed_is_asked_for() -> None:
    """An expression without a row in ``VALUES`` stops the page, instead of being left out."""
    with pytest.raises(KeyError, match=r"entry\.colour"):
        list(in_template('<p class="{{ entry.colour }}">'))
    with pytest.raises(KeyError, match=r"press/x\.py"):
        list(in_module("press/x.py", """Markup('<p class="{}">').format(kind)"""))


@pytest.mark.parametrize(
    ("module", "classes"),
    [
        ("""x = '<p class="a b">'""", {"a", "b"}),
        ("""x = f'<p class="a" id="{n}">'""", {"a"}),
        ('''def f():\n    """Makes <p class="a">."""''', set()),
        ("""x = re.compile('<p class="a">')""", set()),
        ("""x = tag.replace('class="', 'class="turn ', 1)""", {"turn"}),
    ],
)
def test_a_module_prints_what_its_strings_say(module: str, classes: set[str]) -> None:
    """Neither what explains nor what is looked for is printed."""
    assert set(in_module("press/x.py", module)) == classes


def test_a_drawing_is_given_its_classes_as_words() -> None:
    """Whole words and words with a value in them; what is compared, or only said, is none."""
    module = """
if kind == "bar":
    draw("layer", f"{style}-band", shape)
draw("layer", "river far", shape)
draw("layer", f"river r-{rank}{more}", shape)
say("the sea is wide; no dots")
"""
    known = ("bar", "front-band", "river", "far", "r-1", "road", "dot")
    assert set(in_drawing("press/x.py", module, known)) == {"front-band", "river", "far", "r-1"}


@pytest.mark.parametrize(
    ("css", "rules"),
    [
        (".a { color: red }", [("a", "")]),
        ("\n.a.b, p > .c { color: red }", [("abc", "")]),
        (".a .b + .c::before { color: red }", [("c", "ab")]),
        (".a:has(> .b):not(.c) { color: red }", [("a", "bc")]),
        (":where(.a .b, .c) { color: red }", [("bc", "a")]),
        (".a {\n  & .b { color: red }\n  & + p { color: red }\n  &.c { color: red }\n}",
         [("a", ""), ("b", "a"), ("", "a"), ("ac", "")]),
        (".a, .b { & > .c { & p { color: red } } }", [("ab", ""), ("c", "ab"), ("", "c")]),
        ("@media print {\n  .a { color: red }\n}", [("a", "")]),
        ("@page x { margin: 0 } /* .a */ p { background: url(a.b) }", [("", "")]),
    ],
)  # fmt: skip
def test_a_rule_styles_what_its_selectors_end_with(css: str, rules: list[tuple[str, str]]) -> None:
    """The last compound is styled, those before it and in :has() are near; ``&`` is the parent."""
    assert list(rules_of(css)) == [
        ClassRule(frozenset(own), frozenset(others)) for own, others in rules
    ]


# -- the page --------------------------------------------------------------------------------------


def test_a_row_says_what_prints_a_class_and_what_styles_it() -> None:
    """Files without their folder, each once; a row for what is not styled too.

    No row has a line of a file, which would change with every edit above it.
    """
    page = classes_page()
    assert "| `life` | `parts/people.html` | `parts/people.css` |\n" in page
    assert not re.search(r"\.(css|html|py):\d", page)
    assert "| `task-map` | `editions/worksheet.html` | nothing |\n" in page
    assert re.search(r"\| `narrow` \| .* \| what is near: `parts/worksheet.css`", page)


def test_what_nothing_prints_or_styles_is_said() -> None:
    """A rule left behind, and a class without one, stand over the table."""
    files = {
        "templates/parts/a.html": '<p class="old"><i class="kept">',
        "styles/parts/a.css": ".gone .kept { color: red }",
        "styles/themes/mine.css": ".old { color: red }",
        "styles/local.css": ".old { color: red }",
    }
    there = classes_of(PAGES, files)
    assert (there.unstyled, there.unprinted) == (["old"], ["gone"])


@pytest.mark.parametrize("section", [PAGES, PLATES, REPORT], ids=lambda section: section.title)
def test_every_rule_is_for_a_class_that_is_printed(section: Section) -> None:
    """A class that nothing prints any more leaves no rule behind."""
    assert listed(section).unprinted == []


def test_every_class_that_an_author_may_name_does_something() -> None:
    """``[words]{.nowrap}`` is set otherwise than the words alone."""
    assert {*listed(PAGES).styled} >= MARKED


def test_no_class_attribute_is_overlooked() -> None:
    """Whatever module of the press writes one belongs to a section."""
    outside = [
        name
        for name, text in sources().items()
        if name.endswith(".py") and "class=" in text
        if not any(section.holds(name, section.printed) for section in (PAGES, PLATES, REPORT))
    ]
    assert [name for name in outside if {*in_module(name, sources()[name])}] == []


ROOMY = {"picture": 20.0, "lower": 200.0, "foot": 300.0, "end": 310.0, "back": 0.0}
"""Where the parts of a sheet begin that has room for all of them, in mm."""


@pytest.mark.usefixtures("own_fonts")
@pytest.mark.parametrize("name", ["dossier", "large-print", "handout", "worksheet", "poster"])
def test_every_class_of_a_page_is_listed(school: Snapshot, name: str) -> None:
    """What is printed has no class that the reading of templates and modules has missed."""
    bench = bench_for(Work("x.pdf", load(school), named(name), "default", engine_files()))
    roomy = replace(bench, probe=lambda _: (1, ROOMY))  # what has room, has all its parts
    html = VIEWS[named(name).view](roomy).html.text
    html = re.sub(r"<svg\b.*?</svg>", "", html, flags=re.DOTALL)
    printed = {word for value in re.findall(r'\bclass="([^"]*)"', html) for word in value.split()}
    assert len(printed) > 20
    assert printed - listed(PAGES).printed.keys() == set()
