"""One point in words: CLDR's patterns and months filled in, and years with their era."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from babel import Locale
from babel.dates import tokenize_pattern

from press import locale
from press.dates.date import Point

Style = Literal["long", "short", "compact"]
Token = tuple[str, str]
"""A field's letter and its letters in the pattern; no letter and literal text."""

NBSP: Final = "\N{NO-BREAK SPACE}"
DASH: Final = "\N{EN DASH}"
_SPACES: Final = (" ", NBSP, "\N{NARROW NO-BREAK SPACE}")

# CLDR skeletons, written out, by precision: with the year and without.
_SKELETONS: Final = {
    ("day", True): "yMMMMd",
    ("day", False): "MMMMd",
    ("month", True): "yMMMM",
    ("month", False): "LLLL",
    ("season", True): "yQQQQ",
    ("season", False): "QQQQ",
    ("year", True): "y",
}
_SEASONS: Final = {code: ("spring", "summer", "autumn", "winter")[(code - 21) % 4]
                   for code in range(21, 33)} | {40: "half.1", 41: "half.2"}  # fmt: skip
_ROMAN: Final = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"),
    (1, "I"),
)  # fmt: skip
# Years before this are printed with their era even in our own: "14 CE", not "14".
_BARE_YEAR: Final = 100


@dataclass(frozen=True)
class DateFormat:
    """How one date is set: in which language, how long, with the year, with every era."""

    language: str
    style: Style
    year: bool = True
    era: bool = False

    @property
    def cldr(self) -> Locale:
        """The language as CLDR knows it."""
        return locale.cldr(self.language)

    def word(self, key: str, point: Point | None = None, **fields: str) -> str:
        """The catalogue's words; a form of its own for the compact style or a precision wins."""
        words = locale.messages(self.language)
        sign = f"{key}.sign" if self.style == "compact" else ""
        for form in (sign, f"{key}.{point.precision}" if point else ""):
            if form in words:
                return words[form].format(**fields)
        return words[key].format(**fields)


def single(point: Point, form: DateFormat) -> str:
    """A point without its qualifiers."""
    match point.precision:
        case "decade" if point.year >= _BARE_YEAR:
            return form.word("date.decade", year=str(point.year))
        case "decade" | "year":
            return span_of_years(point.year, point.last.year, form)
        case "century":
            return _century(point, form)
        case "season" if point.season in _SEASONS:
            year = span_of_years(point.year, point.last.year, form) if form.year else ""
            return form.word(f"date.{_SEASONS[point.season]}", year=year).strip()
        case _:
            return filled(point, form)


def _century(point: Point, form: DateFormat) -> str:
    key = "date.century" if point.year >= 0 else "date.century.bce"
    number = (point.year if point.year >= 0 else -point.last.year) // 100 + 1
    own = locale.has_words(form.language)
    ordinal = f"ordinal.{(form.cldr if own else locale.cldr('en')).ordinal_form(number)}"
    return form.word(key, ordinal=form.word(ordinal, n=str(number), roman=_roman(number)))


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


# -- years -------------------------------------------------------------------------------------


def span_of_years(first: int, last: int, form: DateFormat) -> str:
    """A year, or a span of them: "1993", "1988–1994", "753–509 BCE", "63 BCE – 14 CE"."""
    if first == last:
        return filled(Point("year", first), form)
    if first <= 0 < last:
        begin, end = (filled(Point("year", y), replace(form, era=True)) for y in (first, last))
        return dashed(begin, end, form.language)
    return years((first, last), DASH.join, form)


def years(given: Sequence[int], join: Callable[[Sequence[str]], str], form: DateFormat) -> str:
    """Years on one side of the era, which is said once: "753, 751 or 748 BCE"."""
    ours = given[0] > 0
    text = join([str(year if ours else 1 - year) for year in given])
    if not has_era(given, form):
        return text
    if locale.has_words(form.language):
        frame = form.word("date.ce" if ours else "date.bce", year="{}")
        return frame.replace(" ", NBSP).format(text)
    said = {"y": text, "G": _era(given[0], form)}
    pattern = with_era((("y", "y"),), form.language)
    return "".join(said.get(field, letters) for field, letters in pattern).strip()


def has_era(given: Sequence[int], form: DateFormat) -> bool:
    """Whether years are printed with their era: before our own, or early in it, or where asked."""
    return given[0] <= 0 or form.era or min(given) < _BARE_YEAR


def _era(year: int, form: DateFormat) -> str:
    """What the language calls the era of an astronomical year."""
    return _as_fonts_have_it(str(form.cldr.eras["abbreviated"][1 if year > 0 else 0]))


def _as_fonts_have_it(text: str) -> str:
    """Words of CLDR with signs that fonts have: Armenian abbreviates with U+2024, a full stop."""
    return text.replace("\N{ONE DOT LEADER}", ".")


@lru_cache(maxsize=64)
def separator(language: str) -> tuple[str, bool]:
    """CLDR's mark between the ends of a span, and whether the language sets spaces around it."""
    pattern = str(locale.cldr(language).interval_formats[None])
    mark = pattern.replace("{0}", "").replace("{1}", "")
    # A word between the ends ("to") is always a word apart.
    return mark.strip(), mark != mark.strip() or mark.isalpha()


def dashed(begin: str, end: str, language: str) -> str:
    """Ends of more than one word stand off from the dash, and no line begins with it."""
    mark, spaced = separator(language)
    wide = mark.isalpha() or any(space in text for text in (begin, end) for space in _SPACES)
    return f"{begin}{NBSP}{mark} {end}" if spaced and wide else f"{begin}{mark}{end}"


# -- CLDR patterns -----------------------------------------------------------------------------


def tokens(precision: str, form: DateFormat) -> tuple[Token, ...]:
    """The pattern of a precision in the language.

    A full stop that belongs to the day ("8.", as German writes it) is kept with the day's field.
    """
    skeleton = _SKELETONS[precision, form.year]
    if form.style != "long":
        for letter in "MLQ":
            skeleton = skeleton.replace(letter * 4, letter * 3)
    return _tokens(form.language, skeleton)


@lru_cache(maxsize=256)
def _tokens(language: str, skeleton: str) -> tuple[Token, ...]:
    cldr = locale.cldr(language)
    if skeleton == "yMMMMd":
        pattern = cldr.date_formats["long"].pattern
    elif len(set(skeleton)) == 1 and len(skeleton) > 1:
        pattern = skeleton  # a month's or quarter's name alone
    else:
        pattern = cldr.datetime_skeletons[skeleton].pattern
    found: list[Token] = []
    for _, value in tokenize_pattern(pattern):
        if isinstance(value, tuple):
            letter, width = value
            found.append((letter, letter * width))
            continue
        text = _as_fonts_have_it(value)
        if found and found[-1][0] == "":
            found[-1] = ("", found[-1][1] + text)
        else:
            found.append(("", text))
    for index, ((field, letters), (_, following)) in enumerate(pairwise(found)):
        if field == "d" and following.startswith("."):
            found[index : index + 2] = [("d", f"{letters}."), ("", following[1:])]
    return tuple(found)


@lru_cache(maxsize=256)
def with_era(pattern: tuple[Token, ...], language: str) -> tuple[Token, ...]:
    """A pattern with the era beside its year, where the language has it: 紀元前216年8月.

    CLDR has patterns with an era by itself, many in figures alone; only where it stands against
    the year, and what stands between the two, is taken from them.
    """
    if any(field == "G" for field, _ in pattern):
        return pattern
    fields = _tokens(language, "Gy")
    year, era = (next(n for n, (f, _) in enumerate(fields) if f == field) for field in "yG")
    at = next(number for number, (field, _) in enumerate(pattern) if field == "y")
    between = "".join(letters for _, letters in fields[min(year, era) + 1 : max(year, era)])
    if era < year:
        gap = ("", between.replace(" ", NBSP))
        alone = fields[year + 1 :] if len(pattern) == 1 else ()
        return (*pattern[:at], ("G", "G"), gap, pattern[at], *pattern[at + 1 :], *alone)
    unit = between.rstrip()  # the word for a year, which some patterns have without an era too
    rest = list(pattern[at + 1 :])
    if rest and unit and rest[0][1].startswith(unit):
        rest[0] = ("", rest[0][1].removeprefix(unit))
    elif len(pattern) > 1:
        unit = ""
    if rest and rest[0][1][:1] in ("-", "/"):  # 216-08-02
        return (*pattern, ("", NBSP), ("G", "G"))
    return (*pattern[: at + 1], ("", f"{unit}{NBSP}"), ("G", "G"), *rest)


def _without_era(pattern: tuple[Token, ...]) -> tuple[Token, ...]:
    """A pattern without the era that it has, and without the blank before it."""
    found: list[Token] = []
    for field, letters in pattern:
        if field == "G":
            if found and not found[-1][0]:
                found[-1] = ("", found[-1][1].rstrip())
        else:
            found.append((field, letters))
    return tuple(found)


def filled(point: Point, form: DateFormat, days: str = "") -> str:
    """The pattern of the point's precision with its fields; ``days`` replaces the day."""
    pattern = tokens(point.precision, form)
    if form.year and has_era([point.year], form) and not locale.has_words(form.language):
        if point.precision == "year":
            return years([point.year], "".join, form)
        pattern = with_era(pattern, form.language)
        number = str(point.year if point.year > 0 else 1 - point.year)
        said = {"y": number, "G": _era(point.year, form)}
        pattern = tuple(("", said[f]) if f in said else (f, t) for f, t in pattern)
    else:
        pattern = _without_era(pattern)
    texts = [days if days and f == "d" else _field(f, t, point, form) for f, t in pattern]
    at = {field: index for index, (field, _) in enumerate(pattern) if field in ("d", "M", "L")}
    if len(at) > 1:  # no line parts a day from its month
        for index in range(min(at.values()) + 1, max(at.values())):
            texts[index] = texts[index].replace(" ", NBSP)
    return "".join(texts)


def day_number(point: Point, form: DateFormat) -> str:
    """The number of a day, as the language writes it within a date."""
    letters = next(letters for field, letters in tokens("day", form) if field == "d")
    return _field("d", letters, point, form)


def _field(field: str, letters: str, point: Point, form: DateFormat) -> str:
    width = "wide" if len(letters) > 3 else "abbreviated"
    match field:
        case "d":
            text = str(point.day).rjust(len(letters.rstrip(".")), "0")
            if point.day == 1:
                text = form.word("date.first-day", day=text)
            return text + ("." if letters.endswith(".") else "")
        case "M" | "L" if len(letters) < 3:
            return str(point.month).rjust(len(letters), "0")
        case "M" | "L":
            names = form.cldr.months["format" if field == "M" else "stand-alone"]
            return _as_fonts_have_it(str(names[width][point.month]))
        case "Q" | "q":
            return str(form.cldr.quarters["format"][width][point.season - 32])
        case "y":
            return years([point.year], "".join, form)
        case "":
            return letters
        case _:
            return ""
