"""Whether the words of each line stand in the order in which they were written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from press.base.finding import PageRemark
from press.typeset.directions import APART, first, has_leftward, last
from press.typeset.expected import Expected
from press.typeset.layout import TextLine, TextRun
from press.typeset.typeset import SetPages

NAMED = 3
"""Lines in another order that are named of one page."""


def words_in_disorder(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P413: words stand in another order than they were written in, or run from the wrong side."""
    hint = (
        "write what runs from right to left as a paragraph of its own, or without links and"
        " emphasis in it; take direction out of the theme and styles/local.css"
    )
    for number, lines in groupby(pages.layout.lines, key=lambda line: line.page):
        for line, words in islice(_disordered(lines), NAMED):
            message = f"words stand in another order than they were written in: “{words}”"
            yield expected.remark(message, hint, number, words, line.anchors, line.box)


def _disordered(lines: Iterator[TextLine]) -> Iterator[tuple[TextLine, str]]:
    """The lines in which words stand on the wrong side of others, with these words."""
    for line in lines:
        if has_leftward(line.text) and (words := _on_wrong_side(line)):
            yield line, words


def _on_wrong_side(line: TextLine) -> str:
    """The first run of words and the one before it, between which the order is lost; "" if none.

    Two runs of one direction follow each other in it, two of different ones in that of their line
    (Unicode Standard Annex 9, L2). A number goes with what stands before it; the call of a note
    may stand anywhere.
    """
    before: tuple[TextRun, bool] | None = None
    for run in line.runs:
        if not any(map(str.isalnum, run.text)) or _is_call(run, line):
            continue
        ends = first(run.text), last(run.text)
        going = line.leftwards if before is None else before[1]
        begins, ending = (going if end is None else end for end in ends)
        if before is not None:
            leftwards = begins if begins == before[1] else line.leftwards
            if (run.left < before[0].left) != leftwards:
                return f"{before[0].text.strip()} {run.text.strip()}"
        before = run, ending
    return ""


def _is_call(run: TextRun, line: TextLine) -> bool:
    """Whether a run in the text is the number of a note at the foot."""
    classes = () if run.element is None else run.element.get("class", "").split()
    return line.part == "main" and not APART.isdisjoint(classes)
