"""Words that moved are found again, near by and once only."""

from __future__ import annotations

import pytest

from press.diff.alignment import GRAM, NEAR, _moved_runs, matched, same_words
from press.diff.page_words import Pages, Word

RUN = ("four", "words", "stand", "together")


def pages_of(*texts: str) -> Pages:
    """Pages with these words, each page one line."""
    words, on = list[Word](), list[range]()
    for page, text in enumerate(texts):
        on.append(range(len(words), len(words) + len(text.split())))
        words += [Word(word, page, (), 0) for word in text.split()]
    return Pages(((100.0, 100.0),) * len(texts), tuple(words), tuple(on))


def moved(before: Pages, after: Pages, same: dict[int, int] | None = None) -> list[tuple[int, int]]:
    return list(_moved_runs(before, after, same or {}))


def test_a_run_that_went_to_another_page_is_found_word_by_word() -> None:
    """Each of its words with the same word there, and none with any other."""
    run = " ".join(RUN)
    before, after = pages_of(f"a {run}", "b c"), pages_of("x y", f"z {run}")
    assert GRAM == len(RUN)
    assert [(1, 3), (2, 4), (3, 5), (4, 6)] == moved(before, after)


@pytest.mark.parametrize(("away", "found"), [(NEAR - 1, True), (NEAR, True), (NEAR + 1, False)])
def test_a_run_is_looked_for_on_pages_near_by(away: int, found: bool) -> None:
    """Two pages on, and as many more as pages came or went; behind that it is another."""
    run = " ".join(RUN)
    pages = 6
    before = pages_of(run, *("p" for _ in range(pages - 1)))
    after = pages_of(*(run if n == away else "q" for n in range(pages)))
    assert found == bool(moved(before, after))
    longer = pages_of(*(run if n == away else "q" for n in range(pages + 1)))
    assert moved(before, longer)


def test_what_is_matched_is_not_matched_again() -> None:
    """A run with a word that is taken on either side stays as it is."""
    run = " ".join(RUN)
    before, after = pages_of(f"a {run}"), pages_of(f"b c {run}")
    assert [] == moved(before, after, {2: 9})
    assert [] == moved(before, after, {9: 4})
    assert 4 == len(moved(before, after, {0: 0}))


def test_a_long_run_gives_each_word_one_partner() -> None:
    """Its runs of four overlap; no word is paired twice."""
    long = "one two three four five six seven"
    pairs = moved(pages_of(f"a {long}"), pages_of("b", long))
    assert [(n + 1, n + 1) for n in range(7)] == sorted(pairs)
    assert len(pairs) == len({old for old, _ in pairs}) == len({new for _, new in pairs})


def test_runs_that_part_share_no_word() -> None:
    """Of two runs that overlap in the one text and not in the other the first has the words."""
    pairs = moved(pages_of("a b c d e f"), pages_of("a b c d x c d e f"))
    assert [(0, 0), (1, 1), (2, 2), (3, 3), (4, 7), (5, 8)] == pairs


def test_a_run_that_stands_twice_moves_nowhere() -> None:
    """Nobody can say which of the two it was."""
    run = " ".join(RUN)
    assert [] == moved(pages_of(f"a {run}"), pages_of(f"{run} b {run}"))


def test_texts_are_matched_from_runs_that_each_has_once() -> None:
    """What stands in both is paired in order; what is new is not."""
    old, new = (
        ["a", "b", "c", "d", "e", "f", "g", "h"],
        ["a", "b", "c", "d", "x", "e", "f", "g", "h"],
    )
    assert [(0, 0), (1, 1), (2, 2), (3, 3), (4, 5), (5, 6), (6, 7), (7, 8)] == list(
        matched(old, new)
    )
    assert {} == same_words(pages_of("a b"), pages_of("c d"))
