"""Names and codes of features: how they are compared, and where they lead."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import filterfalse
from typing import Any

from press.base.collation import LETTERS

_LETTERS = {**LETTERS, "ə": "a", "ħ": "h"}
"""What stands for letters that are none of English, as English writes foreign names."""

_FOLDED = str.maketrans(
    {**_LETTERS, "ŧ": "t", "ŋ": "n"}
    | dict.fromkeys("-_/", " ")
    | dict.fromkeys("'’‘ʼʻʹʺ`´.,", None)
)
_PLAIN = str.maketrans(
    {**_LETTERS, **{letter.upper(): plain.title() for letter, plain in _LETTERS.items()}}
    | {"ß": "ss", **dict.fromkeys("’‘ʻʼ", "'")}
)


def fold(name: str) -> str:
    """Reduce a name to what searching compares: no accents, no case, no apostrophes, single spaces.

    The Azerbaijani ə becomes a, as in the usual English forms (Zəngilan, Zangilan).
    """
    if name.isascii():
        return " ".join(name.casefold().translate(_FOLDED).split())
    folded = unicodedata.normalize("NFKD", name).casefold().translate(_FOLDED)
    return " ".join(_without_marks(folded).split())


def plain(name: str) -> str:
    """A name in letters of the English alphabet, as far as taking off marks gives them."""
    return name if name.isascii() else _without_marks(name.translate(_PLAIN))


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(filterfalse(unicodedata.combining, decomposed))


@dataclass
class NameIndex:
    """Where names and codes of one layer lead; features by their numbers in the file.

    ``primary`` are the names in the local language and in English, ``alternate`` the others, both
    folded; ``printed`` gives each as it is written. ``country`` are the codes of each feature and
    of its country, upper case.
    """

    primary: dict[str, set[int]] = field(default_factory=dict)
    alternate: dict[str, set[int]] = field(default_factory=dict)
    codes: dict[str, set[int]] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    country: dict[int, frozenset[str]] = field(default_factory=dict)

    def enter(self, number: int, facts: Mapping[str, Any]) -> None:
        """Note the names and codes of a feature."""
        own = [facts[key] for key in ("name", "name_en") if facts.get(key)]
        for names, entries in ((own, self.primary), (facts.get("alternates", ()), self.alternate)):
            for name in names:
                folded = fold(name)
                entries.setdefault(folded, set()).add(number)
                self.printed.setdefault(folded, name)
        for code in (facts[key].upper() for key in ("iso", "a3") if facts.get(key)):
            self.codes.setdefault(code, set()).add(number)
        sides = (facts.get(key) for key in ("iso", "a3", "country", "left", "right"))
        self.country[number] = frozenset(code.upper() for code in sides if code)

    def named(self, name: str) -> set[int]:
        """The features of this name; those of which it is an alternate only where none has it."""
        key = fold(name)
        return self.primary.get(key) or self.alternate.get(key, set())

    def coded(self, code: str) -> set[int]:
        """The features with this ISO 3166 or three-letter code."""
        return self.codes.get(code.upper(), set())
