"""Which declarations win is worked out once for all elements to which the same rules apply.

WeasyPrint weighs every declaration of every rule for each element anew, and gives each element
styles of its number, of its note's call and of its note, which next to none has. Nothing is
imported: ``press.typeset.engine`` says what takes whose place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import inf
from typing import Any

Cascaded = dict[str, tuple[Any, tuple[int, Any, Any]]]

SELDOM = frozenset(
    {"marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
)
"""Pseudo-elements that the typesetter's own sheet gives to every element."""


class _Styles(dict[Any, Any]):
    """Computed styles by element and pseudo-element; some are made when they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.make: Callable[[Any, str], None] | None = None
        self.still: Mapping[Any, Mapping[str | None, Cascaded]] = {}

    def get(self, key: Any, otherwise: Any = None) -> Any:
        """The style of an element or a pseudo-element."""
        if key in self:
            return self[key]
        element, pseudo = key
        if self.make and pseudo in SELDOM and pseudo in self.still.get(element, ()):
            self.make(element, pseudo)
            return self[key]
        return otherwise


def cascaded_once(
    given: Callable[..., Iterable[Any]],
    longhands: Callable[..., Iterable[Any]],
    precedence: Callable[[str, bool], int],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """What makes ``StyleFor.__init__`` weigh declarations once for the same rules.

    ``given`` finds the declarations that elements bring themselves, ``longhands`` makes them those
    of single properties, and ``precedence`` tells how much an origin weighs.
    """

    def replacement(_: Callable[..., None]) -> Callable[..., None]:
        def __init__(  # noqa: N807 that is its name
            self: Any, html: Any, sheets: Any, hints: bool, font_config: Any, target_collector: Any
        ) -> None:
            self._cascaded_styles, self._computed_styles = {}, _Styles()
            self.initial_page_sizes = {"box": None, "area": None}
            self._sheets, self.font_config = sheets, font_config
            own = _own(given(html.etree_element, hints, html.base_url), longhands, precedence)
            found = _found(html.wrapper_element, sheets, own, precedence)
            _compute(self, html, found, own, target_collector)

        return __init__

    return replacement


def _own(
    given: Iterable[Any], longhands: Callable[..., Iterable[Any]], precedence: Callable[..., int]
) -> dict[Any, tuple[tuple[Any, ...], Cascaded]]:
    """What elements bring themselves: the declarations given last, and all of them weighed."""
    own: dict[Any, tuple[tuple[Any, ...], Cascaded]] = {}
    for specificity, element, declarations, base_url in given:
        style = own[element][1] if element in own else {}
        own[element] = tuple(declarations), style
        for name, values, important in longhands(base_url, declarations):
            _weigh(style, name, values, (precedence("author", important), inf, specificity))
    return own


def _weigh(style: Cascaded, name: str, values: Any, weight: tuple[int, Any, Any]) -> None:
    """Lets a value of a property win, where it weighs as much as that before it."""
    if name not in style or style[name][1] <= weight:
        style[name] = values, weight


Found = tuple[Any, tuple[int, ...], dict[str | None, Cascaded]]


def _found(
    wrapper: Any, sheets: Any, own: Mapping[Any, Any], precedence: Callable[..., int]
) -> Iterator[Found]:
    """Each element in the order of the tree, with its rules by number, and what wins of them."""
    known: dict[tuple[int, ...], dict[str | None, Cascaded]] = {}
    alive = []  # lists are told apart by their numbers
    for element in wrapper.iter_subtree():
        matched = [sheet.matcher.match(element) for sheet, _, _ in sheets]
        key = tuple(map(id, matched))
        if mine := own.get(element.etree_element):
            won = _won(matched, sheets, precedence, mine[1])
        elif key in known:
            won = known[key]
        else:
            won = known[key] = _won(matched, sheets, precedence, {})
        alive.append(matched)
        yield element, key, won


def _won(
    matched: Iterable[Any], sheets: Any, precedence: Callable[..., int], own: Cascaded
) -> dict[str | None, Cascaded]:
    """What wins of rules, and of what an element brings itself, by pseudo-element."""
    won: dict[str | None, Cascaded] = {None: own} if own else {}
    for rules, (sheet, origin, of_sheet) in zip(matched, sheets, strict=True):
        for specificity, _, pseudo, (declarations, layer) in rules:
            order = inf if layer is None else sheet.layers.index(layer)
            style = won.setdefault(pseudo, {})
            for name, values, important in declarations:
                weight = precedence(origin, important), order, of_sheet or specificity
                _weigh(style, name, values, weight)
    return won


def _compute(
    style_for: Any, html: Any, found: Iterable[Found], own: Mapping[Any, Any], targets: Any
) -> None:
    """Gives every element its style, and then the pseudo-elements theirs."""
    cascaded, computed = style_for._cascaded_styles, style_for._computed_styles
    root = html.etree_element
    shared: dict[Any, Any] = {}
    still: dict[Any, dict[str | None, Cascaded]] = {}

    def make(element: Any, pseudo: str | None, parent: Any, base_url: Any = html.base_url) -> None:
        if pseudo in still[element]:
            cascaded[element, pseudo] = still[element][pseudo]
        style_for.set_computed_styles(
            element, parent, root, pseudo, base_url=base_url, target_collector=targets
        )
        cascaded.pop((element, pseudo), None)

    for wrapped, rules, won in found:
        element, around = wrapped.etree_element, wrapped.parent
        still[element] = won
        parent = around.etree_element if around else None
        of_parent = id(computed[parent, None]) if around else None
        key = of_parent, own[element][0] if element in own else None, rules
        if key in shared:
            computed[element, None] = shared[key]
        else:
            make(element, None, parent)
            shared[key] = computed[element, None]
    for element, won in still.items():
        for pseudo, style in won.items():
            if pseudo and (pseudo not in SELDOM or "anchor" in style):
                make(element, pseudo, element)
    computed.make, computed.still = lambda element, pseudo: make(element, pseudo, element), still
