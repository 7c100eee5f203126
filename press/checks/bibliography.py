"""Sources: every fact has one; each is cited, listed once, and can be found again."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from urllib.parse import urlsplit

from press.base.finding import Remark
from press.checks.texts import Passage, chapters, passages, quotations, sentences
from press.citations.given_names import homes
from press.content import coverage
from press.content.load import Loaded
from press.content.model import Cite, NameParts, Source
from press.content.model.names import WrittenName
from press.content.model.sources import ROLES
from press.content.walk import each, twins
from press.dates import show
from press.prose.quotes import quotes


def bare_facts(loaded: Loaded) -> Iterator[Remark]:
    """W301: a fact has no source, or an account of it has none."""
    bare: set[str] = set()
    for fact in coverage.stated(loaded.dossier):
        if fact.gaps:
            bare.add(fact.address)
        if re.sub(r"\.(?:coordinates|role)$", "", fact.address) in bare - {fact.address}:
            continue  # a place without a source has been named
        for loc, what in fact.gaps:
            at = loaded.at(fact.file, *loc)
            hint = "add sources: and the id of one"
            if fact.address.endswith(".coordinates"):
                hint = "write at: {lat: …, lon: …, sources: [id]}; newspapers give no positions"
            yield at, f"{what} has no source", hint


def unused_sources(loaded: Loaded) -> Iterator[Remark]:
    """W302: a source is listed, is cited nowhere, and does not say that it is further reading."""
    cited = {cite.source for _, cite in each(loaded, Cite)}
    text = "\n".join(chapter.body for chapter in loaded.dossier.chapters)
    for at, source in each(loaded, Source):
        if source.id in cited or f"@{source.id}" in text or "further reading" in source.checked:
            continue
        hint = "cite it, delete it, or say further reading in checked"
        yield at("id"), f"source {source.id!r} is not cited", hint


def divided_names(loaded: Loaded) -> Iterator[Remark]:
    """W310: the last and the first name of somebody stand as two people.

    Why: In a list a comma ends an entry, so that Smith and John are printed as two authors.
    Wrong: author: [Smith, John]
    Right: author: ["Smith, John"]
    Remedy: Put each name in quotes, last name first. Where they are two, allow it with the reason.
    """
    for at, source in each(loaded, Source):
        for role in ROLES:
            names: Sequence[NameParts] = getattr(source, role)
            cut = [name.literal for name in names if name.literal]
            if not all(isinstance(name, WrittenName) for name in names) or not _are_halves(cut):
                continue
            pairs = [
                f"{last.removeprefix('& ')}, {first}"
                for last, first in zip(cut[::2], cut[1::2], strict=True)
            ]
            whole = [f"{name.family}, {name.given}" for name in names if not name.literal]
            first_whole = next(iter(names)).literal == ""
            listed = [*whole, *pairs] if first_whole else [*pairs, *whole]
            quoted = ", ".join(f'"{name}"' for name in listed)
            message = f"{' and '.join(cut)} stand as {len(cut)} people"
            yield at(role), message, f"if not, write {role}: [{quoted}]"


def _are_halves(names: Sequence[str]) -> bool:
    """Whether texts are last and first names by turns: lone words, or every second a given name."""
    bare = (re.fullmatch(r"[^\W\d_][\w.’'-]*", name) and not name.isupper() for name in names)
    return bool(names) and len(names) % 2 == 0 and (all(bare) or all(map(_is_given, names[1::2])))


def _is_given(name: str) -> bool:
    """Whether a name has only initials and given names: "Federico", "J. R.", "Anna Maria"."""
    return all(re.fullmatch(r"(?:[^\W\d_]\.-?)+", word) or homes(word) for word in name.split())


def issued_later(loaded: Loaded) -> Iterator[Remark]:
    """W303: a source was issued after the dossier that cites it.

    Why: Nobody can have read it then: the year is mistyped, or issued of the dossier is old.
    Wrong: issued: 2093-07-25            # in a dossier issued in 2026
    Right: issued: 1993-07-25
    Remedy: Correct the date of the source, or issued in dossier.yaml.
    """
    issued = loaded.dossier.meta.issued
    for at, source in each(loaded, Source):
        if source.issued and source.issued.earliest > issued.latest:
            issue = show(source.issued, loaded.dossier.meta.language)
            message = f"source {source.id!r} was issued after this dossier: {issue}"
            yield at("issued"), message, "correct its date, or issued in dossier.yaml"


def read_too_early(loaded: Loaded) -> Iterator[Remark]:
    """W304: a source was read before it was issued, or after the dossier was.

    Why: One of the two dates is mistyped; a reader who checks the source relies on both.
    Wrong: issued: 1994-12
        accessed: 1993-11-20
    Right: issued: 1994-12
        accessed: 2026-11-20
    Remedy: Correct issued or accessed.
    """
    issued = loaded.dossier.meta.issued
    for at, source in each(loaded, Source):
        read = source.accessed
        if read is None:
            continue
        if source.issued and read.latest < source.issued.earliest:
            message = f"source {source.id!r} was read before it was issued"
        elif read.earliest > issued.latest:
            message = f"source {source.id!r} was read after this dossier was issued"
        else:
            continue
        yield at("accessed"), message, "correct issued or accessed"


def unsafe_address(loaded: Loaded) -> Iterator[Remark]:
    """W305: an address begins with http, though its host has answered to https for years.

    Why: Browsers warn of such addresses or refuse them, and a reader who types it from the page
        may be sent elsewhere. Only hosts that are known to answer are named here.
    Wrong: url: http://www.un.org/securitycouncil
    Right: url: https://www.un.org/securitycouncil
    Remedy: Write https, and look whether the page is still there.
    """
    for at, source in each(loaded, Source):
        host = re.match(r"http://(?:[\w-]+\.)*?([\w-]+\.[a-z]+)(?:[/:]|$)", source.url)
        if host and host[1] in _SECURE:
            yield at("url"), f"source {source.id!r} is given by http", "write https://"


_SECURE = frozenset(
    {
        "academia.edu", "apnews.com", "archive.org", "bbc.co.uk", "doi.org", "europa.eu",
        "github.com", "google.com", "hrw.org", "icrc.org", "jstor.org", "lemonde.fr", "loc.gov",
        "nytimes.com", "osce.org", "reuters.com", "spiegel.de", "taz.de", "theguardian.com",
        "un.org", "unhcr.org", "washingtonpost.com", "wikimedia.org", "wikipedia.org", "zeit.de",
    }
)  # fmt: skip
"""Hosts that answer to https for every page."""


def broken_isbn(loaded: Loaded) -> Iterator[Remark]:
    """W306: an ISBN has the wrong length or check digit (ISO 2108).

    Why: With one wrong figure no library or bookshop finds the book.
    Wrong: isbn: 978-0-8147-1944-7
    Right: isbn: 978-0-8147-1944-2
    Remedy: Copy the number from the book.
    """
    for at, source in each(loaded, Source):
        if source.isbn and not isbn_holds(source.isbn):
            message = f"{source.isbn} is not an ISBN: its check digit does not fit"
            hint = "copy it from the book"
            if (
                bare := re.search(r"[\dX][\d\s\-\u2010-\u2015]{8,}[\dX]", source.isbn)
            ) and isbn_holds(bare[0]):
                message, hint = f"{source.isbn!r} is more than an ISBN", f"write {bare[0]}"
            yield at("isbn"), message, hint


def isbn_holds(text: str) -> bool:
    """Whether ``text`` is an ISBN of ten or thirteen figures with the right check digit."""
    figures = re.sub(r"[\s\-\u2010-\u2015]", "", text).upper()
    if re.fullmatch(r"97[89]\d{10}", figures):
        return sum(int(f) * (1, 3)[n % 2] for n, f in enumerate(figures)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", figures):
        values = [10 if f == "X" else int(f) for f in figures]
        return sum(v * (10 - n) for n, v in enumerate(values)) % 11 == 0
    return False


def broken_doi(loaded: Loaded) -> Iterator[Remark]:
    """W307: a DOI does not have the form of one (ISO 26324).

    Why: It is printed and linked as an address at doi.org, which then leads nowhere.
    Wrong: doi: https://doi.org/10.1080/02634937
    Right: doi: 10.1080/02634937.2015.1008816
    Remedy: Write the number alone, from 10. on.
    """
    for at, source in each(loaded, Source):
        if source.doi and not re.fullmatch(r"10\.\d{4,9}(\.\d+)*/\S+", source.doi):
            own = re.search(r"10\.\d{4,9}(?:\.\d+)*/\S+", source.doi)
            hint = f"write {own[0]}" if own else "write it from 10. on, as 10.1000/182"
            yield at("doi"), f"{source.doi!r} is not a DOI", hint


ONLINE = frozenset({"webpage", "post", "post-weblog", "dataset", "software"})


def comma_in_an_address(loaded: Loaded) -> Iterator[Remark]:
    """W300: an address has a comma where another of its site goes on with a stroke or a point.

    Why: The two keys lie side by side, and the address leads nowhere. It is told where the site's
        other addresses have none, and go on so or where it parts two words of a path.
    Wrong: url: https://hetq.am/eng,news/7112/       # and another: https://hetq.am/eng/news/69352/
    Right: url: https://hetq.am/eng/news/7112/
    Remedy: Write the sign that the address has.
    """
    every: dict[str, list[str]] = {}
    for source in loaded.dossier.bibliography.values():
        if source.url:
            every.setdefault(urlsplit(source.url).netloc, []).append(source.url)
    for at, source in each(loaded, Source):
        head, comma, tail = source.url.partition(",")
        host = urlsplit(source.url).netloc
        others = [url for url in every.get(host, ()) if url != source.url]
        if not comma or any("," in url for url in others):
            continue
        signs = [sign for sign in "/." if any(url.startswith(f"{head}{sign}") for url in others)]
        words = re.search(r"/[a-z]{2,}$", head) and re.match(r"[a-z]{2,}/", tail)
        if signs or words:
            message = f"{source.url!r} has a comma, and no other address of {host} has one"
            yield at("url"), message, f"write {head}{(signs or ['/'])[0]}{tail}"


def online_without_address(loaded: Loaded) -> Iterator[Remark]:
    """W308: a source that exists only online has no address, or no date on which it was read.

    Why: A web page without an address cannot be found, and one without a date may say something
        else by now. An archive or a DOI will do as well.
    Wrong: type: webpage
        title: A page
    Right: type: webpage
        title: A page
        url: https://example.org/page
        accessed: 2026-11-20
    Remedy: Add url: and accessed:, or say under via: where it was read.
    """
    for at, source in each(loaded, Source):
        if source.type not in ONLINE or source.archive:
            continue
        named = f"{source.type} {source.id!r}"
        if not (source.url or source.doi or source.via):
            yield at("id"), f"{named} has no address", "add url:"
        elif source.url and not (source.accessed or source.issued):
            yield at("id"), f"{named} has no date", "add accessed: the day on which it was read"


def source_twice(loaded: Loaded) -> Iterator[Remark]:
    """W309: two sources have the same address, DOI or ISBN, or the same title, author and date.

    Why: Cited under two names, one source looks like two that agree.
    Wrong: - {id: hrw, title: Seven Years of Conflict, url: https://www.hrw.org/az}
        - {id: hrw-2, title: Azerbaijan, url: https://www.hrw.org/az}
    Right: - {id: hrw, title: Seven Years of Conflict, url: https://www.hrw.org/az}
    Remedy: Keep one of them, and cite it with page numbers.
    """
    for at, source, twin in twins(each(loaded, Source), _keys):
        message = f"source {source.id!r} looks like {twin.id!r}, entered again"
        yield at("id"), message, "keep one of them"


def quoted_round(loaded: Loaded) -> Iterator[Remark]:
    """E247: a source was read as quoted in itself, or in one that was read in it.

    Why: A note says where the words were read; it would have no end.
    Wrong: - {id: times, title: A letter, quoted-in: whymper}
        - {id: whymper, title: Scrambles, quoted-in: times}
    Right: - {id: times, title: A letter, quoted-in: "whymper, p. 387"}
        - {id: whymper, title: Scrambles}
    Remedy: Keep quoted-in at the source that was not seen itself.
    """
    sources = loaded.dossier.bibliography
    for at, source in each(loaded, Source):
        seen, here = {source.id}, source
        while here.quoted_in and here.quoted_in.source in sources:
            here = sources[here.quoted_in.source]
            if here.id == source.id:
                message = f"source {source.id!r} is quoted in itself"
                yield at("quoted-in"), message, "keep quoted-in at the source that was not seen"
            if here.id in seen:
                break
            seen.add(here.id)


def _keys(source: Source) -> Iterator[Hashable]:
    """What no two sources may have alike."""
    where = (source.page, source.number, source.volume, source.issue)
    title = source.title.casefold()
    yield title, source.author, source.container, source.issued, where
    if source.url:
        yield "url", source.url.rstrip("/").casefold()
    if source.doi:
        yield "doi", source.doi.casefold()
    if source.isbn and source.type != "chapter":
        yield "isbn", re.sub(r"\W", "", source.isbn), title, where


# -- quotations --------------------------------------------------------------------------------

PAGED = frozenset(
    {"book", "chapter", "thesis", "article-journal", "report", "pamphlet", "paper-conference"}
)
"""Types of source that are long and have pages."""
_CITES = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
_CITES_BEHIND = re.compile(rf"\s*{_CITES.pattern}")
"""Citations that follow the full stop of their sentence."""
_MENTION = re.compile(r"@([\w-]+)(,[^;\]]*)?")
_QUOTED_WORDS = 4


def quotation_without_locator(loaded: Loaded) -> Iterator[Remark]:
    """W311: words are quoted from a book or report without the page.

    Why: Whoever wants to check a quotation must not have to read three hundred pages. It counts
        from four words on, for books, chapters, theses, reports and journal articles of more than
        one page.
    Wrong: He called it “the worst day of the war” [@dewaal].
    Right: He called it “the worst day of the war” [@dewaal, p. 225].
    Remedy: Add the page, the paragraph or the section after the source and a comma.
    """
    sources = loaded.dossier.bibliography
    for passage in passages(loaded):
        for at, ident, paged in (*_quote_blocks(passage), *_cited_quotations(passage)):
            source = sources.get(ident)
            if source and long_enough(source) and not paged:
                hint = f"write [@{ident}, p. 12]"
                yield passage.at(at), f"{ident} is quoted without the page", hint


def _cited_quotations(passage: Passage) -> Iterator[tuple[int, str, bool]]:
    """Where a sentence with a quotation cites a source, its id, and whether it names the page."""
    for offset, sentence in sentences(passage, passage.text):
        quoted = (sentence[begin:end] for begin, end in quotations(sentence))
        if not any(len(words.split()) >= _QUOTED_WORDS for words in quoted):
            continue
        end = offset + len(sentence)
        if following := _CITES_BEHIND.match(passage.written, end):
            end = following.end()
        for cites in _CITES.finditer(passage.written, offset, end):
            for mention in _MENTION.finditer(cites[0]):
                yield cites.start() + mention.start(), mention[1], bool(mention[2])


def _quote_blocks(passage: Passage) -> Iterator[tuple[int, str, bool]]:
    """The same of the blocks of kind quote."""
    for quote in quotes([passage.written] if passage.is_chapter else []):
        paged = "," in quote.options.get("source", "") or bool(quote.options.get("at"))
        yield quote.at, quote.source, paged


def long_enough(source: Source) -> bool:
    """Whether a quotation in the source is hard to find without the page."""
    return source.type in PAGED and not re.fullmatch(r"\w*\d+\w*", source.page.strip())


def quotation_without_source(loaded: Loaded) -> Iterator[Remark]:
    """W312: a block of kind quote does not say whose words it holds.

    Why: A quotation without its source is a claim of the dossier's own, in somebody else's words.
    Wrong: /// quote
        We saw our companions sliding downwards.
        ///
    Right: /// quote
        source: whymper, p. 387
        We saw our companions sliding downwards.
        ///
    Remedy: Add source: and the id, with the page, as the first line; or cite it in the words.
    """
    for passage in chapters(loaded):
        for quote in quotes([passage.written]):
            if not ("source" in quote.options or any("@" in words for words in quote.paragraphs)):
                hint = "add source: and the id, with the page, under the ///"
                yield passage.at(quote.at), "this quotation does not say where it is from", hint


def chapter_without_citation(loaded: Loaded) -> Iterator[Remark]:
    """W313: a chapter of more than eighty words cites nothing.

    Why: Every statement of a dossier can be looked up; a chapter without a note cannot.
    Wrong: The town fell in July.
    Right: The town fell in July [@taz-0726].
    Remedy: Cite the sources of its statements.
    """
    for passage in chapters(loaded):
        cites = "@" in passage.written or "{fact:" in passage.written
        if not cites and len(passage.text.split()) > _LONG_CHAPTER:
            yield passage.at(0), "this chapter cites nothing", "cite the sources of its statements"


_LONG_CHAPTER = 80
