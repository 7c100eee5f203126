"""Stage 2: editorial checks, a small function each, with a stable code.

A check takes what was loaded and yields findings. Its docstring begins with its code and explains
it (``press.base.codes`` says how): every such function in this package is run, so that to add a
check is to write one, and a folder under ``tests/checks/`` for it. Errors always stop a build;
warnings stop it under ``--strict``, and a dossier may allow them.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from press.base.finding import Finding
from press.checks import allowed
from press.content.load import Loaded

Check = Callable[[Loaded], Iterator[Finding]]

_CODE = re.compile(r"[A-Z]\d{3}: ")


def _checks() -> Iterator[Check]:
    """Every function of the package that explains a code and needs only what was loaded."""
    for module in iter_modules(__path__):
        found = import_module(f"{__name__}.{module.name}")
        for _, function in inspect.getmembers(found, inspect.isfunction):
            mine = function.__module__ == found.__name__
            alone = len(inspect.signature(function).parameters) == 1
            if mine and alone and _CODE.match(function.__doc__ or ""):
                yield function


CHECKS: tuple[Check, ...] = tuple(_checks())


def check(loaded: Loaded) -> tuple[Finding, ...]:
    """Every finding of every check, in order of place."""
    found = {finding for run in CHECKS for finding in run(loaded)}
    return tuple(sorted({*found, *allowed.idle_allowances(loaded, found)}))


def checked(loaded: Loaded, _: object) -> tuple[Finding, ...]:
    """``check`` as a worker's job."""
    return check(loaded)
