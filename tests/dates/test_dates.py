"""Dates: read from EDTF, put in order, and printed, from antiquity to yesterday."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from itertools import pairwise

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from press import dates, locale
from press.dates import FUTURE, PAST, Date, DateError, Day, Style, parse, show
from press.dates.typed import held


def plain(text: str) -> str:
    """No-break spaces made visible, so that a table can be read."""
    return text.replace("\N{NO-BREAK SPACE}", "_").replace("\N{NARROW NO-BREAK SPACE}", "^")


# -- reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("1993-08-23", "1993-08-23", "1993-08-23", "day"),
        ("1993-08", "1993-08-01", "1993-08-31", "month"),
        ("1992-02", "1992-02-01", "1992-02-29", "month"),
        ("1900-02", "1900-02-01", "1900-02-28", "month"),
        ("1993", "1993-01-01", "1993-12-31", "year"),
        ("1993-XX-XX", "1993-01-01", "1993-12-31", "year"),
        ("1993-08-XX", "1993-08-01", "1993-08-31", "month"),
        ("199X", "1990-01-01", "1999-12-31", "decade"),
        ("19XX", "1900-01-01", "1999-12-31", "century"),
        ("-01XX", "-0199-01-01", "-0100-12-31", "century"),
        ("-004X", "-0049-01-01", "-0040-12-31", "decade"),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15", "day"),
        ("0000-02-29", "0000-02-29", "0000-02-29", "day"),
        ("Y-12000", "Y-12000-01-01", "Y-12000-12-31", "year"),
        ("1993-21", "1993-03-01", "1993-05-31", "season"),
        ("1993-24", "1993-12-01", "1994-02-28", "season"),
        ("1993-30", "1993-12-01", "1994-02-28", "season"),
        ("1993-36", "1993-10-01", "1993-12-31", "season"),
        ("1993-41", "1993-07-01", "1993-12-31", "season"),
        ("1993-08-08/1993-08-10", "1993-08-08", "1993-08-10", "day"),
        ("1993-12/1994-01-06", "1993-12-01", "1994-01-06", "month"),
        ("[1993-08-19,1993-08-18]", "1993-08-18", "1993-08-19", "day"),
        ("[1993-08-18..1993-08-20]", "1993-08-18", "1993-08-20", "day"),
        (" 1993-08-23 ", "1993-08-23", "1993-08-23", "day"),
    ],
)
def test_bounds_and_precision(text: str, earliest: str, latest: str, precision: str) -> None:
    """A date covers every day it may mean, and says how finely it is known."""
    date = parse(text)
    bounds = (str(date.earliest), str(date.latest), date.precision)
    assert bounds == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("1993-08-26", False, False),
        ("1993-08-26~", True, False),
        ("1993?", False, True),
        ("1993-08%", True, True),
        ("1993-08~-26", True, False),
        ("?1993-08-26", False, True),
        ("1993-08-08/1993-08-10~", True, False),
    ],
)
def test_qualifiers(text: str, approximate: bool, uncertain: bool) -> None:
    """~ is about, ? is uncertain, % is both; on a part they hold for the whole."""
    date = parse(text)
    assert (date.approximate, date.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("../1993", (PAST, Day(1993, 12, 31))),
        ("/1993", (PAST, Day(1993, 12, 31))),
        ("1993/..", (Day(1993, 1, 1), FUTURE)),
        ("1993/", (Day(1993, 1, 1), FUTURE)),
        ("[..1993]", (PAST, Day(1993, 12, 31))),
        ("[1993..]", (Day(1993, 1, 1), FUTURE)),
    ],
)
def test_open_ends_reach_beyond_every_day(text: str, span: tuple[Day, Day]) -> None:
    """An open end is comparable, has no length, and is told from a real day."""
    date = parse(text)
    assert date.span == span
    assert date.days is None
    assert date.is_interval == ("/" in text)
    assert (date.open_start, date.open_end) == (span[0] == PAST, span[1] == FUTURE)


@pytest.mark.parametrize(
    ("text", "fault", "remedy"),
    [
        ("", "the date is empty", "write 1900, "),
        ("1993-13-45", "no month 13", "months run from 01 to 12"),
        ("1993-23-08", "a day in a season", "1993-08-23 if the day stands before the month"),
        ("1993-13-08", "no month 13", "1993-08-13 if the day stands before the month"),
        ("1993-02-30", "no day 30", "February 1993 has 28 days"),
        ("1993-02-29", "no day 29", "February 1993 has 28 days"),
        ("1900-02-29", "no day 29", "February 1900 has 28 days"),
        ("1993-04-31", "no day 31", "April 1993 has 30 days"),
        ("1993-00-01", "no month 00", "months run from 01 to 12"),
        ("1993-21-04", "a day in a season", "write 1993-21"),
        ("199X-08", "a month but no year", "write 199X"),
        ("1993-XX-05", "a day but no month", "write 1993"),
        ("23 August 1993", "not an EDTF date", "write 1993-08-23"),
        ("23rd Aug. 1993", "not an EDTF date", "write 1993-08-23"),
        ("August 23, 1993", "not an EDTF date", "write 1993-08-23"),
        ("August 1993", "not an EDTF date", "write 1993-08"),
        ("1993-8-3", "not an EDTF date", "write 1993-08-03"),
        ("858", "not an EDTF date", "write 0858"),
        ("01677", "not an EDTF date", "write 1677"),
        ("13 to 14 July 1865", "not an EDTF date", "write 1865-07-13/1865-07-14"),
        ("July 13-14, 1865", "not an EDTF date", "write 1865-07-13/1865-07-14"),
        ("28. Juni bis 3. Juli 1865", "not an EDTF date", "write 1865-06-28/1865-07-03"),
        ("Friday 14 July 1865", "not an EDTF date", "write 1865-07-14"),
        ("after 14 July 1865", "not an EDTF date", "write 1865-07-14/.."),
        ("1865-07-14, 1865-07-15", "not an EDTF date", '"[1865-07-14,1865-07-15]" if it was one'),
        ("1871 (2nd ed.)", "not an EDTF date", "write 1871"),
        ("186x", "not an EDTF date", "write 186X"),
        ("18??", "not an EDTF date", "write 18XX"),
        ("1865-07-uu", "not an EDTF date", "write 1865-07"),
        ("unknown", "no date", "however rough"),
        ("01677-5-1", "not an EDTF date", "write 1677-05-01"),
        ("79", "not an EDTF date", "write 0079"),
        ("18580805", "not an EDTF date", "write 1858-08-05"),
        ("1993-8", "not an EDTF date", "write 1993-08"),
        ("1993/08/23", "not an EDTF date", "write 1993-08-23"),
        ("23.8.1993", "not an EDTF date", "write 1993-08-23"),
        ("1993–08–23", "not an EDTF date", "write 1993-08-23"),
        ("−0043", "not an EDTF date", "write -0043"),
        ("mid-August 1993", "not an EDTF date", "write 1993-08-11/1993-08-20"),
        ("late June 1993", "not an EDTF date", "write 1993-06-21/1993-06-28"),
        ("mid-August", "a date in words", "words of your own go in printed"),
        ("c. 1993", "not an EDTF date", "write 1993~"),
        ("before 1993", "not an EDTF date", "write ../1993"),
        ("since 1993", "not an EDTF date", "write 1993/.."),
        ("1988–1994", "not an EDTF date", "write 1988/1994"),
        ("1990s", "not an EDTF date", "write 199X"),
        ("winter 1993", "not an EDTF date", "write 1993-24"),
        ("fall 1993", "not an EDTF date", "write 1993-23"),
        ("44 BC", "not an EDTF date", "write -0043"),
        ("1 BCE", "not an EDTF date", "write 0000"),
        ("-0000", "no year -0000", "1 BCE is 0000"),
        ("1993-08-10/1993-08-08", "ends before it begins", "1993-08-08/1993-08-10"),
        ("../..", "neither beginning nor end", "give one of them"),
        ("1993/1994/1995", "not an EDTF date", "write 1900, "),
        ("1993-08-23T10:30:00", "a time of day", "write 1993-08-23"),
        ("{1993,1994}", "dates that all hold", "one event for each date"),
        ("[1993]", "a single date", "write 1993"),
        ("[1993", "not complete", "[1900-08-18,1900-08-19]"),
        ("yesterday", "not an EDTF date", "write 1900, "),
        ("٢٠٠٠", "not an EDTF date", "write 2000"),
    ],
)
def test_faults_name_their_remedy(text: str, fault: str, remedy: str) -> None:
    """What is no date is refused with the fault and with what to write."""
    with pytest.raises(DateError) as caught:
        parse(text)
    assert fault in caught.value.message
    assert remedy in caught.value.hint
    for suggestion in re.findall(r"(?:write|first:) ([-0-9X~./]+[0-9X~.])$", caught.value.hint):
        parse(suggestion)


@pytest.mark.parametrize(
    "text",
    ["1993-08-23", "1993-08", "1993", "-0043", "199X", "19XX", "1993-08-26~", "1993?", "1993%",
     "1993-08-08/1993-08-10", "1993-21/1994-22", "1993-08/1993-08-10", "Y-12000",
     "[1993-08-18,1993-08-19]", "1993-?08-23"],
)  # fmt: skip
def test_the_edtf_package_agrees(text: str) -> None:
    """The bounds are those of the reference reader, where it gives any."""
    reference = edtf.parse_edtf(text)
    lower, upper = (
        tuple(bound)[:3] for bound in (reference.lower_strict(), reference.upper_strict())
    )
    date = parse(text)
    days = [(day.year, day.month, day.day) for day in date.span]
    assert days == [lower, upper]


@pytest.mark.parametrize("text", ["1993-02-29", "1900-02-29", "1993-08-10/1993-08-08"])
def test_we_refuse_what_the_edtf_package_lets_pass(text: str) -> None:
    """The reasons for a reader of our own still stand; if this fails, think again."""
    assert edtf.is_valid_edtf(text)
    with pytest.raises(DateError):
        parse(text)


# -- days --------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [-400, -1, 0, 4, 100, 400, 1600, 1700, 1900, 2000, 2100, 2400])
def test_a_day_comes_back_from_its_number(year: int) -> None:
    """Every day about the leap days and ends of years and centuries, without a gap."""
    start = Day(year - 1, 12, 30).number
    found = [Day.of(number) for number in range(start, start + 500)]
    assert [day.number for day in found] == [*range(start, start + 500)]
    assert found == sorted(set(found))
    assert found[2] == Day(year, 1, 1)
    assert found[2 + 31 + 28].day == (29 if calendar.isleap(year) else 1)


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (2451545, Day(2000, 1, 1)),
        (2449223, Day(1993, 8, 23)),
        (2299161, Day(1582, 10, 15)),
        (1721060, Day(0, 1, 1)),
        (1705426, Day(-43, 3, 13)),
        (0, Day(-4713, 11, 24)),
    ],
)
def test_day_numbers(number: int, day: Day) -> None:
    """Julian day numbers are the astronomers', before year 0 too."""
    assert day.number == number
    assert Day.of(number) == day


@given(st.dates())
def test_day_numbers_follow_the_calendar(day: dt.date) -> None:
    """Day numbers run with Python's ordinals (day 1 is JDN 1721426)."""
    assert Day(day.year, day.month, day.day).number == day.toordinal() + 1721425


@given(st.integers(-20_000_000, 20_000_000))
def test_day_numbers_turn_back(number: int) -> None:
    """Every number names a day, and the next number the next day."""
    assert Day.of(number).number == number
    assert Day.of(number) < Day.of(number + 1)


@pytest.mark.parametrize(
    ("gregorian", "julian"),
    [
        (Day(1917, 11, 7), (1917, 10, 25)),
        (Day(1582, 10, 15), (1582, 10, 5)),
        (Day(1900, 3, 13), (1900, 2, 29)),
        (Day(300, 2, 28), (300, 2, 28)),
        (Day(-43, 3, 13), (-43, 3, 15)),
        (Day(-4713, 11, 24), (-4712, 1, 1)),
    ],
)
def test_julian_companions(gregorian: Day, julian: tuple[int, int, int]) -> None:
    """The October Revolution, the reform itself, a leap day Gregory struck, the Ides of March."""
    day = dates.julian(gregorian)
    assert (day.year, day.month, day.day) == julian


# -- order -------------------------------------------------------------------------------------


def test_order_from_antiquity_to_yesterday() -> None:
    """Dates of every precision sort by when they begin, then by when they end."""
    ordered = [
        "Y-12000", "-0752", "-01XX", "-0043-03-15", "0000", "0014-08-19", "1453-05-29",
        "19XX", "1988-02-20", "199X", "1993", "1993-06/1993-10", "../1993-06-30", "1993-08-01",
        "1993-08", "1993-08-26~", "1993-09/..", "1993-24", "2024-02-29", "2025-11-22",
    ]  # fmt: skip
    shuffled = sorted(map(parse, ordered), key=lambda date: hash(date.text))
    assert [d.text for d in sorted(shuffled, key=lambda d: d.sort_key)] == ordered


@pytest.mark.parametrize(
    ("one", "other", "overlaps", "within"),
    [
        ("1993-08-23", "1993-08", True, True),
        ("1993-08", "1993-08-23", True, False),
        ("1993-08-23", "1993-08-24", False, False),
        ("1993-08-08/1993-08-10", "1993-08-10/1993-08-12", True, False),
        ("1994", "1993/..", True, True),
        ("../1992", "1993", False, False),
        ("-0043", "-00XX", True, True),
        ("1993-08/..", "1993", True, True),
        ("1992/..", "1993", True, False),
    ],
)
def test_overlaps_and_within(one: str, other: str, overlaps: bool, within: bool) -> None:
    """Overlap is mutual, being within is not, and an open end lies nowhere."""
    first, second = parse(one), parse(other)
    assert first.overlaps(second) == second.overlaps(first) == overlaps
    assert first.known_within(second) == within


@pytest.mark.parametrize(
    ("texts", "spanned"),
    [
        (["1993-10-29", "1993-06-04", "1993-08~"], "1993-06-04/1993-10-29"),
        (["1993-08-23"], "1993-08-23"),
        (["1993-06", "1993-06"], "1993-06"),
        (["1993-06", "1994/.."], "1993-06/.."),
        (["../1993-06", "1994"], "../1994"),
        (["1993-08-08/1993-08-10", "1993-08-09"], "1993-08-08/1993-08-10"),
        (["-0043", "0014"], "-0043/0014"),
    ],
)
def test_spanning(texts: list[str], spanned: str) -> None:
    """A run of events spans from the first beginning to the last end."""
    span = dates.spanning(map(parse, texts))
    assert span.text == spanned
    assert span == parse(spanned)


def test_nothing_spans_nothing() -> None:
    """No dates have no span."""
    with pytest.raises(ValueError, match="no dates"):
        dates.spanning([])


@pytest.mark.parametrize(
    ("text", "precision", "coarse"),
    [
        ("1993-06-04/1993-10-29", "month", "1993-06/1993-10"),
        ("1993-06-04/1993-06-29", "month", "1993-06"),
        ("1993-06-04/..", "year", "1993/.."),
        ("1993-08-26~", "month", "1993-08~"),
        ("1993", "month", "1993"),
        ("1993-22", "year", "1993"),
        ("[1993-08-18,1993-09-01]", "month", "[1993-08,1993-09]"),
        ("-0043-03-15", "decade", "-004X"),
        ("-0043-03-15", "century", "-00XX"),
        ("1993-08", "century", "19XX"),
    ],
)
def test_coarsen(text: str, precision: dates.Precision, coarse: str) -> None:
    """A coarser date is the one its text reads as."""
    assert dates.coarsen(parse(text), precision) == parse(coarse)


# -- print -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "printed", "compact"),
    [
        ("1993-08-23", "23_August 1993", "23_Aug 1993"),
        ("1993-08", "August 1993", "Aug 1993"),
        ("1993", "1993", "1993"),
        ("1993-08-08/1993-08-10", "8–10_August 1993", "8–10_Aug 1993"),
        ("1993-08-30/1993-09-02", "30_August_– 2_September 1993", "30_Aug_– 2_Sept 1993"),
        ("1993-12/1994-01-06", "December 1993_– 6_January 1994", "Dec 1993_– 6_Jan 1994"),
        ("1993-06/1993-10", "June–October 1993", "Jun–Oct 1993"),
        ("1993-12/1994-01", "December 1993_– January 1994", "Dec 1993_– Jan 1994"),
        ("1988/1994", "1988–1994", "1988–1994"),
        ("1993-08-26~", "about 26_August 1993", "c. 26_Aug 1993"),
        ("1993-08-08~/1993-08-10~", "about 8–10_August 1993", "c. 8–10_Aug 1993"),
        ("1993-08~/1993-10", "about August 1993_– October 1993", "c. Aug 1993_– Oct 1993"),
        ("1993?", "perhaps 1993", "1993?"),
        ("1993-08%", "perhaps about August 1993", "c. Aug 1993?"),
        ("../1993-08-10", "until 10_August 1993", "until 10_Aug 1993"),
        ("1993-08/..", "from August 1993", "from Aug 1993"),
        ("[..1993]", "1993 or earlier", "1993 or earlier"),
        ("[1993..]", "1993 or later", "1993 or later"),
        ("[1993-08-18,1993-08-19]", "18 or 19_August 1993", "18 or 19_Aug 1993"),
        ("[1993-08-18,1993-09-01]", "18_August or 1_September 1993", "18_Aug or 1_Sept 1993"),
        ("[1991,1992,1994]", "1991, 1992 or 1994", "1991, 1992 or 1994"),
        ("[1993-08-18..1993-08-20]", "some time in 18–20_August 1993",
         "some time in 18–20_Aug 1993"),
        ("-0043", "44_BCE", "44_BCE"),
        ("0000", "1_BCE", "1_BCE"),
        ("0001", "1_CE", "1_CE"),
        ("0476", "476", "476"),
        ("-0043-03-15", "15_March 44_BCE", "15_Mar 44_BCE"),
        ("-0752/-0508", "753–509_BCE", "753–509_BCE"),
        ("-0062/0014", "63_BCE_– 14_CE", "63_BCE_– 14_CE"),
        ("1993-21", "spring 1993", "spring 1993"),
        ("1993-24", "winter 1993–1994", "winter 1993–1994"),
        ("1993-33", "1st quarter 1993", "Q1 1993"),
        ("1993-41", "second half of 1993", "second half of 1993"),
        ("199X", "1990s", "1990s"),
        ("004X", "40–49_CE", "40–49_CE"),
        ("19XX", "20th century", "20th century"),
        ("20XX", "21st century", "21st century"),
        ("-01XX", "2nd century BCE", "2nd century BCE"),
        ("Y-12000", "12001_BCE", "12001_BCE"),
    ],
)  # fmt: skip
def test_print_in_english(text: str, printed: str, compact: str) -> None:
    """Dates read as British English prints them; what two ends share is said once."""
    date = parse(text)
    assert (plain(show(date)), plain(show(date, style="compact"))) == (printed, compact)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("1993-08-23", "23_Aug"),
        ("1993-08-30/1993-09-02", "30_Aug_– 2_Sept"),
        ("1993-12-30/1994-01-02", "30_Dec 1993_– 2_Jan 1994"),
        ("1993-08~", "about Aug"),
        ("1993-22", "summer"),
        ("1993-41", "second half of 1993"),
        ("1993", "1993"),
    ],
)
def test_print_without_the_year(text: str, printed: str) -> None:
    """Where a heading already gives the year it is left out, unless it is needed."""
    assert plain(show(parse(text), style="short", year=False)) == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", ["23_August 1993", "8–10_August 1993", "30_August_– 2_September 1993"]),
        ("en-US", ["August_23, 1993", "August_8–10, 1993", "August_30_– September_2, 1993"]),
        ("de", ["23._August 1993", "8.–10._August 1993", "30._August_– 2._September 1993"]),
        ("de-AT", ["23._August 1993", "8.–10._August 1993", "30._August_– 2._September 1993"]),
        ("fr", ["23_août 1993", "8–10_août 1993", "30_août_– 2_septembre 1993"]),
        ("es", ["23_de_agosto de 1993", "8–10_de_agosto de 1993",
                "30_de_agosto_– 2_de_septiembre de 1993"]),
        ("ru", ["23_августа 1993^г.", "8–10_августа 1993^г.", "30_августа_– 2_сентября 1993^г."]),
        ("hu", ["1993. augusztus_23.", "1993. augusztus_8.–10.",
                "1993. augusztus_30._– szeptember_2."]),
        ("ja", ["1993年8月23日", "1993年8月8–10日", "1993年8月30日～9月2日"]),
        ("hy", ["23_օգոստոսի, 1993 թ.", "08–10_օգոստոսի, 1993 թ.",
                "30_օգոստոսի_– 02_սեպտեմբերի, 1993 թ."]),
    ],
)  # fmt: skip
def test_print_in_many_languages(language: str, printed: list[str]) -> None:
    """Month names, order and marks are the language's own."""
    texts = ["1993-08-23", "1993-08-08/1993-08-10", "1993-08-30/1993-09-02"]
    assert [plain(show(parse(text), language)) for text in texts] == printed


@pytest.mark.parametrize(
    ("language", "text", "printed"),
    [
        ("de", "1993-08-26~", "um den 26._August 1993"),
        ("de", "1993~", "um 1993"),
        ("de", "-0043", "44_v._Chr."),
        ("de", "19XX", "20. Jahrhundert"),
        ("de", "[1993-08-18,1993-08-19]", "18. oder 19._August 1993"),
        ("fr", "1993-08-01", "1er_août 1993"),
        ("fr", "1993-08-26~", "vers le 26_août 1993"),
        ("fr", "1993-08-04/..", "dès le 4_août 1993"),
        ("fr", "19XX", "XXe siècle"),
        ("fr", "-0043", "44_av._J.-C."),
        ("ru", "-0043", "44^г._до н. э."),
        ("ru", "-0043-03-15", "15_марта 44^г._до н. э."),
        ("ru", "-0752/-0508", "753–509^г._до н. э."),
        ("ru", "-01XX", "2nd century BCE"),
        ("ja", "-0215-08", "紀元前216年8月"),
        ("ja", "-0215-08-02", "紀元前216年8月2日"),
        ("ja", "-0062/0014", "紀元前63年～西暦14年"),
        ("zh", "-0215", "公元前216年"),
        ("ko", "-0215-08", "BC_216년 8월"),
        ("hu", "-0215-08", "i. e._216. augusztus"),
        ("tr", "-0215", "MÖ_216"),
        ("bg", "-0215-08", "август 216^г._пр.Хр."),
        ("sr", "-0215-08", "август 216._п. н. е."),
        ("lt", "-0215-08-02", "216 m._pr. Kr. rugpjūčio_2 d."),
        ("hy", "-0215-08", "մ.թ.ա._216 թ. օգոստոս"),
        ("hy", "1683-09", "1683 թ. սեպտեմբեր"),
        ("th", "1683-09-12", "12_กันยายน 1683"),
    ],
)
def test_words_of_other_languages(language: str, text: str, printed: str) -> None:
    """Catalogues give the words; a language without one takes its eras from CLDR."""
    assert plain(show(parse(text), language)) == printed


def test_months_stay_in_their_language() -> None:
    """No language leaks into another, as Babel alone would have it (python-babel issue 1234)."""
    show(parse("1993-06"), "ja", "short", year=False)
    assert show(parse("1993-06"), "pt", "short", year=False) == "jun."
    show(parse("1993-06"), "he", year=False)
    assert show(parse("1993-06"), "fr", year=False) == "juin"


@pytest.mark.parametrize(
    ("texts", "printed"),
    [
        (["1993-08-23", "1993-08-18/1993-08-19"], "18–19 or 23_August 1993"),
        (["1993-09-01", "1993-08-31"], "31_August or 1_September 1993"),
        (["1993-12-31", "1994-01-01"], "31_December 1993 or 1_January 1994"),
        (["1993-08-30/1993-09-01", "1993-09-04"], "30_August_– 1_September or 4_September 1993"),
        (["1993-09-01~", "1993-08-31"], "31_August 1993 or about 1_September 1993"),
        (["1993-08-23", "1993-08-23"], "23_August 1993"),
        ([], ""),
    ],
)
def test_contested_dates(texts: list[str], printed: str) -> None:
    """Accounts that disagree are all printed, earliest first."""
    assert plain(dates.show_either([parse(text) for text in texts])) == printed


def test_unknown_languages_are_named() -> None:
    """A language CLDR does not know is an error with a remedy, and no path is read for it."""
    for language in ("tlh", "../../etc", ""):
        with pytest.raises(locale.LanguageError) as caught:
            show(parse("1993"), language)
        assert "write" in caught.value.hint


# -- axis --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "end", "labels"),
    [
        ("1993-08-01", "1993-08-08", ["1_Aug", "2", "3", "4", "5", "6", "7", "8"]),
        ("1993-08-03", "1993-08-31", ["6_Aug", "11", "16", "21", "26"]),
        ("1993-07-20", "1993-09-10",
         ["21_Jul", "26", "1_Aug", "6", "11", "16", "21", "26", "1_Sept", "6"]),
        ("1993-06-01", "1993-11-12", ["Jun 1993", "Jul", "Aug", "Sept", "Oct", "Nov"]),
        ("1992-10-01", "1994-12-31",
         ["Oct 1992", "Jan 1993", "Apr", "Jul", "Oct", "Jan 1994", "Apr", "Jul", "Oct"]),
        ("1988-02-20", "1994-05-12", ["1989", "1990", "1991", "1992", "1993", "1994"]),
        ("1900", "1999", [f"{year}" for year in range(1900, 2000, 10)]),
        ("-0499", "0500", ["500_BCE", "400_BCE", "300_BCE", "200_BCE", "100_BCE", "1_CE", "100",
                           "200", "300", "400", "500"]),
    ],
)  # fmt: skip
def test_ticks(begin: str, end: str, labels: list[str]) -> None:
    """Ticks stand at round days, months and years; what a label need not repeat it leaves out."""
    marks = dates.ticks(parse(begin).earliest, parse(end).latest)
    assert [plain(mark.label) for mark in marks] == labels


@given(st.integers(-3_000_000, 4_000_000), st.integers(0, 3_000_000), st.integers(3, 20))
def test_ticks_are_few_ordered_and_inside(begin: int, length: int, target: int) -> None:
    """From a day to millennia the axis is neither crowded nor disordered."""
    earliest, latest = Day.of(begin), Day.of(begin + length)
    days = [mark.day for mark in dates.ticks(earliest, latest, target)]
    assert len(days) <= 2 * target
    assert days or length < 366
    assert all(earliest <= day <= latest for day in days)
    assert all(one < other for one, other in pairwise(days))


def test_ticks_refuse_what_has_no_length() -> None:
    """Open ends must be clamped before an axis is drawn."""
    for begin, end in ((PAST, Day(1993, 1, 1)), (Day(1993, 1, 2), Day(1993, 1, 1))):
        with pytest.raises(ValueError, match="no ticks"):
            dates.ticks(begin, end)


def test_months_between() -> None:
    """Months are whole, and cross years and the era."""
    months = dates.months_between(Day(0, 12, 25), Day(1, 2, 3))
    assert months == (
        (Day(0, 12, 1), Day(0, 12, 31)),
        (Day(1, 1, 1), Day(1, 1, 31)),
        (Day(1, 2, 1), Day(1, 2, 28)),
    )


# -- anything at all ---------------------------------------------------------------------------

years = st.integers(-9999, 9999).map(lambda y: f"-{-y:04}" if y < 0 else f"{y:04}")
months = st.integers(1, 12).map("{:02}".format)
month_days = st.integers(1, 28).map("{:02}".format)
seasons = st.sampled_from([*range(21, 37), 40, 41]).map(str)
marks = st.sampled_from(["", "~", "?", "%"])
coarse = years.map(lambda y: y[:-1] + "X") | years.map(lambda y: y[:-2] + "XX")
points = st.builds(
    "".join,
    st.tuples(
        coarse
        | years
        | st.builds("{}-{}".format, years, months | seasons)
        | st.builds("{}-{}-{}".format, years, months, month_days),
        marks,
    ),
).filter(lambda text: not text.startswith("-0000"))


@st.composite
def any_date(draw: st.DrawFn) -> Date:
    """A date of any shape that we read."""
    one, other = sorted(map(parse, (draw(points), draw(points))), key=lambda d: d.sort_key)
    shapes = ["{0}", "{0}/{1}", "{0}/..", "../{0}", "[{0},{1}]", "[{0}..{1}]", "[..{0}]", "[{1}..]"]
    return parse(draw(st.sampled_from(shapes)).format(one.text, other.text))


languages = st.sampled_from(["en", "en-US", "de", "fr", "ru", "hy", "az", "ja", "ar", "lt", "zh"])
styles: st.SearchStrategy[Style] = st.sampled_from(["long", "short", "compact"])


@given(any_date(), languages, styles, st.booleans())
def test_every_date_prints(date: Date, language: str, style: Style, year: bool) -> None:
    """Whatever is read is printed, in any language, without a stray space or brace."""
    text = show(date, language, style, year=year)
    assert text == text.strip()
    assert text
    assert not re.search(r"[{}]|  ", text)


@given(any_date())
def test_bounds_are_in_order(date: Date) -> None:
    """No date ends before it begins, and none is finer than its points."""
    assert date.earliest <= date.latest
    assert date.precision in dates.PRECISIONS
    assert all(date.earliest <= p.last and p.first <= date.latest for p in date.points)


@given(any_date(), any_date())
def test_order_agrees_with_time(one: Date, other: Date) -> None:
    """What is wholly earlier sorts earlier."""
    if one.latest < other.earliest:
        assert one.sort_key < other.sort_key
        assert not one.overlaps(other)


@given(any_date())
def test_points_write_the_edtf_they_were_read_from(date: Date) -> None:
    """A point's own text reads as the same point."""
    for point in date.points:
        assert parse(point.edtf).points == (point,)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    """Nothing an author types is a traceback."""
    try:
        date = parse(text)
    except DateError as error:
        words = error.message and error.hint
    else:
        words = show(date)
    assert words


# -- catalogues --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "fr"])
def test_catalogues_are_complete(language: str) -> None:
    """Each catalogue has English's keys, and fills in the same fields."""
    english, own = locale.own_words("en"), locale.own_words(language)
    assert set(english) <= set(own)
    field = re.compile(r"\{(\w+)\}")
    for key, words in own.items():
        base = next(k for k in (key, key.rpartition(".")[0]) if k in english)
        allowed = (
            {"n", "roman"} if key.startswith("ordinal.") else set(field.findall(english[base]))
        )
        assert set(field.findall(words)) <= allowed, key


def test_unknown_messages_are_a_clear_mistake() -> None:
    """A key that no catalogue has raises, and names the nearest one."""
    with pytest.raises(locale.MessageError, match=r"date\.abuot.*did you mean date\.about"):
        locale.messages("en")["date.abuot"]


def test_languages_without_words_speak_english() -> None:
    """A language we have no catalogue for falls back, a variant falls back to its base."""
    assert locale.messages("hy")["date.about"] == "about {date}"
    assert locale.messages("de-AT")["date.about"] == locale.messages("de")["date.about"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1985/", "from 1985, end unknown"),
        ("1985/..", "from 1985"),
        ("/1985-04", "until April 1985, beginning unknown"),
        ("../1985-04", "until April 1985"),
    ],
)
def test_unknown_is_not_open(text: str, words: str) -> None:
    """What ended, nobody knows when, is told from what goes on (EDTF level 1)."""
    assert words == show(parse(text)).replace("\u00a0", " ")


def test_open_at_both_ends_is_an_error() -> None:
    """``..`` alone is no date, and is said to be none (random input found that it never ended)."""
    with pytest.raises(DateError, match="not an EDTF date"):
        parse("..")


# -- the Julian calendar -----------------------------------------------------------------------

JULIAN = [
    ("1917-10-25 julian", "1917-11-07", "en", "25 October 1917 (Julian; 7 November Gregorian)"),
    ("1917-10-25 julian", "1917-11-07", "de",
     "25. Oktober 1917 (julianisch; gregorianisch 7. November)"),
    ("1917-10-25 julian", "1917-11-07", "fr",
     "25 octobre 1917 (julien\u202f; 7 novembre grégorien)"),
    ("1700-02-29 (Julian)", "1700-03-11", "en", "29 February 1700 (Julian; 11 March Gregorian)"),
    ("-0043-03-15 julian", "-0043-03-13", "en", "15 March 44 BCE (Julian; 13 March Gregorian)"),
    ("1700-12-25 julian", "1701-01-05", "en",
     "25 December 1700 (Julian; 5 January 1701 Gregorian)"),
    ("1917-10-24/1917-10-26 julian", "1917-11-06/1917-11-08", "en",
     "24–26 October 1917 (Julian; 6–8 November Gregorian)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf", "language", "printed"), JULIAN)
def test_julian_dates_have_the_gregorian_beside_them(
    text: str, edtf: str, language: str, printed: str
) -> None:
    """A date of the Julian calendar is sorted and exported as Gregorian and printed as both."""
    date = dates.parse(text)
    assert date.edtf == edtf
    assert date.span == dates.parse(edtf).span
    assert dates.show(date, language).replace("\N{NO-BREAK SPACE}", " ") == printed


def test_julian_dates_are_short_on_axes_and_maps() -> None:
    """Where there is little room the two days stand with a stroke between them."""
    date = dates.parse("1917-10-25 julian")
    short = dates.show(date, "en", "short").replace("\N{NO-BREAK SPACE}", " ")
    assert short == "25 Oct/7 Nov 1917"


def test_julian_ends_make_a_julian_span() -> None:
    """From one Julian day to another, in full in both calendars, in months in the one given."""
    ends = [dates.parse("1917-10-25 julian"), dates.parse("1918-01-05 julian")]
    span = dates.spanning(ends)
    assert span.edtf == "1917-11-07/1918-01-18"
    assert span.text == "1917-10-25/1918-01-05 julian"
    assert dates.coarsen(span, "month").text == "1917-10/1918-01"


@pytest.mark.parametrize("text", ["1917-10 julian", "1917 julian", "1900-02-30 julian"])
def test_julian_dates_need_days_that_there_are(text: str) -> None:
    """A Julian month has no Gregorian one, and 30 February is in neither calendar."""
    with pytest.raises(dates.DateError):
        dates.parse(text)


def test_years_before_our_era_say_it_once() -> None:
    """Accounts of a year share their era."""
    years = [dates.parse(text) for text in ("-0752", "-0747", "-0750")]
    assert dates.show_either(years, "en") == "753, 751 or 748\N{NO-BREAK SPACE}BCE"
    german = dates.show_either(years, "de").replace("\N{NO-BREAK SPACE}", " ")
    assert german == "753, 751 oder 748 v. Chr."


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("1913/06", "write 1913-06"),
        ("1911/12", "write 1911/1912, or 1911-12 if it is a month"),
        ("16. Mai 1913", "write 1913-05-16"),
        ("16 мая 1913", "write 1913-05-16"),
        ("1er mai 1913", "write 1913-05-01"),
        ("Herbst 1939", "write 1939-23"),
        ("automne 1939", "write 1939-23"),
        ("between 1990 and 1995", "write 1990/1995"),
        ("zwischen Mai 1913 und Juni 1914", "write 1913-05/1914-06"),
        ("before July 1993", "write ../1993-07"),
        ("seit etwa 1850", "write 1850~/.."),
        ("12/25/1993", "write 1993-12-25"),
        ("25/12/1993", "write 1993-12-25"),
        ("ca. 16 May 1945", "write 1945-05-16~"),
        ("Mai 1940 – Juni 1941", "write 1940-05/1941-06"),
        ("3.–5. Mai 1945", "write 1945-05-03/1945-05-05"),
        ("19. Jahrhundert", "write 18XX"),
        ("44 v. Chr.", "write -0043"),
        ("1865年7月14日", "write 1865-07-14"),
        ("1865년 7월", "write 1865-07"),
        ("１８６５年", "write 1865"),
        ("١٨٦٥", "write 1865"),
        ("14 июля 1865 г.", "write 1865-07-14"),
        ("1865 n. Chr.", "write 1865"),
        ("1865–", "write 1865/.."),
        ("–1865", "write ../1865"),
        ("1865-07-14 - 1865-07-16", "write 1865-07-14/1865-07-16"),
        ("zwischen 1860 und 1870", "write 1860/1870"),
        ("entre 1860 et 1870", "write 1860/1870"),
    ],
)
def test_remedy_is_the_form_of_that_very_text(written: str, remedy: str) -> None:
    """Months of many languages, seasons of ours, about and spans in words."""
    with pytest.raises(dates.DateError) as raised:
        dates.parse(written)
    assert raised.value.hint == remedy
    if " if " not in remedy:
        assert dates.parse(remedy.removeprefix("write ")).points


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("05/04/1900", ("1900-04-05", "1900-05-04")),
        ("ca. Mai/Juni 1945", ("1945-05~/1945-06~", "[1945-05~,1945-06~]")),
        ("May/June 1945", ("1945-05/1945-06", "[1945-05,1945-06]")),
    ],
)
def test_both_readings_are_offered_where_neither_is_sure(
    written: str, forms: tuple[str, ...]
) -> None:
    """Nobody's day becomes a month by a guess."""
    with pytest.raises(dates.DateError) as raised:
        dates.parse(written)
    for form in forms:
        assert form in raised.value.hint
        assert dates.parse(form).points


@pytest.mark.parametrize("written", ["Christmas 1939", "listopad 1939", "Mai/Strand 1939"])
def test_no_form_is_offered_where_none_is_sure(written: str) -> None:
    """Listopad is October to some and November to others."""
    with pytest.raises(dates.DateError) as raised:
        dates.parse(written)
    assert "1939" not in raised.value.hint


@pytest.mark.parametrize(
    ("text", "language", "set_so"),
    [
        ("On 23 August 1993; 18 or 19 May", "en", "On 23_August 1993; 18 or 19_May"),
        ("August 23, 1993, the 3rd of May", "en-US", "August_23, 1993, the 3rd_of_May"),
        ("am 23.\nAugust und 1. Mai", "de", "am 23._August und 1._Mai"),
        ("le 1er août, le 14 juillet", "fr", "le 1er_août, le 14_juillet"),
        ("el 23 de agosto", "es", "el 23_de_agosto"),
        ("23 июля", "ru", "23_июля"),
        ("1993. július 23.", "hu", "1993. július_23."),
        ("822 May, May 1993, 12 may, 3.12 May", "en", "822 May, May 1993, 12 may, 3.12 May"),
    ],
)
def test_no_line_parts_a_day_from_its_month(text: str, language: str, set_so: str) -> None:
    """In the order and by the names of the language; what is no date is left alone."""
    assert set_so == held(text, language).replace("\N{NO-BREAK SPACE}", "_")
