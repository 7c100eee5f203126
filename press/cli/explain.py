"""The verb ``explain``: what codes mean, in words for authors."""

from __future__ import annotations

import sys
from textwrap import indent

from press.base.codes import Explanation, explanations, nearest
from press.base.request import Request
from press.cli.console import CLEAN, USAGE


def explain(request: Request) -> int:
    """Prints what the codes mean, or a line for each there is; exit 2 for one that nothing has."""
    known = explanations()
    if not request.words:
        print("\n".join(f"{e.code}  {e.severity:7}  {e.title}" for e in known.values()))
    asked = dict.fromkeys(code.upper() for code in request.words)
    if found := [_text(known[code]) for code in asked if code in known]:
        print("\n\n".join(found))
    unknown = [code for code in asked if code not in known]
    for code in unknown:
        print(f"build.py: no code is called {code!r}; {nearest(code)}", file=sys.stderr)
    return USAGE if unknown else CLEAN


def _text(one: Explanation) -> str:
    """An explanation for the terminal."""
    examples = (f"{word.lower()}:\n{indent(text, '    ')}" for word, text in one.examples)
    title = f"{one.code} ({one.severity}): {one.title}"
    return "\n\n".join([title, one.why, *examples, f"remedy: {one.remedy}"])
