"""Prints dates in a language: CLDR's patterns and months, our catalogue's words around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from babel import Locale
from babel.dates import tokenize_pattern
from babel.lists import format_list

from press import locale
from press.dates.date import Date, Point, as_julian
from press.dates.days import Day

Style = Literal["long", "short", "compact"]

NBSP: Final = "\N{NO-BREAK SPACE}"
_DASH: Final = "\N{EN DASH}"

# CLDR skeletons by precision: with the year and without, written out and abbreviated.
_SKELETONS: Final = {
    ("day", True, False): "yMMMMd",
    ("day", True, True): "yMMMd",
    ("day", False, False): "MMMMd",
    ("day", False, True): "MMMd",
    ("month", True, False): "yMMMM",
    ("month", True, True): "yMMM",
    ("month", False, False): "LLLL",
    ("month", False, True): "LLL",
    ("season", True, False): "yQQQQ",
    ("season", True, True): "yQQQ",
    ("season", False, False): "QQQQ",
    ("season", False, True): "QQQ",
    ("year", True, False): "y",
    ("year", True, True): "y",
}
_SEASON_KEYS: Final = {code: ("spring", "summer", "autumn", "winter")[(code - 21) % 4]
                       for code in range(21, 33)} | {40: "half.1", 41: "half.2"}  # fmt: skip
# Years before this are printed with their era even in our own: "14 CE", not "14".
_BARE_YEAR: Final = 100


@dataclass(frozen=True)
class _Manner:
    """How one date is set: in which language, how long, with the year, with every era."""

    language: str
    style: Style
    year: bool = True
    era: bool = False

    @property
    def cldr(self) -> Locale:
        return locale.cldr(self.language)

    def word(self, key: str, point: Point | None = None, **fields: str) -> str:
        """The catalogue's words; a form of its own for the compact style or a precision wins."""
        words = locale.messages(self.language)
        for form in (f"{key}.sign" if self.style == "compact" else "", _form(key, point)):
            if form in words:
                return words[form].format(**fields)
        return words[key].format(**fields)


def _form(key: str, point: Point | None) -> str:
    return f"{key}.{point.precision}" if point else ""


@lru_cache(maxsize=8192)
def show(date: Date, language: str = "en", style: Style = "long", *, year: bool = True) -> str:
    """The date in words, ready to set: no-break spaces hold a day to its month, a sign to its year.

    ``long`` writes months out, ``short`` abbreviates them, ``compact`` also turns words to signs
    ("c. 26 Aug 1993", "1993?"). Without ``year`` the year is left out where all parts share it
    and something remains. Raises LanguageError for a language that CLDR does not know.
    """
    if date.julian:
        return _in_both(date, language, style, year)
    manner = _Manner(language, style, year=year or not _year_can_go(date.points))
    match date.kind:
        case "point":
            return _qualified(date.points[0], manner)
        case "interval":
            return _interval(date, manner)
        case "within":
            text = _bounded(date.points, replace(manner, year=True))
            return manner.word("date.within", date=text)
        case _:
            text = _marked(_either([(p,) for p in date.points], manner), date.points, manner)
            if date.open_start or date.open_end:
                key = "date.or-earlier" if date.open_start else "date.or-later"
                text = manner.word(key, date=text)
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
        manner = _Manner(language, style, year=year or not _year_can_go(points))
        return _either([date.points for date in ordered], manner)
    texts = dict.fromkeys(show(date, language, style, year=year) for date in ordered)
    return _listed(list(texts), language)


def show_point(
    point: Point, language: str = "en", style: Style = "long", *, year: bool = True
) -> str:
    """A point in words, without its qualifiers."""
    return _single(point, _Manner(language, style, year=year or not _year_can_go([point])))


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
    manner = _Manner(language, style, year=year)
    return _single(point, manner) if month else _day(point, manner)


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
        return _Manner(language, style).word("date.both", julian=given, gregorian=beside)
    given = show(own, language, style, year=year and not same_year)
    return f"{given}/{show(other, language, style, year=year)}"


def show_julian(date: Date, language: str = "en", style: Style = "long") -> str:
    """The Julian companion of a day or a span of days, "25 October 1917 (Julian)"; else empty."""
    if any(point.precision != "day" for point in date.points):
        return ""
    text = show(as_julian(date), language, style)
    return _Manner(language, style).word("date.julian", date=text)


# -- spans and choices -------------------------------------------------------------------------


def _interval(date: Date, manner: _Manner) -> str:
    first, last = date.points[0], date.points[-1]
    if date.open_start:
        return manner.word("date.until", last, date=_qualified(last, manner))
    if date.open_end:
        return manner.word("date.from", first, date=_qualified(first, manner))
    if _marks(first) == _marks(last):
        return _marked(_bounded(date.points, manner), date.points, manner)
    begin, end = (_qualified(point, manner) for point in date.points)
    return _dashed(begin, end, manner)


def _bounded(points: Sequence[Point], manner: _Manner) -> str:
    """Two points of one span with what they share said once."""
    first, last = points[0], points[-1]
    if first.first.year <= 0 < last.last.year:
        manner = replace(manner, era=True)
    if first.precision == last.precision == "year" and (first.year > 0) == (last.year > 0):
        return _years(first.year, last.year, manner)
    if (first.year, first.month) == (last.year, last.month) and first.day and last.day:
        days = f"{_day(first, manner)}{_DASH}{_day(last, manner)}"
        return _filled(last, manner, days=days)
    shared = first.year == last.year and _has_months(points)
    leads = {_year_leads(point, manner) for point in points} if shared else set()
    begin = replace(manner, year=manner.year and leads != {False})
    end = replace(manner, year=manner.year and leads != {True})
    texts = _single(first, begin), _single(last, end)
    mark, _ = _separator(manner.language)
    if mark == _DASH and len(leads) == 1 and first.precision == last.precision == "month":
        return mark.join(texts)
    return _dashed(*texts, manner)


def _either(items: Sequence[tuple[Point, ...]], manner: _Manner) -> str:
    """Points or spans as alternatives, with what they share said once."""
    points = [point for item in items for point in item]
    months = {(point.year, point.month) for point in points}
    if len(months) == 1 and all(point.day for point in points):
        days = [_DASH.join(dict.fromkeys(_day(point, manner) for point in item)) for item in items]
        return _filled(points[-1], manner, days=_listed(days, manner.language))
    years = {point.year > 0 for point in points}
    if len(years) == 1 and all(p.precision == "year" and len(i) == 1 for i in items for p in i):
        return _either_year([point.year for point in points], manner)
    shared = len({point.year for point in points}) == 1 and _has_months(points)
    leads = {_year_leads(point, manner) for point in points} if shared else set()
    carrier = {frozenset({True}): 0, frozenset({False}): len(items) - 1}.get(frozenset(leads))
    texts = []
    for index, item in enumerate(items):
        own = replace(manner, year=manner.year and carrier in (None, index))
        texts.append(_bounded(item, own) if len(item) > 1 else _single(item[0], own))
    return _listed(texts, manner.language)


def _either_year(years: Sequence[int], manner: _Manner) -> str:
    """Years on one side of the era, which is said once: "753, 751 or 748 BCE"."""
    if years[0] > 0 and not manner.era and min(years) >= _BARE_YEAR:
        return _listed([str(year) for year in years], manner.language)
    texts = [str(year if year > 0 else 1 - year) for year in years]
    frame = _of_era("{}", "ce" if years[0] > 0 else "bce", manner)
    return frame.format(_listed(texts, manner.language))


def _has_months(points: Sequence[Point]) -> bool:
    return all(point.month for point in points)


def _year_can_go(points: Sequence[Point]) -> bool:
    return len({p.year for p in points}) == 1 and all(
        p.month or p.season in range(21, 37) for p in points
    )


def _year_leads(point: Point, manner: _Manner) -> bool:
    """Whether the language puts the year before the month at this precision."""
    short = manner.style != "long"
    fields = [f for f, _ in _tokens(manner.language, _SKELETONS[(point.precision, True, short)])]
    return fields.index("y") < min(fields.index(f) for f in "ML" if f in fields)


@lru_cache(maxsize=64)
def _separator(language: str) -> tuple[str, bool]:
    """CLDR's mark between the ends of a span, and whether the language sets spaces around it."""
    pattern = str(locale.cldr(language).interval_formats[None])
    mark = pattern.replace("{0}", "").replace("{1}", "")
    # A word between the ends ("to") is always a word apart.
    return mark.strip(), mark != mark.strip() or mark.isalpha()


def _dashed(begin: str, end: str, manner: _Manner) -> str:
    """Ends of more than one word stand off from the dash, and no line begins with it."""
    mark, spaced = _separator(manner.language)
    wide = mark.isalpha() or any(
        space in text for text in (begin, end) for space in (" ", NBSP, "\u202f")
    )
    return f"{begin}{NBSP}{mark} {end}" if spaced and wide else f"{begin}{mark}{end}"


def _listed(texts: Sequence[str], language: str) -> str:
    return format_list(texts, style="or", locale=locale.cldr(language)) if texts else ""


# -- qualifiers --------------------------------------------------------------------------------


def _marks(point: Point) -> tuple[bool, bool]:
    return point.approximate, point.uncertain


def _qualified(point: Point, manner: _Manner) -> str:
    return _marked(_single(point, manner), (point,), manner)


def _marked(text: str, points: Sequence[Point], manner: _Manner) -> str:
    lone = points[0] if len(points) == 1 else None
    if any(point.approximate for point in points):
        text = manner.word("date.about", lone, date=text)
    if any(point.uncertain for point in points):
        text = manner.word("date.perhaps", lone, date=text)
    return text


# -- one point ---------------------------------------------------------------------------------


def _single(point: Point, manner: _Manner) -> str:
    match point.precision:
        case "decade":
            return _decade(point, manner)
        case "century":
            return _century(point, manner)
        case "season" if point.season in _SEASON_KEYS:
            year = _years(point.year, point.last.year, manner) if manner.year else ""
            return manner.word(f"date.{_SEASON_KEYS[point.season]}", year=year).strip()
        case "year":
            return _years(point.year, point.year, manner)
        case _:
            return _filled(point, manner)


def _decade(point: Point, manner: _Manner) -> str:
    if point.year < _BARE_YEAR:
        return _bounded_years(point, manner)
    return manner.word("date.decade", year=str(point.year))


def _bounded_years(point: Point, manner: _Manner) -> str:
    ends = [Point("year", day.year) for day in (point.first, point.last)]
    return _bounded(ends, manner)


def _century(point: Point, manner: _Manner) -> str:
    if point.year >= 0:
        return manner.word("date.century", ordinal=_ordinal(point.year // 100 + 1, manner))
    return manner.word("date.century.bce", ordinal=_ordinal(-point.last.year // 100 + 1, manner))


def _ordinal(number: int, manner: _Manner) -> str:
    rule = manner.cldr.ordinal_form(number)
    return manner.word(f"ordinal.{rule}", n=str(number), roman=_roman(number))


def _roman(number: int) -> str:
    text = ""
    for value, letters in zip(
        (100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, number = divmod(number, value)
        text += letters * count
    return text


def _years(first: int, last: int, manner: _Manner) -> str:
    """A year, or a span of years on one side of the era: "1988–1994", "753–509 BCE"."""
    if first == last:
        return _filled(Point("year", first), manner)
    if first > 0:
        late = str(last)
        text = f"{first!s}{_DASH}{late}"
        return _of_era(text, "ce", manner) if manner.era or first < _BARE_YEAR else text
    if last > 0:
        return _bounded([Point("year", first), Point("year", last)], manner)
    return _of_era(f"{1 - first!s}{_DASH}{1 - last!s}", "bce", manner)


def _year(year: int, manner: _Manner) -> str:
    if year <= 0:
        return _of_era(str(1 - year), "bce", manner)
    text = str(year)
    return _of_era(text, "ce", manner) if manner.era or year < _BARE_YEAR else text


def _of_era(text: str, era: Literal["bce", "ce"], manner: _Manner) -> str:
    if locale.has_words(manner.language):
        return manner.word(f"date.{era}", year=text).replace(" ", NBSP)
    name = manner.cldr.eras["abbreviated"][0 if era == "bce" else 1]
    return f"{text}{NBSP}{name}"


# -- CLDR patterns -----------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _tokens(language: str, skeleton: str) -> tuple[tuple[str, str], ...]:
    """A CLDR pattern as ``(field letter, its letters)`` and ``("", literal text)``.

    A full stop that belongs to the day ("8.", as German writes it) is kept with the day's field.
    """
    cldr = locale.cldr(language)
    if skeleton == "yMMMMd":
        pattern = cldr.date_formats["long"].pattern
    elif len(set(skeleton)) == 1 and len(skeleton) > 1:
        pattern = skeleton  # a month's or quarter's name alone
    else:
        pattern = cldr.datetime_skeletons[skeleton].pattern
    tokens: list[tuple[str, str]] = []
    for _, value in tokenize_pattern(pattern):
        if isinstance(value, tuple):
            letter, width = value
            tokens.append((letter, letter * width))
        elif tokens and tokens[-1][0] == "":
            tokens[-1] = ("", tokens[-1][1] + value)
        else:
            tokens.append(("", value))
    return tuple(_day_with_stop(tokens))


def _day_with_stop(tokens: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    held = list(tokens)
    for index, (field, letters) in enumerate(held[:-1]):
        following = held[index + 1][1]
        if field == "d" and following.startswith("."):
            held[index] = ("d", f"{letters}.")
            held[index + 1] = ("", following[1:])
    return held


def _filled(point: Point, manner: _Manner, days: str = "") -> str:
    """The CLDR pattern of the point's precision with its fields; ``days`` replaces the day."""
    short = manner.style != "long"
    tokens = _tokens(manner.language, _SKELETONS[(point.precision, manner.year, short)])
    texts = [days if days and f == "d" else _field(f, t, point, manner) for f, t in tokens]
    for index in _between_day_and_month(tokens):
        texts[index] = texts[index].replace(" ", NBSP)
    return "".join(texts)


def _between_day_and_month(tokens: Sequence[tuple[str, str]]) -> range:
    at = {field: index for index, (field, _) in enumerate(tokens) if field in ("d", "M", "L")}
    return range(min(at.values()) + 1, max(at.values())) if len(at) > 1 else range(0)


def _day(point: Point, manner: _Manner) -> str:
    short = manner.style != "long"
    tokens = _tokens(manner.language, _SKELETONS[("day", manner.year, short)])
    letters = next(letters for field, letters in tokens if field == "d")
    return _field("d", letters, point, manner)


def _field(field: str, letters: str, point: Point, manner: _Manner) -> str:
    match field:
        case "d":
            text = str(point.day).rjust(len(letters.rstrip(".")), "0")
            if point.day == 1:
                text = manner.word("date.first-day", day=text)
            return text + ("." if letters.endswith(".") else "")
        case "M" | "L":
            return _month(point.month, field, len(letters), manner)
        case "Q" | "q":
            width = "wide" if len(letters) > 3 else "abbreviated"
            return str(manner.cldr.quarters["format"][width][point.season - 32])
        case "y":
            return _year(point.year, manner)
        case "":
            return letters
        case _:
            return ""


def _month(month: int, field: str, width: int, manner: _Manner) -> str:
    if width < 3:
        return str(month).rjust(width, "0")
    names = manner.cldr.months["format" if field == "M" else "stand-alone"]
    return str(names["wide" if width > 3 else "abbreviated"][month])
