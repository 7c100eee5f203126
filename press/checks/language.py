"""The dossier's language: one whose dates and numbers are known."""

from __future__ import annotations

from collections.abc import Iterator

from press import locale
from press.base.finding import Remark
from press.content.load import Loaded


def unknown_language(loaded: Loaded) -> Iterator[Remark]:
    """E141: nobody knows how dates and numbers are written in the dossier's language."""
    try:
        locale.cldr(loaded.dossier.meta.language)
    except locale.LanguageError as error:
        yield loaded.at("dossier.yaml", "language"), error.message, error.hint
