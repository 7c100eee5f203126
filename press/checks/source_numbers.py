"""Numbers of sources that say themselves what they are, which print would say twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.base.finding import Remark
from press.content.load import Loaded
from press.content.model import Source
from press.content.walk import each

_SIGNS = {
    "volume": re.compile(r"(?i)(?:vols?|volume|bd|band|tome?|t)\.?\s*(\d.*)"),
    "issue": re.compile(r"(?i)(?:nos?|nr|n[°º]|issue|number|heft|h)\.?\s*(\d.*)"),
    "page": re.compile(r"(?i)(?:pp?|pages?|s|seiten?)\.?\s*(\d.*)"),
    "edition": re.compile(r"(?i)(\d+)(?:st|nd|rd|th|\.)?\s*(?:edn?|edition|aufl|auflage|éd)\.?"),
}  # fmt: skip
"""How people write the sign of each as well, and its number."""


def signs_typed(loaded: Loaded) -> Iterator[Remark]:
    """W378: a source's volume, issue, page or edition says itself what it is.

    Why: The press prints "no." and "2nd ed." in the language of the dossier, and would print them
        twice.
    Wrong: issue: no. 4
    Right: issue: "4"
    Remedy: Write the number alone.
    """
    for at, source in each(loaded, Source):
        for name, pattern in _SIGNS.items():
            if match := pattern.fullmatch(getattr(source, name)):
                message = f"{match[0]!r} says itself that it is the {name}"
                yield at(name), message, f"write {name}: {match[1]}"
