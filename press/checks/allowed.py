"""Warnings that were looked at and may stand, with a reason: ``allow:`` in dossier.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from press.base.codes import explanations, nearest
from press.base.finding import Finding, Remark, held, severity_of
from press.base.outcome import Allowed, Outcome
from press.content.load import Loaded
from press.content.model import Allowance
from press.content.walk import each


def sift(
    loaded: Loaded, findings: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Allowed, ...]]:
    """What remains of ``findings``, and what the dossier allows, each with its reason."""
    kept: list[Finding] = []
    allowed: list[Allowed] = []
    for finding in findings:
        by = next((a for a in loaded.dossier.meta.allow if allows(loaded, a, finding)), None)
        if by is None:
            kept.append(finding)
        else:
            allowed.append((finding, by.reason))
    return tuple(kept), tuple(allowed)


def weighed(loaded: Loaded, findings: Iterable[Finding], strict: bool | None) -> Outcome:
    """``findings`` as the dossier counts them; ``strict`` overrules its own word, None does not."""
    kept, allowed = sift(loaded, findings)
    return Outcome(held(kept, loaded.dossier.meta.strict if strict is None else strict), allowed)


def allows(loaded: Loaded, allowance: Allowance, finding: Finding) -> bool:
    """Whether the finding is a warning of that code, and stands where the allowance says."""
    if finding.severity == "error" or finding.code != allowance.code:
        return False
    where = allowance.where.casefold()
    file = finding.file.removeprefix(f"{loaded.snapshot.label}/")
    if where in (file.casefold(), entry_id(loaded, file, finding.line)):
        return True
    return where in finding.message.casefold() or where in line_of(loaded, file, finding.line)


def line_of(loaded: Loaded, file: str, number: int) -> str:
    """A line of the content, in small letters; empty where there is none."""
    lines = loaded.snapshot.files.get(file, b"").decode("utf-8", "replace").casefold().splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else ""


def entry_id(loaded: Loaded, file: str, line: int) -> str:
    """The id of the entry of a YAML file that ``line`` stands in; empty where it has none."""
    if file not in loaded.parsed:
        return ""
    parsed = loaded.parsed[file]
    found = ""
    for loc, (first, _) in parsed.values.items():
        if len(loc) == 2 and isinstance(loc[1], int) and first <= line:
            entry = parsed.data[loc[0]][loc[1]]
            found = str(entry.get("id", "")) if isinstance(entry, dict) else ""
    return found


def unfit_allowances(loaded: Loaded) -> Iterator[Remark]:
    """E391: an allowance names a code that cannot be allowed.

    Why: An error is what would print something broken or untrue. It can be mended, not excused;
        and a code that does not exist excuses nothing.
    Wrong: allow:
          - {code: E201, where: chronology.yaml, reason: the place comes later}
    Right: allow:
          - {code: W261, where: old-town, reason: the two stand across the street}
    Remedy: Mend the error, or write the code of a warning.
    """
    for at, allowance in each(loaded, Allowance):
        code = allowance.code
        if code not in explanations():
            yield at("code"), f"no finding has the code {code}", nearest(code)
        elif severity_of(code) == "error":
            hint = f"mend it; build.py explain {code} says how"
            yield at("code"), f"{code} is an error, which cannot be allowed", hint


ON_PAGES = ("P4", "E16", "E17", "E18", "W36", "W5")
"""How codes begin that only plates, styles and set pages give."""


def idle_allowances(loaded: Loaded, findings: Iterable[Finding]) -> Iterator[Remark]:
    """W392: an allowance allows nothing any more.

    Why: What it excused was mended or moved. Left in place, it would silence the next fault of
        that kind without anybody having looked at it.
    Wrong: - {code: W321, where: treaty, reason: its own words}      # and the sentence was divided
    Right: allow: []
    Remedy: Delete the entry from allow: in dossier.yaml, or correct where.
    """
    found = list(findings)
    for at, allowance in each(loaded, Allowance):
        code = allowance.code
        warns = code in explanations() and severity_of(code) == "warning"
        if not warns or code.startswith(ON_PAGES):
            continue
        if not any(allows(loaded, allowance, finding) for finding in found):
            message = f"no {code} is found at {allowance.where!r}"
            yield at(), message, "delete the entry, or correct where"
