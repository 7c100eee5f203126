"""What the columns of a roster are called, in the languages of schools, and what they hold.

Names are compared without capitals, accents, points and hyphens, so that ``Prénom`` is ``prenom``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


def plain(text: str) -> str:
    """The name of a column as it is compared: small letters, no accents, no "(s)" behind it."""
    text = re.sub(r"\(\w{1,2}\)", "", text)
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    letters = (c if c.isalnum() else " " for c in bare.casefold().translate(_ALIKE))
    return " ".join("".join(letters).split())


_ALIKE = str.maketrans("ıłøđ", "ilod")


def _names(text: str) -> frozenset[str]:
    return frozenset(plain(name) for name in text.split(","))


WHOLE = _names(
    "pupil, student, student name, full name, display name, name and surname, learner, élève, "
    "eleve, étudiant, nom complet, nom et prénom, nom prénom, prénom nom, schüler, schülerin, "
    "schülername, schüler in, lernende, vor und nachname, name vorname, vollständiger name, "
    "alumno, alumna, estudiante, nombre completo, nombre y apellidos, apellidos y nombre, "
    "aluno, aluna, nome completo, nome e cognome, cognome e nome, studente, alunno, leerling, "
    "volledige naam, uczeń, imię i nazwisko, nazwisko i imię, žák, jméno a příjmení, žiak, "
    "öğrenci, ad soyad, adı soyadı, elev, elevnavn, namn, navn, nimi, tanuló, név, učenik, "
    "ime i prezime, ученик, фио, имя и фамилия, учень, піб, μαθητής, ονοματεπώνυμο, "
    "աշակերտ, şagird, 氏名, 姓名, 학생, 이름"
)
"""Columns with whole names."""

FIRST = _names(
    "first, first name, firstname, given, given name, given names, forename, prénom, prénoms, "
    "vorname, vornamen, rufname, nombre de pila, nombres, primer nombre, segundo nombre, "
    "middle name, nome próprio, voornaam, roepnaam, imię, jméno, meno, adı, isim, fornavn, "
    "förnamn, etunimi, eesnimi, vārds, vardas, keresztnév, utónév, ime, prenume, имя, ім'я, "
    "όνομα, անուն, 名"
)
"""Columns with first names."""

LAST = _names(
    "last, last name, lastname, surname, family, family name, nom de famille, nom d'usage, "
    "nachname, familienname, zuname, apellido, apellidos, apellido 1, apellido 2, "
    "primer apellido, segundo apellido, apelido, apelidos, sobrenome, cognome, achternaam, "
    "familienaam, nazwisko, příjmení, priezvisko, soyad, soyadı, soyisim, efternavn, etternavn, "
    "efternamn, sukunimi, perekonnanimi, perenimi, uzvārds, pavardė, vezetéknév, családnév, "
    "prezime, nume de familie, фамилия, презиме, прізвище, επώνυμο, ազգանուն, 姓"
)
"""Columns with last names."""

EITHER = _names("name, nom, nombre, nome, naam, ad, ime, nume, име, имя, jméno")
"""Columns with whole names where they stand alone, and with the missing half beside another."""

FAMILY_FIRST = _names("vezetéknév, családnév, 姓")
"""Columns of last names that are said before the first."""

CLASS = _names(
    "class, group, form, section, klasse, gruppe, lerngruppe, classe, groupe, division, clase, "
    "curso, grupo, turma, gruppo, klas, groep, klasa, třída, trieda, sınıf, şube, klass, luokka, "
    "osztály, razred, clasa, класс, клас, τάξη, դասարան, sinif, 班, 組, 반"
)
SEED = _names("seed, sheet, blatt, fiche, hoja, ficha, foglio, scheda")


@dataclass(frozen=True)
class Columns:
    """The numbers of the columns that count, from 0; ``names`` are put together in this order.

    ``idle`` are columns called like one of those, which are not taken.
    """

    names: tuple[int, ...]
    group: int = -1
    seed: int = -1
    joined: str = " "
    idle: tuple[int, ...] = ()


def columns(head: Sequence[str]) -> Columns:
    """What the columns of a roster with this first line hold. Others are passed over."""
    found = [plain(text) for text in head]

    def of(names: frozenset[str]) -> tuple[int, ...]:
        return tuple(number for number, name in enumerate(found) if name in names)

    whole, first, last, either = (of(names) for names in (WHOLE, FIRST, LAST, EITHER))
    first_alone = tuple(number for number in first if number not in either)
    if first_alone and last:
        names = (*first_alone, *last)
    elif first_alone and either:
        names = (*first_alone, *either[:1])
    elif last and either:
        names = (*either[:1], *last)
    else:
        names = (whole or either or first or last)[:1]
    family_first = any(found[number] in FAMILY_FIRST for number in last)
    if family_first and len(names) > 1:
        names = (*last, *(number for number in names if number not in last))
    joined = "" if "姓" in found and len(names) > 1 else " "
    group, seed = of(CLASS), of(SEED)
    taken = {*names, *group[:1], *seed[:1]}
    called = {found[number] for number in taken}
    idle = tuple(n for n, text in enumerate(found) if text in called and n not in taken)
    return Columns(names, group[0] if group else -1, seed[0] if seed else -1, joined, idle)


OFTEN = ("name", "first name", "last name", "pupil", "student", "class", "seed", "nom", "prénom",
         "vorname", "nachname", "klasse", "classe", "nombre", "apellidos", "cognome")  # fmt: skip
"""Names of columns that are proposed for one that nobody knows."""
