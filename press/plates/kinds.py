"""The kinds of plates, by the word that ``kind:`` has in plates.yaml.

A kind is a model in ``press.content.model``, a module here that draws it, a row below, a template
``templates/plates/<kind>.html`` and the word ``label.<kind>`` in the catalogues.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from press.plates.drawing import Drawing, PlateInput
from press.plates.maps import draw_map, files_of
from press.plates.timelines import draw_timeline


@dataclass(frozen=True)
class PlateKind:
    """How a kind of plate is drawn, and which files of the dossier an entry of it is drawn from.

    ``locates`` says that a plate of this kind shows where its events happened.
    """

    name: str
    draw: Callable[[PlateInput[Any]], Drawing]
    files: Callable[[Any], Iterable[str]] = lambda _: ()
    locates: bool = False


KINDS: Mapping[str, PlateKind] = {
    kind.name: kind
    for kind in (
        PlateKind("map", draw_map, files_of, locates=True),
        PlateKind("timeline", draw_timeline),
    )
}
