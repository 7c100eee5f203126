"""Stage 9: set pages become what is printed: tiles, greys, sheets, a file for the print shop.

``finishing()`` says what is to be done to the pages of one PDF: nothing for most editions. Each of
its steps takes what the step before has made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from press import locale
from press.base.document import file_day
from press.base.finding import Finding
from press.base.templates import environment
from press.base.units import MM
from press.design.styles import Style, flatten
from press.output import tile
from press.output.cmyk import to_grayscale
from press.output.impose import impose
from press.output.inputs import recorded
from press.output.job_sheet import jobsheet
from press.output.pdf import whole_leaves
from press.output.pdf_x import VERSION
from press.output.prepress import CONDITIONS, HEAVIEST, Measured, prepress
from press.output.print_advice import small_type
from press.output.sheet_plan import length, options
from press.typeset.typeset import typeset
from press.views.view import Work


@dataclass(frozen=True)
class Printed:
    """A PDF as its edition is printed.

    ``advice`` says how to print it, in words; ``companions`` are files that go with it, by name.
    """

    pdf: bytes = field(repr=False)
    pages: int
    advice: tuple[str, ...] = ()
    companions: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    findings: tuple[Finding, ...] = ()


Step = Callable[[Work, Printed, Style], Printed]
"""One thing that is done to set pages, whose style is known."""


def finishing(work: Work) -> tuple[Step, ...]:
    """What is to be done to the set pages of ``work``, in order."""
    if work.tile:
        return (cut_into_tiles,)
    asked = (
        (work.edition.colour_mode == "grey", in_grey),
        (work.edition.whole_leaves, on_whole_leaves),
        (bool(work.edition.scheme), on_sheets),
        (work.edition.colour_mode in CONDITIONS, for_print_shop),
    )
    return tuple(step for wanted, step in asked if wanted)


def in_grey(_: Work, printed: Printed, __: Style) -> Printed:
    """The pages without any colour."""
    return replace(printed, pdf=to_grayscale(printed.pdf))


def on_whole_leaves(_: Work, printed: Printed, __: Style) -> Printed:
    """The pages, and a blank one where the last would lend its back to another copy."""
    return replace(printed, pdf=whole_leaves(printed.pdf), pages=printed.pages + printed.pages % 2)


def on_sheets(work: Work, printed: Printed, style: Style) -> Printed:
    """The pages laid on sheets, as the edition's scheme has them."""
    leftwards = locale.right_to_left(work.loaded.dossier.meta.language)
    laid = impose(printed.pdf, work.edition.scheme, work.sheet, options(style.tokens, leftwards))
    findings = tuple(shrunk_findings(work.name, laid.shrunk))
    said = (*laid.advice, *small_type(style.tokens, laid.scale))
    return Printed(laid.pdf, laid.sides, said, findings=findings)


def shrunk_findings(name: str, shrunk: Sequence[tuple[int, float]]) -> Iterator[Finding]:
    """P452: a page that had to be made smaller to fit its leaf."""
    for page, scale in shrunk:
        message = f"page {page} is larger than a leaf, and is printed at {100 * scale:.0f} %"
        hint = "give its plate size: page, or leave it to the dossier edition"
        yield Finding(name, 0, 0, "P452", message, hint, page)


def cut_into_tiles(work: Work, printed: Printed, _: Style) -> Printed:
    """The one page on many sheets, after the plan by which they are joined."""
    style = flatten(work.engine, work.theme, "tiles", work.tile)
    tiling = tile.plan(tile.size_of(printed.pdf), tile.paper_of(style))
    dossier = work.loaded.dossier
    html = tile.sheets(tiling, dossier, style, environment(work.engine))
    marks = typeset(recorded(work, html))
    advice = (
        f"print at 100 %, on one side; page 1 says how the {marks.pages - 1} sheets are joined",
    )
    return Printed(tile.assembled(printed.pdf, marks.pdf, tiling), marks.pages, advice)


def for_print_shop(work: Work, printed: Printed, style: Style) -> Printed:
    """The pages with bleed and inks, and the job sheet beside them."""
    dossier = work.loaded.dossier
    stem = work.name.removesuffix(".pdf")
    bleed = length(style.tokens, "--bleed")
    font = style.font(style.stack("--face-sans")[0])
    made, report = prepress(printed.pdf, work.edition.colour_mode, bleed, stem, font)
    plain = flatten(work.engine, work.theme, "job-sheet", work.sheet)
    caliper = length(style.tokens, "--caliper")
    html = jobsheet(report, dossier, work.name, caliper, plain, environment(work.engine))
    sheet = typeset(replace(html, day=file_day(dossier.meta.issued.latest.number)))
    advice = (
        f"for the print shop: {VERSION}, {report.condition.name}, {bleed / MM:g} mm of bleed; "
        f"send {stem}-job.pdf with it",
    )
    findings = tuple(shop_findings(work.name, report))
    return Printed(made, printed.pages, advice, {f"{stem}-job.pdf": sheet.pdf}, findings)


def shop_findings(name: str, found: Measured) -> Iterator[Finding]:
    """P450: not what a print shop takes; P451: will not dry as it should."""
    for fault in dict.fromkeys(found.faults):
        yield Finding(name, 0, 0, "P450", f"not {VERSION}: {fault}", "report this fault")
    if found.heaviest > HEAVIEST:
        message = f"{100 * found.heaviest:.0f} % of ink in one place; paper takes 300 %"
        hint = "lighten the darkest colour of the theme that is written as device-cmyk()"
        yield Finding(name, 0, 0, "P451", message, hint)
