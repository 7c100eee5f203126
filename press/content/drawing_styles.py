"""The styles of a drawing: declarations that are drawn, and nothing that reaches outside of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import tinycss2

from press.content.drawing_words import AS_ATTRIBUTES, GEOMETRY, PROPERTIES, UNDRAWN

_PLAIN = "put everything into the drawing itself"
_FLAT = "flatten the effect, or export the drawing as PNG"


class StyleError(ValueError):
    """What is wrong with a style, and what to do."""


@lru_cache(maxsize=1)
def properties() -> frozenset[str]:
    """The properties that may be written as attributes too."""
    return PROPERTIES | AS_ATTRIBUTES


def rules(text: str, family: str, families: list[str]) -> str:
    """A style sheet with its rules; ``families`` gets those that words asked for.

    Raises StyleError for a font or an address.
    """
    kept: list[str] = []
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule":
            if rule.lower_at_keyword == "font-face":
                raise StyleError("brings a font of its own", "turn its words into paths")
            if rule.lower_at_keyword != "charset":
                raise StyleError(f"has @{rule.at_keyword} in its styles", _PLAIN)
        elif rule.type == "qualified-rule":
            selector = tinycss2.serialize(rule.prelude).strip()
            body = declarations(tinycss2.serialize(rule.content), family, families)
            kept.append(f"{selector} {{ {body} }}")
    return "\n".join(kept)


def declarations(text: str, family: str, families: list[str]) -> str:
    """Declarations that are drawn. Raises StyleError for what is seen and cannot be drawn."""
    kept: list[str] = []
    for one in tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True):
        if one.type != "declaration":
            continue
        name, value = one.lower_name, tinycss2.serialize(one.value).strip()
        if name in UNDRAWN and " ".join(value.casefold().split()) not in UNDRAWN[name]:
            raise StyleError(f"has {name}: {value[:40]}, which is not drawn", _FLAT)
        if name not in PROPERTIES | GEOMETRY:
            continue
        _held(one.value)
        for plain, said in _set(name, value, family, families):
            kept.append(f"{plain}: {said}{' !important' if one.important else ''}")
    return "; ".join(kept)


def _held(tokens: Sequence[Any]) -> None:
    """Raises StyleError for a value that is not the drawing's own."""
    for token in _flat(tokens):
        if token.type == "url" and not token.value.startswith("#"):
            raise StyleError(f"asks for {token.value[:60]}", _PLAIN)
        if token.type == "function":
            name = token.lower_name
            if name == "url":
                text = "".join(inner.value for inner in token.arguments if inner.type == "string")
                if not text.startswith("#"):
                    raise StyleError(f"asks for {text[:60]}", _PLAIN)
            elif name not in _FUNCTIONS:
                raise StyleError(f"has {name}() in its styles", _PLAIN)


_FUNCTIONS = frozenset(
    ("rgb", "rgba", "hsl", "hsla", "matrix", "translate", "translatex", "translatey", "scale",
     "scalex", "scaley", "rotate", "skewx", "skewy", "calc", "hwb", "lab", "lch", "oklch", "oklab")
)  # fmt: skip


def _flat(tokens: Sequence[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        inner = getattr(token, "arguments", None) or getattr(token, "content", None)
        if inner and not isinstance(inner, str):
            yield from _flat(inner)


def _set(name: str, value: str, family: str, families: list[str]) -> Iterator[tuple[str, str]]:
    """A property as the typesetter reads it: one by one, words in the press's own letters."""
    if name == "font-weight":
        value = {"bolder": "bold", "lighter": "normal"}.get(value.casefold(), value)
    if name not in ("font", "font-family"):
        yield name, value
        return
    match = _FONT.fullmatch(value) if name == "font" else None
    asked = match["family"] if match else "" if name == "font" else value
    families.extend(bare for one in asked.split(",") if (bare := one.strip().strip("\"'")))
    if match is not None:
        words = match["before"].casefold().split()
        yield "font-style", next((w for w in words if w in ("italic", "oblique")), "normal")
        yield "font-weight", next((w for w in words if w == "bold" or w.isdigit()), "normal")
        yield "font-size", match["size"]
    if asked:
        yield "font-family", f'"{family}"'


_FONT = re.compile(
    r"(?P<before>(?:[a-z-]+\s+|[1-9]00\s+)*)(?P<size>[\d.]+[a-z%]*)(?:\s*/\s*\S+)?\s+(?P<family>.+)",
    re.IGNORECASE | re.DOTALL,
)
"""``italic bold 12px/1.2 Arial``, the shorthand of CSS Fonts."""


def urls(text: str) -> Iterator[str]:
    """The ids that styles refer to."""
    yield from re.findall(r"""url\(\s*["']?#([^"')\s]+)""", text)
