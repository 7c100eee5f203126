"""A table that goes over to the next page has two rows at the least on either side."""

from __future__ import annotations

import re

import pytest

from press.base import pdfium
from press.content.snapshot import Snapshot, read
from tests.conftest import DOSSIERS, Printed

TABLE = "title: Rows\ncolumns:\n  - {key: what, label: What}\nrows:\n"


def with_rows(count: int, words: int = 0) -> Snapshot:
    """The tiny dossier with a table of ``count`` rows, behind a chapter of so many paragraphs."""
    files = dict(read(DOSSIERS / "tiny", "tiny").files)
    del files["plates.yaml"]
    rows = "".join(f"  - {{what: Row {n} of it}}\n" for n in range(1, count + 1))
    text = "# Words\n\n" + "A paragraph of one line.\n\n" * (1 + words)
    own = {"tables/rows.yaml": (TABLE + rows).encode(), "chapters/01-words.md": text.encode()}
    return Snapshot("tiny", "tiny", {**files, **own})


def rows_of_pages(made: bytes) -> list[int]:
    """How many rows stand on each page that has some."""
    with pdfium.opened(made) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    counts = [len(re.findall(r"Row\s\d+\sof\sit", page)) for page in pages]
    return [count for count in counts if count]


def test_one_row_more_than_a_page_takes_another_along(printed: Printed) -> None:
    """The last row is not alone overleaf, and the head is repeated over it."""
    first, second, *_ = rows_of_pages(printed(snapshot=with_rows(90)).pdf)
    made = printed(snapshot=with_rows(first + second + 1))
    assert [first, second - 1, 2] == rows_of_pages(made.pdf)
    with pdfium.opened(made.pdf) as document:
        heads = [page.get_textpage().get_text_bounded().count("What") for page in document]
    assert 3 == sum(heads)


@pytest.mark.parametrize("words", [1, 2, 3])
def test_no_row_stands_alone_at_the_foot(printed: Printed, words: int) -> None:
    """Wherever on a page a table begins, its first row has another below it."""
    assert min(rows_of_pages(printed(snapshot=with_rows(60, words)).pdf)) >= 2
