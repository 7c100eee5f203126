"""The project's folders: its dossiers, themes and papers, its templates and styles, its output."""

from __future__ import annotations

from pathlib import Path

from press import snapshot
from press.snapshot import Snapshot

ROOT = Path(__file__).resolve().parent.parent


def slugs() -> tuple[str, ...]:
    """The dossiers under content/, by folder name."""
    content = ROOT / "content"
    if not content.is_dir():
        return ()
    folders = (p.name for p in content.iterdir() if p.is_dir())
    return tuple(sorted(name for name in folders if not name.startswith((".", "_"))))


def content(slug: str) -> Snapshot:
    """The files of a dossier; raises Failure where one cannot be read."""
    return snapshot.read(ROOT / "content" / slug, f"content/{slug}")


def output(slug: str) -> Path:
    """The folder into which a dossier's PDFs go; it need not be there yet."""
    return ROOT / "output" / slug


def themes() -> tuple[str, ...]:
    """The themes, by file name."""
    return tuple(sorted(p.stem for p in (ROOT / "styles" / "themes").glob("*.css")))


def papers() -> tuple[str, ...]:
    """The papers, by file name."""
    return tuple(sorted(p.stem for p in (ROOT / "styles" / "papers").glob("*.css")))


def engine() -> dict[str, bytes]:
    """Templates and styles, read once."""
    return {
        f"{part}/{name}": raw
        for part in ("templates", "styles")
        for name, raw in snapshot.read(ROOT / part).files.items()
    }
