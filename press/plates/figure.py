"""The figure around a picture: its words, how much room they take, and the HTML that is set.

The template sets exactly these words with the sizes and leadings of the same tokens, so the height
worked out here is the height on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jinja2 import Environment
from markupsafe import Markup, escape

from press import locale
from press.base.templates import filled
from press.citations import CitationError, Citations
from press.content.model import Cite, Dossier
from press.plates.drawing import Drawing
from press.plates.style import MM_PER_POINT, PlateStyle

Labelled = Callable[[Sequence[Cite]], Markup]
"""Prints sources by their short labels, with the places in them."""

_RULE_AND_GAPS = 2.5
_KEY_PADDING = 1.2
_SUBTITLE_PADDING = 0.4
_CAPTION_PADDING = 1.0
_LEADINGS = {"title": 19.0, "legend": 8.6, "credit": 7.1}
"""Line to line in points, where no token says."""


def figure(
    drawing: Drawing, templates: Environment, dossier: Dossier, labelled: Labelled
) -> Markup:
    """The finished ``<figure>`` of a plate, by ``templates/plates/<kind>.html``.

    One that goes on overleaf is a figure for each of its parts.
    """
    parts = (drawing, *drawing.further)
    return Markup("\n").join(_figure(part, templates, dossier, labelled) for part in parts)


def _figure(
    drawing: Drawing, templates: Environment, dossier: Dossier, labelled: Labelled
) -> Markup:
    words = locale.messages(dossier.meta.language)
    paragraphs, remarks = [], " ".join(filter(None, drawing.remarks))
    for classes, text in foot_paragraphs(drawing, dossier):
        html = escape(text)
        if remarks and text.endswith(remarks):  # they speak of what is not on the plate
            own = escape(text.removesuffix(remarks))
            html = own + Markup('<span data-index="none">{}</span>').format(remarks)
        if drawing.sources and text == _sources_text(drawing, words):
            html = escape(words["plate.sources"]).format(sources=labelled(drawing.sources))
        paragraphs.append({"kind": classes.removeprefix("legend-"), "html": html})
    name = f"plates/{drawing.kind}.html"
    return filled(templates, name, drawing=drawing, paragraphs=paragraphs, svg=Markup, w=words)


def foot_paragraphs(drawing: Drawing, dossier: Dossier) -> list[tuple[str, str]]:
    """(class, words) of everything set under the legend, in order, without markup."""
    words = locale.messages(dossier.meta.language)
    owed = "; ".join(drawing.credits)
    notes = [drawing.note, words["plate.disclaimer"] if drawing.disclaimer else ""]
    notes += drawing.remarks
    made = [
        ("legend-text", drawing.caption),
        ("legend-credit", " ".join(filter(None, notes))),
        ("legend-credit", _sources_text(drawing, words)),
        ("legend-credit", words["plate.credits"].format(credits=owed) if owed else ""),
    ]
    return [(classes, text) for classes, text in made if text]


def source_words(cites: Sequence[Cite], dossier: Dossier) -> str:
    """The short labels of sources without their markup, as wide as they are in print."""
    meta = dossier.meta
    try:
        citations = Citations(dossier.bibliography, meta.language, meta.citation_style)
        return str(citations.labelled(cites, lambda _, label: label).striptags()) if cites else ""
    except CitationError:  # prose says which style nobody has
        return ""


def _sources_text(drawing: Drawing, words: Mapping[str, str]) -> str:
    return words["plate.sources"].format(sources=drawing.sourced) if drawing.sourced else ""


def leading(style: PlateStyle, name: str) -> float:
    """Line to line of the ``title``, ``legend`` or ``credit``, in mm."""
    return style.token(f"--map-leading-{name}", _LEADINGS[name] * MM_PER_POINT)


def figure_height(style: PlateStyle, drawing: Drawing, dossier: Dossier, key: float) -> float:
    """The height of the whole figure in mm; ``key`` is that of legend, locator and bars."""
    foot = sum(
        len(style.wrapped(text, style.text(classes), drawing.width - 0.5))
        * leading(style, "legend" if classes == "legend-text" else "credit")
        for classes, text in foot_paragraphs(drawing, dossier)
    )
    foot += _CAPTION_PADDING if drawing.caption else 0.0
    padding = _KEY_PADDING * (2 if drawing.listed else 1)
    return _head_height(style, drawing) + drawing.height + padding + key + foot


def _head_height(style: PlateStyle, drawing: Drawing) -> float:
    """Title line or lines, subtitle and rule, in mm."""
    beside = style.run(drawing.span, style.text("legend-span")).width
    beside += style.run(drawing.number, style.text("legend-number")).width + 8
    room = max(40.0, drawing.width - beside)
    lines = len(style.wrapped(drawing.title, style.text("legend-title"), room))
    subtitle = leading(style, "legend") + _SUBTITLE_PADDING if drawing.subtitle else 0.0
    return lines * leading(style, "title") + subtitle + _RULE_AND_GAPS
