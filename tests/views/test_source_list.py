"""The list of sources: two columns where the page is wide, and no entry parted."""

from __future__ import annotations

import re
from functools import cache

import pytest

from press.base import pdfium
from press.content.load import load
from press.content.snapshot import Snapshot, read
from press.views import sources
from tests.conftest import DOSSIERS, Printed
from tests.prose.test_prose import chapter, prose

COUNT, FEW = 40, 8
KINDS = ("primary", "press", "secondary", "reference")
TITLES = ("Primary sources", "Press and agencies", "Secondary literature", "Reference works")


@cache
def crowded(remark: str = "", count: int = COUNT) -> Snapshot:
    """Sources of four kinds, each cited; ``remark`` stands behind how the first was read."""
    entries = [
        f"""\
  - id: s{n}
    type: webpage
    kind: {KINDS[n * 4 // count]}
    author: "Able{n:02}, Ann"
    title: Report {n} on the state of the valley and of those who live in it
    url: https://www.example.org/archive/1993/report-{n}-on-the-state-of-the-valley.html
    issued: 1993-08-{n % 28 + 1:02}
    checked: Opening read{"" if n else remark}.
    short: Able {n:02}
"""
        for n in range(count)
    ]
    tight = read(DOSSIERS / "tight", "tight").files
    chapter = "# A\n\n" + "\n\n".join(f"It was so [@s{n}]." for n in range(count))
    files = {
        "dossier.yaml": tight["dossier.yaml"],
        "sources.yaml": ("sources:\n" + "".join(entries)).encode(),
        "chapters/01-a.md": chapter.encode(),
    }
    return Snapshot("tight", "tight", files)


def lines(pdf: bytes) -> list[tuple[int, int, int, str]]:
    """The page, the left edge, the height from the top in points, and the words of each line."""
    found = []
    with pdfium.opened(pdf) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                words = text.get_text_bounded(left, bottom, right, top).strip()
                found.append((number, round(left), round(page.get_height() - top), words))
    return found


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_sources_stand_in_two_columns(printed: Printed, paper: str) -> None:
    """Labels begin at two edges, run down the first column and then the second; none is parted."""
    made = printed("dossier", paper, snapshot=crowded())
    assert [] == [f for f in made.findings if f.code.startswith(("P4", "W5"))]
    labels = [(page, left, int(m[1])) for page, left, _, words in lines(made.pdf)
              if (m := re.match(r"Able (\d\d)$", words))]  # fmt: skip
    assert len(labels) == COUNT
    assert [number for _, _, number in labels] == list(range(COUNT))
    for page in {page for page, _, _ in labels}:
        assert len({left for at, left, _ in labels if at == page}) == 2


def test_entry_and_heading_are_not_parted(printed: Printed) -> None:
    """What was read stands in the column of its label; under each heading is an entry."""
    found = lines(printed("dossier", "a4", snapshot=crowded()).pdf)
    first = next(n for n, line in enumerate(found) if line[3] == TITLES[0])
    listed = found[first:]
    label: tuple[int, int, int, str] | None = None
    ends = 0
    for line in listed:
        if re.match(r"Able \d\d$", line[3]):
            label = line
        elif "read." in line[3] and label:
            assert line[0] == label[0]
            assert line[2] > label[2]
            ends += 1
            label = None
    assert ends == COUNT
    for title in TITLES:
        (at,) = (n for n, line in enumerate(listed) if line[3] == title)
        assert listed[at][0] == listed[at + 1][0]


def test_one_column_where_the_page_is_narrow(printed: Printed) -> None:
    """On a tablet labels begin at one edge."""
    found = lines(printed("screen", snapshot=crowded(count=FEW)).pdf)
    assert len({left for _, left, _, words in found if re.match(r"Able \d\d$", words)}) == 1


def test_notes_in_the_list_are_kept(printed: Printed) -> None:
    """Where a source's remark has a note its kind stands in one column, and the note once."""
    made = printed("dossier", "a4", snapshot=crowded(", says he^[Told in a letter of 1994.]", FEW))
    assert [] == [f for f in made.findings if f.code.startswith(("P3", "P4"))]
    found = lines(made.pdf)
    assert 1 == sum("Told in a letter of 1994" in words for _, _, _, words in found)


LISTED = """\
sources:
  - {id: late, type: article-newspaper, kind: press, title: Alps, container: Alpha, issued: 1866,
     checked: Read.}
  - {id: none, type: article-newspaper, kind: press, title: Bells, container: Beta, checked: Read.}
  - {id: early, type: article-newspaper, kind: press, title: Zinal, container: Zeta, issued: 1865,
     checked: Read.}
  - {id: read, type: book, kind: secondary, title: Peaks, author: "Able, Ann", issued: 1990,
     checked: Read.}
  - {id: apart, type: book, kind: secondary, title: Ropes, author: "Baker, Bo", issued: 1980,
     checked: Not read; listed for further reading.}
  - {id: leant-on, type: book, kind: secondary, title: Snow, author: "Cole, Cy", issued: 1985,
     checked: Not read.}
"""


def test_papers_stand_by_day_and_further_reading_apart(matterhorn: Snapshot) -> None:
    """A book that was not read is further reading, unless something cites it all the same."""
    files = {**matterhorn.files, "sources.yaml": LISTED.encode()}
    dossier = load(Snapshot("m", "m", files)).dossier
    stage = prose(dossier)
    stage.chapter(chapter("It is so [@leant-on; @late]."))
    view = sources.view(dossier, stage)
    assert view is not None
    listed = {group.title: [one.source.id for one in group.entries] for group in view.entries}
    assert listed == {
        "Press and agencies": ["early", "late", "none"],
        "Secondary literature": ["read", "leant-on"],
        "Further reading": ["apart"],
    }
