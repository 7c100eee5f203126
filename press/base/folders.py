"""The project's folders: its dossiers and themes, its templates and styles, its output."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def slug_of(word: str) -> str:
    """The dossier that a word names: ``x``, or its folder as a shell completes it."""
    given = Path(word)
    inside = (ROOT / "content", Path("content"))
    return given.name if given.parent in inside or given.parent.absolute() in inside else word


def slugs() -> tuple[str, ...]:
    """The dossiers under content/, by folder name."""
    content = ROOT / "content"
    if not content.is_dir():
        return ()
    folders = (p.name for p in content.iterdir() if p.is_dir())
    return tuple(sorted(name for name in folders if not name.startswith((".", "_"))))


def output(slug: str) -> Path:
    """The folder into which a dossier's PDFs go; it need not be there yet."""
    return ROOT / "output" / slug


def themes() -> tuple[str, ...]:
    """The themes, by file name."""
    return tuple(sorted(p.stem for p in (ROOT / "styles" / "themes").glob("*.css")))
