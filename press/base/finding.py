"""What the press has to say about an input: place, fault, remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Finding:
    """One fault at one place. ``line`` and ``column`` count from 1; 0 means the file as a whole.

    ``page`` is the page of the PDF, from 1, on which it was seen; 0 where none was looked at.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    page: int = 0

    @property
    def place(self) -> str:
        """``file:line:column``, shortened to what is known."""
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)

    def __str__(self) -> str:
        remedy = f"; {self.hint}" if self.hint else ""
        kind = "warning: " if self.severity == "warning" else ""
        page = f"page {self.page}: " if self.page else ""
        return f"{self.place}: {self.code} {kind}{page}{self.message}{remedy}"


class ContentError(Exception):
    """Carries every finding that stops a stage, never just the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(sorted(findings))
        super().__init__("\n".join(map(str, self.findings)))


def held(findings: Iterable[Finding], strict: bool) -> tuple[Finding, ...]:
    """``findings`` as a dossier counts them: where it is strict, a warning stops it as well."""
    if not strict:
        return tuple(findings)
    return tuple(replace(finding, severity="error") for finding in findings)


def stopping(findings: Iterable[Finding]) -> list[Finding]:
    """Those of ``findings`` for which nothing is printed."""
    return [finding for finding in findings if finding.severity == "error"]


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The remedy for an unknown word: the nearest known ones, or ``otherwise``."""
    near: Sequence[str] = get_close_matches(word, sorted(known), n=3, cutoff=0.6)
    if not near:
        near = [k for k in sorted(known) if k.casefold() == word.casefold()]
    return f"did you mean {' or '.join(near)}?" if near else otherwise
