"""What WeasyPrint and tinyhtml5 do a million times in a long dossier, done in fewer steps.

Nothing here changes what is set: each answers the plain case, which is nearly every one, by itself,
and hands the others to the original. ``tests/typeset/test_hot_paths.py`` holds the answers of both
against each other, and the bytes of a PDF that was set with and without. Like the patches of
``weasyprint_patches``, these belong to the versions that ``press.typeset.engine`` knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

Missing = Callable[[Any, str], Any]

LATE = frozenset({"float", "position", "page"})
"""Properties whose computed value asks for more than the cascade and the parent."""


def flow_at_once(original: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """``Box.is_in_normal_flow``, which sees from two values that a box neither floats nor moves."""

    def is_in_normal_flow(box: Any) -> bool:
        style = box.style
        if style["float"] == "none" and style["position"] in ("static", "relative"):
            return True
        return original(box)

    return is_in_normal_flow


def plain_values_first(
    inherited: Collection[str],
    initial: Mapping[str, Any],
    unfinished: Collection[str],
    logical: Mapping[str, Callable[..., str]],
) -> Callable[[Missing], Missing]:
    """What makes ``ComputedStyle.__missing__`` begin with what no style sheet speaks of.

    Such a property has its parent's value, or its initial one. ``unfinished`` are those whose
    initial value is still to be computed; ``logical`` gives the name of a side by the direction of
    the text, by which a style sheet may speak of it as well.
    """
    names = {
        key: (key, *_logical_names(logical.get(key)))
        for key in initial
        if key not in LATE and not key.startswith("text_decoration_")
    }

    def faster(original: Missing) -> Missing:
        def __missing__(style: Any, key: str) -> Any:  # noqa: N807 that is its name
            cascaded, parent = style.cascaded, style.parent_style
            spoken = names.get(key)
            if spoken is None or not cascaded.keys().isdisjoint(spoken):
                return original(style, key)
            if key in inherited and parent is not None:
                value = parent[key]
            elif key in inherited or key in unfinished:
                return original(style, key)
            else:
                value = initial[key]
            style[key] = value
            return value

        return __missing__

    return faster


def _logical_names(name: Callable[..., str] | None) -> set[str]:
    """What a property is called by the direction of the text; nothing, where it has no side."""
    if name is None:
        return set()
    return {name(block="ttb", inline=direction) for direction in ("ltr", "rtl")}


class CompiledOnce(dict[tuple[Collection[str], bool], re.Pattern[str]]):
    """tinyhtml5's ``characters_until_regex``: the characters at which its tokenizer stops.

    It is meant to keep each pattern, keeps it under the pattern itself, and so writes it anew for
    every name and every text. Here what is missing is made, and kept under what is asked for.
    """

    def __missing__(self, key: tuple[Collection[str], bool]) -> re.Pattern[str]:
        characters, only_these = key
        listed = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = pattern = re.compile(f"[{'' if only_these else '^'}{listed}]+")
        return pattern
