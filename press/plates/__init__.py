"""Stage 4: plates. Maps and timelines, drawn from the dossier's events and places as SVG.

``draw()`` makes Drawings; ``figure()`` sets one as HTML with its template; ``kinds`` has a row for
each kind of plate. A map is made in this order: ``frame`` (extent, projection, scale), ``ground``
and ``relief`` (what lies beneath), ``areas`` (what the author lays over it), ``places``, ``names``
and ``labels`` (symbols and words), ``furniture`` and ``legend`` (what stands around it). ``sheet``
and ``metrics`` read the stylesheet and the fonts, ``shaping`` sets scripts that join; ``layers``
reads the author's own shapes, and ``store`` draws, and keeps what it drew.
"""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment
from markupsafe import Markup, escape

from press import locale
from press.content.model import Dossier
from press.plates.drawing import Drawing, Fault, LegendColumn, LegendGroup, LegendItem
from press.plates.foot import foot_paragraphs, source_labels, sources_text
from press.plates.kinds import KINDS, PlateKind
from press.plates.labels import LabelBox
from press.plates.store import CODE, NOTHING_KEPT, Kept, draw, draw_plate, to_keep

__all__ = [
    "CODE",
    "KINDS",
    "NOTHING_KEPT",
    "Drawing",
    "Fault",
    "Kept",
    "LabelBox",
    "LegendColumn",
    "LegendGroup",
    "LegendItem",
    "PlateKind",
    "draw",
    "draw_plate",
    "figure",
    "to_keep",
]


Link = Callable[[str, str], Markup]
"""Makes a citation of a source: its id and what is printed for it, as a link to its entry."""


def figure(drawing: Drawing, templates: Environment, dossier: Dossier, link: Link) -> Markup:
    """The finished ``<figure>`` of a plate, by ``templates/plates/<kind>.html``."""
    template = templates.get_template(f"plates/{drawing.kind}.html")
    paragraphs = [
        {"kind": kind, "html": html} for kind, html in _paragraphs(drawing, dossier, link) if html
    ]
    return Markup(  # noqa: S704 - our own template, which escapes what authors wrote
        template.render(
            drawing=drawing,
            paragraphs=paragraphs,
            svg=Markup,
            w=locale.messages(dossier.meta.language),
        )
    )


def _paragraphs(drawing: Drawing, dossier: Dossier, link: Link) -> list[tuple[str, Markup]]:
    """(kind, HTML) of the words under the legend; sources link to the bibliography."""
    words = locale.messages(dossier.meta.language)
    found = []
    for classes, text in foot_paragraphs(words, drawing, dossier):
        html = escape(text)
        if drawing.sources and text == sources_text(words, drawing, dossier):
            links = Markup("; ").join(
                link(cite.source, label) for cite, label in source_labels(drawing, dossier)
            )
            html = escape(words["plate.sources"]).format(sources=links)
        found.append((classes.removeprefix("legend-"), html))
    return found
