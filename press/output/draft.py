"""The draft of a stopped edition: its pages as they stand, each fault ringed, numbered and listed.

It is for the author's eyes. Every page says DRAFT, and the file claims no standard and carries no
data. The same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from math import atan2, degrees, hypot
from typing import Any

from jinja2 import Environment
from pikepdf import Name, Pdf

from press.base.document import Document, file_day
from press.base.finding import Finding, stopping
from press.base.templates import environment
from press.design.styles import Style, flatten
from press.output.pdf import give_up_standards, opened, remove, saved
from press.typeset.layout import PageArea
from press.typeset.spots import placed
from press.typeset.typeset import SetPages, typeset
from press.views.render import laid_out
from press.views.view import Work

MOST = 200
"""Faults that are numbered; the rest are counted."""
AIR = 2.0
"""Points between what is ringed and its ring."""
TAG = (9.0, 4.1)
"""Points from one number to the next below it, and that a letter of it takes."""


@dataclass(frozen=True)
class Mark:
    """A ring on a page and its number, in points from the upper left corner."""

    label: str
    left: float
    top: float
    width: float
    height: float
    at: float
    tag: float


@dataclass(frozen=True)
class MarkedPage:
    """What is laid over one page; ``loose`` are the faults of the page that have no place on it."""

    size: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    loose: tuple[str, ...]

    @property
    def turn(self) -> float:
        """The angle of the page's diagonal, in degrees."""
        return -degrees(atan2(self.height, self.width))

    @property
    def diagonal(self) -> float:
        """From corner to corner, in points."""
        return hypot(self.width, self.height)

    @property
    def letters(self) -> float:
        """The size of letters with which DRAFT takes about half of the diagonal, in points."""
        return self.diagonal / 6


def draft(work: Work, pages: SetPages, findings: Sequence[Finding]) -> bytes:
    """The draft of ``work``, whose ``pages`` are set, with all of ``findings`` that stop it."""
    faults = sorted(placed(stopping(findings), pages.layout, work.loaded), key=_as_read)
    style = flatten(work.engine, work.theme, "draft", work.sheet)
    title = f"{work.loaded.dossier.meta.title}: draft"
    html = marks_over(pages.layout.pages, faults, title, style, environment(work.engine))
    day = file_day(work.loaded.dossier.meta.issued.latest.number)
    marks = typeset(replace(html, variant="", day=day))
    return laid_over(pages.pdf, marks.pdf, title)


def _as_read(fault: Finding) -> tuple[bool, int, float, Finding]:
    """By what faults are numbered: as they are met on the pages, those without a page last."""
    return not fault.page, fault.page, fault.box[1] if fault.box else 0.0, fault


def marks_over(
    pages: Sequence[PageArea],
    faults: Sequence[Finding],
    title: str,
    style: Style,
    templates: Environment,
) -> Document:
    """What lies over each of ``pages``, and of the list of ``faults`` after them."""
    sizes = {(page.width, page.height): f"size-{n}" for n, page in enumerate(pages)}
    numbered = dict(enumerate(faults[:MOST], start=1))
    more = len(faults) - len(numbered)
    count = "1 fault stops" if len(faults) == 1 else f"{len(faults)} faults stop"
    return laid_out(
        templates,
        "draft.html",
        style,
        "en",
        title=title,
        heading=f"{count} this edition",
        sizes=[(name, *size) for size, name in sizes.items()],
        sheets=[
            _marked(number, page, sizes[page.width, page.height], numbered)
            for number, page in enumerate(pages, start=1)
        ],
        faults=numbered,
        more=f"… and {more} more." if more > 0 else "",
    )


def _marked(number: int, page: PageArea, size: str, faults: Mapping[int, Finding]) -> MarkedPage:
    own = {n: fault for n, fault in faults.items() if fault.page == number}
    loose = tuple(f"{n} {fault.code}" for n, fault in own.items() if not fault.box)
    return MarkedPage(size, page.width, page.height, tuple(rings_on(page, own)), loose)


def rings_on(page: PageArea, faults: Mapping[int, Finding]) -> Iterator[Mark]:
    """The rings of one page, each with its number beside it, or over it where there is no room.

    All stay on the page; numbers that would meet stand under one another.
    """
    taken: list[tuple[float, float, float]] = []
    for number, fault in faults.items():
        if not fault.box:
            continue
        left, top, right, bottom = (
            min(max(edge, AIR), most - AIR)
            for edge, most in zip(fault.box, (page.width, page.height) * 2, strict=True)
        )
        label = f"{number} {fault.code}"
        wide = TAG[1] * len(label) + AIR
        at, tag = right + AIR, top - AIR
        if at + wide > page.width:
            at, tag = page.width - wide, max(top - AIR - TAG[0], 0.0)
        while any(abs(tag - y) < TAG[0] and at < x + w and x < at + wide for x, y, w in taken):
            tag += TAG[0]
        taken.append((at, tag, wide))
        width, height = right - left + 2 * AIR, bottom - top + 2 * AIR
        yield Mark(label, left - AIR, top - AIR, width, height, at, tag)


def laid_over(pdf: bytes, marks: bytes, title: str) -> bytes:
    """The pages of ``pdf`` with those of ``marks`` over them, and after them what is left over."""
    with opened(pdf) as document, opened(marks) as source:
        for number, (page, over) in enumerate(zip(document.pages, source.pages, strict=False)):
            form = document.copy_foreign(over.as_form_xobject())
            _lay(document, page, form, Name(f"/Draft{number}"))
        document.pages.extend(source.pages[len(document.pages) :])
        root: Any = document.Root
        remove(root, Name.AF)
        if Name.Names in root:
            remove(root.Names, Name.EmbeddedFiles)
        give_up_standards(document, title)
        document.docinfo[Name.Title] = title
        document.remove_unreferenced_resources()
        return saved(document)


def one_draft(drafts: Sequence[bytes]) -> bytes:
    """Several drafts one behind the other, as one file."""
    with ExitStack() as stack:
        whole, *others = (stack.enter_context(opened(pdf)) for pdf in drafts)
        for other in others:
            whole.pages.extend(other.pages)
        return saved(whole)


def _lay(document: Pdf, page: Any, marks: Any, name: Name) -> None:
    """Draws ``marks`` over a page, whatever state its own content leaves behind.

    Pages may share their resources, so each has a ``name`` of its own for them.
    """
    page.add_resource(marks, Name.XObject, name)
    page.contents_add(document.make_stream(b"q\n"), prepend=True)
    page.contents_add(document.make_stream(f"\nQ q {name} Do Q\n".encode()))
