"""What the set pages are held against, and findings at the lines that made them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from press.base.finding import PageRemark, Rect
from press.content import locate
from press.content.load import Loaded
from press.content.snapshot import Snapshot
from press.design import cascade
from press.design.declarations import Declared, declarations_in
from press.design.editions import LeftOut
from press.design.styles import Style
from press.design.stylesheets import FOLDERS, GUESTS, LOCAL, Name, Rule
from press.plates import Drawing
from press.typeset import spots
from press.typeset.winners import Winners
from press.views.view import Work


@dataclass(frozen=True)
class Expected:
    """What the proof is held against: file name, faces it may use, content, pages it may have.

    ``engine`` are the styles and templates by name; ``token_places`` where each of ``tokens`` is
    written; ``printed`` says whether the pages are meant for paper, ``theme`` whose look it is, and
    ``leaves_out`` what of the dossier the edition does not print. ``drawings`` are the plates on
    the pages. ``theme``, ``paper`` and ``edition`` are the style sheets by name, and ``root`` is
    the HTML that was set, as a tree.
    """

    name: str
    families: frozenset[str]
    snapshot: Snapshot | None = None
    most_pages: int | None = None
    engine: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    loaded: Loaded | None = field(default=None, repr=False)
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    token_places: Mapping[str, tuple[str, int, int]] = field(default_factory=dict, repr=False)
    printed: bool = True
    theme: str = "default"
    leaves_out: tuple[LeftOut, ...] = ()
    drawings: tuple[Drawing, ...] = field(default=(), repr=False)
    paper: str = "a4"
    edition: str = "dossier"
    root: Any = field(default=None, compare=False, repr=False)

    @property
    def guests(self) -> Mapping[str, str]:
        """The style sheets that an author brings, by their names in a document, strong first."""
        return {"local": LOCAL, "theme": f"{FOLDERS['theme']}{self.theme}.css"}

    @classmethod
    def of(
        cls,
        work: Work,
        style: Style,
        most_pages: int | None,
        drawings: Iterable[Drawing] = (),
    ) -> Expected:
        """What the pages of ``work`` are held against, set in ``style`` and with ``drawings``."""
        return cls(
            work.name,
            frozenset(face.family for face in style.faces),
            work.loaded.snapshot,
            most_pages,
            work.engine,
            work.loaded,
            style.tokens,
            style.token_places,
            work.edition.printed,
            work.theme,
            work.edition.leaves_out,
            tuple(drawings),
            style.paper,
            style.edition,
        )

    @cached_property
    def _cascade(self) -> cascade.Cascade:
        chosen: dict[Name, str] = {"paper": self.paper, "edition": self.edition}
        return cascade.read(self.engine, {**chosen, "theme": self.theme})

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all style sheets, in their order."""
        return self._cascade.rules

    @cached_property
    def guest_declarations(self) -> tuple[Declared, ...]:
        """What the author's own style sheets declare, in their order."""
        return tuple(declarations_in(self.guest_rules, self.tokens, self.engine))

    @cached_property
    def guest_rules(self) -> tuple[Rule, ...]:
        """The rules of the author's own style sheets."""
        return tuple(rule for rule in self._cascade.rules if rule.stylesheet in GUESTS)

    @cached_property
    def winners(self) -> Winners:
        """Which declaration wins for what is on the pages."""
        every = declarations_in(self._cascade.rules, self.tokens, self.engine)
        return Winners(self.root, tuple(every), self._cascade.layers)

    def remark(
        self,
        message: str,
        hint: str,
        page: int = 0,
        words: str = "",
        anchors: Sequence[str] = (),
        box: Rect | None = None,
    ) -> PageRemark:
        """A remark at the line where ``words`` were written; at the PDF where nobody knows.

        It names the thing that the innermost of ``anchors`` stands for.
        """
        kind, ident = spots.called(self.loaded, anchors) if self.loaded else ("", "")
        if ident and not re.search(rf"\b{re.escape(ident)}\b", message):
            message = f"{message}, in {kind} {ident!r}"
        known = locate.find(self.loaded, words, anchors) if self.loaded else None
        return known or (self.name, 0, 0), message, hint, page, box
