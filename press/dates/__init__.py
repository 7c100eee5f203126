"""Dates as sources give them: exact, coarse, about, uncertain, spans, open ends, before our era.

Dates are written in EDTF (ISO 8601-2:2019). They are read here rather than by the ``edtf`` package,
which takes 5 to 60 ms a date, accepts 29 February 1993 and reversed spans, and cannot give the
bounds of an open span; the tests hold this reader against it instead. Years are astronomical: 0 is
1 BCE, -43 is 44 BCE. Days are proleptic Gregorian. Words of print come from ``press.locale``,
months, orders and numerals from CLDR.
"""

from press.dates.axis import months_between, ticks
from press.dates.date import PRECISIONS, Date, Point, Precision, coarsen, dated, spanning
from press.dates.days import FUTURE, PAST, Day, julian, month_length
from press.dates.edtf import DateError, parse
from press.dates.patterns import NBSP, Style
from press.dates.show import show, show_day, show_either, show_point

__all__ = [
    "FUTURE", "NBSP", "PAST", "PRECISIONS", "Date", "DateError", "Day", "Point", "Precision",
    "Style", "coarsen", "dated", "julian", "month_length", "months_between", "parse", "show",
    "show_day", "show_either", "show_point", "spanning", "ticks",
]  # fmt: skip
