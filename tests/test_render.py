"""Rendering: templates that fail say where, and links hold words only."""

from __future__ import annotations

import pytest

from press.render import plain_links


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('<a href="#x">word</a>', '<a href="#x">word</a>'),
        ('<a href="#x"><em>word</em></a>', '<em><a href="#x">word</a></em>'),
        (
            '<a id="i" href="#x">one <em>two</em> three</a>',
            '<a id="i" href="#x">one </a><em><a href="#x">two</a></em><a href="#x"> three</a>',
        ),
        ("<p>no link, <em>only</em> words</p>", "<p>no link, <em>only</em> words</p>"),
    ],
)
def test_links_hold_words_only(given: str, expected: str) -> None:
    """The link goes inside what it contains, and its id stays where it began."""
    assert expected == plain_links(given)
