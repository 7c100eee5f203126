"""press.yaml at the top of the project: the theme and the paper of dossiers that name none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from press.base import folders
from press.base.finding import stopping
from press.base.preferences import Preferences
from press.base.request import Request
from press.checks.choices import project_faults
from press.cli import console, main
from press.cli.reading import read_all, words_only
from press.cli.request import request_of
from press.content import snapshot
from press.content.load import load
from press.content.project import read_project
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import EDITIONS, PAPERS, paper_for
from press.jobs.works import NOTHING_BUILT, work_for
from press.views.view import Work
from tests.conftest import REFERENCE, ROOT, new_project, once
from tests.views.test_editions import sizes

A4, LETTER = {(210, 297)}, {(216, 279)}


def write(root: Path, text: str) -> None:
    """Writes press.yaml."""
    (root / "press.yaml").write_text(text)


def add(root: Path, line: str) -> None:
    """Adds a line to the dossier.yaml of the tiny dossier."""
    file = root / "content/tiny/dossier.yaml"
    file.write_text(f"{file.read_text()}{line}\n")


def pdf(root: Path, name: str = "tiny-dossier.pdf") -> bytes:
    """The PDF of the tiny dossier."""
    return (root / "output/tiny" / name).read_bytes()


def bare(root: Path) -> None:
    """Takes the timeline away, which takes long to set, where pages are not looked at."""
    (root / "content/tiny/plates.yaml").unlink()


@pytest.fixture
def letter(tiny: Path, run_folder: Path) -> Path:
    """``tiny`` with ``paper: letter``, in which four editions were built: once for all who ask."""
    folder = run_folder / "built-letter"

    def build_it() -> int:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(folders, "ROOT", new_project(folder, "tiny"))
            bare(folder)
            write(folder, "paper: letter\n")
            return main.main(["build", "--edition", "dossier,handout,booklet,screen"])

    assert console.CLEAN == once(run_folder, "built-letter", build_it)
    bare(tiny)
    write(tiny, "paper: letter\n")
    shutil.copytree(folder / "output", tiny / "output")
    return tiny


# -- the order -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "dossier", "project", "chosen"),
    [
        ("", "", "", ("default", "a4")),
        ("", "", "theme: archive\npaper: letter", ("archive", "letter")),
        ("", "", "paper: Letter", ("default", "letter")),
        ("", "theme: default\npaper: a5", "theme: archive\npaper: letter", ("default", "a5")),
        ("", "paper: a5", "theme: archive\npaper: letter", ("archive", "a5")),
        ("legal", "paper: a5", "theme: archive\npaper: letter", ("archive", "legal")),
        ("legal", "", "paper: letter", ("default", "legal")),
    ],
)
def test_the_narrower_word_counts(
    tiny: Path, command: str, dossier: str, project: str, chosen: tuple[str, str]
) -> None:
    """The command comes first, then the dossier, then press.yaml, then the edition's own."""
    add(tiny, dossier)
    if project:
        write(tiny, project)
    request = Request(paper=command)
    loaded = read_all(request)["tiny"].loaded
    assert loaded
    for work in (
        work_for(loaded, "dossier", request, {}, NOTHING_BUILT),
        words_only(loaded, request, {}),
    ):
        assert chosen == (work.theme, work.sheet)


def test_a_work_has_the_name_of_its_edition_or_the_one_that_is_given(tiny: Path) -> None:
    loaded = read_all(Request())["tiny"].loaded
    assert loaded
    own, given = (
        work_for(loaded, "handout", Request(), {}, NOTHING_BUILT, name)
        for name in ("", "class-7b.pdf")
    )
    assert (own.name, given.name) == ("tiny-handout.pdf", "class-7b.pdf")


def test_a_command_may_name_the_theme(tiny: Path) -> None:
    """A theme that was asked for stands before that of press.yaml, for words as for pages."""
    write(tiny, "theme: archive")
    request = Request(theme="default")
    loaded = read_all(request)["tiny"].loaded
    assert loaded
    assert "default" == words_only(loaded, request, {}).theme


def test_a_letter_country_edits_one_line(letter: Path) -> None:
    """With ``paper: letter`` every edition is set for Letter, under the name that it always has."""
    assert LETTER == sizes(pdf(letter)) == sizes(pdf(letter, "tiny-handout.pdf"))
    assert {(279, 216)} == sizes(pdf(letter, "tiny-booklet.pdf"))  # two half-letters side by side
    assert {(158, 210)} == sizes(pdf(letter, "tiny-screen.pdf"))  # a tablet is one anywhere
    assert console.CLEAN == main.main(["verify", str(letter / "output/tiny/tiny-dossier.pdf")])


def test_ours_changes_nothing() -> None:
    """The press.yaml that comes with the press says what would be so without it."""
    project = read_project()
    assert (ROOT / "press.yaml").is_file()
    assert () == project.findings
    assert Preferences(theme="default", paper="a4") == project.preferences
    for edition in EDITIONS.values():
        assert paper_for(edition) == paper_for(edition, project.preferences.paper)


# -- what is built again ---------------------------------------------------------------------------


def test_a_change_that_matters_builds_again(
    built_tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Paper and theme of press.yaml are inputs: nothing is called unchanged that would differ."""
    tiny = built_tiny
    assert console.CLEAN == main.quick([])
    assert ", unchanged" in capsys.readouterr().out
    for text, size in (("theme: archive", A4), ("theme: archive\npaper: letter", LETTER)):
        before = pdf(tiny)
        write(tiny, text)
        assert main.quick([]) is None
        assert console.CLEAN == main.main([])
        assert ", unchanged" not in capsys.readouterr().out
        assert before != pdf(tiny)
        assert size == sizes(pdf(tiny))
        assert console.CLEAN == main.quick([])
        assert ", unchanged" in capsys.readouterr().out
    for back in ("theme: archive", "theme: archive\npaper: a4", "paper: letter"):
        write(tiny, back)
        assert main.quick([]) is None
    (tiny / "press.yaml").unlink()
    assert main.quick([]) is None


def test_a_change_that_does_not_matter_builds_nothing(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A comment, or a paper in place of the dossier's own, is read once and rebuilds nothing."""
    bare(tiny)
    add(tiny, "paper: letter")
    write(tiny, "paper: a4\n")
    main.main([])
    before = (tiny / "output/tiny/tiny-dossier.pdf").stat().st_mtime_ns
    for text in ("paper: a4 # or letter\n", "paper: legal\n", "{}\n"):
        write(tiny, text)
        capsys.readouterr()
        assert console.CLEAN == main.main([])
        assert ", unchanged" in capsys.readouterr().out
        assert console.CLEAN == main.quick([])
    assert before == (tiny / "output/tiny/tiny-dossier.pdf").stat().st_mtime_ns


def test_what_is_unchanged_is_said_with_the_standard_library_alone(letter: Path) -> None:
    """The quick answer reads press.yaml without a reader of YAML."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from press.base import folders\n"
        "folders.ROOT = Path(sys.argv[2])\n"
        "from press.cli import main\n"
        "answer = main.quick([])\n"
        "assert {n.partition('.')[0] for n in sys.modules} <= {*sys.stdlib_module_names,"
        " 'press', '__main__'}\n"
        "sys.exit(answer)"
    )
    command = [sys.executable, "-I", "-S", "-c", code, str(ROOT), str(letter)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)
    assert "tiny-dossier.pdf" in done.stdout
    assert ", unchanged" in done.stdout


# -- other verbs -----------------------------------------------------------------------------------


def test_pages_that_are_checked_or_read_aloud_are_those_that_are_built(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``check --pages`` meets what only that paper has; ``read`` builds that paper."""
    bare(tiny)
    sheet = tiny / "styles/papers/letter.css"
    text = sheet.read_text()
    sheet.unlink()  # it shares its bytes with ours
    sheet.write_text(f"{text}:root {{ --lines: 90 }}\n")
    assert console.CLEAN == main.main(["check", "--pages"])
    write(tiny, "paper: letter\n")
    capsys.readouterr()
    for words in (["check", "--pages"], ["check"], ["read"]):
        assert console.FINDINGS == main.main(words)
        assert "E723 90 lines" in capsys.readouterr().err
    sheet.write_text(text)
    assert console.CLEAN == main.main(["read"])
    assert LETTER == sizes(pdf(tiny))


def recorded(monkeypatch: pytest.MonkeyPatch, module: str) -> list[tuple[str, str]]:
    """The theme and the paper of every work that a module of the command line gives out."""
    given: list[tuple[str, str]] = []

    def recording(*asked: Any, **more: Any) -> Work:
        work = work_for(*asked, **more)
        given.append((work.theme, work.sheet))
        return work

    monkeypatch.setattr(f"{module}.work_for", recording)
    return given


def test_two_states_are_set_on_the_paper_of_today(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``diff`` sets both states in the theme and on the paper that press.yaml names now."""
    given = recorded(monkeypatch, "press.cli.diff")
    bare(tiny)
    shutil.copytree(tiny / "content/tiny", tiny / "old/tiny")
    add(tiny, "subtitle: Another")
    write(tiny, "paper: letter\ntheme: archive\n")
    assert console.FINDINGS == main.main(["diff", str(tiny / "old/tiny"), f"{tiny}/content/tiny"])
    assert [("archive", "letter")] * 2 == given


def test_sheets_of_a_class_are_set_on_the_paper_of_the_project(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--for`` prints worksheets and answers on it."""
    given = recorded(monkeypatch, "press.cli.class_sets")
    bare(tiny)
    (tiny / "7b.csv").write_text("name,class,seed\nAda,7b,\n")
    write(tiny, "paper: letter\n")
    main.main(["build", "--for", str(tiny / "7b.csv")])
    assert [("default", "letter")] * 2 == given


# -- faults ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("papre: letter", ":1:1: E102 unknown key 'papre'; did you mean paper?"),
        ("theme: default\neditions: all", ":2:1: E102 unknown key 'editions'; the keys here are "
                                          "paper, theme"),
        ("paper: lettre", ":1:8: E211 no paper is called 'lettre'; did you mean letter?"),
        ("theme: defualt", ":1:8: E209 no theme is called 'defualt'; did you mean default?"),
        ("theme: zzz", ":1:8: E209 no theme is called 'zzz'; write one of archive, default"),
        ("paper: [a4, letter]", ":1:8: E103 paper is a list; text is wanted"),
        ("paper: a4\npaper: letter", ":2:1: E013 key 'paper' stands twice"),
        ("paper: letter: a4", ":1:14: E012 a colon and a blank in a text end a key"),
        ("paper:\tletter\n\ttheme: x", ":2:1: E011 line is indented with a tab"),
        ("- letter", ":1:1: E103 the file is a list; keys and values are wanted"),
        ("letter", ":1:1: E103 the file is 'letter'; keys and values are wanted"),
        ("", ": E016 file is empty; fill it in, or delete it"),
        ("# paper: letter", ": E016 file is empty; fill it in, or delete it"),
        ("paper: &p letter", ":1:8: E014 anchor &p is not allowed"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_place(tiny: Path, text: str, said: str) -> None:
    """press.yaml is checked like every other file: file, line, column, code and remedy."""
    write(tiny, text)
    found = project_faults(read_project(), Request().preferences)
    assert any(str(f).startswith(f"press.yaml{said}") for f in stopping(found)), found


def test_check_tells_every_fault(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong with press.yaml is printed, all of it, and nothing passes."""
    write(tiny, "paper: lettre\ntheme: defualt\n")
    assert console.FINDINGS == main.main(["check"])
    err = capsys.readouterr().err
    assert "press.yaml:1:8: E211 no paper is called 'lettre'; did you mean letter?" in err
    assert "press.yaml:2:8: E209 no theme is called 'defualt'; did you mean default?" in err


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_of_the_command_is_one_of_the_files(tiny: Path, paper: str) -> None:
    """dossier.yaml and press.yaml name the papers that ``--paper`` names, and no other."""
    assert paper == request_of(["--paper", paper]).paper
    write(tiny, f"paper: {paper.upper()}\n")
    add(tiny, f"paper: {paper}")
    assert () == read_all(Request())["tiny"].outcome.findings


def test_files_name_editions_and_standards_as_a_command_does(tiny: Path) -> None:
    """In letters of either case, and several editions with commas."""
    add(tiny, "editions: dossier, Booklet\nstandard: PDF/A-4f+UA-2")
    reading = read_all(Request())["tiny"]
    assert () == reading.outcome.findings
    assert ("dossier", "booklet") == reading.preferences.editions
    assert ("dossier", "booklet") == request_of(["--edition", "dossier, Booklet"]).editions


def test_a_fault_stops_every_dossier_and_is_told_once(
    built_tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is built on a paper that was not meant, and the last PDFs stay."""
    tiny, before = built_tiny, pdf(built_tiny)
    bare(tiny)
    shutil.copytree(tiny / "content/tiny", tiny / "content/other")
    write(tiny, "paper: lettre\n")
    capsys.readouterr()
    assert console.FINDINGS == main.main([])
    out, err = capsys.readouterr()
    assert 1 == err.count("press.yaml:1:8: E211")
    assert 2 == out.count("not built")
    assert before == pdf(tiny)


def test_what_a_command_names_is_not_looked_up_again(tiny: Path) -> None:
    """``--paper a4`` builds while the paper of press.yaml is a slip, as with a dossier's own."""
    write(tiny, "paper: lettre\n")
    assert read_all(Request())["tiny"].outcome.stops
    assert not read_all(Request(paper="a4"))["tiny"].outcome.stops


def test_a_fault_is_told_beside_those_of_the_dossier(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All faults at once: press.yaml hides none of a dossier, though that cannot be read."""
    (tiny / "content/tiny/x.md").symlink_to(tiny)
    write(tiny, "paper: lettre\n")
    main.main([])
    err = capsys.readouterr().err
    assert "press.yaml:1:8: E211" in err
    assert "content/tiny/x.md: E004" in err


def test_two_states_are_not_set_on_a_paper_that_there_is_not(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``diff`` tells the fault, compares the words, and leaves the pages."""
    shutil.copytree(tiny / "content/tiny", tiny / "old/tiny")
    add(tiny, "subtitle: Another")
    write(tiny, "paper: lettre\n")
    main.main(["diff", str(tiny / "old/tiny"), f"{tiny}/content/tiny"])
    out, err = capsys.readouterr()
    assert "press.yaml:1:8: E211" in err
    assert "pages: not compared" in err
    assert "subtitle" in out


@pytest.mark.parametrize(
    "kind", ["link", "dangling", "fifo", "folder", "folder link", "giant", "unreadable"]
)
def test_it_is_read_through_the_jail(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """A link, a device or a giant is a finding, as it is in a dossier's folder; nothing hangs."""
    file, aside = tiny / "press.yaml", tiny / "aside.yaml"
    aside.write_text("paper: letter\n")
    match kind:
        case "link":
            file.symlink_to(aside)
        case "dangling":
            file.symlink_to(tiny / "nothing")
        case "fifo":
            os.mkfifo(file)
        case "folder":
            (file / "inner").mkdir(parents=True)
            (file / "inner/x.yaml").touch()
        case "folder link":
            file.symlink_to(tiny / "content")
        case "giant":
            monkeypatch.setattr(snapshot, "FILE_LIMIT", 10_000)
            file.write_bytes(b"#" * 10_001)
        case _:
            monkeypatch.setattr("press.content.snapshot.os.open", _refused)
            file.write_text("paper: letter\n")
    assert main.quick([]) is None
    project = read_project()
    assert ["press.yaml: E004"] == [f"{f.place}: {f.code}" for f in project.findings]
    assert Preferences() == project.preferences


def _refused(path: object, *_: object, **__: object) -> int:
    raise PermissionError(13, "Permission denied", str(path))


def test_another_suffix_is_not_passed_over(
    built_tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """press.yml does nothing, and so is told; the quick answer does not overlook it either."""
    assert console.CLEAN == main.quick([])
    (built_tiny / "press.yml").write_text("paper: letter\n")
    assert main.quick([]) is None
    capsys.readouterr()
    assert console.FINDINGS == main.main(["check"])
    assert "press.yml: E003 the press does not know this file; name it press.yaml" in (
        capsys.readouterr().err
    )


def test_words_are_read_in_some_theme_whatever_press_yaml_says(matterhorn: Snapshot) -> None:
    """A theme that there is not has its finding, and keeps no other fault from being found."""
    loaded = load(matterhorn, Preferences(theme="defualt", paper="lettre"))
    work = words_only(loaded, Request(), engine_files())
    assert ("default", "a4") == (work.theme, work.sheet)


def test_the_reference_dossier_follows_press_yaml() -> None:
    """Who edits a line of press.yaml and builds sees it: our dossier names no theme or paper."""
    loaded = load(snapshot.dossier_files(REFERENCE), Preferences(theme="archive"))
    assert Preferences(("dossier",), "archive") == loaded.preferences
