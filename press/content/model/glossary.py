"""glossary.yaml: terms and their meaning."""

from __future__ import annotations

from press.content.model.values import Cites, Slug, Text, Texts, Value, WordsText


class Term(Value):
    """A glossary entry."""

    id: Slug
    term: Text
    also: Texts = ()
    definition: WordsText
    sources: Cites = ()


class Glossary(Value):
    """glossary.yaml."""

    terms: tuple[Term, ...] = ()
