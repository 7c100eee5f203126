"""Given names, by the language in which they are at home: whoever bears one is no body.

They only tell "Thomas de Waal" from "Deutsche Welle" where a name is typed in its natural order.
Common names suffice: what is not listed is asked for by a finding (W316).
"""

from __future__ import annotations

import unicodedata
from typing import Final

from press.base.own_yaml import beside


def folded(word: str) -> str:
    """A word in small letters without accents."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _homes() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for language, names in beside(__file__).items():
        for name in map(folded, names.split()):
            found[name] = found.get(name, frozenset()) | {language}
    return found


_HOMES: Final = _homes()


def homes(word: str) -> frozenset[str]:
    """The languages in which a word is a given name; of "Jean-Pierre" the first part decides."""
    return _HOMES.get(folded(word.partition("-")[0]), frozenset())
