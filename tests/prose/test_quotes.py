"""The quotes of chapters, as they are written."""

from __future__ import annotations

import pytest

from press.prose.quotes import quotes


@pytest.mark.parametrize(
    "written",
    [
        "/// quote\nsource: whymper, p. 387\n\nThey fell.\n///",
        "Before.\n\n  /// quote\n  source: whymper, p. 387\n\n  They fell.\n  ///",
        "//// quote\n    source: whymper, p. 387\n\nThey fell.\n////\n\nBehind.",
        "/// quote | Title\nsource: @whymper, p. 387\n\nThey\nfell.\n",
    ],
)
def test_a_quote_is_one_however_it_is_set_out(written: str) -> None:
    """Indented, with more strokes, with a title, and at the end: its source and its words."""
    (quote,) = quotes([written])
    assert quote.source == "whymper"
    assert " ".join(quote.paragraphs) == "They fell."
    assert written[quote.at :].startswith("source:")
