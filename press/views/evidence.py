"""The appendix of evidence: facts with the words that they rest on, and who said them.

It says how far each source was read. ``docs/evidence.md`` tells how authors write all this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from press import locale
from press.content import coverage, facts, kinds
from press.content.coverage import Stated
from press.content.evidence import NO_TEXT, Support, is_kept, level_of, level_of_source, supports
from press.content.load import Loaded
from press.content.model import Cite, Claim, Excerpt, Source
from press.content.model.values import Level
from press.content.walk import each
from press.prose import Prose
from press.prose.sentences import unstopped
from press.views.appendix import plain
from press.views.values import NOTHING, Group, Part

ANCHOR = "appendix-evidence"
"""The anchor of the appendix."""
LEVELS: dict[Level, str] = {
    "read": "evidence.level.read",
    "read in part": "evidence.level.in-part",
    "quoted in": "evidence.level.quoted",
    "not read": "evidence.level.not",
}
"""The words of each level, by their keys in the catalogues."""


@dataclass(frozen=True)
class WordsView:
    """Words of a source, and whose they are.

    ``quote`` are the words in quotation marks, or that nobody has kept them.
    """

    quote: Markup
    by: str
    source: Markup
    level: str
    via: str


@dataclass(frozen=True)
class AccountView:
    """What is said, where accounts differ, and the words that bear it out."""

    said: Markup
    words: tuple[WordsView, ...]


@dataclass(frozen=True)
class EvidenceView:
    """A fact, its value, and the words that it rests on, by account."""

    name: Markup
    value: Markup
    accounts: tuple[AccountView, ...]


def view(loaded: Loaded, prose: Prose) -> Part[Group[EvidenceView]] | None:
    """The appendix of evidence, under a line that counts it.

    None where dossier.yaml does not ask for it, or there is none.
    """
    dossier = loaded.dossier
    if "evidence" not in dossier.meta.appendix:
        return None
    words, language = locale.messages(dossier.meta.language), dossier.meta.language
    stated = tuple(coverage.stated(dossier))
    told = (fact for fact in stated if not fact.answers)
    groups: dict[str, list[EvidenceView]] = {}
    shown: set[int] = set()
    for fact in told:
        kept = [one for one in supports(fact, dossier) if is_kept(one.cite)]
        if not kept or {id(one.cite) for one in kept} <= shown:
            continue  # of a place and its position
        shown.update(id(one.cite) for one in kept)
        groups.setdefault(_title(fact.file, words), []).append(_fact(fact, kept, prose))
    given = sum(map(len, groups.values()))
    for file, one in _beside(loaded, shown):
        groups.setdefault(_title(file, words), []).append(one_alone(one, prose))
    if passages := tuple(_passages(dossier.bibliography.values(), prose)):
        groups[words["evidence.passages"]] = list(passages)
    if not groups:
        return None
    line = words[f"evidence.line.{'one' if given == 1 else 'other'}"].format(
        facts=locale.number(len(stated), language), n=locale.number(given, language)
    )
    listed = tuple(Group(title, tuple(entries)) for title, entries in groups.items())
    return Part(escape(line), listed)


def _title(name: str, words: Mapping[str, str]) -> str:
    file = kinds.file_of(name)
    return file.title(words) if file else ""


def _fact(fact: Stated, kept: Iterable[Support], prose: Prose) -> EvidenceView:
    value = NOTHING if fact.claims else plain(prose, fact.value)
    accounts: dict[Markup, list[WordsView]] = {}
    for one in kept:
        said = _account(one.claim, prose) if one.claim else NOTHING
        accounts.setdefault(said, []).append(_of_cite(one, prose))
    views = (AccountView(said, tuple(words)) for said, words in accounts.items())
    return EvidenceView(escape(fact.called), value, tuple(views))


def _beside(loaded: Loaded, shown: set[int]) -> Iterator[tuple[str, Cite]]:
    """Words of citations that stand under no fact: of a drawn row; but of no answer."""
    for at, cite in each(loaded, Cite):
        if is_kept(cite) and id(cite) not in shown:
            file = loaded.snapshot.own_name(at()[0])
            if file != "questions.yaml":
                yield file, cite


def one_alone(cite: Cite, prose: Prose) -> EvidenceView:
    """The words of a citation under the name of its source."""
    support = Support(cite, level_of(cite, prose.dossier))
    return _unnamed((_of_cite(support, prose),))


def _unnamed(words: tuple[WordsView, ...]) -> EvidenceView:
    return EvidenceView(NOTHING, NOTHING, (AccountView(NOTHING, words),))


def _passages(sources: Iterable[Source], prose: Prose) -> Iterator[EvidenceView]:
    """What sources say, for statements that chapters make."""
    for source in sources:
        level = level_of_source(source, prose.language)
        if kept := [one for one in source.excerpts if is_kept(one)]:
            words = tuple(
                _words(one, Cite(source=source.id, at=one.at), level, prose) for one in kept
            )
            yield _unnamed(words)


def _of_cite(support: Support, prose: Prose) -> WordsView:
    cite = support.cite
    return _words(cite, cite.bare, support.level, prose, cite.via)


def _account(claim: Claim, prose: Prose) -> Markup:
    value = facts.claim_date(claim, prose.language)
    shown = escape(value) if value else plain(prose, claim.text)
    return Markup("{}, {}").format(unstopped(shown), plain(prose, claim.says))


def _words(one: Excerpt, cite: Cite, level: Level, prose: Prose, via: str = "") -> WordsView:
    words = prose.catalogue
    linked = Markup('<a href="#source-{}">{}</a>').format
    return WordsView(
        quote=_quote(one, cite, prose) if one.text else escape(words["evidence.none"]),
        by=one.by,
        source=prose.source_labels([cite], linked),
        level=words[LEVELS[level]],
        via=f"{words['via']} {via}" if via else "",
    )


def _quote(one: Excerpt, cite: Cite, prose: Prose) -> Markup:
    """Words in quotation marks, in the language of their source."""
    source = prose.dossier.bibliography.get(cite.source)
    languages = source.languages if source else ()
    quoted = prose.citations.quoted(one.text)
    if len(languages) != 1 or languages[0] == prose.language:
        return quoted
    turned = Markup(' dir="rtl"') if locale.right_to_left(languages[0]) else NOTHING
    return Markup('<span lang="{}"{}>{}</span>').format(languages[0], turned, quoted)


__all__ = ["ANCHOR", "LEVELS", "NO_TEXT", "AccountView", "EvidenceView", "WordsView", "view"]
