"""The verb ``docs``: every page and schema that is made from the code, made anew.

Nobody who prints a dossier needs it; it is for those who change what the pages are made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from press.base import folders
from press.cli.console import CLEAN
from press.design.editions import EDITIONS
from tools.docs.checks_page import checks_page
from tools.docs.classes_page import PLATES, class_names, classes_page
from tools.docs.schemas import schemas

BEGIN, END = "<!-- from press/design/editions.py: python3 build.py docs -->", "<!-- to here -->"
"""What stands around the table of editions in its page."""


def docs() -> int:
    """Writes what is not as it should be."""
    stale = {name: text for name, text in generated().items() if _there(name) != text}
    for name, text in stale.items():
        (folders.ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (folders.ROOT / name).write_text(text, "utf-8")
        print(f"{name}: made anew")
    if not stale:
        print("every page and schema is as it should be")
    return CLEAN


def generated() -> Mapping[str, str]:
    """The text of each file that is made from the code, by its place in the project."""
    return {
        "docs/checks.md": checks_page(),
        "docs/classes.md": classes_page(),
        "press/design/page_classes.txt": class_names(),
        "press/design/plate_classes.txt": class_names(PLATES),
        "docs/editions.md": _with_table(_there("docs/editions.md")),
        **{f"press/schema/{name}": text for name, text in schemas()},
    }


def _there(name: str) -> str:
    """The text of a file as it is; empty where there is none."""
    file = folders.ROOT / name
    return file.read_text("utf-8") if file.is_file() else ""


def _with_table(page: str) -> str:
    """The page of editions with its table as the rows have it."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return "\n".join([f"{before}{BEGIN}", "", *_table(), "", f"{END}{after}"])


def _table() -> Iterator[str]:
    """The lines of the table: each edition, what it is, and on which papers it can be set."""
    yield "| edition | what it is | papers |"
    yield "|---|---|---|"
    for edition in EDITIONS.values():
        papers = ", ".join(f"`{paper}`" for paper in edition.papers)
        yield f"| `{edition.name}` | {edition.title} | {papers} |"
    yield from ("", "What each leaves out, and why:", "", "| edition | leaves out |", "|---|---|")
    alike: dict[str, list[str]] = {}
    for edition in EDITIONS.values():
        listed = "; ".join(f"{what}: {why}" for why, what in edition.left_out.items())
        alike.setdefault(listed, []).append(f"`{edition.name}`")
    yield from (f"| {', '.join(names)} | {what} |" for what, names in alike.items())
