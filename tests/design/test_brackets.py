"""Claims about braces, strings and comments of style sheets that are not closed."""

from __future__ import annotations

import pytest

from press.base.finding import ContentError
from press.design.brackets import fault
from press.design.styles import flatten
from tests.design.test_styles import sheets


@pytest.mark.parametrize(
    ("css", "place", "message"),
    [
        ("p { color: #1f1f1f\nh1 { font-size: 20pt }", (1, 3), "this { is not closed"),
        ("p { color: red", (1, 3), "this { is not closed"),
        ("h1 { margin: 0 }\n  p { color: red\n", (2, 5), "this { is not closed"),
        ("@media print {\n  p { color: red\n  h1 { top: 0 }\n}", (2, 5), "this { is not closed"),
        ("@media print {\n  p {\n    color: red;\n}\n", (2, 5), "this { is not closed"),
        ("@media print {\np { top: 0;\nh1 { left: 0 }\n}", (2, 3), "this { is not closed"),
        ("a { top: 0 }\n@media print {\n  p { top: 0 }\nh1 { top: 0 }", (2, 14), "this {"),
        ("p {\n  top: 0;\n\nh1 {\n  top: 0;\n}\n", (1, 3), "this { is not closed"),
        ("ul {\n  & li { top: 0;\n  & b { top: 0 }\n}", (2, 8), "this { is not closed"),
        ("ul {\n  &:is(a:hover,\n    b) { top: 0 }\n", (1, 4), "this { is not closed"),
        ("p { color: red; }}\nh1 {}", (1, 18), "this } closes nothing"),
        ("p color: red }\nh1 {}", (1, 14), "this } closes nothing"),
        ("p { color: rgb(1, 2, 3; }\nh1 {}", (1, 15), "this ( is not closed"),
        ("p[class { color: red }", (1, 2), "this [ is not closed"),
        ('p { content: "abc }\nh1 { color: red }', (1, 14), "this string is not closed"),
        ("p { color: red }\n/* note\nh1 {}", (2, 1), "this comment is not closed"),
    ],
)
def test_what_is_not_closed_is_named_where_it_stands(
    css: str, place: tuple[int, int], message: str
) -> None:
    """At its line and column in one's own tweaks, and as the only fault of that sheet."""
    with pytest.raises(ContentError) as failure:
        flatten(sheets(local=css))
    (found,) = failure.value.findings
    assert ("styles/local.css", *place, "E707") == (
        found.file, found.line, found.column, found.code
    )  # fmt: skip
    assert found.message.startswith(message)
    assert found.hint


@pytest.mark.parametrize(
    ("css", "lines"),
    [
        ("h1 { top: 0\nb { top: var(--no) }\ni { left: var(--no) }", [1, 2, 3]),
        ("b { top: var(--no) } }\ni { left: var(--no) }", [1, 1, 2]),
        ('b { content: "a\n}\ni { left: var(--no) }', [1, 3]),
        ("h1 { top: 0\nb { top: (0; }\ni { left: var(--no) }\nu { top: 0", [1, 2, 3, 4]),
        ("@media print {\n  a { top: 0\n  b { top: var(--no) }\n}\ni { left: 0 }", [2, 3]),
        ("i { left: var(--no) }\n/* b { top: var(--no) }", [1, 2]),
    ],
)
def test_what_stands_behind_it_is_judged_as_well(css: str, lines: list[int]) -> None:
    """All faults of a file come at once, those behind a rule that is not whole among them."""
    with pytest.raises(ContentError) as failure:
        flatten(sheets(local=css))
    assert lines == [found.line for found in failure.value.findings]


def test_rules_before_it_are_judged_as_well() -> None:
    """What is wrong in those that are whole comes at once; nothing is said of what is swallowed."""
    css = "a { color: var(--nope) }\nb { top: 0 }\nh1 {\n  & i { width: var(--never) }\n"
    with pytest.raises(ContentError) as failure:
        flatten(sheets(local=css))
    first, last = sorted(failure.value.findings)
    assert (1, True) == (first.line, "--nope" in first.message)
    assert (3, "E707") == (last.line, last.code)


@pytest.mark.parametrize(
    "css",
    [
        "a { content: \"}\" } b { content: '\\'{' } /* { ( */",
        "c { background: url(a'b{.png) } d { margin: calc((1mm + 2mm) * 2) }",
        'e { content: "a\\\nb" } f\\{ { top: 0 } @media print { g[lang="x"] { top: 0 } }',
        "",
    ],
)
def test_what_is_closed_is_silent(css: str) -> None:
    """Braces in strings, comments, addresses and behind a backslash open nothing."""
    assert fault(css) is None
