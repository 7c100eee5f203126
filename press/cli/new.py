"""The verb ``new``: the first files of a dossier, after four questions."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from press.base import folders
from press.base.finding import InputError
from press.base.request import Request
from press.cli.console import CLEAN, usage
from press.content.project import read_project
from press.starter.answers import NewDossier, kind_of, kinds, language_of, span_of, title_of
from press.starter.begin import files

T = TypeVar("T")


def new(request: Request) -> int:
    """Writes a dossier that can be built as it is; asks for what no option says.

    Raises SystemExit 2 for an answer that is none, and for a folder that is there.
    """
    if len(request.words) > 1:
        raise usage("new makes one folder; put a title of several words in quotes: --title")
    answers = NewDossier(
        _asked(request.title, "--title", "What is it called?", title_of),
        _asked(request.language, "--language", "In which language? (en, de, fr …)", language_of),
        _asked(request.span, "--span", "From when to when? (1871, 1871–1873)", span_of),
        _asked(request.about, "--about", f"What is it about? ({', '.join(kinds())})", kind_of),
    )
    folder = _folder(request.words[0] if request.words else answers.slug)
    paper = read_project().preferences.paper or "a4"
    texts = files(answers, folder.name, datetime.now(UTC).date().isoformat(), paper)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    own = f"content/{folder.name}"
    print(f"{own}: {len(texts)} files for “{answers.title}”, {answers.span.text}")
    print(f"next: python3 build.py {folder.name}     prints it; then change {own}/dossier.yaml")
    return CLEAN


def _asked(given: str, option: str, question: str, read: Callable[[str], T]) -> T:
    """What an option says, or the terminal; a wrong answer is said, and asked for again."""
    if given or not sys.stdin.isatty():
        try:
            if not given:
                raise InputError("nobody is there to be asked", f"give {option}")
            return read(given)
        except InputError as error:
            raise usage(f"{option}: {error.message}; {error.hint}") from None
    while True:
        print(question, end=" ", flush=True)
        line = sys.stdin.readline()
        if not line:
            raise usage(f"no answer; give {option}")
        try:
            return read(line)
        except InputError as error:
            print(f"  {error.message}; {error.hint}")


def _folder(word: str) -> Path:
    """Where the dossier goes, under content/. Raises SystemExit 2 where it cannot go."""
    slug = folders.slug_of(word.rstrip("/"))
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
        hint = "name a folder with small letters, digits and hyphens, like my-town"
        raise usage(f"a dossier lies under content/, and {word!r} cannot; {hint}")
    folder = folders.ROOT / "content" / slug
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise usage(f"content/{slug} is there already; name another folder, or remove it")
    return folder
