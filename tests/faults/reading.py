"""Scenarios of reading: the folder, YAML, prose, templates, pictures and layers."""

from __future__ import annotations

import atexit
import io
import json
import os
import shutil
import socket
import sqlite3
import struct
import tempfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import shapefile  # type: ignore[import-untyped]
from PIL import Image

from press.base.finding import ContentError, stopping
from press.base.templates import environment
from press.citations import Citations
from press.content import pictures, snapshot, yaml
from press.content.load import load
from press.content.model import Chapter, Dossier
from press.content.pictures import bare
from press.plates.maps import layers
from press.prose import Prose, markup
from tests.faults.harness import Breach, Guard, Scenario, expect, forked

SECRET = "the-secret-of-somebody-else"
EXAMPLE = Path(__file__).parents[2] / "content" / "_example"
ROOT = EXAMPLE.parents[1]


# -- the folder --------------------------------------------------------------------------------


def _folder(place: Path) -> Path:
    folder = place / "dossier"
    folder.mkdir()
    (place / "secret.txt").write_text(SECRET)
    return folder


def link_to_a_secret(place: Path) -> str:
    folder = _folder(place)
    (folder / "a.md").symlink_to(place / "secret.txt")
    return expect("E004", lambda: snapshot.read(folder))


def link_to_a_folder(place: Path) -> str:
    folder = _folder(place)
    (place / "other").mkdir()
    (place / "other" / "a.md").write_text(SECRET)
    (folder / "chapters").symlink_to(place / "other")
    return expect("E004", lambda: snapshot.read(folder))


def dossier_that_is_a_link(place: Path) -> str:
    _folder(place)
    (place / "other").symlink_to(place / "dossier")
    return expect("E001", lambda: snapshot.read(place / "other"))


def pipe_that_never_answers(place: Path) -> str:
    folder = _folder(place)
    os.mkfifo(folder / "a.md")
    return forked(lambda: expect("E004", lambda: snapshot.read(folder)), 2)


def socket_in_the_folder(place: Path) -> str:
    folder = _folder(place)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(folder / "s"))  # a socket's path may have 107 letters
    return expect("E004", lambda: snapshot.read(folder))


def giant_file(place: Path) -> str:
    folder = _folder(place)
    with (folder / "a.md").open("wb") as stream:
        stream.truncate(31_000_000)
    return expect("E004", lambda: snapshot.read(folder))


@cache
def _thousands() -> Path:
    """A folder of 5,001 files, made once for both attempts; it goes when the process does."""
    folder = Path(tempfile.mkdtemp(prefix="press-faults-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for number in range(5001):
        os.mknod(f"{folder}/{number}.md")
    return folder


def thousands_of_files(_: Path) -> str:
    return expect("E005", lambda: snapshot.read(_thousands()))


def bottomless_folders(place: Path) -> str:
    folder = inner = _folder(place)
    for _ in range(12):
        inner /= "a"
    inner.mkdir(parents=True)
    (inner / "a.md").touch()
    return expect("E004", lambda: snapshot.read(folder))


def names_that_write_on_the_terminal(place: Path) -> str:
    folder = _folder(place)
    (folder / "\x1b[2Ja.md").touch()
    try:
        snapshot.read(folder)
    except ContentError as error:
        if "\x1b" in str(error):
            raise Breach("the terminal is written on") from None
        return "E004"
    raise Breach("the name was taken")


_OPEN = "press.content.snapshot"
_NO_LINKS = (Guard(_OPEN, "_FLAGS", "", snapshot._FLAGS & ~os.O_NOFOLLOW),)
_NO_WAIT = (Guard(_OPEN, "_FLAGS", "", snapshot._FLAGS & ~os.O_NONBLOCK),)

FOLDER = (
    Scenario("folder", "a file that is a link to a secret", link_to_a_secret, _NO_LINKS),
    Scenario("folder", "a folder that is a link to all above", link_to_a_folder, _NO_LINKS),
    Scenario(
        "folder",
        "a dossier that is a link",
        dossier_that_is_a_link,
        (Guard(_OPEN, "_root", " | os.O_NOFOLLOW", ""),),
    ),
    Scenario("folder", "a pipe that never answers", pipe_that_never_answers, _NO_WAIT),
    Scenario(
        "folder",
        "a socket among the files",
        socket_in_the_folder,
        (Guard(_OPEN, "_walk", "except OSError as error", "except ZeroDivisionError as error"),),
    ),
    Scenario("folder", "a file of 31 MB", giant_file, (Guard(_OPEN, "FILE_LIMIT", "", 1 << 26),)),
    Scenario(
        "folder", "5,001 files", thousands_of_files, (Guard(_OPEN, "COUNT_LIMIT", "", 1 << 30),)
    ),
    Scenario(
        "folder",
        "folders twelve deep",
        bottomless_folders,
        (Guard(_OPEN, "DEPTH_LIMIT", "", 99),),
    ),
    Scenario(
        "folder",
        "a name that clears the terminal",
        names_that_write_on_the_terminal,
        (Guard(_OPEN, "_walk", "not entry.isprintable()", "False"),),
    ),
)


# -- YAML --------------------------------------------------------------------------------------


def _parsed(text: str | bytes) -> Any:
    raw = text if isinstance(text, bytes) else text.encode()
    parsed = yaml.parse(raw, "a.yaml")
    if faults := stopping(parsed.findings):  # what was read beside them does not matter here
        raise ContentError(faults)
    return parsed.data


def brackets(_: Path) -> str:
    return forked(lambda: expect("E015", lambda: _parsed("[" * 100_000)), 2)


def laughs(_: Path) -> str:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    rows += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in ("ab", "bc", "cd")]
    return expect("E014", lambda: _parsed("\n".join(rows)))


def python_object(_: Path) -> str:
    return expect("E014", lambda: _parsed("a: !!python/object/apply:os.system [true]"))


def merged_key(_: Path) -> str:
    return expect("E014", lambda: _parsed("a:\n  <<: {b: 1}\n  c: 2"))


def key_twice(_: Path) -> str:
    return expect("E013", lambda: _parsed("a: 1\nb: 2\na: 3"))


def bell(_: Path) -> str:
    return expect("E017", lambda: _parsed("a: 'x\u0085\u202e\x07'"))


def latin_1(_: Path) -> str:
    return expect("E010", lambda: _parsed("a: café".encode("latin-1")))


def norway(_: Path) -> str:
    written = {
        "country": "NO",
        "code": "010",
        "time": "12:30",
        "day": "1993-07-26",
        "yes": "yes",
        "hex": "0x1F",
        "score": "1e3",
        "thousand": "1_000",
        "year": "1993",
        "off": "off",
    }
    read = _parsed("\n".join(f"{key}: {value}" for key, value in written.items()))
    if read != written:
        raise Breach(f"{read} is not what was written")
    return "every value is text"


def giant_yaml(_: Path) -> str:
    return expect("E018", lambda: _parsed(b"a: " + b"x " * 2_600_000))


def half_a_million_values(_: Path) -> str:
    text = "[" + "1," * 500_001 + "]"
    return forked(lambda: expect("E015", lambda: _parsed(text)), 15)


def endless_word(_: Path) -> str:
    return expect("E019", lambda: _parsed("a: " + "x" * 100_000))


def second_document(_: Path) -> str:
    return expect("E012", lambda: _parsed("a: 1\n---\nb: 2"))


_YAML = "press.content.yaml"
_SOURCE = "press.content.source_text"
YAML = (
    Scenario("YAML", "100,000 brackets", brackets, (Guard(_YAML, "DEPTH", "", 1 << 30),)),
    Scenario(
        "YAML",
        "aliases that multiply (“billion laughs”)",
        laughs,
        (Guard(_YAML, "_scan", "depth = 0", "return"),),
    ),
    Scenario(
        "YAML",
        "a tag that would run a command",
        python_object,
        (Guard(_YAML, "_scan", "depth = 0", "return"),),
    ),
    Scenario(
        "YAML",
        "a merge key",
        merged_key,
        (Guard(_YAML, "_key_faults", 'if key.value == "<<"', "if False"),),
    ),
    Scenario(
        "YAML",
        "a key that stands twice",
        key_twice,
        (Guard(_YAML, "_key_faults", ") in first:", ") in ():"),),
    ),
    Scenario(
        "YAML",
        "control characters",
        bell,
        (Guard(_SOURCE, "_control_characters", "_CONTROL.finditer(text)", "()"),),
    ),
    Scenario(
        "YAML",
        "Latin-1 where UTF-8 belongs",
        latin_1,
        (Guard(_SOURCE, "decode", 'raw.decode("utf-8")', 'raw.decode("utf-8", "replace")'),),
    ),
    Scenario(
        "YAML",
        "Norway, 010, 12:30, 1993-07-26 and their kin",
        norway,
        (Guard(_YAML, "_data", "return node.value if", "return yaml.safe_load(node.value) if"),),
    ),
    Scenario("YAML", "a file of 5.2 MB", giant_yaml, (Guard(_SOURCE, "BYTES", "", 1 << 30),)),
    Scenario(
        "YAML",
        "half a million values",
        half_a_million_values,
        (Guard(_YAML, "NODES", "", 1 << 30),),
    ),
    Scenario(
        "YAML",
        "a word of 100,000 letters",
        endless_word,
        (Guard(_YAML, "_faults", "_WORD.search(node.value)", "None"),),
    ),
    Scenario(
        "YAML",
        "a second document in one file",
        second_document,
        (
            Guard(_YAML, "_scan", "and event.explicit and count > 2", "and False"),
            Guard(
                _YAML,
                "_parsed",
                "yaml.compose(text, Loader=_LOADER)",
                "next(yaml.compose_all(text, Loader=_LOADER))",
            ),
        ),
    ),
)


# -- prose and templates -----------------------------------------------------------------------


@cache
def _engine() -> Mapping[str, bytes]:
    found = snapshot.read(ROOT / "templates").files
    return {f"templates/{name}": raw for name, raw in found.items()}


@cache
def _press() -> tuple[Dossier, jinja2.Environment, Citations]:
    dossier = load(snapshot.read(EXAMPLE, "matterhorn")).dossier
    meta = dossier.meta
    citations = Citations(dossier.bibliography, meta.language, meta.citation_style)
    return dossier, environment(_engine()), citations


def prose(body: str) -> tuple[str, list[str]]:
    """The HTML of a chapter and the codes of what was found in it."""
    dossier, templates, citations = _press()
    printer = Prose(dossier, citations, templates, {})
    chapter = Chapter(id="c", number=1, title="C", file="c.md", line=2, body=body)
    return str(printer.chapter(chapter)), [f.code for f in printer.findings]


def _refused(body: str, codes: str, never: str = "", seconds: int = 6) -> str:
    """``body`` gives one of ``codes``, soon, and never puts ``never`` into print."""

    def attempt() -> str:
        html, found = prose(body)
        if never and never in html:
            raise Breach(f"{never} is printed")
        if codes and not set(codes.split()) & set(found):
            raise Breach(f"found {found}, not {codes}")
        return " ".join(sorted(set(found)))

    return forked(attempt, seconds)


def script_in_prose(_: Path) -> str:
    body = 'Text <script>alert(1)</script> and <img src=x onerror="alert(1)">.'
    return _refused(body, "P260", "<script")


def script_past_the_marks(_: Path) -> str:
    html = markup._clean('<p onclick="x()">a<script>x()</script></p>', markup.TAGS)
    if "script" in html or "onclick" in html:
        raise Breach(html)
    return "taken out"


def script_in_a_link(_: Path) -> str:
    return _refused("See [here](javascript:alert(1)) and [there](file:///etc/passwd).", "P250")


def many_brackets(_: Path) -> str:
    return _refused("a" + "[" * 50_000, "P290")


def quotes_in_quotes(_: Path) -> str:
    return _refused(">" * 60 + " a", "P290")


def lists_in_lists(_: Path) -> str:
    return _refused("\n".join(" " * 4 * n + "- a" for n in range(60)), "P290")


def row_wider_than_its_head(_: Path) -> str:
    return _refused("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", "P280")


def endless_paragraph(_: Path) -> str:
    return _refused("word\n" * 30_000, "P290")


def content_as_a_template(_: Path) -> str:
    html, _found = prose("Seven times seven is {{ 7 * 7 }}.")
    if "49" in html or "{{ 7 * 7 }}" not in html:
        raise Breach(f"the words were run: {html[:80]}")
    return "printed as it was written"


def markup_in_a_value(_: Path) -> str:
    template = environment({"templates/a.svg": b"<p title='{{ a }}'>{{ a }}</p>"})
    html = template.get_template("a.svg").render(a="<b onload='x'>")
    if "<b" in html:
        raise Breach(html)
    return "escaped"


def template_that_leaves_its_sandbox(_: Path) -> str:
    source = b"{{ a.__class__.__mro__[1].__subclasses__() | length }}"
    try:
        html = environment({"templates/a.html": source}).get_template("a.html").render(a="")
    except Exception as error:  # noqa: BLE001 what Jinja2 makes of it
        return type(error).__name__
    raise Breach(f"{html} classes")


def misspelt_field(_: Path) -> str:
    try:
        html = environment({"templates/a.html": b"<p>{{ titel }}</p>"}).get_template("a.html")
        printed = html.render(title="T")
    except Exception as error:  # noqa: BLE001 what Jinja2 makes of it
        return type(error).__name__
    raise Breach(f"{printed!r}: words are lost without a word")


_TEXT = "press.prose.markup"
_MARKS = "press.prose.inline_marks"
_UNBOUND = (
    Guard("press.prose.prose", "limits", "", lambda _: ()),
    Guard("press.prose.printer", "DEPTH_LIMIT", "", 1 << 30),
)
PROSE = (
    Scenario(
        "prose",
        "a script and an event handler",
        script_in_prose,
        (
            Guard(_MARKS, "tag", "_TAG.match(scan.text, start, min(end, start + 2000))", "None"),
            Guard(_MARKS, "tag", "_BLOCK_TAG.match(scan.text, start, end)", "None"),
        ),
    ),
    Scenario(
        "prose",
        "a script that Markdown lets through",
        script_past_the_marks,
        (Guard(_TEXT, "_clean", "cleaned = nh3.clean(", "cleaned = html or nh3.clean("),),
    ),
    Scenario(
        "prose",
        "links that run scripts and open files",
        script_in_a_link,
        (
            Guard(
                "press.prose.printer",
                "Printer._checked",
                'parts.scheme.lower() in _SCHEMES and bool(parts.netloc or "@" in parts.path)',
                "True",
            ),
        ),
    ),
    Scenario("prose", "50,000 brackets", many_brackets, _UNBOUND),
    Scenario("prose", "quotations sixty deep", quotes_in_quotes, _UNBOUND),
    Scenario("prose", "lists sixty deep", lists_in_lists, _UNBOUND),
    Scenario(
        "prose",
        "a table row with a cell too many",
        row_wider_than_its_head,
        (Guard("press.prose.block_tree", "Blocks._table", "if len(row) != len(align)", "if 0"),),
    ),
    Scenario("prose", "a paragraph of 30,000 lines", endless_paragraph, _UNBOUND),
    Scenario(
        "templates",
        "words that look like a template",
        content_as_a_template,
        (
            Guard(
                "press.prose.prose",
                "Prose.chapter",
                "html = self._printer.chapter(flow)",
                "html = self.templates.from_string(self._printer.chapter(flow)).render()",
            ),
        ),
    ),
    Scenario(
        "templates",
        "markup in a value, in a file named .svg",
        markup_in_a_value,
        (Guard("press.base.templates", "_sandbox", "autoescape=True", "autoescape=False"),),
    ),
    Scenario(
        "templates",
        "a template that climbs out of its sandbox",
        template_that_leaves_its_sandbox,
        (
            Guard(
                "press.base.templates",
                "_sandbox",
                "return ImmutableSandboxedEnvironment(",
                "return Environment(",
            ),
        ),
    ),
    Scenario(
        "templates",
        "a field that is misspelt",
        misspelt_field,
        (Guard("press.base.templates", "_sandbox", "undefined=StrictUndefined,", ""),),
    ),
)


# -- pictures ----------------------------------------------------------------------------------


def _picture(form: str, size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, form, **options)
    return out.getvalue()


def _checked(raw: bytes, word: str) -> str:
    """The check of pictures says ``word`` of ``raw``."""
    fault = pictures.fault(raw)
    if fault is None or word not in fault[0]:
        raise Breach(f"it says {fault}")
    return f"E210 {fault[0]}"


def place_in_a_photograph(_: Path) -> str:
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 58.0)})
    if SECRET.encode() in bare(_picture("JPEG", exif=exif)):
        raise Breach("the place is printed along")
    return "taken out"


def archive_behind_a_picture(_: Path) -> str:
    if b"PK\x03\x04" in bare(_picture("PNG") + b"PK\x03\x04 a whole archive"):
        raise Breach("the archive travels along")
    return "cut off"


def half_a_photograph(_: Path) -> str:
    """Whole in its parts, so that only who decodes it sees that half is missing."""
    raw = _picture("PNG")
    at = raw.index(b"IDAT") - 4
    data = raw[at + 8 : at + 8 + (len(raw) - at) // 2]
    end = struct.pack(">I", zlib.crc32(b"IDAT" + data)) + b"\0\0\0\0IEND\xaeB`\x82"
    return _checked(raw[:at] + struct.pack(">I", len(data)) + b"IDAT" + data + end, "damaged")


def moving_picture(_: Path) -> str:
    out = io.BytesIO()
    frames = [Image.new("L", (8, 8), shade) for shade in (0, 99, 200)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return _checked(out.getvalue(), "frames")


def picture_that_swells(_: Path) -> str:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    return _checked(out.getvalue(), "pixels")


def another_kind_under_a_name(_: Path) -> str:
    return _checked(_picture("PPM"), "no PNG")


def drawing_under_a_name(_: Path) -> str:
    return _checked(b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a script")


_RASTERS = "press.content.rasters"
PICTURES = (
    Scenario(
        "pictures",
        "a photograph that tells its place",
        place_in_a_photograph,
        (Guard("press.content.pictures", "_kept", 'return b""', "return segment"),),
    ),
    Scenario(
        "pictures",
        "an archive behind a picture’s end",
        archive_behind_a_picture,
        (Guard("press.content.pictures", "_points", "else _png(raw)", "else raw"),),
    ),
    Scenario(
        "pictures",
        "half a photograph",
        half_a_photograph,
        (
            Guard(
                _RASTERS,
                "whole",
                "ImageFile.LOAD_TRUNCATED_IMAGES = False",
                "ImageFile.LOAD_TRUNCATED_IMAGES = True",
            ),
        ),
    ),
    Scenario(
        "pictures",
        "a picture that moves",
        moving_picture,
        (Guard("press.content.pictures", "fault", "if frames > 1", "if False"),),
    ),
    Scenario(
        "pictures",
        "80 million pixels in 10 kB",
        picture_that_swells,
        (Guard(_RASTERS, "PIXELS", "", 1 << 40),),
    ),
    Scenario(
        "pictures",
        "a PPM named .png",
        another_kind_under_a_name,
        (Guard(_RASTERS, "FORMATS", "", None),),
    ),
    Scenario(
        "pictures",
        "an SVG with a script, named .png",
        drawing_under_a_name,
        (
            Guard(
                "press.content.drawings",
                "_is_script",
                'startswith("on")',
                'startswith("never")',
            ),
        ),
    ),
)


# -- layers ------------------------------------------------------------------------------------


def _layer(name: str, raw: bytes, code: str, seconds: int = 4, word: str = "") -> str:
    def attempt() -> str:
        try:
            layers.read_layer({name: raw}, name)
        except layers.LayerError as error:
            if error.code == code and word in error.message:
                return error.code
            raise Breach(f"{error.code} {error.message}") from None
        raise Breach("it was read")

    return forked(attempt, seconds)


def two_million_points(_: Path) -> str:
    raw = b'{"type":"MultiPoint","coordinates":[' + b"[1,1]," * 2_000_000 + b"[1,1]]}"
    return _layer("a.geojson", raw, "E175", 3)


def no_numbers(_: Path) -> str:
    raw = b'{"type":"Point","coordinates":[NaN,1]}'
    return _layer("a.geojson", raw, "E175", word="no number")


def collections_in_collections(_: Path) -> str:
    raw = b'{"type":"GeometryCollection","geometries":[' * 900 + b"]}" * 900
    return _layer("a.geojson", raw, "E175", word="too deep")


def coordinates_that_name_a_file(_: Path) -> str:
    name = "+proj=longlat +ellps=bessel +nadgrids=/etc/passwd,null"
    data = {"type": "Point", "coordinates": [1, 1], "crs": {"properties": {"name": name}}}
    return _layer("a.geojson", json.dumps(data).encode(), "E176")


def database_without_end(_: Path) -> str:
    with sqlite3.connect(":memory:") as made:
        made.executescript(
            "create view gpkg_contents as with recursive r(n) as (select 1 union all select n + 1"
            " from r) select 'a' table_name, 'features' data_type from r;"
            "create table gpkg_geometry_columns (table_name, column_name, srs_id);"
            "insert into gpkg_geometry_columns values ('a', 'g', 4326);"
        )
        raw = made.serialize()
    return _layer("a.gpkg", raw, "E175", 4)


def torn_shapefile(_: Path) -> str:
    """Half of ten points; what is left is whole records, so that only the header tells."""
    out = io.BytesIO()
    with shapefile.Writer(shp=out, shapeType=shapefile.POINT) as made:
        for number in range(10):
            made.point(number, number)
        made.shp.seek(0, 2)
        made.close()
        raw = out.getvalue()
    return _layer("a.shp", raw[: 100 + 5 * 28], "E175")


def torn_database(_: Path) -> str:
    with sqlite3.connect(":memory:") as made:
        made.executescript("create table gpkg_contents (a); create table b (c);")
        raw = made.serialize()
    return _layer("a.gpkg", raw[:5000], "E175")


_LAYERS = "press.plates.maps.layers"
LAYERS = (
    Scenario(
        "layers",
        "GeoJSON of two million points",
        two_million_points,
        (Guard(_LAYERS, "_MOST_POINTS", "", 1 << 40),),
    ),
    Scenario(
        "layers",
        "GeoJSON with NaN",
        no_numbers,
        (
            Guard(_LAYERS, "_geojson", ", parse_constant=_no_number", ""),
            Guard(_LAYERS, "_check_degrees", "if not np.isfinite(points).all()", "if False"),
        ),
    ),
    Scenario(
        "layers",
        "GeoJSON 900 levels deep",
        collections_in_collections,
        (Guard(_LAYERS, "_reading", "(*_BROKEN, RecursionError) as", "_BROKEN as"),),
    ),
    Scenario(
        "layers",
        "a coordinate system that names a file",
        coordinates_that_name_a_file,
        (
            Guard(
                _LAYERS,
                "_known_crs",
                "if not _CRS.fullmatch(text) or _FILES.search(text)",
                "if False",
            ),
        ),
    ),
    Scenario(
        "layers",
        "a GeoPackage whose view never ends",
        database_without_end,
        (Guard(_LAYERS, "_geopackage", "_bound(connection)", "pass"),),
    ),
    Scenario(
        "layers",
        "a shapefile torn in half",
        torn_shapefile,
        (
            Guard(
                _LAYERS,
                "_shapefile",
                'warnings.simplefilter("error", shapefile.PossiblyCorruptFileHeader)',
                "pass",
            ),
        ),
    ),
    Scenario(
        "layers",
        "a GeoPackage torn in half",
        torn_database,
        (Guard(_LAYERS, "_BROKEN", "", (ValueError, KeyError, TypeError)),),
    ),
)

SCENARIOS = (*FOLDER, *YAML, *PROSE, *PICTURES, *LAYERS)
