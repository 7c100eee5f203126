"""Alphabetical order as the reader of a language expects it, and the letter a name is filed under.

Letters first, accents only between equals, punctuation never. Letters that a language counts as
its own (Swedish å after z, Azerbaijani ə after e, Spanish ñ after n, й after и) stand where its
alphabet has them, after the collation charts of CLDR.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
_ALPHABETS = {
    "az": "a b c ç d e ə f g ğ h x ı i j k q l m n o ö p r s ş t u ü v w y z",
    "be": "а б в г д е ё ж з і й к л м н о п р с т у ў ф х ц ч ш ы ь э ю я",
    "bg": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ь ю я",
    "bs": "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž",
    "cs": "a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž",
    "da": f"{_LATIN} æ ø å",
    "es": "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z",
    "et": "a b c d e f g h i j k l m n o p q r s š z ž t u v w õ ä ö ü x y",
    "fi": f"{_LATIN} å ä ö",
    "hr": "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž",
    "hu": "a b c cs d dz dzs e f g gy h i j k l ly m n ny o ö p q r s sz t ty u ü v w x y z zs",
    "is": "a á b c d ð e é f g h i í j k l m n o ó p q r s t u ú v w x y ý z þ æ ö å",
    "lt": "a b c č d e f g h i j k l m n o p q r s š t u v w x y z ž",
    "lv": "a b c č d e f g ģ h i j k ķ l ļ m n ņ o p q r s š t u v w x y z ž",
    "nb": f"{_LATIN} æ ø å",
    "nn": f"{_LATIN} æ ø å",
    "no": f"{_LATIN} æ ø å",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "ro": "a ă â b c d e f g h i î j k l m n o p q r s ș t ț u v w x y z",
    "ru": "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "sk": "a ä b c č d e f g h ch i j k l m n o ô p q r s š t u v w x y z ž",
    "sl": "a b c č ć d đ e f g h i j k l m n o p q r s š t u v w x y z ž",
    "sq": "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th u v w x xh y z zh",
    "sv": f"{_LATIN} å ä ö",
    "tr": "a b c ç d e f g ğ h ı i j k l m n o ö p q r s ş t u ü v w x y z",
    "uk": "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я",
}
LETTERS = {
    "ə": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
}  # fmt: skip
"""Letters that are no letter of the English alphabet with a mark, and what stands for them."""
_FOLDED = str.maketrans(dict(LETTERS))
_DOTTED = frozenset({"az", "tr"})
_GAP, _DIGIT, _LETTER, _OTHER = 0, 1, 100, 1000

Key = tuple[tuple[int, ...], str]


@lru_cache(maxsize=16)
def _letters(language: str) -> dict[str, int]:
    alphabet = _ALPHABETS.get(language.partition("-")[0].lower(), _LATIN).split()
    return {letter: number for number, letter in enumerate(alphabet)}


def collation(name: str, language: str = "en") -> Key:
    """A key that sorts names word by word in the order of ``language``."""
    return tuple(number for number, _ in _elements(name, language)), name


def folded(name: str, language: str = "en") -> tuple[int, ...]:
    """What names share that differ only in case, accents and punctuation."""
    return collation(name, language)[0]


def initial(name: str, language: str = "en") -> str:
    """The capital letter that ``name`` is filed under; ``0–9`` for digits, "" for signs alone."""
    for number, letter in _elements(name, language):
        if number == _GAP:
            continue
        if number < _LETTER:
            return "0–9"
        dotted = letter == "i" and language.partition("-")[0] in _DOTTED
        return "İ" if dotted else letter[:1].upper() + letter[1:]
    return ""


def _elements(name: str, language: str) -> list[tuple[int, str]]:
    """(place in the order, letter) of everything in ``name`` that counts."""
    base = language.partition("-")[0].lower()
    if base in _DOTTED:
        name = name.replace("I", "ı").replace("İ", "i")
    text = unicodedata.normalize("NFC", name).casefold()
    letters = _letters(base)
    longest = max(map(len, letters))
    found: list[tuple[int, str]] = []
    at = 0
    while at < len(text):
        for size in range(min(longest, len(text) - at), 0, -1):
            letter = text[at : at + size]
            if letter in letters:
                found.append((_LETTER + letters[letter], letter))
                at += size
                break
        else:
            found.extend(_plain(text[at], letters))
            at += 1
    while found and found[0][0] == _GAP:
        del found[0]
    return found


def _plain(character: str, letters: dict[str, int]) -> list[tuple[int, str]]:
    """The elements of a character that the alphabet does not have as it stands."""
    if character.isspace() or unicodedata.category(character) == "Pd":
        return [(_GAP, "")]
    elements = []
    for part in unicodedata.normalize("NFKD", character).translate(_FOLDED):
        if part in letters:
            elements.append((_LETTER + letters[part], part))
        elif part.isdecimal():
            elements.append((_DIGIT + int(part), part))
        elif part.isalpha():
            elements.append((_OTHER + ord(part), part))
    return elements
