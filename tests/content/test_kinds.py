"""What a dossier consists of stands once: a new kind is a row, a model, a part and a sheet."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from press.content import kinds
from press.content.load import load
from press.content.model import Chapter, Value
from press.content.snapshot import Snapshot
from tests.conftest import EXAMPLE, ROOT, Changed

ROW = """    File(
        "ships.yaml",
        Ships,
        (Kind("ship", "ships", told=("role",), counted=True, indexed="name"),),
        part="ships",
        data="ships.csv",
    ),
"""
MODEL = '''"""ships.yaml."""

from press.content.model.values import Cites, PlaceId, Slug, Text, Texts, Value, When, WordsText


class Ship(Value):
    """A ship."""

    id: Slug
    name: Text
    also: Texts = ()
    role: WordsText
    built: When
    lost: When | None = None
    home: PlaceId | None = None
    sources: Cites = ()


class Ships(Value):
    """ships.yaml."""

    ships: tuple[Ship, ...] = ()
'''
PART = """{% from "macros.html" import head with context %}
{% if book.things.ships %}
<section class="part">
{{ head("Ships", "ships") }}
<dl class="ships">
{% for entry in book.things.ships.entries %}
<div class="entry" id="{{ entry.anchor }}"><dt>{{ entry.thing.name }}</dt>
<dd>{{ entry.told.role }}, built {{ entry.told.built }} {{ entry.cites }}</dd></div>
{% endfor %}
</dl>
</section>
{% endif %}
"""
SHEET = ".ships dt { font-weight: 600 }\n"
SHIPS = """ships:
  - id: great-eastern
    name: Great Eastern
    also: Leviathan
    role: laid a cable in the summer of [[summit|the ascent]]
    built: 1858
    home: zermatt
    sources: [whymper]
"""
DRIVER = """
import json, sys
from io import BytesIO
from pathlib import Path
import pikepdf, pypdfium2
from press.checks import check
from press.content import kinds, locate
from press.content.load import load
from press.content.snapshot import Snapshot, read
from press.diff.facts import changes
from press.views.words import read_prose
from press.base.templates import environment
from press.content.snapshot import engine_files
from press.typeset import fonts
from tests.conftest import document_of, set_edition
from tools.docs.schemas import schemas
from press.design.editions import EDITIONS
from press.views.view import Work

FEW = ("dossier.yaml", "sources.yaml", "chronology.yaml", "gazetteer.yaml", "glossary.yaml")
ships = Path(sys.argv[1]).read_text()
small = read(Path(sys.argv[3]), "matterhorn")
chapter, FIRST = "chapters/02-the-descent.md", "chapters/01-the-mountain.md"
def having(text, said="\\nThe [[ship:great-eastern]] steamed on, said the Leviathan's crew.\\n"):
    body = small.files[chapter] + said.encode()
    return Snapshot("matterhorn", "m", {**small.files, chapter: body, "ships.yaml": text.encode()})
def found(snapshot):
    loaded = load(snapshot)
    prose = read_prose(loaded, environment(engine_files()), {})
    prose.chapter(loaded.dossier.chapters[-1])
    return [str(f) for f in (*loaded.findings, *check(loaded), *prose.findings)]
sound = load(having(ships))
fonts.only(Path.cwd() / "styles" / "fonts", Path(sys.argv[2]))
whole = having(ships).files  # its pages need no plates and pictures, and few words
printed = {name: whole[name] for name in (*FEW, "ships.yaml")}
printed[chapter] = b"# The descent\\n\\nThe [[ship:great-eastern]] steamed on.\\n"
made = set_edition(Snapshot("matterhorn", "m", printed))
twice = ships + ships.removeprefix("ships:\\n")
bare = {name: whole[name] for name in whole if not name.startswith(("plates", "images", "table"))}
bare[FIRST] = b"# The mountain\\n\\nIt was high.\\n"
flat = load(Snapshot("matterhorn", "m", bare))
html = document_of(Work("x", flat, EDITIONS["dossier"], "default", engine_files())).html.text
pdf = pypdfium2.PdfDocument(BytesIO(made.pdf))
opened = pikepdf.open(BytesIO(made.pdf))
print(json.dumps({
    "loaded": list(kinds.things(sound.dossier, "ship")),
    "sound": found(having(ships)),
    "unknown key": found(having(ships.replace("built:", "built-in:"))),
    "unknown place": found(having(ships.replace("home: zermatt", "home: zermat"))),
    "no source": found(having(ships.replace("    sources: [whymper]\\n", ""))),
    "twice": found(having(twice)),
    "not named": found(having(ships, "")),
    "dead link": found(having(ships, "\\n[[ship:great-western]] and Great Eastern\\n")),
    "html": html,
    "pages": [page.get_textpage().get_text_range() for page in pdf],
    "findings": [str(f) for f in made.findings],
    "csv": opened.attachments["ships.csv"].get_file().read_bytes().decode(),
    "schema": dict(schemas()).get("ships.schema.json", ""),
    "changes": [f"{c.kind} {c.address}" for c in changes(load(small), sound)],
    "located": locate.find(sound, "Great Eastern", ("ship-great-eastern",)),
}))
"""


def grown(place: Path) -> Path:
    """A copy of the project at ``place`` that knows ships."""
    for folder in ("press", "styles", "templates"):
        shutil.copytree(ROOT / folder, place / folder)
    for folder in ("tests", "tools"):
        (place / folder).symlink_to(ROOT / folder)

    def insert(file: str, before: str, text: str) -> None:
        path = place / file
        whole = path.read_text("utf-8")
        assert before in whole, file
        path.write_text(whole.replace(before, text + before, 1), "utf-8")

    insert("press/content/kinds.py", '    File("sources.yaml"', ROW)
    insert(
        "press/content/kinds.py",
        "from press.content.yaml",
        "from press.content.model.ships import Ships\n",
    )
    (place / "press/content/model/ships.py").write_text(MODEL)
    (place / "templates/parts/ships.html").write_text(PART)
    insert(
        "templates/editions/dossier.html",
        '{% include "parts/glossary.html" %}',
        '{% include "parts/ships.html" %}\n',
    )
    (place / "styles/parts/ships.css").write_text(SHEET)
    insert(
        "styles/main.css",
        '@import "parts/glossary.css"',
        '@import "parts/ships.css" layer(parts);\n',
    )
    return place


@pytest.fixture(scope="module")
def ships(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a project with ships says of a dossier that has one."""
    place = grown(tmp_path_factory.mktemp("grown"))
    (place / "ships.yaml").write_text(SHIPS)
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, "ships.yaml", str(place / "cache"), str(EXAMPLE)],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_new_kind_is_loaded(ships: dict[str, Any]) -> None:
    """Its file is read, and its fields are held against its model."""
    assert ["great-eastern"] == ships["loaded"]
    assert [] == ships["sound"]
    assert "E102 unknown key 'built-in'; did you mean built?" in " ".join(ships["unknown key"])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("unknown place", "ships.yaml:7:11: E201 no place has id 'zermat'; did you mean zermatt?"),
        ("no source", "ships.yaml:2:5: W301 warning: ship 'great-eastern' has no source"),
        ("twice", "ships.yaml:9:9: E202 id 'great-eastern' is taken (line 2)"),
        ("not named", "ships.yaml:2:9: W348 warning: nothing names ship 'great-eastern'"),
        ("dead link", "P201 there is no ship 'great-western'"),
    ],
)
def test_new_kind_is_checked(ships: dict[str, Any], fault: str, said: str) -> None:
    """Its references, sources, ids and uses are looked at as those of every other kind."""
    assert said in " ".join(ships[fault])


def test_new_kind_is_linked_indexed_and_printed(ships: dict[str, Any]) -> None:
    """Texts lead to its part; contents and index list it; what it says is on a page."""
    html = ships["html"]
    assert re.search(r'<a [^>]*class="ship" href="#ship-great-eastern">Great Eastern</a>', html)
    assert '<a class="words" href="#ships">Ships</a>' in html
    assert 'id="index-ship-great-eastern"' in html
    assert (
        '<a href="#index-ship-great-eastern">Great Eastern</a>'
        in html.partition("Leviathan</span>")[2]
    )
    assert html.index('href="#ships"') < html.index('href="#glossary"')
    assert any("laid a cable" in page and "1858" in page for page in ships["pages"])
    assert [] == [line for line in ships["findings"] if "warning" not in line]


def test_new_kind_is_everywhere_else(ships: dict[str, Any]) -> None:
    """It travels as data, has a schema, is compared, and is found by its printed words."""
    assert ships["csv"].splitlines()[1].startswith("great-eastern,Great Eastern,")
    assert '"built"' in ships["schema"]
    assert "ship great-eastern" in ships["changes"]
    assert ["m/ships.yaml", 2] == ships["located"][:2]


# -- the table ---------------------------------------------------------------------------------


def test_every_file_has_a_place_in_a_dossier(matterhorn: Snapshot) -> None:
    """The field of each row is there, and holds what the row says."""
    dossier = load(matterhorn).dossier
    for file in kinds.FILES.values():
        held = getattr(dossier, file.field)
        assert held is None or file.pattern or isinstance(held, file.model)
        for kind in file.kinds:
            for thing in kinds.things(dossier, kind.name).values():
                assert hasattr(thing, kind.called)
                assert all(hasattr(thing, name) for name in (*kind.told, *kind.facts.values()))


def test_what_is_left_out_is_empty() -> None:
    """A file that a dossier does without stands as a value with nothing in it."""
    for file in kinds.FILES.values():
        if file.absent == "empty" and not file.pattern:
            empty = file.nothing()
            assert isinstance(empty, Value)
            assert all(getattr(empty, kind.key) == () for kind in file.kinds)


def test_things_are_kept_in_the_order_of_their_file(changed: Changed) -> None:
    """Things by id stand as they were typed; chapters and tables have the ids of their files."""
    dossier = load(changed()).dossier
    assert ["matterhorn", "zermatt", "breuil"] == list(kinds.things(dossier, "place"))[:3]
    assert {"climbers"} <= set(kinds.things(dossier, "table"))
    assert all(isinstance(c, Chapter) for c in kinds.things(dossier, "chapter").values())
