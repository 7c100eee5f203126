"""The job sheet: what a print shop must know of a file, on one page beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment

from press import locale
from press.base.document import Document
from press.base.units import MM
from press.content.model import Dossier
from press.design.styles import Style
from press.output.pdf_x import CHECKS, VERSION
from press.output.prepress import Measured
from press.typeset.folios import listed
from press.views.render import laid_out
from press.views.values import Group

STITCHED = 64
"""Pages up to which a wire holds a stack of coated paper that is folded once."""


@dataclass(frozen=True)
class JobRow:
    """A label and what stands beside it, a paragraph each."""

    label: str
    values: tuple[str, ...]


def jobsheet(
    report: Measured,
    dossier: Dossier,
    name: str,
    caliper: float,
    style: Style,
    templates: Environment,
) -> Document:
    """The job sheet of the file ``name``, ready to be set; ``caliper`` in points.

    It speaks the language of the dossier.
    """
    meta = dossier.meta
    document = laid_out(
        templates,
        "job-sheet.html",
        style,
        meta.language,
        title=meta.title,
        subtitle=meta.subtitle,
        publisher=meta.imprint.publisher,
        groups=tuple(groups(report, meta.language, name, caliper)),
    )
    return replace(document, variant="pdf/a-3a+ua-1")


def groups(report: Measured, language: str, name: str, caliper: float) -> Iterator[Group[JobRow]]:
    """Everything on the sheet, in its order."""
    w = locale.messages(language)

    def number(value: float, digits: int = 1) -> str:
        return locale.number(round(value, digits), language)

    def rows(**values: str | Sequence[str]) -> tuple[JobRow, ...]:
        return tuple(
            JobRow(w[f"job.{key}"], (value,) if isinstance(value, str) else tuple(value))
            for key, value in values.items()
            if value
        )

    def size(width: float, height: float, pages: int) -> str:
        across, down = number(width / MM), number(height / MM)
        if len(report.trims) == 1:
            return f"{across} × {down} mm"
        return w["job.size-of"].format(width=across, height=down, pages=pages)

    extent = [str(report.pages)]
    if report.pages % 4:
        extent.append(w["job.blanks"].format(blanks=-report.pages % 4))
    sizes = [size(*trim) for trim in report.trims]
    yield Group(w["job.product"], rows(file=name, size=sizes, pages=extent))
    yield Group(
        w["job.printing"],
        rows(
            bleed=w["job.bleed-is"].format(bleed=number(report.bleed / MM)),
            inks=w["job.inks-are"],
            coloured=listed(report.coloured),
            black=listed([n for n in range(1, report.pages + 1) if n not in report.coloured]),
            heaviest=f"{number(100 * report.heaviest, 0)} %",
            condition=f"{report.condition.name}: {report.condition.words}",
            standard=f"{VERSION} (ISO 15930-7)",
        ),
    )
    sheets, spine = math.ceil(report.pages / 4), math.ceil(report.pages / 2) * caliper / MM
    binding = [w["job.stitched"].format(sheets=sheets)] if report.pages <= STITCHED else []
    binding.append(w["job.glued"].format(spine=number(spine), caliper=number(caliper / MM, 2)))
    yield Group(
        w["job.making"],
        rows(paper=w["job.paper-is"], binding=binding, trimming=w["job.marks"]),
    )
    resolution = w["job.resolution-is"].format(ppi=number(report.resolution, 0))
    yield Group(
        w["job.file-holds"],
        rows(
            fonts=", ".join(report.fonts),
            pictures=resolution if report.resolution else "",
            checks=[w[f"job.check.{check.__name__.strip('_')}"] for check in CHECKS],
        ),
    )
