"""Where in a source something stands, as people write it: ``p. 12``, ``arts. 2–3``, "preamble"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from press.citations.engine import locale_words

_WORDS: Final[Mapping[str, str]] = {
    written: label
    for label, forms in {
        "page": "p pp pg pgs page pages",
        "chapter": "ch chs chap chaps chapter chapters",
        "¶": "¶ ¶¶",
        "paragraph": "para paras par pars paragraph paragraphs",
        "§": "§ §§",
        "section": "sec secs sect section sections",
        "article-locator": "art arts article articles",
        "volume": "vol vols volume volumes",
        "note": "n nn note notes fn footnote",
        "line": "l ll line lines",
        "column": "col cols column columns",
        "figure": "fig figs figure figures",
        "table": "tab table tables",
        "folio": "f ff fol fols folio folios",
        "part": "pt pts part parts",
        "book": "bk bks book books",
        "verse": "v vv verse verses",
        "issue": "no nos issue",
        "appendix": "app appendix",
        "sub-verbo": "s.v s.vv sv",
    }.items()
    for written in forms.split()
}
_OWN: Final[Mapping[str, Mapping[str, str]]] = {
    "de": {
        "article-locator": "Art.", "table": "Tab.", "appendix": "Anh.", "leaf": "Bl.",
        "folio": "fol.", "figure": "Abb.",
    }
}  # fmt: skip
"""Words that CSL leaves in English, or that readers of the language expect."""
_MORE: Final[Mapping[str, Mapping[str, str]]] = {
    "de": {"leaf": "bl bll blatt blätter", "volume": "bde", "article-locator": "artikel"}
}
"""Words of a language beside those that CSL and we print."""
_SIGNS: Final = {"§": "section", "¶": "paragraph"}
"""Signs that are printed as they are written, doubled for several, and CSL's labels for them."""
_AND: Final = r"(?:and|to|or|und|bis|oder|et|à|ou)"
_NUMERAL: Final = r"(?:[A-Za-z]{0,2}[0-9]+[A-Za-z]?|[ivxlcdmIVXLCDM]+)"
_PAGES: Final = re.compile(rf"{_NUMERAL}(?:\s*[-–,]\s*{_NUMERAL})*")
_COUNTED: Final = re.compile(
    rf"[^\W\d_]{{0,2}}[0-9].*|(?:{_NUMERAL}|[A-Za-z])(?:\s*[-–,;(&].*)?", re.DOTALL
)
"""What a word like "chapter" counts: "line of reasoning" is no line."""
_HYPHEN: Final = re.compile(rf"(?<=\w)\s*-\s*(?={_NUMERAL}\b)")
_ONE: Final = r"(?:[^\s,;&–-]*[0-9][^\s,;&–-]*|[ivxlcdm]+|[a-z])"
_SEVERAL: Final = re.compile(
    rf"{_ONE}(?:\s*[-–,;&]\s*|\s+{_AND}\s+){_ONE}(?!\w)(?!\s+(?!{_AND}\b)[^\W\d_]{{3,}})"
    rf"|{_ONE}\s?ff?\b",
    re.IGNORECASE,
)
"""A range or a list at the head of a value; "7, 12 July" is a number and a day."""


def parse_locator(text: str, language: str = "en") -> tuple[str, str]:
    """A locator as written into CSL's label and its value: "pp. 225–226" is page, "225–226".

    Words are English or the language's own (``S. 12``, ``Bl. 4``). Bare numbers are pages. What
    begins with no known word, or with one that counts nothing, has the label "" and is printed as
    it stands. Hyphens between numbers become en dashes. An empty text gives two empty strings.
    """
    text = " ".join(text.split())
    label = "page" if _PAGES.fullmatch(text) and not _joined_page(text) else ""
    value = text
    words, pattern = _worded(language)
    if not label and (match := pattern.fullmatch(text)):
        found = words[match["word"].casefold()]
        if found == "sub-verbo" or _COUNTED.fullmatch(match["value"]):
            label, value = found, match["value"]
    return label, _HYPHEN.sub("–", value) if label else value


def _joined_page(text: str) -> bool:
    """Whether a page's sign is written to its number: ``p5``, ``pp3-5``."""
    return re.match(r"pp?[0-9]", text) is not None


@lru_cache(maxsize=64)
def _worded(language: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """The label of each word for a place in a source, and what matches such a word and a value."""
    own = {
        word.rstrip(".").casefold(): label
        for label in dict.fromkeys(_WORDS.values())
        for word in (*locale_words(language, label), own_word(label, language))
        if word and word[0] not in _SIGNS
    }
    base = language.partition("-")[0]
    own |= {w: label for label, words in _MORE.get(base, {}).items() for w in words.split()}
    words = {**_WORDS, **own}
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return words, re.compile(
        rf"(?P<word>{listed})\.?(?:(?<=[¶§°ᵒ])\s*|\s+|(?<=\.)|(?<=p)(?=[0-9]))(?P<value>\S.*)",
        re.IGNORECASE | re.DOTALL,
    )


def own_word(label: str, language: str) -> str:
    """The word for a place that stands instead of CSL's; empty for most."""
    return _OWN.get(language.partition("-")[0], {}).get(label, "")


def csl_label(label: str) -> str:
    """The label that CSL knows: a paragraph sign is a "section", unknown words are a "place"."""
    return _SIGNS.get(label, "folio" if label == "leaf" else label) or "place"


def sign(label: str, value: str) -> str:
    """The sign for a place that is counted by one, twice where it is several; else empty."""
    return label * (1 + is_plural(value)) if label in _SIGNS else ""


def divided(value: str, language: str) -> tuple[str, str, str]:
    """A value before the next word for a place, what divides them, and the rest from that word.

    "2, p. 5" is "2", ", " and "p. 5"; a value with no such word is whole.
    """
    for gap in re.finditer(r"[,;]?\s+", value):
        rest = value[gap.end() :]
        match = _worded(language)[1].fullmatch(rest)
        if match and _COUNTED.fullmatch(match["value"]):
            return value[: gap.start()], gap[0], rest
    return value, "", ""


def is_plural(value: str) -> bool:
    """Whether a locator's value names several places: ``225–226``, ``3, 5``; not ``2, p. 5``."""
    return bool(_SEVERAL.match(value))


@dataclass(frozen=True)
class CitationItem:
    """One source in a note, the place in it as the author writes it, and the words before it.

    ``carrier`` says that the source before it was read in this one, as quoted there.
    """

    source: str
    at: str = ""
    prefix: str = ""
    carrier: bool = False
