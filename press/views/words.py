"""Stage 5: the texts of a dossier are read, with notes and citations, and plates at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from jinja2 import Environment
from markupsafe import Markup

from press import plates
from press.base.finding import ContentError, Finding, Place
from press.base.preferences import OURS
from press.base.templates import environment
from press.checks.look import look
from press.citations import CitationError, Citations
from press.content.load import Loaded
from press.content.model import Cite, Map, Value
from press.content.walk import each
from press.design.styles import Style, flatten
from press.design.stylesheets import LOCAL
from press.plates import Drawing
from press.plates.maps.input import MapInput
from press.plates.maps.pick import layer_faults
from press.prose import Prose
from press.views import book
from press.views.view import Bench, Work


def read_prose(
    loaded: Loaded, templates: Environment, drawings: Mapping[str, Drawing] | None = None
) -> Prose:
    """What prints the dossier's texts, in reading order, with the figures of these plates in them.

    Raises ContentError for a citation style that nobody has, and for a broken template.
    """
    figures: dict[str, Markup] = {}
    prose = Prose(loaded.dossier, cited(loaded), templates, figures, written(loaded))

    def linked(cites: Sequence[Cite]) -> Markup:
        return prose.source_labels(cites, prose.cite_link)

    for ident, drawing in (drawings or {}).items():
        figures[ident] = plates.figure(drawing, templates, loaded.dossier, linked)
    return prose


def cited(loaded: Loaded) -> Citations:
    """The dossier's sources in its citation style; raises ContentError for a style nobody has."""
    dossier = loaded.dossier
    try:
        return Citations(
            dossier.bibliography,
            dossier.meta.language,
            dossier.meta.citation_style,
            addresses=False,  # each note links to its entry in the bibliography, which has them
        )
    except CitationError as error:
        loc = ("citation-style",)
        finding = loaded.finding("dossier.yaml", loc, "E142", error.message, error.hint)
        raise ContentError([finding]) from error


def written(loaded: Loaded) -> dict[str, Place]:
    """The place of each text that stands in a YAML file."""
    places: dict[str, Place] = {}
    for at, value in each(loaded, Value):
        for name, info in type(value).model_fields.items():
            text = value.__dict__.get(name)
            if isinstance(text, str) and text:
                places.setdefault(text.strip(), at(info.alias or name))
    return places


LEADS_TO: Mapping[str, tuple[str, ...]] = {
    "P201": (), "P205": (), "P251": (), "P210": ("source",), "P240": ("image", "plate"),
}  # fmt: skip
"""The codes of references that lead nowhere, and the kinds of things they lead to: () is any."""


def words_alone(work: Work) -> tuple[Finding, ...]:
    """The findings of this stage and of the look: references, citations and blocks in every text.

    What a broken entry elsewhere leaves without a home is not reported again.
    """
    loaded = work.loaded
    style, faults = _sound_style(work)
    prose = read_prose(loaded, environment(work.engine))
    book.view(Bench(work, style, prose))
    seen = (
        *faults,
        *style.findings,
        *(() if faults else look(loaded, style)),
        *own_layers(loaded, style),
    )
    if unknown := {kind for kind, ids in loaded.declared.items() if ids is None}:
        leads = {code for code, kinds in LEADS_TO.items() if not kinds or unknown & set(kinds)}
        return (*seen, *(f for f in prose.findings if f.code not in leads))
    declared = {ident for ids in loaded.declared.values() for ident in ids or ()}
    words = (
        f
        for f in prose.findings
        if not loaded.findings
        or f.code not in LEADS_TO
        or not declared & set(re.findall(r"[a-z0-9-]+", f.message))
    )
    return (*seen, *words)


def own_layers(loaded: Loaded, style: Style) -> Iterator[Finding]:
    """What is wrong with the files of shapes that maps lay over the ground, as drawing says it."""
    for number, plate in enumerate(loaded.dossier.plates.plates):
        if isinstance(plate, Map):
            given = MapInput(plate, loaded.dossier, style, "", loaded.snapshot.files)
            for fault in layer_faults(given):
                loc = ("plates", number, *fault.loc)
                yield loaded.finding("plates.yaml", loc, fault.code, fault.message, fault.hint)


def _sound_style(work: Work) -> tuple[Style, tuple[Finding, ...]]:
    """The style of this work, or else that of the press without the author's style sheets.

    With the faults of the author's, which must not keep the words from being read. Raises
    ContentError where the press's own are at fault.
    """
    try:
        return flatten(work.engine, work.theme, work.edition.sheet_name, work.sheet), ()
    except ContentError as error:
        ours = {name: raw for name, raw in work.engine.items() if name != LOCAL}
        try:
            style = flatten(ours, OURS.theme, work.edition.sheet_name, work.sheet)
        except ContentError:
            raise error from None
        return style, tuple(error.findings)
