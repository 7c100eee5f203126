"""Prints dates in a language: spans and choices with what their ends share said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from press import locale
from press.dates import patterns
from press.dates.date import Date, Point, as_julian
from press.dates.days import Day
from press.dates.patterns import DASH, DateFormat, Style


@lru_cache(maxsize=8192)
def show(date: Date, language: str = "en", style: Style = "long", *, year: bool = True) -> str:
    """The date in words, ready to set: no-break spaces hold a day to its month, a sign to its year.

    ``long`` writes months out, ``short`` abbreviates them, ``compact`` also turns words to signs
    ("c. 26 Aug 1993", "1993?"). Without ``year`` the year is left out where all parts share it
    and something remains. Raises LanguageError for a language that CLDR does not know.
    """
    if date.julian:
        return _in_both(date, language, style, year)
    form = _format(date.points, language, style, year)
    match date.kind:
        case "point":
            return _qualified(date.points[0], form)
        case "interval":
            return _interval(date, form)
        case "within":
            text = _bounded(date.points, replace(form, year=True))
            return form.word("date.within", date=text)
        case _:
            text = _marked(_either([(p,) for p in date.points], form), date.points, form)
            if date.open_start or date.open_end:
                key = "date.or-earlier" if date.open_start else "date.or-later"
                text = form.word(key, date=text)
            return text


def show_either(
    dates: Sequence[Date], language: str = "en", style: Style = "long", *, year: bool = True
) -> str:
    """Accounts that disagree, joined by "or": "18–19 or 23 August 1993"; empty for no dates."""
    ordered = sorted(set(dates), key=lambda date: date.sort_key)
    plain = all(
        not date.julian
        and date.kind in ("point", "interval")
        and not (date.open_start or date.open_end or date.approximate or date.uncertain)
        for date in ordered
    )
    if ordered and plain:
        points = [point for date in ordered for point in date.points]
        form = _format(points, language, style, year)
        return _either([date.points for date in ordered], form)
    texts = dict.fromkeys(show(date, language, style, year=year) for date in ordered)
    return locale.listed(list(texts), language, "or")


def show_point(
    point: Point, language: str = "en", style: Style = "long", *, year: bool = True
) -> str:
    """A point in words, without its qualifiers."""
    return patterns.single(point, _format([point], language, style, year))


def show_day(
    day: Day,
    language: str = "en",
    style: Style = "long",
    *,
    year: bool = True,
    month: bool = True,
) -> str:
    """A bare day in words; without ``month`` only its number, as the language writes it."""
    point = Point("day", day.year, day.month, day.day)
    form = DateFormat(language, style, year=year)
    return patterns.single(point, form) if month else patterns.day_number(point, form)


def _format(points: Sequence[Point], language: str, style: Style, year: bool) -> DateFormat:
    """The format of a date of these points; only a year that they share can be left out."""
    shared = len({p.year for p in points}) == 1 and all(
        p.month or p.season in range(21, 37) for p in points
    )
    return DateFormat(language, style, year=year or not shared)


def _in_both(date: Date, language: str, style: Style, year: bool) -> str:
    """A date in the Julian calendar, with the Gregorian one beside it.

    In full "25 October 1917 (Julian; 7 November Gregorian)", short "25 Oct/7 Nov 1917".
    """
    own = as_julian(date)
    bare = tuple(replace(point, approximate=False, uncertain=False) for point in date.points)
    other = replace(date, points=bare, julian=False)
    same_year = {p.year for p in own.points} == {p.year for p in other.points}
    if style == "long":
        given = show(own, language, style, year=year)
        beside = show(other, language, style, year=year and not same_year)
        return DateFormat(language, style).word("date.both", julian=given, gregorian=beside)
    given = show(own, language, style, year=year and not same_year)
    return f"{given}/{show(other, language, style, year=year)}"


# -- spans and choices -------------------------------------------------------------------------


def _interval(date: Date, form: DateFormat) -> str:
    first, last = date.points[0], date.points[-1]
    if date.open_start:
        until = form.word("date.until", last, date=_qualified(last, form))
        return form.word("date.start-unknown", date=until) if date.start_unknown else until
    if date.open_end:
        since = form.word("date.from", first, date=_qualified(first, form))
        return form.word("date.end-unknown", date=since) if date.end_unknown else since
    if (first.approximate, first.uncertain) == (last.approximate, last.uncertain):
        return _marked(_bounded(date.points, form), date.points, form)
    return patterns.dashed(_qualified(first, form), _qualified(last, form), form.language)


def _bounded(points: Sequence[Point], form: DateFormat) -> str:
    """Two points of one span with what they share said once."""
    first, last = points
    if first.precision == last.precision == "year":
        return patterns.span_of_years(first.year, last.year, form)
    if first.first.year <= 0 < last.last.year:
        form = replace(form, era=True)
    if (first.year, first.month) == (last.year, last.month) and first.day and last.day:
        return patterns.filled(
            last,
            form,
            days=f"{patterns.day_number(first, form)}{DASH}{patterns.day_number(last, form)}",
        )
    texts = [
        patterns.single(p, own) for p, own in zip(points, _year_once(points, 2, form), strict=True)
    ]
    months = first.precision == last.precision == "month" and first.year == last.year
    if months and patterns.separator(form.language)[0] == DASH:
        return DASH.join(texts)
    return patterns.dashed(texts[0], texts[1], form.language)


def _either(items: Sequence[tuple[Point, ...]], form: DateFormat) -> str:
    """Points or spans as alternatives, with what they share said once."""

    def listed(texts: Sequence[str]) -> str:
        return locale.listed(texts, form.language, "or")

    points = [point for item in items for point in item]
    if len({(p.year, p.month) for p in points}) == 1 and all(p.day for p in points):
        days = [
            DASH.join(dict.fromkeys(patterns.day_number(p, form) for p in item)) for item in items
        ]
        return patterns.filled(points[-1], form, days=listed(days))
    plain = all(p.precision == "year" for p in points) and len(points) == len(items)
    if plain and len({p.year > 0 for p in points}) == 1:
        return patterns.years([p.year for p in points], listed, form)
    forms = zip(items, _year_once(points, len(items), form), strict=True)
    return listed(
        [_bounded(i, own) if len(i) > 1 else patterns.single(i[0], own) for i, own in forms]
    )


def _year_once(points: Sequence[Point], parts: int, form: DateFormat) -> list[DateFormat]:
    """The format of each part of a date; a year that all share is said at one end only."""
    shared = len({p.year for p in points}) == 1 and all(p.month for p in points)
    leads = {_year_leads(point, form) for point in points} if shared else set()
    carrier = (0 if True in leads else parts - 1) if len(leads) == 1 else None
    return [replace(form, year=form.year and carrier in (None, n)) for n in range(parts)]


def _year_leads(point: Point, form: DateFormat) -> bool:
    """Whether the language puts the year before the month at this precision."""
    fields = [field for field, _ in patterns.tokens(point.precision, replace(form, year=True))]
    return fields.index("y") < min(fields.index(f) for f in "ML" if f in fields)


# -- qualifiers --------------------------------------------------------------------------------


def _qualified(point: Point, form: DateFormat) -> str:
    return _marked(patterns.single(point, form), (point,), form)


def _marked(text: str, points: Sequence[Point], form: DateFormat) -> str:
    lone = points[0] if len(points) == 1 else None
    if any(point.approximate for point in points):
        text = form.word("date.about", lone, date=text)
    if any(point.uncertain for point in points):
        text = form.word("date.perhaps", lone, date=text)
    return text
