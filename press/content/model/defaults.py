"""press.yaml: what holds for every dossier that does not say it itself."""

from __future__ import annotations

from pydantic import Field

from press.base.preferences import Preferences
from press.content.model.meta import PaperName, ThemeName
from press.content.model.values import Value


class Defaults(Value):
    """press.yaml, at the top of the project; a dossier's own word counts before it."""

    theme: ThemeName = Field(
        default="", description="the look: a file of styles/themes/, without .css"
    )
    paper: PaperName = Field(default="", description="a4, letter: one that build.py list prints")

    @property
    def preferences(self) -> Preferences:
        """The theme and paper that it names."""
        return Preferences(theme=self.theme, paper=self.paper)
