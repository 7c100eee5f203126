"""Claims about the style stage: tokens, cascade, faces, plates, and the sheets we ship."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tinycss2
from fontTools.ttLib import TTFont

from press.base.finding import ContentError, Finding
from press.design import plate_css, styles
from press.design.calc import POINTS, fold
from press.design.faces import Face
from press.design.stylesheets import names, parse
from press.design.tokens import declarations, is_token
from tests.conftest import ROOT


def sheets(**files: str) -> dict[str, bytes]:
    """A small world of style files: ``main_css="…"`` is ``styles/main.css``."""
    world = {
        "main": '@layer tokens, parts; @import "tokens.css" layer(tokens);',
        "tokens": ":root { --ink: #111; }",
        "plate": "text { fill: var(--ink) }",
        "themes/default": "",
        "papers/a4": "",
        "editions/dossier": "",
    } | files
    return {f"styles/{name}.css": text.encode() for name, text in world.items()}


def faults(**files: str) -> list[str]:
    """What ``flatten`` complains of, as ``file:line:column: code message; hint``."""
    with pytest.raises(ContentError) as failure:
        styles.flatten(sheets(**files))
    return [str(f) for f in failure.value.findings]


@cache
def shipped() -> dict[str, bytes]:
    """The style files of this repository."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in sorted((ROOT / "styles").rglob("*"))
        if path.is_file()
    }


# -- tokens ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("side", "value", "shown"),
    [
        ("right", "if(style(--side: right): 0mm; else: var(--gap))", "0mm"),
        ("left", "if(style(--side: right): 0mm; else: var(--gap))", "6mm"),
        ("left", "IF( style( --side : left ) : calc(2 * var(--gap)) ; else : 0mm; )", "12mm"),
        ("top", "if(style(--side: left): 1mm; style(--side: top): 2mm; else: 3mm)", "2mm"),
        ("left", "if(style(--side: left): url(data:image/png;base64,x); else: none)",
         "url(data:image/png;base64,x)"),
    ],
)  # fmt: skip
def test_a_token_may_hang_on_a_word(side: str, value: str, shown: str) -> None:
    """``if(style(--token: value): …; else: …)`` is resolved as CSS Values 5 has it."""
    tokens = f":root {{ --side: {side}; --gap: 6mm; --chosen: {value} }}"
    assert (
        shown
        == styles.flatten(sheets(tokens=f"{tokens} :root {{ --ink: #111 }}")).tokens["--chosen"]
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("if(style(--side: right): 0mm)", "11: E713 this if() gives nothing; write if(style("),
        ("if(media(print): 0mm; else: 1mm)", "11: E713 this if() gives nothing"),
        ("if(not style(--side: left): 0mm; else: 1mm)", "11: E713 this if() gives nothing"),
        ("if()", "11: E713 this if() gives nothing"),
        (
            "if(style(--seide: left): 0mm; else: 1mm)",
            "14: E714 no token --seide; did you mean --side?",
        ),
    ],
)
def test_an_if_that_cannot_be_told_is_a_finding(value: str, said: str) -> None:
    """It is never taken for else: the page would be another than was written."""
    given = f":root {{ --side: left; --ink: #111;\n--chosen: {value} }}"
    assert any(f"tokens.css:2:{said}" in fault for fault in faults(tokens=given))


def test_a_token_is_resolved_through_other_tokens_in_any_order() -> None:
    style = styles.flatten(sheets(tokens=":root { --rule: var(--ink); --ink: #123456 }"))
    assert style.tokens == {"--ink": "#123456", "--rule": "#123456"}


def test_no_var_is_left_in_any_sheet() -> None:
    style = styles.flatten(
        sheets(
            main="p { color: var(--ink); & b { border: 1pt solid var(--ink) } }"
            "@page { @top-left { color: var(--ink) } }",
            tokens="",
            **{"themes/default": ":root { --ink: red } i { color: var(--ink) }"},
        )
    )
    css = style.css() + style.plate_css
    assert "var(" not in css
    assert "--" not in css
    assert css.count("red") == 5


def test_a_later_layer_wins_over_an_earlier_one_whatever_the_order_of_the_files() -> None:
    style = styles.flatten(
        sheets(
            main="@layer low, high; @layer high { :root { --ink: green } }"
            "@layer low { :root { --ink: red } }"
        )
    )
    assert style.tokens["--ink"] == "green"


def test_a_fallback_is_used_only_when_the_token_is_missing() -> None:
    rule = "p { color: var(--ink, blue); top: var(--x, 2pt); left: var(--x,3pt) }"
    style = styles.flatten(sheets(main=f":root {{ --ink: red }} {rule}"))
    assert "p{color: red; top: 2pt; left: 3pt}" in style.stylesheets["main"]


@pytest.mark.parametrize(
    ("written", "literal"),
    [
        ("calc(2mm + 3mm)", "5mm"),
        ("calc(2mm - 3mm)", "-1mm"),
        ("calc(2mm * 3)", "6mm"),
        ("calc(3 * 2mm)", "6mm"),
        ("calc(3mm / 2)", "1.5mm"),
        ("calc(2 + 3)", "5"),
        ("calc(2 - 3)", "-1"),
        ("calc(2 * 3)", "6"),
        ("calc(1mm + 2mm - 4mm + 8mm)", "7mm"),
        ("calc(12mm / 2 * 3 / 9)", "2mm"),
        ("calc(1mm + 2 * 3mm)", "7mm"),
        ("calc((1mm + 2mm) * 3)", "9mm"),
        ("calc(1MM + 2Mm)", "3mm"),
        ("calc(1in + 2pt)", "1.02778in"),
        ("calc((10mm - 4mm) / 3)", "2mm"),
        ("calc(1mm + calc(2 * 1mm))", "3mm"),
        ("calc(-1 * 5mm)", "-5mm"),
        ("calc(5mm - 5mm)", "0mm"),
        ("calc(1 / 3)", "0.33333"),
        ("calc(100% - 5mm)", "calc(100% - 5mm)"),
        ("calc(1em + 5mm)", "calc(1em + 5mm)"),
        ("calc(5mm * 5mm)", "calc(5mm * 5mm)"),
        ("calc(5mm / 0)", "calc(5mm / 0)"),
        ("calc(1 + 5mm)", "calc(1 + 5mm)"),
        ("calc(5mm - 1)", "calc(5mm - 1)"),
        ("calc(1 / 5mm)", "calc(1 / 5mm)"),
        ("calc(5mm 5mm)", "calc(5mm 5mm)"),
        ("calc(- 5mm)", "calc(- 5mm)"),
        ("calc(5mm +)", "calc(5mm +)"),
    ],
)
def test_a_calculation_of_absolute_lengths_becomes_a_literal(written: str, literal: str) -> None:
    assert fold(written) == literal


@pytest.mark.parametrize(
    ("written", "in_points"),
    [
        ("10pt", "10pt"),
        ("10px", "7.5pt"),
        ("10pc", "120pt"),
        ("10in", "720pt"),
        ("10cm", "283.46457pt"),
        ("10mm", "28.34646pt"),
        ("10q", "7.08661pt"),
    ],
)
def test_every_unit_is_as_long_as_css_says(written: str, in_points: str) -> None:
    """A point is the 72nd of an inch, a pixel its 96th, a pica its 6th, a Q a quarter mm."""
    assert fold(f"calc(0pt + {written})") == in_points


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("pt", "36pt"),
        ("px", "48px"),
        ("pc", "3pc"),
        ("in", "0.5in"),
        ("cm", "1.27cm"),
        ("mm", "12.7mm"),
        ("q", "50.8q"),
    ],
)
def test_a_length_is_written_in_the_first_unit(unit: str, written: str) -> None:
    """Half an inch, in each unit that a sum may begin with."""
    assert fold(f"calc(0{unit} + 0.5in)") == written


def test_a_calculation_on_tokens_is_done_once_for_all() -> None:
    tokens = ":root { --sheet: 210mm; --inner: 24mm; --b: calc(var(--sheet) - 2 * var(--inner)) }"
    style = styles.flatten(sheets(tokens=tokens, plate="text { stroke-width: var(--b) }"))
    assert style.tokens["--b"] == "162mm"


def test_two_tokens_side_by_side_stay_two_values() -> None:
    style = styles.flatten(
        sheets(
            main="@import 'tokens.css'; p { border: var(--w)var(--s) red }",
            tokens=":root { --ink: red; --w: 1pt; --s: solid }",
        )
    )
    [rule] = tinycss2.parse_stylesheet(style.stylesheets["main"], skip_whitespace=True)
    values = [n.serialize() for n in rule.content if n.type not in ("whitespace", "comment")]
    assert values == ["border", ":", "1pt", "solid", "red"]


# -- the cascade -------------------------------------------------------------------------------


def test_layers_keep_their_order_and_imports_their_place() -> None:
    style = styles.flatten(
        sheets(
            main='@layer tokens, parts; @import "tokens.css" layer(tokens);'
            '@import "parts/a.css" layer(parts); h1 { top: 0 }',
            **{"parts/a": "h2 { top: 0 }"},
        )
    )
    assert style.stylesheets["main"] == (
        "@layer tokens, parts;\n@layer parts {\nh2{top: 0}\n}\nh1{top: 0}\n"
    )


def test_the_three_sheets_stay_apart_so_that_theme_and_edition_are_unlayered() -> None:
    style = styles.flatten(
        sheets(**{"themes/default": "h1 { top: 1pt }", "editions/dossier": "h1 { top: 2pt }"})
    )
    assert style.stylesheets["theme"] == "h1{top: 1pt}\n"
    assert style.stylesheets["edition"] == "h1{top: 2pt}\n"


def test_an_address_counts_from_its_own_file_and_becomes_one_from_the_root() -> None:
    world = sheets(
        main='@import "parts/fonts.css"; p { font-family: "F" }',
        tokens="",
        plate="",
        **{"parts/fonts": '@font-face { font-family: "F"; src: url(../fonts/f.otf) }'},
    )
    style = styles.flatten(world | {"styles/fonts/f.otf": b"font"})
    assert 'url("/styles/fonts/f.otf")' in style.stylesheets["main"]
    assert style.files == {"styles/fonts/f.otf": b"font"}
    assert style.faces == (Face("F", 400, "normal", "styles/fonts/f.otf"),)
    assert style.font("F", 700, "italic") == b"font"


def test_a_face_that_nothing_names_is_not_loaded() -> None:
    face = '@font-face {{ font-family: "{0}"; src: url("fonts/{0}.otf") }}'
    world = sheets(
        main=face.format("F") + face.format("F Sans"),
        **{"themes/default": ':root { --ink: red; --face-text: "F Sans", serif }'},
    )
    fonts = {"styles/fonts/F.otf": b"", "styles/fonts/F Sans.otf": b""}
    style = styles.flatten(world | fonts)
    assert [face.family for face in style.faces] == ["F Sans"]
    assert list(style.files) == ["styles/fonts/F Sans.otf"]
    assert style.stack("--face-text") == ("F Sans",)


# -- faults ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        (
            {"plate": "text {\n fill: var(--inc) }"},
            "styles/plate.css:2:8: E714 no token --inc; did you mean --ink?",
        ),
        (
            {"tokens": ":root { --ink: var(--b); --b: var(--ink) }"},
            "styles/tokens.css:1:9: E712 tokens go round in a circle: --ink → --b → --ink;"
            " give one of them a value",
        ),
        (
            {"main": '@import "tokens.css";\n@import "prats.css";', "parts": ""},
            "styles/main.css:2:1: E703 there is no style sheet styles/prats.css;"
            " did you mean styles/parts.css or styles/plate.css or styles/tokens.css?",
        ),
        (
            {"main": '@import "tokens.css"; @layer a { @page { margin: 0 } }'},
            "styles/main.css:1:34: E709 @page inside a layer loses its place in the cascade;"
            " keep @page in page.css or an edition",
        ),
        (
            {"main": '@import "tokens.css"; p { --ink: red }'},
            "styles/main.css:1:27: E711 --ink is set outside :root;"
            " set it on :root, or write the value here",
        ),
        (
            {"main": '@import "tokens.css"; @import "main.css";'},
            "styles/main.css:1:23: E704 styles/main.css imports itself; remove this import",
        ),
        (
            {"main": '@import "tokens.css"; p { background: url(https://a.example/b.png) }'},
            "styles/main.css:1:39: E715 https://a.example/b.png is outside the press;"
            " bring the file into styles/ and name it there",
        ),
        (
            {"plate": "@media print { text { fill: red } }"},
            "styles/plate.css:1:1: E719 @media does nothing inside an SVG; write flat rules only",
        ),
        (
            {"plate": "text { fill: var(--ink); & b { fill: red } }"},
            "styles/plate.css:1:30: E719 nested rules do nothing inside an SVG;"
            " write each rule with its full selector",
        ),
        (
            {"main": '@import "tokens.css"; @supports (top: 0) { p { top: 0 } }'},
            "styles/main.css:1:23: E708 @supports is dropped by WeasyPrint without a word;"
            " write the rules without it",
        ),
    ],
)
def test_a_fault_is_told_with_place_and_remedy(files: dict[str, str], fault: str) -> None:
    assert fault in faults(**files)


def test_all_faults_are_told_at_once() -> None:
    found = faults(main="p { color: var(--a) } @scope { }", plate="text { fill: var(--b) }")
    assert [f.split()[1] for f in found] == ["E714", "E708", "E714"]


def test_a_bad_selector_in_the_plate_sheet_is_caught_before_it_silences_the_rest() -> None:
    [fault] = faults(plate="text { fill: red }\ntext:: { fill: blue }")
    assert fault.startswith("styles/plate.css:2:1: E719 selector 'text::' is not understood")


def test_an_unknown_theme_names_the_ones_there_are() -> None:
    with pytest.raises(ContentError) as failure:
        styles.flatten(sheets(), theme="defualt")
    assert [f.code for f in failure.value.findings] == ["E701"]
    assert failure.value.findings[0].hint == "did you mean default?"


UNREAD = [
    ("path { fill: red }", 1, "selector 'path'", "write classes"),
    (".sea, g .lake { fill: red }", 7, "selector 'g .lake'", "write classes"),
    (".land > .sea { fill: red }", 1, "selector '.land > .sea'", "write classes"),
    ("#map { fill: red }", 1, "selector '#map'", "write classes"),
    ("* { fill: red }", 1, "selector '*'", "write classes"),
    (".sea:hover { fill: red }", 1, "selector '.sea:hover'", "write classes"),
    (".seas { fill: red }", 2, "no plate has the class 'seas'", "did you mean sea"),
    (".sea { background: red }", 8, "no property 'background'", "there are: display, fill"),
    (".sea { fil: red }", 8, "no property 'fil'", "did you mean fill?"),
    (".sea { fill: blau }", 8, "fill: blau is no value", "write a colour"),
    (".sea { fill: }", 8, "fill: … is no value", "write a colour"),
    (".sea { stroke-width: thick }", 8, "thick is no value", "write a length"),
    (".sea { font-size: 2em }", 8, "2em is no value", "write a length"),
    (".sea { stroke-dasharray: 1 2 }", 8, "1 2 is no value", "write lengths"),
    (".sea { fill: red !important }", 8, "!important", "write it with more classes"),
    (".sea { fill red; stroke: red }", 16, "this is not CSS", ""),
]


@pytest.mark.parametrize(("rule", "column", "message", "hint"), UNREAD)
def test_what_plates_would_drop_is_told(rule: str, column: int, message: str, hint: str) -> None:
    """A selector, property or value that drawings do not read, where it stands."""
    _, noted = plate_css.written({"styles/plate.css": rule.encode()}, {})
    [found] = [one for one in noted if isinstance(one, Finding)]
    assert (1, column) == (found.line, found.column)
    assert message in found.message
    assert hint in found.hint


def test_what_plates_read_is_silent() -> None:
    """Classes together, text, and every kind of value that SVG has."""
    css = (
        "text, .sea, text.halo.river { fill: #12345680; stroke: none; stroke-width: 0.2mm }\n"
        ".river { } .border.far { stroke-dasharray: 2.2mm, 0.6mm; fill-opacity: 55%; opacity: .5 }"
        ".hatch { fill: oklch(0.5 0.1 20); letter-spacing: -0.1mm; font-weight: 600 }"
    )
    assert [] == plate_css.written({"styles/plate.css": css.encode()}, {})[1]


def test_a_comment_never_reaches_the_plate() -> None:
    style = styles.flatten(sheets(plate="/* a < b */ text { /* < */ fill: var(--ink) }"))
    assert style.plate_css == "text{fill: #111}"


# -- the sheets we ship ------------------------------------------------------------------------


@pytest.mark.parametrize("theme", names(shipped(), "theme"))
@pytest.mark.parametrize("edition", names(shipped(), "edition"))
def test_every_theme_and_edition_flattens_without_a_fault(theme: str, edition: str) -> None:
    paper = "tablet" if edition == "screen" else "a4"
    style = styles.flatten(shipped(), theme, edition, paper)
    assert "var(" not in style.css() + style.plate_css


def test_the_themes_are_two_and_differ_in_face_measure_and_palette() -> None:
    themes = names(shipped(), "theme")
    looks = [styles.flatten(shipped(), name).tokens for name in themes]
    assert len(themes) >= 2
    assert "default" in themes
    for token in ("--face-text", "--measure", "--accent", "--ink", "--paper"):
        assert len({look[token] for look in looks}) == len(looks), token


def test_every_token_says_in_one_line_what_it_moves() -> None:
    lines = (ROOT / "styles/tokens.css").read_text(encoding="utf-8").splitlines()
    silent = [s for line in lines if (s := line.strip()).startswith("--") and "/*" not in s]
    assert not silent


@pytest.mark.parametrize(
    "name", ["parts/handout", "parts/worksheet", "editions/large-print", "one-column"]
)
def test_what_a_designer_would_move_is_a_token(name: str) -> None:
    """No type size stands beside a property, and no distance of more than 4 mm."""
    rules = parse(shipped(), f"styles/{name}.css")
    literal = [
        f"{said.name}: {tinycss2.serialize(said.value).strip()}"
        for rule in rules
        if not isinstance(rule, Finding) and rule.content
        for said in plain_declarations(rule)
        for node in said.value
        if node.type == "dimension" and node.lower_unit in POINTS
        and (said.name.startswith(("font", "line-height"))
             or abs(node.value) * POINTS[node.lower_unit] > 4 * POINTS["mm"])
    ]  # fmt: skip
    assert not literal


def plain_declarations(rule: Any) -> Iterator[Any]:
    """The declarations in a rule and in those nested in it, tokens apart."""
    for node in declarations(rule):
        if node.type == "declaration" and not is_token(node):
            yield node
        elif node.type == "qualified-rule":
            yield from plain_declarations(node)


@pytest.mark.parametrize("theme", names(shipped(), "theme"))
def test_every_face_has_its_letters(theme: str) -> None:
    """Azerbaijani, Russian and Armenian are set in real type: some face of each stack has them."""
    style = styles.flatten(shipped(), theme)
    needed = "əƏğĞıİşŞöüç" + "АБВЭЯабвэяё" + "ԱԲԳաբգև" + "0123456789–—‘’“”…°′″×"
    for token in ("--face-text", "--face-sans", "--face-display", "--face-small"):
        for slope in ("normal", "italic"):
            covered: set[int] = set()
            for family in style.stack(token):
                font = TTFont(io.BytesIO(style.font(family, 400, slope)), lazy=True)
                covered |= set(font.getBestCmap())
            assert not [c for c in needed if ord(c) not in covered], (token, slope)


@pytest.mark.parametrize("theme", names(shipped(), "theme"))
def test_the_text_face_has_real_small_caps_and_both_kinds_of_figures(theme: str) -> None:
    style = styles.flatten(shipped(), theme)
    font = TTFont(io.BytesIO(style.font(style.stack("--face-text")[0])), lazy=True)
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"smcp", "c2sc", "onum", "lnum", "tnum"} <= features


def test_every_font_file_lies_beside_its_licence() -> None:
    folders = {Path(key).parent for key in shipped() if key.endswith((".otf", ".ttf"))}
    assert folders
    for folder in folders:
        [text] = (ROOT / folder).glob("OFL.*")
        assert "SIL OPEN FONT LICENSE" in text.read_text(encoding="utf-8").upper(), folder


def test_every_token_moves_something() -> None:
    """A token that nothing reads would be an option that does nothing."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "press").rglob("*.py")]
    sources += [raw.decode() for key, raw in shipped().items() if key.endswith(".css")]
    text = "\n".join(sources)
    tokens = styles.flatten(shipped()).tokens
    idle = [t for t in tokens if f"var({t})" not in text and f'"{t}"' not in text]
    assert not [t for t in idle if not t.startswith(("--category-", "--map-"))]


# -- what a theme or local.css cannot mean -------------------------------------------------------


def local(css: str, edition: str = "dossier") -> list[str]:
    """What is found where ``local.css`` beside the shipped sheets holds ``css``."""
    try:
        style = styles.flatten({**shipped(), "styles/local.css": css.encode()}, edition=edition)
    except ContentError as error:
        return [str(one) for one in error.findings]
    return [str(one) for one in style.findings]


@pytest.mark.parametrize(
    "css",
    [
        ":root { --text: calc(1pt / 0) }",
        ":root { --text: calc(1em / 0) }",
        ":root { --measure: calc(var(--gap) / (2 - 2)) }",
        ":root { --measure: calc(10mm + ) }",
        "p { margin: calc(10mm 5mm) }",
        "p { margin: calc() }",
        "p { width: min(10mm,) }",
        "p { width: calc(2 * (1mm + )) }",
        "p { width: min(1pt / 0, 2pt) }",
        "p { width: 1e400pt }",
        "p { & b { padding: 9999999mm } }",
        "@page { margin: calc(1mm / 0) }",
    ],
)
def test_a_length_that_cannot_be_worked_out_is_one_finding(css: str) -> None:
    """WeasyPrint breaks on it, with an internal fault; nothing else follows from it."""
    found = local(css)
    assert len(found) == 1
    assert found[0].startswith("styles/local.css:1:")
    assert "E724" in found[0]


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("@page { size: 10mm 10mm }", "size: 10mm 10mm } leaves nothing for text"),
        ("@page { size: 60mm }", "leaves 24 mm for text, which needs a room 25 mm wide"),
        ("@page :left { margin: 200mm }", "margin: 200mm } leaves nothing"),
        ("@page { margin: 10mm 60% }", "margin: 10mm 60% } leaves nothing"),
        ("@page { height: 2mm }", "leaves 2 mm for text, which needs a room 25 mm high"),
    ],
)
def test_a_page_without_room_for_text_is_found_before_it_is_set(css: str, said: str) -> None:
    """It took two minutes and more, without an end."""
    [found] = local(css)
    assert "E725" in found
    assert said in found


@pytest.mark.parametrize("css", ["@page { size: A5 landscape }", "@page { margin: 5mm 10mm }"])
def test_a_page_rule_with_room_is_taken(css: str) -> None:
    assert local(css) == []


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (":root { --text: -10pt }", "E722 --text: -10pt is less than anything that is seen"),
        (":root { --size-note: 0pt }", "E722 --size-note: 0pt is less than anything"),
        (":root { --leading: 2em }", "E722 --leading: 2em is no absolute length"),
        (":root { --text: var(--nope) }", "E714 no token --nope"),
        (":root { --lines: 44.5 }", "E722 --lines: 44.5 is no whole number"),
    ],
)
def test_one_faulty_token_is_one_finding(css: str, said: str) -> None:
    """What the page would be with it is not held against the other tokens."""
    [found] = local(css)
    assert found.startswith("styles/local.css:1:")
    assert said in found


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (':root { --face-text: "Comic Sans" }', "1:9: E726 there is no face of 'Comic Sans'"),
        ('h2 { font-family: "Comic Sans", serif }', "1:6: E726 there is no face of 'Comic Sans'"),
        ("h2 { font: bold 12pt/14pt Alegreya Sanz }", "did you mean Alegreya Sans"),
        (
            "p { & b { font-family: serif } }",
            "1:11: E726 there is no face of 'serif'; there are: A",
        ),
        (
            ".chapter-titel { color: red }",
            "1:2: W722 warning: no page has the class 'chapter-titel'",
        ),
        (
            ".infobox :is(.nope, p) { color: red }",
            "1:15: W722 warning: no page has the class 'nope'",
        ),
        ("p {\n  &.zzz { color: red } }", "2:5: W722 warning: no page has the class 'zzz'"),
        ("@media print { .zzz { color: red } }", "1:17: W722"),
    ],
)
def test_what_a_rule_names_and_nobody_has_is_a_finding(css: str, said: str) -> None:
    """A face would be replaced, and a rule style nothing, without a word."""
    [found] = local(css)
    assert said in found


@pytest.mark.parametrize(
    "css",
    [
        'h2 { font-family: "Alegreya", serif } h3 { font: inherit } h4 { font: 9pt Alegreya }',
        ".infobox .row:not(.standfirst) { color: red } .category-3 { color: red }",
        '@font-face { font-family: "Mine"; src: url("fonts/alegreya/Alegreya-Bold.ttf") }'
        ' h2 { font-family: "Mine" }',
        ":root { --face-text: Alegreya, var(--face-native) }",
    ],
)
def test_what_is_there_is_no_finding(css: str) -> None:
    assert local(css) == []


def test_a_class_of_a_template_of_ones_own_is_known() -> None:
    files = {**shipped(), "styles/local.css": b".mine { color: red }"}
    assert [one.code for one in styles.flatten(files).findings] == ["W722"]
    files["templates/blocks/mine.html"] = b'<div class="mine other">{{ body }}</div>'
    assert styles.flatten(files).findings == ()
