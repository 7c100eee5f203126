"""Checks of words say nothing against sound text in other languages, and find its faults."""

from __future__ import annotations

from time import process_time

import pytest

from press.checks import check
from press.checks.units import has_unit
from press.content.load import load
from press.content.snapshot import Snapshot

GERMAN = """# Der Abstieg

Die, die die Stadt hielten, zogen am 3. März ab, d. h. vor der Zusage; es waren z. B. 1.500 Mann
(nach anderen 1.800) [@quelle, S. 12]. Er nannte es „einen der ‚schwarzen Tage‘ dieses Krieges“
[@quelle, S. 13]. Am 10.–12. Juli – so die DDR-Presse – war alles vorbei. Die DDR schwieg, und auch
später sprach die DDR nicht davon. Nr. 4 a) und b) blieben offen. »Genug« schrieb einer.
"""
FRENCH = """# La descente

Nous nous souvenons : l’armée partit le 1er mars ; « elle n’avait plus de vivres », dit-on, « ni de
munitions » [@quelle, p. 12] ! Était-ce vrai ? L’ONU en parla (10 000 hommes, 2,5 %) et vous vous
en souvenez. L’ONU se tut ensuite ; l’après-midi du 3, tout était fini…
"""
ARABIC = """# النزول

قال الشاهد: «كان يوماً طويلاً جداً»، ثم مضى [@quelle, p. 12]. هل بقي أحد؟ لا، لم يبقَ أحد؛ كانوا
١٬٥٠٠ رجل (وقيل ١٬٨٠٠) في ٢٣ يوليو ١٩٩٣. كتاب كتاب كان معهم، وهذا هذا من كلام الناس.
"""
ARMENIAN = """# Վայրէջք

Նա ասաց՝ «երկար օր էր», եւ գնաց [@quelle, p. 12]։ Ի՞նչ եղավ յետոյ։ Ոչինչ, — ասաց նա (1800 մարդ)։
"""
JAPANESE = """# 下山

彼は「長い一日だった」と言い、去った[@quelle, p. 12]。人々は待った（千八百人）。
"""

UNSAID = {"W338", "E146"}
"""What is said of a language that the press has no words of, or cannot set whole dossiers in."""


def dossier(language: str, chapter: str, more: str = "") -> Snapshot:
    """The least dossier in a language, with one chapter."""
    meta = (
        f"title: {chapter.splitlines()[0][2:]}\nstandfirst: 1865\nlanguage: {language}\n"
        f"issued: 2026-11-01\nimprint: {{publisher: P}}\n"
        f"rights: {{holder: P, licence: CC0}}\n{more}"
    )
    source = (
        "sources:\n  - {id: quelle, type: book, kind: primary, title: T, issued: 1871, checked: c}"
    )
    files = {"dossier.yaml": meta, "sources.yaml": source, "chapters/01-a.md": chapter}
    return Snapshot("a", "a", {name: text.encode() for name, text in files.items()})


def codes(snapshot: Snapshot) -> list[str]:
    """The codes of what loading and checking say."""
    loaded = load(snapshot)
    found = (*loaded.findings, *check(loaded))
    return [finding.code for finding in found if finding.code not in UNSAID]


@pytest.mark.parametrize(
    ("language", "chapter"),
    [("de", GERMAN), ("fr", FRENCH), ("ar", ARABIC), ("hy", ARMENIAN), ("ja", JAPANESE)],
)
def test_sound_text_is_silent(language: str, chapter: str) -> None:
    """Marks, doubled words, ordinals and scripts that are right in a language are left alone."""
    assert [] == codes(dossier(language, chapter))


@pytest.mark.parametrize(
    ("language", "old", "new", "code"),
    [
        ("de", "war alles vorbei", "war alles alles vorbei", "W322"),
        ("de", "war alles vorbei", "ist derzeit alles vorbei", "W332"),
        ("de", "dieses Krieges“", "dieses Krieges", "W331"),
        ("de", "10.–12. Juli", "10-12 Juli", "W324"),
        ("de", "@quelle, S. 13", "@quelle", "W311"),
        ("fr", "tout était fini", "tout tout était fini", "W322"),
        ("fr", "tout était fini", "tout est actuellement fini", "W332"),
        ("fr", "« ni de\nmunitions »", "« ni de\nmunitions", "W331"),
        ("fr", "de vivres », dit-on", "de vivres » , dit-on", "W323"),
        ("ar", "@quelle, p. 12", "@quelle", "W311"),
        ("ar", "(وقيل ١٬٨٠٠)", "(وقيل ١٬٨٠٠", "W331"),
        ("hy", "@quelle, p. 12", "@quelle", ""),  # three words are no quotation yet
        ("ja", "（千八百人）", "(千八百人", "W331"),
    ],
)  # fmt: skip
def test_fault_is_found(language: str, old: str, new: str, code: str) -> None:
    """The same check finds its fault in any language that it can read."""
    chapter = {"de": GERMAN, "fr": FRENCH, "ar": ARABIC, "hy": ARMENIAN, "ja": JAPANESE}[language]
    assert old in chapter
    assert ([code] if code else []) == codes(dossier(language, chapter.replace(old, new)))


REPEATED = [
    ("# Valentia\n\nValentia is an island [@quelle, p. 1].", 0),
    ("# Valentia\nValentia is an island [@quelle, p. 1].", 0),
    ("# A\n\nThe cable [@quelle, p. 1].\n\n## Valentia\nValentia is an island.", 0),
    ("# A\n\nThey left Valentia\n\nValentia is an island [@quelle, p. 1].", 0),
    ("# A\n\nThey left Valentia\nValentia is an island [@quelle, p. 1].", 1),
    ("# Valentia Valentia\n\nAn island [@quelle, p. 1].", 1),
]


@pytest.mark.parametrize(("chapter", "found"), REPEATED)
def test_a_word_of_a_heading_may_begin_the_text(chapter: str, found: int) -> None:
    """A word stands twice only where both stand in one run of words."""
    assert found == ("W322" in codes(dossier("en", chapter)))


def test_a_word_that_stands_twice_again_and_again_is_one_finding() -> None:
    """With its lines; three slips are three, and a name of the gazetteer is none."""

    def said(times: int, places: str = "") -> list[str]:
        chapter = "\n\n".join(["# Rain", *["In Walla Walla it rained."] * times])
        whole = dossier("en", chapter)
        files = {**whole.files, "gazetteer.yaml": f"places: [{places}]".encode()}
        found = check(load(Snapshot("a", "a", files)))
        return [str(one) for one in found if one.code == "W322"]

    assert 3 == len(said(3))
    [one] = said(100)
    assert ":3:4: W322 warning: 'Walla' stands twice, here and 99 times more (line 5, 7, 9," in one
    assert one.endswith("people or glossary")
    assert [] == said(100, '{id: w, name: Walla Walla, kind: town, at: "46.06, -118.34"}')


def test_the_signs_of_a_list_in_a_field_are_no_dashes() -> None:
    """That a field holds no list is said elsewhere; a hyphen among its words is still found."""
    least = dossier("en", "# A\n\nAn island [@quelle, p. 1].").files
    terms = b"terms:\n  - id: a\n    term: A\n    definition: "

    def said(definition: bytes) -> list[str]:
        return codes(Snapshot("a", "a", {**least, "glossary.yaml": terms + definition}))

    assert "W324" not in said(b"|\n      Two:\n      - one\n      - two\n")
    assert "W324" in said(b"|\n      Two - and\n      - one\n")
    assert "W324" in said(b"Two - and one\n")


def test_wording_reads_any_script() -> None:
    """The dossier's own list works in Arabic, and leaves quotations alone."""
    listed = "wording:\n  - {word: يوماً, reason: r}\n  - {word: الناس, reason: r}\n"
    found = [f for f in check(load(dossier("ar", ARABIC, listed))) if f.code not in UNSAID]
    assert ["W328"] == [f.code for f in found]
    assert "الناس" in found[0].message


@pytest.mark.parametrize(
    "piece",
    ["[", "(", '"', "“", "a ", "`", "[@a", "[[a|", "/// quote\n", "*", "1-", "‘a’", "ABC ", "(ABC ",
     "<!--", "![a](", "- ", "\n", " ", "http://"],
)  # fmt: skip
def test_no_text_keeps_the_checks(piece: str) -> None:
    """A text made to be slow to read is read in a time that grows with its length."""
    loaded = load(dossier("en", f"# T\n\n{piece * (30_000 // len(piece))}x"))
    begun = process_time()
    check(loaded)
    assert process_time() - begun < 3  # the square of its length would take minutes


@pytest.mark.parametrize(
    ("name", "at", "found"),
    [
        ("Moskau", "37.605, 55.747", True),
        ("Warschau", "21.01, 52.23", True),
        ("Moskau", "55.747, 37.605", False),
        ("Moskau", "46.73, -117.0", False),
        ("Nirgendwo", "37.605, 55.747", False),
    ],
)
def test_a_town_is_found_by_what_the_language_calls_it(name: str, at: str, found: bool) -> None:
    """Also as the only place of the dossier; a namesake elsewhere is none of its faults."""
    base = dossier("de", GERMAN)
    raw = f'places: [{{id: a, name: {name}, at: "{at}", kind: Stadt}}]\n'.encode()
    loaded = load(Snapshot(base.slug, base.label, {**base.files, "gazetteer.yaml": raw}))
    told = [finding.hint for finding in check(loaded) if finding.code == "W266"]
    lat, lon = at.split(", ")
    assert told == ([f"latitude comes first; write at: {float(lon):g}, {float(lat):g}"] * found)


@pytest.mark.parametrize(("language", "code"), [("vi", "W338"), ("ar", "E146"), ("de-AT", "")])
def test_borrowed_words_are_said(language: str, code: str) -> None:
    """English heads in another language are no silence, Arabic pages an error."""
    found = {f.code for f in check(load(dossier(language, GERMAN)))} & {"W338", "E146"}
    assert found == {code} - {""}


PEOPLE = """people:
  - {id: isa, name: Isa Qambar, role: president of Turkey, born: 1957-02-24, sources: [quelle]}
  - {id: kaya, name: "Yılmaz, Kaya", role: president of Turkey, born: 1957-02-24, sources: [quelle]}
  - {id: otto, name: Otto Strauß, role: president of Turkey, born: 1957-02-24, sources: [quelle]}
"""


def with_files(snapshot: Snapshot, **files: str) -> Snapshot:
    """The same dossier with more files of YAML."""
    more = {f"{name}.yaml": text.encode() for name, text in files.items()}
    return Snapshot("a", "a", {**snapshot.files, **more})


@pytest.mark.parametrize("name", ["Isa Qambar", "İsa Qambar", "Kaya Yilmaz", "KAYA YILMAZ",
                                  "Otto Strauß"])  # fmt: skip
def test_people_are_known_by_every_i_and_by_a_sharp_s(name: str) -> None:
    """A life and an office are held to people.yaml, and nothing fails, with İ, ı or ß in names."""
    said = f"# A\n\n{name} was born on 23 February 1957. {name}, the president of Iran, left.\n"
    found = codes(with_files(dossier("en", said), people=PEOPLE))
    assert {"W405", "W413"} <= set(found)


@pytest.mark.parametrize(("said", "wrong"), [("Ein Drittel", False), ("Drei Viertel", True)])
def test_share_is_held_to_the_facts_of_a_language_with_capitals(said: str, wrong: bool) -> None:
    """A share in German is looked up as it is read, at a sentence's begin as well."""
    facts = """subjects:
  - id: flotte
    name: Flotte
    facts:
      verloren: {label: verloren, text: "13", unit: Schiffe, sources: [quelle]}
"""
    told = f"{said} der 40 Schiffe der Flotte gingen verloren [@quelle, S. 2]."
    chapter = f"# Die Flotte\n\n{told}\n"
    assert ("W403" in codes(with_files(dossier("de", chapter), facts=facts))) is wrong


@pytest.mark.parametrize("unit", ["Meter", "Lira"])
def test_unit_with_a_capital_is_one(unit: str) -> None:
    """A unit behind a number is known with its capital, and that of another number is not."""
    assert has_unit(f"Es waren 12 {unit}.", 11, unit, "de")
    assert not has_unit("Es waren 12 Grad.", 11, unit, "de")


@pytest.mark.parametrize(("label", "told"), [("Feet", False), ("Metres", False), ("Span", True)])
def test_a_unit_says_what_numbers_are_of(label: str, told: bool) -> None:
    """A column called Feet needs no unit in each cell (W336)."""
    table = (
        "title: Spans\ncolumns:\n  - {key: name, label: Name}\n"
        f"  - {{key: span, label: {label}, numeric: true}}\n"
        "rows:\n  - {name: First, span: '1,710'}\n  - {name: Second, span: '680'}\n"
    )
    own = dossier("en", "# The bridge\n\nSee [[table:spans]].\n")
    files = {**own.files, "tables/spans.yaml": table.encode()}
    found = check(load(Snapshot(own.slug, own.label, files)))
    assert ("and 1 more value under it" in " ".join(f.message for f in found)) == told
