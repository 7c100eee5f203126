"""Names of people and bodies as citations print and file them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from press.citations.engine import Name
from press.citations.natural_names import divided
from press.citations.source_text import HELD, clean
from press.content.model import NameParts, Source, WrittenName

_PARTICLES: Final[Mapping[str, re.Pattern[str]]] = {
    language: re.compile(rf"(?P<particle>(?:{words}))\s+(?P<family>\S.*)")
    for language, words in {
        "de": r"von und zu(?:[mr])?|von (?:de[mnr])|von|vom|zu[mr]?",
        "nl": r"(?:van|in|op) (?:de[nr]?|het|'t|’t)|van|de[nr]?|het|'t|’t|te[nr]?",
        "fr": r"de(?!\s+(?:la|les?)\b)",
        "es": r"de (?:las?|los)|del?",
        "pt": r"d[aeo]s?",
    }.items()
}
"""Particles that the readers of a language do not file by (IFLA, Names of Persons)."""
_FILED_WITH: Final = frozenset({"nl-BE"})
"""Where the particle is filed by all the same."""
_ARTICLE: Final = re.compile(r"(?:a[ltrsznd]|ash|ath|adh|el)[-\u2010\u2011](?=\S)")
"""The Arabic article, by which nobody files."""


def names(written: Sequence[NameParts], source: Source, language: str) -> list[Any]:
    """citeproc-py's names of a source in a dossier of ``language``.

    The language of the source, or else the dossier's, says which particles are not filed by. A
    name that was given in parts is taken as it is given, and a text where there is no rule.
    """
    own = language_of(source, language)
    return [_name(in_parts(name, own), own) for name in written]


def language_of(source: Source, language: str) -> str:
    """The language by whose rules the names of a source are read: its own, or the dossier's."""
    return source.languages[0] if len(source.languages) == 1 else language


def in_parts(name: NameParts, language: str) -> NameParts:
    """A name that was written in its natural order in its parts; every other as it is."""
    written = isinstance(name, WrittenName) and name.literal
    found = divided(clean(name.literal), language) if written else None
    return WrittenName.model_validate(found._asdict()) if found else name


def _name(name: NameParts, language: str) -> Any:
    if name.literal:
        return Name(literal=clean(name.literal))
    parts = {
        "family": name.family,
        "given": name.given,
        "suffix": name.suffix,
        "non-dropping-particle": name.non_dropping_particle,
        "dropping-particle": name.dropping_particle,
    }
    rule = None if language in _FILED_WITH else _PARTICLES.get(language.partition("-")[0])
    if isinstance(name, WrittenName) and rule and (match := rule.fullmatch(name.family)):
        parts |= {"family": match["family"], "non-dropping-particle": match["particle"]}
    return Name(**{key: _held(key, clean(text)) for key, text in parts.items() if text})


def _held(part: str, text: str) -> str:
    """A particle that is written to the name behind it is held to it: "d’", "al-"."""
    joins = part.endswith("particle") and text.endswith(("'", "’", "-"))
    return text.replace("'", "’") + HELD if joins else text


def family(name: Any) -> str:
    """What a short form calls somebody: "de Waal"."""
    parts = (name.get("non-dropping-particle"), name.get("literal") or name["family"])
    return " ".join(filter(None, parts))


def inverted(name: Any) -> str:
    """A name as a list is sorted by it: "Humboldt, Alexander von", "King, Martin Luther, Jr."."""
    if "literal" in name:
        return str(name["literal"])
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    given = " ".join(filter(None, (name.get("given"), *particles)))
    return ", ".join(filter(None, (name["family"], given, name.get("suffix"))))


def filed(name: Any) -> str:
    """A name by which it stands in an alphabet: as inverted, and without an Arabic article."""
    return _ARTICLE.sub("", inverted(name), count=1) if "literal" not in name else inverted(name)


def _in_full(name: Any) -> str:
    parts = (name.get("given"), name.get("dropping-particle"), family(name), name.get("suffix"))
    return " ".join(filter(None, parts))


def joined(listed: Sequence[Any], conjunction: str, *, invert: bool) -> str:
    """Names as a list in words: "Jones, Ann, and Jo Smith" if inverted, else "Ann Jones …"."""
    first = inverted if invert else _in_full
    texts = [first(listed[0]), *map(_in_full, listed[1:])]
    if len(texts) == 1:
        return texts[0]
    comma = "," if invert or len(texts) > 2 else ""
    return f"{', '.join(texts[:-1])}{comma} {conjunction} {texts[-1]}"
