"""What every code means: title, reason, example and remedy, for ``build.py explain``.

A check explains itself in its docstring, in the form of any in ``press/checks/``; the codes of the
other stages stand in ``press/codes/*.yaml``. Nothing is imported to read either.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml

from press.base.finding import Severity, did_you_mean, severity_of

HERE = Path(__file__).parents[1]
CODE = re.compile(r"[A-Z]\d{3}")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TITLE = re.compile(r"([A-Z]\d{3}): (.+?)\.?(?:\n\n|\Z)", re.DOTALL)
_PART = re.compile(r"^(Why|Wrong|Right|Remedy): ?", re.MULTILINE)

FAMILIES: Mapping[str, str] = {
    "E0": "Files that cannot be read",
    "E1": "Entries and plates that cannot be understood",
    "E2": "Facts that cannot be true together",
    "E3": "Allowances",
    "E7": "Style sheets",
    "W2": "Dates and places",
    "W3": "Sources, words and structure",
    "W4": "Facts in words",
    "W5": "The set pages, as an editor sees them",
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


@dataclass(frozen=True)
class Explanation:
    """One code: what it finds, why that matters, wrong and right, and what to do."""

    code: str
    title: str
    why: str
    wrong: str
    right: str
    remedy: str

    @property
    def severity(self) -> Severity:
        """Whether it stops a build."""
        return severity_of(self.code)

    def __str__(self) -> str:
        parts = [f"{self.code} ({self.severity}): {self.title}", "", self.why]
        for word, example in (("wrong", self.wrong), ("right", self.right)):
            if example:
                parts += ["", f"{word}:", indent(example, "    ")]
        return "\n".join([*parts, "", f"remedy: {self.remedy}"])


@lru_cache(maxsize=1)
def explanations() -> Mapping[str, Explanation]:
    """Every explanation, by code, in order. Raises ValueError for one that is not whole."""
    found = {one.code: one for one in written()}
    return dict(sorted(found.items(), key=lambda item: (item[0][1:], item[0])))


def written() -> Iterator[Explanation]:
    """Every explanation as it stands in the code, sheets first."""
    yield from _from_sheets()
    yield from _from_docstrings()


def _from_sheets() -> Iterator[Explanation]:
    for path in sorted((HERE / "codes").glob("*.yaml")):
        said = yaml.load(path.read_text("utf-8"), _LOADER)  # noqa: S506 texts only
        for code, parts in said.items():
            if not CODE.fullmatch(code):
                raise ValueError(f"{path.name}: {code!r} is not a code")
            yield _whole(code, {key: str(text).strip() for key, text in parts.items()})


def _from_docstrings() -> Iterator[Explanation]:
    for path in sorted(HERE.rglob("*.py")):
        text = path.read_text("utf-8")
        if not re.search(r'^ {4}"""[A-Z]\d{3}: ', text, re.MULTILINE):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (said := ast.get_docstring(node)):
                title = _TITLE.match(said)
                if title and _PART.search(said):
                    _, *parts = _PART.split(said)
                    named = zip(parts[::2], parts[1::2], strict=True)
                    texts = {name.lower(): _unwrapped(name, text) for name, text in named}
                    yield _whole(title[1], {"title": " ".join(title[2].split()), **texts})


def _unwrapped(name: str, text: str) -> str:
    """Sentences on one line; examples as they are written, without their common indentation."""
    if name in ("Why", "Remedy"):
        return " ".join(text.split())
    first, _, rest = text.strip("\n").rstrip().partition("\n")
    lines = rest.split("\n") if rest else []
    return "\n".join([first, *(line.removeprefix(" " * 4) for line in lines)]).strip("\n")


def _whole(code: str, parts: Mapping[str, str]) -> Explanation:
    wanted = {"title", "why", "remedy"}
    if lost := wanted - parts.keys() or parts.keys() - wanted - {"wrong", "right"}:
        raise ValueError(f"{code} lacks or has too much: {', '.join(sorted(lost))}")
    return Explanation(code, **{"wrong": "", "right": "", **parts})


def explain(codes: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The text of the codes asked for, all of them by a line each where none is; and complaints."""
    known = explanations()
    if not codes:
        return "\n".join(f"{e.code}  {e.severity:7}  {e.title}" for e in known.values()), ()
    texts, unknown = [], []
    for code in dict.fromkeys(code.upper() for code in codes):
        if code in known:
            texts.append(str(known[code]))
        else:
            unknown.append(f"no code is called {code!r}; {nearest(code)}")
    return "\n\n".join(texts), tuple(unknown)


def nearest(code: str) -> str:
    """The remedy for an unknown code."""
    known = explanations()
    same = [k for k in known if k[1:] == code[1:]]
    return did_you_mean(code, same or known, "explain alone lists all of them")


def document() -> str:
    """``docs/checks.md``: every code with its explanation."""
    known = explanations()
    parts = [_HEAD]
    for family, title in FAMILIES.items():
        chosen = [one for one in known.values() if one.code.startswith(family)]
        if not chosen:
            continue
        parts.append(f"\n## {family}xx: {title}\n")
        parts += [_entry(one) for one in chosen]
    return "\n".join(parts)


_HEAD = """\
# What the press says, and what it means

Every finding has a code. This page is made from the explanations in the code itself by
`python -m press.base.codes`, and a test holds it fresh; `python3 build.py explain CODE` prints one
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


def _entry(one: Explanation) -> str:
    parts = [f"### {one.code}: {one.title}\n", f"*{one.severity}.* {one.why}\n"]
    for word, example in (("Wrong", one.wrong), ("Right", one.right)):
        if example:
            parts.append(f"{word}:\n\n```\n{example}\n```\n")
    return "\n".join([*parts, f"Remedy: {one.remedy}\n"])


if __name__ == "__main__":
    target = HERE.parent / "docs" / "checks.md"
    target.write_text(document(), "utf-8")
    print(target.relative_to(HERE.parent))  # noqa: T201
