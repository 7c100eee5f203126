"""glossary.yaml: terms and their meaning."""

from __future__ import annotations

from press.content.model.values import Cites, Slug, Text, Texts, Value


class Term(Value):
    """A glossary entry."""

    id: Slug
    term: Text
    also: Texts = ()
    definition: Text
    sources: Cites = ()


class Glossary(Value):
    """glossary.yaml."""

    terms: tuple[Term, ...] = ()
