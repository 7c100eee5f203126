"""Whether words that were given are those that were printed, whatever setting does to letters."""

from __future__ import annotations

import re
import unicodedata

UNSEEN = dict.fromkeys(map(ord, " \t\n\r\f\v\xa0\u2009\u202f\u2007\u2060\u200b\u00ad-\u2010\u2011"))
"""Blanks, and hyphens, which may stand at a line's end only: neither is compared."""
_ACCENTS = re.compile("[\u0300-\u036f]")


def compared(text: str) -> str:
    """The signs of a text that can be lost: no blanks, no hyphens, no capitals."""
    return text.translate(UNSEEN).casefold()


def are_there(given: str, printed: str) -> bool:
    """Whether all words of ``given`` stand in ``printed``, which may have some of them twice."""
    if given == printed or compared(given) in compared(printed):
        return True
    return _bare(given) in _bare(printed)


def _bare(text: str) -> str:
    """What is compared of a text in capitals: Greek ones have no accents, i of Turkish is İ there.

    Letters of full width and ligatures, into which a sheet or a font may turn letters, are plain.
    """
    plain = unicodedata.normalize("NFKD", compared(unicodedata.normalize("NFKC", text)))
    return _ACCENTS.sub("", plain).replace("ı", "i")
