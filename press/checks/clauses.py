"""Clauses: the part of a sentence that has a date, and the verb to which the date belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from press.base.own_yaml import beside

_NEVER = re.compile(r"(?!)")
_SIGNS = re.compile(r"[,;:()\[\]—–\ufffd]| - ")
_AROUND = 3
"""Words before a verb among which one that makes it doubtful is looked for."""


def words_of(words: str) -> tuple[str, ...]:
    """The words of a list with commas."""
    return tuple(word.strip() for word in words.split(",") if word.strip())


def any_of(words: Iterable[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern of any of the words, whole; the longest wins."""
    forms = sorted(set(words), key=lambda word: (-len(word), word))
    parts = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return re.compile(rf"(?<![\w’'-])(?:{parts})(?![\w-])", flags) if parts else _NEVER


_I = str.maketrans("İı", "ii")
"""Patterns without regard to case take these two for an i; casefold does not."""


def plain(words: str) -> str:
    """Words as they are looked up: alike where a pattern of ``any_of`` takes them as alike."""
    return " ".join(words.translate(_I).casefold().split())


@dataclass(frozen=True)
class Grammar:
    """What is known of clauses in a language; nothing for one that the table does not have.

    ``groups`` gives the groups of verbs that each form belongs to, in small letters; ``ends`` are
    signs and words at which a clause ends.
    """

    groups: Mapping[str, frozenset[str]]
    verb: re.Pattern[str]
    any_verb: re.Pattern[str]
    apart: re.Pattern[str]
    clause: re.Pattern[str]
    unsure: re.Pattern[str]
    infinitive: re.Pattern[str]
    beginning: re.Pattern[str]
    attributed: re.Pattern[str]
    of: re.Pattern[str]
    outside: re.Pattern[str]
    within: re.Pattern[str]
    weekday: re.Pattern[str]
    cleft: re.Pattern[str]
    cleft_that: re.Pattern[str]
    back: re.Pattern[str]
    julian: re.Pattern[str]
    gregorian: re.Pattern[str]

    def said(self, text: str) -> frozenset[str]:
        """The groups of all verbs of events in a text."""
        found = (self.groups[plain(m[0])] for m in self.verb.finditer(text))
        return frozenset().union(*found)


@lru_cache(maxsize=32)
def grammar(language: str, weekdays: tuple[str, ...], more: tuple[tuple[str, str], ...]) -> Grammar:
    """The grammar of a language; ``more`` are verbs of the dossier's own, each with its group."""
    table = beside(__file__).get(language.partition("-")[0], {})
    groups: dict[str, set[str]] = {}
    for group, forms in table.get("verbs", {}).items():
        for form in words_of(forms):
            groups.setdefault(plain(form), set()).add(group)
    for form, group in more:
        groups.setdefault(plain(form), set()).add(group)

    def listed(key: str) -> tuple[str, ...]:
        return words_of(table.get(key, ""))

    def behind(key: str, end: str = r"\s*$") -> re.Pattern[str]:
        return re.compile(any_of(listed(key)).pattern + end, re.IGNORECASE)

    verbs = any_of(groups).pattern
    endings, no_verbs = listed("verb-endings"), any_of(listed("no-verbs")).pattern
    regular = rf"|(?<![\w-])(?!{no_verbs})[a-z]\w+(?:{'|'.join(endings)})(?![\w-])"
    other = any_of(listed("other-verbs")).pattern
    night = any_of(listed("night")).pattern
    of = any_of(listed("of")).pattern
    return Grammar(
        {form: frozenset(names) for form, names in groups.items()},
        re.compile(verbs, re.IGNORECASE),
        re.compile(rf"(?i:{verbs}|{other}){regular if endings else ''}"),
        behind("apart", r"(?:\s+(?:[\w.]+\s+){1,4}(?:and|to|und|bis|et|au))?(?:\s+\w{2,3})?\s*$"),
        re.compile(rf"{_SIGNS.pattern}|{any_of(listed('clause')).pattern}", re.IGNORECASE),
        any_of(listed("unsure"), 0),  # "may" and not May
        behind("infinitive", r"\s+(?:\w+\s+)?$"),
        behind("beginning", r"\s+\w+\s+$"),
        any_of(listed("attributed")),
        re.compile(rf"(?<!\w)(?!{night}){_last_word(of, night)}", re.IGNORECASE),
        behind("outside", r"\s+(?:\w+\s+)?$"),
        behind("within", r"\s+(?:\w+\s+)?$"),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, weekdays))})(,)(?=\s)", re.IGNORECASE),
        behind("cleft", r"\s+(?:[^\W\d_]+\s+){0,2}$"),
        re.compile(rf"(,[^,.;]{{0,30}},)?\s+({any_of(listed('cleft-that')).pattern})\s"),
        any_of(listed("back")),
        any_of(listed("julian"), 0),
        any_of(listed("gregorian"), 0),
    )


def _last_word(of: str, night: str) -> str:
    """Any word but night and its kin, and behind it the word that gives it a date."""
    return rf"(?:(?!{night})\w+)\s+{of}\s+(?:\w+\s+)?$"


@dataclass(frozen=True)
class Clause:
    """A part of a sentence with a date: where it begins and ends, and its verb, if it has one.

    ``before`` is what stands in it before the verb.
    """

    begin: int
    end: int
    text: str
    verb: str
    before: str
    groups: frozenset[str]


def clause_of(text: str, begin: int, end: int, known: Grammar) -> Clause | None:
    """The clause of the date that stands from ``begin`` to ``end`` in a sentence.

    None where the date belongs to a noun (the letter of 3 May), is one before or after which
    something happened, or where the clause says what somebody meant to do.
    """
    joined = _uncleft(known.weekday.sub(lambda m: m[0][:-1] + " ", text), begin, end, known)
    if joined[end : end + 1] == "," and _opens(joined[:begin], known):
        joined = f"{joined[:end]} {joined[end + 1 :]}"
    if known.apart.search(joined[:begin]):
        return None
    if known.of.search(joined[:begin]) and not _does(joined[end:], known):
        return None
    first = max((m.end() for m in known.clause.finditer(joined, 0, begin)), default=0)
    after = known.clause.search(joined, end)
    last = after.start() if after else len(joined)
    left = list(known.any_verb.finditer(joined, first, begin))
    verb = left[-1] if left else known.any_verb.search(joined, end, last)
    if verb is None:
        return _of_noun(joined, first, begin, last, known)
    if left and not joined[: left[0].start()].strip() and joined[last : last + 1] == ",":
        following = known.clause.search(joined, last + 1)
        last = following.start() if following else len(joined)
    elif (
        left
        and not joined[first : left[0].start()].strip()
        and joined[first - 1 : first] in (",", "(")
    ):
        signs = [match.end() for match in known.clause.finditer(joined, 0, first - 1)]
        subject = max(signs, default=0)
        form = plain(verb[0])
        groups = known.groups.get(form, frozenset())
        return Clause(subject, last, joined[subject:last], form, "", groups)
    before = joined[first : verb.start()] if left else joined[end : verb.start()]
    near = " ".join(before.split()[-_AROUND:])
    if known.infinitive.search(before) and not known.beginning.search(before):
        return None
    form = plain(verb[0])
    return Clause(first, last, joined[first:last], form, near, known.groups.get(form, frozenset()))


_FEW = 3
"""Words before a date that opens a sentence: On the morning of."""


def _opens(before: str, known: Grammar) -> bool:
    """Whether a sentence opens with the date that stands behind ``before``: On Friday, 3 May, …"""
    few = len(before.split()) <= _FEW and bool(before.strip())
    return few and not known.clause.search(before) and not known.any_verb.search(before)


_OPENED = re.compile(r"[:(—–]\s*$")
_CLOSED = re.compile(r"\s*(?:[).;,]|$)")


def _uncleft(text: str, begin: int, end: int, known: Grammar) -> str:
    """The text as if a date stood with its verb: not "it was on 3 May that", "fell (3 May)"."""
    opened = _OPENED.search(text[:begin])
    if opened and _CLOSED.match(text, end):
        return f"{text[: opened.start()]} {text[opened.start() + 1 :]}"
    cleft, that = known.cleft.search(text[:begin]), known.cleft_that.match(text, end)
    if cleft and that:
        sign = max(0, cleft.start() - 1)
        middle = text[sign + 1 : end] + " " * (that.end() - end)
        return (
            f"{text[:sign]};{middle}{text[that.end() :]}"
            if cleft.start()
            else middle + text[that.end() :]
        )
    return text


def _does(behind: str, known: Grammar) -> bool:
    """Whether what has the date does something to a place: the fire of 3 May destroyed the town."""
    verb = known.verb.match(behind.lstrip())
    return bool(verb and known.groups[plain(verb[0])] & {"take", "destroy"})


def _of_noun(text: str, first: int, begin: int, last: int, known: Grammar) -> Clause:
    """The clause of a date that stands apart: The fall of the town, on 3 May, ended the war."""
    signs = [match.end() for match in known.clause.finditer(text, 0, max(0, first - 1))]
    before = max(signs, default=0)
    nouns = list(known.any_verb.finditer(text, before, first))
    goes_on = known.any_verb.match(text[last:].lstrip(", "))
    alone = len(text[first:begin].split()) < 2
    if before == 0 and alone and goes_on and len(nouns) == 1:
        form = plain(nouns[0][0])
        groups = known.groups.get(form, frozenset())
        return Clause(before, last, text[before:last], form, "", groups)
    return Clause(first, last, text[first:last], "", "", frozenset())
