"""Two states compared: facts by their address, sentences, and pages side by side."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest

from press.base import folders
from press.base.finding import ContentError
from press.cli import main
from press.content.load import Loaded, load
from press.content.snapshot import Snapshot, engine_files
from press.content.yaml import Loc
from press.diff import compare, state
from press.diff.alignment import matched
from press.diff.change import words
from press.diff.facts import _home, changes
from press.diff.page_words import read
from press.diff.pages import PagePair
from press.diff.pages import compared as compared_pages
from press.diff.prose import paragraphs
from press.diff.report import Comparison, _placed, _titled, report, summary
from press.pipeline import Made
from press.typeset.folios import listed
from tests.conftest import EXAMPLE, Changed, once, set_edition

MATTERHORN = EXAMPLE


def edited(snapshot: Snapshot, edits: Mapping[str, tuple[str, str]]) -> Snapshot:
    """The snapshot with words in its files exchanged; each must be there."""
    files = dict(snapshot.files)
    for name, (old, new) in edits.items():
        text = files[name].decode("utf-8")
        assert old in text, f"{name} has no {old!r}"
        files[name] = text.replace(old, new, 1).encode("utf-8")
    return Snapshot(snapshot.slug, snapshot.label, files)


EDITS = {
    "gazetteer.yaml": ("village\n", "town\n"),
    "chronology.yaml": ("title: The fall", "title: The accident"),
    "chapters/01-the-mountain.md": ("resisted every party", "long resisted every single party"),
}


@pytest.fixture(scope="session")
def later(matterhorn: Snapshot) -> Snapshot:
    """The small dossier as it might be a year later."""
    return edited(matterhorn, EDITS)


@pytest.fixture(scope="session")
def later_set(small: Made, later: Snapshot, run_folder: Path) -> Made:
    """The same, set once: its page numbers are likely those of before."""
    snapshot = Snapshot("matterhorn-later", later.label, later.files)
    return once(run_folder, "later", lambda: set_edition(snapshot, known=small.rounds))


# -- facts and sentences


def told(old: Snapshot, new: Snapshot) -> list[tuple[str, str, str, str]]:
    """Kind, address, old and new of every change."""
    return [(c.kind, c.address, c.old, c.new) for c in changes(load(old), load(new))]


def test_facts_by_address(matterhorn: Snapshot, later: Snapshot) -> None:
    """A changed fact is named by kind, id and field, with what it was and what it is."""
    assert told(matterhorn, later) == [
        ("event", "fall.title", "The fall", "The accident"),
        ("place", "zermatt.kind", "village", "town"),
    ]


def test_facts_have_their_lines(matterhorn: Snapshot) -> None:
    """Each side of a change says where it is written."""
    new = edited(matterhorn, {"gazetteer.yaml": ("kind: village", "# moved\n    kind: town")})
    (change,) = changes(load(matterhorn), load(new))
    before, after = (int(place.rpartition(":")[2]) for place in change.places)
    assert after == before + 1
    assert (
        matterhorn.files["gazetteer.yaml"].decode().split("\n")[before - 1] == "    kind: village"
    )


def test_what_prints_the_same_is_no_change(matterhorn: Snapshot) -> None:
    """Quotes, comments, the order of keys and the breaks of lines are not facts."""
    plain = "    kind: hamlet\n    district: Aosta Valley\n"
    other = "    # a comment\n    district: 'Aosta Valley'\n    kind: >-\n      hamlet\n"
    new = edited(matterhorn, {"gazetteer.yaml": (plain, other)})
    role = "role: base of the party from the south"
    new = edited(
        new, {"gazetteer.yaml": (role, "role: |-\n      base of the\n      party from the south")}
    )
    assert told(matterhorn, new) == []


def test_things_come_and_go(matterhorn: Snapshot, changed: Changed) -> None:
    """A new or lost entry is one change, told by its name; order does not matter."""
    text = matterhorn.files["gazetteer.yaml"].decode()
    head, *places = re.split(r"(?m)^(?=  - id: )", text)
    breuil = next(p for p in places if "id: breuil" in p)
    turned = head + "".join(reversed(places))
    assert told(matterhorn, changed({"gazetteer.yaml": turned.encode()})) == []
    without = changed({"gazetteer.yaml": text.replace(breuil, "").encode()})
    assert told(matterhorn, without) == [("place", "breuil", "Breuil", "")]
    assert told(without, matterhorn) == [("place", "breuil", "", "Breuil")]


def test_sources_stand_apart(matterhorn: Snapshot, later: Snapshot) -> None:
    """A source that is described anew is listed with the sources, not with the facts."""
    new = edited(later, {"sources.yaml": ("title:", "title: The ")})
    found = compare(("a", "b"), (load(matterhorn), load(new)), (b"", b""))
    assert [c.address.partition(".")[2] for c in found.sources] == ["title"]
    assert {c.kind for c in found.facts} == {"event", "place"}


def test_paragraphs(matterhorn: Snapshot, later: Snapshot) -> None:
    """A changed paragraph is one change with both its lines, and words show what differs."""
    (found,) = paragraphs(load(matterhorn), load(later))
    assert found.places == ("matterhorn/chapters/01-the-mountain.md:3",) * 2
    pieces = words(found.old, found.new)
    assert [text for kind, text in pieces if kind == "new"] == ["long", "single"]
    assert not [text for kind, text in pieces if kind == "old"]


def test_paragraphs_come_and_go(matterhorn: Snapshot) -> None:
    """A new paragraph is new, and the one below it is not changed by that."""
    new = edited(
        matterhorn, {"chapters/02-the-descent.md": ("The Italians", "It was late.\n\nThe Italians")}
    )
    assert [(p.what, p.new) for p in paragraphs(load(matterhorn), load(new))] == [
        ("added", "It was late.")
    ]
    gone = Snapshot("x", "x", {k: v for k, v in matterhorn.files.items() if "02-" not in k})
    assert {p.what for p in paragraphs(load(matterhorn), load(gone))} == {"removed"}


def test_a_paragraph_that_moved_is_one_change(matterhorn: Snapshot) -> None:
    """Whether a word was changed on the way is seen; one that only moved is said to have moved."""
    told = "They had tea on the way, and came back before it was dark in the valley."
    other = told.replace("tea", "wine")
    at = ("chapters/01-the-mountain.md", "chapters/02-the-descent.md")
    files = {name: matterhorn.files[name].decode() for name in at}
    for moved, what in ((told, "moved"), (other, "changed"), ("It was late.", "")):
        was = Snapshot("m", "m", {**matterhorn.files, at[0]: f"{files[at[0]]}\n{told}\n".encode()})
        now = Snapshot("m", "m", {**matterhorn.files, at[1]: f"{files[at[1]]}\n{moved}\n".encode()})
        found = paragraphs(load(was), load(now))
        assert {"moved", "changed"} & {one.what for one in found} == ({what} if what else set())
        if what:
            (one,) = found
            assert [p.partition(":")[0].removeprefix("m/") for p in one.places] == list(at)
            assert [t for kind, t in one.pieces if kind == "new"] == (
                ["wine"] * (what == "changed")
            )


def test_a_renumbered_chapter_is_the_same(matterhorn: Snapshot) -> None:
    """A chapter keeps its id when its number changes."""
    files = dict(matterhorn.files)
    files["chapters/05-the-descent.md"] = files.pop("chapters/02-the-descent.md")
    assert not paragraphs(load(matterhorn), load(Snapshot("x", matterhorn.label, files)))


# -- pages


def test_words_are_matched_in_order() -> None:
    """What both texts have in common is found, also between long runs and when words repeat."""
    old, new = list("abcdefghabxy"), list("abcdzefghy")
    pairs = list(matched(old, new))
    assert all(old[a] == new[b] for a, b in pairs)
    assert [old[a] for a, _ in pairs] == list("abcdefghy")


def test_changed_words_are_marked(
    matterhorn: Snapshot, later: Snapshot, small: Made, later_set: Made
) -> None:
    """The pages with changed words are marked around these words, and only there."""
    pairs = compared_pages(small.pdf, later_set.pdf)
    assert [(p.old, p.new) for p in pairs] == [(n, n) for n in range(len(pairs))]
    text = [w for w in read(later_set.pdf).words if w.text == "single"]
    (word,) = text
    (pair,) = [p for p in pairs if p.new == word.page]
    left, top, right, bottom = word.boxes[0]
    marks = pair.marks[1]
    assert any(m[0] <= left and m[1] <= top and m[2] >= right and m[3] >= bottom for m in marks)
    # Besides the sentence there are the event in the chronology, the town, and the digest.
    assert len([p for p in pairs if p.changed]) < len(pairs) - 2


def test_the_same_pages_do_not_differ(small: Made) -> None:
    """A PDF compared with itself has no marks and nothing moved."""
    pairs = compared_pages(small.pdf, small.pdf)
    assert pairs
    assert not [p for p in pairs if p.changed or p.moved]


def test_an_inserted_page_moves_the_others(small: Made) -> None:
    """A page put between two is new; the others keep their partners, and are not changed."""
    document = pypdfium2.PdfDocument(small.pdf)
    document.new_page(595, 842, 4)
    stream = io.BytesIO()
    document.save(stream)
    pairs = compared_pages(small.pdf, stream.getvalue())
    assert [p.new for p in pairs if p.old is None] == [4]
    assert [(p.old, p.new) for p in pairs if p.old is not None] == [
        (n, n if n < 4 else n + 1) for n in range(len(pairs) - 1)
    ]


def test_a_moved_sign_is_marked(small: Made) -> None:
    """Where words are the same, a drawing that differs is marked."""
    document = pypdfium2.PdfDocument(small.pdf)
    page = document[3]
    height = page.get_size()[1]
    bitmap = pypdfium2.PdfBitmap.new_native(8, 8, 4)
    bitmap.fill_rect((200, 0, 0, 255), 0, 0, 8, 8)
    image = pypdfium2.PdfImage.new(document)
    image.set_bitmap(bitmap)
    image.set_matrix(pypdfium2.PdfMatrix().scale(30, 30).translate(100, height - 760))
    page.insert_obj(image)
    page.gen_content()
    stream = io.BytesIO()
    document.save(stream)
    (pair,) = [p for p in compared_pages(small.pdf, stream.getvalue()) if p.changed]
    assert pair.new == 3
    (mark,) = pair.marks[1]
    left, top, right, bottom = mark
    assert left <= 100
    assert 130 <= right <= 145
    assert 715 <= top <= 730
    assert 760 <= bottom <= 775


# -- the report


class Checker(HTMLParser):
    """Notes what a report refers to, and whether its tags are closed."""

    VOID = frozenset({"meta", "img", "wbr", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes ids, links and pictures."""
        given = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        self.ids += [str(given["id"])] if "id" in given else []
        self.links += [str(given[k]) for k in ("href", "src") if k in given]
        if tag == "img":
            self.images.append(given)

    def handle_endtag(self, tag: str) -> None:
        """Every end has its beginning."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


@pytest.fixture(scope="session")
def told_report(matterhorn: Snapshot, later: Snapshot, small: Made, later_set: Made) -> str:
    """The HTML of a report on the two states of the small dossier."""
    loaded: tuple[Loaded, Loaded] = (load(matterhorn), load(later))
    names = ("v1", "<v2> & later")
    made = report(Comparison(names, loaded, (small.pdf, later_set.pdf), engine_files()))
    assert made.differs
    return made.html


def test_report_stands_alone(told_report: str) -> None:
    """One file: every picture inside it, nothing fetched, every tag closed, every id once."""
    checker = Checker()
    checker.feed(told_report)
    assert not checker.open
    assert not checker.faults
    assert len(set(checker.ids)) == len(checker.ids)
    assert all(link.startswith(("data:image/png;base64,", "#")) for link in checker.links)
    assert {link[1:] for link in checker.links if link[0] == "#"} <= set(checker.ids)
    assert "url(" not in told_report
    assert "<script" not in told_report


def test_report_can_be_heard(told_report: str) -> None:
    """Pictures have words in their place, the page a language and a title, tables their heads."""
    checker = Checker()
    checker.feed(told_report)
    assert checker.images
    assert all(re.match(r"Page \d+ of the (old|new) state", i["alt"] or "") for i in checker.images)
    assert '<html lang="en">' in told_report
    assert (
        "<title>The Matterhorn, 1865: v1 and &lt;v2&gt; &amp; later compared</title>" in told_report
    )
    assert told_report.count("<h1") == 1
    assert '<th scope="row">' in told_report


def test_report_says_facts_before_pages(told_report: str) -> None:
    """Facts come first, then paragraphs, then pages."""
    at = [told_report.index(f'<h2 id="{part}"') for part in ("facts", "paragraphs", "pages")]
    assert at == sorted(at)
    assert "<del>village</del> <ins>town</ins>" in re.sub(r"\s+", " ", told_report)


def test_summary(matterhorn: Snapshot, later: Snapshot) -> None:
    """The terminal says the same in lines."""
    lines = list(summary(compare(("a", "b"), (load(matterhorn), load(later)), (b"", b""))))
    assert lines[0] == "The Matterhorn, 1865: a → b"
    assert "facts: 2 changed" in lines
    assert "  place zermatt.kind: village → town" in lines
    assert listed([1, 2, 3, 7]) == "1–3, 7"


# -- states


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project under git: the small dossier in two revisions, tagged v1 and v2."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    content = tmp_path / "content" / "matterhorn"
    shutil.copytree(MATTERHORN, content)
    git(tmp_path, "init", "-q")
    committed(tmp_path, "v1")
    places = content / "gazetteer.yaml"
    places.write_text(places.read_text("utf-8").replace("kind: village", "kind: town"), "utf-8")
    committed(tmp_path, "v2")
    return tmp_path


def git(folder: Path, *words: str) -> None:
    """Runs git in ``folder`` with settings of its own."""
    who = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        who |= {f"GIT_{role}_NAME": "A", f"GIT_{role}_EMAIL": "a@example.org"}
    command = ["git", "-c", "core.autocrlf=false", *words]
    subprocess.run(command, cwd=folder, env={**os.environ, **who}, check=True)


def committed(folder: Path, tag: str) -> None:
    """Everything in ``folder`` as a revision called ``tag``."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", tag)
    git(folder, "tag", tag)


def test_revisions_are_read_without_a_checkout(project: Path) -> None:
    """Both revisions have what they had, byte for byte, whatever is in the folder now."""
    shutil.rmtree(project / "content" / "matterhorn" / "chapters")
    old, new = state(project, "v1"), state(project, "HEAD")
    assert old.files.files == {
        p.relative_to(MATTERHORN).as_posix(): p.read_bytes()
        for p in MATTERHORN.rglob("*") if p.is_file()
    }  # fmt: skip
    assert told(old.files, new.files) == [("place", "zermatt.kind", "village", "town")]
    assert re.fullmatch(r"v1 \([0-9a-f]{9}\)", old.name)
    assert (project / "content" / "matterhorn").is_dir()
    assert not (project / "content" / "matterhorn" / "chapters").exists()


def test_a_folder_is_a_state(project: Path) -> None:
    """A dossier's folder and a project's folder both name what is on the disk."""
    by_project = state(project, str(project))
    by_dossier = state(project, str(project / "content" / "matterhorn"))
    assert by_project.files.files == by_dossier.files.files


@pytest.mark.parametrize(
    ("written", "slug", "code"),
    [
        ("v9", "", "D806"),
        ("--output=x", "", "D806"),
        ("v1", "eiger", "D803"),
        ("./nowhere", "", "D801"),
        ("v1:content", "", "D806"),
    ],
)
def test_what_is_no_state(project: Path, written: str, slug: str, code: str) -> None:
    """A revision or dossier that is not there is named, with a remedy."""
    with pytest.raises(ContentError) as failure:
        state(project, written, slug)
    (finding,) = failure.value.findings
    assert finding.code == code
    assert finding.hint


def test_several_dossiers_ask_which(project: Path) -> None:
    """Where there are several dossiers, the one that is meant must be said."""
    shutil.copytree(MATTERHORN, project / "content" / "eiger")
    committed(project, "v3")
    with pytest.raises(ContentError, match="D804"):
        state(project, "v3")
    assert state(project, "v3", "eiger").files.slug == "eiger"


def test_no_git(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git, two folders can still be compared, and a revision says what is missing."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ContentError, match="D805 git is not installed"):
        state(project, "v1")
    assert state(project, str(project)).files.files


def test_not_under_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that git does not know has no revisions."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ContentError, match=r"D80[56]"):
        state(tmp_path, "v1")


def test_a_link_in_a_revision_is_refused(project: Path) -> None:
    """A symbolic link that a revision holds is a finding, as it is in a folder."""
    (project / "content" / "matterhorn" / "chapters" / "03-x.md").symlink_to("/etc/passwd")
    committed(project, "v3")
    with pytest.raises(ContentError, match="E004 is a symbolic link"):
        state(project, "v3")


def test_settings_of_the_repository_do_not_run(project: Path) -> None:
    """Filters and attributes that a repository brings are not used: what is stored is read."""
    (project / ".gitattributes").write_text("*.yaml filter=evil export-ignore\n")
    flag = project / "ran"
    git(project, "config", "filter.evil.smudge", f"touch {flag}")
    git(project, "config", "core.fsmonitor", f"touch {flag}")
    committed_files = state(project, "v2").files.files
    assert "gazetteer.yaml" in committed_files
    assert not flag.exists()


# -- the command


def test_command(tmp_path: Path, later: Snapshot, capsys: pytest.CaptureFixture[str]) -> None:
    """0 where nothing differs, 1 where something does, 2 where it cannot be compared."""
    folder = tmp_path / "matterhorn-diff-test"
    for name, raw in later.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    assert main.main(["diff", str(MATTERHORN), str(MATTERHORN)]) == 0
    assert "no differences" in capsys.readouterr().out
    assert main.main(["diff", str(MATTERHORN), "./nowhere"]) == 2
    assert "D801" in capsys.readouterr().err
    written = folders.ROOT / "output" / folder.name
    try:
        assert main.main(["diff", str(MATTERHORN), str(folder), "--no-pages"]) == 1
        assert list(written.glob("diff-*.html"))
    finally:
        shutil.rmtree(written, ignore_errors=True)
    assert "place zermatt.kind: village → town" in capsys.readouterr().out


def test_a_mark_lies_around_its_words_on_the_picture() -> None:
    """With a little room on every side, in hundredths of the page."""
    style = dict(part.split(":") for part in _placed((11.5, 21.5, 28.5, 38.5), 100, 200).split(";"))
    assert style == {"left": "10.00%", "top": "10.00%", "width": "20.00%", "height": "10.00%"}


@pytest.mark.parametrize(
    ("loc", "home"),
    [
        (("standfirst",), ("standfirst",)),
        (("rights", "holder"), ("rights",)),
        (("events", 3, "facts", "height"), ("events", 3)),
        (("rows", 0), ("rows", 0)),
    ],
)
def test_a_thing_stands_in_its_list_or_at_its_key(loc: Loc, home: Loc) -> None:
    """A key of a file by itself, a part of one by that, what is listed by its number."""
    assert home == _home({"text": ("x", loc)})
    assert _home({}) is None


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        (None, 2, "Page 3, added"),
        (2, None, "Page 3, removed"),
        (2, 2, "Page 3, changed"),
        (1, 2, "Page 3 (was 2), changed"),
    ],
)
def test_a_pair_of_pages_is_called_by_its_numbers(
    old: int | None, new: int | None, title: str
) -> None:
    """The number of old is said where it is another."""
    assert title == _titled(PagePair(old, new))
