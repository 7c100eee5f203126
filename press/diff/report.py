"""Differences in words for the terminal, and as one HTML file that needs nothing beside it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import pypdfium2
from jinja2 import TemplateError
from markupsafe import Markup

from press.base.finding import ContentError
from press.content.load import Loaded
from press.diff import Change, Differences, Pair, State, compare
from press.diff.facts import Piece, words
from press.diff.pages import Box, picture
from press.typeset.folios import ranges
from press.views.render import environment, template_finding

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
                yield from _told(change)
    if found.paragraphs:
        yield f"paragraphs: {_counted(found.paragraphs)}"
        for paragraph in found.paragraphs:
            yield f"  {_where(paragraph.places)}: {_marked(paragraph.old, paragraph.new)}"
    if found.files:
        yield f"other files: {', '.join(found.files)}"
    if found.coverage[0] != found.coverage[1]:
        yield f"coverage: {found.coverage[0]} → {found.coverage[1]}"
    if found.pages:
        yield f"pages: {paged(found.pages)}"


def _told(change: Change) -> Iterator[str]:
    yield f"  {change.kind} {change.address}: {_marked(change.old, change.new)}"
    yield f"    {_where(change.places)}"


def _where(places: tuple[str, str]) -> str:
    return " → ".join(dict.fromkeys(filter(None, places)))


def _marked(old: str, new: str) -> str:
    """Old and new in a line: whole where they are short, else what differs."""
    if not old or not new:
        return f"{'+' if new else '-'} {_short(new or old)}"
    if len(old) + len(new) <= _SHOWN:
        return f"{old} → {new}"
    said = {"old": "[-{}-]", "new": "[+{}+]"}
    pieces = [
        said[kind].format(text) if kind in said else _middle(text) for kind, text in words(old, new)
    ]
    return _short(" ".join(pieces), 3 * _SHOWN)


def _short(text: str, most: int = _SHOWN) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _middle(text: str) -> str:
    parts = text.split()
    return text if len(parts) <= 8 else f"{' '.join(parts[:3])} … {' '.join(parts[-3:])}"


def _counted(items: Iterable[object]) -> str:
    counts: dict[str, int] = {}
    for item in items:
        what = str(getattr(item, "what", ""))
        counts[what] = counts.get(what, 0) + 1
    return ", ".join(
        f"{counts[what]} {what}" for what in ("changed", "added", "removed") if what in counts
    )


def paged(pages: Sequence[Pair]) -> str:
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
        if listed := [n + 1 for n in numbers if n is not None]:
            parts.append(f"{what}: {runs(listed)}")
    return "; ".join(parts) if len(parts) > 1 else f"{parts[0]}, none changed"


def runs(numbers: Sequence[int]) -> str:
    """Numbers in ascending order, with runs of three and more drawn together: 3, 5–8."""
    return ", ".join(f"{a}–{b}" if b > a else f"{a}" for a, b in ranges(numbers))


# -- as HTML -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class MarkView:
    """A box over a picture, in per cent of it."""

    style: str


@dataclass(frozen=True)
class SideView:
    """A page on one side: its number from 1, its picture, and the boxes on it."""

    number: int
    source: str
    width: int
    height: int
    marks: tuple[MarkView, ...]


@dataclass(frozen=True)
class PairView:
    """An old page beside a new one."""

    title: str
    old: SideView | None
    new: SideView | None


@dataclass(frozen=True)
class ChangeView:
    """A difference in words."""

    what: str
    kind: str
    address: str
    pieces: tuple[Piece, ...]
    places: tuple[str, ...]


def html(found: Differences, engine: Mapping[str, bytes]) -> str:
    """The whole report; raises ContentError for a faulty template."""
    shown = found.changed_pages[:PICTURED]
    style = engine.get(SHEET, b"").decode("utf-8")
    try:
        return (
            environment(engine)
            .get_template(TEMPLATE)
            .render(
                found=found,
                css=Markup(style),  # noqa: S704 the designer's own sheet
                facts=[_view(change) for change in found.facts],
                sources=[_view(change) for change in found.sources],
                paragraphs=[
                    ChangeView(p.what, "", p.chapter, words(p.old, p.new), _places(p.places))
                    for p in found.paragraphs
                ],
                counts={
                    "facts": _counted(found.facts),
                    "sources": _counted(found.sources),
                    "paragraphs": _counted(found.paragraphs),
                    "pages": paged(found.pages) if found.pages else "",
                },
                pairs=list(_pictures(found.pdfs, shown)),
                left_out=runs(
                    [
                        number + 1
                        for pair in found.changed_pages[PICTURED:]
                        if (number := pair.old if pair.new is None else pair.new) is not None
                    ]
                ),
            )
        )
    except TemplateError as error:
        raise ContentError([template_finding(TEMPLATE, error)]) from error


def _places(places: tuple[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, places)))


def _view(change: Change) -> ChangeView:
    pieces = words(change.old, change.new)
    if change.what == "changed" and not any(kind == "same" for kind, _ in pieces):
        pieces = (("old", change.old), ("new", change.new))
    return ChangeView(change.what, change.kind, change.address, pieces, _places(change.places))


def _pictures(pdfs: tuple[bytes, bytes], pairs: Sequence[Pair]) -> Iterator[PairView]:
    if not pairs:
        return
    documents = [pypdfium2.PdfDocument(BytesIO(pdf)) for pdf in pdfs]
    for pair in pairs:
        sides = [
            None if number is None else _side(document, number, marks)
            for document, number, marks in zip(
                documents, (pair.old, pair.new), pair.marks, strict=True
            )
        ]
        yield PairView(_titled(pair), sides[0], sides[1])
    for document in documents:
        document.close()


def _titled(pair: Pair) -> str:
    if pair.old is None:
        return f"Page {(pair.new or 0) + 1}, added"
    if pair.new is None:
        return f"Page {pair.old + 1}, removed"
    was = f" (was {pair.old + 1})" if pair.old != pair.new else ""
    return f"Page {pair.new + 1}{was}, changed"


def _side(document: pypdfium2.PdfDocument, number: int, marks: Sequence[Box]) -> SideView:
    width, height = document[number].get_size()
    raw = picture(document, number, SCALE)
    return SideView(
        number + 1,
        f"data:image/png;base64,{b64encode(raw).decode('ascii')}",
        round(width * SCALE),
        round(height * SCALE),
        tuple(MarkView(_placed(box, width, height)) for box in marks),
    )


def _placed(box: Box, width: float, height: float) -> str:
    """A box as CSS, with a little room around it."""
    left, top, right, bottom = box[0] - 1.5, box[1] - 1.5, box[2] + 1.5, box[3] + 1.5
    return (
        f"left:{left / width:.2%};top:{top / height:.2%};"
        f"width:{(right - left) / width:.2%};height:{(bottom - top) / height:.2%}"
    )


# -- both at once ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """Two states to compare: their files, what was loaded, and their PDFs, b"" where not set."""

    states: tuple[State, State]
    loaded: tuple[Loaded, Loaded] = field(repr=False)
    pdfs: tuple[bytes, bytes] = field(repr=False)
    engine: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True)
class Report:
    """What the terminal says, the HTML file, and whether anything differs at all."""

    lines: tuple[str, ...]
    html: str = field(repr=False)
    differs: bool


def report(wanted: Comparison, _: object = None) -> Report:
    """The report of a comparison: the work of a worker, for it reads what strangers wrote."""
    found = compare(wanted.states, wanted.loaded, wanted.pdfs)
    text = html(found, wanted.engine) if found else ""
    return Report(tuple(summary(found)), text, bool(found))
