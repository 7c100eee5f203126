"""The words the press prints of its own accord: a flat YAML file for each language.

``<language>.yaml`` holds dotted keys and their words. A language without a file of its own speaks
English; a key that no file has is a mistake of ours and raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from press.base.finding import did_you_mean
from press.base.own_yaml import own_yaml
from press.locale.locales import checked

HERE = Path(__file__).parent


class MessageError(LookupError):
    """A key that is in no catalogue."""


class Catalogue(dict[str, str]):
    """The words of one language, with English under them; nobody changes it."""

    def __missing__(self, key: str) -> str:
        hint = did_you_mean(key, self, "add it to press/locale/en.yaml")
        raise MessageError(f"no catalogue has the message {key!r}; {hint}")


@lru_cache(maxsize=64)
def own_words(language: str) -> Mapping[str, str]:
    """What ``<language>.yaml`` itself says; empty where there is no such file."""
    source = HERE / f"{language}.yaml"
    words: Mapping[str, str] = own_yaml(source) if source.is_file() else {}
    return words


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The tags of the languages that have a catalogue, in alphabetical order."""
    return tuple(sorted(path.stem for path in HERE.glob("*.yaml")))


def truth(word: str) -> bool | None:
    """What a word for true or false says in any of the languages; None for other words."""
    plain = word.strip().rstrip(".!").casefold()
    for words in map(own_words, languages()):
        for key, value in (("worksheet.yes", True), ("worksheet.no", False)):
            if plain in words.get(key, "").split():
                return value
    return None


_YES = """
    true yes y on 1 ok si sí sì sim da да так tak ano áno evet hə bəli այո კი ναι igen kyllä
    joo jah jā taip tá نعم כן 是 对 はい 예 네 v w r t richtig vero cierto verdadero verdadeiro
    prawda правда верно waar juist sant sann sandt doğru
"""
_NO = """
    false no n off 0 nope não nao ne nie net нет ні hayır xeyr ոչ არა όχι οχι nem ei nē nej
    nei nee لا לא 否 不 いいえ 아니요 f falso fałsz ложь неверно onwaar onjuist falskt usant galt
    yanlış səhv sbagliato incorrecto incorreto
"""
"""Words for true and false in languages without a catalogue: what is meant, not what is read."""


def truth_meant(word: str) -> bool | None:
    """What a word for true or false says in any language of many; None for other words."""
    plain = word.strip().rstrip(".!").casefold()
    if (read := truth(word)) is not None:
        return read
    yes, no = _YES.split(), _NO.split()
    return plain in yes if plain in (*yes, *no) else None


@lru_cache(maxsize=64)
def messages(language: str) -> Catalogue:
    """The catalogue of a BCP 47 language tag: its own words, its base language's, then English.

    Raises LanguageError for a malformed tag; reading an unknown key raises MessageError.
    """
    words = Catalogue(own_words("en"))
    subtags = checked(language).split("-")
    for length in range(1, len(subtags) + 1):
        words.update(own_words("-".join(subtags[:length])))
    return words


@lru_cache(maxsize=64)
def has_words(language: str) -> bool:
    """Whether the language has a catalogue of its own, and so does not borrow English words."""
    return bool(own_words(checked(language).split("-")[0]))
