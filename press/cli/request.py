"""The words of a command become a Request: what is not there exits 2, with the nearest that is.

Standard library only, for the bootstrap asks first whether anything is to be done.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from press.base import folders
from press.base.finding import Finding, did_you_mean, refusal
from press.base.limits import limits
from press.base.request import Request
from press.cli.arguments import arguments
from press.cli.console import usage
from press.design.editions import (
    COMBINATIONS,
    EDITIONS,
    STANDARDS,
    find,
    listed,
    named,
    papers_of,
    spread,
    unfit,
)

TILES = ("a4", "letter", "legal", "a3")
"""Papers that tiles are printed on."""

CLASS_SET = ("worksheet", "answers")
"""The editions that a class set consists of."""


def request_of(argv: Sequence[str]) -> Request:
    """What ``argv`` asks for. Raises SystemExit 2 for a word that means nothing, or names nothing.

    Where ``--tile`` or ``--for`` needs an edition and none is named, that is the one that is meant.
    """
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in vars(arguments(argv)).items()
    }
    given["editions"] = editions(given.get("editions", ()))
    given["slugs"] = tuple(map(folders.slug_of, given.get("slugs", ())))
    try:
        given["limits"] = limits(given.get("limits", ()))
    except ValueError as error:
        raise usage(str(error)) from None
    request = Request(**given)
    if request.verb == "diff":
        return _fitting(_of_two_states(request))
    for slug in request.slugs:
        require(slug, folders.slugs(), "content/ has no dossier")
    return _fitting(_for_class(_tiled(request)))


def _of_two_states(request: Request) -> Request:
    """A comparison, with the folder as it is where one state is named, and with its pages."""
    if len(request.words) > 2:
        raise usage(f"diff compares two states, and {len(request.words)} are named")
    words = (*request.words, ".")[:2]
    return replace(request, words=words, pages=request.pages is not False)


def _tiled(request: Request) -> Request:
    """``--tile`` means the poster, and cuts nothing else."""
    if not request.tile:
        return request
    require(request.tile, TILES, "posters are not cut for paper")
    names = request.editions or tuple(n for n, row in EDITIONS.items() if row.allows_tiles)
    if not any(named(name).allows_tiles for name in names):
        raise usage(f"--tile cuts a poster, and {', '.join(names)} is none; add --edition poster")
    return replace(request, editions=names)


def _for_class(request: Request) -> Request:
    """``--for`` means worksheets and answers, and nothing else."""
    if not request.roster and not request.each:
        return request
    if not request.roster:
        raise usage("--each goes with --for roster.csv")
    if request.keep_html:
        raise usage("--keep-html does not go with --for; leave one of them out")
    for name in request.editions:
        if name not in CLASS_SET:
            raise usage(f"--for prints {' and '.join(CLASS_SET)}; it does not go with {name}")
    return replace(request, editions=request.editions or CLASS_SET)


def _fitting(request: Request) -> Request:
    """``request``, whose theme, standard and paper are there and go with its editions."""
    if request.theme:
        require(request.theme, folders.themes(), "no theme is called")
    if request.standard:
        require(request.standard, STANDARDS, "no pair of standards is called")
    if request.paper:
        on = papers_of(map(named, request.editions or EDITIONS))
        require(request.paper, on, "no edition asked for is set on paper")
    return request


def editions(written: Sequence[str]) -> tuple[str, ...]:
    """The editions asked for, comma-separated or repeated; none where the dossier shall say.

    Exits 2 for one that is not there.
    """
    names = [name for words in written for name in listed(words)]
    for name in names:
        if name != "all" and find(name) is None:
            known = COMBINATIONS if ":" in name else ("all", *EDITIONS)
            fault = unfit(name) or f"no edition is called {name!r}"
            raise usage(f"{fault}; {_nearest(name, known)}")
    return spread(names)


def require(word: str, there: Collection[str], fault: str) -> None:
    """Exits 2, with the ``fault`` and the remedy, where ``word`` is none of ``there``."""
    if word not in there:
        raise usage(f"{fault} {word!r}; {_nearest(word, there)}")


def _nearest(word: str, there: Collection[str]) -> str:
    """The remedy for a word that is none of ``there``: the nearest of them, or all."""
    return did_you_mean(word, there, f"there are {', '.join(there) or 'none'}")


def dossiers(request: Request) -> tuple[str, ...]:
    """The dossiers that ``request`` is about; all of them where it names none.

    Raises ContentError where there are none.
    """
    there = folders.slugs()
    if not there:
        hint = "begin one: python3 build.py new; it asks four questions"
        raise refusal("content", "E001", "content/ has no dossier", hint)
    return tuple(dict.fromkeys(request.slugs)) or there


def misnamed(slug: str) -> tuple[Finding, ...]:
    """What is wrong with the name of a dossier's folder, which becomes part of file names."""
    if re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
        return ()
    hint = "rename it with small letters, digits and hyphens, like my-subject"
    message = "the folder's name becomes part of file names and cannot be used"
    return (Finding(f"content/{slug}", 0, 0, "E006", message, hint),)
