"""Which declaration wins for an element and a property, of all style sheets, as on the pages.

WeasyPrint forgets it as soon as the values are known. Here the cascade is asked anew, for the few
elements of which something is to be said: with the same selectors, layers and order (CSS Cascade
5, §6), and with each declaration at its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

from press.design.declarations import Declared
from press.typeset import engine
from press.typeset.fetch import BASE

Weight = tuple[bool, float, tuple[int, int, int], int]
"""How strong a declaration is: importance, layer, specificity, place in the text."""
Longhand = tuple[str, str]
"""A pseudo-element, "" for the element itself, and a property by its own name."""


@dataclass(frozen=True)
class Won:
    """A declaration that wins, with the value that it sets."""

    declared: Declared
    value: Any
    weight: Weight


@dataclass(frozen=True)
class Winners:
    """The cascade of a document: its tree, and all declarations and layers in their order."""

    root: Any
    declarations: Sequence[Declared]
    layers: Sequence[str] = ()

    @cached_property
    def elements(self) -> Mapping[Any, Any]:
        """Every element as selectors take it."""
        return {} if self.root is None else engine.wrapped(self.root)

    @cached_property
    def _match(self) -> Any:
        return engine.matcher(selectable(self.declarations))

    @cached_property
    def _kept(self) -> dict[Any, Mapping[Longhand, Won]]:
        return {}

    def of(self, element: Any) -> Mapping[Longhand, Won]:
        """What wins on an element and on its pseudo-elements; nothing for one that is not there."""
        if element not in self._kept:
            self._kept[element] = self._of(element)
        return self._kept[element]

    def _of(self, element: Any) -> Mapping[Longhand, Won]:
        won: dict[Longhand, Won] = {}
        if element is None or element not in self.elements:
            return won
        for specificity, _, pseudo, block in self._match(self.elements[element]):
            for number, declared, set_by_it in block:
                layer = declared.rule.layer if declared.rule else ""
                rank = self.layers.index(layer) if layer in self.layers else inf
                weight = (declared.important, rank, specificity, number)
                for name, value in set_by_it:
                    key = pseudo or "", name
                    if key not in won or won[key].weight <= weight:
                        won[key] = Won(declared, value, weight)
        return won

    def around(self, element: Any) -> Iterator[Any]:
        """An element and those around it, innermost first."""
        one = self.elements.get(element)
        while one is not None:
            yield one.etree_element
            one = one.parent

    def acting(self, element: Any) -> Iterator[tuple[int, Longhand, Won]]:
        """What acts on an element: how far out it is declared, for what, and what wins there.

        Of what is handed on from element to element only the nearest acts.
        """
        near = set[str]()
        for depth, one in enumerate(self.around(element)):
            handed = set[str]()
            for (pseudo, name), won in self.of(one).items():
                if pseudo in ("", *OUTER) or depth == 0:
                    if name not in near or pseudo:
                        yield depth, (pseudo, name), won
                    if not pseudo and engine.is_inherited(name) and not _is_share(name, won):
                        handed.add(name)
            near |= handed


OUTER = ("first-line", "first-letter", "before", "after")
"""Pseudo-elements of an element around another that may do something to that."""


def _is_share(name: str, won: Won) -> bool:
    """Whether a value is that of what stands around, or a share of it."""
    share = name == "font-size" and getattr(won.value, "unit", None) in ("%", "em", "ex")
    return share or won.value == "inherit"


Block = tuple[tuple[int, Declared, Sequence[tuple[str, Any]]], ...]


def selectable(declarations: Iterable[Declared]) -> Iterator[tuple[list[Any], Block]]:
    """The declarations by rule, with what each sets; those that are not taken are left out."""
    blocks: dict[int, list[tuple[int, Declared]]] = {}
    for number, one in enumerate(declarations):
        if one.prelude:
            blocks.setdefault(id(one.prelude), []).append((number, one))
    for block in blocks.values():
        try:
            selectors = engine.compiled(block[0][1].prelude)
        except ValueError:
            continue
        yield selectors, tuple((n, one, longhands(one)) for n, one in block)


def longhands(one: Declared) -> tuple[tuple[str, Any], ...]:
    """What a declaration sets, by name and value; nothing where it is not taken."""
    if one.name in engine.SCREEN_ONLY or one.name.startswith("-"):
        return ()
    try:
        return engine.longhands(one.name, one.literal, BASE)
    except ValueError:
        return ()
