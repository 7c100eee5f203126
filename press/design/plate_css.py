"""The style sheet inside the SVG of a plate, which document CSS and ``var()`` do not reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import cssselect2

from press.base.finding import Finding
from press.design.calc import Node
from press.design.css import squeezed
from press.design.stylesheets import finding_at, not_css, parse, selector
from press.design.tokens import set_elsewhere
from press.design.values import Noted, Scope, resolved

PLATE = "styles/plate.css"


def written(files: Mapping[str, bytes], tokens: Mapping[str, str]) -> tuple[str, list[Noted]]:
    """``plate.css`` as WeasyPrint's SVG can take it, and what was noted on the way.

    Flat literal rules, a line each. One rule that WeasyPrint cannot read makes it drop the rest of
    the style sheet, so each is tried here first.
    """
    if PLATE not in files:
        hint = "plates are drawn with it; add the file"
        return "", [Finding(PLATE, 0, 0, "E703", "there is no plate.css", hint)]
    lines: list[str] = []
    noted: list[Noted] = []
    for node in parse(files, PLATE):
        if isinstance(node, Finding):
            noted.append(node)
        elif node.type == "error":
            noted.append(not_css(PLATE, node))
        elif node.type != "qualified-rule":
            message = f"@{node.lower_at_keyword} does nothing inside an SVG"
            noted.append(finding_at(PLATE, node, "E719", message, "write flat rules only"))
        else:
            body, more = resolved(node.content, Scope(PLATE, tokens.get, tokens, files))
            lines.append(f"{selector(node)}{{{squeezed(body)}}}")
            noted += (*more, *_faults(node, lines[-1]))
    return "\n".join(lines), noted


def _faults(node: Node, text: str) -> Iterator[Finding]:
    """What of a rule, which becomes ``text``, an SVG cannot take."""
    yield from set_elsewhere(PLATE, node.content)
    if nested := next((n for n in node.content if n.type == "{} block"), None):
        message = "nested rules do nothing inside an SVG"
        hint = "write each rule with its full selector"
        yield finding_at(PLATE, nested, "E719", message, hint)
    try:
        cssselect2.compile_selector_list(node.prelude)
    except cssselect2.SelectorError as error:
        message = f"selector {selector(node)!r} is not understood: {str(error).lower()}"
        yield finding_at(PLATE, node, "E719", message, "it would silence every rule after it")
    if bad := next((c for c in "<&" if c in text), None):
        message = f"{bad!r} ends the stylesheet of an SVG"
        yield finding_at(PLATE, node, "E719", message, "write the rule without it")
