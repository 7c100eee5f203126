"""What stands within a line where Python-Markdown reads it otherwise than CommonMark does.

Code spans, escaped signs, line breaks and entities are one pattern, so that the first to begin is
the one that counts; emphasis, strike, superior and inferior signs are those of pymdown-extensions.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import unescape
from typing import cast

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString
from pymdownx.betterem import BetterEmExtension
from pymdownx.caret import InsertSupExtension
from pymdownx.delimiterprocessor import DelimiterProcessor
from pymdownx.tilde import DeleteSubExtension

_PATTERN = (
    r"\\(?P<sign>[!-/:-@\[-`{-~])"
    r"|(?P<end>\\|(?<! ) {2,})\n *"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|(?P<entity>&(?:(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?)"
)
AMPERSAND = f"{AMP_SUBSTITUTE}amp;"
"""An ampersand that begins no entity in HTML, whatever follows it."""
_REPLACED = (
    "backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference",
    "short_image_ref", "autolink", "automail", "linebreak", "html", "entity",
)  # fmt: skip
"""Python-Markdown's own patterns in whose place this one stands; links ``reading`` has found."""


class _Signs(InlineProcessor):
    """Code, escaped signs, breaks and entities."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, match: re.Match[str], _data: str
    ) -> tuple[ET.Element | str, int, int]:
        """What stands in the place of a match; an entity that nobody knows is words."""
        made: ET.Element | str
        if sign := match["sign"]:
            made = AMPERSAND if sign == "&" else f"{STX}{ord(sign)}{ETX}"
        elif match["end"]:
            made = ET.Element("br")
        elif match["code"]:
            made = ET.Element("code")
            made.text = AtomicString(_code(match["code"]).replace("&", AMPERSAND))
        else:
            meant = unescape(match["entity"])
            made = match["entity"].replace("&", AMPERSAND) if meant == match["entity"] else meant
        return made, match.start(), match.end()


def _code(written: str) -> str:
    """The words of a code span: one space at each end parts them from the ticks."""
    words = written.replace("\n", " ")
    padded = words[0] == words[-1] == " " and words.strip(" ")
    return words[1:-1] if padded else words


_Handled = tuple[ET.Element | None, int | None, int | None]


class _Delimiters(InlineProcessor):
    """Signs of emphasis and their kin, by pymdown-extensions; printed as they are where it fails.

    Version 12.3 asks for the last of no open signs where one begins that may hold no space while
    one of another kind is open: ``*[^(`` ends in an IndexError.
    """

    def __init__(self, inner: DelimiterProcessor, md: Markdown) -> None:
        super().__init__(inner.pattern, md)
        self.compiled_re = inner.compiled_re
        self._inner = inner

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, match: re.Match[str], data: str
    ) -> _Handled:
        """What the signs enclose; nothing where they enclose nothing."""
        try:
            return cast("_Handled", self._inner.handleMatch(match, data))
        except IndexError:
            self._inner.reset()
            return None, match.start(), match.end()


def add_to(md: Markdown) -> None:
    """Makes ``md`` read what stands within a line by these rules."""
    for name in _REPLACED:
        md.inlinePatterns.deregister(name)
    md.inlinePatterns.register(_Signs(_PATTERN, md), "signs", 190)
    BetterEmExtension().extendMarkdown(md)
    InsertSupExtension(insert=False).extendMarkdown(md)
    DeleteSubExtension().extendMarkdown(md)
    inner = md.inlinePatterns["delimiter"]
    md.inlinePatterns.register(_Delimiters(inner, md), "delimiter", 60)
