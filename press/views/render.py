"""Stage 6: a book and an edition become one HTML document."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Protocol

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    nodes,
)
from jinja2.meta import find_referenced_templates
from jinja2.sandbox import ImmutableSandboxedEnvironment

from press import locale
from press.base.document import Document
from press.base.finding import ContentError, Finding, refusal
from press.design.editions import Edition
from press.design.styles import Style


class Page(Protocol):
    """A view that a template prints: what it holds is between the two, but it has a language."""

    @property
    def language(self) -> str:
        """The language of its words."""
        ...


class _Named(BaseLoader):
    """Templates under their own names, which Jinja then gives with every error and its line."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources

    def get_source(self, _: Environment, template: str) -> tuple[str, str, None]:
        if template not in self.sources:
            raise TemplateNotFound(template)
        return self.sources[template], template, None

    def list_templates(self) -> list[str]:
        return sorted(self.sources)


def environment(files: Mapping[str, bytes]) -> Environment:
    """A sandbox over the templates in ``files`` ("templates/…"): no disk, no undefined values.

    Raises ContentError for a template that is not UTF-8.
    """
    prefix = "templates/"
    sources = {
        name.removeprefix(prefix): _decoded(name, raw)
        for name, raw in files.items()
        if name.startswith(prefix)
    }
    return ImmutableSandboxedEnvironment(
        loader=_Named(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


_FAULTS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a template can raise: Jinja's own errors, and those of what it computes."""


def _decoded(name: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"template fails: byte {raw[error.start]:#04x} is not UTF-8"
        hint = "save the file as UTF-8 in your editor"
        raise refusal(name, "T501", message, hint, line=line) from None


def render(
    book: Page,
    edition: Edition,
    style: Style,
    templates: Environment,
    pictures: Mapping[str, bytes],
) -> Document:
    """The document and the files that it may read; raises ContentError for a faulty template."""
    name = f"editions/{edition.template_name}.html"
    sheets = style.linked()
    try:
        text = templates.get_template(name).render(
            book=book,
            edition=edition,
            language=book.language,
            w=locale.messages(book.language),
            stylesheets=list(sheets),
        )
    except _FAULTS as error:
        raise ContentError([template_finding(name, error)]) from error
    if edition.partial:
        text = living_links(text)
    return Document(plain_links(text), {**sheets, **style.files, **pictures}, edition.variant)


def prints(templates: Environment, edition: Edition, fields: Collection[str]) -> bool:
    """Whether the edition's template, or one that it includes, names one of these ``fields``.

    A faulty template might; rendering says what is wrong with it.
    """
    todo, seen = [f"editions/{edition.template_name}.html"], set[str]()
    try:
        while todo:
            seen.add(name := todo.pop())
            tree = templates.parse(templates.loader.get_source(templates, name)[0])  # type: ignore[union-attr]
            for part in tree.find_all(nodes.Getattr):
                if part.attr in fields and part.node == nodes.Name("book", "load"):
                    return True
            todo += {other or "" for other in find_referenced_templates(tree)} - seen
    except TemplateError:
        return True
    return False


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


def template_finding(name: str, error: Exception) -> Finding:
    """What is wrong with a template, at its line."""
    file, line = getattr(error, "filename", None) or name, getattr(error, "lineno", 0) or 0
    if not line:
        trace = error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename.endswith(".html"):
                file, line = code.co_filename, trace.tb_lineno
            trace = trace.tb_next
    words = getattr(error, "message", None) or str(error) or type(error).__name__
    message = f"template fails: {' '.join(words.split())}"
    hint = "correct the template; the fields it may print are listed in press/views/book.py"
    return Finding(f"templates/{file}", line, 0, "T501", message, hint)
