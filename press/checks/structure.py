"""What belongs together: chapters, headings, and the maps and terms that texts name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from press.base.finding import Remark
from press.checks.texts import Passage, chapters, passages
from press.checks.uses import named_ids, printed_text
from press.content import headings, kinds
from press.content.load import Loaded
from press.content.model import Map, Term
from press.content.walk import each


def unused_terms(loaded: Loaded) -> Iterator[Remark]:
    """W341: a term of the glossary stands nowhere in the text.

    Why: The glossary explains words that the reader has met.
    Wrong: - {id: serac, term: serac, definition: A tower of ice}      # and no serac in the text
    Right: They climbed between the [[serac|seracs]].
    Remedy: Use the term where it belongs, or delete the entry.
    """
    used, text = named_ids(loaded)["term"], printed_text(loaded)
    for at, term in each(loaded, Term):
        words = (term.term, *term.also)
        if term.id not in used and not any(_occurs(word, text, term.definition) for word in words):
            hint = "use it where it belongs, or delete the entry"
            yield at("id"), f"the text never says {term.term!r}", hint


def _occurs(word: str, text: str, definition: str) -> bool:
    """Whether a word stands in the text more often than in its own definition."""
    word = word.casefold()
    return text.count(word) > definition.casefold().count(word)


def unnamed_things(loaded: Loaded) -> Iterator[Remark]:
    """W348: nothing in the dossier names a person, or a thing of another kind that is indexed.

    Why: Who is listed and never met was forgotten in the text, or is left over in the list.
    Wrong: - {id: croz, name: "Croz, Michel", role: guide}      # and no Croz anywhere
    Right: Michel Croz led them down.
    Remedy: Name them where they belong, or delete the entry. Where the text has the last name
        alone, list it under matches.
    """
    for kind in (kinds.KINDS[name] for name in headings.KINDS[1:] if name not in ("place", "term")):
        file, used = kinds.HOMES[kind.name].name, named_ids(loaded)[kind.name]
        text = " ".join(printed_text(loaded, besides=file).split())
        for loc, thing in kinds.entries(loaded.dossier, kind.name):
            names = headings.of_thing(kind, thing).spellings
            if thing.id in used or any(name.rstrip("*").casefold() in text for name in names):
                continue
            place, last = loaded.at(file, *loc, "id"), thing.name.partition(", ")[0]
            if last != thing.name and _says(loaded, last, file):
                message = f"{kind.name} {thing.id!r} is only called {last!r}, which is not listed"
                yield place, message, f"add matches: [{last}]"
                continue
            hint = "name it where it belongs, or delete it"
            yield place, f"nothing names {kind.name} {thing.id!r}", hint


def _says(loaded: Loaded, name: str, besides: str) -> bool:
    """Whether a name stands in a text of another file, with its capitals."""
    apart, word = loaded.snapshot.place(besides), re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return any(word.search(one.written) for one in passages(loaded) if one.file != apart)


def unnamed_plates(loaded: Loaded) -> Iterator[Remark]:
    """W344: no text refers to a map, and no chapter places it.

    Why: A map at the end of the book helps the reader who is sent to it. A timeline needs no such
        reference: it is the whole chronology at a glance.
    Wrong: The road runs south.
    Right: The road runs south ([[plate:campaign]]).
    Remedy: Refer to it with [[plate:name]], or place it with /// plate | name.
    """
    used = named_ids(loaded)["plate"]
    for at, plate in each(loaded, Map):
        if plate.id not in used and loaded.dossier.chapters:
            hint = f"write [[plate:{plate.id}]] where it helps"
            yield at("id"), f"no text refers to map {plate.id!r}", hint


_HEADING = re.compile(r"^(#{1,6})[ \t]+\S.*$", re.MULTILINE)


def empty_sections(loaded: Loaded) -> Iterator[Remark]:
    """W345: a heading has no words under it.

    Why: Two headings in a row promise something between them, or one of them says too little.
    Wrong: ## The attack
        ## The first day
    Right: ## The attack
        It lasted three weeks.
        ### The first day
    Remedy: Write what belongs there, make the next a heading of lower level, or delete one.
    """
    for passage in chapters(loaded):
        for begin in _empty(passage):
            hint = "write them, or delete it"
            yield passage.at(begin), "this heading has no words under it", hint


def _empty(passage: Passage) -> Iterator[int]:
    """Where headings stand that have neither words nor lesser headings under them."""
    headings = [*_HEADING.finditer(passage.written), None]
    for heading, following in pairwise(headings):
        end = following.start() if following else len(passage.written)
        below = heading and following and len(following[1]) > len(heading[1])
        if heading and not below and not passage.written[heading.end() : end].strip():
            yield heading.start()


def missing_chapters(loaded: Loaded) -> Iterator[Remark]:
    """W346: the numbers of the chapters have a gap.

    Why: The number is printed, and a reader who goes from 2 to 4 looks for what was lost.
    Wrong: chapters/02-agdam.md
        chapters/04-south.md
    Right: chapters/02-agdam.md
        chapters/03-south.md
    Remedy: Rename the file, or bring the missing one back.
    """
    if loaded.findings:
        return
    for before, chapter in pairwise(loaded.dossier.chapters):
        following = before.number + 1
        if chapter.number > following:
            message = f"chapter {chapter.number} follows chapter {before.number}"
            hint = f"rename it to {following:02}-{chapter.id}.md, or bring the missing one back"
            yield (chapter.file, 0, 0), message, hint


def chapter_titles_twice(loaded: Loaded) -> Iterator[Remark]:
    """W347: two chapters have the same title, or a chapter has the same heading twice.

    Why: In contents and bookmarks the two cannot be told apart.
    Wrong: ## The attack
        ## The attack
    Right: ## The attack
        ## The second attack
    Remedy: Say in one of them what is different.
    """
    titles: dict[str, str] = {}
    for passage in chapters(loaded):
        headings: dict[str, int] = {}
        for number, match in enumerate(_HEADING.finditer(passage.written)):
            words = match[0].lstrip("#").strip()
            key, line = words.casefold(), passage.place(match.start())[0]
            twin = titles.get(key) if number == 0 else headings.get(key)
            if twin:
                where = f"at {twin}" if number == 0 else f"in line {twin}"
                message = f"{words!r} stands {where} as well"
                yield passage.at(match.start()), message, "say what is different"
            if number == 0:
                titles.setdefault(key, passage.file)
            else:
                headings.setdefault(key, line)


def terms_twice(loaded: Loaded) -> Iterator[Remark]:
    """W353: two entries of the glossary explain the same word.

    Why: They will say different things one day, and the reader finds only one of them.
    Wrong: - {id: nkao, term: NKAO, definition: …}
        - {id: oblast, term: Autonomous Oblast, also: [NKAO], definition: …}
    Right: - {id: oblast, term: Autonomous Oblast, also: [NKAO], definition: …}
    Remedy: Make them one, with also: for the other word.
    """
    first: dict[str, str] = {}
    for at, term in each(loaded, Term):
        for word in {term.term.casefold(), *(also.casefold() for also in term.also)}:
            if first.setdefault(word, term.id) != term.id:
                message = f"term {term.id!r} explains {word!r}, as {first[word]!r} does"
                yield at("term"), message, "make them one"
