"""Many losses of one kind as one finding: a rule that hides a hundred sentences is one fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from press.base.finding import PageRemark, Place, Rect

MANY = 4
"""Losses of one kind from which on they are told in one finding."""
LISTED = 30
"""Places that such a finding lists."""


@dataclass(frozen=True)
class OneLoss:
    """Something that is lost: of what kind it is, where it was typed, and what is said of it.

    ``kind`` is what a style sheet would call it (``.sentence``), or a field (``text of Fact``).
    """

    kind: str
    place: Place
    message: str
    remedy: str
    page: int = 0
    box: Rect | None = None


def gathered(losses: Iterable[OneLoss]) -> Iterator[PageRemark]:
    """A remark for each loss; one for all of a kind, at the first, where there are many."""
    kinds: dict[str, list[OneLoss]] = {}
    for loss in losses:
        kinds.setdefault(loss.kind, []).append(loss)
    for kind, alike in kinds.items():
        together = [alike] if len(alike) >= MANY else [[one] for one in alike]
        for first, *others in together:
            message = first.message
            if others:
                places = _places(first.place[0], others)
                message += f"; the same holds of {len(others)} more ({kind}): {places}"
            yield first.place, message, first.remedy, first.page, first.box


def _places(file: str, losses: Iterable[OneLoss]) -> str:
    """Where losses were typed: ``lines 12, 20; glossary.yaml: lines 3, 7``, in short."""
    lines: dict[str, dict[int, None]] = {}
    for loss in losses:
        lines.setdefault(loss.place[0], {}).setdefault(loss.place[1])
    left, found = LISTED, []
    for name, numbers in lines.items():
        listed = [str(number) for number in sorted(numbers) if number][: max(left, 0)]
        left -= len(listed)
        words = f"line{'s' * (len(listed) != 1)} {', '.join(listed)}" if listed else ""
        more = len(numbers) - len(listed)
        words += f"{' and ' * bool(words)}{more} more" if more and listed else ""
        found.append(words if name == file and words else f"{name} {words}".strip())
    return "; ".join(found)
