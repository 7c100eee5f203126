"""Differences in words for the terminal, and as one HTML file that needs nothing beside it."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pypdfium2
from markupsafe import Markup

from press.base import pdfium
from press.base.finding import Rect
from press.base.templates import environment, filled
from press.content.load import Loaded
from press.diff import Change, Differences, PagePair, compare
from press.diff.drawings import picture
from press.typeset.folios import listed

TEMPLATE = "reports/diff.html"
SHEET = "styles/reports/diff.css"
SCALE = 1.6
"""Dots to the point of the pages in the report."""
PICTURED = 60
"""Pages that are shown as pictures; more are only listed."""
_SHOWN = 160
"""Letters of a value that the terminal shows."""

# -- for the terminal --------------------------------------------------------------------------


def summary(found: Differences) -> Iterator[str]:
    """The differences as lines of text."""
    yield f"{found.title}: {found.old} → {found.new}"
    for title, changes in (("facts", found.facts), ("sources", found.sources)):
        if changes:
            yield f"{title}: {_counted(changes)}"
        for change in changes:
            yield f"  {change.kind} {change.address}: {_marked(change)}"
            yield f"    {' → '.join(change.written)}"
    if found.paragraphs:
        yield f"paragraphs: {_counted(found.paragraphs)}"
    for change in found.paragraphs:
        yield f"  {' → '.join(change.written)}: {_marked(change)}"
    if found.files:
        yield f"other files: {', '.join(found.files)}"
    if found.coverage[0] != found.coverage[1]:
        yield f"coverage: {' → '.join(found.coverage)}"
    if found.pages:
        yield f"pages: {paged(found.pages)}"


def _marked(change: Change) -> str:
    """Old and new in a line: whole where they are short, else what differs."""
    old, new = change.old, change.new
    if not old or not new:
        return f"{'+' if new else '-'} {_short(new or old)}"
    if old == new:
        return f"moved, no word changed: {_short(new)}"
    if len(old) + len(new) <= _SHOWN:
        return f"{old} → {new}"
    marks = {"old": "[-{}-]", "new": "[+{}+]"}
    pieces = [
        marks[kind].format(text) if kind in marks else _middle(text) for kind, text in change.pieces
    ]
    return _short(" ".join(pieces), 3 * _SHOWN)


def _short(text: str, most: int = _SHOWN) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _middle(text: str) -> str:
    parts = text.split()
    return text if len(parts) <= 8 else f"{' '.join(parts[:3])} … {' '.join(parts[-3:])}"


def _counted(changes: Iterable[Change]) -> str:
    """``2 changed, 1 added``."""
    counts = Counter(change.what for change in changes)
    kinds = ("changed", "moved", "added", "removed")
    return ", ".join(f"{counts[what]} {what}" for what in kinds if counts[what])


def paged(pages: Sequence[PagePair]) -> str:
    """How many pages there are and which of them differ, in a line."""
    old = sum(pair.old is not None for pair in pages)
    new = sum(pair.new is not None for pair in pages)
    parts = [f"{old} → {new}" if old != new else f"{new}"]
    lists = {
        "changed": [p.new for p in pages if p.changed and p.old is not None],
        "added": [p.new for p in pages if p.old is None],
        "removed (old numbers)": [p.old for p in pages if p.new is None],
        "lines moved only on": [p.new for p in pages if p.moved and not p.changed],
    }
    for what, numbers in lists.items():
        if pages_of := [n + 1 for n in numbers if n is not None]:
            parts.append(f"{what}: {listed(pages_of)}")
    return "; ".join(parts) if len(parts) > 1 else f"{parts[0]}, none changed"


# -- as HTML -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class SideView:
    """A page on one side: its number from 1, its picture, and boxes over that as CSS."""

    number: int
    source: str
    width: int
    height: int
    marks: tuple[str, ...]


@dataclass(frozen=True)
class PairView:
    """An old page beside a new one."""

    title: str
    old: SideView | None
    new: SideView | None


def html(found: Differences, pdfs: tuple[bytes, bytes], engine: Mapping[str, bytes]) -> str:
    """The whole report; raises ContentError for a faulty template."""
    pages = found.changed_pages
    unseen = (pair.old if pair.new is None else pair.new for pair in pages[PICTURED:])
    given = {
        "found": found,
        "css": Markup(engine.get(SHEET, b"").decode("utf-8")),  # noqa: S704 the designer's own
        "counts": {
            "facts": _counted(found.facts),
            "sources": _counted(found.sources),
            "paragraphs": _counted(found.paragraphs),
            "pages": paged(found.pages) if found.pages else "",
        },
        "pairs": list(_pictures(pdfs, pages[:PICTURED])),
        "left_out": listed([number + 1 for number in unseen if number is not None]),
    }
    return filled(environment(engine), TEMPLATE, **given)


def _pictures(pdfs: tuple[bytes, bytes], pairs: Sequence[PagePair]) -> Iterator[PairView]:
    if not pairs:
        return
    with pdfium.opened(pdfs[0]) as old, pdfium.opened(pdfs[1]) as new:
        for pair in pairs:
            sides = (
                None if number is None else _side(document[number], number, marks)
                for document, number, marks in zip(
                    (old, new), (pair.old, pair.new), pair.marks, strict=True
                )
            )
            yield PairView(_titled(pair), *sides)


def _titled(pair: PagePair) -> str:
    if pair.old is None:
        return f"Page {(pair.new or 0) + 1}, added"
    if pair.new is None:
        return f"Page {pair.old + 1}, removed"
    was = f" (was {pair.old + 1})" if pair.old != pair.new else ""
    return f"Page {pair.new + 1}{was}, changed"


def _side(page: pypdfium2.PdfPage, number: int, marks: Sequence[Rect]) -> SideView:
    width, height = page.get_size()
    raw = picture(page, SCALE)
    return SideView(
        number + 1,
        f"data:image/png;base64,{b64encode(raw).decode('ascii')}",
        round(width * SCALE),
        round(height * SCALE),
        tuple(_placed(box, width, height) for box in marks),
    )


def _placed(box: Rect, width: float, height: float) -> str:
    """A box as CSS, with a little room around it."""
    left, top, right, bottom = box[0] - 1.5, box[1] - 1.5, box[2] + 1.5, box[3] + 1.5
    return (
        f"left:{left / width:.2%};top:{top / height:.2%};"
        f"width:{(right - left) / width:.2%};height:{(bottom - top) / height:.2%}"
    )


# -- both at once ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """Two states to compare: what they are called, what was loaded, and PDFs, b"" where not set."""

    names: tuple[str, str]
    loaded: tuple[Loaded, Loaded] = field(repr=False)
    pdfs: tuple[bytes, bytes] = field(repr=False)
    engine: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True)
class Report:
    """What the terminal says, the HTML file, and whether anything differs at all."""

    lines: tuple[str, ...]
    html: str = field(repr=False)
    differs: bool


def report(asked: Comparison) -> Report:
    """The report of a comparison: the work of a worker, for it reads what strangers wrote."""
    found = compare(asked.names, asked.loaded, asked.pdfs)
    text = html(found, asked.pdfs, asked.engine) if found else ""
    return Report(tuple(summary(found)), text, bool(found))
