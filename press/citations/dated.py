"""When a source was issued, as notes have it: what is guessed stands in brackets, "[ca. 1954]"."""

from __future__ import annotations

from dataclasses import replace

from press import dates, locale

_SPANS = ("decade", "century")


def is_guessed(date: dates.Date) -> bool:
    """Whether the date is about, perhaps, one of several, or known no closer than by a decade."""
    chosen = date.kind in ("one of", "within")
    coarse = date.kind == "point" and date.points[0].precision in _SPANS
    return date.approximate or date.uncertain or chosen or coarse or _is_supplied(date)


def _is_supplied(date: dates.Date) -> bool:
    """Whether the source does not bear the date that its author gives it: "[1954]"."""
    return date.kind == "point" and date.text.startswith("[")


def by_year(date: dates.Date) -> dates.Date:
    """``date`` no finer than a year, in brackets where it was."""
    coarse = dates.coarsen(date, "year")
    changed = _is_supplied(date) != _is_supplied(coarse)
    return replace(coarse, text=f"[{coarse.text}]") if changed else coarse


def shown(date: dates.Date, language: str, style: dates.Style = "long") -> str:
    """The date in words; a guessed one in brackets, as Chicago has it (CMOS 17, 14.145).

    ``1954~`` is "[ca. 1954]", ``1954?`` "[1954?]", ``195X`` "[1950s]", ``[1954,1956]``
    "[1954 or 1956]". A qualifier on one end of a span stands at that end.
    """
    if not is_guessed(date):
        return dates.show(date, language, style)
    marks = {(point.approximate, point.uncertain) for point in date.points}
    if len(marks) > 1:
        return f"[{dates.show(date, language, 'compact')}]"
    ((about, perhaps),) = marks
    points = tuple(replace(point, approximate=False, uncertain=False) for point in date.points)
    words = locale.messages(language)
    text = dates.show(replace(date, points=points), language, style)
    if about:
        text = words["citation.about"].format(date=text)
    return f"[{words['date.perhaps.sign'].format(date=text) if perhaps else text}]"
