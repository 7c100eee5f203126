"""Stage 8: pages are laid on sheets: page order and sheet assembly."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from press.editions import Edition

Scheme = Callable[[bytes, Edition, str], bytes]
"""From the PDF of single pages, its edition and its paper to the PDF of sheets."""

SCHEMES: Mapping[str, Scheme] = {}


def impose(pdf: bytes, edition: Edition, paper: str) -> bytes:
    """``pdf`` as it is printed: by the scheme of its edition, unchanged where it has none."""
    return SCHEMES[edition.scheme](pdf, edition, paper) if edition.scheme else pdf
