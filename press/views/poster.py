"""The poster: one large sheet with the map, the timeline and what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from press.base.finding import Finding
from press.content.model import Map, Timeline
from press.design.styles import Style
from press.plates import Drawing
from press.plates.style import token_length
from press.prose import Prose
from press.views.essentials import Essentials, essentials
from press.views.strip_links import unlinked
from press.views.values import NOTHING
from press.views.view import LEAST, SLACK, Bench, Prepared

Density = Literal["told", "", "dense", "denser"]

PARTS = PICTURE, LOWER, FOOT, END = "picture", "lower", "foot", "end"
"""Anchors of the poster: where the map, the lower row and the foot begin, and where the foot ends.
"""
LOWER_SHARE, WIDE_SHARE = 0.3, 0.25
"""The share of the sheet that a timeline gets at the least, and one as wide as the sheet."""
MAP_SHARE = 0.2
"""The share of the sheet that a map gets at the least, before words give way to it."""
DENSITIES: tuple[Density, ...] = ("", "dense", "denser")
"""How close the events stand, the roomiest first: styles/editions/poster.css has the type of each.
"""
FEW = 12
"""Events up to which it is tried whether there is room for what is said of them."""
BARE = 1 / 3
"""The share of the timeline's height below which words would leave the place beside it bare."""
_EMPTY = Markup("<div></div>")


@dataclass(frozen=True)
class PosterView(Essentials):
    """One sheet: a map over a timeline beside the essential events, which stand as ``density``.

    A few have what is said of them with them (``told``); very few are ``stacked`` over the
    timeline, both as wide as the sheet.
    """

    timeline: Markup = NOTHING
    density: Density = ""
    stacked: bool = False


@dataclass(frozen=True)
class _Trial:
    """A poster without its plates: where its parts begin, in mm, and whether it is one page."""

    poster: PosterView
    tops: Mapping[str, float]
    pages: int

    @property
    def words(self) -> float:
        """How high the events stand, in mm."""
        return self.tops[FOOT] - self.tops[LOWER]


def view(bench: Bench, prose: Prose) -> tuple[PosterView, tuple[Drawing, ...]]:
    """The poster with its plates as large as the words leave them room.

    The map takes what is over above, the timeline what the map leaves, but its share at the least.
    Where the events leave the map too little they are set closer, and then in place of the
    timeline, of which they are the list. Few are printed with their texts, so that they fill the
    place beside it.
    """
    style, drawings = bench.style, list[Drawing]()
    above, timeline = _chosen(bench, Map), _chosen(bench, Timeline)
    plates = [plate for plate in (above, timeline) if plate is not None]
    poster = PosterView(**essentials(bench.dossier, prose, style, plates))
    gap = token_length(style, "--row-gap", 8.0)
    for trial in _trials(bench, poster, timed=timeline is not None):
        free, below = _room(bench, trial, gap)
        if trial.pages == 1 and (above is None or free - below - gap >= _least(style)):
            break
    poster = trial.poster
    if above is not None:
        width = token_length(style, "--body-width", 376.0)
        drawings.append(_drawn(bench, above, width, free - below - gap))
        poster = replace(poster, map=bench.figure(drawings[-1]))
        free -= drawings[-1].total + gap
    if timeline is not None and poster.timeline:
        width = token_length(style, "--timeline-width", 200.0)
        if poster.stacked:
            width = token_length(style, "--body-width", 376.0)
            free -= trial.words + gap
        drawings.append(_drawn(bench, timeline, width, free))
        poster = replace(poster, timeline=bench.figure(drawings[-1]))
    return poster, tuple(drawings)


def _trials(bench: Bench, poster: PosterView, timed: bool) -> Iterator[_Trial]:
    """The poster with its events ever closer, beside a timeline and at last without one.

    In a trial a timeline takes no room, but stands beside the events all the same. Few events are
    tried with their texts first.
    """
    if timed and sum(len(phase.events) for phase in poster.phases) <= FEW:
        trial = _trial(bench, replace(poster, timeline=_EMPTY, density="told"))
        share = LOWER_SHARE * token_length(bench.style, "--sheet-height", 594.0)
        if trial.words < BARE * share:
            yield _trial(bench, replace(trial.poster, stacked=True))
        elif trial.words <= share:
            yield trial
    for beside in (_EMPTY, NOTHING) if timed else (NOTHING,):
        for density in DENSITIES:
            yield _trial(bench, replace(poster, timeline=beside, density=density))


def _trial(bench: Bench, tried: PosterView) -> _Trial:
    pages, tops = bench.probe(bench.document(tried))
    measured = PARTS if pages == 1 else (PICTURE,)
    return _Trial(tried, {it: tops[it] if it in measured else 0.0 for it in PARTS}, pages)


def _room(bench: Bench, trial: _Trial, gap: float) -> tuple[float, float]:
    """What head and foot leave of the sheet, and what the lower row takes of that, in mm.

    A ``gap`` lies between what is stacked.
    """
    tall = token_length(bench.style, "--sheet-height", 594.0)
    bottom = tall - token_length(bench.style, "--margin-bottom", 22.0)
    free = bottom - trial.tops[PICTURE] - (trial.tops[END] - trial.tops[FOOT]) - SLACK
    timed = bool(trial.poster.timeline)
    if trial.poster.stacked:
        return free, trial.words + gap + WIDE_SHARE * tall
    return free, max(trial.words, LOWER_SHARE * tall) if timed else trial.words


def _least(style: Style) -> float:
    return max(LEAST, MAP_SHARE * token_length(style, "--sheet-height", 594.0))


def prepare(bench: Bench) -> Prepared:
    """The poster ready to be set, laid out a few times to find the room for its plates."""
    prose = unlinked(bench.prose)
    poster, drawings = view(bench, prose)
    html, most = bench.document(poster), bench.edition.most_pages
    findings = (*prose.findings, *_displaced(bench, poster))
    return Prepared(html, poster, findings, most, drawings)


def _displaced(bench: Bench, poster: PosterView) -> Iterator[Finding]:
    """E186: a timeline for which the events of a poster leave no room."""
    timeline = _chosen(bench, Timeline)
    if timeline is None or poster.timeline:
        return
    loc = ("plates", bench.dossier.plates.plates.index(timeline))
    message = f"no room on the poster for {timeline.id!r} beside its list of events"
    hint = "mark fewer events essential: true, or choose a larger sheet: --paper a1"
    yield bench.loaded.finding("plates.yaml", loc, "E186", message, hint)


def _chosen(bench: Bench, kind: type[Map] | type[Timeline]) -> Map | Timeline | None:
    """The plate of a kind that is meant for posters (``size: poster``), or else the first."""
    listed = [plate for plate in bench.dossier.plates.plates if isinstance(plate, kind)]
    meant = [plate for plate in listed if plate.size == "poster"]
    return next(iter((*meant, *listed)), None)


def _drawn(bench: Bench, plate: Map | Timeline, width: float, height: float) -> Drawing:
    """A plate drawn for ``width`` × ``height`` mm, its head and legend included, in one part."""
    room = {
        "--plate-width": f"{width:.2f}mm",
        "--plate-height": f"{max(LEAST, height):.2f}mm",
        "--plate-parts": "1",
    }
    return bench.draw(plate.model_copy(update={"size": "page"}), room)
