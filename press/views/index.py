"""The index as it is printed: headings in alphabetical order, each with its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from press import locale
from press.base.collation import collation, folded, initial
from press.content.headings import Heading, Headings
from press.views.values import NOTHING, Group, Part, page_list


@dataclass(frozen=True)
class LineView:
    """A line of the index: pages, or the headings to look under instead or besides."""

    anchor: str
    kind: str
    name: str
    gloss: str
    pages: Markup
    see: tuple[tuple[str, str], ...] = ()
    see_also: tuple[tuple[str, str], ...] = ()
    lines: tuple[LineView, ...] = ()


@dataclass(frozen=True)
class IndexView(Part[Group[LineView]]):
    """The index; ``key`` says where its figures in bold lead, and is empty where there are none."""

    key: str


def view(
    listed: Headings, language: str, met: Iterable[str] | None = None, note: Markup = NOTHING
) -> IndexView | None:
    """The index of those headings that were ``met``, by letter; of all while that is not known.

    None where there is nothing to list.
    """
    there = printed(listed, frozenset(listed if met is None else met))
    children: dict[str, list[Heading]] = {}
    for heading in there.values():
        parent = heading.under if heading.under in there else ""
        children.setdefault(parent, []).append(heading)
    top = [_line(heading, there, children, language) for heading in children.get("", ())]
    top += _see_lines(there, language)
    groups: dict[str, list[LineView]] = {}
    for line in sorted(top, key=lambda line: collation(line.name, language)):
        groups.setdefault(initial(line.name, language), []).append(line)
    if not groups:
        return None
    letters = tuple(Group(letter, tuple(lines)) for letter, lines in groups.items())
    return IndexView(note, letters, _key(there, language))


def _key(there: Headings, language: str) -> str:
    """Where the figures in bold lead: to those parts that have entries of headings that are there.

    Empty where none of them has an entry of its own.
    """
    words, own = locale.messages(language), {h.kind for h in there.values() if h.principal}
    parts = [words[f"index.key.{kind}"] for kind in ("place", "term", "person") if kind in own]
    return words["index.key"].format(parts=locale.listed(parts, language, "or")) if parts else ""


def printed(listed: Headings, met: frozenset[str]) -> Headings:
    """The headings with pages, those that stand over them, and those that lead to one of these."""
    there = {key for key in met if key in listed}
    for key in tuple(there):
        while (key := listed[key].under) in listed and key not in there:
            there.add(key)
    there |= {key for key, h in listed.items() if there & set(h.see)}
    return {key: heading for key, heading in listed.items() if key in there}


def _line(
    heading: Heading, there: Headings, children: Mapping[str, list[Heading]], language: str
) -> LineView:
    below = [_line(child, there, children, language) for child in children.get(heading.key, ())]
    return LineView(
        anchor=heading.anchor,
        kind=heading.kind,
        name=heading.name,
        gloss=heading.gloss,
        pages=NOTHING if heading.see else page_list(heading.stem, heading.principal),
        see=_targets(heading.see, there),
        see_also=_targets(heading.see_also, there),
        lines=tuple(sorted(below, key=lambda line: collation(line.name, language))),
    )


def _targets(keys_: Iterable[str], there: Headings) -> tuple[tuple[str, str], ...]:
    return tuple((there[key].anchor, there[key].name) for key in keys_ if key in there)


def _see_lines(there: Headings, language: str) -> Iterator[LineView]:
    """A line for each other name, unless it would stand where the heading itself stands."""
    names = {folded(heading.name, language) for heading in there.values()}
    leads: dict[tuple[int, ...], tuple[str, list[tuple[str, str]]]] = {}
    for heading in there.values():
        for other in heading.also:
            place = folded(other, language)
            if place not in names:
                _, targets = leads.setdefault(place, (other, []))
                if (target := (heading.anchor, heading.name)) not in targets:
                    targets.append(target)
    for name, targets in leads.values():
        yield LineView("", "see", name, "", NOTHING, see=tuple(targets))
