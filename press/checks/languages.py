"""Languages: that each is one, and that what is said to be in it is written in its letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from babel import localedata
from babel.core import get_global

from press import locale
from press.base.finding import Place, Remark
from press.base.own_yaml import beside
from press.base.scripts import script_of
from press.checks.texts import passages
from press.content import model
from press.content.load import Loaded
from press.content.walk import each


def no_such_language(loaded: Loaded) -> Iterator[Remark]:
    """W270: a name, source or map is in a language that there is not.

    Why: Screen readers, hyphenation and the fonts of print go by the tag, and so does whoever looks
        for all Armenian names. A tag has two letters where the language has any (ISO 639).
    Wrong: - {language: ger, name: Moskau}
    Right: - {language: de, name: Moskau}
    Remedy: Write the tag of the language; build.py explain E141 names some.
    """
    for at, tag in _tags(loaded):
        if fault := locale.language_fault(tag):
            yield at, f"{tag!r} is no known language tag", fault


def _tags(loaded: Loaded) -> Iterator[tuple[Place, str]]:
    for at, name in each(loaded, model.Name):
        yield at("language"), name.language
    for at, source in each(loaded, model.Source):
        yield from ((at("languages", n), tag) for n, tag in enumerate(source.languages))
    for at, plate in each(loaded, model.Map):
        if plate.language:
            yield at("language"), plate.language


_TAGGED = re.compile(r"\[(?P<words>[^\[\]]+)\]\{[^{}]*?lang=[\"']?(?P<tag>[\w-]+)")


def script_of_another(loaded: Loaded) -> Iterator[Remark]:
    """W271: a name or words are written in letters that their language does not use.

    Why: One of the two is wrong, and a screen reader says nothing or nonsense. Latin letters are
        left alone, as every language is transliterated with them.
    Wrong: - {language: hy, name: Агдам, latin: Agdam}
    Right: - {language: ru, name: Агдам, latin: Agdam}
    Remedy: Correct the language or the name; a tag may name a script of its own, az-Arab.
    """
    for at, name in each(loaded, model.Name):
        if message := foreign(name.name, name.language):
            yield at("language"), message, "correct the language or the name"
    for passage in passages(loaded):
        for match in _TAGGED.finditer(passage.written):
            if message := foreign(match["words"], match["tag"]):
                yield passage.at(match.start("tag")), message, "correct the language or the words"


def foreign(words: str, tag: str) -> str:
    """What is wrong with words in a language, by the script of the first letter; "" for nothing."""
    script, own = script_of(words), _scripts(tag)
    if script in ("", "LATIN") or not own or script not in _known() or script in own:
        return ""
    name = locale.language_name(tag, "en")
    return f"{words[:40]!r} is in {script.title()} letters, which {name} does not use"


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    scripts = beside(__file__)["scripts"].values()
    return frozenset(name for names in scripts for name in names.split())


@lru_cache(maxsize=256)
def _scripts(tag: str) -> frozenset[str]:
    """The scripts of a language as Unicode names them; none where they are not known.

    They are CLDR's, and those in which it has been written before, which stand in our table.
    """
    table = beside(__file__)
    language, *rest = tag.split("-")
    given = [part.title() for part in rest if len(part) == 4]
    codes = set(given or table["also"].get(language, "").split())
    if not given:
        likely = get_global("likely_subtags").get(language, "")
        codes |= {part for part in likely.split("_") if len(part) == 4}
        codes |= {
            part
            for known in localedata.locale_identifiers()
            if known.split("_")[0] == language
            for part in known.split("_")
            if len(part) == 4 and part.isalpha()
        }
    names = [table["scripts"].get(code, "") for code in codes]
    return frozenset(name for one in names for name in one.split()) if all(names) else frozenset()
