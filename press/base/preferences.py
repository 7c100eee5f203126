"""How dossiers are printed where somebody says it: a command, a dossier, or press.yaml."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Preferences:
    """Editions, a theme and a paper by name; empty where nothing is said of them."""

    editions: tuple[str, ...] = ()
    theme: str = ""
    paper: str = ""

    def or_else(self, other: Preferences) -> Preferences:
        """These, and those of ``other`` where nothing is said here."""
        return Preferences(
            self.editions or other.editions, self.theme or other.theme, self.paper or other.paper
        )


NO_PREFERENCES = Preferences()
OURS = Preferences(("dossier",), "default")
"""What holds where nobody says anything; each edition has a paper of its own."""
