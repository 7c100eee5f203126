"""Writes style sheets: rules as CSS text with literals in place of tokens."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from press.design.stylesheets import Rule
from press.design.tokens import declarations, is_root, is_token
from press.design.values import Noted, Scope, resolved, resolved_rule, told_apart


def written(
    rules: Iterable[Rule],
    layers: Sequence[str],
    tokens: Mapping[str, str],
    files: Collection[str],
) -> tuple[str, list[Noted]]:
    """``rules`` as CSS, each in its layer, and what was noted on the way.

    ``layers`` are named first, in their order; ``files`` are those there are, by key.
    """

    def texts() -> Iterator[str | Noted]:
        if layers:
            yield f"@layer {', '.join(layers)};\n"
        current = ""
        for rule in rules:
            text, noted = _rule(rule, Scope(rule.file, tokens.get, tokens, files))
            yield from noted
            if not text:
                continue
            if rule.layer != current:
                yield "}\n" if current else ""
                yield f"@layer {rule.layer} {{\n" if rule.layer else ""
                current = rule.layer
            yield f"{text}\n"
        yield "}\n" if current else ""

    return told_apart(texts())


def _rule(rule: Rule, scope: Scope) -> tuple[str, list[Noted]]:
    """One rule; of ``:root`` what is no token, and nothing where that is all."""
    node = rule.node
    if is_root(node):
        return _root(rule, scope)
    prelude, body, noted = resolved_rule(node, scope)
    head = prelude.strip()
    if node.type == "at-rule":
        head = f"@{node.at_keyword} {head}".strip()
    if node.content is None:
        return f"{head};", noted
    return f"{head}{{{squeezed(body)}}}", noted


def _root(rule: Rule, scope: Scope) -> tuple[str, list[Noted]]:
    kept = [n for n in declarations(rule.node) if n.type == "declaration" and not is_token(n)]
    values = [resolved(node.value, scope) for node in kept]
    text = ";".join(f"{n.name}:{value}" for n, (value, _) in zip(kept, values, strict=True))
    noted = [one for _, more in values for one in more]
    return f":root{{{text}}}" if text else "", noted


def squeezed(body: str) -> str:
    """A block on one line."""
    return re.sub(r"\s*\n\s*", " ", body).strip()
