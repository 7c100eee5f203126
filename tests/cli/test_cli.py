"""The command line: what it prints where, how it exits, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from press.base import folders
from press.base.finding import Finding
from press.base.limits import Limits
from press.base.request import Request
from press.base.stages import STAGES
from press.cli import build, console, main
from press.cli.request import request_of
from press.cli.targets import Target
from tests.conftest import Built


def break_it(project: Path) -> None:
    """Plants a fault in the dossier."""
    file = project / "content/matterhorn/chronology.yaml"
    file.write_text(file.read_text().replace("title: The summit", "titel: The summit"))


def test_build_prints_where_the_pdf_is(built: Built) -> None:
    """A build ends with the path, the pages and the size, on stdout, and exit code 0."""
    assert console.CLEAN == built.code
    assert built.pdf.read_bytes().startswith(b"%PDF-")
    assert built.out.startswith("output/matterhorn/matterhorn-dossier.pdf: ")
    assert " pages, " in built.out
    assert "matterhorn-dossier.pdf: " in built.err
    assert "\x1b" not in built.out + built.err


def test_of_findings_alike_the_first_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """One remedy is read twenty times; each of its own is read, and the others are counted."""
    alike = [Finding("a.yaml", n, 1, "E104", "no date", "write a year") for n in range(32)]
    console.show(alike)
    said = capsys.readouterr().err.splitlines()
    assert (21, "a.yaml: E104 and 12 more like it; check --format json lists each") == (
        len(said), said[-1]
    )  # fmt: skip
    console.show([replace(one, hint=f"write {one.line}") for one in alike])
    assert [f"write {n}" for n in range(32)] == [
        line.rpartition("; ")[2] for line in capsys.readouterr().err.splitlines()
    ]
    console.show([replace(alike[0], hint=f"write {n}") for n in range(300)])
    assert 201 == len(capsys.readouterr().err.splitlines())


@pytest.mark.parametrize("refused", [True, False])
def test_refused_build_leaves_drafts_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    refused: bool,
) -> None:
    """Where another build is writing, nothing is said of drafts, and none is deleted."""
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    draft = folders.output("a") / "a-dossier.draft.pdf"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(b"of another build")
    build._show_stopped(Target("a", "dossier", ""), "", refused)
    assert refused == draft.exists()
    assert refused == ("draft" not in capsys.readouterr().out)


def test_second_build_does_nothing(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """With nothing changed, nothing is written, and the line says so."""
    before = built.pdf.stat()
    _, coverage = built.out.splitlines()
    assert console.CLEAN == main.main([])
    again = capsys.readouterr().out.splitlines()
    assert again[0].endswith("unchanged")
    assert again[1:] == [coverage]
    assert before.st_mtime_ns == built.pdf.stat().st_mtime_ns
    assert before.st_ino == built.pdf.stat().st_ino


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({}, "alps-dossier.pdf"),
        ({"theme": "archive"}, "alps-dossier-archive.pdf"),
        ({"paper": "letter", "theme": "archive"}, "alps-dossier-letter-archive.pdf"),
    ],
)
def test_what_is_asked_for_stands_in_the_name(asked: dict[str, str], name: str) -> None:
    """A paper or a theme of the command line makes a file of its own beside the plain one."""
    assert name == Target("alps", "dossier", "", **asked).name


def test_a_theme_asked_for_leaves_the_plain_pdf_alone(
    built_tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--theme archive`` builds beside the dossier's own; afterwards both are unchanged."""
    plain = built_tiny / "output/tiny/tiny-dossier.pdf"
    before = plain.read_bytes()
    assert console.CLEAN == main.main(["build", "--theme", "archive"])
    other = built_tiny / "output/tiny/tiny-dossier-archive.pdf"
    assert before == plain.read_bytes() != other.read_bytes()
    capsys.readouterr()
    assert console.CLEAN == main.main([]) == main.main(["build", "--theme", "archive"])
    assert 2 == capsys.readouterr().out.count(", unchanged")


def test_fault_keeps_the_last_pdf(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """A failed build says where and why, exits 1, and leaves the previous PDF untouched."""
    before = built.pdf.read_bytes()
    break_it(built.root)
    assert console.FINDINGS == main.main(["build", "matterhorn"])
    out, err = capsys.readouterr()
    assert "content/matterhorn/chronology.yaml:18:5: E102 unknown key 'titel'" in err
    assert "not built (the last PDF is untouched)" in out
    assert before == built.pdf.read_bytes()


def test_words_and_data_are_reported_together(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong key and a wrong reference in the prose come out in one run."""
    break_it(project)
    chapter = project / "content/matterhorn/chapters/02-the-descent.md"
    chapter.write_text(chapter.read_text() + "\nSee [[zermat]] and [@nobody].\n")
    assert console.FINDINGS == main.main([])
    err = capsys.readouterr().err
    assert "chronology.yaml:18:5: E102" in err
    assert "02-the-descent.md:" in err
    assert "zermatt" in err
    assert "nobody" in err


def test_check_builds_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``check`` reads, says what it found, and writes no PDF."""
    assert console.CLEAN == main.main(["check"])
    assert capsys.readouterr().out.startswith(
        "no findings\nmatterhorn: 30 facts, 26 with a source read; "
    )
    assert not list(project.rglob("*.pdf"))
    break_it(project)
    assert console.FINDINGS == main.main(["check"])
    assert capsys.readouterr().out.startswith("1 finding\n")


def test_strict_makes_warnings_count(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bare fact is a warning, and with ``--strict`` a finding."""
    file = project / "content/matterhorn/gazetteer.yaml"
    file.write_text(file.read_text().replace("summit\n    sources: [whymper]\n", "summit\n"))
    assert console.CLEAN == main.main(["check"])
    assert console.FINDINGS == main.main(["check", "--strict"])
    assert "W301" in capsys.readouterr().err


def test_strict_dossier_stops_at_warnings(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``strict: true`` refuses to print a bare fact; ``--no-strict`` overrules it for a build."""
    meta = tiny / "content/tiny/dossier.yaml"
    meta.write_text(meta.read_text() + "strict: true\n")
    file = tiny / "content/tiny/chronology.yaml"
    file.write_text(file.read_text().replace("    sources: [whymper]\n", "", 1))
    assert console.FINDINGS == main.main(["build"])
    out, err = capsys.readouterr()
    assert "chronology.yaml:5:5: W301 event 'attempt' has no source" in err
    assert "not built" in out
    assert ["tiny-dossier.draft.pdf"] == [path.name for path in tiny.rglob("*.pdf")]
    assert console.CLEAN == main.main(["build", "--no-strict"])
    assert "2 facts, 1 with a source read" in capsys.readouterr().out
    # unchanged since, and still not what it asks for
    assert console.FINDINGS == main.main(["build"])


def test_list_names_dossiers_editions_and_themes(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``list`` shows what can be asked for."""
    assert console.CLEAN == main.main(["list"])
    out = capsys.readouterr().out
    assert all(word in out for word in ("matterhorn", "dossier:", "  a4\n", "default"))


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["matterhron"], "did you mean matterhorn?"),
        (["biuld"], "did you mean build?"),
        (["build", "--edition", "dosier"], "did you mean dossier"),
        (["build", "--edition", "dossier,al"], "did you mean all?"),
        (["build", "--theme", "defualt"], "did you mean default?"),
        (["build", "--paper", "lettre"], "did you mean letter?"),
        (["build", "nowhere"], "no dossier 'nowhere'"),
        (["matterhorn", "--paper", "a2"], "dossier cannot be set on paper 'a2'; there are a4"),
        (["build", "--wrong"], "--wrong"),
        (["build", "--each"], "--for roster.csv"),
        (["build", "--for", "7b.csv", "--edition", "poster"], "does not go with poster"),
        (["build", "--for", "7b.csv", "--keep-html"], "does not go with --for"),
        (["verify"], "words"),
        (["diff", "a", "b", "c"], "3 are named"),
    ],
)
def test_bad_usage_exits_2(
    project: Path, capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    """A wrong word gets the nearest right one and exit code 2."""
    with pytest.raises(SystemExit) as exit_:
        main.main(argv)
    assert exit_.value.code == console.USAGE
    assert said in capsys.readouterr().err


ASKED: dict[str, Request] = {
    "": Request(),
    "matterhorn": Request(slugs=("matterhorn",)),
    "./content/matterhorn": Request(slugs=("matterhorn",)),
    "check content/matterhorn/": Request("check", slugs=("matterhorn",)),
    "build --edition screen,poster --edition 2-up --paper A4": Request(
        editions=("screen", "poster", "2-up"), paper="a4"
    ),
    "build --no-strict --verbose --data": Request(strict=False, verbose=True, data=True),
    "build --keep-html": Request(keep_html=True),
    "build --tile a4": Request(editions=("poster",), tile="a4"),
    "build --for 7b.csv --each": Request(
        editions=("worksheet", "answers"), roster="7b.csv", each=True
    ),
    "read matterhorn --limit seconds=9": Request(
        "read", slugs=("matterhorn",), limits=Limits(seconds=9)
    ),
    "check --pages --format json": Request("check", pages=True, format="json"),
    "verify a.pdf b.pdf": Request("verify", words=("a.pdf", "b.pdf")),
    "diff HEAD": Request("diff", words=("HEAD", "."), pages=True),
    "diff a b --no-pages --dossier alps": Request(
        "diff", slugs=("alps",), words=("a", "b"), pages=False
    ),
    "explain w321": Request("explain", words=("w321",)),
}


@pytest.mark.parametrize("words", ASKED)
def test_words_become_a_request(project: Path, words: str) -> None:
    """What is said stands in the request, looked up; what is not said is left open."""
    assert ASKED[words] == request_of(words.split())


def test_help_fits_on_one_screen(capsys: pytest.CaptureFixture[str]) -> None:
    """``--help`` is at most 30 lines of at most 100 letters."""
    with pytest.raises(SystemExit) as exit_:
        main.main(["--help"])
    assert exit_.value.code == console.CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 30
    assert max(map(len, lines)) <= 100


def test_verbose_numbers_the_stages(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--verbose`` names every stage by its number, in order, but finish: no dossier has it."""
    main.main(["build", "--verbose"])
    lines = [line.split()[:2] for line in capsys.readouterr().err.splitlines() if line[0].isdigit()]
    numbered = [[str(n), name] for n, name in enumerate(STAGES, start=1) if name != "finish"]
    assert numbered == lines


def test_theme_of_the_dossier_must_exist(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A theme that is not there is a finding at its line."""
    file = project / "content/matterhorn/dossier.yaml"
    file.write_text(file.read_text() + "theme: defualt\n")
    assert console.FINDINGS == main.main([])
    line = len(file.read_text().splitlines())
    assert f"dossier.yaml:{line}:8: E209" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("paper: lettre", 8, "E211 no paper is called 'lettre'; did you mean letter?"),
        ("editions: [dossier, dosier]", 21, "E212 no edition is called 'dosier'; did you mean"),
    ],
)
def test_paper_and_editions_of_the_dossier_must_exist(
    project: Path, capsys: pytest.CaptureFixture[str], line: str, column: int, said: str
) -> None:
    """A paper or an edition that is not there is a finding at its word, with the nearest named."""
    file = project / "content/matterhorn/dossier.yaml"
    file.write_text(f"{file.read_text()}{line}\n")
    assert console.FINDINGS == main.main(["check"])
    number = len(file.read_text().splitlines())
    assert f"dossier.yaml:{number}:{column}: {said}" in capsys.readouterr().err


def test_the_report_of_a_fault_is_where_it_is_said_to_be(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A build that the press itself broke leaves its report, and no draft of an earlier build."""

    def broken(*_: object, **__: object) -> None:
        raise AssertionError("a fault of the press")

    folder = tiny / "output/tiny"
    folder.mkdir(parents=True)
    (folder / "tiny-dossier.draft.pdf").write_bytes(b"%PDF-")
    monkeypatch.setattr("press.pipeline.typeset", broken)
    assert main.main(["build"]) == console.FINDINGS
    assert "output/tiny/tiny-dossier.pdf.fault.txt: X900" in capsys.readouterr().err
    assert "a fault of the press" in (folder / "tiny-dossier.pdf.fault.txt").read_text("utf-8")
    assert not (folder / "tiny-dossier.draft.pdf").exists()
