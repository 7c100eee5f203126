"""Stage 6: a book and an edition become one HTML document."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from jinja2 import Environment, TemplateError, nodes
from jinja2.meta import find_referenced_templates

from press import locale
from press.base.document import Document
from press.base.templates import filled
from press.design.editions import Edition
from press.design.styles import Style
from press.prose.printer import calls_follow
from press.views.note_calls import clear_of_figures


class Page(Protocol):
    """A view that a template prints: what it holds is between the two, but it has a language."""

    @property
    def language(self) -> str:
        """The language of its words."""
        ...


def render(
    book: Page,
    edition: Edition,
    style: Style,
    templates: Environment,
    pictures: Mapping[str, bytes],
) -> Document:
    """The document and the files that it may read; raises ContentError for a faulty template."""
    name = f"editions/{edition.template_name}.html"
    document = laid_out(templates, name, style, book.language, book=book, edition=edition)
    text = living_links(document.text) if edition.partial else document.text
    text = clear_of_figures(text, calls_follow(book.language))
    return replace(
        document,
        text=whole_addresses(plain_links(text)),
        files={**document.files, **pictures},
        variant=edition.variant,
    )


def laid_out(
    templates: Environment, name: str, style: Style, language: str, **values: object
) -> Document:
    """A template filled in, with the sheets of a style and the words of a language."""
    sheets = style.linked()
    text = filled(
        templates,
        name,
        language=language,
        w=locale.messages(language),
        stylesheets=list(sheets),
        **values,
    )
    return Document(text, {**sheets, **style.files})


def prints(templates: Environment, edition: Edition, fields: Collection[str]) -> bool:
    """Whether the edition's template, or one that it includes, names one of these ``fields``.

    A faulty template might; rendering says what is wrong with it.
    """
    todo, seen = [f"editions/{edition.template_name}.html"], set[str]()
    try:
        while todo:
            seen.add(name := todo.pop())
            of_the_book, included = _named_in(templates, name)
            if not of_the_book.isdisjoint(fields):
                return True
            todo += included - seen
    except TemplateError:
        return True
    return False


@lru_cache(maxsize=256)
def _named_in(templates: Environment, name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The fields of the book that a template names, and the templates that it includes."""
    tree = templates.parse(templates.loader.get_source(templates, name)[0])  # type: ignore[union-attr]
    book = nodes.Name("book", "load")
    fields = (part.attr for part in tree.find_all(nodes.Getattr) if part.node == book)
    return frozenset(fields), frozenset(other or "" for other in find_referenced_templates(tree))


_LINK = re.compile(r"<a (?P<attributes>[^<>]*)>(?P<inside>(?:(?!</a>).)*)</a>", re.DOTALL)
_ID = re.compile(r'\bid="[^"]*"\s*')


_TARGET = re.compile(r'\bid="([^"]+)"')
_INNER = re.compile(r'<a [^<>]*href="#([^"]+)"[^<>]*>((?:(?!</a>).)*)</a>', re.DOTALL)
_PAGE = re.compile(r'(?:,\s*[^\s<>,]*\s*)?<span class="page-ref" data-page-of="([^"<>]+)">0</span>')


def living_links(text: str) -> str:
    """``text`` without the links, and the page numbers, of what is not in it; their words stay."""
    targets = set(_TARGET.findall(text))
    text = _PAGE.sub(lambda page: page[0] if page[1] in targets else "", text)
    return _INNER.sub(lambda link: link[0] if link[1] in targets else link[2], text)


def plain_links(text: str) -> str:
    """``text`` with links that hold words only: the link goes inside italics, not around them.

    WeasyPrint makes every element inside a link an annotation of its own and tags it as what it
    is, which PDF/UA-1 forbids (clause 7.18.5). The link's id stays on its first part.
    """

    def spread(link: re.Match[str]) -> str:
        if "<" not in link["inside"]:
            return link[0]
        attributes, parts = link["attributes"], []
        for part in re.split(r"(<[^<>]+>)", link["inside"]):
            if not part or part.startswith("<"):
                parts.append(part)
            else:
                parts.append(f"<a {attributes}>{part}</a>")
                attributes = _ID.sub("", attributes)
        return "".join(parts)

    return _LINK.sub(spread, text)


_ADDRESS = r"https?://[^\s<>]{24,}"
_LINKED_ADDRESS = re.compile(rf"<a ([^<>]*)>(?={_ADDRESS}</a>)")
_TAG_OR_ADDRESS = re.compile(rf"<[^<>]*>|{_ADDRESS}")


def whole_addresses(text: str) -> str:
    """``text`` with long addresses marked, so that they may break and no hyphen gets into them."""
    linked = False

    def mark(found: re.Match[str]) -> str:
        nonlocal linked
        part = found[0]
        if part.startswith("<"):
            linked = part.startswith("<a ") or (linked and part != "</a>")
            return part
        return part if linked else f'<span class="address">{part}</span>'

    marked = _TAG_OR_ADDRESS.sub(mark, str(text))
    return _LINKED_ADDRESS.sub(r'<a class="address" \1>', marked)
