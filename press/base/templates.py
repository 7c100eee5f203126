"""Templates: read from memory into a sandbox, filled in, and their faults said at their lines."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from press.base.finding import ContentError, Finding, refusal

FAULTS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a template can raise: Jinja's own errors, and those of what it computes."""


class _Named(DictLoader):
    """Templates under their own names, which Jinja then gives with every error and its line."""

    def get_source(  # type: ignore[override]  # theirs has no name
        self, environment: Environment, template: str
    ) -> tuple[str, str, None]:
        source, _, _ = super().get_source(environment, template)
        return source, template, None


def environment(files: Mapping[str, bytes]) -> Environment:
    """A sandbox over the templates in ``files`` ("templates/…"): no disk, no undefined values.

    The same templates have the same sandbox, in which each is compiled once. Raises ContentError
    for a template that is not UTF-8.
    """
    prefix = "templates/"
    sources = (
        (name.removeprefix(prefix), _decoded(name, raw))
        for name, raw in files.items()
        if name.startswith(prefix)
    )
    return _sandbox(tuple(sorted(sources)))


@lru_cache(maxsize=4)
def _sandbox(sources: tuple[tuple[str, str], ...]) -> Environment:
    return ImmutableSandboxedEnvironment(
        loader=_Named(dict(sources)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


def _decoded(name: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"template fails: byte {raw[error.start]:#04x} is not UTF-8"
        hint = "save the file as UTF-8 in your editor"
        raise refusal(name, "T501", message, hint, line=line) from None


def filled(templates: Environment, name: str, /, **values: object) -> Markup:
    """A template with values for its fields; raises ContentError for a faulty one."""
    try:
        made = templates.get_template(name).render(values)
    except FAULTS as error:
        raise ContentError([template_finding(name, error)]) from error
    return Markup(made)  # noqa: S704 - our own template, which escapes what authors wrote


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
    says = "prose/blocks.py" if file.startswith("blocks/") else "views/book.py"
    hint = f"correct the template; press/{says} says what it may print"
    return Finding(f"templates/{file}", line, 0, "T501", message, hint)
