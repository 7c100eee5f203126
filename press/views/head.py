"""What every document says of the dossier that it is drawn from: title, imprint, rights, day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from press import dates
from press.content.model import Dossier, Rights
from press.content.model.meta import Imprint
from press.prose import Prose


@dataclass(frozen=True)
class Head:
    """The fields that every view has; ``issued`` is in words, the other days are EDTF."""

    title: str
    subtitle: str
    kicker: str
    standfirst: Markup
    language: str
    issued: str
    issued_iso: str
    modified_iso: str
    imprint: Imprint
    rights: Rights
    keywords: tuple[str, ...]
    disclaimer: Markup


def head(dossier: Dossier, prose: Prose) -> dict[str, Any]:
    """The fields of ``Head`` by name, for a view that has more."""
    meta = dossier.meta
    return {
        "title": meta.title,
        "subtitle": meta.subtitle,
        "kicker": meta.kicker or meta.imprint.series,
        "standfirst": prose.inline(meta.standfirst),
        "language": meta.language,
        "issued": dates.show(meta.issued, meta.language),
        "issued_iso": meta.issued.text,
        "modified_iso": (meta.revisions[-1].date if meta.revisions else meta.issued).text,
        "imprint": meta.imprint,
        "rights": meta.rights,
        "keywords": meta.keywords,
        "disclaimer": prose.inline(meta.disclaimer),
    }
