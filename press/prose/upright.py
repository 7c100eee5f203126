"""Emphasis in scripts that have no italics: Arabic, Hebrew, Devanagari, Armenian and others.

Their fonts have none, and letters that are merely slanted are ugly. They are set in a strong
weight, which is how these scripts are emphasized in print.
"""

from __future__ import annotations

import re

from press.base.scripts import script_of

_SLANTED = frozenset({"LATIN", "CYRILLIC", "GREEK", "MICRO", "FEMININE", "MASCULINE", "MODIFIER"})
"""Scripts that have italics, by the first word of their letters' names."""
_TOKEN = re.compile(r"<[^<>]*>|&[^\s;]*;|[^<&]+")
_WORD = re.compile(r"\S+")


def upright(html: str) -> str:
    """``html`` with the words of such scripts marked wherever they would be slanted."""
    if html.isascii() or "<em>" not in html:
        return html
    parts, depth = [], 0
    for token in _TOKEN.findall(html):
        depth += {"<em>": 1, "</em>": -1}.get(token, 0)
        parts.append(_marked(token) if depth % 2 and token[0] not in "<&" else token)
    return "".join(parts)


def _marked(text: str) -> str:
    """``text`` with runs of words without italics in an element of their own."""
    runs: list[tuple[bool, str]] = []
    at = 0
    for word in _WORD.finditer(text):
        script = script_of(word[0])
        plain = script in _SLANTED if script else not (runs and runs[-1][0])
        gap, at = text[at : word.start()], word.end()
        if runs and runs[-1][0] is not plain:
            runs[-1] = runs[-1][0], f"{runs[-1][1]}{gap}{word[0]}"
        elif plain:
            runs.append((False, gap + word[0]))
        else:
            runs += [(False, gap), (True, word[0])]
    runs.append((False, text[at:]))
    return "".join(f'<span class="upright">{run}</span>' if up else run for up, run in runs)
