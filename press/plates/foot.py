"""The words over and under a plate, and how much room they take.

The template sets exactly these words with the sizes and leadings of the same tokens, so the height
worked out here is the height on the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from press import locale
from press.content.model import Cite, Dossier
from press.design.styles import Style
from press.plates.drawing import Drawing
from press.plates.metrics import Faces
from press.plates.sheet import MM_PER_POINT, read_sheet, token_length

_RULE_AND_GAPS = 2.5
_KEY_PADDING = 1.2
_SUBTITLE_PADDING = 0.4
_CAPTION_PADDING = 1.0


def foot_paragraphs(
    words: Mapping[str, str], drawing: Drawing, dossier: Dossier
) -> list[tuple[str, str]]:
    """(class, words) of everything set under the legend, in order, without markup."""
    owed = "; ".join(drawing.credits)
    notes = [drawing.note, *drawing.remarks]
    notes.append(words["plate.disclaimer"] if drawing.disclaimer else "")
    made = [
        ("legend-text", drawing.caption),
        ("legend-credit", " ".join(filter(None, notes))),
        ("legend-credit", sources_text(words, drawing, dossier)),
        ("legend-credit", words["plate.credits"].format(credits=owed) if owed else ""),
    ]
    return [(classes, text) for classes, text in made if text]


def source_labels(drawing: Drawing, dossier: Dossier) -> list[tuple[Cite, str]]:
    """Each citation of the plate with the short name of its source and the place in it."""
    found = []
    for cite in drawing.sources:
        source = dossier.bibliography.get(cite.source)
        if source is not None:
            label = source.short or source.title
            found.append((cite, f"{label}, {cite.at}" if cite.at else label))
    return found


def sources_text(words: Mapping[str, str], drawing: Drawing, dossier: Dossier) -> str:
    """The line of sources, or nothing."""
    labels = "; ".join(label for _, label in source_labels(drawing, dossier))
    return words["plate.sources"].format(sources=labels) if labels else ""


def figure_height(
    faces: Faces, style: Style, drawing: Drawing, dossier: Dossier, key: float
) -> float:
    """The height of the whole figure in mm; ``key`` is that of legend, locator and bars."""
    words = locale.messages(dossier.meta.language)
    sheet = read_sheet(style)
    leading = {
        "legend-text": _leading(style, "legend"),
        "legend-credit": _leading(style, "credit"),
    }
    foot = sum(
        len(faces.wrapped(text, sheet.text(classes), drawing.width - 0.5)) * leading[classes]
        for classes, text in foot_paragraphs(words, drawing, dossier)
    )
    foot += _CAPTION_PADDING if drawing.caption else 0.0
    return head_height(faces, style, drawing) + drawing.height + _KEY_PADDING + key + foot


def head_height(faces: Faces, style: Style, drawing: Drawing) -> float:
    """Title line or lines, subtitle and rule, in mm."""
    sheet = read_sheet(style)
    beside = faces.run(drawing.span, sheet.text("legend-span")).width
    beside += faces.run(drawing.number, sheet.text("legend-number")).width + 8
    room = max(40.0, drawing.width - beside)
    lines = len(faces.wrapped(drawing.title, sheet.text("legend-title"), room))
    subtitle = _leading(style, "legend") + _SUBTITLE_PADDING if drawing.subtitle else 0.0
    return lines * _leading(style, "title") + subtitle + _RULE_AND_GAPS


def _leading(style: Style, name: str) -> float:
    defaults = {"title": 19.0, "legend": 8.6, "credit": 7.1}
    return token_length(style, f"--map-leading-{name}", defaults[name] * MM_PER_POINT)
