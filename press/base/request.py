"""What one command asks for. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field

from press.base.limits import Limits
from press.base.preferences import Preferences


@dataclass(frozen=True)
class Request:
    """All that a command asks for, as one value, which ``press.cli.request`` has looked up.

    What is not asked for is empty: then each dossier chooses its ``editions``, ``theme``, ``paper``
    and ``standard``, and says itself whether it is ``strict``. ``tile`` is the paper that posters
    are cut for, ``roster`` a file with the names of pupils, of whom ``each`` gets a PDF. ``data``
    and ``keep_html`` ask for files beside a PDF, ``evidence`` is the id whose evidence is asked
    for. ``words`` are what a verb is given beside dossiers: the files of verify, the codes of
    explain, the two states of diff, the folder of new, whose answers are ``title``, ``language``,
    ``span`` and ``about``.
    """

    verb: str = "build"
    slugs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    theme: str = ""
    paper: str = ""
    tile: str = ""
    standard: str = ""
    strict: bool | None = None
    limits: Limits = field(default_factory=Limits)
    verbose: bool = False
    data: bool = False
    keep_html: bool = False
    roster: str = ""
    each: bool = False
    pages: bool | None = None
    evidence: str = ""
    title: str = ""
    language: str = ""
    span: str = ""
    about: str = ""
    format: str = "text"

    @property
    def preferences(self) -> Preferences:
        """The editions, theme and paper that it names."""
        return Preferences(self.editions, self.theme, self.paper)
