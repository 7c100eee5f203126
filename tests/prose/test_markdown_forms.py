"""Markdown as people write it: what it prints, and what is found in the place of a loss."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from press.base import pdfium
from press.base.codes import explanations
from press.base.finding import Place
from press.checks.texts import without_marks
from press.citations import Citations
from press.content.snapshot import read
from press.prose import Prose
from press.prose.second_reader import differences
from press.prose.seen import Seen
from tests.conftest import HERE, set_edition
from tests.prose.test_prose import MATTERHORN, chapter, printed, prose, speaking, words

CASES = HERE / "cases"


def case(name: str) -> str:
    """The text of the chapter of a case on disk, without its title and its citation."""
    text = (CASES / name / "chapters" / "01-one.md").read_text("utf-8")
    return (
        text.replace(" [@a, p. 1]", "")
        .replace("source: a, p. 3", "source: whymper")
        .split("\n", 1)[1]
    )


def shown(body: str) -> str:
    """The HTML of a text that has no findings, on one line."""
    html, _, messages = printed(body)
    assert not messages
    return " ".join(
        re.sub(r"\s*(</?(?:p|li|ul|ol|pre|dl|dt|dd|br)\b[^>]*>)\s*", r"\1", html).split()
    )


# -- lists ---------------------------------------------------------------------------------------


def test_a_list_begins_with_the_number_that_it_is_given() -> None:
    html = shown(case("01-list-start"))
    assert '<ol start="12" style="counter-reset: list-item 11"><li>Twelfth article.</li>' in html


def test_lists_of_two_kinds_are_two_lists() -> None:
    html = shown(case("02-list-kinds-merged"))
    lists = (
        "<ul><li>a bullet</li><li>another</li></ul><ol><li>first step</li><li>second step</li></ol>"
    )
    assert lists in html


LISTS = [
    ("two spaces nest", "- a\n  - b\n    - c", "<li>a<ul><li>b<ul><li>c</li></ul></li></ul></li>"),
    ("four spaces nest", "- a\n\n    - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
    ("a list after text", "Text\n- a\n- b", "<p>Text</p><ul><li>a</li>"),
    ("numbers after text", "Text\n1. a", "<p>Text</p><ol><li>a</li></ol>"),
    ("a number in a sentence", "It was\n12. a day", "<p>It was 12. a day</p>"),
    ("a bracket", "1) a\n2) b", '<ol class="bracketed"><li>a</li><li>b</li></ol>'),
    ("nought", "0. a\n1. b", '<ol start="0" style="counter-reset: list-item -1">'),
    ("the same number", "1. a\n1. b", "<ol><li>a</li><li>b</li></ol>"),
    ("another bullet", "- a\n* b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
    ("wide numbers", "99. a\n100. b", '<ol class="hundreds" start="99"'),
    ("a paragraph of an item", "1. a\n\n   b\n2. c", "<li>a<br>b</li><li>c</li>"),
    ("code of an item", "- a\n\n  ```\n  b\n  ```", "<li>a<pre><code>b </code></pre></li>"),
    ("a quotation of an item", "- > a", "<li><blockquote><p>a</p></blockquote></li>"),
    (
        "a task",
        "- [ ] a\n- [x] b",
        '<span class="tick">☐</span> a</li><li><span class="tick">☑</span> b',
    ),
    ("a stop behind a backslash", "1993\\. The year.", "<p>1993. The year.</p>"),
]


@pytest.mark.parametrize(("body", "expected"), [c[1:] for c in LISTS], ids=[c[0] for c in LISTS])
def test_a_list_is_what_its_author_wrote(body: str, expected: str) -> None:
    assert expected in shown(body)


DAYS = [
    ("de", "1. April: Abfahrt\n2. April: Ankunft", 2),
    ("de", "24. und 25. Dezember\n25. Dez. 1944", 2),
    ("cs", "24. prosince 1944 mrzlo\n25. prosince tálo", 2),
    ("da", "5. juni 1849\n6. juni 1849", 2),
    ("fi", "6. joulukuuta 1917\n7. joulukuuta", 2),
    ("nb", "17. mai 1814\n18. mai", 2),
    ("hr", "8. listopada 1991.\n9. listopada", 2),
    ("de", "1. Jan van Eyck\n2. Mailand", 0),
    ("en", "1. May be used\n2. March on", 0),
    ("de", "1. Brot\n\nDann:\n\n2. Salz war da.", 0),
    ("en", "1. Bread\n   1. White bread was dear.\n2. Salt", 0),
    ("en", "- 5 loaves\n- 3 fishes", 0),
    ("en", "- A single point.", 0),
    ("en", "1) A single one.", 0),
    ("en", "> 1993 was the year\n> of the truce.", 0),
]


@pytest.mark.parametrize(("language", "body", "found"), DAYS)
def test_days_of_a_month_are_no_numbers_of_a_list(language: str, body: str, found: int) -> None:
    """In each language that writes them with a full stop; lists of other things stay lists."""
    _, places, _ = printed(body, prose(speaking(language)))
    assert [place.split()[1] for place in places] == ["P282"] * found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("-*12"), st.integers(0, 3)), min_size=1, max_size=8))
def test_no_word_of_any_list_is_lost(items: list[tuple[str, int]]) -> None:
    lines = [
        f"{'  ' * deep}{sign}{'.' * sign.isdigit()} word{number}"
        for number, (sign, deep) in enumerate(items)
    ]
    html, _, _ = printed("\n".join(lines))
    assert re.findall(r"word\d", html) == [f"word{number}" for number in range(len(items))]


# -- what stands within a line -------------------------------------------------------------------

LINES = [
    ("superior", "x^2^, 10^-3^", "x<sup>2</sup>, 10<sup>-3</sup>"),
    ("inferior", "H~2~O", "H<sub>2</sub>O"),
    ("struck out", "~~a b~~ c", "<del>a b</del> c"),
    ("no superior", "10^6 and 2^8", "10^6 and 2^8"),
    ("no inferior", "~5 km to ~10 km", "~5 km to ~10 km"),
    ("breaks", "a  \nb\\\nc", "a<br>b<br>c"),
    ("code in letters", '`a  *b* "c"`', '<code>a  *b* "c"</code>'.replace("  ", " ")),
    ("an ampersand behind a backslash", "\\&copy;", "&amp;copy;"),
    ("an entity in code", "`&copy;`", "<code>&amp;copy;</code>"),
    ("emphasis in a word", "un*frigging*believable", "un<em>frigging</em>believable"),
    ("a name with lines", "snake_case_name", "snake_case_name"),
    ("years", "The class of '68 and the '45 rebellion.", "of ’68 and the ’45 rebellion."),
    ("in other languages", "die '68er in 's Haus", "die ’68er in ’s Haus"),
    ("decades", "the '90s", "the ’90s"),
    ("'tis", "'Tis rock 'n' roll, 'twas", "’Tis rock ’n’ roll, ’twas"),
    ("feet and inches", "5' 11\" tall, 6'2\"", "5′ 11″ tall, 6′2″"),
    ("inches behind feet and inches", '5\' 11" tall and 6" wide', "5′ 11″ tall and 6″ wide"),
    ("degrees", "46° 30' 15\" north, 9°12' east", "46° 30′ 15″ north, 9°12′ east"),
    ("inches", 'a 12" record', "a 12″ record"),
    ("a quotation that ends in a year", '"It was in 1968" and "no"', "“It was in 1968” and “no”"),
    ("a single one", "'it was 68' so", "‘it was 68’ so"),
    ("of a decade", "the 1990s' end", "the 1990s’ end"),
    ("money", "It costs $5 and $10, US$20,000–$30,000.", "$5 and $10, US$20,000–$30,000."),
]


@pytest.mark.parametrize(("body", "expected"), [c[1:] for c in LINES], ids=[c[0] for c in LINES])
def test_a_line_is_set_as_it_was_meant(body: str, expected: str) -> None:
    assert expected in shown(body)


@pytest.mark.parametrize("body", ["a *[^( b", "*^(*^[", "~~ ^( *", "**~(^"])
def test_signs_that_enclose_nothing_are_printed(body: str) -> None:
    html, *_ = printed(body)
    assert [c for c in body if c in "*^~"] == [c for c in html if c in "*^~"]


def test_code_keeps_its_lines_and_its_signs() -> None:
    """In a fence nothing is a mark, neither a heading nor a quotation mark nor a reference."""
    body = case("04-code-fence") + '\n~~~\n# [[nowhere]] [^x] [a]: b\n"[@y]" <b>\n~~~\n'
    html, _, messages = printed(body)
    assert '<pre><code>import os\ndef fun():\n    print("x")\n</code></pre>' in html
    assert '# [[nowhere]] [^x] [a]: b\n"[@y]" &lt;b&gt;\n</code></pre>' in html
    assert not messages


def test_checks_of_words_pass_over_code() -> None:
    """A comment in code is no heading that ends with a stop, and its hyphens are no dashes."""
    text = "A word.\n\n~~~\n# The fall of the town.\na - b there there\n~~~\n\nEnd."
    assert without_marks(text).split() == ["A", "word.", "End."]


def test_a_heading_keeps_the_number_sign_that_ends_it() -> None:
    assert "The language C#</h2>" in shown("## The language C#")
    assert "The end</h2>" in shown("## The end ##")


def test_headings_have_six_levels() -> None:
    html = shown(case("45-headings-5-6"))
    assert re.findall(r"<h(\d)", html) == ["2", "3", "4", "5", "6"]


# -- notes ---------------------------------------------------------------------------------------


def test_a_note_can_stand_where_it_is_called() -> None:
    assert 'a.<span class="note" id="note-1">b <em>c</em></span></p>' in shown("a^[b *c*].")
    assert '<span class="note" id="note-1">b</span>' in prose().inline("a^[b]")


def test_a_note_keeps_its_line_breaks() -> None:
    assert ">b<br>c<br>d</span>" in shown("a[^n]\n\n[^n]: b  \n    c\\\n    d")


def test_a_field_that_calls_a_note_is_told_how_to_write_one() -> None:
    stage = Prose(MATTERHORN, Citations(MATTERHORN.bibliography), prose().templates, where=PLACE)
    stage.inline("A [^1].")
    (finding,) = stage.findings
    assert (finding.code, finding.hint) == (
        "P220",
        "notes with a name stand in chapters; write ^[the words of the note] here",
    )


PLACE: dict[str, Place] = {"A [^1].": ("images/images.yaml", 4, 5)}


def test_a_note_in_the_head_of_a_table_stands_with_the_first_row() -> None:
    """The head is set again on each page and holds only the number, which leads to the note."""
    html = shown("| a[^1] | b |\n|---|---|\n| c^[d] | e |\n\n[^1]: In the head.")
    assert 'a<a class="head-call" href="#of-note-1"></a></th>' in html
    assert '<td><span class="of-head"><span class="note" id="note-1">In the head.</span>' in html
    assert 'c<span class="note" id="note-2">d</span></td>' in html


@pytest.mark.usefixtures("own_fonts")
def test_the_number_in_the_head_of_a_table_is_that_of_its_note() -> None:
    """Through two pages: the note stands once, on the first of them."""
    pages = texts(CASES / "55-note-in-table-head")
    first, second = (page for page in pages if "Vessel" in page)
    assert "Ship2" in first.replace(" ", "")
    assert "Ship2" in second.replace(" ", "")
    assert "In the head." in first
    assert "In the head." not in second


@pytest.mark.usefixtures("own_fonts")
def test_large_print_has_that_number_in_the_head_alone() -> None:
    """Its calls stand in brackets on the line; none stands before the first cell."""
    (first, *_) = (p for p in texts(CASES / "55-note-in-table-head", "large-print") if "Ship" in p)
    words_of = " ".join(first.split())
    assert "Ship [2] Tons Vessel 0" in words_of.replace("\N{NO-BREAK SPACE}", " ")


def texts(folder: Path, edition: str = "dossier") -> list[str]:
    """The words of each page of a dossier, set."""
    made = set_edition(read(folder, folder.name[3:]), edition)
    with pdfium.opened(made.pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


# -- verse ---------------------------------------------------------------------------------------


def test_a_poem_in_a_quotation_is_found() -> None:
    _, places, messages = printed(case("07-verse"))
    assert places == ["7:1 P284", "10:1 P284"]
    assert "/// verse" in messages


POEMS = [
    (
        "in a quotation",
        "> Two roads diverged in a yellow wood,\n> And sorry I could not travel both",
        1,
    ),
    ("an address", "The Director\nState Archive\nBaku", 1),
    ("an address with figures", "Kaiserstraße 5\n16225 Eberswalde\nGermany", 1),
    ("one that begins with a figure", "10 Downing Street\nLondon\nSW1A 2AA", 1),
    ("with a telephone", "**A. Müller**\n10115 Berlin\n+49 30 1234\nwww.example.org", 1),
    ("small letters", "two eggs\nmilk\nsugar, 200 g", 1),
    ("a year in wrapped prose", "He came in\n1993 and saw", 0),
    ("narrow prose", "It was a long and narrow\nroad to the town and\nnobody came along\nit", 0),
    ("a text with a colon", "/// quote\n\nnb: it was.\n///", 0),
    ("a language of three letters", "[a]{lang=xcl}", 0),
    ("bars in code", "`a|b`\n`c|d`", 0),
    ("bars behind backslashes", "a\\|b\nc\\|d", 0),
    ("a sentence a line", "He came to the town.\nHe saw the river.", 0),
    (
        "prose in narrow lines",
        "The commission travelled by rail to\nthe coast and took evidence",
        0,
    ),
    ("breaks", "Two roads diverged,\\\nAnd sorry I was\\\nTo go", 0),
    (
        "prose in wide lines",
        "The commission travelled by rail to the coast and took evidence of\nForty",
        0,
    ),
    ("verse with words of one letter", "I see the hill,\nand you the sea,\na ship for me", 1),
    ("a list", "- One\n- Two\n- Three", 0),
    ("letters", "a) one\nb) two", 1),
    ("Roman numbers", "iv. one\nv. two", 1),
    ("numbers in brackets", "(1) one\n(2) two", 1),
    ("bullets of one's own", "• one\n• two", 1),
    ("stanzas of a quotation", "> Two roads diverged,\n> And sorry I\n>\n> To go\n> And look", 2),
]


@pytest.mark.parametrize(("body", "found"), [c[1:] for c in POEMS], ids=[c[0] for c in POEMS])
def test_lines_that_look_like_verse_are_found(body: str, found: int) -> None:
    assert [place.split()[1] for place in printed(body).places] == ["P284"] * found


# -- nothing is lost in silence ------------------------------------------------------------------

LOSSES = [
    ("a year that begins a sentence", "1993. The year.", ["2:1 P282"], "1993\\."),
    ("a list under words", "Articles:\n12. a", ["3:1 P284"], "empty line"),
    ("two items under words", "It says\n12. a\n13. b", ["3:1 P284"], "empty line"),
    ("an ordinal that begins a sentence", "1. April war er in Berlin.", ["2:1 P282"], "1\\."),
    ("a day alone", "24. Dezember 1944", ["2:1 P282"], "24\\."),
    ("a temperature", "+ 5 degrees", ["2:1 P282"], "write \\+ for the sign"),
    ("two of them", "a\n\n+ 5 degrees\n+ 7 degrees", ["4:1 P282"], "- for a list"),
    ("one below nought", "- 5 degrees", ["2:1 P282"], "\\-"),
    ("a star for a birth", "* 1837 in Wien", ["2:1 P282"], "\\*"),
    ("a remark under a table", "a\n\n* Without the wounded.", ["4:1 P282"], "\\*"),
    ("more than", "> 500 people", ["2:1 P282"], "\\>"),
    ("an ordinal in a list", "- 3. Oktober war.", ["2:1 P282"], "3\\."),
    ("numbers out of order", "1. a\n3. b\n2. c", ["3:1 P282"], "3. would be printed as 2."),
    ("an item that is nearly nested", "1. a\n  - b", ["3:1 P283"], "by 3"),
    ("the title of a labelled link", 'a [b]\n\n[b]: https://c.org "D"', ["4:20 P256"], "D"),
    ("the title of a picture", '![a](image:ridge "D")', ["2:17 P256"], "caption"),
    ("a title of code", '```python title="D"\na\n```', ["2:11 P256"], "above the code"),
    ("words behind a fence", "~~~ text Letter of 3 May\na\n~~~", ["2:10 P256"], "'Letter of 3 M"),
    ("attributes of code", '``` {.c caption="D"}\na\n```', ["2:9 P256"], "caption"),
    ("a link without words", "a [](https://c.org) b", ["2:3 P250"], "<https://c.org>"),
    ("a link of blanks", "a [ ][b]\n\n[b]: https://c.org", ["2:3 P250"], "no words"),
    ("two languages", "[a]{lang=az lang=hy}", ["2:1 P262"], "two languages, az and hy"),
    ("an unused abbreviation", "a\n\n*[ABC]: d", ["4:1 P258"], "'ABC'"),
    ("an abbreviation twice", "U\n\n*[U]: d\n*[U]: e", ["5:1 P258"], "twice"),
    ("a short row", "|a|b|\n|-|-|\n|1|", ["4:1 P280"], "fewer cells"),
    ("a long row", "|a|b|\n|-|-|\n|1|2|3|", ["4:1 P280"], "more cells"),
    ("a table without dashes", "| a | b |\n| c | d |", ["2:1 P281"], "|---|"),
    ("too few dashes", "| a | b |\n|---|\n| 1 | 2 |", ["3:1 P281"], "|---|---|"),
    ("too many", "| a | b |\n|-|-|-|\n| 1 | 2 |", ["3:1 P281"], "3 columns, the head above it 2"),
    ("a bare rule", "| a | b |\n---\n| 1 | 2 |", ["3:1 P281"], "1 column"),
    ("one without outer bars", "a | b\n---\n1 | 2", ["3:1 P281"], "1 column"),
    ("no head", "|---|---|\n| 1 | 2 |", ["2:1 P281"], "no head"),
    ("no dashes under words", "Text:\n| a | b |\n| 1 | 2 |", ["3:1 P281"], "|---|---|"),
    ("rows without outer bars", "a | b\n1 | 2", ["2:1 P281"], "|---|---|"),
    ("a row apart", "|a|b|\n|-|-|\n|1|2|\n\n|3|4|", ["6:1 P281"], "no empty line"),
    ("dashes of a word processor", "| a | b |\n|—|—|\n| 1 | 2 |", ["2:1 P281"], "|---|---|"),
    ("an option that there is not", "/// quote\nfoo: b\nc\n///", ["3:1 P233"], "at, by, lang"),
    ("one with a capital", "/// quote\nSource: times\nc\n///", ["3:1 P233"], "source?"),
    ("a language that there is not", "/// quote\nlang: xx\nc\n///", ["3:1 P262"], "en is English"),
    ("a country for a language", "[a]{lang=jp}", ["2:1 P262"], "'jp'"),
    ("three letters for two", "[a]{lang=ger}", ["2:1 P262"], "write de"),
    ("the name of a language", "[a]{lang=german}", ["2:1 P262"], "write de"),
    ("a place without a source", "/// quote\n    at: p. 3\n\nb\n///", ["3:5 P237"], "source:"),
    ("an inline note that is open", "a^[b", ["2:2 P229"], "]"),
    ("an empty one", "a^[]", ["2:2 P226"], "brackets"),
    ("a heading without a space", "##A", ["2:1 P274"], "a space behind ##"),
    ("code without an end", "a\n\n```\nb", ["4:1 P288"], "```"),
    ("cells with tabs between", "a\n\nYear\tMen\n1866\t500", ["4:1 P284"], "|, |---|---|"),
    ("letters in an item", "1. A ship\n   a. of wood\n   b. of iron", ["3:1 P284"], "in an item"),
    ("one letter in an item", "- Gear\n  a. a ship\n- Men", ["3:1 P284"], "with - or 1."),
    ("small numbers in an item", "- a\n  i. one\n  ii. two\n- b", ["3:1 P284"], "with - or 1."),
    ("one's own bullets in an item", "- b:\n  • copper\n  • tin", ["3:1 P284"], "a backslash"),
    ("one bullet in an item", "- b\n  • copper", ["3:1 P284"], "a backslash"),
    ("the same apart", "1. A ship\n\n   (a) of wood\n   (b) of iron", ["4:1 P284"], "a backslash"),
    ("letters under words", "They had:\na) a ship\nb) a wire", ["3:1 P284"], "with - or 1."),
    ("a task without a blank", "- [x]done\n- [ ] more", ["2:1 P285"], "- [ ] words"),
    ("who is quoted", "> To be.\n> -- Hamlet", ["3:1 P284"], "> alone"),
    ("ticks", "✓ one\n✓ two", ["2:1 P284"], "with - or 1."),
    ("numbers of other scripts", "１．one\n２．two", ["2:1 P284"], "with - or 1."),
    ("numbers in square brackets", "[1] See.\n[2] And.", ["2:1 P284"], "with - or 1."),
    ("two slashes", "// sidebar | A\nText\n//", ["2:1 P285"], "write three"),
    ("commands of TeX", "a \\textbf{b} c", ["2:3 P285"], "**words**"),
    ("an indented paragraph", "\tThe day was long.", ["2:1 P282"], "delete them"),
    ("an address alone", "a {ascent.climbers} b", ["2:3 P285"], "{fact: address}"),
    ("fields with commas", "name,age\nA,3", ["2:1 P284"], "| name | age |"),
    ("a table that is drawn", "+--+--+\n| a | b |\n+--+--+", ["2:1 P281"], "lines of + and -"),
    ("a file for a picture", "![a](ridge.png)", ["2:1 P242"], "![](image:ridge)"),
    ("a plate as a picture", "![](plate:years)", ["2:1 P242"], "/// plate | years"),
    ("a link to a picture", "[a](image:ridge)", ["2:5 P250"], "![a](image:ridge)"),
    ("a citation of nothing", "a [@, p. 3] b", ["2:3 P211"], "[@whymper, p. 12]"),
    ("a note typed by hand", "A.¹\n\n¹ Whymper, p. 3", ["4:1 P285"], "[^1]:"),
    ("a width", "## A {#b}\n\nc", ["2:6 P262"], "named by the press"),
    ("a block by another name", "/// note\na\n///", ["2:1 P230"], "write /// sidebar"),
    ("a chapter as a file", "[a](02-the-descent.md)", ["2:5 P250"], "[[chapter:the-descent|"),
    ("an address without its scheme", "[a](www.b.org)", ["2:5 P250"], "https://www.b.org"),
    ("an open reference", "to [[zermat and so", ["2:4 P204"], "write [[zermatt]]"),
    ("one to nothing", "to [[|it]]", ["2:4 P204"], "write [[first-attempt]] or"),
    ("an open citation", "so [@whympr, p. 3 it", ["2:4 P211"], "write [@whymper, p. 12]"),
    ("an open fact", "so {fact: ascent.hour", ["2:4 P206"], "write {fact: ascent.hours}"),
    ("numbers without a blank", "1.one mule\n2.two men", ["2:1 P284"], "'1. one mule', and so 1"),
    ("dashes without one", "They had\n-one mule\n-two ropes", ["3:1 P284"], "empty line before"),
    ("one behind a colon", "They had:\n-one mule", ["3:1 P284"], "write '- one mule'"),
    ("the same apart from each other", "1.One.\n\n2.Two.", ["4:1 P284"], "write '2. Two.'"),
    ("letters without one", "a)one mule\nb)two ropes", ["2:1 P284"], "write '- one mule'"),
    ("a meaning far in", "Fathom\n    : six feet", ["3:1 P284"], "at the margin"),
    ("a formula in brackets", "by \\(a+b\\) more", ["2:4 P286"], "^2^"),
    ("one letter of a formula", "by \\(n\\) more", ["2:4 P286"], "^2^"),
    ("a formula on its line", "\\[c\\]", ["2:1 P286"], "^2^"),
    ("a formula", "$E = mc^2$", ["2:1 P286"], "^2^"),
    ("one of its own", "$$\nx\n$$", ["2:1 P286"], "formula"),
    ("one of TeX", "\\(x^2\\)", ["2:1 P286"], "formula"),
    ("a product", "all 2*3*4 of them", ["2:5 P286"], "write 2 × 3 × 4"),
    ("a product of letters", "a*b*c", ["2:1 P286"], "a backslash before each"),
    ("an admonition", "!!! note\n    a", ["2:1 P285"], "/// sidebar"),
    ("a fenced block", "::: warning\na\n:::", ["2:1 P285"], "/// sidebar"),
    ("an alert", "> [!NOTE]\n> a", ["2:1 P285"], "/// sidebar"),
    ("highlighted", "a ==b== c", ["2:3 P285"], "**words**"),
    ("a short code", "a {{ b }}", ["2:3 P285"], "stands for"),
    ("a page break", "\\newpage", ["2:1 P285"], "turns"),
    ("a revision", "a {++b++}", ["2:3 P285"], "revision"),
    ("emphasis that two read as two", "a b **The town*fell**", ["2:5 P287"], "after 'a b'"),
    ("the same at its head", "a\n**b*c**", ["3:1 P287"], "here: '**b*c**'"),
    ("a star behind words", "c\n\na b **The attack:**began", ["4:5 P289"], "The attack"),
    ("a star without a partner", "**The attack:**began", ["2:1 P289"], "right around the words"),
    ("a star before a mark", "the *summit [[zermatt]]", ["2:5 P289"], "before 'summit';"),
    ("an apostrophe or a quotation", "the '45 rebels' camp", ["2:5 P264"], "write ’ or ‘"),
    ("an inch in a quotation", '"a 12" record" is', ["2:6 P264"], "″ or ”"),
    ("a comment", "a <!-- [[b]] --> c\n\n<!-- d\ne -->", ["2:3 P263", "4:1 P263"], "with #"),
    ("a block in a quotation, once", "> /// quote\n> a\n> ///", ["2:1 P236"], "take the >"),
    ("a pair of tags, once", "<b>a <i>b</b> </i>", ["2:1 P260", "2:6 P260"], "<i>"),
    ("a tag without an end", "<div class\na", ["2:1 P260"], "HTML"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "places", "remedy"), [c[1:] for c in LOSSES], ids=[c[0] for c in LOSSES]
)
def test_what_would_be_lost_is_found(body: str, places: list[str], remedy: str) -> None:
    _, found, messages = printed(body)
    assert found == places
    assert remedy in messages


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("One paragraph.\n\nAnother.", ["P265"]),
        ("A paragraph that YAML has folded, " + "and folded " * 9 + "so.\nAnother.", ["P265"]),
        ("The Director\nState Archive\nBaku", ["P284"]),
        ("- one\n- two", ["P265"]),
        ("| a | b |\n|---|---|", ["P265"]),
        ("a line of prose that is wrapped by its author, who types\nbehind a bar of YAML", []),
        ("three lines of a text\nthat were typed behind\na bar", ["P284"]),
        ("One short paragraph.\nAnother one, behind an empty line in folded YAML.", ["P284"]),
        ("A long first paragraph of some sixty letters, and some more.\nAnother.", ["P284"]),
        ("a line\\\nand one", []),
        ("a line  \nand one", []),
        ("one\\\ntwo\nthree", ["P284"]),
    ],
)
def test_the_paragraphs_of_a_field_do_not_run_together_unseen(text: str, codes: list[str]) -> None:
    stage = prose()
    stage.inline(text)
    assert [finding.code for finding in stage.findings] == codes


NEW = [
    "P229",
    "P256",
    "P258",
    "P262",
    "P263",
    "P264",
    "P274",
    "P280",
    "P281",
    "P282",
    "P283",
    "P284",
    "P285",
    "P286",
    "P287",
    "P288",
    "P289",
]


@pytest.mark.parametrize("code", NEW)
def test_an_example_shows_what_its_code_finds(code: str) -> None:
    told = explanations()[code]
    wrong, right = (
        {p.split()[1] for p in printed(told_so).places} for told_so in (told.wrong, told.right)
    )
    assert code in wrong
    assert code not in right


# -- the second reader ---------------------------------------------------------------------------


def test_two_readers_that_agree_say_nothing() -> None:
    (seen,) = differences("*a* b", [Seen("p", 0, ("*a* b",))])
    assert seen.line == 0
    words_seen = ("\ue000*", "a", "\ue000/*", " b")
    assert [*differences("*a* b", [Seen("p", 0, words_seen)])] == []


@pytest.mark.parametrize(
    ("text", "seen", "line", "says"),
    [
        ("a\n\n- b", [Seen("p", 0, ("a",)), Seen("p", 2, ("- b",))], 2, "a paragraph here, other"),
        ("a\n\n3. b", [Seen("p", 0, ("a",)), Seen("ol 1", 2)], 2, "list that begins with 3"),
        ("a\nb  \nc", [Seen("p", 0, ("a\nb\nc",))], 1, "a line break"),
        ("a `b`", [Seen("p", 0, ("a `b`",))], 0, "code"),
        (
            "- a\n  - b",
            [Seen("ul", 0, (), (Seen("li", 0, (), (Seen("p", 0, ("a",)),)),))],
            1,
            "a list",
        ),
    ],
)  # fmt: skip
def test_a_difference_is_named_at_its_line(
    text: str, seen: list[Seen], line: int, says: str
) -> None:
    (found,) = differences(text, seen)
    assert found.line == line
    assert says in found.message
    assert found.hint


def test_a_difference_behind_marks_has_its_line_in_the_file() -> None:
    """Notes, blocks and comments take lines out of the text that is compared."""
    body = "a[^n]\n\n[^n]: b\n    c\n\n/// sidebar\nd\n///\n<!-- e\nf -->\n\n1993. g"
    assert printed(body).places == ["10:1 P263", "13:1 P282"]


def test_words_are_not_lost_where_marks_meet_code() -> None:
    html = printed("`Foo\n----\n`\n").html
    assert words(html) == ["`Foo", "`"]


def test_a_list_of_terms_is_no_difference() -> None:
    body = "Term\n:   four\n\n    five\n\nOther\n: six\n\n- a"
    assert "<dl><dt>Term</dt><dd>four<br>five</dd><dt>Other</dt><dd>six</dd></dl>" in shown(body)


MEANINGS = [
    "Fathom\n: six feet\n: a measure",
    "Fathom\n  : six feet\n  : a measure",
    "Fathom\n   :  six feet\n : a measure",
    "Fathom\n: six feet\n  : a measure",
    "Fathom\n: six feet\n    : a measure",
    "Fathom\n  : six feet\n\n  : a measure",
]


@pytest.mark.parametrize("body", MEANINGS)
def test_a_term_has_all_its_meanings_however_far_they_stand_in(body: str) -> None:
    assert "<dl><dt>Fathom</dt><dd>six feet</dd><dd>a measure</dd></dl>" in shown(body)


def test_a_meaning_can_hold_terms_of_its_own() -> None:
    body = "Measures\n: those at sea:\n\n  Fathom\n  : six feet"
    assert "<dt>Measures</dt><dd>those at sea:<dl><dt>Fathom</dt>" in shown(body)


NO_ITEMS = [
    "- He came from Frankfurt\n  a. M. in the year 1866.",
    "- See the same place, p. 5,\n  a. a. O. and further on.",
    "They had it, i. e.\nthe wire.",
    "- one\\\n  a. two\\\n  b. three",
    "A letter \\[sic\\] and \\[s\\]he, \\(1914-1918\\).",
]


@pytest.mark.parametrize("body", NO_ITEMS)
def test_words_that_look_like_signs_of_items_are_words(body: str) -> None:
    assert shown(body)


def test_a_title_says_where_its_signs_go_astray() -> None:
    stage = prose()
    stage.title(chapter("").model_copy(update={"title": "The **climb"}))
    assert [finding.code for finding in stage.findings] == ["P289"]
    assert isinstance(stage.inline("x"), Markup)
