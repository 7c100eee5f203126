"""How the dossier is written: sentences, marks, names, words that are not its own.

What depends on a language takes its words from the catalogue of that language, and says nothing
where there is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from press import locale
from press.base.finding import Finding
from press.checks.texts import QUOTED, WORD, Passage, paragraphs, passages, sentences
from press.citations import quotes
from press.content.load import Loaded
from press.content.model import Wording


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


def _between(passage: Passage, begin: int, end: int) -> bool:
    """Whether nothing but space was written from ``begin`` to ``end``."""
    return not passage.written[begin:end].strip()


LONGEST = 45


def long_sentences(loaded: Loaded) -> Iterator[Finding]:
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
                yield passage.finding(offset, "W321", message, "divide it")


_TWICE = re.compile(r"(?<![\w-])([^\W\d_]{2,})(\s+)\1(?![\w-])", re.IGNORECASE)


def doubled_words(loaded: Loaded) -> Iterator[Finding]:
    """W322: a word stands twice in a row.

    Why: It is the commonest slip of revision, and the eye skips it. Words that may do so in the
        language (English had, German die, French nous) are left alone.
    Wrong: They left the the town on foot.
    Right: They left the town on foot.
    Remedy: Delete one of them.
    """
    may = {word.casefold() for word in listed(loaded, "check.twice")}
    if not may:
        return
    for passage in passages(loaded):
        for match in _TWICE.finditer(passage.own):
            word = match[1].casefold()
            if word not in may and _between(passage, match.start(2), match.end(2)):
                message = f"{match[1]!r} stands twice"
                yield passage.finding(match.start(), "W322", message, "delete one of them")


def space_before_stop(loaded: Loaded) -> Iterator[Finding]:
    """W323: a space stands before a comma or a full stop.

    Why: The sign may be carried to the next line, where it stands alone.
    Wrong: They left the town , on foot .
    Right: They left the town, on foot.
    Remedy: Delete the space.
    """
    for passage in passages(loaded):
        for match in re.finditer(r"(?<=[\w”’»)])[ ]+(?=[,.](?:\s|$))", passage.text):
            quoted = passage.own[match.start()] == QUOTED
            if not quoted and _between(passage, match.start(), match.end()):
                message = f"a space stands before {passage.text[match.end()]!r}"
                yield passage.finding(match.start(), "W323", message, "delete the space")


_RANGE = re.compile(r"(?<![\w/.,\-–:])\d{1,4}-\d{1,4}(?![\w/\-–]|[.,]\d)")
_SPACED = re.compile(r"(?<=[\w”’»),]) - (?=[\w“‘«(])")


def hyphens_for_dashes(loaded: Loaded) -> Iterator[Finding]:
    """W324: a hyphen stands where a dash belongs: between two numbers, or alone among words.

    Why: 150-180 reads like one number, and a hyphen among spaces is a typewriter's dash.
    Wrong: 150-180 people - most of them women
    Right: 150–180 people – most of them women
    Remedy: Write an en dash (–), or -- which becomes one.
    """
    for passage in passages(loaded):
        for pattern, what in ((_RANGE, "between numbers"), (_SPACED, "among words")):
            for match in pattern.finditer(passage.own):
                if passage.written[match.start() : match.end()] != match[0]:
                    continue
                said = match[0].strip()
                message = f"a hyphen stands {what}" + (f": {said}" if len(said) > 1 else "")
                at = match.start() + (match[0] == " - ")
                yield passage.finding(at, "W324", message, "write an en dash: –")


PRINTED_AS_WRITTEN = frozenset(
    {
        "meta.title", "meta.subtitle", "infobox.title", "row.label", "phase.title",
        "category.label", "table.title", "column.label", "map.title", "map.subtitle",
        "map.dated_areas", "map.dated_places", "timeline.title", "timeline.subtitle",
        "area.label", "area.legend", "line.label", "line.legend", "arrow.label", "event.title",
    }
)  # fmt: skip
"""The fields whose quotation marks nobody makes typographic ones."""
_STRAIGHT = re.compile(r"(?<=[^\W\d])['\"]|['\"](?=[^\W\d])")


def straight_quotes(loaded: Loaded) -> Iterator[Finding]:
    """W325: a straight quotation mark or apostrophe is printed as it stands.

    Why: In running text the press makes typographic marks of them; titles, labels and the words
        of plates are printed letter by letter.
    Wrong: title: Aliyev's appeal
    Right: title: Aliyev’s appeal
    Remedy: Write ’ for an apostrophe, and the quotation marks of the language.
    """
    for passage in passages(loaded):
        if passage.name not in PRINTED_AS_WRITTEN:
            continue
        for match in _STRAIGHT.finditer(passage.written):
            message = f"a straight {match[0]} is printed as it stands"
            hint = "write ’ for an apostrophe, or the language's quotation marks"
            yield passage.finding(match.start(), "W325", message, hint)
            break


TITLES = frozenset(
    {
        "meta.title", "meta.subtitle", "infobox.title", "row.label", "phase.title",
        "category.label", "table.title", "column.label", "map.title", "timeline.title",
        "event.title",
    }
)  # fmt: skip
_STOPPED = re.compile(r"(?<![.\w])[^\W\d_A-Z]{4,}\.$")


def titles_with_stop(loaded: Loaded) -> Iterator[Finding]:
    """W326: a title, label or heading ends with a full stop.

    Why: Titles are not sentences; the press sets them without a stop, and one that has it stands
        out in contents, running heads and bookmarks.
    Wrong: title: The fall of the town.
    Right: title: The fall of the town
    Remedy: Delete the full stop.
    """
    for passage in passages(loaded):
        if passage.is_chapter:
            headings = re.finditer(r"^#{1,6}[ \t]+(.*\S)[ \t#]*$", passage.written, re.MULTILINE)
            titles = [(m.end(1), m[1]) for m in headings]
        elif passage.name in TITLES:
            titles = [(len(passage.written), passage.written)]
        else:
            continue
        for end, title in titles:
            if _STOPPED.search(title):
                message = f"{_short(title)} ends with a full stop"
                yield passage.finding(end - 1, "W326", message, "delete it")


def _short(words: str) -> str:
    return repr(words if len(words) <= 40 else f"…{words[-38:]}")


_CAPITALS = re.compile(r"(?<![\w/.-])[A-ZÄÖÜ]{3,6}(?![\w/-])")
_ROMAN = re.compile(r"[IVXLCDM]+")


def unexplained_abbreviations(loaded: Loaded) -> Iterator[Finding]:
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
    dossier = loaded.dossier
    for term in dossier.glossary.terms:
        known |= {w.casefold() for said in (term.term, *term.also) for w in WORD.findall(said)}
    chapters = [passage for passage in passages(loaded) if passage.is_chapter]
    text = "\n".join(passage.written for passage in chapters)
    used: Counter[str] = Counter()
    first: dict[str, tuple[Passage, int]] = {}
    for passage in chapters:
        for match in _CAPITALS.finditer(passage.own):
            used[match[0]] += 1
            first.setdefault(match[0], (passage, match.start()))
    known |= {word.casefold() for word in _explained(text)}
    for word, number in used.items():
        if number > 1 and word.casefold() not in known and not _ROMAN.fullmatch(word):
            passage, offset = first[word]
            message = f"{word} is used {number} times and never written out"
            hint = f"write it out here, with ({word}) behind it"
            yield passage.finding(offset, "W327", message, hint)


def _explained(text: str) -> Iterator[str]:
    """Abbreviations in brackets, before brackets with words, or in a line of their own."""
    for inner in re.findall(r"\(([^()]*)\)", text):
        yield from _CAPITALS.findall(inner)
    yield from re.findall(r"\*\[([^\[\]\n]*)\]", text)
    yield from re.findall(r"(?<!\w)([A-ZÄÖÜ]{3,6}) \([^\W\d]", text)


def loaded_wording(loaded: Loaded) -> Iterator[Finding]:
    """W328: a word that the dossier has resolved not to use in its own voice.

    Why: In a disputed matter words take sides. The list under wording: in dossier.yaml says which
        ones, what to write instead, and why; quotations keep their own words unless it says no.
    Wrong: The town was liberated in July.
    Right: The town was taken in July.
    Remedy: Use the other word, or quote who says it.
    """
    for wording in loaded.dossier.meta.wording:
        pattern = around(wording.word)
        for passage in passages(loaded):
            text = passage.own if wording.quoted_allowed else passage.text
            for match in pattern.finditer(text):
                message = f"{match[0]!r} is not this dossier's word: {wording.reason}"
                yield passage.finding(match.start(), "W328", message, _instead(wording))


def _instead(wording: Wording) -> str:
    if wording.instead:
        return f"write {wording.instead}"
    return "write another word" + (", or quote who says it" if wording.quoted_allowed else "")


ABOUT_NAMES = frozenset({"place.role", "place.note", "gazetteer.note", "index.note"})


def other_spellings(loaded: Loaded) -> Iterator[Finding]:
    """W329: the text calls a place by another name than the gazetteer does.

    Why: One place under two spellings looks like two places. Quotations keep theirs, and words
        about the name itself are set apart by emphasis or by their language.
    Wrong: Aghdam lay outside the oblast.            # and name: Agdam, also: [Aghdam]
    Right: Agdam lay outside the oblast. Armenians call it *Akna*, or [Akna]{lang=hy}.
    Remedy: Write the name of the gazetteer, or [[agdam]].
    """
    others = _other_names(loaded)
    if not others:
        return
    longest = sorted(others, key=lambda name: (-len(name), name))
    any_of = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    pattern = re.compile(rf"(?<![\w-])(?:{any_of})(?![\w-])")
    for passage in passages(loaded):
        if passage.name in ABOUT_NAMES or passage.file.endswith("/questions.yaml"):
            continue
        for match in pattern.finditer(passage.own):
            name = others[" ".join(match[0].split())]
            if _is_mention(passage, match.start(), match.end(), name):
                continue
            message = f"{match[0]!r} is {name} in the gazetteer"
            yield passage.finding(match.start(), "W329", message, f"write {name}")


def _other_names(loaded: Loaded) -> Mapping[str, str]:
    """Other names of places, and the name that the gazetteer prints; none that is ambiguous."""
    places = loaded.dossier.gazetteer.places
    own = {place.name.casefold() for place in places}
    parts = {part for name in own for part in WORD.findall(name)}
    found: dict[str, str] = {}
    twice: set[str] = set()
    for place in places:
        for name in {*place.also, *(n.latin or n.name for n in place.names)}:
            if len(name) < _SHORTEST or name.casefold() in own | parts or not name[0].isupper():
                continue
            if name in found and found[name] != place.name:
                twice.add(name)
            found[name] = place.name
    return {name: printed for name, printed in found.items() if name not in twice}


_SHORTEST = 4


def _is_mention(passage: Passage, begin: int, end: int, name: str) -> bool:
    """Whether the words are set apart, or followed by the name in brackets."""
    before, after = passage.written[:begin].rstrip(" "), passage.written[end:].lstrip()
    return before[-1:] in ("*", "_", "[", "(", "`") or after.startswith(f"({name}")


SAID = 3
"""Marks of one paragraph that are named."""
_OPENING = re.compile(r"[(\[]|[)\]]")


def unclosed(loaded: Loaded) -> Iterator[Finding]:
    """W331: a bracket or quotation mark is opened in a paragraph and never closed.

    Why: The reader waits for the end of it, and cannot tell where a quotation stops.
    Wrong: He called it “the worst day of the war.
    Right: He called it “the worst day of the war”.
    Remedy: Close it, or delete it.
    """
    try:
        opening, closing = (sign.strip() for sign in quotes(loaded.dossier.meta.language)[:2])
    except (locale.LanguageError, KeyError):
        opening, closing = "“", "”"
    for passage in passages(loaded):
        parts = list(paragraphs(passage, passage.own))
        for number, (offset, text) in enumerate(parts):
            stack = []
            for match in _OPENING.finditer(text):
                if match[0] in "([":
                    stack.append(match.start())
                elif stack:
                    stack.pop()
            following = parts[number + 1][1].lstrip()[:1] if number + 1 < len(parts) else ""
            if opening != closing and opening in "“„«" and following != opening:
                begun = text.lstrip()[:1] == opening and number and opening in parts[number - 1][1]
                lost = [m.start() for m in re.finditer(re.escape(opening), text)]
                stack += lost if not begun else []
            for at in stack[:SAID]:
                message = f"{text[at]} is never closed in this paragraph"
                yield passage.finding(offset + at, "W331", message, "close it, or delete it")


def passing_time(loaded: Loaded) -> Iterator[Finding]:
    """W332: a word like currently, which is wrong when the page is read.

    Why: A printed dossier is read for years. What holds “today” holds on a day that the reader
        does not know.
    Wrong: The town is currently being rebuilt.
    Right: In 2026 the town was being rebuilt.
    Remedy: Write the year.
    """
    for word in listed(loaded, "check.passing"):
        pattern = around(word)
        for passage in passages(loaded):
            for match in pattern.finditer(passage.own):
                message = f"{match[0]!r} is not true for long"
                yield passage.finding(match.start(), "W332", message, "write the year")


def captions_unlike(loaded: Loaded) -> Iterator[Finding]:
    """W333: most captions end with a full stop, and this one does not; or the other way round.

    Why: Captions stand under one another in lists and are compared.
    Wrong: caption: The ridge, as a diagram          # all others end with a full stop
    Right: caption: The ridge, as a diagram.
    Remedy: End all of them alike.
    """
    captions = [p for p in passages(loaded) if p.name.endswith(".caption")]
    stopped = [p for p in captions if p.written.rstrip("”’»)").endswith((".", "!", "?", "…", "。"))]
    bare = [p for p in captions if p not in stopped]
    few, many = sorted((stopped, bare), key=len)
    if len(many) < 2 or len(few) * 2 > len(many):
        return
    for passage in few:
        does = "ends" if passage in stopped else "does not end"
        message = f"this caption {does} with a full stop, unlike the other {len(many)}"
        yield passage.finding(len(passage.written) - 1, "W333", message, "end all alike")


def _alt_faults(loaded: Loaded, alt: str, caption: str, file: str) -> Iterator[str]:
    openings = listed(loaded, "check.alt-opening")
    if alt.casefold().rstrip(".") == caption.casefold().rstrip("."):
        yield "repeats the caption, which is read aloud as well"
    elif any(alt.casefold().startswith(opening.casefold()) for opening in openings):
        yield "begins by saying that it is a picture, which is said already"
    elif alt.casefold() in (file.casefold(), file.rpartition(".")[0].casefold()):
        yield "is the name of the file"
    elif len(alt) < _SHORT_ALT:
        yield "is too short to describe anything"


_SHORT_ALT = 8


def empty_alt(loaded: Loaded) -> Iterator[Finding]:
    """W334: the alt text of a picture says nothing that is not said already.

    Why: It is all that a reader who cannot see the picture has. It says what is to be seen; the
        caption says what that means.
    Wrong: alt: Image of the ridge
    Right: alt: A steep ridge of broken rock against the sky, with two climbers at its foot.
    Remedy: Describe what is to be seen, in a sentence.
    """
    for index, image in enumerate(loaded.dossier.images.images):
        for what in _alt_faults(loaded, image.alt, image.caption, image.file):
            message = f"the alt text {what}"
            hint = "describe what is to be seen, in a sentence"
            loc = ("images", index, "alt")
            yield loaded.finding("images/images.yaml", loc, "W334", message, hint)


LONG_STANDFIRST = 120
LONG_TITLE = 90


def long_openings(loaded: Loaded) -> Iterator[Finding]:
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
            hint = f"shorten it to {LONG_STANDFIRST}"
            yield passage.finding(0, "W335", message, hint)
        if passage.name in TITLES and len(passage.text) > LONG_TITLE:
            message = f"this title has {len(passage.text)} letters"
            yield passage.finding(0, "W335", message, f"shorten it to {LONG_TITLE}")
