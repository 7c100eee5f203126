"""A chapter of a title alone: what was seen in the one before it is not said of it."""

from __future__ import annotations

from press.prose.markup import Markdown


def test_nothing_is_seen_in_an_empty_text() -> None:
    """The reader of Markdown leaves an empty text unread, and showed the blocks before it."""
    markdown = Markdown(("“", "”", "‘", "’"), "en")
    before = markdown.chapter("1993. The year.\n\n- a\n", {})
    assert before.seen
    assert before.remarks
    after = markdown.chapter("", {})
    assert ("", (), ()) == (after.html, after.seen, after.remarks)
