"""The verb ``explain``, and docs/checks.md: what every code means, in words for authors."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from textwrap import indent

from press.base.codes import FAMILIES, Explanation, explanations, nearest
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


def checks_page() -> str:
    """The text of docs/checks.md: every code with its explanation, family by family."""
    known = explanations().values()
    return "\n".join([_HEAD, *(part for family in FAMILIES for part in _family(family, known))])


_HEAD = """\
# What the press says, and what it means

Every finding has a code. This page is made from the explanations in the code itself by
`python3 build.py docs`, and a test holds it fresh; `python3 build.py explain CODE` prints one
of them. Errors always stop a build. Warnings stop it under `--strict`, and may be allowed, with a
reason, under `allow:` in `dossier.yaml` (see [below](#allowing-a-warning)).

## Allowing a warning

```yaml
allow:
  - code: W321
    where: dewaal-quote
    reason: the sentence is the treaty's own
```

`where` is a file (`chapters/02-agdam.md`), the id of the entry that the finding stands in, or words
of the line or of the finding. What is allowed is counted in one line, and listed with `--verbose`
and in `--format json`. An entry that allows nothing any more is itself a finding (W392), and errors
cannot be allowed (E391).\
"""


def _family(family: str, known: Iterable[Explanation]) -> Iterator[str]:
    """The section of the codes that begin alike; nothing where there are none."""
    chosen = [one for one in known if one.code.startswith(family)]
    if chosen:
        yield f"\n## {family}xx: {FAMILIES[family]}\n"
    for one in chosen:
        yield f"### {one.code}: {one.title}\n"
        yield f"*{one.severity}.* {one.why}\n"
        yield from (f"{word}:\n\n```\n{text}\n```\n" for word, text in one.examples)
        yield f"Remedy: {one.remedy}\n"
