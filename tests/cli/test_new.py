"""A new dossier: four answers, and files that are sound as they are."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from press.base import folders
from press.base.finding import InputError
from press.base.templates import environment
from press.checks import check
from press.cli import console, main
from press.content.load import load
from press.content.snapshot import Snapshot
from press.starter.answers import NewDossier, kind_of, kinds, language_of, span_of
from press.starter.begin import days_within, files, spots
from press.views.words import read_prose
from tests.conftest import own_engine

SPANS = ("1871/1873", "1865-07-14", "-0217", "1980", "1865-07-14/1865-08", "1800/1899")


def answers(about: str = "event", language: str = "en", span: str = "1871/1873") -> NewDossier:
    return NewDossier("The Great Fire: a “test” #1", language, span_of(span), about)


def found(texts: dict[str, str]) -> list[str]:
    """What loading, checking and the reading of the prose find in a dossier of these files."""
    snapshot = Snapshot("fire", "fire", {name: text.encode() for name, text in texts.items()})
    loaded = load(snapshot)
    prose = read_prose(loaded, environment(own_engine()), {})
    return [str(f) for f in sorted({*loaded.findings, *check(loaded), *prose.findings})]


@pytest.mark.parametrize("about", kinds())
def test_each_kind_is_sound_as_it_is(about: str) -> None:
    assert found(dict(files(answers(about), "fire", "2026-11-28"))) == []


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("language", ["de", "fr-CA", "pl"])
def test_each_time_and_language_is_sound(span: str, language: str) -> None:
    """A language without words of the press has its English heads allowed (W338)."""
    texts = dict(files(answers("person", language, span), "fire", "2026-11-28"))
    told = [one for one in found(texts) if "W338" not in one]
    assert told == []
    assert ("code: W338" in texts["dossier.yaml"]) == (language == "pl")


@pytest.mark.parametrize(
    "name", ["infobox.yaml", "people.yaml", "questions.yaml", "gazetteer.yaml"]
)
def test_a_part_that_is_deleted_leaves_no_id_behind(name: str) -> None:
    texts = dict(files(answers(), "fire", "2026-11-28"))
    del texts[name]
    assert not [one for one in found(texts) if "E201" in one or "P20" in one]


def test_drawings_go_with_the_chapter_that_names_them() -> None:
    """As the file says."""
    texts = dict(files(answers(), "fire", "2026-11-28"))
    assert "chapters/03-where-and-when.md" in texts["plates.yaml"]
    del texts["plates.yaml"], texts["chapters/03-where-and-when.md"]
    assert not [one for one in found(texts) if "E201" in one or "P20" in one]


@pytest.mark.parametrize(
    ("span", "days"),
    [
        ("1800/1899", ["1800", "1833", "1866", "1899"]),
        ("1871/1873", ["1871-01", "1872-01", "1872-12", "1873-12"]),
        ("1865-07-14/1865-07-17", ["1865-07-14", "1865-07-15", "1865-07-16", "1865-07-17"]),
        ("-0217", ["-0217-01", "-0217-05", "-0217-09", "-0217-12"]),
        ("1865-07-14", ["1865-07-14"] * 4),
    ],
)
def test_events_lie_within_the_time(span: str, days: list[str]) -> None:
    """As exactly as there is room for them, from the first day to the last."""
    assert list(days_within(answers(span=span), 4)) == days


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1871-1873", "1871/1873"),
        ("1871 – 1873", "1871/1873"),
        ("28/12/1879", "1879-12-28"),
        ("14 July 1865", "1865-07-14"),
        ("218 BCE", "-0217"),
        ("1914/1918", "1914/1918"),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, read: str) -> None:
    assert span_of(typed).text == read


@pytest.mark.parametrize(
    ("read", "typed", "remedy"),
    [
        (span_of, "5/6/1879", "1879-06-05 if the day stands first"),
        (span_of, "soon", "write 1900"),
        (span_of, "1871/..", "1871/1873"),
        (language_of, "xx", "ISO 639"),
        (language_of, "ar", "another language"),
        (kind_of, "colection", "did you mean collection"),
        (kind_of, "war", "write one of event"),
    ],
)
def test_a_wrong_answer_gets_its_remedy(read: object, typed: str, remedy: str) -> None:
    with pytest.raises(InputError) as told:
        read(typed)  # type: ignore[operator]
    assert remedy in f"{told.value.message}; {told.value.hint}"


def test_languages_have_names() -> None:
    assert [language_of(one) for one in ("Deutsch", "french", "hy", "polski")] == [
        "de", "fr", "hy", "pl",
    ]  # fmt: skip


def test_places_and_paper_are_those_of_the_region() -> None:
    """The example places are two towns of a country that speaks the language."""
    assert spots("HU")[0].name == "Budapest"
    american = files(answers(language="en-US"), "fire", "2026-11-28")["dossier.yaml"]
    assert "paper: letter" in american
    assert "paper:" not in files(answers(language="en"), "fire", "2026-11-28")["dossier.yaml"]
    british = files(answers(language="en"), "fire", "2026-11-28", "letter")["dossier.yaml"]
    assert "paper: a4" in british


GIVEN = ("--title", "The Fire", "--language", "en", "--span", "1871", "--about", "event")


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without dossiers."""
    (tmp_path / "content").mkdir()
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    return tmp_path / "content"


def test_the_command_writes_the_folder(there: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["new", *GIVEN]) == console.CLEAN
    assert (there / "the-fire/chronology.yaml").is_file()
    assert "python3 build.py the-fire" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["the-fire", "../elsewhere", "Two Words"])
def test_no_folder_is_written_over_or_elsewhere(
    word: str, there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (there / "the-fire").mkdir()
    (there / "the-fire/mine.md").write_text("mine", "utf-8")
    with pytest.raises(SystemExit) as ended:
        main.main(["new", word, *GIVEN])
    assert ended.value.code == console.USAGE
    assert "content/" in capsys.readouterr().err
    assert [path.name for path in there.rglob("*.*")] == ["mine.md"]


class Terminal(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        return True


def test_what_is_not_said_is_asked_until_it_is_right(
    there: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = "\nThe Fire\nxx\nenglish\n5/6/1879\n28/12/1879\nwar\nevent\n"
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert main.main(["new"]) == console.CLEAN
    out = capsys.readouterr().out
    assert out.count("What is it called?") == out.count("From when to when?") == 2
    assert 'span: "1879-12-28"' in (there / "the-fire/dossier.yaml").read_text("utf-8")


def test_where_nobody_can_be_asked_the_option_is_named(
    there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main.main(["new", *GIVEN[:6]])
    assert "give --about" in capsys.readouterr().err
    assert not list(there.iterdir())
