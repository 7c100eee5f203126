"""Headings of chapters that begin beside the infobox stand in the text, for they cannot hang."""

from __future__ import annotations

import re

from press.typeset.folios import Folios

INFOBOX = "infobox"
"""The anchor of the infobox, which may go over several pages."""

_CHAPTER = re.compile(r'<section class="chapter" id="([^"]+)">')


def beside_infobox(text: str, folios: Folios) -> str:
    """``text`` with the class ``beside`` on chapters that begin on a page with the infobox."""
    pages = folios.get(INFOBOX, ())

    def chapter(tag: re.Match[str]) -> str:
        begins = folios.get(tag[1], ())[:1]
        return tag[0].replace('"chapter"', '"chapter beside"') if {*begins} & {*pages} else tag[0]

    return _CHAPTER.sub(chapter, text)
