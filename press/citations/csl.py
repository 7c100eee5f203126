"""Words that CSL knows in sixty languages: quotation marks, and the sign for a page.

They are read from the locales that citeproc-py brings, so that the text quotes and counts pages
just as its notes do.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from press.citations.engine import locale_term

_SINGLE: Final = frozenset("‘’‚‛‹›'")


class Quotes(NamedTuple):
    """What stands for the straight signs ``"`` and ``'``, opening and closing."""

    double_open: str
    double_close: str
    single_open: str
    single_close: str


def quotes(language: str) -> Quotes:
    """The marks for a BCP 47 tag; a language that CSL does not know gets the English ones.

    The sign an author types decides between single and double marks, so a language that quotes
    with single marks first (British English) still keeps ``"`` double.
    """
    outer, inner = (
        [locale_term(language, f"{side}-{kind}") for side in ("open", "close")]
        for kind in ("quote", "inner-quote")
    )
    if outer[0] in _SINGLE and inner[0] not in _SINGLE:
        outer, inner = inner, outer
    narrow = "\N{NARROW NO-BREAK SPACE}"
    return Quotes(*(mark.replace("\N{NO-BREAK SPACE}", narrow) for mark in (*outer, *inner)))


def page_sign(language: str) -> str:
    """What stands before the number of one page: ``p.``, ``S.``, ``с.``"""
    return locale_term(language, "page", "short").strip()
