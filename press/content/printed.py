"""How each field of a dossier is printed: the table that the ledger asks, beside ``kinds``.

A new field of a model needs a place here (a test says so): what is nowhere in it would be lost in
silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

How = Literal[
    "words", "date", "spoken", "linked", "locator", "entry", "degrees", "told", "for the press",
]  # fmt: skip
"""How a field stands in print.

``words``: as they were typed. ``date``: as the language writes it. ``spoken``: as the alternative
of a picture. ``linked``: as where words lead. ``locator``: its figures, in a note. ``entry``: in
the bibliography, as its style has it. ``degrees``: as a position. ``told``: not itself, but by what
it names or sets in order: an event's date for its id. ``for the press``: it says how to print, and
is not printed.
"""

_TABLE: Mapping[str, Mapping[How, str]] = {
    # dossier.yaml
    "Meta": {
        "words": "title subtitle standfirst kicker disclaimer", "date": "issued",
        "for the press": "language span keywords citation_style theme strict editions paper "
                         "standard appendix imprint rights attributions wording allow revisions",
    },
    "Imprint": {"words": "publisher place series edition contact note"},
    "Rights": {"words": "holder licence url note"},
    "Attribution": {"words": "what credit licence url"},
    "Revision": {"date": "date", "words": "note"},
    "Wording": {"for the press": "word instead reason quoted_allowed"},
    "Allowance": {"for the press": "code where reason"},
    # infobox.yaml
    "Infobox": {"words": "title note", "told": "rows"},
    "Row": {"words": "label note", "told": "value sides sources", "for the press": "id essential"},
    "Side": {"words": "heading", "told": "values"},
    "Entry": {
        "words": "text note", "for the press": "precision",
        "told": "event span place places term count category rows fact sources claims",
    },
    # what facts and claims are made of
    "Cite": {"locator": "at", "told": "source"},
    "Claim": {
        "date": "date", "words": "printed text scope says reason", "told": "sources preferred",
    },
    "Fact": {
        "words": "text printed unit label scope says note", "date": "date",
        "told": "claims sources",
    },
    "Coordinates": {"degrees": "lat lon", "told": "sources"},
    "Name": {"words": "name latin standing", "told": "language"},
    # chronology.yaml
    "Chronology": {"told": "categories phases events"},
    "Category": {"words": "label", "told": "sign", "for the press": "id"},
    "Phase": {"words": "title", "told": "begins", "for the press": "id"},
    "Event": {
        "words": "title text printed", "date": "date",
        "told": "places category after sources claims facts", "for the press": "id near essential",
    },
    # people.yaml, gazetteer.yaml, facts.yaml
    "People": {"words": "note", "told": "people"},
    "Person": {
        "words": "name also role group note", "date": "born died",
        "told": "names sources facts", "for the press": "id matches",
    },
    "Gazetteer": {"words": "note", "told": "places"},
    "Place": {
        "words": "name also kind district role note", "told": "names at sources facts",
        "for the press": "id geonames",
    },
    "Facts": {"told": "subjects"},
    "Subject": {"told": "name facts", "for the press": "id"},
    # tables/
    "Table": {"words": "title note", "told": "columns rows sources"},
    "Column": {"words": "label", "for the press": "key align numeric draws"},
    "TableRow": {"told": "cells draws sources"},
    # glossary.yaml, images/images.yaml
    "Glossary": {"told": "terms"},
    "Term": {"words": "term also definition", "told": "sources", "for the press": "id"},
    "Images": {"told": "images"},
    "Image": {
        "words": "caption credit licence", "spoken": "alt", "told": "sources",
        "linked": "url", "for the press": "id file",
    },
    # plates.yaml
    "Plates": {"told": "plates"},
    "Map": {
        "words": "title subtitle caption dated_areas dated_places note",
        "told": "show areas lines arrows stages span until blanks",
        "for the press": "kind id extent padding size projection labels hide markers focus "
                         "language relief tints rivers towns inset filled",
    },
    "Timeline": {
        "words": "title subtitle caption note", "told": "show span",
        "for the press": "kind id size",
    },
    "Area": {
        "words": "label legend", "told": "event sources",
        "for the press": "name iso country also file layer style",
    },
    "Line": {
        "words": "label legend", "told": "through event sources",
        "for the press": "name file layer style fill",
    },
    "Arrow": {"words": "label", "told": "through event sources"},
    "Stage": {"words": "title", "told": "until"},
    "Extent": {"for the press": "west south east north"},
    "LabelOffset": {"for the press": "place side"},
    # sources.yaml
    "Sources": {"words": "note", "told": "sources"},
    "Source": {
        "entry": "title container collection publisher place volume issue number edition genre "
                 "event archive doi url",
        "locator": "page isbn",
        "date": "issued accessed",
        "words": "via checked short note",
        "told": "kind author editor translator quoted_in languages",
        "for the press": "id type",
    },
    "NameParts": {"entry": "family literal", "told": "given suffix non_dropping_particle "
                                                     "dropping_particle"},
    "WrittenName": {"entry": "family literal", "told": "given suffix non_dropping_particle "
                                                       "dropping_particle"},
    # questions.yaml
    "Questions": {"told": "questions sources_to_read worksheet"},
    "Question": {
        "words": "question because page", "told": "answer options order pairs about sources points",
        "for the press": "id kind lines handout",
    },
    "MatchedPair": {"told": "item goes_with"},
    "Extract": {
        "words": "text by introduction prompts expect", "told": "source about",
    },
    "Worksheet": {"for the press": "map label gaps cards match"},
    # index.yaml
    "Index": {"words": "note", "told": "entries"},
    "IndexEntry": {
        "words": "name gloss also", "told": "under see see_also",
        "for the press": "id kind matches ignore skip",
    },
    # chapters, which the ledger reads as text
    "Chapter": {"told": "title body", "for the press": "id number file line"},
}  # fmt: skip

FIELDS: Mapping[tuple[str, str], How] = MappingProxyType(
    {
        (model, name): how
        for model, ways in _TABLE.items()
        for how, names in ways.items()
        for name in names.split()
    }
)
"""How each field is printed, by the names of its model and its own."""
