"""The press: one dossier to one PDF. Prints CPU seconds of each of N builds in this process.

With ``known`` the first build begins with the page numbers of the last one, as after an edit.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main(slug: str, folder: Path, times: int, last: bool) -> None:
    """Builds the dossier ``times`` times, each with the page numbers of the build before."""
    from press.typeset import fonts

    fonts.only(ROOT / "styles" / "fonts", folder / "fonts")

    from press.checks import check
    from press.content.load import load
    from press.content.snapshot import engine_files, read
    from press.design.editions import EDITIONS
    from press.output.publish import publish
    from press.pipeline import make
    from press.typeset.folios import Folios
    from press.views.view import Work

    numbers = folder / "known.json"
    known: tuple[Folios, ...] = ()
    if last:
        read_back = json.loads(numbers.read_text("utf-8"))
        known = tuple({a: tuple(p) for a, p in folios.items()} for folios in read_back)
    for _ in range(times):
        begun = time.process_time()
        loaded = load(read(ROOT / "content" / slug))
        assert not [f for f in (*loaded.findings, *check(loaded)) if f.severity == "error"]
        theme = loaded.dossier.meta.theme
        own, dossier = engine_files(), EDITIONS["dossier"]
        job = Work(f"{slug}.pdf", loaded, dossier, theme, own, known=known)
        made = make(job)
        publish(made.pdf, folder / "press.pdf")
        known = made.rounds
        seconds = time.process_time() - begun
        numbers.write_text(json.dumps(known), "utf-8")
        print(json.dumps({"cpu": seconds, "passes": made.passes, "pages": made.pages}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:] == ["known"])
