"""The press: one dossier to one PDF. Prints CPU seconds of each of N builds in this process."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main(slug: str, folder: Path, times: int) -> None:
    """Builds the dossier ``times`` times, each with the page numbers of the build before."""
    from press import typeworld

    typeworld.only(ROOT / "styles" / "fonts", folder / "fonts")

    from press.checks import check
    from press.cli import engine
    from press.editions import EDITIONS
    from press.load import load
    from press.make import Job, make
    from press.publish import publish
    from press.snapshot import read
    from press.typeset import Folios

    known: tuple[Folios, ...] = ()
    for _ in range(times):
        begun = time.process_time()
        loaded = load(read(ROOT / "content" / slug))
        assert not [f for f in (*loaded.findings, *check(loaded)) if f.severity == "error"]
        theme = loaded.dossier.meta.theme
        job = Job(f"{slug}.pdf", loaded, EDITIONS["dossier"], theme, "0" * 40, engine(), known)
        made = make(job)
        publish(made.pdf, folder / "press.pdf")
        known = made.rounds
        seconds = time.process_time() - begun
        print(json.dumps({"cpu": seconds, "passes": made.passes, "pages": made.pages}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
