"""Where on the set pages a finding belongs: from file and line to page and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from press.base.boxes import overlap
from press.base.finding import Finding, Rect
from press.content import kinds, locate
from press.content.load import Loaded
from press.typeset.layout import Layout, TextLine

READ = 80
"""Signs of a line of the content, from the column of a fault on, that are looked for in print."""
GRAM = 8
"""Letters that print and content must share to be held for the same."""
LEAST_READ = 3
"""Letters that are looked for at the least, where there are more on the line or above it."""
ABOVE = 10
"""Lines of a chapter, from that of a fault upwards, whose words are looked for."""


def placed(findings: Iterable[Finding], layout: Layout, loaded: Loaded) -> tuple[Finding, ...]:
    """``findings`` with page and box, where they have none and the pages show what they mean."""
    homes = {anchor: home for anchor in _anchors(layout) if (home := locate.home(loaded, anchor))}
    return tuple(_placed(finding, layout, loaded, homes) for finding in findings)


def _anchors(layout: Layout) -> Iterator[str]:
    paths = [one.anchors for one in layout.lines] + [one.anchors for one in layout.pictures]
    yield from dict.fromkeys(anchor for path in paths for anchor in path)


def _placed(
    finding: Finding, layout: Layout, loaded: Loaded, homes: dict[str, tuple[str, int, int]]
) -> Finding:
    file = loaded.snapshot.own_name(finding.file)
    if finding.box or not finding.line or file not in loaded.snapshot.files:
        return finding
    ranges = {
        anchor: last - first
        for anchor, (name, first, last) in homes.items()
        if name == file and first <= finding.line <= last
    }
    own = sorted(ranges, key=lambda anchor: ranges[anchor])[:1]
    printed = [line for line in layout.lines if line.part != "margin"]
    lines = [line for line in printed if set(own) & set(line.anchors)]
    if finding.page:
        lines = [line for line in lines if line.page == finding.page]
    among = lines or (() if own else printed)
    alike = (_alike(words, among) for words in _words(loaded, file, finding))
    if line := next(filter(None, alike), None) or next(iter(lines), None):
        return replace(finding, page=line.page, box=line.box)
    if spot := next(_drawn(layout, own), None):
        return replace(finding, page=spot[0], box=spot[1])
    return finding


def called(loaded: Loaded, anchors: Sequence[str]) -> tuple[str, str]:
    """Kind and id of the thing for which the innermost anchor stands; both "" where none does."""
    for anchor in reversed(anchors):
        name, _, ident = anchor.partition("-")
        if name in kinds.KINDS and ident in (things := kinds.things(loaded.dossier, name)):
            return (things[ident].kind if name == "plate" else name), ident
    return "", ""


def anchors_at(layout: Layout, page: int, box: Rect) -> tuple[str, ...]:
    """The anchors around a place of a page: of the smallest line or picture that it lies in."""
    boxes = [(line.box, line.anchors) for line in layout.lines if line.page == page]
    boxes += [(one.box, one.anchors) for one in layout.pictures if one.page == page]
    met = [(_size(around), anchors) for around, anchors in boxes if overlap(around, box)]
    return min(met, default=(0.0, ()))[1]


def _size(box: Rect) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _drawn(layout: Layout, anchors: Sequence[str]) -> Iterator[tuple[int, Rect]]:
    """Page and box of each picture or drawing at one of the anchors."""
    for picture in layout.pictures:
        if set(anchors) & set(picture.anchors):
            yield picture.page, picture.box


def _words(loaded: Loaded, file: str, finding: Finding) -> Iterator[str]:
    """The letters of the content to look for: where a finding stands, of its line, of those above.

    A few letters, like the figure in a cell, stand anywhere on a page: only more tell a place.
    """
    line = loaded.snapshot.line(file, finding.line)
    after = locate.plain(line[max(finding.column - 1, 0) :][:READ])
    if len(after) >= LEAST_READ:
        yield after
    above = ABOVE if file.endswith(".md") else 1
    for number in range(finding.line, max(finding.line - above, 0), -1):
        words = locate.plain(loaded.snapshot.line(file, number)[:READ])
        if len(words) >= LEAST_READ:
            yield words
    if after:
        yield after


def _alike(letters: str, lines: Iterable[TextLine]) -> TextLine | None:
    """The line that shares most with ``letters``; None where none has so much as a word of them."""
    grams = {letters[at : at + GRAM] for at in range(max(len(letters) - GRAM + 1, 1))} - {""}
    best, found = 0, None
    for line in lines:
        text = locate.plain(line.text)
        shared = sum(gram in text for gram in grams)
        if len(text) >= LEAST_READ and text in letters:  # a cell of a row, an item of a line
            shared += len(text)
        if shared > best:
            best, found = shared, line
    return found
