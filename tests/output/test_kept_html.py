"""What ``build --keep-html`` writes beside a PDF."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
import pytest

from press.base.finding import ContentError
from press.cli import console, main
from press.output import kept_html
from press.typeset.engine import HTML

ADDRESS = re.compile(r"""(?:\b(?:src|href)="|url\(")([^"#][^"]*)\"""")


def keep(edition: str = "dossier") -> int:
    """What ``build --keep-html`` returns."""
    return main.main(["build", "--keep-html", "--edition", edition])


def words(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [" ".join(page.get_textpage().get_text_range().split())
            for page in pypdfium2.PdfDocument(pdf)]  # fmt: skip


def test_the_folder_is_what_was_set(built_tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It stands on its own: all that it names is in it, and setting it gives the same pages.

    It is written for a PDF that is there already, too.
    """
    tiny = built_tiny
    before = (tiny / "output/tiny/tiny-dossier.pdf").read_bytes()
    assert console.CLEAN == keep()
    page = tiny / "output/tiny/tiny-dossier-html/index.html"
    assert f"{page.relative_to(tiny)}: to be opened" in capsys.readouterr().out
    assert before == (tiny / "output/tiny/tiny-dossier.pdf").read_bytes()
    named = {
        (file.parent / unquote(address)).resolve()
        for file in (page, *page.parent.glob("sheets/*.css"))
        for address in ADDRESS.findall(file.read_text())
        if not address.startswith(("data:", "http:", "https:", "mailto:"))
    }
    kept = {file.resolve() for file in page.parent.rglob("*") if file.is_file()}
    assert {"main.css", "paper.css", "edition.css", "theme.css"} <= {file.name for file in named}
    assert named == kept - {page}
    again = HTML(filename=page).write_pdf()
    assert again is not None
    assert words(before) == words(again)


def test_a_page_that_stops_the_build_is_kept(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who broke the look sees it in a browser, though no PDF is made; nothing old is shown."""
    (tiny / "styles/local.css").write_text(".chapter > p { margin-left: 300mm }\n")
    assert console.FINDINGS == keep()
    said = capsys.readouterr().out
    assert "tiny-dossier.pdf: not built" in said
    assert "tiny-dossier-html/index.html: to be opened" in said
    assert "300mm" in (tiny / "output/tiny/tiny-dossier-html/sheets/local.css").read_text()
    (tiny / "styles/local.css").write_text(":root { --text: nonsense }\n")
    assert console.FINDINGS == keep()
    assert "index.html" not in capsys.readouterr().out
    assert not (tiny / "output/tiny/tiny-dossier-html/index.html").exists()


def test_addresses_lead_from_the_folder_of_the_style_sheets() -> None:
    """A style sheet names files from the root of the press; a browser has no such root."""
    sheet = b'@font-face{src:url("/styles/fonts/a.otf")} .b{background:url("data:image/png,c")}'
    files = {"sheets/main.css": sheet, "styles/fonts/a.otf": b'url("/', "images/d e.png": b"d"}
    kept = kept_html.with_files("<p>", files)
    assert sheet.replace(b"/styles", b"../styles") == kept["sheets/main.css"]
    assert {**files, "sheets/main.css": kept["sheets/main.css"], "index.html": b"<p>"} == kept


def test_the_page_takes_its_place_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is there has all its files."""
    written: list[str] = []
    monkeypatch.setattr(kept_html, "place", lambda _, target, __: written.append(target.name))
    kept_html.put(tmp_path / "x.pdf", kept_html.with_files("<p>", {"sheets/main.css": b""}))
    assert ["main.css", "index.html"] == written


@pytest.mark.parametrize("link", ["x-html", "x-html/sheets", "x-html/index.html"])
def test_nothing_is_written_through_a_link(tmp_path: Path, link: str) -> None:
    """A link in the place of a folder or a file is told (O604), and what it leads to stays."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / link).parent.mkdir(exist_ok=True)
    (tmp_path / link).symlink_to(outside)
    kept = kept_html.with_files("<p>", {"sheets/main.css": b""})
    with pytest.raises(ContentError, match="O604"):
        kept_html.put(tmp_path / "x.pdf", kept)
    assert not list(outside.iterdir())


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the folder's place is a finding, no fault of the press."""
    (tmp_path / "x-html").write_text("mine")
    with pytest.raises(ContentError, match="O601"):
        kept_html.put(tmp_path / "x.pdf", {"index.html": b"<p>"})
    assert "mine" == (tmp_path / "x-html").read_text()
