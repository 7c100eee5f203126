"""Words of scripts that run from right to left stand in the order in which they were written."""

from __future__ import annotations

from random import Random
from xml.etree.ElementTree import tostring

import pypdfium2 as pdfium
import pytest

from press.base.document import Document
from press.typeset import directions
from press.typeset.engine import HTML
from press.typeset.expected import Expected
from press.typeset.typeset import SetPages, typeset
from press.typeset.word_order import words_in_disorder
from tests.conftest import ROOT

NOBODY = Expected("x.pdf", frozenset())
FONTS = ROOT / "styles/fonts"
FACES = {
    "latin.otf": next(FONTS.glob("source-serif*/*-Regular.*tf")),
    "arabic.ttf": FONTS / "noto-arabic/NotoNaskhArabic-Regular.ttf",
}


@pytest.mark.parametrize(
    ("given", "set_as"),
    [
        ("<p>Only <b>English</b>, of عكا.</p>", "<p>Only <b>English</b>, of عكا.</p>"),
        ("<p>حاصر <a>عكا</a> 1799.</p>", '<p dir="rtl">حاصر <a>عكا</a> 1799.</p>'),
        ("<p>1 <a>يوليو</a> 1798</p>", '<p dir="rtl">1 <a>يوليو</a> 1798</p>'),
        (
            "<p>He said حاصر <b>الفرنسيون</b> عكا 1799, no more.</p>",
            '<p>He said <span dir="rtl">حاصر <b>الفرنسيون</b> عكا 1799</span>, no more.</p>',
        ),
        (
            "<p>كتب Napoléon <em>B</em>, p. 68 ذلك.</p>",
            '<p dir="rtl">كتب <span dir="ltr">Napoléon <em>B</em>, p. 68</span> ذلك.</p>',
        ),
        (
            "<p>In <em>حاصر <b>عكا</b> and more</em>.</p>",
            '<p>In <em><span dir="rtl">حاصر <b>عكا</b></span> and more</em>.</p>',
        ),
        (
            "<table><tr><td>عكا</td><td>Acre</td></tr></table>",
            '<table><tr><td dir="rtl">عكا</td><td>Acre</td></tr></table>',
        ),
        (
            '<p>حاصر<span class="note">See <i>Cole</i>.</span> عكا</p>',
            '<p dir="rtl">حاصر<span class="note" dir="ltr">See <i>Cole</i>.</span> عكا</p>',
        ),
        (
            "<ul><li>עכו <b>בעיר</b></li><li>Acre</li></ul>",
            '<ul dir="rtl"><li>עכו <b>בעיר</b></li><li dir="ltr">Acre</li></ul>',
        ),
        ("<p>Call it <b>عكا</b>.</p>", "<p>Call it <b>عكا</b>.</p>"),
    ],
)
def test_each_block_and_each_run_has_its_direction(given: str, set_as: str) -> None:
    """Blocks run as their first letter; several boxes that run against their block become one."""
    root = HTML(string=f"<body>{given}</body>").etree_element
    directions.give(root)
    body = root.find("body")
    printed = tostring(body, encoding="unicode").replace("<tbody>", "").replace("</tbody>", "")
    assert printed == f"<body>{set_as}</body>"


def paragraph(random: Random) -> tuple[str, str]:
    """A paragraph of mixed words with marks in it, and the same words without any."""
    arabic = ["حاصر", "الفرنسيون", "عكا", "في", "الربيع", "المدينة"]
    latin = ["Acre", "fell", "in", "the", "spring"]
    marked, plain = [], []
    words = random.choice([arabic, latin])
    for _ in range(random.randrange(3, 7)):
        words = arabic if words is latin else latin
        for word in random.sample(words, random.randrange(1, 4)):
            tag = random.choice(["", "", "b", "i", "a"])
            marked.append(f"<{tag}>{word}</{tag}>" if tag else word)
            plain.append(word)
    return " ".join(marked), " ".join(plain)


def as_printed(pages: SetPages) -> list[str]:
    """The letters of each line from left to right, as the PDF places them."""
    lines: dict[int, list[tuple[float, str]]] = {}
    with pdfium.PdfDocument(pages.pdf) as pdf:
        for number in range(len(pdf)):
            text = pdf[number].get_textpage()
            for index in range(text.count_chars()):
                sign = text.get_text_range(index, 1)
                if sign.strip():
                    left, bottom, _, top = text.get_charbox(index, loose=True)
                    key = number * 10_000 - round((bottom + top) / 2 / 10)
                    lines.setdefault(key, []).append((left, sign))
    return ["".join(sign for _, sign in sorted(line)) for _, line in sorted(lines.items())]


def document(*paragraphs: str, css: str = "") -> Document:
    """Paragraphs of one line each."""
    faces = "".join(f'@font-face{{font-family:"{n}";src:url("{n}")}}' for n in FACES)
    text = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title><style>'
        f"@page{{size:900mm 500mm}}{faces}html{{font:12pt/30pt {','.join(map(repr, FACES))}}}"
        f"b,i,a{{font-weight:400;font-style:normal}}p{{margin:0}}{css}</style></head><body>"
        f"{''.join(f'<p>{words}</p>' for words in paragraphs)}</body></html>"
    )
    return Document(text, {name: path.read_bytes() for name, path in FACES.items()})


def test_marks_change_no_order() -> None:
    """Sixty random lines of two scripts read with links and emphasis as they read without.

    Without, a line is one text to Pango, which follows the Unicode algorithm by itself.
    """
    random = Random(7)  # noqa: S311 no secret
    pairs = [paragraph(random) for _ in range(60)]
    marked = typeset(document(*(one for one, _ in pairs)))
    plain = typeset(document(*(one for _, one in pairs)))
    assert as_printed(marked) == as_printed(plain)
    assert list(words_in_disorder(marked, NOBODY)) == []


def test_a_lost_order_is_found() -> None:
    """Where a style sheet undoes the direction, the words are named."""
    random = Random(7)  # noqa: S311 no secret
    pairs = [paragraph(random) for _ in range(20)]
    pages = typeset(document(*(one for one, _ in pairs), css="*{direction:ltr}"))
    assert as_printed(pages) != as_printed(typeset(document(*(one for _, one in pairs))))
    (first, *_) = words_in_disorder(pages, NOBODY)
    assert "another order" in first[1]
