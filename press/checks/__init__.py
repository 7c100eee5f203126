"""Stage 2: editorial checks, a small function each, with a stable code.

A check takes what was loaded and yields remarks: a place, what is wrong there, and the remedy. Its
docstring begins with its code and explains it (``press.base.codes`` says how): every such function
in this package is run, so that to add a check is to write one, and a folder under ``tests/checks/``
for it. Errors always stop a build; warnings stop it under ``--strict``, and a dossier may allow
them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from traceback import format_exc

from press.base.finding import Finding, Remark, code_of, findings_by
from press.checks import allowed, following
from press.content.load import Loaded

Check = Callable[[Loaded], Iterator[Remark]]


def _checks() -> Iterator[Check]:
    """Every function of the package that explains a code and needs only what was loaded."""
    for module in iter_modules(__path__):
        found = import_module(f"{__name__}.{module.name}")
        for _, function in inspect.getmembers(found, inspect.isfunction):
            mine = function.__module__ == found.__name__
            if mine and code_of(function) and len(inspect.signature(function).parameters) == 1:
                yield function


CHECKS: tuple[Check, ...] = tuple(_checks())


@dataclass(frozen=True)
class Checked:
    """What the checks found, in order of place, and the trace of each check that failed."""

    findings: tuple[Finding, ...]
    traces: tuple[str, ...] = ()


def check(loaded: Loaded) -> tuple[Finding, ...]:
    """Every finding of every check, in order of place. Raises what a check raises."""
    found = set(findings_by(CHECKS, loaded))
    found.update(findings_by([allowed.idle_allowances], loaded, tuple(found)))
    return tuple(sorted(following.without(loaded, found)))


def checked(loaded: Loaded) -> Checked:
    """``check`` as a worker's job: a check that fails keeps no other from being run."""
    found: set[Finding] = set()
    traces = []
    for run in CHECKS:
        try:
            found.update(findings_by([run], loaded))
        except (MemoryError, RecursionError):
            raise
        except Exception:  # noqa: BLE001 the author must hear of all other faults
            traces.append(f"{format_exc().rstrip()}, in check {code_of(run)}")
    if not traces:  # else it may have been the failed check that an allowance is for
        found.update(findings_by([allowed.idle_allowances], loaded, tuple(found)))
    return Checked(tuple(sorted(following.without(loaded, found))), tuple(traces))
