"""Languages as CLDR knows them, through Babel: months, numerals, lists, direction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cached_property, lru_cache
from typing import Any, Final, Literal

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global
from babel.lists import format_list
from babel.numbers import format_decimal

from press.base.finding import InputError

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# CLDR takes a bare "en" for American English; day before month is what most of the world writes.
_HOME: Final = {"en": "en-GB"}
_CALENDAR: Final = (
    "date_formats", "datetime_skeletons", "eras", "interval_formats", "list_patterns", "months",
    "quarters",
)  # fmt: skip


class LanguageError(InputError):
    """A language tag that is malformed or that CLDR does not know."""


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


@lru_cache(maxsize=64)
def cldr(language: str) -> Locale:
    """Babel's locale for a BCP 47 tag; a bare ``en`` is British. Raises LanguageError.

    The only way to CLDR in the press: a locale made elsewhere may speak several languages at once.
    """
    tag = _HOME.get(checked(language), language)
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


@lru_cache(maxsize=64)
def month_names(language: str) -> tuple[tuple[str, int], ...]:
    """Each name of a month, long and short, within a date and alone, with its number."""
    return tuple(
        (str(name), number)
        for form in cldr(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in form[width].items()
    )


def language_name(tag: str, language: str) -> str:
    """What ``language`` calls the language of a BCP 47 tag; the tag where it has no name for it."""
    names = cldr(language).languages
    base = tag.partition("-")[0]
    return str(names.get(tag.replace("-", "_")) or names.get(base, tag))


def language_fault(tag: str) -> str:
    """What to write instead of a tag that names no language; empty for one that does.

    CLDR names every language of two letters. Of those with three it names some; the others pass,
    for ISO 639-3 has thousands.
    """
    head = tag.partition("-")[0].lower()
    known = cldr("en").languages
    if not _TAG.fullmatch(tag) or (len(head) == 2 and head not in known):
        named = (k for k, name in known.items() if str(name).casefold() == tag.casefold())
        meant = get_global("language_aliases").get(head) or next(named, "")
        return f"write {meant}" if meant else "look it up in ISO 639: en is English, fr is French"
    meant = get_global("language_aliases").get(head, "")
    return f"write {meant}" if len(head) == 3 and len(meant) == 2 else ""


@lru_cache(maxsize=16)
def cities(language: str) -> Mapping[str, str]:
    """English names of large cities by what the language calls them: Moskau, Moscow.

    They are the cities by which CLDR names time zones.
    """
    zones = cldr(language).time_zones
    english = cldr("en").time_zones
    return {
        str(zone["city"]): str(english.get(key, {}).get("city") or key.split("/")[-1])
        for key, zone in zones.items()
        if "city" in zone
    }


def right_to_left(language: str) -> bool:
    """Whether the language is written from right to left; unknown ones are not."""
    try:
        return bool(cldr(language).text_direction == "rtl")
    except LanguageError:
        return False


def number(value: float, language: str) -> str:
    """A number as the language writes it: 12,000 or 12.000."""
    return str(format_decimal(value, locale=cldr(language)))


def decimals(value: float, places: int, language: str) -> str:
    """A number with so many decimals, as the language writes it: 52.520 or 52,520."""
    form = f"#,##0.{'0' * places}"
    return str(format_decimal(value, format=form, locale=cldr(language)))


def listed(
    texts: Sequence[str], language: str, style: Literal["standard", "or"] = "standard"
) -> str:
    """Texts joined as the language joins them, "a, b and c" or "a, b or c"; empty for none."""
    return str(format_list(texts, style, cldr(language))) if texts else ""


def checked(language: str) -> str:
    """A BCP 47 tag with its base in small letters; raises LanguageError for what is none."""
    if not _TAG.fullmatch(language):
        raise LanguageError(f"{language!r} is not a language tag", "write one like en or de-AT")
    head, *rest = language.split("-")
    return "-".join([head.lower(), *rest])


_ASKED: Final = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "hu", "ro", "bg", "ru", "uk", "el",
    "tr", "az", "hy", "ka", "ar", "he", "fa", "ur", "hi", "bn", "ta", "zh", "ja", "ko", "vi", "th",
    "id", "sw", "sv", "nb", "da", "fi", "et", "lv", "lt", "hr", "sr", "sl", "sq", "mk",
)  # fmt: skip
"""Languages whose own names are known; in the first three, those of all others."""


def code_of(name: str) -> str:
    """The code of a language that is called by its name, or by a code that is typed otherwise.

    ``deutsch``, ``German`` and ``DE`` are de, ``fr_FR`` is fr-FR; "" where nothing is sure.
    """
    head, *rest = re.split(r"[-_]", name.strip())
    if re.fullmatch(r"[A-Za-z]{2,3}", head) and head.lower() in cldr("en").languages:
        return "-".join([head.lower(), *(p.upper() if len(p) == 2 else p.title() for p in rest)])
    said = name.strip().casefold()
    for language in _ASKED:
        known = {str(word).casefold(): code for code, word in cldr(language).languages.items()}
        if known.get(said) == language or (said in known and language in ("en", "de", "fr")):
            return str(known[said])
    return ""
