"""Warnings that were looked at and may stand, with a reason: ``allow:`` in dossier.yaml."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from press.base.codes import known_codes, nearest
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
    allowances: dict[str, list[Allowance]] = {}
    for allowance in loaded.dossier.meta.allow:
        allowances.setdefault(allowance.code, []).append(allowance)
    for finding in findings:
        of_code = allowances.get(finding.code, ())
        by = next((a for a in of_code if allows(loaded, a, finding)), None)
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
    file = loaded.snapshot.own_name(finding.file)
    if where in (file.casefold(), _entry_id(loaded, file, finding.line)):
        return True
    line = loaded.snapshot.line(file, finding.line)
    return where in finding.message.casefold() or where in line.casefold()


def _entry_id(loaded: Loaded, file: str, line: int) -> str:
    """The id of the entry of a YAML file that ``line`` stands in; empty where it has none."""
    lines, idents = _entries(loaded, file)
    return idents[bisect_right(lines, line)]


@lru_cache(maxsize=32)
def _entries(loaded: Loaded, file: str) -> tuple[Sequence[int], Sequence[str]]:
    """The first line of each entry of a YAML file, and the ids: of none, then of each."""
    parsed = loaded.parsed.get(file)
    lines, idents = [], [""]
    for loc, (line, _) in parsed.values.items() if parsed else ():
        if parsed and len(loc) == 2 and isinstance(loc[1], int):
            entry = parsed.value(loc)
            lines.append(line)
            idents.append(str(entry.get("id", "")) if isinstance(entry, dict) else "")
    return lines, idents


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
        if code not in known_codes():
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
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.code, []).append(finding)
    for at, allowance in each(loaded, Allowance):
        code = allowance.code
        warns = code in known_codes() and severity_of(code) == "warning"
        if not warns or code.startswith(ON_PAGES):
            continue
        if not any(allows(loaded, allowance, finding) for finding in found.get(code, ())):
            message = f"no {code} is found at {allowance.where!r}"
            yield at(), message, "delete the entry, or correct where"
