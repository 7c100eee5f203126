"""Who says something: the names in a voice, in a source's words, and in the bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterable

from press import locale
from press.checks.clauses import plain
from press.checks.texts import REFERENCE, Passage
from press.content.load import Loaded
from press.content.model import Cite, Source
from press.content.model.people import spoken

_NAME = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def names_in(text: str) -> frozenset[str]:
    """The names in a voice, in small letters: its words with a capital, and their initials.

    The first word counts only where no other goes on in small letters: "Reports of the time".
    """
    words = [match[0].removesuffix("’s").removesuffix("'s") for match in _NAME.finditer(text)]
    capital = [word[:1].isupper() for word in words]
    found: set[str] = set()
    run: list[str] = []
    for number, word in enumerate([*words, ""]):
        first = number == 0 and not word.isupper() and not _ALONE.match(text)
        if word and capital[number] and not first:
            run.append(word)
            continue
        if run:
            found.update(one.casefold() for one in run)
            found.add(
                "".join(one[0] for one in run).casefold() if len(run) > 1 else run[0].casefold()
            )
        run = []
    return frozenset(found - _ARTICLES)


_ALONE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:$|,|[’']s\b|\s+[^\W\d_a-zß-öø-ÿ])")
"""A first word that is a name: alone, before a comma, a genitive, or before another capital."""
_ARTICLES = frozenset(["the", "a", "an", "der", "die", "das", "le", "la", "les"])


def is_told_by(says: str, cite: Cite, source: Source | None) -> bool:
    """Whether the voice, or one of its names, has these words; ``by`` counts before the source."""
    if is_namesake(says, cite.by):
        return False
    own = _of_source(source) if source and not cite.by else ()
    said = frozenset[str]().union(*map(_all_names, (cite.text, cite.by, *own)))
    return bool(names_in(says) & said)


def is_namesake(one: str, other: str) -> bool:
    """Whether two full names have a first name in common, and last names of other letters."""
    names = [text.partition(",")[0].split() for text in (one, other)]
    if not all(is_full_name(" ".join(name)) for name in names):
        return False
    mine, theirs = ([plain(word) for word in name] for name in names)
    apart = mine[-1][0] != theirs[-1][0] and mine[-1] not in theirs and theirs[-1] not in mine
    return apart and bool({*mine} & {*theirs})


def in_its_note(speaker: str, source: Source) -> bool:
    """Whether a note that cites a source names somebody: as its author, or in its title."""
    families = {name.family or name.literal for name in source.author} - {""}
    named = any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", speaker) for one in families)
    person = speaker.partition(",")[0]
    titled = _all_names(f"{source.title} {source.short}")
    return named or (is_full_name(person) and person.split()[-1].casefold() in titled)


def is_full_name(text: str) -> bool:
    """Whether a text is the first and last name of somebody, and no more."""
    words = text.split()
    return len(words) > 1 and all(word[:1].isupper() and len(word) > 1 for word in words)


def _of_source(source: Source) -> Iterable[str]:
    people = (
        part for name in (*source.author, *source.editor) for part in (name.family, name.literal)
    )
    return (*people, source.title, source.container, source.publisher, source.short, source.checked)


def _all_names(text: str) -> frozenset[str]:
    """Every word of a text in small letters, and the initials of its runs of names."""
    every = frozenset(match[0].casefold() for match in _NAME.finditer(text))
    bare = frozenset(re.sub(r"[’']s$", "", word) for word in every)
    return every | bare | names_in(f". {text}")


_SET = r"(?:[^\W\da-zß-öø-ÿ][\w’'-]*\.?\s+)*"
"""Words with capitals before a name: Captain, General, a first name."""


def given_to(text: str, quoted: Iterable[tuple[int, int]], names: re.Pattern[str]) -> str:
    """Which of ``names`` a text gives a quotation to: "…", noted Captain Lind; Lind wrote: "…".

    ``quoted`` are begin and end of its quotations, marks included.
    """
    name = rf"(?P<name>(?=[^\W\da-zß-öø-ÿ])(?i:{names.pattern}))"
    behind = re.compile(rf"\s*[,.–—]?\s*(?:[^\W\d_]+\s+)?{_SET}{name}")
    before = re.compile(rf"{name}\s+[^\W\d_]+\s*[:,]\s*$")
    for begin, end in quoted:
        if match := behind.match(text, end) or before.search(text[:begin]):
            return match["name"]
    return ""


def named_speaker(text: str, languages: Iterable[str]) -> str:
    """Who is named in a text as saying it: "…, said Mahmoud Said", "according to UNHCR"; or ""."""
    for language in languages:
        verbs = locale.messages(language)["evidence.said"].split(",")
        listed = "|".join(re.escape(verb.strip()) for verb in verbs)
        name = r"((?:[A-ZÀ-ÞŞÇƏ][^\W\d_.]+(?:[ -](?=[A-ZÀ-ÞŞÇƏ]))?)+|[A-Z]{2,})"
        pattern = rf"(?<!\w)(?:{listed})\s+(?:the\s+)?{name}|{name},?\s+(?:{listed})(?!\w)"
        if match := re.search(pattern, text):
            return next(part for part in match.groups() if part).strip()
    return ""


_CITED = "[@]"
_MARK = re.compile(rf"{REFERENCE.pattern}|(?P<cite>\[[^\[\]]*@[^\[\]]*\])")
"""A reference, or brackets in which a source is cited."""


def with_people(passage: Passage, begin: int, end: int, loaded: Loaded) -> str:
    """Part of a passage: names of people where it refers to them, ``[@]`` where it cites."""
    people = {one.id: spoken(one.name) for one in loaded.dossier.people.people}
    parts, at = [], begin
    for match in _MARK.finditer(passage.written, begin, min(end, len(passage.written))):
        name = _CITED if match["cite"] else match["words"] or people.get(match["id"], "")
        if name:
            parts += [passage.text[at : match.start()], name]
            at = match.end()
    return "".join([*parts, passage.text[at:end]])
