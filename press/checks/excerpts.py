"""The words of a source, and what they hold: numbers, and dates as its readers understood them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from press import locale
from press.checks.numerals import numbers
from press.content import facts
from press.content.coverage import stated
from press.content.evidence import supports
from press.content.load import Loaded
from press.content.model import Cite
from press.dates import Date
from press.dates.typed import typed


@lru_cache(maxsize=2)
def kept(loaded: Loaded) -> Mapping[str, Sequence[Cite]]:
    """The words kept of each source: its own excerpts, and those of the citations of facts."""
    found: dict[str, dict[Cite, None]] = {}
    for source in loaded.dossier.bibliography.values():
        for one in source.excerpts:
            cite = Cite(source=source.id, at=one.at, says=one.says, by=one.by)
            found.setdefault(source.id, {})[cite] = None
    for fact in stated(loaded.dossier):
        for support in supports(fact, loaded.dossier):
            found.setdefault(support.cite.source, {})[support.cite] = None
    return {ident: [one for one in cites if one.text] for ident, cites in found.items()}


def may_be_at(one: str, other: str) -> bool:
    """Whether two places in a source may be the same."""
    numbers_of = [set(re.findall(r"\d+", place)) for place in (one, other)]
    return not all(numbers_of) or bool(numbers_of[0] & numbers_of[1])


def numbers_held(cite: Cite, loaded: Loaded) -> frozenset[float]:
    """The numbers in the words of a citation, in every way in which they may be read."""
    return frozenset(value for _, _, value in numbers(cite.text, *languages_of(cite, loaded)))


def languages_of(cite: Cite, loaded: Loaded) -> tuple[str, ...]:
    """The languages in which the words of a source may be."""
    source = loaded.dossier.bibliography.get(cite.source)
    own = source.languages if source else ()
    known = [tag for tag in own if _is_known(tag)]
    return tuple(dict.fromkeys((*known, facts.language_of(loaded.dossier), "en")))


def _is_known(tag: str) -> bool:
    try:
        locale.cldr(tag)
    except locale.LanguageError:
        return False
    return True


def shortened(text: str, letters: int = 90) -> str:
    """A text, or its beginning where it has more letters than ``letters``."""
    return text if len(text) <= letters else f"{text[: letters - 2].rsplit(' ', 1)[0]} …"


_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")


def gives_date(cite: Cite, date: Date, loaded: Loaded) -> bool | None:
    """Whether the words give the date; None where they give no day at all."""
    languages, text = languages_of(cite, loaded), cite.text
    found = [one for language in languages for one in typed(text, language) if one.days]
    months = [one for language in languages for one in typed(text, language) if not one.days]
    written = ["-".join(match.groups()) for match in _ISO.finditer(text)]
    if any(one.agrees(date) for one in (*found, *months)) or date.edtf in written:
        return True
    if str(date.earliest.year) in text and date.precision == "year":
        return True
    if _relative(cite, date, languages, loaded):
        return True
    return False if found or written else None


_SOON = 9
"""Days within which a paper names a day by its weekday."""


def _relative(cite: Cite, date: Date, languages: Sequence[str], loaded: Loaded) -> bool:
    """Whether a weekday, yesterday or today in the words is the date, as the source was issued."""
    source = loaded.dossier.bibliography.get(cite.source)
    if source is None or source.issued is None or date.days != 1:
        return False
    later = source.issued.latest.number - date.earliest.number
    text = cite.text.casefold()
    for language in languages:
        wide = locale.cldr(language).days["format"]["wide"]
        weekday = str(wide[date.earliest.number % 7]).casefold()
        if re.search(rf"(?<!\w){weekday}", text) and 0 <= later <= _SOON:
            return True
        near = locale.messages(language)["evidence.near"].split(",")
        if 0 <= later <= 2 and any(
            re.search(rf"(?<!\w){re.escape(w.strip())}(?!\w)", text) for w in near
        ):
            return True
    return False
