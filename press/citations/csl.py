"""Words that CSL knows in sixty languages: quotation marks, and the sign for a page.

They are read from the locales that citeproc-py brings, so that the text quotes and counts pages
just as its notes do.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from press.citations.engine import dialect, locale_file

_QUOTES: Final = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
_SINGLE: Final = frozenset("‘’‚‛‹›'")
_NAMESPACE: Final = "{http://purl.org/net/xbiblio/csl}"
_NARROW: Final = "\N{NARROW NO-BREAK SPACE}"


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
    terms = _terms(language)
    outer, inner = ((terms[a], terms[b]) for a, b in (_QUOTES[:2], _QUOTES[2:]))
    if outer[0] in _SINGLE and inner[0] not in _SINGLE:
        outer, inner = inner, outer
    return Quotes(*(mark.replace("\N{NO-BREAK SPACE}", _NARROW) for mark in (*outer, *inner)))


def page_sign(language: str) -> str:
    """What stands before the number of one page: ``p.``, ``S.``, ``с.``"""
    return _terms(language)["page"]


@lru_cache(maxsize=16)
def _terms(language: str) -> Mapping[str, str]:
    """The terms by name, short and singular; English ones where the locale is silent."""
    found: dict[str, str] = {}
    for tag in ("en-US", dialect(language), language):
        if (source := locale_file(tag)).is_file():
            found.update(_read(source.read_bytes()))
    return found


def _read(locale: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    # The file comes with citeproc-py, never from a dossier.
    for term in ET.fromstring(locale).iter(f"{_NAMESPACE}term"):  # noqa: S314
        name, form = term.get("name", ""), term.get("form")
        if name in _QUOTES and form is None and term.text:
            found.setdefault(name, term.text)
        elif name == "page" and form == "short":
            single = term.find(f"{_NAMESPACE}single")
            found["page"] = ((single if single is not None else term).text or "").strip()
    return found
