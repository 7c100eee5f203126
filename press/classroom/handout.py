"""The handout: one sheet of two sides, the essentials and a map before, what happened behind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from press.classroom.questions import QuestionView, question_view
from press.classroom.seeds import seed_of
from press.content.model import Dossier, Map, Timeline
from press.design.styles import Style
from press.plates import Drawing
from press.plates.style import HALF, token_length
from press.prose import Prose
from press.views import infobox
from press.views.essentials import Essentials, essentials
from press.views.view import LEAST, SLACK, Bench

PICTURE = "picture"
"""The anchor at which its picture begins."""
MOST_LINES = 12
"""The most lines to write on under a question."""
QUESTIONS = 3
"""Questions on the handout, where the author marks none."""


@dataclass(frozen=True)
class HandoutView(Essentials):
    """One sheet of two sides.

    ``lines`` stand under each question, as many as there is room for; ``accounts`` says that those
    of contested events are printed out.
    """

    infobox: infobox.InfoboxView | None = None
    questions: tuple[QuestionView, ...] = ()
    accounts: bool = True
    lines: int = 0


def view(bench: Bench, prose: Prose) -> tuple[HandoutView, tuple[Drawing, ...]]:
    """The roomiest handout that keeps to its pages, its picture as large as the front has room for.

    Where not even the tightest keeps to its pages, that comes back, for the proof to complain of.
    The picture is left out of the trials: it takes what the rest of the front leaves.
    """
    dossier, most = bench.dossier, bench.edition.most_pages or 2

    def probe(trial: HandoutView) -> tuple[int, float]:
        return bench.probe(bench.document(trial), PICTURE)

    handout = HandoutView(
        **essentials(dossier, prose, bench.style),
        infobox=infobox.view(dossier, prose, essential=True),
        questions=tuple(_questions(dossier, prose)),
    )
    handout = fitted(handout, lambda trial: probe(trial)[0] <= most)
    plate = _picture_of(dossier)
    if plate is None:
        return handout, ()
    _, top = probe(handout)
    height = max(LEAST, _room_left(bench.style, top) - SLACK)
    drawing = bench.draw(_for_copying(plate), {"--plate-height": f"{height / HALF:.2f}mm"})
    return replace(handout, map=bench.figure(drawing)), (drawing,)


def fitted(handout: HandoutView, fits: Callable[[HandoutView], bool]) -> HandoutView:
    """``handout`` with as many lines as fit, with the accounts of contested events if they do."""
    for accounts in (True, False):
        tightest = replace(handout, accounts=accounts, lines=0)
        if not fits(tightest):
            continue
        lines = bisect_left(
            range(1, MOST_LINES + 1), True, key=lambda n: not fits(replace(tightest, lines=n))
        )
        return replace(tightest, lines=lines)
    return tightest


def _questions(dossier: Dossier, prose: Prose) -> Iterator[QuestionView]:
    """The questions that the author marks for the handout, or else the first ones."""
    asked, seed = dossier.questions.questions, seed_of(dossier.slug)
    chosen = [question for question in asked if question.handout] or asked[:QUESTIONS]
    for number, question in enumerate(chosen, start=1):
        yield question_view(question, number, seed, prose, answers=False)


def _picture_of(dossier: Dossier) -> Map | Timeline | None:
    """The plate that a handout shows: the first map, or else the first timeline."""
    listed = dossier.plates.plates
    maps = [plate for plate in listed if isinstance(plate, Map)]
    return next(iter((*maps, *listed)), None)


def _for_copying(plate: Map | Timeline) -> Map | Timeline:
    """A plate of half a page that a copier in grey does not muddy: no heights, no shading."""
    changes: dict[str, object] = {"size": "half", "note": ""}
    if isinstance(plate, Map):
        changes |= {"relief": False, "tints": False}
    return plate.model_copy(update=changes)


def _room_left(style: Style, y: float) -> float:
    """Millimetres from ``y`` mm below the sheet's upper edge to its lower margin."""
    tall = token_length(style, "--sheet-height", 297.0)
    return tall - token_length(style, "--margin-bottom", 15.0) - y
