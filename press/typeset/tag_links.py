"""Links as annotations: one for each link on a page, with its words, however many its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from press.typeset.engine import pydyf
from press.typeset.tag_elements import Element, plain

Area = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""

_RUNS = {
    "a", "abbr", "b", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup",
}  # fmt: skip
"""Elements within a line."""


def parts_of_links(html: Element) -> dict[int, tuple[Element, ...]]:
    """Links that follow one another to the same place with nothing between them are one link.

    For each part the parts of its link, the first of them first, by the identity of its element.
    """
    found: dict[int, tuple[Element, ...]] = {}
    run: list[Element] = []

    def visit(element: Element, inside: bool) -> None:
        link = element.tag == "a" and element.get("href") is not None
        apart = element.tag not in _RUNS or element.get("class") == "note"
        if apart:
            run.clear()
        if link:
            if run and run[-1].get("href") != element.get("href"):
                run.clear()
            run.append(element)
            for part in run if len(run) > 1 else ():
                found[id(part)] = tuple(run)
        if not (inside or link) and (element.text or "").strip():
            run.clear()
        for child in element:
            visit(child, inside or link)
            if not (inside or link) and (child.tail or "").strip():
                run.clear()
        if apart:
            run.clear()

    visit(html, inside=False)
    return found


def annotation(parts: Sequence[Element], kind: str, target: str, areas: Sequence[Area]) -> Any:
    """The annotation of a link of these parts over some areas.

    ``kind`` is "internal", where ``target`` is the name of a place, or "external".
    """
    whole = [f(area[n] for area in areas) for n, f in enumerate((min, min, max, max))]
    made = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pydyf.Array(whole),
            "BS": pydyf.Dictionary({"W": 0}),
            "Contents": pydyf.String(_words(parts) or target),
        }
    )
    if len(areas) > 1:
        made["QuadPoints"] = pydyf.Array(
            [n for l_, b, r, t in areas for n in (l_, t, r, t, l_, b, r, b)]
        )
    if kind == "internal":
        made["Dest"] = pydyf.String(target)
    else:
        action = {"Type": "/Action", "S": "/URI", "URI": pydyf.String(target)}
        made["A"] = pydyf.Dictionary(action)
    return made


def _words(parts: Sequence[Element]) -> str:
    """What a link says: its label, or the words between its tags."""
    label = parts[0].get("aria-label") or parts[0].get("title")
    return plain(label or "".join("".join(part.itertext()) for part in parts))


def upright(corners: tuple[float, ...]) -> Area:
    """The area between two corners (x, y, x, y)."""
    x1, y1, x2, y2 = (round(number, 3) for number in corners)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def merged(areas: Iterable[Area]) -> list[Area]:
    """Areas without those that lie inside another, from the top."""
    kept: list[Area] = []
    for area in sorted(set(areas), key=lambda a: (a[0] - a[2]) * (a[3] - a[1])):
        left, bottom, right, top = area
        if not any(
            left >= k[0] - 1 and bottom >= k[1] - 1 and right <= k[2] + 1 and top <= k[3] + 1
            for k in kept
        ):
            kept.append(area)
    return sorted(kept, key=lambda a: (-a[3], a[0]))
