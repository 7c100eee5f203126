"""What the chapters of two states say differently: paragraph by paragraph, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from press.content.load import Loaded
from press.content.model import Chapter
from press.diff.change import LONGEST, Change

ALIKE = 0.35
"""How much of two paragraphs must be the same for one to be the other, changed."""
MOVED, FEWEST = 0.75, 8
"""The same for one that stands elsewhere, and the words that it has at the least."""


Block = tuple[str, str]
"""A paragraph with its line breaks undone, and its place: file and line."""


def paragraphs(old: Loaded, new: Loaded) -> tuple[Change, ...]:
    """Every paragraph that differs, chapter by chapter in the order of the new state.

    A chapter is the same chapter while its id is, whatever its number.
    """
    before = {chapter.id: chapter for chapter in old.dossier.chapters}
    after = {chapter.id: chapter for chapter in new.dossier.chapters}
    found: list[Change] = []
    for ident in dict.fromkeys((*after, *before)):
        was, now = before.get(ident), after.get(ident)
        title = (after.get(ident) or before[ident]).title
        found.extend(_compared(title, _blocks(was), _blocks(now)))
    return tuple(_moved(found))


def _moved(found: Sequence[Change]) -> Iterator[Change]:
    """The changes; a paragraph gone at one place that came at another is one, word against word."""
    come = [change for change in found if not change.old]
    pairs: dict[Change, Change] = {}
    for gone in (change for change in found if not change.new):
        likely = (one for one in come if one not in pairs and _is_same(gone.old, one.new))
        if new := next(likely, None):
            pairs[new] = gone
    gone_elsewhere = set(pairs.values())
    for change in found:
        if old := pairs.get(change):
            yield replace(change, old=old.old, places=(old.places[0], change.places[1]))
        elif change not in gone_elsewhere:
            yield change


def _is_same(old: str, new: str) -> bool:
    """Whether two paragraphs, wherever they stand, are one: most of their words are."""
    before, after = old.split(), new.split()
    if old == new:
        return True
    if min(len(before), len(after)) < FEWEST or max(len(before), len(after)) > LONGEST:
        return False
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= MOVED


def _blocks(chapter: Chapter | None) -> list[Block]:
    """The title and the paragraphs of a chapter."""
    if chapter is None:
        return []
    blocks = [(f"# {chapter.title}", f"{chapter.file}:{chapter.line - 1}")]
    lines: list[str] = []
    for number, line in enumerate([*chapter.body.split("\n"), ""]):
        if line.strip():
            lines.append(line.strip())
        elif lines:
            first = chapter.line + number - len(lines)
            blocks.append((" ".join(lines), f"{chapter.file}:{first}"))
            lines = []
    return blocks


def _compared(title: str, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, [b[0] for b in old], [b[0] for b in new], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield from _paired(title, old[a:b], new[c:d])


def _paired(title: str, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
    """Old paragraphs with the new ones that they have become, in order; the rest alone."""
    rest = list(old)
    for text, place in new:
        likely = next((n for n, (was, _) in enumerate(rest) if _alike(was, text)), None)
        if likely is None:
            yield Change("paragraph", title, "", text, ("", place))
            continue
        yield from _removed(title, rest[:likely])
        was, at = rest[likely]
        yield Change("paragraph", title, was, text, (at, place))
        rest = rest[likely + 1 :]
    yield from _removed(title, rest)


def _removed(title: str, blocks: Sequence[Block]) -> Iterator[Change]:
    yield from (Change("paragraph", title, text, "", (place, "")) for text, place in blocks)


def _alike(old: str, new: str) -> bool:
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > LONGEST:
        return before[:20] == after[:20]
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= ALIKE
