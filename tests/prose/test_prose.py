"""The prose stage: every mark prints what it names, and what it cannot print is found in place."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from press.base.finding import ContentError
from press.base.templates import environment
from press.citations import Citations, page_sign, quotes
from press.content.load import load
from press.content.model import Chapter, Cite, Claim, Dossier, Entry
from press.content.snapshot import Snapshot, read
from press.prose import Prose
from press.prose.sentences import in_brackets
from tests.conftest import EXAMPLE, HERE, ROOT, Changed

TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text("utf-8")
    for path in sorted((ROOT / "templates" / "blocks").glob("*.html"))
}
BLOCKS = sorted((HERE / "blocks").glob("*.txt"))
MATTERHORN = load(read(EXAMPLE, "matterhorn")).dossier
PLATES = {"mountain": Markup('<figure id="plate-mountain">drawing</figure>')}


def prose(dossier: Dossier = MATTERHORN, more: Mapping[str, str] | None = None) -> Prose:
    """A prose stage of its own, with the real block templates and ``more``."""
    files = {**TEMPLATES, **(more or {})}
    templates = environment({f"templates/{name}": text.encode() for name, text in files.items()})
    meta = dossier.meta
    citations = Citations(dossier.bibliography, meta.language, meta.citation_style)
    return Prose(dossier, citations, templates, PLATES)


def chapter(body: str, ident: str = "climb") -> Chapter:
    """A chapter whose title stands in line 1 and whose text begins in line 2."""
    return Chapter(id=ident, number=1, title="The climb", file="climb.md", line=2, body=body)


class Printed(NamedTuple):
    """The HTML of a chapter and what was found, as ``line:column code`` and in full."""

    html: str
    places: list[str]
    messages: str


def printed(body: str, stage: Prose | None = None) -> Printed:
    """A chapter of the small dossier, set."""
    stage = stage or prose()
    html = str(stage.chapter(chapter(body)))
    found = stage.findings
    places = [f"{finding.line}:{finding.column} {finding.code}" for finding in found]
    return Printed(html, places, "\n".join(map(str, found)))


def speaking(language: str) -> Dossier:
    """The small dossier in another language."""
    return MATTERHORN.model_copy(
        update={"meta": MATTERHORN.meta.model_copy(update={"language": language})}
    )


def words(html: str) -> list[str]:
    """What a reader reads, word by word, without tags."""
    return unescape(re.sub(r"<[^>]*>", " ", html)).split()


# -- references --------------------------------------------------------------------------------

REFERENCES = [
    ("[[zermatt]]", '<a class="place" href="#place-zermatt">Zermatt</a>'),
    ("[[place:zermatt]]", '<a class="place" href="#place-zermatt">Zermatt</a>'),
    ("[[couloir]]", '<a class="term" href="#term-couloir">couloir</a>'),
    ("[[summit]]", '<a class="event" href="#event-summit">14\N{NO-BREAK SPACE}July 1865</a>'),
    (
        "[[carrel]]",
        '<a class="event contested" href="#event-carrel">17 or 18\N{NO-BREAK SPACE}July 1865</a>',
    ),
    ("[[carrel|that day]]", '<a class="event" href="#event-carrel">that day</a>'),
    ("[[zermatt|the *village*]]", 'href="#place-zermatt">the <em>village</em></a>'),
    ("[[zermatt|the\nvillage]]", 'href="#place-zermatt">the village</a>'),
    ("[[source:whymper]]", '<a id="cite-whymper-1" href="#source-whymper">Whymper 1871</a>'),
    (
        "[[plate:mountain]]",
        '<a class="plate" href="#plate-mountain">Map\N{NO-BREAK SPACE}1</a>, p.\N{NO-BREAK SPACE}'
        '<span class="page-ref" data-page-of="plate-mountain">0</span>',
    ),
    ("[[years]]", '<a class="plate" href="#plate-years">Timeline\N{NO-BREAK SPACE}1</a>, p.'),
    ("[[climbers]]", '<a class="table" href="#table-climbers">Table\N{NO-BREAK SPACE}1</a>, p.'),
    ("[[ridge]]", '<a class="image" href="#image-ridge">Figure\N{NO-BREAK SPACE}1</a>, p.'),
    (
        "[[the-descent]]",
        '<a class="chapter" href="#chapter-the-descent">The descent</a>, p.\N{NO-BREAK SPACE}'
        '<span class="page-ref" data-page-of="chapter-the-descent">0</span>',
    ),
]


@pytest.mark.parametrize(("mark", "expected"), REFERENCES, ids=[mark for mark, _ in REFERENCES])
def test_a_reference_prints_what_it_names(mark: str, expected: str) -> None:
    html, _, messages = printed(f"See {mark} here.")
    assert expected in html
    assert not messages


def test_a_name_that_two_things_have_needs_its_kind() -> None:
    twin = MATTERHORN.model_copy(
        update={"chapters": (*MATTERHORN.chapters, chapter("Text.", "zermatt"))}
    )
    html, places, messages = printed("At [[zermatt]], [[place:zermatt]].", prose(twin))
    assert places == ["2:4 P202"]
    ways = "[[place:zermatt]] or [[chapter:zermatt]]"
    assert f"'zermatt' is a place and a chapter; write {ways}" in messages
    assert 'href="#place-zermatt">Zermatt</a>' in html


def test_a_reference_inside_a_link_prints_its_name_and_no_second_link() -> None:
    html, _, messages = printed("[to [[zermatt]] by rail](https://example.org/z)")
    assert html == '<p><a href="https://example.org/z">to Zermatt by rail</a></p>'
    assert not messages


def test_marks_in_code_stay_as_they_were_written() -> None:
    body = "`[[zermatt]]` and ``[@nobody] ` <b>``\n\n    [[nowhere]] [^x] <i>\n"
    html, _, messages = printed(body)
    assert "<code>[[zermatt]]</code> and <code>[@nobody] ` &lt;b&gt;</code>" in html
    assert "<pre><code>[[nowhere]] [^x] &lt;i&gt;\n</code></pre>" in html
    assert not messages


# -- citations and notes -----------------------------------------------------------------------


def test_a_citation_becomes_a_note_whose_sources_are_anchors() -> None:
    html, _, messages = printed("They climbed [see @whymper, pp. 80-81; also @times].")
    assert html == (
        '<p>They climbed.<span class="note" id="note-1">See <a id="cite-whymper-1" '
        'href="#source-whymper">Edward Whymper, <em>Scrambles Amongst the Alps in the Years '
        "1860–69</em> (London: John Murray, 1871), 80–81</a>; also "
        '<a id="cite-times-1" href="#source-times">‘The Accident on the Matterhorn’, '
        "<em>The Times</em>, 8\N{NO-BREAK SPACE}August 1865</a>.</span></p>"
    )
    assert not messages


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("It fell[@times].[^n] Then", "It fell.(1)(+2) Then"),
        ("It fell [@times]. [^n] Then", "It fell.(1)(+2) Then"),
        ("It fell[^n];[@times] then", "It fell;(1)(+2) then"),
        ("It “fell [@times].”[^n] Then", "It “fell.”(1)(+2) Then"),
        ("It fell[@times]. <!-- so -->Then[^n].", "It fell.(1) Then.(2)"),
        ("It *fell*[@times].[^n]", "It fell.(1)(+2)"),
        ("35 km[@times].[^n]", "35 km.(1)(+2)"),
    ],
)
def test_calls_on_both_sides_of_a_stop_stand_behind_it(body: str, words: str) -> None:
    """In the order of the text; the second, with a plus here, keeps off the first."""
    html = printed(f"{body}\n\n[^n]: Own words.")[0]
    note = r'<span class="note"[^>]*>(?:<a.*?</a>|[^<])*</span>'
    for n, found in enumerate(re.findall(note, html)):
        html = html.replace(found, f"({'+' if 'data-beside' in found else ''}{n + 1})", 1)
    assert words == re.sub(r"</?(?:p|em)>", "", html).strip()


def test_two_calls_at_a_stop_are_no_fault() -> None:
    """Only calls with nothing between them are to be made one."""
    assert not printed("It fell[@times].[^n]\n\n[^n]: Own words.")[2]
    assert not printed("| A[@times].[^n] |\n|---|\n| b |\n\n[^n]: Own words.")[2]


def test_notes_and_citations_are_numbered_through_all_texts_in_reading_order() -> None:
    stage = prose()
    stage.chapter(chapter("A [@whymper]. B[^x].\n\n[^x]: Mine, with [@times]."))
    stage.inline("Field [@whymper].")
    stage.cites([Cite(source="whymper")])
    html = stage.chapter(chapter("C [@times; @whymper]."))
    assert re.findall(r'id="([^"]+)"', html) == ["note-4", "cite-times-2", "cite-whymper-4"]
    assert stage.cited("times")
    assert not prose().cited("times")


def test_a_footnote_is_printed_where_it_is_called_and_nowhere_else() -> None:
    notes = "[^a]: First *words*.\n[^b]: Second\n    line.\n\n    Its end."
    body = f"One[^b] and two[^a].\n\n{notes}\n\nLast."
    html, _, messages = printed(body)
    assert html == (
        '<p>One<span class="note" id="note-1">Second line.<br>Its end.</span> and two.'
        '<span class="note" id="note-2">First <em>words</em>.</span></p>\n<p>Last.</p>'
    )
    assert not messages


def test_a_citation_among_the_words_of_a_note_is_no_sentence() -> None:
    html, _, _ = printed("A[^n].\n\n[^n]: So [see @times], and more.")
    assert "So (see <a id" in html
    assert "1865</a>), and more.</span>" in html


AMONG = [
    ("en", "He said so in 1866 [@times].", True),
    ("en", "He said “so” [@times].", True),
    ("en", "*He said so* [@times], but later.", True),
    ("en", "He said so [see @times].", True),
    ("en", "See [@times].", False),
    ("en", "As in [@times], and later.", False),
    ("en", "He said so: [@times].", False),
    ("en", "He said so. [@times]", False),
    ("en", "[@times], and more.", False),
    ("de", "So sagte er 1866 [@times].", True),
    ("de", "Vgl. [@times].", False),
    ("fr", "Voir [@times].", False),
    ("fr", "Il le disait [@times].", True),
]


@pytest.mark.parametrize(("language", "note", "brackets"), AMONG)
def test_a_source_behind_what_a_note_says_stands_in_brackets(
    language: str, note: str, brackets: bool
) -> None:
    html = printed(f"A[^n].\n\n[^n]: {note}", prose(speaking(language))).html
    before = html.partition("<a id=")[0]
    assert brackets == before.removesuffix("see ").endswith("(")
    assert brackets == ("</a>)" in html)


def test_brackets_in_brackets_are_square() -> None:
    html = printed("A[^n].\n\n[^n]: He said so [@whymper, p. 80].").html
    assert "[London: John Murray, 1871], 80</a>)." in html


def test_brackets_in_square_ones_are_round_again() -> None:
    """As Chicago has it; those of addresses stay, and what closes nothing closes nothing."""
    words = (
        'Paper [Madrid: Elcano, [9 May 2008?]], <a href="x(y)">c</a> https://e.org/a_(b) (c (d))'
    )
    assert in_brackets(words) == (
        '(Paper [Madrid: Elcano, (9 May 2008?)], <a href="x(y)">c</a> https://e.org/a_(b) [c (d)])'
    )


def test_the_stop_of_an_abbreviation_stays_in_brackets() -> None:
    """The stop of a sentence goes where more of it follows; that of n.d. belongs to its word."""
    sources = MATTERHORN.sources
    undated = tuple(s.model_copy(update={"issued": None}) for s in sources.sources)
    update = {"sources": sources.model_copy(update={"sources": undated})}
    html = printed(
        "A[^n].\n\n[^n]: He said so [@times].", prose(MATTERHORN.model_copy(update=update))
    ).html
    assert re.search(r"n\.d(?:</a>)?\.\)\.", html)
    assert re.search(r"1865(?:</a>)?\)\.", printed("A[^n].\n\n[^n]: He said so [@times].").html)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "word.<span class"), ("de", "word.<span class"), ("fr", "word<span class")],
)
def test_the_call_of_a_note_stands_on_the_side_of_the_stop_that_the_language_wants(
    language: str, expected: str
) -> None:
    assert expected in printed("A word [@times].", prose(speaking(language))).html


def test_short_labels_for_tables_link_to_their_sources() -> None:
    html = prose().cites([Cite(source="whymper", at="p. 387"), Cite(source="times")])
    assert html == (
        '<span class="cites"><a id="cite-whymper-1" href="#source-whymper">Whymper 1871</a>, '
        'p.\N{NO-BREAK SPACE}387; <a id="cite-times-1" href="#source-times">'
        "Times, 8\N{NO-BREAK SPACE}August 1865</a></span>"
    )
    assert prose().cites([]) == ""


# -- typography --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“A” ‘b’ it’s"),
        ("de", "„A“ ‚b‘ it’s"),
        ("fr", "«\N{NARROW NO-BREAK SPACE}A\N{NARROW NO-BREAK SPACE}» “b” it’s"),
        ("ru", "«A» „b“ it’s"),
        ("az", "“A” ‘b’ it’s"),
    ],
)
def test_straight_quotation_marks_become_those_of_the_language(
    language: str, expected: str
) -> None:
    html = prose(speaking(language)).inline("\"A\" 'b' it's")
    assert html == expected


def test_the_page_sign_is_the_language_own() -> None:
    assert [page_sign(tag) for tag in ("en", "de-AT", "ru", "xx")] == ["p.", "S.", "с.", "p."]


def test_british_english_keeps_double_marks_double() -> None:
    assert quotes("en-GB")[:2] == ("“", "”")


INLINE = [
    ("an apostrophe follows a name", "[[zermatt]]'s", "Zermatt</a>’s"),
    ("a quotation opens before a name", '"[[zermatt]]"', "“<a"),
    ("a quotation closes behind a name", '"[[zermatt]]"', "</a>”"),
    ("dashes", "a -- b --- c ...", "a – b — c …"),
    ("a year and a stop begin no list", "1993. The year", "1993. The year"),
    ("a sign begins no heading", "# 1", "# 1"),
    ("emphasis", "*a* **b**", "<em>a</em> <strong>b</strong>"),
    ("words of another language", "[Ağdam]{lang=az}", '<span lang="az">Ağdam</span>'),
    ("and from right to left", "[تهران]{lang=fa}", '<span lang="fa" dir="rtl">تهران</span>'),
    ("small capitals", "[UN]{.smallcaps}", '<span class="smallcaps">UN</span>'),
    ("both", '[x]{lang="hy" .lining}', '<span lang="hy" class="lining">x</span>'),
    ("an entity", "a&nbsp;b &lt;c&gt;", "a&nbsp;b &lt;c&gt;"),
    ("a sign that is no tag", "a < b", "a &lt; b"),
    ("an escaped mark", r"\[[zermatt]]", "[[zermatt]]"),
    (
        "an address in brackets",
        "<https://a.org/b>",
        '<a href="https://a.org/b">https://a.org/b</a>',
    ),
    ("a mail address", "<me@a.org>", '<a href="mailto:me@a.org">me@a.org</a>'),
    ("a link's brackets", "[a](https://a.org/b_(c))", '<a href="https://a.org/b_(c)">a</a>'),
    ("a query", "[a](https://a.org/?b=1&c=2)", 'href="https://a.org/?b=1&amp;c=2"'),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in INLINE], ids=[case[0] for case in INLINE]
)
def test_a_field_is_inline_markdown(text: str, expected: str) -> None:
    stage = prose()
    html = stage.inline(text)
    assert expected in html
    assert "<p>" not in html
    assert not stage.findings


def test_an_abbreviation_is_spelt_out_wherever_it_stands_in_its_chapter() -> None:
    body = "*[UN]: United Nations\n\nThe UN[@times] met[^n].\n\n![](image:ridge)\n\n[[zermatt|UN]]"
    html, _, messages = printed(f"{body}\n\n[^n]: Of the UN.")
    assert html.count('<abbr title="United Nations">UN</abbr>') == 3
    assert not messages


ABBREVIATED = [
    ("The UN met; the UN.", "The UN (United Nations) met; the UN."),
    ("## The UN\n\nThe UN met.", "The UN The UN (United Nations) met."),
    ("The UN’s men, UN-led", "The UN’s (United Nations) men, UN-led"),
    ("The *UN*’s men", "The UN’s (United Nations) men"),
    ("All (the UN too)", "All (the UN [United Nations] too)"),
    ("The United Nations (UN) met; the UN.", "The United Nations (UN) met; the UN."),
    ("The UN (United Nations) met.", "The UN (United Nations) met."),
    ("It met^[Of the UN.]. The UN.", "It met.Of the UN. The UN (United Nations)."),
    ("It met.^[Of the UN.]", "It met.Of the UN (United Nations)."),
    ("| UN | b |\n|---|---|\n| UN | c |", "UN b UN (United Nations) c"),
]


@pytest.mark.parametrize(("body", "shown"), ABBREVIATED)
def test_an_abbreviation_is_explained_where_it_is_first_met(body: str, shown: str) -> None:
    """In brackets behind it, once, unless the text does so itself."""
    html, _, messages = printed(f"{body}\n\n*[UN]: United Nations")
    assert " ".join(unescape(re.sub(r"</t[hd]>|<[^>]*>", _spaced, html)).split()) == shown
    assert not messages


def _spaced(tag: re.Match[str]) -> str:
    return " " if tag[0] in ("</th>", "</td>") else ""


def test_an_abbreviation_is_explained_once_in_a_dossier() -> None:
    stage = prose()
    texts = [str(stage.chapter(chapter("*[UN]: United Nations\n\nThe UN.", c))) for c in "ab"]
    assert ["(United Nations)" in text for text in texts] == [True, False]


def test_an_abbreviation_of_headings_alone_is_found() -> None:
    _, places, messages = printed("*[UN]: United Nations\n\n## The UN\n\nIt met.")
    assert places == ["2:1 P258"]
    assert "nothing can explain it" in messages


def test_link_labels_are_resolved_and_leave_no_trace() -> None:
    html, _, messages = printed("A [b][Ref] and [ref].\n\n[ref]: https://example.org\n")
    assert html.strip() == (
        '<p>A <a href="https://example.org">b</a> and <a href="https://example.org">ref</a>.</p>'
    )
    assert not messages


# -- shapes ------------------------------------------------------------------------------------


def test_list_items_hold_no_paragraphs_and_lose_no_words() -> None:
    items = "- one\n\n- two [[zermatt]]\n\n    more *words*\n\n    - three\n\n"
    html = printed(f"{items}Term\n:   four\n\n    five\n").html
    assert "<p>" not in html
    assert " ".join(words(html)) == "one two Zermatt more words three Term four five"


def test_lists_nested_as_deep_as_the_press_allows_keep_all_their_words() -> None:
    body = "\n".join(f"{'    ' * level}- item{level}" for level in range(24))
    html, _, messages = printed(body)
    assert re.findall(r"item\d+", html) == [f"item{level}" for level in range(24)]
    assert not messages


def test_a_table_has_scoped_heads_and_classes_for_its_columns() -> None:
    html, _, messages = printed("| a | b | c |\n|---|:-:|--:|\n| 1 | 2 | |")
    assert '<th scope="col">a</th>' in html
    assert '<th class="centre" scope="col">b</th>' in html
    assert '<td class="end"></td>' in html
    assert "style" not in html
    assert not messages


@pytest.mark.parametrize("bar", ["|", "\\|"])
def test_a_bar_between_name_and_words_divides_no_cell(bar: str) -> None:
    html, _, messages = printed(f"| a | b |\n|---|---|\n| [[zermatt{bar}Z]] | 2 |")
    assert 'href="#place-zermatt">Z</a></td>' in html
    assert "<td>2</td>" in html
    assert not messages


def test_headings_get_anchors_of_their_own() -> None:
    body = '## The "Ridge"\n\n### Ağdam [[zermatt]] ##\n\n## The ridge\n\nSetext\n------\n'
    html, _, messages = printed(body)
    assert re.findall(r'<h(\d) id="([^"]+)"', html) == [
        ("2", "h-climb-the-ridge"),
        ("3", "h-climb-agdam-zermatt"),
        ("2", "h-climb-the-ridge-2"),
        ("2", "h-climb-setext"),
    ]
    assert "The “Ridge”</h2>" in html
    assert not messages


def test_a_link_may_lead_to_a_heading_that_comes_later() -> None:
    stage = prose()
    stage.chapter(chapter("[down](#h-late-end) [up](#place-zermatt)", "early"))
    assert [finding.code for finding in stage.findings] == ["P251"]
    stage.chapter(chapter("## End", "late"))
    assert stage.findings == []


# -- blocks ------------------------------------------------------------------------------------


def cases(path: Path) -> list[tuple[str, str, str]]:
    """(claim, input, expected) of a fixture file."""
    found = []
    for case in path.read_text("utf-8").split("\n=====\n"):
        written, expected = case.split("\n-----\n")
        claim, _, body = written.partition("\n")
        found.append((claim, body, expected.strip()))
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(body, expected, id=f"{path.stem}: {claim}")
        for path in BLOCKS
        for claim, body, expected in cases(path)
    ],
)
def test_blocks(body: str, expected: str) -> None:
    html, _, messages = printed(body)
    lines = [line for line in html.replace("\N{NO-BREAK SPACE}", " ").splitlines() if line.strip()]
    assert "\n".join(lines) == expected
    assert not messages


def test_every_kind_of_block_has_its_cases() -> None:
    assert {path.stem for path in BLOCKS} == {Path(name).stem for name in TEMPLATES}


def test_a_new_kind_of_block_needs_a_template_and_nothing_else() -> None:
    letter = "<div>{{ title }}|{{ options.to }}|{{ options['from'] }}|{{ cites }}|{{ body }}</div>"
    body = "/// letter | *Dear*\n    to: [[zermatt]]\n    source: times\n\nText.\n///"
    html, _, messages = printed(body, prose(more={"blocks/letter.html": letter}))
    assert html.strip() == (
        '<div><em>Dear</em>|<a class="place" href="#place-zermatt">Zermatt</a>||'
        '<span class="cites"><a id="cite-times-1" href="#source-times">'
        "Times, 8\N{NO-BREAK SPACE}August 1865</a></span>|<p>Text.</p></div>"
    )
    assert not messages


def test_a_broken_template_is_a_finding_at_its_line() -> None:
    with pytest.raises(ContentError) as caught:
        prose(more={"blocks/bad.html": "one\n{% if %}"})
    assert "templates/blocks/bad.html:2: T501" in str(caught.value)
    stage = prose(more={"blocks/bad.html": "{{ body }}{{ nothing }}"})
    with pytest.raises(ContentError, match=r"blocks/bad\.html:1: T501 .*'nothing' is undefined"):
        stage.chapter(chapter("/// bad\ntext\n///"))


# -- facts -------------------------------------------------------------------------------------

FACTS = [
    ({"event": "summit"}, "14\N{NO-BREAK SPACE}July 1865"),
    ({"event": "summit", "precision": "month"}, "July 1865"),
    ({"event": "carrel"}, "17 or 18\N{NO-BREAK SPACE}July 1865"),
    ({"span": ("summit", "carrel")}, "14–18\N{NO-BREAK SPACE}July 1865"),
    ({"place": "zermatt"}, "Zermatt"),
    ({"places": ["zermatt", "breuil", "matterhorn"]}, "Zermatt, Breuil and Matterhorn"),
    ({"term": "couloir"}, "couloir"),
    ({"count": "events"}, "4"),
    ({"count": "events", "category": "loss"}, "1"),
    ({"count": "places"}, "3"),
    ({"rows": "climbers"}, "3"),
    ({"text": "*a* -- b"}, "a – b"),
]


@pytest.mark.parametrize(("ref", "expected"), FACTS, ids=[str(ref) for ref, _ in FACTS])
def test_a_fact_is_printed_from_where_it_stands(ref: dict[str, object], expected: str) -> None:
    stage = prose()
    html = stage.reference(Entry.model_validate(ref))
    assert html.striptags() == expected.replace("\N{NO-BREAK SPACE}", " ")
    assert not stage.findings


def test_places_in_a_value_are_links() -> None:
    html = prose().reference(Entry.model_validate({"places": ["zermatt", "breuil"]}))
    assert html == (
        '<a class="place" href="#place-zermatt">Zermatt</a> and '
        '<a class="place" href="#place-breuil">Breuil</a>'
    )


def test_accounts_that_differ_are_all_printed_with_who_says_so() -> None:
    first = Claim.model_validate({"text": "*four* died", "says": "Whymper", "sources": "whymper"})
    second = Claim.model_validate(
        {"date": "1865-07", "says": "others", "preferred": "true", "reason": "why not"}
    )
    html = prose().reference(Entry.model_validate({"claims": [first, second]}))
    assert html == (
        '<ul class="claims contested"><li><em>four</em> died <span class="says">('
        '<span class="cites"><a id="cite-whymper-1" href="#source-whymper">Whymper 1871</a></span>)'
        '</span></li><li class="preferred">July 1865 <span class="says">(others)</span>: '
        '<span class="reason">why not</span></li></ul>'
    )


CIRCLES = b"""\
subjects:
  - id: bread
    name: Bread
    facts:
      alone: {text: "about {fact: bread.alone}"}
      one: {text: "{fact: bread.two}"}
      two: {text: "{fact: bread.three}"}
      three: {claims: [{text: "{fact: bread.one}", says: A, sources: [times]},
                       {text: "7", says: B, sources: [times]}]}
      said: {text: "5", note: "not {fact: bread.said}"}
"""


def test_a_fact_within_itself_is_a_finding(changed: Changed) -> None:
    """Alone or in a circle; its note may name it, and a title its own chapter."""
    stage = prose(load(changed({"facts.yaml": CIRCLES})).dossier)
    for name in ("alone", "one", "two"):
        found = printed(f"{{fact: bread.{name}, no note}}", stage)
        assert f"P207 the fact 'bread.{name}' names itself" in found.messages
    assert printed("{fact: bread.said}", prose(stage.dossier)).places == []
    titled = chapter("").model_copy(update={"title": "Before [[chapter:climb]]"})
    dossier = stage.dossier.model_copy(update={"chapters": (titled,)})
    assert "Before" in prose(dossier).title(titled)


# -- findings ----------------------------------------------------------------------------------

FAULTS = [
    ("a misspelt name", "See [[zermat]].", ["2:5 P201"], "did you mean zermatt?"),
    ("a name instead of an id", "A\n[[Zermatt]].", ["3:1 P201"], "did you mean zermatt?"),
    ("a name of another kind", "[[term:zermatt]]", ["2:1 P201"], "did you mean [[place:zermatt]]?"),
    ("an unknown kind", "[[palce:zermatt]]", ["2:1 P203"], "did you mean place"),
    ("an empty name", "a [[]] b", ["2:3 P204"], "names nothing"),
    ("no words behind the bar", "a [[zermatt|]]", ["2:3 P204"], "no words after |"),
    ("an open reference", "a [[zermatt b", ["2:3 P204"], "never closed"),
    ("an unknown source", "a [@whymper; @wimper]", ["2:14 P210"], "did you mean whymper?"),
    (
        "no comma before the page",
        "a [@times p. 3]",
        ["2:3 P211"],
        "put a comma after the source: @times, p. 3",
    ),
    (
        "two sources in one part",
        "a [@times, p. 3 and @whymper]",
        ["2:21 P211"],
        "[@times, …; @whymper]",
    ),
    ("a second line of a citation", "a [@times;\n @whymper p. 3]", ["3:2 P211"], "put a comma"),
    ("an empty part", "a [@times; ]", ["2:12 P211"], "an empty part"),
    ("no place behind the comma", "a [@times,]", ["2:10 P211"], "delete the comma"),
    ("an author left out", "a [-@times]", ["2:3 P211"], "delete the -"),
    ("a stop behind the source", "a [@times.]", ["2:10 P211"], "write @times"),
    ("marks in a citation", "a [@times, p. *3*]", ["2:15 P211"], "'*' would be printed"),
    (
        "two sources of a quotation",
        "\n/// quote\nsource: whymper, p. 3; times\nWords.\n///",
        ["4:1 P211"],
        "not one place in a source",
    ),
    ("an open citation", "a [@times b", ["2:3 P211"], "never closed"),
    ("a note in a heading", "## A [@times]", ["2:6 P212"], "heading"),
    ("a note in a link", "[a [@times]](https://a.org)", ["2:4 P212"], "link"),
    ("a note nobody wrote", "a[^b]", ["2:2 P220"], "there is no note [^b]"),
    ("a note nobody calls", "a\n\n[^b]: c", ["4:1 P221"], "nothing calls note [^b]"),
    ("a note written twice", "a[^b]\n\n[^b]: c\n[^b]: d", ["5:1 P222"], "twice"),
    ("a note called twice", "a[^b] c[^b]\n\n[^b]: d", ["2:8 P223"], "second time"),
    ("a note in a note", "a[^b]\n\n[^b]: c[^b]", ["4:8 P224"], "a note cannot call a note"),
    ("a list in a note", "a[^b]\n\n[^b]: c\n\n    - d", ["6:1 P225"], "running words only"),
    ("an empty note", "a[^b]\n\n[^b]:", ["4:1 P226"], "is empty"),
    ("two notes on a word", "a[@times][@whymper]", ["2:10 P227"], "two notes"),
    ("an unknown kind of block", "/// sidebr\na\n///", ["2:1 P230"], "did you mean sidebar?"),
    ("an open block", "a\n\n/// sidebar\nb", ["4:1 P231"], "never closed"),
    ("a stray end", "a\n\n///\n\nb", ["4:1 P232"], "closes nothing"),
    ("an end of another length", "//// sidebar\na\n///\n////", ["4:1 P232"], "////"),
    ("an unknown option", "/// quote\n    buy: A\n\nb\n///", ["3:5 P233"], "did you mean by?"),
    ("an option of others", "/// sidebar\n    source: x\n\nb\n///", ["3:5 P233"], "no options"),
    ("a title too many", "/// quote | A\nb\n///", ["2:1 P234"], "has no title"),
    ("an empty block", "/// quote\n///", ["2:1 P235"], "is empty"),
    ("a block of nothing seen", "/// quote\n\u200b\n///", ["2:1 P235"], "is empty"),
    ("a heading of nothing seen", "## \u2060&nbsp;", ["2:1 P273"], "no words"),
    ("a block in a list", "- a\n\n    /// quote\n    b\n    ///", ["4:5 P236", "6:5 P236"], "list"),
    ("a block in a quotation", "> /// quote\n> a", ["2:1 P236"], "quotation"),
    ("a heading of a block", "/// sidebar A\nb\n///", ["2:1 P236", "4:1 P232"], "/// kind | Title"),
    ("an option that is none", "/// quote\n    by\n\nb\n///", ["3:5 P237"], "name: value"),
    ("an option given twice", "/// quote\n    by: A\n    by: B\n\nb\n///", ["4:5 P237"], "twice"),
    ("a source of a block", "/// quote\n    source: x\n\nb\n///", ["3:5 P210"], "'x'"),
    ("a language of a block", '/// quote\n    lang: a"b\n\nb\n///', ["3:5 P262"], "language tag"),
    ("a picture unknown", "![](image:rigde)", ["2:1 P240"], "did you mean ridge?"),
    ("a plate unknown", "/// plate | mountian", ["2:1 P240"], "did you mean mountain?"),
    ("a picture in a line", "a ![](image:ridge)", ["2:3 P241"], "paragraph of its own"),
    ("a picture from elsewhere", "![a](b.png)", ["2:1 P242"], "images/images.yaml"),
    ("a picture twice", "![](image:ridge)\n\n![](image:ridge)", ["4:1 P243"], "climb.md:2"),
    ("a script address", "[a](javascript:alert(1))", ["2:5 P250"], "https://"),
    ("an entity in an address", "[a](javascript&colon;alert(1))", ["2:5 P250"], "javascript:"),
    ("a data address", "<data:text/html,x>", ["2:1 P250"], "https://"),
    ("a file address", "[a](file:///etc/passwd)", ["2:5 P250"], "https://"),
    ("a relative address", "[a](b.html)", ["2:5 P250"], "#anchor"),
    ("an address without scheme", "[a](//b.org)", ["2:5 P250"], "https://"),
    ("a broken address", "[a](http://[b)", ["2:5 P250"], "https://"),
    ("an unknown anchor", "[a](#place-zermat)", ["2:5 P251"], "did you mean place-zermatt"),
    ("an unknown label", "[a][b]", ["2:1 P252"], "[b]: https://"),
    ("an unused label", "a\n\n[b]: https://c.org", ["4:1 P253"], "no link uses"),
    ("an unreadable address", "[a](b c d)", ["2:1 P255"], "without spaces"),
    ("an open address", "[a](https://b.org c", ["2:1 P255"], "cannot be read"),
    ("a title of a link", '[a](https://b.org "c")', ["2:18 P256"], "into the text"),
    ("a link in a link", "[a [b](https://c.org)](https://d.org)", ["2:8 P257"], "inside a link"),
    ("HTML", "a <b>c</b>", ["2:3 P260"], "&lt;"),
    ("a script", "<script>alert(1)</script>", ["2:1 P260"], "HTML"),
    ("an open comment", "a <!-- b", ["2:3 P261"], "-->"),
    ("an unknown class", "[a]{.big}", ["2:1 P262"], ".smallcaps"),
    ("an event handler", "[a]{onclick=alert(1)}", ["2:1 P262"], "not an attribute"),
    ("attributes of nothing", "*a*{.smallcaps}", ["2:4 P262"], "[words]{.smallcaps}"),
    ("a skipped level", "## A\n\n#### B", ["4:1 P270"], "write ###"),
    ("a first level too deep", "### A", ["2:1 P270"], "write ##"),
    ("a second title", "a\n\n# B", ["4:1 P271"], "one title"),
    ("a heading in a list", "a\n\n- ## B", ["4:1 P272"], "margin"),
    ("an empty heading", "##\n\na", ["2:1 P273"], "no words"),
    ("a short row", "|a|b|\n|-|-|\n|1|", ["4:1 P280"], "an empty cell"),
    ("a wide row", "|a|b|\n|-|-|\n|1|2|\n|1|[[zermatt]]|3|", ["5:1 P280"], "more cells"),
    ("a control character", "a\n\nb\x01c", ["4:2 P290"], "U+0001"),
    ("deep quotations", ">" * 9 + "a", ["2:1 P290"], "nested too deep"),
    ("a very long word", "a\n\n" + "b" * 2001, ["4:1 P290"], "2,001"),
    ("a paragraph without end", "a\n\n" + "b\n" * 502, ["4:1 P290"], "empty lines"),
]


@pytest.mark.parametrize(
    ("body", "places", "remedy"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_a_fault_is_found_at_its_line_and_column(body: str, places: list[str], remedy: str) -> None:
    _, found, messages = printed(body)
    assert found == places
    assert remedy in messages


def test_every_fault_of_a_chapter_is_found_at_once() -> None:
    bodies = [case for case in FAULTS if case[2][0].startswith("2:") and "\n" not in case[1]]
    bodies = [
        case for case in bodies if not case[2][0].endswith(("P204", "P211", "P261", "P270", "P290"))
    ]
    _, found, _ = printed("\n\n".join(case[1] for case in bodies))
    assert {place.split()[1] for place in found} >= {case[2][0].split()[1] for case in bodies}
    assert {int(place.partition(":")[0]) for place in found} == set(
        range(2, 2 + 2 * len(bodies), 2)
    )


def test_a_field_says_where_it_was_written() -> None:
    stage = Prose(
        MATTERHORN,
        Citations(MATTERHORN.bibliography),
        prose().templates,
        where={"A [[nowhere]].": ("events.yaml", 7, 9)},
    )
    stage.inline("A [[nowhere]].")
    stage.inline("B [[nowhere]].")
    assert [finding.place for finding in stage.findings] == [MATTERHORN.slug, "events.yaml:7:9"]


def test_a_title_bears_no_note_and_says_where_it_stands() -> None:
    stage = prose()
    title = chapter("").model_copy(update={"title": "The *climb* [@times]"})
    assert stage.title(title) == "The <em>climb</em>"
    assert [str(finding) for finding in stage.findings] == [
        "climb.md:1:3: P212 a note cannot hang on a heading; move it to the text that follows"
    ]


# -- hostile text ------------------------------------------------------------------------------


class Danger(HTMLParser):
    """Collects the tags and attributes that no author may bring about."""

    TAGS = """p h2 h3 h4 h5 h6 ul ol li dl dt dd em strong a blockquote table thead tbody tr th td
    abbr code pre br hr span aside figure figcaption img sup sub del"""
    NAMES = frozenset(
        {"id", "class", "href", "title", "lang", "dir", "scope", "start", "src", "alt"}
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an unsafe tag, attribute or address."""
        if tag not in self.TAGS.split():
            self.found.append(tag)
        for name, value in attrs:
            address = name == "href" and not re.match(r"https?://|mailto:|#", value or "")
            if address or not (name in self.NAMES or name.startswith("data-page")):
                self.found.append(f"{tag} {name}={value}")


HOSTILE = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)><style>*{}</style></svg>",
    "<img src=x onerror=alert(1)>",
    "<iframe src=//evil.org></iframe>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](vbscript:x) [b](data:text/html;base64,x)",
    '[a](https://b.org/"onclick="x)',
    '[a](https://b.org "t\\" onclick=\\"x")',
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    '*[A]: "><script>alert(1)</script>\n\nA',
    '[a]{lang=az" onclick="x}',
    '/// quote\n    lang: x\\" style=\\"y\n    by: <b onclick=x>\n\nb\n///',
    "/// sidebar | <script>x</script>\nb\n///",
    "[[zermatt|<script>x</script>]]",
    "![<script>x</script>](image:ridge)",
    "a[^b]\n\n[^b]: <script>x</script>",
    "`<script>x</script>`\n\n    <script>x</script>",
    "&lt;script&gt;x&lt;/script&gt;",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03",
    "zqvxbx zqvxcx [[zermatt]]",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_no_author_brings_in_what_the_press_did_not_make(body: str) -> None:
    danger = Danger()
    danger.feed(printed(body).html)
    assert danger.found == []


@pytest.mark.parametrize("body", HOSTILE)
def test_fields_are_as_safe_as_chapters(body: str) -> None:
    danger = Danger()
    danger.feed(str(prose().inline(body)))
    assert danger.found == []


SIGNS = """[ ] [[ ]] [@ [^ ( ) { } * _ ` < > ! | : - # \\ / zermatt @times word " ' <!-- --> & ;
https://a.org image:ridge sidebar .smallcaps lang=az"""
SPACED = ["\n", "\n\n", "    ", " ", "/// ", "///\n", "1. ", "- ", "[^a]: ", "## "]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*SIGNS.split(), *SPACED]), max_size=40).map("".join))
def test_any_text_is_printed_or_found_and_never_breaks_the_press(body: str) -> None:
    html, _, _ = printed(body)
    danger = Danger()
    danger.feed(html)
    assert danger.found == []
    assert not re.search(r"zq[a-z]{20}x", html)


WORDS = """alpha beta [[zermatt]] [@times] *x* `y` (z) "q" <https://a.org> [l](https://b.org)"""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), min_size=1))
def test_words_come_out_in_the_order_they_went_in(given_words: list[str]) -> None:
    html, _, _ = printed(" ".join(given_words))
    plain = {"[[zermatt]]": "Zermatt", "*x*": "x", "`y`": "y", '"q"': "“q”"}
    plain |= {"<https://a.org>": "https://a.org", "[l](https://b.org)": "l"}
    expected = [plain.get(word, word) for word in given_words if word != "[@times]"]
    text = re.sub(r'<span class="note".*?</span>', "", html.replace("</span></p>", "</span> </p>"))
    assert words(text) == expected


SLOW: dict[str, Callable[[int], str]] = {
    "open brackets": lambda n: "[" * n,
    "nested brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "headings": lambda n: "# a\n" * (n // 4),
    "a heading of spaces": lambda n: "#" + " " * n + "a",
    "quotations": lambda n: "> " * n,
    "deep lists": lambda n: "\n".join("    " * level + "- a" for level in range(n // 200)),
    "links": lambda n: "[a](" * (n // 4),
    "code": lambda n: "`a " * (n // 3),
    "tags": lambda n: "<a " * (n // 3),
    "emphasis": lambda n: "*a **b " * (n // 7),
    "citations": lambda n: "[@times; " * (n // 9),
    "comments": lambda n: "<!--" * (n // 4),
    "blocks": lambda n: "/// sidebar\n" * (n // 12),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_of_fifty_thousand_characters_holds_the_press_up(name: str) -> None:
    begun = time.process_time()
    messages = printed(SLOW[name](50_000)).messages
    assert time.process_time() - begun < 5
    assert "P2" in messages


def test_a_long_chapter_is_quick() -> None:
    paragraph = (
        "Words of *prose* about [[zermatt]] and the “summit” on [[summit]] [@times, p. 3]. " * 3
    )
    body = "\n\n".join(paragraph for _ in range(120))
    stage = prose()
    begun = time.process_time()
    assert not printed(body, stage).messages
    assert time.process_time() - begun < 2


def test_the_snapshot_of_the_small_dossier_has_nothing_to_report(matterhorn: Snapshot) -> None:
    dossier = load(matterhorn).dossier
    stage = prose(dossier)
    html = "".join(stage.chapter(one) for one in dossier.chapters)
    assert stage.findings == []
    assert html.count('class="note"') == 5
