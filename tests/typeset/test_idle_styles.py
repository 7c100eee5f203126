"""What authors copy from web sites is in effect on paper, or found at its line."""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree as ET

import pytest

from press.base.finding import ContentError, findings_by
from press.design import styles
from press.typeset import idle_styles
from press.typeset.complaints import complaints
from press.typeset.expected import Expected
from press.typeset.typeset import SetPages
from tests.design.test_styles import shipped

COPIED = """\
body { -webkit-font-smoothing: antialiased }                        /* W723 */
h1 { -webkit-text-fill-color: transparent }                         /* W723 */
h1 { -webkit-background-clip: text }                                /* W723 */
h1 { -moz-hyphens: auto }                                           /* W723 write hyphens */
h1 { -webkit-hyphens: auto; hyphens: auto }
h1 { box-shadow: 0 2px 4px rgba(0,0,0,.3) }
h1 { text-shadow: 1px 1px 2px black }                               /* P401 */
img { filter: grayscale(1) }                                        /* P401 */
img { clip-path: circle(50%) }                                      /* P401 */
img { mix-blend-mode: multiply }                                    /* P401 */
a { cursor: pointer }                                               /* W723 */
a { transition: color .3s ease }                                    /* W723 */
h1 { animation: fade 2s }                                           /* W723 */
p { scroll-behavior: smooth }                                       /* W723 */
p { pointer-events: none }                                          /* W723 */
p { unicode-bidi: isolate }                                         /* P401 */
a:hover { color: red }                                              /* W723 */
p { &:focus { color: red } }                                        /* W723 */
a:not(:hover) { color: #300 }
p::selection { background: yellow }                                 /* P401 */
p::-webkit-scrollbar { width: 4px }                                 /* P401 */
p > > b { color: red }                                              /* P401 */
.chapter { p:: { color: red } }                                     /* P401 */
@media screen { p { color: red } }                                  /* W723 */
@media print { p { colour: red } }                                  /* P401 did you mean color */
@media only print, screen { p { color: #300 } }
@media print { @media tv { p { color: red } } }                     /* W723 */
@layer base { p { color: #300 } }
p { aspect-ratio: 16/9 }                                            /* P401 */
p { gap: 1rem; user-select: none }                                  /* P401 */
p { display: -webkit-box }                                          /* P401 */
p { font-size: 12 }                                                 /* P401 a length has a unit */
p { margin: 10 20 }                                                 /* P401 a length has a unit */
p { color: #12 }                                                    /* P401 */
p { color: $brand }                                                 /* P401 */
p { color: red !ie }                                                /* P401 */
p { font-weight: 550 }                                              /* P401 */
p { background: linear-gradient(45deg, red, blue) }
p { width: calc(100% - 2em); color: rgb(0 0 0 / 80%) }
p { all: unset }                                                    /* P401 */
p { zoom: 1.2 }                                                     /* P401 */
p { writing-mode: vertical-rl }                                     /* P401 */
p { background-clip: text }                                         /* P401 */
table { overflow-x: scroll }                                        /* P401 */
.chapter { & p { text-wrap: balance } }                             /* P401 */
p { letter-spacing: var(--track-head, 1px); color: var(--ink) }
@page { margin-top: 30mm; transition: none }                        /* W723 */
@page { @top-left { text-shadow: none } }                           /* P401 */
#main p { color: red }                                              /* W724 */
hgroup > p { color: red }                                           /* W724 */
.chapter path, figure circle { fill: red }                          /* P401 W724 */
section:has(hgroup) { color: red }                                  /* W724 */
"""  # fmt: skip
"""A rule a line, and what is said of it."""


def told(css: str) -> dict[int, list[str]]:
    """What is said of each line of a ``local.css``."""
    files = {**shipped(), "styles/local.css": css.encode()}
    try:
        style = styles.flatten(files)
        root = ET.Element("html")
        root.extend(map(ET.Element, ("h1", "p", "a", "b", "img", "svg", "table")))
        expected = Expected("a.pdf", frozenset(), engine=files, tokens=style.tokens, root=root)
        checks = (complaints, *idle_styles.CHECKS)
        pages = SetPages(0, b"", (), (), (), (), (), "", 0)
        found = [*style.findings, *findings_by(checks, pages, expected)]
    except ContentError as error:
        found = list(error.findings)
    lines = defaultdict(list)
    for one in found:
        assert one.file == "styles/local.css", str(one)
        assert one.column, str(one)
        lines[one.line].append(str(one))
    return lines


def test_what_is_copied_acts_or_is_found() -> None:
    """Fifty declarations as web sites have them; those without a code beside them act."""
    found = told(COPIED)
    for number, line in enumerate(COPIED.splitlines(), start=1):
        rule, _, wanted = line.partition("/* ")
        codes = {word for word in wanted.split() if word[1:].isdigit()}
        said = " ".join(found[number])
        assert codes == {one.split()[1] for one in found[number]}, (rule, said)
        words = " ".join(word for word in wanted.split() if word not in (*codes, "*/"))
        assert words in said, (rule, said)


@pytest.mark.parametrize(
    ("css", "code", "said"),
    [
        ("@keyframes fade { to { opacity: 1 } }", "E708", "take it out"),
        ("@media (max-width: 600px) { p { color: red } }", "E708", "@media (max-width: 600px)"),
        ("@media print and (color) { p { color: red } }", "E708", "in @media print"),
        ("@media not print { p { color: red } }", "E708", "not print"),
        ("@container (min-width: 1px) { p { color: red } }", "E708", "@container"),
        ("p { @media print { color: red } }", "E708", "@media print { p { … } }"),
        (".chapter { p { @supports (a: b) { color: red } } }", "E708", "@supports in a rule"),
        ("@page { @top-middle { content: 'x' } }", "E708", "did you mean"),
        ("@namespace svg url(http://a);", "E708", "@namespace"),
        ("p { color red; margin: 0 }", "E707", "not CSS"),
        ("@import 'x.css' screen;", "E706", "'screen'"),
    ],
)
def test_rules_that_would_be_dropped_whole_are_found(css: str, code: str, said: str) -> None:
    """With all that is in them, before anything is set."""
    [found] = told(css)[1]
    assert code in found
    assert said in found
