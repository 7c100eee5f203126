"""Signs that no editor shows and no page prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.base.finding import Remark
from press.content.load import Loaded
from press.content.source_text import legible, text_place

_INVISIBLE = re.compile("[\u180e\u200b\u2060-\u2064\u206a-\u206f\u115f\u1160\u3164\uffa0]+")
_NAMES = {"\u200b": "zero width space", "\u2060": "word joiner"}
_NEED_SPACE = frozenset({"ja", "km", "lo", "my", "th", "zh", "bo", "mn"})
"""Languages that write no space between words and mark with U+200B where a line may end, and
Mongolian, whose vowels U+180E parts."""
_FILES = (".yaml", ".yml", ".md")


def invisible_signs(loaded: Loaded) -> Iterator[Remark]:
    """W382: a sign stands in a file that no editor shows and no page prints.

    Why: Such signs come along when words are copied from a web page or another program. They part
        a word for whoever searches for it, sorts by it or has it read aloud.
    Wrong: title: The\u200b Matterhorn
    Right: title: The Matterhorn
    Remedy: Delete it: put the cursor behind the letter before it, and press Delete once.
    """
    if loaded.dossier.meta.language.partition("-")[0] in _NEED_SPACE:
        return
    for name, raw in loaded.snapshot.files.items():
        if name.endswith(_FILES):
            text = legible(raw)
            for match in _INVISIBLE.finditer(text):
                sign = match[0][0]
                called = _NAMES.get(sign, "invisible sign")
                before = re.search(r"\S{0,12}$", text[: match.start()][-13:])
                behind = f" stands behind {before[0]!r}" if before and before[0] else " stands here"
                place = loaded.snapshot.place(name), *text_place(text, match.start())
                message = f"an invisible sign (U+{ord(sign):04X}, {called}){behind}"
                yield place, message, "delete it: press Delete once behind the letter before it"
