"""Findings for people, for programs, and for the annotations of a code host."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from press.base.codes import explanations
from press.base.finding import Finding
from press.base.outcome import Allowed


def as_json(findings: Sequence[Finding], allowed: Sequence[Allowed]) -> str:
    """One object: ``findings``, ``allowed`` with their reasons, and how many of each severity."""
    severities = [finding.severity for finding in findings]
    whole = {
        "findings": [_values(finding) for finding in findings],
        "allowed": [{**_values(finding), "reason": reason} for finding, reason in allowed],
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _values(finding: Finding) -> Mapping[str, str | int]:
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "page": finding.page,
        "code": finding.code,
        "severity": finding.severity,
        "title": _title(finding),
        "message": finding.message,
        "remedy": finding.hint,
    }


def _title(finding: Finding) -> str:
    known = explanations()
    return known[finding.code].title if finding.code in known else ""


def as_github(findings: Sequence[Finding], _: Sequence[Allowed]) -> str:
    """A workflow command for each finding, which GitHub shows beside the line.

    The form, and what is escaped in it, is that of "Workflow commands for GitHub Actions" and of
    ``@actions/core``: ``%``, CR and LF everywhere, ``:`` and ``,`` in properties as well.
    """
    return "\n".join(map(_command, findings))


def _command(finding: Finding) -> str:
    title = f"{finding.code}: {_title(finding)}".removesuffix(": ")
    properties = {"file": finding.file, "line": finding.line, "col": finding.column, "title": title}
    given = ",".join(f"{k}={_property(str(v))}" for k, v in properties.items() if v)
    page = f"page {finding.page}: " if finding.page else ""
    remedy = f"; {finding.hint}" if finding.hint else ""
    return f"::{finding.severity} {given}::{_data(f'{page}{finding.message}{remedy}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Sequence[Finding], Sequence[Allowed]], str]] = {
    "json": as_json,
    "github": as_github,
}
