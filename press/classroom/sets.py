"""The worksheets of a class, set a batch at a time; what all of them share is made once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from press.base.document import file_day
from press.base.finding import Finding, stopping
from press.base.stages import Report
from press.checks.allowed import weighed
from press.classroom.outline import outline
from press.classroom.prepare import look_ups, worksheets_for
from press.classroom.roster import Pupil
from press.classroom.whose import NAMED, Said, on_pages, said, some, together
from press.classroom.worksheet_view import Worksheets
from press.output.draft import draft
from press.output.pdf import whole_leaves
from press.typeset.expected import Expected
from press.typeset.proof import proof
from press.typeset.typeset import SetPages, typeset
from press.views.strip_links import unlinked
from press.views.view import Bench, Work, plate_findings


@dataclass(frozen=True)
class Share:
    """The part of a class set that one worker makes: ``batch`` of ``pupils`` to a PDF.

    ``first`` is the number of the first of them in the whole set, ``roster`` how findings name the
    file that their names are from.
    """

    work: Work
    pupils: tuple[Pupil, ...] = field(repr=False)
    batch: int = 1
    first: int = 1
    roster: str = ""

    @property
    def batches(self) -> Iterable[tuple[Pupil, ...]]:
        """The pupils of each PDF, in their order."""
        for start in range(0, len(self.pupils), self.batch):
            yield self.pupils[start : start + self.batch]


@dataclass(frozen=True)
class SetMade:
    """A share of a class set: a PDF for each batch of pupils, in their order.

    ``asked`` is what the sheet of each asks for, in a word that two have where they ask alike.
    ``drafts`` show of batches that are stopped what stops them and was not shown before; with each
    stands what it shows, as ``press.classroom.whose.said`` has it.
    """

    pdfs: tuple[bytes, ...] = field(repr=False)
    pages: int
    findings: tuple[Finding, ...]
    drafts: tuple[tuple[frozenset[Said], bytes], ...] = field(default=(), repr=False)
    asked: tuple[str, ...] = field(default=(), repr=False)


def make_set(share: Share, bench: Bench, report: Report) -> SetMade:
    """Sets the worksheets of ``share``; ``report`` gets how many of them are done.

    Each ends on the back of a leaf: no pupil's first page is printed on another's cards. The PDFs
    bear names, and so say nothing of what they were made from.
    """
    work = share.work
    prose, task = unlinked(bench.prose), outline(bench, work.edition.answers)
    day = file_day(work.loaded.dossier.meta.issued.latest.number)
    families = frozenset(face.family for face in bench.style.faces)
    expected = Expected(work.name, families, work.loaded.snapshot, None, work.engine)
    common = {
        *bench.style.findings,
        *plate_findings(work.loaded, task.drawings),
        *look_ups(bench, prose, task),
    }
    made = SetMade((), 0, ())
    done = 0
    for pupils in share.batches:
        prepared = worksheets_for(pupils, bench, prose, task)
        pages = typeset(replace(prepared.html, day=day))
        own = (*prepared.findings, *proof(pages, expected), *prepared.proof(pages))
        unnamed = () if work.edition.answers else lost_names(pages, pupils, share.roster)
        findings = {*common, *on_pages(own, pages.layout, pupils), *unnamed}
        sheets = prepared.page.worksheets if isinstance(prepared.page, Worksheets) else ()
        asked = made.asked + tuple(sheet.asked for sheet in sheets)
        made = replace(_joined(made, work, pages, findings), asked=asked)
        done += len(pupils)
        report(f"{done}")
    return replace(made, findings=together(sorted(made.findings)))


def _joined(made: SetMade, work: Work, pages: SetPages, findings: Collection[Finding]) -> SetMade:
    """What was made of a share, and a batch more of it."""
    whole = work.edition.whole_leaves
    counted = weighed(work.loaded, {*findings, *(work.noticed or ())}, work.strict)
    stops = together(stopping(counted.findings))
    keys = frozenset(map(said, stops))
    known = frozenset[Said]().union(*(shown for shown, _ in made.drafts))
    drafts = () if keys <= known else ((keys, draft(work, pages, stops)),)
    moved = (replace(f, page=f.page and f.page + made.pages, box=None) for f in findings)
    return SetMade(
        (*made.pdfs, whole_leaves(pages.pdf) if whole else pages.pdf),
        made.pages + pages.pages + (pages.pages % 2 if whole else 0),
        (*made.findings, *moved, *(work.noticed or ())),
        (*made.drafts, *drafts),
    )


def lost_names(pages: SetPages, pupils: Sequence[Pupil], roster: str) -> Iterator[Finding]:
    """R811: a pupil whose name or class does not stand whole on a sheet of their own."""
    articles = (n for n, one in enumerate(pages.elements) if one.tag == "article")
    sheets = [n for n in articles if "worksheet" in pages.elements[n].classes]
    ends = [*sheets[1:], len(pages.elements)]
    own = list(zip(sheets, ends, strict=True))
    for number, pupil in enumerate(pupils):
        first, last = own[number] if number < len(own) else (0, 0)
        fields = [one for one in pages.elements[first:last] if "given" in one.classes]
        for what, words in (("name", pupil.name), ("class", pupil.group)):
            whole = (one.given.split() == words.split() and one.is_worded for one in fields)
            if not words or any(whole):
                continue
            whose = "" if what == "name" else f" of {pupil.name!r}"
            message = f"the {what} {words!r}{whose} does not stand whole on a sheet of its own"
            hint = "report this fault; where styles/local.css or a theme hides names, mend that"
            page = next((one.page for one in fields if one.page), 0)
            yield Finding(roster, pupil.line, pupil.column, "R811", message, hint, page)
            break


def alike(pupils: Sequence[Pupil], asked: Sequence[str], roster: str) -> Iterator[Finding]:
    """R813: pupils of whom the same is asked, since there is too little to choose from."""
    same: dict[str, list[Pupil]] = {}
    for pupil, tasks in zip(pupils, asked, strict=True):
        same.setdefault(tasks, []).append(pupil)
    groups = [group for group in same.values() if len(group) > 1]
    if not groups:
        return
    told = "; ".join(some(tuple(pupil.name for pupil in group)) for group in groups[:NAMED])
    more = f"; and {len(groups) - NAMED} more times" if len(groups) > NAMED else ""
    first = min((group[1] for group in groups), key=lambda pupil: pupil.line)
    message = f"the same is asked on the worksheets of {told}{more}"
    hint = (
        "mark more events with essential: true, or ask for fewer gaps (worksheet: in "
        "questions.yaml); or let them sit apart"
    )
    yield Finding(roster, first.line, first.column, "R813", message, hint)
