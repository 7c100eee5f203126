"""The page of checks, docs/checks.md: every code of a finding, with its explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from press.base.codes import Explanation, explanations

FAMILIES: Mapping[str, str] = {
    "E0": "Files that cannot be read",
    "E1": "Entries and plates that cannot be understood",
    "E2": "Facts that cannot be true together",
    "E3": "Allowances",
    "E7": "Style sheets",
    "W1": "Plates",
    "W2": "Dates and places",
    "W3": "Sources, words and structure",
    "W4": "Facts in words",
    "W5": "The set pages, as an editor sees them",
    "W7": "Style sheets: what is not taken",
    "P2": "Prose",
    "P4": "The set pages",
    "T5": "Templates",
    "O6": "Publishing",
    "V7": "Verifying",
    "R8": "Rosters of classes",
    "D8": "Comparing two states",
    "X9": "The press itself",
}
"""What the first two signs of a code say."""


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

## Seeing what stopped a build

A stopped edition leaves `output/<slug>/<slug>-<edition>.draft.pdf`: its pages as they stand, each
marked DRAFT. A ring with a number and the code stands around each fault whose place on the pages is
known; what concerns a page as a whole is named in its upper left corner, and the last page lists
all of them with file, line and remedy. The draft claims no standard and carries no data. The good
PDF beside it is untouched; the next good build deletes the draft. Where a file cannot be read no
pages can be made, and the build says that there is no draft.

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
