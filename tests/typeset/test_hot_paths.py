"""Fewer steps to the same pages: each hot path answers as the original does, to the last byte."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import cssselect2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinyhtml5 import inputstream
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.text import fonts as text_fonts
from weasyprint.text import line_break

from press.typeset import engine, hot_paths
from press.typeset.hot_paths import LOOKS, KeptFonts, KeptLines
from press.typeset.typeset import SetPages, typeset
from press.typeset.weasyprint_patches import Patch
from tests.conftest import ROOT
from tests.typeset.test_typeset import NOTES, document, noted


def place(patch: Patch) -> str:
    """Where a hot path is taken: the last name of its module or class, and the name in it."""
    return f"{patch.owner.__name__.rpartition('.')[2]}.{patch.name}"


HOT = {place(patch): patch for patch in engine.HOT_PATHS}


def both(name: str) -> tuple[Any, Any]:
    """A function as the press has it, and as it comes."""
    return vars(HOT[name].owner)[HOT[name].name], HOT[name].original


@contextmanager
def without(names: set[str]) -> Iterator[None]:
    """While the block runs, these are done as WeasyPrint and its packages do them."""
    for name in names:
        HOT[name].undo()
    try:
        yield
    finally:
        for name in names:
            HOT[name].apply()


def test_hot_paths_are_taken() -> None:
    """These are all, and each stands in the place of its original."""
    assert set(HOT) == {
        "Box.is_in_normal_flow", "ComputedStyle.__missing__", "Matcher.match", "StyleFor.__init__",
        "block.block_box_layout", "block.block_level_layout_switch", "block.columns_layout",
        "block.resolve_percentages", "float.resolve_percentages", "inline.resolve_percentages",
        "inline.strut", "inputstream.characters_until_regex", "line_break.split_first_line",
        "preferred.split_first_line", "table.resolve_percentages",
    }  # fmt: skip
    for name in HOT:
        ours, theirs = both(name)
        assert ours is not theirs


CSS = f"""
@page {{ size: A6; margin: 5% 10mm; @bottom-center {{ content: counter(page) }} }}
{NOTES}
h1 {{ page: first; text-indent: calc(10% + 2px); text-decoration: underline }}
h1 em {{ display: inline-block; min-width: 20%; text-decoration-color: red }}
aside {{ float: right; width: calc(30% - 2mm); padding: 1em; border: thin solid; max-height: 50% }}
aside p {{ position: relative; inset: 1px auto auto 2px; margin-inline-start: 3px }}
b {{ position: absolute; top: 0; right: 5%; color: inherit; border-width: inherit }}
section {{ columns: 2; column-gap: normal; direction: rtl; margin-inline-end: 7px; width: 90% }}
section p {{ margin: inherit; box-sizing: border-box; height: 3lh; padding-block: 2% 1px }}
p i {{ padding: 0 5% 0 1px; margin-left: 2em }} p u {{ margin-right: calc(1% + 1px) }}
.set {{ text-align: justify; hyphens: auto; width: 30mm; letter-spacing: 0.1px; text-wrap: normal }}
.cut {{ width: 9mm; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }}
.once {{ max-height: 2lh; block-ellipsis: auto; overflow-wrap: anywhere; word-spacing: 1px }}
.tab {{ white-space: pre; tab-size: 3 }} .first::first-line {{ font-size: 150%; color: red }}
table {{ border-collapse: collapse; width: 100% }} td {{ border: 1px dotted; min-height: auto }}
li::marker {{ color: blue }} li {{ list-style-type: upper-roman }} li + li {{ color: red }}
li::before {{ content: "\\2013" }} q {{ color: inherit !important }}
"""
BODY = (
    "<h1>A<em>b</em> &amp; &eacute; &#x2014; c</h1><aside class='x' id=y><p>in the margin</aside>"
    f"{noted(3)}<p>a <b>b</b><section><p>one<p>two <i>three</i><p>four</section>"
    "<p class=set lang=en>incomprehensibilities and <u>other</u> extraordinarily long words, words"
    "<p class=set lang=de>incomprehensibilities and <u>other</u> extraordinarily long words, words"
    "<ol start=3 style='color: lime'><li>a<li value=9 style='color: blue'>b<li><q>c</q><li></ol>"
    "<p class=cut>incomprehensibilities<p class=cut>incomprehensibilities<p class=tab>a\tb\n\tc"
    "<p class=once>incomprehensibilities incomprehensibilities incomprehensibilities</p>"
    "<p class='first set'>incomprehensibilities and other extraordinarily long words, words"
    "<table><tr><td>1<td rowspan=2>2<tr><td>3</table><svg width=20 height=9><title>s</title>"
    "<path d='M0.123456 0 L9 1e-7 C1 2 3 4 5.5 6' stroke='#123' fill='none'/></svg>"
)


@cache
def as_it_is() -> SetPages:
    """The pages with every hot path taken, set once for all."""
    return typeset(document(BODY, CSS))


@pytest.mark.parametrize("name", sorted(HOT))
def test_pages_are_the_same_to_the_last_byte(name: str) -> None:
    """Floats, columns, notes, tables, drawings, percentages: with and without, one PDF."""
    ours = as_it_is()
    with without({name}):
        theirs = typeset(document(BODY, CSS))
    assert ours.pages > 1
    assert ours.pdf == theirs.pdf


LENGTH_RULES = (
    "", "width:9px;margin:1px 2px", "margin-left:10%", "padding:5%", "height:50%", "max-height:9px",
    "width:calc(50% - 1px)", "box-sizing:border-box;width:9px;padding:7px;border:1px solid",
    "min-width:3px;max-width:8px", "border-collapse:collapse;border:2px solid", "margin:auto",
    "width:max-content", "height:calc(2px + 1em);min-height:1em",
)  # fmt: skip
FLOATS = ("none", "left", "right", "inline-start", "inline-end", "footnote")
POSITIONS = ("static", "relative", "absolute", "fixed", ("running()", "x"), ("note()", "x"))


@pytest.mark.parametrize("position", POSITIONS, ids=str)
@pytest.mark.parametrize("float_", FLOATS)
def test_the_flow_is_the_same(float_: str, position: object) -> None:
    """A box is in the flow where WeasyPrint says so."""
    box = engine.boxes.Box("p", {"float": float_, "position": position}, None)
    ours, theirs = both("Box.is_in_normal_flow")
    assert theirs(box) is ours(box)


def test_no_property_begins_as_a_function() -> None:
    """No initial value is a calculation: they are taken as they stand."""
    values = INITIAL_VALUES.values()
    assert [] == [value for value in values if check_math(value)]


SETS = st.frozensets(st.sampled_from("\t\n\f />=&<\0'\"-abcXYZ"), min_size=1)


@given(SETS, st.booleans(), st.text("\t\n\f />=&<'\"-abcXYZ"))
def test_a_text_ends_at_the_same_character(stops: frozenset[str], only: bool, text: str) -> None:
    """A kept pattern stops where the one that tinyhtml5 writes anew each time does."""
    written = f"[{'' if only else '^'}{''.join(f'{chr(92)}x{ord(c):02x}' for c in stops)}]+"
    stream = inputstream.HTMLUnicodeInputStream(text)
    taken = stream.chars_until(stops, only)
    found = re.match(written, text)
    assert taken == (found[0] if found else "")
    kept = inputstream.characters_until_regex
    assert kept[stops, only] is kept[stops, only]


def test_all_that_divides_a_line_is_part_of_its_look() -> None:
    """WeasyPrint asks a style for no other property where it divides lines and finds their font."""
    text = "".join(
        inspect.getsource(module) for module in (line_break, text_fonts.get_font_description)
    )
    asked = set(re.findall(r"style\['(\w+)'\]", text))
    assert asked - {"line_height"} == set(LOOKS)  # that is for struts, which are noted by style


class Words:
    """Stands for the line that Pango has set."""

    def __init__(self, text: str) -> None:
        self.text = text


class Style(dict[str, object]):
    """Stands for a computed style."""

    def __missing__(self, name: str) -> str:
        return "as it comes"


def divided(lines: KeptLines) -> tuple[Any, list[str]]:
    """A ``split_first_line`` that ``lines`` keep, and the texts that were really divided."""
    texts: list[str] = []

    def split(text: str, *_: object) -> tuple[Words, int]:
        texts.append(text)
        return Words(text), len(texts)

    return lines.kept(split), texts


@pytest.mark.parametrize("name", LOOKS)
def test_a_line_is_divided_anew_in_another_look(name: str) -> None:
    """Each property counts: the same text is divided once in each look, whosever style it is."""
    ask, texts = divided(KeptLines((Style,)))
    for style in (Style(), Style({name: "b"}), Style(), Style({name: "b"})):
        ask("one two", style, None, 20, 0)
    assert len(texts) == 2


def test_a_line_is_divided_anew_in_another_place() -> None:
    """So do its words, its width, its spaces, and where it begins."""
    ask, texts = divided(KeptLines((Style,)))
    style = Style()
    for asked in (("a", 20, 0), ("b", 20, 0), ("a", 21, 0), ("a", None, 0), ("a", 20, 1)):
        text, *measures = asked
        for _ in range(2):
            ask(text, style, None, *measures)
    ask("a", style, None, 20, 0, is_line_start=False)
    ask("a", style, None, 20, 0, minimum=True)
    assert texts == ["a", "b", "a", "a", "a", "a", "a"]


def test_a_line_in_another_font_is_divided_anew() -> None:
    """What was divided with other fonts is not asked again, and what was with these is."""
    lines = KeptLines((Style,))
    ask, texts = divided(lines)
    for fonts in ("a", "a", "b", "a"):
        lines.belong_to(fonts)
        ask("one", Style(), None, 20, 0)
    assert len(texts) == 3


def test_who_asks_has_a_line_of_his_own() -> None:
    """An ellipsis that is set at one line's end does not end the others."""
    ask, _ = divided(KeptLines((Style,)))
    for _ in range(3):
        line, _number = ask("one two", Style(), None, 20, 0)
        assert line.text == "one two"
        line.text = "one…"


def test_a_style_that_is_still_written_is_not_noted() -> None:
    """Drawings fill in the style of each of their words: no look is noted at these."""
    ask, texts = divided(KeptLines((Style,)))
    plain = {"font_size": 9}
    ask("one", plain, None, 20, 0)
    ask("one", plain, None, 20, 0)
    assert len(texts) == 2


def test_kept_lines_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that sets a thousand documents does not keep all their lines."""
    monkeypatch.setattr(hot_paths, "LINES_KEPT", 3)
    ask, texts = divided(KeptLines((Style,)))
    for text in ("a", "b", "c", "a", "d", "a"):
        ask(text, Style(), None, 20, 0)
    assert texts == ["a", "b", "c", "d", "a"]


PAGE_FONT = "@page{size:A6}body{font-family:Odd, 'Source Serif 4'}"


def test_a_face_of_the_document_changes_its_lines() -> None:
    """A sheet that brings a face is set with it, also after one that asked for it in vain."""
    text = "<p>" + "incomprehensibilities and other extraordinarily long words " * 4
    other = "@font-face{font-family:Odd;src:url(f.otf)}"
    file = ROOT / "styles/fonts/source-serif-4/SourceSerif4Display-Semibold.otf"
    first = typeset(document(text, PAGE_FONT)).layout
    plain = document(text, PAGE_FONT + other)
    second = typeset(replace(plain, files={**plain.files, "f.otf": file.read_bytes()})).layout
    assert first == typeset(document(text, PAGE_FONT)).layout
    assert [line.right for line in first.lines] != [line.right for line in second.lines]


def test_fonts_are_read_once_for_the_same_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other faces have a configuration of their own, and so has another process."""
    monkeypatch.setattr(hot_paths, "FONTS_KEPT", 2)
    kept = KeptFonts(object)
    first = kept.of("a")
    assert kept.of("a") is first is not kept.of("b")
    kept.let_go("a")
    second = kept.of("a")
    assert second is not first
    assert kept.of("c") is not kept.of("d")
    assert kept.of("a") is not second
    last = kept.of("d")
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert kept.of("d") is not last
    assert kept._before


def test_a_face_that_cannot_be_loaded_is_told_in_each_layout() -> None:
    """What was said of a face is said again of the next document that brings it."""
    html = document("<p>a", "@font-face{font-family:Gone;src:url(gone.otf)}body{font-family:Gone}")
    assert typeset(html).complaints == typeset(html).complaints != ()


@pytest.mark.parametrize("rule", LENGTH_RULES)
def test_lengths_are_the_same(rule: str) -> None:
    """The used lengths of a box are those that WeasyPrint works out, however large its block is."""
    ours, theirs = both("block.resolve_percentages")
    page = engine.HTML(string=f"<style>p{{{rule}}}</style><p>").render().pages[0]
    boxes = engine.page_box(page).descendants()
    style = next(box.style for box in boxes if box.element_tag == "p").copy()
    for kind in ("BlockBox", "LineBox", "TableCellBox", "TextBox"):
        for around in ((200, "auto"), (200, 100), (50, 30)):
            made = [lengths(kind, style, one, around) for one in (ours, ours, theirs)]
            assert made[0] == made[1] == made[2]


def lengths(kind: str, style: Any, resolve: Callable[..., None], around: object) -> dict[str, Any]:
    """What is resolved of a box."""
    box = object.__new__(getattr(engine.boxes, kind))
    box.style = style
    resolve(box, around)
    return dict(vars(box))


SELECTORS = (
    "*", "p", "p.a", "#x", ".a.b", "[title]", "[title=t]", ":empty", "p:empty", ":first-child",
    ":last-child", ":only-of-type", "p:nth-child(2)", "b:nth-last-of-type(2)", "p + b", "p ~ .a",
    "div > p", "div p b", "p:not(.a)", ":is(p, b).b", ":lang(de)", ":root > body > :nth-child(1)",
    ":empty + p", "p::before", "[lang] *", ":nth-child(2 of .a)", "p:has(b)",
    "div:has(> .a) b", ".a:has(+ b)", "p:not(:has(~ p))", ":is(b, :has(.b > p))",
    "p:nth-last-child(2 of .b)",
)  # fmt: skip


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> str:
    """A piece of HTML: elements within elements, some with a class, a title, a language, words."""
    tag = draw(st.sampled_from(("p", "b", "div")))
    given = draw(st.sampled_from(("", " class=a", " class='b a'", " title=t", " lang=de", " id=x")))
    words = draw(st.sampled_from(("", "", "x")))
    within = draw(st.lists(trees(depth - 1), max_size=3)) if depth else []
    return f"<{tag}{given}>{words}{''.join(within)}</{tag}>"


def matched(match: Any, matcher: cssselect2.Matcher, html: str) -> list[list[Any]]:
    """The rules for each element of a document, in order."""
    root = cssselect2.ElementWrapper.from_html_root(ET.fromstring(html))  # noqa: S314 our own
    return [list(match(matcher, element)) for element in root.iter_subtree()]


def matcher_of(selectors: Iterable[str]) -> cssselect2.Matcher:
    """A matcher of these selectors, each of which stands for its rule."""
    made = cssselect2.Matcher()
    for selector in selectors:
        for compiled in cssselect2.compile_selector_list(selector):
            made.add_selector(compiled, selector)
    return made


@settings(max_examples=50)
@given(st.lists(st.lists(trees(), max_size=3), min_size=2, max_size=4))
def test_the_same_rules_apply(documents: list[list[str]]) -> None:
    """One tree after the other, like and unlike: each element has the rules that it has alone."""
    _, alone = both("Matcher.match")
    kept, ours = hot_paths.KeptMatches().kept(alone), matcher_of(SELECTORS)
    for body in documents:
        html = f"<html><body>{''.join(body)}</body></html>".replace("=a", "='a'")
        html = re.sub(r"=(t|de|x)\b", r"='\1'", html)
        assert matched(kept, ours, html) == matched(alone, matcher_of(SELECTORS), html)


def test_selectors_are_tried_once_at_a_place() -> None:
    """The second layout of a text tries them for what is new in it, and for what is around that."""
    _, alone = both("Matcher.match")
    tried: list[str] = []

    def trying(matcher: cssselect2.Matcher, element: Any) -> Any:
        tried.append(element.etree_element.tag)
        return alone(matcher, element)

    kept, matcher = hot_paths.KeptMatches().kept(trying), matcher_of(SELECTORS[:5])
    text = "<html><body><p>a<b>1</b></p><div><i>b</i></div></body></html>"
    for html in (text, text, text.replace("<b>1</b>", "<b>1</b><u>2</u>")):
        matched(kept, matcher, html)
    assert tried == ["html", "body", "p", "b", "div", "i", "p", "b", "u", "div", "i"]


def test_kept_places_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither rules nor numbers of places grow without end, and no number is given twice."""
    monkeypatch.setattr(hot_paths, "PLACES_KEPT", 3)
    _, alone = both("Matcher.match")
    keeper, matcher = hot_paths.KeptMatches(), matcher_of(SELECTORS[:5])
    for n in range(9):
        html = f"<html><body>{'<p>a</p>' * n}<b class='a'>{n}</b></body></html>"
        assert matched(keeper.kept(alone), matcher, html) == matched(alone, matcher, html)
        assert len(vars(matcher)["known"]) <= 4
        assert len(keeper._numbers) <= 3


def test_a_rule_that_looks_inside_is_tried_each_time() -> None:
    """``:has()`` asks for what is within an element, which no place tells."""
    css = "@page{size:A6}h1:has(em){font-size:40pt}"
    plain, marked = (typeset(document(f"<h1><b>{h}</b></h1>", css)) for h in ("a", "<em>a</em>"))
    (first,), (second,) = plain.layout.lines, marked.layout.lines
    assert second.runs[0].size == 40 > first.runs[0].size
