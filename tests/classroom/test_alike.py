"""Pupils of a class of whom the same is asked are named; ``test_classroom`` prints such a class."""

from __future__ import annotations

from press.classroom.roster import Pupil
from press.classroom.sets import alike


def named(*asked: str) -> list[str]:
    """What is said of pupils A, B, C … of whom this is asked."""
    pupils = [Pupil(10_000 + n, chr(65 + n), "7b", n + 2, 1) for n in range(len(asked))]
    return [str(finding) for finding in alike(pupils, asked, "7b.csv")]


def test_pupils_with_the_same_gaps_are_named_together() -> None:
    """Once for the class, at the line of the first who gets what another has."""
    [said] = named("x", "y", "z", "y", "x", "x")
    assert said.startswith("7b.csv:5:1: R813 warning: the same is asked on the worksheets of ")
    assert " of A, E, F; B, D; mark more events" in said


def test_long_lists_are_counted() -> None:
    """Three groups with three names each."""
    [said] = named(*("abcde" * 4))
    assert (
        " of A, F, K and 1 more; B, G, L and 1 more; C, H, M and 1 more; and 2 more times" in said
    )


def test_a_class_of_different_sheets_hears_nothing() -> None:
    """And so does a single pupil."""
    assert named("x", "y", "z") == named("x") == []
