"""Two texts held against each other: which word of the one is which of the other.

Lines and runs of words that only come in another order are found as well, on pages near by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from press.base.rising import longest_rising
from press.diff.page_words import Pages

GRAM = 4
"""Words that must stand together once in each text to hold the two texts against each other."""
GAP = 1_500
"""Words of two stretches up to which they are compared word by word."""
NEAR = 2
"""Pages within which a line that has moved is looked for, and those that came or went."""


def same_words(before: Pages, after: Pages) -> Mapping[int, int]:
    """The numbers of the words that both have, old to new."""
    same = dict(matched([word.text for word in before.words], [word.text for word in after.words]))
    if same:
        same.update(_moved_runs(before, after, same))
        same.update(_moved_lines(before, after, same))
    return same


def matched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places, rising in both, at which two lists of words say the same.

    Runs of words that each list has once are found first (patience), then what lies between.
    """
    a = b = 0
    for c, d in (*_anchors(old, new), (len(old), len(new))):
        if c < a or d < b:
            continue
        yield from ((a + i, b + j) for i, j in _between(old[a:c], new[b:d]))
        a, b = c, d
        while a < len(old) and b < len(new) and old[a] == new[b]:
            yield a, b
            a, b = a + 1, b + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where runs stand that each list has once, in the longest order common to both."""
    there, here = _single_runs(old), _single_runs(new)
    pairs = [(place, here[run]) for run, place in there.items() if run in here]
    return [pairs[number] for number in longest_rising([place for _, place in pairs])]


def _single_runs(words: Sequence[str], taken: Container[int] = ()) -> Mapping[tuple[str, ...], int]:
    """Runs of words that stand only once, and where; none with a word that is ``taken``."""
    starts = range(len(words) - GRAM + 1)
    free = [n for n in starts if not any(n + step in taken for step in range(GRAM))]
    runs = {n: tuple(words[n : n + GRAM]) for n in free}
    often = Counter(runs.values())
    return {run: n for n, run in runs.items() if often[run] == 1}


def _between(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    if not old or not new or len(old) + len(new) > GAP:
        return []
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]


def _radius(before: Pages, after: Pages) -> int:
    """How many pages away the same words are looked for."""
    return NEAR + abs(len(before.sizes) - len(after.sizes))


def _moved_runs(before: Pages, after: Pages, same: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Further pairs: runs of words that went from one page to the next past the notes between."""
    taken = {*same}, {*same.values()}
    there, here = (
        _single_runs([word.text for word in pages.words], known)
        for pages, known in zip((before, after), taken, strict=True)
    )
    radius = _radius(before, after)
    for run, a in there.items():
        b = here.get(run)
        if b is None or abs(before.words[a].page - after.words[b].page) > radius:
            continue
        for pair in ((a + n, b + n) for n in range(GRAM)):
            if pair[0] not in taken[0] and pair[1] not in taken[1]:
                taken[0].add(pair[0])
                taken[1].add(pair[1])
                yield pair


def _moved_lines(before: Pages, after: Pages, same: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Further pairs: whole lines that both have, and that only come in another order.

    What stands in a layer of its own, like a heading, may come before or after the rest of its
    page. Such lines are looked for on the same page and on the pages beside it.
    """
    texts: dict[tuple[str, ...], list[list[int]]] = {}
    for numbers in _free_lines(after, set(same.values())):
        texts.setdefault(tuple(after.words[n].text for n in numbers), []).append(numbers)
    radius = _radius(before, after)
    for numbers in _free_lines(before, set(same)):
        page = before.words[numbers[0]].page
        alike = texts.get(tuple(before.words[n].text for n in numbers), [])
        near = next((ns for ns in alike if abs(after.words[ns[0]].page - page) <= radius), None)
        if near is not None:
            alike.remove(near)
            yield from zip(numbers, near, strict=True)


def _free_lines(pages: Pages, taken: set[int]) -> Iterator[list[int]]:
    """The numbers of the words of each line of which none is taken."""
    words = pages.words
    for _, group in groupby(range(len(words)), lambda n: (words[n].page, words[n].line)):
        numbers = list(group)
        if taken.isdisjoint(numbers):
            yield numbers
