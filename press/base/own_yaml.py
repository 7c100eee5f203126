"""Tables of the press's own that stand in YAML, beside the code that asks them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""It builds nothing but texts, lists and mappings: a word "no" or "on" stays a word."""


def own_yaml(path: Path) -> Any:
    """What stands at ``path``, in texts alone; an empty file is an empty mapping."""
    return yaml.load(path.read_text("utf-8"), _LOADER) or {}  # noqa: S506 texts only


def beside(module: str) -> Any:
    """The table of a module, by its ``__file__``: that of its name, which ends in .yaml."""
    return own_yaml(Path(module).with_suffix(".yaml"))
