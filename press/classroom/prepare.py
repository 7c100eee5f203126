"""The views of the classroom's editions, ready to be set, and what they prove of their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from press.base.finding import Finding, place_text
from press.classroom import handout, worksheet
from press.classroom.answerable import unanswerable
from press.classroom.held import unheld
from press.classroom.leaks import leaks
from press.classroom.outline import Outline, outline
from press.classroom.overflow import overflow_advice
from press.classroom.roster import Pupil, nobody
from press.classroom.whose import of
from press.classroom.worksheet_view import Worksheets
from press.content.load import Loaded
from press.typeset.typeset import SetPages
from press.views.strip_links import UnlinkedProse, unlinked
from press.views.view import Bench, Prepared


def prepare_handout(bench: Bench) -> Prepared:
    """One sheet of two sides; its proof says what to cut, so that nobody else counts its pages."""
    prose = unlinked(bench.prose)
    view, drawings = handout.view(bench, prose)

    def proof(pages: SetPages) -> Iterable[Finding]:
        if pages.pages == bench.edition.most_pages:
            return ()
        return overflow_advice(bench.loaded, view, pages, bench.work.name)

    html = bench.document(view)
    ids = {question.id for question in view.questions}
    asked = [q for q in bench.dossier.questions.questions if q.id in ids]
    unanswered = unanswerable(bench.loaded, asked, handout.texts_of(view), prose, OFF)
    findings = (*prose.findings, *unanswered)
    return Prepared(html, view, findings, drawings=drawings, proof=proof)


def prepare_worksheets(bench: Bench) -> Prepared:
    """A worksheet for everybody, or its answers."""
    pupil = nobody(bench.dossier.slug)
    task, prose = outline(bench, bench.edition.answers), unlinked(bench.prose)
    prepared = worksheets_for([pupil], bench, prose, task)
    return replace(prepared, findings=(*prepared.findings, *look_ups(bench, prose, task)))


def look_ups(bench: Bench, prose: UnlinkedProse, task: Outline) -> Iterator[Finding]:
    """P434 for the questions of a worksheet, which sends the class to the handout.

    Not for those that say on it where else to read (``page``).
    """
    asked = [question for question in bench.dossier.questions.questions if not question.page]
    shown = handout.everything(bench, prose)
    texts = handout.texts_of(shown, task.task and (task.task.figure, task.task.names))
    yield from unanswerable(bench.loaded, asked, texts, prose, ELSEWHERE)


def worksheets_for(
    pupils: Sequence[Pupil], bench: Bench, prose: UnlinkedProse, task: Outline
) -> Prepared:
    """The worksheets of ``pupils``, or their answers; no answer may be found in the former.

    What they have drawn of the dossier must stand on them.
    """
    view = worksheet.view(prose, pupils, task, bench.edition.answers)

    def proof(pages: SetPages) -> Iterable[Finding]:
        is_key = bench.edition.template == KEY
        lost = unheld(bench.loaded, view, pages, is_key=is_key)
        told = () if view.answers else leaks(bench.loaded, view, pages.pdf, bench.work.name)
        return (*lost, *told)

    html = bench.document(view)
    findings = (*prose.findings, *_shortages(bench.loaded, view))
    return Prepared(html, view, findings, drawings=task.drawings, proof=proof)


OFF = "take handout: true from it"
ELSEWHERE = "say with page: where to read it"
"""What to do about a question that the handout does not answer, on it and on the worksheet."""
KEY = "answer-key"
"""The template of the answers of a class."""
NAMED = 3
"""Gaps that could not be made which a finding names."""


def _shortages(loaded: Loaded, view: Worksheets) -> Iterator[Finding]:
    """P433: fewer gaps than the author asks for, and what stands in the way."""
    wanted = loaded.dossier.questions.worksheet
    if view.answers or "gaps" not in wanted.model_fields_set:
        return
    events = [event.id for event in loaded.dossier.chronology.events]
    for one in view.worksheets:
        if len(one.rows) >= wanted.gaps:
            continue
        told = (
            f"“{gap.answer}” of {gap.event} "
            f"({place_text(loaded.at('chronology.yaml', 'events', events.index(gap.event)))}) "
            f"stands in {gap.where}"
            for gap in one.refused[:NAMED]
        )
        have = len(one.rows)
        message = f"only {have} of {wanted.gaps} rows with gaps can be made"
        because = f"; {', '.join(told)}" if one.refused else ""
        hint = f"write gaps: {have}, mark more events essential, or take out what tells"
        loc = ("worksheet", "gaps")
        yield of(one.name, loaded.finding("questions.yaml", loc, "P433", message + because, hint))
