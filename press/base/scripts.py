"""Which writing a character belongs to, and a font package that has it.

The names are those of the Unicode Character Database, which begin with the script of a letter; the
packages are Debian's, where each file of the Noto family has the name of its script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_CORE = "Debian fonts-noto-core"
_CJK = "Debian fonts-noto-cjk"
_SYMBOLS = "Noto Sans Symbols 2"

FONTS: Mapping[str, tuple[str, str]] = {
    **{
        script.upper(): (f"Noto Serif {script}", _CORE)
        for script in (
            "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi",
            "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Sinhala", "Tamil",
            "Telugu", "Thai", "Tibetan",
        )
    },
    **{
        name: (f"Noto Sans {family}", _CORE)
        for name, family in (
            ("ADLAM", "Adlam"), ("BALINESE", "Balinese"), ("BRAILLE", "Symbols 2"),
            ("CANADIAN", "Canadian Aboriginal"), ("CHAM", "Cham"), ("CHEROKEE", "Cherokee"),
            ("COPTIC", "Coptic"), ("CUNEIFORM", "Cuneiform"), ("DESERET", "Deseret"),
            ("EGYPTIAN", "Egyptian Hieroglyphs"), ("GLAGOLITIC", "Glagolitic"),
            ("GOTHIC", "Gothic"), ("JAVANESE", "Javanese"), ("LIMBU", "Limbu"),
            ("MEETEI", "Meetei Mayek"), ("MONGOLIAN", "Mongolian"), ("NKO", "NKo"),
            ("OGHAM", "Ogham"), ("OL", "Ol Chiki"), ("OLD", "Old Italic"), ("ORIYA", "Oriya"),
            ("PHOENICIAN", "Phoenician"), ("RUNIC", "Runic"), ("SYRIAC", "Syriac"),
            ("TAI", "Tai Le"), ("THAANA", "Thaana"), ("TIFINAGH", "Tifinagh"), ("VAI", "Vai"),
            ("YI", "Yi"),
        )
    },
    "ARABIC": ("Noto Naskh Arabic", _CORE),
    "GREEK": ("Noto Serif", _CORE),
    "CYRILLIC": ("Noto Serif", _CORE),
    "LATIN": ("Noto Serif", _CORE),
    "COMBINING": ("Noto Serif", _CORE),
    "CJK": ("Noto Serif CJK", _CJK),
    "IDEOGRAPHIC": ("Noto Serif CJK", _CJK),
    "HIRAGANA": ("Noto Serif CJK JP", _CJK),
    "KATAKANA": ("Noto Serif CJK JP", _CJK),
    "HANGUL": ("Noto Serif CJK KR", _CJK),
    "BOPOMOFO": ("Noto Serif CJK TC", _CJK),
    "FULLWIDTH": ("Noto Serif CJK", _CJK),
    "HALFWIDTH": ("Noto Serif CJK", _CJK),
    "MUSICAL": ("Noto Music", _CORE),
    "MATHEMATICAL": ("Noto Sans Math", _CORE),
}  # fmt: skip
"""A font and the package that has it, by the first word of a character's name."""

_JOINED = (
    (0x0590, 0x08FF),  # Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours
    (0x0900, 0x109F),  # scripts of India, Thai, Lao, Tibetan, Myanmar
    (0x1100, 0x11FF),  # parts of Korean syllables
    (0x1700, 0x18AF),  # scripts of the Philippines, Khmer, Mongolian
    (0x1900, 0x1CFF),  # Limbu, Tai, Balinese, Batak, Lepcha and their neighbours
    (0xA800, 0xABFF),  # Syloti, Phags-pa, Javanese, Cham, Meetei and their neighbours
    (0x11000, 0x11FFF),  # Brahmi and the scripts that came of it
)
RIGHT_TO_LEFT = frozenset({"R", "AL", "RLE", "RLO", "RLI"})
"""Directions of the Unicode Character Database of what runs from right to left."""


def is_joined(text: str) -> bool:
    """Whether a text has letters that join, reorder, bear marks or run from right to left.

    Such letters cannot be set one after another; a font must be asked for their shapes and places.
    """
    return any(
        unicodedata.bidirectional(c) in RIGHT_TO_LEFT
        or unicodedata.category(c)[0] == "M"
        or any(low <= ord(c) <= high for low, high in _JOINED)
        for c in (() if text.isascii() else text)
    )


def script_of(words: str) -> str:
    """The script of the first letter, as Unicode names it: LATIN; empty where there is none."""
    letter = next((sign for sign in words if sign.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def remedy(character: str) -> str:
    """What to do about a character that no font has."""
    family, package = font_for(character)
    return (
        f"put a font that has it, such as {family} ({package}), into styles/fonts/, add it to "
        "styles/fonts.css, and its name to --face-native and --face-native-sans in "
        "styles/tokens.css; or write it another way"
    )


def script_named(character: str) -> str:
    """The writing that a character belongs to, as people call it: ``Tamil``, ``Old Italic``.

    Signs that are no letters, marks or figures are ``other``.
    """
    if unicodedata.category(character)[0] not in "LMN":
        return "other"
    first = unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
    named = re.fullmatch(
        r"Noto (?:Serif|Sans) ((?!CJK|Symbols|Math).+)", FONTS.get(first, ("",))[0]
    )
    return named[1] if named else first if first == "CJK" else first.title() or "other"


def font_for(character: str) -> tuple[str, str]:
    """A font that has ``character``, and its package; a font of symbols where it is no letter."""
    first = unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
    return FONTS.get(first) or (_SYMBOLS, _CORE)
