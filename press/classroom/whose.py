"""Whose worksheet a finding of a class set is about: its pupils are named, once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from press.base.finding import Finding
from press.classroom.roster import Pupil
from press.typeset.layout import Layout

Said = tuple[str | int, ...]
AND = ", "
NAMED = 3
"""Pupils whom a finding names; the others are counted."""
_OWNER = re.compile(r" \(worksheet of (.*)\)$")
_SHEET = re.compile(r"sheet-(\d+)")


def of(name: str, finding: Finding) -> Finding:
    """A finding that is about the worksheet of ``name``, and says so; "" is nobody's."""
    if not name or _OWNER.search(finding.message):
        return finding
    return replace(finding, message=f"{finding.message} (worksheet of {name})")


def on_pages(
    findings: Iterable[Finding], layout: Layout, pupils: Sequence[Pupil]
) -> Iterator[Finding]:
    """``findings`` on set pages with the names of those whose pages they are."""
    begins: dict[int, int] = {}
    for line in layout.lines:
        for match in filter(None, map(_SHEET.fullmatch, line.anchors)):
            begins.setdefault(int(match[1]), line.page)
    for finding in findings:
        owners = [n for n, page in sorted(begins.items()) if page <= finding.page]
        yield of(pupils[owners[-1] - 1].name, finding) if owners else finding


def said(finding: Finding) -> Said:
    """What is said, of whomever."""
    message = _OWNER.sub("", finding.message)
    return finding.file, finding.line, finding.column, finding.code, message


def together(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for all pupils of whom the same is said, where it stands for the first."""
    same: dict[Said, list[Finding]] = {}
    for finding in findings:
        same.setdefault(said(finding), []).append(finding)
    return tuple(map(_joined, same.values()))


def _joined(findings: Sequence[Finding]) -> Finding:
    owners = (match[1] for one in findings if (match := _OWNER.search(one.message)))
    names = list(dict.fromkeys(name for listed in owners for name in listed.split(AND)))
    if not names:
        return findings[0]
    bare = _OWNER.sub("", findings[0].message)
    return replace(findings[0], message=f"{bare} (worksheet of {AND.join(names)})")


def shortened(finding: Finding) -> Finding:
    """The first pupils by name, the others by their number."""
    match = _OWNER.search(finding.message)
    names = match[1].split(AND) if match else []
    if match is None or len(names) <= NAMED:
        return finding
    bare = finding.message[: match.start()]
    return replace(finding, message=f"{bare} (worksheet of {some(names)})")


def some(names: Sequence[str]) -> str:
    """The first of some names, the others by their number."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return AND.join(names[:NAMED]) + more
