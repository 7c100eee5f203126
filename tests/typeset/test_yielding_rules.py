"""What a theme's rules lose to an edition is told once, at the rule, with what wins."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from press.base.finding import findings_by
from press.design import styles
from press.typeset import yielding_rules
from press.typeset.expected import Expected
from press.typeset.typeset import SetPages
from tests.design.test_styles import shipped

EDITION = ".infobox, .infobox .row { break-inside: auto }\n.infobox .label { float: none }\n"


def told(css: str, edition: str = "large-print", theme: str = "") -> list[str]:
    """What is said of a ``local.css`` and of a theme on a page with some of everything."""
    own = {"styles/local.css": css.encode(), "styles/themes/default.css": theme.encode()}
    files = {**shipped(), "styles/editions/large-print.css": EDITION.encode(), **own}
    style = styles.flatten(files, edition=edition)
    root = ET.Element("html")
    body = ET.SubElement(root, "body")
    for tag, name in (("div", "infobox"), ("section", "chapter"), ("section", "colophon part")):
        outer = ET.SubElement(body, tag, {"class": name})
        if name == "infobox":
            row = ET.SubElement(outer, "div", {"class": "row"})
            row.extend(ET.Element("div", {"class": one}) for one in ("label", "value", "value"))
        for inner in ("h1", "h2", "h3", "p", "em", "sup", "blockquote"):
            ET.SubElement(outer, inner)
    expected = Expected(
        "a.pdf", frozenset(), engine=files, tokens=style.tokens, root=root, edition=edition
    )
    pages = SetPages(0, b"", (), (), (), (), (), "", 0)
    return [str(one) for one in findings_by(yielding_rules.CHECKS, pages, expected)]


LOSING = """\
.row { break-inside: avoid }
.label { float: left; text-indent: 1mm }
h2 { margin: 2mm 0 3mm }
em { font-style: oblique }
sup { color: #a60 }
"""


def test_rules_that_lose_are_one_finding() -> None:
    """With the first, what wins over it, and the lines of the others."""
    [said] = told(LOSING)
    assert said.startswith("styles/local.css:1:8: W726 warning: in large-print .row {break-inside")
    assert "loses to .infobox, .infobox .row {break-inside: auto} in styles/editions/large" in said
    assert "so does 1 more declaration, in lines 2 (float);" in said
    assert "--yields-because" in said


def test_each_style_sheet_has_its_own() -> None:
    both = told(".row { break-inside: avoid }", theme="\n.row { break-inside: avoid-page }")
    places = sorted(one.partition(": ")[0] for one in both)
    assert places == ["styles/local.css:1:8", "styles/themes/default.css:2:8"]


@pytest.mark.parametrize(
    "css",
    [
        # in effect somewhere, or in part
        "h2 { color: #a60 } p { margin: 0 } .label { color: #a60; --yields-because: 'x' }",
        # what says so
        '.row { --yields-because: "large print divides rows"; break-inside: avoid }',
        # stronger, or the same
        ".infobox.infobox .row { break-inside: avoid } .infobox .label { float: none }",
        # taken back by the author
        "h3 { color: red } h3 { color: blue }",
        # nothing on these pages
        ".glossary .entry { color: red }",
        "",
    ],
)
def test_rules_that_act_or_yield_are_silent(css: str) -> None:
    assert told(css) == []


def test_the_themes_that_come_along_lose_nothing() -> None:
    """They are tokens alone, of which W720 tells."""
    for theme in ("default", "archive"):
        raw = shipped()[f"styles/themes/{theme}.css"].decode()
        assert told("", theme=raw) == []


def test_in_the_dossier_they_win() -> None:
    """What large print takes back acts in the edition that it is made from."""
    assert told(LOSING, edition="dossier") == []
