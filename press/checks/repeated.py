"""What stands twice where it counts once: sources, places and signs side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from press.base.finding import Remark
from press.checks.references import references_of
from press.checks.texts import matches, passages
from press.content.load import Loaded
from press.content.model import Cite
from press.content.walk import fields, walk
from press.content.yaml import Loc

_GROUP = re.compile(r"\[[^\[\]@]*@[^\[\]]*\]")
_PART = re.compile(r"@(?P<id>[\w-]*\w)(?P<at>[^;؛\]]*)")

_HINT = "delete one of them, or correct it"
ROUTES = {"through"}
"""Lists that may come back to where they were."""


def listed_twice(loaded: Loaded) -> Iterator[Remark]:
    """W379: a list or a citation names the same thing twice.

    Why: One of the two is mostly meant to be another, so something is missing; and a note would
        cite one source twice in one breath. The same source with another page is no repetition.
    Wrong: sources: [whymper, whymper]
    Right: sources: [whymper, times]
    Remedy: Delete one of them, or correct it.
    """
    for file, loc, value in walk(loaded):
        for steps, message in (*_ids_twice(value), *_cites_twice(value)):
            yield loaded.at(file, *loc, *steps), message, _HINT
    for passage in passages(loaded):
        for group in _GROUP.finditer(passage.written):
            cited: set[tuple[str, str]] = set()
            for part in _PART.finditer(passage.written, *group.span()):
                one = part["id"], " ".join(part["at"].split())
                if one in cited:
                    yield (
                        passage.at(part.start()),
                        f"@{part['id']} is cited twice in one note",
                        _HINT,
                    )
                cited.add(one)


def _ids_twice(value: BaseModel) -> Iterator[tuple[Loc, str]]:
    """The steps to each id that its list has had before, and what is said of it."""
    seen: set[tuple[object, str]] = set()
    for wanted, ident, step in references_of(value):
        if len(step) > 1 and step[0] not in ROUTES:
            if (step[0], ident) in seen:
                yield step, f"{wanted[0]} {ident!r} is listed twice"
            seen.add((step[0], ident))


def _cites_twice(value: BaseModel) -> Iterator[tuple[Loc, str]]:
    """The steps to each source that is cited before with the same place, and what is said of it."""
    for name, _, _, held in fields(value):
        cites = [c for c in held if isinstance(c, Cite)] if isinstance(held, tuple) else []
        for number, cite in enumerate(cites):
            if cite in cites[:number]:
                yield (name, number), f"source {cite.source!r} is cited twice for one thing"


_DOUBLED = re.compile(r"(?:([,;]) ?\1+|\.\.(?![.\d])|,\.(?!\d)|[,;:] ?[,;:](?=\s|$))")


def signs_doubled(loaded: Loaded) -> Iterator[Remark]:
    """W380: two signs stand where one belongs: ,, or .. or ,.

    Why: A slip of the finger, or of words that were deleted between the two.
    Wrong: They left the town,, on foot..
    Right: They left the town, on foot.
    Remedy: Delete one of them. An ellipsis is three dots, or … itself.
    """
    for passage, match in matches(loaded, _DOUBLED):
        behind = passage.written[match.start() - 1 : match.start()]
        if behind.strip(" \n\t.…") and passage.written.startswith(match[0], match.start()):
            message = f"{match[0]!r} are two signs where one belongs"
            yield passage.at(match.start()), message, "delete one of them"
