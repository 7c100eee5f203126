"""Calls of notes that would be read as powers: ``35 km⁵`` is a distance and its note, not a volume.

Behind a figure, a unit, a superior or the bracket that closes one, a call stands behind the
punctuation that follows (Chicago Manual of Style, 17th edition, 14.26), where the language has its
calls there; else it stands apart, in brackets.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<[^<>]*>")
_NOTE = re.compile(r'<span class="note" id="note-\d+"(?: data-beside="")?>')
_SPAN = re.compile(r"<span\b[^<>]*>|</span>")
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|dl|dt|dd|td|th|tr|table|section|aside|figure|figcaption|blockquote"
    r"|h[1-6]|br|img|svg)\b[^<>]*>"
)
_STOP = re.compile(r"[.,;:!?…]+[)\]”’»]*|[)\]”’»]+[.,;:!?…]*")
_SPACE = "[ \u00a0\u202f\u2009]"
_UNITS = (
    "m|km|cm|mm|dm|µm|nm|hm|ha|a|l|L|hl|cl|ml|g|kg|mg|t|kt|Mt|s|min|h|d|K|J|kJ|MJ|W|kW|MW|GW|kWh|MWh"
    "|GWh|TWh|V|kV|A|Hz|kHz|MHz|GHz|N|kN|Pa|hPa|kPa|bar|Bq|Gy|Sv|mSv|in|ft|yd|mi|nmi|sq|ac|acres?"
    "|oz|lb|lbs|st|cwt|gal|pt|qt|mph|kn|knots?|hp|PS|ppm|px|pp?|km/h|m/s"
    "|м|км|см|мм|га|кг|г|т|л|кВт|МВт|metres?|meters?|feet|miles?|inches|yards?|kilomet(?:re|er)s?"
)
_FIGURE = re.compile(
    rf"(?:\d|[\d.,]{_SPACE}?(?:[°′″%‰]|°[CF]|(?:{_UNITS})(?:/(?:{_UNITS}))?\.?)"
    r"|[²³¹⁰-⁹₀-₉½¼¾])[)\]”’»]*$"
)
"""What a raised figure behind it would raise to a power, at the end of some words."""
_KEPT = 40
"""Letters before a call that are looked at."""


def clear_of_figures(html: str, follow: bool) -> str:
    """``html`` with every call that could be read as a power moved or set apart.

    ``follow`` says that the language has calls behind punctuation.
    """
    html = str(html)  # Markup would escape what is put in
    parts: list[str] = []
    before, at = "", 0
    for tag in _TAG.finditer(html):
        if tag.start() < at:
            continue
        before = (before + html[at : tag.start()])[-_KEPT:]
        parts.append(html[at : tag.start()])
        at = tag.end()
        if not _NOTE.fullmatch(tag[0]):
            before = "" if _BLOCK.fullmatch(tag[0]) else before
            before = f"{before}³" if tag[0] == "</sup>" else before
            parts.append(tag[0])
            continue
        end = _end(html, at)
        note, at = html[tag.start() : end], end
        if _FIGURE.search(before):
            stop = _STOP.match(html, end) if follow else None
            if stop:
                parts.append(stop[0])
                before, at = before + stop[0], stop.end()
            else:
                note = note.replace('">', '" data-apart="">', 1)
        parts.append(note)
    return "".join((*parts, html[at:]))


def _end(html: str, at: int) -> int:
    """Where the span ends whose content begins at ``at``."""
    depth = 1
    for span in _SPAN.finditer(html, at):
        depth += -1 if span[0] == "</span>" else 1
        if not depth:
            return span.end()
    return len(html)
