"""The cascade: the style sheets of one page, and which declaration of each token wins.

A later style sheet moves what an earlier one sets, but for what an edition or a paper holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from press.base.finding import Finding, did_you_mean
from press.design import stylesheets
from press.design.stylesheets import (
    FOLDERS,
    GUESTS,
    LOCAL,
    MAIN,
    STYLESHEETS,
    Layer,
    Name,
    Rule,
    rank,
)
from press.design.tokens import YIELDS, Token, declared


@dataclass(frozen=True)
class Cascade:
    """The rules of a page's style sheets in the order of their text, and its layers in theirs.

    ``tokens`` are the declarations that win, by name, and ``own`` those that would without a theme
    and local tweaks; ``findings`` say what was not understood, and what was not taken.
    """

    rules: tuple[Rule, ...]
    layers: tuple[str, ...]
    tokens: Mapping[str, Token]
    own: Mapping[str, Token]
    findings: tuple[Finding, ...]


def read(files: Mapping[str, bytes], chosen: Mapping[Name, str]) -> Cascade:
    """Reads ``main.css``, paper, edition and theme of the names ``chosen``, and ``local.css``."""
    found = [item for name in STYLESHEETS for item in _stylesheet(files, name, chosen)]
    rules = tuple(item for item in found if isinstance(item, Rule))
    layers = tuple(dict.fromkeys(item.name for item in found if isinstance(item, Layer)))
    said = list(declared(_from_weak_to_strong(rules, layers)))
    tokens = [token for token in said if isinstance(token, Token)]
    own = {t.name: t for t in tokens if t.rule.stylesheet not in GUESTS}
    return Cascade(
        rules,
        layers,
        {t.name: t for t in tokens if not _holder(t, own)},
        own,
        (
            *(item for item in (*found, *said) if isinstance(item, Finding)),
            *(_refused(t, by, chosen) for t in tokens if (by := _holder(t, own)) and not t.yields),
        ),
    )


def _stylesheet(
    files: Mapping[str, bytes], name: Name, chosen: Mapping[Name, str]
) -> Iterator[Rule | Layer | Finding]:
    """What one style sheet holds; a finding where it has to be there and is not."""
    key = {"main": MAIN, "local": LOCAL}.get(name) or f"{FOLDERS[name]}{chosen[name]}.css"
    if key in files:
        yield from stylesheets.read(files, key, name)
    elif name != "local":
        word = chosen.get(name, "main.css")
        known = stylesheets.names(files, name) if name in FOLDERS else ()
        hint = did_you_mean(word, known, f"there are: {', '.join(known)}" if known else "")
        what = name if known else "style sheet"
        yield Finding(key, 0, 0, "E701", f"there is no {what} {word!r}", hint)


def _holder(token: Token, own: Mapping[str, Token]) -> Token | None:
    """The declaration that a theme's or local one cannot move; None where it can."""
    last = own.get(token.name)
    return last if last and last.held and token.rule.stylesheet in GUESTS else None


def _refused(token: Token, holder: Token, chosen: Mapping[Name, str]) -> Finding:
    """W720: a token is not taken, since an edition or a paper holds it."""
    name = holder.rule.stylesheet
    message = f"the {name} {chosen[name]} keeps its own {token.name}: {holder.held}"
    hint = f'take it out, or put it into a :root of its own with {YIELDS}: "…"'
    return Finding(*token.place, "W720", message, hint)


def _from_weak_to_strong(rules: Iterable[Rule], layers: Sequence[str]) -> list[Rule]:
    """``rules`` by style sheet, in each the layers in their order and then what has none."""

    def place(rule: Rule) -> tuple[int, int]:
        return rank(rule), layers.index(rule.layer) if rule.layer else len(layers)

    return sorted(rules, key=place)
