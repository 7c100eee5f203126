"""The words the press prints of its own accord, one catalogue for each language.

A catalogue is a flat YAML file, ``<language>.yaml``: dotted key, then the words. A language without
a catalogue of its own speaks English; a key that no catalogue has is a mistake of ours and raises.
Month names, day order and numerals are not here: they come from CLDR, through Babel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError, localedata
from babel.numbers import format_decimal

from press.base.finding import did_you_mean

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# CLDR takes a bare "en" for American English; day before month is what most of the world writes.
_HOME = {"en": "en-GB"}


class LanguageError(ValueError):
    """A language tag that is malformed or that CLDR does not know, with its remedy in ``hint``."""

    def __init__(self, message: str, hint: str) -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message}; {hint}")


class MessageError(LookupError):
    """A key that is in no catalogue."""


class Catalogue(Mapping[str, str]):
    """The words of one language, with English under them."""

    def __init__(self, language: str, words: Mapping[str, str]) -> None:
        self.language = language
        self._words = words

    def __getitem__(self, key: str) -> str:
        try:
            return self._words[key]
        except KeyError:
            hint = did_you_mean(key, self._words, "add it to press/locale/en.yaml")
            raise MessageError(f"no catalogue has the message {key!r}; {hint}") from None

    def __contains__(self, key: object) -> bool:
        return key in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


def own_words(language: str) -> Mapping[str, str]:
    """What ``<language>.yaml`` itself says; empty where there is no such file."""
    source = files(__name__).joinpath(f"{language}.yaml")
    if not source.is_file():
        return {}
    # BaseLoader builds nothing but text, lists and mappings: a word "no" or "on" stays a word.
    loader = yaml.BaseLoader
    words: Mapping[str, str] = yaml.load(source.read_text("utf-8"), loader) or {}  # noqa: S506
    return words


@lru_cache(maxsize=64)
def messages(language: str) -> Catalogue:
    """The catalogue of a BCP 47 language tag: its own words, its base language's, then English.

    Raises LanguageError for a malformed tag; reading an unknown key raises MessageError.
    """
    subtags = _checked(language).split("-")
    chain = ["-".join(subtags[: n + 1]) for n in range(len(subtags))]
    words: dict[str, str] = dict(own_words("en"))
    for tag in chain:
        words.update(own_words(tag))
    return Catalogue(language, words)


@lru_cache(maxsize=64)
def has_words(language: str) -> bool:
    """Whether the language has a catalogue of its own, and so does not borrow English words."""
    return bool(own_words(_checked(language).split("-")[0]))


class _OwnLocale(Locale):
    """A locale that shares no calendar data with the others.

    Babel 2.18 writes what it resolves for one locale into data that all share, so that June can
    come out in the language asked for before (python-babel issue 1234).
    """

    @cached_property
    def _data(self) -> localedata.LocaleDataDict:
        own: dict[str | int | None, Any] = dict(localedata.load(str(self)).items())
        own.update({key: deepcopy(own[key]) for key in _CALENDAR if key in own})
        return localedata.LocaleDataDict(own)


_CALENDAR = (
    "date_formats", "datetime_skeletons", "eras", "interval_formats", "list_patterns", "months",
    "quarters",
)  # fmt: skip


@lru_cache(maxsize=64)
def cldr(language: str) -> Locale:
    """Babel's locale for a BCP 47 tag; a bare ``en`` is British. Raises LanguageError.

    The only way to CLDR in the press: a locale made elsewhere may speak several languages at once.
    """
    tag = _HOME.get(_checked(language), language)
    try:
        found = Locale.parse(tag, sep="-")
        return _OwnLocale(found.language, found.territory, found.script, found.variant)
    except (UnknownLocaleError, ValueError):
        base = tag.split("-")[0]
        if base != tag:
            return cldr(base)
        raise LanguageError(
            f"no dates and numbers are known for language {language!r}",
            "write a language tag like en, de, fr or hy",
        ) from None


def right_to_left(language: str) -> bool:
    """Whether the language is written from right to left; unknown ones are not."""
    try:
        return bool(cldr(language).text_direction == "rtl")
    except LanguageError:
        return False


def number(value: int, language: str) -> str:
    """A whole number as the language writes it: 12,000 or 12.000."""
    return str(format_decimal(value, locale=cldr(language)))


def _checked(language: str) -> str:
    if not _TAG.fullmatch(language):
        raise LanguageError(f"{language!r} is not a language tag", "write one like en or de-AT")
    head, *rest = language.split("-")
    return "-".join([head.lower(), *rest])
