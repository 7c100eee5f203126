"""What can be asked for: dossiers, editions, themes, papers. What is not there exits 2."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from press.base import folders
from press.base.finding import ContentError, Finding, did_you_mean
from press.cli.console import usage
from press.design.editions import EDITIONS, combinations, find, spread, unfit


def nearest(word: str, there: Collection[str]) -> str:
    """The remedy for a word that is none of ``there``: the nearest of them, or all."""
    return did_you_mean(word, there, f"there are {', '.join(there) or 'none'}")


def demand(word: str, there: Collection[str], fault: str) -> None:
    """Exits 2, with the ``fault`` and the remedy, where ``word`` is none of ``there``."""
    if word not in there:
        raise usage(f"{fault} {word!r}; {nearest(word, there)}")


def chosen(slugs_wanted: Sequence[str]) -> tuple[str, ...]:
    """The dossiers asked for; all of them where none is. Exits 2 for one that is not there."""
    there = folders.slugs()
    for slug in slugs_wanted:
        demand(slug, there, "content/ has no dossier")
    if not there:
        message = "content/ has no dossier"
        hint = "make a folder in it with a dossier.yaml; the README shows how"
        raise ContentError([Finding("content", 0, 0, "E001", message, hint)])
    for slug in there:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
            hint = "rename it with small letters, digits and hyphens, like my-subject"
            message = "the folder's name becomes part of file names and cannot be used"
            raise ContentError([Finding(f"content/{slug}", 0, 0, "E006", message, hint)])
    return tuple(dict.fromkeys(slugs_wanted)) or there


def editions(wanted: Sequence[str]) -> tuple[str, ...]:
    """The editions asked for, comma-separated or repeated; none where the dossier shall say.

    Exits 2 for one that is not there.
    """
    names = [name.strip() for words in wanted for name in words.split(",") if name.strip()]
    for name in names:
        if name != "all" and find(name) is None:
            known = combinations() if ":" in name else ("all", *EDITIONS)
            fault = unfit(name) or f"no edition is called {name!r}"
            raise usage(f"{fault}; {nearest(name, known)}")
    return spread(names)
