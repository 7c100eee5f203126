"""Findings that follow from another fault: they would go once that is mended, so they are not said.

Where a file cannot be read, or entries of it are broken, what they hold seems not to be there. To
say that a source is not cited, or a column not filled, would then be false.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from press.base.finding import Finding
from press.content.load import Loaded

EVERY, OWN = "*", "."
"""Every file of the dossier; the file in which the finding stands."""
RESTS_ON: Mapping[str, str] = {
    "E113": OWN,
    "E116": OWN,
    "E204": "gazetteer.yaml",
    "E208": "images/images.yaml",
    "E245": "plates.yaml",
    "W206": "gazetteer.yaml",
    "W225": "chronology.yaml",
    "W226": "chronology.yaml",
    "W262": EVERY,
    "W301": "chronology.yaml",
    "W302": EVERY,
    "W327": EVERY,
    "W329": "gazetteer.yaml",
    "W333": OWN,
    "W341": EVERY,
    "W342": EVERY,
    "W343": EVERY,
    "W344": EVERY,
    "W346": EVERY,
    "W348": EVERY,
    "W354": OWN,
    "W392": EVERY,
}
"""The codes that say of something that it is not there, and the file that must be whole for it."""


UNUSED = frozenset({"W226", "W262", "W302", "W341", "W342", "W343", "W344", "W348", "W354", "W392"})
"""The codes that say that nothing uses a thing: perhaps only because its id is mistyped."""
MISTYPED = frozenset({"E113", "E117", "E201", "E241"})


def without(loaded: Loaded, findings: Iterable[Finding]) -> Iterator[Finding]:
    """``findings`` less those that rest on a file of which something is missing."""
    partial, findings = loaded.partial, tuple(findings)
    mistyped = any(finding.code in MISTYPED for finding in findings)
    for finding in findings:
        if mistyped and finding.code in UNUSED:
            continue
        file = RESTS_ON.get(finding.code, "")
        own = finding.file.removeprefix(f"{loaded.snapshot.label}/")
        if not partial or not ({EVERY: True, OWN: own in partial}.get(file, file in partial)):
            yield finding
