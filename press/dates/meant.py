"""What people write instead of EDTF, and the EDTF that they mean: 16. Mai 1913, Herbst 1939.

Months are those of CLDR in the languages of Europe and its neighbours, seasons those of our
catalogues; a name that two languages give to different months counts for neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from press import locale
from press.dates.days import year_text

Reads = Callable[[str], bool]
"""Whether a text is EDTF."""

_LANGUAGES: Final = (
    "az", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "hy", "it", "ka", "lt",
    "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk",
)  # fmt: skip
_HYPHENS = re.compile("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{MINUS SIGN}]")
_DASHES = re.compile("[–—]")
_YEAR = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|\.)?(?: de| of)?"
_ON = r"(?: ?- ?| (?:to|till|until|through|bis|zum|à|au) )"
_ABOUT = re.compile(
    r"(?:c|ca|circa|about|around|approx|um|etwa|gegen|vers|environ)(?:\.|(?= )) ?(.+)",
    re.IGNORECASE,
)
_TO = re.compile(r" ?[-–—] ?| (?:to|until|till|bis|zum|à|au) ", re.IGNORECASE)
_APART = re.compile(r" [-–—] ")
_OUR_ERA = re.compile(
    r"(?<=[0-9])(?: ?(?:г|р)\.| (?:года?|року|n\. ?Chr\.?|A\.?D\.?|CE|ap\. J\.-C\.))$",
    re.IGNORECASE,
)
"""What stands behind a year and says no more than that it is one."""
_HALF_OPEN = re.compile(r"([0-9]{4}) ?[–—]|[–—] ?([0-9]{4})")
_FROM = re.compile(r"(?:from|von|vom|du|de) ", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between|zwischen|entre) (.+) (?:and|und|et) (.+)", re.IGNORECASE)
_OPEN = (
    (re.compile(r"(?:before|until|till|by|vor|bis|avant|jusqu’en) (.+)", re.IGNORECASE), "../{}"),
    (re.compile(r"(?:after|since|from|nach|seit|ab|après|depuis) (.+)", re.IGNORECASE), "{}/.."),
)
"""Words for an open end, and the form of EDTF for it."""


_BOTH = re.compile(r" ?[,;&+] ?| (?:and|or|und|oder|et|ou) ")
_BLANK = re.compile(r"(?<=[0-9])[xu?*_]{1,2}(?=-|$)")
_NOTHING = re.compile(r"(?:-[xu?*_0]{2})+$")
"""Figures that are not known, as people write them."""
_ASIDE = re.compile(r"\s*\([^()]*\)$")
_WEEKDAY = re.compile(
    r"(?:\w+day|\w+tag|mittwoch|sonnabend|\w+di|dimanche|mon|tues?|wed|thurs?|fri"
    r"|sat|sun)\.?,? (\d.*)",
    re.IGNORECASE,
)
_NOT_KNOWN = frozenset(
    {"?", "??", "-", "–", "unknown", "n.d.", "nd", "none", "tbd", "unbekannt", "o. d.", "inconnu",
     "inconnue", "s.d.", "desconocido", "not known", "undated", "x", "n/a"}
)  # fmt: skip


def is_unknown(text: str) -> bool:
    """Whether a text says in words that nobody knows the date."""
    return " ".join(text.split()).casefold() in _NOT_KNOWN


@lru_cache(maxsize=1)
def months() -> Mapping[str, int]:
    """The number of a month by its names and short names, in small letters, without stops."""
    found: dict[str, set[int]] = {"sept": {9}, "may": {5}}
    for language in _LANGUAGES:
        for name, number in locale.month_names(language):
            found.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {
        name: min(numbers)
        for name, numbers in found.items()
        if len(numbers) == 1 and len(name) > 2 and name[0].isalpha()
    }


@lru_cache(maxsize=1)
def _seasons() -> Mapping[str, int]:
    """EDTF's number of a season by its name in our languages."""
    found = {"fall": 23}
    for words in map(locale.own_words, locale.languages()):
        for number, name in enumerate(("spring", "summer", "autumn", "winter"), start=21):
            if form := words.get(f"date.{name}"):
                found[" ".join(form.replace("{year}", "").split()).casefold()] = number
    return found


@lru_cache(maxsize=1)
def _slips() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Forms that people write, most telling first, and the form of EDTF for each."""
    names = "|".join(map(re.escape, sorted(months(), key=len, reverse=True)))
    month, other = rf"(?P<month>{names})\.?(?: de)?", rf"(?P<month2>{names})\.?"
    season = rf"(?P<season>{'|'.join(map(re.escape, _seasons()))})"
    forms = (
        (r"(?P<year>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<day>[0-9]{1,2})", "{year}-{m}-{day}"),
        (r"(?P<year>[0-9]{4})-(?P<m>[0-9])", "{year}-{m}"),
        (r"(?P<year>[0-9]{4})(?P<m>0[1-9]|1[0-2])(?P<day>[0-3][0-9])", "{year}-{m}-{day}"),
        (r"(?P<early>[1-9][0-9]{1,2})", "{early:0>4}"),
        (r"0+(?P<year>[1-9][0-9]{3})-(?P<m>[0-9]{1,2})-(?P<day>[0-9]{1,2})", "{year}-{m}-{day}"),
        (r"0+(?P<year>[1-9][0-9]{3})-(?P<m>[0-9]{1,2})", "{year}-{m}"),
        (r"0+(?P<year>[1-9][0-9]{3})", "{year}"),
        (r"(?P<year>[0-9]{4})[./](?P<m>0[1-9]|1[0-2])", "{year}-{m}"),
        (r"(?P<year>[0-9]{4})[./](?P<m>[0-9]{1,2})[./](?P<day>[0-9]{1,2})", "{year}-{m}-{day}"),
        (r"(?P<m>[0-9]{1,2})/(?P<day>1[3-9]|2[0-9]|3[01])/(?P<year>[0-9]{4})", "{year}-{m}-{day}"),
        (r"(?P<day>[0-9]{1,2})[./] ?(?P<m>[0-9]{1,2})[./] ?(?P<year>[0-9]{4})", "{year}-{m}-{day}"),
        (r"(?P<m>0?[1-9]|1[0-2])[./](?P<year>[0-9]{4})", "{year}-{m}"),
        (rf"{_YEAR}[年년] ?(?P<m>[0-9]{{1,2}})[月월] ?(?P<day>[0-9]{{1,2}})[日일]",
         "{year}-{m}-{day}"),
        (rf"{_YEAR}[年년] ?(?P<m>[0-9]{{1,2}})[月월]", "{year}-{m}"),
        (rf"{_YEAR}[年년]", "{year}"),
        (rf"{_DAY} ?{month},? {_YEAR}", "{year}-{m}-{day}"),
        (rf"{month} {_DAY},? {_YEAR}", "{year}-{m}-{day}"),
        (rf"{_YEAR},? {month} {_DAY}", "{year}-{m}-{day}"),
        (rf"(?P<from>[0-9]{{1,2}})\.?{_ON}{_DAY} ?{month},? {_YEAR}",
         "{year}-{m}-{from}/{year}-{m}-{day}"),
        (rf"{month} (?P<from>[0-9]{{1,2}})\.?{_ON}{_DAY},? {_YEAR}",
         "{year}-{m}-{from}/{year}-{m}-{day}"),
        (rf"(?P<from>[0-9]{{1,2}})\.? ?{other}{_ON}{_DAY} ?{month},? {_YEAR}",
         "{year}-{m2}-{from}/{year}-{m}-{day}"),
        (rf"{month},? {_YEAR}", "{year}-{m}"),
        (rf"{month} ?- ?{other},? {_YEAR}", "{year}-{m}/{year}-{m2}"),
        (rf"(?:mid|mitte|mi)[- ]?{month},? {_YEAR}", "{year}-{m}-11/{year}-{m}-20"),
        (rf"(?:early|anfang|début) {month},? {_YEAR}", "{year}-{m}-01/{year}-{m}-10"),
        (rf"(?:late|ende|fin) {month},? {_YEAR}", "{year}-{m}-21/{year}-{m}-28"),
        (rf"{_YEAR} ?- ?(?P<end>[0-9]{{4}})", "{year}/{end}"),
        (r"(?:années )?(?P<decade>[0-9]{3})0(?:s|er(?:[- ]jahren?)?|)(?<=[sren])", "{decade}X"),
        (r"(?P<century>[0-9]{1,2})(?:st|nd|rd|th|e|er|\.)? ?(?:century|jahrhundert|jh\.?|siècle)",
         "{hundreds}XX"),
        (rf"{season},? {_YEAR}", "{year}-{season}"),
        (r"(?P<bce>[0-9]{1,4}) ?(?:BCE?|B\.C\.(?:E\.)?|v\. ?Chr\.?|av\. J\.-C\.)",
         "{astronomical}"),
    )  # fmt: skip
    return tuple((re.compile(pattern, re.IGNORECASE), template) for pattern, template in forms)


def has_month(text: str) -> bool:
    """Whether a text names a month in any of the languages."""
    return any(word in months() for word in re.findall(r"[^\W\d_]+", text.casefold()))


def meant(text: str, reads: Reads) -> str:
    """The EDTF that is meant, two with "or" where either may be; "" where nothing is sure."""
    plain = _HYPHENS.sub("-", " ".join(text.split()))
    plain = _OUR_ERA.sub("", "".join(str(int(c)) if c.isdecimal() else c for c in plain))
    if half := _HALF_OPEN.fullmatch(plain):
        return f"{half[1]}/.." if half[1] else f"../{half[2]}"
    either = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", plain)
    if (
        either
        and int(either[1]) <= 12
        and int(either[2]) <= 12
        and int(either[1]) != int(either[2])
    ):
        first, second = f"{either[1]:0>2}", f"{either[2]:0>2}"
        return (
            f"{either[3]}-{second}-{first} if the day stands first, "
            f"or {either[3]}-{first}-{second} if the month does"
        )
    winter = re.fullmatch(r"(\d\d)(\d\d)[/-](\d\d)", plain)
    if winter and int(winter[3]) == int(winter[2]) + 1:
        span = f"{winter[1]}{winter[2]}/{winter[1]}{winter[3]}"
        month = f", or {winter[1]}{winter[2]}-{winter[3]} if it is a month"
        return span + (month if int(winter[3]) <= 12 else "")
    two = re.fullmatch(r"(.*?)([^\W\d_]+)\.?/([^\W\d_]+)\.? (\d{4})", plain)
    if two and {two[2].casefold(), two[3].casefold()} <= months().keys():
        return _two_months(two, reads)
    if rough := _rough(plain, reads):
        return rough
    for form in (plain, _DASHES.sub("-", plain)):
        if found := _point_of(form, reads):
            return found
    between, bare = _BETWEEN.fullmatch(plain), _FROM.sub("", plain, count=1)
    apart = _APART.split(bare)
    parts = [*between.groups()] if between else apart if len(apart) == 2 else _TO.split(bare)
    if len(parts) == 2:
        ends = [_point_of(part.strip(), reads) for part in parts]
        if all(ends) and reads(span := "/".join(ends)):
            return span
    day = _WEEKDAY.fullmatch(plain)
    return _point_of(day[1], reads) if day else ""


def _rough(text: str, reads: Reads) -> str:
    """Two dates, a date with an aside, ``186x``, ``18??`` or ``1865-07-uu``; "" for all else."""
    both = _BOTH.split(text)
    if len(both) == 2 and all(map(reads, both)):
        first, second = both
        return f'{first}/{second} if it lasted, or "[{first},{second}]" if it was one of them'
    bare = _ASIDE.sub("", text)
    if bare != text and (found := bare if reads(bare) else _point_of(bare, reads)):
        return found
    whole = _BLANK.sub(lambda match: "X" * len(match[0]), text)
    forms = (whole, _NOTHING.sub("", text))
    return next((form for form in forms if form != text and reads(form)), "")


def _two_months(two: re.Match[str], reads: Reads) -> str:
    """Two months of a year with a stroke between them: a span, or one of the two."""
    about = "~" if two[1] and _ABOUT.fullmatch(two[1] + "x") else ""
    first, last = (f"{two[4]}-{months()[two[n].casefold()]:02}{about}" for n in (2, 3))
    if (two[1] and not about) or not reads(f"{first}/{last}"):
        return ""
    return f'{first}/{last} if it lasted, or "[{first},{last}]" if it was in one of them'


def _point_of(text: str, reads: Reads) -> str:
    """The EDTF of a text without alternatives; "" where none is sure."""
    if about := _ABOUT.fullmatch(text):
        found = _point_of(about[1], reads)
        sure = found and not set("/~[") & set(found)
        return f"{found}~" if sure and reads(f"{found}~") else ""
    for pattern, form in _OPEN:
        if (match := pattern.fullmatch(text)) and (found := _point_of(match[1], reads)):
            return form.format(found) if reads(form.format(found)) else ""
    if text and reads(text):
        return text
    for pattern, template in _slips():
        if match := pattern.fullmatch(text):
            given = {key: value or "" for key, value in match.groupdict().items()}
            found = template.format(**given | _worked_out(given))
            return found if reads(found) else ""
    return ""


def _worked_out(found: dict[str, str]) -> dict[str, str]:
    month, second = (
        months().get(found.get(key, "").casefold(), found.get(plain, ""))
        for key, plain in (("month", "m"), ("month2", ""))
    )
    return {
        "m": f"{month:0>2}",
        "m2": f"{second:0>2}",
        "day": f"{found.get('day', ''):0>2}",
        "from": f"{found.get('from', ''):0>2}",
        "season": str(_seasons().get(found.get("season", "").casefold(), 21)),
        "hundreds": f"{int(found.get('century') or 1) - 1:02}",
        "astronomical": year_text(1 - int(found.get("bce") or 1)),
    }
