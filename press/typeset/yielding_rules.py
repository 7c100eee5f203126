"""Rules of a theme that lose to those of an edition: what the cascade decides, told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from press.base.finding import PageRemark
from press.base.units import counted
from press.design.declarations import Declared
from press.design.stylesheets import GUESTS
from press.design.tokens import YIELDS
from press.typeset import engine
from press.typeset.expected import Expected
from press.typeset.typeset import SetPages
from press.typeset.winners import Won, selectable

LISTED = 8
"""Lines of a style sheet that are listed."""


def yielding_rules(_: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """W726: rules of a theme or of local.css lose to those of the edition, wherever they apply.

    Why: An edition such as large print has rules of its own, and where their selectors name more
        they win: what the theme says has no effect there.
    Wrong: h2 { font-style: italic }      /* large print sets nothing in italics */
    Right: h2 { --yields-because: "large print has no italics"; font-style: italic }
    Remedy: Where that is as it should be, put --yields-because and a reason into the rule. Where
        the rule should hold there too, write more classes into its selector.
    """
    if expected.root is None or not expected.guest_declarations:
        return
    lost = _lost(expected)
    for file in dict.fromkeys(one.place[0] for one in lost):
        own = sorted((one for one in lost if one.place[0] == file), key=lambda one: one.place)
        first, by = own[0], lost[own[0]]
        message = f"in {expected.edition} {first.said} loses to {by.said} in {_where(by)}"
        if len(own) > 1:
            lines = [f"{one.place[1]} ({one.name})" for one in own[1:]]
            more = f" and {len(lines) - LISTED} more" if len(lines) > LISTED else ""
            said = counted(len(lines), "more declaration")
            many = "so do" if len(lines) > 1 else "so does"
            message += f"; {many} {said}, in lines {', '.join(lines[:LISTED])}{more}"
        hint = (
            f'put {YIELDS}: "…" into the rule with a reason, or write more classes into its '
            "selector where it should hold there too"
        )
        yield first.place, message, hint, 0, None


def _where(one: Declared) -> str:
    file, line, _ = one.place
    return f"{file}:{line}"


def _lost(expected: Expected) -> Mapping[Declared, Declared]:
    """The author's declarations that win nowhere, though they apply, each with what wins there."""
    winners = expected.winners
    asked = [one for one in expected.guest_declarations if YIELDS not in one.beside]
    match = engine.matcher(selectable(asked))
    won, beaten = set[Declared](), dict[Declared, Declared]()
    for element, wrapped in winners.elements.items():
        for _, _, pseudo, block in match(wrapped):
            for _, one, longhands in block:
                if one not in won:
                    by = _winner(winners.of(element), pseudo or "", one, longhands)
                    if by is None:
                        won.add(one)
                    else:
                        beaten.setdefault(one, by)
    return {
        one: by
        for one, by in beaten.items()
        if one not in won and by.rule and by.rule.stylesheet not in GUESTS
    }


def _winner(
    won: Mapping[tuple[str, str], Won],
    pseudo: str,
    one: Declared,
    longhands: Sequence[tuple[str, Any]],
) -> Declared | None:
    """What wins over a declaration on an element; None where any of it has its effect there."""
    by: Declared | None = None
    for name, value in longhands:
        winner = won.get((pseudo, name))
        if winner is None or winner.declared == one or winner.value == value:
            return None
        by = winner.declared
    return by


CHECKS = (yielding_rules,)
