"""What sources say stays text: every character of it is printed, and none of it is markup.

Unicode noncharacters stand for our own elements while citeproc-py handles the text. They are taken
out of what sources say, all else is escaped at the end, and so no source can bring markup in.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from markupsafe import Markup

EM, END_EM, _LINK, _END_LINK, _LANG, _LANG_IS, END_LANG = map(chr, range(0xFDD0, 0xFDD7))
AT, END_AT, TITLED, HELD, _UPRIGHT, _END_UPRIGHT = map(chr, range(0xFDD7, 0xFDDD))
"""Around the place in a source, behind its title, behind what no space parts from a name, and
around what stands upright within italics.
"""

_MARKS: Final = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")
_LINKED: Final = re.compile(f"{_LINK}([^{_END_LINK}]*){_END_LINK}")
_SLANTS: Final = re.compile(f"([{EM}{END_EM}{_UPRIGHT}{_END_UPRIGHT}])")
_OPEN_LANG: Final = re.compile(f"{_LANG}([A-Za-z0-9-]+){_LANG_IS}")
_BEFORE_LINK: Final = re.compile(f"[.,;]\\s*(?:doi:\\s*)?{_LINK}", re.IGNORECASE)
_NOT_SHOWN: Final = re.compile(f"{_LANG}[^{_LANG_IS}]*{_LANG_IS}|{_MARKS.pattern}")


def clean(text: str) -> str:
    """A source's text without control characters and line ends, with typographic apostrophes."""
    text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in _MARKS.sub("", text))
    return _APOSTROPHE.sub("’", " ".join(text.split()))


def emphasised(text: str) -> str:
    """``text`` to be printed in italics; empty for none."""
    return f"{EM}{text}{END_EM}" if text else ""


def upright(text: str) -> str:
    """``text`` to be printed upright, also within italics."""
    return f"{_UPRIGHT}{text}{_END_UPRIGHT}"


def slanted(text: str) -> str:
    """``text`` whose italics end before what is upright and begin again behind it."""
    done, depth = "", 0
    for part in _SLANTS.split(text):
        depth += {EM: 1, END_EM: -1}.get(part, 0)
        done += {_UPRIGHT: END_EM * depth, _END_UPRIGHT: EM * depth}.get(part, part)
    return done.replace(EM + END_EM, "")


def linked(address: str) -> str:
    """A web address or a DOI to be printed as a link to itself; empty for none."""
    return f"{_LINK}{address}{_END_LINK}" if address else ""


def before_link(text: str) -> tuple[str, str]:
    """``text`` up to the sign before its link, and the rest; all of it where no sign parts them."""
    match = _BEFORE_LINK.search(text)
    return (text[: match.start()], text[match.start() :]) if match else (text, "")


def in_language(text: str, tag: str) -> str:
    """``text`` to be marked as words of another language."""
    return f"{_LANG}{tag}{_LANG_IS}{text}{END_LANG}"


def shown(text: str) -> str:
    """``text`` as a reader sees it."""
    return _NOT_SHOWN.sub("", text)


def markup(text: str) -> Markup:
    """Escaped text with our marks turned into elements."""
    escaped = html.escape(text, quote=False)
    escaped = _LINKED.sub(_anchor, escaped)
    escaped = _OPEN_LANG.sub(r'<span lang="\1">', escaped)
    for mark, element in ((EM, "<em>"), (END_EM, "</em>"), (END_LANG, "</span>")):
        escaped = escaped.replace(mark, element)
    # Every other character has been escaped or is our own.
    return Markup(escaped)  # noqa: S704


def _anchor(match: re.Match[str]) -> str:
    shown = match[1]
    web = shown.startswith(("http://", "https://"))
    target = shown if web else f"https://doi.org/{shown}"
    return f'<a href="{target.replace(chr(34), "%22")}">{shown}</a>'
