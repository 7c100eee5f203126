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

_SIGNS: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    ("Noto Serif", ((0x2010, 0x205E), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x215F))),
    ("Noto Sans Symbols", (
        (0x2160, 0x2183), (0x2185, 0x2188), (0x2190, 0x2199), (0x2300, 0x230F), (0x2460, 0x24FF),
        (0x260A, 0x260D), (0x2638, 0x263B), (0x263D, 0x2653), (0x2669, 0x267E), (0x2690, 0x269D),
        (0x26A2, 0x26A9), (0x26AD, 0x26BC), (0x26E2, 0x26FF), (0x271D, 0x2721), (0x2776, 0x2793),
        (0x1F100, 0x1F10C), (0x1F110, 0x1F16C), (0x1F700, 0x1F773),
    )),
    ("Noto Sans Math", (
        (0x219A, 0x21AE), (0x21B0, 0x21E5), (0x21F4, 0x22FF), (0x27C0, 0x27FF), (0x2900, 0x2AFF),
    )),
    (_SYMBOLS, (
        (0x23F1, 0x2426), (0x2440, 0x244A), (0x25A0, 0x2609), (0x260E, 0x2612), (0x2614, 0x2623),
        (0x2630, 0x2637), (0x2654, 0x2668), (0x267F, 0x268F), (0x269E, 0x26A1), (0x26AA, 0x26AC),
        (0x26BD, 0x26CD), (0x26CF, 0x26E1), (0x2700, 0x2704), (0x2706, 0x2709), (0x270B, 0x271C),
        (0x2722, 0x2727), (0x2729, 0x274B), (0x2756, 0x2775), (0x2798, 0x27AF), (0x2B00, 0x2B0D),
        (0x2B12, 0x2B2F), (0x2B4D, 0x2B73), (0x4DC0, 0x4DFF), (0x1F000, 0x1F02B),
        (0x1F0A0, 0x1F0AE), (0x1F650, 0x1F67F), (0x1F780, 0x1F7D8),
    )),
)  # fmt: skip
"""Signs that are no letters of a script, by the cmaps of the fonts of Debian 12."""

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


_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")


def is_seen(text: str) -> bool:
    """Whether print shows anything of a text: no blanks, joiners, marks of direction and the like.

    Such are what copying from web pages and mail leaves behind (Unicode Standard, 5.21).
    """
    return any(
        unicodedata.category(c) not in ("Cc", "Cf", "Zs", "Zl", "Zp") and c not in _BLANK
        for c in _SELECTORS.sub("", text)
    )


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
    which = f"such as {family} ({package})" if family else "if you know one"
    advice = (
        f"put a font that has it, {which}, into styles/fonts/, add it to styles/fonts.css, and its "
        "name to --face-native and --face-native-sans in styles/tokens.css"
    )
    return f"{advice}; or write it another way" if family else f"write it in words; or {advice}"


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
    """A font that has ``character``, and its package; empty where none is known for a sign."""
    first = unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
    if known := FONTS.get(first):
        return known
    code = ord(character)
    for family, ranges in _SIGNS:
        if any(low <= code <= high for low, high in ranges):
            return family, _CORE
    return "", ""
