"""The last look at a finished PDF: what acts, or comes from elsewhere, is refused."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from press.output.scan import Finished, scan

NAMES = (
    "/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE",
    "/RichMedia", "/OpenAction", "/AA", "/FileAttachment", "/XFA", "/AcroForm", "/Rendition",
    "/Movie", "/Sound", "/Screen", "/URLS", "/GoTo3DView",
)  # fmt: skip
"""Names that stand for something that acts, or that is fetched (ISO 32000-2, 12.6 and 12.7)."""


ADDRESS = {"/Type": Name.Action, "/S": Name.URI, "/URI": "https://example.org/"}
"""An action that opens an address."""


def link(more: Mapping[str, object]) -> Dictionary:
    """A link on a page, as the press itself makes them, with something more or other."""
    plain = {"/Type": Name.Annot, "/Subtype": Name.Link, "/Rect": [0, 0, 9, 9]}
    return Dictionary({**plain, **more})


def lay(pdf: Pdf, annotation: Dictionary) -> None:
    """Lays an annotation on the page."""
    pdf.pages[0].Annots = Array([pdf.make_indirect(annotation)])


def acting(action: Mapping[str, object]) -> Callable[[Pdf], None]:
    """Lays a link with an action on the page."""
    return lambda pdf: lay(pdf, link({"/A": Dictionary(action)}))


def in_catalog(pdf: Pdf, name: str) -> None:
    pdf.Root[name] = Dictionary()


def as_value_in_catalog(pdf: Pdf, name: str) -> None:
    pdf.Root.PieceInfo = Dictionary(S=Name(name))


def in_name_tree(pdf: Pdf, name: str) -> None:
    pdf.Root.Names = Dictionary({name: Dictionary(Names=Array())})


def in_page(pdf: Pdf, name: str) -> None:
    pdf.pages[0].obj[name] = Dictionary()


def in_annotation(pdf: Pdf, name: str) -> None:
    lay(pdf, link({name: Dictionary()}))


def in_stream(pdf: Pdf, name: str) -> None:
    stream = pdf.make_stream(b"")
    stream[name] = Dictionary()
    pdf.Root.PieceInfo = stream


PLACES = (in_catalog, as_value_in_catalog, in_name_tree, in_page, in_annotation, in_stream)


def codes(change: Callable[[Pdf], object], content: Mapping[str, bytes] | None = None) -> list[str]:
    """The codes of what is found in a page with something changed, beside an author's files."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(out)
    return [finding.code for finding in scan(Finished("a.pdf", out.getvalue(), content or {}))]


def test_a_page_with_a_link_is_let_through() -> None:
    """What the press makes itself is not refused."""
    assert [] == codes(acting(ADDRESS))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_what_acts_is_refused_everywhere(name: str, place: Callable[[Pdf, str], None]) -> None:
    """Each name is found as a key and as a value, in whatever object it stands."""
    assert "O611" in codes(lambda pdf: place(pdf, name))


@pytest.mark.parametrize("subtype", ["/Widget", "/FreeText", "/Text", "/3D", "/Popup"])
def test_only_links_lie_on_pages(subtype: str) -> None:
    """No form, note or model lies on a page."""
    assert "O611" in codes(lambda pdf: lay(pdf, link({"/Subtype": Name(subtype)})))


@pytest.mark.parametrize("kind", ["/Named", "/Hide", "/Thread", "/SetOCGState", "/Trans"])
def test_links_open_addresses_and_pages_only(kind: str) -> None:
    """No other action is let through."""
    assert "O611" in codes(acting({**ADDRESS, "/S": Name(kind)}))


def test_a_link_does_one_thing() -> None:
    """An action that another follows is refused, though both are of kinds that are allowed."""
    assert "O611" in codes(acting({**ADDRESS, "/Next": Dictionary(ADDRESS)}))


def test_a_stream_in_another_file_is_refused() -> None:
    """What a PDF shows is in it."""

    def change(pdf: Pdf) -> None:
        pdf.Root.PieceInfo = pdf.make_stream(b"")
        pdf.Root.PieceInfo["/F"] = pikepdf.String("elsewhere.bin")

    assert "O612" in codes(change)


@pytest.mark.parametrize(
    "words", ["/home/alice/letters", "/root/x", r"C:\Users\alice", "file:/etc/x"]
)
def test_a_folder_of_a_machine_is_found_unless_the_author_wrote_it(words: str) -> None:
    """A dossier may speak of /home; what the press itself lets slip is found beside any dossier."""

    def change(pdf: Pdf) -> None:
        pdf.Root.PieceInfo = Dictionary(Said=pikepdf.String(words))

    others = {"dossier.yaml": b"title: Letters", "images/a.png": words.encode()}
    assert codes(change) == codes(change, others) == ["O614"]
    assert [] == codes(change, {**others, "chapters/01.md": b"in " + words.encode()})
