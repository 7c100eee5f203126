"""The poster: one large sheet with the map, the timeline and what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from press import plates
from press.classroom.making import LEAST, SLACK, Bench
from press.classroom.sheets import HandoutView, Head, handout
from press.content.model import Map, Timeline
from press.plates.sheet import token_length
from press.views.book import NOTHING, CategoryView, Html, PhaseView

if TYPE_CHECKING:
    from press.plates import Drawing

PICTURE, LOWER, FOOT, END = "picture", "lower", "foot", "end"
"""Anchors of the poster: where the map, the lower row and the foot begin, and where the foot ends.
"""
LOWER_SHARE = 0.3
"""The share of the sheet that a timeline gets at the least."""
_EMPTY = Markup("<div></div>")


@dataclass(frozen=True)
class PosterView(Head):
    """One sheet: a map over a timeline beside the essential events.

    ``accounts`` says that those of contested events are printed out; ``further`` says how many
    sources are not named.
    """

    map: Html = NOTHING
    timeline: Html = NOTHING
    phases: tuple[PhaseView, ...] = ()
    categories: tuple[CategoryView, ...] = ()
    contested: bool = False
    sources: tuple[Html, ...] = ()
    further: str = ""
    credits: tuple[str, ...] = ()


Try = Callable[[PosterView, str], tuple[int, float]]
"""Sets a poster: how many pages it takes, and how far down, in mm, one of its anchors stands."""


def make_poster(bench: Bench, tried: Try) -> tuple[PosterView, tuple[Drawing, ...]]:
    """The poster with its plates as large as the words leave them room.

    The map takes what is over above, the timeline what the map leaves, but its share at the least.
    """
    bare = _words(handout(bench.views(), NOTHING, ()))
    above, timeline = chosen(bench, Map), chosen(bench, Timeline)
    # In the trial a timeline takes no room, but stands beside the events all the same.
    trial = replace(bare, timeline=_EMPTY) if timeline else bare
    tops = {anchor: tried(trial, anchor)[1] for anchor in (PICTURE, LOWER, FOOT, END)}
    tall = token_length(bench.style, "--sheet-height", 594.0)
    bottom = tall - token_length(bench.style, "--margin-bottom", 22.0)
    free = bottom - tops[PICTURE] - (tops[END] - tops[FOOT]) - SLACK
    words = tops[FOOT] - tops[LOWER]
    below = max(words, LOWER_SHARE * tall) if timeline else words
    drawings = []
    view = bare
    if above is not None:
        width = token_length(bench.style, "--body-width", 376.0)
        gap = token_length(bench.style, "--row-gap", 8.0)
        drawing = drawn(bench, above, width, max(LEAST, free - below - gap))
        free -= drawing.total + gap
        drawings.append(drawing)
        view = replace(view, map=bench.figure(replace(drawing, number="")))
    if timeline is not None:
        width = token_length(bench.style, "--timeline-width", 200.0)
        drawing = drawn(bench, timeline, width, max(LEAST, free))
        drawings.append(drawing)
        view = replace(view, timeline=bench.figure(replace(drawing, number="")))
    owed = dict.fromkeys(credit for drawing in drawings for credit in drawing.credits)
    return replace(view, credits=tuple(owed)), tuple(drawings)


def _words(view: HandoutView) -> PosterView:
    """What a poster says, of all that a handout would."""
    shared = {field.name for field in fields(PosterView)} & {f.name for f in fields(HandoutView)}
    return PosterView(**{name: getattr(view, name) for name in shared})


def chosen(bench: Bench, kind: type[Map] | type[Timeline]) -> Map | Timeline | None:
    """The plate of a kind that is meant for posters (``size: poster``), or else the first."""
    listed = [p for p in bench.loaded.dossier.plates.plates if isinstance(p, kind)]
    meant = [plate for plate in listed if plate.size == "poster"]
    return next(iter((*meant, *listed)), None)


def drawn(bench: Bench, plate: Map | Timeline, width: float, height: float) -> Drawing:
    """A plate drawn for ``width`` × ``height`` mm, its head and legend included."""
    room = {"--plate-width": f"{width:.2f}mm", "--plate-height": f"{height:.2f}mm"}
    style = replace(bench.style, tokens={**bench.style.tokens, **room})
    whole = plate.model_copy(update={"size": "page"})
    files = bench.loaded.snapshot.files
    dossier = bench.loaded.dossier
    return plates.draw_plate(whole, dossier, style, files, bench.kept)
