"""Random input for what reads strangers' files: nothing may come out but values and findings.

``python -m tests.faults.fuzz TARGET SECONDS`` runs one target. With Atheris installed (it is not in
the lock: ``pip install atheris``) coverage guides the input; without it, hypothesis makes it up.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import time
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from press import dates
from press.base.finding import ContentError
from press.content import pictures, yaml
from press.content.load import load
from press.content.snapshot import Snapshot
from press.plates.maps import layers
from press.typeset.fetch import BASE, ClosedWorld
from tests.faults import reading

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Said:
    """What came of a target: how many inputs, by which engine, and the first fault."""

    runs: int
    engine: str
    fault: str = ""


def _yaml(raw: bytes) -> None:
    with suppress(ContentError):
        yaml.parse(raw[:4000], "a.yaml")


def _loader(raw: bytes) -> None:
    """A file of a dossier, chosen by the first byte, under its own schema."""
    names = ("dossier", "chronology", "gazetteer", "sources", "glossary", "plates", "infobox")
    name = f"{names[raw[0] % len(names)]}.yaml" if raw else "dossier.yaml"
    load(Snapshot("a", "a", {name: raw[1:4000]}))


def _markdown(raw: bytes) -> None:
    html, _ = reading.prose(raw[:1500].decode("utf-8", "replace"))
    if "<script" in html.lower() or "javascript:" in re.sub(r">[^<]*<", "><", html).lower():
        raise AssertionError(f"a script is printed: {html[:200]}")


def _dates(raw: bytes) -> None:
    with suppress(ValueError):
        dates.parse(raw[:60].decode("utf-8", "replace"))


def _jail(raw: bytes) -> None:
    """No address leads out of a closed world."""
    world = ClosedWorld({"images/a.png": b"inside"})
    address = raw[:200].decode("utf-8", "replace")
    for url in (address, f"{BASE}{address}", f"file:{address}"):
        try:
            response = world.fetch(url)
        except ValueError:
            continue
        if not url.startswith((BASE, "data:", "DATA:")) and not url.lower().startswith(
            "data:image"
        ):
            raise AssertionError(f"{url!r} was served")
        response.close()


def _pictures(raw: bytes) -> None:
    heads = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x20\0\0\0WEBP", b"GIF89a", b"")
    with suppress(ValueError):
        pictures.bare(heads[raw[0] % 5 if raw else 0] + raw[1:])


def _layers(raw: bytes) -> None:
    ends = (".geojson", ".shp", ".gpkg")
    name = f"a{ends[raw[0] % 3 if raw else 0]}"
    head = b"SQLite format 3\0" if name.endswith("gpkg") else b""
    with suppress(layers.LayerError):
        layers.read_layer({name: head + raw[1:4000]}, name)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "YAML": _yaml,
    "loader": _loader,
    "Markdown": _markdown,
    "dates": _dates,
    "closed world": _jail,
    "pictures": _pictures,
    "layers": _layers,
}
SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "YAML": (b"a: [1, {b: 'c'}]\n- x\n",),
    "loader": (b"\0title: T\nissued: 2026-01-01\n", b"\1events:\n  - id: a\n    date: 1993\n"),
    "Markdown": (b"# a\n\n[x](http://y) [@a, p. 1] [[event:a]] | a |\n", b"/// quote\nx\n///\n"),
    "dates": (b"1993-08~/1994", b"-0043", b"1993-21", b"156X"),
    "closed world": (b"images/a.png", b"../etc/passwd", b"data:image/png;base64,AAAA"),
    "pictures": (b"\1\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xda",),
    "layers": (b'\0{"type":"Point","coordinates":[1,2]}',),
}


WATCHED = (
    "press.content.yaml",
    "press.content.load",
    "press.dates.edtf",
    "press.typeset.fetch",
    "press.content.pictures",
    "press.plates.maps.layers",
    "press.prose.inline_marks",
    "press.prose.line_marks",
    "press.prose.markup",
    "press.prose.printer",
)
"""Modules whose branches guide the input."""


def in_process(name: str, seconds: int) -> Said:
    """Runs a target in a process of its own, for it may die."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.fuzz", name, str(seconds)],
        cwd=ROOT, capture_output=True, text=True, errors="replace",
    )  # fmt: skip
    said = done.stdout + done.stderr
    engine = "Atheris" if find_spec("atheris") else "hypothesis"
    counts = re.findall(r"(?:^#(\d+)\s+DONE|Done (\d+) runs|^(\d+) inputs)", said, re.MULTILINE)
    runs = max((int(n) for count in counts for n in count if n), default=0)
    fault = "" if done.returncode == 0 and runs else f"exit {done.returncode}: {said[-400:]}"
    return Said(runs, engine, fault)


LEAST = 20
"""Inputs that are tried however slow the machine is."""


def by_hypothesis(target: Callable[[bytes], None], seeds: tuple[bytes, ...], seconds: float) -> int:
    """How many inputs were tried in about ``seconds``."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    runs, until = 0, time.monotonic() + seconds
    pieces = st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode))
    mixed = st.lists(st.one_of(pieces, st.sampled_from(seeds)), max_size=5).map(b"".join)

    @settings(max_examples=500, deadline=None, database=None, phases=(Phase.generate,),
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(mixed)
    def one(raw: bytes) -> None:
        nonlocal runs
        if runs < LEAST or time.monotonic() < until:
            runs += 1
            target(raw)

    while time.monotonic() < until:
        one()
    return runs


def _functions(module: types.ModuleType) -> Iterator[types.FunctionType]:
    """The functions of a module and the methods of its classes."""
    for value in vars(module).values():
        held = vars(value).values() if isinstance(value, type) else (value,)
        for one in held:
            if isinstance(one, types.FunctionType) and one.__module__ == module.__name__:
                yield one


def by_atheris(target: Callable[[bytes], None], seeds: tuple[bytes, ...], seconds: int) -> None:
    """Does not return: Atheris ends the process, and prints how many inputs it tried."""
    import tempfile

    import atheris

    folder = Path(tempfile.mkdtemp(prefix="press-fuzz-"))
    for number, seed in enumerate(seeds):
        (folder / str(number)).write_bytes(seed)
    for module in WATCHED:
        for function in _functions(importlib.import_module(module)):
            atheris.instrument_func(function)
    options = [
        f"-max_total_time={seconds}",
        "-max_len=4096",
        "-timeout=30",
        "-rss_limit_mb=4096",
        f"-artifact_prefix={folder}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder)], target)
    atheris.Fuzz()


def main(name: str, seconds: int) -> None:
    """Runs one target."""
    target, seeds = TARGETS[name], SEEDS[name]
    if find_spec("atheris"):
        by_atheris(target, seeds, seconds)
    print(f"{by_hypothesis(target, seeds, seconds)} inputs")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
