"""The page of CSS classes, docs/classes.md: what prints each, and what styles it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from press.base import folders
from press.design.plate_css import PLATE
from press.design.stylesheets import FOLDERS, LOCAL
from tools.docs.css_classes import in_drawing, in_module, in_template, rules_of

Files = Mapping[str, tuple[str, ...]]
"""The files of each class. They stand without lines, which would change with every other edit."""

_ADDED = (FOLDERS["theme"], LOCAL)
"""Style sheets that come on top of the press's own."""
_STYLE = re.compile(r"(?<=<style>).*?(?=</style>)", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """Classes that have nothing to do with those of another: who prints them, and what styles them.

    Both are beginnings of files; what begins like one of ``apart`` belongs to another section.
    """

    title: str
    note: str
    printed: tuple[str, ...]
    styled: tuple[str, ...]
    apart: tuple[str, ...] = ()

    def holds(self, file: str, beginnings: tuple[str, ...]) -> bool:
        """Whether ``file`` has classes of this section."""
        return file.startswith(beginnings) and not file.startswith(self.apart)


PAGES = Section(
    "On pages",
    "Classes of HTML, which every style sheet but `plate.css` may style.",
    (
        "templates/",
        "press/classroom/",
        "press/prose/",
        "press/views/",
        "press/typeset/",
        "press/plates/signs.py",
    ),
    ("styles/", "templates/"),
    apart=("templates/reports/", "styles/reports/", PLATE, *_ADDED),
)
PLATES = Section(
    "Inside plates",
    "Classes of what is drawn, which `plate.css` alone reaches; what each is, stands at its head.",
    ("press/plates/",),
    (PLATE,),
)
REPORT = Section(
    "In the report of differences",
    "Classes of the page that `build.py diff` writes, which has a style sheet of its own.",
    ("templates/reports/",),
    ("styles/reports/",),
)


@dataclass(frozen=True)
class ClassPlaces:
    """The classes of a section: where each is printed, styled, and named to style what is near."""

    printed: Files
    styled: Files
    near: Files

    @property
    def unstyled(self) -> list[str]:
        """What is printed, and named by no rule."""
        return sorted(self.printed.keys() - self.styled.keys() - self.near.keys())

    @property
    def unprinted(self) -> list[str]:
        """What rules name, and nothing prints."""
        return sorted({*self.styled, *self.near} - self.printed.keys())


def classes_page() -> str:
    """The text of docs/classes.md."""
    files = _sources()
    sections = [(section, classes_of(section, files)) for section in (PAGES, PLATES, REPORT)]
    return "\n".join([_HEAD, *(line for one in sections for line in _section(*one))])


def class_names(section: Section = PAGES) -> str:
    """The classes on pages, against which themes go, or on plates; a line for each."""
    there = classes_of(section, _sources())
    return "".join(f"{one}\n" for one in sorted(there.printed))


_HEAD = """\
# CSS classes

Each class that a page may have, what prints it (a template, a block in `blocks/`, or a module), and
the style sheets whose rules style it. `python3 build.py docs` makes this page from `templates/`,
`styles/` and `press/`, and a test holds it fresh. Themes and `local.css` come on top
of what stands here; `docs/styling.md` says where to write your own rules.
"""


def _sources() -> Mapping[str, str]:
    """The text of every template, style sheet and module, by its place in the project."""
    return {
        path.relative_to(folders.ROOT).as_posix(): path.read_text("utf-8")
        for pattern in ("templates/**/*.html", "styles/**/*.css", "press/**/*.py")
        for path in sorted(folders.ROOT.glob(pattern))
    }


def classes_of(section: Section, files: Mapping[str, str]) -> ClassPlaces:
    """The classes of a section of ``files``, which are texts by name."""
    return _places(section, tuple(files.items()))


@cache
def _places(section: Section, files: tuple[tuple[str, str], ...]) -> ClassPlaces:
    """The same, looked up once for what several pages list."""
    rules = [
        (name, rule)
        for name, text in files
        if section.holds(name, section.styled)
        for rule in rules_of(text if name.endswith(".css") else _styles(text))
    ]
    styled = _by_class((name, rule.own) for name, rule in rules)
    near = _by_class((name, rule.others) for name, rule in rules)
    printed = _by_class(
        (name, _printed(section, name, text, {*styled, *near}))
        for name, text in files
        if section.holds(name, section.printed)
    )
    return ClassPlaces(printed, styled, near)


def _by_class(found: Iterable[tuple[str, Iterable[str]]]) -> Files:
    """The files of each class, in the order in which they were ``found``."""
    files = defaultdict[str, dict[str, None]](dict)
    for file, classes in found:
        for one in classes:
            files[one][file] = None
    return {one: tuple(at) for one, at in files.items()}


def _printed(section: Section, name: str, text: str, known: Iterable[str]) -> Iterable[str]:
    """The classes that a template or a module prints."""
    if name.endswith(".html"):
        return in_template(text)
    return in_drawing(name, text, known) if section is PLATES else in_module(name, text)


def _styles(template: str) -> str:
    """The style sheets that a template holds."""
    return "\n".join(_STYLE.findall(re.sub(r"\{[{%].*?[%}]\}", "0", template)))


# -- the page --------------------------------------------------------------------------------------


def _section(section: Section, there: ClassPlaces) -> Iterator[str]:
    yield f"## {section.title}\n"
    yield f"{section.note}\n"
    if there.unstyled:
        yield f"No rule names, and a theme may style: {_named(there.unstyled)}.\n"
    if there.unprinted:
        yield f"Rules name, and nothing prints: {_named(there.unprinted)}.\n"
    yield "| class | printed by | styled by |"
    yield "|---|---|---|"
    for one in sorted({*there.printed, *there.styled, *there.near}):
        by = _listed(there.printed.get(one, ())) or "nothing"
        styled = _listed(there.styled.get(one, ()))
        near = _listed(there.near.get(one, ()))
        yield f"| `{one}` | {by} | {styled or (near and f'what is near: {near}') or 'nothing'} |"
    yield ""


def _named(classes: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in classes)


def _listed(files: Iterable[str]) -> str:
    """Files as they are printed, those of templates and styles without their folder."""
    short = (file.removeprefix("templates/").removeprefix("styles/") for file in files)
    return ", ".join(f"`{name}`" for name in short)
