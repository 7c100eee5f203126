"""What a new dossier is about, as its author says it: title, language, time and kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.core import get_global

from press import dates, locale
from press.base.finding import InputError, did_you_mean
from press.base.own_yaml import own_yaml
from press.content.missing import slug_of
from press.dates import Date
from press.dates.meant import meant

HERE = Path(__file__).parent
MANY = (
    "ar",
    "az",
    "be",
    "bg",
    "bn",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "ga",
    "gl",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "ko",
    "lt",
    "lv",
    "mk",
    "nb",
    "nl",
    "nn",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "th",
    "tr",
    "uk",
    "ur",
    "vi",
    "zh",
)
"""Languages that an author may call by their names."""


@dataclass(frozen=True)
class NewDossier:
    """What is known of a new dossier: ``about`` is a kind of ``kinds.yaml``."""

    title: str
    language: str
    span: Date
    about: str

    @property
    def slug(self) -> str:
        """The name of its folder, where none is given."""
        return slug_of(self.title) or "my-dossier"

    @property
    def territory(self) -> str:
        """The country whose readers the language has, by ISO 3166; "" where none is likely."""
        if self.language == "en":
            return "GB"  # as everywhere in the press
        parts = re.split("[-_]", self.language)
        own = next((part.upper() for part in parts[1:] if re.fullmatch("[A-Za-z]{2}", part)), "")
        likely = get_global("likely_subtags").get(parts[0].lower(), "")
        return own or (likely.rpartition("_")[2] if likely else "")


@cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    """The words of each kind of subject, by its name."""
    found: Mapping[str, Mapping[str, Any]] = own_yaml(HERE / "kinds.yaml")
    return found


def title_of(text: str) -> str:
    """A title. Raises InputError where there is none."""
    title = " ".join(text.split())
    if not title:
        raise InputError("a dossier needs a title", "write what it is called")
    return title


def language_of(text: str) -> str:
    """A language tag, also by the language's own or English name. Raises InputError."""
    word = _tags().get(text.strip().casefold(), text.strip())
    if fault := locale.language_fault(word):
        found = re.fullmatch(r"write ([\w-]+)", fault)
        if found is None:
            raise InputError(f"{word!r} is no language that is known", fault)
        word = found[1]
    if locale.right_to_left(word):
        name = locale.language_name(word, "en")
        message = f"a whole dossier in {name} cannot be set yet: its pages run from right to left"
        raise InputError(message, f"name another language; paragraphs in {name} are set well")
    return word


@cache
def _tags() -> Mapping[str, str]:
    """The tag of each language that is written in many places, by its own name and its English."""
    named = ((locale.language_name(tag, form), tag) for tag in MANY for form in (tag, "en"))
    return {name.casefold(): tag for name, tag in named}


def span_of(text: str) -> Date:
    """From when to when: EDTF, or as people write it (28/12/1879, 1871-73). Raises InputError."""
    words = " ".join(text.split())
    try:
        return _closed(dates.parse(words))
    except dates.DateError as error:
        found = re.fullmatch(r"write (\S+)", error.hint or "")
        guess = meant(words, _is_date) or (found[1] if found else "")
        if not guess or " " in guess:
            hint = guess or error.hint or "write 1871, 1871/1873 or 1871-03-14/1871-05-28"
            raise InputError(f"{words!r} is no date that is sure", hint) from None
        return _closed(dates.parse(guess))


def _is_date(text: str) -> bool:
    try:
        dates.parse(text)
    except dates.DateError:
        return False
    return True


def _closed(date: Date) -> Date:
    """A date with two ends. Raises InputError for one that is open."""
    if date.days is None:
        raise InputError("the time of a dossier has two ends", "write it like 1871/1873")
    return date


def kind_of(text: str) -> str:
    """A kind of subject. Raises InputError for a word that is none."""
    word = text.strip().casefold()
    word = {"object": "place", "life": "person", "trip": "journey", "voyage": "journey"}.get(
        word, word
    )
    if word not in kinds():
        hint = did_you_mean(word, kinds(), f"write one of {', '.join(kinds())}")
        raise InputError(f"no kind of subject is called {text.strip()!r}", hint)
    return word
