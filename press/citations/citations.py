"""The citations of one document: the first of a source in full, later ones short, never "ibid."."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from markupsafe import Markup

from press import dates, locale
from press.base.finding import did_you_mean
from press.citations.engine import DEFAULT_STYLE, Bibliography, CitationError, Engine, engine_for
from press.citations.labels import labels, namesakes, order
from press.citations.locators import (
    CitationItem,
    csl_label,
    divided,
    is_plural,
    own_word,
    parse_locator,
    sign,
)
from press.citations.references import FORMS, CslReferences, Form, PlaceBeside, short_title
from press.citations.rest import Signature, missing, pages, place_beside, signature
from press.citations.rest import sentences as rest_of
from press.citations.source_text import (
    AT,
    END_AT,
    END_EM,
    END_LANG,
    HELD,
    TITLED,
    before_link,
    clean,
    linked,
    markup,
    shown,
    slanted,
)  # fmt: skip
from press.content.model import Cite, Source
from press.dates.typed import held

Link = Callable[[str, Markup], Markup]
"""Makes the label of a source, by its id, a link."""
Touch = tuple[re.Pattern[str], str]
"""What is found in a text, and what stands there instead."""


class Citations:
    """Notes, labels and bibliography of one document; make a new one for each.

    ``note`` keeps count of what has been cited, so notes are asked for in reading order. All else
    may be asked for at any time. Without ``addresses`` notes leave web addresses and DOIs to the
    bibliography. What comes back holds ``em``, ``a``, ``span lang`` and no other element. Raises
    CitationError for a style or source that is not there.
    """

    def __init__(
        self,
        sources: Mapping[str, Source],
        language: str = "en",
        style: str = DEFAULT_STYLE,
        *,
        addresses: bool = True,
    ) -> None:
        self._sources = sources
        self._language = language
        self._addresses = addresses
        self._engine = engine_for(style, language)
        self._touches = [*_touches(self._engine)]
        self._cited: set[str] = set()
        self._beside: dict[Signature, PlaceBeside] = {}
        self._left: dict[Signature, frozenset[str]] = {}
        self._set: dict[tuple[str, str, bool], str] = {}

    def note(self, cluster: Sequence[CitationItem]) -> Markup:
        """One note: sources in the order given, in full where first cited, short thereafter.

        Raises ValueError for an empty cluster, CitationError for an unknown source.
        """
        if not cluster:
            raise ValueError("a note needs a citation")
        text = ""
        for item in cluster:
            self._source(item.source)
            later = item.source in self._cited and item.source not in self._alike
            cited = " ".join(filter(None, (clean(item.prefix), self._citation(item, later))))
            between = f", {self.quoted_in} " if item.carrier else self._engine.delimiter
            text += f"{between}{cited}" if text else cited
            self._cited.add(item.source)
        text = self._engine.prefix + text
        if cluster[0].prefix:
            text = text[:1].upper() + text[1:]
        suffix = self._engine.suffix
        return self._finished(text + ("" if shown(text).endswith(suffix) else suffix))

    @property
    def quoted_in(self) -> str:
        """What stands between a source and the one in which it was read."""
        return locale.messages(self._language)["quoted-in"]

    def quoted(self, words: str) -> Markup:
        """Words of a source in the style's quotation marks; those in them become inner ones."""
        opening, closing = self._engine.outer_quotes
        within = rf"(?<!\w){opening}([^{opening}{closing}]*){closing}(?!\w)"
        words = re.sub(within, r'"\1"', words)
        return self._finished(f"{opening}{self._engine.typographic(words)}{closing}")

    def carriers(self, source: str) -> Iterator[Cite]:
        """Where the source was read as quoted, and where that one was; ends where it goes round."""
        seen = {source}
        while (cite := self._source(source).quoted_in) and cite.source not in seen:
            if cite.source not in self._sources:
                return
            yield cite
            source = cite.source
            seen.add(source)

    def label(self, source: str) -> Markup:
        """The source's short label: its own, or names and year, or names and day for the press."""
        self._source(source)
        return self._finished(self._labels[source])

    def labelled(self, cites: Iterable[Cite], link: Link) -> Markup:
        """The short label of each source that there is, made a link, and the place in it.

        Behind a source that was read as quoted, that in which it was read.
        """
        parts = []
        for cite in dict.fromkeys(cite.bare for cite in cites):
            if cite.source in self._sources:
                chain = [cite, *self.carriers(cite.source)]
                quoted = Markup(", {} ").format(self.quoted_in)
                parts.append(quoted.join(self._labelled(one, link) for one in chain))
        return Markup("; ").join(parts)

    def _labelled(self, cite: Cite, link: Link) -> Markup:
        where = self.locator(cite.at)
        label = link(cite.source, self.label(cite.source))
        return Markup("{}, {}").format(label, where) if where else label

    def locator(self, at: str) -> Markup:
        """A locator as an author writes it, in words: "p. 225", "arts. 2–3"; empty for none."""
        label, value = parse_locator(at, self._language)
        return self._finished(self._in_words(label, clean(value)))

    def entry(self, source: str) -> Markup:
        """The source's entry in the bibliography, with all that its author gave of it."""
        found = self._source(source)
        text = self._bibliography.entry(self._keys[source, "listed"])
        # A style without a bibliography, or without a form for it, leaves an entry empty.
        text = text or f"{self._engine.typographic(found.title)}."
        text = _with_address(text, clean(found.url), clean(found.doi))
        words, rest = before_link(text)
        left = self._left_out(found)
        more = [*rest_of(found, left, self._engine, self._language)]
        read = [
            self._citation(CitationItem(cite.source, cite.at), cite.source not in self._alike)
            for cite in self.carriers(source)
        ]
        if read:
            more.append(f"{self.quoted_in} {f', {self.quoted_in} '.join(read)}")
        if where := pages(found, left, self._engine):
            words = f"{words.removesuffix('.')}, {where}"
        for sentence in more:
            words = f"{words.removesuffix('.')}. {sentence[:1].upper()}{sentence[1:]}"
        if more or where:
            text = f"{words.removesuffix('.')}{rest or '.'}"
        return self._finished(text)

    def _left_out(self, source: Source) -> frozenset[str]:
        """The fields of the source that the style does not print in the bibliography."""
        key = signature(source)
        if key not in self._left:
            beside = self._place_beside(source)
            self._left[key] = missing(source, lambda made: self._entry_alone(made, beside))
        return self._left[key]

    def _place_beside(self, source: Source) -> PlaceBeside:
        """The field that the place of the source is printed with; "" where the style prints it."""
        key = signature(source)
        if key not in self._beside:
            self._beside[key] = place_beside(source, self._entry_alone)
        return self._beside[key]

    def _entry_alone(self, source: Source, beside: PlaceBeside = "") -> str:
        made = self._references.reference("alone", source, "listed", beside)
        return self._engine.bibliography({"alone": made}).entry("alone")

    def _reference(self, key: str, source: Source, form: Form) -> Any:
        return self._references.reference(key, source, form, self._place_beside(source))

    def bibliography(self, ids: Iterable[str]) -> list[tuple[str, Markup]]:
        """Ids with their entries, each once, by name (or title), then title, then date."""
        ordered = sorted(
            dict.fromkeys(ids), key=lambda id_: order(self._source(id_), self._language)
        )
        return [(id_, self.entry(id_)) for id_ in ordered]

    def _citation(self, item: CitationItem, later: bool) -> str:
        key = (item.source, item.at, later)
        if key not in self._set:
            self._set[key] = self._rendered(item, later)
        return self._set[key]

    def _rendered(self, item: CitationItem, later: bool) -> str:
        label, value = parse_locator(item.at, self._language)
        value = clean(value)
        source = self._sources[item.source]
        # Styles for the law of one country have their own ideas of where a case's page goes.
        given = f"{AT}{value}{END_AT}" if value and source.type != "legal_case" else ""
        key = self._keys[item.source, "later" if later else "first"]
        text = self._bibliography.citation(key, csl_label(label), given, later=later)
        if later and TITLED in text:
            text = self._titled(text, self._references.short_tail(source))
        return self._placed(text, label, value) if value else text

    def _titled(self, text: str, tail: str) -> str:
        """``text`` with what stands behind the title, outside its quotation marks."""
        closing = re.escape(self._engine.outer_quotes[1])
        pattern = rf"{TITLED}((?:{END_EM}|{END_LANG}|{closing})*)"
        return re.sub(pattern, lambda match: f"{match[1]}, {tail}", text)

    def _placed(self, text: str, label: str, value: str) -> str:
        """``text`` with the place in the source in our words, once: where the style has it or last.

        Where the style has a word of its own for it, or none for a page, so has the note.
        """
        where = self._in_words(label, value)
        if AT not in text:
            words, rest = before_link(text)
            return f"{words}, {where}{rest}"
        forms = [(form, several) for form in (None, "short", "symbol") for several in (False, True)]
        terms = {
            self._engine.term(csl_label(label), form, plural=several) for form, several in forms
        }
        words = "|".join(sorted(map(re.escape, filter(None, terms)), key=len, reverse=True))
        pattern = rf"(?:({words or '(?!)'})\s*)?{AT}.*?{END_AT}"
        before, found, after = re.split(pattern, text, maxsplit=1)
        where = self._in_words(label, value, worded=label != "page" or bool(found))
        return f"{before}{where}{re.sub(f',? ?{pattern}', '', after)}"

    def _in_words(self, label: str, value: str, *, worded: bool = True) -> str:
        """A place in our words, each of its parts with its own: "vol. 2, p. 5".

        Its first word is left out where it is not to be ``worded``.
        """
        own, between, rest = divided(value, self._language) if label else (value, "", "")
        term = own_word(label, self._language) or sign(label, own)
        if label and own and not term:
            term = self._engine.term(label, "short", plural=is_plural(own))
        text = f"{term}{dates.NBSP}{own}" if term and worded else own
        more = self._in_words(*parse_locator(rest, self._language)) if rest else ""
        return f"{text}{between}{more}"

    def _source(self, id_: str) -> Source:
        try:
            return self._sources[id_]
        except KeyError:
            hint = did_you_mean(id_, self._sources, "add it to sources.yaml")
            raise CitationError(f"there is no source {id_!r}", hint) from None

    @cached_property
    def _alike(self) -> frozenset[str]:
        """Sources that a short form would not tell from others, and that are cited in full."""
        return namesakes(self._sources, lambda s: s.title + self._references.short_tail(s))

    @cached_property
    def _labels(self) -> dict[str, str]:
        return labels(self._sources, self._language, self._engine)

    @cached_property
    def _keys(self) -> dict[tuple[str, Form], str]:
        """The key of each source in each form; citeproc-py's keys are in small letters."""
        ids = enumerate(self._sources)
        return {(id_, form): f"{index}-{form}" for index, id_ in ids for form in FORMS}

    @cached_property
    def _references(self) -> CslReferences:
        alike = namesakes(self._sources, short_title)
        return CslReferences(self._engine, self._language, alike, addresses=self._addresses)

    @cached_property
    def _bibliography(self) -> Bibliography:
        return self._engine.bibliography(
            {
                key: self._reference(key, self._sources[id_], form)
                for (id_, form), key in self._keys.items()
            }
        )

    def _finished(self, text: str) -> Markup:
        """Text with its last touches, as markup."""
        text = slanted(text)
        for pattern, new in self._touches:
            text = pattern.sub(new, text)
        return markup(held(text, self._language))


def _with_address(text: str, address: str, doi: str) -> str:
    """An entry with the web address, also where the style prints none, or only a DOI."""
    if not address or linked(address) in text or (doi and address.endswith(doi)):
        return text
    return f"{text.removesuffix('.')}. {linked(address)}."


def _touches(engine: Engine) -> Iterator[Touch]:
    """What the engine's text needs before it is markup."""
    yield re.compile(f"{HELD} ?"), ""
    # A title in brackets is a description of ours, and stands without quotation marks.
    opening, closing = map(re.escape, engine.outer_quotes)
    yield re.compile(rf"{opening}(\[[^\[\]]*\]){closing}"), r"\1"
    # A title that ends in a question mark takes no stop.
    yield re.compile(rf"([?!][’”»“{END_EM}{END_LANG}]*)\.(?= |$)"), r"\1"
    if engine.stops_inside_quotes:
        yield re.compile(r"(’?”)([.,])"), r"\2\1"
