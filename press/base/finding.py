"""What the press has to say about an input: place, fault, remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Literal, ParamSpec

Severity = Literal["error", "warning"]
Place = tuple[str, int, int]
"""A file, and the line and column in it, from 1; 0 means the file as a whole."""
Remark = tuple[Place, str, str]
"""What a check has to say: where, what is wrong there, and what to do about it."""
Rect = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the upper left corner of a page."""
PageRemark = tuple[Place, str, str, int, Rect | None]
"""The same with the page of the PDF on which it was seen, and where on it; 0 and None where nobody
knows."""

WARNINGS = frozenset(
    {
        "P263", "P264", "P265", "P282", "P283", "P284", "P285", "P286", "P287",
        "P289",  # Markdown
        "E169", "E177", "E178", "E179", "E180", "E183", "E184", "E185", "E186", "E188", "E189",
        "P433", "P434", "P440", "P451", "P452", "P463", "P466", "R810", "R813",
    }
)  # fmt: skip
"""The codes of warnings, beside all that begin with W."""


def severity_of(code: str) -> Severity:
    """Whether a finding of this code stops a build; each code has one severity."""
    return "warning" if code.startswith("W") or code in WARNINGS else "error"


def place_text(place: Place) -> str:
    """``file:line:column``, shortened to what is known."""
    return ":".join(str(part) for part in place if part)


@dataclass(frozen=True, order=True)
class Finding:
    """One fault at one place. ``line`` and ``column`` count from 1; 0 means the file as a whole.

    ``page`` is the page of the PDF, from 1, on which it was seen, 0 where none was looked at, and
    ``box`` is where it stands on that page; two findings that differ in it alone are one.
    ``held``: the dossier is strict, and counts this warning as an error.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    page: int = 0
    held: bool = False
    box: Rect | None = field(default=None, compare=False, repr=False)

    @property
    def severity(self) -> Severity:
        """That of its code, unless it is held."""
        return "error" if self.held else severity_of(self.code)

    @property
    def place(self) -> str:
        """``file:line:column``, shortened to what is known."""
        return place_text((self.file, self.line, self.column))

    def __str__(self) -> str:
        remedy = f"; {self.hint}" if self.hint else ""
        kind = "warning: " if self.severity == "warning" else ""
        page = f"page {self.page}: " if self.page else ""
        return f"{self.place}: {self.code} {kind}{page}{self.message}{remedy}"


class InputError(ValueError):
    """A text that cannot be taken: ``message`` says why, ``hint`` what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message}; {hint}")


class ContentError(Exception):
    """Carries every finding that stops a stage, never just the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(sorted(findings))
        super().__init__("\n".join(map(str, self.findings)))


def refusal(
    file: str, code: str, message: str, hint: str = "", line: int = 0, column: int = 0
) -> ContentError:
    """One fault that stops a stage, as an error to raise."""
    return ContentError([Finding(file, line, column, code, message, hint)])


_CODE = re.compile(r"[A-Z]\d{3}(?=: )")
_Given = ParamSpec("_Given")
Check = Callable[_Given, Iterable[Remark | PageRemark]]


def code_of(check: object) -> str:
    """The code with which the docstring of a check begins; empty where it is no check."""
    code = _CODE.match(check.__doc__ or "")
    return code[0] if code else ""


def findings_by(
    checks: Iterable[Check[_Given]], *args: _Given.args, **kwargs: _Given.kwargs
) -> Iterator[Finding]:
    """What each of ``checks`` says of what it is given, as findings with its code."""
    for check in checks:
        for remark in check(*args, **kwargs):
            place, message, remedy, page, box = remark if len(remark) == 5 else (*remark, 0, None)
            yield Finding(*place, code_of(check), message, remedy, page, box=box)


def held(findings: Iterable[Finding], strict: bool) -> tuple[Finding, ...]:
    """``findings`` as a dossier counts them: where it is strict, a warning stops it as well."""
    if not strict:
        return tuple(findings)
    return tuple(f if f.severity == "error" else replace(f, held=True) for f in findings)


def stopping(findings: Iterable[Finding]) -> list[Finding]:
    """Those of ``findings`` for which nothing is printed."""
    return [finding for finding in findings if finding.severity == "error"]


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The remedy for an unknown word: the nearest known ones, or ``otherwise``."""
    near: Sequence[str] = get_close_matches(word, sorted(known), n=3, cutoff=0.6)
    if not near:
        near = [k for k in sorted(known) if k.casefold() == word.casefold()]
    return f"did you mean {' or '.join(near)}?" if near else otherwise


FEW = 12
"""Choices that a remedy lists whole."""


def choose(word: str, choices: Iterable[str]) -> str:
    """The remedy for a word that is none of ``choices``: the nearest, and all of them where few."""
    choices = tuple(choices)
    near = did_you_mean(word, choices)
    if len(choices) > FEW and near:
        return near
    listed = f"one of {', '.join(choices)}"
    return f"{near} It is {listed}" if near else f"write {listed}"
