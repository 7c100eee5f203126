"""What every document says of the dossier that it is drawn from: title, imprint, rights, day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from press import dates, locale
from press.content.model import Dossier, Rights
from press.content.model.meta import Attribution, Imprint, Meta
from press.prose import Prose


@dataclass(frozen=True)
class Head:
    """The fields that every view has; ``issued`` is in words, the other days are EDTF.

    ``dated`` is the day of issue with that of the last revision, if there is one.
    """

    title: str
    subtitle: str
    kicker: str
    standfirst: Markup
    language: str
    issued: str
    dated: str
    issued_iso: str
    modified_iso: str
    imprint: Imprint
    rights: Rights
    keywords: tuple[str, ...]
    disclaimer: Markup
    attributions: tuple[Attribution, ...]


def head(dossier: Dossier, prose: Prose) -> dict[str, Any]:
    """The fields of ``Head`` by name, for a view that has more."""
    meta = dossier.meta
    return {
        "title": meta.title,
        "attributions": meta.attributions,
        "subtitle": meta.subtitle,
        "kicker": meta.kicker or meta.imprint.series,
        "standfirst": prose.inline(meta.standfirst),
        "language": meta.language,
        "issued": dates.show(meta.issued, meta.language),
        "dated": _dated(meta),
        "issued_iso": meta.issued.text,
        "modified_iso": (meta.revisions[-1].date if meta.revisions else meta.issued).text,
        "imprint": meta.imprint,
        "rights": meta.rights,
        "keywords": meta.keywords,
        "disclaimer": prose.inline(meta.disclaimer),
    }


def _dated(meta: Meta) -> str:
    """The day of issue, and of the last revision: a title page is no older than its text."""
    issued = dates.show(meta.issued, meta.language)
    if not meta.revisions:
        return issued
    last = dates.show(meta.revisions[-1].date, meta.language)
    return locale.messages(meta.language)["revised.last"].format(issued=issued, date=last)
