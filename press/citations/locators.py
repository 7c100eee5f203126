"""Where in a source something stands, as people write it: ``p. 12``, ``arts. 2–3``, "preamble"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_LABELS: Final[Mapping[str, str]] = {
    written: label
    for label, forms in {
        "page": "p pp page pages",
        "chapter": "ch chs chap chaps chapter chapters",
        "paragraph": "¶ ¶¶ para paras par pars paragraph paragraphs",
        "section": "§ §§ sec secs sect section sections",
        "article-locator": "art arts article articles",
        "volume": "vol vols volume volumes",
        "note": "n nn note notes fn footnote",
        "line": "l ll line lines",
        "column": "col cols column columns",
        "figure": "fig figs figure figures",
        "table": "tab table tables",
        "folio": "f ff fol fols folio folios",
        "part": "pt pts part parts",
        "book": "bk bks book",
        "verse": "v vv verse verses",
        "issue": "no nos issue",
        "appendix": "app appendix",
        "sub-verbo": "s.v",
    }.items()
    for written in forms.split()
}
_NUMERAL: Final = r"(?:[A-Za-z]{0,2}[0-9]+[A-Za-z]?|[ivxlcdmIVXLCDM]+)"
_WORDED: Final = re.compile(
    rf"(?P<word>{'|'.join(sorted(map(re.escape, _LABELS), key=len, reverse=True))})\.?"
    rf"(?:(?<=[¶§])\s*|\s+|(?<=\.))(?P<value>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_PAGES: Final = re.compile(rf"{_NUMERAL}(?:\s*[-–,]\s*{_NUMERAL})*")
_HYPHEN: Final = re.compile(rf"(?<=\w)\s*-\s*(?={_NUMERAL}\b)")
_SEVERAL: Final = re.compile(r"[–,&;]")


def parse_locator(text: str) -> tuple[str, str]:
    """A locator as written into CSL's label and its value: "pp. 225–226" is page, "225–226".

    Bare numbers are pages. What begins with no known word has the label "" and is printed as it
    stands. Hyphens between numbers become en dashes. An empty text gives two empty strings.
    """
    text = " ".join(text.split())
    label = "page" if _PAGES.fullmatch(text) else ""
    value = text
    if not label and (match := _WORDED.fullmatch(text)):
        label, value = _LABELS[match["word"].lower()], match["value"]
    return label, _HYPHEN.sub("–", value) if label else value


def is_plural(value: str) -> bool:
    """Whether a locator's value names several places: ``225–226``, ``3, 5``."""
    return bool(_SEVERAL.search(value))


@dataclass(frozen=True)
class CitationItem:
    """One source in a note, and a place in it: CSL's citation item.

    ``label`` is a CSL locator label, or "" for a ``locator`` of verbatim words; ``prefix`` are the
    author's words before it.
    """

    source: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""

    @classmethod
    def at(cls, source: str, where: str = "", prefix: str = "") -> CitationItem:
        """With its locator as an author writes it: ``CitationItem.at("dewaal", "pp. 225–226")``."""
        label, value = parse_locator(where)
        return cls(source, value, label, prefix)
