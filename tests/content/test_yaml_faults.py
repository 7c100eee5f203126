"""YAML as teachers type it: each wrong file in tests/yaml has its finding, and nothing else has."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from press.base.finding import Finding
from press.base.request import Request
from press.checks import check
from press.cli import console, main
from press.cli.reading import words_only
from press.content import kinds
from press.content.load import load
from press.content.model import Value
from press.content.snapshot import Snapshot, engine_files, read
from press.content.typed_keys import unknown_key
from press.views.words import words_alone
from tests.conftest import EXAMPLE, HERE
from tests.content.test_yaml_cases import project  # noqa: F401 a fixture

FOLDER = HERE / "yaml"
SOUND = read(FOLDER / "sound", "a")
CASES = sorted(path.parent.name for path in FOLDER.glob("*/expected.txt"))


def found(files: dict[str, bytes]) -> list[Finding]:
    """What loading and checking say of the sound dossier with ``files`` over it."""
    loaded = load(Snapshot("a", "a", {**SOUND.files, **files}))
    return sorted({*loaded.findings, *check(loaded)})


def case(name: str) -> dict[str, bytes]:
    """The wrong file of a case by its name."""
    folder = FOLDER / name
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".txt")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def expected(name: str) -> Iterator[tuple[str, list[str]]]:
    """(place and code, words of the remedy) of each finding of a case."""
    text = (FOLDER / name / "expected.txt").read_text("utf-8").replace("\n  |", " |")
    for line in text.splitlines():
        head, *words = line.split(" | ")
        yield head, words


def test_sound_dossier_is_silent() -> None:
    """Comments where comments may stand, and texts with # in quotes, give no finding."""
    assert [] == found({})


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no list of open files here")
def test_reading_leaves_no_file_open() -> None:
    """The check of swapped towns opened the atlas anew for each dossier, up to the limit."""
    found({})
    before = sorted(Path("/proc/self/fd").iterdir())
    for _ in range(3):
        found({})
    assert sorted(Path("/proc/self/fd").iterdir()) == before


@pytest.mark.parametrize(
    ("written", "code"),
    [("deutsch", "de"), ("German", "de"), ("allemand", "de"), ("EN", "en"), ("fr_FR", "fr-FR"),
     ("русский", "ru"), ("日本語", "ja"), ("Klingonish", "a language code like")],
)  # fmt: skip
def test_a_language_may_be_called_by_its_name(written: str, code: str) -> None:
    """The remedy says the code to write; what nobody knows gets examples."""
    raw = SOUND.files["dossier.yaml"].decode().replace("language: en", f"language: {written}")
    (finding,) = found({"dossier.yaml": raw.encode()})
    assert finding.hint.startswith((f"write {code}", f"use {code}"))


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("45°58′34″N 7°39′29″E", "45.97611, 7.65806"),
        ("45°58.5'N, 7°39.5'E", "45.975, 7.65833"),
        ("33°51'S 151°12'E", "-33.85, 151.2"),
        ("7.658 E 45.976 N", "45.976, 7.658"),
        ("45,976; 7,658", "45.976, 7.658"),
        ("45,976, 7,658", "45.976, 7.658"),
        ("45.976° / 7.658°", "45.976, 7.658"),
        ("(45.976, 7.658)", "45.976, 7.658"),
        ("https://maps.google.com/?q=45.976,7.658", "45.976, 7.658"),
        ("https://www.openstreetmap.org/#map=15/45.97640/7.65860", "45.97640, 7.65860"),
        ("45º58'N, 7º39'O", "latitude, longitude in decimal degrees"),
        ("4478 m", "latitude, longitude in decimal degrees"),
        ("32T 395000 5092000", "latitude, longitude in decimal degrees"),
    ],
)
def test_coordinates_are_shown_as_decimal_degrees(written: str, right: str) -> None:
    """However they were copied; where O may be east or west, nothing is guessed."""
    raw = SOUND.files["gazetteer.yaml"].decode()
    changed = re.sub(r"at: .*", lambda _: f"at: {written}", raw, count=1)
    (finding,) = found({"gazetteer.yaml": changed.encode()})
    assert finding.code == "E120"
    assert finding.hint.startswith(f"write {right}")


@pytest.mark.parametrize("name", CASES)
def test_each_wrong_file_has_its_finding_alone(name: str) -> None:
    """At its line and column, with its code and a remedy that names what to write."""
    findings = found(case(name))
    said = [f"{finding.place.removeprefix('a/')} {finding.code}" for finding in findings]
    wanted = list(expected(name))
    assert [head for head, _ in wanted] == said
    for (_, words), finding in zip(wanted, findings, strict=True):
        assert [] == [word for word in words if word.strip() not in finding.hint]


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 40


# -- comments


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: The ridge", "title: The ridge  # a name"),
        ("title: The ridge", 'title: "The ridge" # a name'),
        ("title: The ridge", 'title: "Ridge #5"'),
        ("title: The ridge", "title: Ridge#5"),
        ("title: The ridge", "# a line of its own\ntitle: The ridge\n# and one more"),
        ("title: The ridge", "title: The ridge\n\n  # below a blank line"),
        ("issued: 2026-11-01", "issued: 2026-11-01 # the day"),
        ("language: en", "language: en # or de"),
        ("imprint:", "imprint: # who prints it"),
        ("[mountains, climbing]", "[mountains, climbing] # two"),
        ("[mountains, climbing]", "[mountains,  # one\n  # and\n  climbing]"),
        ("title: The ridge", "title: >-  # folded\n  The ridge # 5\n  # and more"),
        ("title: The ridge", "title: # to be found\n  The ridge"),
        ("language: en", "language: en\ntheme:  # to be found"),
        ("[mountains, climbing]", "# of the library\n  - mountains\n  # - climbing"),
    ],
)
def test_a_plain_comment_is_no_fault(old: str, new: str) -> None:
    """Apart from text, behind what holds no free text, or in a text that is marked as one."""
    raw = SOUND.files["dossier.yaml"].decode()
    assert old in raw
    assert [] == found({"dossier.yaml": raw.replace(old, new, 1).encode()})


@pytest.mark.parametrize(
    ("old", "new", "place", "right"),
    [
        ("span: 1860/1870", "span: #5", "5:7", "write its value before the #"),
        ("span: 1860/1870", "span: # 5", "5:7", "write its value before the #"),
        ("span: 1860/1870", "span: 1860/1870 #5", "5:17", '"1860/1870 #5"'),
        ("[mountains, climbing]", "\n  - #5\n  - climbing", "12:5", '"#5"'),
        ("[mountains, climbing]", "\n  - mountains\n  - # 5", "13:5", '"# 5"'),
        ("[mountains, climbing]", "[mountains, climbing] #5", "11:33", '"[mountains'),
        ("licence: CC0 1.0", "licence: #CC0", "10:12", '"#CC0"'),
    ],
)
def test_what_is_only_a_comment_to_yaml_is_found(
    old: str, new: str, place: str, right: str
) -> None:
    """One finding, at the sign: behind an empty key or dash, or a date or list without a blank."""
    raw = SOUND.files["dossier.yaml"].decode()
    assert old in raw
    (only,) = found({"dossier.yaml": raw.replace(old, new, 1).encode()})
    assert f"a/dossier.yaml:{place}" == only.place
    assert "E020" == only.code
    assert right in only.hint


def test_text_behind_a_hash_is_printed_where_it_is_marked() -> None:
    """The remedy does what it says: in quotes and in a folded text, everything counts."""
    raw = SOUND.files["dossier.yaml"]
    for title in (b'"Case #5 and more"', b">-\n  Case #5\n  and more"):
        changed = raw.replace(b"title: The ridge", b"title: " + title)
        loaded = load(Snapshot("a", "a", {**SOUND.files, "dossier.yaml": changed}))
        assert loaded.dossier.meta.title == "Case #5 and more"


# -- missing keys


def below(finding: Finding) -> int:
    """The number of the line below which an author pastes what the finding says."""
    said = re.search(r"below line (\d+)", finding.hint)
    return int(said[1]) if said else finding.line - (finding.column == 1)


def pasted(raw: str, finding: Finding) -> str:
    """``raw`` with what the finding says is to be added, at its place."""
    lines = raw.split("\n")
    block = finding.hint.split("\n")[1:]
    if not block:
        block = [" " * (finding.column - 1) + finding.hint.removeprefix("add ")]
    lines[below(finding) : below(finding)] = block
    return "\n".join(lines)


LEAST = [
    ("dossier.yaml", "title: X\n"),
    ("dossier.yaml", "imprint:\n  publisher: X\nlanguage: de\n"),
    ("chronology.yaml", "events:\n  - title: X\n"),
    ("chronology.yaml", "events:\n  - category: war\n    title: X\n"),
    ("chronology.yaml", "categories:\n  - label: X\n"),
    ("chronology.yaml", "categories: [{id: x, label: X, sign: bar}]\nphases:\n  - title: X\n"),
    ("gazetteer.yaml", "places:\n  - name: X\n"),
    ("gazetteer.yaml", "places:\n  - kind: town\n    names:\n      - name: X\n"),
    ("sources.yaml", "sources:\n  - title: X\n"),
    ("people.yaml", "people:\n  - name: X\n"),
    ("glossary.yaml", "terms:\n  - term: X\n"),
    ("infobox.yaml", "rows:\n  - value: X\n    sources: whymper\n"),
    ("infobox.yaml", "title: X\n"),
    ("facts.yaml", "subjects:\n  - name: X\n"),
    ("images/images.yaml", "images:\n  - file: x.png\n"),
    ("plates.yaml", "plates:\n  - kind: map\n"),
    ("plates.yaml", "plates:\n  - id: x\n"),
    ("plates.yaml", "plates:\n  - kind: timeline\n    title: X\n"),
    ("questions.yaml", "questions:\n  - question: X\n"),
    ("index.yaml", "entries:\n  - name: X\n"),
    ("tables/x.yaml", "title: X\n"),
    ("tables/x.yaml", "title: X\ncolumns:\n  - label: X\n"),
]


@pytest.mark.parametrize(("file", "raw"), LEAST)
def test_what_is_missing_can_be_pasted(file: str, raw: str) -> None:
    """Every set of keys is named once, with lines that make it whole at one stroke."""
    others = {name: raw for name, raw in SOUND.files.items() if name != file}
    first = load(Snapshot("a", "a", {**others, file: raw.encode()}))
    missing = [finding for finding in first.findings if finding.code == "E101"]
    assert missing
    for finding in sorted(missing, key=lambda f: (-below(f), f.column)):
        raw = pasted(raw, finding)
    again = load(Snapshot("a", "a", {**others, file: raw.encode()}))
    assert () == again.findings
    if file == "chronology.yaml":
        assert [] == [
            f for f in found({file: raw.encode()}) if f.code[0] == "E" and f.code != "E203"
        ]


def test_a_title_alone_takes_one_run(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What the finding says is pasted below it, and the dossier is built."""
    folder = project / "content" / "least"
    folder.mkdir()
    (folder / "dossier.yaml").write_text("title: X\n")
    assert console.FINDINGS == main.main(["build", "least"])
    err = capsys.readouterr().err
    assert err.count("E101") == 1
    block = "".join(re.findall(r"^(?:standfirst|issued|imprint|rights): .*\n", err, re.MULTILINE))
    (folder / "dossier.yaml").write_text(f"title: X\n{block}")
    shutil.copy(FOLDER / "sound" / "sources.yaml", folder)
    assert console.CLEAN == main.main(["build", "least"])


# -- keys that people type

TYPED = (
    "date", "year", "lat", "lon", "coordinates", "author", "link", "image", "DOI", "description",
    "name", "caption", "url", "title", "source", "page", "place", "license", "type", "lang",
    "notes", "category", "start", "end",
)  # fmt: skip


def models(model: type[Value] = Value) -> Iterator[type[Value]]:
    """Every set of keys that files hold."""
    for inner in model.__subclasses__():
        if inner.__module__.startswith("press."):
            yield inner
            yield from models(inner)


@pytest.mark.parametrize("model", sorted(set(models()), key=str))
def test_each_typed_key_has_a_remedy(model: type[Value]) -> None:
    """In every set of keys: the key that is meant, or the file where such a thing stands."""
    for word in TYPED:
        if word in model.model_fields:
            continue
        key, hint = unknown_key(model, word, {})
        assert hint
        assert not hint.startswith("the keys here")
        assert not key or f"write {key}: " in hint or key in hint


# -- one fault, one finding


def broken(raw: str, line: int, column: int) -> Iterator[str]:
    """``raw`` with the entry at ``line`` and ``column`` broken in several ways."""
    lines = raw.split("\n")
    text = lines[line - 1]
    if text[column - 1] == "{":
        yield "\n".join([*lines[: line - 1], text[:column] + "nonsense: 1, " + text[column:],
                         *lines[line:]])  # fmt: skip
    else:
        mine = [text[: column - 1] + "nonsense: 1", " " * (column - 1) + text[column - 1 :]]
        yield "\n".join([*lines[: line - 1], *mine, *lines[line:]])
    yield "\n".join([*lines[: line - 1], f"{text} 'x' y: z: @", *lines[line:]])
    if re.search(r"\bid: ", text):
        empty = re.sub(r"\bid: [^,}]*", "id: ", text, count=1)
        yield "\n".join([*lines[: line - 1], empty, *lines[line:]])


FILES = [name for name in kinds.FILES if (EXAMPLE / name).is_file()]


@pytest.mark.parametrize("name", FILES)
def test_a_broken_entry_is_all_that_is_said(name: str, matterhorn: Snapshot) -> None:
    """No reference to it, and nothing that seems unused without it, is a fault of its own."""
    whole = load(matterhorn)
    raw = matterhorn.files[name].decode()
    entries = (p for loc, p in whole.parsed[name].values.items() if isinstance(loc[-1:], tuple)
               and len(loc) == 2 and isinstance(loc[1], int))  # fmt: skip
    for line, column in entries:
        for text in broken(raw, line, column):
            if name == "infobox.yaml" and "id: \n" in text:
                continue  # a row needs no id
            loaded = load(Snapshot("a", "a", {**matterhorn.files, name: text.encode()}))
            said = sorted({*loaded.findings, *check(loaded)})
            assert {f"a/{name}"} == {finding.file for finding in said}
            assert {line, line + 1, line - 1} >= {finding.line for finding in said}
            assert len(said) == 1


@pytest.mark.parametrize("name", FILES)
def test_texts_do_not_miss_a_broken_entry(name: str, matterhorn: Snapshot) -> None:
    """What chapters name is not said to be missing while its entry, or its file, is broken."""
    raw = matterhorn.files[name].decode()
    places = load(matterhorn).parsed[name].values.items()
    line, column = next(p for loc, p in places if len(loc) == 2 and isinstance(loc[1], int))
    for text in broken(raw, line, column):
        loaded = load(Snapshot("a", "a", {**matterhorn.files, name: text.encode()}))
        assert () == words_alone(words_only(loaded, Request(), engine_files()))


ODD = ("- x", "- title: X", "- []", "x", "[]", "{}", "{a}", "x:", "x: {y: [z]}", "5", "''")
ENTRIES = (
    "x", "[x]", "[[x]]", "{kind: map}", "[{kind: [map]}]", "[{tags: [a], kind: }]", "[null]",
    "[{id: [a], x y: {b: c}, date: [1], author: {d: e}, at: [f], lat: [1], Note: [n]}]",
)  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_whatever_stands_in_a_file_is_a_finding(name: str) -> None:
    """Lists for keys, keys for lists, texts for both: nothing of it is a fault of the press."""
    key = kinds.FILES[name].kinds[0].key if kinds.FILES[name].kinds else "attributions"
    for text in (*ODD, *(f"{key}: {entry}" for entry in ENTRIES)):
        assert isinstance(found({name: text.encode()}), list)


def test_a_typo_leaves_nothing_unused() -> None:
    """A source is not called uncited because the id of its only citation is mistyped."""
    raw = SOUND.files["chronology.yaml"].replace(b'"times, p. 5"', b'"tims, p. 5"')
    assert ["E201"] == [finding.code for finding in found({"chronology.yaml": raw})]
