"""The list of sources: entries that can be found again, and are listed once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.base.finding import Finding
from press.checks.texts import Passage, passages, quotations, quote_blocks, sentences
from press.content import model
from press.content.load import Loaded
from press.dates import show

FILE = "sources.yaml"


def _said(loaded: Loaded, index: int, key: str, code: str, message: str, hint: str) -> Finding:
    loc = ("sources", index, key)
    return loaded.finding(FILE, loc, code, message, hint)


def issued_later(loaded: Loaded) -> Iterator[Finding]:
    """W303: a source was issued after the dossier that cites it.

    Why: Nobody can have read it then: the year is mistyped, or issued of the dossier is old.
    Wrong: issued: 2093-07-25            # in a dossier issued in 2026
    Right: issued: 1993-07-25
    Remedy: Correct the date of the source, or issued in dossier.yaml.
    """
    issued = getattr(loaded.dossier.meta, "issued", None)
    for index, source in enumerate(loaded.dossier.sources.sources):
        if issued and source.issued and source.issued.earliest > issued.latest:
            said = show(source.issued, loaded.dossier.meta.language)
            message = f"source {source.id!r} was issued after this dossier: {said}"
            hint = "correct its date, or issued in dossier.yaml"
            yield _said(loaded, index, "issued", "W303", message, hint)


def read_too_early(loaded: Loaded) -> Iterator[Finding]:
    """W304: a source was read before it was issued, or after the dossier was.

    Why: One of the two dates is mistyped; a reader who checks the source relies on both.
    Wrong: issued: 1994-12
        accessed: 1993-11-20
    Right: issued: 1994-12
        accessed: 2026-11-20
    Remedy: Correct issued or accessed.
    """
    meta = loaded.dossier.meta
    issued = getattr(meta, "issued", None)
    for index, source in enumerate(loaded.dossier.sources.sources):
        read = source.accessed
        if read is None:
            continue
        if source.issued and read.latest < source.issued.earliest:
            message = f"source {source.id!r} was read before it was issued"
        elif issued and read.earliest > issued.latest:
            message = f"source {source.id!r} was read after this dossier was issued"
        else:
            continue
        hint = "correct issued or accessed"
        yield _said(loaded, index, "accessed", "W304", message, hint)


def unsafe_address(loaded: Loaded) -> Iterator[Finding]:
    """W305: an address begins with http, though its host has answered to https for years.

    Why: Browsers warn of such addresses or refuse them, and a reader who types it from the page
        may be sent elsewhere. Only hosts that are known to answer are named here.
    Wrong: url: http://www.un.org/securitycouncil
    Right: url: https://www.un.org/securitycouncil
    Remedy: Write https, and look whether the page is still there.
    """
    for index, source in enumerate(loaded.dossier.sources.sources):
        host = re.match(r"http://(?:[\w-]+\.)*?([\w-]+\.[a-z]+)(?:[/:]|$)", source.url)
        if host and host[1] in _SECURE:
            message = f"source {source.id!r} is given by http"
            yield _said(loaded, index, "url", "W305", message, "write https://")


_SECURE = frozenset(
    {
        "academia.edu", "apnews.com", "archive.org", "bbc.co.uk", "doi.org", "europa.eu",
        "github.com", "google.com", "hrw.org", "icrc.org", "jstor.org", "lemonde.fr", "loc.gov",
        "nytimes.com", "osce.org", "reuters.com", "spiegel.de", "taz.de", "theguardian.com",
        "un.org", "unhcr.org", "washingtonpost.com", "wikimedia.org", "wikipedia.org", "zeit.de",
    }
)  # fmt: skip
"""Hosts that answer to https for every page."""


def broken_isbn(loaded: Loaded) -> Iterator[Finding]:
    """W306: an ISBN has the wrong length or check digit (ISO 2108).

    Why: With one wrong figure no library or bookshop finds the book.
    Wrong: isbn: 978-0-8147-1944-7
    Right: isbn: 978-0-8147-1944-2
    Remedy: Copy the number from the book.
    """
    for index, source in enumerate(loaded.dossier.sources.sources):
        if source.isbn and not isbn_holds(source.isbn):
            message = f"{source.isbn} is not an ISBN: its check digit does not fit"
            yield _said(loaded, index, "isbn", "W306", message, "copy it from the book")


def isbn_holds(text: str) -> bool:
    """Whether ``text`` is an ISBN of ten or thirteen figures with the right check digit."""
    figures = re.sub(r"[\s\-\u2010-\u2015]", "", text).upper()
    if re.fullmatch(r"97[89]\d{10}", figures):
        return sum(int(f) * (1, 3)[n % 2] for n, f in enumerate(figures)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", figures):
        values = [10 if f == "X" else int(f) for f in figures]
        return sum(v * (10 - n) for n, v in enumerate(values)) % 11 == 0
    return False


def broken_doi(loaded: Loaded) -> Iterator[Finding]:
    """W307: a DOI does not have the form of one (ISO 26324).

    Why: It is printed and linked as an address at doi.org, which then leads nowhere.
    Wrong: doi: https://doi.org/10.1080/02634937
    Right: doi: 10.1080/02634937.2015.1008816
    Remedy: Write the number alone, from 10. on.
    """
    for index, source in enumerate(loaded.dossier.sources.sources):
        if source.doi and not re.fullmatch(r"10\.\d{4,9}(\.\d+)*/\S+", source.doi):
            message = f"{source.doi!r} is not a DOI"
            yield _said(loaded, index, "doi", "W307", message, "write it from 10. on: 10.1080/…")


ONLINE = frozenset({"webpage", "post", "post-weblog", "dataset", "software"})


def online_without_address(loaded: Loaded) -> Iterator[Finding]:
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
    for index, source in enumerate(loaded.dossier.sources.sources):
        if source.type not in ONLINE or source.archive:
            continue
        if not (source.url or source.doi or source.via):
            message, hint = f"{source.type} {source.id!r} has no address", "add url:"
        elif source.url and not (source.accessed or source.issued):
            message = f"{source.type} {source.id!r} has no date"
            hint = "add accessed: the day on which it was read"
        else:
            continue
        yield _said(loaded, index, "id", "W308", message, hint)


def source_twice(loaded: Loaded) -> Iterator[Finding]:
    """W309: two sources have the same address, DOI or ISBN, or the same title, author and date.

    Why: Cited under two names, one source looks like two that agree.
    Wrong: - {id: hrw, title: Seven Years of Conflict, url: https://www.hrw.org/az}
        - {id: hrw-2, title: Azerbaijan, url: https://www.hrw.org/az}
    Right: - {id: hrw, title: Seven Years of Conflict, url: https://www.hrw.org/az}
    Remedy: Keep one of them, and cite it with page numbers.
    """
    first: dict[object, str] = {}
    for index, source in enumerate(loaded.dossier.sources.sources):
        where = (source.page, source.number, source.volume, source.issue)
        title = source.title.casefold()
        keys: list[object] = [(title, source.author, source.container, source.issued, where)]
        if source.url:
            keys.append(("url", source.url.rstrip("/").casefold()))
        if source.doi:
            keys.append(("doi", source.doi.casefold()))
        if source.isbn and source.type != "chapter":
            keys.append(("isbn", re.sub(r"\W", "", source.isbn), title, where))
        twin = next((first[key] for key in keys if key in first), None)
        if twin is not None:
            message = f"source {source.id!r} looks like {twin!r}, entered again"
            yield _said(loaded, index, "id", "W309", message, "keep one of them")
        for key in keys:
            first.setdefault(key, source.id)


# -- quotations --------------------------------------------------------------------------------

PAGED = frozenset(
    {"book", "chapter", "thesis", "article-journal", "report", "pamphlet", "paper-conference"}
)
"""Types of source that are long and have pages."""
_MENTION = re.compile(r"@([\w-]+)(,[^;\]]*)?")
_QUOTED_WORDS = 4
_BLOCK = re.compile(
    r"^[ \t]*+/{3,}+[ \t]*+quote\b[^\n]*\n(?P<options>(?:[ \t]*[a-z]+:[^\n]*\n)*)", re.MULTILINE
)


def quotation_without_locator(loaded: Loaded) -> Iterator[Finding]:
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
        if passage.is_chapter:
            yield from _quote_blocks(passage, loaded)
        for offset, sentence in sentences(passage, passage.text):
            if not any(
                len(sentence[a:b].split()) >= _QUOTED_WORDS for a, b in quotations(sentence)
            ):
                continue
            end = _end_with_cites(passage.written, offset + len(sentence))
            for match in re.finditer(r"\[[^\[\]]*@[^\[\]]*\]", passage.written[offset:end]):
                for mention in _MENTION.finditer(match[0]):
                    source = sources.get(mention[1])
                    if source and long_enough(source) and not mention[2]:
                        at = offset + match.start() + mention.start()
                        yield _unlocated(passage, at, source.id)


def _end_with_cites(written: str, end: int) -> int:
    """Where a sentence ends with the citations that follow its full stop."""
    following = re.compile(r"\s*\[[^\[\]]*@[^\[\]]*\]").match(written, end)
    return following.end() if following else end


def _unlocated(passage: Passage, at: int, ident: str) -> Finding:
    message = f"{ident} is quoted without the page"
    return passage.finding(at, "W311", message, f"write [@{ident}, p. 12]")


def long_enough(source: model.Source) -> bool:
    """Whether a quotation in the source is hard to find without the page."""
    return source.type in PAGED and not re.fullmatch(r"\w*\d+\w*", source.page.strip())


def _quote_blocks(passage: Passage, loaded: Loaded) -> Iterator[Finding]:
    for match in _BLOCK.finditer(passage.written):
        options = dict(re.findall(r"^[ \t]*([a-z]+):[ \t]*(.*)$", match["options"], re.MULTILINE))
        ident, comma, _ = options.get("source", "").partition(",")
        source = loaded.dossier.bibliography.get(ident.strip().lstrip("@"))
        if source and long_enough(source) and not comma and not options.get("at"):
            at = match.start("options") + match["options"].index("source")
            yield _unlocated(passage, at, source.id)


def quotation_without_source(loaded: Loaded) -> Iterator[Finding]:
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
    for passage in passages(loaded):
        if not passage.is_chapter:
            continue
        for begin, opened, end in quote_blocks(passage.written):
            body = passage.written[opened:end]
            if not re.search(r"^[ \t]*+source:", body, re.MULTILINE) and "@" not in body:
                message = "this quotation does not say where it is from"
                hint = "add source: and the id, with the page, under the ///"
                yield passage.finding(begin, "W312", message, hint)


def chapter_without_citation(loaded: Loaded) -> Iterator[Finding]:
    """W313: a chapter of more than eighty words cites nothing.

    Why: Every statement of a dossier can be looked up; a chapter without a note cannot.
    Wrong: The town fell in July.
    Right: The town fell in July [@taz-0726].
    Remedy: Cite the sources of its statements.
    """
    for passage in passages(loaded):
        if passage.is_chapter and "@" not in passage.written:
            facts = "{fact:" in passage.written
            if len(passage.text.split()) > _LONG_CHAPTER and not facts:
                message = "this chapter cites nothing"
                yield passage.finding(0, "W313", message, "cite the sources of its statements")


_LONG_CHAPTER = 80
