"""Themes and papers that dossier.yaml or press.yaml names and the press does not have.

What a command asks for in their place was looked up already; then they are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from press.base import folders
from press.base.finding import Finding, Place, choose
from press.base.preferences import Preferences
from press.content.load import Loaded
from press.content.project import Project
from press.design.editions import PAPERS


def unknown_choices(loaded: Loaded, asked: Preferences) -> Iterator[Finding]:
    """E209 and E211 for those of a dossier."""
    return _unknown(loaded.dossier.meta.preferences, partial(loaded.at, "dossier.yaml"), asked)


def project_faults(project: Project, asked: Preferences) -> tuple[Finding, ...]:
    """E209 and E211 for those of press.yaml, and whatever else is wrong with it."""
    return (*project.findings, *_unknown(project.preferences, project.at, asked))


def _unknown(
    preferences: Preferences, at: Callable[[str], Place], asked: Preferences
) -> Iterator[Finding]:
    for key, code, name, known in (
        ("theme", "E209", "" if asked.theme else preferences.theme, folders.themes()),
        ("paper", "E211", "" if asked.paper else preferences.paper, PAPERS),
    ):
        if name and name not in known:
            yield Finding(*at(key), code, f"no {key} is called {name!r}", choose(name, known))
