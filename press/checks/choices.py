"""What dossier.yaml chooses and the press does not have."""

from __future__ import annotations

from collections.abc import Iterator

from press.base import folders
from press.base.finding import Finding, did_you_mean
from press.content.load import Loaded


def unknown_choices(loaded: Loaded, theme: str = "", paper: str = "") -> Iterator[Finding]:
    """Its theme, its paper. What was asked for in their place is not looked up again."""
    meta = loaded.dossier.meta
    for key, code, name, known in (
        ("theme", "E209", "" if theme else meta.theme, folders.themes()),
        ("paper", "E211", "" if paper else meta.paper, folders.papers()),
    ):
        if name and name not in known:
            hint = did_you_mean(name, known, f"there are {', '.join(known)}")
            message = f"no {key} is called {name!r}"
            yield loaded.finding("dossier.yaml", (key,), code, message, hint)
