"""The map to label: boundaries and waters, the names of some places left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from markupsafe import Markup

from press import locale
from press.base.collation import collation
from press.content.model import Dossier, Map
from press.plates import Drawing
from press.views.essentials import essential_events
from press.views.view import Bench


@dataclass(frozen=True)
class MapTask:
    """The map to label, and the names to choose from.

    ``answers`` are the names by their numbers; none on the pupil's worksheet.
    """

    figure: Markup
    names: tuple[str, ...]
    answers: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Outline:
    """The map of all worksheets of a set: its task, the names left out by number, and its drawing.

    No task where there is nothing to label.
    """

    task: MapTask | None = None
    names: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()


def outline(bench: Bench, answers: bool) -> Outline:
    """The map of the worksheets, drawn once, with the names in their places if wanted."""
    plate = outline_plate(bench.dossier, answers)
    if plate is None:
        return Outline()
    drawing = bench.draw(plate, {"--plate-parts": "1"})
    if not drawing.blanks:
        return Outline(drawings=(drawing,))
    language = bench.dossier.meta.language
    named = {n: bench.dossier.places[ident].name for ident, n in drawing.blanks.items()}
    names = tuple(named[number] for number in sorted(named))
    figure = str(bench.figure(replace(drawing, span="")))
    task = MapTask(
        figure=Markup(figure.replace(f' id="plate-{plate.id}"', "", 1)),  # noqa: S704 our own
        names=tuple(sorted(names, key=lambda name: collation(name, language))),
        answers=tuple(sorted(named.items())) if answers else (),
    )
    return Outline(task, names, (drawing,))


def outline_plate(dossier: Dossier, filled: bool) -> Map | None:
    """The author's map without what would tell; ``filled`` where it has the names all the same.

    Its title and the legend of its areas are of our own words: the author's would name what is
    asked for. None where the dossier has no map, or nothing to label.
    """
    wanted, words = dossier.questions.worksheet, locale.messages(dossier.meta.language)
    maps = [plate for plate in dossier.plates.plates if isinstance(plate, Map)]
    found = next((plate for plate in maps if wanted.map in (None, plate.id)), None)
    if found is None:
        return None
    named = {ident for event in essential_events(dossier) for ident in event.places}
    ids = wanted.label or tuple(
        place.id for place in dossier.gazetteer.places if place.id in named and place.at
    )
    if not ids:
        return None
    plain = {"event": None, "style": "outline", "legend": words["plate.area"], "label": ""}
    asked = {dossier.places[ident].name for ident in ids if ident in dossier.places}
    return found.model_copy(
        update={
            "title": words["worksheet.outline"], "blanks": ids, "filled": filled, "arrows": (),
            "areas": tuple(
                area if area.style == "name" else area.model_copy(update=plain)
                for area in found.areas
                if area.style != "name" or not any(name in area.label for name in asked)
            ),
            "stages": (), "markers": "signs", "relief": False, "tints": False, "towns": False,
            "inset": False, "size": "half", "caption": "", "subtitle": "", "note": "",
            "until": None,
        }
    )  # fmt: skip


def with_own_ids(task: MapTask, number: int) -> MapTask:
    """The map with ids of its own, for a document may have each only once."""
    if number == 1:
        return task
    own = re.sub(
        r'(\bid="|url\(#|href="#)', lambda found: f"{found[1]}sheet-{number}-", str(task.figure)
    )
    return replace(task, figure=Markup(own))  # noqa: S704 our own drawing
