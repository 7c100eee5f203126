"""The kinds of ``///`` block: every template in ``templates/blocks/`` is one.

A kind says by its template alone what it takes: whatever the template reads of ``title``, ``body``
and ``options`` is what an author may write; anything else is reported rather than lost. A template
that reads ``cites`` takes the options ``source: dewaal, p. 12`` and ``at:``, one that reads
``lang`` takes ``lang: az``. Title, body and options are HTML and have no place inside an attribute;
``lang`` is plain text. A template that reads ``lines`` in the place of ``body`` gets the text line
by line: a list of stanzas, each a list of lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import jinja2
from jinja2 import meta, nodes

FOLDER = "blocks/"

THINGS: Mapping[str, str] = {"figure": "image", "plate": "plate"}
"""Names by which a template reads the thing that the block's title names, and its kind."""


SPECIAL: Mapping[str, str] = {"source": "cites", "at": "cites", "lang": "lang"}
"""Options that the press reads itself, and what a template reads that wants them."""


@dataclass(frozen=True)
class BlockKind:
    """What one template takes."""

    name: str
    title: bool
    body: bool
    lines: bool
    """Whether each line of the source is a line of the page."""
    options: frozenset[str]
    thing: str = ""
    """``figure`` or ``plate`` where the title is the id of one."""


@lru_cache(maxsize=4)
def kinds(templates: jinja2.Environment) -> Mapping[str, BlockKind]:
    """The kinds of block by name, read once of an environment, whose templates stay the same.

    Raises jinja2.TemplateError for a template that is broken.
    """
    names = templates.list_templates(filter_func=_is_block)
    return MappingProxyType({(kind := _kind(templates, name)).name: kind for name in sorted(names)})


def _is_block(name: str) -> bool:
    return name.startswith(FOLDER) and name.endswith(".html") and name.count("/") == 1


def _kind(templates: jinja2.Environment, template: str) -> BlockKind:
    source = templates.loader.get_source(templates, template)[0] if templates.loader else ""
    tree = templates.parse(source, name=template)
    read = meta.find_undeclared_variables(tree)
    thing = next((name for name in THINGS if name in read), "")
    special = {name for name, needs in SPECIAL.items() if needs in read and not thing}
    return BlockKind(
        name=template.removeprefix(FOLDER).removesuffix(".html"),
        title=bool(thing) or "title" in read,
        body="body" in read or "lines" in read,
        lines="lines" in read,
        options=frozenset(_options(tree)) | special,
        thing=thing,
    )


def _options(tree: nodes.Template) -> set[str]:
    """The names in ``options.name`` and ``options["name"]``."""
    found: set[str] = set()
    for access in tree.find_all((nodes.Getattr, nodes.Getitem)):
        match access:
            case nodes.Getattr(node=nodes.Name(name="options"), attr=name):
                found.add(name)
            case nodes.Getitem(node=nodes.Name(name="options"), arg=nodes.Const(value=name)):
                found.add(str(name))
    return found
