"""Sheets set apart become one PDF that keeps its tags: what a listener hears is all of it.

Pages, bookmarks and the structure tree are taken over whole; the numbers by which pages and links
find their place in the tree (ISO 32000-1, 14.7.4.4) are moved up, so that each is used once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree

from press.output.pdf import opened, saved


def merged(pdfs: Sequence[bytes]) -> bytes:
    """One PDF of all, in this order, with the metadata of the first. The bytes are reproducible."""
    if len(pdfs) == 1:
        return pdfs[0]
    with ExitStack() as stack:
        whole, *others = (stack.enter_context(opened(pdf)) for pdf in pdfs)
        for other in others:
            _take(whole, other)
        return saved(whole)


def _take(whole: pikepdf.Pdf, other: pikepdf.Pdf) -> None:
    """Everything of ``other`` behind what is in ``whole``."""
    root: Any = whole.Root
    tree: Any = root.StructTreeRoot
    base = int(tree.get("/ParentTreeNextKey", _next_key(tree)))
    for page in other.pages:
        _moved_up(page.obj, base)
    whole.pages.extend(other.pages)
    taken: Any = whole.copy_foreign(other.Root.StructTreeRoot)
    _join_trees(tree, taken, base)
    if "/Outlines" in other.Root and "/Outlines" in root:
        _join_outlines(root.Outlines, whole.copy_foreign(other.Root.Outlines))


def _moved_up(page: Any, base: int) -> None:
    """The keys of a page and of its annotations, from ``base`` on."""
    for owner, key in ((page, "/StructParents"), *((a, "/StructParent") for a in _notes(page))):
        if key in owner:
            owner[key] = int(owner[key]) + base


def _notes(page: Any) -> Iterator[Any]:
    yield from page.get("/Annots", Array())


def _next_key(tree: Any) -> int:
    return max(NumberTree(tree.ParentTree), default=-1) + 1


def _join_trees(tree: Any, taken: Any, base: int) -> None:
    """The children and numbers of ``taken`` after those of ``tree``; one Document holds both."""
    owners = dict(NumberTree(tree.ParentTree).items())
    owners |= {n + base: owner for n, owner in NumberTree(taken.ParentTree).items()}
    flat = [part for number in sorted(owners) for part in (number, owners[number])]
    tree.ParentTree = Dictionary(Nums=Array(flat))
    tree.ParentTreeNextKey = max(owners) + 1
    first, second = _document(tree), _document(taken)
    for child in _children(second):
        if isinstance(child, Dictionary) and "/P" in child:
            child.P = first
    first.K = Array([*_children(first), *_children(second)])


def _document(tree: Any) -> Any:
    """The element at the top, or the root itself where there are several."""
    children = _children(tree)
    return children[0] if len(children) == 1 else tree


def _children(owner: Any) -> list[Any]:
    children: Any = owner.get("/K", Array())
    if not isinstance(children, Array):
        return [children]
    return [children[at] for at in range(len(children))]


def _join_outlines(first: Any, second: Any) -> None:
    """The bookmarks of ``second`` after those of ``first``."""
    if "/First" not in second:
        return
    item = second.First
    while True:
        item.Parent = first
        if "/Next" not in item:
            break
        item = item.Next
    if "/Last" in first:
        first.Last[Name.Next] = second.First
        second.First[Name.Prev] = first.Last
    else:
        first[Name.First] = second.First
    first[Name.Last] = second.Last
    first[Name.Count] = int(first.get("/Count", 0)) + int(second.get("/Count", 0))
