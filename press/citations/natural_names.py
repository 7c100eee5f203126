"""Names typed in their natural order: "Thomas de Waal" is divided, "Human Rights Watch" is not.

A body is never divided. Where neither a word of bodies nor a given name decides, the name stays as
it is written, and is asked for (W316).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from press.base.own_yaml import beside
from press.citations.given_names import homes

_TABLE: Final = {what: words.split() for what, words in beside(__file__).items()}
_WORDS: Final = {what: frozenset(words) for what, words in _TABLE.items()}
BODY: Final = re.compile(rf"\b(?:{'|'.join(_TABLE['body'])})\b")
"""Words by which a body is known."""
_FIRM: Final = re.compile(
    r"(?:Inc|Ltd|LLC|LLP|plc|Corp|Co|GmbH|AG|KG|SE|S\.?A|S\.?A\.?R\.?L|N\.?V|B\.?V|e\. ?V)\.?"
)
_PARTICLES: Final = _WORDS["germanic"] | _WORDS["romance"] | _WORDS["semitic"]
_SURE: Final = (_WORDS["germanic"] - _WORDS["romance"]) | (_WORDS["semitic"] - {"al", "el", "ben"})
"""Particles that stand in no body's name, or in hardly any."""
_SUFFIX: Final = re.compile(r"(?:[JS]r\.?|II|III|IV)")
_INITIAL: Final = re.compile(r"(?:[^\W\d_]\.-?)+")
_WITH_ARTICLE: Final = re.compile(r"(?:a[ltrsznd]|ash|ath|adh|el)[-\u2010\u2011]\w", re.IGNORECASE)
_JOINED: Final = re.compile(r"\s(?:and|und|et|en|y|e|&)\s")


class Natural(NamedTuple):
    """A person's name in its parts; ``given`` may hold a title."""

    given: str
    family: str
    suffix: str = ""


def divided(text: str, language: str) -> Natural | None:
    """The parts of a person's name in its natural order; None for a body, and where it is doubtful.

    ``language`` is that of the source, or else of the dossier: Spanish names end in two family
    names, Portuguese ones are filed by the last, and Chinese or Hungarian ones begin with theirs.
    """
    words, suffix = _words(text)
    if len(words) < 2 or _is_body(words) or not _is_person(words, suffix):
        return None
    if language.partition("-")[0] in _WORDS["first-of-all"]:
        return None
    start = _family_from(words, language.partition("-")[0])
    return Natural(" ".join(words[:start]), " ".join(words[start:]), suffix) if start else None


def is_doubtful(text: str, language: str) -> bool:
    """Whether a name of several words may be a person's that is not seen as one."""
    words, _ = _words(text)
    if len(words) < 2 or _is_body(words) or language.partition("-")[0] in _WORDS["first-of-all"]:
        return False
    cased = all(word[:1].isupper() or word in _PARTICLES or _WITH_ARTICLE.match(word)
                for word in words)  # fmt: skip
    return cased and len(words) <= 6 and divided(text, language) is None


def several(text: str, language: str) -> tuple[str, ...]:
    """The names in a text that joins persons by a word: "Ann Able and Bo Baker"; else none."""
    parts = tuple(_JOINED.split(text))
    people = [divided(part, language) for part in parts]
    return parts if len(parts) > 1 and all(people) else ()


def _words(text: str) -> tuple[list[str], str]:
    words = text.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    return words, suffix


def _is_body(words: list[str]) -> bool:
    text = " ".join(words)
    if words[0] in _WORDS["opens-body"] or _FIRM.fullmatch(words[-1]):
        return True
    if re.search(r"[\d&:/()\[\]]", text) or BODY.search(text):
        return True
    # Letters of a body, UNHCR; a word in small letters that no name has: "of", "for", "und".
    letters = any(re.fullmatch(r"[A-Z]{3,}s?", word) for word in words) and not text.isupper()
    small = any(word[:1].islower() and word not in _PARTICLES and not _WITH_ARTICLE.match(word)
                for word in words)  # fmt: skip
    return letters or small


def _is_person(words: list[str], suffix: str) -> bool:
    first, inner = words[0], words[1:-1]
    if homes(first) or suffix or first.rstrip(".") in _WORDS["title"]:
        return True
    if any(_INITIAL.fullmatch(word) for word in words[:-1]):
        return True
    return any(word in _SURE for word in inner) or any(map(_WITH_ARTICLE.match, words[1:]))


def _family_from(words: list[str], language: str) -> int:
    """The index of the first word of the family name; 0 where it is doubtful."""
    last = len(words) - 1
    for number in range(1, last):
        if words[number] in ("ibn", "bin", "bint", "Ibn", "Bin"):
            return number
    if words[last - 1] in _WORDS["servant"] and last > 1:
        return last - 1
    if any(map(_WITH_ARTICLE.match, words[last:])):
        return last
    spanish = _is_spanish(words, language)
    if "y" in words[2:last] and spanish:
        return words.index("y") - 1
    if start := _particle_from(words, last):
        before = words[1:start]
        if spanish and not all(homes(word) or _INITIAL.fullmatch(word) for word in before):
            return 0  # "Juan Ponce de León"
        return start
    if words[last] in _WORDS["portuguese-last"] and last > 1:
        return last - 1
    if spanish:
        return _spanish_from(words)
    return last


def _particle_from(words: list[str], last: int) -> int:
    """Where particles begin that lead to the last word; 0 where there are none.

    German and Dutch families have all that follows the first, Romance ones what follows the last.
    """
    small = [n for n in range(1, last) if words[n] in _PARTICLES - {"y", "i", "e"}]
    if not small:
        capital = (n for n in range(1, last) if words[n] in _WORDS["capital"])
        return next(capital, 0)
    if words[small[0]] in _WORDS["germanic"] - _WORDS["romance"]:
        return small[0]
    start = small[-1]
    while start - 1 in small:
        start -= 1
    return start


def _is_spanish(words: list[str], language: str) -> bool:
    """Whether a name may end in two family names, by its language, or else its given name."""
    at_home = homes(words[0])
    return language == "es" or (
        language not in ("pt", "it") and "es" in at_home and "en" not in at_home
    )


def _spanish_from(words: list[str]) -> int:
    """Where two family names begin; 0 where one of them may be a given name."""
    given = 1
    while given < len(words) and (homes(words[given]) or _INITIAL.fullmatch(words[given])):
        given += 1
    given = min(given, len(words) - 1)
    return given if len(words) - given <= 2 else 0
