"""What every code means: title, reason, example and remedy.

A check explains itself in its docstring, in the form of any in ``press/checks/``; the codes of the
other stages stand in ``press/codes/*.yaml``. Nothing is imported to read either.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from press.base.finding import Severity, did_you_mean, severity_of
from press.base.own_yaml import own_yaml

HERE = Path(__file__).parents[1]
_TITLE = re.compile(r"([A-Z]\d{3}): (.+?)\.?(?:\n\n|\Z)", re.DOTALL)
_CODED = re.compile(r'^ {4}"""([A-Z]\d{3}): ', re.MULTILINE)
_PART = re.compile(r"^(Why|Wrong|Right|Remedy): ?", re.MULTILINE)


@dataclass(frozen=True)
class Explanation:
    """One code: what it finds, why that matters, wrong and right, and what to do."""

    code: str
    title: str
    why: str
    remedy: str
    wrong: str = ""
    right: str = ""

    @property
    def severity(self) -> Severity:
        """Whether it stops a build."""
        return severity_of(self.code)

    @property
    def examples(self) -> tuple[tuple[str, str], ...]:
        """``Wrong`` and ``Right``, each with its example; those that are given."""
        both = (("Wrong", self.wrong), ("Right", self.right))
        return tuple((word, example) for word, example in both if example)


@lru_cache(maxsize=1)
def explanations() -> Mapping[str, Explanation]:
    """Every explanation, by code, in order. Raises TypeError for one that is not whole."""
    found = {one.code: one for one in written()}
    return dict(sorted(found.items(), key=lambda item: (item[0][1:], item[0])))


@lru_cache(maxsize=1)
def known_codes() -> frozenset[str]:
    """Every code that is explained; the explanations themselves take far longer to read."""
    told = (_CODED.findall(path.read_text("utf-8")) for path in HERE.rglob("*.py"))
    in_yaml = (own_yaml(path) for path in (HERE / "codes").glob("*.yaml"))
    return frozenset(code for found in (*told, *in_yaml) for code in found)


def written() -> Iterator[Explanation]:
    """Every explanation as it stands in the code, those in YAML first."""
    yield from _from_yaml()
    yield from _from_docstrings()


def _from_yaml() -> Iterator[Explanation]:
    for path in sorted((HERE / "codes").glob("*.yaml")):
        for code, parts in own_yaml(path).items():
            yield Explanation(code, **{key: str(text).strip() for key, text in parts.items()})


def _from_docstrings() -> Iterator[Explanation]:
    for path in sorted(HERE.rglob("*.py")):
        text = path.read_text("utf-8")
        if not _CODED.search(text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (words := ast.get_docstring(node)):
                title = _TITLE.match(words)
                if title and _PART.search(words):
                    _, *parts = _PART.split(words)
                    named = zip(parts[::2], parts[1::2], strict=True)
                    texts = {name.lower(): _unwrapped(name, text) for name, text in named}
                    yield Explanation(title[1], " ".join(title[2].split()), **texts)


def _unwrapped(name: str, text: str) -> str:
    """Sentences on one line; examples as they are written, without their common indentation."""
    if name in ("Why", "Remedy"):
        return " ".join(text.split())
    first, _, rest = text.strip("\n").rstrip().partition("\n")
    lines = rest.split("\n") if rest else []
    return "\n".join([first, *(line.removeprefix(" " * 4) for line in lines)]).strip("\n")


def nearest(code: str) -> str:
    """The remedy for an unknown code."""
    known = explanations()
    same = [k for k in known if k[1:] == code[1:]]
    return did_you_mean(code, same or known, "explain alone lists all of them")
