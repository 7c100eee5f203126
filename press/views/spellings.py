"""How the headings of the index may be spelt in the words of a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from press.content import kinds
from press.content.headings import Headings

_ENDINGS = {
    "en": ("", "s|es"),
    "de": ("s", "s|es|e|en|n|er|ern"),
    "nl": ("s", "s|e|en"),
    "fr": ("", "s|x"),
    "es": ("", "s|es"),
    "pt": ("", "s|es"),
    "sv": ("s", "s|en|et|ar|er"),
    "da": ("s", "s|en|et|er"),
    "nb": ("s", "s|en|et|er"),
}
"""Endings that names and terms may take, by language; for others a star does it: ``Karabakh*``."""
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
_START = re.compile(rf"(?<!\w)\w|{_UNSPACED.pattern}")
_HYPHENS = ("-", "\u2010", "\u2011")
_HYPHEN = "[-\u2010\u2011]"
_SPECIAL = {
    "'": "(?:['’ʼ]|&#39;)", "’": "(?:['’ʼ]|&#39;)", "ʼ": "(?:['’ʼ]|&#39;)",
    '"': '(?:"|&#34;|&quot;)', "&": "&amp;", "<": "&lt;", ">": "&gt;",
    "-": _HYPHEN, "\u2010": _HYPHEN, "\u2011": _HYPHEN,
}  # fmt: skip


_COMMON = {"subject", *(name for name, kind in kinds.KINDS.items() if kind.indexed == "word")}
"""Kinds of headings that are words and no names: they may begin with either case."""


Spellings = Mapping[str, Sequence[tuple[re.Pattern[str], str]]]
"""Every spelling of every heading by its first letter, each with the heading's key."""


def find(text: str, sought: Spellings) -> Iterator[tuple[int, int, str]]:
    """(start, end, key) of every mention in ``text`` (HTML text, without tags), in order.

    Where several begin at one place the longest is meant; mentions do not overlap.
    """
    at = 0
    while start := _START.search(text, at):
        at = start.start() + 1
        best = 0
        for pattern, key in sought.get(text[start.start()].casefold(), ()):
            match = pattern.match(text, start.start())
            if match and match.end() > best and _whole(text, *match.span()):
                best, found = match.end(), key
        if best:
            yield start.start(), best, found
            at = best


def spellings(listed: Headings, language: str) -> Spellings:
    """What to look for: names in their own case, terms with either case of their first letter."""
    patterns: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for heading in listed.values():
        for spelling in heading.spellings:
            for written in dict.fromkeys(
                (spelling, *(unicodedata.normalize(form, spelling) for form in ("NFC", "NFD")))
            ):
                if word := next((c for c in written if c.isalnum()), ""):
                    pattern = re.compile(_pattern(written, heading.kind, language))
                    patterns.setdefault(word.casefold(), []).append((pattern, heading.key))
    return patterns


def _pattern(spelling: str, kind: str, language: str) -> str:
    """The expression for one spelling, from its first letter to where its word ends."""
    spelling = spelling[next(i for i, c in enumerate(spelling) if c.isalnum()) :]
    stem = spelling.rstrip("*")
    parts = [r"\s+" if c.isspace() else _SPECIAL.get(c, re.escape(c)) for c in stem]
    common = kind in _COMMON
    if common and not stem[1:2].isupper():
        parts[0] = "(?:{}|{})".format(*(re.escape(c) for c in (stem[0].lower(), stem[0].upper())))
    base = language.partition("-")[0].lower()
    name, term = _ENDINGS.get(base, ("", ""))
    endings = term if common else name
    ending = r"\w*" if stem != spelling else f"(?:{endings})?" if endings else ""
    after = r"(?!\w)" if stem[-1].isalnum() and not _UNSPACED.match(stem[-1]) else ""
    return "".join(parts) + ending + after


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a mention is no part of a longer word: a combining sign or a name with a hyphen."""
    behind, ahead = text[max(0, start - 2) : start], text[end : end + 2]
    return not (
        unicodedata.category(ahead[:1] or " ").startswith("M")
        or (ahead[:1] in _HYPHENS and ahead[1:].isupper())
        or (behind[1:] in _HYPHENS and behind[:1].isalpha())
    )
