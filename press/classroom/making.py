"""From a dossier to the views of its sheets: draws the map at the size the sheet has for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jinja2 import Environment
from markupsafe import Markup, escape

from press import plates
from press.classroom import tasks
from press.classroom.sheets import HandoutView, MapTask, Pupil, Worksheets, handout, worksheets
from press.content.model import Map, Timeline
from press.design.styles import Style
from press.plates.sheet import token_length
from press.views.book import NOTHING, Html, Views

if TYPE_CHECKING:
    from press.citations import Citations
    from press.content.load import Loaded
    from press.plates import Drawing
    from press.prose import Prose

HALF = 0.49
"""The share of a full plate's height that a half one takes (``press.plates.map.room``)."""
MOST_LINES = 12
"""The most lines to write on under a question of the handout."""
SLACK = 1.5
"""Millimetres by which the words around a plate may be measured wrongly."""
LEAST = 70.0
"""Millimetres below which a map with its legend cannot be read."""


@dataclass(frozen=True)
class Bench:
    """All that is needed to make a sheet: the dossier, its look, and the stages before."""

    loaded: Loaded = field(repr=False)
    style: Style = field(repr=False)
    templates: Environment = field(repr=False)
    kept: plates.Kept = field(repr=False)
    prose: Prose = field(repr=False)
    citations: Citations = field(repr=False)

    def views(self, drawings: Mapping[str, Drawing] | None = None) -> Views:
        """Views of the dossier's parts, with these plates."""
        return Views(self.loaded.dossier, self.prose, self.citations, drawings or {}, self.style)

    def draw(self, plate: Map | Timeline, height: float = 0.0) -> Drawing:
        """A plate of half a page, or ``height`` mm high with its legend."""
        style = self.style
        if height:
            tokens = {**style.tokens, "--plate-height": f"{height / HALF:.2f}mm"}
            style = replace(style, tokens=tokens)
        content = self.loaded.snapshot.files
        return plates.draw_plate(plate, self.loaded.dossier, style, content, self.kept)

    def figure(self, drawing: Drawing) -> Html:
        """The figure of a plate; its sources are named and lead nowhere."""
        return plates.figure(
            drawing, self.templates, self.loaded.dossier, lambda _, label: escape(label)
        )


Try = Callable[[HandoutView], tuple[int, float]]
"""Sets a handout: how many pages it takes, and how far down, in mm, its picture begins."""


def make_handout(bench: Bench, tried: Try, most: int) -> tuple[HandoutView, tuple[Drawing, ...]]:
    """The roomiest handout of ``most`` pages, its picture as large as the front has room for.

    Where not even the tightest keeps to its pages, that comes back, for the proof to complain of.
    The picture is left out of the trials: it takes what the rest of the front leaves.
    """
    bare = handout(bench.views(), NOTHING, ())
    view = fitted(bare, lambda choice: tried(choice)[0] <= most)
    plate = picture_of(bench)
    if plate is None:
        return view, ()
    height = max(LEAST, room_left(bench.style, tried(view)[1]) - SLACK)
    drawing = bench.draw(_for_copying(plate), height)
    shown = bench.figure(replace(drawing, number=""))
    return replace(view, map=shown, credits=drawing.credits), (drawing,)


def _for_copying(plate: Map | Timeline) -> Map | Timeline:
    """A plate of half a page that a copier in grey does not muddy: no heights, no shading."""
    changes: dict[str, object] = {"size": "half", "note": ""}
    if isinstance(plate, Map):
        changes |= {"relief": False, "tints": False}
    return plate.model_copy(update=changes)


def fitted(view: HandoutView, fits: Callable[[HandoutView], bool]) -> HandoutView:
    """``view`` with as many lines as fit, with the accounts of contested events if they do."""
    for accounts in (True, False):
        tightest = replace(view, accounts=accounts, lines=0)
        if not fits(tightest):
            continue
        low, high = 0, MOST_LINES + 1  # what fits, and what does not
        while high - low > 1:
            middle = (low + high) // 2
            if fits(replace(tightest, lines=middle)):
                low = middle
            else:
                high = middle
        return replace(tightest, lines=low)
    return tightest


def picture_of(bench: Bench) -> Map | Timeline | None:
    """The plate that a handout shows: the first map, or else the first timeline."""
    listed = bench.loaded.dossier.plates.plates
    maps = [plate for plate in listed if isinstance(plate, Map)]
    return next(iter((*maps, *listed)), None)


def room_left(style: Style, y: float) -> float:
    """Millimetres from ``y`` mm below the sheet's upper edge to its lower margin."""
    tall = token_length(style, "--sheet-height", 297.0)
    return tall - token_length(style, "--margin-bottom", 15.0) - y


@dataclass(frozen=True)
class Outline:
    """The map to label, for all sheets of a set: its task, and the places of its blanks."""

    task: MapTask | None = None
    blanks: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()


def outline_of(bench: Bench, answers: bool) -> Outline:
    """The map of the worksheets, drawn once; no task where there is nothing to label."""
    words = bench.views().words
    title, area = words["worksheet.outline"], words["plate.area"]
    plate = tasks.outline(bench.loaded.dossier, answers, title, area)
    if plate is None:
        return Outline()
    drawing = bench.draw(plate)
    if not drawing.blanks:
        return Outline(drawings=(drawing,))
    names = [bench.loaded.dossier.places[ident].name for ident in drawing.blanks]
    shown = replace(drawing, number="", span="")
    task = MapTask(
        title=drawing.title,
        figure=_unanchored(bench.figure(shown), plate.id),
        names=tuple(sorted(names, key=str.casefold)),
        answers=tuple(names) if answers else (),
    )
    return Outline(task, drawing.blanks, (drawing,))


def make_worksheets(
    bench: Bench, pupils: Sequence[Pupil], outline: Outline, answers: bool
) -> Worksheets:
    """The worksheets of ``pupils``, or their answers."""
    return worksheets(bench.views(), pupils, outline.task, outline.blanks, answers)


def _unanchored(figure: Html, ident: str) -> Html:
    """A figure without its id, so that it can stand in a document many times."""
    return Markup(str(figure).replace(f' id="plate-{ident}"', "", 1))  # noqa: S704 our own
