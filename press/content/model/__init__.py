"""The dossier as values: frozen, complete, with no unknown keys.

Every scalar in YAML arrives here as text and the schema decides what it is, so ``NO``, ``010``,
``12:30`` and ``1993-07-26`` stay what the author wrote. Short forms (``sources: [dewaal]``,
``at: 39.99, 46.93``) are widened by validators; the JSON Schemas show both forms.
"""

from __future__ import annotations

from press.content.model.chronology import Category, Chronology, Event, Phase, Sign
from press.content.model.defaults import Defaults
from press.content.model.dossier import Chapter, Dossier
from press.content.model.facts import Fact, Facts, Subject
from press.content.model.glossary import Glossary, Term
from press.content.model.images import Image, Images
from press.content.model.index import Index, IndexEntry
from press.content.model.infobox import Entry, Infobox, Ref, Row, Side
from press.content.model.meta import UNTITLED, Allowance, Meta, Revision, Rights, Wording
from press.content.model.names import NameParts, WrittenName
from press.content.model.people import People, Person
from press.content.model.places import Gazetteer, Name, Place
from press.content.model.plates import (
    Area,
    Arrow,
    Extent,
    Line,
    Map,
    Plate,
    Plates,
    Stage,
    Timeline,
)
from press.content.model.questions import Extract, Question, Questions
from press.content.model.sources import CslType, Source, Sources
from press.content.model.tables import Column, Table, TableRow
from press.content.model.values import Cite, Claim, Coordinates, Excerpt, Read, Refers, Value

__all__ = [
    "UNTITLED", "Allowance", "Area", "Arrow", "Category", "Chapter", "Chronology", "Cite",
    "Claim", "Column", "Coordinates", "CslType", "Defaults", "Dossier", "Entry", "Event", "Excerpt",
    "Extent", "Extract", "Fact", "Facts", "Gazetteer", "Glossary", "Image", "Images", "Index",
    "IndexEntry", "Infobox", "Line", "Map", "Meta", "Name", "NameParts", "People", "Person",
    "Phase",
    "Place", "Plate", "Plates", "Question", "Questions", "Read", "Ref", "Refers", "Revision",
    "Rights", "Row", "Side", "Sign", "Source", "Sources", "Stage", "Subject", "Table",
    "TableRow", "Term", "Timeline", "Value", "Wording", "WrittenName",
]  # fmt: skip
