"""The rule that a finding names is the one that acts: it wins, and does what is seen."""

from __future__ import annotations

import pytest

from press.typeset.expected import Expected
from press.typeset.proof import proof
from press.typeset.typeset import typeset
from tests.typeset.test_covered import BODY
from tests.typeset.test_typeset import document

ACTING = [
    # a likelier property that another rule takes back
    (".two {display: none}\n.chapter p.two {display: block}\n.two {visibility: hidden}", 3,
     "visibility"),
    (".two {opacity: 0}\np.two {opacity: 1}\n.chapter {max-height: 0; overflow: hidden}", 3,
     "max-height"),
    # a property that may hide words, and does not here
    (".two {font: 9pt Text; overflow: hidden; height: 0}", 1, "height"),
    (".two {width: 30mm; content: 'x'}\n.two {opacity: 0.05}", 2, "opacity"),
    (".two {transform: rotate(1deg)}\n.chapter {transform: scale(0)}", 2, "transform"),
    (".one, .two {text-transform: uppercase; padding: 2mm}\np {font-size: 0.5pt}", 2, "font-size"),
    # specificity, order, importance
    ("p {color: white}\n.two {color: white}", 2, "color"),
    (".two {visibility: hidden !important}\np.two {visibility: visible}", 1, "visibility"),
    (".two {visibility: hidden}\n.two {visibility: hidden}", 2, "visibility"),
    # what is handed on, and what stands nearer
    (".chapter {visibility: hidden}\np {visibility: visible}\n.two {visibility: hidden}", 3,
     "visibility"),
    ("section {display: none}\n.two {display: none}", 1, "display"),
    # words that went off: by the length, not by the name
    ("p {position: relative; top: 1mm}\n.two {margin-left: -300mm}", 2, "margin-left"),
    # nested rules, layers, lists of selectors
    ("@layer a {.two {display: none}}\n.two {display: block; text-indent: -900em}", 2,
     "text-indent"),
    (".chapter {\n  .one, .two {\n    &:not(.one) {opacity: 0}\n  }\n}", 3, "opacity"),
]  # fmt: skip


@pytest.mark.parametrize(("css", "line", "name"), ACTING)
def test_the_declaration_that_acts_is_named(
    css: str, line: int, name: str, own_fonts: None
) -> None:
    """Also where a likelier one stands beside it, and is taken back or does no harm."""
    expected = Expected("a.pdf", frozenset({"Text"}), engine={"styles/local.css": css.encode()})
    told = [str(one) for one in proof(typeset(document(BODY, css)), expected)]
    about = [one for one in told if "Another sent" in one or "sentence stands" in one]
    assert about, told
    assert f"{{{name}: " in about[0], about
    assert f"styles/local.css:{line}:" in about[0], about


def test_a_rule_of_the_press_that_wins_is_not_laid_at_the_author_s_door(own_fonts: None) -> None:
    """The author's rule is there, and another that is stronger hides the words."""
    own = ".two {display: block}"
    ours = "section.chapter p.two {display: none}"
    files = {"styles/local.css": own.encode(), "styles/editions/dossier.css": ours.encode()}
    expected = Expected("a.pdf", frozenset({"Text"}), engine=files)
    told = [str(one) for one in proof(typeset(document(BODY, own + ours)), expected)]
    assert any("is on no page" in one for one in told)
    assert not [one for one in told if "{display: block}" in one]
