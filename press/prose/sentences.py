"""Where sentences begin and end, in HTML: capitals, full stops, and accounts joined to a line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

SEMICOLON, SENTENCES = Markup("; "), Markup(". ")

CONTESTED = Markup('<span class="contested">{}</span>')
"""Around what one of several accounts says."""

_TAG = r"(?:<[^>]*>)*"
_OPENS = r"[*_“‘«„\"'(\[]*"
_FIRST = re.compile(
    rf"(?P<before>(?:{_TAG}{_OPENS})*)(?P<word>[^\W\d_]+(?:[-’'][^\W\d_]+)*)"
    r"(?=[,;:!?.)*_”’»\"'\]]*(?:[\s<]|$))"
)
"""The first word, behind tags and marks that open; no address and no part of one."""
_CLOSED = re.compile(rf"[.!?…։。।؟](?:{_TAG}[”’»“\"')\]])*{_TAG}$")
_STOP = re.compile(rf"(?<![.…])[.։。।](?P<after>{_TAG})$")
_DOTTED = ("tr", "az", "crh", "gag")
"""Languages whose small i, which keeps its dot, is the small form of İ."""


def begun(words: str, language: str) -> Markup:
    """Words that stand behind a full stop: with a capital, where the first has none of its own.

    What a letter's capital is at the begin of a word is Unicode's; scripts without capitals, and
    Georgian, which has none there, stay as they are.
    """
    first = _FIRST.match(words)
    if first is None or not first["word"].islower():
        return Markup(words)  # noqa: S704 what came in
    at, small = first.start("word"), first["word"][0]
    base = language.partition("-")[0]
    capital, rest = small.title(), words[at + 1 :]
    if small == "i" and base in _DOTTED:
        capital = "İ"
    if base == "nl" and first["word"].startswith("ij"):
        capital, rest = "IJ", words[at + 2 :]
    return Markup(words[:at] + capital + rest)  # noqa: S704 the same, but for a letter


def is_closed(words: str) -> bool:
    """Whether a mark that ends a sentence stands at the end."""
    return bool(_CLOSED.search(words))


def unstopped(words: str) -> Markup:
    """Words without the full stop at their end, for more of their sentence follows."""
    return Markup(_STOP.sub(r"\g<after>", str(words)))  # noqa: S704 less of what came in


def in_brackets(words: str) -> Markup:
    """Words in brackets; their own are square, and round in these again (CMOS 17, 6.101, 14.38).

    Those of addresses stay as they are.
    """
    parts, depth = re.split(r"(<[^>]*>|https?://[^\s<]*|[()\[\]])", words), 0
    for number, part in enumerate(parts):
        if part in ("(", "["):
            parts[number] = "(["[depth % 2 == 0]
            depth += 1
        elif part in (")", "]"):
            depth = max(0, depth - 1)
            parts[number] = ")]"[depth % 2 == 0]
    return Markup(f"({''.join(parts)})")  # noqa: S704 what came in, but for brackets


def accounts_joined(accounts: Iterable[tuple[Markup, Markup]], language: str) -> Markup:
    """Accounts with who gives each in brackets behind it, as a line without its last full stop.

    They are parted by semicolons; where any of them is a sentence, all are sentences.
    """
    given = list(accounts)
    as_sentences = any(is_closed(said) for said, _ in given)
    parts = [
        Markup('{} <span class="says">{}</span>').format(bare, in_brackets(basis))
        if basis
        else bare
        for said, basis in given
        for bare in [begun(unstopped(said), language) if as_sentences else said]
    ]
    return (SENTENCES if as_sentences else SEMICOLON).join(parts)
