"""Claims about the cascade: what moves a token, what keeps it, and what makes no page."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.base.finding import ContentError
from press.cli import console, main
from press.design import geometry
from press.design.editions import EDITIONS
from press.design.styles import Style, flatten
from press.design.stylesheets import names
from press.output import provenance
from tests.design.test_styles import sheets, shipped

Files = dict[str, bytes]


def with_theme(css: str, **files: str) -> Files:
    """The style files of this repository with a theme ``mine``, and with others by their name."""
    named = {"themes/mine": css, **files}
    return shipped() | {f"styles/{name}.css": text.encode() for name, text in named.items()}


def said(style: Style) -> list[str]:
    return [str(finding) for finding in style.findings]


def faults(files: Files, theme: str = "mine", **chosen: str) -> list[str]:
    with pytest.raises(ContentError) as failure:
        flatten(files, theme, **chosen)
    return [str(finding) for finding in failure.value.findings]


# -- order -------------------------------------------------------------------------------------


def test_each_style_sheet_may_move_what_those_before_it_set() -> None:
    """main, paper, edition, theme, local: the later one wins."""
    style = flatten(
        sheets(
            tokens=":root { --a: 1; --b: 1; --c: 1; --d: 1; --e: 1 }",
            plate="",
            local=":root { --e: 5 }",
            **{
                "papers/a4": ":root { --b: 2; --c: 2; --d: 2; --e: 2 }",
                "editions/dossier": ":root { --c: 3; --d: 3; --e: 3 }",
                "themes/default": ":root { --d: 4; --e: 4 }",
            },
        )
    )
    assert style.tokens == {"--a": "1", "--b": "2", "--c": "3", "--d": "4", "--e": "5"}
    assert list(style.stylesheets) == ["main", "paper", "edition", "theme", "local"]


def test_ones_own_style_sheet_need_not_be_there() -> None:
    assert list(flatten(sheets()).stylesheets) == ["main", "paper", "edition", "theme"]


def test_a_theme_may_move_the_page() -> None:
    """Margin and lines of a theme are those of the page, not the paper's."""
    tokens = flatten(with_theme(":root { --margin-inner: 32mm; --lines: 44 }"), "mine").tokens
    assert (tokens["--margin-inner"], tokens["--lines"]) == ("32mm", "44")
    assert tokens["--body-width"] == "162mm"
    assert tokens["--margin-bottom"] == "51.68889mm"


# -- what is kept ------------------------------------------------------------------------------

HELD = ':root { --held-because: "it is printed in black"; --ink: black }'


def test_an_edition_keeps_what_it_holds_and_says_so() -> None:
    """What it holds is not taken from a theme: a warning at the theme's line says what and why."""
    theme = ":root {\n  --accent: red;\n  --ink: navy;\n}"
    style = flatten(
        sheets(
            tokens=":root { --ink: #111; --accent: blue }",
            **{"editions/dossier": HELD, "themes/default": theme},
        )
    )
    assert style.tokens == {"--accent": "red", "--ink": "black"}
    assert said(style) == [
        "styles/themes/default.css:3:3: W720 warning: the edition dossier keeps its own --ink:"
        " it is printed in black; take it out, or put it into a :root of its own with"
        ' --yields-because: "…"'
    ]


def test_a_theme_may_know_that_it_yields() -> None:
    """Of a block that yields nothing is said; what no edition holds is taken all the same."""
    theme = ':root { --yields-because: "some print in black"; --ink: navy; --accent: red }'
    style = flatten(
        sheets(
            tokens=":root { --ink: #111; --accent: blue }",
            **{"editions/dossier": HELD, "themes/default": theme},
        )
    )
    assert style.tokens == {"--accent": "red", "--ink": "black"}
    assert said(style) == []


def test_a_marker_is_no_token() -> None:
    style = flatten(sheets(**{"editions/dossier": HELD}))
    assert list(style.tokens) == ["--ink"]
    assert "because" not in style.css()


def test_a_paper_holds_as_well_and_ones_own_style_sheet_is_held_too() -> None:
    style = flatten(
        sheets(local=":root { --ink: navy }", **{"papers/a4": HELD.replace("black", "grey")})
    )
    assert style.tokens == {"--ink": "grey"}
    [finding] = said(style)
    assert finding.startswith(
        "styles/local.css:1:9: W720 warning: the paper a4 keeps its own --ink: it is printed in "
        "grey; take it out"
    )


def test_an_edition_may_set_what_its_paper_holds() -> None:
    """Papers and editions know of each other; only themes and one's own tweaks are held off."""
    paper = HELD.replace("black", "grey")
    style = flatten(sheets(**{"papers/a4": paper, "editions/dossier": ":root { --ink: red }"}))
    assert style.tokens == {"--ink": "red"}
    assert said(style) == []


@pytest.mark.parametrize("theme", names(shipped(), "theme"))
@pytest.mark.parametrize(
    ("edition", "paper"),
    [(name, paper) for name, row in EDITIONS.items() for paper in row.papers],
)
def test_no_theme_of_ours_is_refused_anywhere(theme: str, edition: str, paper: str) -> None:
    """The themes that come along know what editions hold: a strict build stops at none of them."""
    style = flatten(shipped(), theme, EDITIONS[edition].sheet_name, paper)
    assert said(style) == []


@pytest.mark.parametrize(
    ("edition", "token", "value"),
    [
        ("large-print", "--text", "11pt"),
        ("large-print", "--face-text", '"Alegreya"'),
        ("ink-saver", "--map-step-hatch", "none"),
        ("ink-saver", "--ink", "#224466"),
        ("booklet", "--text", "11pt"),
        ("handout", "--margin-top", "30mm"),
        ("handout", "--paper", "#fbf8f1"),
        ("worksheet", "--paper", "#fbf8f1"),
        ("poster", "--size-title", "58pt"),
    ],
)
def test_what_an_edition_is_for_stands_against_every_theme(
    edition: str, token: str, value: str
) -> None:
    """18 points stay 18 points, and hatches hatches, whatever a theme says; the build tells."""
    paper = EDITIONS[edition].papers[0]
    plain = flatten(shipped(), "default", edition, paper)
    style = flatten(with_theme(f":root {{ {token}: {value} }}"), "mine", edition, paper)
    assert style.tokens[token] == plain.tokens[token]
    [finding] = said(style)
    assert f"W720 warning: the edition {edition} keeps its own {token}: " in finding


@pytest.mark.parametrize("paper", names(shipped(), "paper"))
def test_a_paper_is_its_size(paper: str) -> None:
    """No theme makes an A4 of a Letter."""
    edition = "screen" if paper == "tablet" else "dossier"
    theme = ':root { --sheet-width: 250mm; --sheet-height: 350mm; --sheet-name: "B4" }'
    style = flatten(with_theme(theme), "mine", edition, paper)
    assert style.tokens == {**flatten(shipped(), "default", edition, paper).tokens}
    assert [f"the paper {paper} keeps its own --sheet-" in one for one in said(style)] == [True] * 3


def test_a_build_tells_what_was_not_taken_and_a_strict_one_stops(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The warning is printed with the build, each time it is asked for; --strict stops at it."""
    (tiny / "styles/themes/mine.css").write_text(":root { --accent: #1f5a86 }")
    asked = ["build", "--edition", "ink-saver", "--theme", "mine"]
    refused = "styles/themes/mine.css:1:9: W720 "
    for _ in range(2):
        assert console.CLEAN == main.main(asked)
        assert f"{refused}warning: the edition ink-saver keeps its own --accent" in (
            capsys.readouterr().err
        )
    assert console.FINDINGS == main.main([*asked, "--strict"])
    assert refused in capsys.readouterr().err


def test_ones_own_style_sheet_is_part_of_the_design(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A tweak in styles/local.css is built, is an input of the PDF, and taken back when it goes."""
    local = tiny / "styles/local.css"
    pdf = tiny / "output/tiny/tiny-handout.pdf"
    asked = ["build", "--edition", "handout"]
    main.main(asked)
    plain = pdf.read_bytes()
    local.write_text(".handout-head .title { color: navy }")
    assert console.CLEAN == main.main(asked)
    assert plain != pdf.read_bytes()
    record = provenance.read(pdf.read_bytes())
    assert record is not None
    assert "styles/local.css" in record.design
    local.unlink()
    main.main(asked)
    assert plain == pdf.read_bytes()


# -- what a theme cannot mean ------------------------------------------------------------------


def test_a_token_that_nothing_reads_is_told() -> None:
    """A mistyped token would do nothing, silently; one of the theme's own is read there."""
    theme = ":root { --lnies: 44; --own: red; --accent: var(--own) }"
    [finding] = said(flatten(with_theme(theme), "mine"))
    told = "styles/themes/mine.css:1:9: W721 warning: nothing reads --lnies; did you mean --lines"
    assert finding.startswith(told)


def test_a_token_of_another_edition_may_be_set() -> None:
    """Not every edition has a bleed, and a theme may set it for the one that has."""
    assert said(flatten(with_theme(":root { --bleed: 5mm }"), "mine")) == []


@pytest.mark.parametrize(
    ("css", "fault"),
    [
        ("--margin-inner: 32", "--margin-inner: 32 is no absolute length; write one in mm or pt"),
        ("--gap: 0", "--gap: 0 is no absolute length; write one in mm or pt"),
        ("--text: 1.1em", "--text: 1.1em is no absolute length; write one in mm or pt"),
        ("--ink: 3mm", "--ink: 3mm is no colour; write one like #1c1a19"),
        ("--ink: blakc", "--ink: blakc is no colour; write one like #1c1a19"),
        ("--lines: 44mm", "--lines: 44mm is no number; write one without a unit"),
        ("--align: centre", "--align: centre is none of left, justify; write one of them"),
    ],
)
def test_a_value_of_another_kind_is_told(css: str, fault: str) -> None:
    """What cannot be a length, a colour or a number is an error at its line."""
    assert f"styles/themes/mine.css:1:9: E722 {fault}" in faults(with_theme(f":root {{ {css} }}"))


@pytest.mark.parametrize(
    "css",
    [
        "--ink: navy",
        "--ink: rgb(0 0 80)",
        "--accent: device-cmyk(0 1 1 0)",
        "--text: max(9pt, 3.2mm)",
    ],
)
def test_a_value_of_the_same_kind_is_taken(css: str) -> None:
    name, value = css.split(": ")
    assert flatten(with_theme(f":root {{ {css} }}"), "mine").tokens[name] == value


@pytest.mark.parametrize(
    ("css", "fault"),
    [
        (
            "--margin-inner: -5mm",
            "--margin-inner is -5 mm; no distance is less than nothing; write 0mm",
        ),
        (
            "--margin-inner: 190mm",
            "the margins leave 4 mm of 210 mm for the text; make --margin-inner or --margin-outer"
            " smaller",
        ),
        (
            "--measure: 180mm",
            "the text is 180 mm wide, and there are 174 mm between the margins; make --measure"
            " smaller",
        ),
        (
            "--measure: 160mm",
            "the side column is 8 mm wide, and the infobox needs 34 mm; make --measure smaller, or"
            " import one-column.css",
        ),
        (
            "--lines: 60",
            "60 lines of 14 pt are higher than the 269 mm below the upper margin; make --lines,"
            " --leading or --margin-top smaller",
        ),
        ("--lines: 0", "--lines is 0; a page has a line at the least; write 1 or more"),
        ("--leading: 8pt", "lines 8 pt apart overlap in type of 10 pt; make --leading larger"),
        (
            "--plate-width: 220mm",
            "a plate of 220 mm is wider than the sheet of 210 mm; make --plate-width smaller",
        ),
        (
            "--plate-height: 290mm",
            "a plate of 290 mm and its margin of 14 mm are higher than the sheet of 297 mm; make"
            " --plate-height smaller",
        ),
    ],
)
def test_lengths_that_make_no_page_are_told(css: str, fault: str) -> None:
    """A page that cannot be set is an error at the theme's line, and not a broken page."""
    assert f"styles/themes/mine.css:1:9: E723 {fault}" in faults(with_theme(f":root {{ {css} }}"))


def test_a_page_that_fits_one_paper_only_is_told_on_the_other() -> None:
    """50 lines fit A4, and not Letter."""
    files = with_theme(":root { --lines: 52 }")
    assert flatten(files, "mine", paper="a4").tokens["--lines"] == "52"
    [fault] = faults(files, paper="letter")
    assert "E723 52 lines of 14 pt are higher than the 252.4 mm" in fault


def test_a_side_column_may_be_as_narrow_as_the_infobox() -> None:
    """And no narrower."""
    sizes = {"--body-width": 400.0, "--measure": 250.0, "--side": 120.0}
    least = geometry.LEAST_SIDE
    assert list(geometry._across({**sizes, "--side-text": least}, "")) == []
    assert len(list(geometry._across({**sizes, "--side-text": least - 0.1}, ""))) == 1
