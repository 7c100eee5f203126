"""What was found while something was made, and what of it may stand."""

from __future__ import annotations

from dataclasses import dataclass

from press.base.finding import ContentError, Finding, stopping

Allowed = tuple[Finding, str]
"""A finding that may stand, and the reason that its dossier gives."""


@dataclass(frozen=True)
class Outcome:
    """Findings, and those that a dossier allows; two outcomes are added to be one."""

    findings: tuple[Finding, ...] = ()
    allowed: tuple[Allowed, ...] = ()

    def __add__(self, other: Outcome) -> Outcome:
        """Both together: each finding once, in order of place."""
        return Outcome(
            tuple(sorted({*self.findings, *other.findings})),
            tuple(sorted({*self.allowed, *other.allowed})),
        )

    @property
    def stops(self) -> bool:
        """Whether nothing is printed for it."""
        return bool(stopping(self.findings))


NOTHING_FOUND = Outcome()


def failed(error: ContentError) -> Outcome:
    """The outcome of what could not go on."""
    return Outcome(error.findings)
