"""What a plate is drawn from, and what it is once drawn: pictures, words around it, and proofs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import PlainSerializer

from press import dates
from press.base.boxes import Box
from press.content import facts
from press.content.model import Cite, Dossier, Event, Map, Timeline
from press.dates.typed import held
from press.design.styles import Style

PlateT = TypeVar("PlateT")
Ids = Annotated[frozenset[str], PlainSerializer(sorted, return_type=list[str])]
"""Ids, kept in one order."""


@dataclass(frozen=True)
class PlateInput(Generic[PlateT]):
    """What a plate is drawn from: its entry in plates.yaml, the dossier, and a style.

    ``number`` is its label in print ("Map 1"); ``files`` are the dossier's own, for layers that
    the author supplies.
    """

    plate: PlateT
    dossier: Dossier = field(repr=False)
    style: Style = field(repr=False)
    number: str
    files: Mapping[str, bytes] = field(repr=False)

    @property
    def language(self) -> str:
        """The language of the dossier, in which the plate speaks."""
        return self.dossier.meta.language


@dataclass(frozen=True)
class LegendItem:
    """A swatch (an ``<svg>``), its words, and a date or number that is set strong after them.

    ``anchor`` is the id of a thing elsewhere in the document that the words lead to. Two short ones
    that share a line take a ``half`` of it each.
    """

    svg: str
    text: str
    strong: str = ""
    anchor: str = ""
    half: bool = False


@dataclass(frozen=True)
class LegendGroup:
    """Items under a heading."""

    title: str
    items: tuple[LegendItem, ...]
    kind: Literal["list", "strip"] = "list"

    @property
    def paired(self) -> bool:
        """Whether some of its items share a line."""
        return any(item.half for item in self.items)


@dataclass(frozen=True)
class LegendColumn:
    """Groups that stand under one another, in a column ``width`` mm wide."""

    width: float
    groups: tuple[LegendGroup, ...]


@dataclass(frozen=True)
class LabelBox:
    """A box that a label or symbol really takes, for the proof that none overlap."""

    key: str
    text: str
    box: Box


@dataclass(frozen=True)
class PlateFault:
    """Something wrong with a plate, at ``loc`` inside its entry: ``("areas", 2, "name")``.

    ``place`` is the id of the place that lies where it cannot be shown, which may be the one that
    is wrong.
    """

    loc: tuple[str | int, ...]
    code: str
    message: str
    hint: str = ""
    place: str = ""


@dataclass(frozen=True)
class Drawing:
    """A plate, ready for its template.

    ``svg`` is the picture, ``width`` × ``height`` mm; ``total`` is the height of the whole figure
    in mm with head, legend, bars and credits. A legend in a column beside the picture takes
    ``side`` mm of the width; a map is drawn at 1 to ``denominator``. ``columns`` are its legend,
    ``corner`` those of it that stand in the room that a row of small maps leaves, ``corner_box``
    in mm; ``listed`` is what found no room beside an axis and is listed under the legend;
    ``further`` are the parts that go on overleaf, each a figure of its own; ``spread`` says that
    both are to lie open together. ``places`` and ``events`` are the ids drawn;
    ``boxes`` the boxes that labels and symbols take, in mm from the frame's upper left corner;
    ``dropped`` the labels that found no room, most important first; ``legend_only`` the author's
    words for areas, lines and arrows that stand in the legend alone; ``lost`` how much of the
    author's is not on the picture: a name counts twice, a date once. ``alt`` names the picture,
    ``equivalent`` says in lines of text what it shows. ``sources`` are the citations of what the
    author added: areas, lines, arrows; ``sourced`` are their words. ``credits`` are owed for the
    ``layers`` of the atlas that are drawn, and stand with the last part. ``blanks`` are the numbers
    of the places that have a line in place of a name, by their ids. ``key`` stands for all that it
    was drawn from, see ``store``.
    """

    id: str
    kind: str
    number: str
    size: str
    title: str
    subtitle: str = ""
    svg: str = ""
    width: float = 0.0
    height: float = 0.0
    total: float = 0.0
    alt: str = ""
    equivalent: tuple[str, ...] = ()
    columns: tuple[LegendColumn, ...] = ()
    corner: tuple[LegendColumn, ...] = ()
    corner_box: Box = (0.0, 0.0, 0.0, 0.0)
    listed: tuple[LegendColumn, ...] = ()
    further: tuple[Drawing, ...] = ()
    spread: bool = False
    locator: str = ""
    scale_bar: str = ""
    north: str = ""
    scale_text: str = ""
    span: str = ""
    situation: str = ""
    caption: str = ""
    note: str = ""
    remarks: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    sources: tuple[Cite, ...] = ()
    sourced: str = ""
    disclaimer: bool = False
    places: Ids = frozenset()
    events: Ids = frozenset()
    boxes: tuple[LabelBox, ...] = field(default=(), repr=False)
    dropped: tuple[str, ...] = ()
    legend_only: tuple[str, ...] = ()
    lost: int = 0
    side: float = 0.0
    denominator: float = 0.0
    blanks: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[PlateFault, ...] = ()
    key: str = ""


def begun(given: PlateInput[Map] | PlateInput[Timeline]) -> Drawing:
    """A drawing that has no more than what the author wrote around it."""
    plate = given.plate
    return Drawing(
        plate.id, plate.kind, given.number, plate.size, plate.title, plate.subtitle,
        caption=held(plate.caption, given.language), note=held(plate.note, given.language),
    )  # fmt: skip


def going_on(whole: Drawing, number: int, words: Mapping[str, str]) -> Drawing:
    """The part of this ``number`` of a plate, which goes on overleaf; the first is ``whole``.

    What the author wrote around the plate stands on the first.
    """
    title = words["plate.continued"].format(title=whole.title)
    name = f"{whole.id}-{number}"
    return replace(whole, id=name, title=title, subtitle="", caption="", note="")


def span_of(given: PlateInput[Any], events: Sequence[Event]) -> str:
    """The span of a plate as it is printed: its own, or else that of its events."""
    if given.plate.span:
        return dates.show(given.plate.span, given.language)
    return facts.span(events, given.language) if events else ""
