"""The editions: geometry and selection, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Edition:
    """One way of printing a dossier.

    ``templates/editions/<name>.html`` is set with ``styles/editions/<name>.css``; ``variant`` names
    the standards that the PDF keeps: one of ``press.archive.STANDARDS``, or a name of WeasyPrint's.
    """

    name: str
    title: str
    variant: str = "pdf/a-3a+ua-1"


EDITIONS: Mapping[str, Edition] = {
    edition.name: edition
    for edition in (Edition("dossier", "the full publication, A4, printed on both sides"),)
}
