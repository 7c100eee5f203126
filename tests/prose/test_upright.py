"""Emphasis is seen in every script."""

from __future__ import annotations

import pytest

from press.prose.upright import upright
from tests.prose.test_prose import printed


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<em>राजा</em>", "<em>[राजा]</em>"),
        ("<em>محمد علي</em>", "<em>[محمد علي]</em>"),
        ("<em>the name محمد علي means</em>", "<em>the name [محمد علي] means</em>"),
        ("<em>(محمد) 1833 </em>", "<em>[(محمد) 1833] </em>"),
        ("<em>Արարատ</em> and Արարատ", "<em>[Արարատ]</em> and Արարատ"),
        ("<em>a <strong>राजा</strong> b</em>", "<em>a <strong>[राजा]</strong> b</em>"),
        ("<em>a <em>राजा</em> b</em> राजा", "<em>a <em>राजा</em> b</em> राजा"),
        ("<em>Ağdam Агдам Ἀθῆναι ﬁ</em>", "<em>Ağdam Агдам Ἀθῆναι ﬁ</em>"),
        ("<em>A &amp; राजा</em>", "<em>A &amp; [राजा]</em>"),
        ("<strong>राजा</strong>", "<strong>राजा</strong>"),
    ],
)
def test_emphasis_without_italics_is_marked(html: str, marked: str) -> None:
    """Word by word, and only where letters would be slanted."""
    found = upright(html).replace('<span class="upright">', "[")
    assert marked == found.replace("</span>", "]")


def test_emphasis_keeps_its_notes_and_references() -> None:
    """What hangs on the words hangs on them still."""
    html, places, _ = printed("*राजा*[@times] and *राजा [[zermatt]]*.")
    assert not places
    assert '<em><span class="upright">राजा</span></em><span class="note"' in html
    assert '<em><span class="upright">राजा' in html.partition("</span> and ")[2]
    assert ">Zermatt</a>" in html
