"""Who is said to report something, and the paper of which an author is said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from press.base.finding import Remark
from press.checks.clauses import any_of, plain
from press.checks.excerpts import kept
from press.checks.happened import grammar_of
from press.checks.known import known, own_sentences, stems_of
from press.checks.noted import ALIKE, Noted, noted
from press.checks.spoken import is_full_name, names_in
from press.checks.texts import REFERENCE
from press.content.load import Loaded
from press.content.model import Cite, Person
from press.content.model.people import spoken
from press.content.walk import each

_SHORT = 4
"""Letters of a last name that is no other word."""


def given_to_others(loaded: Loaded) -> Iterator[Remark]:
    """Reports that are given by name to somebody whose words they are not."""
    for one in noted(loaded):
        text = _text(loaded, one)
        found = _reported_by_another(loaded, one, text)
        if found:
            begin, name, cite, whose = found
            message = f"these words of {cite.source!r} are those of {whose}, and not of {name!r}"
            yield one.sentence.at(begin), message, f"give them to {whose}, or correct the source"


def _text(loaded: Loaded, one: Noted) -> str:
    """A sentence with its quotations, and the last name of a person in the place of each link."""
    begin = one.sentence.offset
    end = begin + len(one.sentence.text)
    text, written = one.sentence.passage.text[begin:end], one.sentence.passage.written[begin:end]
    people = {person.id: person for person in loaded.dossier.people.people}
    for match in REFERENCE.finditer(written):
        person = people.get(match["id"])
        if person and not match["words"]:
            name = person.name.partition(", ")[0]
            size = match.end() - match.start()
            text = text[: match.start()] + name[:size].ljust(size) + text[match.end() :]
    return text


@lru_cache(maxsize=2)
def _voices(loaded: Loaded) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Every name of somebody who may speak, and all that is told of whom it is, by the name."""
    found: dict[str, set[str]] = {}
    for name, told in _speakers(loaded):
        words = name.split()
        for form in (name, words[-1] if words else ""):
            if len(form) >= _SHORT and form[:1].isupper():
                found.setdefault(plain(form), set()).add(f"{name} {told}")
    places = {plain(place.name) for place in loaded.dossier.gazetteer.places}
    every = {name: " ".join(sorted(all_)) for name, all_ in found.items() if name not in places}
    return any_of(every), every


def _speakers(loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Each name of a person, an author, or one who speaks in an excerpt; what is told of them."""
    for _, person in each(loaded, Person):
        for name in (person.name, *person.also, *person.matches):
            yield spoken(name), f"{person.name} {person.role} {person.group} {person.note}"
    for cite in (cite for cites in kept(loaded).values() for cite in cites):
        name = cite.by.partition(",")[0].strip()
        if is_full_name(name):
            yield name, cite.by
    for source in loaded.dossier.bibliography.values():
        for author in source.author:
            if author.family:
                yield f"{author.given} {author.family}".strip(), source.container


Found = tuple[int, str, Cite, str]
"""Where the name stands, the name, the words, and whose they are."""


def _may_be(loaded: Loaded, name: str, cite: Cite) -> bool:
    """Whether words may be of somebody: named in them, as whose they are, or by the source."""
    language = known(loaded).language
    source = loaded.dossier.bibliography.get(cite.source)
    told = _voices(loaded)[1].get(plain(name), "")
    own = f"{cite.text} {cite.by}"
    if cite.by and source:
        own += f" {source.title} {source.short}"
    elif source:
        people = (*source.author, *source.editor, *source.translator)
        named = " ".join(f"{n.family} {n.given} {n.literal}" for n in people)
        own += f" {named} {source.title} {source.container} {source.publisher} {source.short}"
        own += f" {source.via} {source.checked}"
    if names_in(f"{name},") & {word.casefold() for word in re.findall(r"[^\W\d_]+", own)}:
        return True
    return bool(cite.by and stems_of(told, language) & stems_of(cite.by, language))


def _whose(loaded: Loaded, cite: Cite) -> str:
    """Whose words an excerpt is, by its own account or its author's name; or ""."""
    if cite.by:
        return cite.by.partition(",")[0]
    source = loaded.dossier.bibliography.get(cite.source)
    authors = [author for author in source.author if author.family] if source else []
    return authors[0].family if len(authors) == 1 else ""


# -- reports ---------------------------------------------------------------------------------------


def _reported_by_another(loaded: Loaded, one: Noted, text: str) -> Found | None:
    """The name that says something, where the words in the note are of one who is not named."""
    language = known(loaded).language
    alike = [c for c in one.kept if len(stems_of(c.text, language) & one.sentence.stems) >= ALIKE]
    if not alike or not all(is_full_name(cite.by.partition(",")[0].strip()) for cite in alike):
        return None
    if not one.all_kept:
        return None
    said = grammar_of(loaded).attributed.pattern
    says = re.compile(rf"\s*(?:{said})", re.IGNORECASE)
    for match in _voices(loaded)[0].finditer(text):
        if not (match[0][:1].isupper() and says.match(text, match.end())):
            continue
        if not any(_may_be(loaded, match[0], cite) for cite in one.kept):
            return match.start(), match[0], alike[0], _whose(loaded, alike[0])
    return None


# -- papers ----------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _papers(loaded: Loaded) -> Mapping[str, str]:
    """The name of each newspaper and journal, by the same in small letters without an article."""
    return {
        _bare(source.container): source.container
        for source in loaded.dossier.bibliography.values()
        if source.container and source.type.startswith("article")
    }


_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les)\s+")


def _bare(name: str) -> str:
    return _ARTICLE.sub("", plain(name))


def of_other_papers(loaded: Loaded) -> Iterator[Remark]:
    """Authors who are said to be of a paper in which none of their pieces stands."""
    papers = _papers(loaded)
    if not papers:
        return
    listed, writers = any_of(papers).pattern, _writers(loaded)
    of = r"\s+(?:of|from|in)\s+(?:the\s+)?\W?"
    named = re.compile(
        rf"(?P<family>{any_of(writers).pattern}){of}(?P<paper>{listed})", re.IGNORECASE
    )
    for passage, offset, text in own_sentences(loaded):
        for match in named.finditer(text):
            own = writers[plain(match["family"])]
            if plain(match["paper"]) not in own:
                message = (
                    f"{match['paper']!r} is no paper of {match['family']}, whose pieces are in "
                )
                message += ", ".join(sorted(papers[name] for name in own))
                at = passage.at(offset + match.start("paper"))
                yield at, message, "correct the paper, or the source"


def _writers(loaded: Loaded) -> Mapping[str, frozenset[str]]:
    """The papers of each author, by the family name in small letters."""
    found: dict[str, set[str]] = {}
    for source in loaded.dossier.bibliography.values():
        for author in source.author:
            if author.family and _bare(source.container) in _papers(loaded):
                found.setdefault(plain(author.family), set()).add(_bare(source.container))
    return {family: frozenset(papers) for family, papers in found.items()}
