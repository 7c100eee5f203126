"""Page numbers that are read from the set pages and written into the text, until nothing moves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

Folios = Mapping[str, tuple[int, ...]]
"""The pages, from 1, on which each anchor stands."""

UNKNOWN = "00"
"""Stands for a page that is not known yet; most have two figures."""
GUESSED = 8
"""Pages that a list is taken to have at the most while they are not known."""
_REF = re.compile(r'<span class="page-ref" data-page-of="([^"<>]+)">0</span>')
_LIST = re.compile(
    r'<span class="page-list" data-pages-of="([^"<>]+)"(?: data-principal="([^"<>]*)")?'
    r'(?: data-words="([^"<>|]+)\|([^"<>|]+)")?(?: data-none="([^"<>]*)")?>0</span>'
)
_MEMBER = re.compile(r'\bid="([^"<>]+-)\d+"')


def read(pages: Iterable[Any]) -> Folios:
    """The folios of every anchor on the pages of a rendered document."""
    folios: dict[str, tuple[int, ...]] = {}
    for number, page in enumerate(pages, start=1):
        for anchor in page.anchors:
            folios[anchor] = (*folios.get(anchor, ()), number)
    return folios


def referred(text: str) -> list[str]:
    """The anchors whose pages ``text`` refers to, each once."""
    return sorted(set(_REF.findall(text)))


def with_folios(text: str, folios: Folios) -> str:
    """``text`` with every page reference filled in.

    What is not known yet takes as much room as it is likely to need, so that the pages of the first
    pass are nearly those of the last.
    """

    def reference(match: re.Match[str]) -> str:
        pages = folios.get(match[1], ())
        return f'<span class="page-ref">{pages[0] if pages else UNKNOWN}</span>'

    members: dict[str, dict[int, str]] = {}
    for anchor, pages in folios.items():
        stem, hyphen, number = anchor.rpartition("-")
        if number.isdecimal():
            places = members.setdefault(stem + hyphen, {})
            for page in pages:
                places.setdefault(page, anchor)
    expected = Counter(_MEMBER.findall(text)) if not members else Counter[str]()

    def listing(match: re.Match[str]) -> str:
        stem, principal = match[1], match[2] or ""
        places = dict(members.get(stem, {}))
        own = folios.get(principal, ())[:1]
        places.update(dict.fromkeys(own, principal))
        if not places:
            words = ", ".join([UNKNOWN] * min(expected[stem], GUESSED))
        else:
            words = ", ".join(_span(*run, places, own) for run in ranges(sorted(places), own))
        if not words:
            words = match[5] or ""
        elif match[3]:
            words = f"{match[4] if len(places or words.split()) > 1 else match[3]}\u00a0{words}"
        return f'<span class="page-list">{words}</span>'

    return _LIST.sub(listing, _REF.sub(reference, text))


def _span(first: int, last: int, places: Mapping[int, str], own: Sequence[int]) -> str:
    """A page, or first and last of several, each a link; those of ``own`` stand out."""
    page = f'<a href="#{escape(places[first])}">{first}</a>'
    if last > first:
        return f'{page}–<a href="#{escape(places[last])}">{last}</a>'
    return f'<strong class="principal">{page}</strong>' if first in own else page


def listed(pages: Sequence[int]) -> str:
    """Numbers of pages in ascending order, runs of three and more as spans: 3, 5–8."""
    return ", ".join(f"{a}–{b}" if b > a else f"{a}" for a, b in ranges(pages))


def ranges(pages: Sequence[int], apart: Sequence[int] = ()) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive pages; a run of two stays two single pages.

    Pages that are to stand ``apart`` are in no run.
    """
    run: list[int] = []
    for page in (*pages, None):
        joined = page is not None and bool(run) and page == run[-1] + 1
        if page is not None and joined and page not in apart and run[-1] not in apart:
            run.append(page)
            continue
        if len(run) > 2:
            yield run[0], run[-1]
        else:
            yield from ((p, p) for p in run)
        run = [page] if page is not None else []
