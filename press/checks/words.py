"""How the dossier is written: its sentences, its names, and words that are not its own.

What depends on a language takes its words from the catalogue of that language, and says nothing
where there is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from press import locale
from press.base.finding import Place, Remark
from press.checks.misspelt import is_slip
from press.checks.texts import QUOTED, WORD, Passage, chapters, matches, passages, sentences
from press.content import kinds
from press.content.load import Loaded
from press.content.model import Dossier, Wording


def unknown_language(loaded: Loaded) -> Iterator[Remark]:
    """E141: nobody knows how dates and numbers are written in the dossier's language."""
    language, at = loaded.dossier.meta.language, loaded.at("dossier.yaml", "language")
    try:
        known = locale.cldr(language).language
    except locale.LanguageError as error:
        yield at, error.message, error.hint
        return
    if len(language.split("-")[0]) > len(known):  # ger is de to CLDR, and nothing to a reader
        yield at, f"{language!r} is not how the language is tagged", f"write language: {known}"


def borrowed_words(loaded: Loaded) -> Iterator[Remark]:
    """W338: the press has no words of its own in the dossier's language.

    Why: Heads, labels, legends and what worksheets ask are printed in English then, which a reader
        would take for a mistake. Dates, numbers, quotation marks and hyphens are the language's.
    Wrong: language: vi
    Right: language: vi
        allow: [{code: W338, where: dossier.yaml, reason: a dossier for a bilingual class}]
    Remedy: Allow it, or translate press/locale/en.yaml into a file of that language.
    """
    language = loaded.dossier.meta.language
    if any(unknown_language(loaded)) or locale.has_words(language):
        return
    if locale.right_to_left(language):
        return  # E146 says more
    name = locale.language_name(language, "en")
    known = locale.listed([locale.language_name(tag, "en") for tag in locale.languages()], "en")
    message = (
        f"heads and labels are printed in English: the press has no words of its own in {name}"
    )
    hint = f"it has them in {known}; allow it, or translate press/locale/en.yaml"
    yield loaded.at("dossier.yaml", "language"), message, hint


def leftward_language(loaded: Loaded) -> Iterator[Remark]:
    """E146: the dossier's language runs from right to left, and its pages would not.

    Why: Contents, tables, side column and chapter numbers would stand on the wrong side, and a
        reader of Arabic or Hebrew would take the pages for broken. Paragraphs, quotations, cells
        and names in such a language are set as they run, in a dossier of another one.
    Wrong: language: ar
    Right: language: en      # and the Arabic texts as paragraphs, quotations and names in it
    Remedy: Name another language; the press cannot set whole dossiers in this one yet.
    """
    language = loaded.dossier.meta.language
    if not any(unknown_language(loaded)) and locale.right_to_left(language):
        name = locale.language_name(language, "en")
        message = f"a whole dossier in {name} cannot be set yet: its pages run from right to left"
        hint = f"name another language; paragraphs, quotations and names in {name} are set well"
        yield loaded.at("dossier.yaml", "language"), message, hint


def listed(loaded: Loaded, key: str) -> tuple[str, ...]:
    """The words of the dossier's language under ``key``; none where it has no catalogue."""
    language = loaded.dossier.meta.language
    try:
        if not locale.has_words(language):
            return ()
    except locale.LanguageError:
        return ()
    words = locale.messages(language)[key]
    return tuple(word.strip() for word in words.split(",") if word.strip())


def around(word: str) -> re.Pattern[str]:
    """``word`` as a whole word, in any case; a ``*`` at its end takes endings."""
    stem = r"\s+".join(re.escape(part) for part in word.removesuffix("*").split())
    end = r"\w*" if word.endswith("*") else r"(?!\w)"
    return re.compile(rf"(?<!\w){stem}{end}", re.IGNORECASE)


LONGEST = 45


def long_sentences(loaded: Loaded) -> Iterator[Remark]:
    """W321: a sentence has more than 45 words.

    Why: By the end of a longer sentence most readers have lost its beginning. What stands in
        quotation marks counts as one word: it is not the dossier's to shorten.
    Wrong: The reports, which were written far from the front by men who had been told the opposite
        the day before, and who had no means to learn more than the ministry chose to say, do not
        allow us to decide between the two accounts of the night, of which the one …
    Right: The reports were written far from the front. They do not allow us to decide between the
        two accounts.
    Remedy: Divide it, or make a list of it.
    """
    for passage in passages(loaded):
        if passage.name in ("meta.disclaimer", "image.alt"):
            continue
        for offset, sentence in sentences(passage, passage.own):
            number = len(WORD.findall(re.sub(rf"{QUOTED}[{QUOTED}\s]*", "x ", sentence)))
            if number > LONGEST:
                message = f"this sentence has {number} words; the limit is {LONGEST}"
                yield passage.at(offset), message, "divide it"


_TWICE = re.compile(r"(?<![\w-])([^\W\d_]{2,})(\s+)\1(?![\w-])", re.IGNORECASE)


def doubled_words(loaded: Loaded) -> Iterator[Remark]:
    """W322: a word stands twice in a row.

    Why: It is the commonest slip of revision, and the eye skips it. Words that may do so in the
        language (English had, German die, French nous) or stand so in the name of a place, a
        person or a term are left alone.
    Wrong: They left the the town on foot.
    Right: They left the town on foot.
    Remedy: Delete one of them.
    """
    may = {word.casefold() for word in listed(loaded, "check.twice")}
    if not may:
        return
    may |= _twice_in_names(loaded.dossier)
    found: dict[str, list[Place]] = {}
    for passage, match in matches(loaded, _TWICE):
        alone = match[1].casefold() not in may and passage.is_blank(*match.span(2))
        if alone and not _parts_blocks(passage, match):
            found.setdefault(match[1], []).append(passage.at(match.start()))
    for word, places in found.items():
        yield from _told_twice(word, places)


def _twice_in_names(dossier: Dossier) -> set[str]:
    """Words that stand twice in the name of a thing that the dossier lists: Walla Walla."""
    things = (thing for kind in ("place", "person", "term", "entry")
              for thing in kinds.things(dossier, kind).values())  # fmt: skip
    names = (
        (getattr(thing, "name", getattr(thing, "term", "")), *thing.also, *_others(thing))
        for thing in things
    )
    return {m[1].casefold() for listed in names for name in listed for m in _TWICE.finditer(name)}


def _others(thing: Any) -> Iterator[str]:
    for name in getattr(thing, "names", ()):
        yield from (name.name, name.latin)


_EACH = 3
"""Slips with one word from which on they are one finding: it may be no slip."""
_LISTED = 12


def _told_twice(word: str, places: Sequence[Place]) -> Iterator[Remark]:
    """A finding for each place, or one for many."""
    message, hint = f"{word!r} stands twice", "delete one of them"
    if len(places) <= _EACH:
        for place in places:
            yield place, message, hint
        return
    first, *others = sorted(places)
    lines = dict.fromkeys(
        f"{line}" if file == first[0] else f"{file}:{line}" for file, line, _ in others
    )
    listed = ", ".join([*lines][:_LISTED]) + (" …" if len(lines) > _LISTED else "")
    message = f"{message}, here and {len(others)} times more (line {listed})"
    yield first, message, f"{hint}; if it is a name, give it to the gazetteer, people or glossary"


def _parts_blocks(passage: Passage, match: re.Match[str]) -> bool:
    """Whether one of two words ends a heading, title or paragraph, and the other follows it."""
    gap = passage.written[slice(*match.span(2))]
    line = passage.written[: match.start()].rpartition("\n")[2]
    return gap.count("\n") > 1 or ("\n" in gap and line.lstrip().startswith(("#", "///")))


_CAPITALS = re.compile(r"(?<![\w/.-])[A-ZÄÖÜ]{3,6}(?![\w/-])")
_ROMAN = re.compile(r"[IVXLCDM]+")


def unexplained_abbreviations(loaded: Loaded) -> Iterator[Remark]:
    """W327: an abbreviation is used again and again, and never written out.

    Why: It is plain to who knows the subject and closed to everybody else. An abbreviation is
        explained by brackets beside its words, by a line *[CSCE]: …, or by the glossary.
    Wrong: The CSCE met in Rome. The CSCE then …
    Right: The Conference on Security and Co-operation in Europe (CSCE) met in Rome. The CSCE then …
    Remedy: Write it out the first time, with the abbreviation in brackets.
    """
    known = {word.casefold() for word in listed(loaded, "check.known")}
    if not known:
        return
    for term in loaded.dossier.glossary.terms:
        known |= {w.casefold() for name in (term.term, *term.also) for w in WORD.findall(name)}
    used: Counter[str] = Counter()
    first: dict[str, tuple[Passage, int]] = {}
    for passage in chapters(loaded):
        known |= {word.casefold() for word in _explained(passage.written)}
        for match in _CAPITALS.finditer(passage.own):
            used[match[0]] += 1
            first.setdefault(match[0], (passage, match.start()))
    for word, number in used.items():
        if number > 1 and word.casefold() not in known and not _ROMAN.fullmatch(word):
            passage, offset = first[word]
            message = f"{word} is used {number} times and never written out"
            yield passage.at(offset), message, f"write it out here, with ({word}) behind it"


def _explained(text: str) -> Iterator[str]:
    """Abbreviations in brackets, before brackets with words, or in a line of their own."""
    for inner in re.findall(r"\(([^()]*)\)", text):
        yield from _CAPITALS.findall(inner)
    yield from re.findall(r"\*\[([^\[\]\n]*)\]", text)
    yield from re.findall(r"(?<!\w)([A-ZÄÖÜ]{3,6}) \([^\W\d]", text)


def loaded_wording(loaded: Loaded) -> Iterator[Remark]:
    """W328: a word that the dossier has resolved not to use in its own voice.

    Why: In a disputed matter words take sides. The list under wording: in dossier.yaml says which
        ones, what to write instead, and why; quotations keep their own words unless it says no.
    Wrong: The town was liberated in July.
    Right: The town was taken in July.
    Remedy: Use the other word, or quote who says it.
    """
    for wording in loaded.dossier.meta.wording:
        quoted = not wording.quoted_allowed
        for passage, match in matches(loaded, around(wording.word), quoted=quoted):
            message = f"{match[0]!r} is not this dossier's word: {wording.reason}"
            yield passage.at(match.start()), message, _instead(wording)


def _instead(wording: Wording) -> str:
    if wording.instead:
        return f"write {wording.instead}"
    return "write another word" + (", or quote who says it" if wording.quoted_allowed else "")


ABOUT_NAMES = frozenset({"place.role", "place.note", "gazetteer.note", "index.note"})


def other_spellings(loaded: Loaded) -> Iterator[Remark]:
    """W329: the text calls a place by another name than the gazetteer does.

    Why: One place under two spellings looks like two places. Quotations keep theirs, and words
        about the name itself are set apart by emphasis or by their language, or stand behind the
        name and an article: Breuil, the Cervinia of today.
    Wrong: Aghdam lay outside the oblast.            # and name: Agdam, also: [Aghdam]
    Right: Agdam lay outside the oblast. Armenians call it *Akna*, or [Akna]{lang=hy}.
    Remedy: Write the name of the gazetteer, or its id in double brackets.
    """
    others = _other_names(loaded)
    if not others:
        return
    articles = frozenset(" ".join(listed(loaded, "check.articles")).split())
    longest = sorted(others, key=lambda name: (-len(name), name))
    any_of = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    pattern = re.compile(rf"(?<![\w-])(?:{any_of})(?![\w-])")
    for passage, match in matches(loaded, pattern):
        name = others[" ".join(match[0].split())]
        about = passage.name in ABOUT_NAMES or passage.file.endswith("/questions.yaml")
        if not about and not _is_mention(passage, *match.span(), name, articles):
            message = f"{match[0]!r} is {name} in the gazetteer"
            yield passage.at(match.start()), message, f"write {name}"


def _other_names(loaded: Loaded) -> Mapping[str, str]:
    """Other names of places, and the name that the gazetteer prints; none that is ambiguous."""
    places = loaded.dossier.gazetteer.places
    own = {place.name.casefold() for place in places}
    own |= {part for name in own for part in WORD.findall(name)}
    found: dict[str, str] = {}
    twice: set[str] = set()
    for place in places:
        for name in {*place.also, *(n.latin or n.name for n in place.names)}:
            if len(name) < _SHORTEST or name.casefold() in own or not name[0].isupper():
                continue
            if name in found and found[name] != place.name:
                twice.add(name)
            found[name] = place.name
    return {name: printed for name, printed in found.items() if name not in twice}


_SHORTEST = 4


def _is_mention(
    passage: Passage, begin: int, end: int, name: str, articles: frozenset[str]
) -> bool:
    """Whether the words are set apart, have the name in brackets behind them, or explain it."""
    before, after = passage.written[:begin].rstrip(" "), passage.written[end:].lstrip()
    if before[-1:] in ("*", "_", "[", "(", "`") or after.startswith(f"({name}"):
        return True
    called, comma, article = before.rpartition(",")
    if not comma or article.strip() not in articles:
        return False
    length = len(name.split())
    called = " ".join(called.split()[-length:])
    return called == name or is_slip(called, name)


def passing_time(loaded: Loaded) -> Iterator[Remark]:
    """W332: a word like currently, which is wrong when the page is read.

    Why: A printed dossier is read for years. What holds “today” holds on a day that the reader
        does not know.
    Wrong: The town is currently being rebuilt.
    Right: In 2026 the town was being rebuilt.
    Remedy: Write the year.
    """
    for word in listed(loaded, "check.passing"):
        for passage, match in matches(loaded, around(word)):
            if not _OF_A_YEAR.match(passage.own, match.end()):
                message = f"{match[0]!r} is not true for long"
                yield passage.at(match.start()), message, "write the year"


_OF_A_YEAR = re.compile(r"\s+(?:of|von|de)\s+(?:\w+\s+){0,2}\d")
"""The last month of 1992, which stays what it was."""


LONG_STANDFIRST = 120
LONG_TITLE = 90


def long_openings(loaded: Loaded) -> Iterator[Remark]:
    """W335: the standfirst has more than 120 words, or a title more than 90 letters.

    Why: Both are set large: they push the text off the opening page, and a title is cut in running
        heads, in bookmarks and on a shelf.
    Wrong: title: The Matterhorn in the year 1865, its first ascent by seven climbers from Zermatt …
    Right: title: The Matterhorn, 1865
        subtitle: A first ascent and its cost
    Remedy: Shorten it; what it says more belongs in the first chapter.
    """
    for passage in passages(loaded):
        words = len(WORD.findall(passage.text))
        if passage.name == "meta.standfirst" and words > LONG_STANDFIRST:
            message = f"the standfirst has {words} words"
            yield passage.at(0), message, f"shorten it to {LONG_STANDFIRST}"
        if passage.is_title and len(passage.text) > LONG_TITLE:
            message = f"this title has {len(passage.text)} letters"
            yield passage.at(0), message, f"shorten it to {LONG_TITLE}"
