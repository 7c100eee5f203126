"""Stage 5b: the index, drawn from the data and found in the finished pages.

Places, terms and the entries of ``index.yaml`` are headings; each has its spellings. Where one is
met in the words of the finished document, an anchor is put around it, and typesetting turns the
anchors of a heading into its pages. Nothing is looked for outside ``<main>``, in drawings, in
links to sources, or inside an element with ``data-index="none"``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from press.base.collation import collation, folded, initial

if TYPE_CHECKING:
    from press.content.model import Dossier, IndexEntry

NOTHING = Markup("")
KINDS = ("entry", "place", "term")
"""What a heading comes from; where two claim a spelling, the first of these has it."""

# -- headings ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    """Something that the index lists: its printed name, and the spellings that count as it.

    ``key`` is ``place:agdam``; ``principal`` is the anchor of its own entry in the gazetteer or
    glossary; ``also`` are the names from which a line with "see" leads here.
    """

    key: str
    kind: str
    name: str
    gloss: str = ""
    also: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    principal: str = ""
    under: str = ""
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """What the anchors of its mentions begin with."""
        return f"ix-{self.key.replace(':', '-')}-"

    @property
    def anchor(self) -> str:
        """The anchor of its line in the index."""
        return f"index-{self.key.replace(':', '-')}"


Headings = Mapping[str, Heading]


def headings(dossier: Dossier) -> Headings:
    """Every heading of the index by key, in order of precedence; none where there is no index."""
    if dossier.index is None:
        return {}
    known = keys(dossier)
    own: dict[str, Heading] = {}
    added: dict[str, IndexEntry] = {}
    for entry in dossier.index.entries:
        if entry.kind in ("place", "term"):
            added[f"{entry.kind}:{entry.id}"] = entry
        else:
            own[f"entry:{entry.id}"] = _own(entry, known)
    drawn = {heading.key: heading for heading in (*_places(dossier), *_terms(dossier))}
    for key, entry in added.items():
        if entry.skip:
            drawn.pop(key, None)
        elif key in drawn:
            drawn[key] = _extended(drawn[key], entry, known)
    return {**own, **drawn}


def keys(dossier: Dossier) -> frozenset[str]:
    """The keys of everything that the index may list."""
    entries = dossier.index.entries if dossier.index else ()
    return frozenset(
        {f"entry:{e.id}" for e in entries if e.kind not in ("place", "term")}
        | {f"place:{place.id}" for place in dossier.gazetteer.places}
        | {f"term:{term.id}" for term in dossier.glossary.terms}
    )


def resolved(target: str, known: Iterable[str]) -> str:
    """The key that ``agdam`` or ``place:agdam`` names; empty where nothing has it."""
    there = frozenset(known)
    tried = (target,) if ":" in target else tuple(f"{kind}:{target}" for kind in KINDS)
    return next((key for key in tried if key in there), "")


def _resolved(targets: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(filter(None, (resolved(target, known) for target in targets)))


def _own(entry: IndexEntry, known: frozenset[str]) -> Heading:
    written = (entry.name, *entry.also)
    said = [spoken(name) for name in written] if entry.kind == "person" else written
    return Heading(
        key=f"entry:{entry.id}",
        kind=entry.kind,
        name=entry.name,
        gloss=entry.gloss,
        also=entry.also,
        spellings=() if entry.see else _kept((*said, *entry.matches), entry.ignore),
        under=resolved(entry.under or "", known),
        see=_resolved(entry.see, known),
        see_also=_resolved(entry.see_also, known),
    )


def _extended(heading: Heading, entry: IndexEntry, known: frozenset[str]) -> Heading:
    """The heading of a place or term with what ``index.yaml`` says of it."""
    also = tuple(dict.fromkeys((*heading.also, *entry.also)))
    spellings = (*heading.spellings, entry.name, *entry.also, *entry.matches)
    return replace(
        heading,
        name=entry.name or heading.name,
        gloss=entry.gloss,
        also=_kept(also, entry.ignore),
        spellings=_kept(spellings, entry.ignore),
        under=resolved(entry.under or "", known),
        see_also=_resolved(entry.see_also, known),
    )


def _places(dossier: Dossier) -> Iterator[Heading]:
    for place in dossier.gazetteer.places:
        latin = [name.latin or name.name for name in place.names]
        others = [name for name in (*place.also, *latin) if _script(name) == _script(place.name)]
        yield Heading(
            key=f"place:{place.id}",
            kind="place",
            name=place.name,
            also=_kept(others, (place.name, plain(place.name))),
            spellings=_kept((place.name, plain(place.name), *others), ()),
            principal=f"place-{place.id}",
        )


def _terms(dossier: Dossier) -> Iterator[Heading]:
    for term in dossier.glossary.terms:
        yield Heading(
            key=f"term:{term.id}",
            kind="term",
            name=term.term,
            also=_kept(term.also, (term.term, plain(term.term))),
            spellings=_kept((term.term, plain(term.term), *term.also), ()),
            principal=f"term-{term.id}",
        )


def _kept(names: Iterable[str], ignored: Iterable[str]) -> tuple[str, ...]:
    """``names`` without repetitions and without those ``ignored``."""
    out = set(ignored)
    return tuple(dict.fromkeys(name for name in names if name and name not in out))


def spoken(name: str) -> str:
    """A name as it is said: ``Aliyev, Heydar`` becomes ``Heydar Aliyev``."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def plain(name: str) -> str:
    """A name without the brackets at its end."""
    return re.sub(r"\s*\([^()]*\)$", "", name)


def _script(name: str) -> str:
    letter = next((c for c in name if c.isalpha()), "?")
    return unicodedata.name(letter, "?").split()[0]


# -- spellings ---------------------------------------------------------------------------------

_ENDINGS = {
    "en": ("", "s|es"),
    "de": ("s", "s|es|e|en|n|er|ern"),
    "nl": ("s", "s|e|en"),
    "fr": ("", "s|x"),
    "es": ("", "s|es"),
    "pt": ("", "s|es"),
    "sv": ("s", "s|en|et|ar|er"),
    "da": ("s", "s|en|et|er"),
    "nb": ("s", "s|en|et|er"),
}
"""Endings that names and terms may take, by language; for others a star does it: ``Karabakh*``."""
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
_START = re.compile(rf"(?<!\w)\w|{_UNSPACED.pattern}")
_HYPHENS = ("-", "\u2010", "\u2011")
_HYPHEN = "[-\u2010\u2011]"
_SPECIAL = {
    "'": "(?:['’ʼ]|&#39;)", "’": "(?:['’ʼ]|&#39;)", "ʼ": "(?:['’ʼ]|&#39;)",
    '"': '(?:"|&#34;|&quot;)', "&": "&amp;", "<": "&lt;", ">": "&gt;",
    "-": _HYPHEN, "\u2010": _HYPHEN, "\u2011": _HYPHEN,
}  # fmt: skip


@dataclass(frozen=True)
class Spellings:
    """Every spelling of every heading, by its first letter, ready to be looked for."""

    patterns: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = field(repr=False)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, key) of every mention in ``text`` (HTML text, without tags), in order.

        Where several begin at one place the longest is meant; mentions do not overlap.
        """
        at = 0
        while start := _START.search(text, at):
            at = start.start() + 1
            best = 0
            for pattern, key in self.patterns.get(text[start.start()].casefold(), ()):
                match = pattern.match(text, start.start())
                if match and match.end() > best and _whole(text, *match.span()):
                    best, found = match.end(), key
            if best:
                yield start.start(), best, found
                at = best


def spellings(listed: Headings, language: str) -> Spellings:
    """What to look for: names in their own case, terms with either case of their first letter."""
    patterns: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for heading in listed.values():
        for spelling in heading.spellings:
            for written in dict.fromkeys(
                (spelling, *(unicodedata.normalize(form, spelling) for form in ("NFC", "NFD")))
            ):
                if word := next((c for c in written if c.isalnum()), ""):
                    pattern = re.compile(_pattern(written, heading.kind, language))
                    patterns.setdefault(word.casefold(), []).append((pattern, heading.key))
    return Spellings({letter: tuple(found) for letter, found in patterns.items()})


def _pattern(spelling: str, kind: str, language: str) -> str:
    """The expression for one spelling, from its first letter to where its word ends."""
    spelling = spelling[next(i for i, c in enumerate(spelling) if c.isalnum()) :]
    stem = spelling.rstrip("*")
    parts = [r"\s+" if c.isspace() else _SPECIAL.get(c, re.escape(c)) for c in stem]
    common = kind in ("term", "subject")
    if common and not stem[1:2].isupper():
        parts[0] = "(?:{}|{})".format(*(re.escape(c) for c in (stem[0].lower(), stem[0].upper())))
    base = language.partition("-")[0].lower()
    name, term = _ENDINGS.get(base, ("", ""))
    endings = term if common else name
    ending = r"\w*" if stem != spelling else f"(?:{endings})?" if endings else ""
    after = r"(?!\w)" if stem[-1].isalnum() and not _UNSPACED.match(stem[-1]) else ""
    return "".join(parts) + ending + after


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a mention is no part of a longer word: a combining sign or a name with a hyphen."""
    behind, ahead = text[max(0, start - 2) : start], text[end : end + 2]
    return not (
        unicodedata.category(ahead[:1] or " ").startswith("M")
        or (ahead[:1] in _HYPHENS and ahead[1:].isupper())
        or (behind[1:] in _HYPHENS and behind[:1].isalpha())
    )


# -- mentions ----------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"<!--.*?-->|<(/?)([A-Za-z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL
)
_INLINE = frozenset({
    "a", "abbr", "b", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "var",
})  # fmt: skip
_VOID = frozenset({
    "area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
_SILENT = frozenset({
    "code", "head", "math", "script", "style", "svg", "template", "title",
})  # fmt: skip
_ID = re.compile(r'\sid="')
_HREF = re.compile(r'\shref="#(place|term|source)-([^"]+)"')
_ENTRY = re.compile(r'\sid="(place|term)-([^"]+)"')
_NOTE = re.compile(r'\sclass="note"')
_NONE = re.compile(r'\sdata-index="none"')
_EXPLICIT = re.compile(r'\sdata-index="((?:entry|place|term):[^"]+)"')


@dataclass(frozen=True)
class Marked:
    """A document with an anchor at each mention, and the keys of the headings that were met."""

    text: str = field(repr=False)
    met: frozenset[str]


@dataclass(frozen=True)
class _Element:
    """An open element, and what it means for the words inside it.

    ``own`` is the key of the gazetteer's or glossary's entry around; ``named`` the key of the
    heading that a link or mark around names outright; ``link`` start and end of the link's tag.
    """

    name: str
    silent: bool = False
    own: str = ""
    named: str = ""
    link: tuple[int, int] = (-1, -1)
    note: bool = False


_ROOT = _Element("main")
_Run = list[tuple[int, int, _Element]]
"""Pieces of text, start and end in the document, that only inline tags part."""
Mention = tuple[int, int, str]
"""Start and end in the document of what takes the anchor, and the heading's key.

It is a tag, or the words themselves, or nothing: then an empty span goes there.
"""


def marked(text: str, listed: Headings, language: str) -> Marked:
    """``text`` (a whole HTML document) with anchors at the mentions of ``listed``.

    Anchors are ``ix-<kind>-<id>-<n>``, numbered from 1 in the order of the text: the id of a link
    to the place or term, or a span around the words; nothing is put inside drawings or links.
    """
    numbers: dict[str, int] = {}
    parts: list[str] = []
    at = 0
    for start, end, key in sorted(_mentions(text, listed, spellings(listed, language))):
        numbers[key] = numbers.get(key, 0) + 1
        parts += [text[at:start], _anchored(text[start:end], f"{listed[key].stem}{numbers[key]}")]
        at = end
    whole = "".join((*parts, text[at:]))
    described = {key for key, h in listed.items() if h.principal and f'id="{h.principal}"' in text}
    return Marked(whole, frozenset(numbers) | described)


def _anchored(words: str, anchor: str) -> str:
    """A tag or words with the anchor; a tag gets it in the place of its ``data-index``."""
    if not words.startswith("<"):
        return f'<span id="{anchor}">{words}</span>'
    if _EXPLICIT.search(words):
        return _EXPLICIT.sub(f' id="{anchor}"', words)
    return re.sub(r"^<[\w-]+", lambda name: f'{name[0]} id="{anchor}"', words)


def _mentions(text: str, listed: Headings, sought: Spellings) -> Iterator[Mention]:
    stack, runs, taken = [_ROOT], [_Run()], set[tuple[int, int]]()
    at, end = text.find("<main"), text.rfind("</main>")
    if at < 0 or end < 0:
        return
    at = text.index(">", at) + 1
    for tag in _TOKEN.finditer(text, at, end):
        if tag.start() > at and not stack[-1].silent:
            runs[-1].append((at, tag.start(), stack[-1]))
        at = tag.end()
        name = (tag[2] or "").lower()
        if not name or name in _VOID or tag[3].endswith("/"):
            continue
        if tag[1]:
            note = _closed(stack, name)
        else:
            note = False
            stack.append(_opened(name, tag, stack[-1], listed))
            if stack[-1].note:
                runs.append(_Run())
            elif stack[-1].named and stack[-1].named != stack[-2].named:
                yield _at_tag(text, tag.span(), stack[-1].named, taken)
        if note or name not in _INLINE:
            yield from _found(text, runs[-1], sought, taken)
            runs[-1].clear()
        if note:
            runs.pop()
    yield from _found(text, runs[-1], sought, taken)


def _closed(stack: list[_Element], name: str) -> bool:
    """Closes the innermost element ``name``; whether that was a note."""
    if not any(element.name == name for element in stack[1:]):
        return False
    while stack[-1].name != name:
        stack.pop()
    return stack.pop().note


def _opened(name: str, tag: re.Match[str], around: _Element, listed: Headings) -> _Element:
    attributes = tag[3]
    href = _HREF.search(attributes) if name == "a" else None
    row = _ENTRY.search(attributes)
    silent = (
        around.silent
        or name in _SILENT
        or _NONE.search(attributes) is not None
        or (href is not None and href[1] == "source")
    )
    own = f"{row[1]}:{row[2]}" if row else around.own
    explicit = _EXPLICIT.search(attributes)
    named = explicit[1] if explicit else f"{href[1]}:{href[2]}" if href else around.named
    if silent or named not in listed or named == own:
        named = ""
    link = tag.span() if name == "a" else around.link
    return _Element(name, silent, own, named, link, _NOTE.search(attributes) is not None)


def _at_tag(text: str, span: tuple[int, int], key: str, taken: set[tuple[int, int]]) -> Mention:
    """The mention at a tag: the tag itself while it has no id, else the place before it."""
    start, end = span
    if span in taken or _ID.search(text, start, end):
        return start, start, key
    taken.add(span)
    return start, end, key


def _found(
    text: str, run: _Run, sought: Spellings, taken: set[tuple[int, int]]
) -> Iterator[Mention]:
    """The mentions among the words of a run."""
    words = "".join(text[start:end] for start, end, _ in run)
    for begin, finish, key in sought.find(words):
        piece, offset = 0, begin
        while offset >= (length := run[piece][1] - run[piece][0]):
            piece, offset = piece + 1, offset - length
        start, end, element = run[piece]
        if key in (element.own, element.named):
            continue
        if element.link[0] >= 0:
            yield _at_tag(text, element.link, key, taken)
        else:
            yield start + offset, min(end, start + offset + finish - begin), key


# -- the printed index -------------------------------------------------------------------------


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
class GroupView:
    """The lines filed under one letter."""

    letter: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True)
class IndexView:
    """The index, in the alphabetical order of the dossier's language."""

    note: Markup
    groups: tuple[GroupView, ...]


def view(
    listed: Headings, language: str, met: Iterable[str] | None = None, note: Markup = NOTHING
) -> IndexView | None:
    """The index of those headings that were ``met``; of all while that is not known.

    None where there is nothing to list.
    """
    there = _printed(listed, frozenset(listed if met is None else met))
    kids: dict[str, list[Heading]] = {}
    for heading in there.values():
        parent = heading.under if heading.under in there else ""
        kids.setdefault(parent, []).append(heading)
    top = [_line(heading, there, kids, language) for heading in kids.get("", ())]
    top += _see_lines(there, language)
    groups: dict[str, list[LineView]] = {}
    for line in sorted(top, key=lambda line: collation(line.name, language)):
        groups.setdefault(initial(line.name, language), []).append(line)
    if not groups:
        return None
    return IndexView(note, tuple(GroupView(k, tuple(lines)) for k, lines in groups.items()))


def _printed(listed: Headings, met: frozenset[str]) -> Headings:
    """The headings with pages, those that stand over them, and those that lead to one of these."""
    there = {key for key in met if key in listed}
    for key in tuple(there):
        while (key := listed[key].under) in listed and key not in there:
            there.add(key)
    there |= {key for key, h in listed.items() if there & set(h.see)}
    return {key: heading for key, heading in listed.items() if key in there}


def _line(
    heading: Heading, there: Headings, kids: Mapping[str, list[Heading]], language: str
) -> LineView:
    below = [_line(kid, there, kids, language) for kid in kids.get(heading.key, ())]
    pages = Markup('<span class="page-list" data-pages-of="{}" data-principal="{}">0</span>')
    return LineView(
        anchor=heading.anchor,
        kind=heading.kind,
        name=heading.name,
        gloss=heading.gloss,
        pages=NOTHING if heading.see else pages.format(heading.stem, heading.principal),
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
