"""SetPages-reading: what WeasyPrint does silently wrong becomes a finding."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from press.base.document import Document
from press.base.finding import ContentError, Finding
from press.base.scripts import font_for
from press.content.snapshot import Snapshot
from press.typeset import weasyprint_patches
from press.typeset.broken_styles import to_blame
from press.typeset.expected import Expected
from press.typeset.missing_glyphs import without_echoes
from press.typeset.proof import marked, proof
from press.typeset.typeset import SetPages, typeset
from tests.typeset.test_typeset import FONT, document

EXPECTED = Expected("a.pdf", frozenset({"Text"}))
NOTE = '<p>text<span class="note" id="note-1">note</span></p>'


def codes(body: str, css: str = "") -> list[str]:
    """The codes of the findings on a small document."""
    return sorted({f.code for f in proof(typeset(document(f"<h1>A</h1>{body}", css)), EXPECTED)})


def test_sound_pages_are_silent() -> None:
    """A document without faults gives no finding."""
    assert [] == codes("<p>text</p>")


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("P401", '<a href="#nowhere">x</a>'),
        ("P401", '<p style="colour: red">x</p>'),
        ("P402", '<img alt="a" src="https://example.org/a.png">'),
        ("P404", "<p>\u1780</p>"),
        ("P405", '<span class="page-ref" data-page-of="nowhere">0</span>'),
        ("P407", '<svg width="9" height="9"><rect width="9" height="9"/></svg>'),
        ("P410", '<p style="margin:0">one line of words</p><p style="margin-top:-1em">other</p>'),
        ("P408", '<p style="margin-left:400px;white-space:nowrap">off the page and lost</p>'),
    ],
)
def test_fault_is_found(code: str, body: str) -> None:
    """Each silent failure has its finding."""
    assert code in codes(body)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without end is given up sooner; the few words of these tests need fewer still."""
    monkeypatch.setattr(weasyprint_patches, "STEPS", 1_000)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "css", ["b { color: red }\n* { display: flex }", "b { top: 0 }\n* { columns: 2 }"]
)
def test_styles_that_the_typesetter_breaks_on_are_named_and_left_out(css: str) -> None:
    """WeasyPrint raises an AttributeError, or never ends; the pages are set without the sheet."""
    body = "<ul><li><p>x</p></li></ul>" * 3 + "<table><tr><td>a</td></tr></table>"
    for tag in ("div", "section", "article", "main", "div"):
        body = f"<{tag}>{body}</{tag}>"
    html = document(f"<h1>A</h1><p>text <b>bold</b></p>{body}", "")
    link = '<link rel="stylesheet" href="/sheets/local.css"></head>'
    files = {**html.files, "sheets/local.css": css.encode()}
    pages = typeset(replace(html, text=html.text.replace("</head>", link), files=files))
    expected = replace(EXPECTED, engine={"styles/local.css": css.encode()})
    [found] = proof(pages, expected)
    assert (found.file, found.line, found.code) == ("styles/local.css", 1 + css.count("\n"), "P411")
    assert "at *" in found.message
    assert pages.pages == 1


@pytest.mark.usefixtures("impatient")
def test_a_sheet_is_left_out_of_the_document_alone_that_breaks_on_it() -> None:
    """Another document of the same process is set with it."""
    link = '<link rel="stylesheet" href="/sheets/local.css"></head>'
    deep = "<div>" * 14 + "<ul><li><p>x</p></li></ul>" * 3 + "</div>" * 14
    broken = []
    for body in (deep, "<p>x</p>"):
        html = document(f"<h1>A</h1>{body}", "")
        text = html.text.replace("</head>", link)
        files = {**html.files, "sheets/local.css": b"div { columns: 2 }"}
        broken.append(typeset(replace(html, text=text, files=files)).broken)
    assert broken[0] is not None
    assert broken[1] is None


def test_the_rule_that_completes_a_fault_is_named_where_it_takes_several() -> None:
    """Each is sound alone; the second makes the typesetter fall."""
    html = document("<h1>A</h1><p>text</p>", "")
    html = replace(html, files={"sheets/local.css": b"a { top: 0 } b { } i { top: 0 } u { }"})

    def breaks(tried: Document) -> bool:
        return all(name in tried.files["sheets/local.css"] for name in (b"a {", b"i {"))

    assert to_blame(html, "local", breaks) == "i"


@pytest.mark.usefixtures("impatient")
def test_a_page_that_never_ends_without_any_style_of_the_authors_is_a_finding() -> None:
    """A style sheet of the press's own, or the text, is to blame: X901 and no X900."""
    body = "<p>x</p>"
    for tag in ("div", "section", "article", "main", "div") * 3:
        body = f"<{tag}>{body}</{tag}>"
    with pytest.raises(ContentError) as ended:
        typeset(document(f"<h1>A</h1>{body}", "* { columns: 2 }"))
    assert [found.code for found in ended.value.findings] == ["X901"]


@pytest.mark.parametrize(
    ("css", "at", "said"),
    [
        ("p { colour: red }", 5, "colour: red is ignored: unknown property; did you mean color"),
        ("p { margin: 5 }", 5, "margin: 5 is ignored: invalid value; write a value that CSS has"),
        ("p { & b { widht: 3mm } }", 11, "widht: 3mm is ignored: unknown property; did you mean w"),
        ("p::nope { color: red }", 1, "the selector 'p::nope' is not understood"),
    ],
)
def test_css_that_is_ignored_is_named_where_it_is_written(css: str, at: int, said: str) -> None:
    """Not at the line of the sheet that the press writes for the typesetter."""
    html = document("<h1>A</h1><p>text <b>bold</b></p>", "")
    link = '<link rel="stylesheet" href="/sheets/local.css"></head>'
    flat = ("\n" * 9 + css).encode()
    files = {**html.files, "sheets/local.css": flat}
    pages = typeset(replace(html, text=html.text.replace("</head>", link), files=files))
    [found] = proof(pages, replace(EXPECTED, engine={"styles/local.css": css.encode()}))
    assert (found.file, found.line, found.column) == ("styles/local.css", 1, at)
    assert said in f"{found.message}; {found.hint}"


def test_a_value_that_a_token_gives_is_named_at_the_token() -> None:
    html = document("<h1>A</h1><p>text</p>", "p { font-feature-settings: tnum9 }")
    expected = replace(
        EXPECTED,
        engine={"styles/local.css": b":root { --set: tnum9 }"},
        tokens={"--set": "tnum9"},
        token_places={"--set": ("styles/local.css", 1, 9)},
    )
    [found] = proof(typeset(html), expected)
    assert found.place == "styles/local.css:1:9"


def test_an_address_that_is_refused_is_one_finding() -> None:
    """P402 names it; that the picture could not be loaded follows from it."""
    assert codes('<img alt="a" src="https://example.org/a.png">') == ["P402"]


def test_substituted_font_is_found() -> None:
    """A family that no @font-face brings is named."""
    html = document("<h1>A</h1><p>text</p>", "")
    pages = typeset(Document(html.text, {"face.otf": FONT.read_bytes()}))
    found = proof(pages, Expected("a.pdf", frozenset({"Other"})))
    assert ["P403"] == [f.code for f in found]
    assert "in “A”, and no @font-face" in found[0].message
    assert found[0].page == 1


def noted(pages: SetPages, note: tuple[int, ...], call: tuple[int, ...]) -> list[str]:
    """Findings when the note and its call stand on the given pages."""
    moved = replace(pages, rounds=({**pages.folios, "note-1": note, "call-1": call},))
    return [f.code for f in proof(moved, EXPECTED)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("قريبا ً", "ً", True),
        ("ْك", "ش ْكر", True),
        ("ế", "Tiếng", True),
        ("שָ", "ָ", True),
        ("éte", "autre", False),
        ("one", "another one", False),
    ],
)
def test_marks_over_letters_are_no_overprint(one: str, other: str, same: bool) -> None:
    """Tanwin, points and accents lie over their own word; other words with marks do not."""
    assert same == marked(one, other)


@pytest.fixture(scope="module")
def with_note() -> SetPages:
    """A page with a note at its foot."""
    return typeset(document(f"<h1>A</h1>{NOTE}", ".note{float:footnote}"))


def test_note_stands_on_the_page_of_its_call(with_note: SetPages) -> None:
    """A note on the page of its call is right."""
    assert with_note.folios["note-1"] == with_note.folios["call-1"] == (1,)
    assert [] == noted(with_note, (1,), (1,))


@pytest.mark.parametrize(("note", "call"), [((), (1,)), ((1, 2), (1,)), ((2,), (1,)), ((1,), (2,))])
def test_lost_note_is_found(
    with_note: SetPages, note: tuple[int, ...], call: tuple[int, ...]
) -> None:
    """A note that is lost, doubled or parted from its call is found."""
    assert ["P406"] == noted(with_note, note, call)


def test_damaged_file_is_found() -> None:
    """A PDF that qpdf mends or refuses is found."""
    pages = typeset(document("<h1>A</h1>"))
    broken = replace(pages, pdf=pages.pdf.replace(b"startxref\n", b"startxref\n9"))
    assert "P409" in {f.code for f in proof(broken, EXPECTED)}


def test_missing_character_is_named_where_it_is_written() -> None:
    """The finding names the character, its line in the content, and a font that has it."""
    files = {"chapters/01-a.md": "# A\n\nplain\n\nhere: \u1780\n".encode(), "images/a.png": b"\x89"}
    expected = replace(EXPECTED, snapshot=Snapshot("a", "content/a", files))
    pages = typeset(document("<h1>A</h1><p>\u1780</p>"))
    (found,) = (f for f in proof(pages, expected) if f.code == "P404")
    assert ("content/a/chapters/01-a.md", 5, 7) == (found.file, found.line, found.column)
    assert "P404 page 1: no font has 'ក', U+1780 KHMER LETTER KA" in str(found)
    assert "Noto Serif Khmer (Debian fonts-noto-core)" in found.hint


def test_a_writing_that_no_font_has_is_one_finding_for_each_line() -> None:
    """It names the script, some letters and how many, and nothing else is told beside it.

    Neither the typesetter's complaint of each letter (P401) nor boxes over one another (P410) are.
    """
    lines = ["# A", "மேட்டர்ஹார்ன் மலை, 𒀭𒂗𒆤", "and மலை again", "&#3000; typed by its number"]
    text = "\n\n".join(lines) + "\n\nமலை" * 9
    snapshot = Snapshot("a", "content/a", {"chapters/01-a.md": text.encode()})
    body = "".join(f"<p>{line}</p>" for line in text.split("\n\n")[1:])
    pages = typeset(document(f"<h1>A</h1>{body}"))
    found = proof(pages, replace(EXPECTED, snapshot=snapshot))
    assert {one.code for one in found} == {"P404"}
    places = sorted((one.line, one.column) for one in found)
    assert places == [(3, 1), (3, 20), (5, 5), (7, 0), (9, 1), (11, 1)]
    tamil, cuneiform = (str(next(one for one in found if (one.line, one.column) == at))
                        for at in ((3, 1), (3, 20)))  # fmt: skip
    assert "no font has 10 Tamil letters, 16 times in this line: ம, ே, ட, ், ர and 5 more" in tamil
    assert "as in “மேட்டர்ஹார்ன்”; so it is in 7 more lines; put a font" in tamil
    assert "no font has 3 Cuneiform letters" in cuneiform
    assert "Noto Sans Cuneiform" in cuneiform
    assert "styles/fonts.css" in cuneiform
    assert "--face-native" in cuneiform


def test_letters_that_a_plate_lacks_are_told_once() -> None:
    """E169 says only what P404 does not."""
    pages = typeset(document("<h1>A</h1><p>\u1780</p>"))
    told, own = (
        Finding("plates.yaml", 3, 5, "E169", f"no font of the plate has {named}, in 'x'")
        for named in ("\u1780 (U+1780)", "\u1780 (U+1780), x (U+0078)")
    )
    other = Finding("plates.yaml", 3, 5, "E170", "something else")
    assert list(without_echoes([told, own, other], pages)) == [own, other]


@pytest.mark.parametrize(
    ("character", "family"),
    [("ა", "Noto Serif Georgian"), ("漢", "Noto Serif CJK"), ("ش", "Noto Naskh Arabic"),
     ("☃", "Noto Sans Symbols 2"), ("ᚠ", "Noto Sans Runic"), ("\ue000", ""),
     ("Ⅻ", "Noto Sans Symbols"), ("①", "Noto Sans Symbols"), ("⚓", "Noto Sans Symbols"),
     ("℃", "Noto Serif"), ("№", "Noto Serif"), ("∮", "Noto Sans Math"), ("⊕", "Noto Sans Math"),
     ("☎", "Noto Sans Symbols 2"), ("★", "Noto Sans Symbols 2"), ("❧", "Noto Sans Symbols 2"),
     ("😀", "")],
)  # fmt: skip
def test_each_script_has_a_font(character: str, family: str) -> None:
    """A letter leads to a font of its script, a sign to a font of signs."""
    assert family == font_for(character)[0]


def test_signs_of_two_fonts_are_two_findings() -> None:
    """Each names the font that has its signs; a sign that no known font has is written in words."""
    pages = typeset(document("<h1>A</h1><p>☎ 20 ℃ ★ 😀</p>"))
    [font, *_] = pages.fonts
    pages = replace(pages, fonts=(replace(font, missing=tuple("☎℃★😀")),))
    hints = [one.hint for one in proof(pages, EXPECTED) if one.code == "P404"]
    assert len(hints) == 3
    assert sum("Noto Sans Symbols 2 (" in hint for hint in hints) == 1
    assert sum("Noto Serif (" in hint for hint in hints) == 1
    assert sum(hint.startswith("write it in words") for hint in hints) == 1


def test_a_picture_off_the_page_is_found() -> None:
    """One that the sheet's edge cuts is named; one that stays on it is not."""
    picture = '<img alt="a" src="face.otf" style="display:block;width:50px;height:{}px">'
    made = io.BytesIO()
    Image.new("1", (9, 9)).save(made, "PNG")
    for height, found in ((2000, ["the picture a.png runs off the page"]), (100, [])):
        html = document(picture.format(height).replace("face.otf", "a.png"))
        pages = typeset(replace(html, files={**html.files, "a.png": made.getvalue()}))
        assert found == [f.message for f in proof(pages, EXPECTED) if f.code == "P408"]


LISTED = (
    "<ul><li>one of them</ul>"
    "<blockquote>A saying that is on two lines, and has some more words</blockquote>"
)


@pytest.mark.parametrize(
    ("css", "over"),
    [
        ("", False),
        ("blockquote {margin-top: -0.3em}", False),
        *((f"li {{transform: translateY({shift}pt)}}", True) for shift in (9, 11, 13, 15, 17, 21)),
        ("blockquote {margin-top: -1.2em}", True),
        ("blockquote {line-height: 0}", True),
        ("blockquote {line-height: 0.4}", True),
        ("h1 {position: absolute; top: 11pt; left: 22pt}", True),
    ],
)
def test_words_over_words_are_found_however_they_meet(css: str, over: bool) -> None:
    """By half a line, by a whole one, lines of one paragraph on one another; close ones are not."""
    look = "*, h1 {margin: 0; font-size: 10pt; line-height: 12pt} "
    assert over == ("P410" in codes(LISTED, look + css))


@pytest.mark.parametrize(
    ("top", "over"), [(7, True), (9, True), (12, True), (18, True), (26, False)]
)
def test_words_between_two_lines_are_found_though_their_letters_are_alike(
    top: int, over: bool
) -> None:
    """A heading that reaches into the line below, the one h over the other."""
    body = "<p>Seven climbers reached it;<br>three came back.</p><h2>The ridge</h2>"
    look = (
        "*, h2 {margin: 0} p {font-size: 14pt; line-height: 18pt} h2 {font: 700 10pt/12pt serif; "
    )
    assert over == ("P410" in codes(body, f"{look} position: absolute; left: 0; top: {top}pt}}"))


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        ("blockquote {margin-top: -1.2em}", 13),
        ("p {top: 0} .said li {color: red; transform: translateY(13pt)}", 34),
        ("ul.said, h6 {position: relative; top: 13pt}", 14),
        ("h1 {margin: 0}", 0),
        ("blockquote {color: red}", 0),
    ],
)
def test_the_rule_that_brought_words_over_words_is_named(rule: str, column: int) -> None:
    """That of the theme or of one's own tweaks whose selector fits; others are not blamed."""
    look = "*, h1 {margin: 0; font-size: 10pt; line-height: 12pt} "
    moved = "blockquote {margin-top: -1.2em}" if not column else rule
    html = document("<h1>A</h1>" + LISTED.replace("<ul", "<ul class=said"), look + moved)
    expected = replace(EXPECTED, engine={"styles/local.css": rule.encode()})
    found = next(f for f in proof(typeset(html), expected) if f.code == "P410")
    place = ("styles/local.css", 1, column) if column else (EXPECTED.name, 0, 0)
    assert place == (found.file, found.line, found.column)


def test_words_printed_twice_in_one_place_are_no_overprint() -> None:
    """So some make bold letters; other words in the same place are one."""
    twice = "<p>sound</p><p>{}</p><p style='margin-top: -12pt'>{}</p>"
    look = "* {margin: 0; font-size: 10pt; line-height: 12pt}"
    assert "P410" not in codes(twice.format("Bargushad", "Bargushad"), look)
    assert "P410" in codes(twice.format("Bargushad", "Hakarishad"), look)


def slanted(*words: tuple[int, int, str]) -> str:
    """A drawing in which words stand at an angle of 45 degrees, each at its place."""
    set_words = "".join(
        f'<text font-size="10" transform="translate({x} {y}) rotate(45)">{word}</text>'
        for x, y, word in words
    )
    return f'<svg width="200" height="200"><title>rivers</title>{set_words}</svg>'


def test_names_of_rivers_that_meet_are_no_overprint() -> None:
    """Words aslant whose upright boxes overlap are sound while no letter lies over another."""
    assert "P410" not in codes(slanted((20, 20, "Bargushad"), (34, 10, "Hakari river")))
    assert "P410" in codes(slanted((20, 20, "Bargushad"), (21, 21, "Hakari river")))
