"""Straight signs that are no quotation marks: apostrophes before a word, and primes."""

from __future__ import annotations

import re
from bisect import bisect_right

from press.prose.scanner import Scanner, Step, excerpt

PATTERN = r"""
  (?P<feet>(?<![\w.,])\d+(?:[.,]\d+)?'[ ]?\d+(?:[.,]\d+)?[½¼¾]?(?:"|''))
| (?P<omitted>(?<![\w'’)\]])'(?=(?:\d\d(?:s|er|ers|ern)?|[SsTt](?=[ ])
    |[Tt](?:is|was|were|will|would|il)|[Ee]m|[Nn](?='?[ ]))
    (?!\w)))
| (?P<measure>(?<=[\d½¼¾])(?:"(?!\w)|'(?![^\W\d])))
"""
"""Where a straight sign may be an apostrophe or a prime; verbose, with the name of its handler."""

_OPENS = re.compile(r"(?<![\w'’.,!?…)])'(?=\S)")
_CLOSES = re.compile(r"(?<=[^\W\d_])[.,!?…]?'(?!\w)")
_YEAR = re.compile(r"(?<!\d)\d{4}$")


def feet(scan: Scanner, match: re.Match[str]) -> Step:
    """``5' 11"``: feet and inches, or minutes and seconds."""
    scan.primes.update([match.end() - 1] if match[0].endswith('"') else [])
    written = match[0].replace("''", '"').replace('"', "″")
    return written.replace("'", "′"), match.end()


def omitted(scan: Scanner, match: re.Match[str]) -> Step:
    """``'68``, ``'tis``, ``rock 'n' roll``: something is left out before the word."""
    start, stop = match.span()
    if scan.text[start + 1 : start + 3] in ("n'", "N'"):
        return f"’{scan.text[start + 1]}’", start + 3
    after = scan.text[stop : _paragraph(scan, start)[1]]
    if len(_CLOSES.findall(after)) > len(_OPENS.findall(after)):
        _ask(scan, start, "an apostrophe or the begin of a quotation", "write ’ or ‘")
    return "’", stop


def measure(scan: Scanner, match: re.Match[str]) -> Step:
    """A sign behind a figure: a prime, unless it ends a quotation."""
    start, stop = match.span()
    begin, end = _paragraph(scan, start)
    before = scan.text[begin:start]
    if match[0] == "'":
        opened = len(_OPENS.findall(before)) > len(_CLOSES.findall(before))
        degrees = before.rstrip("0123456789.,").endswith("°")
        if (opened or _YEAR.search(before)) and not degrees:
            return "'", stop
        return "′", stop
    known = sum(1 for at in scan.primes if begin <= at < start)
    odd = (before.count('"') - known) % 2
    rest = scan.text[stop:end].count('"')
    if odd and rest % 2:
        _ask(scan, start, "the sign for inches or the end of a quotation", "write ″ or ”")
    if odd:
        return '"', stop
    scan.primes.add(start)
    return "″", stop


def _paragraph(scan: Scanner, at: int) -> tuple[int, int]:
    """Begin and end of the paragraph around an offset."""
    number = bisect_right(scan.gaps, (at, at))
    begin = scan.gaps[number - 1][1] if number else 0
    return begin, scan.gaps[number][0] if number < len(scan.gaps) else len(scan.text)


def _ask(scan: Scanner, start: int, what: str, hint: str) -> None:
    message = (
        f"the straight sign in {excerpt(scan.text[max(0, start - 8) : start + 8])} may be {what}"
    )
    scan.fault(start, "P264", message, hint)
