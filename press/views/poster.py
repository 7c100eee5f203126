"""The poster: one large sheet with the map, the timeline and what happened."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from press.content.model import Map, Timeline
from press.plates import Drawing
from press.plates.style import token_length
from press.prose import Prose
from press.views.essentials import Essentials, essentials
from press.views.strip_links import unlinked
from press.views.values import NOTHING
from press.views.view import LEAST, SLACK, Bench, Prepared

PICTURE, LOWER, FOOT, END = "picture", "lower", "foot", "end"
"""Anchors of the poster: where the map, the lower row and the foot begin, and where the foot ends.
"""
LOWER_SHARE = 0.3
"""The share of the sheet that a timeline gets at the least."""
_EMPTY = Markup("<div></div>")


@dataclass(frozen=True)
class PosterView(Essentials):
    """One sheet: a map over a timeline beside the essential events."""

    timeline: Markup = NOTHING


def view(bench: Bench, prose: Prose) -> tuple[PosterView, tuple[Drawing, ...]]:
    """The poster with its plates as large as the words leave them room.

    The map takes what is over above, the timeline what the map leaves, but its share at the least.
    """
    style, drawings = bench.style, list[Drawing]()
    poster = PosterView(**essentials(bench.dossier, prose, style))
    above, timeline = _chosen(bench, Map), _chosen(bench, Timeline)
    # In the trial a timeline takes no room, but stands beside the events all the same.
    trial = bench.document(replace(poster, timeline=_EMPTY) if timeline else poster)
    tops = {anchor: bench.probe(trial, anchor)[1] for anchor in (PICTURE, LOWER, FOOT, END)}
    tall = token_length(style, "--sheet-height", 594.0)
    bottom = tall - token_length(style, "--margin-bottom", 22.0)
    free = bottom - tops[PICTURE] - (tops[END] - tops[FOOT]) - SLACK
    words = tops[FOOT] - tops[LOWER]
    below = max(words, LOWER_SHARE * tall) if timeline else words
    if above is not None:
        gap = token_length(style, "--row-gap", 8.0)
        width = token_length(style, "--body-width", 376.0)
        drawings.append(_drawn(bench, above, width, free - below - gap))
        poster = replace(poster, map=bench.figure(drawings[-1]))
        free -= drawings[-1].total + gap
    if timeline is not None:
        width = token_length(style, "--timeline-width", 200.0)
        drawings.append(_drawn(bench, timeline, width, free))
        poster = replace(poster, timeline=bench.figure(drawings[-1]))
    return poster, tuple(drawings)


def prepare(bench: Bench) -> Prepared:
    """The poster ready to be set, laid out a few times to find the room for its plates."""
    prose = unlinked(bench.prose)
    poster, drawings = view(bench, prose)
    html, most = bench.document(poster), bench.edition.most_pages
    return Prepared(html, poster, tuple(prose.findings), most, drawings)


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
