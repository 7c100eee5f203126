"""The font files that style sheets declare, each a face."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import tinycss2

from press.base.finding import Finding
from press.design.calc import Node
from press.design.stylesheets import Rule, address_of, is_at, key_of
from press.design.tokens import declarations

_SUFFIXES = (".otf", ".ttf")
_WEIGHTS = {"normal": "400", "bold": "700"}


@dataclass(frozen=True)
class Face:
    """One font file as ``@font-face`` declares it. ``key`` is its path among the style files."""

    family: str
    weight: int
    style: str
    key: str


def declared(rules: Iterable[Rule]) -> Iterator[Face | Finding]:
    """The face that each ``@font-face`` declares, or why it declares none that can be used."""
    return (_face(rule) for rule in rules if is_face(rule))


def without_idle(rules: Sequence[Rule], tokens: Mapping[str, str]) -> list[Rule]:
    """``rules`` but for each ``@font-face`` whose family neither a rule nor a token names.

    WeasyPrint reads every font file that a style sheet mentions.
    """
    named = _phrases(rules, tokens)

    def idle(rule: Rule) -> bool:
        face = _face(rule) if is_face(rule) else None
        return isinstance(face, Face) and face.family not in named

    return [rule for rule in rules if not idle(rule)]


def is_face(rule: Rule) -> bool:
    """Whether a rule is a ``@font-face``."""
    return is_at(rule.node, "font-face")


@lru_cache(maxsize=256)
def _face(rule: Rule) -> Face | Finding:
    said = {n.name: n for n in declarations(rule.node) if n.type == "declaration"}
    addresses = [a for n in said["src"].value if (a := address_of(n))] if "src" in said else []
    if "font-family" not in said or not addresses:
        message = "@font-face needs font-family and src"
        return rule.finding(rule.node, "E717", message, "add what is missing")
    key = key_of(rule.file, addresses[0])
    if not key.endswith(_SUFFIXES):
        hint = "unpack it: WOFF2 is decompressed again on every build, at twice the work"
        return rule.finding(said["src"], "E718", f"{key} is not an OTF or TTF file", hint)
    plain = {k: tinycss2.serialize(n.value).strip().strip("\"'") for k, n in said.items()}
    weight = plain.get("font-weight", "normal")
    weight = _WEIGHTS.get(weight, weight)
    if not weight.isdigit():
        message = f"font-weight {weight} is not a number"
        return rule.finding(said["font-weight"], "E717", message, "write 400, 600, 700 …")
    return Face(plain["font-family"], int(weight), plain.get("font-style", "normal"), key)


def _phrases(rules: Iterable[Rule], tokens: Mapping[str, str]) -> frozenset[str]:
    """Every phrase that may name a family."""
    plain = (rule.node for rule in rules if rule.node.content and not is_face(rule))
    named = (_named_in("\n".join(tokens.values())), *map(_named_in_rule, plain))
    return frozenset[str]().union(*named)


@lru_cache(maxsize=2048)
def _named_in_rule(node: Node) -> frozenset[str]:
    """The phrases of a rule, looked for once: editions and themes share most rules."""
    return _named_in(tinycss2.serialize(node.content))


def _named_in(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in re.split(r"[,;:{}\"'\n]", text))
