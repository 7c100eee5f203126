"""Style sheets, each parsed once in a process, however often pages are laid out with it.

WeasyPrint parses the sheets of a document anew in every pass: half of the work on a short one. Here
what it read is kept, and given to the next document. Nothing is imported: ``press.typeset.engine``
puts ``read_once`` in the place of the class that WeasyPrint reads a document's sheets with.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

KEPT = 64
"""Sheets that a process keeps, of some 40 kB of text each."""

READ_ANEW = ("var(", "@import", "@color-profile")
"""What makes a sheet depend on more than its text: on others, or on values known only later."""


@dataclass(frozen=True)
class _Record:
    """What was read in a sheet: its rules, and what it gives to the document beside them."""

    sheet: Any = None
    faces: list[Any] = field(default_factory=list)
    page_rules: list[Any] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)
    counters: dict[str, Any] = field(default_factory=dict)

    def add_font_face(self, descriptors: Any, _: Any) -> None:
        """Takes a face where WeasyPrint would give it to the fonts of a document."""
        self.faces.append(descriptors)

    def given_to(self, document: Mapping[str, Any]) -> Any:
        """The sheet, of which ``document`` has all from now on."""
        for descriptors in self.faces:
            document["font_config"].add_font_face(descriptors, document["url_fetcher"])
        document["page_rules"].extend(self.page_rules)
        document["layers"][:] = self.layers
        document["counter_style"].update(self.counters)
        sheet = copy(self.sheet)
        sheet.page_rules, sheet.layers = document["page_rules"], document["layers"]
        return sheet


def read_once(read: Callable[..., Any]) -> Callable[..., Any]:
    """``CSS`` that parses a sheet once.

    One of which something was logged is parsed again each time, so that each pass has the
    complaint, and so is one whose text is not all that counts (``READ_ANEW``).
    """
    kept: dict[Any, _Record] = {}

    def css(**document: Any) -> Any:
        text = _text(document)
        if not text or any(word in text.lower() for word in READ_ANEW):
            return read(**document)
        named = (document.get(name) for name in ("url", "base_url", "media_type"))
        key = (text, *named, *document["layers"], *document["counter_style"])
        if key in kept:
            return kept[key].given_to(document)
        record, sound = _recorded(read, document)
        if len(kept) == KEPT:
            kept.clear()
        if sound:
            kept[key] = record
        return record.given_to(document)

    return css


def _text(document: Mapping[str, Any]) -> str:
    """The text of a sheet; "" where it cannot be read, or is part of another."""
    if "matcher" in document:
        return ""
    if not document.get("url"):
        return str(document["string"])
    try:
        return str(document["url_fetcher"].fetch(document["url"]).read(), "utf-8")
    except (OSError, ValueError):
        return ""


def _recorded(read: Callable[..., Any], document: Mapping[str, Any]) -> tuple[_Record, bool]:
    """A sheet read apart from its document, and whether nothing was logged of it."""
    record, before = _Record(layers=[*document["layers"]]), document["counter_style"]
    counters, logged = before.copy(), _Counting(logging.WARNING)
    apart = {"font_config": record, "page_rules": record.page_rules, "layers": record.layers}
    logger = logging.getLogger("weasyprint")
    logger.addHandler(logged)
    try:
        sheet = read(**{**document, **apart, "counter_style": counters})
    finally:
        logger.removeHandler(logged)
    new = {name: counter for name, counter in counters.items() if before.get(name) is not counter}
    return replace(record, sheet=sheet, counters=new), not logged.records


class _Counting(logging.Handler):
    """Counts what is logged."""

    records = 0

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        """One more."""
        self.records += 1
