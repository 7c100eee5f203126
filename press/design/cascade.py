"""The cascade: the style sheets of one page, and which declaration of each token wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from press.base.finding import Finding, did_you_mean
from press.design import stylesheets
from press.design.stylesheets import FOLDERS, MAIN, STYLESHEETS, Layer, Name, Rule
from press.design.tokens import Token, declared


@dataclass(frozen=True)
class Cascade:
    """The rules of a page's style sheets in the order of their text, and its layers in theirs.

    ``tokens`` are the declarations that win, by name; ``findings`` say what was not understood.
    """

    rules: tuple[Rule, ...]
    layers: tuple[str, ...]
    tokens: Mapping[str, Token]
    findings: tuple[Finding, ...]


def read(files: Mapping[str, bytes], chosen: Mapping[Name, str]) -> Cascade:
    """Reads ``main.css`` and the theme, paper and edition of the names ``chosen``."""
    found = [item for name in STYLESHEETS for item in _stylesheet(files, name, chosen)]
    rules = tuple(item for item in found if isinstance(item, Rule))
    layers = tuple(dict.fromkeys(item.name for item in found if isinstance(item, Layer)))
    tokens = list(declared(_from_weak_to_strong(rules, layers)))
    return Cascade(
        rules,
        layers,
        {token.name: token for token in tokens if isinstance(token, Token)},
        tuple(item for item in (*found, *tokens) if isinstance(item, Finding)),
    )


def _stylesheet(
    files: Mapping[str, bytes], name: Name, chosen: Mapping[Name, str]
) -> Iterator[Rule | Layer | Finding]:
    """What one style sheet holds; a finding where it is not there."""
    key = f"{FOLDERS[name]}{chosen[name]}.css" if name in FOLDERS else MAIN
    if key in files:
        yield from stylesheets.read(files, key, name)
        return
    word = chosen.get(name, "main.css")
    known = stylesheets.names(files, name) if name in FOLDERS else ()
    hint = did_you_mean(word, known, f"there are: {', '.join(known)}" if known else "")
    yield Finding(key, 0, 0, "E701", f"there is no {name} sheet {word!r}", hint)


def _from_weak_to_strong(rules: Iterable[Rule], layers: Sequence[str]) -> list[Rule]:
    """``rules`` by style sheet, in each the layers in their order and then what has none."""

    def rank(rule: Rule) -> tuple[int, int]:
        layer = layers.index(rule.layer) if rule.layer else len(layers)
        return STYLESHEETS.index(rule.stylesheet), layer

    return sorted(rules, key=rank)
