"""The glossary, in alphabetical order."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from press.base.collation import collation
from press.content.model import Dossier
from press.prose import Prose


@dataclass(frozen=True)
class TermView:
    """An entry of the glossary."""

    id: str
    term: str
    also: str
    definition: Markup
    cites: Markup


def view(dossier: Dossier, prose: Prose) -> tuple[TermView, ...]:
    """The terms, in the language's alphabetical order."""
    terms = sorted(dossier.glossary.terms, key=lambda t: collation(t.term, prose.language))
    return tuple(
        TermView(
            id=term.id,
            term=term.term,
            also=", ".join(term.also),
            definition=prose.inline(term.definition),
            cites=prose.cites(term.sources),
        )
        for term in terms
    )
