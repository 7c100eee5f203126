"""Rosters: the names of a class as spreadsheets, schools and languages write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.base.finding import ContentError
from press.classroom.columns import columns
from press.classroom.roster import Pupil, read_roster, roster
from press.classroom.seeds import seed_of
from press.cli import console, main
from tests.classroom.test_classroom import pages_of
from tests.conftest import HERE

CASES = HERE / "cases"


def test_rosters_as_spreadsheets_write_them() -> None:
    """With and without a byte order mark; commas, semicolons, tabs; quotes; other columns."""
    expected = (Pupil(seed_of("Ada, B.", "7b"), "Ada, B.", "7b"), Pupil(40718, "Émile", ""))
    for raw in (
        'name,class,seed\n"Ada, B.",7b,\nÉmile,,40718\n',
        '\ufeffName;Klasse;E-Mail;Blatt\r\n"Ada, B.";7b;x@y;\r\nÉmile;;;40718\r\n',
        "nom\tclasse\tseed\rAda, B.\t7b\rÉmile\t\t40718",
        'name,class,seed\n\n"Ada,\n B.",7b\n Émile ,"",40718\n\n',
    ):
        assert roster(raw.encode(), "7b.csv").pupils == expected, raw
    assert roster(b'name\n"Ada ""the"" B."\n', "x").pupils[0].name == 'Ada "the" B.'


ROSTERS = {
    b"": "7b.csv: R803 is empty",
    b"name\n": "7b.csv: R803 names nobody",
    "name\nÉmile\n".encode("utf-16")[:-1]: "7b.csv: R804 is no whole UTF-16",
    b"name\nAda\n\x81mile\n": "7b.csv:3:1: R804 is neither UTF-8 nor Windows-1252",
    "name\nAda\nHélène\n".encode("cp850"): "7b.csv:3:2: R804 is neither UTF-8 nor Windows-1252",
    "name\nAda\nŁukasz\n".encode("cp1250"): "7b.csv:3:1: R804 is neither UTF-8 nor Windows-1252",
    b"nme,class\nAda,7b\n": "7b.csv:1:1: R805 has no column name; did you mean name",
    b"class,name\n7b,\n": "7b.csv:2:4: R806 a line without a name",
    b"name\nA\x07da\n": "7b.csv:2:1: R807 a name with a sign that cannot be printed",
    b"name,class\nAda," + b"x" * 90: "7b.csv:2:5: R807 a name of 90 letters; 80 at most",
    b"name,seed\nAda,12\n": "7b.csv:2:5: R808 seed '12' is no number of a sheet",
    b"name\nAda\nada\n": "7b.csv:3:1: R809 ada stands in it twice, in line 2 first",
    b'name,class\n"Lovelace, Ada,7b\n': "7b.csv:2:1: R812 a quotation mark is never closed",
    b'name,class\n"Ada, L\nBo "B", 7a\n': "7b.csv:2:1: R812 'B\"' stands behind the end of",
    b'name,class\n"Ada" Lovelace,7b\n': "7b.csv:2:1: R812 'Lovelace' stands behind the end of",
    b"name,class\nLovelace, Ada,7b\n": "7b.csv:2:15: R812 '7b' stands in no column; the first",
    b"name\n" + b"".join(b"P%d\n" % n for n in range(401)): "7b.csv: R802 has 401 pupils; 400",
    b"name,name\nAda,Lovelace\n": "7b.csv:1:6: R805 has the column 'name' twice",
    b"name;class\nAda,7b\n": "7b.csv:2:1: R812 'Ada,7b' is one field with ',' in it",
    b"name\n=A2&B2\n": "7b.csv:2:1: R807 '=A2&B2' is a formula of a spreadsheet",
    b"name\n#N/A\n": "7b.csv:2:1: R807 '#N/A' is a formula of a spreadsheet, or its failure",
    "name\n\u202eadA\n".encode(): "7b.csv:2:1: R807 a name with a sign that cannot be printed",
    "name\nRenÃ©e\n".encode(): "7b.csv:2:1: R807 'RenÃ©e' was read in a wrong encoding when it was "
    "saved; write Renée",
    b"name\nRen?e\n": "7b.csv:2:1: R807 'Ren?e' has lost a letter in another encoding",
    b"name\nAda &amp; Bo\n": "7b.csv:2:1: R807 'Ada &amp; Bo' is written for a web",
    b"name\n1. Ada\n": "7b.csv:2:1: R807 '1. Ada' begins with a number, which would be",
    b"name|class\nAda|7b\n": "7b.csv:1:1: R805 has no column name; part the columns",
    b"Class 7b\n\nname;class\nAda;7b\n": "7b.csv:1:1: R805 has no column name; line 3 names",
    b"Ada Lovelace\n": "7b.csv:1:1: R805 has no column name; write a line with the word name above",
    b"<table><tr>": "7b.csv: R804 is a web page, and no CSV",
    b"PK\x03\x04\x14\0": "7b.csv: R804 is a workbook (XLSX, ODS), and no CSV",
    b"%PDF-1.7\n": "7b.csv: R804 is a PDF, and no CSV",
    b"x" * 1_000_001: "7b.csv: R802 is larger than 1000 kB",
}


@pytest.mark.parametrize("raw", ROSTERS, ids=lambda raw: ROSTERS[raw].split(" ")[1])
def test_faults_of_a_roster_are_named(raw: bytes) -> None:
    """Each fault has its line, its column and its remedy."""
    with pytest.raises(ContentError) as caught:
        roster(raw, "7b.csv")
    assert str(caught.value.findings[0]).startswith(ROSTERS[raw])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('name;class\n"Miller, Anna"\n', ["Miller, Anna"]),
        ("name;class\nMiller, Anna;7b\n", ["Miller, Anna"]),
        ("sep=;;;\nname;class;seed\nAda;7b;\n", ["Ada"]),
        ("name\n\u200fمحمد علي\nO'Neil\n12345\n", ["\u200fمحمد علي", "O'Neil", "12345"]),
        ("name\nAda\u200b\n\ufeffBen\n", ["Ada", "Ben"]),
        ("\n\nname,\n\nAda,\n,\n\nBen,\n", ["Ada", "Ben"]),
    ],
)
def test_odd_rosters_are_whole(text: str, names: list[str]) -> None:
    """Quoted signs, Excel's filled first line, letters from right to left, numbers, blank lines."""
    assert names == [pupil.name for pupil in roster(text.encode(), "7b.csv").pupils]


def test_all_faults_at_once() -> None:
    """A roster is read to its end before anything is said."""
    with pytest.raises(ContentError) as caught:
        roster(b"name,seed\nAda,1\n,\nBen,x\n", "7b.csv")
    assert [finding.line for finding in caught.value.findings] == [2, 4]


def names(raw: bytes) -> list[str]:
    """The names of a roster."""
    return [pupil.name for pupil in roster(raw, "7b.csv").pupils]


TWO = {
    "Nom;Prénom;Classe\nDupont;Zoé;5e\nDupont;Léa;5e": ["Zoé Dupont", "Léa Dupont"],
    "Prenom,Nom\nZoé,Dupont": ["Zoé Dupont"],
    "NOM DE FAMILLE;Prénom(s)\nDupont;Zoé": ["Zoé Dupont"],
    "Nachname;Vorname\nMüller;Ada": ["Ada Müller"],
    "Име;Презиме\nМилица;Јовић": ["Милица Јовић"],
    "Фамилия;Име\nИванова;Яна": ["Яна Иванова"],
    "Name;Vorname\nMüller;Ada": ["Ada Müller"],
    "Last,First\nByron,Ada": ["Ada Byron"],
    "First name,Last name,Email\nAda,Byron,a@b": ["Ada Byron"],
    "last_name,given-name\nByron,Ada": ["Ada Byron"],
    "Name,Surname\nAda,Byron": ["Ada Byron"],
    "Apellidos,Nombre\nGarcía Ruiz,Ana": ["Ana García Ruiz"],
    "Primer apellido;Segundo apellido;Nombre\nGarcía;Ruiz;Ana": ["Ana García Ruiz"],
    "Cognome;Nome\nRossi;Ada": ["Ada Rossi"],
    "Achternaam;Voornaam\nde Vries;Ada": ["Ada de Vries"],
    "Nazwisko;Imię\nKowalska;Ada": ["Ada Kowalska"],
    "Příjmení;Jméno\nNováková;Ada": ["Ada Nováková"],
    "Soyadı;Adı\nYılmaz;Gül": ["Gül Yılmaz"],
    "Фамилия;Имя\nИванова;Анна": ["Анна Иванова"],
    "Ime;Prezime\nAna;Horvat": ["Ana Horvat"],
    "Vezetéknév;Keresztnév\nNagy;Anna": ["Nagy Anna"],
    "姓,名\n王,伟": ["王伟"],
    "Nom;Prénom\nDupont;\n;Léa": ["Dupont", "Léa"],
    "Vorname;Klasse\nAda;7b": ["Ada"],
    "Nombre\nAna García": ["Ana García"],
    'Name\n"Dupont, Zoé"': ["Dupont, Zoé"],
}
"""Rosters and the names in them."""


@pytest.mark.parametrize("text", TWO, ids=lambda text: text.partition("\n")[0])
def test_names_in_two_columns_are_whole(text: str) -> None:
    """First and last names are put together as they are said, in many languages."""
    assert names(text.encode()) == TWO[text]


def test_roster_of_a_french_school_is_whole() -> None:
    """Two pupils called Dupont are two, by their first names."""
    read = read_roster(CASES / "17-roster-prenom" / "roster.csv")
    assert [(one.name, one.group) for one in read.pupils] == [
        ("Zoé Dupont", "5e"), ("Léa Dupont", "5e"),
    ]  # fmt: skip
    assert read.findings == ()


def test_columns_are_known_by_what_stands_beside_them() -> None:
    """Nom alone is a name; beside Prénom it is half of one."""
    assert columns(["Nom", "Classe"]).names == (0,)
    assert columns(["Classe", "Nom", "Prénom"]).names == (2, 1)
    assert columns(["Classe", "Nom", "Prénom"]).group == 0


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "\ufeffsep=;"])
def test_separator_of_excel_is_taken(first: str) -> None:
    """Its line is no head; lines are counted with it."""
    (pupil,) = roster(f'{first}\r\nname;class\r\n"Byron, Ada";7b'.encode(), "7b.csv").pupils
    assert (pupil.name, pupil.group, pupil.line, pupil.column) == ("Byron, Ada", "7b", 3, 1)


def test_separator_may_be_a_tab_or_a_bar() -> None:
    """Whatever sign the line gives; a comma in a quoted head is none."""
    assert names(b"sep=\t\nname\tclass\nAda\t7b") == ["Ada"]
    assert names(b"sep=|\nlast|first\nByron|Ada") == ["Ada Byron"]
    assert names(b'"name, in full";name;class\nx;Ada;7b') == ["Ada"]
    assert names(b"name\tclass\nAda\t7b\n\t\n\n  \nBen\t7b") == ["Ada", "Ben"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    """UTF-16 too, as “Unicode text” is saved, with its mark or without."""
    read = roster("name\tclass\nÉmile Zoë\t7b\n".encode(encoding), "7b.csv")
    assert [pupil.name for pupil in read.pupils] == ["Émile Zoë"]
    assert read.findings == ()


def test_guessed_encoding_is_said() -> None:
    """Windows-1252 is a guess: the first name that hangs on it is named, with its line."""
    read = roster("name;class\nAda;7b\nÉmile;7b\nZoë’s;7b\n".encode("cp1252"), "a/7b.csv")
    assert [pupil.name for pupil in read.pupils] == ["Ada", "Émile", "Zoë’s"]
    (found,) = read.findings
    assert found.severity == "warning"
    said = (
        "a/7b.csv:3:1: R810 warning: is not UTF-8, and was read as Windows-1252: “Émile” and 1 more"
    )
    assert str(found).startswith(said)


def test_findings_keep_the_path_of_the_roster(tmp_path: Path) -> None:
    """Of two rosters of the same name one knows which is meant."""
    path = tmp_path / "5a" / "roster.csv"
    with pytest.raises(ContentError) as caught:
        read_roster(path)
    assert caught.value.findings[0].file == str(path)
    path.parent.mkdir()
    path.write_bytes(b"nothing;known\n")
    with pytest.raises(ContentError) as caught:
        read_roster(path)
    assert caught.value.findings[0].place == f"{path}:1:1"


def test_pupil_whose_name_no_font_has_is_named(
    tiny: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """All such pupils at once, at their lines, with a font to add; the others get worksheets."""
    file = tmp_path / "roster.csv"
    rows = (CASES / "19-roster-hebrew" / "roster.csv").read_text("utf-8").rstrip("\n")
    file.write_text(f"{rows}\nZoë;7b\n王伟;7b\nRenée \u0301;7b\n", "utf-8")
    assert main.main(["check", "--for", str(file)]) == console.FINDINGS
    checked = capsys.readouterr()
    assert "roster.csv:5:1: P404 no font has '王'" in checked.err
    assert "roster.csv: 5 pupils" in checked.out
    assert main.main(["build", "--edition", "worksheet", "--for", str(file)]) == console.FINDINGS
    said = capsys.readouterr()
    assert "tiny-worksheet-roster.pdf: 3 sheets" in said.out
    told = said.out + said.err
    hebrew = "roster.csv:3:1: P404 no font has 'מ', U+05DE HEBREW LETTER MEM and 6 others"
    assert hebrew in told
    assert "such as Noto Serif Hebrew" in told
    assert "roster.csv:5:1: P404 no font has '王'" in told
    pages = " ".join(pages_of((tiny / "output/tiny/tiny-worksheet-roster.pdf").read_bytes()))
    assert " ada " in pages
    assert "zoë" in pages
