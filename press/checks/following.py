"""Findings that follow from another fault: they would go once that is mended, so they are not said.

Where a file cannot be read, or entries of it are broken, what they hold seems not to be there. To
say that a source is not cited, or a column not filled, would then be false.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import pairwise
from pathlib import PurePosixPath

from press.base.finding import Finding
from press.content.load import Loaded
from press.content.source_text import printable

EVERY, OWN = "*", "."
"""Every file of the dossier; the file in which the finding stands."""
RESTS_ON: Mapping[str, str] = {
    "E113": OWN,
    "E116": OWN,
    "E204": "gazetteer.yaml",
    "E208": "images/images.yaml",
    "E245": "plates.yaml",
    "E246": EVERY,
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


NAMED = frozenset(
    {"W226", "W262", "W302", "W329", "W341", "W342", "W343", "W344", "W348", "W354", "W392"}
)
"""The codes whose message names, in quotation marks first, the thing that seems not to be used."""
AGAIN = frozenset({"W414"})
"""The codes that are not said where another finding stands: it knows better what is wrong there."""
MISTYPED = frozenset({"E113", "E117", "E201", "E241"})
_QUOTED = re.compile(r"""'([^']+)'|"([^"]+)\"""")


def without(loaded: Loaded, findings: Iterable[Finding]) -> Iterator[Finding]:
    """``findings`` less those that would go once another is mended.

    That a thing is not used is doubtful where what is broken names it, or where an id is mistyped
    that is like it; all else that rests on a file, where anything of the file is broken.
    """
    partial, findings = loaded.partial, tuple(findings)
    hidden, blind = _hidden(loaded), _has_unread_words(loaded)
    mistyped = [_subject(finding) for finding in findings if finding.code in MISTYPED]
    told = {(f.file, f.line, f.column) for f in findings if f.code not in AGAIN}
    meant = " ".join(finding.hint for finding in findings if finding.code == "E205")
    for finding in findings:
        if finding.code in AGAIN and (finding.file, finding.line, finding.column) in told:
            continue
        file = RESTS_ON.get(finding.code, "")
        own = loaded.snapshot.own_name(finding.file)
        if finding.code == "E208" and finding.file.rpartition("/")[2] in meant:
            continue  # it is listed, and only its name is mistyped there
        if finding.code in NAMED:
            subject = _subject(finding)
            near = bool(get_close_matches(subject, mistyped, 1))
            doubtful = blind or near or _names(hidden, subject)
        else:
            doubtful = bool(partial) and {EVERY: True, OWN: own in partial}.get(
                file, file in partial
            )
        if not doubtful:
            yield finding


def _has_unread_words(loaded: Loaded) -> bool:
    """Whether a file or folder that could not be read (E004) may name things: all but pictures."""
    unread = map(PurePosixPath, loaded.snapshot.unread)
    return any(path.suffix.lower() in ("", ".yaml", ".md") for path in unread)


def _subject(finding: Finding) -> str:
    """What a message names first in quotation marks; "" where it names nothing."""
    match = _QUOTED.search(finding.message)
    return (match[1] or match[2]) if match else ""


def _names(text: str, words: str) -> bool:
    """Whether ``words`` stand in ``text``, not as a part of others."""
    return bool(words) and bool(re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", text))


def _hidden(loaded: Loaded) -> str:
    """The text of all that was written and is not in the dossier, because it is broken."""
    whole = loaded.partial - {file for file, _ in loaded.kept}
    texts = list(map(loaded.snapshot.text, sorted(whole | loaded.broken)))
    texts += [lost.text for parsed in loaded.parsed.values() for lost in parsed.lost]
    for (file, key), kept in loaded.kept.items():
        if key != ALLOWANCES:
            lines = loaded.snapshot.text(file).split("\n")
            texts += [
                "\n".join(lines[first - 1 : last - 1])
                for number, (first, last) in enumerate(_spans(loaded, file, key, len(lines)))
                if number not in kept
            ]
    return printable("\n".join(texts))


ALLOWANCES = "allow"
"""The list that names things and uses none."""


def _spans(loaded: Loaded, file: str, key: str, end: int) -> Iterator[tuple[int, int]]:
    """The first line of each entry of a list, and that of what comes after it."""
    parsed = loaded.parsed[file]
    entries = parsed.value((key,))
    if not isinstance(entries, list):
        return
    starts = [parsed.locate((key, number))[0] for number in range(len(entries))]
    yield from pairwise([*starts, end + 1])
